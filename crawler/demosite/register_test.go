package demosite

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"smaabornsviden/crawler/canonical"
	"smaabornsviden/crawler/partners"
)

// partner is one row of the register with its rules for addresses.
type partner struct {
	*partners.Source
	rules canonical.Rules
}

// register reads the demonstration's register, by site letter.
func register(t *testing.T, s *Server) map[string]partner {
	t.Helper()
	r, err := partners.Load(s.Register(), "partners.yaml")
	if err != nil {
		t.Fatal(err)
	}
	byLetter := map[string]partner{}
	for i := range r.Sources {
		src := &r.Sources[i]
		rules := canonical.Rules{Hosts: src.Hosts(), Scheme: "http", Include: src.Include, Exclude: src.Exclude, DropParams: src.DropParams}
		byLetter[strings.ToUpper(src.ID)] = partner{src, rules}
	}
	return byLetter
}

func TestTheRegisterCoversTheDocuments(t *testing.T) {
	s := newServer(t, Options{})
	reg := register(t, s)
	for _, l := range s.Labels() {
		p := reg[l.Site]
		if p.Name != l.SiteName {
			t.Errorf("%s: source %q, site %q", l.ID, p.Name, l.SiteName)
		}
		if l.Path == "" {
			continue
		}
		address, refusal := p.rules.Canonical(l.URL(), "")
		if refusal != "" || address != l.URL() {
			t.Errorf("%s: canonical form %s %q, want %s", l.ID, address, refusal, l.URL())
		}
		if p.IsList(strings.TrimPrefix(address, "http://"+l.Host)) {
			t.Errorf("%s counts as a list", l.ID)
		}
	}
}

// TestACrawlerThatKeepsTheRulesEndsWithTheDocuments walks every link and asks of each page found what a crawler
// asks: scope, robots.txt, list, noindex, canonical form. What is left has to be the documents.
func TestACrawlerThatKeepsTheRulesEndsWithTheDocuments(t *testing.T) {
	s := newServer(t, Options{})
	reg := register(t, s)
	want := map[string]string{
		"http://foraeldrestemmen.example/viewpage.php?page_id=48": "soft 404, which a crawler finds out by its text",
	}
	for _, l := range s.Labels() {
		if l.Path != "" && l.HasPage() && l.Indexed() {
			want[l.URL()] = l.ID
		}
	}
	got := map[string]bool{}
	for address, v := range crawl(t, s) {
		if canonicalAddress, ok := keep(t, s, reg, address, v); ok {
			got[canonicalAddress] = true
			if want[canonicalAddress] == "" {
				t.Errorf("%s, linked from %s, would be indexed", address, v.from)
			}
		}
	}
	for address, id := range want {
		if !got[address] {
			t.Errorf("%s (%s) would not be indexed", id, address)
		}
	}
	if len(got) != 58+1 {
		t.Errorf("%d pages, want 58 documents and the soft 404", len(got))
	}
}

func keep(t *testing.T, s *Server, reg map[string]partner, address string, v visit) (string, bool) {
	t.Helper()
	a, ok := s.state().addressOf(hostOf(address))
	if !ok || v.resp.StatusCode != http.StatusOK || !v.isHTML() {
		return "", false
	}
	p := reg[a.site.ID]
	clean, refusal := p.rules.Canonical(address, "")
	u, err := url.Parse(clean)
	if err != nil {
		t.Fatal(err)
	}
	path := u.RequestURI()
	if refusal != "" || p.IsList(path) || disallowed(a.site, path) {
		return "", false
	}
	page := parse(t, v.resp, v.body)
	if strings.Contains(metaRobots(page), "noindex") {
		return "", false
	}
	if href := canonicalLink(page); href != "" {
		clean, _ = p.rules.Canonical(href, address)
	}
	return clean, true
}

func disallowed(s *site, path string) bool {
	for _, line := range s.robots {
		if prefix, ok := strings.CutPrefix(line, "Disallow: "); ok && strings.HasPrefix(path, prefix) {
			return true
		}
	}
	return false
}

func TestListsOfTheRegisterAreTheListsOfTheSites(t *testing.T) {
	s := newServer(t, Options{})
	reg := register(t, s)
	for _, site := range s.state().sites {
		for _, l := range site.lists {
			if l.Robots == "" && !reg[site.ID].IsList(l.Path) {
				t.Errorf("%s%s is no list in the register", site.Host, l.Path)
			}
		}
		for _, path := range reg[site.ID].List {
			path = strings.TrimSuffix(path, "*")
			if resp, _ := newClient(t, s).get("http://" + site.Host + path); resp.StatusCode >= 500 {
				t.Errorf("%s%s: %d", site.Host, path, resp.StatusCode)
			}
		}
	}
}
