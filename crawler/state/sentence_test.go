package state

import (
	"strings"
	"testing"
	"unicode/utf8"

	"smaabornsviden/index"
)

func TestChangedSentenceIsTheFirstThatDiffers(t *testing.T) {
	long := strings.Repeat("ord ", 100)
	for _, tt := range []struct {
		name          string
		was, is       index.Document
		before, after string
	}{
		{
			name: "a figure", was: index.Document{Body: "Caféen er åben. 31 familier kom i 2023. Alle er velkomne."},
			is:     index.Document{Body: "Caféen er åben. 47 familier kom i 2023. Alle er velkomne."},
			before: "31 familier kom i 2023.", after: "47 familier kom i 2023.",
		},
		{name: "put in", was: index.Document{Body: "En.\nTre."}, is: index.Document{Body: "En.\nTo.\nTre."}, after: "To."},
		{name: "taken out", was: index.Document{Body: "En.\nTo.\nTre."}, is: index.Document{Body: "En.\nTre."}, before: "To."},
		{name: "added at the end", was: index.Document{Body: "En."}, is: index.Document{Body: "En. To."}, after: "To."},
		{name: "cut off at the end", was: index.Document{Body: "En. To."}, is: index.Document{Body: "En."}, before: "To."},
		{name: "the title", was: index.Document{Title: "Gammel", Body: "En."}, is: index.Document{Title: "Ny", Body: "En."}, before: "Gammel", after: "Ny"},
		{name: "spaces are no change", was: index.Document{Title: "T", Body: "En  to."}, is: index.Document{Title: "U", Body: "En to."}, before: "T", after: "U"},
		{name: "abbreviations do not cut", was: index.Document{Body: "Vi mødes f.eks. kl. 9."}, is: index.Document{Body: "Vi mødes f.eks. kl. 10."}, before: "Vi mødes f.eks. kl. 9.", after: "Vi mødes f.eks. kl. 10."},
		{name: "no snippets allowed", was: index.Document{Body: "En."}, is: index.Document{Body: "To.", SnippetMax: -1}},
		{name: "metadata alone", was: index.Document{Title: "A"}, is: index.Document{Title: "B", MetadataOnly: true}},
		{name: "no archive", was: index.Document{Body: "En."}, is: index.Document{Body: "To.", NoArchive: true}, after: "To."},
		{name: "a short snippet", was: index.Document{Body: "Et to tre fire fem."}, is: index.Document{Body: "Et to tre fire seks.", SnippetMax: 12}, before: "…to tre…", after: "…to tre…"},
		{name: "a long sentence", was: index.Document{Body: long + "gammelt " + long}, is: index.Document{Body: long + "nyt " + long}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			before, after := changedSentence(tt.was, tt.is)
			if tt.name == "a long sentence" {
				if !strings.Contains(before, "gammelt") || !strings.Contains(after, " nyt ") || utf8.RuneCountInString(after) > sentenceMost {
					t.Errorf("got %q and %q", before, after)
				}
				return
			}
			if tt.is.SnippetMax > 0 {
				if n := utf8.RuneCountInString(after); n > tt.is.SnippetMax || n == 0 {
					t.Errorf("%q has %d characters", after, n)
				}
				return
			}
			if before != tt.before || after != tt.after {
				t.Errorf("got %q and %q, want %q and %q", before, after, tt.before, tt.after)
			}
		})
	}
}

// Whatever two versions say, what is told is a piece of each and within the source's limit.
func FuzzChangedSentenceKeepsToTheTexts(f *testing.F) {
	f.Add("En. To.", "En. Tre.", 0)
	f.Add("", "Ny tekst – med æøå.", 20)
	f.Add("a\u2028b. C", "a. B", 3)
	f.Add("0000000000", "0", 1)
	f.Fuzz(func(t *testing.T, was, is string, most int) {
		if !utf8.ValidString(was) || !utf8.ValidString(is) {
			return
		}
		most %= 500
		before, after := changedSentence(index.Document{Body: was}, index.Document{Body: is, SnippetMax: most})
		limit := sentenceMost
		if most > 0 {
			limit = min(limit, most)
		}
		for told, text := range map[string]string{before: was, after: is} {
			if n := utf8.RuneCountInString(told); n > limit || most < 0 && n > 0 {
				t.Fatalf("%q has %d characters, at most %d are allowed", told, n, limit)
			}
			plain := strings.TrimSpace(strings.Trim(told, "…"))
			if !strings.Contains(strings.Join(strings.Fields(text), " "), plain) {
				t.Fatalf("%q is no piece of %q", told, text)
			}
		}
	})
}
