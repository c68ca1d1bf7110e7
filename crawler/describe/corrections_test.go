package describe

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"smaabornsviden/crawler/partners"
	"smaabornsviden/index"
	"smaabornsviden/index/danish"
)

func TestACorrectionWinsAndIsShownAsOne(t *testing.T) {
	a, err := danish.New()
	if err != nil {
		t.Fatal(err)
	}
	fixes, err := LoadCorrections([]byte(`corrections:
  - {url: "https://x.example/a", set: {type: forskning, age: [36, 71], topics: [sprog], access: abonnement}, why: Læst af redaktionen.}
  - {source: x, title: vuggestue, set: {place: "", age: []}, why: Gælder hele landet.}
`), "rettelser.yaml")
	if err != nil {
		t.Fatal(err)
	}
	d, err := NewWith(a, Options{Corrections: fixes})
	if err != nil {
		t.Fatal(err)
	}
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
		{"in the title", index.Document{Title: "Om familier der lykkes"}, []string{"familier-der-lykkes"}},
		{"a word of its own", index.Document{Title: "Nyt", Body: "Vi gav hinanden et småbørnsløfte."}, nil},
		{"the same, definite", index.Document{Title: "Nyt", Body: "Vi skrev under på småbørnsløftet."}, []string{"smaabornsloeftet"}},
		{"the same with a partner", index.Document{Title: "Nyt", Body: "Et småbørnsløfte, siger Egmont Fonden."}, []string{"smaabornsloeftet"}},
		{"once in passing", index.Document{Title: "Nyt", Body: longText() + "Se også småbørnsklubberne."}, nil},
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
