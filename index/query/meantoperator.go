package query

import "strings"

// longestTerse is how many words a query has at most that is no sentence: "hvad gør jeg, når mit barn ikke vil sove" excludes nothing.
const longestTerse = 5

// operators is the query with its operators in capitals, where "eller", "ikke" and the English ones stand in small letters between
// words that are looked for; empty where none does. It is only offered, since in small letters they are ordinary words.
func (r *reading) operators() string {
	if len(r.units) > longestTerse {
		return ""
	}
	var out strings.Builder
	at := 0
	for i := 1; i+1 < len(r.units); i++ {
		before, u, after := &r.units[i-1], &r.units[i], &r.units[i+1]
		if !operates(u.token.Surface) || !u.off || before.off || after.off || u.start < at || u.end > len(r.text) || u.clause != unsigned(u.clause) {
			continue
		}
		out.WriteString(r.text[at:u.start])
		out.WriteString(strings.ToUpper(r.text[u.start:u.end]))
		at = u.end
	}
	if at == 0 {
		return ""
	}
	return out.String() + r.text[at:]
}

// unsigned is a clause without sign or operator.
func unsigned(c Clause) Clause { return Clause{Text: c.Text, Start: c.Start, End: c.End} }

func operates(word string) bool {
	switch word {
	case "eller", "ikke", "or", "not":
		return true
	}
	return false
}
