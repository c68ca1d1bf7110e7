package opensearch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"smaabornsviden/index"
)

// generation is one index of the cluster. Readers address it by the alias that all generations share in turn, writers by
// an alias of its own, so that nothing is ever written into an index that the cluster would make up.
type generation struct {
	name    string   // smaabornsviden-000007
	markers []string // a routing for each shard, under which its marker lies
}

func (g generation) writeAlias() string { return g.name + "-write" }

var (
	goodName = regexp.MustCompile(`^[a-z][a-z0-9-]{0,99}$`)
	// ownName is how what lies in the cluster beside an index is named: another index of that name would be in its way.
	ownName = regexp.MustCompile(`-(shelf(-\d+)?|\d{6,}(-write)?)$`)
)

func checkName(name string) error {
	switch {
	case !goodName.MatchString(name):
		return fmt.Errorf("index name %q: want small letters, digits and hyphens, a letter first", name)
	case ownName.MatchString(name):
		return fmt.Errorf("index name %q: %s is what parts of another index are called", name, ownName.FindString(name))
	}
	return nil
}

// generationName is the name of the n-th generation.
func (s *Store) generationName(n int) string { return fmt.Sprintf("%s-%06d", s.options.Index, n) }

// number is the way back; 0 for what is no generation of ours.
func (s *Store) number(name string) int {
	digits, ok := strings.CutPrefix(name, s.options.Index+"-")
	n, err := strconv.Atoi(digits)
	if !ok || err != nil || s.generationName(n) != name {
		return 0
	}
	return n
}

// existing lists the generations in the cluster by number, ascending, unfinished ones included.
func (s *Store) existing(ctx context.Context) ([]int, error) {
	var listed []struct {
		Index string `json:"index"`
	}
	r := request{
		method: http.MethodGet, path: "/_cat/indices/" + s.options.Index + "-*",
		query: url.Values{"format": {"json"}, "h": {"index"}, "expand_wildcards": {"all"}},
	}
	if err := s.client.do(ctx, r, &listed); err != nil {
		return nil, err
	}
	var numbers []int
	for _, l := range listed {
		if n := s.number(l.Index); n > 0 {
			numbers = append(numbers, n)
		}
	}
	slices.Sort(numbers)
	return numbers, nil
}

// inUse finds the generation behind the shared alias; ErrMissing when there is none, ErrMismatch when it was written
// with another schema or lexicon.
func (s *Store) inUse(ctx context.Context) (generation, error) {
	var found map[string]struct {
		Mappings struct {
			Meta struct {
				Schema  string   `json:"schema"`
				Markers []string `json:"markers"`
			} `json:"_meta"`
		} `json:"mappings"`
	}
	r := request{method: http.MethodGet, path: "/" + s.options.Index + "/_mapping", once: true}
	if err := s.client.do(ctx, r, &found); err != nil {
		return generation{}, err
	}
	if len(found) != 1 {
		return generation{}, fmt.Errorf("alias %s stands for %d indices instead of one: %w", s.options.Index, len(found), index.ErrMismatch)
	}
	for name, m := range found {
		g := generation{name: name, markers: m.Mappings.Meta.Markers}
		written, wanted := m.Mappings.Meta.Schema, schema(s.options.Analyzer)
		if s.number(name) == 0 || written != wanted || len(g.markers) == 0 {
			return g, fmt.Errorf("index %s, written as %q, wanted %q: %w", name, written, wanted, index.ErrMismatch)
		}
		return g, nil
	}
	panic("unreachable: a map with one element has one")
}

// create makes the next generation, empty and without readers. Unfinished ones of a crash are removed first: they have
// no readers either, and their process is dead, since only one may write.
func (s *Store) create(ctx context.Context, keep string) (generation, error) {
	numbers, err := s.existing(ctx)
	if err != nil {
		return generation{}, err
	}
	next := 1
	for _, n := range numbers {
		next = n + 1
		if name := s.generationName(n); name != keep {
			if err := s.remove(ctx, name); err != nil {
				return generation{}, err
			}
		}
	}
	g := generation{name: s.generationName(next)}
	s.putTemplate(ctx)
	// All of it is sent along: what the cluster holds of templates, others' too, then counts for nothing.
	body := s.shape()
	body["aliases"] = object{g.writeAlias(): object{}}
	r := request{method: http.MethodPut, path: "/" + g.name, body: body, write: true}
	if err := s.client.do(ctx, r, nil); err != nil {
		return g, fmt.Errorf("create index %s: %w", g.name, err)
	}
	if g.markers, err = s.route(ctx, g.name); err != nil {
		return g, err
	}
	meta := object{"_meta": mapping(s.options.Analyzer, g.markers)["_meta"]}
	r = request{method: http.MethodPut, path: "/" + g.name + "/_mapping", body: meta, write: true}
	if err := s.client.do(ctx, r, nil); err != nil {
		return g, fmt.Errorf("create index %s: %w", g.name, err)
	}
	return g, s.apply(ctx, g, index.Batch{})
}

// shape is what every generation is made of.
func (s *Store) shape() object {
	return object{
		"settings": settings(s.options.shards(), s.options.Replicas),
		"mappings": mapping(s.options.Analyzer, nil),
	}
}

// leastPriority ranks our templates above those that an operator has for all indices.
const leastPriority = 500

// putTemplate tells the cluster what every generation looks like, so that operators see it in one place and one that is made by
// hand, for a restore say, is no other. Nothing else needs it, and a cluster may keep templates to its administrators: that it
// could not be put is told, and no reason to go without an index.
func (s *Store) putTemplate(ctx context.Context) {
	body := object{
		"index_patterns": []string{s.options.Index + "-0*"}, // as generationName begins them
		// Of two names the pattern of one can begin the pattern of the other, and the cluster wants to know which counts: the longer.
		"priority": leastPriority + len(s.options.Index),
		"template": s.shape(),
		"_meta":    object{"schema": schema(s.options.Analyzer)},
	}
	r := request{method: http.MethodPut, path: s.templatePath(), body: body, write: true}
	if err := s.client.do(ctx, r, nil); err != nil && s.options.OnUnshaped != nil {
		s.options.OnUnshaped(fmt.Errorf("put index template %s: %w", s.options.Index, err))
	}
}

func (s *Store) templatePath() string { return "/_index_template/" + s.options.Index }

// removeTemplate takes the template away; that there is none, or that it is not ours to take away, is no error.
func (s *Store) removeTemplate(ctx context.Context) error {
	err := s.client.do(ctx, request{method: http.MethodDelete, path: s.templatePath(), write: true}, nil)
	if status(err) == http.StatusNotFound || errors.Is(err, ErrAuth) {
		return nil
	}
	return err
}

// route finds a routing for each shard by asking where some would lead.
func (s *Store) route(ctx context.Context, name string) ([]string, error) {
	shards := s.options.shards()
	markers, found := make([]string, shards), 0
	// Each try hits one of n shards: after 50 n tries the odds of having missed one are below e^-50 n.
	for i := 0; found < shards && i < 50*shards; i++ {
		var a struct {
			Shards [][]struct {
				Shard int `json:"shard"`
			} `json:"shards"`
		}
		routing := strconv.Itoa(i)
		r := request{method: http.MethodGet, path: "/" + name + "/_search_shards", query: url.Values{"routing": {routing}}}
		if err := s.client.do(ctx, r, &a); err != nil {
			return nil, err
		}
		if len(a.Shards) != 1 || len(a.Shards[0]) == 0 {
			return nil, fmt.Errorf("routing %s of %s leads to %d shards", routing, name, len(a.Shards))
		}
		if at := a.Shards[0][0].Shard; at < shards && markers[at] == "" {
			markers[at] = routing
			found++
		}
	}
	if found < shards {
		return nil, fmt.Errorf("found %d of %d shards of %s", found, shards, name)
	}
	return markers, nil
}

// publish puts a generation in the place of another in one step; an empty name means that there was none.
func (s *Store) publish(ctx context.Context, g generation, old string) error {
	actions := []object{{"add": object{"index": g.name, "alias": s.options.Index}}}
	if old != "" {
		actions = append(actions, object{"remove": object{"index": old, "alias": s.options.Index}})
	}
	r := request{method: http.MethodPost, path: "/_aliases", body: object{"actions": actions}, write: true}
	if err := s.client.do(ctx, r, nil); err != nil {
		return fmt.Errorf("put index %s in use: %w", g.name, err)
	}
	return nil
}

func (s *Store) remove(ctx context.Context, name string) error {
	r := request{method: http.MethodDelete, path: "/" + name, query: url.Values{"ignore_unavailable": {"true"}}, write: true}
	if err := s.client.do(ctx, r, nil); err != nil {
		return fmt.Errorf("remove index %s: %w", name, err)
	}
	return nil
}

// Merging deleted documents away has to wait until no copy of a shard may ask for them any more, which the cluster
// settles every 30 seconds.
const (
	leasePause = 500 * time.Millisecond
	leaseWait  = 2 * time.Minute
)

// compact merges each shard into one segment and leaves deleted documents behind.
func (s *Store) compact(ctx context.Context, g generation) error {
	hasDeleted := func(c *shardStats) bool { return c.Docs.Deleted > 0 }
	if err := s.awaitLeases(ctx, g, hasDeleted); err != nil {
		return fmt.Errorf("compact index %s: %w", g.name, err)
	}
	return s.merge(ctx, g)
}

// merge makes one segment of each shard. In a generation that was just filled only markers were ever replaced, and they
// have no words that would weigh: nothing has to be waited for there.
func (s *Store) merge(ctx context.Context, g generation) error {
	r := request{
		method: http.MethodPost, path: "/" + g.name + "/_forcemerge", query: url.Values{"max_num_segments": {"1"}},
		write: true, limit: 12 * time.Hour,
	}
	if err := s.client.do(ctx, r, nil); err != nil {
		return fmt.Errorf("compact index %s: %w", g.name, err)
	}
	return s.refresh(ctx, g)
}

// awaitLeases waits until the history of the shards that matter is free to go. After leaseWait the merge leaves some of it in
// place: that costs room, not truth.
func (s *Store) awaitLeases(ctx context.Context, g generation, matters func(*shardStats) bool) error {
	for end := time.Now().Add(leaseWait); time.Now().Before(end); {
		flush := request{method: http.MethodPost, path: "/" + g.name + "/_flush", query: url.Values{"wait_if_ongoing": {"true"}}, write: true}
		if err := s.client.do(ctx, flush, nil); err != nil {
			return err
		}
		free, err := s.leasesFree(ctx, g, matters)
		if err != nil || free {
			return err
		}
		if err := sleep(ctx, leasePause); err != nil {
			return err
		}
	}
	return nil
}

// shardStats are what is asked of the copies of one shard.
type shardStats struct {
	Docs struct {
		Deleted int `json:"deleted"`
	} `json:"docs"`
	SeqNo struct {
		Max int64 `json:"max_seq_no"`
	} `json:"seq_no"`
	Leases struct {
		Leases []struct {
			Retaining int64 `json:"retaining_seq_no"`
		} `json:"leases"`
	} `json:"retention_leases"`
}

// historyWorth is from how many documents on a new generation waits, half a minute at most, before it is merged: until then
// the cluster keeps each document as it was sent, for copies that lag behind, and the merge would write all that once more.
const historyWorth = 10_000

// awaitHistory waits until a filled generation's merge can leave behind how its documents were sent.
func (s *Store) awaitHistory(ctx context.Context, g generation, documents int) error {
	if documents < historyWorth {
		return nil
	}
	return s.awaitLeases(ctx, g, func(*shardStats) bool { return true })
}

func (s *Store) leasesFree(ctx context.Context, g generation, matters func(*shardStats) bool) (bool, error) {
	var a struct {
		Indices map[string]struct {
			Shards map[string][]shardStats `json:"shards"`
		} `json:"indices"`
	}
	r := request{method: http.MethodGet, path: "/" + g.name + "/_stats/docs", query: url.Values{"level": {"shards"}}}
	if err := s.client.do(ctx, r, &a); err != nil {
		return false, err
	}
	for _, copies := range a.Indices[g.name].Shards {
		for _, c := range copies {
			if matters(&c) && !c.free() {
				return false, nil
			}
		}
	}
	return true, nil
}

// free reports whether no copy holds history back.
func (c *shardStats) free() bool {
	for _, l := range c.Leases.Leases {
		if l.Retaining <= c.SeqNo.Max {
			return false
		}
	}
	return true
}

// size is how many bytes the generation takes, without copies.
func (s *Store) size(ctx context.Context, name string) (int64, error) {
	var a struct {
		All struct {
			Primaries struct {
				Store struct {
					Bytes int64 `json:"size_in_bytes"`
				} `json:"store"`
			} `json:"primaries"`
		} `json:"_all"`
	}
	r := request{method: http.MethodGet, path: "/" + name + "/_stats/store"}
	err := s.client.do(ctx, r, &a)
	return a.All.Primaries.Store.Bytes, err
}

// checkVersion refuses what would score in another way.
func (s *Store) checkVersion(ctx context.Context) error {
	var a struct {
		Version struct {
			Number       string `json:"number"`
			Distribution string `json:"distribution"`
		} `json:"version"`
	}
	err := s.client.do(ctx, request{method: http.MethodGet, path: "/"}, &a)
	if errors.Is(err, errAnswer) || status(err) == http.StatusNotFound && !errors.Is(err, ErrMissing) {
		return fmt.Errorf("%w: %w", ErrVersion, err)
	}
	if err != nil {
		return err
	}
	major, _, _ := strings.Cut(a.Version.Number, ".")
	n, err := strconv.Atoi(major)
	if err != nil || n < 3 || a.Version.Distribution != "opensearch" {
		return fmt.Errorf("%w, this is %s %s", ErrVersion, a.Version.Distribution, a.Version.Number)
	}
	return nil
}

// isMissing reports whether there is no index yet.
func isMissing(err error) bool {
	return errors.Is(err, ErrMissing) || status(err) == http.StatusNotFound
}
