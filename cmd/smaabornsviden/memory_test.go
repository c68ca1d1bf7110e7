package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// peakMemory is the most memory in bytes that a process and each of its children used at a time. The kernel's account of
// a process that has ended begins with what its parent used when it started it, so the living are asked.
type peakMemory struct {
	own, child int64
	anon       int64 // of own, what is not the mapping of a file, which the system takes back when it needs room
}

// runMeasured starts a command, asks it again and again what it uses, and returns what it printed.
func runMeasured(t testing.TB, cmd *exec.Cmd) (peakMemory, string) {
	t.Helper()
	var out output
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	var peak peakMemory
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case err := <-ended:
			if err != nil {
				t.Fatalf("%v: %v\n%s", cmd.Args[:2], err, out.String())
			}
			return peak, out.String()
		case <-tick.C:
			pid := strconv.Itoa(cmd.Process.Pid)
			peak.own = max(peak.own, statusLine(pid, "VmHWM:"))
			peak.anon = max(peak.anon, statusLine(pid, "RssAnon:"))
			for _, child := range children(pid) {
				peak.child = max(peak.child, statusLine(child, "VmHWM:"))
			}
		}
	}
}

// children are the processes that any thread of a process has started and that still live.
func children(pid string) []string {
	lists, err := filepath.Glob("/proc/" + pid + "/task/*/children")
	if err != nil {
		return nil
	}
	var all []string
	for _, list := range lists {
		text, _ := os.ReadFile(list) // the thread may have ended meanwhile
		all = append(all, strings.Fields(string(text))...)
	}
	return all
}

// statusLine is what a living process uses in bytes by a line of its status, 0 when that cannot be told.
func statusLine(pid, line string) int64 {
	text, err := os.ReadFile("/proc/" + pid + "/status")
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(text), line)
	var kb int64
	if _, err := fmt.Sscan(rest, &kb); err != nil {
		return 0
	}
	return kb << 10
}
