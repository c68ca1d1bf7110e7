package crawler

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"smaabornsviden/crawler/fetch"
	"smaabornsviden/crawler/state"
)

// probeFresh is how long a host's answer to an impossible address is believed.
const probeFresh = 7 * 24 * time.Hour

// probeText bounds what is kept of that answer.
const probeText = 4 << 10

// probeURL is an address below the given prefix that no site has. It is the same each time, so that a site's log shows
// one odd visitor, not many.
func probeURL(origin, prefix string) string {
	sum := sha256.Sum256([]byte(origin))
	return origin + strings.TrimSuffix(prefix, "/") + "/findes-ikke-" + hex.EncodeToString(sum[:6])
}

// notFoundWords open the texts of pages that say in words what their status does not.
var notFoundWords = []string{
	"siden findes ikke", "siden blev ikke fundet", "siden kunne ikke findes", "siden kan ikke findes", "siden eksisterer ikke",
	"denne side findes ikke", "vi kunne ikke finde siden", "vi kan ikke finde siden", "404", "fejl 404",
	"page not found", "page cannot be found", "not found", "sidan kunde inte hittas", "siden finnes ikke",
}

// longestNotice is how many words such a page has at most: an article about missing pages has more.
const longestNotice = 120

// softNotFound reports whether a page that was answered with status 200 is the site's way to say that there is none.
// A start page never is: many sites show it for every unknown address.
func softNotFound(u state.URL, probe state.Probe, title, text string) bool {
	if u.Via == state.ViaStart || u.Depth == 0 && u.Via != state.ViaSitemap {
		return false
	}
	whole := title + "\n" + text
	if probe.Text != "" && max(likeness(whole, probe.Text), likeness(unaddressed(whole, u.URL), probe.Text)) >= sameText {
		return true
	}
	words := len(fold(whole))
	return words <= longestNotice && (opens(title) || words <= longestNotice/2 && opens(text))
}

// unaddressed takes out of a text the address that it was asked for, in whole and by its last part, as pages of help repeat it:
// "Vi har ikke noget på /gammel/side, men prøv at søge efter gammel side".
func unaddressed(text, address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return text
	}
	last := path.Base(u.Path)
	bare := strings.TrimSuffix(last, path.Ext(last))
	said := []string{address, u.RequestURI(), u.EscapedPath(), u.Path, last, bare, strings.NewReplacer("-", " ", "_", " ", "+", " ").Replace(bare)}
	slices.SortFunc(said, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	for _, s := range said {
		if len(s) >= shortestPart {
			text = strings.ReplaceAll(text, s, " ")
		}
	}
	return text
}

// shortestPart is the least of an address, in bytes, that is taken out of a text; less may stand in it anyway.
const shortestPart = 4

func opens(text string) bool {
	text = strings.TrimLeft(strings.ToLower(text), " \n\t\"»“–-")
	for _, w := range notFoundWords {
		if rest, ok := strings.CutPrefix(text, w); ok && !letterFirst(rest) {
			return true
		}
	}
	return false
}

func letterFirst(s string) bool {
	words := fold(s)
	return len(words) > 0 && strings.HasPrefix(strings.ToLower(s), words[0])
}

// probe asks a host for a page that it cannot have.
func (v *visitor) probe(ctx context.Context, t task) {
	keep := context.WithoutCancel(ctx)
	e := event{task: t, freed: true, done: true}
	address := v.c.probeAddress(t.site)
	page, err := v.c.o.Fetch.Fetch(ctx, fetch.Request{URL: address, Allow: v.toErrorPage(ctx, t.site, address)})
	if err != nil && ctx.Err() != nil {
		v.events <- e
		return
	}
	host := v.answered(t.site, page, err)
	v.count.fetchedAside(v.c.sourcesOf(t.site), page.Bytes)
	host.Probe = state.Probe{At: v.c.o.Clock.Now(), Status: page.Status}
	if err == nil && page.Status == http.StatusOK {
		if sc := v.c.scopeOf(t.site); sc != nil {
			ext, _ := v.reader.extract(ctx, sc, page, host.Probe.At, nil) // an unreadable answer tells nothing
			host.Probe.Text = cut(unaddressed(ext.Title+"\n"+ext.Text, address), probeText)
		}
	}
	t.site.mu.Lock()
	t.site.host.Probe = host.Probe
	t.site.mu.Unlock()
	e.err = v.st.SaveHost(keep, host)
	v.events <- e
}

// errorPage is what names of pages have in common to which sites send those who ask for what they do not have.
var errorPage = regexp.MustCompile(`(?i)(?:^|[/=?&._-])(?:404|fejl|fejlside|error|errors|not-?found|pagenotfound|ikke-?fundet|findes-?ikke|missing)(?:$|[/=?&._-])`)

// toErrorPage decides on redirects of the probe: one to a page of errors, or to one that is told what was asked for, is
// followed, since its words are the site's answer. The front page, where many sites send everybody, is none.
func (v *visitor) toErrorPage(ctx context.Context, s *site, address string) func(string) error {
	return func(to string) error {
		p := v.c.atlas.find(to)
		_, acc := s.snapshot()
		allowed, _ := acc.allowed(v.c.o.Agent, to)
		_, rest, _ := strings.Cut(to, "://")
		_, rest, _ = strings.Cut(rest, "/")
		told := errorPage.MatchString("/"+rest) || strings.Contains(rest, path.Base(address)) && strings.ContainsAny(rest, "?/")
		if p.reason != "" || !allowed || !told || hostKey(hostOf(to)) != hostKey(hostOf(address)) {
			return fetch.ErrStay
		}
		return sleep(ctx, v.c.o.Clock, v.c.manners(s).delay(0))
	}
}

// cut shortens a text to at most n bytes at a space.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n] != ' ' && s[n] != '\n' {
		n--
	}
	return s[:n]
}

// probeAddress is an address that a site cannot have and that we may ask for, "" when there is none.
func (c *Crawler) probeAddress(s *site) string {
	sc := c.scopeOf(s)
	if sc == nil {
		return ""
	}
	prefix := "/"
	if len(sc.Include) > 0 {
		prefix = sc.Include[0]
	}
	address := probeURL(s.origin, prefix)
	_, acc := s.snapshot()
	if ok, _ := acc.allowed(c.o.Agent, address); !ok || c.atlas.find(address).reason != "" {
		return ""
	}
	return address
}

// scopeOf returns the first selected source that a site serves, nil when there is none.
func (c *Crawler) scopeOf(s *site) *scope {
	for _, sc := range c.atlas.byHost[hostKey(s.hostName())] {
		if c.visits(sc.ID) && sc.Fetched() {
			return sc
		}
	}
	return nil
}
