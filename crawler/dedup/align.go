package dedup

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds of what is kept of a text that may be a copy.
const (
	mostWords = 1500 // beginnings as long as this tell
	opening   = 40   // words among which those of the title are looked for
	headWords = 8    // the same first words of two texts are no chance
)

// laid is a text as it is laid beside another: its words in order, each the hash of the word with marks in the lowest bits.
type laid struct {
	words   []uint32
	opening []uint32 // beginnings of the first words, hashed
}

// Marks of a word in a laid text.
const (
	telling uint32 = 1 << iota // a number, or what may be a name
	capital                    // what may be a name
	marks   = telling | capital
)

// numerals are numbers in letters; "en" and "to" stand in too many phrases, but where they are all that differs they tell.
var numerals = map[string]bool{
	"en": true, "to": true, "tre": true, "fire": true, "fem": true, "seks": true, "syv": true, "otte": true, "ni": true, "ti": true, "elleve": true, "tolv": true,
	"one": true, "two": true, "three": true, "four": true, "five": true, "six": true, "seven": true, "eight": true, "nine": true, "ten": true,
}

func lay(text string) laid {
	var r laid
	for w := range strings.FieldsFuncSeq(text, notOfWord) {
		if len(r.words) == mostWords {
			break
		}
		first, _ := utf8.DecodeRuneInString(w)
		low := strings.ToLower(w)
		h := wordOf(low)
		switch {
		case numerals[low] || strings.ContainsAny(w, "0123456789"):
			h |= telling
		case unicode.IsUpper(first):
			h |= telling | capital
		}
		r.words = append(r.words, h)
		if len(r.opening) < opening {
			r.opening = append(r.opening, beginning(low))
		}
	}
	r.words, r.opening = slices.Clone(r.words), slices.Clone(r.opening) // without the room to grow
	return r
}

// beginning makes inflections and compounds of a word alike, "krybbe" and "krybben": 0 for words too short to tell.
func beginning(word string) uint32 {
	const letters = 5
	if utf8.RuneCountInString(word) < letters {
		return 0
	}
	return uint32(hash(string([]rune(word)[:letters])) >> 32)
}

// told reports whether a title has a word of the opening of a text. What a pay wall leaves has none of any title.
func (r laid) told(title string, within int) bool {
	for _, w := range words(title) {
		if h := beginning(w); h != 0 && slices.Contains(r.opening[:min(within, len(r.opening))], h) {
			return true
		}
	}
	return false
}

// sight is what two texts look like beside each other.
type sight struct {
	share    float64 // of the words of the shorter text, those that stand in both in the same order
	replaced int     // places where each has words of its own between the same neighbours
	renamed  int     // of these, where a name or a number is not the same
	slots    int     // of those, where each has a few words only, as in a template that is filled in
	local    bool    // at one of the places each has the name of its own host
}

// gap is a place where two texts have words of their own between the same neighbours.
type gap struct {
	own, others   []uint32
	before, after uint32 // the neighbours, 0 at the ends of the texts
}

// small reports whether each has a few words only, as a template leaves room for.
func (p gap) small() bool { return len(p.own) <= slot && len(p.others) <= slot }

// renamed reports whether a name or a number is not the same.
func (p gap) renamed() bool { return renamed(p.own, p.others) || renamed(p.others, p.own) }

// slot is the most words that a template leaves room for; a host that writes a lead or an end of its own takes more.
const slot = 4

// run is a stretch of words that stands in both texts.
type run struct{ a, b, n int }

// leastRun is the shortest run that counts: two common words stand beside each other in any two texts.
const leastRun = 3

// beside lays two texts beside each other.
func beside(a, b laid, local func(gap) bool) sight {
	var s sight
	matched, i, j := 0, 0, 0
	for _, r := range append(align(a.words, b.words), run{len(a.words), len(b.words), 0}) {
		if p := gapped(a.words, b.words, i, j, r); len(p.own) > 0 && len(p.others) > 0 {
			s.replaced++
			if p.renamed() {
				s.renamed++
				s.slots += btoi(p.small())
			}
			s.local = s.local || local(p)
		}
		matched, i, j = matched+r.n, r.a+r.n, r.b+r.n
	}
	if shorter := min(len(a.words), len(b.words)); shorter > 0 {
		s.share = float64(matched) / float64(shorter)
	}
	return s
}

// gapped is the gap from the places i and j to the next run.
func gapped(a, b []uint32, i, j int, next run) gap {
	p := gap{own: a[i:next.a], others: b[j:next.b]}
	if i > 0 {
		p.before = a[i-1]
	}
	if next.n > 0 {
		p.after = a[next.a]
	}
	return p
}

// aligner looks for common runs of two texts.
type aligner struct {
	a     []uint32
	where map[uint32][]int32 // the places of each word of b
	runs  []run
	// Lengths of the runs that end at each place of b, for the word of a before this one and for this one.
	before, now []int32
}

func align(a, b []uint32) []run {
	al := aligner{a: a, where: map[uint32][]int32{}, before: make([]int32, len(b)), now: make([]int32, len(b))}
	for j, h := range b {
		al.where[h&^marks] = append(al.where[h&^marks], int32(j))
	}
	al.split(0, len(a), 0, len(b))
	slices.SortFunc(al.runs, func(x, y run) int { return x.a - y.a })
	return al.runs
}

// split takes the longest run within both spans, then those before and after it.
func (al *aligner) split(alo, ahi, blo, bhi int) {
	best := al.longest(alo, ahi, int32(blo), int32(bhi))
	if best.n < leastRun {
		return
	}
	al.runs = append(al.runs, best)
	al.split(alo, best.a, blo, best.b)
	al.split(best.a+best.n, ahi, best.b+best.n, bhi)
}

func (al *aligner) longest(alo, ahi int, blo, bhi int32) run {
	var best run
	var last []int32 // places that before speaks of
	for i := alo; i < ahi; i++ {
		places := al.where[al.a[i]&^marks]
		for _, j := range places {
			if j < blo || j >= bhi {
				continue
			}
			n := int32(1)
			if j > blo {
				n += al.before[j-1]
			}
			if al.now[j] = n; int(n) > best.n {
				best = run{i + 1 - int(n), int(j + 1 - n), int(n)}
			}
		}
		for _, j := range last {
			al.before[j] = 0
		}
		al.before, al.now, last = al.now, al.before, places
	}
	for _, j := range last {
		al.before[j] = 0
	}
	return best
}

// renamed reports whether one side has a name or a number that the other has not.
func renamed(own, others []uint32) bool {
	return slices.ContainsFunc(own, func(h uint32) bool { return h&telling != 0 && !slices.Contains(others, h) })
}

// courier is how a host ends what it brings of another's text.
var courier = regexp.MustCompile(`(?i)(?:^|[\n.!?"»”]\s*)((?:læs (?:mere|hele|videre|også|resten|artiklen|nyheden|historien|pressemeddelelsen)|(?:kilde|source|foto)\s?:|read (?:more|the (?:full|whole|rest))|fortsæt læsningen|se hele)[^\n]{0,100})\s*$`)

// core is a text without the lines that lead to where the whole of it stands.
func core(text string) string {
	for {
		m := courier.FindStringSubmatchIndex(text)
		if m == nil {
			return text
		}
		text = strings.TrimRight(text[:m[2]], " \n")
	}
}
