package snippet

import (
	"slices"
	"strings"

	"smaabornsviden/index"
	"smaabornsviden/index/danish"
)

// seeker is what a plan looks for in texts of one language. The maps lead from a term to its group.
type seeker struct {
	exact    map[string]int
	lemma    map[string]int
	parts    map[string]int
	prefixes []prefix
	phrases  []phrase
	inPhrase map[string]bool // terms of phrases
}

type prefix struct {
	text  string
	group int
}

type phrase struct {
	terms [][]string // the alternatives at each position
	field index.Field
	slop  int
	group int
}

func newSeeker(p index.Plan, lang string) *seeker {
	s := &seeker{
		exact: map[string]int{}, lemma: map[string]int{}, parts: map[string]int{},
		inPhrase: map[string]bool{},
	}
	for i, g := range p.Groups {
		if g.Occur == index.Not || g.Occur == index.Lift {
			continue
		}
		for _, alt := range g.Alts {
			if alt.Lang == "" || alt.Lang == lang {
				s.add(i, alt)
			}
		}
	}
	return s
}

func (s *seeker) add(group int, alt index.Alt) {
	if len(alt.Terms) > 1 {
		s.addPhrase(group, alt)
		return
	}
	for term := range strings.SplitSeq(alt.Terms[0], "|") {
		if alt.Prefix {
			s.prefixes = append(s.prefixes, prefix{term, group})
			continue
		}
		into := s.lemma
		switch alt.Field {
		case index.Exact:
			into = s.exact
		case index.Parts:
			into = s.parts
		}
		if _, taken := into[term]; !taken {
			into[term] = group
		}
	}
}

func (s *seeker) addPhrase(group int, alt index.Alt) {
	ph := phrase{field: alt.Field, slop: alt.Slop, group: group}
	for _, stack := range alt.Terms {
		terms := strings.Split(stack, "|")
		ph.terms = append(ph.terms, terms)
		for _, term := range terms {
			s.inPhrase[term] = true
		}
	}
	s.phrases = append(s.phrases, ph)
}

// wants reports whether a word can be part of a mark.
func (s *seeker) wants(text string, lemmas []string, parts []danish.Part) bool {
	if has(s.exact, text) || s.inPhrase[text] {
		return true
	}
	for _, l := range lemmas {
		if has(s.lemma, l) || s.inPhrase[l] {
			return true
		}
	}
	for i := range parts {
		if s.seeksPart(&parts[i]) {
			return true
		}
	}
	return slices.ContainsFunc(s.prefixes, func(p prefix) bool { return strings.HasPrefix(text, p.text) })
}

func has(terms map[string]int, term string) bool {
	_, ok := terms[term]
	return ok
}

// mark appends the marks that begin with the first of tokens: a phrase, else a word, else an elliptical piece together
// with the piece that another word lends it.
func (s *seeker) mark(marks []Mark, tokens []danish.Token) []Mark {
	t := tokens[0]
	for _, ph := range s.phrases {
		if end, ok := ph.match(tokens); ok {
			return append(marks, Mark{Start: t.Start, End: end, Group: ph.group})
		}
	}
	if mark, ok := s.word(t); ok {
		return append(marks, mark)
	}
	for _, x := range t.Expansions {
		if group, ok := s.expansion(x); ok {
			marks = append(marks, Mark{Start: t.Start, End: t.End, Group: group})
			return append(marks, Mark{Start: x.Start, End: x.End, Group: group})
		}
	}
	return marks
}

func (s *seeker) expansion(x danish.Expansion) (group int, ok bool) {
	for _, lemma := range x.Lemmas {
		if group, ok := s.lemma[lemma]; ok {
			return group, true
		}
	}
	group, ok = s.exact[x.Text]
	return group, ok
}

func (s *seeker) word(t danish.Token) (Mark, bool) {
	mark := Mark{Start: t.Start, End: t.End}
	if g, ok := s.exact[t.Text]; ok {
		mark.Group = g
		return mark, true
	}
	for _, lemma := range t.Lemmas {
		if g, ok := s.lemma[lemma]; ok {
			mark.Group = g
			return mark, true
		}
	}
	for _, p := range s.prefixes {
		if strings.HasPrefix(t.Text, p.text) {
			mark.Group = p.group
			return mark, true
		}
	}
	return s.part(t, mark)
}

// part marks a word of which a part is looked for; the first of the uppermost level stands out.
func (s *seeker) part(t danish.Token, mark Mark) (Mark, bool) {
	best := -1
	for i, p := range t.Parts {
		if (best < 0 || p.Level < t.Parts[best].Level) && s.seeksPart(&t.Parts[i]) {
			best = i
		}
	}
	if best < 0 {
		return Mark{}, false
	}
	p := t.Parts[best]
	mark.PartStart, mark.PartEnd = p.Start, p.End
	for _, l := range append([]string{p.Lemma}, p.Alt...) {
		if g, ok := s.parts[l]; ok {
			mark.Group = g
			break
		}
	}
	return mark, true
}

func (s *seeker) seeksPart(p *danish.Part) bool {
	return has(s.parts, p.Lemma) || slices.ContainsFunc(p.Alt, func(l string) bool { return has(s.parts, l) })
}

// match looks for the phrase in tokens, of which the first has to fit. Tokens that nobody looks for are not among
// them, so places are compared by position.
func (ph *phrase) match(tokens []danish.Token) (end int, ok bool) {
	if !ph.fits(0, &tokens[0]) {
		return 0, false
	}
	at, latest := 0, tokens[0].Pos+ph.slop
	for want := 1; want < len(ph.terms); want++ {
		latest++
		for at++; at < len(tokens) && tokens[at].Pos <= latest && !ph.fits(want, &tokens[at]); {
			at++
		}
		if at >= len(tokens) || tokens[at].Pos > latest {
			return 0, false
		}
	}
	return tokens[at].End, true
}

func (ph *phrase) fits(i int, t *danish.Token) bool {
	if ph.field == index.Exact {
		return slices.Contains(ph.terms[i], t.Text)
	}
	fits := func(l string) bool { return slices.Contains(ph.terms[i], l) }
	return slices.ContainsFunc(t.Lemmas, fits) ||
		slices.ContainsFunc(t.Expansions, func(x danish.Expansion) bool { return slices.ContainsFunc(x.Lemmas, fits) })
}
