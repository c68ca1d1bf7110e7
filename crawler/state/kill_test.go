package state_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"smaabornsviden/crawler/state"
)

// childPath in the environment makes the test binary the child that is killed.
const childPath = "STATE_TEST_CHILD"

func TestMain(m *testing.M) {
	if path := os.Getenv(childPath); path != "" {
		fmt.Fprintln(os.Stderr, writeForever(path))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// writeForever records page after page, each leading to the next, and says the number of each that is stored.
func writeForever(path string) error {
	ctx := context.Background()
	s, err := state.Open(ctx, path, state.Options{})
	if err != nil {
		return err
	}
	address := func(i int) string { return fmt.Sprintf("%s/%d", home, i) }
	if _, err := s.Add(ctx, 1, t0, []state.Found{page(address(0))}); err != nil {
		return err
	}
	for i := 0; ; i++ {
		u, err := s.URL(ctx, address(i))
		if err != nil {
			return err
		}
		if u.State == state.OK || u.State == state.Redirect {
			continue // stored before an earlier kill
		}
		o := read(u, t0.Add(time.Duration(i)*time.Second), address(i))
		o.Links = []state.Found{page(address(i + 1))}
		o.Body = &state.Body{Bytes: []byte(fmt.Sprintf("<p>side %d</p>", i))}
		if i > 0 && i%3 == 0 {
			o.State, o.Document, o.Target = state.Redirect, nil, &o.Links[0]
		}
		if _, err := s.Record(ctx, o); err != nil {
			return err
		}
		fmt.Println(i)
	}
}

func TestAKilledProcessLosesNothingThatItStored(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.db")
	last := -1
	for round := range 4 {
		last = max(last, killAfter(t, path, 10+37*round))
		checkStored(t, path, last)
	}
}

// killAfter runs the child until it has said n numbers, kills it and returns the last number said.
func killAfter(t *testing.T, path string, n int) int {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self)
	cmd.Env = append(os.Environ(), childPath+"="+path)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	said := -1
	lines := bufio.NewScanner(out)
	for i := 0; lines.Scan(); i++ {
		if _, err := fmt.Sscan(lines.Text(), &said); err != nil {
			t.Fatal(err)
		}
		if i == n {
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	_ = cmd.Wait() // killed
	return said
}

func checkStored(t *testing.T, path string, last int) {
	t.Helper()
	s, err := state.Open(t.Context(), path, state.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
	for i := range last + 1 {
		u := row(t, s, fmt.Sprintf("%s/%d", home, i))
		if u.State != state.OK && u.State != state.Redirect {
			t.Errorf("page %d of %d stands at %s after the kill", i, last, u.State)
		}
		if _, err := s.Body(t.Context(), u.ID); u.State == state.OK && err != nil {
			t.Errorf("body of page %d: %v", i, err)
		}
	}
	if next := row(t, s, fmt.Sprintf("%s/%d", home, last+1)); next.Due.IsZero() {
		t.Errorf("the next page is not due")
	}
	checkConsistent(t, s)
}
