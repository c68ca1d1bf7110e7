// Package checklist holds the product against what five published texts of the field name, row by row.
package checklist

import (
	"bytes"
	"context"
	_ "embed" // for the rows
	"fmt"

	"github.com/goccy/go-yaml"

	"smaabornsviden/crawler/describe"
	"smaabornsviden/crawler/partners"
	"smaabornsviden/index"
	"smaabornsviden/index/programmes"
	"smaabornsviden/index/topics"
)

//go:embed rows.yaml
var rowsFile []byte

// Row is one name and the conditions that hold when it has become what it should; see rows.yaml.
type Row struct {
	N    int    `yaml:"n"`
	Name string `yaml:"name"`
	Hand string `yaml:"hand"` // why a person has to look

	Topics    []string `yaml:"topics"`
	Sources   []string `yaml:"sources"`
	Sectors   []string `yaml:"sectors"`
	Types     []string `yaml:"types"`
	Programme string   `yaml:"programme"`
	Has       []string `yaml:"has"`

	Ages  []string `yaml:"ages"`
	Vague []string `yaml:"vague"`

	Seed       *int     `yaml:"seed"`
	Type       string   `yaml:"type"`
	Tagged     []string `yaml:"tagged"`
	Programmes []string `yaml:"programmes"`

	Kinds   map[string]string   `yaml:"kinds"`   // types of documents by name
	Authors map[string][]string `yaml:"authors"` // who wrote documents, in order and no others
	Others  []string            `yaml:"others"`  // documents that say they have further authors
	Removed string              `yaml:"removed"` // a document that is taken out, and is then found nowhere

	Find  []Find   `yaml:"find"`
	Same  []string `yaml:"same"`
	Adds  []Word   `yaml:"adds"`
	Every []Word   `yaml:"every"`

	Without []string `yaml:"without"` // stand in no text after extraction
	With    []string `yaml:"with"`    // stand in some text as published
	Pages   []Page   `yaml:"pages"`
	Hosts   []string `yaml:"hosts"`   // as people write them; all lead to the first of the row's sources
	Undated bool     `yaml:"undated"` // the texts carry no date, so none is claimed
	Apart   bool     `yaml:"apart"`   // the texts quote the same pledge and are still documents of their own
}

// Find is a query and the documents that its first ten hold; Top bounds the rank of the first of them, 0 for ten.
type Find struct {
	Q    string   `yaml:"q"`
	Docs []string `yaml:"docs"`
	Top  int      `yaml:"top"`
	Only bool     `yaml:"only"` // and no others; no documents at all where Docs is empty
}

// Page is an address of the readers' side and what must stand there. "{seed 4}" and "{L01}" are the ids of documents.
type Page struct {
	Path    string   `yaml:"path"`
	With    []string `yaml:"with"` // in this order
	Without []string `yaml:"without"`
	Links   []string `yaml:"links"`  // to these paths
	Status  int      `yaml:"status"` // 0 for 200
}

// Text is a page written for the checklist, of a kind that the five texts name and neither they nor the demonstration have.
type Text struct {
	Name   string `yaml:"name"`
	Sector string `yaml:"sector"` // of the invented source
	Path   string `yaml:"path"`
	Text   string `yaml:"text"` // as the five texts are: the title first, a paragraph on each line
}

// Word is a query and a word.
type Word struct {
	Q    string `yaml:"q"`
	Word string `yaml:"word"`
}

// Rows reads the rows that the program carries.
func Rows() ([]Row, error) {
	file, err := read()
	if err != nil {
		return nil, err
	}
	for i, r := range file.Rows {
		if r.N != i+1 || r.Name == "" {
			return nil, fmt.Errorf("rows.yaml: row %d is numbered %d, named %q", i+1, r.N, r.Name)
		}
	}
	return file.Rows, nil
}

// Texts reads the pages that rows are held against beside the five texts.
func Texts() ([]Text, error) {
	file, err := read()
	return file.Texts, err
}

type contents struct {
	Texts []Text `yaml:"texts"`
	Rows  []Row  `yaml:"rows"`
}

func read() (contents, error) {
	var file contents
	if err := yaml.NewDecoder(bytes.NewReader(rowsFile), yaml.Strict()).Decode(&file); err != nil {
		return contents{}, fmt.Errorf("rows.yaml: %w", err)
	}
	return file, nil
}

// World is the product that rows are held against.
type World struct {
	Describer  *describe.Describer
	Register   *partners.Register
	Topics     topics.List
	Programmes programmes.List
	Seeds      []index.Document          // the five texts as they were extracted, described and grouped
	Docs       map[string]index.Document // the five and those of Texts, by name
	IDs        map[string]string         // of documents, by name ("seed 0", "L03")
	// Search returns the first ten documents of a query, by name ("seed 0", "L03") and text, and what it was widened by.
	Search func(ctx context.Context, q string) (Found, error)
	// Open returns what a reader gets at a path of the site; its error is that of the request, not of a page that is not there.
	Open func(ctx context.Context, path string) (Opened, error)
	// Remove takes a document out for good, as an operator does who is asked to; its name is one of IDs.
	Remove func(ctx context.Context, name string) error
}

// Opened is a page as a reader sees it.
type Opened struct {
	Status int
	Title  string   // the first heading
	Text   string   // without marks, single spaces
	Links  []string // paths within the site, as the page has them
}

// Found is the answer to a query.
type Found struct {
	Names, Texts, Added []string
}

// Verdict is how a row stands.
type Verdict string

// The verdicts.
const (
	Pass   Verdict = "pass"
	Fail   Verdict = "fail"
	ByHand Verdict = "by hand"
)

// Result is the verdict on one row and, unless it passed, why.
type Result struct {
	Row
	Verdict Verdict
	Why     []string
}

// Run holds every row against a world. Its error is that of a search; a row that fails is no error.
func Run(ctx context.Context, w World) ([]Result, error) {
	rows, err := Rows()
	if err != nil {
		return nil, err
	}
	var all []Result
	for _, row := range rows {
		r, err := w.judge(ctx, row)
		if err != nil {
			return nil, fmt.Errorf("row %d, %s: %w", row.N, row.Name, err)
		}
		all = append(all, r)
	}
	return all, nil
}

func (w World) judge(ctx context.Context, row Row) (Result, error) {
	if row.Hand != "" {
		return Result{row, ByHand, []string{row.Hand}}, nil
	}
	why := w.data(row)
	why = append(why, w.described(row)...)
	found, err := w.searched(ctx, row)
	if err != nil {
		return Result{}, err
	}
	why = append(why, found...)
	opened, err := w.opened(ctx, row)
	if err != nil {
		return Result{}, err
	}
	why = append(why, opened...)
	left, err := w.removed(ctx, row)
	if err != nil {
		return Result{}, err
	}
	if why = append(why, left...); len(why) > 0 {
		return Result{row, Fail, why}, nil
	}
	return Result{Row: row, Verdict: Pass}, nil
}
