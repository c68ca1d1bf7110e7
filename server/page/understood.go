package page

import (
	"strings"

	"smaabornsviden/index"
	"smaabornsviden/index/query"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/tongue"
)

// understood tells how the query was read, in lines short enough for a phone. A query that was read just as it
// stands needs no line.
func understood(t tongue.Tongue, ans answer.Answer) []sentence {
	u := ans.Understood
	var out []sentence
	if u.Logic != "" {
		out = append(out, say(t, "Vi læser søgningen sådan: %s. Det skal passe helt.", em(u.Logic)))
	} else if words := wordsRead(t, u.Words); words != nil {
		out = append(out, words)
	}
	if len(u.Filters) > 0 {
		out = append(out, say(t, "Kun: %s.", emphasised(filterWords(t, ans))))
	}
	if len(u.Ignored) > 0 {
		out = append(out, say(t, "Vi ser bort fra småord: %s.", emphasised(u.Ignored)))
	}
	return out
}

// wordsRead lists the words with the forms that are looked for besides; nil when there is nothing to add.
func wordsRead(t tongue.Tongue, words []query.Word) sentence {
	var s sentence
	telling := false
	for i, w := range words {
		if i > 0 {
			s = append(s, part{Text: ", "})
		}
		s = append(s, wordRead(t, w, &telling)...)
	}
	if !telling {
		return nil
	}
	return say(t, "Vi søger efter %s.", s)
}

func wordRead(t tongue.Tongue, w query.Word, telling *bool) (out sentence) {
	text := w.Text
	if w.Exact {
		text = t.Quoted(text)
	}
	var s sentence
	if w.Not {
		*telling = true
		s = append(s, part{Text: t.Say("ikke") + " "})
	}
	s = append(s, em(text))
	if w.Field == query.FieldTitle {
		*telling = true
		s = append(s, part{Text: " " + t.Say("i titlen")})
	}
	if w.Must && w.Field == "" {
		*telling = true
		defer func() { out = append(out, part{Text: " – " + t.Say("skal stå der")}) }()
	}
	if w.Exact {
		*telling = true
		return append(s, part{Text: " " + t.Say("ord for ord")})
	}
	return s // its other forms have a line of their own, where each can be switched off
}

// filterWords writes "type:forskning" as "Type: Forskning".
func filterWords(t tongue.Tongue, ans answer.Answer) []string {
	var out []string
	for _, f := range ans.Understood.Filters {
		name, value, _ := strings.Cut(f, ":")
		if bare, excluded := answer.Excluded(name); excluded {
			name, value = bare, "-"+value
		}
		text, _ := chipWords(t, ans, answer.FilterChip{Facet: name, Value: value})
		out = append(out, t.Say(index.FacetLabel(name))+": "+text)
	}
	return out
}
