// Package danish turns Danish text into what a search index holds: words with their dictionary forms,
// compound parts, character 4-grams and adjacent pairs, each with its place in the text.
package danish

import (
	"crypto/sha256"
	_ "embed" // for the lexicon
	"encoding/hex"
	"fmt"
	"slices"
	"sync"

	"smaabornsviden/index/danish/lexicon"
)

//go:generate go run ./lexgen -o lexicon.fst

// lexiconFile is made by lexgen; see NOTICE for its source and licence.
//
//go:embed lexicon.fst
var lexiconFile []byte

// embedded is the lexicon that all analyzers of a process share: it never changes, so that one loading is enough.
var embedded = sync.OnceValues(func() (*lexicon.Lexicon, error) { return lexicon.Load(lexiconFile) })

// Analyzer reads text. It is safe for use from many goroutines.
type Analyzer struct {
	lex     *lexicon.Lexicon
	danish  cache // analysed words of Danish text
	english cache // analysed words of English text
	scratch sync.Pool
}

// New returns an analyzer over the embedded lexicon.
func New() (*Analyzer, error) {
	lex, err := embedded()
	if err != nil {
		return nil, fmt.Errorf("danish analyzer: %w", err)
	}
	a := &Analyzer{lex: lex, danish: newCache(danishWords), english: newCache(englishWords)}
	a.scratch.New = func() any { return &scratch{reader: newReader(lex)} }
	return a, nil
}

// rules changes whenever the same text would give other terms with the same lexicon, so that an index
// written under other rules is noticed.
const rules = "danish-7"

// Fingerprint names the rules and the lexicon. Two analyzers with one fingerprint give the same fields
// for the same text.
func (a *Analyzer) Fingerprint() string {
	sum := sha256.Sum256(lexiconFile)
	return rules + "-" + hex.EncodeToString(sum[:8])
}

// Token is one word of a text, or one number, address or e-mail. Its lists of dictionary forms, its Split and those of its parts and expansions
// belong to the analyzer, which gives them to everybody who asks about the same word: they must not be changed in place, only copied. Parts and
// Expansions themselves are the caller's.
type Token struct {
	Surface string `json:"surface"` // as it stands in the text
	Start   int    `json:"start"`   // byte offset of Surface in the text
	End     int    `json:"end"`     // byte offset after Surface
	Pos     int    `json:"pos"`     // counts words from 0
	// Text is the term of the exact field: lower case, NFC, without soft hyphens.
	Text   string   `json:"text"`
	Lemmas []string `json:"lemmas"` // dictionary forms, the likeliest first, see Plain
	Parts  []Part   `json:"parts"`  // parts of a compound, in order of place and level
	// Split is the chosen top-level split as it stands in the word; empty where there is none.
	Split []string `json:"split"`
	// Expansions are the whole words that an elliptical piece stands for: "børne-" in "børne- og
	// ungeområdet" stands for "børneområdet".
	Expansions []Expansion `json:"expansions,omitempty"`
	Stop       bool        `json:"stop,omitempty"` // a function word
	// Abbreviation is an abbreviation in capitals as it stands in the text, without the ending of its inflection: "KL" for
	// "KL's" and for "KL", but not for "kl"; empty for all other words.
	Abbreviation string `json:"abbreviation,omitempty"`
}

// Expansion is a whole word that an elliptical piece stands for.
type Expansion struct {
	Text   string   `json:"text"`
	Lemmas []string `json:"lemmas"` // of the analyzer, see Token
	Start  int      `json:"start"`  // byte offset in the text of the piece that another word lends
	End    int      `json:"end"`
}

// Part is a piece of a compound.
type Part struct {
	Text  string   `json:"text"`          // as it stands in the word, lower case
	Lemma string   `json:"lemma"`         // its likeliest dictionary form
	Alt   []string `json:"alt,omitempty"` // its further dictionary forms, of the analyzer, see Token
	Start int      `json:"start"`         // byte offset in the text
	End   int      `json:"end"`           // byte offset in the text
	Level int      `json:"level"`         // 1 for parts of the word, 2 for parts of those, ...
}

// Tokens reads a Danish text word by word.
func (a *Analyzer) Tokens(text string) []Token { return a.TokensIn(text, "da") }

// TokensIn reads a text of the given language: English for "en", Danish for everything else.
func (a *Analyzer) TokensIn(text, lang string) []Token { return a.AppendTokens([]Token{}, text, lang) }

// AppendTokens is TokensIn into the room that tokens has: who reads page after page need not leave a heap of them behind.
func (a *Analyzer) AppendTokens(tokens []Token, text, lang string) []Token {
	s := a.scratch.Get().(*scratch)
	defer a.scratch.Put(s)
	s.body = a.read(s, s.body[:0], text, lang)
	tokens = slices.Grow(tokens, len(s.body))
	for i := range s.body {
		tokens = append(tokens, token(text, i, &s.body[i]))
	}
	return tokens
}

// token writes one reading out with offsets in the text.
func token(text string, pos int, r *reading) Token {
	w := r.word
	surface := text[r.start:r.end]
	t := Token{
		Surface: surface, Start: r.start, End: r.end, Pos: pos,
		Text: w.exact, Lemmas: w.lemmas, Parts: make([]Part, len(w.parts)), Split: w.split, Stop: w.stop,
	}
	for i, p := range w.parts {
		at := lent(text, *r, p.Start, p.End)
		p.Start, p.End = at.start, at.end
		t.Parts[i] = p
	}
	if n := capitals(surface); n > 0 && (n == len(surface) || cutEnding(surface, n)) && !isDigit(surface, len(surface)-1) {
		t.Abbreviation = surface[:n]
	}
	if t.Split == nil {
		t.Split = []string{} // a list in JSON, too
	}
	for _, x := range r.expansions {
		t.Expansions = append(t.Expansions, Expansion{x.word.exact, x.word.lemmas, x.lent.start, x.lent.end})
	}
	return t
}

// Lemmas returns the dictionary forms of one typed word in the given language, the likeliest first, and nil for several words. The list belongs
// to the analyzer, as those of a Token do, and must not be changed in place.
func (a *Analyzer) Lemmas(typed, lang string) []string {
	s := a.scratch.Get().(*scratch)
	defer a.scratch.Put(s)
	s.body = a.read(s, s.body[:0], typed, lang)
	if len(s.body) != 1 {
		return nil
	}
	return s.body[0].word.lemmas
}
