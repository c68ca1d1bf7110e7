package danish

import (
	"strings"
	"unicode/utf8"

	"smaabornsviden/index/danish/compound"
)

// maxPieces is how far the whole word of an elliptical list is looked for, in words.
const maxPieces = 8

// expand finds for every piece of an elliptical compound, and for every number of years, the words that it stands for.
func (a *Analyzer) expand(s *scratch, text string, readings []reading) {
	for _, i := range s.pieces {
		if misspelt(text, readings, i) {
			a.expandBeginning(s, text, readings, i-1)
		}
	}
	for _, i := range s.pieces {
		switch {
		case readings[i].fragment == beginning:
			a.expandBeginning(s, text, readings, i)
		case readings[i].fragment == ending:
			a.expandEnding(s, text, readings, i)
		case readings[i].word.number != "":
			a.expandNumber(s, text, readings, i)
		case readings[i].word.years && i > 0 && one(readings[i-1]) && apartBy(text, readings[i-1].end, readings[i].start, ""):
			a.attach(s, &readings[i-1], "1-årig", readings[i].span) // an article is no number without a look behind it
		}
	}
}

// one reports whether a word is the number that is written like an article.
func one(r reading) bool { return article(plain(r.word.exact)) }

// misspelt mends the gap on the wrong side of a hyphen, "børne -og ungepædagog": the conjunction is no ending, and the word
// before it is a piece. It reports whether there is one.
func misspelt(text string, readings []reading, i int) bool {
	r := &readings[i]
	if r.fragment != ending || !conjunction(r.word.exact) {
		return false
	}
	r.fragment = whole
	if i == 0 || readings[i-1].fragment != whole || !listed(text, readings[i-1].end, r.start) {
		return false
	}
	readings[i-1].fragment = beginning
	return readings[i-1].word.number == "" // a number is looked at anyway
}

// expandBeginning handles "børne- og ungeområdet": the piece takes the end of the whole word that ends the list.
func (a *Analyzer) expandBeginning(s *scratch, text string, readings []reading, i int) {
	j, ok := lenderAfter(text, readings, i)
	if !ok {
		return
	}
	lender := readings[j]
	piece := strings.TrimSuffix(readings[i].word.exact, "-")
	if word, from, ok := s.reader.completed(piece, lender.word); ok {
		at := lent(text, lender, from, len(lender.word.exact))
		a.attach(s, &readings[i], word, at)
		if number := readings[i].word.number; j == i+2 && number != "" && readings[i+1].word.exact == "til" {
			// "Tre- til seksårige" are of all ages between.
			if age, _, ok := ageWord(plain(lender.word.exact)); ok && !strings.Contains(number, "-") {
				a.attach(s, &readings[i], number+"-"+age, at)
			}
		}
	}
}

// lenderAfter finds the whole word that ends the list in which a beginning stands.
func lenderAfter(text string, readings []reading, i int) (int, bool) {
	for j := i + 1; j < len(readings) && j <= i+maxPieces; j++ {
		r := &readings[j]
		if !listed(text, readings[j-1].end, r.start) {
			return 0, false
		}
		if r.fragment != beginning && !conjunction(r.word.exact) {
			return j, r.fragment == whole
		}
	}
	return 0, false
}

// expandEnding handles "forældresamarbejde og -inddragelse": the piece takes the beginning of the whole word before it, and
// those of the pieces before that: "sprog- og motorikvejleder, -konsulent".
func (a *Analyzer) expandEnding(s *scratch, text string, readings []reading, i int) {
	j, ok := lenderBefore(text, readings, i)
	if !ok {
		return
	}
	lender := readings[j]
	piece := readings[i].word.exact
	word, to, ok := s.reader.continued(lender.word, piece)
	if ok {
		a.attach(s, &readings[i], word, lent(text, lender, 0, to))
	}
	if i > j+1 || strings.ContainsAny(text[lender.end:readings[i].start], ",/") { // "soffice -help" is no list
		if whole := s.reader.extended(lender.word, piece, word); whole != "" {
			a.attach(s, &readings[i], whole, lender.span)
			ok = true
		}
	}
	if !ok {
		return
	}
	for k := j - 1; k >= 0 && k >= j-maxPieces && listed(text, readings[k].end, readings[k+1].start); k-- {
		r := &readings[k]
		switch {
		case r.fragment == beginning:
			a.attach(s, &readings[i], joint(strings.TrimSuffix(r.word.exact, "-"), piece), r.span)
		case !conjunction(r.word.exact):
			return
		}
	}
}

// lenderBefore finds the whole word that begins the list in which an ending stands.
func lenderBefore(text string, readings []reading, i int) (int, bool) {
	for j := i - 1; j >= 0 && j >= i-maxPieces; j-- {
		r := &readings[j]
		if !listed(text, r.end, readings[j+1].start) {
			return 0, false
		}
		if r.fragment != ending && !conjunction(r.word.exact) {
			return j, r.fragment == whole
		}
	}
	return 0, false
}

// expandNumber handles ages that are not written as one word: "0-6 år", "0 - 6 år", "2 til 3 årige", "2,5 år". The number
// takes the years. A single whole number of years takes none: "i 3 år" is a time.
func (a *Analyzer) expandNumber(s *scratch, text string, readings []reading, i int) {
	number, apart, j := span2(text, readings, i)
	if j >= len(readings) || !apartBy(text, readings[j-1].end, readings[j].start, "") {
		return
	}
	counted := readings[j].word.exact
	years := counted == "år" || counted == "års"
	if !age(number) || !years && !readings[j].word.years {
		return
	}
	if whole, ok := halves(text, readings, i); ok {
		a.attach(s, &readings[whole], readings[whole].word.number+",5-årig", readings[j].span)
		return
	}
	if i > 1 && apart == "" && !strings.Contains(number, "-") && one(readings[i-2]) && between(text, readings, i-2, i, "til") {
		a.attach(s, &readings[i-2], "1-"+number+"-årig", readings[j].span)
		a.attach(s, &readings[i-2], "1-"+number, readings[i].span)
	}
	if years && digits(number, 0) == len(number) {
		return
	}
	a.attach(s, &readings[i], number+"-årig", readings[j].span)
	if apart != "" {
		a.attach(s, &readings[i], apart, readings[j-1].span)
	}
}

// halves reports whether the number at an index ends a half behind a whole number, "1 1/2", and returns where that stands.
func halves(text string, readings []reading, i int) (whole int, ok bool) {
	if i < 2 || readings[i].word.exact != "2" || readings[i-1].word.exact != "1" || text[readings[i-1].end:readings[i].start] != "/" {
		return 0, false
	}
	number := readings[i-2].word.number
	return i - 2, digits(number, 0) == len(number) && number != "" && apartBy(text, readings[i-2].end, readings[i-1].start, "")
}

// between reports whether one word stands between two others, with spaces around it.
func between(text string, readings []reading, i, j int, word string) bool {
	return j == i+2 && readings[i+1].word.exact == word && apartBy(text, readings[i].end, readings[i+1].start, "") &&
		apartBy(text, readings[i+1].end, readings[j].start, "")
}

// span2 is the number at an index with what follows it as a span, "0 - 6", "0 til 6" or "mellem 0 og 6", and the index behind it.
// Apart is the span if it was written in several words.
func span2(text string, readings []reading, i int) (number, apart string, next int) {
	number = readings[i].word.number
	for k := i + 1; k < len(readings) && k <= i+2 && !strings.Contains(number, "-"); k++ {
		second := readings[k].word.number
		switch {
		case second == "" || strings.Contains(second, "-"):
			continue
		case k == i+1 && apartBy(text, readings[i].end, readings[k].start, "-"), between(text, readings, i, k, "til"),
			i > 0 && readings[i-1].word.exact == "mellem" && between(text, readings, i, k, "og"):
			apart = number + "-" + second
			return apart, apart, k + 1
		}
		break
	}
	return number, "", i + 1
}

// apartBy reports whether two words have spaces between them, around a hyphen or dash when sign is one.
func apartBy(text string, from, to int, sign string) bool {
	between := text[from:to]
	if between == " " {
		return sign == ""
	}
	if len(between) > 8 || between == "" {
		return false
	}
	found := ""
	for _, r := range between {
		switch {
		case hyphen(r) && found == "":
			found = "-"
		case r != ' ' && r != '\u00a0' && r != '\n' && !ignorable(r):
			return false
		}
	}
	return found == sign
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
	return between == " " || len(between) < 12 && strings.Trim(between, "-\u00ad\u2010\u2011\u2012\u2013 ,/\n\u00a0") == ""
}

func conjunction(word string) bool {
	switch word {
	case "og", "eller", "samt", "til", "såvel", "som", "hhv", "henholdsvis", "respektive":
		return true
	}
	return false
}

// completed joins the beginning of a word with the end of another: what lexicon or lattice confirm first, else what
// leaves the lender its last part, if it is a compound in its own right. It also returns where the lent piece begins.
func (r *reader) completed(beginning string, lender *word) (word string, from int, ok bool) {
	if word, from, ok = r.exchanged(beginning, lender); ok {
		return word, from, true
	}
	bounds := seams(lender)
	certain := len(bounds) > 0
	if !certain {
		bounds = r.forcedBounds(lender.exact)
	}
	for _, b := range bounds {
		if word := joint(beginning, lender.exact[b:]); r.known(word) {
			return word, b, true
		}
	}
	if b := r.inner(beginning, lender); b > 0 {
		return joint(beginning, lender.exact[b:]), b, true
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

// openers are the particles that stand for each other: "af- og påklædning", "til- og fravalg". A negation ("for- og ulemper") does not.
var openers = set(`af an bag be bi bort efter eks ekstra for fore fra frem før gen gennem hen hjem im in ind inde med mellem mis mod ned nede om
	op oppe over på re sam sammen til tilbage ud ude uden under ved videre`)

// maxOpener is the length in bytes of the longest of them.
const maxOpener = 7

// minOpened is the length in bytes of what must stand behind a particle, or behind a whole word.
const minOpened = 3

// exchanged joins a particle with what stands behind the particle of another word: "af-" and "påklædning". Where the lexicon has no such
// word, what stands behind has to be a word ("overnormering") or the first part of a compound ("indkøringsforløb").
func (r *reader) exchanged(opener string, lender *word) (word string, from int, ok bool) {
	if !openers[opener] {
		return "", 0, false
	}
	bare := lender.exact
	for _, fits := range [...]func(rest string) bool{
		func(rest string) bool { return r.known(opener + rest) },
		func(rest string) bool {
			return r.exchangedPart(opener, bare[:len(bare)-len(rest)], lender) || r.known(rest)
		},
	} {
		for n := min(len(bare)-minOpened, maxOpener); n > 1; n-- {
			if openers[bare[:n]] && fits(bare[n:]) {
				return opener + bare[n:], n, true
			}
		}
	}
	return "", 0, false
}

// exchangedPart reports whether the first part of a compound is a word with the other particle, too: "indkørings" for "udkørings".
func (r *reader) exchangedPart(opener, other string, lender *word) bool {
	if len(lender.parts) == 0 {
		return false
	}
	rest, ok := strings.CutPrefix(lender.parts[0].Text, other)
	_, known := r.lex.Lookup(opener + rest)
	return ok && rest != "" && known
}

// inner is where a lender's first part ends that a beginning takes the place of, when that part is itself a part of a
// compound: "social-" stands for the "sundheds" of "sundhedsassistentuddannelse", since both are simple. It is 0 when the
// beginning is for all that stands before the last part, as "dagpleje-" is beside "børnehavebørn".
func (r *reader) inner(beginning string, lender *word) int {
	var first []Part // the parts of the lender's first part
	for i, p := range lender.parts {
		if p.Level == 1 && i > 0 {
			break
		}
		if p.Level == 2 {
			first = append(first, p)
		}
	}
	if len(first) != 2 || lender.parts[0].Level != 1 || len(r.bounds(nil, beginning)) > 0 {
		return 0
	}
	b := first[0].End
	middle := lender.exact[b:first[1].End]
	if r.known(joint(beginning, middle)) || utf8.RuneCountInString(middle) >= longMiddle {
		return b
	}
	return 0
}

// longMiddle is the length in letters from which the middle of a word belongs to the words on both sides of it, even if
// the lexicon does not have them: short ones, as "have" in "børnehave", have grown together with what stands before.
const longMiddle = 7

// known reports whether the lexicon has a word.
func (r *reader) known(exact string) bool {
	_, ok := r.lookup(plain(exact))
	return ok
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

// extended joins all of a word with the end of another: "skoler og -børn" are skolebørn, and "vuggestuer og -børn" vuggestuebørn, beside
// the vuggebørn that continued has found and that are given. It is empty where the lexicon does not have that word and a
// compound is no common beginning of others.
func (r *reader) extended(lender *word, ending, found string) string {
	if len(ending) < minOpened {
		return "" // "+n, -n"
	}
	if whole := lender.exact + ending; r.known(whole) {
		return whole // "forældre" have forældrebestyrelser
	}
	for _, lemma := range lender.lemmas {
		stems := [...]string{lemma, lemma + "s", lemma + "e", strings.TrimSuffix(lemma, "r")} // a dagplejer has dagplejebørn
		for _, stem := range stems {
			if stem+ending != found && r.known(stem+ending) {
				return stem + ending
			}
		}
		if len(lender.parts) == 0 || r.known(found) {
			continue
		}
		for _, stem := range stems {
			if v, ok := r.lex.Lookup(stem); ok && v.Modifier() > 0 && v.Modifier() <= commonModifier {
				return stem + ending
			}
		}
	}
	return ""
}

// commonModifier is the cost of what begins two words of the dictionary or more.
const commonModifier = 11 * compound.Nat

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
