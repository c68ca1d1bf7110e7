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
	titlesTried  = 20
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

// Suggest completes what a reader has typed so far: topics first, then titles, then single words of the index. The error
// is query.ErrCPR or one of the engine.
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
	words, err := f.wordsLike(ctx, typed, text, tokens)
	return slices.Concat(out, titles, words), err
}

func topicsLike(text string, topics []Topic) []Suggestion {
	begins := func(label string) bool {
		return strings.Contains(" "+strings.ToLower(label), " "+strings.ToLower(text))
	}
	var out []Suggestion
	for _, t := range topics {
		if begins(t.Label) || slices.ContainsFunc(t.Words, begins) {
			out = append(out, Suggestion{Text: t.Label, Kind: TopicSuggestion, Path: "/emne/" + url.PathEscape(t.Slug)})
		}
		if len(out) == mostTopics {
			break
		}
	}
	return out
}

// titlesLike finds documents that have all typed words, the last one perhaps unfinished, in their titles.
func (f *Finder) titlesLike(ctx context.Context, tokens []danish.Token) ([]Suggestion, error) {
	plan := index.Plan{Size: titlesTried}
	for i, t := range tokens {
		alt := index.Alt{Field: index.Exact, Terms: []string{t.Text}, Weight: 1, Kind: index.AsTyped, Prefix: i == len(tokens)-1}
		plan.Groups = append(plan.Groups, index.Group{Occur: index.Must, Text: t.Text, Alts: []index.Alt{alt}})
	}
	if err := plan.Check(); err != nil {
		return nil, nil // as many words as no title has
	}
	page, err := f.Searcher.Engine.Search(ctx, plan)
	if err != nil {
		return nil, err
	}
	var out []Suggestion
	for _, h := range page.Hits {
		title := oneLine(h.Doc.Title)
		if !f.titleHas(title, tokens) {
			continue
		}
		shown, _ := cutWords(title, longestTitle)
		out = append(out, Suggestion{Text: shown, Kind: TitleSuggestion, Path: "/dokument/" + url.PathEscape(h.Doc.ID)})
		if len(out) == mostTitles {
			break
		}
	}
	return out, nil
}

func (f *Finder) titleHas(title string, typed []danish.Token) bool {
	words := f.Searcher.Analyzer.Tokens(title)
	for i, t := range typed {
		last := i == len(typed)-1
		if !slices.ContainsFunc(words, func(w danish.Token) bool { return w.Text == t.Text || last && strings.HasPrefix(w.Text, t.Text) }) {
			return false
		}
	}
	return true
}

// wordsLike finishes the last word with words that several documents have.
func (f *Finder) wordsLike(ctx context.Context, typed, text string, tokens []danish.Token) ([]Suggestion, error) {
	last := tokens[len(tokens)-1]
	if strings.HasSuffix(typed, " ") || utf8.RuneCountInString(last.Text) < leastTyped {
		return nil, nil
	}
	terms, err := f.Searcher.Engine.Terms(ctx, index.Exact, last.Text, wordsTried)
	if err != nil {
		return nil, err
	}
	var out []Suggestion
	for _, t := range terms {
		if t.Docs < leastHavers || t.Text == last.Text || !f.isWord(t.Text) {
			continue
		}
		whole := text[:last.Start] + t.Text
		out = append(out, Suggestion{Text: whole, Kind: WordSuggestion, Path: "/soeg?" + url.Values{"q": {whole}}.Encode()})
		if len(out) == mostWords {
			break
		}
	}
	return out, nil
}

// isWord leaves out numbers, addresses and words that are too common to search for.
func (f *Finder) isWord(term string) bool {
	if utf8.RuneCountInString(term) < leastWord || strings.ContainsFunc(term, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }) {
		return false
	}
	tokens := f.Searcher.Analyzer.Tokens(term)
	return len(tokens) == 1 && !tokens[0].Stop
}
