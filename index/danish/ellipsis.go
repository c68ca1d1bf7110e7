package danish

import (
	"strings"

	"smaabornsviden/index/danish/compound"
)

// maxPieces is how far the whole word of an elliptical list is looked for, in words.
const maxPieces = 8

// expand finds for every piece of an elliptical compound, and for every span of ages, the words that it stands for.
func (a *Analyzer) expand(s *scratch, text string, readings []reading) {
	for i := range readings {
		switch readings[i].fragment {
		case beginning:
			a.expandBeginning(s, text, readings, i)
		case ending:
			a.expandEnding(s, text, readings, i)
		}
	}
	for i := 0; i+1 < len(readings); i++ {
		if number := readings[i].word; number.years && readings[i+1].word.exact == "år" {
			a.attach(s, &readings[i], number.exact+"-årig", readings[i+1].span)
		}
	}
}

// expandBeginning handles "børne- og ungeområdet": the piece takes the last part of the whole word that ends the
// list.
func (a *Analyzer) expandBeginning(s *scratch, text string, readings []reading, i int) {
	j := i + 1
	for ; j < len(readings) && j <= i+maxPieces; j++ {
		if !listed(text, readings[j-1].end, readings[j].start) {
			return
		}
		r := &readings[j]
		if r.fragment != beginning && !conjunction(r.word.exact) {
			break
		}
	}
	if j == len(readings) || j > i+maxPieces || readings[j].fragment != whole {
		return
	}
	lender := readings[j]
	piece := strings.TrimSuffix(readings[i].word.exact, "-")
	word, from, ok := s.reader.completed(piece, lender.word)
	if ok {
		a.attach(s, &readings[i], word, lent(text, lender, from, len(lender.word.exact)))
	}
}

// expandEnding handles "forældresamarbejde og -inddragelse": the piece takes all but the last part of the whole word
// before it.
func (a *Analyzer) expandEnding(s *scratch, text string, readings []reading, i int) {
	j := i - 1
	for ; j >= 0 && j >= i-maxPieces; j-- {
		if !listed(text, readings[j].end, readings[j+1].start) {
			return
		}
		r := &readings[j]
		if r.fragment != ending && !conjunction(r.word.exact) {
			break
		}
	}
	if j < 0 || j < i-maxPieces || readings[j].fragment != whole {
		return
	}
	lender := readings[j]
	word, to, ok := s.reader.continued(lender.word, readings[i].word.exact)
	if ok {
		a.attach(s, &readings[i], word, lent(text, lender, 0, to))
	}
}

// attach adds a word that a reading stands for.
func (a *Analyzer) attach(s *scratch, r *reading, exact string, at span) {
	s.folded = append(s.folded[:0], exact...)
	w := a.danish.word(s, danishWord)
	r.expansions = append(r.expansions, expansion{w, at})
}

// lent is where a piece of a word stands in the text.
func lent(text string, r reading, from, to int) span {
	origin := offsets(text[r.start:r.end])
	if len(origin) != len(r.word.exact)+1 {
		return r.span
	}
	return span{r.start + origin[from], r.start + origin[to]}
}

// listed reports whether nothing but hyphens, spaces, commas and slashes stands between two words of a list.
func listed(text string, from, to int) bool {
	between := text[from:to]
	return len(between) < 8 && strings.Trim(between, "-\u2010\u2011 ,/\n\u00a0") == ""
}

func conjunction(word string) bool {
	switch word {
	case "og", "eller", "samt", "til":
		return true
	}
	return false
}

// completed joins the beginning of a word with the end of another: what lexicon or lattice confirm first, else the
// last part of a lender that is a compound in its own right. It also returns where the lent piece begins.
func (r *reader) completed(beginning string, lender *word) (word string, from int, ok bool) {
	bounds := seams(lender)
	certain := len(bounds) > 0
	if !certain {
		bounds = r.forcedBounds(lender.exact)
	}
	for _, b := range bounds {
		if word := joint(beginning, lender.exact[b:]); r.confirmed(word, len(word)-len(lender.exact[b:])) {
			return word, b, true
		}
	}
	if !certain {
		return "", 0, false
	}
	last := bounds[len(bounds)-1]
	return joint(beginning, lender.exact[last:]), last, true
}

// continued joins the beginning of a whole word with the end of another, likewise.
func (r *reader) continued(lender *word, ending string) (word string, to int, ok bool) {
	bounds := seams(lender)
	certain := len(bounds) > 0
	if !certain {
		bounds = r.forcedBounds(lender.exact)
	}
	for k := len(bounds) - 1; k >= 0; k-- {
		if word := lender.exact[:bounds[k]] + ending; r.confirmed(word, bounds[k]) {
			return word, bounds[k], true
		}
	}
	if !certain {
		return "", 0, false
	}
	last := bounds[len(bounds)-1]
	return lender.exact[:last] + ending, last, true
}

// joint puts two pieces together; a number keeps its hyphen.
func joint(a, b string) string {
	if isDigit(a, len(a)-1) {
		return a + "-" + b
	}
	return a + b
}

// seams are the offsets at which the second and further pieces of a word begin.
func seams(w *word) []int {
	var at []int
	end := 0
	for i, piece := range w.split {
		start := end + strings.Index(w.exact[end:], piece)
		if i > 0 {
			at = append(at, start)
		}
		end = start + len(piece)
	}
	return at
}

// forcedBounds is where a word would be split if it were a compound: "bag" and "siden".
func (r *reader) forcedBounds(exact string) []int {
	if !splittable(exact) {
		return nil
	}
	r.bytes = append(r.bytes[:0], exact...)
	bounds, _, _ := r.split.Best(nil, r.bytes, compound.Options{})
	return bounds
}

// confirmed reports whether the lexicon has a word or the lattice splits it at an offset.
func (r *reader) confirmed(exact string, at int) bool {
	bare := plain(exact)
	if _, ok := r.lookup(bare); ok {
		return true
	}
	if len(bare) != len(exact) {
		return false
	}
	for _, b := range r.unknownBounds(nil, exact) {
		if b == at {
			return true
		}
	}
	return false
}
