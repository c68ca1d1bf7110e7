package query

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"smaabornsviden/index"
)

func TestASlipIsLikelierThanACompoundOfOddPieces(t *testing.T) {
	s := searcher(t, "Vuggestuen. En vuggestue.", "Sundhedsplejerske.", "Tilknytning.", "Motorik.", "Børnehave.", "Sprogudvikling.",
		"Skolen er god. Er barnet parat?", "Et skema. En lov om leg.", "Læringsmiljø.")
	tests := []struct{ query, want string }{
		{"vugestue", "vuggestue"},
		{"vuggstue", "vuggestue"},
		{"vuggestuue", "vuggestue"},
		{"sundhedplejerske", "sundhedsplejerske"},
		{"læringmiljø", "læringsmiljø"},
		{"tilknytining", "tilknytning"},
		{"bornehave", "børnehave"},
		{"boernehave", "boernehave"}, // read as børnehave already
		{"sproudvikling", "sprogudvikling"},
		{"skolepartat", "skole parat"}, // skoleparat, a word of the vocabulary; its parts, since no text has it
		{"inklution", "inklusion"},
		{"motorikk", "motorikk"}, // another form of it, as far as anybody can tell
		{"legeskema", "lege skema"},
		{"skolelov", "skole lov"},
		{"KL's", "kl"},
	}
	for _, tt := range tests {
		ans, ids := search(t, s, tt.query)
		if got := ans.Understood.String(); got != tt.want || ids == "" && tt.query != "inklution" && tt.query != "KL's" {
			t.Errorf("%q is read as %q, want %q; it finds %q", tt.query, got, tt.want, ids)
		}
	}
}

func TestAWordThatIsFoundIsNotRepaired(t *testing.T) {
	texts := append(slices.Repeat([]string{"En vuggestue."}, 30), "En vugestue.", "Sprogmapperne.")
	for _, q := range []string{"vugestue", "sprogmappernes"} {
		ans, _ := search(t, searcher(t, texts...), q)
		if w := ans.Understood.Words[0]; w.Kind != "" || w.Missing {
			t.Errorf("%q is read as %+v, want it as it stands", q, w)
		}
	}
}

func TestWordsThatAreJoinedAreNotAskedAbout(t *testing.T) {
	texts := append(slices.Repeat([]string{"Et barn. Børn leger."}, 30), "En børnehave.", "Børne have.")
	ans, _ := search(t, searcher(t, texts...), "børne have")
	if u := ans.Understood; len(u.Offers) > 0 || u.Words[0].Kind != index.Joined {
		t.Errorf("words %+v, offers %+v; want børnehave and none", u.Words, u.Offers)
	}
}

func TestAWordOfTheLexiconThatNothingHasIsAskedAbout(t *testing.T) {
	ans, _ := search(t, searcher(t, slices.Repeat([]string{"Et barn."}, 5)...), "garn")
	want := []Offer{{Word: "garn", Meant: "barn", Query: "barn", Docs: 5}}
	if diff := cmp.Diff(want, ans.Understood.Offers); diff != "" {
		t.Errorf("offers (-want +got):\n%s", diff)
	}
}

// TestAWordOfTheLexiconIsAskedAboutAndNeverReplaced: at most readers are asked about what they may have meant.
func TestAWordOfTheLexiconIsAskedAboutAndNeverReplaced(t *testing.T) {
	tests := []struct {
		query, offered string
		texts          []string
	}{
		{"moderne", "møderne", []string{"Møderne begynder."}},
		{"born", "børn", []string{"Børn leger.", "Børn synger.", "en|Children are born."}},
		{"born", "børn", []string{"Børn leger."}},
		{"haver", "", []string{"Haver og parker.", "Håver."}},
		{"born into poverty", "", []string{"Børn leger.", "en|Born into poverty."}},
	}
	for _, tt := range tests {
		s := searcher(t, tt.texts...)
		ans, _ := search(t, s, tt.query)
		var offers []string
		for _, o := range ans.Understood.Offers {
			offers = append(offers, o.Meant)
		}
		if got := strings.Join(offers, " "); got != tt.offered {
			t.Errorf("%s in %q: offered %q and read as %+v, want %q offered", tt.query, tt.texts, got, ans.Understood.Words, tt.offered)
		}
		if w := ans.Understood.Words[0]; w.Kind == index.Repaired {
			t.Errorf("%s is replaced by %s", tt.query, w.Text)
		}
	}
}

func TestWhatIsLetGoIsCalledAsItWasTyped(t *testing.T) {
	s := searcher(t, "Et skema.", "En leg.")
	ans, ids := search(t, s, "skemaprojekt leg")
	if u := ans.Understood; ids != "b" || len(u.LetGo) != 1 || u.LetGo[0] != "skemaprojekt" {
		t.Errorf("hits %s, let go %q; want b alone, and skemaprojekt, not its parts", ids, u.LetGo)
	}
	ans, _ = search(t, searcher(t, "Sprogudvikling.", "Et sprog."), "sprogudvikling leg")
	for _, w := range ans.Understood.LetGo {
		if w == "" {
			t.Errorf("let go %q has an empty word", ans.Understood.LetGo)
		}
	}
}

func TestNumbersAndAbbreviationsAreAskedForInOneForm(t *testing.T) {
	a := analyzer(t)
	tests := []struct {
		queries []string
		want    string
	}{
		{[]string{"1000 dage", "1.000 dage", "tusind dage", "tusinde dage"}, "1000 dag"},
		{[]string{"1000-dages", "1.000-dages"}, "1000 dag"},
		{[]string{"SFO'en", "SFO’en", "SFO", "SFO's", "SFOer"}, "sfo"},
		{[]string{"forårs-SFO'en", "forårs-SFO"}, "forårs-sfo"},
		{[]string{"FN’s", "FN's", "FNs"}, "fn"},
	}
	for _, tt := range tests {
		for _, q := range tt.queries {
			plan, _ := Build(a, q)
			want, groups := strings.Fields(tt.want), 0
			for _, g := range plan.Groups {
				if g.Occur != index.Should {
					continue
				}
				looksFor := func(a index.Alt) bool {
					return a.Field == index.Lemma && a.Weight == weightLemma && a.Terms[0] == want[groups]
				}
				if groups >= len(want) || !slices.ContainsFunc(g.Alts, looksFor) {
					t.Errorf("%q looks for %+v, want %q among it", q, g.Alts, want)
				}
				groups++
			}
			if groups != len(want) {
				t.Errorf("%q has %d groups, want %d", q, groups, len(want))
			}
		}
	}
}

func TestWordsSpeakForDocumentsThatAreDescribedSo(t *testing.T) {
	a := analyzer(t)
	tests := []struct {
		query string
		want  []Added
	}{
		{"forskning om leg 3-5 år", []Added{
			{ID: "described:Forskning", Kind: index.Described, For: "forskning", Text: "Forskning", Facet: index.FacetType, Value: "forskning"},
			{ID: "described:3-5 år", Kind: index.Described, For: "3-5 år", Text: "3-5 år", Facet: index.FacetAge, Value: "3-5-aar"},
		}},
		{"studier af toårige", []Added{
			{ID: "described:Forskning", Kind: index.Described, For: "studier", Text: "Forskning", Facet: index.FacetType, Value: "forskning"},
			{ID: "described:1-2 år", Kind: index.Described, For: "toårige", Text: "1-2 år", Facet: index.FacetAge, Value: "1-2-aar"},
		}},
		{"forskning", nil}, // alone it is what is searched for
		{`"forskning" leg`, nil},
		{"leg -forskning", nil},
		{"sprog leg", nil},
	}
	for _, tt := range tests {
		plan, u := Draft(a, nil, tt.query, nil)
		u.Added = slices.DeleteFunc(u.Added, func(a Added) bool { return a.Kind == index.PartOf })
		if diff := cmp.Diff(tt.want, beyondForms(u.Added), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%q: added (-want +got):\n%s", tt.query, diff)
		}
		if err := plan.Check(); err != nil {
			t.Errorf("%q: %v", tt.query, err)
		}
		for _, added := range tt.want {
			speaks := func(p index.Plan) bool {
				return slices.ContainsFunc(p.Groups, func(g index.Group) bool {
					return slices.ContainsFunc(g.Alts, func(a index.Alt) bool { return string(a.Field) == added.Facet && a.Terms[0] == added.Value })
				})
			}
			off, _ := Draft(a, nil, tt.query, []string{added.ID})
			if !speaks(plan) || speaks(off) {
				t.Errorf("%q: %s speaks %v, switched off %v; want true, false", tt.query, added.ID, speaks(plan), speaks(off))
			}
		}
	}
}

func TestWordsInsideLongerOnesAreNotedAndCanBeLeftOut(t *testing.T) {
	s := searcher(t, "Garderobeskab.", "En garderobe.", "Sko.")
	ans, ids := search(t, s, "garderobe")
	want := []Added{{ID: "part:garderobe", Kind: index.PartOf, For: "garderobe", Text: "garderobe"}}
	if diff := cmp.Diff(want, beyondForms(ans.Understood.Added)); diff != "" || ids != "ab" {
		t.Errorf("hits %s, added (-want +got):\n%s", ids, diff)
	}
	for _, off := range []string{"part:garderobe", "part"} {
		if _, ids := search(t, s, "garderobe", off); ids != "b" {
			t.Errorf("without %s: hits %s, want b alone", off, ids)
		}
	}
	if ans, _ := search(t, s, "sko"); len(beyondForms(ans.Understood.Added)) > 0 {
		t.Errorf("sko added %+v, though no word holds it", ans.Understood.Added)
	}
}

func TestPartsThatAreEnoughAreNotedAndCanBeLeftOut(t *testing.T) {
	s := searcher(t, "Skolegang.", "En skole har en gang.", "Sprogudvikling.", "Sprog i udvikling.")
	ans, ids := search(t, s, "skolegang")
	want := []Added{{ID: "split:skole gang", Kind: index.Split, For: "skolegang", Text: "skole gang"}}
	if diff := cmp.Diff(want, beyondForms(ans.Understood.Added)); diff != "" || ids != "ab" || !ans.Understood.Near {
		t.Errorf("hits %s, near %v, added (-want +got):\n%s", ids, ans.Understood.Near, diff)
	}
	want[0].Off = true
	for _, off := range []string{"split:skole gang", "split"} {
		ans, ids := search(t, s, "skolegang", off)
		if diff := cmp.Diff(want, beyondForms(ans.Understood.Added)); diff != "" || ids != "a" || ans.Understood.Near {
			t.Errorf("without %s: hits %s, near %v, added (-want +got):\n%s", off, ids, ans.Understood.Near, diff)
		}
	}
	many := searcher(t, slices.Repeat([]string{"Skolegang."}, 30)...)
	if ans, _ := search(t, many, "skolegang"); len(beyondForms(ans.Understood.Added)) > 0 {
		t.Errorf("added %+v, though texts enough have the word", ans.Understood.Added)
	}
}

func TestPartsOfAnUnknownCompoundAreLookedForNearEachOther(t *testing.T) {
	plan := searchPlan(t, searcher(t, "Et skema for leg.", "Leg."), "legeskema")
	for _, a := range plan.Groups[0].Alts {
		if len(a.Terms) != 2 || a.Slop != partsSlop || a.Kind != index.Split {
			t.Errorf("legeskema is looked for as %+v, want its parts near each other", a)
		}
	}
	if len(plan.Groups[0].Alts) != 2 {
		t.Errorf("%d orders of the two parts, want both", len(plan.Groups[0].Alts))
	}
	deep := searchPlan(t, searcher(t, "Et skema om sprog til vurdering."), "sprogvurderingsskema")
	if terms := deep.Groups[0].Alts[0].Terms; !slices.Equal(terms, []string{"sprog", "vurdering", "skema"}) {
		t.Errorf("sprogvurderingsskema is looked for as %q, want the parts that texts have", terms)
	}
}

func searchPlan(t *testing.T, s Searcher, q string) index.Plan {
	t.Helper()
	ans, _ := search(t, s, q)
	return ans.Plan
}

func TestATermForSeveralWordsNamesThemAll(t *testing.T) {
	s := searcher(t, "De første 1000 dage.", "Tilvænning.")
	for q, want := range map[string]string{"1000 dage": "1000 dage", "tusind dage": "tusind dage", "indkøring": ""} {
		ans, _ := search(t, s, q)
		found := 0
		for _, g := range matching(ans.Plan.Groups) {
			for _, a := range g.Alts {
				if a.Kind != index.Synonym {
					continue
				}
				if found++; a.For != want {
					t.Errorf("%q: %q stands for %q in the group of %q, want %q", q, a.Text, a.For, g.Text, want)
				}
			}
		}
		if found == 0 {
			t.Errorf("%q has no synonym", q)
		}
	}
}

func TestWithAndWithoutAWordAddUp(t *testing.T) {
	texts := []string{
		"Leg.", "Leg og sprog.", "Leg og sprogmiljø.", "Leg og læring i dagplejen.", "Leg med sprogene.", "en|Play and language.", "en|Children at play.",
		"Leg i vuggestuen.", "Leg og dialogisk læsning.", "Leg og sprogudvikling.", "En bold.", "Leg i dagtilbud.", "Leg og trivsel.", "en|Play in day care.",
		"Leg og et skema til legen.", "Leg og tilvænning.", "Leg og indkøring.", "KL om leg.", "Leg kl. ti.", "Lege og toddlere.", "Leg for småbørn.",
	}
	s := searcher(t, texts...)
	total := func(q string, off ...string) int {
		ans, err := s.Search(t.Context(), Request{Text: q, Size: 50, Off: off})
		if err != nil {
			t.Fatal(err)
		}
		return ans.Page.Total
	}
	for _, off := range [][]string{nil, {"inflected"}, {"part"}, {"near"}, {"translated", "synonym"}} {
		for _, word := range []string{
			"sprog", "leg", "dagtilbud", "vuggestue", "indkøring", "trivsel", "KL", "legeskema", "sprogmiljø", "play", "toddlere", "sprog*", `"sprog"`, "titel:leg",
		} {
			all, with, without := total("leg", off...), total("leg AND "+word, off...), total("leg NOT "+word, off...)
			if all != with+without {
				t.Errorf("off %v: leg finds %d, with %s %d and without %d", off, all, word, with, without)
			}
		}
	}
}

func TestWhatIsExcludedBesidesIsToldAsSuch(t *testing.T) {
	ans, _ := search(t, searcher(t, "Leg.", "Leg og tilvænning."), "leg -indkøring")
	told := false
	for _, a := range ans.Understood.Added {
		if (a.For == "indkøring") != a.Not {
			t.Errorf("%+v is not told by what becomes of its word", a)
		}
		told = told || a.Text == "tilvænning"
	}
	if !told || ans.Page.Total != 1 {
		t.Errorf("%d hits and %+v, want one without tilvænning, and that told", ans.Page.Total, ans.Understood.Added)
	}
}
