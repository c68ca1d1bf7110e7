package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"smaabornsviden/index"
	"smaabornsviden/index/opensearch"
	"smaabornsviden/server"
)

// standing is what readers may know of the crawl: how it stands with each source, and what is new.
type standing struct {
	Status   server.Status     `json:"status"`
	Coverage []server.Coverage `json:"coverage"`
	Changes  []server.Change   `json:"changes"` // newest first
	Gone     []goneDocument    `json:"gone"`    // newest first
	// Pauses and Blocks are for the operator alone.
	Pauses []server.Decision `json:"pauses"`
	Blocks []server.Decision `json:"blocks"`
}

// Where the process that crawls tells the others on a cluster how it stands.
const (
	standingKind = "standing"
	standingID   = "crawl"
)

// How often the others are told, and how much. A removal that readers must not read of any more is gone from what is
// told after standingPause.
const (
	standingPause = 10 * time.Second
	standingAgain = time.Minute // what has not changed is told again after that: the shelf may have been lost, or restored from a snapshot
	standingNews  = 2_000       // pieces; a month of 50 lively sources
	standingGrace = 3 * time.Second
	standingLimit = time.Second     // for reading it: most of a reader's five seconds are for the search
	standingRetry = 5 * time.Second // after it could not be read
	termsPause    = 5 * time.Minute // between dictionaries while the index changes
)

// crawlTold answers readers' questions about the crawl.
type crawlTold struct {
	status   func(context.Context) (server.Status, error)
	coverage func(context.Context) ([]server.Coverage, error)
	changes  func(ctx context.Context, since time.Time, limit int) ([]server.Change, error)
	altered  func(ctx context.Context, docs []string) (map[string]time.Time, error)
	gone     func(ctx context.Context, id string) (server.Gone, error)
}

// told is what this process knows of the crawl: from its own state, or, when another process crawls, from what that one tells.
func (n *node) told(crawling func() bool) crawlTold {
	if n.onlyReads {
		s := newSharedStanding(n.cluster.Shelf())
		return crawlTold{s.status, s.coverage, s.changes, s.altered, s.gone}
	}
	sources := &coverage{node: n}
	status := func(ctx context.Context) (server.Status, error) {
		return n.readersStatus(ctx, crawling != nil && crawling())
	}
	return crawlTold{status, sources.read, n.changes, n.state.AlteredAt, n.gone}
}

// standing reads what there is to tell.
func (t crawlTold) standing(ctx context.Context) (standing, error) {
	var s standing
	var err error
	if s.Status, err = t.status(ctx); err != nil {
		return s, err
	}
	if s.Coverage, err = t.coverage(ctx); err != nil {
		return s, err
	}
	s.Changes, err = t.changes(ctx, time.Time{}, standingNews)
	return s, err
}

// publish tells the other processes on a cluster how the crawl stands and which words the index has, until ctx ends. What goes
// wrong is told again a moment later: nobody's search waits for it.
func (n *node) publish(ctx context.Context, crawling func() bool) error {
	if n.cluster == nil || n.onlyReads {
		<-ctx.Done()
		return nil
	}
	p := publisher{node: n, told: n.told(crawling), shelf: n.cluster.Shelf()}
	p.told.coverage = (&coverage{node: n}).count // what a reader may be told late is counted anew here
	told := seldom{now: time.Now}
	for {
		if err := p.once(ctx); told.due(err) && ctx.Err() == nil {
			n.log.Warn("the other processes are not told how the crawl stands", "error", err)
		}
		select {
		case <-ctx.Done():
			last, cancel := context.WithTimeout(context.WithoutCancel(ctx), standingGrace)
			defer cancel()
			if err := p.standing(last); err != nil {
				n.log.Warn("the other processes are not told how the crawl ended", "error", err)
			}
			return nil
		case <-time.After(standingPause):
		}
	}
}

// publisher remembers what was told last.
type publisher struct {
	node  *node
	told  crawlTold
	shelf opensearch.Shelf
	last  []byte
	at    time.Time // when last was told
	terms time.Time
}

func (p *publisher) once(ctx context.Context) error {
	err := p.standing(ctx)
	if time.Since(p.terms) < termsPause {
		return err
	}
	if termsErr := p.node.cluster.PublishTerms(ctx); termsErr != nil {
		return errors.Join(err, termsErr)
	}
	p.terms = time.Now()
	return err
}

func (p *publisher) standing(ctx context.Context) error {
	s, err := p.told.standing(ctx)
	if err != nil {
		return err
	}
	if s.Gone, err = p.node.goneLately(ctx, standingNews); err != nil {
		return err
	}
	desk := operator{node: p.node}
	if s.Pauses, err = desk.Pauses(ctx); err != nil {
		return err
	}
	if s.Blocks, err = desk.Blocks(ctx); err != nil {
		return err
	}
	body, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("encode how the crawl stands: %w", err)
	}
	now := time.Now()
	if p.isTold(body, now) {
		return nil
	}
	r := opensearch.Record{Kind: standingKind, ID: standingID, Time: now, Body: body}
	if err := p.shelf.Put(ctx, r); err != nil {
		return err
	}
	p.last, p.at = body, now
	return nil
}

// isTold reports whether the others know this already, and still.
func (p *publisher) isTold(body []byte, now time.Time) bool {
	return bytes.Equal(body, p.last) && now.Sub(p.at) < standingAgain
}

// sharedStanding is what the process that crawls tells, read again after a while.
type sharedStanding struct {
	get func(ctx context.Context, kind, id string) (opensearch.Record, error)
	now func() time.Time

	mu     sync.Mutex // guards what follows, and lets one reader ask for all
	at     time.Time  // when last was read; zero until then
	last   standing
	failed time.Time // when it last could not be read
	err    error     // why
}

func newSharedStanding(shelf opensearch.Shelf) *sharedStanding {
	return &sharedStanding{get: shelf.Get, now: time.Now}
}

// read returns what was told last, which is of before when there is an error. As long as nothing ever was, nothing is known.
func (s *sharedStanding) read(ctx context.Context) (standing, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch now := s.now(); {
	case now.Sub(s.at) < standingPause:
		return s.last, nil
	case s.err != nil && now.Sub(s.failed) < standingRetry:
		return s.last, s.err
	}
	told, err := s.ask(ctx)
	if errors.Is(err, index.ErrNotFound) {
		return standing{}, nil
	}
	if s.err = err; err != nil {
		s.failed = s.now()
		return s.last, err
	}
	s.last, s.at = told, s.now()
	return told, nil
}

// ask reads it from the cluster. It is for all readers, whichever of them gives up.
func (s *sharedStanding) ask(ctx context.Context) (standing, error) {
	limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), standingLimit)
	defer cancel()
	r, err := s.get(limited, standingKind, standingID)
	if err != nil {
		return standing{}, err
	}
	var told standing
	if err := json.Unmarshal(r.Body, &told); err != nil {
		return standing{}, fmt.Errorf("read how the crawl stands: %w", err)
	}
	return told, nil
}

// known is what was told last, also while it cannot be read: readers are better off with what held a moment ago than without.
func (s *sharedStanding) known(ctx context.Context) (standing, error) {
	told, err := s.read(ctx)
	if err != nil && s.everRead() {
		return told, nil
	}
	return told, err
}

func (s *sharedStanding) everRead() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return !s.at.IsZero()
}

func (s *sharedStanding) status(ctx context.Context) (server.Status, error) {
	now, err := s.known(ctx)
	return now.Status, err
}

func (s *sharedStanding) coverage(ctx context.Context) ([]server.Coverage, error) {
	now, err := s.known(ctx)
	return now.Coverage, err
}

func (s *sharedStanding) changes(ctx context.Context, since time.Time, limit int) ([]server.Change, error) {
	now, err := s.known(ctx)
	if err != nil {
		return nil, err
	}
	var some []server.Change
	for _, c := range now.Changes {
		if len(some) < limit && !c.At.Before(since) {
			some = append(some, c)
		}
	}
	return some, nil
}

// altered is when documents last changed, as far back as the other process tells of changes.
func (s *sharedStanding) altered(ctx context.Context, docs []string) (map[string]time.Time, error) {
	now, err := s.known(ctx)
	if err != nil {
		return nil, err
	}
	wanted := make(map[string]bool, len(docs))
	for _, id := range docs {
		wanted[id] = true
	}
	last := map[string]time.Time{}
	for _, c := range now.Changes {
		if c.Kind == server.Changed && wanted[c.ID] && c.At.After(last[c.ID]) {
			last[c.ID] = c.At
		}
	}
	return last, nil
}

// gone is what became of a document, as far back as the other process tells of those that went.
func (s *sharedStanding) gone(ctx context.Context, id string) (server.Gone, error) {
	now, err := s.known(ctx)
	if err != nil {
		return server.Gone{}, err
	}
	for _, g := range now.Gone {
		if g.ID == id {
			return g.Gone, nil
		}
	}
	return server.Gone{}, nil
}
