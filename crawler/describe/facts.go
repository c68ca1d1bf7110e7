package describe

import (
	_ "embed" // for the places
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

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
	Free      []string   `yaml:"free"`
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
	Works   []string `yaml:"works"` // where its people work: "til dig, der arbejder i vuggestue"
}

func loadFacts(data []byte, name string) (*facts, error) {
	var f facts
	if err := decode(data, name, &f); err != nil {
		return nil, err
	}
	if len(f.Places) == 0 || len(f.Audiences) == 0 || len(f.Address) == 0 || len(f.Paywall) == 0 || len(f.Free) == 0 || len(f.Home) == 0 || len(f.Work) == 0 {
		return nil, fmt.Errorf("%w: %s: places, audiences, address, paywall, free, home and work are needed", ErrRules, name)
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
		if err := learnAll(p, append(workers(a.Works), a.Direct...), owner{table: "audience", row: i, weight: saidTo}); err != nil {
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
	if err := learnAll(p, f.Free, owner{table: "free"}); err != nil {
		return err
	}
	return learnAll(p, f.Paywall, owner{table: "paywall"})
}

// workers are the ways to speak to those who work at some places.
func workers(places []string) []string {
	var all []string
	for _, who := range []string{"=dig =der =arbejder", "=dig =som =arbejder", "=du =der =arbejder", "=jer =der =arbejder", "=jer =som =arbejder", "=arbejder =du", "=arbejder =I", "=du =arbejder", "=du ansat", "=dig =der =er ansat", "=jer =der =er ansat"} {
		for _, at := range []string{"=i", "=i =en", "=i =et", "=på", "=på =en", "=på =et", "=med"} {
			for _, place := range places {
				all = append(all, who+" "+at+" "+place)
			}
		}
	}
	return all
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
	rule  string
}

// tally adds up the matches of a table by row; worth says what one is worth where it stands, 0 for nothing,
// and by which rule.
func (r *reading) tally(table string, worth func(z *zone, m match) (float64, string)) []tally {
	byRow := map[int]*tally{}
	for i := range r.zones {
		z := &r.zones[i]
		for _, m := range z.matches {
			if m.table != table || z.cited(m) {
				continue
			}
			w, rule := worth(z, m)
			if w *= r.weight(z, m.from); w == 0 {
				continue
			}
			t := byRow[m.row]
			if t == nil {
				t = &tally{row: m.row}
				byRow[m.row] = t
			}
			t.score += w
			if w > t.best {
				t.best, t.quote, t.rule = w, z.quote(m.from, m.to), rule
				if strings.HasSuffix(rule, "/felt") {
					t.quote = z.field(m)
				}
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
		verdict, line := labelled(z, m)
		if bare, _, found := strings.Cut(verdict, " ("); found && len(verdict) > longestGrade {
			verdict = bare // who gave it stands in the quote
		}
		if verdict != "" && len(verdict) <= longestGrade {
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
	l := strings.ToLower(strings.NewReplacer("_", " ", "-", " ", "/", " ", "(", " ", ")", " ").Replace(d.Value))
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
	open := index.Derived{}
	for i := range r.zones {
		z := &r.zones[i]
		for _, m := range z.matches {
			switch why := z.spelt(m); {
			case m.table == "paywall" && why != "":
				return index.Derived{Value: "abonnement", Reason: index.Reason{Rule: why, Quote: z.quote(m.from, m.to)}}
			case m.table == "free" && why == "adgang/linje" && open.Value == "":
				open = index.Derived{Value: "fri", Reason: index.Reason{Rule: why, Quote: z.quote(m.from, m.to)}}
			}
		}
	}
	if l := r.doc.Licence.Value; strings.HasPrefix(l, "CC ") || l == "CC0" {
		return index.Derived{Value: "fri", Reason: index.Reason{Rule: "adgang/licens", Quote: l}}
	}
	return open
}

// spelt is the rule by which words about access are a sign and no part of what a text tells: in the kicker, at the end of the text
// that is left, or filling a line. "" in the middle of an article, where they are its subject.
func (z *zone) spelt(m match) string {
	switch {
	case z.name == inKicker:
		return "adgang/kicker"
	case z.name == inBody && (m.from == 0 || strings.HasSuffix(strings.TrimRight(z.text[:z.tokens[m.from].Start], " \u00a0•*–-"), "\n") || z.word(m.from-1) == "artiklen") && z.fillsLine(m):
		return "adgang/linje"
	case z.name == inBody && len(z.tokens)-m.to < 40:
		return "adgang/tekst"
	}
	return ""
}

// fillsLine reports whether not much follows a match on its line.
func (z *zone) fillsLine(m match) bool {
	line, _, _ := strings.Cut(z.text[z.tokens[m.to].End:], "\n")
	most := 4
	if m.to-m.from >= 3 { // words that nobody says of anything else
		most = 8
	}
	return len(strings.Fields(line)) <= most
}

var ordinals = map[string]int{
	"anden": 2, "andet": 2, "tredje": 3, "fjerde": 4, "femte": 5, "sjette": 6, "syvende": 7, "second": 2, "third": 3, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5,
}

// edition reads "3. udgave", "2. reviderede udgave", "anden udgave" in the title or, for files, in the opening.
func edition(r *reading) index.Derived {
	if r.doc.Type.Rule == frontPage || r.doc.Listing() {
		return index.Derived{} // it stands in a link, and is another's
	}
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
