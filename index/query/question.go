package query

import "slices"

// askings leaves out the verbs with which questions ask, "hvad siger forskningen om leg": every text says, shows or does something, so
// beside rarer words they would decide what is let go.
func (r *reading) askings() {
	for i := 1; i < len(r.units); i++ {
		what, u := &r.units[i-1], &r.units[i]
		if what.off && what.token.Text == "hvad" && u.plain() && slices.ContainsFunc(u.token.Lemmas, asks) {
			u.off = true
		}
	}
}

func asks(lemma string) bool {
	switch lemma {
	case "sige", "vide", "vise", "gøre", "mene", "betyde":
		return true
	}
	return false
}
