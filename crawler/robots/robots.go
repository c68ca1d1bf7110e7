// Package robots reads robots.txt as Google's parser does (RFC 9309), and tdmrep.json, and says what a site allows.
package robots

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"smaabornsviden/crawler/canonical"
)

// MaxBytes is how much of a robots.txt is read, 500 KiB: the least that RFC 9309 asks for (2.5) and what
// Google takes. A rule that the limit cuts in two is not read.
const MaxBytes = 500 << 10

// Rules are the rules of one robots.txt. They do not change and may be used from any goroutine. Nil rules
// allow everything.
type Rules struct {
	groups   []group
	sitemaps []string
	// all, when set, is the verdict on every address: there was no file to read.
	all *Verdict
}

// group is a run of user-agent lines and the rules under them.
type group struct {
	agents []string // product tokens
	global bool     // has "User-agent: *"
	rules  []rule
	delay  time.Duration
}

type rule struct {
	allow   bool
	pattern string // escaped as Google's parser does
	// strict is the pattern in the form of canonical addresses; only a Disallow has it.
	strict string
	text   string // the line as written
	line   int    // counted from 1
}

// Verdict says whether an address may be visited, and by which line.
type Verdict struct {
	Allowed bool
	Rule    string // the line that decided, as written; "" when none did
	Line    int    // its number, from 1; 0 when none did
	Group   string // the agent whose group applied: a product token, "*", or ""
	Why     string // all of this in a sentence
}

// AllowAll returns rules that allow everything, for the reason given.
func AllowAll(why string) *Rules { return &Rules{all: &Verdict{Allowed: true, Why: why}} }

// DisallowAll returns rules that allow nothing, for the reason given.
func DisallowAll(why string) *Rules { return &Rules{all: &Verdict{Why: why}} }

// Answer makes the rules of a host from the answer to GET /robots.txt after redirects (RFC 9309, 2.3.1): a file
// is parsed; a client error means that there are no rules; a server error, or 429 as Google reads it,
// means that nothing may be visited until the file can be read. A redirect that was not followed to its
// end counts as no file. For an error of the network use DisallowAll.
func Answer(status int, body []byte) *Rules {
	switch {
	case status >= 200 && status < 300:
		return Parse(body)
	case status == http.StatusTooManyRequests || status >= 500:
		return DisallowAll(fmt.Sprintf("robots.txt answered %d, so nothing is visited", status))
	}
	return AllowAll(fmt.Sprintf("robots.txt answered %d, so there are no rules", status))
}

// Allowed reports whether agent may visit url, and why. agent is a product token ("smaabornsviden", see
// ProductToken) and is compared whole; url should be canonical.
func (r *Rules) Allowed(agent, url string) (ok bool, why string) {
	v := r.Check(agent, url)
	return v.Allowed, v.Why
}

// Check is Allowed with the line that decided.
func (r *Rules) Check(agent, url string) Verdict {
	if r == nil {
		return Verdict{Allowed: true, Why: "no robots.txt"}
	}
	if r.all != nil {
		return *r.all
	}
	groups, name := r.groupsFor(agent)
	if name == "" {
		return Verdict{Allowed: true, Why: "robots.txt has no group for us"}
	}
	best := decisive(groups, newTarget(url))
	if best == nil {
		return Verdict{Allowed: true, Group: name, Why: "no rule for " + name + " covers it"}
	}
	return Verdict{
		Allowed: best.allow, Rule: best.text, Line: best.line, Group: name,
		Why: fmt.Sprintf("line %d for %s: %s", best.line, name, best.text),
	}
}

// groupsFor returns the groups that apply to agent, which are read as one (2.2.1): those that name it, else
// those for "*". A group that names the agent counts even when it has no rules.
func (r *Rules) groupsFor(agent string) (groups []group, name string) {
	var global []group
	for _, g := range r.groups {
		if g.names(agent) {
			groups = append(groups, g)
		}
		if g.global {
			global = append(global, g)
		}
	}
	switch {
	case len(groups) > 0:
		return groups, agent
	case len(global) > 0:
		return global, "*"
	}
	return nil, ""
}

func (g *group) names(agent string) bool {
	for _, a := range g.agents {
		if strings.EqualFold(a, agent) {
			return true
		}
	}
	return false
}

// decisive returns the longest rule that matches, an Allow before a Disallow of the same length (2.2.2).
func decisive(groups []group, t target) *rule {
	var best *rule
	priority := 0
	for i := range groups {
		for j := range groups[i].rules {
			rule := &groups[i].rules[j]
			p := rule.match(t)
			if p > priority || p == priority && p > 0 && rule.allow && !best.allow {
				best, priority = rule, p
			}
		}
	}
	return best
}

// CrawlDelay returns the longest delay that the groups for agent ask for, 0 when none does. It is as long as
// the site wrote it, up to a year; the crawler says so when it waits less.
func (r *Rules) CrawlDelay(agent string) time.Duration {
	if r == nil {
		return 0
	}
	groups, _ := r.groupsFor(agent)
	var longest time.Duration
	for _, g := range groups {
		longest = max(longest, g.delay)
	}
	return longest
}

// Sitemaps returns the addresses of the sitemap lines as written, without repetitions, at most 1,000.
// They belong to no group and may lie on other hosts.
func (r *Rules) Sitemaps() []string {
	if r == nil {
		return nil
	}
	return r.sitemaps
}

// ProductToken returns the part of a User-Agent header that robots.txt is matched by: the letters, "_" and "-"
// it begins with (2.2.1).
func ProductToken(userAgent string) string {
	for i := range len(userAgent) {
		c := userAgent[i]
		if c|0x20 < 'a' || c|0x20 > 'z' {
			if c != '_' && c != '-' {
				return userAgent[:i]
			}
		}
	}
	return userAgent
}

// target is what of an address the rules are held against.
type target struct {
	path   string // as it stands in the address
	strict string // with its escapes in canonical form
}

func newTarget(url string) target {
	path := pathOf(url)
	return target{path: path, strict: literal.Replace(canonical.Escapes(path))}
}

// literal escapes what means something in a pattern, so that a file can name it: "%2A" is the letter "*" (RFC 9309, 2.2.3).
var literal = strings.NewReplacer("*", "%2A", "$", "%24")

// pathOf returns path, parameters and query of an address: what follows the authority, without fragment.
// An address without a path has "/". It takes any string, since rules are also tried by hand.
func pathOf(url string) string {
	rest := strings.TrimPrefix(url, "//")
	if i := strings.Index(rest, "://"); i >= 0 && i < indexOr(rest, "/?;") {
		rest = rest[i+len("://"):]
	}
	start := indexOr(rest, "/?;")
	end := indexOr(rest, "#")
	if start >= end {
		return "/"
	}
	path := rest[start:end]
	if path[0] != '/' {
		return "/" + path
	}
	return path
}

// indexOr is strings.IndexAny that says len(s) instead of -1. The ":" of "://" stands before its slashes,
// so that a scheme's end is found before any path.
func indexOr(s, chars string) int {
	if i := strings.IndexAny(s, chars); i >= 0 {
		return i
	}
	return len(s)
}
