package main

import (
	"context"
	"fmt"
	"net/http"
)

// rebuilt is the answer of a rebuild over the control socket.
type rebuilt struct {
	Documents  int    `json:"documents"`
	Generation string `json:"generation"`
}

func runRebuild(ctx context.Context, env *environment, f *flags, args []string) error {
	var data place
	dataFlag(f, &data)
	if err := noArguments(f, args); err != nil {
		return err
	}
	return withControl(ctx, env, data, "rebuild", func(c control) error {
		var done rebuilt
		if err := c.do(ctx, http.MethodPost, "/control/rebuild", nil, &done); err != nil {
			return err
		}
		fmt.Fprintf(env.stdout, "%s is in use with %d documents\n", done.Generation, done.Documents)
		return nil
	})
}
