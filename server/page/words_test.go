package page

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"smaabornsviden/index"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/tongue"
)

func TestNumbersAreWrittenTheDanishWay(t *testing.T) {
	for n, want := range map[int]string{0: "0", 7: "7", 999: "999", 1000: "1.000", 12345: "12.345", 1234567: "1.234.567", -1000: "-1.000", -100: "-100"} {
		if got := tongue.Danish.Number(n); got != want {
			t.Errorf("number(%d) = %s, want %s", n, got, want)
		}
	}
	for n, want := range map[int64]string{1: "1 kB", 84_000: "84 kB", 999_400: "999 kB", 1_000_000: "1,0 MB", 2_130_000: "2,1 MB", 31_000_000: "31,0 MB"} {
		if got := fileSize(tongue.Danish, n); got != want {
			t.Errorf("fileSize(%d) = %s, want %s", n, got, want)
		}
	}
}

func TestDatesSayNoMoreThanIsKnown(t *testing.T) {
	at := time.Date(2023, time.May, 1, 0, 0, 0, 0, time.UTC)
	for precision, want := range map[index.Precision][2]string{
		index.Day: {"1. maj 2023", "2023-05-01"}, index.Month: {"maj 2023", "2023-05"}, index.Year: {"2023", "2023"},
	} {
		words, iso := dateWords(tongue.Danish, index.Date{Time: at, Precision: precision})
		if words != want[0] || iso != want[1] {
			t.Errorf("dateWords(%s) = %s, %s, want %v", precision, words, iso, want)
		}
	}
	for typed, want := range map[string]string{"2020": "2020", "2020-05": "maj 2020", "2020-05-17": "17. maj 2020"} {
		if got := spanWords(tongue.Danish, typed); got != want {
			t.Errorf("spanWords(%s) = %s, want %s", typed, got, want)
		}
	}
}

func TestCardTellsWhatEachDateIs(t *testing.T) {
	at := index.Date{Time: time.Date(2023, time.May, 30, 0, 0, 0, 0, time.UTC), Precision: index.Day}
	later := index.Date{Time: time.Date(2024, time.June, 3, 0, 0, 0, 0, time.UTC), Precision: index.Day}
	for name, tc := range map[string]struct {
		doc  index.Document
		want string
	}{
		"unknown":                        {index.Document{LastChecked: at.Time, FirstSeen: at.Time}, "Dato ukendt"},
		"published":                      {index.Document{Published: at}, "Udgivet 30. maj 2023"},
		"updated":                        {index.Document{Updated: at}, "Opdateret 30. maj 2023"},
		"published and updated":          {index.Document{Published: at, Updated: later}, "Udgivet 30. maj 2023 · Opdateret 3. juni 2024"},
		"published and updated alike":    {index.Document{Published: at, Updated: at}, "Udgivet 30. maj 2023"},
		"decided":                        {index.Document{Decided: at}, "Vedtaget 30. maj 2023"},
		"deadline is no date of its own": {index.Document{Deadline: later}, "Dato ukendt · Frist 3. juni 2024"},
	} {
		var got []string
		for _, d := range dates(tongue.Danish, tc.doc) {
			got = append(got, d.Text+d.Day)
		}
		if s := strings.Join(got, " · "); s != tc.want {
			t.Errorf("%s: %s, want %s", name, s, tc.want)
		}
	}
}

func TestCardFlagsWhatReadersMustKnowBeforeTheyClick(t *testing.T) {
	now := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	year := func(y int) index.Date {
		return index.Date{Time: time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC), Precision: index.Year}
	}
	is := func(v string) index.Derived { return index.Derived{Value: v} }
	for name, tc := range map[string]struct {
		doc  index.Document
		want []string
	}{
		"danish and free":     {index.Document{Lang: is("da"), Access: is("fri")}, nil},
		"norwegian":           {index.Document{Lang: is("nb")}, []string{"På norsk"}},
		"english, subscribed": {index.Document{Lang: is("en"), Access: is("abonnement")}, []string{"På engelsk", "Kræver abonnement"}},
		"unknown language":    {index.Document{Lang: is("und")}, nil},
		"old law":             {index.Document{Type: is("vejledning"), Published: year(2019)}, []string{"Fra 2019"}},
		"new law":             {index.Document{Type: is("vejledning"), Published: year(2025)}, nil},
		"old research":        {index.Document{Type: is("forskning"), Published: year(1999)}, nil},
		"editions":            {index.Document{Edition: is("3. udgave"), MoreOf: 1}, []string{"3. udgave", "1 anden udgave"}},
	} {
		if diff := cmp.Diff(tc.want, flags(tongue.Danish, tc.doc, now)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestOnlyWebAddressesBecomeLinks(t *testing.T) {
	p, err := New(Options{Link: func(url string) string { return strings.Replace(url, ".example", ".localhost:8080", 1) }})
	if err != nil {
		t.Fatal(err)
	}
	for canonical, want := range map[string][2]string{
		"https://www.lindeby.example/a/b%20c?x=1": {"https://www.lindeby.localhost:8080/a/b%20c?x=1", "lindeby.example › a › b c"},
		"http://lindeby.example/":                 {"http://lindeby.localhost:8080/", "lindeby.example"},
		"javascript:alert(1)":                     {"", ""},
		"data:text/html,x":                        {"", ""},
		"//lindeby.example/":                      {"", ""},
		"/etc/passwd":                             {"", ""},
		"https://[::1":                            {"", ""},
	} {
		href, shown := p.address(canonical)
		if href != want[0] || shown != want[1] {
			t.Errorf("address(%s) = %q, %q, want %q", canonical, href, shown, want)
		}
	}
}

func TestPagerHidesNoSinglePage(t *testing.T) {
	for _, tc := range []struct {
		current, last int
		want          []int
	}{
		{1, 2, []int{1, 2}},
		{1, 9, []int{1, 2, 0, 9}},
		{4, 9, []int{1, 2, 3, 4, 5, 0, 9}},
		{5, 9, []int{1, 0, 4, 5, 6, 0, 9}},
		{6, 9, []int{1, 0, 5, 6, 7, 8, 9}},
		{9, 9, []int{1, 0, 8, 9}},
	} {
		if diff := cmp.Diff(tc.want, shownPages(tc.current, tc.last)); diff != "" {
			t.Errorf("page %d of %d (-want +got):\n%s", tc.current, tc.last, diff)
		}
	}
	for last := 1; last < 15; last++ {
		for current := 1; current <= last; current++ {
			pages := shownPages(current, last)
			for i, n := range pages {
				if n == 0 && pages[i+1]-pages[i-1] == 2 {
					t.Errorf("page %d of %d: the gap in %v hides one page", current, last, pages)
				}
			}
		}
	}
}

func TestFilterNeverFoldsOneValueOrAChosenOne(t *testing.T) {
	facet := func(n int) answer.Facet {
		f := answer.Facet{Name: index.FacetSource}
		for i := range n {
			f.Values = append(f.Values, answer.Value{Value: strings.Repeat("x", i+1), Chosen: i == 9})
		}
		return f
	}
	for n, want := range map[int][2]int{3: {3, 0}, 7: {7, 0}, 8: {8, 0}, 9: {7, 2}, 12: {8, 4}} {
		v := filters(tongue.Danish, answer.Answer{Facets: []answer.Facet{facet(n)}})[0]
		if len(v.Shown) != want[0] || len(v.More) != want[1] {
			t.Errorf("%d values: %d shown and %d folded, want %v", n, len(v.Shown), len(v.More), want)
		}
	}
}

func TestListedKeepsLongListsShort(t *testing.T) {
	for want, names := range map[string][]string{
		"": nil, "A": {"A"}, "A og B": {"A", "B"}, "A, B og C": {"A", "B", "C"}, "1, 2, 3, 4, 5 m.fl.": {"1", "2", "3", "4", "5", "6"},
	} {
		if got := tongue.Danish.Listed(names); got != want {
			t.Errorf("listed(%v) = %q, want %q", names, got, want)
		}
	}
}
