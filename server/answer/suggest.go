package answer

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"smaabornsviden/index"
	"smaabornsviden/index/danish"
	"smaabornsviden/index/query"
)

// Suggestion is something that a reader may be about to write.
type Suggestion struct {
	Text string
	Kind SuggestionKind
	Path string // of the page it leads to
	Lang string // of the title of a document; empty where it is not known, and for all else
}

// SuggestionKind says where a suggestion comes from. None comes from what others searched for.
type SuggestionKind string

// The kinds of suggestions.
const (
	TopicSuggestion SuggestionKind = "emne"
	TitleSuggestion SuggestionKind = "titel"
	WordSuggestion  SuggestionKind = "ord"
)

// Label is what readers see for a kind.
func (k SuggestionKind) Label() string {
	switch k {
	case TopicSuggestion:
		return "Emne"
	case TitleSuggestion:
		return "Dokument"
	}
	return "Søg"
}

// Limits of what is suggested.
const (
	leastTyped   = 2  // characters
	mostTyped    = 80 // bytes; longer texts are whole questions
	mostTopics   = 3
	mostTitles   = 3
	mostWords    = 4
	wordsTried   = 24
	leastWord    = 3 // characters
	leastHavers  = 2 // documents that have a word
	longestTitle = 90
)

// Topic is a topic as it can be suggested.
type Topic struct {
	Slug, Label string
	Words       []string
}

// Suggest completes what a reader has typed so far: topics first, then titles, then single words of the index, and where
// there is none of all that, what the reader seems to have meant. The error is query.ErrCPR or one of the engine.
func (f *Finder) Suggest(ctx context.Context, typed string, topics []Topic) ([]Suggestion, error) {
	if query.LooksLikeCPR(typed) {
		return nil, query.ErrCPR
	}
	text := cleanText(typed)
	if utf8.RuneCountInString(text) < leastTyped || len(text) > mostTyped {
		return nil, nil
	}
	out := topicsLike(text, topics)
	tokens := f.Searcher.Analyzer.Tokens(text)
	if len(tokens) == 0 {
		return out, nil
	}
	titles, err := f.titlesLike(ctx, tokens)
	if err != nil {
		return nil, err
	}
	words, err := f.wordsLike(ctx, typed, text, tokens, topics)
	out = slices.Concat(out, titles, words)
	if err != nil || len(out) > 0 {
		return out, err
	}
	return f.meant(ctx, text)
}

// meant suggests a misspelled text as it should be spelled.
func (f *Finder) meant(ctx context.Context, text string) ([]Suggestion, error) {
	meant, err := f.Searcher.Meant(ctx, text)
	if meant == "" || err != nil {
		return nil, err
	}
	return []Suggestion{searchFor(meant)}, nil
}

func searchFor(text string) Suggestion {
	return Suggestion{Text: text, Kind: WordSuggestion, Path: "/soeg?" + url.Values{"q": {text}}.Encode()}
}

// topicsLike finds topics by any word of their names, and after them those that one of their words leads to.
func topicsLike(text string, topics []Topic) []Suggestion {
	text = strings.ToLower(text)
	var named, led []Suggestion
	for _, t := range topics {
		s := Suggestion{Text: t.Label, Kind: TopicSuggestion, Path: "/emne/" + url.PathEscape(t.Slug)}
		switch {
		case strings.Contains(" "+strings.ToLower(t.Label), " "+text):
			named = append(named, s)
		case slices.ContainsFunc(t.Words, func(word string) bool { return strings.HasPrefix(strings.ToLower(word), text) }):
			led = append(led, s)
		}
	}
	out := append(named, led...)
	return out[:min(len(out), mostTopics)]
}

// titlesLike finds documents that have all typed words in their titles, in any form and at any place, the last one perhaps
// unfinished.
func (f *Finder) titlesLike(ctx context.Context, tokens []danish.Token) ([]Suggestion, error) {
	plan := index.Plan{Size: mostTitles}
	for i := range tokens {
		if t := &tokens[i]; !t.Stop || i == len(tokens)-1 {
			plan.Groups = append(plan.Groups, f.inTitle(t, i == len(tokens)-1))
		}
	}
	if err := plan.Check(); err != nil {
		return nil, nil // as many words as no title has
	}
	// Norwegian and Swedish share the beginnings of many Danish words ("bar", "ble", "barne"), and where they have more titles they
	// would fill the list: they are asked for only when others leave room.
	plan.Filters = []index.Filter{{Facet: index.FacetLang, Values: neighbours, Not: true}}
	own, err := f.Searcher.Engine.Search(ctx, plan)
	if err != nil {
		return nil, err
	}
	hits := own.Hits
	if len(hits) < mostTitles {
		plan.Filters[0].Not = false
		others, err := f.Searcher.Engine.Search(ctx, plan)
		if err != nil {
			return nil, err
		}
		hits = slices.Concat(hits, others.Hits)
	}
	var out []Suggestion
	for _, h := range hits[:min(mostTitles, len(hits))] {
		shown, _ := cutWords(oneLine(h.Doc.Title), longestTitle)
		out = append(out, Suggestion{Text: shown, Kind: TitleSuggestion, Path: "/dokument/" + url.PathEscape(h.Doc.ID), Lang: h.Doc.Lang.Value})
	}
	return out, nil
}

// neighbours are the languages that share their words with Danish.
var neighbours = []string{"nb", "nn", "sv"}

// inTitle asks for a word of the title, which may be an English one; an unfinished one may also begin a word.
func (f *Finder) inTitle(t *danish.Token, unfinished bool) index.Group {
	g := index.Group{Occur: index.Must, Text: t.Text}
	for _, l := range slices.Concat(t.Lemmas, f.Searcher.Analyzer.Lemmas(t.Text, "en")) {
		g.Alts = append(g.Alts, index.Alt{Field: index.Title, Terms: []string{l}, Weight: 1, Kind: index.Inflected})
	}
	if unfinished {
		g.Alts = append(g.Alts, index.Alt{Field: index.Title, Terms: []string{t.Text}, Weight: 1, Kind: index.PrefixOf, Prefix: true})
	}
	return g
}

// isWord leaves out numbers, addresses and words that are too common to search for.
func (f *Finder) isWord(term string) bool {
	if utf8.RuneCountInString(term) < leastWord || strings.ContainsFunc(term, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }) {
		return false
	}
	tokens := f.Searcher.Analyzer.Tokens(term)
	return len(tokens) == 1 && !tokens[0].Stop
}
