package query

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"smaabornsviden/index"
	"smaabornsviden/index/danish"
	"smaabornsviden/index/vocab"
)

// shelf is an engine of a few texts. It knows which terms a text has, not where: a phrase is there when its words are.
type shelf struct {
	index.Engine
	texts []map[string]bool // field:term
	langs []string
}

func newShelf(a *danish.Analyzer, texts ...string) *shelf {
	s := &shelf{}
	for _, text := range texts {
		lang, body, ok := strings.Cut(text, "|")
		if !ok {
			lang, body = "da", text
		}
		terms := map[string]bool{}
		fields := a.Fields("", body, lang)
		for name, f := range fields.All() {
			for _, t := range f.Terms {
				terms[name+":"+t.Text] = true
			}
		}
		s.texts, s.langs = append(s.texts, terms), append(s.langs, lang)
	}
	return s
}

func (s *shelf) Documents(context.Context) (int, error) { return len(s.texts), nil }

func (s *shelf) DocFreq(_ context.Context, f index.Field, terms []string) ([]int, error) {
	if f.Facet() { // engines count words
		return nil, fmt.Errorf("%w: words of %s", index.ErrPlan, f)
	}
	out := make([]int, len(terms))
	for i, t := range terms {
		for _, text := range s.texts {
			if text[string(f)+":"+t] {
				out[i]++
			}
		}
	}
	return out, nil
}

func (s *shelf) Terms(_ context.Context, f index.Field, prefix string, n int) ([]index.Term, error) {
	counts := map[string]int{}
	for _, text := range s.texts {
		for key := range text {
			if word, ok := strings.CutPrefix(key, string(f)+":"); ok && strings.HasPrefix(word, prefix) {
				counts[word]++
			}
		}
	}
	var out []index.Term
	for word, n := range counts {
		out = append(out, index.Term{Text: word, Docs: n})
	}
	slices.SortFunc(out, func(a, b index.Term) int { return strings.Compare(a.Text, b.Text) })
	slices.SortStableFunc(out, func(a, b index.Term) int { return b.Docs - a.Docs })
	return out[:min(n, len(out))], nil
}

func (s *shelf) Search(_ context.Context, p index.Plan) (index.Page, error) {
	if err := p.Check(); err != nil {
		return index.Page{}, err
	}
	var page index.Page
	for i := range s.texts {
		var hit index.Hit
		matched, lacking := 0, slices.ContainsFunc(p.Filters, func(f index.Filter) bool { return f.Facet == index.FacetLang && !slices.Contains(f.Values, s.langs[i]) })
		for g, group := range p.Groups {
			if group.Occur == index.Should && slices.ContainsFunc(group.Alts, func(a index.Alt) bool { return s.has(i, a) }) {
				matched++
				hit.Why = append(hit.Why, index.Because{Group: g})
			}
			if any := slices.ContainsFunc(group.Alts, func(a index.Alt) bool { return s.has(i, a) }); any {
				lacking = lacking || group.Occur == index.Not
			} else {
				lacking = lacking || group.Occur == index.Must
			}
		}
		if matched >= p.MinShould && !lacking && (matched > 0 || p.MinShould == 0 && has(p, index.Must)) {
			page.Total++
			hit.Doc.ID = string(rune('a' + i))
			if p.Size == 0 || len(page.Hits) < p.Size {
				page.Hits = append(page.Hits, hit)
			}
		}
	}
	return page, nil
}

func has(p index.Plan, o index.Occur) bool {
	return slices.ContainsFunc(p.Groups, func(g index.Group) bool { return g.Occur == o })
}

func (s *shelf) has(text int, a index.Alt) bool {
	if a.Lang != "" && a.Lang != s.langs[text] {
		return false
	}
	return slices.ContainsFunc(a.Readings(), func(words []string) bool {
		for _, w := range words {
			if !s.texts[text][string(a.Field)+":"+w] {
				return false
			}
		}
		return true
	})
}

func searcher(t testing.TB, texts ...string) Searcher {
	t.Helper()
	a := analyzer(t)
	v, err := vocab.Default(a)
	if err != nil {
		t.Fatal(err)
	}
	return Searcher{Engine: newShelf(a, texts...), Analyzer: a, Vocabulary: v}
}

func search(t *testing.T, s Searcher, q string, off ...string) (Answer, string) {
	t.Helper()
	ans, err := s.Search(t.Context(), Request{Text: q, Off: off})
	if err != nil {
		t.Fatal(err)
	}
	ids := ""
	for _, h := range ans.Page.Hits {
		ids += h.Doc.ID
	}
	return ans, ids
}

func TestSearchSaysWhichWordsItLetGo(t *testing.T) {
	s := searcher(t, "sprog og leg", "leg i skoven", "en dinosaur")
	ans, ids := search(t, s, "sprog skov")
	u := ans.Understood
	if ids != "ab" || u.Asked != 2 || u.Needed != 1 || u.Complete != 0 || len(u.LetGo) != 0 {
		t.Errorf("hits %s, understood %+v; want a and b, 2 asked, 1 needed, none complete", ids, u)
	}
	ans, ids = search(t, s, "sprog søvn")
	if u := ans.Understood; ids != "a" || !slices.Equal(u.LetGo, []string{"søvn"}) || !u.Words[1].Missing {
		t.Errorf("hits %s, understood %+v; want a, and søvn missing and let go", ids, u)
	}
}

func TestSearchCountsCompleteDocuments(t *testing.T) {
	ans, ids := search(t, searcher(t, "sprog og leg", "leg", "sprog"), "sprog leg")
	if u := ans.Understood; ids != "abc" || u.Complete != 1 {
		t.Errorf("hits %s with %d complete, want abc with 1", ids, u.Complete)
	}
}

func TestCompleteDocumentsAreOfTheHits(t *testing.T) {
	s := searcher(t, "sprog og leg", "leg", "sprog", "no|sprog og leg", "no|leg")
	for lang, want := range map[string][2]int{"da": {3, 1}, "no": {2, 1}, "en": {0, 0}} {
		ans, err := s.Search(t.Context(), Request{Text: "sprog leg", Filters: []index.Filter{{Facet: index.FacetLang, Values: []string{lang}}}})
		if err != nil {
			t.Fatal(err)
		}
		if got := [2]int{ans.Page.Total, ans.Understood.Complete}; got != want {
			t.Errorf("%s: hits and complete ones %v, want %v", lang, got, want)
		}
	}
}

func TestSearchMendsWhatNoDocumentHas(t *testing.T) {
	texts := []string{
		"Sprogudvikling hjemme.", "Børnehaven og skolen.", "Vuggestuens garderobe.", "Leg i skoven.",
		"Sundhedsplejersken kommer.", "Trivsel er godt.",
	}
	tests := []struct {
		name, query string
		kind        index.Kind
		typed, text string
		want        string
	}{
		{"slip inside a compound", "sproudvikling", index.Repaired, "sproudvikling", "sprogudvikling", "a"},
		{"without Danish letters", "bornehaven", index.Repaired, "bornehaven", "børnehaven", "b"},
		{"two letters swapped", "garderboe", index.Repaired, "garderboe", "garderobe", "c"},
		{"written apart", "børne have", index.Joined, "børne have", "børnehave", "b"},
		{"written apart with its link", "sundhed plejerske", index.Joined, "sundhed plejerske", "sundhedsplejerske", "e"},
		{"compound that no document has", "trivselsgarderobe", index.Split, "trivselsgarderobe", "trivsels garderobe", "cf"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := searcher(t, texts...)
			ans, ids := search(t, s, tt.query)
			if ids != tt.want {
				t.Errorf("hits %s, want %s", ids, tt.want)
			}
			added := Added{ID: AlternativeID(tt.kind, tt.text), Kind: tt.kind, For: tt.typed, Text: tt.text}
			if !slices.Contains(ans.Understood.Added, added) {
				t.Errorf("added %+v lack %+v", ans.Understood.Added, added)
			}
			off, _ := search(t, s, tt.query, added.ID)
			added.Off = true
			if !slices.Contains(off.Understood.Added, added) {
				t.Errorf("switched off: added %+v lack %+v", off.Understood.Added, added)
			}
			for _, w := range off.Understood.Words {
				if w.Kind == tt.kind {
					t.Errorf("switched off, and still %+v", w)
				}
			}
		})
	}
}

// TestWordsWrittenApartAreOneCompound: what is written apart asks for the compound or for those very words side by side, and
// never for their other forms.
func TestWordsWrittenApartAreOneCompound(t *testing.T) {
	s := searcher(t, "Børnehaven.", "Børn har ret.")
	ans, ids := search(t, s, "børne have")
	want := index.Alt{Field: index.Exact, Terms: []string{"børne", "have"}, Weight: weightApart, Kind: index.AsTyped, Text: "børne have"}
	if g := ans.Plan.Groups[0]; ids != "a" || !slices.ContainsFunc(g.Alts, func(a index.Alt) bool { return cmp.Equal(a, want) }) {
		t.Errorf("børne have finds %s by %+v, want the compound alone, and %+v among them", ids, g.Alts, want)
	}
	ans, _ = search(t, searcher(t, "Vuggestue.", "Børn leger."), "børne have")
	if w := ans.Understood.Words; len(w) != 1 || w[0].Typed != "børne have" {
		t.Errorf("where no text has the compound, børne have is read as %+v, though børne is no word by itself", w)
	}
	if _, ids := search(t, searcher(t, "Vuggestue.", "Børn har ret."), "sprog vurdering"); ids != "" {
		t.Errorf("sprog vurdering finds %s, want nothing", ids)
	}
}

// TestWordsThatAreOnlySpeltAlikeDoNotMeet: of one spelling there may be a noun, a verb, and an English stem.
func TestWordsThatAreOnlySpeltAlikeDoNotMeet(t *testing.T) {
	s := searcher(t, "KL's udspil.", "Mødet er kl. 9.", "SFO'en.")
	for query, want := range map[string]string{"KL": "a", "kl": "b", "KL's": "a", "sfo": "c", "Kommunernes Landsforening": "a"} {
		if _, ids := search(t, s, query); ids != want {
			t.Errorf("%s finds %s, want %s", query, ids, want)
		}
	}
	s = searcher(t, "Vi har det godt.", "En smuk have.", "Haverne blomstrer.", "en|A moderated effect.", "Mødrene.", "en|Effects of mothers.")
	for _, tt := range []struct{ query, want string }{
		{"haven", "bc"}, {"haft", "ab"}, {"have", "abc"}, {"mødre", "ef"}, {"moderated", "d"},
	} {
		if _, ids := search(t, s, tt.query); ids != tt.want {
			t.Errorf("%s finds %s, want %s", tt.query, ids, tt.want)
		}
	}
}

// TestANameIsReadAsWhatTextsSay: the name of a programme finds what its words in the vocabulary find.
func TestANameIsReadAsWhatTextsSay(t *testing.T) {
	texts := []string{"De første 1.000 dage af livet.", "Et program for børn.", "Tusind dage med baby.", "Dage i børnehaven."}
	s := searcher(t, texts...)
	_, want := search(t, s, "1.000 dage")
	ans, ids := search(t, s, "1000-dages-programmet")
	if ids != want || want == "" {
		t.Errorf("the name finds %q, its words %q", ids, want)
	}
	added := Added{ID: AlternativeID(index.Repaired, "1000 dage"), Kind: index.Repaired, For: "1000-dages-programmet", Text: "1000 dage"}
	if !slices.Contains(ans.Understood.Added, added) {
		t.Errorf("added %+v lack %+v", ans.Understood.Added, added)
	}
	if ans, _ := search(t, s, "1000-dages-programmet", added.ID); slices.ContainsFunc(ans.Understood.Words, func(w Word) bool { return w.Kind == index.Repaired }) {
		t.Errorf("switched off, and still %+v", ans.Understood.Words)
	}
	if meant, err := s.Meant(t.Context(), "nye 1000-dages-programmet nu"); err != nil || meant != "nye 1000 dage nu" {
		t.Errorf("meant %q, %v", meant, err)
	}
	written := searcher(t, append(texts, "1000-dages-programmet begynder.")...)
	if ans, ids := search(t, written, "1000-dages-programmet"); !strings.Contains(ids, "e") || len(ans.Understood.Words) != 1 {
		t.Errorf("where a text has the name, it finds %q by %+v", ids, ans.Understood.Words)
	}
}

func TestSearchLeavesDanishWordsAlone(t *testing.T) {
	s := searcher(t, "En fest i haven.", "Dør og vindue.")
	for _, q := range []string{"hest", "før fest", "dør"} {
		ans, _ := search(t, s, q)
		for _, a := range ans.Understood.Added {
			if a.Kind == index.Repaired {
				t.Errorf("%q was repaired to %q", q, a.Text)
			}
		}
	}
}

func TestSearchWidensByTheVocabulary(t *testing.T) {
	s := searcher(t, "God tilvænning.", "en|Infant attachment in nurseries.", "Børns tilknytning.", "Øresus.", "PPR hjælper.", "Screening.")
	tests := []struct {
		query, want string
		kind        index.Kind
	}{
		{"indkøring", "a", index.Synonym},
		{"tilknytning", "bc", index.Translated},
		{"attachment", "bc", index.Translated},
		{"tidlig opsporing", "f", index.Near},
		{"pædagogisk-psykologisk rådgivning", "e", index.Abbreviated},
	}
	for _, tt := range tests {
		ans, ids := search(t, s, tt.query)
		if ids != tt.want {
			t.Errorf("%q finds %s, want %s; added %+v", tt.query, ids, tt.want, ans.Understood.Added)
		}
		_, ids = search(t, s, tt.query, string(tt.kind))
		if ids == tt.want {
			t.Errorf("%q finds %s though %s is off", tt.query, ids, tt.kind)
		}
	}
}

func TestSearchOffersAnotherSpellingOfARareWord(t *testing.T) {
	texts := []string{"en instituton"}
	for range 12 {
		texts = append(texts, "en institution")
	}
	ans, ids := search(t, searcher(t, texts...), "god instituton")
	want := []Offer{{Word: "instituton", Meant: "institution", Query: "god institution", Docs: 12}}
	if diff := cmp.Diff(want, ans.Understood.Offers); diff != "" || ids != "a" {
		t.Errorf("hits %s, offers (-want +got):\n%s", ids, diff)
	}
}

func TestSearchReadsEllipticalPieces(t *testing.T) {
	s := searcher(t, "Forældreinddragelse.", "Forældresamarbejde.")
	if ans, ids := search(t, s, "forældresamarbejde og -inddragelse"); ids != "ab" || ans.Understood.Asked != 2 {
		t.Errorf("hits %s of %+v, want ab", ids, ans.Understood)
	}
}

func TestMeantIsTheQueryAsItWouldBeRead(t *testing.T) {
	s := searcher(t, "Sprogudvikling i dagplejen.", "En børnehave.")
	for typed, want := range map[string]string{
		"sproudvikling dagplejen": "sprogudvikling dagplejen",
		"i bornehave":             "i børnehave",
		"God  børne have":         "God  børnehave",
		"sprogudvikling":          "",
		"dinosaur":                "",
		`"sproudvikling"`:         "",
		"010190-1234":             "",
	} {
		if got, err := s.Meant(t.Context(), typed); err != nil || got != want {
			t.Errorf("Meant(%q) = %q, %v; want %q", typed, got, err, want)
		}
	}
}

func TestACompoundThatStandsInTheIndexIsNotLetGoToEitherPart(t *testing.T) {
	s := searcher(t, "Sprogudvikling.", "Et sprog.", "Al udvikling.")
	if ans, ids := search(t, s, "sprogudvikling"); ids != "a" || ans.Understood.Pieces || ans.Understood.Near {
		t.Errorf("hits %s, pieces %v, near %v; want a alone", ids, ans.Understood.Pieces, ans.Understood.Near)
	} else if w := ans.Plan.Groups[0].Alts[0].Weight; w != weightLemma {
		t.Errorf("weight %v, though no parts stand beside it", w)
	}
	s = searcher(t, "Sprogudvikling.", "Et sprog i udvikling.", "Et sprog.")
	if ans, ids := search(t, s, "sprogudvikling"); ids != "ab" || ans.Understood.Pieces || !ans.Understood.Near {
		t.Errorf("hits %s, pieces %v, near %v; want ab, false, true", ids, ans.Understood.Pieces, ans.Understood.Near)
	}
	if ans, ids := search(t, s, "sprogudvikling", "split:sprog udvikling"); ids != "a" || ans.Understood.Near {
		t.Errorf("without its parts: hits %s, near %v; want a, false", ids, ans.Understood.Near)
	}
	s = searcher(t, append(slices.Repeat([]string{"Sprogudvikling."}, few), "Et sprog i udvikling.")...)
	if ans, _ := search(t, s, "sprogudvikling"); ans.Page.Total != few || ans.Understood.Near {
		t.Errorf("%d hits, near %v; want %d, false", ans.Page.Total, ans.Understood.Near, few)
	}
}

func TestOfACompoundThatNothingHasTheMoreTellingPartStands(t *testing.T) {
	s := searcher(t, append(slices.Repeat([]string{"Al den tid."}, 20), "En skærm.")...)
	ans, _ := search(t, s, "skærmtid")
	if ans.Page.Total != 1 || !ans.Understood.Pieces {
		t.Errorf("%d hits, pieces %v; want the one with a skærm, true", ans.Page.Total, ans.Understood.Pieces)
	}
}

// TestAMendedCompoundIsReadLikeTheCompound, however it was misspelt.
func TestAMendedCompoundIsReadLikeTheCompound(t *testing.T) {
	s := searcher(t, "Sprogvurdering.", "Et sprog.", "En vurdering.", "Sprogets vurdering.")
	_, want := search(t, s, "sprogvurdering")
	for _, q := range []string{"sprogvurdring", "sprog-vurdering", "sprogvurderingen"} {
		if _, got := search(t, s, q); got != want || want != "ad" {
			t.Errorf("%s finds %s, sprogvurdering %s, want ad", q, got, want)
		}
	}
}

// TestWhatIsLetGoDoesNotDependOnThePage: it is what no result has, wherever a page begins or ends.
func TestWhatIsLetGoDoesNotDependOnThePage(t *testing.T) {
	s := searcher(t, append(slices.Repeat([]string{"sprog og leg"}, enough), "sprog, leg og motorik", "leg og søvn")...)
	for _, size := range []int{1, 5, 100} {
		ans, err := s.Search(t.Context(), Request{Text: "sprog leg motorik søvn", Size: size})
		if err != nil {
			t.Fatal(err)
		}
		if u := ans.Understood; u.Needed >= u.Asked || len(u.LetGo) > 0 {
			t.Errorf("a page of %d: needed %d of %d, let go %q; want nothing let go", size, u.Needed, u.Asked, u.LetGo)
		}
	}
}

func TestFiltersDoNotChangeHowMuchIsAskedFor(t *testing.T) {
	texts := append(slices.Repeat([]string{"sprog og leg"}, enough), "sprog", "leg")
	s := searcher(t, texts...)
	ans, err := s.Search(t.Context(), Request{Text: "sprog leg", Filters: []index.Filter{{Facet: index.FacetType, Values: []string{"praksis"}}}})
	if err != nil {
		t.Fatal(err)
	}
	if u := ans.Understood; u.Needed != 2 || len(ans.Plan.Filters) != 1 {
		t.Errorf("%d of %d words needed with %d filters, want both and the filter", u.Needed, u.Asked, len(ans.Plan.Filters))
	}
}

func BenchmarkMendOfAMistypedCompound(b *testing.B) {
	s := searcher(b, "Sprogudvikling i dagplejen.")
	for b.Loop() {
		r := read(s.Analyzer, "sproudviklingsmiljøet")
		if err := s.mend(b.Context(), &r, nil); err != nil {
			b.Fatal(err)
		}
	}
}

func TestAStrayWordGetsItsDanishLetters(t *testing.T) {
	s := searcher(t, "Et valg.", "Vi vælger. At vælge.")
	ans, ids := search(t, s, "valge")
	if ids != "b" || ans.Understood.Words[0].Text != "vælge" {
		t.Errorf("hits %s for %+v, want b for vælge", ids, ans.Understood.Words)
	}
}

func TestCommonEnglishWordsOfEnglishQueriesAreLeftOut(t *testing.T) {
	s := searcher(t, "En vuggestue.", "Tilknytning i vuggestuen.")
	ans, ids := search(t, s, "the attachment of infants in the nursery")
	if !strings.Contains(ids, "b") || !slices.Equal(ans.Understood.Ignored, []string{"the", "of", "in", "the"}) {
		t.Errorf("hits %s, ignored %q; want b, and the, of, in, the left out", ids, ans.Understood.Ignored)
	}
}

// TestTheWordsOfAQueryTellItsLanguage: the Danish ones where it is mixed, since "to" is two and "from" an old word for pious.
func TestTheWordsOfAQueryTellItsLanguage(t *testing.T) {
	s := searcher(t, "To børn.", "en|From kindergarten to school.", "Skolen.")
	for query, want := range map[string]string{
		"transition from kindergarten to school": "from to", "nature in the school": "in the", "effects of play and learning": "of and",
		"to børn": "", "børn og school to": "og", "to test": "", "from": "", "far to": "",
	} {
		ans, _ := search(t, s, query)
		if got := strings.Join(ans.Understood.Ignored, " "); got != want {
			t.Errorf("%q leaves out %q, want %q", query, got, want)
		}
	}
}

func TestAnAbbreviationOfTheTradeIsReadAsItsWord(t *testing.T) {
	ans, ids := search(t, searcher(t, "En børnehave.", "En skole."), "overgang bhv til skole")
	if ids != "ab" && ids != "ba" || len(ans.Understood.LetGo) != 1 {
		t.Errorf("hits %s, let go %q; want both and overgang alone let go", ids, ans.Understood.LetGo)
	}
}

// TestTheVerbOfAQuestionIsNotLookedFor: "siger" by itself is.
func TestTheVerbOfAQuestionIsNotLookedFor(t *testing.T) {
	s := searcher(t, "Forskningen siger det.", "Leg.")
	for query, want := range map[string]string{
		"hvad siger forskning om leg": "hvad siger om", "hvad ved vi om leg": "hvad ved vi om", "hvad gør man": "", "barnet siger hvad": "hvad",
	} {
		ans, _ := search(t, s, query)
		if got := strings.Join(ans.Understood.Ignored, " "); got != want {
			t.Errorf("%q leaves out %q, want %q", query, got, want)
		}
	}
}

// TestAnEnglishWordIsNoMisspelling of the Danish one that it is like.
func TestAnEnglishWordIsNoMisspelling(t *testing.T) {
	s := searcher(t, "Fiskene i havet.", "En base.", "En hånd.", "Sangen.")
	for _, query := range []string{"risk", "based", "risk based practice", "hand washing", "long"} {
		ans, _ := search(t, s, query)
		for _, a := range ans.Understood.Added {
			if a.Kind == index.Repaired {
				t.Errorf("%q: %s is mended to %s", query, a.For, a.Text)
			}
		}
		if len(ans.Understood.Offers) > 0 {
			t.Errorf("%q: offered %+v", query, ans.Understood.Offers)
		}
	}
}

func TestASpanOfYearsTakesItsUnitAlong(t *testing.T) {
	for _, q := range []string{"leg 3-5 år", "leg 3-5 årige", "leg 3-5-årige"} {
		ans, _ := search(t, searcher(t, "Leg for 3-5-årige.", "Leg, når man er 3-5 år."), q)
		if ans.Understood.Asked != 2 || ans.Understood.Complete != 2 {
			t.Errorf("%s: asked %d, complete %d; want 2 and 2", q, ans.Understood.Asked, ans.Understood.Complete)
		}
	}
}

func TestAQueryWithoutDanishLettersIsReadBothWays(t *testing.T) {
	s := searcher(t, "At ændre størrelsen.", "De andre.")
	ans, ids := search(t, s, "andre storrelse")
	if want := (Added{ID: "repaired:ændre", Kind: index.Repaired, For: "andre", Text: "ændre"}); ids != "ab" || !slices.Contains(ans.Understood.Added, want) {
		t.Errorf("hits %s, added %+v; want ab and %+v", ids, ans.Understood.Added, want)
	}
	if ans.Understood.Complete != 1 {
		t.Errorf("%d documents have all words, want 1", ans.Understood.Complete)
	}
	if ans, _ := search(t, s, "andre"); len(beyondForms(ans.Understood.Added)) > 0 {
		t.Errorf("andre alone added %+v, want nothing but its forms", ans.Understood.Added)
	}
}

// TestAgesAreOneWordHoweverTheyAreWritten: a span with spaces, with a word between and with its unit apart is the word that says it.
func TestAgesAreOneWordHoweverTheyAreWritten(t *testing.T) {
	a := analyzer(t)
	for joined, apart := range map[string][]string{
		"3-5-årige": {"3-5 årige", "3 - 5 årige", "3 til 5 år", "3-5 år", "3 – 5 årige", "3 til 5 årige", "tre til fem år", "tre- til femårige", "mellem 3 og 5 år"},
		"0-6-årige": {"0 til 6 årige", "nul til seks årige", "0 – 6 år"},
		"3-årige":   {"3 årige", "tre årige"},
		"2-årige":   {"to årige"},
		"1-2-årige": {"et til to år"},
		"2,5-årige": {"2,5 årige", "2½ år", "2 1/2 årige"},
	} {
		one := read(a, joined)
		one.leaveOut(a)
		want, _ := one.plan(a)
		for _, q := range apart {
			r := read(a, q)
			r.leaveOut(a)
			plan, understood := r.plan(a)
			got := matching(plan.Groups)
			if len(got) != 1 || !cmp.Equal(got[0].Alts, matching(want.Groups)[0].Alts) {
				t.Errorf("%s asks for %+v (read as %+v), want %+v", q, got, understood.Words, matching(want.Groups)[0].Alts)
			}
			if strings.HasSuffix(q, "årige") && len(understood.Ignored) > 0 {
				t.Errorf("%s leaves out %q", q, understood.Ignored)
			}
		}
	}
	r := read(a, "3 børn til 5 år")
	r.leaveOut(a)
	if len(r.units) != 5 {
		t.Errorf("what is no span has become %d words, want 5", len(r.units))
	}
}

// An age that no text names is still what documents may be described as.
func TestAnAgeThatNoTextNamesIsASearchAllTheSame(t *testing.T) {
	s := searcher(t, "Leg i vuggestuen", "Sundhedspleje i hjemmet", "en|Play in nurseries")
	for _, q := range []string{"leg 0-1 år", "sundhedspleje 0-1 år", "leg 0-1 årige", "leg 0-0 år", "leg 6-6 år", "leg 6-2 år", "leg 0 år", "sprog 0-1 år", "leg 5 årig", "play 0-1 år"} {
		for _, off := range [][]string{nil, {"described"}} {
			if ans, _ := search(t, s, q, off...); ans.Page.Total > len(s.Engine.(*shelf).texts) {
				t.Errorf("%s: %d found", q, ans.Page.Total)
			}
		}
	}
}

func TestAWordTornFromItsNumberIsJoined(t *testing.T) {
	s := searcher(t, "Tosprogede børn.", "Vi har to børn.", "En sproget.")
	for query, want := range map[string]string{"to sprogede": "a", "to børn": "ab"} {
		if ans, ids := search(t, s, query); ids != want {
			t.Errorf("%s finds %s as %+v, want %s", query, ids, ans.Understood.Words, want)
		}
	}
}

func TestQuotedCapitalsAreNotTheWordInSmallLetters(t *testing.T) {
	s := searcher(t, "KL siger ja.", "Mødet er kl. 9.")
	if _, ids := search(t, s, `"KL"`); ids != "a" {
		t.Errorf(`"KL" finds %s, want a alone`, ids)
	}
}

func TestChildrenAreFoundByTheirSingular(t *testing.T) {
	s := searcher(t, "en|Every child matters.", "en|Children learn.", "en|A woman and her men.")
	for query, want := range map[string]string{"barn": "ab", "child": "ab", "children": "ab", "women": "c"} {
		if _, ids := search(t, s, query); ids != want {
			t.Errorf("%s finds %s, want %s", query, ids, want)
		}
	}
}
