package partners

import (
	"testing"
	"time"
)

func TestHoursAreThoseOfADanishClock(t *testing.T) {
	tests := []struct{ hours, at, want string }{
		{"", "2026-11-22T12:00:00Z", "2026-11-22T12:00:00Z"},
		{"22-06", "2026-11-22T21:30:00Z", "2026-11-22T21:30:00Z"}, // 22.30 in winter
		{"22-06", "2026-11-22T04:59:59Z", "2026-11-22T04:59:59Z"},
		{"22-06", "2026-11-22T05:00:00Z", "2026-11-22T21:00:00Z"},
		{"22-06", "2026-07-01T20:30:00Z", "2026-07-01T20:30:00Z"}, // 22.30 in summer
		{"22-06", "2026-07-01T19:30:00Z", "2026-07-01T20:00:00Z"},
		{"01-05", "2026-12-31T12:00:00Z", "2027-01-01T00:00:00Z"},
		{"01-05", "2026-11-22T02:00:00Z", "2026-11-22T02:00:00Z"},
		{"09-17", "2026-11-22T23:30:00Z", "2026-11-23T08:00:00Z"},
	}
	for _, tt := range tests {
		at, err := time.Parse(time.RFC3339, tt.at)
		if err != nil {
			t.Fatal(err)
		}
		s := Source{Hours: tt.hours}
		if got := s.OpensAt(at).UTC().Format(time.RFC3339); got != tt.want {
			t.Errorf("hours %q at %s open at %s, want %s", tt.hours, tt.at, got, tt.want)
		}
	}
}
