package query

import "smaabornsviden/index/danish"

// english reports whether a query is English: no word of it is Danish only, and some word is not Danish at all, or common words of
// English, such as "to", stand among others of English. The lexicon has many of those for Danish: "from" is an old word for
// pious, and "school" stands in names. A word that no list has may be a misspelt one of Danish, so beside words of both it tells
// nothing. Of a mixed query the Danish words decide, so that "to" is two beside them.
func (r *reading) english(a *danish.Analyzer) bool {
	unknown, foreign, common, both, listed := false, false, false, false, 0
	for i := range r.units {
		u := &r.units[i]
		if len(u.phrase) > 0 {
			continue
		}
		stop := stopsInEnglish(a, u.token.Text)
		known := u.token.Stop || a.Knows(u.token.Text)
		switch {
		case known && !u.term && !u.english && !stop, u.term && !u.english && !stop:
			return false
		case u.english && !stop:
			listed++
			both = both || known && !u.term
		case stop && !u.token.Stop:
			common = true
		}
		unknown = unknown || !known
		foreign = foreign || !known && (u.english || stop)
	}
	return foreign || unknown && !both || common && listed >= minListed
}

// minListed is how many words of English a query has to have beside common ones: "to" and "test" alone may be two tests.
const minListed = 2

func stopsInEnglish(a *danish.Analyzer, word string) bool {
	tokens := a.TokensIn(word, "en")
	return len(tokens) == 1 && tokens[0].Stop
}
