// Package eval measures how well searches answer judged queries, with the formats and metrics of TREC.
package eval

import (
	"bufio"
	"crypto/md5"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Doc is a document of a judged collection, one JSON object a line.
type Doc struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Body  string `json:"body"`
}

// Query is a judged query, "id TAB text" a line.
type Query struct {
	ID   string
	Text string
}

// Qrels holds the grade of each relevant document by query id, then document id. Grades are above 0.
type Qrels map[string]map[string]int

// Run holds the documents that an engine returned by query id, best first.
type Run map[string][]Scored

// Scored is a document in a run.
type Scored struct {
	ID    string
	Score float64
}

// maxLine bounds one line of an input file, a document included.
const maxLine = 64 << 20

// lines calls each for every line that is not blank, and names the line in its error.
func lines(r io.Reader, each func(line string) error) error {
	s := bufio.NewScanner(r)
	s.Buffer(make([]byte, 0, 64<<10), maxLine)
	for n := 1; s.Scan(); n++ {
		if strings.TrimSpace(s.Text()) == "" {
			continue
		}
		if err := each(s.Text()); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	return s.Err()
}

// ReadCorpus calls each for every document of a JSON lines file.
func ReadCorpus(r io.Reader, each func(Doc) error) error {
	return lines(r, func(line string) error {
		var d Doc
		if err := json.Unmarshal([]byte(line), &d); err != nil {
			return err
		}
		if d.ID == "" {
			return errors.New("document has no id")
		}
		return each(d)
	})
}

// ReadQueries reads queries in file order.
func ReadQueries(r io.Reader) ([]Query, error) {
	var out []Query
	err := lines(r, func(line string) error {
		id, text, ok := strings.Cut(line, "\t")
		if !ok || id == "" {
			return errors.New("want an id, a tab and the query")
		}
		out = append(out, Query{id, text})
		return nil
	})
	return out, err
}

// ReadQrels reads TREC judgements: "query 0 document grade" a line. Grades of 0 and below say "not relevant".
func ReadQrels(r io.Reader) (Qrels, error) {
	out := Qrels{}
	err := lines(r, func(line string) error {
		f := strings.Fields(line)
		if len(f) != 4 {
			return errors.New("want query, 0, document and grade")
		}
		grade, err := strconv.Atoi(f[3])
		if err != nil {
			return fmt.Errorf("grade: %w", err)
		}
		if grade <= 0 {
			return nil
		}
		if out[f[0]] == nil {
			out[f[0]] = map[string]int{}
		}
		out[f[0]][f[2]] = grade
		return nil
	})
	return out, err
}

// ReadRun reads a TREC run: "query Q0 document rank score tag" a line, in rank order within a query.
func ReadRun(r io.Reader) (Run, error) {
	out := Run{}
	err := lines(r, func(line string) error {
		f := strings.Fields(line)
		if len(f) != 6 {
			return errors.New("want query, Q0, document, rank, score and tag")
		}
		score, err := strconv.ParseFloat(f[4], 64)
		if err != nil {
			return fmt.Errorf("score: %w", err)
		}
		out[f[0]] = append(out[f[0]], Scored{f[2], score})
		return nil
	})
	return out, err
}

// WriteRun writes a TREC run in the order of queries.
func WriteRun(w io.Writer, queries []Query, run Run, tag string) error {
	b := bufio.NewWriter(w)
	for _, q := range queries {
		for i, d := range run[q.ID] {
			fmt.Fprintf(b, "%s Q0 %s %d %.6f %s\n", q.ID, d.ID, i+1, d.Score, tag)
		}
	}
	return b.Flush()
}

// Split tells the side of a query in the fixed division of the collections: weights are chosen on "dev", the
// 30 % of queries whose id has an MD5 that begins below 77/256, and judged on "test", the rest.
func Split(queryID string) string {
	if md5.Sum([]byte(queryID))[0] < 77 {
		return "dev"
	}
	return "test"
}
