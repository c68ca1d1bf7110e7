package dedup

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"smaabornsviden/index"
)

// quotations relates a document to the research whose title stands in its text, and keeps the texts of suspects.
func (g *grouping) quotations(docs iter.Seq2[index.Document, error]) error {
	named := map[uint64][]*paper{}
	for _, p := range g.papers {
		if p.kind == research && p.name != "" {
			first := strings.Fields(p.name)[:leastNameWords]
			named[hash(first...)] = append(named[hash(first...)], p)
		}
	}
	for d, err := range docs {
		if err != nil {
			return fmt.Errorf("group documents: %w", err)
		}
		p := g.byID(d.ID)
		if p == nil || p.reserved {
			continue
		}
		g.keep(p, &d)
		if p.kind == research || len(named) == 0 {
			continue
		}
		body, places := words(d.Body), prints{}
		for i := 0; i+leastNameWords <= len(body); i++ {
			works := named[hash(body[i:i+leastNameWords]...)]
			if len(works) > 0 && places.words == nil { // few texts have any title
				places = placed(d.Body)
			}
			for _, o := range places.quoted(i, works) {
				g.relate(p, o, Research, mention(p), index.Reason{Rule: "omtale/titel", Quote: o.title})
			}
		}
	}
	return nil
}

// prints is a text as words in lower case, each with its place in the text and the number of its line.
type prints struct {
	text   string
	words  []string
	starts []int
	ends   []int
	lines  []int
}

func placed(text string) prints {
	p := prints{text: text}
	line, start := 0, -1
	for i, r := range text + "\n" {
		switch {
		case !notOfWord(r) && start < 0:
			start = i
		case notOfWord(r) && start >= 0:
			p.words, p.starts, p.ends, p.lines = append(p.words, strings.ToLower(text[start:i])), append(p.starts, start), append(p.ends, i), append(p.lines, line)
			start = -1
		}
		if r == '\n' {
			line++
		}
	}
	return p
}

// quoted are the works whose name begins at a word; of several that are called alike, those of which the most stands there.
func (p prints) quoted(i int, works []*paper) []*paper {
	var out []*paper
	most := 0
	for _, o := range works {
		n := p.quotes(i, o)
		if n > most {
			out, most = nil, n
		}
		if n > 0 && n == most {
			out = append(out, o)
		}
	}
	return out
}

// leastWholeTitle is how many words a title has to have that nobody writes by chance.
const leastWholeTitle = 6

// quotes is how many words of the work's title begin at a word, in a sentence and as a title; 0 for none.
func (p prints) quotes(i int, o *paper) int {
	n, title := strings.Count(o.name, " ")+1, words(o.title)
	if i+n > len(p.words) || strings.Join(p.words[i:i+n], " ") != o.name {
		return 0
	}
	all := quoted(p.words[i:], title, n)
	if all < len(title) && strings.HasPrefix(p.text[p.ends[i+n-1]:], ": ") { // the second part of another's title
		return 0
	}
	whole := all > n || n == len(title) && n >= leastWholeTitle && p.capital(i)
	if !inProse(p.lines, i, i+all) || !p.asTitle(i, i+n, whole) {
		return 0
	}
	return all
}

func (p prints) capital(i int) bool {
	first, _ := utf8.DecodeRuneInString(p.text[p.starts[i]:])
	return unicode.IsUpper(first)
}

// asTitle reports whether words are written as a title. "Vi arbejder med sprog og leg i børnehaven" is what anybody may say: a title stands
// in quotation marks, begins with a capital letter where no sentence does, goes on with its second part, or is called a report or an article.
func (p prints) asTitle(from, to int, whole bool) bool {
	before, _ := utf8.DecodeLastRuneInString(p.text[:p.starts[from]])
	after, _ := utf8.DecodeRuneInString(p.text[p.ends[to-1]:])
	if whole || strings.ContainsRune(quotationMarks, before) || strings.ContainsRune(quotationMarks, after) {
		return true
	}
	return p.capital(from) && (!p.opens(from) || slices.ContainsFunc(p.words[max(0, from-worksBefore):from], isWork))
}

const quotationMarks = `"»«“”„‘’›‹`

// worksBefore is how many words before a title may call it a work: "rapporten fra VIVE, Leg i hverdagen".
const worksBefore = 5

// workWords are what titles belong to: "forskningsrapporten", "artiklen".
var workWords = []string{"rapport", "artik", "undersøgelse", "studie", "publikation", "evaluering", "forskningsoversigt", "afhandling", "antologi", "report", "article", "study"}

func isWork(word string) bool {
	return word == "bogen" || word == "notatet" || slices.ContainsFunc(workWords, func(w string) bool { return strings.Contains(word, w) })
}

// opens reports whether a sentence or a line begins with a word.
func (p prints) opens(i int) bool {
	before := strings.TrimRight(p.text[:p.starts[i]], " \t\u00a0–-•(")
	return before == "" || strings.ContainsRune(".!?\n\r\f", rune(before[len(before)-1]))
}

// quoted is how many words at the start of a text are the title: all of it, or the n that others call the work by.
func quoted(text, title []string, n int) int {
	if len(title) > n && len(text) >= len(title) && slices.Equal(text[:len(title)], title) {
		return len(title)
	}
	return n
}

// leastAround is how many words beside the title make a sentence of its line; "Læs også: " makes none.
const leastAround = 3

// inProse reports whether the words from one number to another stand in a sentence, and not as an entry of a list or a menu that has
// nothing else on its line.
func inProse(lines []int, from, to int) bool {
	first, last := from, to
	for first > 0 && lines[first-1] == lines[from] {
		first--
	}
	for last < len(lines) && lines[last] == lines[to-1] {
		last++
	}
	return last-first >= to-from+leastAround
}
