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
		{"shouted", "DANSK ROCK ER OG BLIVER STOR", []Clause{{Text: "DANSK"}, {Text: "ROCK"}, {Text: "ER"}, {Text: "OG"}, {Text: "BLIVER"}, {Text: "STOR"}}},
		{"abbreviations", "PPR OG AKT", []Clause{{Text: "PPR", Must: true}, {Text: "AKT", Must: true}}},
		{"or in capitals", "vuggestue ELLER dagpleje", []Clause{{Text: "vuggestue"}, {Text: "dagpleje", Or: true}}},
		{"or without left side", "OR dagpleje", []Clause{{Text: "dagpleje"}}},
		{"not in capitals", "leg IKKE skole", []Clause{{Text: "leg"}, {Text: "skole", Not: true}}},
		{"small letters are words", "leg og ikke skole", []Clause{{Text: "leg"}, {Text: "og"}, {Text: "ikke"}, {Text: "skole"}}},
		{"field", "dagpleje år:2020-2024 type:forskning", []Clause{{Text: "dagpleje"}, {Text: "2020-2024", Field: "aar"}, {Text: "forskning", Field: "type"}}},
		{"field with words", `type:"Lov/vejledning/strategi"`, []Clause{{Text: "Lov/vejledning/strategi", Field: "type"}}},
		{"field without value", "type: forskning", []Clause{{Text: "type:"}, {Text: "forskning"}}},
		{"unknown field", "kl:12", []Clause{{Text: "kl:12"}}},
		{"and in capitals", "leg AND sprog", []Clause{{Text: "leg", Must: true}, {Text: "sprog", Must: true}}},
		{"and in Danish", "leg OG sprog skole", []Clause{{Text: "leg", Must: true}, {Text: "sprog", Must: true}, {Text: "skole"}}},
		{"phrase and word", `"tryg tilknytning" AND vuggestue`, []Clause{{Text: "tryg tilknytning", Phrase: true, Must: true}, {Text: "vuggestue", Must: true}}},
		{"and not", "leg AND NOT skole", []Clause{{Text: "leg", Must: true}, {Text: "skole", Not: true}}},
		{"or binds before and", "leg OR sprog AND skole", []Clause{{Text: "leg", Must: true}, {Text: "sprog", Or: true, Must: true}, {Text: "skole", Must: true}}},
		{"and before or", "leg AND sprog OR tale", []Clause{{Text: "leg", Must: true}, {Text: "sprog", Must: true}, {Text: "tale", Or: true, Must: true}}},
		{"parentheses", `("fri leg" OR leg) AND skole`, []Clause{{Text: "fri leg", Phrase: true, Must: true}, {Text: "leg", Or: true, Must: true}, {Text: "skole", Must: true}}},
		{"excluded group", "leg NOT (skole OR fritid)", []Clause{{Text: "leg"}, {Text: "skole", Not: true}, {Text: "fritid", Not: true}}},
		{"exclusion in parentheses", "leg (NOT skole)", []Clause{{Text: "leg"}, {Text: "skole", Not: true}}},
		{"exclusion or word", "(NOT skole OR fritid)", []Clause{{Text: "skole", Not: true}, {Text: "fritid", Must: true}}},
		{"parenthesis inside a word", "børn(ene)", []Clause{{Text: "børn(ene)"}}},
		{"ampersand in a name", "leg & læring", []Clause{{Text: "leg"}, {Text: "læring"}}},
		{"and beside a condition", "leg AND type:debat", []Clause{{Text: "leg"}, {Text: "debat", Field: "type"}}},
		{"title", `titel:leg title:"fri leg"`, []Clause{{Text: "leg", Field: "titel"}, {Text: "fri leg", Field: "titel", Phrase: true}}},
		{"author", `forfatter:Holm author:"Bo Holm" kilde:"Lindeby"`, []Clause{{Text: "Holm", Field: "forfatter"}, {Text: "Bo Holm", Field: "forfatter", Phrase: true}, {Text: "Lindeby", Field: "kilde"}}},
		{"title begins", "titel:indsats* titel:in*", []Clause{{Text: "indsats", Field: "titel", Prefix: true}, {Text: "in*", Field: "titel"}}},
		{"required group", "+(leg OR sprog) tale", []Clause{{Text: "leg", Must: true}, {Text: "sprog", Must: true, Or: true}, {Text: "tale"}}},
		{"required words", "+(leg sprog)", []Clause{{Text: "leg", Must: true}, {Text: "sprog", Must: true}}},
		{"or after a condition", "skole type:debat OR leg", []Clause{{Text: "skole"}, {Text: "debat", Field: "type"}, {Text: "leg"}}},
		{"title of a group", `titel:(leg OR "fri leg") skole`, []Clause{{Text: "leg", Field: "titel"}, {Text: "fri leg", Field: "titel", Phrase: true, Or: true}, {Text: "skole"}}},
		{"title of groups in groups", "Title:(leg AND (sprog OR tale)) type:debat", []Clause{{Text: "leg", Field: "titel", Must: true}, {Text: "sprog", Field: "titel", Must: true}, {Text: "tale", Field: "titel", Or: true, Must: true}, {Text: "debat", Field: "type"}}},
		{"title of an excluded group", "leg -titel:(skole OR fritid)", []Clause{{Text: "leg"}, {Text: "skole", Field: "titel", Not: true}, {Text: "fritid", Field: "titel", Not: true}}},
		{"title of a required group", "leg +titel:(skole)", []Clause{{Text: "leg"}, {Text: "skole", Field: "titel"}}},
		{"age with its unit", "alder:0-2 år leg", []Clause{{Text: "0-2", Field: "alder"}, {Text: "leg"}}},
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
	for _, seed := range []string{`a "b c" -d`, "år:2020", `"`, "»", "-", "+\"x", "type:\"", "a OR", "\xff\xfe*", "(a OR b) AND c", "-(a b)", "a AND type:x OR b)", "-titel:(a OR \"b*\"", "titel:("} {
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
		rest, _ := Take(q)
		if _, again := Take(rest); again != nil {
			t.Fatalf("Take(%q) leaves conditions in %q", q, rest)
		}
	})
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

func TestNotesSayWhatCouldNotBeReadAndWhere(t *testing.T) {
	tests := []struct {
		in   string
		want []Note
	}{
		{"leg og sprog -skole (fri OR vild)", nil},
		{"(leg OR sprog) AND skole", nil},
		{`å "leg`, []Note{{NoteQuote, `"`, 3}}},
		{"(leg OR sprog", []Note{{NoteParenthesis, "(", 1}}},
		{"leg) sprog", []Note{{NoteParenthesis, ")", 4}}},
		{"leg AND", []Note{{NoteDangling, "AND", 5}}},
		{"ELLER leg", []Note{{NoteDangling, "ELLER", 1}}},
		{"leg AND OR sprog", []Note{{NoteDangling, "OR", 9}}},
		{"leg NOT", []Note{{NoteDangling, "NOT", 5}}},
		{"leg OR type:debat", []Note{{NoteOrField, "OR", 5}}},
		{"skole type:debat OR leg", []Note{{NoteOrField, "OR", 18}}},
		{"type:debat OR type:nyhed", nil},
		{"type:debat OR kilde:x", []Note{{NoteOrField, "OR", 12}}},
		{"NOT type:debat OR NOT type:nyhed", []Note{{NoteOrField, "OR", 16}}},
		{"år:2020 OR år:2022", []Note{{NoteOrField, "OR", 9}}},
		{"leg OR titel:sprog", nil},
		{"+(leg OR sprog) +leg OR sprog", nil},
		{"type:debat OR leg", []Note{{NoteOrField, "OR", 12}}},
		{"leg AND sprog OR tale", []Note{{NoteMixed, "OR", 15}}},
		{"(leg AND sprog) OR tale", nil},
		{"(leg AND sprog OR tale) OR skole", []Note{{NoteMixed, "OR", 16}}},
		{"(leg AND sprog) ELLER (motorik AND tale)", nil},
		{"leg NOT (skole AND fritid)", nil},
		{"(NOT skole OR fritid)", nil},
		{"motorik OR (leg NOT dagpleje)", nil},
		{"motorik OR (leg -dagpleje)", nil},
		{"leg AND (sprog OR (motorik NOT dagpleje))", nil},
		{"(leg NOT dagpleje) OR motorik", nil},
		{"((NOT dagpleje leg)) OR motorik", nil},
		{"leg NOT (motorik NOT dagpleje)", nil},
		{"NOT NOT leg", []Note{{NoteDangling, "NOT", 5}}},
		{"(leg NOT dagpleje)", nil},
		{"(leg OR sprog) NOT dagpleje", nil},
		{"leg AND (sprog NOT dagpleje)", nil},
		{"leg NOT (skole OR fritid)", nil},
		{"leg (NOT skole)", nil},
		{"ø foo:bar", []Note{{NoteUnknownField, "foo:bar", 3}}},
		{"forfatter:", []Note{{NoteEmptyField, "forfatter:", 1}}},
		{"leg Type: debat", []Note{{NoteEmptyField, "Type:", 5}}},
		{"Legen: en vej", nil},
		{`foo:"bar baz"`, []Note{{NoteUnknownField, "foo:", 1}}},
		{"Leg: en vej", nil},
		{"https://eksempel.dk/a http://b", nil},
		{"kl.8:30", nil},
		{"leg sp*", []Note{{NoteShortPrefix, "sp*", 5}}},
		{"***", nil},
		{`å "tidlig inds*"`, []Note{{NoteStarInQuotes, `"tidlig inds*"`, 3}}},
		{`"5 * 3"`, nil},
		{"titel:leg titel:(leg OR sprog)", nil},
		{`titel:"indsatser" (titel:indsats*)`, nil},
		{`titel:"inds*"`, []Note{{NoteStarInQuotes, `titel:"inds*"`, 1}}},
		{"titel:in*", []Note{{NoteShortPrefix, "titel:in*", 1}}},
		{`titel:(leg OR "fri leg")`, nil},
		{"titel:(leg", []Note{{NoteParenthesis, "(", 7}}},
		{"leg titel:()", []Note{{NoteDangling, "titel:(", 5}}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, Notes(tt.in)); diff != "" {
			t.Errorf("Notes(%q) (-want +got):\n%s", tt.in, diff)
		}
	}
}

func TestTakeLeavesTheWordsAsTheyStood(t *testing.T) {
	tests := []struct{ in, rest, conditions string }{
		{"leg  og sprog", "leg  og sprog", ""},
		{"dagpleje år:2020-2024 type:forskning", "dagpleje", "aar:2020-2024 type:forskning"},
		{"leg AND type:debat", "leg", "type:debat"},
		{"type:debat AND leg", "leg", "type:debat"},
		{"leg AND type:debat AND sprog", "leg AND sprog", "type:debat"},
		{"leg OR type:debat", "leg", "type:debat"},
		{"leg NOT type:debat", "leg", "type:debat"},
		{"NOT (type:debat OR type:nyhed) leg", "leg", "type:debat type:nyhed"},
		{`(emne:"Leg og kreativitet") titel:leg`, "titel:leg", "emne:Leg og kreativitet"},
		{"(type:debat)", "", "type:debat"},
		{"alder:0-2 år leg", "leg", "alder:0-2"},
		{"forfatter:hansen", "", "forfatter:hansen"},
	}
	for _, tt := range tests {
		rest, conditions := Take(tt.in)
		var got []string
		for _, c := range conditions {
			got = append(got, c.Field+":"+c.Text)
		}
		if rest != tt.rest || strings.Join(got, " ") != tt.conditions {
			t.Errorf("Take(%q) = %q, %q, want %q, %q", tt.in, rest, got, tt.rest, tt.conditions)
		}
	}
}
