package state_test

import (
	"testing"
	"time"

	"smaabornsviden/crawler/state"
)

func TestVisitsTellWhenASourceWasAndWillBeSeen(t *testing.T) {
	s := open(t)
	now := time.Date(2026, 11, 20, 3, 0, 0, 0, time.UTC)
	rows := add(t, s, now, page("https://a.example/1"), page("https://a.example/2"))
	fine := read(rows["https://a.example/1"], now.Add(time.Hour), "Titel")
	fine.Due = now.Add(48 * time.Hour)
	record(t, s, fine)
	record(t, s, state.Outcome{
		URL: rows["https://a.example/2"].ID, At: now.Add(2 * time.Hour), State: state.Failed, Reason: state.Timeout, Fetched: true, Due: now.Add(24 * time.Hour),
	})
	all, err := s.Visits(t.Context())
	if err != nil || len(all) != 1 {
		t.Fatalf("%v %v", all, err)
	}
	for _, v := range all {
		if !v.LastOK.Equal(now.Add(time.Hour)) || !v.Last.Equal(now.Add(2*time.Hour)) || !v.LastFailed.Equal(v.Last) || !v.Next.Equal(now.Add(24*time.Hour)) || v.Failed[state.Timeout] != 1 {
			t.Errorf("%+v", v)
		}
	}
}
