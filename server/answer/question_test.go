package answer

import (
	"net/url"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"smaabornsviden/index"
	"smaabornsviden/index/query"
	"smaabornsviden/server/tongue"
)

// names are those of one source and one topic.
func names() *Names {
	n := &Names{}
	n.Add("kilde", "videncenter", "Videncenter for Tidlig Barndom")
	n.Add("emne", "overgange", "Overgange og opstart")
	return n
}

func TestParseReadsEveryParameter(t *testing.T) {
	for name, tc := range map[string]struct {
		query  string
		want   Question
		faults []Fault
	}{
		"nothing": {query: "", want: Question{Page: 1, Size: 10}},
		"all of them": {
			query: "q=+leg++og+%0Alæring+&type=forskning&type=praksis&kilde=videncenter&sektor=fond&sprog=en&aar=2023&fra=2020&til=2024-02&sort=nyeste&page=3&size=20",
			want: Question{
				Text: "leg  og  læring", From: "2020", FromDay: 20200101, To: "2024-02", ToDay: 20240229, Sort: "nyeste", Page: 3, Size: 20,
				Chosen: map[string][]string{"type": {"forskning", "praksis"}, "kilde": {"videncenter"}, "sektor": {"fond"}, "sprog": {"en"}, "aar": {"2023"}},
			},
		},
		"labels in any case and twice": {
			query: "type=FORSKNING&type=forskning&sprog=Engelsk&kilde=Videncenter+for+Tidlig+Barndom&sort=ældste+først",
			want:  Question{Sort: "aeldste", Page: 1, Size: 10, Chosen: map[string][]string{"type": {"forskning"}, "sprog": {"en"}, "kilde": {"videncenter"}}},
		},
		"topics by slug and by label": {
			query: "emne=OVERGANGE&emne=overgange+og+opstart",
			want:  Question{Page: 1, Size: 10, Chosen: map[string][]string{"emne": {"overgange"}}},
		},
		"a topic that does not exist": {
			query: "emne=raketter", want: Question{Page: 1, Size: 10},
			faults: []Fault{{Kind: NotAChoice, Param: "emne", Value: "raketter"}},
		},
		"ages by slug, by label and in years": {
			query: "alder=foer-foedslen&alder=3-5+år&alder=0-2&alder=4",
			want:  Question{Page: 1, Size: 10, Chosen: map[string][]string{"alder": {"foer-foedslen", "3-5-aar", "0-11-mdr", "1-2-aar"}}},
		},
		"an age that is none": {
			query: "alder=5-2&alder=0-18", want: Question{Page: 1, Size: 10},
			faults: []Fault{{Kind: NotAChoice, Param: "alder", Value: "5-2"}, {Kind: NotAChoice, Param: "alder", Value: "0-18"}},
		},
		"empty fields of a form":   {query: "q=&type=&fra=&til=&sort=&page=&size=", want: Question{Page: 1, Size: 10}},
		"latin-1 from an old page": {query: "q=b%F8rn", want: Question{Text: "børn", Page: 1, Size: 10}},
		"a single day":             {query: "fra=2024-02-29&til=2024-02-29", want: Question{From: "2024-02-29", FromDay: 20240229, To: "2024-02-29", ToDay: 20240229, Page: 1, Size: 10}},
		"dates that are none": {
			query:  "fra=20x0&til=2023-02-30",
			want:   Question{Page: 1, Size: 10},
			faults: []Fault{{Kind: NotADate, Param: "fra", Value: "20x0"}, {Kind: NotADate, Param: "til", Value: "2023-02-30"}},
		},
		"from after to": {query: "fra=2024&til=2020", want: Question{Page: 1, Size: 10}, faults: []Fault{{Kind: Reversed, Param: "fra", Value: "2024"}}},
		"numbers that are none": {
			query:  "page=0&size=ti",
			want:   Question{Page: 1, Size: 10},
			faults: []Fault{{Kind: NotANumber, Param: "size", Value: "ti"}, {Kind: NotANumber, Param: "page", Value: "0"}},
		},
		"numbers too high": {
			query:  "page=1001&size=101",
			want:   Question{Page: 1, Size: 10},
			faults: []Fault{{Kind: TooHigh, Param: "size", Value: "101", Limit: 100}, {Kind: TooHigh, Param: "page", Value: "1001", Limit: 1000}},
		},
		"no choice": {
			query:  "type=roman&aar=2023-05&sort=dyrest&kilde=findes-ikke",
			want:   Question{Page: 1, Size: 10},
			faults: []Fault{{Kind: NotAChoice, Param: "type", Value: "roman"}, {Kind: NotAChoice, Param: "kilde", Value: "findes-ikke"}, {Kind: NotAChoice, Param: "aar", Value: "2023-05"}, {Kind: NotAChoice, Param: "sort", Value: "dyrest"}},
		},
		"unknown and repeated": {
			query:  "q=a&q=b&side=2&utm_source=x",
			want:   Question{Text: "a", Page: 1, Size: 10},
			faults: []Fault{{Kind: Repeated, Param: "q", Value: "b"}, {Kind: Unknown, Param: "side", Instead: "page"}, {Kind: Unknown, Param: "utm_source"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			values, err := url.ParseQuery(tc.query)
			if err != nil {
				t.Fatal(err)
			}
			got, faults, err := Parse(values, APIParams, names())
			if err != nil {
				t.Fatal(err)
			}
			dropEmpty(got)
			if tc.want.Chosen == nil {
				tc.want.Chosen = map[string][]string{}
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("Parse(%s) question (-want +got):\n%s", tc.query, diff)
			}
			if diff := cmp.Diff(tc.faults, faults); diff != "" {
				t.Errorf("Parse(%s) faults (-want +got):\n%s", tc.query, diff)
			}
		})
	}
}

func dropEmpty(q Question) {
	for facet, values := range q.Chosen {
		if len(values) == 0 {
			delete(q.Chosen, facet)
		}
	}
}

func TestParseRefusesCPRInAnyParameter(t *testing.T) {
	for _, raw := range []string{"q=010203-1234", "fra=0102031234", "ukendt=010203+1234", "0102031234=x", "kilde=a&kilde=010203-1234"} {
		values, _ := url.ParseQuery(raw)
		q, faults, err := Parse(values, PageParams, nil)
		if err != query.ErrCPR || q.Text != "" || faults != nil {
			t.Errorf("Parse(%s) = %+v, %v, %v, want nothing but ErrCPR", raw, q, faults, err)
		}
	}
}

func TestAddressLeavesOutStandards(t *testing.T) {
	base := Question{Text: "leg", Page: 1, Size: 10, Chosen: map[string][]string{"type": {"praksis", "debat"}}, From: "2020"}
	browse := Question{Page: 1, Size: 10, Chosen: map[string][]string{"type": {"debat"}}}
	for _, tc := range []struct {
		name string
		q    Question
		want string
	}{
		{"first page", base, "fra=2020&q=leg&type=praksis&type=debat"},
		{"page 2", base.OnPage(2), "fra=2020&q=leg&side=2&type=praksis&type=debat"},
		{"sorting goes back to page 1", base.OnPage(2).SortedBy("nyeste"), "fra=2020&q=leg&sort=nyeste&type=praksis&type=debat"},
		{"by relevance is standard", base.SortedBy("relevans"), "fra=2020&q=leg&type=praksis&type=debat"},
		{"newest is standard without text", browse.SortedBy("nyeste"), "type=debat"},
		{"without a value", base.Without("type", "praksis"), "fra=2020&q=leg&type=debat"},
		{"without from", base.Without("fra", "2020"), "q=leg&type=praksis&type=debat"},
		{"unfiltered", base.OnPage(3).Unfiltered(), "q=leg"},
	} {
		if got := tc.q.Values(PageParams).Encode(); got != tc.want {
			t.Errorf("%s: %s, want %s", tc.name, got, tc.want)
		}
	}
	if len(base.Chosen["type"]) != 2 {
		t.Errorf("Without changed the question it was called on: %v", base.Chosen)
	}
}

func TestPagesStayWithinReach(t *testing.T) {
	for _, tc := range []struct{ total, size, want int }{
		{0, 10, 0}, {1, 10, 1}, {10, 10, 1}, {11, 10, 2}, {1_000_000, 10, 1000}, {1_000_000, 100, 100}, {1_000_000, 7, 1428}, {50, 7, 8},
	} {
		got := pages(tc.total, tc.size)
		if got != tc.want {
			t.Errorf("pages(%d, %d) = %d, want %d", tc.total, tc.size, got, tc.want)
		}
		if got*tc.size > index.MaxReach {
			t.Errorf("pages(%d, %d): the last page goes beyond what an engine answers", tc.total, tc.size)
		}
	}
}

// What is read and written as an address is read the same again, is valid UTF-8 and has no control characters.
func FuzzParse(f *testing.F) {
	f.Add("q=indk%C3%B8ring&type=praksis&fra=2020-05&side=2")
	f.Add("q=b%F8rn&til=9999&sort=Nyeste+f%C3%B8rst&kilde=%00&aar=2023")
	f.Add("q=%22&q=;&=&%zz&side=-1&sprog=Dansk")
	f.Fuzz(func(t *testing.T, raw string) {
		values, _ := url.ParseQuery(raw)
		q, faults, err := Parse(values, PageParams, names())
		if err != nil {
			return
		}
		for _, fault := range faults {
			if fault.Hint(tongue.Danish) == "" {
				t.Errorf("fault %+v has no hint", fault)
			}
		}
		if !utf8.ValidString(q.Text) || strings.IndexFunc(q.Text, unicode.IsControl) >= 0 {
			t.Errorf("text %q is not fit to show", q.Text)
		}
		again, faults, err := Parse(q.Values(PageParams), PageParams, names())
		if err != nil || len(faults) > 0 {
			t.Fatalf("own address %s: %v %v", q.Values(PageParams).Encode(), faults, err)
		}
		dropEmpty(q)
		dropEmpty(again)
		q.Sort, again.Sort = q.Order(), again.Order() // a standard order is left out
		if diff := cmp.Diff(q, again); diff != "" {
			t.Errorf("address changed the question (-first +again):\n%s", diff)
		}
	})
}
