package query

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestParseReadsWhatReadersType(t *testing.T) {
	tests := []struct {
		name, in string
		want     []Clause
	}{
		{"nothing", "  \t", nil},
		{"words", "tidlig  indsats", []Clause{{Text: "tidlig"}, {Text: "indsats"}}},
		{"phrase", `"tryg tilknytning" vuggestue`, []Clause{{Text: "tryg tilknytning", Phrase: true}, {Text: "vuggestue"}}},
		{"Danish quotation marks", "»fri leg« „i skoven”", []Clause{{Text: "fri leg", Phrase: true}, {Text: "i skoven", Phrase: true}}},
		{"excluded word", "leg -skole", []Clause{{Text: "leg"}, {Text: "skole", Not: true}}},
		{"elliptical piece", "samarbejde og -inddragelse", []Clause{{Text: "samarbejde"}, {Text: "og"}, {Text: "inddragelse"}}},
		{"excluded phrase", `leg -"fri leg"`, []Clause{{Text: "leg"}, {Text: "fri leg", Phrase: true, Not: true}}},
		{"required word", "+leg skole", []Clause{{Text: "leg", Must: true}, {Text: "skole"}}},
		{"dash between words", "0-6 år - sprog", []Clause{{Text: "0-6"}, {Text: "år"}, {Text: "-"}, {Text: "sprog"}}},
		{"prefix", "sprog*", []Clause{{Text: "sprog", Prefix: true}}},
		{"prefix too short", "sp*", []Clause{{Text: "sp*"}}},
		{"or in capitals", "vuggestue ELLER dagpleje", []Clause{{Text: "vuggestue"}, {Text: "dagpleje", Or: true}}},
		{"or without left side", "OR dagpleje", []Clause{{Text: "dagpleje"}}},
		{"not in capitals", "leg IKKE skole", []Clause{{Text: "leg"}, {Text: "skole", Not: true}}},
		{"small letters are words", "leg og ikke skole", []Clause{{Text: "leg"}, {Text: "og"}, {Text: "ikke"}, {Text: "skole"}}},
		{"field", "dagpleje år:2020-2024 type:forskning", []Clause{{Text: "dagpleje"}, {Text: "2020-2024", Field: "aar"}, {Text: "forskning", Field: "type"}}},
		{"field with words", `type:"Lov/vejledning/strategi"`, []Clause{{Text: "Lov/vejledning/strategi", Field: "type"}}},
		{"field without value", "type: forskning", []Clause{{Text: "type:"}, {Text: "forskning"}}},
		{"unknown field", "kl:12", []Clause{{Text: "kl:12"}}},
		{"lone quote", `tryg "tilknytning`, []Clause{{Text: "tryg"}, {Text: "tilknytning"}}},
		{"empty quotes", `"" leg`, []Clause{{Text: "leg"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := Parse(tt.in)
			if diff := cmp.Diff(tt.want, got, cmpopts.IgnoreFields(Clause{}, "Start", "End")); diff != "" {
				t.Errorf("Parse(%q) (-want +got):\n%s", tt.in, diff)
			}
		})
	}
}

func FuzzParseKeepsToTheText(f *testing.F) {
	for _, seed := range []string{`a "b c" -d`, "år:2020", `"`, "»", "-", "+\"x", "type:\"", "a OR", "\xff\xfe*"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, q string) {
		last := 0
		for _, c := range Parse(q) {
			if c.Start < last || c.End < c.Start || c.End > len(q) {
				t.Fatalf("Parse(%q): clause %+v out of order or bounds", q, c)
			}
			if !strings.Contains(q[c.Start:c.End], c.Text) {
				t.Fatalf("Parse(%q): clause text %q is not at its place", q, c.Text)
			}
			last = c.End
		}
	})
}

func TestLooksLikeCPR(t *testing.T) {
	for in, want := range map[string]bool{
		"010190-1234":        true,
		"0101901234":         true,
		"barn 311299 0000 x": true,
		"321299-0000":        false, // no 32nd day
		"011399-1234":        false, // no 13th month
		"sprog 2020-2024":    false,
		"12345678901":        false, // eleven digits
		"45 12 34 56":        false, // a phone number
		"":                   false,
	} {
		if got := LooksLikeCPR(in); got != want {
			t.Errorf("LooksLikeCPR(%q) = %v, want %v", in, got, want)
		}
	}
}

func TestSlipsAreAllOneEditAway(t *testing.T) {
	seen := map[string]float64{}
	for _, s := range slips("leg") {
		seen[s.meant] = max(seen[s.meant], s.odds)
	}
	for _, meant := range []string{"eg", "lege", "læg", "elg", "lleg", "beg", "le"} {
		if seen[meant] == 0 {
			t.Errorf("%q is no slip of leg", meant)
		}
	}
	if seen["læg"] <= seen["lig"] || seen["lig"] <= seen["lqg"] {
		t.Errorf("odds of læg, lig, lqg = %v, %v, %v; want them to fall", seen["læg"], seen["lig"], seen["lqg"])
	}
	if seen["legetøj"] != 0 || seen["leg"] != 0 {
		t.Error("two edits or none are slips")
	}
}
