package compound

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// list is a lexicon for tests: each letter costs three nats to spell, so that a word is a compound when its parts cost
// less than that.
type list map[string]Entry

func (l list) Pieces(dst []Piece, word []byte, from int) []Piece {
	for end := from + 1; end <= len(word); end++ {
		if e, ok := l[string(word[from:end])]; ok {
			dst = append(dst, Piece{e, end})
		}
	}
	return dst
}

func (l list) Spell([]byte) Cost { return 3 * Nat }
func (l list) Unseen() Cost      { return 10 * Nat }

var words4 = list{
	"sprog":     {Modifier: 4 * Nat, Head: 6 * Nat},
	"børne":     {Modifier: 4 * Nat},
	"have":      {Modifier: 6 * Nat, Head: 5 * Nat, Lemma: true, Class: Noun | Common},
	"børnehave": {Modifier: 6 * Nat, Head: 8 * Nat},
	"barn":      {Head: 5 * Nat, Lemma: true, Class: Noun | Neuter},
	"ind":       {Modifier: 3 * Nat},
	"sats":      {Head: 7 * Nat, Modifier: 7 * Nat},
	"ven":       {Modifier: 5 * Nat},
	"vens":      {Modifier: 6 * Nat},
	"skab":      {Head: 5 * Nat},
	"by":        {Head: 5 * Nat, Lemma: true, Class: Noun | Common},
	"ude":       {Modifier: 3 * Nat},
	"gående":    {Head: 5 * Nat, Class: Verb},
	"land":      {Head: 5 * Nat},
	"pil":       {Head: 9 * Nat},
	"spil":      {Head: 5 * Nat},
	"lands":     {Modifier: 4 * Nat},
	"århus":     {Head: 5 * Nat, Proper: true},
	"penge":     {Head: 6 * Nat},
}

func TestWordsAreSplitWhereTheirPartsAreLikelierThanTheirLetters(t *testing.T) {
	s := NewSplitter(words4)
	for _, c := range []struct {
		name, word string
		o          Options
		want       []int
	}{
		{"two parts", "børnehave", Options{}, []int{6}},
		{"the longest part is cheapest", "børnehavebarn", Options{}, []int{10}},
		{"three parts", "sprogbørnehave", Options{}, []int{5}},
		{"no parts", "xyzzyx", Options{}, nil},
		{"a particle first", "indsats", Options{}, nil},
		{"a seam after a particle and its word", "indsatsbarn", Options{}, []int{7}},
		{"a derivation", "venskab", Options{}, nil},
		{"a head of two letters", "landsby", Options{}, []int{5}},
		{"a name as head", "sprogårhus", Options{}, nil},
		{"an undeclared link", "pengebarn", Options{}, []int{5}},
		{"an unknown first part", "fleskbørnehave", Options{Unknown: true}, []int{5}},
		{"an unknown first part not allowed", "fleskbørnehave", Options{}, nil},
		{"a place before a noun", "udehave", Options{}, []int{3}},
		{"a place before a verb", "udegående", Options{}, nil},
		{"a linking s that is left out before an s", "landspil", Options{}, []int{4}},
		{"a linking s before a rare head and none before a common one", "landsby", Options{}, []int{5}},
		{"a head of two letters that inflects otherwise", "landsby", Options{Class: Noun | Neuter}, nil},
		{"too short", "by", Options{}, nil},
		{"empty", "", Options{}, nil},
	} {
		if diff := cmp.Diff(c.want, s.Split(nil, []byte(c.word), c.o)); diff != "" {
			t.Errorf("%s: %s\n%s", c.name, c.word, diff)
		}
	}
}

func TestAHeadThatInflectsOtherwiseCostsMore(t *testing.T) {
	s := NewSplitter(words4)
	_, fits, _ := s.Best(nil, []byte("sprogbarn"), Options{Class: Noun | Neuter})
	_, strange, _ := s.Best(nil, []byte("sprogbarn"), Options{Class: Noun | Common})
	if strange-fits != classCost {
		t.Errorf("%d and %d differ by %d, want %d", fits, strange, strange-fits, classCost)
	}
}

func TestCompoundsInflectAsTheirHead(t *testing.T) {
	for _, c := range []struct {
		word, head Class
		want       bool
	}{
		{Noun | Common, Noun | Common | PluralER, true},
		{Noun | Common, Noun | Neuter, false},
		{Noun | Common | PluralE, Noun | Common | PluralER, false},
		{Noun, Verb, false},
		{Verb | PastEDE, Verb | PastTE, false},
		{Verb, Verb | PastTE, true},
		{Adjective, Adjective, true},
		{Adjective, Other, true},
		{Other, Noun, false},
		{0, Noun, true},
		{Noun | Verb, Verb, true},
	} {
		if got := c.word.Fits(c.head); got != c.want {
			t.Errorf("%b with head %b: %v", c.word, c.head, got)
		}
	}
}
