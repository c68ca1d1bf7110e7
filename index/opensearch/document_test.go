package opensearch

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"

	"smaabornsviden/index"
	"smaabornsviden/index/danish"
	"smaabornsviden/index/indextest"

	"github.com/google/go-cmp/cmp"
)

func TestTextComesOutOfTheClustersAnalyzerAsItWentIn(t *testing.T) {
	a := analyzer(t)
	var room danish.Fields
	for _, d := range indextest.Corpus(17, 60) {
		encoded, err := encode(a, &room, &d)
		if err != nil {
			t.Fatal(err)
		}
		var source map[string]json.RawMessage
		if err := json.Unmarshal(encoded, &source); err != nil {
			t.Fatal(err)
		}
		fields := a.Fields(d.Title, d.Words(), d.Lang.Value)
		for name, f := range fields.All() {
			var values []string
			if raw := source[name]; raw != nil {
				if err := json.Unmarshal(raw, &values); err != nil {
					t.Fatal(err)
				}
			}
			if len(f.Terms) == 0 {
				if !slices.Equal(values, []string{""}) {
					t.Errorf("%s %s: no terms are written as %q", d.ID, name, values)
				}
				continue
			}
			if analyzerOf(index.Field(name)) == "tallied" {
				checkTally(t, d.ID+" "+name, f, values)
				continue
			}
			checkText(t, d.ID+" "+name, index.Field(name).HasPositions(), f, analyzed(values))
		}
	}
}

// analyzed does what the mapping tells the cluster to do: split at spaces, and alternatives at "|" onto one position.
func analyzed(values []string) danish.Field {
	var f danish.Field
	next := 0
	for i, value := range values {
		if i > 0 {
			next += positionGap
		}
		for stack := range strings.SplitSeq(value, " ") {
			for term := range strings.SplitSeq(stack, "|") {
				f.Terms = append(f.Terms, danish.Term{Text: term, Pos: next})
			}
			next++
			f.Length++
		}
	}
	return f
}

// checkTally reads a field as the filter delimited_term_freq does, and counts.
func checkTally(t *testing.T, what string, f *danish.Field, values []string) {
	t.Helper()
	want, got := map[string]int{}, map[string]int{}
	for _, term := range f.Terms {
		want[term.Text]++
	}
	for token := range strings.SplitSeq(strings.Join(values, "\n"), " ") {
		term, times, told := strings.Cut(token, "|")
		n := 1
		if told {
			n, _ = strconv.Atoi(times)
		}
		got[term] += n
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s: (-analyzed +written)\n%s", what, diff)
	}
}

func checkText(t *testing.T, what string, positions bool, want *danish.Field, got danish.Field) {
	t.Helper()
	if got.Length != want.Length {
		t.Errorf("%s: length %d, want %d", what, got.Length, want.Length)
	}
	same := slices.EqualFunc(want.Terms, got.Terms, func(a, b danish.Term) bool {
		return a.Text == b.Text && (!positions || a.Pos-want.Terms[0].Pos == b.Pos)
	})
	if !same {
		t.Errorf("%s: terms\n got %v\nwant %v", what, got.Terms, want.Terms)
	}
}

func TestWhatTheIndexCannotHoldIsRefused(t *testing.T) {
	term := func(text string, pos int) danish.Term { return danish.Term{Text: text, Pos: pos} }
	field := func(length int, terms ...danish.Term) *danish.Field {
		return &danish.Field{Terms: terms, Length: length}
	}
	cases := []struct {
		name  string
		write func(*danish.Field) ([]string, error)
		field *danish.Field
	}{
		{"a space in a term", placed, field(1, term("a b", 0))},
		{"a bar in a term", counted, field(1, term("a|b", 0))},
		{"an empty term", placed, field(1, term("", 0))},
		{"a gap of another width", placed, field(2, term("a", 0), term("b", 2))},
		{"positions that fall", placed, field(2, term("a", 1), term("b", 0))},
		{"a length that is not that of the positions", placed, field(3, term("a", 0), term("b", 1))},
		{"a length above the number of terms", counted, field(3, term("a", 0))},
		{"a bar in a term that is tallied", tallied, field(1, term("a|b", 0))},
		{"alternatives that are tallied", tallied, field(1, term("a", 0), term("b", 0))},
		{"alternatives of what is written", writing(index.Exact), field(1, term("a", 0), term("b", 0))},
		{"a term longer than Lucene's", counted, field(1, term(strings.Repeat("a", maxTerm+1), 0))},
	}
	for _, c := range cases {
		if values, err := c.write(c.field); err == nil {
			t.Errorf("%s: written as %.80q", c.name, values)
		}
	}
	for _, d := range []index.Document{{}, {ID: "marker:0"}, {ID: strings.Repeat("x", maxID+1)}} {
		if _, err := encode(analyzer(t), &danish.Fields{}, &d); err == nil {
			t.Errorf("id %.20q was accepted", d.ID)
		}
	}
}
