package opensearch

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"testing"

	"smaabornsviden/index"
	"smaabornsviden/index/danish"
	"smaabornsviden/index/indextest"
)

// cluster is the URLs of a running cluster; .ci/opensearch/cluster starts one.
func cluster(t *testing.T) []string {
	t.Helper()
	urls := os.Getenv("SMAABORNSVIDEN_OPENSEARCH_URL")
	if urls != "" {
		return strings.Split(urls, ",")
	}
	const why = "SMAABORNSVIDEN_OPENSEARCH_URL names no cluster; .ci/opensearch/cluster start makes one"
	if os.Getenv("SMAABORNSVIDEN_REQUIRE") != "" {
		t.Fatal(why)
	}
	t.Skip(why)
	return nil
}

func analyzer(t *testing.T) *danish.Analyzer {
	t.Helper()
	a, err := danish.New()
	if err != nil {
		t.Fatal(err)
	}
	return a
}

var opened atomic.Int64

// fresh returns options for an index of its own, which is removed at the end.
func fresh(t *testing.T) Options {
	t.Helper()
	o := Options{
		Analyzer: analyzer(t), URLs: cluster(t), Shards: 3,
		Index: fmt.Sprintf("test-%d-%d", os.Getpid(), opened.Add(1)),
	}
	t.Cleanup(func() { removeAll(t, o) })
	return o
}

// removeAll removes every generation of an index.
func removeAll(t *testing.T, o Options) {
	ctx := context.WithoutCancel(t.Context())
	c, err := newClient(&o)
	if err != nil {
		t.Error(err)
		return
	}
	defer c.close()
	s := &Store{options: o, client: c}
	numbers, err := s.existing(ctx)
	for _, n := range numbers {
		err = errors.Join(err, s.remove(ctx, s.generationName(n)))
	}
	if err != nil {
		t.Errorf("clean up: %v", err)
	}
}

func TestContract(t *testing.T) {
	indextest.Run(t, func(t *testing.T) index.Engine {
		s, err := Open(t.Context(), fresh(t))
		if err != nil {
			t.Fatal(err)
		}
		return s
	})
}
