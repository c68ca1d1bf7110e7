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
	if len(seen) < 200 { // 62 pages, their lists, feeds and files: with less than that nothing is shown
		t.Fatalf("%d addresses are reached", len(seen))
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

// isHTML reports whether an answer is a page.
func (v visit) isHTML() bool {
	return len(v.body) > 0 && strings.HasPrefix(v.resp.Header.Get("Content-Type"), "text/html")
}

func TestEveryLinkAnswers(t *testing.T) {
	exceptions := map[string]int{
		"http://boernehaanden.example/wp-comments-post.php": http.StatusMethodNotAllowed, // takes comments, by POST only
	}
	for address, v := range crawl(t, newServer(t, Options{})) {
		want := http.StatusOK
		if v.resp.Header.Get("Location") != "" {
			want = v.resp.StatusCode // its target is visited, too
		}
		if status, ok := exceptions[address]; ok {
			want = status
		}
		if v.resp.StatusCode != want {
			t.Errorf("%s, linked from %s: %d, want %d", address, v.from, v.resp.StatusCode, want)
		}
	}
}

func TestEveryPageSaysThatItIsAnExample(t *testing.T) {
	for address, v := range crawl(t, newServer(t, Options{})) {
		if !v.isHTML() {
			continue
		}
		if !bytes.Contains(v.body, []byte(exampleLine)) {
			t.Errorf("%s: the line %q is missing", address, exampleLine)
		}
		if !bytes.Contains(v.body, []byte(`<meta name="generator" content="smaabornsviden-demo">`)) {
			t.Errorf("%s: the generator element is missing", address)
		}
	}
}

// TestEveryPageNestsItsElements holds the end tags against the start tags: the parser would mend silently
// what a template forgot.
func TestEveryPageNestsItsElements(t *testing.T) {
	for address, v := range crawl(t, newServer(t, Options{})) {
		if !v.isHTML() {
			continue
		}
		if problem := badNesting(v.body); problem != "" {
			t.Errorf("%s: %s", address, problem)
		}
	}
}

func badNesting(page []byte) string {
	void := map[string]bool{"meta": true, "link": true, "br": true, "hr": true, "input": true, "img": true}
	var open []string
	z := html.NewTokenizer(bytes.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if len(open) > 0 {
				return "not closed: " + strings.Join(open, " ")
			}
			return ""
		case html.StartTagToken:
			if name, _ := z.TagName(); !void[string(name)] {
				open = append(open, string(name))
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if len(open) == 0 || open[len(open)-1] != string(name) {
				return "</" + string(name) + "> inside " + strings.Join(open, " ")
			}
			open = open[:len(open)-1]
		}
	}
}

func TestEveryDocumentIsReachedByLinks(t *testing.T) {
	s := newServer(t, Options{})
	seen := crawl(t, s)
	for _, l := range s.Labels() {
		if l.Path == "" {
			continue
		}
		v, ok := seen[l.URL()]
		if l.Site == "P" {
			ok = reachedWithSession(seen, l.URL())
		} else if ok && v.resp.StatusCode != http.StatusOK {
			t.Errorf("%s: %d", l.URL(), v.resp.StatusCode)
		}
		if !ok {
			t.Errorf("%s (%s) is not reached from the front page", l.ID, l.URL())
		}
	}
}

func reachedWithSession(seen map[string]visit, address string) bool {
	for other := range seen {
		if strings.HasPrefix(other, address+"&PHPSESSID=") {
			return true
		}
	}
	return false
}

func TestTheParentsSiteSpeaksLatin1AndSaysSoInThePageOnly(t *testing.T) {
	c := newClient(t, newServer(t, Options{}))
	resp, body := c.get("http://foraeldrestemmen.example/viewpage.php?page_id=17")
	if got := resp.Header.Get("Content-Type"); got != "text/html" {
		t.Errorf("Content-Type %q, want text/html without a charset", got)
	}
	if !bytes.Contains(body, []byte("p\xe6dagogiske l\xe6replan")) || bytes.Contains(body, []byte("pædagogiske")) {
		t.Error("the page is not in ISO-8859-1")
	}
	if !bytes.Contains(body, []byte(`charset=iso-8859-1`)) {
		t.Error("the page does not declare its charset")
	}
	for _, b := range body {
		if b >= 0x80 && b < 0xA0 {
			t.Fatalf("byte %#x is no letter of ISO-8859-1", b)
		}
	}
}

func TestConditionalRequestsAndHead(t *testing.T) {
	s := newServer(t, Options{})
	c := newClient(t, s)
	for _, l := range s.Labels() {
		if l.Path == "" {
			continue
		}
		resp, body := c.get(l.URL())
		etag, modified := resp.Header.Get("ETag"), resp.Header.Get("Last-Modified")
		if resp.StatusCode != http.StatusOK || etag == "" || modified == "" {
			t.Errorf("%s: %d, ETag %q, Last-Modified %q", l.ID, resp.StatusCode, etag, modified)
			continue
		}
		if again, rest := c.get(l.URL(), "If-None-Match", etag); again.StatusCode != http.StatusNotModified || len(rest) > 0 {
			t.Errorf("%s: %d to its own ETag, want 304", l.ID, again.StatusCode)
		}
		if again, _ := c.get(l.URL(), "If-Modified-Since", modified); again.StatusCode != http.StatusNotModified {
			t.Errorf("%s: %d to its own Last-Modified, want 304", l.ID, again.StatusCode)
		}
		if again, _ := c.get(l.URL(), "If-None-Match", `"other"`, "If-Modified-Since", modified); again.StatusCode != http.StatusOK {
			t.Errorf("%s: %d to another ETag, want 200", l.ID, again.StatusCode)
		}
		head := c.do(http.MethodHead, l.URL())
		rest, err := io.ReadAll(head.Body)
		if err != nil || len(rest) > 0 || head.StatusCode != http.StatusOK || head.Header.Get("ETag") != etag || head.ContentLength != int64(len(body)) {
			t.Errorf("%s: HEAD says %d, %d bytes of %d, ETag %s", l.ID, head.StatusCode, len(rest), head.ContentLength, head.Header.Get("ETag"))
		}
	}
}

func TestAddressesOfOnePage(t *testing.T) {
	const l03, v01 = "/borger/boern-og-familie/anonym-raadgivning", "/udgivelser/indsatser-over-for-0-3-aarige-i-udsatte-positioner-4411/"
	tests := []struct{ address, location, title string }{
		{"http://lindeby-kommune.example" + l03, "", "Anonym rådgivning"},
		{"http://www.lindeby-kommune.example" + l03 + "/?utm_source=x", "", "Anonym rådgivning"},
		{"http://LINDEBY-kommune.example.:80" + l03, "", "Anonym rådgivning"},
		{"http://lindeby-kommune.example.localhost:9000" + l03, "", "Anonym rådgivning"},
		{"http://gammel.vtb.example" + v01, "http://vtb.example" + v01, ""},
		{"http://gammel.vtb.example.localhost:9000" + v01, "http://vtb.example.localhost:9000" + v01, ""},
		{"http://www.vtb.example" + v01 + "?b=t1", "http://vtb.example" + v01 + "?b=t1", ""},
		{"http://vtb.example" + strings.TrimSuffix(v01, "/") + "?b=t1", v01 + "?b=t1", ""},
		{"http://boernehaanden.example/?p=107", "http://boernehaanden.example/portraet/vi-fik-et-pusterum/", ""},
		{"http://tidsskrift-smaaboern.example/", "/etsf/index", ""},
		{"http://foraeldrestemmen.example/viewpage.php?PHPSESSID=abc&page_id=12", "", "tilsyn i dagtilbud"},
		{"http://lindeby-kommune.example/borger/dagtilbud/motorikb%c3%a5nd-i-vuggestuen-m%C3%A6lkeb%c3%B8tten", "", "Motorikbånd"},
	}
	c := newClient(t, newServer(t, Options{}))
	for _, tt := range tests {
		resp, body := c.get(tt.address)
		if got := resp.Header.Get("Location"); got != tt.location {
			t.Errorf("%s: redirected to %q, want %q", tt.address, got, tt.location)
		}
		if tt.location == "" && !strings.Contains(string(body), tt.title) {
			t.Errorf("%s: %d, without %q", tt.address, resp.StatusCode, tt.title)
		}
	}
}

func TestABrowserOnLocalhostGetsLinksItCanFollow(t *testing.T) {
	c := newClient(t, newServer(t, Options{}))
	const page = "/forskning/indkoeringen-i-vuggestuen-gaar-for-staerkt"
	_, real := c.get("http://stuen-fagblad.example" + page)
	_, local := c.get("http://stuen-fagblad.example.localhost:8081" + page)
	if !bytes.Contains(real, []byte(`href="http://tidsskrift-smaaboern.example/etsf/article/view/114"`)) || bytes.Contains(real, []byte("localhost")) {
		t.Error("a crawler does not see the real addresses")
	}
	if !bytes.Contains(local, []byte(`href="http://tidsskrift-smaaboern.example.localhost:8081/etsf/article/view/114"`)) {
		t.Error("a browser does not get addresses on localhost")
	}
	if !bytes.Contains(local, []byte(`href="https://doi.org/10.5555/etsf.2022.114"`)) {
		t.Error("other hosts' addresses are touched")
	}
}

func TestHostsThatAreNoneOfTheSites(t *testing.T) {
	c := newClient(t, newServer(t, Options{}))
	for address, want := range map[string]int{
		"http://127.0.0.1:8081/":      http.StatusOK,
		"http://localhost:8081/":      http.StatusOK,
		"http://[::1]:8081/":          http.StatusOK,
		"http://other.example/":       http.StatusMisdirectedRequest,
		"http://evil.vtb.example/":    http.StatusMisdirectedRequest,
		"http://169.254.169.254/meta": http.StatusMisdirectedRequest,
	} {
		resp, body := c.get(address)
		if resp.StatusCode != want {
			t.Errorf("%s: %d, want %d", address, resp.StatusCode, want)
		}
		if want == http.StatusOK && !bytes.Contains(body, []byte(`.localhost:8081/`)) {
			t.Errorf("%s: no link to the sites on localhost", address)
		}
	}
}

func TestPagesThatAreNotThere(t *testing.T) {
	c := newClient(t, newServer(t, Options{}))
	for address, want := range map[string]int{
		"http://lindeby-kommune.example/findes-ikke":               http.StatusNotFound,
		"http://morgenfroe-fonden.example/findes-ikke":             http.StatusNotFound,
		"http://vtb.example/findes-ikke/":                          http.StatusNotFound,
		"http://tidsskrift-smaaboern.example/etsf/article/view/1":  http.StatusNotFound,
		"http://boernehaanden.example/findes-ikke/":                http.StatusNotFound,
		"http://stuen-fagblad.example/print/findes-ikke":           http.StatusNotFound,
		"http://foraeldrestemmen.example/viewpage.php?page_id=99":  http.StatusOK, // the soft 404
		"http://foraeldrestemmen.example/findes-ikke.php":          http.StatusOK,
		"http://foraeldrestemmen.example/robots.txt":               http.StatusNotFound,
		"http://lindeby-kommune.example/borger/boern-og-familie//": http.StatusOK,
	} {
		resp, body := c.get(address)
		if resp.StatusCode != want {
			t.Errorf("%s: %d, want %d", address, resp.StatusCode, want)
		}
		if strings.Contains(address, "findes-ikke.php") && !bytes.Contains(body, []byte("Siden findes ikke")) {
			t.Errorf("%s: does not say that it is not there", address)
		}
	}
}

func TestTheCalendarHasNoEnd(t *testing.T) {
	c := newClient(t, newServer(t, Options{}))
	resp, body := c.get("http://foraeldrestemmen.example/kalender.php?maaned=2031-12")
	got := links(t, "http://foraeldrestemmen.example/kalender.php", resp, body)
	for _, want := range []string{"maaned=2031-11", "maaned=2032-01"} {
		if !slices.ContainsFunc(got, func(l string) bool { return strings.Contains(l, want) }) {
			t.Errorf("no link to %s in %v", want, got)
		}
	}
}

// attr is an attribute's value, "" where there is none.
func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func metaRobots(page *html.Node) (content string) {
	walk(page, func(n *html.Node) {
		if n.Data == "meta" && attr(n, "name") == "robots" {
			content = attr(n, "content")
		}
	})
	return content
}

func canonicalLink(page *html.Node) (href string) {
	walk(page, func(n *html.Node) {
		if n.Data == "link" && attr(n, "rel") == "canonical" {
			href = attr(n, "href")
		}
	})
	return href
}

// FuzzHandler: whatever a client asks, the handler answers without panic, with a status of HTTP, and every page
// says that it is an example.
func FuzzHandler(f *testing.F) {
	s, err := New(Options{})
	if err != nil {
		f.Fatal(err)
	}
	h := s.Handler()
	f.Add("vtb.example", "/udgivelser/x?b=1")
	f.Add("www.boernehaanden.example.localhost:80", "/?p=107")
	f.Add("foraeldrestemmen.example", "/viewpage.php?page_id=12&PHPSESSID=%3Cscript%3E")
	f.Add("foraeldrestemmen.example", "/kalender.php?maaned=9999-12")
	f.Add("tidsskrift-smaaboern.example", "/etsf/oai?verb=ListRecords&resumptionToken=4!a!b!c")
	f.Add("gammel.vtb.example", "//evil.example/%0d%0aX: y")
	f.Add("stuen-fagblad.example", "/print/print/debat")
	f.Add("", "/%ff%2f..")
	f.Fuzz(func(t *testing.T, host, target string) {
		u, err := url.ParseRequestURI(target)
		if err != nil || !strings.HasPrefix(target, "/") {
			t.Skip()
		}
		r := &http.Request{Method: http.MethodGet, URL: u, Host: host, Header: http.Header{}, RequestURI: target}
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, r)
		resp := rec.Result()
		if resp.StatusCode < 200 || resp.StatusCode > 599 || resp.StatusCode == http.StatusInternalServerError {
			t.Fatalf("status %d", resp.StatusCode)
		}
		page := rec.Body.Bytes()
		if len(page) > 0 && strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html") && !bytes.Contains(page, []byte(exampleLine)) {
			t.Fatalf("a page without the example line")
		}
		if bytes.Contains(page, []byte("<script>alert")) {
			t.Fatal("markup from the address stands in the page")
		}
	})
}
