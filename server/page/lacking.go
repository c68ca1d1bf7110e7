package page

import (
	"slices"
	"strings"

	"smaabornsviden/index/query"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/tongue"
)

// lacking says when hits need not have all words; the cards say which they lack.
func lacking(t tongue.Tongue, ans answer.Answer) []sentence {
	if !ans.Loosened || len(ans.Hits) == 0 {
		return nil
	}
	out := incomplete(t, ans)
	switch u := ans.Understood; {
	case u.Pieces && u.Complete == 0 && len(u.Words) == 1:
		out = append(out, say(t, "Ingen tekst i samlingen har hele ordet. Vi viser tekster, der har en del af det."))
	case u.Pieces:
		out = append(out, say(t, "Få tekster har hele ordet. Vi viser også tekster, der kun har en del af det."))
	case u.Near:
		out = append(out, say(t, "Få tekster har hele ordet. Vi viser også tekster, der har dets dele tæt på hinanden."))
	}
	return out
}

// incomplete says on every page of an answer how many results have all words, also where those on the page have. How many
// have is counted without filters, so with filters it is said in words only.
func incomplete(t tongue.Tongue, ans answer.Answer) []sentence {
	u := ans.Understood
	if u.Needed >= u.Asked {
		return nil
	}
	filtered := ans.Question.Filtered() || len(u.Filters) > 0
	var out []sentence
	switch {
	case filtered && !anyMissing(ans.Hits):
		out = append(out, say(t, "Et resultat behøver ikke have alle ordene. Det står ved dem, der mangler nogle."))
	case filtered && len(u.LetGo) == 0:
		out = append(out, say(t, "Nogle af resultaterne har ikke alle ordene. Det står ved dem."))
	case filtered:
	case u.Complete > 0 && u.Complete < ans.Total:
		out = append(out, say(t, "%s af %s resultater har alle ordene. Resten mangler et eller flere.", t.Number(u.Complete), t.Number(ans.Total)))
	case u.Complete == 0 && len(u.LetGo) == 0:
		out = append(out, say(t, "Ingen af resultaterne har alle ordene. Det står ved dem, hvad de mangler."))
	}
	nowhere, elsewhere := unheardOf(u)
	if len(nowhere) > 0 {
		out = append(out, say(t, "Ingen tekst i samlingen har %s, heller ikke i andre former.", emphasised(nowhere)))
	}
	if len(elsewhere) > 0 {
		out = append(out, say(t, "Ingen af resultaterne har %s.", emphasised(elsewhere)))
	}
	return out
}

// unheardOf parts the words that were let go into those that no document has, so that looking on is in vain, and the others.
func unheardOf(u query.Understood) (nowhere, elsewhere []string) {
	for _, word := range u.LetGo {
		missing := func(w query.Word) bool { return w.Missing && strings.EqualFold(w.Text, word) }
		if slices.ContainsFunc(u.Words, missing) {
			nowhere = append(nowhere, word)
		} else {
			elsewhere = append(elsewhere, word)
		}
	}
	return nowhere, elsewhere
}

func anyMissing(hits []answer.Hit) bool {
	return slices.ContainsFunc(hits, func(h answer.Hit) bool { return len(h.Missing) > 0 })
}
