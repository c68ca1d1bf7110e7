package snippet

import (
	"slices"
	"strings"
	"unicode"

	"smaabornsviden/index"
	"smaabornsviden/index/danish"
)

// seeker is what a plan looks for in texts of one language. The maps lead from a term to what it stands for.
type seeker struct {
	exact    map[string]target
	lemma    map[string]target
	parts    map[string]target
	prefixes []prefix
	phrases  []phrase
	inPhrase map[string]bool // terms of phrases
	shapes   shapes          // of all terms in the maps
	typed    []string        // the reader's own words by group, in small letters
}

// target is what a term was looked for.
type target struct {
	group int
	fit   Fit
	// capitals are those of an abbreviation that counts only in them: "KL" is not "kl.".
	capitals string
}

// Fit says how close a marked word is to what was typed.
type Fit int

// The fits, from the loosest.
const (
	Related Fit = iota // near meaning
	Meant              // the same meaning: a synonym, a translation
	Partly             // a part of a compound, or a compound's part
	Formed             // another form of the typed word, or of what it was mended to
	Literal            // the word just as typed
)

func fit(k index.Kind) Fit {
	switch k {
	case index.AsTyped, index.Inflected, index.Repaired, index.Joined, index.PrefixOf:
		return Formed
	case index.PartOf, index.Split:
		return Partly
	case index.Near:
		return Related
	}
	return Meant
}

// letsPass reports whether a word as it stands in the text can be what is looked for.
func (t *target) letsPass(surface string) bool { return strings.HasPrefix(surface, t.capitals) }

type prefix struct {
	text  string
	group int
}

type phrase struct {
	target
	terms [][]string // the alternatives at each position
	field index.Field
	slop  int
}

func newSeeker(p index.Plan, lang string) *seeker {
	s := &seeker{
		exact: map[string]target{}, lemma: map[string]target{}, parts: map[string]target{},
		inPhrase: map[string]bool{},
	}
	for _, g := range p.Groups {
		s.typed = append(s.typed, strings.ToLower(g.Text))
	}
	for i, g := range p.Groups {
		if g.Occur == index.Not || g.Occur == index.Lift {
			continue
		}
		for _, alt := range g.Alts {
			if !alt.Field.Facet() && (alt.Lang == "" || alt.Lang == lang) {
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
		case index.Exact, index.TitleExact:
			into = s.exact
		case index.Parts:
			into = s.parts
		}
		// A word that was typed is not taken for what is near to another one.
		now := target{group, fit(alt.Kind), inCapitals(alt.Text)}
		s.shapes.add(term)
		if known, taken := into[term]; !taken || known.fit < now.fit {
			into[term] = now
		}
	}
}

// inCapitals is a text of capitals alone, as plans write abbreviations that count only in them; empty for others.
func inCapitals(text string) string {
	if len(text) < 2 || strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsUpper(r) }) {
		return ""
	}
	return text
}

func (s *seeker) addPhrase(group int, alt index.Alt) {
	ph := phrase{field: alt.Field, slop: alt.Slop, target: target{group: group, fit: fit(alt.Kind)}}
	if alt.Field == index.Exact || alt.Field == index.TitleExact {
		ph.fit = Literal
	}
	for _, stack := range alt.Terms {
		terms := strings.Split(stack, "|")
		ph.terms = append(ph.terms, terms)
		for _, term := range terms {
			s.inPhrase[term] = true
			s.shapes.add(term)
		}
	}
	s.phrases = append(s.phrases, ph)
}

// wants reports whether a word can be part of a mark. It is asked about every word of a text, of which hardly one is.
func (s *seeker) wants(text string, lemmas []string, parts []danish.Part) bool {
	if s.shapes.has(text) && (has(s.exact, text) || s.inPhrase[text]) {
		return true
	}
	for _, l := range lemmas {
		if s.shapes.has(l) && (has(s.lemma, l) || s.inPhrase[l]) {
			return true
		}
	}
	for i := range parts {
		if s.seeksPart(&parts[i]) {
			return true
		}
	}
	for i := range s.prefixes {
		if strings.HasPrefix(text, s.prefixes[i].text) {
			return true
		}
	}
	return false
}

// shapes are the lengths in bytes of terms by their first bytes: most words have none that a term has, and need no look
// into a map.
type shapes [256]uint32

func (s *shapes) add(term string) {
	if term != "" {
		s[term[0]] |= 1 << min(len(term), 31)
	}
}

func (s *shapes) has(word string) bool { return word != "" && s[word[0]]>>min(len(word), 31)&1 == 1 }

func has(terms map[string]target, term string) bool {
	_, ok := terms[term]
	return ok
}

// mark appends the marks that begin with the first of tokens: a phrase, else a word, else an elliptical piece together
// with the piece that another word lends it.
func (s *seeker) mark(marks []Mark, tokens []danish.Token) []Mark {
	t := tokens[0]
	for _, ph := range s.phrases {
		if end, ok := ph.match(tokens); ok && (ph.fit >= Formed || !s.typedIn(tokens, end)) {
			return append(marks, Mark{Start: t.Start, End: end, Group: ph.group, Fit: ph.fit})
		}
	}
	if mark, ok := s.word(t); ok {
		return append(marks, mark)
	}
	for _, x := range t.Expansions {
		if sought, ok := s.expansion(x); ok {
			marks = append(marks, Mark{Start: t.Start, End: t.End, Group: sought.group, Fit: sought.fit})
			return append(marks, Mark{Start: x.Start, End: x.End, Group: sought.group, Fit: sought.fit})
		}
	}
	return marks
}

// typedIn reports whether a typed word stands among the tokens up to an offset. What only means the same must not swallow it:
// in "de første 1.000 dage" a reader of "1000 dage" sees the two words that were typed, and the passage counts both.
func (s *seeker) typedIn(tokens []danish.Token, end int) bool {
	for _, t := range tokens {
		if t.Start >= end {
			break
		}
		if mark, ok := s.word(t); ok && mark.Fit >= Formed {
			return true
		}
	}
	return false
}

func (s *seeker) expansion(x danish.Expansion) (target, bool) {
	for _, lemma := range x.Lemmas {
		if sought, ok := s.lemma[lemma]; ok {
			return sought, true
		}
	}
	sought, ok := s.exact[x.Text]
	return sought, ok
}

// word marks a word, for the alternative that is closest to what was typed.
func (s *seeker) word(t danish.Token) (Mark, bool) {
	mark, found := Mark{Start: t.Start, End: t.End}, false
	take := func(sought target) {
		if sought.letsPass(t.Surface) && (!found || sought.fit > mark.Fit) {
			mark.Group, mark.Fit, found = sought.group, sought.fit, true
		}
	}
	if sought, ok := s.exact[t.Text]; ok {
		take(sought)
	}
	for _, lemma := range t.Lemmas {
		if sought, ok := s.lemma[lemma]; ok {
			take(sought)
		}
	}
	for _, p := range s.prefixes {
		if strings.HasPrefix(t.Text, p.text) {
			take(target{group: p.group, fit: Formed})
		}
	}
	if !found {
		return s.part(t, mark)
	}
	if s.typed[mark.Group] == t.Text && mark.Fit == Formed {
		mark.Fit = Literal
	}
	return mark, true
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
		if sought, ok := s.parts[l]; ok {
			mark.Group, mark.Fit = sought.group, sought.fit
			break
		}
	}
	return mark, true
}

func (s *seeker) seeksPart(p *danish.Part) bool {
	if s.shapes.has(p.Lemma) && has(s.parts, p.Lemma) {
		return true
	}
	return slices.ContainsFunc(p.Alt, func(l string) bool { return s.shapes.has(l) && has(s.parts, l) })
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
	if ph.field == index.Exact || ph.field == index.TitleExact {
		return slices.Contains(ph.terms[i], t.Text)
	}
	fits := func(l string) bool { return slices.Contains(ph.terms[i], l) }
	return slices.ContainsFunc(t.Lemmas, fits) ||
		slices.ContainsFunc(t.Expansions, func(x danish.Expansion) bool { return slices.ContainsFunc(x.Lemmas, fits) })
}
