package query

import (
	"slices"
	"strings"
	"testing"

	"smaabornsviden/index"
)

// titled is a search over texts that are nothing but titles.
func titled(t *testing.T, walks bool, titles ...string) Searcher {
	t.Helper()
	s := searcher(t)
	shelf := newShelf(s.Analyzer, titles...)
	for i, title := range titles {
		fields := s.Analyzer.Fields(title, "", "da")
		for name, f := range fields.All() {
			for _, term := range f.Terms {
				shelf.texts[i][name+":"+term.Text] = true
			}
		}
	}
	if s.Engine = shelf; walks {
		s.Engine = walking{shelf}
	}
	return s
}

func found(t *testing.T, s Searcher, q string, off ...string) string {
	t.Helper()
	_, ids := search(t, s, q, off...)
	return ids
}

// TestATitleIsFoundByAPartOfItsWords as a text is by a part of its own, and in quotes by the very word alone.
func TestATitleIsFoundByAPartOfItsWords(t *testing.T) {
	for _, walks := range []bool{true, false} {
		s := titled(t, walks, "Sprog og leg", "Sprogvurdering af treårige", "Et sprogløst barn", "Vurdering")
		for query, want := range map[string]string{
			"titel:sprog": "abc", "title:sprog": "abc", `titel:"sprog"`: "a", "titel:sprogvurdering": "b", "titel:leg": "a",
		} {
			if got := found(t, s, query); got != want {
				t.Errorf("an engine that walks %v: %s finds %q, want %q", walks, query, got, want)
			}
		}
		ans, err := s.Search(t.Context(), Request{Text: "titel:sprog"})
		if err != nil || !slices.ContainsFunc(ans.Understood.Added, func(a Added) bool { return a.Kind == index.PartOf && a.For == "sprog" }) {
			t.Errorf("added %+v, %v; want the parts noted", ans.Understood.Added, err)
		}
		if got := found(t, s, "titel:sprog", "part"); got != "a" {
			t.Errorf("without parts titel:sprog finds %q, want a", got)
		}
	}
	if got := found(t, titled(t, true, "Indsprogning", "Vurdering"), "titel:vurdering"); got != "b" {
		t.Errorf("titel:vurdering finds %q, want b", got)
	}
}

func TestManyTitleWordsKeepWithinTheBoundsOfAPlan(t *testing.T) {
	var titles []string
	for _, head := range strings.Fields("vurdering udvikling miljø indsats test skema leg kursus gruppe plan prøve bog rum time lærer evne krav brug grænse område") {
		for _, first := range strings.Fields("sprog skole barne familie") {
			titles = append(titles, first+head)
		}
	}
	s := titled(t, true, titles...)
	if ans, _ := search(t, s, strings.Repeat("titel:sprog titel:skole titel:familie titel:barn ", 8)); ans.Plan.Check() != nil {
		t.Error(ans.Plan.Check())
	}
}

func TestWithinAcceptsWhatHoldsItsLetters(t *testing.T) {
	for word, want := range map[string]bool{"aab": true, "aaab": true, "xaaby": true, "aba": false, "": false, "aa": false, "ababaab": true} {
		w := within("aab")
		state := w.Start()
		for i := range len(word) {
			state = w.Accept(state, word[i])
		}
		if w.IsMatch(state) != want {
			t.Errorf("aab within %q: %v", word, !want)
		}
	}
}
