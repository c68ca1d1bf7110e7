package main

import (
	"context"
	"errors"
	"testing"
)

func TestAFailureIsNoStopThatSomebodyAskedFor(t *testing.T) {
	failure := errors.New("no room left")
	for _, tc := range []struct {
		name   string
		member error // that the member ends with
		stop   bool  // somebody asks for the end
		want   int
	}{
		{"a member fails, which cancels the main work", failure, false, exitFail},
		{"somebody asks for the end", nil, true, exitOK},
		{"all goes well", nil, false, exitOK},
	} {
		t.Run(tc.name, func(t *testing.T) {
			ctx, stop := context.WithCancel(t.Context())
			defer stop()
			g, ctx := newGroup(ctx)
			g.start(ctx, func(ctx context.Context) error { return tc.member })
			if tc.stop {
				stop()
			}
			var main error
			if tc.stop || tc.member != nil {
				<-ctx.Done()
				main = ctx.Err()
			}
			env := &environment{stderr: &output{}}
			if got := exitCode(env, command{name: "crawl"}, g.end(main)); got != tc.want {
				t.Errorf("exit %d, want %d", got, tc.want)
			}
		})
	}
}
