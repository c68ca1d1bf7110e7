package describe

import (
	"slices"
	"strings"

	"smaabornsviden/index"
	"smaabornsviden/index/programmes"
)

// leastNamed is what it takes to attach a document to a programme: its name in the title or the lead, or twice.
const leastNamed = 2.0

// learnProgrammes makes the names of programmes known: one word in any inflection and in compounds, several as they stand.
func learnProgrammes(p *phrases, all programmes.List) error {
	for i, programme := range all {
		for _, alias := range programme.Aliases {
			if err := learnAll(p, []string{namePhrase(alias)}, owner{table: "programme", row: i, weight: 1}); err != nil {
				return err
			}
		}
	}
	return nil
}

func namePhrase(alias string) string {
	all := strings.Fields(strings.ReplaceAll(alias, ",", " "))
	if len(all) == 1 {
		return "*" + all[0]
	}
	for i := range all {
		all[i] = "=" + all[i]
	}
	return strings.Join(all, " ")
}

// attached are the programmes that the document belongs to: by its address, by what its text links to, by name.
func (d *Describer) attached(r *reading) ([]index.Topic, []Fired) {
	named := r.tally("programme", func(*zone, match) float64 { return 1 })
	var out []index.Topic
	var trace []Fired
	for i, programme := range d.programmes {
		score, why := 0.0, index.Reason{}
		if t := slices.IndexFunc(named, func(t tally) bool { return t.row == i }); t >= 0 {
			score, why = named[t].score, index.Reason{Rule: "indsats/navn", Quote: named[t].quote}
		}
		if page := belongs(r.doc, programme.Pages); page != "" {
			score, why = fullTopic, index.Reason{Rule: "indsats/side", Quote: page}
		}
		if score == 0 {
			continue
		}
		won := score >= leastNamed
		if won {
			out = append(out, index.Topic{Slug: programme.Slug, Weight: round(min(1, score/fullTopic)), Reason: why})
		}
		trace = append(trace, Fired{Field: "programme", Value: programme.Slug, Weight: round(score), Reason: why, Won: won})
	}
	return out, trace
}

// belongs quotes the page of a programme that the document lies at or under, or links to.
func belongs(doc *index.Document, pages []string) string {
	for _, page := range pages {
		for _, address := range append([]string{doc.URL}, doc.Refs...) {
			if under(bare(address), bare(page)) {
				return address
			}
		}
	}
	return ""
}

func under(address, page string) bool {
	rest, ok := strings.CutPrefix(address, page)
	return ok && (rest == "" || rest[0] == '/' || rest[0] == '#' || rest[0] == '?')
}

func bare(address string) string {
	if _, rest, ok := strings.Cut(address, "://"); ok {
		address = rest
	}
	return strings.TrimSuffix(strings.TrimPrefix(address, "www."), "/")
}
