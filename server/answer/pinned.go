package answer

import (
	"context"
	"errors"
	"sort"
	"strings"

	"smaabornsviden/index"
	"smaabornsviden/index/danish"
	"smaabornsviden/server/pins"
)

// Pinned is what editors lift above the results of a search. It is beside the answer: total, order and facets are the
// same without it.
type Pinned struct {
	Docs []index.Document // without bodies
	Note string
	Why  string // these documents
}

// Pins knows what editors lift above the results of a search.
type Pins interface {
	Find(text string) (pins.Pin, bool)
}

// pinned finds what stands above the first page of a search without filters; nil for nothing. A pinned document that is
// not there any more is passed over.
func (f *Finder) pinned(ctx context.Context, q Question) (*Pinned, error) {
	if f.Pins == nil || q.Text == "" || q.Page > 1 || q.After != nil || q.Filtered() {
		return nil, nil
	}
	pin, ok := f.Pins.Find(q.Text)
	if !ok {
		return nil, nil
	}
	out := &Pinned{Note: pin.Note, Why: pin.Why}
	for _, id := range pin.Documents {
		d, err := f.Searcher.Engine.Document(ctx, id)
		if errors.Is(err, index.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		d.Body = ""
		out.Docs = append(out.Docs, d)
	}
	if len(out.Docs) == 0 && out.Note == "" {
		return nil, nil
	}
	return out, nil
}

// PinKey makes of a search what its pin is looked up by: the dictionary forms of its words, common ones left out, in any
// order. So "sproget hos de små" and "små sprog" have one key, whichever of them an editor wrote down.
func PinKey(a *danish.Analyzer, text string) string {
	var words []string
	for _, t := range a.Tokens(text) {
		if t.Stop {
			continue
		}
		forms := append([]string{}, t.Lemmas...)
		if len(forms) == 0 {
			forms = []string{strings.ToLower(t.Surface)}
		}
		sort.Strings(forms)
		words = append(words, strings.Join(forms, "|"))
	}
	sort.Strings(words)
	return strings.Join(words, " ")
}
