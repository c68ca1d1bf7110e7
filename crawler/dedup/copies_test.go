package dedup

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"smaabornsviden/index"
)

// sample is one text of testdata/copies.yaml.
type sample struct {
	ID, Source, Work, Kind, Title, Published string
	Text                                     []string
}

func samples(t *testing.T) []sample {
	t.Helper()
	data, err := os.ReadFile("testdata/copies.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var all []sample
	if err := yaml.UnmarshalWithOptions(data, &all, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	return all
}

func (s sample) document() index.Document {
	d := doc(s.ID, s.Title, strings.Join(s.Text, "\n"))
	d.Source = s.Source
	if s.Published != "" {
		d.Published = on(s.Published)
	}
	return d
}

// mergedIn groups documents and gives for each the id of the group in which it is shown as one with others.
func mergedIn(t *testing.T, docs []index.Document) map[string]string {
	t.Helper()
	changes, err := Group(given(docs...))
	if err != nil {
		t.Fatal(err)
	}
	in := map[string]string{}
	for _, c := range changes {
		if c.Merged {
			in[c.ID] = c.Group
		}
	}
	return in
}

// TestShortCopiesAreFoundAndNothingElse holds the rules of copies against texts that were written before them. Pairs
// count, whether found directly or by way of a third text.
func TestShortCopiesAreFoundAndNothingElse(t *testing.T) {
	all := samples(t)
	var docs []index.Document
	for _, s := range all {
		docs = append(docs, s.document())
	}
	slices.Reverse(docs)
	in := mergedIn(t, docs)
	copies, found, wrong := 0, 0, 0
	for i, a := range all {
		for _, b := range all[i+1:] {
			same := a.Work != "" && a.Work == b.Work
			merged := in[a.ID] != "" && in[a.ID] == in[b.ID]
			if same {
				copies++
			}
			switch {
			case same && merged:
				found++
			case same:
				t.Logf("missed: %s (%s) and %s (%s)", a.ID, a.Kind, b.ID, b.Kind)
			case merged:
				wrong++
				t.Errorf("wrongly merged: %s (%s) and %s (%s)", a.ID, a.Kind, b.ID, b.Kind)
			}
		}
	}
	t.Logf("copies: %d of %d pairs found, %d wrong", found, copies, wrong)
	if found < 23 { // what was measured last, a guard
		t.Errorf("%d of %d copies found", found, copies)
	}
}

func TestTheWholeTextStandsForItsBeginning(t *testing.T) {
	title, text := "Børn sover bedre ude om sommeren", prose("s", 60)
	early := other(with(doc("a", title, text+"\nLæs mere hos centret."), func(d *index.Document) { d.Published = on("2024-01-01") }))
	whole := with(doc("b", title, text+prose("w", 200)), func(d *index.Document) { d.Published = on("2024-01-02") })
	if got, want := grouped(t, early, whole), []string{"a kopi b", "b kopi a", "b is the face"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestCoreLeavesOutWhatLeadsToTheWhole(t *testing.T) {
	for text, want := range map[string]string{
		"Børnene sover.\nLæs mere hos centret":                          "Børnene sover.",
		"Børnene sover. Læs hele historien på centret.example. ":        "Børnene sover.",
		"Børnene sover.\nKilde: Centret\nFoto: A. Holm":                 "Børnene sover.",
		"\"De sover,\" siger hun. Read more":                            "\"De sover,\" siger hun.",
		"Vi må læse mere for børnene.":                                  "Vi må læse mere for børnene.",
		"Læs mere for børnene. Det giver ord.\nDe sover godt bagefter.": "Læs mere for børnene. Det giver ord.\nDe sover godt bagefter.",
		"Læs mere": "",
		"":         "",
	} {
		if got := core(text); got != want {
			t.Errorf("core(%q) = %q, want %q", text, got, want)
		}
	}
}

// FuzzBeside: texts beside each other share between nothing and all, in either order, and a text beside itself all.
func FuzzBeside(f *testing.F) {
	f.Add("Et hus i Lejre har 3 stuer", "Et hus i Greve har 4 stuer")
	f.Add(prose("a", 50), prose("b", 10)+prose("a", 50))
	f.Add("a a a a", "a a a")
	f.Fuzz(func(t *testing.T, a, b string) {
		x, y := lay(a), lay(b)
		if s := beside(x, y, nowhere); s.share < 0 || s.share > 1 || s.renamed > s.replaced {
			t.Errorf("%+v", s)
		}
		if s := beside(x, x, nowhere); len(x.words) >= leastRun && (s.share != 1 || s.replaced != 0) {
			t.Errorf("a text beside itself: %+v", s)
		}
	})
}
