package danish

import "iter"

// Fields is a document as an index holds it. All fields but Title are of one text in which the title stands
// three times before the body.
type Fields struct {
	Exact Field // the word as written, folded; stop words kept
	Lemma Field // dictionary forms, alternatives at one position
	Parts Field // dictionary forms of compound parts, at the position of their word
	Grams Field // character 4-grams of all but stop words
	Pairs Field // adjacent lemmas, see Pair
	Title Field // dictionary forms of the title alone
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
			yield("grams", &f.Grams) && yield("pairs", &f.Pairs) && yield("title", &f.Title)
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
	s := a.scratch.Get().(*scratch)
	defer a.scratch.Put(s)

	s.title = a.read(s, s.title[:0], title, lang)
	s.body = a.read(s, s.body[:0], body, lang)
	var b builder
	b.grow(s.title, s.body)
	for i := range s.title {
		b.lemmas(&b.Title, i, &s.title[i])
	}
	for range titleTimes {
		b.add(s.title)
	}
	b.add(s.body)
	b.writePairs()
	return b.Fields
}

// builder writes readings into fields.
type builder struct {
	Fields
	next  int    // position of the next word
	pairs []byte // the texts of all pairs: one allocation instead of one for each
	ends  []int  // where each of them ends
}

// grow makes room for all terms at once.
func (b *builder) grow(title, body []reading) {
	t, n := count(title), count(body)
	b.Exact.Terms = make([]Term, 0, titleTimes*t.words+n.words)
	b.Lemma.Terms = make([]Term, 0, titleTimes*t.lemmas+n.lemmas)
	b.Title.Terms = make([]Term, 0, t.lemmas)
	b.Parts.Terms = make([]Term, 0, titleTimes*t.parts+n.parts)
	b.Grams.Terms = make([]Term, 0, titleTimes*t.grams+n.grams)
	b.Pairs.Terms = make([]Term, 0, titleTimes*t.pairs+n.pairs)
	b.ends = make([]int, 0, titleTimes*t.pairs+n.pairs)
	b.pairs = make([]byte, 0, titleTimes*t.pairBytes+n.pairBytes)
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
		c.grams += w.grams
		if !w.stop {
			c.pairs++
			c.pairBytes += 2*len(w.lemmas[0]) + len(pairMark)
		}
	}
	return c
}

// add appends one block of text: a copy of the title or the body.
func (b *builder) add(block []reading) {
	if len(block) == 0 {
		return
	}
	if b.next > 0 {
		b.next += gap
	}
	last := ""
	for i := range block {
		r := &block[i]
		b.Exact.put(r.word.exact, b.next)
		b.Exact.Length++
		b.lemmas(&b.Lemma, b.next, r)
		b.parts(r.word)
		b.grams(r.word)
		last = b.pair(last, r)
		b.next++
	}
}

// lemmas adds the dictionary forms of a word and of what an elliptical piece stands for.
func (b *builder) lemmas(f *Field, pos int, r *reading) {
	for _, l := range r.word.lemmas {
		f.put(l, pos)
	}
	for _, x := range r.expansions {
		for _, l := range x.word.lemmas {
			f.put(l, pos)
		}
	}
	f.Length++
}

// parts adds the parts of a word. The words that an elliptical piece stands for add none: their parts stand
// in the text themselves.
func (b *builder) parts(w *word) {
	for i := range w.parts {
		b.Parts.put(w.parts[i].Lemma, b.next)
		for _, l := range w.parts[i].Alt {
			b.Parts.put(l, b.next)
		}
	}
	b.Parts.Length += len(w.parts)
}

// grams adds the 4-grams of a word: see Grams.
func (b *builder) grams(w *word) {
	if w.grams == 0 {
		return
	}
	start, end := 0, firstGram(w.ends)
	for range w.grams - 1 {
		b.Grams.put(w.ends[start:end], b.next)
		start += charBytes[w.ends[start]>>4]
		end += charBytes[w.ends[end]>>4]
	}
	b.Grams.put(w.ends[start:end], b.next)
	b.Grams.Length += w.grams
}

// charBytes are the lengths in bytes of the characters of a folded word by the first half of their first byte; what was
// folded is valid UTF-8.
var charBytes = [16]int{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 3, 4}

// pair adds the pair of the last word that is no stop word and this one, and returns this one for the next.
func (b *builder) pair(last string, r *reading) string {
	if r.word.stop {
		return last
	}
	lemma := r.word.lemmas[0]
	if last != "" {
		b.pairs = append(append(append(b.pairs, last...), pairMark...), lemma...)
		b.ends = append(b.ends, len(b.pairs))
		b.Pairs.put("", b.next)
		b.Pairs.Length++
	}
	return lemma
}

// writePairs gives the pairs their texts.
func (b *builder) writePairs() {
	texts, start := string(b.pairs), 0
	for i, end := range b.ends {
		b.Pairs.Terms[i].Text = texts[start:end]
		start = end
	}
}

func (f *Field) put(text string, pos int) { f.Terms = append(f.Terms, Term{text, pos}) }
