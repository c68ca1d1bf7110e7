package page

import (
	"slices"
	"strings"
	"testing"

	"smaabornsviden/index"
	"smaabornsviden/index/query"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/tongue"
)

// results is the page of a search for "sproudvikling" with everything that can be added.
func results(t *testing.T) string {
	t.Helper()
	pages, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	ans := answer.Answer{
		Question: answer.Question{Text: "sproudvikling", Page: 1, Size: 10, Off: []string{"near:start"}},
		Understood: query.Understood{
			Words: []query.Word{{Text: "sprogudvikling"}},
			Added: []query.Added{
				{ID: "repaired:sprogudvikling", Kind: index.Repaired, For: "sproudvikling", Text: "sprogudvikling"},
				{ID: "synonym:opstart", Kind: index.Synonym, For: "indkøring", Text: "opstart"},
				{ID: "near:start", Kind: index.Near, For: "indkøring", Text: "start", Off: true},
				{ID: "split:skole start", Kind: index.Split, For: "skolestart", Text: "skole start"},
				{ID: "translated:attachment", Kind: index.Translated, For: "tilknytning", Text: "attachment", Lang: "en"},
			},
			Offers: []query.Offer{
				{Word: "sprok", Meant: "sprog", Query: "sprog i leg", Docs: 12},
				{Word: "kongitiv", Meant: "kognitiv", Query: "kognitiv leg"},
			},
		},
	}
	var b strings.Builder
	if err := pages.Results(&b, Results{Answer: ans}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestASingleAlternativeCanBeLeftOutWithAllOthers(t *testing.T) {
	q := answer.Question{Text: "leg", Page: 1, Size: 10}
	added := []query.Added{{ID: "part:leg", Kind: index.PartOf, For: "leg", Text: "leg"}, {ID: "inflected:leg", Kind: index.Inflected, For: "leg", Text: "leg"}}
	shown := widened(tongue.Danish, answer.Answer{Question: q, Understood: query.Understood{Added: added}})
	if got := shown[len(shown)-1].All; got != "/soeg?q=leg&udvid=nej" {
		t.Errorf("beside one alternative the link to the words alone is %q", got)
	}
	shown = widened(tongue.Danish, answer.Answer{Question: q, Understood: query.Understood{Added: added[1:]}})
	if got := shown[len(shown)-1].All; got != "" {
		t.Errorf("beside forms alone there is a link %q", got)
	}
}

func TestWhatIsAddedIsShownAndCanBeSwitchedOff(t *testing.T) {
	html := results(t)
	for _, want := range []string{
		`Viser resultater for <em>sprogudvikling</em>. <a href="/soeg?q=sproudvikling&amp;udvid=-near%3Astart&amp;udvid=-repaired%3Asprogudvikling">Søg i stedet efter sproudvikling</a>`,
		`<a class="chip small" href="/soeg?q=sproudvikling&amp;udvid=-near%3Astart&amp;udvid=-synonym%3Aopstart" rel="nofollow"><span class="unseen">Søg ikke på: </span>opstart`,
		`Vi søger også på beslægtede ord: <a class="chip small" href="/soeg?q=sproudvikling" rel="nofollow"><span class="unseen">Søg også på: </span><s>start</s>`,
		`Vi søger også på delene af ordet: <a class="chip small" href="/soeg?q=sproudvikling&amp;udvid=-near%3Astart&amp;udvid=-split%3Askole&#43;start" rel="nofollow"><span class="unseen">Søg ikke på: </span>skole start`,
		`Vi søger også på engelsk: <a class="chip small"`,
		`href="/soeg?q=sproudvikling&amp;udvid=nej" rel="nofollow">Søg kun på mine ord, i alle former</a>`,
		`Mente du <a href="/soeg?q=sprog&#43;i&#43;leg">sprog</a>? Det står i 12 dokumenter.`,
		`Mente du <a href="/soeg?q=kognitiv&#43;leg">kognitiv</a>? Det står intetsteds.`,
	} {
		if !strings.Contains(html, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if t.Failed() {
		t.Log(html[strings.Index(html, "<main"):strings.Index(html, "</main")])
	}
}

func TestWhatIsExcludedBesidesIsNotSaidToBeSearchedFor(t *testing.T) {
	added := []query.Added{{ID: "translated:play", Kind: index.Translated, For: "leg", Text: "play", Lang: "en", Not: true}}
	shown := widened(tongue.Danish, answer.Answer{Question: answer.Question{Text: "barn -leg", Page: 1, Size: 10}, Understood: query.Understood{Added: added}})
	if len(shown) != 1 || shown[0].Label != "Vi udelukker også tekster med" || shown[0].Chips[0].Does != "Udeluk ikke tekster med:" {
		t.Errorf("play, excluded along with leg, is shown as %+v", shown)
	}
}

func TestAWordThatIsExcludedInTwoWaysIsSaidToBeSo(t *testing.T) {
	added := []query.Added{{ID: "inflected:dagpleje", Kind: index.Inflected, For: "dagpleje", Text: "dagpleje", Not: true}, {ID: "part:dagpleje", Kind: index.PartOf, For: "dagpleje", Text: "dagpleje", Not: true}}
	shown := widened(tongue.Danish, answer.Answer{Question: answer.Question{Text: "barn -dagpleje", Page: 1, Size: 10}, Understood: query.Understood{Added: added}})
	if len(shown) != 2 || len(shown[0].Chips) != 1 || shown[0].Label == shown[1].Label {
		t.Errorf("shown as %+v", shown)
	}
}

func TestTheFrontPageCountsResultsWhereCopiesStandTogether(t *testing.T) {
	lists := browse(tongue.Danish, Collection{Documents: 60, Facets: []answer.Facet{{Name: index.FacetType, Values: []answer.Value{{Value: "nyhed", Label: "Nyhed", Count: 57}}}}})
	if got := lists[0].Links[0].Unit; got != "resultater" {
		t.Errorf("57 groups of 60 documents are labelled %q", got)
	}
}

func TestOperatorsAreOfferedAndNothingIsDone(t *testing.T) {
	ans := answer.Answer{Question: answer.Question{Text: "leg ikke sprog", Page: 1, Size: 10}, Understood: query.Understood{Operators: "leg IKKE sprog"}}
	got := offers(tongue.Danish, ans)
	if len(got) != 1 || !slices.ContainsFunc(got[0], func(p part) bool { return p.Href == "/soeg?q=leg+IKKE+sprog" && p.Text == "leg IKKE sprog" }) {
		t.Errorf("offers %+v, want one that leads to the operator", got)
	}
}
