// Package pins reads what editors lift above the results of a search: documents, and a note of their own.
package pins

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"smaabornsviden/index"
)

// Pin is what one search shows above its results.
type Pin struct {
	Queries   []string `yaml:"queries"`   // any of them, in any inflection of its words
	Documents []string `yaml:"documents"` // ids, or addresses of the documents
	Note      string   `yaml:"note"`      // of the editors, shown to readers
	Why       string   `yaml:"why"`       // shown with the documents: why just these
}

// Bounds of a pin. Results are ranked by what they say; a few may stand above them, with a reason.
const (
	maxQueries   = 50
	maxDocuments = 3
	maxText      = 500 // characters of a note or a reason
	maxFile      = 1 << 20
)

// FieldError is one mistake in a file of pins.
type FieldError struct {
	File   string
	Line   int // from 1
	Field  string
	Reason string
}

func (e *FieldError) Error() string {
	return fmt.Sprintf("%s:%d: %s: %s", e.File, e.Line, e.Field, e.Reason)
}

// List is the pins of one file. It does not change.
type List struct {
	pins []Pin
	by   map[string]int // place in pins, by the key of a query
}

// Len is how many pins there are.
func (l *List) Len() int { return len(l.pins) }

// Find returns the pin of a search under its key.
func (l *List) Find(key string) (Pin, bool) {
	if l == nil {
		return Pin{}, false
	}
	i, ok := l.by[key]
	if !ok {
		return Pin{}, false
	}
	return l.pins[i], true
}

// Parse reads a file of pins: a list under the name pins. All mistakes are reported at once, each as a *FieldError. Key
// makes of a query what it is looked up by; equal keys mean the same search.
func Parse(data []byte, file string, key func(string) string) (*List, error) {
	if len(bytes.TrimSpace(data)) == 0 {
		return &List{}, nil
	}
	all, tree, err := decode(data)
	if err != nil {
		return nil, decodeError(file, err)
	}
	c := checker{file: file, tree: tree}
	l := &List{pins: all, by: map[string]int{}}
	for i := range l.pins {
		c.pin(i, &l.pins[i])
		for _, q := range l.pins[i].Queries {
			k := key(q)
			if _, twice := l.by[k]; twice || k == "" {
				c.fail(i, "queries", fmt.Sprintf("%q has no word, or stands twice in one inflection or another", q))
			}
			l.by[k] = i
		}
	}
	if len(c.errs) > 0 {
		return nil, errors.Join(c.errs...)
	}
	return l, nil
}

// decode reads YAML. The library panics at some malformed tags; a file that is edited while we run must not end us.
func decode(data []byte) (all []Pin, tree *ast.File, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("no YAML that can be read: %v", p)
		}
	}()
	var read struct {
		Pins []Pin `yaml:"pins"`
	}
	if err := yaml.NewDecoder(bytes.NewReader(data), yaml.Strict()).Decode(&read); err != nil {
		return nil, nil, err
	}
	tree, err = parser.ParseBytes(data, 0)
	return read.Pins, tree, err
}

func decodeError(file string, err error) error {
	var at yaml.Error
	if !errors.As(err, &at) || at.GetToken() == nil {
		return fmt.Errorf("read pins %s: %w", file, err)
	}
	return &FieldError{File: file, Line: at.GetToken().Position.Line, Field: strings.Trim(at.GetToken().Value, " \n"), Reason: at.GetMessage()}
}

type checker struct {
	file string
	tree *ast.File
	errs []error
}

func (c *checker) fail(i int, field, reason string) {
	line := 1
	for _, path := range []string{fmt.Sprintf("$.pins[%d].%s", i, field), fmt.Sprintf("$.pins[%d]", i)} {
		p, err := yaml.PathString(path)
		if err != nil {
			continue
		}
		if node, err := p.FilterFile(c.tree); err == nil && node != nil {
			line = node.GetToken().Position.Line
			break
		}
	}
	c.errs = append(c.errs, &FieldError{File: c.file, Line: line, Field: field, Reason: reason})
}

var idShape = regexp.MustCompile(`^[a-z2-7]{16}$`)

// pin checks one pin and turns addresses of documents into ids.
func (c *checker) pin(i int, p *Pin) {
	if len(p.Queries) == 0 || len(p.Queries) > maxQueries {
		c.fail(i, "queries", fmt.Sprintf("has %d queries, want 1 to %d", len(p.Queries), maxQueries))
	}
	if len(p.Documents) > maxDocuments {
		c.fail(i, "documents", fmt.Sprintf("has %d documents, want at most %d", len(p.Documents), maxDocuments))
	}
	for j, d := range p.Documents {
		switch {
		case strings.HasPrefix(d, "https://"), strings.HasPrefix(d, "http://"):
			p.Documents[j] = index.NewID(d)
		case !idShape.MatchString(d):
			c.fail(i, "documents", fmt.Sprintf("%q is neither a document's id nor an address", d))
		}
	}
	if len(p.Documents) == 0 && p.Note == "" {
		c.fail(i, "documents", "is missing, and there is no note either")
	}
	if len(p.Documents) > 0 && p.Why == "" {
		c.fail(i, "why", "is missing: readers are told why these stand first")
	}
	for field, text := range map[string]string{"note": p.Note, "why": p.Why} {
		if utf8.RuneCountInString(text) > maxText {
			c.fail(i, field, fmt.Sprintf("has more than %d characters", maxText))
		}
	}
}

// lookEvery is how often a File looks whether it has changed: an editor who saves it sees the change on the next try.
const lookEvery = 2 * time.Second

// File is a file of pins that is read again when it changes. When it cannot be read, what was read before still holds.
// It is safe for use from many goroutines.
type File struct {
	path string
	key  func(string) string
	now  func() time.Time

	mu      sync.Mutex // guards what follows
	looked  time.Time
	stamp   string // of the file as it was last seen
	list    *List
	trouble error
}

// NewFile follows the file at a path, which need not be there. Key is as for Parse.
func NewFile(path string, key func(string) string, now func() time.Time) *File {
	return &File{path: path, key: key, now: now, list: &List{}}
}

// Path is where the file lies.
func (f *File) Path() string { return f.path }

// Find returns the pin of a search. The second result tells whether there is one.
func (f *File) Find(text string) (Pin, bool) {
	list, _ := f.current()
	if list.Len() == 0 {
		return Pin{}, false
	}
	return list.Find(f.key(text))
}

// State tells how many pins hold, and why the file as it is now cannot be used; nil when it can.
func (f *File) State() (count int, trouble error) {
	list, trouble := f.current()
	return list.Len(), trouble
}

// Stamp changes with what holds, for those who keep answers.
func (f *File) Stamp() string {
	f.current()
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.stamp
}

// current reads the file when it has changed since it was last looked at.
func (f *File) current() (*List, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := f.now()
	if !f.looked.IsZero() && now.Sub(f.looked) < lookEvery {
		return f.list, f.trouble
	}
	f.looked = now
	info, err := os.Stat(f.path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		f.stamp, f.list, f.trouble = "", &List{}, nil
	case err != nil:
		f.trouble = fmt.Errorf("read pins: %w", err)
	default:
		stamp := fmt.Sprintf("%d-%d", info.ModTime().UnixNano(), info.Size())
		if stamp != f.stamp {
			f.stamp = stamp
			f.read(info.Size())
		}
	}
	return f.list, f.trouble
}

func (f *File) read(size int64) {
	if size > maxFile {
		f.trouble = fmt.Errorf("read pins: %s has more than %d bytes", f.path, maxFile)
		return
	}
	data, err := os.ReadFile(f.path)
	if err != nil {
		f.trouble = fmt.Errorf("read pins: %w", err)
		return
	}
	list, err := Parse(data, f.path, f.key)
	f.trouble = err
	if err == nil {
		f.list = list
	}
}
