package checklist

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"smaabornsviden/crawler/partners"
	"smaabornsviden/index"
	"smaabornsviden/index/programmes"
)

// data tells which slugs and records of a row are missing.
func (w World) data(row Row) []string {
	var why []string
	for _, slug := range row.Topics {
		if _, ok := w.Topics.Topic(slug); !ok {
			why = append(why, "no topic "+slug)
		}
	}
	for _, id := range row.Sources {
		if _, ok := w.Register.Source(id); !ok {
			why = append(why, "no source "+id)
		}
	}
	for _, sector := range row.Sectors {
		if !slices.ContainsFunc(w.Register.Sources, func(s partners.Source) bool { return s.Sector == sector }) {
			why = append(why, "no source of sector "+sector)
		}
	}
	for _, kind := range row.Types {
		if !slices.Contains(index.Types, kind) {
			why = append(why, "no type "+kind)
		}
	}
	return append(why, w.record(row)...)
}

func (w World) record(row Row) []string {
	if row.Programme == "" {
		return nil
	}
	p, ok := w.Programmes.Programme(row.Programme)
	if !ok {
		return []string{"no programme " + row.Programme}
	}
	filled := map[string]bool{
		"about": p.About != "", "aliases": len(p.Aliases) > 1, "history": p.History != "", "goals": len(p.Goals) > 0, "topics": len(p.Topics) > 0,
		"commitments": len(p.Commitments) > 0, "contributions": len(p.Contributions) > 0, "initiatives": len(p.Initiatives) > 0,
		"partners": len(p.Partners) > 0, "audience": p.Audience != "", "age": len(p.Age) == 2, "period": p.Period != "",
		"figures": len(p.Figures) > 0, "plan": len(p.Of(programmes.Plan)) > 0, "result": len(p.Of(programmes.Result)) > 0, "source": p.Source.Name != "",
	}
	var why []string
	for _, field := range row.Has {
		if !filled[field] {
			why = append(why, fmt.Sprintf("programme %s has no %s", row.Programme, field))
		}
	}
	return why
}

// described tells what the describer makes otherwise of texts and seeds.
func (w World) described(row Row) []string {
	var why []string
	for i, text := range slices.Concat(row.Ages, row.Vague) {
		d := index.Document{Title: text, Lang: index.Derived{Value: "da"}}
		w.Describer.Describe(&d, partners.Source{})
		if a := d.Age; !a.Known || a.From != 0 || a.To != 83 || a.Certain != (i < len(row.Ages)) {
			why = append(why, fmt.Sprintf("%q is read as %d to %d months, certain: %v", text, a.From, a.To, a.Certain))
		}
	}
	if row.Seed != nil {
		why = append(why, tagged(row, w.Seeds[*row.Seed])...)
	}
	why = append(why, w.credited(row)...)
	return append(why, w.texts(row)...)
}

// credited tells which documents have another type or other authors than a row says.
func (w World) credited(row Row) []string {
	var why []string
	for _, name := range slices.Sorted(maps.Keys(row.Kinds)) {
		if got := w.Docs[name].Type; got.Value != row.Kinds[name] {
			why = append(why, fmt.Sprintf("%s is %s by %s (%s), want %s", name, or(got.Value), or(got.Rule), got.Quote, row.Kinds[name]))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(row.Authors)) {
		if got := w.Docs[name].Authors; !slices.Equal(got, row.Authors[name]) {
			why = append(why, fmt.Sprintf("%s is by %q, want %q", name, got, row.Authors[name]))
		}
	}
	for _, name := range row.Others {
		if !w.Docs[name].AuthorsMore {
			why = append(why, name+" does not say that it has further authors")
		}
	}
	return why
}

// removed takes a document out and looks for it on its page and under its title.
func (w World) removed(ctx context.Context, row Row) ([]string, error) {
	if row.Removed == "" {
		return nil, nil
	}
	path, err := w.filled("/dokument/{" + row.Removed + "}")
	if err != nil {
		return nil, err
	}
	before, err := w.Open(ctx, path)
	if err != nil {
		return nil, err
	}
	if err := w.Remove(ctx, row.Removed); err != nil {
		return nil, err
	}
	after, err := w.Open(ctx, path)
	if err != nil {
		return nil, err
	}
	var why []string
	if before.Status != http.StatusOK {
		why = append(why, fmt.Sprintf("%s answers %d before it is taken out", path, before.Status))
	}
	if after.Status != http.StatusNotFound && after.Status != http.StatusGone {
		why = append(why, fmt.Sprintf("%s answers %d after it was taken out", path, after.Status))
	}
	got, err := w.Search(ctx, before.Title)
	if slices.Contains(got.Names, row.Removed) {
		why = append(why, fmt.Sprintf("%q still finds %s", before.Title, row.Removed))
	}
	return why, err
}

func tagged(row Row, d index.Document) []string {
	var why []string
	if row.Type != "" && d.Type.Value != row.Type {
		why = append(why, fmt.Sprintf("type %s, want %s", d.Type.Value, row.Type))
	}
	for _, one := range []struct {
		want []string
		got  []index.Topic
	}{{row.Tagged, d.Topics}, {row.Programmes, d.Programmes}} {
		for _, slug := range one.want {
			if !slices.ContainsFunc(one.got, func(t index.Topic) bool { return t.Slug == slug }) {
				why = append(why, "not under "+slug)
			}
		}
	}
	return why
}

// texts looks at the seeds as they were extracted and grouped.
func (w World) texts(row Row) []string {
	var why []string
	all := ""
	for i, d := range w.Seeds {
		all += d.Title + "\n" + d.Body + "\n"
		if row.Undated && !d.ShownDate().IsZero() {
			why = append(why, fmt.Sprintf("seed %d has the date %s", i, d.ShownDate().Quote))
		}
		if row.Apart && d.Merged {
			why = append(why, fmt.Sprintf("seed %d is merged", i))
		}
	}
	for _, text := range row.Without {
		if strings.Contains(all, text) {
			why = append(why, fmt.Sprintf("%q stands in a text", text))
		}
	}
	for _, text := range row.With {
		if !strings.Contains(all, text) {
			why = append(why, fmt.Sprintf("%q stands in no text", text))
		}
	}
	return why
}

// searched tells which queries of a row do not find what they should.
func (w World) searched(ctx context.Context, row Row) ([]string, error) {
	var why []string
	for _, f := range row.Find {
		got, err := w.Search(ctx, f.Q)
		if err != nil {
			return nil, err
		}
		why = append(why, f.missing(got.Names)...)
	}
	for _, word := range slices.Concat(row.Adds, row.Every) {
		got, err := w.Search(ctx, word.Q)
		if err != nil {
			return nil, err
		}
		if slices.Contains(row.Adds, word) {
			why = append(why, word.added(got)...)
		} else {
			why = append(why, word.everywhere(got)...)
		}
	}
	first := ""
	for i, q := range row.Same {
		got, err := w.Search(ctx, q)
		if err != nil {
			return nil, err
		}
		five := strings.Join(got.Names[:min(5, len(got.Names))], ", ")
		if i == 0 {
			first = five
		} else if five != first || five == "" {
			why = append(why, fmt.Sprintf("%q finds %s, %q finds %s", q, or(five), row.Same[0], or(first)))
		}
	}
	return why, nil
}

func or(list string) string {
	if list == "" {
		return "nothing"
	}
	return list
}

func (f Find) missing(names []string) []string {
	var why []string
	for i, doc := range f.Docs {
		rank := slices.Index(names, doc) + 1
		if rank == 0 || i == 0 && f.Top > 0 && rank > f.Top {
			why = append(why, fmt.Sprintf("%q has %s at %d of %d", f.Q, doc, rank, len(names)))
		}
	}
	for _, name := range names {
		if f.Only && !slices.Contains(f.Docs, name) {
			why = append(why, fmt.Sprintf("%q finds %s too", f.Q, name))
		}
	}
	return why
}

func (w Word) added(got Found) []string {
	if slices.ContainsFunc(got.Added, func(a string) bool { return strings.Contains(strings.ToLower(a), w.Word) }) {
		return nil
	}
	return []string{fmt.Sprintf("%q is not widened by %s", w.Q, w.Word)}
}

func (w Word) everywhere(got Found) []string {
	for i, text := range got.Texts {
		has := func(word string) bool { return strings.Contains(strings.ToLower(text), word) }
		if !slices.ContainsFunc(strings.Split(w.Word, "|"), has) {
			return []string{fmt.Sprintf("%q finds %s without %s", w.Q, got.Names[i], w.Word)}
		}
	}
	if len(got.Texts) == 0 {
		return []string{fmt.Sprintf("%q finds nothing", w.Q)}
	}
	return nil
}
