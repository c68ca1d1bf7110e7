package state_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"smaabornsviden/crawler/state"
)

func TestLostTellsWhatBecameOfADocument(t *testing.T) {
	day := 24 * time.Hour
	a, b := home+"/", home+"/b"
	for _, tt := range []struct {
		name string
		do   func(t *testing.T, s *state.Store, u map[string]state.URL)
		want state.Lost // but for Doc and Source
		now  string     // address of Lost.Now
		none bool
	}{
		{name: "it is there", do: func(*testing.T, *state.Store, map[string]state.URL) {}, none: true},
		{name: "it went at its source", do: func(t *testing.T, s *state.Store, u map[string]state.URL) {
			record(t, s, gone(u[a], t0.Add(day), state.GoneForGood))
		}, want: state.Lost{At: t0.Add(day), Reason: state.GoneForGood, Address: a, Title: "En"}},
		{name: "it went, came back and went again", do: func(t *testing.T, s *state.Store, u map[string]state.URL) {
			record(t, s, gone(u[a], t0.Add(day), state.GoneForGood))
			record(t, s, inRun(3, read(u[a], t0.Add(2*day), "To")))
			record(t, s, inRun(4, gone(u[a], t0.Add(3*day), state.NotFound)))
		}, want: state.Lost{At: t0.Add(3 * day), Reason: state.NotFound, Address: a, Title: "To"}},
		{name: "it went and came back", do: func(t *testing.T, s *state.Store, u map[string]state.URL) {
			record(t, s, gone(u[a], t0.Add(day), state.GoneForGood))
			record(t, s, inRun(3, read(u[a], t0.Add(2*day), "To")))
		}, none: true},
		{name: "its source does not want it found", do: func(t *testing.T, s *state.Store, u map[string]state.URL) {
			o := gone(u[a], t0.Add(day), state.NoIndex)
			o.State = state.Refused
			record(t, s, o)
		}, want: state.Lost{At: t0.Add(day), Reason: state.NoIndex}},
		{name: "it was taken down", do: func(t *testing.T, s *state.Store, u map[string]state.URL) {
			block(t, s, t0.Add(day), a)
		}, want: state.Lost{At: t0.Add(day), Reason: state.TakenDown}},
		{name: "it went, and its address was taken down later", do: func(t *testing.T, s *state.Store, u map[string]state.URL) {
			record(t, s, gone(u[a], t0.Add(day), state.GoneForGood))
			block(t, s, t0.Add(2*day), a)
		}, want: state.Lost{At: t0.Add(day), Reason: state.TakenDown}},
		{name: "its address leads to another now", do: func(t *testing.T, s *state.Store, u map[string]state.URL) {
			record(t, s, inRun(2, read(u[b], t0.Add(day), "To")))
			o := gone(u[a], t0.Add(2*day), state.Duplicate)
			o.State, o.Target = state.Alias, &state.Found{URL: b, Origin: home, Source: u[a].Source}
			record(t, s, o)
			if _, err := s.Settle(t.Context(), state.Run{ID: 2}, u[a].Source, t0.Add(2*day), true); err != nil {
				t.Fatal(err)
			}
		}, want: state.Lost{At: t0.Add(2 * day), Reason: state.Duplicate, Address: a}, now: b},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := open(t)
			pages := add(t, s, t0, page(a), page(b))
			record(t, s, read(pages[a], t0, "En"))
			doc := news(t, s, time.Time{})[0].Doc
			tt.do(t, s, pages)
			got, err := s.Lost(t.Context(), doc)
			if tt.none {
				if !errors.Is(err, state.ErrNotFound) {
					t.Errorf("got %+v, %v, want ErrNotFound", got, err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			lately, err := s.LostLately(t.Context(), 1)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]state.Lost{got}, lately); diff != "" {
				t.Errorf("lately (-one +all):\n%s", diff)
			}
			if tt.now != "" {
				u, err := s.URL(t.Context(), tt.now)
				if err != nil {
					t.Fatal(err)
				}
				tt.want.Now = u.Doc
			}
			tt.want.Doc, tt.want.Source = doc, got.Source
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestNobodyLostWhatNeverWas(t *testing.T) {
	if got, err := open(t).Lost(t.Context(), "findes-ikke"); !errors.Is(err, state.ErrNotFound) {
		t.Errorf("got %+v, %v, want ErrNotFound", got, err)
	}
}

func TestWhatIsTakenDownAfterItWentLeavesNoTitle(t *testing.T) {
	s := open(t)
	u := add(t, s, t0, page(home+"/"))[home+"/"]
	record(t, s, read(u, t0, "Mia, 3 år"))
	record(t, s, gone(u, t0.Add(time.Hour), state.GoneForGood))
	block(t, s, t0.Add(2*time.Hour), u.URL)
	if left := news(t, s, time.Time{}); len(left) > 0 {
		t.Errorf("still told: %+v", left)
	}
}

func block(t *testing.T, s *state.Store, at time.Time, address string) {
	t.Helper()
	if _, err := s.Block(t.Context(), at, address, ""); err != nil {
		t.Fatal(err)
	}
}
