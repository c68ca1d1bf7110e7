package crawler

import (
	"testing"
	"time"
)

func TestAFeedWaitsLongerWhileMuchComesIn(t *testing.T) {
	for _, tc := range []struct {
		n          int
		last, want time.Duration
	}{
		{0, time.Second, time.Second},
		{busyFeed - 1, 8 * time.Second, time.Second},
		{busyFeed, time.Second, 2 * time.Second},
		{500, 8 * time.Second, 16 * time.Second},
		{500, 16 * time.Second, 16 * time.Second},
	} {
		if got := nextPause(tc.n, tc.last, time.Second); got != tc.want {
			t.Errorf("after %d changes and a wait of %s: %s, want %s", tc.n, tc.last, got, tc.want)
		}
	}
}
