package canonical

import (
	"errors"
	"fmt"
	"strings"
)

// MaxURL is the longest canonical address in bytes that is visited; longer ones are traps or forms.
// 2,048 is what a sitemap may carry.
const MaxURL = 2048

// Refusal says why an address is not visited; "" means that it is.
type Refusal string

// The refusals of Canonical.
const (
	Unparsable   Refusal = "parse"         // no address by the WHATWG standard
	Scheme       Refusal = "scheme"        // neither http nor https
	TooLong      Refusal = "too-long"      // longer than MaxURL (or, unparsed, than MaxRaw)
	Credentials  Refusal = "credentials"   // carries a user name or password
	OutOfScope   Refusal = "out-of-scope"  // another site's host
	NotIncluded  Refusal = "not-included"  // below none of the source's include prefixes
	Excluded     Refusal = "excluded"      // below an exclude prefix
	Trap         Refusal = "trap"          // repeats itself, or is deeper than any real page
	PersonalData Refusal = "personal-data" // carries an e-mail address or a CPR number
)

// Slash says what happens to the slash at the end of a path.
type Slash string

// The treatments of a trailing slash. Which one is right is the server's choice, so by default both
// forms stay apart until the crawler sees that they hold the same page (see SlashTwin).
const (
	KeepSlash  Slash = ""
	AddSlash   Slash = "add"   // to paths whose last segment has no dot
	StripSlash Slash = "strip" // from every path but "/"
)

// Rules are what a source says about its addresses. The zero value covers every host and only brings
// addresses into one form. Rules may be used from any goroutine.
type Rules struct {
	// Hosts are the main host and then its aliases: names that show the same site and are rewritten to
	// the main host. A name covers its www twin and every port; "name:port" covers that port alone.
	Hosts []string
	// Scheme is the scheme of the source's home, which wins over its http or https twin wherever no
	// port is named; "" keeps what each address has.
	Scheme string
	// Include and Exclude are prefixes of the decoded path, "/" first; one with "?" goes on into the
	// query, and one that begins with "?" fits any path with such a parameter. A prefix "/a/" covers "/a".
	// No Include means every path; Exclude wins.
	Include, Exclude []string
	// DropParams names query parameters that do not choose the page, beside the usual ones:
	// "name", "name*" or "name=value", whatever the case.
	DropParams []string
	// KeepParams names parameters of the usual ones that do choose the page here.
	KeepParams    []string
	TrailingSlash Slash
}

// Decision is an address as a source's rules see it.
type Decision struct {
	// URL is the canonical form, also of a refused address as far as it has one without personal data.
	URL     string
	Refusal Refusal
	// Detail names the rule that refused, for explain.
	Detail string
	// Dropped lists the parameters that were left out, as they stood.
	Dropped []string
}

// Canonical resolves raw against base (may be empty) and returns its one form, or why it is refused.
// A canonical address is its own canonical form.
func (r *Rules) Canonical(raw, base string) (url string, refusal Refusal) {
	d := r.Decide(raw, base)
	return d.URL, d.Refusal
}

// Decide is Canonical with its reasons.
func (r *Rules) Decide(raw, base string) Decision {
	href, err := Parse(raw, base)
	if err != nil {
		return Decision{Refusal: refusalOf(err), Detail: err.Error()}
	}
	p := split(href)
	if p.user != "" {
		p.user = ""
		return Decision{URL: p.String(), Refusal: Credentials}
	}
	inScope := r.mapHost(&p)
	p.path = r.slash(cleanPath(p.path))
	var d Decision
	p.query, d.Dropped = r.cleanQuery(p.query)
	p.hasQuery = p.query != ""
	d.URL = p.String()
	d.Refusal, d.Detail = r.judge(p, inScope, len(d.URL))
	switch d.Refusal {
	case PersonalData:
		d.URL = Redact(d.URL)
	case TooLong:
		d.URL = ""
	}
	return d
}

func refusalOf(err error) Refusal {
	switch {
	case errors.Is(err, ErrScheme):
		return Scheme
	case errors.Is(err, ErrTooLong):
		return TooLong
	}
	return Unparsable
}

// judge decides on an address in canonical form. The order puts what is true of any address before
// what is only this source's choice.
func (r *Rules) judge(p pieces, inScope bool, length int) (Refusal, string) {
	if length > MaxURL {
		return TooLong, fmt.Sprintf("%d bytes, at most %d", length, MaxURL)
	}
	if why := personal(p); why != "" {
		return PersonalData, why
	}
	if !inScope {
		return OutOfScope, p.host
	}
	if why := repeats(p.path); why != "" {
		return Trap, why
	}
	if prefix, ok := firstPrefix(r.Exclude, p); ok {
		return Excluded, prefix
	}
	if len(r.Include) == 0 {
		return "", ""
	}
	if _, ok := firstPrefix(r.Include, p); !ok {
		return NotIncluded, decode(p.path)
	}
	return "", ""
}

// mapHost rewrites an alias to the main host and reports whether the host is the source's at all.
func (r *Rules) mapHost(p *pieces) bool {
	p.host = strings.TrimSuffix(p.host, ".")
	if len(r.Hosts) == 0 {
		r.mapScheme(p, "")
		return true
	}
	for _, entry := range r.Hosts {
		host, port := hostPort(entry)
		if bare(host) != bare(p.host) || port != "" && port != p.portOrDefault() {
			continue
		}
		var mainPort string
		p.host, mainPort = hostPort(r.Hosts[0])
		r.mapScheme(p, mainPort)
		return true
	}
	return false
}

// mapScheme lets the home's scheme and port win over a twin at the default port; an address with its
// own port keeps both, since nothing says that http is spoken where https is.
func (r *Rules) mapScheme(p *pieces, mainPort string) {
	if p.port != "" {
		return
	}
	if r.Scheme != "" {
		p.scheme = r.Scheme
	}
	if mainPort != defaultPort(p.scheme) {
		p.port = mainPort
	}
}

func (p pieces) portOrDefault() string {
	if p.port != "" {
		return p.port
	}
	return defaultPort(p.scheme)
}

func defaultPort(scheme string) string {
	if scheme == "https" {
		return "443"
	}
	return "80"
}

func bare(host string) string { return strings.TrimPrefix(host, "www.") }

// hostPort reads an entry of Hosts. Entries that Check has rewritten cost no parsing.
func hostPort(entry string) (host, port string) {
	if plainHost(entry) {
		return entry, ""
	}
	if !strings.Contains(entry, "://") {
		entry = "http://" + entry
	}
	href, err := Parse(entry, "")
	if err != nil {
		return "", ""
	}
	p := split(href)
	return strings.TrimSuffix(p.host, "."), p.port
}

// Check reports the first mistake in the rules and rewrites Hosts to their ASCII form, which makes
// Canonical quicker. Call it once, before the rules are shared.
func (r *Rules) Check() error {
	for i, entry := range r.Hosts {
		host, port := hostPort(entry)
		if host == "" {
			return fmt.Errorf("host %q: %w", entry, ErrSyntax)
		}
		if port != "" {
			host += ":" + port
		}
		r.Hosts[i] = host
	}
	switch r.Scheme {
	case "", "http", "https":
	default:
		return fmt.Errorf("scheme %q: %w", r.Scheme, ErrScheme)
	}
	switch r.TrailingSlash {
	case KeepSlash, AddSlash, StripSlash:
	default:
		return fmt.Errorf("trailing slash %q: neither add nor strip", r.TrailingSlash)
	}
	for _, prefix := range append(append([]string(nil), r.Include...), r.Exclude...) {
		if !strings.HasPrefix(prefix, "/") && !strings.HasPrefix(prefix, "?") {
			return fmt.Errorf("prefix %q: starts with neither / nor ?", prefix)
		}
	}
	return nil
}

// firstPrefix returns the first of the prefixes that covers the address.
func firstPrefix(prefixes []string, p pieces) (string, bool) {
	if len(prefixes) == 0 {
		return "", false
	}
	path := decode(p.path)
	for _, prefix := range prefixes {
		if covers(prefix, path, p.query) {
			return prefix, true
		}
	}
	return "", false
}

func covers(prefix, path, query string) bool {
	pathPrefix, queryPrefix, hasQuery := strings.Cut(prefix, "?")
	if !hasQuery {
		prefix = decode(prefix)
		// The front page of a section is part of it, with or without its slash.
		return strings.HasPrefix(path, prefix) || strings.HasSuffix(prefix, "/") && path == prefix[:len(prefix)-1]
	}
	queryPrefix = decode(queryPrefix)
	if pathPrefix != "" {
		return decode(pathPrefix) == path && query != "" && strings.HasPrefix(decode(query), queryPrefix)
	}
	for query != "" {
		var param string
		param, query, _ = strings.Cut(query, "&")
		if strings.HasPrefix(decode(param), queryPrefix) {
			return true
		}
	}
	return false
}
