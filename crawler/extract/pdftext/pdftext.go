// Package pdftext reads the text of PDF files page by page in reading order, in a child process so that no file can
// hang or exhaust its reader.
package pdftext

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// What can be wrong with a file; errors of Read wrap one of these.
var (
	ErrNotPDF    = errors.New("not a PDF file")
	ErrBroken    = errors.New("PDF file is broken")
	ErrEncrypted = errors.New("PDF file is encrypted")
	// ErrNoText: the file shows images or outlines of letters only, as scans do, or its fonts do not say what their
	// glyphs mean. The Document with title, dates and number of pages comes with this error.
	ErrNoText  = errors.New("PDF file has no text")
	ErrTimeout = errors.New("reading the PDF file takes too long")
	ErrMemory  = errors.New("reading the PDF file takes too much memory")
	// ErrChild: the child process could not be started or ended without an answer.
	ErrChild = errors.New("child process for PDF files")
)

// Options bound the reading of one file. The zero value is useful.
type Options struct {
	// MaxPages is how many pages are read; further ones are counted. 0 means 3,000.
	MaxPages int
	// MaxStream is the most bytes that one stream may decode to; all streams together may be four times that.
	// 0 means 64 MiB.
	MaxStream int64
	// MaxMemory is the most memory of the child process in bytes. 0 means 1 GiB.
	MaxMemory int64
	// Timeout bounds the whole reading. 0 means one minute.
	Timeout time.Duration
	// Joiner reports whether the two halves of a word parted at a line's end make one word without the hyphen:
	// Joiner("under", "søgelse"), but not Joiner("tv", "avisen"). Without it, all do unless the document itself
	// shows otherwise.
	Joiner func(left, right string) bool
	// KeepFurniture leaves running headers, footers and page numbers in the text.
	KeepFurniture bool
	// Program is started to read the file and must call Child; "" means the running program.
	Program string
	// InProcess reads without a child process. A file can then hang the caller's goroutine, so this is for
	// measurements and trusted files.
	InProcess bool
}

// Document is what a file says. Times are UTC, zero when not known.
type Document struct {
	Pages    []string // text of each page read, paragraphs parted by "\n", cells of a row by "\t"
	Total    int      // pages of the file, more than Pages when MaxPages or another limit cut it
	Title    string
	Author   string // as written, several parted by "; "
	Subject  string
	Keywords string
	Producer string
	Language string // as the file claims, such as "da-DK"
	Created  time.Time
	Modified time.Time
	// NoCopy: the author asked that the text be not copied out of the file.
	NoCopy bool
	// Furniture are the lines left out as running headers and footers, each once, with digits as "#".
	Furniture []string
	// Textless is the number of pages that show something but have no text.
	Textless int
	// Truncated names the limit that ended the reading early, "" when all was read.
	Truncated string
}

// Read reads a PDF file. It ends soon after ctx does.
func Read(ctx context.Context, data []byte, o Options) (Document, error) {
	bounds := o.limits()
	ctx, cancel := context.WithTimeout(ctx, bounds.Time)
	defer cancel()
	read := readChild
	if o.InProcess {
		read = readHere
	}
	r, err := read(ctx, data, bounds, o.Program)
	if err != nil {
		return Document{}, fmt.Errorf("read PDF: %w", err)
	}
	doc := compose(&r, o)
	if !doc.hasText() {
		return doc, fmt.Errorf("read PDF: %w: %s", ErrNoText, r.why())
	}
	return doc, nil
}

func (o Options) limits() limits {
	l := limits{Pages: o.MaxPages, Stream: o.MaxStream, Memory: o.MaxMemory, Time: o.Timeout}
	if l.Pages <= 0 {
		l.Pages = 3000
	}
	if l.Stream <= 0 {
		l.Stream = 64 << 20
	}
	if l.Memory <= 0 {
		l.Memory = 1 << 30
	}
	if l.Time <= 0 {
		l.Time = time.Minute
	}
	l.Decoded = 4 * l.Stream
	// A dense page has 6,000 glyphs and 10,000 operators; 3,000 of them are the limit.
	l.Ops = 30_000_000
	l.Glyphs = 20_000_000
	return l
}

func (d *Document) hasText() bool {
	for _, p := range d.Pages {
		if p != "" {
			return true
		}
	}
	return false
}

// raw is what the child process finds: lines in reading order.
type raw struct {
	Info    info     `json:"info"`
	Total   int      `json:"total"`
	Pages   [][]line `json:"pages"`
	Images  int      `json:"images"`  // pages that show something and have no text
	Named   int      `json:"named"`   // glyphs with text
	Unnamed int      `json:"unnamed"` // glyphs whose text the file does not tell
	Over    string   `json:"over,omitempty"`
}

func (r *raw) why() string {
	switch {
	case r.Unnamed > 0:
		return fmt.Sprintf("%d glyphs have no meaning", r.Unnamed)
	case r.Images > 0:
		return fmt.Sprintf("%d of %d pages are images", r.Images, r.Total)
	case r.Over != "":
		return "limit: " + r.Over
	}
	return fmt.Sprintf("%d pages are empty", r.Total)
}

// readHere reads a file in this process.
func readHere(ctx context.Context, data []byte, l limits, _ string) (raw, error) {
	b := &budget{limits: l, done: ctx.Done()}
	f, err := open(ctx, data, b)
	if err != nil {
		return raw{}, err
	}
	leaves, total, err := f.pages()
	if err != nil {
		return raw{}, err
	}
	r := raw{Info: f.info(), Total: total}
	fonts := map[ref]*font{}
	for _, leaf := range leaves {
		if b.over != "" {
			break
		}
		r.add(f.read(leaf, fonts))
	}
	r.Over = b.over
	if r.Over == "" && r.Total > len(leaves) {
		r.Over = "pages"
	}
	return r, nil
}

func (r *raw) add(p *page) {
	r.Named += len(p.glyphs)
	r.Unnamed += p.unnamed
	found := lines(p.glyphs)
	if len(found) == 0 && (p.images || p.unnamed > 0) {
		r.Images++
	}
	r.Pages = append(r.Pages, found)
}
