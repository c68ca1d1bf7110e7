package main

import (
	"context"
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"time"
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
	version   string // release, else "devel-" and the commit, or the day on which the binary was made
	revision  string // commit, "+dirty" behind it when the checkout had changes
	time      string // of the commit
	goVersion string
}

func readBuild() build {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{}
	}
	return buildOf(info, binaryDay())
}

// devel is what Go calls a version that is none.
const devel = "(devel)"

// shortRevision is how much of a commit tells it from all others.
const shortRevision = 12

// buildOf reads the build info. A protocol of a search names its program by the version, so that one which says nothing
// gets the commit or, where the binary was made outside a checkout, the day.
func buildOf(info *debug.BuildInfo, day string) build {
	b := build{version: info.Main.Version, goVersion: info.GoVersion}
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
	if b.version == "" || b.version == devel {
		commit, dirty, _ := strings.Cut(b.revision, "+")
		switch {
		case dirty != "":
			b.version = "devel-" + commit[:min(len(commit), shortRevision)] + "+" + dirty
		case commit != "":
			b.version = "devel-" + commit[:min(len(commit), shortRevision)]
		case day != "":
			b.version = "devel-" + day
		default:
			b.version = "devel"
		}
	}
	return b
}

// binaryDay is the day on which the running binary was written, empty where that cannot be told.
func binaryDay() string {
	path, err := os.Executable()
	if err != nil {
		return ""
	}
	info, err := os.Stat(path)
	if err != nil {
		return ""
	}
	return info.ModTime().UTC().Format(time.DateOnly)
}
