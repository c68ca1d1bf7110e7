// Package lang tells Danish, Norwegian, Swedish, English and German texts apart.
package lang

import (
	_ "embed"
	"iter"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Unknown is what Detect answers for texts that are too short, unclear or in another language.
const Unknown = "und"

// Guess is a language with its reason.
type Guess struct {
	Lang  string // da, nb, nn, sv, en, de or Unknown
	Rule  string // "words", "spelling" or "declared"; for Unknown "short", "unclear" or "other"
	Quote string // the stretch of the text that spoke most for Lang; where nothing did, its beginning
}

// Columns are the languages of the table, in the order of its numbers; Other, the last column, stands for any
// other language in Latin letters. Nynorsk has none: it is told from bokmål and Danish by its small words.
var Columns = []string{"da", "nb", "sv", "en", "de"}

// Other is the name of the last column.
const Other = "other"

const columns = 6

// costs say for each language of the table how much less likely a feature is in it than in the
// likeliest one, in tenths of a natural logarithm.
type costs [columns]uint8

//go:embed table.txt
var tableText string

// table holds words under "=word" and trigrams, "_" being the edge of a word. It is read at the first use.
var table = sync.OnceValue(func() map[string]costs { return readTable(tableText) })

func readTable(text string) map[string]costs {
	out := map[string]costs{}
	for line := range strings.Lines(text) {
		fields := strings.Fields(line)
		if len(fields) != columns+1 || strings.HasPrefix(line, "#") {
			continue
		}
		var c costs
		for i := range c {
			n, err := strconv.ParseUint(fields[i+1], 10, 8)
			if err != nil {
				panic("lang: table: " + line) // embedded, so a mistake of ours
			}
			c[i] = uint8(n)
		}
		out[fields[0]] = c
	}
	return out
}

// Bounds of a guess. A text of five words has a language, but da and nb share whole sentences.
const (
	maxWords    = 800 // more do not change the answer
	minWords    = 5
	minMargin   = 20 // units of costs between the best and the second best
	wordWeight  = 2  // a whole word says more than its trigrams
	knownShare  = 50 // per cent of the words that have to share a trigram with the table
	nynorskRate = 25 // one word in so many has to be nynorsk only,
	nynorskMin  = 2  // and more than one in texts longer than
	nynorskFrom = 20 // so many words
)

// Detect reads the language of a text off its common words and its trigrams, and a short one that Danish and bokmål share off words that
// only one of them spells so.
func Detect(text string) Guess { return DetectAs(text, "") }

// detect also reports whether the text is short and lies between Danish and bokmål.
func detect(text string) (g Guess, near bool) {
	t := tally{table: table()}
	for at, word := range words(text) {
		if t.words == maxWords {
			break
		}
		t.add(at, word)
	}
	g, spoke := t.guess()
	g.Quote = quote(text, spoke)
	return g, t.near()
}

// near reports whether a text is short, of Danish or bokmål by the table, and about as much of the other.
func (t *tally) near() bool {
	if t.words < minWords || t.words > closeWords || t.known*100 < t.words*knownShare || t.isNynorsk("nb") {
		return false
	}
	da, nb := t.cost[0], t.cost[1]
	for _, other := range t.cost[2:] {
		if other < min(da, nb)+closeMargin {
			return false
		}
	}
	return max(da-nb, nb-da) < closeMargin
}

// maxQuote bounds a quote in bytes, unless its first word alone is longer; leastQuoted is how many words it takes to prove anything.
const (
	maxQuote    = 120
	leastQuoted = 4
)

// quote is the sentence of a text, or its beginning, with the most of the words that spoke; a few words alone prove nothing, and
// are quoted only where the text has no more.
func quote(text string, spoke []spot) string {
	best, most, long := "", -1, false
	for at, sentence := range sentences(text) {
		n, words := 0, len(strings.Fields(sentence))
		for _, s := range spoke {
			if s.at >= at && s.at < at+len(sentence) {
				n++
			}
		}
		proves := words >= leastQuoted && !strings.Contains(sentence, "@")
		if proves && !long || proves == long && n > most {
			best, most, long = sentence, n, proves
		}
	}
	return best
}

// sentences yields the sentences of the lines of a text, each cut at the end of a word where it is longer than a quote, and where
// they begin. A full stop behind a digit or a short word, or before a small letter, ends none: "nr. 4", "dr. Holm".
func sentences(text string) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		at := 0
		for line := range strings.Lines(text) {
			for from := 0; from < len(line); {
				end := sentenceEnd(line, from)
				lead := strings.IndexFunc(line[from:end], unicode.IsLetter)
				if lead >= 0 && !yield(at+from+lead, shortened(line[from+lead:end])) {
					return
				}
				from = end
			}
			at += len(line)
		}
	}
}

// sentenceEnd is where the sentence ends that begins at a place of a line.
func sentenceEnd(line string, from int) int {
	for i := from; i+1 < len(line); i++ {
		if !strings.ContainsRune(".!?", rune(line[i])) || line[i+1] != ' ' {
			continue
		}
		word := line[strings.LastIndexByte(line[from:i], ' ')+from+1 : i]
		next, _ := utf8.DecodeRuneInString(strings.TrimLeft(line[i+1:], " »“\""))
		if line[i] != '.' || utf8.RuneCountInString(word) > 2 && !strings.ContainsAny(word, "0123456789.") && unicode.IsUpper(next) {
			return i + 1
		}
	}
	return len(line)
}

// shortened is a sentence with single spaces, of no more than maxQuote bytes.
func shortened(s string) string {
	s = strings.Join(strings.Fields(strings.ToValidUTF8(s, "")), " ")
	if len(s) <= maxQuote {
		return s
	}
	cut := strings.LastIndexByte(s[:maxQuote+1], ' ')
	if cut <= 0 {
		cut = maxQuote
		for cut > 0 && !utf8.RuneStart(s[cut]) {
			cut--
		}
	}
	return s[:cut]
}

// spot is a word and where it begins in the text.
type spot struct {
	at   int
	word string
}

// tally is what is known of a text while it is read.
type tally struct {
	table           map[string]costs
	words, known    int
	cost            [columns]int
	nynorsk, bokmal int
	telling         [columns][]spot // words that only fit one column
	nynorskAt       []spot
}

func (t *tally) add(at int, word string) {
	t.words++
	if nynorskWords[word] {
		t.nynorsk++
		if len(t.nynorskAt) < 12 {
			t.nynorskAt = append(t.nynorskAt, spot{at, word})
		}
	}
	if notNynorsk[word] {
		t.bokmal++
	}
	if c, ok := t.table["="+word]; ok {
		t.known++
		t.count(c, wordWeight)
		t.note(at, word, c)
		return
	}
	hit := false
	for tri := range Trigrams(word) {
		if c, ok := t.table[tri]; ok {
			hit = true
			t.count(c, 1)
		}
	}
	if hit {
		t.known++
	}
}

func (t *tally) count(c costs, weight int) {
	for i, n := range c {
		t.cost[i] += weight * int(n)
	}
}

// note keeps a few words that are at home in one language alone.
func (t *tally) note(at int, word string, c costs) {
	home, rivals := 0, 0
	for i, n := range c {
		if n == 0 {
			home = i
		}
		if n < 20 {
			rivals++
		}
	}
	if rivals == 1 && len(t.telling[home]) < 12 && !slices.ContainsFunc(t.telling[home], func(s spot) bool { return s.word == word }) {
		t.telling[home] = append(t.telling[home], spot{at, word})
	}
}

// guess is the language, without a quote, and the words that speak for it.
func (t *tally) guess() (Guess, []spot) {
	if t.words < minWords {
		return Guess{Lang: Unknown, Rule: "short"}, nil
	}
	best, second := 0, -1
	for i := 1; i < columns; i++ {
		switch {
		case t.cost[i] < t.cost[best]:
			best, second = i, best
		case second < 0 || t.cost[i] < t.cost[second]:
			second = i
		}
	}
	switch {
	case best == columns-1, t.known*100 < t.words*knownShare:
		return Guess{Lang: Unknown, Rule: "other"}, nil
	case t.isNynorsk(Columns[best]):
		return Guess{Lang: "nn", Rule: "words"}, t.nynorskAt
	case t.cost[second]-t.cost[best] < minMargin:
		return Guess{Lang: Unknown, Rule: "unclear"}, nil
	}
	return Guess{Lang: Columns[best], Rule: "words"}, t.telling[best]
}

func (t *tally) isNynorsk(best string) bool {
	if best != "nb" && best != "da" && best != "sv" || t.words > nynorskFrom && t.nynorsk < nynorskMin {
		return false
	}
	return t.nynorsk > t.bokmal && t.nynorsk*nynorskRate >= t.words
}

var nynorskWords = set(`ikkje eg ein eit dei frå kva kvar korleis kvifor kven noko nokon nokre nokor mykje vere vore verte vert vart
	berre gjer seier fekk heile sjølv meir kjem hennar deira difor medan desse hjå fleire blei eigen eiga eige eigne saman skule
	skulen einskild einskilde tilhøve dersom anten barnehagane
	finst brukar lagar ynskjer ønskjer heime heiter veit gjera gjeld fleirtal einaste eitt òg tek gjev framleis`)

// notNynorsk are the same small words in bokmål, Danish and Swedish.
var notNynorsk = set(`ikke jeg fra hva hvor hvordan hvorfor hvem noe noen mye være vært ble bare gjør sier fikk hele selv mer kommer
	hennes deres derfor mens disse flere egen eget skole skolen hvad noget nogle meget blev inte jag från vad någon några mycket vara varit`)

func set(list string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		out[w] = true
	}
	return out
}

// words yields the words of a text in lower case, and where they begin.
func words(text string) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		at := 0
		for w := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
			at += strings.Index(text[at:], w) // what is passed over holds no letter
			if len(w) <= 60 && !yield(at, strings.ToLower(w)) {
				return
			}
			at += len(w)
		}
	}
}

// Trigrams yields the runs of three characters of a word, "_" standing for its edges: ud is _ud and ud_.
func Trigrams(word string) iter.Seq[string] {
	return func(yield func(string) bool) {
		padded := "_" + word + "_"
		for start := range padded {
			end := start
			for range 3 {
				_, size := utf8.DecodeRuneInString(padded[end:])
				end += size
				if size == 0 {
					return
				}
			}
			if !yield(padded[start:end]) {
				return
			}
		}
	}
}
