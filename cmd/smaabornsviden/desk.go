package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"smaabornsviden/server"
)

// tokenVariableOfDrift holds the token that opens /drift from other machines. A command line can be read by others, so
// there is no flag.
const tokenVariableOfDrift = "SMAABORNSVIDEN_DRIFT_TOKEN"

// leastToken is the length under which a token is a word that can be guessed.
const leastToken = 16

func driftToken(getenv func(string) string) (string, error) {
	token := getenv(tokenVariableOfDrift)
	if token != "" && len(token) < leastToken {
		return "", usagef("%s has less than %d characters", tokenVariableOfDrift, leastToken)
	}
	return token, nil
}

// operator carries out what is decided on /drift.
type operator struct {
	node *node
	d    deeds
}

var _ server.Desk = (*operator)(nil)

// operators is who carries out decisions in this process: where another process crawls, whoever leaves it orders.
func (n *node) operators(d deeds) server.Desk {
	if n.onlyReads {
		told := newSharedStanding(n.cluster.Shelf())
		return &remoteDesk{shelf: n.shelf, standing: told.read, now: time.Now}
	}
	return &operator{n, d}
}

// Which command fetches, for the operator of a process that does not.
const (
	insteadOfServe = "denne proces svarer kun læsere. Stop den, og brug »smaabornsviden run«, der både henter og svarer, eller »smaabornsviden crawl«, der henter én gang"
	insteadOfDemo  = "demonstrationen henter én gang, når den begynder. Stop den, og begynd »smaabornsviden demo« igen"
)

var _ server.Resting = (*operator)(nil)

// Instead implements server.Resting.
func (o *operator) Instead() string {
	if o.d.crawl != nil {
		return ""
	}
	return cmp.Or(o.d.instead, insteadOfServe)
}

// Crawl implements server.Desk.
func (o *operator) Crawl(_ context.Context, sources []string) error {
	if o.d.crawl == nil {
		return errors.New(o.Instead())
	}
	return o.d.crawl(sources)
}

// Pause implements server.Desk.
func (o *operator) Pause(ctx context.Context, source, why string) error {
	if why == "" {
		return errors.New("skriv hvorfor: en beslutning, som ingen kender grunden til, kan ikke tages tilbage")
	}
	desk, err := o.node.desk(ctx)
	if err != nil {
		return err
	}
	return desk.Pause(ctx, source, why)
}

// Resume implements server.Desk.
func (o *operator) Resume(ctx context.Context, source string) error {
	desk, err := o.node.desk(ctx)
	if err != nil {
		return err
	}
	return desk.Resume(ctx, source)
}

// Pauses implements server.Desk.
func (o *operator) Pauses(context.Context) ([]server.Decision, error) {
	var all []server.Decision
	for _, p := range o.node.state.Pauses() {
		all = append(all, server.Decision{What: p.Source, At: p.At.Local(), Why: p.Note})
	}
	return all, nil
}

// Block implements server.Desk.
func (o *operator) Block(ctx context.Context, what, why string) (string, int, error) {
	if why == "" {
		return "", 0, fmt.Errorf("skriv, hvorfor %q bliver blokeret", what)
	}
	done, err := o.node.block(ctx, what, why)
	return done.Entry, done.Documents, err
}

// Unblock implements server.Desk.
func (o *operator) Unblock(ctx context.Context, what string) error {
	desk, err := o.node.desk(ctx)
	if err != nil {
		return err
	}
	return desk.Unblock(ctx, what)
}

// Blocks implements server.Desk. What went along with another block is taken back with that one.
func (o *operator) Blocks(ctx context.Context) ([]server.Decision, error) {
	blocks, err := o.node.state.Blocks(ctx)
	if err != nil {
		return nil, err
	}
	var all []server.Decision
	for _, b := range blocks {
		if b.Root == "" {
			all = append(all, server.Decision{What: b.Entry, At: b.At.Local(), Why: b.Note})
		}
	}
	return all, nil
}
