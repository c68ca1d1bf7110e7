package rank

import (
	"bufio"
	"maps"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The golden files are read by this test and by testdata/lucene/Golden.java alike:
//
//	docs.txt     id TAB title TAB body. Words are parted by spaces; "a|b" are two terms at one position;
//	             "+5" skips five positions.
//	queries.txt  One query a line. Groups are parted by " ; ", alternatives by " / ". An alternative is
//	             field:term^weight, or field:"a phrase"~slop^weight; "a|b c" stands for both "a c" and "b c".
//	golden.txt   For each query, id=score of every hit by a real Lucene. golden.sh writes it anew.

func TestScoresEqualLucene(t *testing.T) {
	docs := readDocs(t)
	queries, golden := lines(t, "queries.txt"), lines(t, "golden.txt")
	if len(queries) != len(golden) {
		t.Fatalf("%d queries but %d lines of golden scores", len(queries), len(golden))
	}
	compared := 0
	for i, query := range queries {
		got, want := search(t, docs, query), scores(t, golden[i])
		if ids, wantIDs := slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)); !slices.Equal(ids, wantIDs) {
			t.Errorf("query %d %s: hits %v, Lucene has %v", i+1, query, ids, wantIDs)
			continue
		}
		for id, w := range want {
			compared++
			if math.Abs(got[id]-w) > 1e-5*w {
				t.Errorf("query %d %s: %s scores %.9g, Lucene %.9g", i+1, query, id, got[id], w)
			}
		}
	}
	if compared < 4000 {
		t.Errorf("compared only %d scores", compared)
	}
}

// golden documents: for each field the positions of each term.
type goldenDoc struct {
	id     string
	fields map[string]*goldenField
}

type goldenField struct {
	positions map[string][]uint32
	length    int // positions with a word
	terms     int // terms, stacked ones included
}

func readDocs(t *testing.T) []goldenDoc {
	var docs []goldenDoc
	for _, line := range lines(t, "docs.txt") {
		columns := strings.Split(line, "\t")
		docs = append(docs, goldenDoc{columns[0], map[string]*goldenField{
			"title": readField(t, columns[1]), "body": readField(t, columns[2]),
		}})
	}
	return docs
}

func readField(t *testing.T, text string) *goldenField {
	f := &goldenField{positions: map[string][]uint32{}}
	next := uint32(0)
	for _, word := range strings.Fields(text) {
		if skip, ok := strings.CutPrefix(word, "+"); ok {
			next += uint32(number(t, skip))
			continue
		}
		for term := range strings.SplitSeq(word, "|") {
			f.positions[term] = append(f.positions[term], next)
			f.terms++
		}
		f.length++
		next++
	}
	return f
}

// corpus is the part of the documents that one field's scores depend on.
func corpus(docs []goldenDoc, field string) (Collection, map[string]int) {
	var c Collection
	df := map[string]int{}
	for _, d := range docs {
		f := d.fields[field]
		if f.terms > 0 {
			c.Docs++
			c.Terms += int64(f.terms)
		}
		for term := range f.positions {
			df[term]++
		}
	}
	return c, df
}

func search(t *testing.T, docs []goldenDoc, query string) map[string]float64 {
	shares := map[string][]float32{}
	for group := range strings.SplitSeq(query, " ; ") {
		best := map[string]*Best{}
		for n, text := range strings.Split(group, " / ") {
			addAlternative(t, docs, best, n, text)
		}
		for id, b := range best {
			shares[id] = append(shares[id], b.Score)
		}
	}
	total := map[string]float64{}
	for id, s := range shares {
		total[id] = Sum(s)
	}
	return total
}

var alternative = regexp.MustCompile(`^(\w+):(?:"([^"]*)"|([^\s~^]+))(?:~(\d+))?\^([0-9.]+)$`)

func addAlternative(t *testing.T, docs []goldenDoc, best map[string]*Best, n int, text string) {
	m := alternative.FindStringSubmatch(text)
	if m == nil {
		t.Fatalf("alternative %q", text)
	}
	weight, err := strconv.ParseFloat(m[5], 64)
	if err != nil {
		t.Fatal(err)
	}
	slop := 0
	if m[4] != "" {
		slop = number(t, m[4])
	}
	words := []string{m[3]}
	if m[2] != "" {
		words = strings.Fields(m[2])
	}
	for _, reading := range readings(words) {
		addPhrase(docs, best, n, m[1], reading, slop, weight)
	}
}

// readings are the phrases that stacked words stand for.
func readings(words []string) [][]string {
	all := [][]string{nil}
	for _, word := range words {
		var longer [][]string
		for _, reading := range all {
			for term := range strings.SplitSeq(word, "|") {
				longer = append(longer, append(slices.Clone(reading), term))
			}
		}
		all = longer
	}
	return all
}

func addPhrase(docs []goldenDoc, best map[string]*Best, n int, field string, words []string, slop int, weight float64) {
	c, df := corpus(docs, field)
	scorer := NewScorer(weight, c.PhraseIDF(words, slop, func(term string) int { return df[term] }), c.Norms())
	for _, d := range docs {
		f := d.fields[field]
		freq := PhraseFreq(places(f, words), slop)
		if freq == 0 {
			continue
		}
		if best[d.id] == nil {
			best[d.id] = new(Best)
		}
		best[d.id].Add(n, freq, scorer.Score(freq, Quantise(f.length)))
	}
}

func places(f *goldenField, words []string) [][]uint32 {
	var all [][]uint32
	for _, word := range words {
		all = append(all, f.positions[word])
	}
	return all
}

func scores(t *testing.T, line string) map[string]float64 {
	m := map[string]float64{}
	for _, hit := range strings.Fields(line) {
		id, score, _ := strings.Cut(hit, "=")
		v, err := strconv.ParseFloat(score, 32)
		if err != nil {
			t.Fatal(err)
		}
		m[id] = v
	}
	return m
}

func number(t *testing.T, text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func lines(t *testing.T, name string) []string {
	f, err := os.Open(filepath.Join("testdata", "lucene", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []string
	scanner := bufio.NewScanner(f)
	scanner.Buffer(nil, 1<<20)
	for scanner.Scan() {
		all = append(all, scanner.Text())
	}
	if err := scanner.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}
