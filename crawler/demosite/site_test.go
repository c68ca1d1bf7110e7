package demosite

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
)

// client asks the handler without a network.
type client struct {
	t *testing.T
	h http.Handler
}

func newClient(t *testing.T, s *Server) client { return client{t: t, h: s.Handler()} }

// do answers one request; headers are name, value, name, value ...
func (c client) do(method, address string, headers ...string) *http.Response {
	c.t.Helper()
	r := httptest.NewRequestWithContext(c.t.Context(), method, address, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	rec := httptest.NewRecorder()
	c.h.ServeHTTP(rec, r)
	return rec.Result()
}

// get returns status and body.
func (c client) get(address string, headers ...string) (*http.Response, []byte) {
	c.t.Helper()
	resp := c.do(http.MethodGet, address, headers...)
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return resp, body
}

// links are the addresses in href, src and action of a page, resolved, without fragments. They are read from
// the bytes as a browser reads them: in the charset that header or meta element name.
func links(t *testing.T, base string, resp *http.Response, body []byte) []string {
	t.Helper()
	u, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	walk(parse(t, resp, body), func(n *html.Node) {
		for _, a := range n.Attr {
			if a.Key != "href" && a.Key != "src" && a.Key != "action" || strings.HasPrefix(a.Val, "javascript:") {
				continue
			}
			l, err := u.Parse(a.Val)
			if err != nil {
				t.Errorf("%s: link %q: %v", base, a.Val, err)
				continue
			}
			l.Fragment = ""
			found = append(found, l.String())
		}
	})
	return found
}

func parse(t *testing.T, resp *http.Response, body []byte) *html.Node {
	t.Helper()
	r, err := charset.NewReader(bytes.NewReader(body), resp.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := html.Parse(r)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func walk(n *html.Node, visit func(*html.Node)) {
	visit(n)
	for c := range n.ChildNodes() {
		walk(c, visit)
	}
}

// visit is one answer met on a walk through the sites.
type visit struct {
	address string
	from    string
	resp    *http.Response
	body    []byte
}

// crawl follows every link from the front pages; the calendar only for three months.
func crawl(t *testing.T, s *Server) map[string]visit {
	t.Helper()
	c := newClient(t, s)
	seen := map[string]visit{}
	var queue []visit
	add := func(address, from string) {
		if _, known := seen[address]; known || !strings.Contains(address, ".example/") {
			return
		}
		if strings.Contains(address, "kalender.php") && calendarDepth(from) > 2 {
			return
		}
		seen[address] = visit{}
		queue = append(queue, visit{address: address, from: from})
	}
	for _, host := range s.Hosts() {
		add("http://"+host+"/", "")
	}
	for len(queue) > 0 {
		v := queue[0]
		queue = queue[1:]
		v.resp, v.body = c.get(v.address)
		seen[v.address] = v
		if loc := v.resp.Header.Get("Location"); loc != "" {
			base, err := url.Parse(v.address)
			if err != nil {
				t.Fatal(err)
			}
			target, err := base.Parse(loc)
			if err != nil {
				t.Fatal(err)
			}
			add(target.String(), v.address)
		}
		if len(v.body) > 0 && strings.HasPrefix(v.resp.Header.Get("Content-Type"), "text/html") {
			for _, l := range links(t, v.address, v.resp, v.body) {
				add(l, v.address)
			}
		}
	}
	return seen
}

// calendarDepth is how many months an address lies from the first one shown.
func calendarDepth(address string) int {
	u, err := url.Parse(address)
	if err != nil || !u.Query().Has("maaned") {
		return 0
	}
	if slices.Contains([]string{"2026-04", "2026-06"}, u.Query().Get("maaned")) {
		return 1
	}
	return 3
}

func TestWalk(t *testing.T) {
	seen := crawl(t, newServer(t, Options{}))
	count := map[int]int{}
	for _, v := range seen {
		if v.resp.StatusCode >= 400 {
			t.Logf("%d %s from %s", v.resp.StatusCode, v.address, v.from)
		}
		count[v.resp.StatusCode]++
	}
	t.Log(len(seen), count)
}
