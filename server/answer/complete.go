package answer

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"smaabornsviden/index"
	"smaabornsviden/index/danish"
)

// completion is a word that may stand in the place of the one that is being typed.
type completion struct {
	text  string // the whole search with it
	lemma string
	docs  int // that have it in some form, counted once for every form
	most  int // that have it in the form of text
}

// wordsLike finishes what is being typed: by the words of topics that begin so, by words that several documents have, and,
// where two words are one in the texts ("vugge st" of "vuggestue"), by what they are together.
func (f *Finder) wordsLike(ctx context.Context, typed, text string, tokens []danish.Token, topics []Topic) ([]Suggestion, error) {
	last := len(tokens) - 1
	if strings.HasSuffix(typed, " ") || utf8.RuneCountInString(tokens[last].Text) < leastTyped {
		return nil, nil
	}
	known, err := f.fromTopics(ctx, text, topics)
	if err != nil {
		return nil, err
	}
	completed, err := f.completions(ctx, text[:tokens[last].Start], tokens[last].Text)
	if err != nil {
		return nil, err
	}
	var joined []completion
	if last > 0 {
		before := tokens[last-1]
		if joined, err = f.completions(ctx, text[:before.Start], before.Text+tokens[last].Text); err != nil {
			return nil, err
		}
		if completed, err = f.besideEachOther(ctx, before, completed, len(joined) > 0 || len(known) > 0); err != nil {
			return nil, err
		}
	}
	var out []Suggestion
	for _, c := range slices.Concat(known, joined, completed) {
		s := searchFor(c.text)
		if len(out) < mostWords && !strings.EqualFold(c.text, text) && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out, nil
}

// completions are words that begin so, those in most documents first. The forms of a word count as one: by the dictionary
// form, unless texts have another one far more often, as "forældre" of "forælder".
func (f *Finder) completions(ctx context.Context, before, begun string) ([]completion, error) {
	terms, err := f.Searcher.Engine.Terms(ctx, index.Exact, begun, wordsTried)
	if err != nil {
		return nil, err
	}
	var out []completion
	for _, t := range terms {
		if !f.isWord(t.Text) {
			continue
		}
		c := completion{text: before + t.Text, lemma: t.Text, docs: t.Docs, most: t.Docs}
		if lemmas := f.Searcher.Analyzer.Tokens(t.Text)[0].Lemmas; len(lemmas) > 0 {
			c.lemma = lemmas[0]
		}
		i := slices.IndexFunc(out, func(o completion) bool { return o.lemma == c.lemma })
		if i < 0 {
			out = append(out, c)
			continue
		}
		o := &out[i]
		o.docs += c.docs
		if c.docs > o.most || c.lemma == t.Text && 2*c.docs >= o.most {
			o.text, o.most = c.text, c.docs
		}
	}
	slices.SortStableFunc(out, func(a, b completion) int { return b.docs - a.docs })
	out = slices.DeleteFunc(out, func(c completion) bool { return c.docs < leastHavers })
	return f.ownFirst(ctx, before, out)
}

// ownFirst puts words that stand in texts of Denmark's neighbours alone ("språk", the Norwegian "ble") behind the others. Only as
// many are looked up as can be shown, in one search for each.
func (f *Finder) ownFirst(ctx context.Context, before string, all []completion) ([]completion, error) {
	var own, foreign []completion
	for i, c := range all {
		if len(own) == mostWords {
			return slices.Concat(own, all[i:], foreign), nil
		}
		known, err := f.inDanishOrEnglish(ctx, strings.TrimPrefix(c.text, before))
		switch {
		case err != nil:
			return nil, err
		case known:
			own = append(own, c)
		default:
			foreign = append(foreign, c)
		}
	}
	return append(own, foreign...), nil
}

func (f *Finder) inDanishOrEnglish(ctx context.Context, word string) (bool, error) {
	g := index.Group{Occur: index.Must}
	for _, lang := range []string{"da", "en", "und"} {
		g.Alts = append(g.Alts, index.Alt{Field: index.Exact, Terms: []string{word}, Lang: lang})
	}
	page, err := f.Searcher.Engine.Search(ctx, index.Plan{Groups: []index.Group{g}})
	return page.Total > 0, err
}

// besideEachOther keeps the words that some document has right after the word before them. Where there is none, all stay, unless
// something better is known: two words of a search need not stand together.
func (f *Finder) besideEachOther(ctx context.Context, before danish.Token, all []completion, better bool) ([]completion, error) {
	if len(before.Lemmas) == 0 || len(all) == 0 {
		return all, nil
	}
	pairs := make([]string, len(all))
	for i, c := range all {
		pairs[i] = danish.Pair(before.Lemmas[0], c.lemma)
	}
	counts, err := f.Searcher.Engine.DocFreq(ctx, index.Pairs, pairs)
	if err != nil {
		return nil, err
	}
	var out []completion
	for i, c := range all {
		if counts[i] > 0 {
			out = append(out, c)
		}
	}
	if len(out) == 0 && !better {
		return all, nil
	}
	return out, nil
}

// fromTopics are the words of topics that begin with the text, shortest first, where documents have all their words.
func (f *Finder) fromTopics(ctx context.Context, text string, topics []Topic) ([]completion, error) {
	text = strings.ToLower(text)
	var words, lemmas []string
	for _, t := range topics {
		for _, word := range t.Words {
			if strings.HasPrefix(strings.ToLower(word), text) && word != t.Label && !slices.Contains(words, word) {
				words = append(words, word)
			}
		}
	}
	slices.SortStableFunc(words, func(a, b string) int { return len(a) - len(b) })
	words = words[:min(len(words), wordsTried)]
	parts := make([][]string, len(words))
	for i, word := range words {
		for _, t := range f.Searcher.Analyzer.Tokens(word) {
			if len(t.Lemmas) > 0 && !t.Stop {
				parts[i] = append(parts[i], t.Lemmas[0])
			}
		}
		lemmas = append(lemmas, parts[i]...)
	}
	if len(lemmas) == 0 {
		return nil, nil
	}
	counts, err := f.Searcher.Engine.DocFreq(ctx, index.Lemma, lemmas)
	if err != nil {
		return nil, err
	}
	var out []completion
	for i, word := range words {
		own := counts[:len(parts[i])]
		counts = counts[len(own):]
		if len(own) > 0 && slices.Min(own) > 0 {
			out = append(out, completion{text: word})
		}
	}
	return out[:min(len(out), mostWords/2)], nil
}
