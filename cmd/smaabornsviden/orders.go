package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"smaabornsviden/index"
	"smaabornsviden/server"
	"smaabornsviden/server/shelf"
)

// Kinds of records through which the operator's decisions reach the process that crawls, and its answers come back.
const (
	orderKind  = "desk-order"
	answerKind = "desk-answer"
)

// Bounds of orders. Whoever decides waits for the answer; when the process that crawls is away, the order stays and is carried
// out when it is back.
const (
	orderPause  = time.Second            // between looks for orders
	answerPause = 150 * time.Millisecond // between looks for an answer
	answerSpare = 500 * time.Millisecond // of the request's time, to say that there was none
	answersKept = time.Hour              // nobody asks for an answer after that
	ordersTaken = 100
)

// deskOrder is one decision of the operator.
type deskOrder struct {
	Deed    deed     `json:"deed"`
	What    string   `json:"what,omitempty"`
	Why     string   `json:"why,omitempty"`
	Sources []string `json:"sources,omitempty"`
}

type deed string

// The deeds.
const (
	deedCrawl   deed = "crawl"
	deedPause   deed = "pause"
	deedResume  deed = "resume"
	deedBlock   deed = "block"
	deedUnblock deed = "unblock"
)

// deskAnswer is what came of an order.
type deskAnswer struct {
	Entry     string `json:"entry,omitempty"`
	Documents int    `json:"documents,omitempty"`
	Trouble   string `json:"trouble,omitempty"` // in words for the operator; empty when it was carried out
}

// errNoAnswer: the order waits for the process that crawls.
var errNoAnswer = errors.New("den proces, der henter, har ikke svaret endnu; det bliver udført, når den er tilbage")

// remoteDesk is the operator's desk in a process that does not crawl: it leaves orders for the one that does.
type remoteDesk struct {
	shelf    server.Shelf
	standing func(context.Context) (standing, error) // what holds, as the other process tells it
	now      func() time.Time
}

var _ server.Desk = (*remoteDesk)(nil)

// Crawl implements server.Desk.
func (d *remoteDesk) Crawl(ctx context.Context, sources []string) error {
	_, err := d.send(ctx, deskOrder{Deed: deedCrawl, Sources: sources})
	return err
}

// Pause implements server.Desk.
func (d *remoteDesk) Pause(ctx context.Context, source, why string) error {
	_, err := d.send(ctx, deskOrder{Deed: deedPause, What: source, Why: why})
	return err
}

// Resume implements server.Desk.
func (d *remoteDesk) Resume(ctx context.Context, source string) error {
	_, err := d.send(ctx, deskOrder{Deed: deedResume, What: source})
	return err
}

// Block implements server.Desk.
func (d *remoteDesk) Block(ctx context.Context, what, why string) (string, int, error) {
	a, err := d.send(ctx, deskOrder{Deed: deedBlock, What: what, Why: why})
	return a.Entry, a.Documents, err
}

// Unblock implements server.Desk.
func (d *remoteDesk) Unblock(ctx context.Context, what string) error {
	_, err := d.send(ctx, deskOrder{Deed: deedUnblock, What: what})
	return err
}

// Pauses implements server.Desk.
func (d *remoteDesk) Pauses(ctx context.Context) ([]server.Decision, error) {
	s, err := d.standing(ctx)
	return s.Pauses, err
}

// Blocks implements server.Desk.
func (d *remoteDesk) Blocks(ctx context.Context) ([]server.Decision, error) {
	s, err := d.standing(ctx)
	return s.Blocks, err
}

// send leaves an order and waits for its answer as long as the request may take.
func (d *remoteDesk) send(ctx context.Context, o deskOrder) (deskAnswer, error) {
	body, err := json.Marshal(o)
	if err != nil {
		return deskAnswer{}, err
	}
	r := shelf.Record{Kind: orderKind, ID: rand.Text(), Time: d.now(), Body: body}
	if err := d.shelf.Add(ctx, r); err != nil {
		return deskAnswer{}, err
	}
	if deadline, ok := ctx.Deadline(); ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithDeadline(ctx, deadline.Add(-answerSpare))
		defer cancel()
	}
	for {
		select {
		case <-ctx.Done():
			return deskAnswer{}, errNoAnswer
		case <-time.After(answerPause):
		}
		answered, err := d.shelf.Get(ctx, answerKind, r.ID)
		switch {
		case errors.Is(err, index.ErrNotFound):
			continue
		case ctx.Err() != nil:
			return deskAnswer{}, errNoAnswer
		case err != nil:
			return deskAnswer{}, err
		}
		return readAnswer(answered.Body)
	}
}

func readAnswer(body []byte) (deskAnswer, error) {
	var a deskAnswer
	if err := json.Unmarshal(body, &a); err != nil {
		return a, fmt.Errorf("read the answer to an order: %w", err)
	}
	if a.Trouble != "" {
		return a, errors.New(a.Trouble)
	}
	return a, nil
}

// obey carries out the orders that wait, the oldest first, and answers them. An order that is done twice, because this process
// was killed before it answered, comes to the same.
func obey(ctx context.Context, s server.Shelf, desk server.Desk, now func() time.Time) error {
	orders, err := s.List(ctx, orderKind, time.Time{}, ordersTaken)
	if err != nil {
		return fmt.Errorf("look for orders: %w", err)
	}
	for i := len(orders) - 1; i >= 0; i-- {
		body, err := json.Marshal(carryOut(ctx, desk, orders[i].Body))
		if err != nil {
			return err
		}
		if ctx.Err() != nil {
			return ctx.Err() // it may not have been done: it stays
		}
		if err := s.Put(ctx, shelf.Record{Kind: answerKind, ID: orders[i].ID, Time: now(), Body: body}); err != nil {
			return fmt.Errorf("answer an order: %w", err)
		}
		if err := s.Remove(ctx, orderKind, orders[i].ID); err != nil {
			return fmt.Errorf("settle an order: %w", err)
		}
	}
	if len(orders) == 0 {
		return nil
	}
	return forgetAnswers(ctx, s, now().Add(-answersKept))
}

// forgetAnswers removes the answers that are older than a time.
func forgetAnswers(ctx context.Context, s server.Shelf, before time.Time) error {
	answers, err := s.List(ctx, answerKind, time.Time{}, 10*ordersTaken)
	for _, a := range answers {
		if err == nil && a.Time.Before(before) {
			err = s.Remove(ctx, answerKind, a.ID)
		}
	}
	return err
}

func carryOut(ctx context.Context, desk server.Desk, body []byte) deskAnswer {
	var o deskOrder
	var a deskAnswer
	err := json.Unmarshal(body, &o)
	if err == nil {
		switch o.Deed {
		case deedCrawl:
			err = desk.Crawl(ctx, o.Sources)
		case deedPause:
			err = desk.Pause(ctx, o.What, o.Why)
		case deedResume:
			err = desk.Resume(ctx, o.What)
		case deedBlock:
			a.Entry, a.Documents, err = desk.Block(ctx, o.What, o.Why)
		case deedUnblock:
			err = desk.Unblock(ctx, o.What)
		default:
			err = fmt.Errorf("der er ikke noget, der hedder %q", o.Deed)
		}
	}
	if err != nil {
		a.Trouble = err.Error()
	}
	return a
}

// obeyOrders carries out what the operator decides in other processes on the cluster, until ctx ends.
func (n *node) obeyOrders(ctx context.Context, desk server.Desk) error {
	if n.cluster == nil || desk == nil || n.onlyReads {
		<-ctx.Done()
		return nil
	}
	told := seldom{now: time.Now}
	for {
		err := obey(ctx, n.shelf, desk, time.Now)
		if told.due(err) && ctx.Err() == nil && !errors.Is(err, index.ErrUnavailable) {
			n.log.Warn("orders of the operator are not carried out", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(orderPause):
		}
	}
}
