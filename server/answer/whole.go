package answer

import (
	"context"
	"errors"

	"smaabornsviden/index"
	"smaabornsviden/index/query"
)

// ErrMoving means that the index kept changing while all hits of a question were read, so that they belong to no one
// state of it.
var ErrMoving = errors.New("index changed while it was read")

// Whole tells what all hits of a question are hits of.
type Whole struct {
	Understood query.Understood
	Plan       index.Plan // as it was run, without paging
	Total      int
	Generation string
	Seq        uint64
}

// Bounds of reading all hits with their texts.
const (
	wholePage  = 50 // bodies of some 10 kB each, 1 MB at worst, are in memory at once
	wholeTries = 4
)

// Whole reads the hits of a question in its order, at most so many, with their bodies, and all of one state of the index:
// it begins anew while the index changes on the way, and gives up with ErrMoving. again is called before each try, each
// for every hit. Errors else as Find.
func (f *Finder) Whole(ctx context.Context, q Question, most int, again func(), each func(index.Document) error) (Whole, error) {
	q.Page, q.After, q.Size = 1, nil, min(wholePage, most)
	if q.IsEmpty() {
		return Whole{}, ErrNoWords
	}
	for range wholeTries {
		again()
		w, moved, err := f.whole(ctx, q, most, each)
		if err != nil || !moved {
			return w, err
		}
	}
	return Whole{}, ErrMoving
}

func (f *Finder) whole(ctx context.Context, q Question, most int, each func(index.Document) error) (w Whole, moved bool, err error) {
	r := request(q)
	r.Facets = nil
	found, err := f.Searcher.Search(ctx, r)
	if err != nil {
		return w, false, err
	}
	q.tell(&found.Understood)
	if !saysSomething(q, found.Understood) {
		return w, false, ErrNoWords
	}
	page, plan := found.Page, found.Plan
	plan.Offset, plan.Explain = 0, false
	w = Whole{Understood: found.Understood, Plan: plan, Total: page.Total, Generation: page.Generation, Seq: page.Seq}
	w.Plan.Size, w.Plan.WithBody = 0, false
	for n := 0; ; {
		for _, h := range page.Hits {
			if n++; n > most {
				return w, false, nil
			}
			if err := each(h.Doc); err != nil {
				return w, false, err
			}
		}
		if page.Next.IsZero() || n == most {
			return w, false, nil
		}
		plan.After = page.Next
		if page, err = f.Searcher.Engine.Search(ctx, plan); err != nil {
			return w, false, err
		}
		if page.Generation != w.Generation || page.Seq != w.Seq {
			return w, true, nil
		}
	}
}
