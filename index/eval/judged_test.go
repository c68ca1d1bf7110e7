package eval

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"smaabornsviden/index"
	"smaabornsviden/index/query"
)

func TestEveryJudgedQueryReads(t *testing.T) {
	for set, least := range map[string]int{"queries": 60, "tasks": 15} {
		got, err := ReadJudged(os.DirFS("testdata"), set)
		if err != nil {
			t.Fatal(err)
		}
		if len(got) < least {
			t.Errorf("%d judged %s, want at least %d", len(got), set, least)
		}
	}
}

func TestReadJudgedNamesTheFileOfAMistake(t *testing.T) {
	for name, text := range map[string]string{
		"no query":      "role: pædagog\n",
		"unknown grade": "query: leg\nrelevant: {B01: 3}\n",
		"unknown field": "query: leg\nrelevantt: {}\n",
		"no YAML":       "query: [",
	} {
		files := fstest.MapFS{"q/leg.yaml": {Data: []byte(text)}}
		if _, err := ReadJudged(files, "q"); err == nil || !strings.Contains(err.Error(), "q/leg.yaml") {
			t.Errorf("%s: %v, want an error that names the file", name, err)
		}
	}
}

func TestFailsSaysWhatATaskLacks(t *testing.T) {
	task := Judged{Relevant: map[string]int{"A": 2, "B": 1}, Top: 2, NotTop: []string{"Z"}}
	tests := []struct{ documents, want string }{
		{"B A", ""},
		{"A", ""},
		{"B C A", "first answer at 3, want it by 2"},
		{"B C", "no answer, want one by 2"},
		{"A Z", "Z stands at 2"},
	}
	for _, tt := range tests {
		r := Ranked{Judged: &task, Documents: strings.Fields(tt.documents)}
		if got := r.Fails(); got != tt.want {
			t.Errorf("%s: fails %q, want %q", tt.documents, got, tt.want)
		}
	}
	none := Ranked{Judged: &Judged{}, Documents: []string{"A"}, Total: 1}
	if none.Fails() == "" {
		t.Error("a hit where nothing is relevant is no failure")
	}
}

func TestGoldenShowsTheReadingAndTheRanks(t *testing.T) {
	j := Judged{Query: "sproudvikling", Relevant: map[string]int{"A": 2, "B": 1}}
	r := Ranked{
		Judged: &j, Documents: []string{"C", "A"}, Titles: []string{"Ce", "Aa"}, Total: 7,
		Understood: query.Understood{
			Words: []query.Word{{Text: "sprogudvikling", Kind: index.Repaired, Typed: "sproudvikling"}},
			Asked: 1, Needed: 1, Complete: 7,
		},
	}
	got := r.Golden()
	for _, want := range []string{`repaired from "sproudvikling"`, "A    grade 2  rank 2", "B    grade 1  rank -", "top of 7", " 2 * A    Aa"} {
		if !strings.Contains(got, want) {
			t.Errorf("golden text lacks %q:\n%s", want, got)
		}
	}
}
