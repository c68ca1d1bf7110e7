package main

import (
	"context"
	"fmt"
	"runtime/debug"
)

func runVersion(_ context.Context, env *environment, f *flags, args []string) error {
	if err := noArguments(f, args); err != nil {
		return err
	}
	b := readBuild()
	fmt.Fprintf(env.stdout, "smaabornsviden %s\n%s\n", b.version, b.goVersion)
	if b.revision != "" {
		fmt.Fprintf(env.stdout, "commit %s of %s\n", b.revision, b.time)
	}
	return nil
}

// build is what the binary knows of its making.
type build struct {
	version   string // release, "(devel)" when it was built from a checkout
	revision  string // commit, "+dirty" behind it when the checkout had changes
	time      string // of the commit
	goVersion string
}

func readBuild() build {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return build{version: "(devel)"}
	}
	b := build{version: info.Main.Version, goVersion: info.GoVersion}
	if b.version == "" {
		b.version = "(devel)"
	}
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			b.revision = s.Value
		case s.Key == "vcs.time":
			b.time = s.Value
		case s.Key == "vcs.modified" && s.Value == "true":
			b.revision += "+dirty"
		}
	}
	return b
}
