package main

import (
	"net"
	"strings"
	"testing"

	"smaabornsviden/server/servertest"
)

func TestTheListHasEveryStateWithItsPath(t *testing.T) {
	states, err := servertest.States()
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := run(&out, "unused", true); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	if len(lines) != len(states) || len(states) == 0 {
		t.Fatalf("%d lines for %d states", len(lines), len(states))
	}
	for i, line := range lines {
		name, path, _ := strings.Cut(line, "\t")
		if name != states[i].Name || path != states[i].Path || !strings.HasPrefix(path, "/") {
			t.Errorf("line %d is %q, want %s and %s", i+1, line, states[i].Name, states[i].Path)
		}
	}
}

func TestAnAddressInUseIsAnError(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	var out strings.Builder
	if err := run(&out, taken.Addr().String(), false); err == nil {
		t.Error("served on an address that is taken")
	}
}
