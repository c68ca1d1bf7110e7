// Package htmldate stands in the place of github.com/markusmobius/go-htmldate, which go-trafilatura imports to date a page:
// it has what go-trafilatura names of that package, and finds no date.
//
// Package extract reads dates itself and never asks go-trafilatura for one. Yet whatever is linked is set up at every
// start of the program: the tables of go-dateparser, which go-htmldate imports, took 170 ms and 78 MB then, of which
// 26 MB stayed for good.
package htmldate

import (
	"errors"
	"time"
)

// ErrNoDate is what FromDocument always returns.
var ErrNoDate = errors.New("this program reads dates elsewhere")

// Options are those that go-trafilatura sets; nothing reads them.
type Options struct {
	UseOriginalDate     bool
	SkipExtensiveSearch bool
	URL                 string
}

// Result is a date that was found, the zero time when none was.
type Result struct {
	DateTime time.Time
	HasTime  bool
}

// IsZero reports whether there is no date.
func (r Result) IsZero() bool { return r.DateTime.IsZero() }

// FromDocument finds no date in a document, which is an *html.Node; with its type named here, this module would need another.
func FromDocument(any, Options) (Result, error) { return Result{}, ErrNoDate }
