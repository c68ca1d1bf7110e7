package opensearch

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"smaabornsviden/index"
)

// scripted answers each request as it is told to, without a network.
type scripted func(*http.Request) (*http.Response, error)

func (s scripted) RoundTrip(r *http.Request) (*http.Response, error) { return s(r) }

// hangs keeps a request waiting until its sender gives it up.
func hangs(r *http.Request) (*http.Response, error) {
	<-r.Context().Done()
	return nil, r.Context().Err()
}

func refuses(*http.Request) (*http.Response, error) {
	return nil, &net.OpError{Op: "dial", Err: errors.New("connection refused")}
}

func serves(*http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: http.StatusOK, Body: http.NoBody}, nil
}

func answers(status int, body string) *http.Response {
	return &http.Response{StatusCode: status, Body: io.NopCloser(strings.NewReader(body))}
}

func badGateway(*http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: http.StatusBadGateway, Body: http.NoBody}, nil
}

// clientOf is a client of nodes a, b, c… that behave as told; call it in a bubble with a clock of its own.
func clientOf(t *testing.T, nodes map[string]scripted) *client {
	t.Helper()
	o := &Options{}
	for _, host := range []string{"a", "b", "c"} {
		if nodes[host] != nil {
			o.URLs = append(o.URLs, "http://"+host)
		}
	}
	c, err := newClient(o)
	if err != nil {
		t.Fatal(err)
	}
	c.http.Transport = scripted(func(r *http.Request) (*http.Response, error) { return nodes[r.URL.Host](r) })
	return c
}

// asks sends a search as a reader's page does, who waits five seconds.
func asks(t *testing.T, c *client) (took time.Duration, err error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	began := time.Now()
	err = c.do(ctx, request{method: http.MethodPost, path: "/x/_search"}, nil)
	return time.Since(began), err
}

func TestAnOutageIsToldAtOnceHoweverLongItLasts(t *testing.T) {
	cases := []struct {
		name        string
		nodes       map[string]scripted
		first, then time.Duration // at most
	}{
		{"nobody listens", map[string]scripted{"a": refuses}, 3 * time.Second, 0},
		{"three nodes of which none listens", map[string]scripted{"a": refuses, "b": refuses, "c": refuses}, 3 * time.Second, 0},
		{"a proxy without a cluster", map[string]scripted{"a": badGateway}, 3 * time.Second, 0},
		{"a node that hangs", map[string]scripted{"a": hangs}, 5 * time.Second, sayLimit},
		{"three nodes that hang", map[string]scripted{"a": hangs, "b": hangs, "c": hangs}, 5 * time.Second, sayLimit},
	}
	for _, test := range cases {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := clientOf(t, test.nodes)
				for i := range 3 { // the first ones may have to find out
					if took, err := asks(t, c); !errors.Is(err, index.ErrUnavailable) || took > test.first {
						t.Errorf("search %d: %v after %v, want within %v that the cluster is away", i+1, err, took, test.first)
					}
				}
				for began := time.Now(); time.Since(began) < time.Minute; time.Sleep(700 * time.Millisecond) {
					if took, err := asks(t, c); !errors.Is(err, index.ErrUnavailable) || took > test.then {
						t.Fatalf("%v into it: %v after %v, want within %v that the cluster is away", time.Since(began), err, took, test.then)
					}
				}
			})
		})
	}
}

func TestAClusterThatComesBackIsAskedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		now := scripted(refuses)
		c := clientOf(t, map[string]scripted{"a": func(r *http.Request) (*http.Response, error) { return now(r) }})
		for range 5 {
			_, _ = asks(t, c)
		}
		now = serves
		time.Sleep(probePause)
		told := make(chan error)
		for range 4 { // one asks, the others wait for what it hears
			go func() {
				_, err := asks(t, c)
				told <- err
			}()
		}
		for range 4 {
			if err := <-told; err != nil {
				t.Errorf("after the outage: %v", err)
			}
		}
	})
}

func TestASearchLeavesANodeThatHangs(t *testing.T) {
	for _, nodes := range []map[string]scripted{
		{"a": hangs, "b": serves},
		{"a": hangs, "b": refuses, "c": serves},
	} {
		synctest.Test(t, func(t *testing.T) {
			c := clientOf(t, nodes)
			if took, err := asks(t, c); err != nil || took > 3*time.Second {
				t.Errorf("first search: %v after %v, want an answer within 3 s", err, took)
			}
			for i := range 4 { // it is remembered
				if took, err := asks(t, c); err != nil || took > 100*time.Millisecond {
					t.Errorf("search %d: %v after %v, want an answer at once", i+2, err, took)
				}
			}
		})
	}
}

// searches sends a search as Store does.
func searches(t *testing.T, c *client) (took time.Duration, err error) {
	t.Helper()
	began := time.Now()
	err = c.do(t.Context(), request{method: http.MethodPost, path: "/x/_search", query: url.Values{"preference": {"search1"}}}, nil)
	return time.Since(began), err
}

// TestASearchIsSentElsewhereWhenACopyHangs: the node that is asked says its name all the while, and knows who hangs.
func TestASearchIsSentElsewhereWhenACopyHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		alone := false // the shard has no copy elsewhere
		c := clientOf(t, map[string]scripted{"a": func(r *http.Request) (*http.Response, error) {
			switch preference := r.URL.Query().Get("preference"); {
			case r.URL.Path == "/_nodes/http":
				time.Sleep(nodesLimit)
				return answers(http.StatusOK, `{"_nodes":{"total":3,"failed":1},"nodes":{"n1":{},"n0":{}}}`), nil
			case preference == "search1":
				return hangs(r)
			case preference == "_only_nodes:n0,n1" && alone:
				return answers(http.StatusBadRequest, `{"error":{"type":"illegal_argument_exception","reason":"no data nodes"}}`), nil
			case preference != "" && preference != "_only_nodes:n0,n1":
				t.Errorf("asked at %s", preference)
			}
			return serves(r)
		}})
		for i, most := range []time.Duration{hangsAfter + nodesLimit, 0, 0} { // it is remembered
			if took, err := searches(t, c); err != nil || took > most {
				t.Errorf("search %d: %v after %v, want an answer within %v", i+1, err, took, most)
			}
		}
		alone = true
		if took, err := searches(t, c); !errors.Is(err, index.ErrUnavailable) && !errors.Is(err, context.DeadlineExceeded) && status(err) != http.StatusBadRequest || took < hangsAfter {
			t.Errorf("without another copy: %v after %v, want an error in the end", err, took)
		}
		time.Sleep(avoidFor)
		if c.avoiding() != "" {
			t.Error("the node is avoided for ever")
		}
	})
}

func TestASlowSearchIsNotSentTwice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		sent, asked := 0, 0
		c := clientOf(t, map[string]scripted{"a": func(r *http.Request) (*http.Response, error) {
			switch r.URL.Path {
			case "/x/_search":
				sent++
				time.Sleep(3 * time.Second)
			case "/_nodes/http":
				asked++
				return answers(http.StatusOK, `{"_nodes":{"total":3,"failed":0},"nodes":{"n0":{},"n1":{},"n2":{}}}`), nil
			}
			return serves(r)
		}})
		if took, err := searches(t, c); err != nil || took != 3*time.Second || sent != 1 || asked != 2 {
			t.Errorf("%v after %v, sent %d times, nodes asked for %d times; want one answer to one search", err, took, sent, asked)
		}
	})
}

func TestASlowSearchIsNotTakenForANodeThatHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		sent := 0
		c := clientOf(t, map[string]scripted{"a": func(r *http.Request) (*http.Response, error) {
			if r.URL.Path == "/" {
				return serves(r)
			}
			sent++
			select {
			case <-time.After(4 * time.Second):
				return serves(r)
			case <-r.Context().Done():
				return nil, r.Context().Err()
			}
		}})
		if took, err := asks(t, c); err != nil || took != 4*time.Second || sent != 1 {
			t.Errorf("%v after %v, sent %d times; want the answer of the one search", err, took, sent)
		}
	})
}

func TestAShortDeadlineAtANodeKnownToHangSaysSo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := clientOf(t, map[string]scripted{"a": hangs})
		for i := range 3 {
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			err := c.do(ctx, request{method: http.MethodGet, path: "/x"}, nil)
			cancel()
			time.Sleep(sayLimit) // what the node was asked beside is heard to the end
			if err == nil || i > 0 && !errors.Is(err, index.ErrUnavailable) {
				t.Errorf("request %d: %v, want that no node answers", i+1, err)
			}
		}
	})
}
