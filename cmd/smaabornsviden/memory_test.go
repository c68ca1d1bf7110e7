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
	own, child int64 // mapped files included
	split      split // of own, when it was highest as far as seen
}

// split says where the memory of a process is from, in bytes. What is of files is shared with all who map them, and the system takes it
// back when it needs room.
type split struct {
	all     int64
	anon    int64 // of no file
	program int64 // the program's own code and constants
	index   int64 // segments of the index
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
			if statusLine(pid, "VmRSS:") > peak.split.all {
				peak.split = larger(peak.split, splitOf(pid))
			}
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

// splitOf adds up what the kernel says of each mapping of a living process.
func splitOf(pid string) split {
	var sum split
	program, _ := os.Readlink("/proc/" + pid + "/exe") // it may have ended meanwhile
	mappings, _ := os.ReadFile("/proc/" + pid + "/smaps")
	file := ""
	for line := range strings.Lines(string(mappings)) {
		fields := strings.Fields(line)
		if len(fields) > 4 && strings.Contains(fields[0], "-") { // the head of a mapping; the file comes last
			file = strings.Join(fields[5:], " ")
			continue
		}
		if len(fields) != 3 {
			continue
		}
		kb, _ := strconv.ParseInt(fields[1], 10, 64) // flags are no number
		sum.add(fields[0], kb<<10, file == program, strings.HasSuffix(file, ".zap"))
	}
	return sum
}

func (s *split) add(what string, bytes int64, ofProgram, ofIndex bool) {
	switch what {
	case "Rss:":
		s.all += bytes
	case "Anonymous:":
		s.anon += bytes
		bytes = -bytes // written to, so no longer of the file
	default:
		return
	}
	switch {
	case ofProgram:
		s.program += bytes
	case ofIndex:
		s.index += bytes
	}
}

func larger(a, b split) split {
	if b.all > a.all {
		return b
	}
	return a
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
