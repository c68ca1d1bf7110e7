package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"smaabornsviden/index"
	"smaabornsviden/index/indextest"
	readers "smaabornsviden/server/answer"
)

// suggester is what answers suggestions, over an index of n documents.
func suggester(t testing.TB, n int) *readers.Finder {
	t.Helper()
	docs := indextest.Corpus(1, n)
	docs = append(docs,
		index.Document{ID: "one", Title: "Ro på garderoben: sådan gør vi i Mælkebøtten", Body: "Garderobe, garderobe."},
		index.Document{ID: "two", Title: "Sundhedsplejersken kommer", Body: "Sprogudvikling i garderoben, garderober."},
	)
	return &readers.Finder{Searcher: searcherOver(t, docs)}
}

func TestSuggestionsBeginAtAnyWordOfATitle(t *testing.T) {
	f := suggester(t, 20)
	topics := []readers.Topic{{Slug: "sprog", Label: "Sprog og tale", Words: []string{"sprogudvikling"}}}
	for typed, want := range map[string]string{
		"garderob":         "titel Ro på garderoben: sådan gør vi i Mælkebøtten",
		"garderobe mælkeb": "titel Ro på garderoben: sådan gør vi i Mælkebøtten", // another form, further words
		"sundhedspl":       "titel Sundhedsplejersken kommer",
		"tale":             "emne Sprog og tale",
		"garde rob":        "ord garderoben",     // one word in the texts
		"sproudvikling":    "ord sprogudvikling", // misspelled, so there is nothing that begins so
	} {
		got, err := f.Suggest(t.Context(), typed, topics)
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for _, s := range got {
			lines = append(lines, string(s.Kind)+" "+s.Text)
		}
		if !slices.Contains(lines, want) {
			t.Errorf("%q suggests\n%s\nwant %s among it", typed, strings.Join(lines, "\n"), want)
		}
	}
}

// Neighbours share the beginnings of words. However many titles they have, and however short those are, Danish and English ones
// stand first, and what the neighbours have fills the room that is left.
func TestSuggestionsPutDanishTitlesBeforeTheirNeighbours(t *testing.T) {
	var docs []index.Document
	add := func(lang string, titles ...string) {
		for _, title := range titles {
			d := index.Document{ID: index.NewID(title), Title: title, Body: title, Lang: index.Derived{Value: lang}, Face: true}
			docs = append(docs, d)
		}
	}
	for i := range 24 {
		add([]string{"nb", "nn", "sv"}[i%3], fmt.Sprintf("Barnehage%c", 'a'+i), fmt.Sprintf("Bleier %d", i)) // words of their own, as rare as words can be
	}
	add("da", "Hvordan trives barnet i de første tusind dage, når begge forældre arbejder?", "En barnepige fortæller om hverdagen i en familie med tre små",
		"Om at skifte en ble i vuggestuen, mens de andre børn leger videre", "Hygge",
		"Et barnehjem fra forrige århundrede, de børn, der voksede op i det, og hvad der blev af dem siden")
	add("en", "Barnardo's and the early years: what practitioners told us")
	f := &readers.Finder{Searcher: searcherOver(t, docs)}
	for typed, want := range map[string]string{ // languages of the titles; ? for any of the neighbours
		"barn":   "en da da",
		"barneh": "da ? ?", // "Barnehagek" is much shorter
		"ble":    "da ? ?",
		"hyg":    "da",
		"bleier": "? ? ?", // in their own words
	} {
		got, err := f.Suggest(t.Context(), typed, nil)
		if err != nil {
			t.Fatal(err)
		}
		var langs, lines []string
		for _, s := range got {
			if s.Kind != readers.TitleSuggestion {
				continue
			}
			lines = append(lines, s.Lang+" "+s.Text)
			if s.Lang != "da" && s.Lang != "en" {
				s.Lang = "?"
			}
			langs = append(langs, s.Lang)
		}
		if strings.Join(langs, " ") != want {
			t.Errorf("%q suggests %q, want %s", typed, lines, want)
		}
	}
}

// BenchmarkSuggest answers one keystroke over 5,000 documents: the first letters, a word, a question, a misspelled compound.
func BenchmarkSuggest(b *testing.B) {
	f := suggester(b, 5000)
	for _, typed := range []string{"bø", "sprog", "hvordan bliver indkøringen i vug", "sproudviklingsmiljøet"} {
		b.Run(strings.ReplaceAll(typed, " ", "_"), func(b *testing.B) {
			for b.Loop() {
				if _, err := f.Suggest(b.Context(), typed, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkMeant mends words that no document has, over 5,000 documents.
func BenchmarkMeant(b *testing.B) {
	f := suggester(b, 5000)
	for _, typed := range []string{"vugestue", "sproudviklingsmiljøet", "sundhedplejerske", "børne have"} {
		b.Run(strings.ReplaceAll(typed, " ", "_"), func(b *testing.B) {
			for b.Loop() {
				if _, err := f.Searcher.Meant(b.Context(), typed); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
