package crawler

import (
	"fmt"
	"maps"
	"net/url"
	"strings"

	"smaabornsviden/crawler/canonical"
	"smaabornsviden/crawler/partners"
	"smaabornsviden/crawler/state"
)

// scope is a source with its rules made ready.
type scope struct {
	partners.Source
	pages    canonical.Rules // of documents
	listings canonical.Rules // of sitemaps and feeds: anywhere on the source's hosts
}

func newScope(s partners.Source) (*scope, error) {
	if s.Home == "" && !s.Fetched() {
		return &scope{Source: s}, nil // listed as one that is not visited; it has no address to judge by
	}
	home, err := canonical.Parse(s.Home, "")
	if err != nil {
		return nil, fmt.Errorf("source %s: home %s: %w", s.ID, s.Home, err)
	}
	scheme, _, _ := strings.Cut(home, ":")
	sc := &scope{Source: s}
	sc.pages = canonical.Rules{Hosts: s.Hosts(), Scheme: scheme, Include: s.Include, Exclude: s.Exclude, DropParams: s.DropParams}
	sc.listings = canonical.Rules{Hosts: s.Hosts(), Scheme: scheme, KeepParams: []string{"*"}}
	for _, rules := range []*canonical.Rules{&sc.pages, &sc.listings} {
		if err := rules.Check(); err != nil {
			return nil, fmt.Errorf("source %s: %w", s.ID, err)
		}
	}
	return sc, nil
}

// PageRules returns the rules by which addresses of a source's documents are judged.
func PageRules(s partners.Source) (canonical.Rules, error) {
	sc, err := newScope(s)
	if err != nil {
		return canonical.Rules{}, err
	}
	return sc.pages, nil
}

// atlas knows which source an address belongs to.
type atlas struct {
	scopes []*scope // in the order of the register
	byID   map[string]*scope
	byHost map[string][]*scope // by host name without www and port
	// providers are the lists of OAI-PMH providers by the address of each. They may lie on any host.
	providers map[string]provider
	register  *partners.Register
	free      canonical.Rules // one form for addresses of nobody
}

func newAtlas(r *partners.Register) (*atlas, error) {
	a := &atlas{byID: map[string]*scope{}, byHost: map[string][]*scope{}, register: r, providers: map[string]provider{}}
	for _, s := range r.Sources {
		sc, err := newScope(s)
		if err != nil {
			return nil, err
		}
		a.scopes = append(a.scopes, sc)
		a.byID[s.ID] = sc
		lists, err := providersOf(sc)
		if err != nil {
			return nil, err
		}
		maps.Copy(a.providers, lists)
		for _, host := range s.Hosts() {
			key := hostKey(host)
			a.byHost[key] = append(a.byHost[key], sc)
		}
	}
	return a, nil
}

// hostKey drops port and www of a host.
func hostKey(host string) string {
	if i := strings.LastIndexByte(host, ':'); i >= 0 && !strings.HasSuffix(host, "]") {
		host = host[:i]
	}
	return strings.TrimPrefix(strings.ToLower(host), "www.")
}

// place is where an address belongs, and what its rules make of it.
type place struct {
	url    string
	scope  *scope // nil where no source covers the host
	reason state.Reason
	detail string
}

// find places an absolute address. Which source gets it depends on the register alone, never on who linked to it.
func (a *atlas) find(abs string) place {
	var refused *place
	for _, sc := range a.byHost[hostKey(hostOf(abs))] {
		d := sc.pages.Decide(abs, "")
		p := place{url: d.URL, scope: sc, reason: state.Reason(d.Refusal), detail: d.Detail}
		if d.Refusal == "" {
			p.reason, p.detail = policyReason(sc)
			return p
		}
		if refused == nil && d.Refusal != canonical.OutOfScope {
			refused = &p
		}
	}
	if refused != nil {
		return *refused
	}
	d := a.free.Decide(abs, "")
	p := place{url: d.URL, reason: state.Reason(d.Refusal), detail: d.Detail}
	if p.reason == "" {
		p.reason = state.OutOfScope
	}
	return p
}

// findListing places the address of a sitemap or feed.
func (a *atlas) findListing(abs string) place {
	for _, sc := range a.byHost[hostKey(hostOf(abs))] {
		if d := sc.listings.Decide(abs, ""); d.Refusal == "" {
			reason, detail := policyReason(sc)
			return place{url: d.URL, scope: sc, reason: reason, detail: detail}
		}
	}
	d := a.free.Decide(abs, "")
	return place{url: d.URL, reason: state.OutOfScope}
}

// findProvider places the list of an OAI-PMH provider: it is one that the register names, or none of ours.
func (a *atlas) findProvider(abs string) place {
	p, ok := a.providers[abs]
	if !ok {
		return place{url: abs, reason: state.Unregistered}
	}
	reason, detail := policyReason(p.scope)
	return place{url: abs, scope: p.scope, reason: reason, detail: detail}
}

// policyReason is why nothing of a source is fetched, "" when it is.
func policyReason(sc *scope) (state.Reason, string) {
	switch sc.Policy {
	case partners.Ask:
		return state.PolicyAsk, sc.Why
	case partners.Never:
		return state.PolicyNever, sc.Why
	}
	return "", ""
}

// isList reports whether the register calls a page of the source a mere list.
func (sc *scope) isList(address string) bool {
	u, err := url.Parse(address)
	return err == nil && sc.IsList(u.RequestURI())
}

// hostOf cuts host and port out of an absolute address.
func hostOf(abs string) string {
	_, rest, _ := strings.Cut(abs, "://")
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		rest = rest[:i]
	}
	return rest
}

// originOf cuts scheme, host and port out of an absolute address.
func originOf(abs string) string {
	i := strings.Index(abs, "://")
	if i < 0 {
		return ""
	}
	if end := strings.IndexAny(abs[i+3:], "/?#"); end >= 0 {
		return abs[:i+3+end]
	}
	return abs
}
