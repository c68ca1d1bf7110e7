package describe

import (
	_ "embed" // for the places
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"smaabornsviden/crawler/partners"
	"smaabornsviden/index"
)

//go:embed facts.yaml
var factsFile []byte

// facts are the names that documents are searched for.
type facts struct {
	Places    []place    `yaml:"places"`
	Audiences []audience `yaml:"audiences"`
	Address   []string   `yaml:"address"`
	Grades    []string   `yaml:"grades"`
	Paywall   []string   `yaml:"paywall"`
	Home      []string   `yaml:"home"`
	Work      []string   `yaml:"work"`
}

type place struct {
	Name      string   `yaml:"name"`
	Also      []string `yaml:"also"`
	Ambiguous bool     `yaml:"ambiguous"`
}

type audience struct {
	Label   string   `yaml:"label"`
	Phrases []string `yaml:"phrases"`
	Direct  []string `yaml:"direct"`
}

func loadFacts(data []byte, name string) (*facts, error) {
	var f facts
	if err := decode(data, name, &f); err != nil {
		return nil, err
	}
	if len(f.Places) == 0 || len(f.Audiences) == 0 || len(f.Address) == 0 || len(f.Paywall) == 0 || len(f.Home) == 0 || len(f.Work) == 0 {
		return nil, fmt.Errorf("%w: %s: places, audiences, address, paywall, home and work are needed", ErrRules, name)
	}
	return &f, nil
}

// learn makes the names known, those of places also in the genitive.
func (f *facts) learn(p *phrases) error {
	for i, pl := range f.Places {
		for _, name := range append([]string{pl.Name}, pl.Also...) {
			forms := []string{"=" + strings.ReplaceAll(name, " ", " ="), "=" + strings.ReplaceAll(name, " ", " =") + "s"}
			if err := learnAll(p, forms, owner{table: "place", row: i}); err != nil {
				return err
			}
		}
	}
	for i, a := range f.Audiences {
		if err := learnAll(p, a.Phrases, owner{table: "audience", row: i}); err != nil {
			return err
		}
		if err := learnAll(p, a.Direct, owner{table: "audience", row: i, weight: saidTo}); err != nil {
			return err
		}
	}
	if err := learnAll(p, f.Address, owner{table: "address"}); err != nil {
		return err
	}
	if err := learnAll(p, f.Grades, owner{table: "grade"}); err != nil {
		return err
	}
	for table, all := range map[string][]string{"home": f.Home, "work": f.Work} {
		for i, text := range all { // each a row of its own, since they are counted
			if err := learnAll(p, []string{text}, owner{table: table, row: i}); err != nil {
				return err
			}
		}
	}
	return learnAll(p, f.Paywall, owner{table: "paywall"})
}

func learnAll(p *phrases, texts []string, o owner) error {
	for _, text := range texts {
		if err := p.add(text, o); err != nil {
			return fmt.Errorf("%w: %w", ErrRules, err)
		}
	}
	return nil
}

// tally is a name and what speaks for it.
type tally struct {
	row   int
	score float64
	best  float64
	quote string
}

// count adds up the matches of a table by row; worth says what one is worth where it stands, 0 for nothing.
func (r *reading) tally(table string, worth func(z *zone, m match) float64) []tally {
	byRow := map[int]*tally{}
	for i := range r.zones {
		z := &r.zones[i]
		for _, m := range z.matches {
			if m.table != table || z.cited(m) {
				continue
			}
			w := worth(z, m) * r.weight(z, m.from)
			if w == 0 {
				continue
			}
			t := byRow[m.row]
			if t == nil {
				t = &tally{row: m.row}
				byRow[m.row] = t
			}
			t.score += w
			if w > t.best {
				t.best, t.quote = w, z.quote(m.from, m.to)
			}
		}
	}
	var all []tally
	for _, t := range byRow {
		all = append(all, *t)
	}
	slices.SortFunc(all, func(a, b tally) int {
		if a.score != b.score {
			return sign(b.score - a.score)
		}
		return a.row - b.row
	})
	return all
}

// place is the municipality that a document is about: its sender's own, or the one named far more than others.
func (d *Describer) place(r *reading, src partners.Source) index.Derived {
	if src.Sector == "kommune" {
		if name, _, ok := strings.Cut(src.Name, " Kommune"); ok {
			return index.Derived{Value: name, Reason: index.Reason{Rule: "sted/kilde", Quote: src.Name}}
		}
	}
	const lead = 1.5
	least := 3.0
	if src.Sector == "kommune" {
		least = leadWeight // a municipality that names a town in its opening is at home there
	}
	all := r.tally("place", d.named)
	if len(all) == 0 || all[0].score < least || len(all) > 1 && all[0].score < lead*all[1].score {
		return index.Derived{}
	}
	return index.Derived{Value: d.facts.Places[all[0].row].Name, Reason: index.Reason{Rule: "sted/kommunenavn", Quote: all[0].quote}}
}

// named is what one mention of a municipality counts: names begin with a capital, and "Kommune" makes them sure.
func (d *Describer) named(z *zone, m match) float64 {
	if !capital(z.tokens[m.from].Surface) {
		return 0
	}
	switch {
	case z.municipal(m):
		return 2
	case z.surname(m) || z.ofInstitute(m):
		return 0
	case d.facts.Places[m.row].Ambiguous:
		return 0
	}
	return 1
}

// surname reports whether the name of a place stands behind a given name or an initial, as in "Anna Fanø" and "A. Herning".
func (z *zone) surname(m match) bool {
	if m.from == 0 {
		return false
	}
	before := &z.tokens[m.from-1]
	switch between := z.between(m.from - 1); {
	case between == ". ":
		return utf8.RuneCountInString(before.Surface) == 1 && capital(before.Surface)
	case between != " ":
		return false
	}
	return writtenAsName(before.Surface) && !before.Stop && !slices.Contains(placing, before.Text) && !strings.HasSuffix(before.Text, "kommune")
}

// placing are words with a capital that may stand before the name of a place.
var placing = []string{
	"i", "på", "fra", "ved", "til", "hos", "om", "omkring", "nær", "nord", "syd", "øst", "vest", "nordlige", "sydlige", "gammel", "ny", "nye", "hele", "region", "kommunen", "byen", "øen", "midt", "stor", "greater", "in", "at", "from", "kommunerne",
}

// institutes are what a place may lend its name to, far beyond itself; those that end otherwise begin so.
var institutes = []string{
	"universitet", "university", "professionshøjskole", "erhvervsakademi", "seminarium", "hospital", "sygehus", "stift", "folkeblad", "avis", "dagblad", "festival", "business", "school", "amts", "tekniske", "katedralskole", "forlag", "press",
}

// ofInstitute reports whether a place stands in the name of an institute: "Aalborg Universitet".
func (z *zone) ofInstitute(m match) bool {
	if m.to+1 >= len(z.tokens) || z.between(m.to) != " " {
		return false
	}
	next := z.tokens[m.to+1]
	return capital(next.Surface) && slices.ContainsFunc(institutes, func(w string) bool { return strings.HasPrefix(next.Text, w) })
}

// municipal reports whether "Kommune" makes a name sure: right behind it, or at one end of a list that the name stands in, of
// which no name leads: "Herlev, Vejle og Skive Kommune", "kommunerne Vejle og Skive".
func (z *zone) municipal(m match) bool {
	if end := m.to + 1; end < len(z.tokens) && strings.HasPrefix(z.tokens[end].Text, "kommune") {
		return true
	}
	// "Jelling, Vejle Kommune" is no list but tells where Jelling is: one that nothing joins must be of "kommuner".
	behind, joined := z.listEnd(m.to, 1)
	if word := z.word(behind); strings.HasPrefix(word, "kommuner") || joined && strings.HasPrefix(word, "kommune") {
		return true
	}
	before, _ := z.listEnd(m.from, -1)
	word := z.word(before)
	return word == "kommuner" || word == "kommunerne"
}

// listEnd walks from a name over the others of its list, forwards or backwards, and returns the token behind the last one and
// whether an "og" was among them.
func (z *zone) listEnd(at, step int) (end int, joined bool) {
	for {
		at += step
		if at < 0 || at >= len(z.tokens) {
			return at, joined
		}
		left := min(at, at-step)
		between := strings.TrimSpace(z.text[z.tokens[left].End:z.tokens[left+1].Start])
		switch word := z.tokens[at].Text; {
		case between != "" && between != "," && between != "/" && between != "&":
			return -1, false
		case strings.HasPrefix(word, "kommune"):
			if between != "" {
				return -1, false
			}
			return at, joined
		case word == "og" || word == "samt" || word == "eller":
			if between != "" { // behind a comma it begins a clause
				return -1, false
			}
			joined = true
		case !capital(z.tokens[at].Surface):
			return -1, false
		default:
			joined = joined || between == "/" || between == "&"
		}
	}
}

// word is the text of a token, empty outside the zone.
func (z *zone) word(at int) string {
	if at < 0 || at >= len(z.tokens) {
		return ""
	}
	return z.tokens[at].Text
}

func capital(word string) bool {
	first, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(first)
}

// longestGrade bounds the words of a verdict in bytes: what is longer is a text about quality.
const longestGrade = 60

// grade is the source's own verdict on a work, as its page writes it in a line of its own. Where several are given, the
// first stands; none is worked out by us.
func grade(r *reading) index.Derived {
	z := r.zone(inBody)
	for _, m := range z.matches {
		if m.table != "grade" || !m.whole || !opensLine(z, m) {
			continue
		}
		if verdict, line := labelled(z, m); verdict != "" && len(verdict) <= longestGrade {
			return index.Derived{Value: verdict, Reason: index.Reason{Rule: "vurdering/kildens", Quote: line}}
		}
	}
	return index.Derived{}
}

// labelled is what stands behind the colon of a label or, where its line holds no more, on the next line; and all of it.
func labelled(z *zone, m match) (value, quote string) {
	start := z.tokens[m.from].Start
	line, rest, _ := strings.Cut(z.text[start:], "\n")
	value, colon := strings.CutPrefix(strings.TrimSpace(line[min(len(line), z.tokens[m.to].End-start):]), ":")
	if value = strings.TrimSpace(value); value != "" && !colon {
		return "", "" // a sentence that begins with the word
	}
	if value == "" {
		next, _, _ := strings.Cut(rest, "\n")
		value, line = strings.TrimSpace(next), line+" "+next
	}
	return strings.TrimSuffix(value, "."), strings.Join(strings.Fields(line), " ")
}

// licence writes a Creative Commons licence in one way and leaves all others as their source writes them.
func licence(d index.Derived) index.Derived {
	l := strings.ToLower(strings.NewReplacer("_", " ", "-", " ", "(", " ", ")", " ").Replace(d.Value))
	words := strings.Fields(l)
	if len(words) == 0 || len(l) > 120 || !(words[0] == "cc" || words[0] == "cc0" || strings.HasPrefix(l, "creative commons")) {
		return d
	}
	if words[0] == "cc0" || slices.Contains(words, "zero") {
		d.Value = "CC0"
		return d
	}
	terms := []string{}
	for _, t := range []struct{ code, names string }{
		{"BY", "by attribution navngivelse kreditering"},
		{"NC", "nc noncommercial commercial ikkekommerciel ikke-kommerciel kommerciel"},
		{"SA", "sa sharealike alike del delpåsammevilkår"},
		{"ND", "nd noderivatives noderivs derivatives derivs ingenbearbejdelse ingenbearbejdelser bearbejdelse bearbejdelser"},
	} {
		if slices.ContainsFunc(words, func(w string) bool { return slices.Contains(strings.Fields(t.names), w) }) {
			terms = append(terms, t.code)
		}
	}
	if len(terms) == 0 {
		return d
	}
	d.Value = "CC " + strings.Join(terms, "-")
	for _, w := range words {
		if _, err := strconv.ParseFloat(w, 64); err == nil && len(w) <= 3 {
			d.Value += " " + w
			break
		}
	}
	return d
}

// access keeps what the page declares; else an open licence says that it is free, and its own words that it is not.
func (d *Describer) access(r *reading) index.Derived {
	if a := r.doc.Access; a.Value != "" && !strings.HasPrefix(a.Rule, "adgang/") {
		return a
	}
	for i := range r.zones {
		z := &r.zones[i]
		for _, m := range z.matches {
			if m.table == "paywall" && z.name == inBody && atAnEnd(z, m) {
				return index.Derived{Value: "abonnement", Reason: index.Reason{Rule: "adgang/tekst", Quote: z.quote(m.from, m.to)}}
			}
		}
	}
	if l := r.doc.Licence.Value; strings.HasPrefix(l, "CC ") || l == "CC0" {
		return index.Derived{Value: "fri", Reason: index.Reason{Rule: "adgang/licens", Quote: l}}
	}
	return index.Derived{}
}

// atAnEnd: a wall stands at the end of the text that is left; in the middle of an article the words are its subject.
func atAnEnd(z *zone, m match) bool { return len(z.tokens)-m.to < 40 }

var ordinals = map[string]int{
	"anden": 2, "andet": 2, "tredje": 3, "fjerde": 4, "femte": 5, "sjette": 6, "syvende": 7, "second": 2, "third": 3, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5,
}

// edition reads "3. udgave", "2. reviderede udgave", "anden udgave" in the title or, for files, in the opening.
func edition(r *reading) index.Derived {
	for _, in := range []string{inTitle, inAbstract, inBody} {
		z := r.zone(in)
		most := len(z.tokens)
		if in != inTitle {
			most = min(most, earlyWords)
		}
		for i := 1; i < most; i++ {
			if n, from := editionAt(z, i); n > 0 {
				return index.Derived{Value: strconv.Itoa(n) + ". udgave", Reason: index.Reason{Rule: "udgave/" + in, Quote: z.span(from, i)}}
			}
		}
	}
	return index.Derived{}
}

// editionAt is the number of the edition whose word stands at a token, and the token of the number; 0 for none.
func editionAt(z *zone, i int) (n, from int) {
	switch z.tokens[i].Text {
	case "udgave", "udg", "edition", "utgave", "upplagan":
	default:
		return 0, 0
	}
	for k := i - 1; k >= max(0, i-2); k-- {
		word := z.tokens[k].Text
		if n, ok := ordinals[word]; ok {
			return n, k
		}
		if n, err := strconv.Atoi(word); err == nil && n > 0 && n < 100 {
			return n, k
		}
	}
	return 0, 0
}
