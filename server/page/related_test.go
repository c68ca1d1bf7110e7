package page

import (
	"testing"

	"smaabornsviden/index"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/tongue"
)

// TestRelationsSayWhy: each relation is told with what it rests on, a programme by its name, in the words of both languages.
func TestRelationsSayWhy(t *testing.T) {
	names := &answer.Names{}
	names.Add(answer.Programmes, "smaaboernscafeer", "Småbørnscaféer")
	d := index.Document{
		URL: "https://a.example/x", Lang: index.Derived{Value: "da"},
		Programmes: []index.Topic{
			{Slug: "smaaboernscafeer", Reason: index.Reason{Quote: "I vores småbørnscaféer"}},
			{Slug: "linket", Reason: index.Reason{Quote: "https://b.example/projekter/linket"}},
			{Slug: "egen", Reason: index.Reason{Quote: "https://a.example/x"}},
		},
	}
	for _, tc := range []struct{ kind, rule, quote, danish, english string }{
		{"samme-indsats", "indsats/navn", "smaaboernscafeer", "begge handler om Småbørnscaféer (her: »I vores småbørnscaféer«)", "both are about Småbørnscaféer (here: »I vores småbørnscaféer«)"},
		{"forskning", "omtale/indsats", "smaaboernscafeer", "begge handler om Småbørnscaféer (her: »I vores småbørnscaféer«)", "both are about Småbørnscaféer (here: »I vores småbørnscaféer«)"},
		{"samme-indsats", "indsats/navn", "egen", "begge handler om egen", "both are about egen"},
		{"samme-indsats", "indsats/navn", "linket", "begge handler om linket", "both are about linket"},
		{"forskning", "omtale/henvisning", "doi:10.5555/abc", "teksten her nævner dens DOI: 10.5555/abc", "this text gives its DOI: 10.5555/abc"},
		{"omtale-nyhed", "omtale/doi", "10.5555/abc", "den nævner DOI’en for denne: 10.5555/abc", "it gives the DOI of this one: 10.5555/abc"},
		{"forskning", "omtale/titel", "Leg", "teksten her citerer titlen", "this text quotes its title"},
		{"omtale", "omtale/titel", "Leg", "den citerer titlen på denne", "it quotes the title of this one"},
		{"oversaettelse", "gruppe/hreflang", "a.example/en", "den ene side peger på den anden som samme side på et andet sprog (hreflang)", "the one page points to the other as the same page in another language (hreflang)"},
		{"kopi", "gruppe/kopi", "93 % af ordfølgerne er ens", "93 % af ordfølgerne er ens", "93 % of the word sequences are the same"},
		{"kopi", "gruppe/forkortet", "88 % af den korte tekst står i »Leg 100 % ude«", "88 % af den korte tekst står i den lange", "88 % of the short text stand in the long one"},
		{"udgave", index.Corrected, "Set i bladet.", "rettet af os: »Set i bladet.«", "corrected by us: »Set i bladet.«"},
		{"kopi", "", "", "", ""},
	} {
		r := index.Relation{Kind: tc.kind, Reason: index.Reason{Rule: tc.rule, Quote: tc.quote}}
		if got := plainText(because(tongue.Danish, d, r, names)); got != tc.danish {
			t.Errorf("%s in Danish: %q, want %q", tc.rule, got, tc.danish)
		}
		if got := plainText(because(tongue.English, d, r, names)); got != tc.english {
			t.Errorf("%s in English: %q, want %q", tc.rule, got, tc.english)
		}
	}
}

func plainText(s sentence) string {
	var all string
	for _, p := range s {
		all += p.Text
	}
	return all
}
