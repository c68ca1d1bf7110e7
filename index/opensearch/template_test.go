package opensearch

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"smaabornsviden/index"
	"smaabornsviden/index/indextest"
)

// madeShape is what the cluster says of an index that was made.
type madeShape struct {
	Mappings struct {
		Meta    struct{ Schema string } `json:"_meta"`
		Dynamic string
	}
	Settings struct {
		Index struct {
			Shards  string `json:"number_of_shards"`
			Refresh string `json:"refresh_interval"`
		}
	}
}

func shapeOf(t *testing.T, s *Store, name string) madeShape {
	t.Helper()
	var made map[string]madeShape
	if err := s.client.do(t.Context(), request{method: http.MethodGet, path: "/" + name}, &made); err != nil {
		t.Fatal(err)
	}
	return made[name]
}

func checkShape(t *testing.T, s *Store, name, shards string) {
	t.Helper()
	got := shapeOf(t, s, name)
	if got.Mappings.Meta.Schema != schema(s.options.Analyzer) || got.Mappings.Dynamic != "strict" || got.Settings.Index.Shards != shards || got.Settings.Index.Refresh != "-1" {
		t.Errorf("%s is %+v, want %s shards and the shape that every generation has", name, got, shards)
	}
}

func TestTheClusterKnowsWhatAGenerationLooksLike(t *testing.T) {
	o := fresh(t)
	o.Shards = 2
	s := open(t, o)
	byHand := o.Index + "-099999" // as restoring makes one
	if err := s.client.do(t.Context(), request{method: http.MethodPut, path: "/" + byHand, body: object{}}, nil); err != nil {
		t.Fatal(err)
	}
	checkShape(t, s, byHand, "2")
	if err := s.Drop(t.Context()); err != nil {
		t.Fatal(err)
	}
	err := s.client.do(t.Context(), request{method: http.MethodGet, path: s.templatePath()}, nil)
	if status(err) != http.StatusNotFound {
		t.Errorf("the template of an index that was dropped: %v, want 404", err)
	}
}

// TestGenerationsNeedNoRightToPutTemplates goes through a proxy that keeps templates to administrators.
func TestGenerationsNeedNoRightToPutTemplates(t *testing.T) {
	o := fresh(t)
	to, err := url.Parse(o.URLs[0])
	if err != nil {
		t.Fatal(err)
	}
	behind := httputil.NewSingleHostReverseProxy(to)
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/_index_template") {
			says(http.StatusForbidden, `{"error":{"type":"security_exception","reason":"no permissions for [indices:admin/index_template/put]"}}`)(w, r)
			return
		}
		behind.ServeHTTP(w, r)
	}))
	defer proxy.Close()
	var told []error
	o.URLs, o.OnUnshaped = []string{proxy.URL}, func(err error) { told = append(told, err) }
	s := open(t, o)
	if len(told) != 1 || !errors.Is(told[0], ErrAuth) || !strings.Contains(told[0].Error(), "index template "+o.Index) {
		t.Errorf("told %v, want once that the template of %s is refused", told, o.Index)
	}
	checkShape(t, s, s.current.name, "3")
	if err := s.Drop(t.Context()); err != nil {
		t.Errorf("drop: %v", err)
	}
}

// TestTemplatesOfOthersChangeNothing: an operator has a template for all indices, which counts for less than ours or for more.
func TestTemplatesOfOthersChangeNothing(t *testing.T) {
	for _, priority := range []int{0, 10_000} {
		o := fresh(t)
		o.OnUnshaped = func(err error) { t.Errorf("beside a template of priority %d: %v", priority, err) }
		general(t, o, priority)
		s := open(t, o)
		checkShape(t, s, s.current.name, "3")
		if err := s.Apply(t.Context(), index.Batch{Puts: indextest.Corpus(3, 10), Seq: 1}); err != nil {
			t.Fatal(err)
		}
		if page, err := s.Search(t.Context(), index.Plan{Size: 1, IncludeMerged: true, Facets: index.Facets}); err != nil || page.Total != 10 {
			t.Errorf("%d documents of 10, %v", page.Total, err)
		}
	}
}

// TestAnIndexNamedAsAnothersGenerationsBeginIsItsOwn: the pattern of one index's template takes in the generations of the other.
func TestAnIndexNamedAsAnothersGenerationsBeginIsItsOwn(t *testing.T) {
	o := fresh(t)
	inner := o
	inner.Index, inner.Shards = o.Index+"-0a", 1
	t.Cleanup(func() { removeAll(t, inner) })
	for _, each := range []Options{inner, o} {
		each.OnUnshaped = func(err error) { t.Error(err) }
		s := open(t, each)
		checkShape(t, s, s.current.name, strconv.Itoa(each.Shards))
		if numbers, err := s.existing(t.Context()); err != nil || !slices.Equal(numbers, []int{1}) {
			t.Errorf("generations of %s: %v, %v; want one", each.Index, numbers, err)
		}
	}
}

// general is a template for all of a test's indices that would spoil them.
func general(t *testing.T, o Options, priority int) {
	t.Helper()
	c, err := newClient(&o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.close)
	r := request{method: http.MethodPut, path: "/_index_template/" + o.Index + "-general", body: object{
		"index_patterns": []string{o.Index + "*"}, "priority": priority,
		"template": object{
			"settings": object{"number_of_shards": 5, "refresh_interval": "3s", "analysis": object{"analyzer": object{"stacked": object{"type": "simple"}}}},
			"mappings": object{"dynamic": true, "properties": object{dayField: object{"type": "keyword"}, string(index.Exact): object{"type": "keyword"}}},
		},
	}}
	if err := c.do(t.Context(), r, nil); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		r.method, r.body = http.MethodDelete, nil
		if err := c.do(context.WithoutCancel(t.Context()), r, nil); err != nil {
			t.Errorf("clean up: %v", err)
		}
	})
}
