package danish

import (
	"iter"
	"strings"
)

// Fields is a document as an index holds it. All fields but those of the title are of one text in which the title stands
// three times before the body.
type Fields struct {
	Exact Field // the word as written, folded; stop words kept
	Lemma Field // dictionary forms, alternatives at one position
	Parts Field // dictionary forms of compound parts, at the position of their word
	Grams Field // character 4-grams of all but stop words
	Pairs Field // adjacent lemmas, see Pair
	Title Field // dictionary forms of the title alone
	// TitleExact is the title alone as it is written, folded; stop words kept.
	TitleExact Field
}

// Field is the terms of one field in text order.
type Field struct {
	Terms []Term
	// Length is what length normalisation divides by: the number of positions, where alternatives at one
	// position count once, and for Parts, Grams and Pairs the number of terms that are no alternatives.
	Length int
}

// Term is a term and the position of its word, counted from 0.
type Term struct {
	Text string
	Pos  int
}

// All ranges over the fields by the names that the index contract gives them, always in the same order.
func (f *Fields) All() iter.Seq2[string, *Field] {
	return func(yield func(string, *Field) bool) {
		_ = yield("exact", &f.Exact) && yield("lemma", &f.Lemma) && yield("parts", &f.Parts) &&
			yield("grams", &f.Grams) && yield("pairs", &f.Pairs) && yield("title", &f.Title) &&
			yield("title_exact", &f.TitleExact)
	}
}

const (
	// titleTimes is how often the title stands before the body; a separate boosted field ranks worse.
	titleTimes = 3
	// gap is the distance in positions between two copies of the title and before the body, so that no
	// phrase crosses them.
	gap = 100
)

// Fields analyses a document: as English when lang is "en", as Danish otherwise.
func (a *Analyzer) Fields(title, body, lang string) Fields {
	var f Fields
	a.Fill(&f, title, body, lang)
	return f
}

// Fill is Fields into the room that f has, so that who writes document after document need not leave a heap of terms behind:
// they take thirty times the room of the text. What f held is overwritten; texts of terms stay as they are.
func (a *Analyzer) Fill(f *Fields, title, body, lang string) {
	s := a.scratch.Get().(*scratch)
	defer a.scratch.Put(s)

	s.title = a.read(s, s.title[:0], title, lang)
	s.body = a.read(s, s.body[:0], body, lang)
	b := builder{Fields: *f}
	b.clear(s.title, s.body)
	b.Title.lemmas(s.title, 0)
	b.TitleExact.exact(s.title, 0)
	for range titleTimes {
		b.add(s.title)
	}
	b.add(s.body)
	*f = b.Fields
}

// builder writes readings into fields.
type builder struct {
	Fields
	next  int             // position of the next word
	pairs strings.Builder // the texts of all pairs: one allocation instead of one for each
}

// clear empties the fields and makes room for all terms at once.
func (b *builder) clear(title, body []reading) {
	t, n := count(title), count(body)
	rooms := [...]struct {
		field *Field
		terms int
	}{
		{&b.Exact, titleTimes*t.words + n.words},
		{&b.Lemma, titleTimes*t.lemmas + n.lemmas},
		{&b.Title, t.lemmas},
		{&b.TitleExact, t.words},
		{&b.Parts, titleTimes*t.parts + n.parts},
		{&b.Grams, titleTimes*t.grams + n.grams},
		{&b.Pairs, titleTimes*t.pairs + n.pairs},
	}
	missing := 0
	for _, r := range rooms {
		if cap(r.field.Terms) < r.terms {
			missing += r.terms
		}
	}
	room := make([]Term, missing)
	for _, r := range rooms {
		r.field.Length = 0
		if r.field.Terms == nil || cap(r.field.Terms) < r.terms {
			r.field.Terms, room = room[:0:r.terms], room[r.terms:]
		}
		r.field.Terms = r.field.Terms[:0]
	}
	b.pairs.Grow(titleTimes*t.pairBytes + n.pairBytes)
}

// counts are the terms that readings will give.
type counts struct{ words, lemmas, parts, grams, pairs, pairBytes int }

func count(block []reading) counts {
	c := counts{words: len(block)}
	for i := range block {
		w := block[i].word
		c.lemmas += len(w.lemmas)
		for _, x := range block[i].expansions {
			c.lemmas += len(x.word.lemmas)
		}
		for k := range w.parts {
			c.parts += 1 + len(w.parts[k].Alt)
		}
		c.grams += int(w.grams)
		if !w.stop {
			c.pairs++
			c.pairBytes += 2*len(w.lemmas[0]) + len(pairMark)
		}
	}
	return c
}

// add appends one block of text, a copy of the title or the body, to one field after the other: so the terms of one
// stay in the processor's registers and its nearest cache, which takes a third less time than word by word.
func (b *builder) add(block []reading) {
	if len(block) == 0 {
		return
	}
	if b.next > 0 {
		b.next += gap
	}
	b.Exact.exact(block, b.next)
	b.Lemma.lemmas(block, b.next)
	b.Parts.parts(block, b.next)
	b.Grams.grams(block, b.next)
	b.addPairs(block)
	b.next += len(block)
}

// exact adds the words of a block, of which the first stands at a position.
func (f *Field) exact(block []reading, pos int) {
	terms := f.Terms
	for i := range block {
		terms = append(terms, Term{block[i].word.exact, pos + i})
	}
	f.Terms = terms
	f.Length += len(block)
}

// lemmas adds the dictionary forms of words and of what elliptical pieces stand for.
func (f *Field) lemmas(block []reading, pos int) {
	terms := f.Terms
	for i := range block {
		for _, l := range block[i].word.lemmas {
			terms = append(terms, Term{l, pos + i})
		}
		for _, x := range block[i].expansions {
			for _, l := range x.word.lemmas {
				terms = append(terms, Term{l, pos + i})
			}
		}
	}
	f.Terms = terms
	f.Length += len(block)
}

// parts adds the parts of words. The words that an elliptical piece stands for add none: their parts stand
// in the text themselves.
func (f *Field) parts(block []reading, pos int) {
	for i := range block {
		parts := block[i].word.parts
		for k := range parts {
			f.Terms = append(f.Terms, Term{parts[k].Lemma, pos + i})
			for _, l := range parts[k].Alt {
				f.Terms = append(f.Terms, Term{l, pos + i})
			}
		}
		f.Length += len(parts)
	}
}

// grams adds the 4-grams of words: see Grams.
func (f *Field) grams(block []reading, pos int) {
	terms := f.Terms
	for i := range block {
		w := block[i].word
		if int(w.grams)+gramSize-1 == len(w.ends) {
			// A letter is a byte in most words.
			for end := gramSize; end <= len(w.ends); end++ {
				terms = append(terms, Term{w.ends[end-gramSize : end], pos + i})
			}
		} else if w.grams > 0 {
			terms = wideGrams(terms, w.ends, pos+i)
		}
		f.Length += int(w.grams)
	}
	f.Terms = terms
}

// wideGrams appends the 4-grams of a word between its marks, of which some letter has several bytes.
func wideGrams(terms []Term, ends string, pos int) []Term {
	start, end := 0, firstGram(ends)
	for {
		terms = append(terms, Term{ends[start:end], pos})
		if end == len(ends) {
			return terms
		}
		start += int(charBytes[ends[start]>>4])
		end += int(charBytes[ends[end]>>4])
	}
}

// charBytes are the lengths in bytes of the characters of a folded word by the first half of their first byte; what was
// folded is valid UTF-8.
var charBytes = [16]uint8{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 3, 4}

// addPairs adds the pairs of words between which there are stop words at most.
func (b *builder) addPairs(block []reading) {
	last := ""
	for i := range block {
		if block[i].word.stop {
			continue
		}
		lemma := block[i].word.lemmas[0]
		if last != "" {
			b.Pairs.Terms = append(b.Pairs.Terms, Term{b.pair(last, lemma), b.next + i})
			b.Pairs.Length++
		}
		last = lemma
	}
}

// pair is Pair out of the room that clear made: the builder never moves what it has, so that parts of it can be handed out.
func (b *builder) pair(first, second string) string {
	from := b.pairs.Len()
	b.pairs.WriteString(first)
	b.pairs.WriteString(pairMark)
	b.pairs.WriteString(second)
	return b.pairs.String()[from:]
}
