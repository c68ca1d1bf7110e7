package page

import (
	"slices"
	"testing"

	"smaabornsviden/index"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/tongue"
)

// TestFactsSayWhereTheyComeFrom: each value has the words it rests on and the rule behind, and a value that a person set says so.
func TestFactsSayWhereTheyComeFrom(t *testing.T) {
	names := &answer.Names{}
	names.Add(answer.Themes, "social-udvikling", "Social udvikling")
	all := facts(tongue.Danish, index.Document{
		Type:   index.Derived{Value: "program", Reason: index.Reason{Rule: index.Corrected, Quote: "Siden er programmets egen."}},
		Themes: []index.Topic{{Slug: "social-udvikling", Reason: index.Reason{Rule: "theme/social-udvikling", Quote: "få venner"}}, {Slug: "ukendt-tema"}},
		Grade:  index.Derived{Value: "Høj kvalitet", Reason: index.Reason{Rule: "vurdering", Quote: "Vurdering: Høj kvalitet"}},
		ISBN:   "9780306406157", ISBNWhy: index.Reason{Rule: "isbn-text", Quote: "ISBN 978-0-306-40615-7"},
		Keywords: []string{"leg", "sprog"}, KeywordsWhy: index.Reason{Rule: "keywords-meta", Quote: "leg,sprog"},
	}, names)
	for _, want := range []struct{ label, text, why, quote, rule string }{
		{"Type", "Program/indsats", "rettet af os:", "Siden er programmets egen.", "Regel: rettelse"},
		{"Læreplanstema", "Social udvikling", "fundet i", "få venner", "Regel: theme/social-udvikling"},
		{"ISBN", "9780306406157", "fundet i", "ISBN 978-0-306-40615-7", "Regel: isbn-text"},
		{"Nøgleord", "leg, sprog", "fundet i", "leg,sprog", "Regel: keywords-meta"},
		{"Kildens egen vurdering", "Høj kvalitet", "fundet i", "Vurdering: Høj kvalitet", "Regel: vurdering"},
	} {
		i := slices.IndexFunc(all, func(f fact) bool { return f.Label == want.label })
		if i < 0 {
			t.Errorf("no fact %s", want.label)
			continue
		}
		f := all[i]
		if f.Text[0].Text != want.text || f.Why != want.why || f.Quoted.Spans[0] != want.quote || f.Rule != want.rule {
			t.Errorf("%s: %q (%s %q, %s), want %+v", f.Label, f.Text[0].Text, f.Why, f.Quoted.Spans, f.Rule, want)
		}
	}
	if n := slices.IndexFunc(all, func(f fact) bool { return f.Text[0].Text == "ukendt-tema" }); n >= 0 {
		t.Error("a theme that nobody named is shown")
	}
}

// TestWhatAPersonSaysOfTheGroupAndTheAuthorsIsShownAsSuch: these stand elsewhere on the page, where no reason is.
func TestWhatAPersonSaysOfTheGroupAndTheAuthorsIsShownAsSuch(t *testing.T) {
	said := index.Reason{Rule: index.Corrected, Quote: "Set i det trykte blad."}
	all := facts(tongue.Danish, index.Document{
		Authors: []string{"Anne Holm", "Bo Lind"}, AuthorsWhy: said, Sector: "myndighed", SectorWhy: said, Age: index.AgeSpan{Reason: said}, NoDate: said, Pinned: index.Pin{As: index.Alone, Reason: said},
		Related: []index.Relation{{Kind: "udgave", ID: "b", Title: "Leg i hallen", Reason: said}, {Kind: "kopi", ID: "c", Title: "Leg", Reason: index.Reason{Rule: "gruppe/kopi"}}},
	}, &answer.Names{})
	for _, want := range [][2]string{{"Forfatter", "Anne Holm; Bo Lind"}, {"Sektor", "Myndighed"}, {"Alder", "Ikke angivet"}, {"Dato", "Ukendt"}, {"Samme tekst andre steder", "Ingen"}, {"Andre udgaver", "Leg i hallen"}} {
		i := slices.IndexFunc(all, func(f fact) bool { return f.Label == want[0] })
		if i < 0 || all[i].Text[0].Text != want[1] || all[i].Why != "rettet af os:" || !slices.Equal(all[i].Quoted.Spans, []string{said.Quote}) {
			t.Errorf("%q is not shown as corrected: %+v", want, all)
		}
	}
	if n := slices.IndexFunc(all, func(f fact) bool { return f.Text[0].Text == "Leg" }); n >= 0 {
		t.Error("what a rule found is shown as a fact")
	}
}

// TestATypeThatNoRuleGaveSaysSo: the id of the rule stays for those who work on the rules.
func TestATypeThatNoRuleGaveSaysSo(t *testing.T) {
	d := index.Document{Type: index.Derived{Value: "ukendt", Reason: index.Reason{Rule: index.NoRule}}}
	for _, want := range []struct {
		tongue    tongue.Tongue
		why, rule string
	}{
		{tongue.Danish, "Ingen regel holdt", "Regel: type/ingen-regel"},
		{tongue.English, "No rule held", "Rule: type/ingen-regel"},
	} {
		f := facts(want.tongue, d, &answer.Names{})[0]
		if f.Why != want.why || f.Rule != want.rule || len(f.Quoted.Spans) > 0 {
			t.Errorf("%+v, want %+v", f, want)
		}
	}
}

// TestAuthorsThatTheSourceLeavesOutAreSaidToBeThere: "Af X, Y med flere" is not written by two.
func TestAuthorsThatTheSourceLeavesOutAreSaidToBeThere(t *testing.T) {
	d := index.Document{Authors: []string{"Anna Holm", "Bo Lund"}}
	if b := newByline(tongue.Danish, d); b.More || b.And != 1 {
		t.Errorf("two authors: %+v", b)
	}
	d.AuthorsMore = true
	if b := newByline(tongue.Danish, d); !b.More || b.And != 0 || len(b.Names) != 2 {
		t.Errorf("two of more authors: %+v", b)
	}
}
