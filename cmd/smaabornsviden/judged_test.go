package main

import (
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"smaabornsviden/crawler/demosite"
	"smaabornsviden/index"
	"smaabornsviden/index/eval"
	"smaabornsviden/index/query"
)

var update = flag.Bool("update", false, "Writes the golden ranks of the judged queries anew.")

const judgements = "../../index/eval/testdata"

// minTasks is how many of the 15 open tasks have to have their answer where it should stand.
const minTasks = 14

// TestJudgedQueriesKeepTheirRanks runs our own judged queries over the demonstration as it was crawled. Ranks that
// change are not wrong, but somebody has to look: -update writes them anew, and the difference is read before it is
// committed. Judgements are never changed for it.
func TestJudgedQueriesKeepTheirRanks(t *testing.T) {
	if testing.Short() {
		t.Skip("crawls the whole demonstration")
	}
	s, name := judgedCorpus(t)
	for _, set := range []string{"queries", "tasks"} {
		answers := judge(t, s, name, set)
		golden(t, filepath.Join("golden", set+".totals.txt"), eval.Totals(answers))
		for i := range answers {
			golden(t, filepath.Join("golden", set, answers[i].Judged.Name+".txt"), answers[i].Golden())
		}
		if set == "tasks" {
			checkTasks(t, answers)
		}
	}
}

// judgedCorpus is a search over the demonstration as it was crawled, and the names of its documents.
func judgedCorpus(t testing.TB) (query.Searcher, func(index.Document) string) {
	t.Helper()
	docs := slices.Collect(maps.Values(stored(t, demoData(t))))
	return searcherOver(t, docs), documentNames(t)
}

// documentNames leads from a document to its name in the judgements; one that has none is shown by its address.
func documentNames(t testing.TB) func(index.Document) string {
	t.Helper()
	sites, err := demosite.New(demosite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]string{}
	for _, l := range sites.Labels() {
		if l.URL() != "" {
			names[l.URL()] = l.ID
		}
	}
	return func(d index.Document) string {
		if id := names[d.URL]; id != "" {
			return id
		}
		return d.URL
	}
}

func judge(t *testing.T, s query.Searcher, name func(index.Document) string, set string) []eval.Ranked {
	t.Helper()
	queries, err := eval.ReadJudged(os.DirFS(judgements), set)
	if err != nil {
		t.Fatal(err)
	}
	var answers []eval.Ranked
	for i := range queries {
		ans, err := s.Search(t.Context(), queries[i].Request())
		if err != nil {
			t.Fatalf("%s: %v", queries[i].Name, err)
		}
		answers = append(answers, eval.Rank(&queries[i], ans, name))
	}
	return answers
}

func checkTasks(t *testing.T, answers []eval.Ranked) {
	t.Helper()
	good := 0
	for i := range answers {
		fails := answers[i].Fails()
		if fails == "" {
			good++
			continue
		}
		t.Logf("task %s, %q: %s", answers[i].Judged.Name, answers[i].Judged.Query, fails)
	}
	if good < minTasks {
		t.Errorf("%d of %d tasks have their answer in place, want %d", good, len(answers), minTasks)
	}
}

// golden compares a text with the one that is kept, or keeps it.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join(judgements, name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	if string(want) != got {
		t.Errorf("%s changed; got\n%s\nwant\n%s", name, got, want)
	}
}
