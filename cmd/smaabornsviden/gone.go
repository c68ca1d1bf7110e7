package main

import (
	"context"
	"errors"

	"smaabornsviden/crawler/state"
	"smaabornsviden/server"
)

// goneDocument is a document that went, as the process that crawls tells the others.
type goneDocument struct {
	ID string `json:"id"`
	server.Gone
}

// gone tells readers what became of a document that they could once open.
func (n *node) gone(ctx context.Context, id string) (server.Gone, error) {
	lost, err := n.state.Lost(ctx, id)
	if errors.Is(err, state.ErrNotFound) {
		return server.Gone{}, nil
	}
	if err != nil {
		return server.Gone{}, err
	}
	return n.toldGone(lost), nil
}

// goneLately are the documents that went last, newest first.
func (n *node) goneLately(ctx context.Context, most int) ([]goneDocument, error) {
	lost, err := n.state.LostLately(ctx, most)
	if err != nil {
		return nil, err
	}
	all := make([]goneDocument, 0, len(lost))
	for _, l := range lost {
		all = append(all, goneDocument{l.Doc, n.toldGone(l)})
	}
	return all, nil
}

// toldGone says of a lost document what readers may know. What went on request is told by its day alone.
func (n *node) toldGone(l state.Lost) server.Gone {
	g := server.Gone{At: l.At.Local(), Why: whyGone(l.Reason), Now: l.Now}
	if g.Why == server.OnRequest {
		return g
	}
	g.Source, g.SourceName = l.Source, n.sourceName(l.Source)
	g.Address, g.Title, g.Lang = l.Address, l.Title, l.Lang
	return g
}

// whyGone is a reason of the crawl as readers are told it.
func whyGone(why state.Reason) server.WhyGone {
	switch why {
	case state.TakenDown:
		return server.OnRequest
	case state.NotFound, state.GoneForGood, state.SoftNotFound, state.Withdrawn, state.Expired, state.Duplicate, state.Moved:
		return server.AtSource
	case state.NoIndex, state.Robots, state.NoFollow, state.PolicyAsk, state.PolicyNever:
		return server.NotWanted
	}
	return server.LeftOut
}
