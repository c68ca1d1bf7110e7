package main

import (
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"smaabornsviden/index"
)

// smallDisk is a data folder in which there is only so much room.
type smallDisk struct {
	data string
	// crawl returns the program with so many kilobytes of room.
	crawl func(t *testing.T, kilobytes int, args ...string) *exec.Cmd
}

// mountedDisk is a file system of its own in memory. Only who may mount one has it.
func mountedDisk(t *testing.T, program string) smallDisk {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=64k"); err != nil {
		t.Skipf("a small disk cannot be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return smallDisk{data: filepath.Join(dir, "data"), crawl: func(t *testing.T, kilobytes int, args ...string) *exec.Cmd {
		if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT, fmt.Sprintf("size=%dk", kilobytes)); err != nil {
			t.Fatal(err)
		}
		return exec.CommandContext(t.Context(), program, args...)
	}}
}

// boundedFiles lets no file grow beyond a size, which anybody may ask for; writes end with another error than on a full
// disk.
func boundedFiles(t *testing.T, program string) smallDisk {
	return smallDisk{data: filepath.Join(t.TempDir(), "data"), crawl: func(t *testing.T, kilobytes int, args ...string) *exec.Cmd {
		line := append([]string{"-c", `ulimit -f $1 || exit 99; shift; exec "$@"`, "sh", fmt.Sprint(2 * kilobytes), program}, args...) // in blocks of 512 bytes
		return exec.CommandContext(t.Context(), "sh", line...)
	}}
}

// TestHellOfAFullDisk crawls a site into a folder that has too little room for it, again with a little more, and so on:
// each crawl that cannot go on says so and ends as failed, nothing that was stored is lost, what was fetched is not fetched
// again, and once there is room, documents and index are those of a crawl that never lacked any.
func TestHellOfAFullDisk(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the program again and again on small disks")
	}
	program := binary(t)
	for name, disk := range map[string]func(*testing.T, string) smallDisk{"mounted": mountedDisk, "bounded files": boundedFiles} {
		t.Run(name, func(t *testing.T) {
			site := serveRestless(t)
			host, err := url.Parse(site.URL)
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			register := filepath.Join(dir, "site.yaml")
			write(t, register, fmt.Sprintf("sources:\n  - {id: trang, name: Trang, sector: kommune, policy: index, home: %q, list: [/]}\n", site.URL+"/"))
			args := func(data string) []string {
				return []string{"crawl", "-data", data, "-partners", register, "-allow-loopback", host.Host, "-delay", "0s", "-patience", "1s", "-log", "error"}
			}
			calm := filepath.Join(dir, "calm")
			if out, err := exec.CommandContext(t.Context(), program, args(calm)...).CombinedOutput(); err != nil {
				t.Fatalf("crawl with room: %v\n%s", err, out)
			}
			undisturbed := site.requests
			site.set(func() { site.requests = 0 })
			small := disk(t, program)
			failed := crawlWithLittleRoom(t, small, args(small.data), stored(t, calm))
			if failed < 3 {
				t.Errorf("the disk was full %d times, want at least 3: this test shows little", failed)
			}
			if a, b := fingerprint(t, calm), fingerprint(t, small.data); a != b {
				t.Errorf("other documents are stored\n%s", difference(stored(t, calm), stored(t, small.data)))
			}
			if a, b := indexContent(t, calm), indexContent(t, small.data); a != b {
				t.Errorf("the index has another content\n%s", lineDifference(a, b))
			}
			// Each crawl asks for robots.txt and a nonsense address, and again for what was on its way when the room ended.
			if most := undisturbed + 20*(failed+1); site.requests > most {
				t.Errorf("%d requests, %d with room and %d crawls that failed: want at most %d", site.requests, undisturbed, failed, most)
			}
			t.Logf("full %d times, %d requests, %d with room", failed, site.requests, undisturbed)
		})
	}
}

// crawlWithLittleRoom crawls with more and more room until it is enough, and returns how often it was not.
func crawlWithLittleRoom(t *testing.T, disk smallDisk, args []string, wanted map[string]index.Document) (failed int) {
	t.Helper()
	var before map[string]index.Document
	for kilobytes := 256; kilobytes < 1<<17; kilobytes += kilobytes / 3 {
		cmd := disk.crawl(t, kilobytes, args...)
		out, err := cmd.CombinedOutput()
		text := string(out)
		if strings.Contains(text, "panic:") || strings.Contains(text, "goroutine ") {
			t.Fatalf("with %d kB the program broke down:\n%s", kilobytes, text)
		}
		code := cmd.ProcessState.ExitCode()
		full := strings.Contains(lastLines(text, 3), "no room left") || strings.Contains(lastLines(text, 3), "no space left on device") ||
			strings.Contains(lastLines(text, 3), "could not be read or written to") || strings.Contains(lastLines(text, 3), "file too large")
		if code != exitOK && (code != exitFail || !full) {
			t.Fatalf("with %d kB: exit %d (%v), and it does not say that there is no room:\n%s", kilobytes, code, err, text)
		}
		if code == exitOK {
			return failed
		}
		failed++
		disk.crawl(t, 1<<17) // looking needs room too
		if _, err := os.Stat(filepath.Join(disk.data, "state.db")); err != nil {
			continue // there was not even room to begin
		}
		now := stored(t, disk.data)
		for address := range before {
			// A copy may have become another name of the page that it is one of.
			if _, there := now[address]; !there && wanted[address].ID != "" {
				t.Errorf("%s was lost when the disk was full", address)
			}
		}
		before = now
	}
	t.Fatal("no room was enough")
	return failed
}

func lastLines(text string, n int) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "\n")
}
