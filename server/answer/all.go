package answer

import (
	"context"

	"smaabornsviden/index"
)

// Walked tells what a walk over all hits went over.
type Walked struct {
	Total      int
	Left       int // documents whose source reserves them from text and data mining
	Generation string
	Seq        uint64
	Changed    bool // the index changed on the way: a document may be missing or stand twice
}

// All walks over every hit of a question in its order, page after page, so that memory does not grow with their
// number. begin is called once before the first document, each for every document that may be handed on: not for those
// whose source reserves them. Page and Size of the question do not matter. An error of begin or each ends the walk.
func (f *Finder) All(ctx context.Context, q Question, begin func(Walked) error, each func(index.Document) error) (Walked, error) {
	q.Page, q.Size = 1, index.MaxSize
	if q.IsEmpty() {
		return Walked{}, ErrNoWords
	}
	r := request(q)
	r.Facets, r.NoBody = nil, true
	found, err := f.Searcher.Search(ctx, r)
	if err != nil {
		return Walked{}, err
	}
	if !saysSomething(q, found.Understood) {
		return Walked{}, ErrNoWords
	}
	page, plan := found.Page, found.Plan
	w := Walked{Total: page.Total, Generation: page.Generation, Seq: page.Seq}
	if err := begin(w); err != nil {
		return w, err
	}
	for {
		if err := w.hand(page, each); err != nil || page.Next.IsZero() {
			return w, err
		}
		plan.Offset, plan.After, plan.Explain = 0, page.Next, false
		if page, err = f.Searcher.Engine.Search(ctx, plan); err != nil {
			return w, err
		}
		w.Changed = w.Changed || page.Generation != w.Generation || page.Seq != w.Seq
	}
}

func (w *Walked) hand(page index.Page, each func(index.Document) error) error {
	for _, h := range page.Hits {
		if h.Doc.TDMReserved {
			w.Left++
			continue
		}
		if err := each(h.Doc); err != nil {
			return err
		}
	}
	return nil
}
