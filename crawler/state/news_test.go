package state_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"smaabornsviden/crawler/state"
)

func news(t *testing.T, s *state.Store, since time.Time) []state.News {
	t.Helper()
	all, err := s.News(t.Context(), since, 100)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// inRun makes an outcome one of another run.
func inRun(run int64, o state.Outcome) state.Outcome {
	o.Run = run
	return o
}

func gone(u state.URL, at time.Time, why state.Reason) state.Outcome {
	return state.Outcome{URL: u.ID, Run: 2, At: at, State: state.Gone, Reason: why, Status: 410, Fetched: true, Removal: state.AtOnce}
}

func TestNewsTellsWhatHappenedToADocument(t *testing.T) {
	day := 24 * time.Hour
	title := func(u state.URL, at time.Time, run int64, text string) state.Outcome {
		return inRun(run, read(u, at, text))
	}
	type told struct {
		Kind          state.NewsKind
		Live          bool
		Title         string
		Before, After string
	}
	for _, tt := range []struct {
		name string
		do   func(t *testing.T, s *state.Store, u state.URL)
		want []told
	}{
		{"it came", func(t *testing.T, s *state.Store, u state.URL) { record(t, s, read(u, t0, "En")) }, []told{{state.Came, true, "En", "", ""}}},
		{"it came and was read in full in one run", func(t *testing.T, s *state.Store, u state.URL) {
			record(t, s, read(u, t0, "En"))
			record(t, s, read(u, t0.Add(time.Second), "To"))
		}, []told{{state.Came, true, "To", "", ""}}},
		{"it changed in a later run", func(t *testing.T, s *state.Store, u state.URL) {
			record(t, s, title(u, t0, 1, "En"))
			record(t, s, title(u, t0.Add(day), 2, "To"))
		}, []told{{state.Altered, true, "To", "Tekst om En", "Tekst om To"}, {state.Came, true, "En", "", ""}}},
		{"only our reading changed", func(t *testing.T, s *state.Store, u state.URL) {
			record(t, s, title(u, t0, 1, "En"))
			o := title(u, t0.Add(day), 2, "To")
			o.Pipeline = "better"
			record(t, s, o)
		}, []told{{state.Came, true, "En", "", ""}}},
		{"it went", func(t *testing.T, s *state.Store, u state.URL) {
			record(t, s, title(u, t0, 1, "En"))
			record(t, s, gone(u, t0.Add(day), state.GoneForGood))
		}, []told{{state.Went, false, "En", "", ""}, {state.Came, false, "En", "", ""}}},
		{"it is not to be found any more", func(t *testing.T, s *state.Store, u state.URL) {
			record(t, s, title(u, t0, 1, "En"))
			record(t, s, title(u, t0.Add(day), 2, "To"))
			o := gone(u, t0.Add(2*day), state.NoIndex)
			o.Run, o.State = 3, state.Refused
			record(t, s, o)
		}, []told{{state.Went, false, "", "", ""}, {state.Altered, false, "", "", ""}, {state.Came, false, "", "", ""}}},
		{"it came and went in one run", func(t *testing.T, s *state.Store, u state.URL) {
			record(t, s, title(u, t0, 2, "En"))
			record(t, s, gone(u, t0.Add(time.Second), state.GoneForGood))
		}, nil},
		{"it was taken down on request", func(t *testing.T, s *state.Store, u state.URL) {
			record(t, s, title(u, t0, 1, "Mia, 3 år"))
			if _, err := s.Block(t.Context(), t0.Add(day), u.URL, ""); err != nil {
				t.Fatal(err)
			}
		}, nil},
		{"very old news is forgotten", func(t *testing.T, s *state.Store, u state.URL) {
			record(t, s, title(u, t0, 1, "En"))
			record(t, s, title(u, t0.Add(500*day), 2, "To"))
		}, []told{{state.Altered, true, "To", "Tekst om En", "Tekst om To"}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := open(t)
			tt.do(t, s, add(t, s, t0, page(home+"/"))[home+"/"])
			var got []told
			for _, n := range news(t, s, time.Time{}) {
				got = append(got, told{n.Kind, n.Live, n.Title, n.Before, n.After})
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestNewsBeginsAtADate(t *testing.T) {
	s := open(t)
	u := add(t, s, t0, page(home+"/"))[home+"/"]
	record(t, s, read(u, t0, "En"))
	record(t, s, inRun(2, read(u, t0.Add(time.Hour), "To")))
	if got := news(t, s, t0.Add(time.Minute)); len(got) != 1 || got[0].Kind != state.Altered {
		t.Errorf("got %+v", got)
	}
}

func TestAlteredAtIsTheLastChangeOfWhatChanged(t *testing.T) {
	s := open(t)
	pages := add(t, s, t0, page(home+"/"), page(home+"/b"))
	u, still := pages[home+"/"], pages[home+"/b"]
	record(t, s, read(u, t0, "En"))
	record(t, s, read(still, t0, "Andet"))
	for run := range int64(2) {
		record(t, s, inRun(run+2, read(u, t0.Add(time.Duration(run+1)*time.Hour), []string{"To", "Tre"}[run])))
	}
	id := news(t, s, t0.Add(time.Minute))[0].Doc
	var ids []string
	for _, n := range news(t, s, time.Time{}) {
		ids = append(ids, n.Doc)
	}
	got, err := s.AlteredAt(t.Context(), append(ids, "findes-ikke"))
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 1 || !got[id].Equal(t0.Add(2*time.Hour)) {
		t.Errorf("got %v, want %s alone at %s", got, id, t0.Add(2*time.Hour))
	}
	if none, err := s.AlteredAt(t.Context(), nil); err != nil || len(none) != 0 {
		t.Errorf("of no documents: %v, %v", none, err)
	}
}

// inNorwegian reads a Norwegian document.
func inNorwegian(u state.URL, at time.Time, run int64, title string) state.Outcome {
	o := inRun(run, read(u, at, title))
	o.Document.Lang.Value = "nb"
	return o
}

func TestNewsKeepsTheLanguageOfItsWords(t *testing.T) {
	day := 24 * time.Hour
	s := open(t)
	u := add(t, s, t0, page(home+"/"))[home+"/"]
	record(t, s, inNorwegian(u, t0, 1, "Lek"))
	record(t, s, inNorwegian(u, t0.Add(day), 2, "Lek ute"))
	o := gone(u, t0.Add(2*day), state.GoneForGood)
	o.Run = 3
	record(t, s, o)
	got := news(t, s, time.Time{})
	if len(got) != 3 {
		t.Fatalf("%d pieces of news, want 3", len(got))
	}
	for _, n := range got {
		if n.Lang != "nb" {
			t.Errorf("kind %d, %q: language %q", n.Kind, n.Title, n.Lang)
		}
	}
}

func TestNewsFromBeforeLanguagesWereKeptGetsThatOfItsDocument(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.db")
	s := openAt(t, path)
	rows := add(t, s, t0, page(home+"/"), page(home+"/gone"))
	record(t, s, inNorwegian(rows[home+"/"], t0, 1, "Lek"))
	record(t, s, inNorwegian(rows[home+"/gone"], t0.Add(time.Second), 1, "Borte"))
	record(t, s, gone(rows[home+"/gone"], t0.Add(time.Hour), state.GoneForGood))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := state.BeforeNewsHadLanguages(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, n := range news(t, openAt(t, path), time.Time{}) {
		got[n.Title] = n.Lang
	}
	if diff := cmp.Diff(map[string]string{"Lek": "nb", "Borte": ""}, got); diff != "" {
		t.Error(diff)
	}
}
