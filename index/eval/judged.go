package eval

import (
	"bytes"
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"smaabornsviden/index"
	"smaabornsviden/index/query"
)

// Judged is a query of our own with every document that answers it, one file each.
type Judged struct {
	Name      string            `yaml:"-"` // of its file
	Query     string            `yaml:"query"`
	Role      string            `yaml:"role"`
	Need      string            `yaml:"need"`
	Phenomena []string          `yaml:"phenomena"`
	Filters   map[string]string `yaml:"filters"`
	// Relevant holds the grade of each document: 2 answers the need, 1 is useful.
	Relevant map[string]int `yaml:"relevant"`
	// Top is the rank by which a task must have its first answer; 0 sets none.
	Top int `yaml:"top"`
	// NotTop are documents that must not stand among the first ten.
	NotTop []string `yaml:"must_not_top10"`
}

// ReadJudged reads the YAML files of a folder in the order of their names. A mistake names its file.
func ReadJudged(files fs.FS, dir string) ([]Judged, error) {
	names, err := fs.Glob(files, path.Join(dir, "*.yaml"))
	if err != nil {
		return nil, fmt.Errorf("list judged queries: %w", err)
	}
	var out []Judged
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("read judged query: %w", err)
		}
		j := Judged{Name: strings.TrimSuffix(path.Base(name), ".yaml")}
		if err := yaml.NewDecoder(bytes.NewReader(data), yaml.Strict()).Decode(&j); err != nil {
			return nil, fmt.Errorf("read judged query %s: %w", name, err)
		}
		if j.Query == "" {
			return nil, fmt.Errorf("read judged query %s: it has no query", name)
		}
		for id, grade := range j.Relevant {
			if grade != 1 && grade != 2 {
				return nil, fmt.Errorf("read judged query %s: grade %d of %s is neither 1 nor 2", name, grade, id)
			}
		}
		out = append(out, j)
	}
	return out, nil
}

// Request is the search that a reader with this need makes.
func (j *Judged) Request() query.Request {
	r := query.Request{Text: j.Query, Size: index.MaxSize}
	for _, facet := range slices.Sorted(maps.Keys(j.Filters)) {
		value, _ := index.Value(facet, j.Filters[facet])
		r.Filters = append(r.Filters, index.Filter{Facet: facet, Values: []string{value}})
	}
	return r
}

// Ranked is the answer to a judged query: the names of the documents, best first, and how the query was read.
type Ranked struct {
	Judged     *Judged
	Documents  []string
	Titles     []string
	Total      int
	Understood query.Understood
	Plan       index.Plan
}

// Rank makes what is kept of an answer. name gives a document's name in the judgements.
func Rank(j *Judged, ans query.Answer, name func(index.Document) string) Ranked {
	r := Ranked{Judged: j, Total: ans.Page.Total, Understood: ans.Understood, Plan: ans.Plan}
	for _, h := range ans.Page.Hits {
		r.Documents = append(r.Documents, name(h.Doc))
		r.Titles = append(r.Titles, h.Doc.Title)
	}
	return r
}

// Scores are the metrics of the answer. ok is false for a query without relevant documents, which has none.
func (r *Ranked) Scores() (s Scores, ok bool) {
	if len(r.Judged.Relevant) == 0 {
		return Scores{}, false
	}
	var ranked []Scored
	for _, d := range r.Documents {
		ranked = append(ranked, Scored{ID: d})
	}
	return Score(r.Judged.Relevant, ranked), true
}

// Fails says what a task asks for and does not get, empty when it gets all.
func (r *Ranked) Fails() string {
	first := 0
	for i, d := range r.Documents {
		if r.Judged.Relevant[d] == 2 && first == 0 {
			first = i + 1
		}
		if i < 10 && slices.Contains(r.Judged.NotTop, d) {
			return fmt.Sprintf("%s stands at %d", d, i+1)
		}
	}
	switch top := r.Judged.Top; {
	case len(r.Judged.Relevant) == 0 && r.Total > 0:
		return fmt.Sprintf("finds %d though nothing is relevant", r.Total)
	case top > 0 && first == 0:
		return fmt.Sprintf("no answer, want one by %d", top)
	case first > top && top > 0:
		return fmt.Sprintf("first answer at %d, want it by %d", first, top)
	}
	return ""
}

// topHits is how many hits a golden file lists.
const topHits = 10

// Golden writes the answer as the text that is kept under version control: how the query was read, where the
// judged documents stand, and the first hits.
func (r *Ranked) Golden() string {
	var b strings.Builder
	fmt.Fprintf(&b, "query: %s\n", r.Judged.Query)
	r.writePlan(&b)
	fmt.Fprintf(&b, "\njudged:\n")
	for _, id := range byGrade(r.Judged.Relevant) {
		rank := "-"
		if i := slices.Index(r.Documents, id); i >= 0 {
			rank = fmt.Sprint(i + 1)
		}
		fmt.Fprintf(&b, "  %-4s grade %d  rank %s\n", id, r.Judged.Relevant[id], rank)
	}
	fmt.Fprintf(&b, "\ntop of %d:\n", r.Total)
	for i, id := range r.Documents[:min(topHits, len(r.Documents))] {
		mark := ' '
		if r.Judged.Relevant[id] > 0 {
			mark = '*'
		}
		fmt.Fprintf(&b, "  %2d %c %-4s %s\n", i+1, mark, id, r.Titles[i])
	}
	return b.String()
}

func (r *Ranked) writePlan(b *strings.Builder) {
	u := &r.Understood
	for _, w := range u.Words {
		note := ""
		if w.Kind != "" {
			note = fmt.Sprintf("  %s from %q", w.Kind, w.Typed)
		}
		if w.Missing {
			note += "  in no document"
		}
		fmt.Fprintf(b, "  %s: %s%s\n", w.Text, strings.Join(w.Forms, ", "), note)
	}
	fmt.Fprintf(b, "  %d of %d words needed, %d documents have all\n", u.Needed, u.Asked, u.Complete)
	if len(u.Ignored) > 0 {
		fmt.Fprintf(b, "  left out: %s\n", strings.Join(u.Ignored, ", "))
	}
	byKind := map[index.Kind][]string{}
	for _, a := range u.Added {
		if a.Kind == index.Inflected {
			continue // the forms stand beside their words already
		}
		byKind[a.Kind] = append(byKind[a.Kind], a.Text)
	}
	for _, k := range slices.Sorted(maps.Keys(byKind)) {
		fmt.Fprintf(b, "  %s: %s\n", k, strings.Join(byKind[k], ", "))
	}
}

func byGrade(relevant map[string]int) []string {
	ids := slices.Collect(maps.Keys(relevant))
	slices.SortFunc(ids, func(a, b string) int { return cmp.Or(relevant[b]-relevant[a], cmp.Compare(a, b)) })
	return ids
}

// Totals writes one line for each answer and the means, as they are kept under version control.
func Totals(answers []Ranked) string {
	var b strings.Builder
	var all []Scores
	fmt.Fprintf(&b, "%-52s %7s %7s %7s\n", "", "nDCG@10", "MRR@10", "R@10")
	for i := range answers {
		r := &answers[i]
		s, ok := r.Scores()
		if !ok {
			fmt.Fprintf(&b, "%-52s %d found, none is right\n", r.Judged.Name, r.Total)
			continue
		}
		all = append(all, s)
		fmt.Fprintf(&b, "%-52s %7.3f %7.3f %7.3f %s\n", r.Judged.Name, s.NDCG10, s.MRR10, s.Recall10, r.Fails())
	}
	m := Mean(all)
	fmt.Fprintf(&b, "%-52s %7.4f %7.4f %7.4f, %d queries, %.3f without a hit\n", "mean", m.NDCG10, m.MRR10, m.Recall10, len(all), m.ZeroHit)
	return b.String()
}
