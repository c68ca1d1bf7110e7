package indextest

import (
	_ "embed"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"smaabornsviden/index"
)

//go:embed sentences.txt
var sentences string

// Corpus makes n documents of a made-up corpus: the same ones for the same seed. They have all facets,
// unknown dates and ages, three languages, merged groups, empty titles and bodies.
func Corpus(seed uint64, n int) []index.Document {
	w := writer{rand.New(rand.NewPCG(seed, 1)), grammar()}
	docs := make([]index.Document, n)
	for i := range docs {
		docs[i] = w.document(i)
	}
	return docs
}

// grammar reads sentences.txt: the lines of each section.
func grammar() map[string][]string {
	sections := map[string][]string{}
	name := ""
	for line := range strings.Lines(sentences) {
		line = strings.TrimSpace(line)
		if inner, ok := strings.CutPrefix(line, "["); ok {
			name = strings.TrimSuffix(inner, "]")
		} else if line != "" && !strings.HasPrefix(line, "#") {
			sections[name] = append(sections[name], line)
		}
	}
	return sections
}

// writer writes documents by chance.
type writer struct {
	*rand.Rand
	grammar map[string][]string
}

// sentence fills a line of a section in.
func (w *writer) sentence(section string) string {
	lines := w.grammar[section]
	line := lines[w.IntN(len(lines))]
	for {
		before, rest, ok := strings.Cut(line, "{")
		if !ok {
			return line
		}
		name, after, _ := strings.Cut(rest, "}")
		words := w.grammar[name]
		line = before + words[w.IntN(len(words))] + after
	}
}

func (w *writer) text(section string, n int) string {
	var paragraphs []string
	for range n {
		paragraphs = append(paragraphs, w.sentence(section))
	}
	return strings.Join(paragraphs, "\n")
}

// pick returns one of some values.
func pick[T any](w *writer, values ...T) T { return values[w.IntN(len(values))] }

// sources are made-up partners with their sectors.
var sources = []struct{ id, name, sector string }{
	{"lindeby", "Lindeby Kommune", "kommune"},
	{"tidlig", "Videncenter for Tidlig Barndom", "viden"},
	{"forste", "Fonden Første Skridt", "fond"},
	{"stemmen", "Forældrestemmen", "foraeldre"},
	{"fagblad", "Fagbladet Smaa", "medie"},
}

func (w *writer) document(i int) index.Document {
	source := pick(w, sources...)
	url := fmt.Sprintf("https://%s.example/artikel/%d", source.id, i)
	d := index.Document{
		ID: index.NewID(url), URL: url, Source: source.id, SourceName: source.name, Sector: source.sector,
		Title: w.sentence("title"), Body: w.text("da", w.IntN(14)), Format: "html",
		Type: index.Derived{Value: pick(w, index.Types...)},
		Lang: index.Derived{Value: "da", Reason: index.Reason{Rule: "ord", Quote: "og"}},
	}
	switch w.IntN(12) {
	case 0:
		d.Lang.Value, d.Body = "en", w.text("en", 1+w.IntN(8))
	case 1:
		d.Lang.Value = "nb"
	case 2:
		d.Title = ""
	case 3:
		d.Body = w.text("da", 40)
	}
	w.describe(&d)
	for range w.IntN(3) {
		d.Authors = append(d.Authors, pick(w, "Anne", "Søren", "Per", "Åse Marie")+" "+pick(w, "Jensen", "Kjær", "Holm"))
	}
	return d
}

// describe adds dates, topics, ages and merged groups.
func (w *writer) describe(d *index.Document) {
	day := time.Date(2005+w.IntN(20), time.Month(1+w.IntN(12)), 1+w.IntN(28), 0, 0, 0, 0, time.UTC)
	switch w.IntN(6) {
	case 0: // unknown
	case 1:
		d.Updated = index.Date{Time: day, Precision: index.Month}
	default:
		d.Published = index.Date{Time: day, Precision: index.Day}
	}
	for _, slug := range []string{"sprog", "leg", "overgange", "sundhedspleje", "foraeldreskab"} {
		if w.IntN(4) == 0 {
			d.Topics = append(d.Topics, index.Topic{Slug: slug, Weight: .5})
		}
	}
	if w.IntN(3) > 0 {
		from := w.IntN(70) - 9
		d.Age = index.AgeSpan{From: from, To: min(from+w.IntN(60), 83), Known: true}
	}
	switch w.IntN(10) {
	case 0:
		d.Group, d.Merged = "g1", true
	case 1:
		d.Group, d.Merged, d.Face = "g1", true, true
	}
}
