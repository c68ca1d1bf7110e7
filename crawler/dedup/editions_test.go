package dedup

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"smaabornsviden/index"
)

func TestWhatTitlesSayOfEditions(t *testing.T) {
	for _, tc := range []struct {
		name, a, b string
		want       []string // b is the later one
	}{
		{"revised", "Vejledning om tilsyn med dagtilbud", "Vejledning om tilsyn med dagtilbud (revideret)", []string{"a udgave b", "b udgave a", "b is the face"}},
		{"revised on a day", "Vejledning om tilsyn med dagtilbud, revideret 3. maj 2021", "Vejledning om tilsyn med dagtilbud, revideret 4. juni 2024", []string{"a udgave b", "b udgave a", "b is the face"}},
		{"versions", "Skabelon til læreplan, version 1.2", "Skabelon til læreplan, version 2.0", []string{"a udgave b", "b udgave a", "b is the face"}},
		{"years of editions", "Legekatalog for Højby – udgave 2019", "Legekatalog for Højby, 2022-udgaven", []string{"a udgave b", "b udgave a", "b is the face"}},
		{"a title of one word", "Legekatalog – udgave 2019", "Legekatalog – udgave 2022", []string{"a udgave b", "b udgave a", "b is the face"}},
		{"years of the work", "Børn i dagtilbud 2021", "Børn i dagtilbud 2022", nil},
		{"years of the work, revised", "Børn i dagtilbud 2021, revideret", "Børn i dagtilbud 2022, revideret", nil},
		{"ages behind the edition", "Sprog for små, 2. udgave: 0-2 år", "Sprog for små, 2. udgave: 3-5 år", nil},
		{"parts", "Evaluering af legestuer, del 1", "Evaluering af legestuer, del 2", nil},
		{"versions for others", "Spørgeskema om trivsel, version til forældre", "Spørgeskema om trivsel, version til personale", nil},
		{"what is new", "Vejledning om tilsyn", "Ny vejledning om tilsyn", nil},
		{"an announcement", "Håndbog i sprogmiljøer", "Håndbog i sprogmiljøer: ny udgave", nil},
		{"months of the work", "Nyt fra sundhedsplejen maj 2023", "Nyt fra sundhedsplejen juni 2023", nil},
	} {
		a := with(doc("a", tc.a, prose("a", 90)), func(d *index.Document) { d.Published = on("2020-01-01") })
		b := with(doc("b", tc.b, prose("b", 90)), func(d *index.Document) { d.Published = on("2021-01-01") })
		if diff := cmp.Diff(tc.want, grouped(t, a, b)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", tc.name, diff)
		}
	}
}

// TestNewsOfAnEditionIsNone: it would stand for the book and hide it.
func TestNewsOfAnEditionIsNone(t *testing.T) {
	book := with(doc("a", "Håndbog i sprogmiljøer", prose("a", 90)), func(d *index.Document) { d.Published = on("2019-01-01") })
	news := with(doc("b", "Håndbog i sprogmiljøer, 3. udgave", prose("b", 90)), func(d *index.Document) {
		d.Type.Value, d.Edition.Value, d.Published = "nyhed", "3. udgave", on("2024-01-01")
	})
	if got := grouped(t, book, news); got != nil {
		t.Errorf("%q", got)
	}
}

func TestPagesAndTheirFiles(t *testing.T) {
	page := with(doc("a", "Musik for de mindste: en kortlægning", "Læs hele rapporten her"), func(d *index.Document) { d.Refs = []string{"https://x.example/m.pdf"} })
	file := with(doc("f", "Musik for de mindste: en kortlægning", prose("f", 90)), func(d *index.Document) { d.URL, d.Format = "https://x.example/m.pdf", "pdf" })
	untitled := with(file, func(d *index.Document) {
		d.Title, d.Body = "m.indd", "Notat 7. Musik for de mindste: en kortlægning "+prose("f", 90)
	})
	for _, tc := range []struct {
		name string
		docs []index.Document
		want []string
	}{
		{"one title", []index.Document{page, file}, []string{"a fil f", "f side a"}},
		{"the title at the beginning of the file", []index.Document{page, untitled}, []string{"a fil f", "f side a"}},
		{"no link", []index.Document{with(page, func(d *index.Document) { d.Refs = nil }), file}, nil},
		{"another's file", []index.Document{page, other(file)}, nil},
		{"a file of another name", []index.Document{page, with(file, func(d *index.Document) { d.Title = "Musik for de ældste: en kortlægning" })}, nil},
		{"a short title", []index.Document{with(page, func(d *index.Document) { d.Title = "Om musik" }), with(file, func(d *index.Document) { d.Title = "Om musik" })}, nil},
		{"a page that is called the same", []index.Document{page, with(file, func(d *index.Document) { d.Format = "html" })}, nil},
	} {
		if diff := cmp.Diff(tc.want, grouped(t, tc.docs...)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", tc.name, diff)
		}
	}
}

func TestHreflangThatLeadsToTheFrontPage(t *testing.T) {
	names := func(id, lang string, twins ...string) index.Document {
		return with(doc(id, "Velkommen "+id, prose(id, 30)), func(d *index.Document) { d.Lang.Value, d.Twins = lang, twins })
	}
	at := func(id string) string { return "https://x.example/" + id }
	for _, tc := range []struct {
		name string
		docs []index.Document
		want []string
	}{
		{"both name each other", []index.Document{names("a", "da", at("b")), names("b", "en", at("a"))}, []string{"a oversaettelse b", "b oversaettelse a"}},
		{"only one names the other", []index.Document{names("a", "da", at("b")), names("b", "en")}, []string{"a oversaettelse b", "b oversaettelse a"}},
		{"one names the other in two ways", []index.Document{names("a", "da", at("b"), "http://www.x.example/b/"), names("b", "en")}, []string{"a oversaettelse b", "b oversaettelse a"}},
		{"several name one", []index.Document{names("a", "da", at("z")), names("b", "da", at("z")), names("z", "en")}, nil},
		{"several name one that names one of them", []index.Document{names("a", "da", at("z")), names("b", "da", at("z")), names("z", "en", at("b"))}, []string{"b oversaettelse z", "z oversaettelse b"}},
		{"one names another's", []index.Document{names("a", "da", at("z")), names("b", "da"), names("z", "en", at("b"))}, []string{"b oversaettelse z", "z oversaettelse b"}},
		{"three languages", []index.Document{names("a", "da", at("b"), at("c")), names("b", "en", at("a"), at("c")), names("c", "de", at("a"), at("b"))}, []string{
			"a oversaettelse b", "a oversaettelse c", "b oversaettelse a", "b oversaettelse c", "c oversaettelse a", "c oversaettelse b",
		}},
		{"a front page", []index.Document{names("a", "da", "https://x.example/"), with(names("f", "en"), func(d *index.Document) { d.URL = "https://x.example/" })}, nil},
	} {
		if diff := cmp.Diff(tc.want, grouped(t, tc.docs...)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", tc.name, diff)
		}
	}
}

// TestNumbersThatSayNothingOfTheText: what tells how to reach a source stands in all its languages.
func TestNumbersThatSayNothingOfTheText(t *testing.T) {
	for _, text := range []string{
		"Strandgade 118, 1401 København. Telefon 33 47 52 61. CVR 29 81 73 45.", "Ring 33475261 eller 3347 5261, CVR 29817345, 8000 Aarhus",
	} {
		if got := numbers(text); got != nil {
			t.Errorf("%q tells %q", text, got)
		}
	}
	if got := numbers("1.460 familier, 23 foreninger, 8,7 mio. kr. og 1450 børn"); len(got) != 4 {
		t.Errorf("%q", got)
	}
}

func TestOfSeveralInOneLanguageTheLikestIsTheTranslation(t *testing.T) {
	say := func(id, lang, kind, text string) index.Document {
		return with(doc(id, "T "+id, text), func(d *index.Document) { d.Lang.Value, d.Type.Value, d.Published = lang, kind, on("2023-11-15") })
	}
	report := say("a", "da", "forskning", "1.450 børn, 11,2 uger, 212 familier, 52 procent og 71 huse")
	english := say("e", "en", "forskning", "1,450 children, 11.2 weeks, 212 families, 52 percent and 71 houses")
	summary := say("s", "da", "vejledning", "1.450 børn, 11,2 uger og 212 familier")
	if diff := cmp.Diff([]string{"a oversaettelse e", "e oversaettelse a"}, grouped(t, report, english, summary)); diff != "" {
		t.Error(diff)
	}
	untold := say("e", "en", "ukendt", english.Body)
	if diff := cmp.Diff([]string{"a oversaettelse e", "e oversaettelse a"}, grouped(t, report, untold, say("n", "da", "nyhed", report.Body))); diff != "" {
		t.Error(diff)
	}
	if got := grouped(t, say("n", "da", "nyhed", report.Body), english); got != nil {
		t.Errorf("news of it: %q", got)
	}
}

func TestATitleIsQuotedWhereItIsWrittenAsOne(t *testing.T) {
	research := with(doc("r", "Sprog og leg i børnehaven", prose("r", 80)), func(d *index.Document) { d.Type.Value = "forskning" })
	for text, want := range map[string]bool{
		"Vi arbejder med sprog og leg i børnehaven hver eneste dag.":                            false,
		"Vi har en fast rytme. Sprog og leg i børnehaven fylder meget hos os.":                  false,
		"Vi har læst Sprog og leg i børnehaven på et møde.":                                     true,
		"Vi har læst »Sprog og leg i børnehaven« på et møde.":                                   true,
		"Idéen er fra artiklen. Sprog og leg i børnehaven hedder den, og den er god.":           true,
		"Sprog og leg i børnehaven er noget, som alle taler om, når de mødes om eftermiddagen.": false,
		"Forskningsartiklen om sprog og leg i børnehaven viser det.":                            false,
	} {
		n := with(doc("n", "Hverdagen", text), func(d *index.Document) { d.Type.Value = "praksis" })
		if got := grouped(t, n, research) != nil; got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// TestTheSamePageOfTwoMunicipalities: who lives in the one is not served by the other's.
func TestTheSamePageOfTwoMunicipalities(t *testing.T) {
	page := func(id, name, call string) index.Document {
		return with(doc(id, "Skriv dit barn op", prose("x", 150)+"I "+name+" Kommune er der pasningsgaranti "+prose("y", 150)+"ring "+call), func(d *index.Document) {
			d.Source, d.SourceName = id, name+" Kommune"
		})
	}
	if got := grouped(t, page("a", "Lejre", "12"), page("b", "Greve", "34")); got != nil {
		t.Errorf("%q", got)
	}
	shared := page("b", "Lejre", "12") // another host's copy of it, with the name that it had
	shared.SourceName = "Greve Kommune"
	if diff := cmp.Diff([]string{"a kopi b", "a is the face", "b kopi a"}, grouped(t, page("a", "Lejre", "12"), shared)); diff != "" {
		t.Error(diff)
	}
}

// TestAProgrammeLeadsToWhatIsShown: a copy of the newest text about it is hidden behind the sender's own.
func TestAProgrammeLeadsToWhatIsShown(t *testing.T) {
	speak := func(d index.Document) index.Document {
		d.Programmes, d.Published = []index.Topic{{Slug: "klubber"}}, on("2024-06-02")
		return d
	}
	copied := speak(other(doc("a", "Klubber vokser", "Nyt. "+prose("x", 150))))
	own := with(speak(doc("b", "To nye klubber", prose("x", 150))), func(d *index.Document) { d.Published = on("2024-06-01") })
	old := with(speak(doc("c", "Klubben", prose("c", 90))), func(d *index.Document) { d.Published = on("2020-01-01") })
	want := []string{"a kopi b", "b kopi a", "b samme-indsats c", "b is the face", "c samme-indsats b"}
	if diff := cmp.Diff(want, grouped(t, copied, own, old)); diff != "" {
		t.Error(diff)
	}
}

// TestOfWorksThatAreCalledAlikeTheOneIsMeantWhoseTitleStandsThere: the second part tells them apart.
func TestOfWorksThatAreCalledAlikeTheOneIsMeantWhoseTitleStandsThere(t *testing.T) {
	work := func(id, title string) index.Document {
		return with(doc(id, title, prose(id, 80)), func(d *index.Document) { d.Type.Value = "forskning" })
	}
	cases, asked := work("r", "Leg og læring i vuggestuen: et casestudie"), work("s", "Leg og læring i vuggestuen: en spørgeundersøgelse")
	outside := work("u", "Formiddagen ude: et feltstudie i tolv børnehaver")
	for text, want := range map[string][]string{
		"Vi har læst rapporten »Leg og læring i vuggestuen: et casestudie« sammen.":                      {"n forskning r", "r omtale n"},
		"Vi har læst rapporten »Leg og læring i vuggestuen: nye veje« sammen.":                           nil,
		"Vi har læst rapporten »Leg og læring i vuggestuen« sammen.":                                     {"n forskning r", "n forskning s", "r omtale n", "s omtale n"},
		"Enge, B. (2021). Formiddagen ude: et feltstudie i tolv børnehaver. Center for Barndomsviden.":   {"n forskning u", "u omtale n"},
		"Vi går formiddagen ude: et feltstudie i tolv børnehaver er noget, andre laver om eftermiddagen": nil,
	} {
		n := with(doc("n", "Inspiration", text), func(d *index.Document) { d.Type.Value = "praksis" })
		if diff := cmp.Diff(want, grouped(t, n, cases, asked, outside)); diff != "" {
			t.Errorf("%q (-want +got)\n%s", text, diff)
		}
	}
}

// TestPagesOfOneTemplateUnderTitlesOfTheirOwn: a name is all that tells one nursery from the other.
func TestPagesOfOneTemplateUnderTitlesOfTheirOwn(t *testing.T) {
	page := func(id, title, name string) index.Document {
		return doc(id, title, prose("x", 200)+"Ring til "+name+" om det. "+prose("y", 200))
	}
	if got := grouped(t, page("a", "Vuggestuen Spurven", "Spurven"), page("b", "Vuggestuen Egernet", "Egernet")); got != nil {
		t.Errorf("%q", got)
	}
	if got := grouped(t, page("a", "Vores vuggestuer", "Anna"), page("b", "Vores vuggestuer", "Bodil")); got == nil {
		t.Error("a page with another telephone is not the page")
	}
}
