package opensearch

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// A search goes to the same copies of shards each time, so that pages of one search fit together. The node that we ask answers for
// itself, but not for others: when one that holds such a copy hangs instead of dying, the cluster goes on asking it for half a minute.
// Readers need not wait for that: other copies answer.
const (
	hangsAfter = 1200 * time.Millisecond // a search without an answer by then makes us ask which nodes answer the others
	nodesLimit = 800 * time.Millisecond  // for them to do so; with hangsAfter a reader has an answer within 3
	avoidFor   = 30 * time.Second        // nodes that did not answer are left alone, unless others are asked in vain
	nodesAge   = time.Second             // of what was heard, for all who wait at the same time
)

// roster is what was heard last about which nodes answer the others.
type roster struct {
	only string // the preference that leaves those out which do not; empty when all answer
	at   time.Time
}

// try is attempt, for a search at other copies too when some hang.
func (c *client) try(ctx context.Context, r *request, body []byte) ([]byte, error) {
	if !r.query.Has("preference") {
		return c.attempt(ctx, r, body)
	}
	if only := c.avoiding(); only != "" {
		answer, err := c.attempt(ctx, r.with(only), body)
		if err == nil || ctx.Err() != nil || passes(err) {
			return answer, err
		}
		c.know(roster{}) // a shard has no copy there
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // whoever is slower is given up
	type outcome struct {
		answer []byte
		err    error
	}
	told := make(chan outcome, 2)
	send := func(r *request) {
		answer, err := c.attempt(ctx, r, body)
		told <- outcome{answer, err}
	}
	go send(r)
	tick := time.NewTicker(hangsAfter)
	defer tick.Stop()
	var only string
	for only == "" { // while all answer each other it is only slow
		select {
		case first := <-told:
			return first.answer, first.err
		case <-tick.C:
			only = c.whoAnswers(ctx)
		}
	}
	go send(r.with(only))
	first := <-told
	if first.err != nil {
		first = <-told
	}
	return first.answer, first.err
}

// with is the request with another preference which copies answer it.
func (r *request) with(preference string) *request {
	other := *r
	other.query = maps.Clone(r.query)
	other.query.Set("preference", preference)
	return &other
}

// avoiding is the preference that leaves out nodes which hung lately, empty when there are none.
func (c *client) avoiding() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.now().Sub(c.roster.at) >= avoidFor {
		return ""
	}
	return c.roster.only
}

func (c *client) know(r roster) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.roster = r
}

// whoAnswers asks a node which others answer it, and returns the preference that leaves out those which do not; empty when all do or
// nobody tells. One asks for all who wait.
func (c *client) whoAnswers(ctx context.Context) string {
	select {
	case <-ctx.Done():
		return ""
	case c.asking <- struct{}{}:
	}
	defer func() { <-c.asking }()
	c.mu.Lock()
	last := c.roster
	c.mu.Unlock()
	if c.now().Sub(last.at) < nodesAge {
		return last.only
	}
	r := request{
		method: http.MethodGet, path: "/_nodes/http", limit: nodesLimit + sayLimit,
		query: url.Values{"timeout": {nodesLimit.String()}, "filter_path": {"_nodes,nodes.*.name"}},
	}
	answer, err := c.attempt(ctx, &r, nil)
	var heard struct {
		Count struct {
			Failed int `json:"failed"`
		} `json:"_nodes"`
		Nodes map[string]struct{} `json:"nodes"`
	}
	if err != nil || json.Unmarshal(answer, &heard) != nil {
		return "" // it may not be ours to know
	}
	now := roster{at: c.now()}
	if heard.Count.Failed > 0 && len(heard.Nodes) > 0 {
		now.only = "_only_nodes:" + strings.Join(slices.Sorted(maps.Keys(heard.Nodes)), ",")
	}
	c.know(now)
	return now.only
}
