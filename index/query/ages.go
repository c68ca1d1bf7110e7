package query

import (
	"slices"
	"strings"

	"smaabornsviden/index/danish"
)

// spans brings what is written of ages in several words, "3 årige", "3 - 5 årige" and "nul til seks år", to the one word that says the
// same: "3-årige", "0-6-årige". Looked for word by word, "3" is in most documents.
func (r *reading) spans(a *danish.Analyzer) {
	for i := 0; i < len(r.units); i++ {
		u := &r.units[i]
		age, ok := u.apartFromYears()
		if !ok {
			continue
		}
		last := i + 1
		for last < len(r.units) && r.units[last].start < age.End {
			last++
		}
		tokens := a.Tokens(age.Text + "e")
		if last == i+1 || len(tokens) != 1 || slices.ContainsFunc(r.units[i:last], func(v unit) bool { return !v.plain() }) {
			continue
		}
		if years := &r.units[last-1].token; slices.Contains(years.Lemmas, "årig") {
			u.years = &danish.Token{Text: years.Text, Lemmas: years.Lemmas}
		}
		move(&tokens[0], u.start)
		u.token, u.off = tokens[0], false // "et" is a common word, "et til to år" is none
		u.end = r.units[last-1].end
		u.typed = r.text[u.start:u.end]
		r.units = slices.Delete(r.units, i+1, last)
	}
}

// apartFromYears is the age or span of ages that begins at a number, "3-årig", as the words behind it complete it: the longest, since
// the first piece of "tre- til seksårige" is an age as well.
func (u *unit) apartFromYears() (age danish.Expansion, ok bool) {
	for _, x := range u.token.Expansions {
		number, years := strings.CutSuffix(x.Text, "-årig")
		if years && number != "" && strings.Trim(number, "0123456789,-") == "" && len(x.Text) > len(age.Text) {
			age, ok = x, true
		}
	}
	return age, ok && len(u.phrase) == 0
}
