package dedup

import (
	"errors"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"smaabornsviden/index"
)

// given yields documents.
func given(docs ...index.Document) iter.Seq2[index.Document, error] {
	return func(yield func(index.Document, error) bool) {
		for _, d := range docs {
			if !yield(d, nil) {
				return
			}
		}
	}
}

// grouped gives the relations, "a kind b" or, when merged, "a=b", and the faces.
func grouped(t *testing.T, docs ...index.Document) []string {
	t.Helper()
	changes, err := Group(given(docs...))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, c := range changes {
		for _, r := range c.Related {
			out = append(out, c.ID+" "+r.Kind+" "+r.ID)
		}
		if c.Face {
			out = append(out, c.ID+" is the face")
		}
	}
	return out
}

// prose is text of n words that does not repeat itself; texts of other seeds share no triples.
func prose(seed string, n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(seed)
		b.WriteByte(byte('a' + i%25))
		b.WriteByte(byte('a' + i/25%25))
		b.WriteByte(' ')
	}
	return b.String()
}

func on(day string) index.Date {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic(err)
	}
	return index.Date{Time: at, Precision: index.Day}
}

func doc(id, title, body string) index.Document {
	return index.Document{ID: id, Source: "s", Title: title, Body: body, URL: "https://x.example/" + id, Lang: index.Derived{Value: "da"}}
}

func with(d index.Document, change func(*index.Document)) index.Document {
	change(&d)
	return d
}

// other moves a document to another source.
func other(d index.Document) index.Document {
	return with(d, func(d *index.Document) { d.Source = "other" })
}

func TestWhatMergesAndWhatIsOnlyLinked(t *testing.T) {
	text, pledge, notice := prose("x", 300), prose("p", 120), prose("n", 60)
	clubs := []index.Topic{{Slug: "smaaboernsklubber"}}
	part := func(id, kind string) index.Document {
		return with(doc(id, "", ""), func(d *index.Document) { d.Type.Value, d.Programmes = kind, clubs })
	}
	research := with(doc("r", "Vuggestuestart i barnets tempo: et studie", prose("r", 80)), func(d *index.Document) {
		d.Type.Value, d.DOI = "forskning", "10.5555/abc"
	})
	for _, tc := range []struct {
		name string
		docs []index.Document
		want []string
	}{
		{"a copy with another lead", []index.Document{doc("a", "A", prose("a", 40)+text), other(doc("b", "B", prose("b", 40)+text))}, []string{"a kopi b", "a is the face", "b kopi a"}},
		{"a copy with a lead, a line and an end of its own", []index.Document{
			doc("a", "A", "Anna Holm og Bo Lind skriver fra Ebeltoft. "+text+"Foto af Ida Krag fra Rødekro. "+pledge+"Skriv til Tom Rask i Aarup."),
			other(doc("b", "B", "Nyt fra Læsø, ved Per Toft. "+text+"Billedet er taget af Kaj Ås. "+pledge+"Støttet af Birkefonden og Hegnets Venner.")),
		}, []string{"a kopi b", "a is the face", "b kopi a"}},
		{"a template of two sources", []index.Document{
			doc("a", "A", "Fra Lejre: "+text+"Ring 12. "+pledge+"Skriv til Lejre."), other(doc("b", "B", "Fra Greve: "+text+"Ring 34. "+pledge+"Skriv til Greve.")),
		}, nil},
		{"two pages of one template", []index.Document{doc("a", "A", prose("a", 40)+text), doc("b", "B", prose("b", 40)+text)}, nil},
		{"one page twice on a site", []index.Document{doc("a", "A", text), doc("b", "B", text+" slut")}, []string{"a kopi b", "b kopi a", "b is the face"}},
		{"the sender's own is the face before a paper's longer one of the same day", []index.Document{
			with(other(doc("a", "A", text+" Avisen har talt med flere og skriver mere om det i morgen.")), func(d *index.Document) { d.Published, d.Sector = on("2021-03-04"), "medie" }),
			with(doc("b", "B", text), func(d *index.Document) { d.Published, d.Sector = on("2021-03-04"), "kommune" }),
		}, []string{"a kopi b", "b kopi a", "b is the face"}},
		{"the first published is the face", []index.Document{
			with(doc("a", "A", text), func(d *index.Document) { d.Published = on("2024-05-02") }),
			with(doc("b", "B", text), func(d *index.Document) { d.Published = on("2024-05-01") }),
		}, []string{"a kopi b", "b kopi a", "b is the face"}},
		{"one quotes another at length", []index.Document{doc("a", "A", pledge+prose("a", 200)), other(doc("b", "B", prose("b", 300)+pledge))}, nil},
		{"a text within a much longer one", []index.Document{doc("a", "A", pledge), other(doc("b", "B", prose("b", 400)+pledge))}, nil},
		{"short texts are alike by chance", []index.Document{doc("a", "A", "Siden er under opbygning."), doc("b", "B", "Siden er under opbygning.")}, nil},
		{"a notice of three lines on two hosts", []index.Document{doc("a", "Nye penge til legen", notice), other(doc("b", "Nye penge til legen", notice))}, []string{"a kopi b", "a is the face", "b kopi a"}},
		{"the same with a word more", []index.Document{doc("a", "Nye penge til legen", notice), other(doc("b", "Nye penge til legen!", "Ritzau: "+notice))}, []string{"a kopi b", "b kopi a", "b is the face"}},
		{"a notice under another title", []index.Document{doc("a", "Nye penge til legen", notice), other(doc("b", "Cookies på siden her", notice))}, nil},
		{"a notice under the name of a page", []index.Document{doc("a", "Om os", notice), other(doc("b", "Om os", notice))}, nil},
		{"notices of one title that share half", []index.Document{doc("a", "Nye penge til legen", notice), other(doc("b", "Nye penge til legen", prose("n", 40)+prose("b", 20)))}, nil},
		{"two notices of one host", []index.Document{doc("a", "Nye penge til legen", notice), doc("b", "Nye penge til legen", notice)}, nil},
		{"copies of which one is to stand alone", []index.Document{
			doc("a", "A", text), other(doc("b", "B", text)),
			with(other(doc("c", "C", text)), func(d *index.Document) { d.Pinned.As = index.Alone }),
		}, []string{"a kopi b", "a is the face", "b kopi a"}},
		{"what an operator says of two others", []index.Document{
			doc("a", "A", text), with(other(doc("b", "B", "")), func(d *index.Document) {
				d.Pinned = index.Pin{As: "kopi", With: "https://x.example/a/"}
			}),
		}, []string{"a kopi b", "a is the face", "b kopi a"}},
		{"copies that an operator calls translations", []index.Document{
			doc("a", "A", text), with(other(doc("b", "B", text)), func(d *index.Document) {
				d.Pinned = index.Pin{As: "oversaettelse", With: "https://x.example/a"}
			}),
		}, []string{"a oversaettelse b", "b oversaettelse a"}},
		{"an address that is none of ours", []index.Document{
			with(doc("a", "A", text), func(d *index.Document) { d.Pinned = index.Pin{As: "kopi", With: "https://x.example/z"} }),
		}, nil},
		{"editions by number", []index.Document{
			with(doc("a", "Vejledning i sprogvurdering, 2. udgave", ""), func(d *index.Document) { d.Edition.Value = "2. udgave" }),
			with(doc("b", "Vejledning i sprogvurdering, 3. reviderede udgave", ""), func(d *index.Document) { d.Edition.Value = "3. udgave" }),
		}, []string{"a udgave b", "b udgave a", "b is the face"}},
		{"yearly reports are no editions", []index.Document{doc("a", "Årsrapport om dagtilbud 2022", ""), doc("b", "Årsrapport om dagtilbud 2023", "")}, nil},
		{"the same title of two sources", []index.Document{
			with(doc("a", "Sprog i dagtilbud, 2. udgave", ""), func(d *index.Document) { d.Edition.Value = "2. udgave" }),
			with(doc("b", "Sprog i dagtilbud, 3. udgave", ""), func(d *index.Document) { d.Edition.Value, d.Source = "3. udgave", "other" }),
		}, nil},
		{"one DOI in two languages", []index.Document{
			with(doc("a", "Leg", ""), func(d *index.Document) { d.DOI = "10.5555/1" }),
			with(doc("b", "Play", ""), func(d *index.Document) { d.DOI, d.Lang.Value = "10.5555/1", "en" }),
		}, []string{"a oversaettelse b", "b oversaettelse a"}},
		{"one DOI in two cases", []index.Document{
			with(doc("a", "Leg", ""), func(d *index.Document) { d.DOI = "10.5555/Leg.1" }),
			with(doc("b", "Play", ""), func(d *index.Document) { d.DOI, d.Lang.Value = "10.5555/leg.1", "en" }),
		}, []string{"a oversaettelse b", "b oversaettelse a"}},
		{"news whose text shows the DOI of the research", []index.Document{
			with(part("n", "nyhed"), func(d *index.Document) { d.DOI, d.DOIWhy.Rule, d.Lang.Value = "10.5555/abc", "doi-shown", "en" }), research,
		}, []string{"n forskning r", "r omtale-nyhed n"}},
		{"two pages that show one DOI and are of other works", []index.Document{
			with(doc("a", "Leg i hallen", prose("a", 90)), func(d *index.Document) { d.DOI, d.DOIWhy.Rule = "10.5555/1", "doi-shown" }),
			with(doc("b", "Data om søvn", prose("b", 90)), func(d *index.Document) { d.DOI, d.DOIWhy.Rule = "10.5555/1", "doi-shown" }),
		}, nil},
		{"the same numbers on the same day in two languages", []index.Document{
			with(doc("a", "Mødregrupper", "164 familier, 11 caféer, 52 procent, 69 procent og 26 forældre"), func(d *index.Document) { d.Published = on("2013-05-30") }),
			with(doc("b", "Groups", "164 families, 11 cafés, 52 percent, 69 percent and 26 parents"), func(d *index.Document) {
				d.Published, d.Lang.Value = on("2013-05-30"), "en"
			}),
		}, []string{"a oversaettelse b", "b oversaettelse a"}},
		{"three telling numbers, as each language writes them", []index.Document{
			with(doc("a", "Orlov", "1.450 børn, 11,2 uger og 212 familier"), func(d *index.Document) { d.Published = on("2013-05-30") }),
			with(doc("b", "Leave", "1,450 children, 11.2 weeks and 212 families"), func(d *index.Document) { d.Published, d.Lang.Value = on("2013-05-30"), "en" }),
		}, []string{"a oversaettelse b", "b oversaettelse a"}},
		{"thousands with a space", []index.Document{
			with(doc("a", "Orlov", "1 450 børn, 39,1 uger og 212 familier"), func(d *index.Document) { d.Published = on("2013-05-30") }),
			with(doc("b", "Leave", "1,450 children, 39.1 weeks and 212 families"), func(d *index.Document) { d.Published, d.Lang.Value = on("2013-05-30"), "en" }),
		}, []string{"a oversaettelse b", "b oversaettelse a"}},
		{"three small numbers", []index.Document{
			with(doc("a", "Orlov", "12 børn, 14 uger og 21 familier"), func(d *index.Document) { d.Published = on("2013-05-30") }),
			with(doc("b", "Leave", "12 children, 14 weeks and 21 families"), func(d *index.Document) { d.Published, d.Lang.Value = on("2013-05-30"), "en" }),
		}, nil},
		{"two telling numbers", []index.Document{
			with(doc("a", "Orlov", "1.450 børn og 212 familier. 30 huse"), func(d *index.Document) { d.Published = on("2013-05-30") }),
			with(doc("b", "Leave", "1,450 children and 212 families. 40 houses"), func(d *index.Document) { d.Published, d.Lang.Value = on("2013-05-30"), "en" }),
		}, nil},
		{"few of many", []index.Document{
			with(doc("a", "Orlov", "1.450 børn, 11,2 uger, 212 familier, 71 huse, 72 haver, 73 biler og 74 stole"), func(d *index.Document) { d.Published = on("2013-05-30") }),
			with(doc("b", "Leave", "1,450 children, 11.2 weeks, 212 families, 81 cars, 82 doors, 83 roofs and 84 walls"), func(d *index.Document) { d.Published, d.Lang.Value = on("2013-05-30"), "en" }),
		}, nil},
		{"a part of a number", []index.Document{
			with(doc("a", "Orlov", "450 børn, 212 familier og 15 huse og 17 haver"), func(d *index.Document) { d.Published = on("2013-05-30") }),
			with(doc("b", "Leave", "1,450 children, 212 families and 15 houses"), func(d *index.Document) { d.Published, d.Lang.Value = on("2013-05-30"), "en" }),
		}, nil},
		{"a link to the DOI", []index.Document{with(doc("n", "Ny", ""), func(d *index.Document) { d.Refs = []string{"doi:10.5555/abc"} }), research}, []string{"n forskning r", "r omtale-andet n"}},
		{"a link to the page", []index.Document{with(doc("n", "Ny", ""), func(d *index.Document) { d.Refs = []string{"http://www.x.example/r/"} }), research}, nil},
		{"practice with a link to the page", []index.Document{with(doc("n", "Ny", "Læs mere her"), func(d *index.Document) {
			d.Type.Value, d.Refs = "praksis", []string{"https://x.example/r"}
		}), research}, nil},
		{"practice with a link that is the title, in a sentence", []index.Document{with(doc("n", "Ny", "Vi har læst Vuggestuestart i barnets tempo: et studie, og den er god."), func(d *index.Document) {
			d.Type.Value, d.Refs = "praksis", []string{"https://x.example/r"}
		}), research}, []string{"n forskning r", "r omtale n"}},
		{"a menu that has the title", []index.Document{with(doc("n", "Ny", "Vi leger.\nLæs også: Vuggestuestart i barnets tempo: et studie\nKontakt os"), func(d *index.Document) { d.Type.Value = "praksis" }), research}, nil},
		{"a front page that quotes the title", []index.Document{with(doc("n", "Ny", "Vi har læst Vuggestuestart i barnets tempo: et studie, og den er god."), func(d *index.Document) {
			d.URL, d.Type.Value, d.Refs = "https://x.example/", "praksis", []string{"doi:10.5555/abc"}
		}), research}, nil},
		{"a front page with an edition", []index.Document{
			with(doc("a", "Leg for de mindste, 1. udgave", ""), func(d *index.Document) { d.Edition.Value, d.URL = "1. udgave", "https://x.example/da" }),
			with(doc("b", "Leg for de mindste, 2. udgave", ""), func(d *index.Document) { d.Edition.Value = "2. udgave" }),
		}, nil},
		{"practice that names research", []index.Document{with(part("n", "praksis"), func(d *index.Document) { d.Refs = []string{"doi:10.5555/abc"} }), research}, []string{"n forskning r", "r omtale n"}},
		{"news that names research", []index.Document{with(part("n", "nyhed"), func(d *index.Document) { d.Refs = []string{"doi:10.5555/abc"} }), research}, []string{"n forskning r", "r omtale-nyhed n"}},
		{"the title in the text", []index.Document{doc("n", "Ny", "Det viser artiklen »Vuggestuestart i barnets tempo«."), research}, []string{"n forskning r", "r omtale-andet n"}},
		{"a reserved source is compared with nothing", []index.Document{
			with(doc("n", "Ny", "Det viser artiklen »Vuggestuestart i barnets tempo«."), func(d *index.Document) { d.TDMReserved = true }), research,
		}, nil},
		{"one programme", []index.Document{
			with(doc("a", "Klubberne", ""), func(d *index.Document) { d.Programmes = []index.Topic{{Slug: "smaaboernsklubber"}} }),
			with(doc("b", "Projektet", ""), func(d *index.Document) {
				d.Type.Value, d.Programmes = "program", []index.Topic{{Slug: "smaaboernsklubber"}}
			}),
			with(doc("c", "Nyt", ""), func(d *index.Document) { d.Programmes = []index.Topic{{Slug: "smaaboernsklubber"}} }),
		}, []string{"a samme-indsats b", "b samme-indsats a", "b samme-indsats c", "c samme-indsats b"}},
		{"research and practice of one programme", []index.Document{part("a", "forskning"), part("b", "praksis"), part("c", "nyhed")}, []string{
			"a omtale b", "a samme-indsats b", "a samme-indsats c", "b forskning a", "b samme-indsats a", "c samme-indsats a",
		}},
		{"the programme's own page before a newer one", []index.Document{
			with(doc("a", "Klubberne", ""), func(d *index.Document) {
				d.Type.Value, d.Published = "program", on("2024-05-01")
				d.Programmes = []index.Topic{{Slug: "smaaboernsklubber"}}
			}),
			with(doc("b", "Projektet", ""), func(d *index.Document) {
				d.Programmes = []index.Topic{{Slug: "smaaboernsklubber", Reason: index.Reason{Quote: d.URL}}}
			}),
			with(doc("c", "Nyt", ""), func(d *index.Document) { d.Programmes = []index.Topic{{Slug: "smaaboernsklubber"}} }),
		}, []string{"a samme-indsats b", "b samme-indsats a", "b samme-indsats c", "c samme-indsats b"}},
	} {
		if diff := cmp.Diff(tc.want, grouped(t, tc.docs...)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", tc.name, diff)
		}
	}
}

func TestAGroupThatFallsApartIsTakenBack(t *testing.T) {
	text := prose("x", 200)
	a, b := doc("a", "A", text), doc("b", "B", text)
	changes, err := Group(given(a, b))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range changes {
		if c.ID == "a" {
			c.Apply(&a)
		}
	}
	if !a.Merged || a.Group != "a" {
		t.Fatalf("not grouped at first: %+v", a)
	}
	changes, err = Group(given(a)) // b is gone
	if diff := cmp.Diff([]Change{{ID: "a"}}, changes); diff != "" || err != nil {
		t.Errorf("changes, err %v (-want +got)\n%s", err, diff)
	}
}

func TestGroupPassesOnWhatTheDocumentsFailedWith(t *testing.T) {
	broken := errors.New("broken")
	for fail := range 2 {
		pass := 0
		_, err := Group(func(yield func(index.Document, error) bool) {
			if pass++; pass > fail {
				yield(index.Document{}, broken)
			}
		})
		if !errors.Is(err, broken) {
			t.Errorf("pass %d: err = %v", fail+1, err)
		}
	}
}

func TestRefsAreWhatTheTextItselfLinksTo(t *testing.T) {
	links := [][2]string{
		{"https://x.example/menu", "Om foreningen"},
		{"https://x.example/rapport", "Kvalitet i  dagtilbud"},
		{"https://x.example/rapport", "Kvalitet i dagtilbud"},
		{"https://doi.org/10.5555/ABC", "her"},
		{"https://x.example/kort", "her"},
	}
	got := Refs("Læs rapporten Kvalitet i\ndagtilbud her. Også (DOI 10.5555/abc) og doi: 10.1000/x(05)7-1.", func(yield func(string, string) bool) {
		for _, l := range links {
			if !yield(l[0], l[1]) {
				return
			}
		}
	})
	if want := []string{"https://x.example/rapport", "doi:10.5555/abc", "doi:10.1000/x(05)7-1"}; !slices.Equal(got, want) {
		t.Errorf("Refs = %q, want %q", got, want)
	}
}

func TestADOIInTheTextNeedsItsLabel(t *testing.T) {
	for text, want := range map[string][]string{
		"Se doi:10.5555/ABC.1.":                         {"doi:10.5555/abc.1"},
		"Se DOI: 10.5555/abc, som siger mere":           {"doi:10.5555/abc"},
		"(https://doi.org/10.5555/abc)":                 {"doi:10.5555/abc"},
		"»DOI 10.5555/abc«, doi 10.5555/abc].":          {"doi:10.5555/abc"},
		"DOI:\u00a010.5555/s01(05)66-7; doi:10.5555/b!": {"doi:10.5555/s01(05)66-7", "doi:10.5555/b"},
		"Stien 10.5555/abc er ingen":                    nil,
		"melodi: 10.5555/abc":                           nil,
		"doi: kommer":                                   nil,
	} {
		if got := Refs(text, func(func(string, string) bool) {}); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestAProgrammeMakesFewPairsOfPracticeAndResearch(t *testing.T) {
	var docs []index.Document
	for i := range 12 {
		kind := "praksis"
		if i%2 == 0 {
			kind = "forskning"
		}
		docs = append(docs, with(doc(string(rune('a'+i)), "", ""), func(d *index.Document) {
			d.Type.Value, d.Programmes = kind, []index.Topic{{Slug: "smaaboernsklubber"}}
		}))
	}
	pairs := 0
	for _, r := range grouped(t, docs...) {
		if strings.Contains(r, " forskning ") {
			pairs++
		}
	}
	if pairs != mostBehind {
		t.Errorf("%d pairs, want %d", pairs, mostBehind)
	}
}

func TestStemsAndNames(t *testing.T) {
	for title, want := range map[string][2]string{
		"Vejledning i sprogvurdering af treårige, 3. udgave": {"vejledning i sprogvurdering af treårige", "vejledning i sprogvurdering af treårige 3 udgave"},
		"Håndbog for dagplejere, anden reviderede udgave":    {"håndbog for dagplejere", "håndbog for dagplejere anden reviderede udgave"},
		"Leg": {"", ""},
		"Normeringer og børns sprog: en registeranalyse": {"normeringer og børns sprog en registeranalyse", "normeringer og børns sprog"},
		"De 3 bedste råd": {"de 3 bedste råd", ""},
	} {
		if got := [2]string{entitled(title).stem, name(title)}; got != want {
			t.Errorf("%q: stem and name %q, want %q", title, got, want)
		}
	}
}

// FuzzLikeness: a text is like itself, likeness has no direction and stays in [0, 1].
func FuzzLikeness(f *testing.F) {
	f.Add(prose("a", 90), prose("b", 90))
	f.Add(prose("a", 90), prose("a", 120))
	f.Add("", "én to")
	f.Fuzz(func(t *testing.T, a, b string) {
		x, y := sketch(words(a)), sketch(words(b))
		if l := likeness(x, y); l < 0 || l > 1 || l != likeness(y, x) {
			t.Errorf("likeness %v and %v", l, likeness(y, x))
		}
		if len(x) > 0 && likeness(x, x) != 1 {
			t.Errorf("a text is like itself by %v", likeness(x, x))
		}
	})
}
