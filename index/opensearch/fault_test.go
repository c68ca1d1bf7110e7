package opensearch

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/url"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"smaabornsviden/index"
)

// script runs .ci/opensearch/cluster.
func script(t *testing.T, args ...string) string {
	t.Helper()
	cmd := exec.Command("../../.ci/opensearch/cluster", args...)
	cmd.Env = append(os.Environ(), "SMAABORNSVIDEN_OPENSEARCH_HEAP=256m")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("cluster %s: %v", strings.Join(args, " "), err)
	}
	return strings.TrimSpace(string(out))
}

// freePorts is a port from which on the script's three nodes find what they need: that port and two more, and as many for themselves 100 further.
// They lie below those that systems hand out to whoever asks for any.
func freePorts(t *testing.T) string {
	t.Helper()
	for range 100 {
		first := 10_000 + rand.IntN(20_000)
		if isFree(first) && isFree(first+1) && isFree(first+2) && isFree(first+100) && isFree(first+101) && isFree(first+102) {
			return strconv.Itoa(first)
		}
	}
	t.Fatal("no ports are free")
	return ""
}

func isFree(port int) bool {
	l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		return false
	}
	return l.Close() == nil
}

// readerWaits is how long a server lets a reader wait.
const readerWaits = 5 * time.Second

// TestANodeKilledUnderLoadLosesNothing runs three nodes of its own and kills one, the hard way, while batches are applied and
// searches run. Neither may fail: the client goes elsewhere and waits for what the cluster repairs. Before that another one hangs for a while.
func TestANodeKilledUnderLoadLosesNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("starts three nodes")
	}
	cluster(t) // where there is one, three can be started
	port := freePorts(t)
	o := Options{Analyzer: analyzer(t), URLs: strings.Split(script(t, "start", "3", port), ","), Shards: 3, Replicas: 1}
	t.Cleanup(func() { script(t, "stop", port) })
	s := open(t, o)
	health := request{method: "GET", path: "/_cluster/health", query: url.Values{"wait_for_status": {"green"}, "timeout": {"60s"}}}
	if err := s.client.do(t.Context(), health, nil); err != nil {
		t.Fatal(err)
	}
	alone := o
	alone.Index, alone.Replicas = "uden-kopi", 0
	fragile := open(t, alone)
	if err := fragile.Apply(t.Context(), index.Batch{Puts: []index.Document{{ID: "1", Title: "ord"}}, Seq: 1}); err != nil {
		t.Fatal(err)
	}
	signal(t, port, 2, syscall.SIGSTOP)
	for range 10 { // whichever copies they go to
		began := time.Now()
		if _, err := s.Search(t.Context(), index.Plan{Size: 1}); err != nil || time.Since(began) > readerWaits {
			t.Errorf("search while a node hangs: %v after %v", err, time.Since(began))
		}
	}
	signal(t, port, 2, syscall.SIGCONT)
	var acknowledged, killed atomic.Int64
	load := newLoad(t, s, &acknowledged, &killed)
	waitFor(t, "the first batches", func() bool { return acknowledged.Load() >= 10 })
	signal(t, port, 0, syscall.SIGKILL)
	killed.Store(time.Now().UnixNano())
	before := acknowledged.Load()
	waitFor(t, "batches after the loss", func() bool { return acknowledged.Load() >= before+10 })
	load.end()
	page, err := s.Search(t.Context(), index.Plan{Size: 1})
	if want := int(acknowledged.Load()) * batchOfLoad; err != nil || page.Total != want {
		t.Errorf("%d documents are left of %d acknowledged, %v", page.Total, want, err)
	}
	if _, err := fragile.Search(t.Context(), index.Plan{Size: 1}); !errors.Is(err, ErrRed) || !errors.Is(err, index.ErrUnavailable) {
		t.Errorf("an index that lost a shard answers %v, want %v", err, ErrRed)
	}
	t.Logf("longest search after the loss %v, longest batch %v, %d batches", load.search, load.batch, acknowledged.Load())
}

// TestAFullDiskIsNamedAndPasses sets the block that a cluster sets by itself when a disk is nearly full.
func TestAFullDiskIsNamedAndPasses(t *testing.T) {
	s := open(t, fresh(t))
	block := func(value any) {
		t.Helper()
		body := object{"index.blocks.read_only_allow_delete": value}
		if err := s.client.do(t.Context(), request{method: "PUT", path: "/" + s.current.name + "/_settings", body: body}, nil); err != nil {
			t.Fatal(err)
		}
	}
	block(true)
	b := index.Batch{Puts: []index.Document{{ID: "1", Title: "ord"}}, Seq: 1}
	if err := s.Apply(t.Context(), b); !errors.Is(err, ErrReadOnly) {
		t.Errorf("applied to a read-only index: %v, want %v", err, ErrReadOnly)
	}
	if page, err := s.Search(t.Context(), index.Plan{Size: 1}); err != nil || page.Total != 0 {
		t.Errorf("searching a read-only index: %d hits, %v", page.Total, err)
	}
	block(nil)
	if err := s.Apply(t.Context(), b); err != nil {
		t.Errorf("once the disk has room: %v", err)
	}
}

// signal sends a signal to a node.
func signal(t *testing.T, port string, node int, what syscall.Signal) {
	t.Helper()
	pid, err := strconv.Atoi(strings.Split(script(t, "pids", port), "\n")[node])
	if err == nil {
		err = syscall.Kill(pid, what)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func waitFor(t *testing.T, what string, done func() bool) {
	t.Helper()
	for end := time.Now().Add(2 * time.Minute); !done(); time.Sleep(10 * time.Millisecond) {
		if t.Failed() || time.Now().After(end) {
			t.Fatalf("waited in vain for %s", what)
		}
	}
}

// batchOfLoad is how many documents a batch under load has.
const batchOfLoad = 20

// underLoad applies batches and searches until its end.
type underLoad struct {
	done          chan struct{}
	running       sync.WaitGroup
	search, batch time.Duration // the longest after the loss; read after end
}

func newLoad(t *testing.T, s *Store, acknowledged, killed *atomic.Int64) *underLoad {
	l := &underLoad{done: make(chan struct{})}
	lost := func() bool { return killed.Load() > 0 }
	l.repeat(func() {
		n := uint64(acknowledged.Load()) + 1
		b := index.Batch{Seq: n}
		for i := range batchOfLoad {
			b.Puts = append(b.Puts, index.Document{ID: fmt.Sprintf("%d-%d", n, i), Title: "ord"})
		}
		start := time.Now()
		if err := s.Apply(t.Context(), b); err != nil {
			t.Errorf("apply batch %d: %v", n, err)
			return
		}
		if lost() {
			l.batch = max(l.batch, time.Since(start))
		}
		acknowledged.Add(1)
	})
	l.repeat(func() {
		start := time.Now()
		page, err := s.Search(t.Context(), index.Plan{Size: 5, Facets: index.Facets})
		if err != nil || page.Total != int(page.Seq)*batchOfLoad {
			t.Errorf("search: %d hits of batch %d, %v", page.Total, page.Seq, err)
		}
		if lost() {
			l.search = max(l.search, time.Since(start))
		}
	})
	return l
}

func (l *underLoad) repeat(f func()) {
	l.running.Go(func() {
		for {
			select {
			case <-l.done:
				return
			default:
				f()
			}
		}
	})
}

func (l *underLoad) end() {
	close(l.done)
	l.running.Wait()
}
