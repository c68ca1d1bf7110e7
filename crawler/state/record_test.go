package state_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"smaabornsviden/crawler/state"
	"smaabornsviden/index"
)

const home = "https://a.example"

func TestRecordWritesADocumentOnlyWhenItSaysSomethingNew(t *testing.T) {
	s := open(t)
	u := add(t, s, t0, page(home+"/"))[home+"/"]
	first := record(t, s, read(u, t0, "forside"))
	if !first.Changed || first.Doc != index.NewID(home+"/") {
		t.Errorf("first Record = %+v", first)
	}
	again := record(t, s, read(u, t0.Add(time.Hour), "forside"))
	if again.Changed {
		t.Error("the same document was written twice")
	}
	record(t, s, read(u, t0.Add(2*time.Hour), "ny forside"))
	got := outbox(t, s, 0)
	if len(got) != 1 || got[0].Seq != 2 || got[0].Doc.Title != "ny forside" {
		t.Errorf("outbox = %+v, want one row with seq 2", got)
	}
	d := document(t, s, first.Doc)
	if !d.FirstSeen.Equal(t0) || !d.LastChecked.Equal(t0.Add(2*time.Hour)) {
		t.Errorf("first seen %v, last checked %v", d.FirstSeen, d.LastChecked)
	}
}

func TestNotModifiedKeepsDocumentAndLinks(t *testing.T) {
	s := open(t)
	u := add(t, s, t0, page(home+"/"))[home+"/"]
	o := read(u, t0, "forside")
	o.ETag, o.Links = `"1"`, []state.Found{page(home + "/b")}
	record(t, s, o)
	record(t, s, state.Outcome{URL: u.ID, Run: 1, At: t0.Add(time.Hour), State: state.OK, NotModified: true, Fetched: true, Status: 304, Due: t0.Add(time.Hour * 99)})
	after := row(t, s, u.URL)
	if after.ETag != `"1"` || after.Hash != o.Hash || after.Doc == "" || after.Status != 304 {
		t.Errorf("row after 304 = %+v", after)
	}
	if row(t, s, home+"/b").State != state.New {
		t.Error("the link is gone")
	}
	if n := len(outbox(t, s, 1)); n != 0 {
		t.Errorf("%d changes after a 304, want none", n)
	}
}

func TestAFailureKeepsStateAndDocument(t *testing.T) {
	s := open(t)
	u := add(t, s, t0, page(home+"/"))[home+"/"]
	record(t, s, read(u, t0, "forside"))
	record(t, s, state.Outcome{URL: u.ID, Run: 1, At: t0.Add(time.Hour), State: state.Failed, Reason: state.Timeout, Fetched: true, Fails: 1, Due: t0.Add(2 * time.Hour)})
	after := row(t, s, u.URL)
	if after.State != state.OK || after.Trouble != state.Timeout || after.Doc == "" || after.Fails != 1 {
		t.Errorf("row after a timeout = %+v", after)
	}
	never := add(t, s, t0, page(home+"/ny"))[home+"/ny"]
	record(t, s, state.Outcome{URL: never.ID, Run: 1, At: t0, State: state.Failed, Reason: state.DNS, Fetched: true, Fails: 1})
	if got := row(t, s, never.URL); got.State != state.Failed || got.Reason != state.DNS {
		t.Errorf("row that never answered = %s %s", got.State, got.Reason)
	}
}

// redirect is the outcome of an address that leads to another one.
func redirect(u state.URL, at time.Time, to string) state.Outcome {
	f := page(to)
	f.Via = state.ViaRedirect
	return state.Outcome{URL: u.ID, Run: 1, Epoch: t0, At: at, State: state.Redirect, Reason: state.Moved, Status: 301, Fetched: true, Target: &f, Due: at.Add(time.Hour)}
}

func TestARedirectKeepsTheEstablishedID(t *testing.T) {
	day := 24 * time.Hour
	for _, tt := range []struct {
		name  string
		steps func(t *testing.T, s *state.Store, old, new state.URL)
	}{
		{"redirect first", func(t *testing.T, s *state.Store, old, new state.URL) {
			record(t, s, at(t0.Add(day), redirect(old, t0.Add(day), new.URL)))
			record(t, s, at(t0.Add(day), read(new, t0.Add(day), "artikel")))
		}},
		{"new page first", func(t *testing.T, s *state.Store, old, new state.URL) {
			record(t, s, at(t0.Add(day), read(new, t0.Add(day), "artikel")))
			record(t, s, at(t0.Add(day), redirect(old, t0.Add(day), new.URL)))
		}},
		{"over two hops", func(t *testing.T, s *state.Store, old, new state.URL) {
			mid := add(t, s, t0, page(home+"/mid"))[home+"/mid"]
			record(t, s, at(t0.Add(day), redirect(old, t0.Add(day), mid.URL)))
			record(t, s, at(t0.Add(day), redirect(mid, t0.Add(day), new.URL)))
			record(t, s, at(t0.Add(day), read(new, t0.Add(day), "artikel")))
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := open(t)
			rows := add(t, s, t0, page(home+"/old"), page(home+"/new"))
			id := record(t, s, read(rows[home+"/old"], t0, "artikel")).Doc
			tt.steps(t, s, rows[home+"/old"], rows[home+"/new"])
			d := document(t, s, id)
			if d.URL != home+"/new" || !slices.Contains(d.AltURLs, home+"/old") {
				t.Errorf("document after the move: url %s, other addresses %v", d.URL, d.AltURLs)
			}
			if all, _ := s.Documents(t.Context(), "", 10); len(all) != 1 {
				t.Errorf("%d documents, want 1", len(all))
			}
			checkConsistent(t, s)
		})
	}
}

// at says that the outcome belongs to a run that began then.
func at(epoch time.Time, o state.Outcome) state.Outcome {
	o.Epoch = epoch
	return o
}

func TestADeadRedirectTargetHoldsTheDocument(t *testing.T) {
	s := open(t)
	rows := add(t, s, t0, page(home+"/old"), page(home+"/new"))
	id := record(t, s, read(rows[home+"/old"], t0, "artikel")).Doc
	later := t0.Add(24 * time.Hour)
	record(t, s, at(later, redirect(rows[home+"/old"], later, home+"/new")))
	document(t, s, id) // waits for the outcome there
	gone := state.Outcome{URL: rows[home+"/new"].ID, Run: 1, Epoch: later, At: later, State: state.Gone, Reason: state.GoneForGood, Removal: state.Hold, Fetched: true}
	record(t, s, gone)
	document(t, s, id)
	if got, err := s.Settle(t.Context(), state.Run{ID: 1, Started: later}, "a", later, false); err != nil || got.Removed != 1 {
		t.Fatalf("Settle = %+v, %v", got, err)
	}
	if _, err := s.Document(t.Context(), id); err == nil {
		t.Error("the document outlived its address")
	}
	checkConsistent(t, s)
}

func TestBrakeHoldsALossOfMoreThanAFifth(t *testing.T) {
	for _, tt := range []struct{ documents, gone, removed, held int }{
		{10, 2, 2, 0}, {10, 3, 0, 3}, {9, 9, 9, 0}, {50, 10, 10, 0}, {50, 11, 0, 11},
	} {
		t.Run(fmt.Sprintf("%d of %d", tt.gone, tt.documents), func(t *testing.T) {
			s := open(t)
			later := t0.Add(24 * time.Hour)
			for i := range tt.documents {
				f := page(fmt.Sprintf("%s/%d", home, i))
				u := add(t, s, t0, f)[f.URL]
				record(t, s, read(u, t0, f.URL))
				if i < tt.gone {
					record(t, s, state.Outcome{URL: u.ID, Run: 1, Epoch: later, At: later, State: state.Gone, Reason: state.NotFound, Removal: state.Hold, Fetched: true})
				}
			}
			got, err := s.Settle(t.Context(), state.Run{ID: 1, Started: later}, "a", later, false)
			if err != nil || got.Removed != tt.removed || got.Held != tt.held {
				t.Fatalf("Settle = %+v, %v; want %d removed, %d held", got, err, tt.removed, tt.held)
			}
			if tt.held > 0 {
				if got, _ = s.Settle(t.Context(), state.Run{ID: 1, Started: later}, "a", later, true); got.Removed != tt.held {
					t.Errorf("forced Settle = %+v", got)
				}
			}
			checkConsistent(t, s)
		})
	}
}

func TestASlowLossIsALoss(t *testing.T) {
	s := open(t)
	var rows []state.URL
	for i := range 20 {
		f := page(fmt.Sprintf("%s/%d", home, i))
		u := add(t, s, t0, f)[f.URL]
		record(t, s, read(u, t0, f.URL))
		rows = append(rows, u)
	}
	lost := 0
	for i := range 10 { // one page an hour, each in a run of its own
		now := t0.Add(time.Duration(i+1) * time.Hour)
		record(t, s, state.Outcome{URL: rows[i].ID, Run: int64(i), Epoch: now, At: now, State: state.Gone, Reason: state.NotFound, Removal: state.Hold, Fetched: true})
		done, err := s.Settle(t.Context(), state.Run{ID: int64(i), Started: now}, "a", now, false)
		if err != nil {
			t.Fatal(err)
		}
		lost += done.Removed
	}
	if lost != 4 {
		t.Errorf("%d of 20 documents went within ten hours, want 4 and the others held", lost)
	}
}

func TestABetterFindTakesBackARefusal(t *testing.T) {
	refused := func(why state.Reason) state.Found {
		f := page(home + "/x")
		f.Origin, f.Reason, f.Depth = "", why, 3
		return f
	}
	better := page(home + "/x")
	better.Depth = 2
	for _, tt := range []struct {
		name  string
		finds []state.Found
		want  state.State
		why   state.Reason
	}{
		{"nofollow, then a plain link", []state.Found{refused(state.NoFollow), better}, state.New, ""},
		{"a plain link, then nofollow", []state.Found{better, refused(state.NoFollow)}, state.New, ""},
		{"too deep, then nearer", []state.Found{refused(state.TooDeep), better}, state.New, ""},
		{"personal data stays out", []state.Found{refused(state.PersonalData), better}, state.Refused, state.PersonalData},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := open(t)
			for _, f := range tt.finds {
				add(t, s, t0, f)
			}
			u := row(t, s, home+"/x")
			if u.State != tt.want || u.Reason != tt.why {
				t.Errorf("row = %s %s, want %s %s", u.State, u.Reason, tt.want, tt.why)
			}
			if tt.want == state.New && (u.Depth != 2 || u.Host == 0 || u.Due.IsZero()) {
				t.Errorf("row = %+v, want depth 2, a host and a time", u)
			}
		})
	}
}

func TestASitemapDateBringsAVisitForwardAndNeverPutsItOff(t *testing.T) {
	s := open(t)
	u := add(t, s, t0, page(home+"/"))[home+"/"]
	record(t, s, read(u, t0, "forside")) // due in a week
	claim := func(at time.Time) time.Time {
		f := page(home + "/")
		f.Via, f.Claimed = state.ViaSitemap, at
		add(t, s, t0.Add(24*time.Hour), f)
		return row(t, s, home+"/").Due
	}
	if due := claim(t0.Add(-time.Hour)); !due.Equal(t0.Add(7 * 24 * time.Hour)) {
		t.Errorf("an old lastmod moved the visit to %v", due)
	}
	if due := claim(t0.Add(time.Hour)); !due.Equal(t0.Add(24 * time.Hour)) {
		t.Errorf("a new lastmod left the visit at %v", due)
	}
}

func TestBeginGoesOnWithARunThatWasCutOff(t *testing.T) {
	s := open(t)
	u := add(t, s, t0, page(home+"/"))[home+"/"]
	begin := func(now time.Time, every bool, sources ...string) state.Run {
		r, err := s.Begin(t.Context(), now, every, sources)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	first := begin(t0, true)
	record(t, s, read(u, t0, "forside"))
	cut := begin(t0.Add(time.Minute), true)
	if cut.ID != first.ID || !cut.Resumed || !cut.Started.Equal(t0) {
		t.Errorf("second Begin = %+v, want the first run", cut)
	}
	if due := row(t, s, u.URL).Due; due.Before(t0.Add(time.Hour)) {
		t.Error("going on made a visited page due again")
	}
	if other := begin(t0.Add(time.Minute), true, "b"); other.ID == first.ID {
		t.Error("a run of another source went on with the first")
	}
	if err := s.End(t.Context(), 2, t0); err != nil {
		t.Fatal(err)
	}
	begin(t0.Add(time.Hour), true)
	if due := row(t, s, u.URL).Due; !due.Equal(t0.Add(time.Hour)) {
		t.Errorf("a new run of everything left the page due at %v", due)
	}
}

func TestExplainTellsWhatHappened(t *testing.T) {
	s := open(t)
	u := add(t, s, t0, page(home+"/"))[home+"/"]
	o := read(u, t0, "forside")
	o.Links = []state.Found{page(home + "/b")}
	record(t, s, o)
	b := row(t, s, home+"/b")
	record(t, s, redirect(b, t0, home+"/"))
	got, err := s.Explain(t.Context(), home+"/b")
	if err != nil {
		t.Fatal(err)
	}
	if got.Found != home+"/" || got.LeadsTo != home+"/" || len(got.Visits) != 1 || got.Visits[0].State != state.Redirect || got.Host.Origin != home {
		t.Errorf("story = %+v", got)
	}
}

// checkConsistent asserts what holds between tables at any time.
func checkConsistent(t *testing.T, s *state.Store) {
	t.Helper()
	live := map[string]string{}
	docs, err := s.Documents(t.Context(), "", 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range docs {
		live[d.ID] = d.URL
		if u := row(t, s, d.URL); u.Doc != d.ID {
			t.Errorf("document %s says it lies at %s, whose row names %q", d.ID, d.URL, u.Doc)
		}
	}
	told := map[string]string{}
	for _, c := range outbox(t, s, 0) {
		if c.Op == state.Put {
			told[c.ID] = c.Doc.URL
		}
	}
	if diff := cmp.Diff(live, told); diff != "" {
		t.Errorf("the outbox tells of other documents than there are (-live +told):\n%s", diff)
	}
}

// TestAnyHistoryLeavesTheTablesConsistent plays random visits, moves, losses and settlements.
func TestAnyHistoryLeavesTheTablesConsistent(t *testing.T) {
	for seed := range uint64(15) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			s, err := state.Open(t.Context(), filepath.Join(t.TempDir(), "state.db"), state.Options{NoSync: true})
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			play(t, s, rand.New(rand.NewPCG(seed, 1)))
			checkConsistent(t, s)
		})
	}
}

func play(t *testing.T, s *state.Store, rnd *rand.Rand) {
	var urls []string
	for i := range 8 {
		urls = append(urls, fmt.Sprintf("%s/%d", home, i))
		add(t, s, t0, page(urls[i]))
	}
	now, epoch := t0, t0
	for range 80 {
		now = now.Add(time.Hour)
		if rnd.IntN(10) == 0 {
			epoch = now
		}
		u, other := row(t, s, urls[rnd.IntN(8)]), row(t, s, urls[rnd.IntN(8)])
		o := state.Outcome{URL: u.ID, Run: 1, Epoch: epoch, At: now, Fetched: true, Due: now.Add(time.Hour)}
		switch rnd.IntN(7) {
		case 0, 1, 2:
			o = at(epoch, read(u, now, fmt.Sprint("tekst ", rnd.IntN(3))))
			if other.ID != u.ID && rnd.IntN(3) == 0 {
				o.Absorb = []state.Absorbed{{URL: other.ID, Reason: state.Duplicate}}
			}
		case 3:
			o = at(epoch, redirect(u, now, other.URL))
		case 4:
			f := page(other.URL)
			o.State, o.Reason, o.Target = state.Alias, state.Duplicate, &f
		case 5:
			o.State, o.Reason, o.Removal = state.Gone, state.GoneForGood, state.Hold
		case 6:
			o.State, o.Reason, o.Removal = state.Refused, state.NoIndex, state.AtOnce
		}
		record(t, s, o)
		if rnd.IntN(4) == 0 {
			if _, err := s.Settle(t.Context(), state.Run{ID: 1, Started: epoch}, "a", now, false); err != nil {
				t.Fatal(err)
			}
		}
	}
}
