package bleveindex

import (
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"

	"smaabornsviden/index"
	"smaabornsviden/index/indextest"
)

func TestFailedWorkRestsLongerEachTimeUntilItGoesWell(t *testing.T) {
	var r rests
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	var got []time.Duration
	for range 8 {
		rest := r.next(now)
		got = append(got, rest)
		now = now.Add(rest + time.Millisecond)
	}
	want := []time.Duration{
		100 * time.Millisecond, 200 * time.Millisecond, 400 * time.Millisecond, 800 * time.Millisecond,
		1600 * time.Millisecond, 3200 * time.Millisecond, longestRest, longestRest,
	}
	if !slices.Equal(got, want) {
		t.Errorf("rests of work that always fails: %v, want %v", got, want)
	}
	if rest := r.next(now.Add(time.Minute)); rest != firstRest {
		t.Errorf("rest after a minute that went well: %v, want %v", rest, firstRest)
	}
}

// TestBleveDoesNotTurnWhileTheDiskFails lets Bleve's own work fail again and again: it may try a few times a second at most,
// and closing does not wait for the rest.
func TestBleveDoesNotTurnWhileTheDiskFails(t *testing.T) {
	var told atomic.Int32
	s, err := Memory(Options{Analyzer: analyzer(t), OnFailure: func(error) { told.Add(1) }})
	if err != nil {
		t.Fatal(err)
	}
	apply(t, s, index.Batch{Seq: 1, Puts: indextest.Corpus(1, 10)})
	report, done := s.current.failure.report, make(chan struct{})
	go func() { // the loop of Bleve's persister on a full disk
		defer close(done)
		for {
			report(scorch.NewScorchError("persister", "no space left on device", scorch.ErrPersist), "x")
			select {
			case <-s.current.failure.hastened:
				return
			default:
			}
		}
	}()
	for told.Load() < 3 {
		time.Sleep(time.Millisecond)
	}
	closeStore(t, s)
	<-done
	if n := told.Load(); n > 50 {
		t.Errorf("Bleve was let try %d times", n)
	}
}
