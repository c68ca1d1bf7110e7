package opensearch

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"smaabornsviden/index"
)

// fakeNode answers as the handler says.
func fakeNode(t *testing.T, h http.HandlerFunc) string {
	t.Helper()
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	return srv.URL
}

func says(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

const aVersion = `{"version":{"distribution":"opensearch","number":"3.8.0"}}`

// gone is an address at which nobody listens any more.
func gone(t *testing.T) string {
	t.Helper()
	srv := httptest.NewServer(http.NotFoundHandler())
	srv.Close()
	return srv.URL
}

func TestEachTroubleOfAClusterHasItsName(t *testing.T) {
	block := func(status int) http.HandlerFunc {
		return says(status, `{"error":{"type":"cluster_block_exception","reason":"index [a] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has read-only-allow-delete block];"}}`)
	}
	tls := httptest.NewUnstartedServer(says(200, aVersion))
	tls.Config.ErrorLog = log.New(io.Discard, "", 0) // a refused certificate is what is wanted
	tls.StartTLS()
	t.Cleanup(tls.Close)
	plain := fakeNode(t, says(200, aVersion))
	cases := []struct {
		name string
		url  string
		want error
	}{
		{"wrong password", fakeNode(t, says(401, `{"error":"Unauthorized"}`)), ErrAuth},
		{"wrong password at a proxy", fakeNode(t, says(401, "<html>401 Authorization Required</html>")), ErrAuth},
		{"not allowed", fakeNode(t, says(403, `{"error":{"type":"security_exception","reason":"no permissions"}}`)), ErrAuth},
		{"an unknown certificate", tls.URL, ErrTLS},
		{"no TLS at all", strings.Replace(plain, "http:", "https:", 1), ErrTLS},
		{"an old version", fakeNode(t, says(200, `{"version":{"distribution":"opensearch","number":"2.19.1"}}`)), ErrVersion},
		{"another product", fakeNode(t, says(200, `{"version":{"number":"8.15.0"}}`)), ErrVersion},
		{"no cluster", fakeNode(t, says(200, "<html>Welcome to nginx!</html>")), ErrVersion},
		{"nobody there", gone(t), ErrUnreachable},
		{"a proxy without a cluster", fakeNode(t, says(502, "<html>Bad Gateway</html>")), ErrUnreachable},
		{"a full disk", fakeNode(t, block(429)), ErrReadOnly},
		{"a blocked index", fakeNode(t, block(403)), ErrReadOnly},
		{"writing blocked by hand", fakeNode(t, says(403, `{"error":{"type":"cluster_block_exception","reason":"index [a] blocked by: [FORBIDDEN/8/index write (api)];"}}`)), ErrReadOnly},
		{"a closed index", fakeNode(t, says(403, `{"error":{"type":"cluster_block_exception","reason":"index [a] blocked by: [FORBIDDEN/4/index closed];"}}`)), ErrReadOnly},
		{"a cluster that has only begun", fakeNode(t, says(503, `{"error":{"type":"cluster_block_exception","reason":"blocked by: [SERVICE_UNAVAILABLE/1/state not recovered / initialized];"}}`)), ErrUnreachable},
		{"too many requests", fakeNode(t, says(429, `{"error":{"type":"circuit_breaking_exception","reason":"Data too large"}}`)), ErrBusy},
		{"a lost shard", fakeNode(t, says(503, `{"error":{"type":"search_phase_execution_exception","reason":"all shards failed"}}`)), ErrRed},
		{"disks too full for another index", fakeNode(t, says(403, `{"error":{"type":"index_create_block_exception","reason":"blocked by: [FORBIDDEN/10/cluster create-index blocked (api)];"}}`)), ErrReadOnly},
		{"a closed index that is searched", fakeNode(t, says(400, `{"error":{"type":"index_closed_exception","reason":"closed"}}`)), ErrShut},
		{"a node lost behind the one that answers", fakeNode(t, says(500, `{"error":{"type":"node_not_connected_exception","reason":"[n2] Node not connected"}}`)), ErrNodeLost},
		{"a cluster without a leader", fakeNode(t, says(503, `{"error":{"type":"cluster_manager_not_discovered_exception","reason":null}}`)), ErrNodeLost},
		{"a proxy that takes small requests", fakeNode(t, says(413, "<html><title>413 Request Entity Too Large</title></html>")), ErrBody},
		{"an address that leads elsewhere", fakeNode(t, redirects), ErrRedirect},
		{"a server of something else", fakeNode(t, says(404, "not here")), ErrVersion},
		{"no index", fakeNode(t, says(404, `{"error":{"type":"index_not_found_exception","reason":"no such index [a]"}}`)), ErrMissing},
	}
	for _, c := range cases {
		_, err := Open(t.Context(), Options{URLs: []string{c.url}, Patience: 50 * time.Millisecond})
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
}

func redirects(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, "https://elsewhere.example"+r.URL.Path, http.StatusFound)
}

func TestASearchThatTheMappingRefusesIsNoLostShard(t *testing.T) {
	e := readError(400, []byte(`{"error":{"type":"search_phase_execution_exception","reason":"all shards failed","caused_by":{"type":"illegal_argument_exception","reason":"Text fields are not optimised"}}}`))
	if e.Unwrap() != nil || e.passing() || !strings.Contains(e.Error(), "not optimised") {
		t.Errorf("%v passes: %t; want the cluster's own words, once", e, e.passing())
	}
}

func TestTroubleThatPassesIsUnavailability(t *testing.T) {
	for _, err := range []error{ErrUnreachable, ErrRed, ErrBusy, ErrNodeLost, ErrShut} {
		if !errors.Is(err, index.ErrUnavailable) {
			t.Errorf("%v is not index.ErrUnavailable", err)
		}
	}
	for _, err := range []error{ErrAuth, ErrTLS, ErrVersion, ErrReadOnly, ErrBody, ErrRedirect} {
		if errors.Is(err, index.ErrUnavailable) {
			t.Errorf("%v is index.ErrUnavailable, though waiting mends nothing", err)
		}
	}
}

func TestOptionsThatCannotWorkAreRefused(t *testing.T) {
	cases := []struct {
		name string
		o    Options
		want string
	}{
		{"no URL", Options{}, "no OpenSearch URL"},
		{"no scheme", Options{URLs: []string{"localhost:9200"}}, "want http://"},
		{"a password in the URL", Options{URLs: []string{"http://a:secret@b:9200"}}, "apart from the URL"},
		{"an index name of others", Options{URLs: []string{"http://b"}, Index: "Logs*"}, "index name"},
		{"the shelf of another index", Options{URLs: []string{"http://b"}, Index: "a-shelf"}, "-shelf is what parts"},
		{"a generation of another index", Options{URLs: []string{"http://b"}, Index: "a-000001"}, "-000001 is what parts"},
		{"a CA file of something else", Options{URLs: []string{"https://b"}, CA: []byte("hej")}, "no certificate"},
	}
	for _, c := range cases {
		_, err := Open(t.Context(), c.o)
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v, want %q in it", c.name, err, c.want)
		}
	}
}

func TestADeadNodeIsPassedOver(t *testing.T) {
	var asked atomic.Int64
	alive := fakeNode(t, func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		says(200, "{}")(w, r)
	})
	c, err := newClient(&Options{URLs: []string{gone(t), alive}})
	if err != nil {
		t.Fatal(err)
	}
	for range 20 {
		if err := c.do(t.Context(), request{method: http.MethodGet, path: "/x"}, nil); err != nil {
			t.Fatal(err)
		}
	}
	if asked.Load() != 20 {
		t.Errorf("the living node was asked %d times, want 20", asked.Load())
	}
}

func TestADeadlineSaysWhatWasWrongUntilThen(t *testing.T) {
	c, err := newClient(&Options{URLs: []string{gone(t)}})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 60*time.Millisecond)
	defer cancel()
	err = c.do(ctx, request{method: http.MethodGet, path: "/"}, nil)
	if !errors.Is(err, context.DeadlineExceeded) || !errors.Is(err, index.ErrUnavailable) {
		t.Errorf("%v, want both the deadline and that no node answers", err)
	}
}

func TestCredentialsGoAlong(t *testing.T) {
	cases := []struct {
		name string
		o    Options
		want string
	}{
		{"user and password", Options{User: "læser", Password: "hemmelig"}, "Basic "},
		{"token", Options{Token: "abc"}, "Bearer abc"},
		{"neither", Options{}, ""},
	}
	for _, test := range cases {
		var got string
		test.o.URLs = []string{fakeNode(t, func(w http.ResponseWriter, r *http.Request) {
			got = r.Header.Get("Authorization")
			says(200, "{}")(w, r)
		})}
		c, err := newClient(&test.o)
		if err != nil {
			t.Fatal(err)
		}
		if err := c.do(t.Context(), request{method: http.MethodGet, path: "/"}, nil); err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(got, test.want) || test.want == "" && got != "" {
			t.Errorf("%s: Authorization %q, want %q", test.name, got, test.want)
		}
	}
}

// bulkNode acknowledges items as verdict says: the status of the n-th attempt for an id.
func bulkNode(t *testing.T, verdict func(id string, attempt int) (int, string)) (*Store, map[string]int) {
	t.Helper()
	attempts := map[string]int{}
	url := fakeNode(t, func(w http.ResponseWriter, r *http.Request) {
		var items []string
		for dec := json.NewDecoder(r.Body); dec.More(); {
			var line map[string]struct {
				ID string `json:"_id"`
			}
			if err := dec.Decode(&line); err != nil || line["delete"].ID == "" {
				t.Errorf("bulk line %v, %v", line, err)
				return
			}
			id := line["delete"].ID
			attempts[id]++
			status, kind := verdict(id, attempts[id])
			item := fmt.Sprintf(`{"delete":{"_id":%q,"status":%d}}`, id, status)
			if kind != "" {
				item = fmt.Sprintf(`{"delete":{"_id":%q,"status":%d,"error":{"type":%q,"reason":"why"}}}`, id, status, kind)
			}
			items = append(items, item)
		}
		says(200, `{"errors":true,"items":[`+strings.Join(items, ",")+`]}`)(w, r)
	})
	c, err := newClient(&Options{URLs: []string{url}})
	if err != nil {
		t.Fatal(err)
	}
	return &Store{client: c}, attempts
}

func TestItemsAreRetriedOneByOne(t *testing.T) {
	s, attempts := bulkNode(t, func(id string, attempt int) (int, string) {
		switch {
		case id == "missing":
			return 404, ""
		case id == "queued" && attempt < 3:
			return 429, "rejected_execution_exception"
		case id == "promoted" && attempt < 2:
			return 503, "unavailable_shards_exception"
		}
		return 200, ""
	})
	err := s.bulk(t.Context(), generation{name: "g"}, []item{{id: "fine"}, {id: "queued"}, {id: "missing"}, {id: "promoted"}}, 7)
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]int{"fine": 1, "missing": 1, "queued": 3, "promoted": 2} {
		if attempts[id] != want {
			t.Errorf("%s was sent %d times, want %d", id, attempts[id], want)
		}
	}
}

func TestAPoisonDocumentIsNamed(t *testing.T) {
	s, _ := bulkNode(t, func(id string, _ int) (int, string) {
		if id == "poison" {
			return 400, "mapper_parsing_exception"
		}
		return 200, ""
	})
	err := s.bulk(t.Context(), generation{name: "g"}, []item{{id: "fine"}, {id: "poison"}}, 7)
	var refused *RefusedError
	if !errors.As(err, &refused) || refused.ID != "poison" {
		t.Errorf("%v, want a RefusedError for poison", err)
	}
}

func TestAReadOnlyIndexIsNamedFromAnItem(t *testing.T) {
	s, attempts := bulkNode(t, func(string, int) (int, string) { return 403, "cluster_block_exception" })
	err := s.bulk(t.Context(), generation{name: "g"}, []item{{id: "a"}}, 7)
	if !errors.Is(err, ErrReadOnly) || attempts["a"] != 1 {
		t.Errorf("%v after %d attempts, want ErrReadOnly at once", err, attempts["a"])
	}
}

func TestACancelledRequestEndsSoon(t *testing.T) {
	held := make(chan struct{})
	defer close(held)
	url := fakeNode(t, func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-held:
		case <-r.Context().Done():
		}
	})
	c, err := newClient(&Options{URLs: []string{url}})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(10*time.Millisecond, cancel)
	if err := c.do(ctx, request{method: http.MethodGet, path: "/"}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want context.Canceled", err)
	}
}
