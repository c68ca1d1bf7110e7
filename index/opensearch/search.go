package opensearch

import (
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"smaabornsviden/index"
)

const (
	// searchLimit is how long each shard may work on a search.
	searchLimit = 10 * time.Second
	// wholeTries and wholePause are for a search that met shards of different batches: refreshing all takes milliseconds.
	wholeTries = 200
	wholePause = 10 * time.Millisecond
)

// answer is what the cluster says to a search.
type answer struct {
	TimedOut bool `json:"timed_out"`
	Hits     struct {
		Total struct {
			Value int `json:"value"`
		} `json:"total"`
		Hits []answeredHit `json:"hits"`
	} `json:"hits"`
	Aggregations map[string]json.RawMessage `json:"aggregations"`
}

type answeredHit struct {
	Score  float64 `json:"_score"`
	Source struct {
		Doc  index.Document `json:"doc"`
		Body string         `json:"body"`
	} `json:"_source"`
	Matched     map[string]float64 `json:"matched_queries"`
	Explanation explanation        `json:"_explanation"`
}

// state says which generation answered, and the batches that its shards have come to.
type state struct {
	generation  string
	first, last uint64
}

// whole reports whether all shards stand at the same batch.
func (s state) whole() bool { return s.first == s.last }

// search answers a plan by one request; while a batch is just becoming visible, by the first one whose shards all
// show the same.
func (s *Store) search(ctx context.Context, p *index.Plan) (index.Page, error) {
	q, err := newQuery(p, func(f index.Field, prefix string) ([]string, error) {
		terms, err := s.terms(ctx, f, prefix, index.MaxExpansions)
		texts := make([]string, 0, len(terms))
		for _, t := range terms {
			texts = append(texts, t.Text)
		}
		return texts, err
	})
	if err != nil {
		return index.Page{}, err
	}
	a, st, err := s.ask(ctx, q.body(), preference(p))
	if err != nil {
		return index.Page{}, err
	}
	return q.page(a, st)
}

// ask sends a search until its answer is of one state.
func (s *Store) ask(ctx context.Context, body object, preference string) (*answer, state, error) {
	return s.askFor(ctx, searchLimit+time.Second, body, preference)
}

// askFor is ask with a limit of its own for each attempt, for what no reader waits for.
func (s *Store) askFor(ctx context.Context, limit time.Duration, body object, preference string) (*answer, state, error) {
	encoded, err := json.Marshal(body)
	if err != nil {
		return nil, state{}, fmt.Errorf("encode search: %w", err)
	}
	r := request{
		method: http.MethodPost, path: "/" + s.options.Index + "/_search", body: encoded, limit: limit,
		query: url.Values{
			// Without it each shard would weigh words by its own documents alone.
			"search_type":                  {"dfs_query_then_fetch"},
			"allow_partial_search_results": {"false"},
			"preference":                   {preference},
			"include_named_queries_score":  {"true"},
		},
	}
	for range wholeTries {
		var a answer
		if err := s.client.do(ctx, r, &a); err != nil {
			return nil, state{}, s.lost(err)
		}
		if a.TimedOut {
			return nil, state{}, ErrSlow
		}
		st, err := readState(a.Aggregations[progressAgg])
		if err == nil {
			err = s.fits(ctx, st.generation)
		}
		if err != nil || st.whole() {
			s.words.saw(st)
			return &a, st, s.lost(err)
		}
		if err := sleep(ctx, wholePause); err != nil {
			return nil, state{}, err
		}
	}
	return nil, state{}, fmt.Errorf("the shards of the index stay at different batches: %w", index.ErrUnavailable)
}

// preference sends the same search to the same copies of shards, whose scores may differ a little where
// they have merged differently: pages of one search then fit together.
func preference(p *index.Plan) string {
	h := fnv.New64a()
	// Plans are plain data, which can always be encoded.
	_ = json.NewEncoder(h).Encode([]any{p.Groups, p.Filters, p.FromDay, p.ToDay})
	return "search" + strconv.FormatUint(h.Sum64(), 36)
}

func readState(raw json.RawMessage) (state, error) {
	var a struct {
		Markers struct {
			Generations buckets                 `json:"generations"`
			First       struct{ Value float64 } `json:"first"`
			Last        struct{ Value float64 } `json:"last"`
		} `json:"markers"`
	}
	if err := json.Unmarshal(raw, &a); err != nil {
		return state{}, fmt.Errorf("read the state of the index: %w", err)
	}
	if n := len(a.Markers.Generations.Buckets); n != 1 {
		return state{}, fmt.Errorf("%d generations answer instead of one: %w", n, index.ErrMismatch)
	}
	return state{
		generation: a.Markers.Generations.Buckets[0].Key,
		first:      uint64(a.Markers.First.Value), last: uint64(a.Markers.Last.Value),
	}, nil
}

// buckets are the values of an aggregation and how many documents have each.
type buckets struct {
	// Error bounds by how much a count may be too low because a shard did not list the value.
	Error   int `json:"doc_count_error_upper_bound"`
	Other   int `json:"sum_other_doc_count"`
	Buckets []struct {
		Key   string `json:"key"`
		Count int    `json:"doc_count"`
	} `json:"buckets"`
}

// page makes a page of an answer.
func (q *query) page(a *answer, st state) (index.Page, error) {
	p := q.plan
	page := index.Page{Total: a.Hits.Total.Value, Hits: []index.Hit{}, Generation: st.generation, Seq: st.last}
	hits := a.Hits.Hits
	more := p.After.IsZero() && p.Offset+len(hits) < page.Total
	if !p.After.IsZero() && len(hits) > p.Size {
		hits, more = hits[:p.Size], true
	}
	for i := range hits {
		page.Hits = append(page.Hits, q.hit(&hits[i]))
	}
	if more && len(page.Hits) > 0 {
		page.Next = cursor(p.Sort, &page.Hits[len(page.Hits)-1])
	}
	var err error
	page.Facets, err = q.counts(a)
	return page, err
}

func (q *query) hit(h *answeredHit) index.Hit {
	hit := index.Hit{Doc: h.Source.Doc, Score: float64(float32(h.Score))}
	hit.Doc.Body = h.Source.Body
	if q.plan.Explain {
		hit.Why = q.why(h)
	}
	return hit
}

// cursor names a hit's place.
func cursor(s index.Sort, h *index.Hit) index.Cursor {
	if s == index.ByScore {
		return index.Cursor{Score: h.Score, ID: h.Doc.ID}
	}
	return index.Cursor{Day: index.DayOf(h.Doc.ShownDate().Time), ID: h.Doc.ID}
}

// counts reads the facets.
func (q *query) counts(a *answer) ([]index.Facet, error) {
	var all []index.Facet
	for i, name := range q.plan.Facets {
		var agg struct {
			Values buckets `json:"values"`
		}
		if err := json.Unmarshal(a.Aggregations[facetAgg(i)], &agg); err != nil {
			return nil, fmt.Errorf("read facet %s: %w", name, err)
		}
		if agg.Values.Other > 0 {
			return nil, fmt.Errorf("%w: facet %s has more than %d values", index.ErrTooLarge, name, maxFacetValues)
		}
		f := index.Facet{Name: name, Values: []index.FacetValue{}}
		for _, b := range agg.Values.Buckets { // most frequent first, ties by value: the cluster's own order
			f.Values = append(f.Values, index.FacetValue{Value: b.Key, Count: b.Count})
		}
		all = append(all, f)
	}
	return all, nil
}
