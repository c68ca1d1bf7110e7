package opensearch

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"smaabornsviden/index"
)

// How many terms each shard lists at first and at most, so that their counts can be added up exactly.
const (
	shardTerms    = 2_000
	maxShardTerms = 60_000 // the cluster's own bound on buckets lies at 65,535
)

// terms lists up to n terms of a field that start with prefix, most frequent first. The counts of several shards
// are exact as long as no shard has more than maxShardTerms such terms; beyond that, as for an empty
// prefix in a large index, they are those of the terms that are frequent in every shard.
func (s *Store) terms(ctx context.Context, f index.Field, prefix string, n int) ([]index.Term, error) {
	if n <= 0 {
		return nil, nil
	}
	for size := max(shardTerms, n); ; size = min(size*6, maxShardTerms) {
		listed, err := s.listTerms(ctx, f, prefix, n, size)
		if err != nil {
			return nil, fmt.Errorf("list terms of %s: %w", f, err)
		}
		if listed.Error > 0 && size < maxShardTerms {
			continue
		}
		var terms []index.Term
		for _, b := range listed.Buckets {
			terms = append(terms, index.Term{Text: b.Key, Docs: b.Count})
		}
		return terms, nil
	}
}

func (s *Store) listTerms(ctx context.Context, f index.Field, prefix string, n, size int) (buckets, error) {
	count := object{"field": listedFrom(f), "size": min(n, maxShardTerms), "shard_size": size}
	matching := object{"match_all": object{}}
	if prefix != "" {
		count["include"] = literal(prefix) + ".*"
		matching = object{"prefix": object{string(f): prefix}}
	}
	body := object{
		"size": 0, "track_total_hits": false, "timeout": searchLimit.String(),
		"query": all([]object{matching}),
		"aggs":  object{progressAgg: progress(), valuesAgg: object{"terms": count}},
	}
	a, _, err := s.ask(ctx, body, "terms")
	if err != nil {
		return buckets{}, err
	}
	var listed buckets
	err = json.Unmarshal(a.Aggregations[valuesAgg], &listed)
	return listed, err
}

// literal writes a text as a Lucene regular expression that matches just that text.
func literal(text string) string {
	var b strings.Builder
	for _, r := range text {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// freqsAtOnce bounds how many terms one request counts.
const freqsAtOnce = 500

// docFreqs counts the documents that have each term.
func (s *Store) docFreqs(ctx context.Context, f index.Field, terms []string) ([]int, error) {
	freqs := make([]int, 0, len(terms))
	for some := range slices.Chunk(terms, freqsAtOnce) {
		counts, err := s.countDocs(ctx, f, some)
		if err != nil {
			return nil, fmt.Errorf("count documents with terms of %s: %w", f, err)
		}
		freqs = append(freqs, counts...)
	}
	return freqs, nil
}

func (s *Store) countDocs(ctx context.Context, f index.Field, terms []string) ([]int, error) {
	filters := object{}
	for i, t := range terms {
		filters[strconv.Itoa(i)] = object{"term": object{string(f): t}}
	}
	body := object{
		"size": 0, "track_total_hits": false, "timeout": searchLimit.String(),
		"query": object{"terms": object{string(f): terms}},
		"aggs":  object{progressAgg: progress(), valuesAgg: object{"filters": object{"filters": filters}}},
	}
	a, _, err := s.ask(ctx, body, "terms")
	if err != nil {
		return nil, err
	}
	var counted struct {
		Buckets map[string]struct {
			Count int `json:"doc_count"`
		} `json:"buckets"`
	}
	if err := json.Unmarshal(a.Aggregations[valuesAgg], &counted); err != nil {
		return nil, err
	}
	freqs := make([]int, len(terms))
	for i := range terms {
		freqs[i] = counted.Buckets[strconv.Itoa(i)].Count
	}
	return freqs, nil
}
