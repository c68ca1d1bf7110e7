package answer

import (
	"cmp"
	"slices"
	"strings"

	"smaabornsviden/index"
	"smaabornsviden/index/danish"
	"smaabornsviden/index/snippet"
	"smaabornsviden/server/tongue"
)

// Reason is one share in a hit's score, as readers can follow it. The shares of a hit add up to its score.
type Reason struct {
	Word  string     // the reader's word or phrase; empty for what only lifts a hit
	Match string     // what was found for it, as the search knows it
	Found []string   // how that stands in the document, the first few; empty where nobody looked
	Kind  index.Kind // how Match belongs to Word, or what lifts
	Whole bool       // Match is a phrase, word for word
	Title bool       // the word is in the title, which counts three times
	Lift  bool       // orders hits only: the document would have been found without it
	Score float64
}

// reasons joins what an engine says of each group with what the groups are. Matching words get a reason each, in the
// order of the query; what lifts is summed by kind.
func reasons(p index.Plan, h index.Hit, title []snippet.Mark, met []snippet.Met) []Reason {
	var out, lifts []Reason
	for _, b := range h.Why {
		if b.Group >= len(p.Groups) || b.Alt >= len(p.Groups[b.Group].Alts) {
			continue // an engine that does so breaks its contract; the page still stands
		}
		g := p.Groups[b.Group]
		alt := g.Alts[b.Alt]
		if g.Occur == index.Lift {
			lifts = addLift(lifts, alt.Kind, b.Score)
			continue
		}
		out = add(out, Reason{
			Word: cmp.Or(alt.For, g.Text), Match: matchText(alt), Kind: alt.Kind, Score: b.Score,
			Whole: (alt.Field == index.Exact || alt.Field == index.TitleExact) && len(alt.Terms) > 1,
			Title: slices.ContainsFunc(title, func(m snippet.Mark) bool { return m.Group == b.Group }),
		}.asFound(b.Group, met, joined(g)))
	}
	slices.SortStableFunc(lifts, func(a, b Reason) int {
		switch {
		case a.Score > b.Score:
			return -1
		case a.Score < b.Score:
			return 1
		}
		return 0
	})
	return append(out, lifts...)
}

// add appends a reason. What stands for several words of the query has a share for each of them, and is told once.
func add(all []Reason, r Reason) []Reason {
	for i := range all {
		if have := &all[i]; have.Kind == r.Kind && have.Word == r.Word && have.Match == r.Match && len(have.Found)+len(r.Found) == 0 {
			have.Score += r.Score
			have.Title = have.Title || r.Title
			return all
		}
	}
	return append(all, r)
}

// shownMet is how many words of a document are named as what a word of the query met.
const shownMet = 3

// asFound names what stands in the document in the place of the dictionary form by which it was found: a reader looks for
// "indsatserne" on the page, not for "indsats". Of a document whose words were not looked through it names none.
//
// Of several words that OR joins, what is marked tells only whether the one that counts stands there as it was typed: the other words may be
// forms of the others.
func (r Reason) asFound(group int, met []snippet.Met, joined bool) Reason {
	var words []string
	typed := false
	for _, m := range met {
		if m.Group != group || !r.isBy(m.Fit) {
			continue
		}
		typed = typed || strings.EqualFold(m.Word, r.Word)
		if !slices.Contains(words, m.Word) && !strings.EqualFold(m.Word, r.Word) {
			words = append(words, m.Word)
		}
	}
	switch {
	case r.Whole || len(words) == 0 && !typed:
		return r
	case r.Kind == index.AsTyped || r.Kind == index.Inflected:
		if r.Kind = index.Inflected; typed {
			// The word itself is there; that another reading of it scored better is of no use to anybody.
			r.Kind, words = index.AsTyped, append([]string{r.Word}, words...)
		}
	case len(words) == 0:
		return r
	}
	if !joined {
		r.Found = words[:min(len(words), shownMet)]
	} else if r.Kind == index.AsTyped {
		r.Found = []string{r.Word}
	}
	return r
}

// joined reports whether OR joins several words in a group: each alternative says then which of them it stands for.
func joined(g index.Group) bool {
	return !slices.ContainsFunc(g.Alts, func(a index.Alt) bool { return a.For == "" })
}

// isBy reports whether a marked word of such a fit is what the reason speaks of.
func (r Reason) isBy(f snippet.Fit) bool {
	switch r.Kind {
	case index.AsTyped, index.Inflected, index.PrefixOf:
		return f >= snippet.Formed
	case index.PartOf:
		return f == snippet.Partly
	}
	return false
}

func addLift(lifts []Reason, kind index.Kind, score float64) []Reason {
	for i := range lifts {
		if lifts[i].Kind == kind {
			lifts[i].Score += score
			return lifts
		}
	}
	return append(lifts, Reason{Kind: kind, Lift: true, Score: score})
}

func matchText(a index.Alt) string {
	switch {
	case a.Text != "":
		return a.Text
	case len(a.Terms) > 0:
		return a.Terms[0]
	}
	return ""
}

// inWords takes out what was matched as a stem and is no word, such as "evalu": readers never see what they could not
// look up. Only what was worked out by rules can be such; other matches are as the reader or the vocabulary wrote them. Nor do they
// see the dictionary form of what stands in the text in another one, which may be none of its: "Bed" begins a sentence about asking,
// and is a form of "bide".
func inWords(a *danish.Analyzer, all []Reason) []Reason {
	for i, r := range all {
		derived := r.Kind == index.PartOf || r.Kind == index.Split
		if !r.Lift && (r.Kind == index.Inflected || derived && a != nil && !a.Knows(r.Match)) {
			all[i].Match = ""
		}
	}
	return all
}

// Words says the reason in a language.
func (r Reason) Words(t tongue.Tongue) string {
	words := r.found(t)
	if r.Lift {
		words = t.Say(r.lifted())
	}
	if r.Title {
		words += " – " + t.Say("også i titlen, som tæller tre gange")
	}
	return words
}

func (r Reason) found(t tongue.Tongue) string {
	word, match, found := t.Quoted(r.Word), t.Quoted(r.Match), strings.Join(r.Found, ", ")
	switch r.Kind {
	case index.Inflected:
		if found != "" {
			return t.Say("%s i en anden form (%s)", word, found)
		}
		return t.Say("%s i en anden form", word) // nobody looked which; the dictionary form need not stand there
	case index.PartOf:
		if r.Match == "" {
			match = word
		}
		if found != "" {
			return t.Say("%s som del af et længere ord (%s)", match, found)
		}
		return t.Say("%s som del af et længere ord", match)
	case index.Split:
		if r.Match == "" {
			return t.Say("En del af %s", word)
		}
		return t.Say("%s, som er en del af det ord, du skrev", match)
	case index.Joined:
		return t.Say("%s skrevet som ét ord (%s)", word, r.Match)
	case index.Synonym:
		return t.Say("%s, som betyder det samme som %s", match, word)
	case index.Near:
		return t.Say("%s, som ligger tæt på %s", match, word)
	case index.Translated:
		return t.Say("%s, som er oversat fra %s", match, word)
	case index.Repaired:
		return t.Say("%s, som vi tror, du mente med %s", match, word)
	case index.Abbreviated:
		return t.Say("%s, som er forkortelsen eller det fulde navn for %s", match, word)
	case index.Described:
		return t.Say("%s, som %s peger på", match, word)
	case index.PrefixOf:
		if found != "" {
			return t.Say("Et ord, der begynder som %s (%s)", word, found)
		}
		return t.Say("Et ord, der begynder som %s", word)
	}
	if r.Whole {
		return t.Say("%s ord for ord", word)
	}
	if len(r.Found) > 1 {
		return t.Say("Ordet %s, også som %s", word, strings.Join(r.Found[1:], ", "))
	}
	return t.Say("Ordet %s", word)
}

func (r Reason) lifted() string {
	switch r.Kind {
	case index.AsTyped:
		return "Skrevet præcis som i din søgning"
	case index.Inflected:
		return "Dine ord står i titlen"
	case index.GramOf:
		return "Ord i teksten, der ligner dine eller deres oversættelse bogstav for bogstav, fx i andre former og sammensætninger (ændrer kun rækkefølgen)"
	case index.PairOf:
		return "Dine ord står ved siden af hinanden"
	case index.PartOf:
		return "Dine ord indgår i sammensatte ord"
	case index.Split:
		return "Dele af de sammensatte ord, du skrev"
	}
	return "Andre træk ved teksten"
}
