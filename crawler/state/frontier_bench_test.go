package state_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"smaabornsviden/crawler/state"
)

// BenchmarkFrontierOfAMillion puts a million addresses of 200 hosts into an empty state and leases some of them. It
// reports bytes on disk per address, what the heap grew by, and what a lease of 16 costs then.
//
//	go test ./crawler/state -run xxx -bench Million -benchtime 1x
func BenchmarkFrontierOfAMillion(b *testing.B) {
	const hosts, each, batch = 200, 5000, 5000
	for b.Loop() {
		path := filepath.Join(b.TempDir(), "state.db")
		s, err := state.Open(b.Context(), path, state.Options{NoSync: true})
		if err != nil {
			b.Fatal(err)
		}
		before := heap()
		began := time.Now()
		for h := range hosts {
			origin := fmt.Sprintf("https://www.partner-%d.example", h)
			found := make([]state.Found, 0, batch)
			for i := range each {
				found = append(found, state.Found{
					URL:    fmt.Sprintf("%s/viden-og-redskaber/boern-%d/artikel-om-trivsel-%d", origin, i%50, i),
					Origin: origin, Source: fmt.Sprintf("partner-%d", h), Kind: state.Page, Via: state.ViaLink, Depth: 3, Priority: state.Links,
				})
			}
			if _, err := s.Add(b.Context(), 1, t0, found); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(time.Since(began).Microseconds())/(hosts*each), "µs/address")
		b.ReportMetric(float64(heap()-before)/(1<<20), "heap-MB")
		leaseMany(b, s)
		if err := s.Close(); err != nil { // empties the write-ahead log into the file
			b.Fatal(err)
		}
		info, err := os.Stat(path)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(info.Size())/(hosts*each), "B/address")
	}
}

// leaseMany reports what a run pays for its work at the frontier: finding the hosts that are due, and leases.
func leaseMany(b *testing.B, s *state.Store) {
	b.Helper()
	began := time.Now()
	due, err := s.HostsDue(b.Context(), t0, nil)
	if err != nil || len(due) != 200 {
		b.Fatalf("%d hosts are due, want 200; %v", len(due), err)
	}
	b.ReportMetric(float64(time.Since(began).Microseconds()), "µs/hosts-due")
	began = time.Now()
	for _, h := range due {
		urls, err := s.Lease(b.Context(), state.LeaseRequest{Host: h.ID, Now: t0, Until: t0.Add(time.Hour), N: 16})
		if err != nil || len(urls) != 16 {
			b.Fatalf("leased %d, want 16; %v", len(urls), err)
		}
	}
	b.ReportMetric(float64(time.Since(began).Microseconds())/float64(len(due)), "µs/lease")
}

// heap is what is in use after a collection, in bytes.
func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
