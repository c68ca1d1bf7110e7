package query

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"smaabornsviden/index"
	"smaabornsviden/index/danish"
)

func analyzer(t testing.TB) *danish.Analyzer {
	t.Helper()
	a, err := danish.New()
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestBuildMakesOneGroupPerWord(t *testing.T) {
	a := analyzer(t)
	tests := []struct {
		name, in  string
		groups    string // text of the matching groups, with their occur
		minShould int
		ignored   string
	}{
		{"words", "indkøring vuggestue", "indkøring vuggestue", 2, ""},
		{"stop words step back", "hvornår skal jeg lave en underretning", "lave underretning", 2, "hvornår skal jeg en"},
		{"only stop words", "er det en", "er det en", 3, ""},
		{"phrase", `"tryg tilknytning"`, `tryg tilknytning`, 1, ""},
		{"excluded", "leg -skole", "leg !skole", 1, ""},
		{"required", "+leg skole", "+leg skole", 1, ""},
		{"either", "vuggestue ELLER dagpleje", "vuggestue eller dagpleje", 1, ""},
		{"either in titles", "titel:(leg ELLER sprog) skole", "+leg eller sprog skole", 1, ""},
		{"nothing", "", "", 0, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			plan, understood := Build(a, tt.in)
			var groups []string
			for _, g := range plan.Groups {
				switch g.Occur {
				case index.Lift:
					continue
				case index.Not:
					groups = append(groups, "!"+g.Text)
				case index.Must:
					groups = append(groups, "+"+g.Text)
				default:
					groups = append(groups, g.Text)
				}
			}
			if got := strings.Join(groups, " "); got != tt.groups {
				t.Errorf("groups = %q, want %q", got, tt.groups)
			}
			if plan.MinShould != tt.minShould {
				t.Errorf("MinShould = %d, want %d", plan.MinShould, tt.minShould)
			}
			if got := strings.Join(understood.Ignored, " "); got != tt.ignored {
				t.Errorf("ignored = %q, want %q", got, tt.ignored)
			}
		})
	}
}

func TestBuildAsksTitles(t *testing.T) {
	a := analyzer(t)
	tests := []struct{ in, alts, words, unread string }{
		{`titel:"indsatserne"`, "=indsatserne", `"indsatserne"`, ""},
		{`titel:"De tidlige indsatser"`, "=de =tidlige =indsatser", `"De tidlige indsatser"`, ""},
		{`titel:(leg OR "legene")`, "leg =legene", `leg eller "legene"`, ""},
		{`titel:("fri leg" OR leg)`, "=fri =leg leg", `"fri leg" eller leg`, ""},
		{"titel:indsatser", "indsats", "indsatser", ""},
		{"titel:indsats*", "indsats =indsats*", "indsats*", ""},
		{"titel:(indsats* OR sprog)", "indsats =indsats* sprog", "indsats* eller sprog", ""},
		{"titel:leg/sprog*", "leg sprog", "leg/sprog", "leg/sprog*"},
	}
	for _, tt := range tests {
		plan, understood := Build(a, tt.in)
		var alts []string
		for _, alt := range plan.Groups[0].Alts {
			written := map[index.Field]string{index.Title: "", index.TitleExact: "="}
			mark, ok := written[alt.Field]
			if !ok {
				t.Errorf("Build(%q) asks %s", tt.in, alt.Field)
			}
			for _, term := range alt.Terms {
				term, _, _ = strings.Cut(term, "|") // its other readings are no matter here
				if alt.Prefix {
					term += "*"
				}
				alts = append(alts, mark+danish.Plain(term))
			}
		}
		got := []string{strings.Join(alts, " "), understood.String(), strings.Join(understood.Unread, " ")}
		if diff := cmp.Diff([]string{tt.alts, tt.words, tt.unread}, got); diff != "" || plan.Groups[0].Occur != index.Must {
			t.Errorf("Build(%q), occurs %v (-want +got):\n%s", tt.in, plan.Groups[0].Occur, diff)
		}
		if err := plan.Check(); err != nil {
			t.Errorf("Build(%q): %v", tt.in, err)
		}
	}
}

func TestBuildReadsFilters(t *testing.T) {
	a := analyzer(t)
	tests := []struct {
		in       string
		filters  []index.Filter
		from, to int
		unread   []string
	}{
		{"år:2020-2024", nil, 20200101, 20241231, nil},
		{"år:2020", nil, 20200101, 20201231, nil},
		{"år:2020-", nil, 20200101, 0, nil},
		{"år:-2020", nil, 0, 20201231, nil},
		{"år:2024-2020", nil, 0, 0, []string{"år:2024-2020"}},
		{"år:20x0", nil, 0, 0, []string{"år:20x0"}},
		{"type:Forskning", []index.Filter{{Facet: "type", Values: []string{"forskning"}}}, 0, 0, nil},
		{"type:forskning type:praksis", []index.Filter{{Facet: "type", Values: []string{"forskning", "praksis"}}}, 0, 0, nil},
		{"alder:0-2", []index.Filter{{Facet: "alder", Values: AgeBuckets("0-2")}}, 0, 0, nil},
		{`alder:"0-2 år"`, []index.Filter{{Facet: "alder", Values: AgeBuckets("0-2")}}, 0, 0, nil},
		{"alder:7-9", nil, 0, 0, []string{"alder:7-9"}},
		{"forfatter:Hansen", []index.Filter{{Facet: "forfatter", Values: []string{"hansen"}}}, 0, 0, nil},
		{`author:"Kjær, Søren" forfatter:Holm`, []index.Filter{{Facet: "forfatter", Values: []string{`"søren kjær"`, "holm"}}}, 0, 0, nil},
		{"forfatter:Hans*", nil, 0, 0, []string{"forfatter:Hans*"}},
		{"forfatter:???", nil, 0, 0, []string{"forfatter:???"}},
		{"-forfatter:Hansen", []index.Filter{{Facet: "forfatter", Values: []string{"hansen"}, Not: true}}, 0, 0, nil},
		{"type:nyhed NOT type:debat -type:forskning", []index.Filter{{Facet: "type", Values: []string{"nyhed"}}, {Facet: "type", Values: []string{"debat", "forskning"}, Not: true}}, 0, 0, nil},
		{"NOT (type:debat OR kilde:x)", []index.Filter{{Facet: "type", Values: []string{"debat"}, Not: true}, {Facet: "kilde", Values: []string{"x"}, Not: true}}, 0, 0, nil},
		{"NOT år:2020-2021 år:2019-", []index.Filter{{Facet: "aar", Values: []string{"2020", "2021"}, Not: true}}, 20190101, 0, nil},
		{"NOT år:2020-", nil, 0, 0, []string{"-år:2020-"}},
		{"år:2020- år:2018-2022", nil, 20200101, 20221231, nil},
		{"type:roman", nil, 0, 0, []string{"type:roman"}},
	}
	for _, tt := range tests {
		plan, understood := Build(a, tt.in)
		if diff := cmp.Diff(tt.filters, plan.Filters); diff != "" {
			t.Errorf("Build(%q) filters (-want +got):\n%s", tt.in, diff)
		}
		if plan.FromDay != tt.from || plan.ToDay != tt.to {
			t.Errorf("Build(%q) days = %d to %d, want %d to %d", tt.in, plan.FromDay, plan.ToDay, tt.from, tt.to)
		}
		if diff := cmp.Diff(tt.unread, understood.Unread); diff != "" {
			t.Errorf("Build(%q) unread (-want +got):\n%s", tt.in, diff)
		}
	}
}

func TestBuildKeepsWithinTheBoundsOfAPlan(t *testing.T) {
	a := analyzer(t)
	for _, q := range []string{
		strings.Repeat("sprogvurdering* ", 40),
		strings.Repeat("ab ", 170),
		strings.Repeat(`"a b c d" `, 50),
	} {
		plan, _ := Build(a, q[:min(len(q), MaxBytes)])
		terms, groups := 0, 0
		for _, g := range plan.Groups {
			if g.Occur != index.Lift {
				groups++
			}
			for _, alt := range g.Alts {
				terms += len(alt.Terms)
				if alt.Prefix {
					terms += index.MaxExpansions - 1
				}
			}
		}
		if terms > index.MaxTerms || groups > index.MaxGroups {
			t.Errorf("Build(%.20q...): %d terms in %d groups, want at most %d in %d", q, terms, groups, index.MaxTerms, index.MaxGroups)
		}
	}
}

func TestSearchRefusesBeforeTheEngineSees(t *testing.T) {
	s := Searcher{Analyzer: analyzer(t)} // an engine would panic
	if _, err := s.Search(t.Context(), Request{Text: strings.Repeat("x", MaxBytes+1)}); !errors.Is(err, ErrTooLong) {
		t.Errorf("long query: %v, want ErrTooLong", err)
	}
	if _, err := s.Search(t.Context(), Request{Text: "010190-1234"}); !errors.Is(err, ErrCPR) {
		t.Errorf("CPR number: %v, want ErrCPR", err)
	}
}

func TestOrJoinsWhateverFieldsAndSignsItsSidesHave(t *testing.T) {
	tests := []struct {
		in, read string
		occur    index.Occur
		fields   []index.Field
	}{
		{"leg OR titel:sprog", "leg eller titel:sprog", index.Must, []index.Field{index.Lemma, index.Title}},
		{"titel:sprog OR leg", "titel:sprog eller leg", index.Must, []index.Field{index.Lemma, index.Title}},
		{"+leg OR sprog", "leg eller sprog", index.Must, []index.Field{index.Lemma}},
		{"leg OR +sprog", "leg eller sprog", index.Must, []index.Field{index.Lemma}},
		{"+(leg OR sprog)", "leg eller sprog", index.Must, []index.Field{index.Lemma}},
		{`leg OR "sprog"`, `leg eller "sprog"`, index.Should, []index.Field{index.Lemma, index.Exact}},
		{"leg OR en", "leg eller en", index.Should, []index.Field{index.Lemma}},
	}
	for _, tt := range tests {
		plan, understood := Build(analyzer(t), tt.in)
		groups := matching(plan.Groups)
		if len(groups) != 1 || groups[0].Occur != tt.occur || understood.Words[0].Text != tt.read {
			t.Errorf("%s: %d groups, read as %+v; want one with %v, read as %q", tt.in, len(groups), understood.Words, tt.occur, tt.read)
			continue
		}
		for _, f := range tt.fields {
			if !slices.ContainsFunc(groups[0].Alts, func(a index.Alt) bool { return a.Field == f }) {
				t.Errorf("%s: no alternative in %s: %+v", tt.in, f, groups[0].Alts)
			}
		}
		if want := 1 - int(tt.occur); plan.MinShould != want {
			t.Errorf("%s: %d words asked, want %d", tt.in, plan.MinShould, want)
		}
	}
}
