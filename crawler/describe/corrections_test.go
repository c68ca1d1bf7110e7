package describe

import (
	"encoding/json"
	"errors"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"smaabornsviden/crawler/partners"
	"smaabornsviden/index"
	"smaabornsviden/index/danish"
)

// corrector describes by the rules and by corrections, which have to be good ones.
func corrector(t *testing.T, corrections string) *Describer {
	t.Helper()
	a, err := danish.New()
	if err != nil {
		t.Fatal(err)
	}
	fixes, err := LoadCorrections([]byte(corrections), "rettelser.yaml")
	if err != nil {
		t.Fatal(err)
	}
	d, err := NewWith(a, Options{Corrections: fixes})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestACorrectionWinsAndIsShownAsOne(t *testing.T) {
	d := corrector(t, `corrections:
  - {url: "https://x.example/a", set: {type: forskning, age: [36, 71], topics: [sprog], access: abonnement}, why: Læst af redaktionen.}
  - {source: x, title: vuggestue, set: {place: "", age: []}, why: Gælder hele landet.}
`)
	doc := index.Document{URL: "https://x.example/a", Title: "DEBAT: Leg i vuggestuen", Body: "Gladsaxe Kommune og Gladsaxe Kommune.", Licence: index.Derived{Value: "CC BY 4.0", Reason: index.Reason{Rule: "licence-meta"}}}
	fired := d.Trace(&doc, partners.Source{ID: "x"})
	read := index.Reason{Rule: "rettelse", Quote: "Læst af redaktionen."}
	if diff := cmp.Diff(index.Derived{Value: "forskning", Reason: read}, doc.Type); diff != "" {
		t.Errorf("type (-want +got)\n%s", diff)
	}
	if doc.Age.Known || doc.Place.Value != "" || doc.Place.Rule != "rettelse" {
		t.Errorf("the later correction did not win: %+v, %+v", doc.Age, doc.Place)
	}
	if diff := cmp.Diff([]index.Topic{{Slug: "sprog", Weight: 1, Reason: read}}, doc.Topics); diff != "" {
		t.Errorf("topics (-want +got)\n%s", diff)
	}
	winners := map[string]int{}
	for _, f := range fired {
		if f.Won {
			winners[f.Field+" "+f.Rule]++
		}
	}
	if winners["type rettelse"] != 1 || winners["age rettelse"] != 1 || winners["type type/debat-overskrift"] != 0 {
		t.Errorf("winners %v", winners)
	}

	plain := describer(t)
	plain.Describe(&doc, partners.Source{ID: "x"})
	if doc.Type.Value != "debat" || doc.Access.Value != "fri" || doc.Place.Value != "Gladsaxe" {
		t.Errorf("after the corrections went: %s, %s, %s", doc.Type.Value, doc.Access.Value, doc.Place.Value)
	}
	if plain.Fingerprint() == d.Fingerprint() {
		t.Error("corrections do not change the fingerprint, so nothing would be described again")
	}
}

func TestCorrectionsThatCannotBeUsedAreRefused(t *testing.T) {
	for name, data := range map[string]string{
		"no document":   "corrections: [{set: {type: debat}, why: x}]",
		"no reason":     "corrections: [{url: 'https://a', set: {type: debat}}]",
		"nothing set":   "corrections: [{url: 'https://a', why: x}]",
		"unknown type":  "corrections: [{url: 'https://a', set: {type: roman}, why: x}]",
		"unknown field": "corrections: [{url: 'https://a', set: {farve: blå}, why: x}]",
		"no span":       "corrections: [{url: 'https://a', set: {age: [9]}, why: x}]",
		"access":        "corrections: [{url: 'https://a', set: {access: måske}, why: x}]",
	} {
		if _, err := LoadCorrections([]byte(data), "x.yaml"); !errors.Is(err, ErrCorrections) {
			t.Errorf("%s: err = %v, want ErrCorrections", name, err)
		}
	}
	a, err := danish.New()
	if err != nil {
		t.Fatal(err)
	}
	for _, data := range []string{"corrections: [{source: a, set: {topics: [findes-ikke]}, why: x}]", "corrections: [{source: a, set: {programmes: [findes-ikke]}, why: x}]"} {
		fixes, err := LoadCorrections([]byte(data), "x.yaml")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := NewWith(a, Options{Corrections: fixes}); !errors.Is(err, ErrCorrections) {
			t.Errorf("%s: err = %v, want ErrCorrections", data, err)
		}
	}
}

// TestWhatExtractionFoundIsCorrectedAndComesBack: language, authors, dates and group are corrected before the rules speak, and a
// document that is described again without the correction is as it was, though its page is not read again.
func TestWhatExtractionFoundIsCorrectedAndComesBack(t *testing.T) {
	d := corrector(t, `corrections:
  - url: https://x.example/a
    set:
      lang: nb
      authors: [Anne Holm, Bo Lind]
      published: 2021-05
      updated: ""
      decided: 2021-04-30
      deadline: 2022
      licence: CC0
      themes: [social-udvikling]
      group: {as: kopi, with: "https://y.example/b"}
    why: Set i det trykte blad.
  - {prefix: "https://x.example/", set: {published: "2020"}, why: Kun året er sikkert.}
`)
	day := func(s string, precision index.Precision, why index.Reason) index.Date {
		at, err := time.Parse(time.DateOnly, s)
		if err != nil {
			t.Fatal(err)
		}
		return index.Date{Time: at, Precision: precision, Reason: why}
	}
	meta, said, later := index.Reason{Rule: "meta", Quote: "x"}, index.Reason{Rule: "rettelse", Quote: "Set i det trykte blad."}, index.Reason{Rule: "rettelse", Quote: "Kun året er sikkert."}
	page := index.Document{
		URL: "https://x.example/a", Title: "Leg i hallen", Body: "Børnene leger i hallen hver dag.", Lang: index.Derived{Value: "da", Reason: meta},
		Authors: []string{"Redaktionen"}, AuthorsWhy: meta, Published: day("2024-01-02", index.Day, meta), Updated: day("2024-01-03", index.Day, meta),
		Licence: index.Derived{Value: "CC BY 4.0", Reason: meta},
	}
	plain := page
	describer(t).Describe(&plain, partners.Source{ID: "x"})

	got := page
	fired := d.Trace(&got, partners.Source{ID: "x"})
	want := plain
	want.Lang, want.Authors, want.AuthorsWhy = index.Derived{Value: "nb", Reason: said}, []string{"Anne Holm", "Bo Lind"}, said
	want.Published, want.Updated = day("2020-01-01", index.Year, later), index.Date{Reason: said}
	want.Decided, want.Deadline = day("2021-04-30", index.Day, said), day("2022-01-01", index.Year, said)
	want.Licence, want.Themes = index.Derived{Value: "CC0", Reason: said}, []index.Topic{{Slug: "social-udvikling", Weight: 1, Reason: said}}
	want.Pinned = index.Pin{As: "kopi", With: "https://y.example/b", Reason: said}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(index.Document{}, "Replaced")); diff != "" {
		t.Errorf("corrected (-want +got)\n%s", diff)
	}
	rules := map[string]int{}
	for _, f := range fired {
		if f.Won {
			rules[f.Field+" "+f.Rule]++
		}
	}
	if rules["lang rettelse"] != 1 || rules["lang meta"] != 0 || rules["group rettelse"] != 1 || rules["theme rettelse"] != 1 || rules["authors meta"] != 0 {
		t.Errorf("what won: %v", rules)
	}
	if !slices.ContainsFunc(fired, func(f Fired) bool { return f.Field == "lang" && f.Value == "da" && !f.Won }) {
		t.Error("what extraction had found is not told")
	}

	stored, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	var back index.Document
	if err := json.Unmarshal(stored, &back); err != nil {
		t.Fatal(err)
	}
	again := back
	d.Describe(&again, partners.Source{ID: "x"})
	if diff := cmp.Diff(back, again, cmpopts.IgnoreTypes(index.Reason{})); diff != "" {
		t.Errorf("described twice (-once +twice)\n%s", diff)
	}
	describer(t).Describe(&again, partners.Source{ID: "x"})
	if diff := cmp.Diff(plain, again); diff != "" {
		t.Errorf("after the correction went (-want +got)\n%s", diff)
	}
}

func TestMistakesInCorrectionsNameFileLineAndField(t *testing.T) {
	_, err := LoadCorrections([]byte(`corrections:
  - url: https://x.example/a
    set:
      lang: dansk
      published: 2021-13
      authors: [Anne, " "]
      group: {as: kopi}
    why: Fordi.
  - url: x.example/b
    set: {deadline: i morgen, type: roman}
  - {source: x, set: {group: {as: kopi, with: "https://x.example/a"}}, why: Fordi.}
  - {url: "https://x.example/c", set: {group: {as: tvilling, with: "https://x.example/c"}}, why: Fordi.}
`), "rettelser.yaml")
	if !errors.Is(err, ErrCorrections) {
		t.Fatalf("err = %v, want ErrCorrections", err)
	}
	for _, want := range []string{
		`rettelser.yaml:4: correction 1: set.lang: unknown language "dansk", not one of da,`,
		`rettelser.yaml:5: correction 1: set.published: "2021-13" is no date of the form 2024, 2024-05 or 2024-05-31`,
		`rettelser.yaml:6: correction 1: set.authors[1]: an empty name`,
		`rettelser.yaml:7: correction 1: set.group.with: "" is no address`,
		`rettelser.yaml:9: correction 2: url: "x.example/b" is no address`,
		`correction 2: why: needed`,
		`rettelser.yaml:10: correction 2: set.deadline: "i morgen" is no date`,
		`rettelser.yaml:10: correction 2: set.type: unknown type "roman"`,
		`rettelser.yaml:11: correction 3: set.group: of one document only: url is needed`,
		`rettelser.yaml:12: correction 4: set.group.as: "tvilling" is not one of kopi, udgave, oversaettelse, alene`,
		`rettelser.yaml:12: correction 4: set.group.with: "https://x.example/c" is the document itself`,
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("no %q in\n%s", want, err)
		}
	}
	a, _ := danish.New()
	fixes, err := LoadCorrections([]byte("corrections:\n  - source: a\n    why: x\n    set:\n      topics: [sprog]\n      themes:\n        - kommunikation-og-sprog\n        - sprog\n"), "x.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := NewWith(a, Options{Corrections: fixes}); err == nil || !strings.Contains(err.Error(), `x.yaml:8: correction 1: set.themes[1]: unknown theme "sprog"`) {
		t.Errorf("err = %v", err)
	}
}

func TestDocumentsAttachToProgrammesByNameAndByLink(t *testing.T) {
	d := describer(t)
	for _, tc := range []struct {
		name string
		doc  index.Document
		want []string
	}{
		{"the name in the title", index.Document{Title: "Småbørnsklubberne viser vejen"}, []string{"smaaboernsklubber"}},
		{"spelt with a hyphen", index.Document{Title: "Om Småbørns-løftet"}, []string{"smaabornsloeftet"}},
		{"several words as they stand", index.Document{Title: "Strategi", Body: "Under overskriften Familier der lykkes arbejder kommunen."}, []string{"familier-der-lykkes"}},
		{"the same words bent", index.Document{Title: "Strategi", Body: "En familie, der lykkedes."}, nil},
		{"a link to its page", index.Document{Title: "Nyt", Refs: []string{"https://egmontfonden.dk/smaborns-klubber/"}}, []string{"smaaboernsklubber"}},
		{"a page that only begins alike", index.Document{Title: "Nyt", Refs: []string{"https://egmontfonden.dk/smaborns-klubber-i-norden"}}, nil},
		{"an ordinary sentence", index.Document{Title: "Nyt", Body: "Det er ikke kun familier, der lykkes, og børn kan være fri for mobberi."}, nil},
		{"at the start of a sentence", index.Document{Title: "Nyt", Body: "Familier, der lykkes, har tid."}, nil},
		{"there, with its place", index.Document{Title: "Nyt", Body: "Familier, der lykkes, hedder planen i Gladsaxe."}, []string{"familier-der-lykkes"}},
		{"in quotes", index.Document{Title: "Nyt", Body: "Planen »familier, der lykkes« er ny."}, []string{"familier-der-lykkes"}},
		{"in the title", index.Document{Title: "Om Familier der lykkes"}, []string{"familier-der-lykkes"}},
		{"as the title", index.Document{Title: "Familier der lykkes: en evaluering"}, []string{"familier-der-lykkes"}},
		{"an ordinary title", index.Document{Title: "Når familier, der lykkes med måltidet, deler deres råd"}, nil},
		{"an ordinary title that begins so", index.Document{Title: "Familier, der lykkes med måltidet"}, nil},
		{"a word of its own", index.Document{Title: "Nyt", Body: "Vi gav hinanden et småbørnsløfte."}, nil},
		{"the same, where a sentence begins", index.Document{Title: "Nyt", Body: "Vi gav hinanden et småbørnsløfte. Småbørnsløfter koster penge, og småbørnsløfter holder vi."}, nil},
		{"a name where a sentence begins", index.Document{Title: "Nyt", Body: "Vi leger. Småbørnsklubber er for alle, og småbørnsklubber er gratis."}, []string{"smaaboernsklubber"}},
		{"the same, definite", index.Document{Title: "Nyt", Body: "Vi skrev under på småbørnsløftet."}, []string{"smaabornsloeftet"}},
		{"the same with a partner", index.Document{Title: "Nyt", Body: "Et småbørnsløfte, siger Egmont Fonden."}, []string{"smaabornsloeftet"}},
		{"once in passing", index.Document{Title: "Nyt", Body: longText() + "Se også småbørnsklubberne."}, nil},
		{"a front page with the title of another page", index.Document{URL: "https://k.example/", Title: "Kommunen", Body: "Læs om småbørnsklubberne", Refs: []string{"https://egmontfonden.dk/smaborns-klubber/"}}, nil},
		{"a front page that is called so", index.Document{URL: "https://k.example/", Title: "Småbørnsklubberne i kommunen"}, []string{"smaaboernsklubber"}},
		{"the front page of the programme", index.Document{URL: "https://www.xn--smbrnslftet-y8a2we.dk/", Title: "Forside"}, []string{"smaabornsloeftet"}},
	} {
		doc := tc.doc
		d.Describe(&doc, partners.Source{})
		var got []string
		for _, p := range doc.Programmes {
			got = append(got, p.Slug)
		}
		if diff := cmp.Diff(tc.want, got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", tc.name, diff)
		}
	}
}

// longText is more than an opening.
func longText() string {
	var text []byte
	for range 40 {
		text = append(text, "Kommunen har vedtaget en plan. "...)
	}
	return string(text)
}

// TestADateThatIsTakenAwayKeepsItsReason: that a document has no date is somebody's word when a correction took the last one.
func TestADateThatIsTakenAwayKeepsItsReason(t *testing.T) {
	d := corrector(t, "corrections:\n  - {source: x, set: {published: \"\"}, why: Dagen er sidens.}\n")
	on := index.Date{Time: time.Date(2024, 1, 2, 0, 0, 0, 0, time.UTC), Precision: index.Day}
	why := index.Reason{Rule: index.Corrected, Quote: "Dagen er sidens."}
	for name, tc := range map[string]struct {
		doc  index.Document
		want index.Reason
	}{
		"the only date":   {index.Document{Source: "x", Published: on}, why},
		"another is left": {index.Document{Source: "x", Published: on, Updated: on}, index.Reason{}},
	} {
		doc := tc.doc
		d.Describe(&doc, partners.Source{ID: "x"})
		stored, err := json.Marshal(doc)
		if err != nil {
			t.Fatal(err)
		}
		var back index.Document
		if err := json.Unmarshal(stored, &back); err != nil || back.NoDate != tc.want {
			t.Errorf("%s: %+v, want %+v (%v)", name, back.NoDate, tc.want, err)
		}
		describer(t).Describe(&back, partners.Source{ID: "x"})
		if back.NoDate != (index.Reason{}) || !back.Published.Time.Equal(on.Time) {
			t.Errorf("%s: after the correction went: %+v, %v", name, back.NoDate, back.Published)
		}
	}
}

// TestAnEmptyFileCorrectsNothing: an operator may empty it, or leave only what is commented out.
func TestAnEmptyFileCorrectsNothing(t *testing.T) {
	for _, data := range []string{"", "\n", "# corrections: []\n", "corrections:\n"} {
		if fixes, err := LoadCorrections([]byte(data), "x.yaml"); err != nil || len(fixes.list) > 0 {
			t.Errorf("%q: %v, %v", data, fixes.list, err)
		}
	}
}

// TestACorrectionHoldsForAnAddressHoweverItIsWritten: as a browser shows it, or under an address that once led to the document.
func TestACorrectionHoldsForAnAddressHoweverItIsWritten(t *testing.T) {
	doc := index.Document{URL: "https://x.example/leg", AltURLs: []string{"https://x.example/gammel/leg"}}
	for address, want := range map[string]bool{
		"https://x.example/leg":                      true,
		"http://WWW.X.example/leg/?utm_source=a#top": true,
		"https://x.example:443/leg":                  true,
		"https://x.example/gammel/leg":               true,
		"https://x.example/leg?side=2":               false,
		"https://x.example/lege":                     false,
		"https://y.example/leg":                      false,
		"https://x.example:8080/leg":                 false,
	} {
		if got := (correction{URL: address}).holds(&doc); got != want {
			t.Errorf("%s: %v", address, got)
		}
	}
}

// TestEveryFieldOfACorrectionIsTold to operators, in the page that the program comes with.
func TestEveryFieldOfACorrectionIsTold(t *testing.T) {
	page, err := os.ReadFile("../../cmd/smaabornsviden/deploy/CORRECTIONS.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, of := range []reflect.Type{reflect.TypeFor[values](), reflect.TypeFor[correction]()} {
		for i := range of.NumField() {
			if name := of.Field(i).Tag.Get("yaml"); name != "" && !strings.Contains(string(page), "`"+name+"`") {
				t.Errorf("%s is not told", name)
			}
		}
	}
	_, example, _ := strings.Cut(string(page), "```\n")
	example, _, _ = strings.Cut(example, "```")
	if fixes, err := LoadCorrections([]byte(example), "example"); err != nil || len(fixes.list) != 3 {
		t.Errorf("the example: %d corrections, %v", len(fixes.list), err)
	}
}

// TestUnknownNamesAreToldWithAllOtherMistakes: an operator mends a file once.
func TestUnknownNamesAreToldWithAllOtherMistakes(t *testing.T) {
	fixes, err := LoadCorrections([]byte(`corrections:
  - {url: "https://x.example/a", set: {type: roman, topics: [snegle], programmes: [intet]}, why: x}
  - {url: "https://x.example/b", sæt: {type: debat}, set: {place: Andeby}, why: x}
  - {url: "https://x.example/c", set: {themes: [leg]}}
`), "x.yaml")
	if err == nil || !fixes.Decoded() {
		t.Fatalf("%v, decoded %v", err, fixes.Decoded())
	}
	a, _ := danish.New()
	_, err = NewWith(a, Options{Corrections: fixes})
	for _, want := range []string{`unknown type "roman"`, `unknown topic "snegle"`, `unknown programme "intet"`, "sæt", `unknown municipality "Andeby"`, `unknown theme "leg"`, "correction 3: why: needed"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("no %q in\n%v", want, err)
		}
	}
	if fixes, err := LoadCorrections([]byte("corrections: [{url: ["), "x.yaml"); err == nil || fixes.Decoded() {
		t.Errorf("no YAML: %v, %v", fixes, err)
	}
}

// TestCorrectionsThatContradictAreTold, since the later one holds without a word otherwise.
func TestCorrectionsThatContradictAreTold(t *testing.T) {
	none := func(yield func(index.Document, error) bool) {
		for _, address := range []string{"https://x.example/a", "https://x.example/b"} {
			if !yield(index.Document{URL: address, Source: "x"}, nil) {
				return
			}
		}
	}
	for _, tc := range []struct{ file, want string }{
		{"  - {url: \"https://x.example/a\", set: {type: debat}, why: x}\n  - {url: \"https://X.example/a/\", set: {type: nyhed}, why: y}\n", "x.yaml:3: correction 2: set.type: contradicts correction 1, and holds instead of it"},
		{"  - {url: \"https://x.example/a\", set: {group: {as: kopi, with: \"https://x.example/b\"}}, why: x}\n  - {url: \"https://x.example/b\", set: {group: {as: udgave, with: \"https://x.example/a\"}}, why: y}\n", "x.yaml:3: correction 2: set.group: contradicts correction 1, and holds instead of it"},
		{"  - {url: \"https://x.example/a\", set: {type: debat}, why: x}\n  - {url: \"https://x.example/a\", set: {type: debat, lang: da}, why: y}\n", ""},
		{"  - {source: x, set: {type: debat}, why: x}\n  - {url: \"https://x.example/a\", set: {type: nyhed}, why: y}\n", ""},
		{"  - {url: \"https://x.example/a\", set: {group: {as: kopi, with: \"https://x.example/c\"}}, why: x}\n", "x.yaml:2: correction 1: set.group.with: no stored document is at https://x.example/c"},
	} {
		fixes, err := LoadCorrections([]byte("corrections:\n"+tc.file), "x.yaml")
		if err != nil {
			t.Fatal(err)
		}
		a, _ := danish.New()
		d, err := NewWith(a, Options{Corrections: fixes})
		if err != nil {
			t.Fatal(err)
		}
		got, err := d.Unmet(none)
		if err != nil || strings.Join(got, "|") != tc.want {
			t.Errorf("%s: %q (%v), want %q", tc.file, got, err, tc.want)
		}
	}
}
