// Package canonical gives every address one form and says which addresses a source covers.
package canonical

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/nlnwa/whatwg-url/url"
	"golang.org/x/text/encoding/charmap"
)

// MaxRaw is the longest text in bytes that is parsed as an address at all. Pages carry pictures of
// several megabytes as data: addresses, and the parser's work grows with every character.
const MaxRaw = 64 << 10

// maxHost is the longest host in bytes that can exist: a name of the DNS has at most 255 octets (RFC 1035, 2.3.4).
// The URL standard sets no limit, and a longer one may come out of IDNA in a form that IDNA itself refuses.
const maxHost = 255

// Errors of Parse that callers decide on.
var (
	// ErrScheme: the address has a scheme that is never fetched (mailto, javascript, file, data ...).
	ErrScheme = errors.New("scheme is not http or https")
	// ErrSyntax: the text is no address by the WHATWG URL standard.
	ErrSyntax = errors.New("not an address")
	// ErrTooLong: the text is longer than MaxRaw bytes.
	ErrTooLong = errors.New("address too long")
)

// Parse resolves raw against base as a browser does (WHATWG URL standard) and returns the address
// without its fragment. base may be empty when raw is absolute. Errors: ErrScheme, ErrSyntax, ErrTooLong.
func Parse(raw, base string) (string, error) {
	if base == "" {
		return parse(raw, nil)
	}
	b, err := NewBase(base)
	if err != nil {
		return withoutBase(raw, base, err)
	}
	return parse(raw, b)
}

// withoutBase lets an absolute address pass although its base is of no use (about:blank, a file).
func withoutBase(raw, base string, cause error) (string, error) {
	h, err := parse(raw, nil)
	if err != nil {
		return "", fmt.Errorf("base %s: %w", clip(base), cause)
	}
	return h, nil
}

// Href is Parse with the fragment kept: exactly the WHATWG serialisation of an http(s) address.
func Href(raw, base string) (string, error) {
	if base == "" {
		return full(raw, nil)
	}
	b, err := NewBase(base)
	if err != nil {
		return full(raw, nil)
	}
	return full(raw, b)
}

// Form is the WHATWG serialisation of any address, whatever its scheme and that of its base: what the standard says, for
// who wants to see that alone. Errors: ErrSyntax, ErrTooLong.
func Form(raw, base string) (string, error) {
	if len(raw) > MaxRaw {
		return "", fmt.Errorf("%w: %d bytes: %s", ErrTooLong, len(raw), clip(raw))
	}
	u, err := formOf(asUTF8(raw), base)
	if err != nil {
		return "", fmt.Errorf("%w: %s: %w", ErrSyntax, clip(raw), err)
	}
	return u.Href(false), nil
}

func formOf(raw, base string) (*url.Url, error) {
	if base == "" {
		return url.Parse(raw)
	}
	return url.ParseRef(asUTF8(base), raw)
}

// Base is a parsed base address, for resolving the many links of one page. Use from any goroutine.
type Base struct {
	href string // WHATWG form without fragment
	pieces
	slow *url.Url
}

// NewBase parses an absolute http(s) address as a base.
func NewBase(raw string) (*Base, error) {
	h, err := parse(raw, nil)
	if err != nil {
		return nil, err
	}
	slow, err := url.Parse(h)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrSyntax, err)
	}
	return &Base{href: h, pieces: split(h), slow: slow}, nil
}

// String returns the base in WHATWG form, without fragment.
func (b *Base) String() string { return b.href }

// Parse is the package's Parse against this base.
func (b *Base) Parse(raw string) (string, error) { return parse(raw, b) }

func parse(raw string, base *Base) (string, error) {
	if h, ok := quick(raw, base); ok {
		return h, nil
	}
	h, err := full(raw, base)
	if err != nil {
		return "", err
	}
	h, _, _ = strings.Cut(h, "#")
	return h, nil
}

// full asks the complete parser and keeps the fragment.
func full(raw string, base *Base) (string, error) {
	if len(raw) > MaxRaw {
		return "", fmt.Errorf("%w: %d bytes: %s", ErrTooLong, len(raw), clip(raw))
	}
	u, err := slow(asUTF8(raw), base)
	if err != nil {
		return "", fmt.Errorf("%w: %s: %w", ErrSyntax, clip(raw), err)
	}
	if s := u.Scheme(); s != "http" && s != "https" {
		return "", fmt.Errorf("%w: %s", ErrScheme, clip(s))
	}
	if len(u.Hostname()) > maxHost {
		return "", fmt.Errorf("%w: %s: a host of %d bytes cannot exist", ErrSyntax, clip(raw), len(u.Hostname()))
	}
	return u.Href(false), nil
}

func slow(raw string, base *Base) (*url.Url, error) {
	if base == nil {
		return url.Parse(raw)
	}
	return base.slow.Parse(raw)
}

// asUTF8 reads bytes that are no UTF-8 as windows-1252: the raw latin-1 that old servers send in
// Location headers and old pages in links.
func asUTF8(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for i := range len(s) {
		b.WriteRune(charmap.Windows1252.DecodeByte(s[i]))
	}
	return b.String()
}

// clip shortens foreign text for an error message.
func clip(s string) string {
	const most = 100
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}

// pieces are the parts of a WHATWG serialisation without fragment.
type pieces struct {
	scheme, user, host, port, path, query string
	hasQuery                              bool // tells "/a?" from "/a"
}

// split takes apart an address that Parse returned; it relies on that form: scheme, "://", authority
// and a path that starts with "/".
func split(href string) pieces {
	var p pieces
	var rest string
	p.scheme, rest, _ = strings.Cut(href, "://")
	slash := strings.IndexByte(rest, '/')
	if slash < 0 {
		slash = len(rest)
	}
	authority := rest[:slash]
	p.path, p.query, p.hasQuery = strings.Cut(rest[slash:], "?")
	if at := strings.LastIndexByte(authority, '@'); at >= 0 {
		p.user, authority = authority[:at], authority[at+1:]
	}
	p.host = authority
	// The colons of an IPv6 address stand inside brackets.
	if colon := strings.LastIndexByte(authority, ':'); colon > strings.LastIndexByte(authority, ']') {
		p.host, p.port = authority[:colon], authority[colon+1:]
	}
	return p
}

// String puts the parts together again.
func (p pieces) String() string {
	var b strings.Builder
	b.Grow(len(p.scheme) + len(p.user) + len(p.host) + len(p.port) + len(p.path) + len(p.query) + 6)
	b.WriteString(p.scheme)
	b.WriteString("://")
	if p.user != "" {
		b.WriteString(p.user)
		b.WriteByte('@')
	}
	b.WriteString(p.host)
	if p.port != "" {
		b.WriteByte(':')
		b.WriteString(p.port)
	}
	b.WriteString(p.path)
	if p.hasQuery {
		b.WriteByte('?')
		b.WriteString(p.query)
	}
	return b.String()
}
