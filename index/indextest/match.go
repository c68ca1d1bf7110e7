package indextest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"smaabornsviden/index"
	"smaabornsviden/index/danish"

	"github.com/google/go-cmp/cmp"
)

// sorted are the ids of a page in their own order.
func sorted(p index.Page) []string {
	all := ids(p)
	slices.Sort(all)
	return all
}

// letters are documents of single made-up words, so that nothing but the rule decides.
func letters() []index.Document {
	lang := func(l string) index.Derived { return index.Derived{Value: l} }
	return []index.Document{
		{ID: "1", Title: "ab", Body: "ab bo ce", Lang: lang("da"), Published: date(20200115)},
		{ID: "2", Title: "bo", Body: "bo ce di", Lang: lang("en"), Published: date(20200116)},
		{ID: "3", Title: "ce", Body: "ce di ef", Lang: lang("da"), Updated: date(20210101)},
		{ID: "4", Title: "di", Body: "di ef abba", Lang: lang("nb")},
	}
}

func of(group int) index.Logic               { return index.Logic{Group: group} }
func allOf(args ...index.Logic) index.Logic  { return index.Logic{Op: index.AllOf, Args: args} }
func anyOf(args ...index.Logic) index.Logic  { return index.Logic{Op: index.AnyOf, Args: args} }
func noneOf(args ...index.Logic) index.Logic { return index.Logic{Op: index.NoneOf, Args: args} }

// logic is a plan of groups under a condition.
func logic(l index.Logic, groups ...index.Group) index.Plan {
	p := plan(groups...)
	p.Logic = &l
	return p
}

func (s suite) matching(t *testing.T) {
	e := s.with(t, letters()...)
	in := func(lang string, a index.Alt) index.Alt { a.Lang = lang; return a }
	prefix := func(a index.Alt) index.Alt { a.Prefix = true; return a }
	ab, ce, di, ef := word("ab"), word("ce"), word("di"), word("ef")
	cases := []struct {
		name string
		plan index.Plan
		want string
	}{
		{"no group matches all", plan(), "1 2 3 4"},
		{"one should", plan(group(index.Should, ab)), "1"},
		{"one of two shoulds is enough", plan(group(index.Should, ab), group(index.Should, ef)), "1 3 4"},
		{"two of three shoulds", index.Plan{MinShould: 2, Size: 9, Groups: []index.Group{
			group(index.Should, ab), group(index.Should, ce), group(index.Should, di),
		}}, "1 2 3"},
		{"more than there are", index.Plan{MinShould: 2, Size: 9, Groups: []index.Group{group(index.Should, ab)}}, ""},
		{"a minimum without shoulds says nothing", index.Plan{MinShould: 1, Size: 9}, "1 2 3 4"},
		{"must", plan(group(index.Must, ce), group(index.Must, di)), "2 3"},
		{"shoulds beside a must are free", plan(group(index.Must, ce), group(index.Should, ab)), "1 2 3"},
		{"unless a minimum is asked", index.Plan{MinShould: 1, Size: 9, Groups: []index.Group{
			group(index.Must, ce), group(index.Should, ab),
		}}, "1"},
		{"any of all", logic(anyOf(allOf(of(0), of(1)), of(2)), group(index.Should, ab), group(index.Should, ce), group(index.Should, ef)), "1 3 4"},
		{"all of any", logic(allOf(anyOf(of(0), of(1)), of(2)), group(index.Should, ab), group(index.Should, di), group(index.Should, ce)), "1 2 3"},
		{"an exclusion in an alternative", logic(anyOf(of(0), allOf(of(1), noneOf(of(2)))), group(index.Should, ab), group(index.Should, di), group(index.Not, ce)), "1 4"},
		{"none of all", logic(noneOf(allOf(of(0), of(1))), group(index.Not, ce), group(index.Not, di)), "1 4"},
		{"no alternative stands anywhere", logic(anyOf(of(0), of(1)), group(index.Should, word("zz")), group(index.Should)), ""},
		{"all of nothing", logic(allOf()), "1 2 3 4"},
		{"any of nothing", logic(anyOf()), ""},
		{"a condition within languages", logic(anyOf(of(0), noneOf(of(1))), group(index.Should, in("en", ce)), group(index.Not, in("da", di))), "1 2 4"},
		{"not", plan(group(index.Must, ce), group(index.Not, ab)), "2 3"},
		{"only not", plan(group(index.Not, di)), "1"},
		{"not with alternatives", plan(group(index.Not, ab, ef)), "2"},
		{"lift neither adds nor removes", plan(group(index.Should, ab), group(index.Lift, ef)), "1"},
		{"only lift matches all", plan(group(index.Lift, ef)), "1 2 3 4"},
		{"any alternative", plan(group(index.Must, ab, ef)), "1 3 4"},
		{"a must without alternatives", plan(group(index.Must)), ""},
		{"a should without alternatives", plan(group(index.Should), group(index.Should, ab)), "1"},
		{"a not without alternatives", plan(group(index.Not)), "1 2 3 4"},
		{"unknown word", plan(group(index.Should, word("zz"))), ""},
		{"weight zero still matches", plan(group(index.Must, index.Alt{Field: index.Exact, Terms: []string{"ab"}})), "1"},
		{"a stack is any of its terms", plan(group(index.Must, word("ab|ef"))), "1 3 4"},
		{"only in Danish", plan(group(index.Must, in("da", ce))), "1 3"},
		{"one language for each", plan(group(index.Must, in("en", ce), in("nb", di))), "2 4"},
		{"a language that nobody writes", plan(group(index.Must, in("sv", ce))), ""},
		{"not in English", plan(group(index.Not, in("en", ce))), "1 3 4"},
		{"prefix", plan(group(index.Must, prefix(word("ab")))), "1 4"},
		{"a prefix is no word", plan(group(index.Must, word("abb"))), ""},
		{"a prefix of nothing", plan(group(index.Must, prefix(word("zz")))), ""},
		{"in the title", plan(group(index.Must, index.Alt{Field: index.Title, Terms: lemma(t, "ce"), Weight: 1})), "3"},
		{"as written in the title", plan(group(index.Must, titled("bo"))), "2"},
		{"begun in the title", plan(group(index.Must, prefix(titled("d")))), "4"},
		{"from a day", index.Plan{FromDay: 20200116, Size: 9}, "2 3"},
		{"to a day", index.Plan{ToDay: 20200116, Size: 9}, "1 2"},
		{"between days", index.Plan{FromDay: 20200116, ToDay: 20201231, Size: 9}, "2"},
		{"filter", index.Plan{Filters: []index.Filter{{Facet: index.FacetLang, Values: []string{"da", "nb"}}}, Size: 9}, "1 3 4"},
		{"a filter that excludes", index.Plan{Filters: []index.Filter{{Facet: index.FacetLang, Values: []string{"da", "nb"}, Not: true}}, Size: 9}, "2"},
		{"nothing is excluded", index.Plan{Filters: []index.Filter{{Facet: index.FacetLang, Not: true}}, Size: 9}, "1 2 3 4"},
		{"filters must all hold", index.Plan{Size: 9, Filters: []index.Filter{
			{Facet: index.FacetLang, Values: []string{"da", "nb"}}, {Facet: index.FacetYear, Values: []string{"2020"}},
		}}, "1"},
		{"a filter without values", index.Plan{Filters: []index.Filter{{Facet: index.FacetLang}}, Size: 9}, ""},
		{"a filter with an unknown value", index.Plan{Filters: []index.Filter{{Facet: index.FacetLang, Values: []string{"xx"}}}, Size: 9}, ""},
	}
	for _, c := range cases {
		page := search(t, e, c.plan)
		if got := strings.Join(sorted(page), " "); got != c.want || page.Total != len(page.Hits) {
			t.Errorf("%s: %s: got %q of %d, want %q", c.name, show(c.plan), got, page.Total, c.want)
		}
	}
}

// lemma is a word as the lemma fields have it.
func lemma(t *testing.T, text string) []string {
	t.Helper()
	return []string{strings.Join(analyzer(t).Lemmas(text, "da"), "|")}
}

func (s suite) phrases(t *testing.T) {
	e := s.with(t,
		index.Document{ID: "1", Title: "ab bo", Body: "ce di ef ce di"},
		index.Document{ID: "2", Title: "bo", Body: "ce ef di ab ab"},
		index.Document{ID: "3", Title: "ef", Body: "ab ce bo di"},
	)
	slop := func(n int, a index.Alt) index.Alt { a.Slop = n; return a }
	cases := []struct {
		name string
		alt  index.Alt
		want string
		freq float64 // in the first document of want
	}{
		{"side by side, as often as it stands", word("ce", "di"), "1", 2},
		{"the title counts three times", word("ab", "bo"), "1", 3},
		{"in order only", word("di", "ce"), "", 0},
		{"not across the end of the title", word("bo", "ce"), "", 0},
		{"not from one copy of the title to the next", word("bo", "bo"), "", 0},
		{"three words", word("di", "ef", "ce"), "1", 1},
		{"with a word between", slop(1, word("ce", "di")), "1 2 3", 2},
		{"slop never turns round", slop(5, word("di", "ef")), "1", 1},
		{"the same word twice", word("ab", "ab"), "2", 1},
		{"word for word in the title", titled("ab", "bo"), "1", 1},
		{"the title turned round", titled("bo", "ab"), "", 0},
		{"the title is not the body", titled("ce", "di"), "", 0},
		{"slop over the whole phrase", slop(2, word("ab", "bo", "di")), "3", .5},
		{"too little slop", slop(1, word("ce", "ef", "di", "zz")), "", 0},
		{"a stack at the end", word("ce", "di|ef"), "1 2", 2},
		{"a stack at the start", word("ce|ab", "bo"), "1 3", 3},
		{"two stacks", word("ef|bo", "ce|di"), "1 2 3", 1},
		{"a stack with an unknown word", word("zz|ce", "di"), "1", 2},
		{"an unknown word", word("ce", "zz"), "", 0},
	}
	for _, c := range cases {
		p := plan(group(index.Must, c.alt))
		p.Explain = true
		page := search(t, e, p)
		if got := strings.Join(sorted(page), " "); got != c.want {
			t.Errorf("%s: %s: got %q, want %q", c.name, show(p), got, c.want)
			continue
		}
		for _, h := range page.Hits {
			if c.want != "" && h.Doc.ID == c.want[:1] && h.Why[0].Freq != c.freq {
				t.Errorf("%s: %s: frequency in %s is %v, want %v", c.name, show(p), h.Doc.ID, h.Why[0].Freq, c.freq)
			}
		}
	}
}

func (s suite) merged(t *testing.T) {
	e := s.with(t,
		index.Document{ID: "alone", Title: "ord", Source: "a"},
		index.Document{ID: "face", Title: "ord", Source: "a", Group: "g", Face: true, Merged: true, MoreOf: 1},
		index.Document{ID: "behind", Title: "ord ord", Source: "b", Group: "g", Merged: true},
		index.Document{ID: "edition", Title: "ord", Source: "b", Group: "h"},
	)
	p := plan(group(index.Must, word("ord")))
	p.Facets = []string{index.FacetSource}
	check := func(want []string, sources ...index.FacetValue) {
		t.Helper()
		page := search(t, e, p)
		if diff := cmp.Diff(want, sorted(page)); diff != "" || page.Total != len(want) {
			t.Errorf("include merged %v: total %d (-want +got)\n%s", p.IncludeMerged, page.Total, diff)
		}
		if diff := cmp.Diff(sources, page.Facets[0].Values); diff != "" {
			t.Errorf("include merged %v: sources (-want +got)\n%s", p.IncludeMerged, diff)
		}
	}
	check([]string{"alone", "edition", "face"}, index.FacetValue{Value: "a", Count: 2}, index.FacetValue{Value: "b", Count: 1})
	p.IncludeMerged = true
	check([]string{"alone", "behind", "edition", "face"}, index.FacetValue{Value: "a", Count: 2}, index.FacetValue{Value: "b", Count: 2})
	if d, err := e.Document(t.Context(), "behind"); err != nil || d.ID != "behind" {
		t.Errorf("a document behind a face cannot be read: %v", err)
	}
	if stats, err := e.Stats(t.Context()); err != nil || stats.Documents != 4 {
		t.Errorf("stats count %d documents, %v; want all 4", stats.Documents, err)
	}
}

func (s suite) facets(t *testing.T) {
	doc := func(id, source, kind string, day int, topics ...string) index.Document {
		d := index.Document{ID: id, Title: "ord", Source: source, Type: index.Derived{Value: kind}}
		if day > 0 {
			d.Published = date(day)
		}
		for _, slug := range topics {
			d.Topics = append(d.Topics, index.Topic{Slug: slug, Weight: 1})
		}
		return d
	}
	e := s.with(t,
		doc("1", "a", "nyhed", 20200101, "leg", "sprog"), doc("2", "a", "debat", 20210101, "leg"),
		doc("3", "b", "nyhed", 20210601), doc("4", "b", "", 0, "søvn"), doc("5", "c", "debat", 20200505, "sprog"),
		index.Document{ID: "other", Title: "andet", Source: "a"},
	)
	filter := func(pairs ...string) []index.Filter {
		var f []index.Filter
		for i := 0; i < len(pairs); i += 2 {
			f = append(f, index.Filter{Facet: pairs[i], Values: strings.Split(pairs[i+1], ",")})
		}
		return f
	}
	cases := []struct {
		name    string
		filters []index.Filter
		from    int
		total   int
		want    string
	}{
		{"no filter", nil, 0, 5, "kilde a=2 b=2 c=1; type debat=2 nyhed=2; aar 2020=2 2021=2; emne leg=2 sprog=2 søvn=1"},
		{"its own filter is left out", filter("kilde", "a"), 0, 2, "kilde a=2 b=2 c=1; type debat=1 nyhed=1; aar 2020=1 2021=1; emne leg=2 sprog=1"},
		{"several values", filter("kilde", "a,c"), 0, 3, "kilde a=2 b=2 c=1; type debat=2 nyhed=1; aar 2020=2 2021=1; emne leg=2 sprog=2"},
		{
			"two filters, each left out of its own", filter("kilde", "a", "type", "nyhed"), 0, 1,
			"kilde a=1 b=1; type debat=1 nyhed=1; aar 2020=1; emne leg=1 sprog=1",
		},
		{"no hits, but other values", filter("kilde", "c", "type", "nyhed"), 0, 0, "kilde a=1 b=1; type debat=1; aar; emne"},
		{"one facet filtered twice", filter("emne", "leg", "emne", "sprog"), 0, 1, "kilde a=1; type nyhed=1; aar 2020=1; emne leg=2 sprog=2 søvn=1"},
		{"what is excluded is left out of its own counts", []index.Filter{{Facet: "type", Values: []string{"debat"}, Not: true}}, 0, 3, "kilde b=2 a=1; type nyhed=2; aar 2020=1 2021=1; emne leg=1 sprog=1 søvn=1"},
		{
			"excluded beside chosen", append(filter("type", "nyhed"), index.Filter{Facet: "emne", Values: []string{"leg"}, Not: true}), 0, 1,
			"kilde b=1; type debat=1 nyhed=1; aar 2021=1; emne",
		},
		{"bounds of time hold everywhere", nil, 20210101, 2, "kilde a=1 b=1; type debat=1 nyhed=1; aar 2021=2; emne leg=1"},
	}
	for _, c := range cases {
		p := plan(group(index.Must, word("ord")))
		p.Filters, p.FromDay = c.filters, c.from
		p.Facets = []string{index.FacetSource, index.FacetType, index.FacetYear, index.FacetTopic}
		page := search(t, e, p)
		if got := counts(page.Facets); got != c.want || page.Total != c.total {
			t.Errorf("%s: total %d, want %d\n got %s\nwant %s", c.name, page.Total, c.total, got, c.want)
		}
	}
	p := plan()
	p.Facets = []string{index.FacetAge, index.FacetLang}
	if got, want := counts(search(t, e, p).Facets), "alder ikke-angivet=6; sprog"; got != want {
		t.Errorf("facets without data: got %s, want %s", got, want)
	}
}

func (s suite) authors(t *testing.T) {
	by := func(id, source string, authors ...string) index.Document {
		return index.Document{ID: id, Title: "ord", Source: source, Authors: authors}
	}
	e := s.with(t,
		by("1", "a", "Anne Jensen"), by("2", "a", "Søren Kjær", "Anne Holm"), by("3", "b", "Jensen, Anne Marie"),
		by("4", "b", "Anne Hansen", "Bo Jensen"), by("5", "b"),
		index.Document{ID: "6", Title: "Anne Jensen", Body: "Anne Jensen", Source: "c"},
	)
	cases := []struct {
		name  string
		asked []string
		want  string
		count string
	}{
		{"a family name", []string{"Jensen"}, "1 3 4", "kilde b=2 a=1"},
		{"the words of one author", []string{"Anne Jensen"}, "1 3", "kilde a=1 b=1"},
		{"without its letters", []string{"soren kjaer"}, "2", "kilde a=1"},
		{"any of several", []string{"Kjær", "Hansen"}, "2 4", "kilde a=1 b=1"},
		{"nobody", []string{"Thorsen"}, "", "kilde"},
		{"as it is written", []string{`"Søren Kjær"`}, "2", "kilde a=1"},
		{"not as it is written", []string{`"Soren Kjaer"`, `"Jensen Anne"`}, "", "kilde"},
		{"nothing asked", nil, "", "kilde"},
	}
	for _, c := range cases {
		f := index.Filter{Facet: index.ByAuthor}
		for _, name := range c.asked {
			f.Values = append(f.Values, danish.NameKey(name))
		}
		page := search(t, e, index.Plan{Filters: []index.Filter{f}, Size: 9, Facets: []string{index.FacetSource}})
		if got := strings.Join(sorted(page), " "); got != c.want || page.Total != len(page.Hits) || counts(page.Facets) != c.count {
			t.Errorf("%s: got %q of %d (%s), want %q (%s)", c.name, got, page.Total, counts(page.Facets), c.want, c.count)
		}
	}
	jensen := index.Filter{Facet: index.ByAuthor, Values: []string{danish.NameKey("Jensen")}}
	both := []index.Filter{jensen, {Facet: index.FacetSource, Values: []string{"b"}}}
	page := search(t, e, index.Plan{Filters: both, Size: 9, Facets: []string{index.FacetSource}})
	if got := strings.Join(sorted(page), " "); got != "3 4" || counts(page.Facets) != "kilde b=2 a=1" {
		t.Errorf("beside a facet: got %q (%s)", got, counts(page.Facets))
	}
	jensen.Not = true
	page = search(t, e, index.Plan{Filters: []index.Filter{jensen}, Size: 9, Facets: []string{index.FacetSource}})
	if got := strings.Join(sorted(page), " "); got != "2 5 6" || counts(page.Facets) != "kilde a=1 b=1 c=1" {
		t.Errorf("without an author: got %q (%s)", got, counts(page.Facets))
	}
	jensen.Not = false
	apply(t, e, index.Batch{Puts: []index.Document{by("1", "a", "Anne Holm")}, Deletes: []string{"3"}, Seq: 2})
	if got := ids(search(t, e, index.Plan{Filters: []index.Filter{jensen}, Size: 9})); strings.Join(got, " ") != "4" {
		t.Errorf("after a change of author: got %q, want 4 alone", got)
	}
}

// counts writes facets as one line.
func counts(facets []index.Facet) string {
	var all []string
	for _, f := range facets {
		line := f.Name
		for _, v := range f.Values {
			line += fmt.Sprintf(" %s=%d", v.Value, v.Count)
		}
		all = append(all, line)
	}
	return strings.Join(all, "; ")
}
