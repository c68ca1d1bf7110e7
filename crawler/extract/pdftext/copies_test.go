package pdftext

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func sayings(lines int, word string) []string {
	var out []string
	for i := range lines {
		out = append(out, strings.Repeat(string(rune('a'+i)), 3)+" "+word+" er godt for børn i alderen "+string(rune('a'+i)))
	}
	return out
}

func TestPagesThatStandTwiceKeepTheirText(t *testing.T) {
	for _, lines := range []int{1, 3, 8, 9, 20} {
		for _, times := range []int{2, 3, 6} {
			m := newPDF()
			for p := range times {
				m.page(column(60, 780, sayings(lines, "leg")...) + at(280, 30, fmt.Sprint(p+1)))
			}
			want := strings.Join(sayings(lines, "leg"), " ")
			pages := readMade(t, m, Options{}).Pages
			if len(pages) != times {
				t.Errorf("%d pages, want %d", len(pages), times)
			}
			for p, text := range pages {
				if strings.ReplaceAll(text, "\n", " ") != want {
					t.Errorf("page %d of %d with %d lines: %q", p+1, times, lines, text)
				}
			}
		}
	}
}

// TestOnePageThatTheTreeNamesTwiceIsReadTwice: programs that join files share what is the same.
func TestOnePageThatTheTreeNamesTwiceIsReadTwice(t *testing.T) {
	m := newPDF()
	m.page(column(60, 780, sayings(3, "leg")...))
	m.kids = append(m.kids, m.kids[0])
	doc := readMade(t, m, Options{})
	if len(doc.Pages) != 2 || doc.Pages[0] == "" || doc.Pages[0] != doc.Pages[1] {
		t.Errorf("%q", doc.Pages)
	}
}

func TestFormsFilledInAgainKeepTheirLabels(t *testing.T) {
	m := newPDF()
	for p, name := range []string{"Alma", "Bo", "Carl", "Dina", "Elias"} {
		form := []string{
			"Observationsskema", "Barnets navn: " + name, "Barnets alder i måneder:", "Hvad leger barnet med, når det selv vælger?", "Bilerne og klodserne, mest " + name,
			"Hvem leger barnet med, når det selv vælger?", "De store på stuen", "Hvad er barnet optaget af for tiden?", "Dyr", "Hvad skal vi støtte barnet i?", "Aftalt med forældrene:", "Underskrift:",
		}
		m.page(column(60, 780, form...) + at(60, 30, fmt.Sprintf("Lindeby Kommune, side %d", p+1)))
	}
	doc := readMade(t, m, Options{})
	for p, text := range doc.Pages {
		for _, want := range []string{"Observationsskema", "Barnets navn:", "Underskrift:"} {
			if !strings.Contains(text, want) {
				t.Errorf("page %d has lost %q: %q", p+1, want, text)
			}
		}
		if strings.Contains(text, "Lindeby Kommune") {
			t.Errorf("page %d has its footer: %q", p+1, text)
		}
	}
	if diff := cmp.Diff([]string{"lindeby kommune, side #"}, doc.Furniture); diff != "" {
		t.Errorf("furniture (-want +got)\n%s", diff)
	}
}

// TestAPageThatStandsTwiceInALongFileLosesItsFurnitureAsTheOthersDo: the other pages show what it is.
func TestAPageThatStandsTwiceInALongFileLosesItsFurnitureAsTheOthersDo(t *testing.T) {
	m := newPDF()
	for _, word := range []string{"leg", "sprog", "skema", "mad", "skema", "søvn"} {
		m.page(at(60, 810, "Håndbog for dagplejen") + column(60, 780, sayings(12, word)...) + at(60, 30, "Lindeby Kommune"))
	}
	doc := readMade(t, m, Options{})
	for p, text := range doc.Pages {
		if strings.Contains(text, "Håndbog") || strings.Contains(text, "Lindeby") || strings.Count(text, "er godt for børn") != 12 {
			t.Errorf("page %d: %q", p+1, text)
		}
	}
}

func TestGoesOn(t *testing.T) {
	for _, tc := range []struct {
		a, b  string
		pages int
		want  bool
	}{
		{"side 3", "side 4", 1, true},
		{"Notat 2024 – 3 af 9", "Notat 2024 – 5 af 9", 2, true},
		{"side 3", "side 3", 1, false},
		{"side 3", "side 9", 1, false},
		{"1 og 1", "2 og 2", 1, false},
		{"Leg", "Leg", 1, false},
		{"99999999999999999999", "99999999999999999998", 1, false},
	} {
		if got := goesOn(tc.a, tc.b, tc.pages); got != tc.want {
			t.Errorf("goesOn(%q, %q, %d) = %v", tc.a, tc.b, tc.pages, got)
		}
	}
}
