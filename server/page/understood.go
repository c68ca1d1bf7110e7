package page

import (
	"slices"
	"strings"

	"smaabornsviden/index"
	"smaabornsviden/index/query"
)

// understood tells how the query was read, in lines short enough for a phone. A query that was read just as it
// stands needs no line.
func understood(u query.Understood) []sentence {
	var out []sentence
	if words := wordsRead(u.Words); words != nil {
		out = append(out, words)
	}
	if len(u.Filters) > 0 {
		out = append(out, say("Kun: ", emphasised(filterWords(u.Filters)), "."))
	}
	if len(u.Ignored) > 0 {
		out = append(out, say("Vi ser bort fra småord: ", emphasised(u.Ignored), "."))
	}
	return out
}

// wordsRead lists the words with the forms that are looked for besides; nil when there is nothing to add.
func wordsRead(words []query.Word) sentence {
	s := say("Vi søger efter ")
	telling := false
	for i, w := range words {
		if i > 0 {
			s = append(s, part{Text: ", "})
		}
		s = append(s, wordRead(w, &telling)...)
	}
	if !telling {
		return nil
	}
	return append(s, part{Text: "."})
}

func wordRead(w query.Word, telling *bool) sentence {
	text := w.Text
	if w.Exact {
		text = "»" + text + "«"
	}
	var s sentence
	if w.Not {
		*telling = true
		s = append(s, part{Text: "ikke "})
	}
	s = append(s, em(text))
	if w.Exact {
		*telling = true
		return append(s, part{Text: " ord for ord"})
	}
	if forms := otherForms(w); len(forms) > 0 {
		*telling = true
		s = append(s, part{Text: " (også " + strings.Join(forms, ", ") + ")"})
	}
	return s
}

func otherForms(w query.Word) []string {
	var out []string
	for _, form := range w.Forms {
		if !strings.EqualFold(form, w.Text) && !slices.Contains(out, form) {
			out = append(out, form)
		}
	}
	return out
}

// filterWords writes "type:forskning" as "Type: Forskning".
func filterWords(filters []string) []string {
	var out []string
	for _, f := range filters {
		name, value, _ := strings.Cut(f, ":")
		out = append(out, facetLabel(name)+": "+index.Label(name, value))
	}
	return out
}
