package describe

import (
	"strings"
	"testing"

	"smaabornsviden/crawler/partners"
	"smaabornsviden/index"
)

// agedText is a text under a title, "" for one that says nothing, and the age that it is about.
type agedText struct{ title, body, want string }

func (a agedText) check(t *testing.T, d *Describer) {
	t.Helper()
	doc := index.Document{Title: a.title, Body: a.body, Lang: index.Derived{Value: "da"}}
	if doc.Title == "" {
		doc.Title = "Byens skov"
	}
	if strings.HasPrefix(a.body, "The ") {
		doc.Lang.Value = "en"
	}
	d.Describe(&doc, partners.Source{})
	if got := strings.TrimPrefix(told(doc.Age), "perhaps "); got != a.want {
		t.Errorf("%q %.80q: %s by %s (%s), want %s", a.title, a.body, got, doc.Age.Rule, doc.Age.Quote, a.want)
	}
}

// TestASpanOverBirthHasBothItsEnds: what begins in pregnancy or at birth and goes on until an age or a place is one span.
func TestASpanOverBirthHasBothItsEnds(t *testing.T) {
	d := describer(t)
	for _, a := range []agedText{
		{"", "Familierne får hjælp fra før fødslen, og til barnet fylder to år.", "-9..23"},
		{"", "Besøgene begynder før fødslen og fortsætter, til barnet fylder to år.", "-9..23"},
		{"", "Forløbet starter inden fødslen og varer indtil barnet er to år.", "-9..23"},
		{"", "Vi følger familierne i graviditeten og frem til barnet fylder to år.", "-9..23"},
		{"", "Støtten gives i graviditeten og i barnets første to år.", "-9..23"},
		{"", "Støtten gives under graviditeten og barnets første leveår.", "-9..11"},
		{"", "Familierne følges fra 20. graviditetsuge til barnet er 18 måneder.", "-9..18"},
		{"", "Familierne følges fra graviditetsuge 20, til barnet er 18 måneder.", "-9..18"},
		{"", "Indsatsen rækker fra graviditet til skolestart.", "-9..71"},
		{"", "Vi er der fra graviditeten og frem til barnet starter i skole.", "-9..71"},
		{"", "Vi er der fra før fødslen til barnet begynder i børnehave.", "-9..35"},
		{"", "Sundhedsplejen følger barnet fra fødslen, til det begynder i børnehave.", "0..35"},
		{"", "En hånd i ryggen fra undfangelse til skolestart.", "-9..71"},
		{"", "Fra barnet ligger i mors mave, til det fylder tre år.", "-9..35"},
		{"", "Hjælp fra barnet er nyfødt, til det er tre år.", "0..35"},
		{"", "Tilbuddet gælder fra fødslen og indtil barnet er 12 måneder.", "0..12"},
		{"", "Støtte fra før fødslen og op til toårsalderen.", "-9..23"},
		{"", "The visits begin before birth and go on until the child turns two.", "-9..23"},
		{"", "Tre besøg før fødslen og et hjemmebesøg, når barnet er to måneder.", "-9..2"},
		{"", "Før fødslen kan I komme til to samtaler.", "-9..-1"},
		{"", "Inden fødslen melder I barnet til vuggestue.", "-9..35"},
		{"", "I graviditeten kan far komme til børnehave og skole med sine andre børn.", "-9..71"},
		{"", "Efter fødslen fik de to børn på 3 år hver sin gave.", "36..47"},
		{"", "Et besøg før fødslen.", "-9..-1"},
		{"Fra før fødslen til to år", "Vi besøger familierne.", "-9..23"},
		{"Fra fosterliv til skolestart", "Vi besøger familierne.", "-9..71"},
		{"Fra graviditet til børnehave", "Vi besøger familierne.", "-9..35"},
		{"Fra vugge til skole", "Vi besøger familierne.", "0..71"},
		{"", "Programmet begynder i 28. uge af graviditeten og slutter, når barnet fylder et år.", "-9..11"},
	} {
		a.check(t, d)
	}
}

// TestParentsOfChildrenTellTheirAge: parents in the plural are whom a text is for or about.
func TestParentsOfChildrenTellTheirAge(t *testing.T) {
	d := describer(t)
	for _, a := range []agedText{
		{"", "Rapporten følger forældre til 1-3-årige i fire byer.", "12..47"},
		{"", "Vi inviterer forældre til børn på 3-5 år.", "36..71"},
	} {
		a.check(t, d)
	}
}

// TestAnAgeOfSomebodysOwnLifeIsNoneOfTheText: where people once went or work, whose child goes somewhere and how old the children of
// those who argue are, a text only mentions.
func TestAnAgeOfSomebodysOwnLifeIsNoneOfTheText(t *testing.T) {
	d := describer(t)
	filler := strings.Repeat("Kommunen har vedtaget en plan for arbejdet i de kommende måneder. ", 20)
	for _, a := range []agedText{
		{"", "Nogle gik i børnehave for 12 år siden. Nu går de i skole og planter træer.", "none"},
		{"", "Mange af de ældre søskende har yngre søskende, der går i vuggestue. De planter træer.", "none"},
		{"Giv os tid", "Debat: Min søn er 5 år, og jeg mener, at normeringen i byen er for dårlig. Derfor bør politikerne handle nu. " + filler, "none"},
		{"", "Hun arbejdede i en børnehave i 12 år, før hun blev borgmester. " + filler, "none"},
		{"", "Han har været leder i en vuggestue i otte år.", "none"},
		{"", "Da hun gik i børnehave, tegnede hun altid huse.", "none"},
		{"", "Anna Holm er uddannet pædagog og mor til en treårig. " + filler, "none"},
		{"", "Vi har to børn på 3 og 5 år, skriver Bo Lund. " + filler, "none"},
		{"", "Mødet holdes i børnehaven på Skovvej 3.", "none"},
		{"", "Projektet varede i tre år og fulgte 60 børn.", "none"},
		{"", "Over en periode på 3-5 år har 40 børn været med.", "none"},
		{"", "Efter to år i børnehaven har de flyttet skuret.", "none"},
		{"", "Han har en datter i vuggestue og cykler hver dag til arbejde på rådhuset.", "none"},
		{"", "Hans kone arbejder i en vuggestue, og selv er han tømrer.", "none"},
		{"", "Børnene fra Solsikkens vuggestue sover ude. Vuggestuen har ti senge.", "0..35"},
		{"Min søn sover ikke", "Min søn er 5 år, og han sover dårligt. Hvad gør jeg? Mange børn på 5 år sover dårligt.", "60..71"},
		{"", "De havde ventet på børnehaven i to år.", "none"},
		{"", "Politikeren, der er far til tre børn på 2, 4 og 7 år, stiller op igen. " + filler, "none"},
		{"", "Kommunen fik sin første børnehave i 1912, og i dag bor her 12.000. " + filler, "none"},
		{"", "Elever i 4. klasse læser for hinanden. Deres søskende i børnehaven lytter somme tider. " + filler, "none"},
	} {
		a.check(t, d)
	}
}
