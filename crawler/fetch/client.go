// Package fetch gets one page over HTTP within limits of time and size, and never from a private address.
package fetch

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/http"
	"net/http/httptrace"
	"time"

	"smaabornsviden/crawler/canonical"
)

// DefaultTimeout bounds one exchange.
const DefaultTimeout = 60 * time.Second

// Options are the limits of a Client. The zero value of a field takes the default named beside it.
type Options struct {
	// UserAgent is sent with every request; it should name a contact.
	UserAgent string
	// AllowLoopback lists the loopback addresses ("127.0.0.1:8081") that may be reached although the guard
	// refuses their kind. Anything in it that is no loopback address with a port lets nothing through.
	AllowLoopback []string
	// Dial replaces the network, so that invented hosts reach a listener of our own. The address that it
	// reached has to pass the guard like any other; a connection that does not is closed unused.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
	// RootCAs replaces the system's certificate authorities.
	RootCAs *x509.CertPool

	Timeout   time.Duration // one exchange, from dialling to the last byte; DefaultTimeout
	FirstByte time.Duration // from the request sent to the end of the answer's header; a third of Timeout
	// MaxBytes limits the decoded body of a page: 10 MiB. MaxFileBytes limits that of everything that is not
	// served as HTML (PDF, sitemaps): 50 MiB. Neither may the body on the wire be longer.
	MaxBytes, MaxFileBytes int64
	MaxHeaderBytes         int64            // 128 KiB
	MaxRedirects           int              // 5
	Now                    func() time.Time // time.Now
	// Record is called after every answer, from the goroutine that fetched it; nil: nobody listens. It may not change
	// what it is given.
	Record func(Exchange)
}

func (o Options) withDefaults() Options {
	setDefault(&o.UserAgent, "smaabornsviden")
	setDefault(&o.Timeout, DefaultTimeout)
	setDefault(&o.FirstByte, o.Timeout/3)
	setDefault(&o.MaxBytes, 10<<20)
	setDefault(&o.MaxFileBytes, 50<<20)
	setDefault(&o.MaxHeaderBytes, 128<<10)
	setDefault(&o.MaxRedirects, 5)
	if o.Now == nil {
		o.Now = time.Now
	}
	return o
}

func setDefault[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}

// Client fetches pages. It keeps no cookies, uses no proxy from the environment and holds at most one
// connection to a host. Use it from any goroutine.
type Client struct {
	o         Options
	transport *http.Transport
}

// New returns a Client; Close ends its idle connections.
func New(o Options) *Client {
	o = o.withDefaults()
	g := newGuard(o.AllowLoopback)
	dial := g.dialer().DialContext
	if o.Dial != nil {
		dial = g.check(o.Dial)
	}
	return &Client{o: o, transport: &http.Transport{
		Proxy:                  nil,
		DialContext:            dial,
		TLSClientConfig:        &tls.Config{RootCAs: o.RootCAs, MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    o.FirstByte,
		ResponseHeaderTimeout:  o.FirstByte,
		MaxResponseHeaderBytes: o.MaxHeaderBytes,
		// A last line of manners: whatever the caller does, a host sees one connection.
		MaxConnsPerHost:     1,
		MaxIdleConnsPerHost: 1,
		IdleConnTimeout:     30 * time.Second,
		ForceAttemptHTTP2:   true,
		// Bodies are decoded here, where their decoded size is limited.
		DisableCompression: true,
	}}
}

// Close ends the idle connections.
func (c *Client) Close() { c.transport.CloseIdleConnections() }

// Request asks for one page.
type Request struct {
	URL string
	// ETag and LastModified make the request conditional; they are sent to URL alone, not after a redirect.
	ETag, LastModified string
	// Allow is asked before each redirect is followed, with the absolute address it leads to, and may wait
	// there for the host's turn. ErrStay ends the fetch with the redirect as its page and no error; any
	// other error ends it with ErrRefused. Nil allows every hop that the guard lets pass.
	Allow func(url string) error
	// MaxBytes replaces the limits of Options for this body.
	MaxBytes int64
	// Prefix takes the first bytes up to the limit and sets Page.Cut where else ErrTooLarge would be
	// returned; robots.txt is read so.
	Prefix bool
	// Accept replaces the default Accept header.
	Accept string
}

// Redirect is one hop of a chain.
type Redirect struct {
	From, To string
	Status   int
}

// Page is an answer.
type Page struct {
	Requested string // the address as asked for
	URL       string // the address that answered, after redirects
	Redirects []Redirect
	// Location is where a redirect that was not followed leads; absolute.
	Location string
	Status   int
	Header   http.Header // without cookies
	// Body is decoded and at most as long as the limit; empty for a 304. After ErrTooLarge and ErrTruncated
	// it holds what came.
	Body        []byte
	Cut         bool // Body ends at the limit, by Request.Prefix or because it is an error page
	ContentType string
	NotModified bool
	Bytes       int64 // length of all bodies on the wire, redirects' included
	// RetryAfter is how long the server asks to be left alone; 0 when it does not, at most MaxRetryAfter.
	RetryAfter         time.Duration
	ETag, LastModified string
	Addr               string // address and port that answered
	Fetched            time.Time
	Duration           time.Duration // of all hops, without the time spent in Allow
}

// Fetch gets one page. It follows redirects that Request.Allow permits. A page with an error status is
// no error. With an error the Page holds what is known so far: the address that failed, the redirects,
// status and header when they came. Errors are those of this package (see Outcome), or the context's.
func (c *Client) Fetch(ctx context.Context, req Request) (Page, error) {
	page, err := c.follow(ctx, req)
	page.Requested = req.URL
	if err != nil {
		return page, fmt.Errorf("fetch %s: %w", canonical.Redact(page.URL), classify(ctx, err))
	}
	return page, nil
}

func (c *Client) follow(ctx context.Context, req Request) (Page, error) {
	url, err := canonical.Parse(req.URL, "")
	if err != nil {
		return Page{URL: req.URL}, err
	}
	var page Page
	chain := []string{url}
	start := c.o.Now()
	for {
		err = c.exchange(ctx, url, req, &page)
		page.Fetched = start
		if err != nil || page.Location == "" {
			return page, err
		}
		next := page.Location
		if err := c.mayFollow(req, chain, next); err != nil {
			return page, stay(err)
		}
		page = Page{
			Redirects: append(page.Redirects, Redirect{From: url, To: next, Status: page.Status}),
			Bytes:     page.Bytes,
			Duration:  page.Duration,
		}
		// Validators belong to the address that gave them.
		req.ETag, req.LastModified = "", ""
		url = next
		chain = append(chain, url)
	}
}

// mayFollow decides whether the chain goes on to next.
func (c *Client) mayFollow(req Request, chain []string, next string) error {
	for _, url := range chain {
		if url == next {
			return fmt.Errorf("%w: back to %s", ErrRedirectLoop, canonical.Redact(next))
		}
	}
	if len(chain) > c.o.MaxRedirects {
		return fmt.Errorf("%w: more than %d", ErrTooManyRedirects, c.o.MaxRedirects)
	}
	if req.Allow == nil {
		return nil
	}
	if err := req.Allow(next); err != nil {
		return fmt.Errorf("%w: %s: %w", ErrRefused, canonical.Redact(next), err)
	}
	return nil
}

// maxConnections bounds how often one request is sent again because its connection was dropped before the server took it up.
// net/http has no bound of its own for an HTTP/2 server that says GOAWAY each time, and made a thousand connections a second.
const maxConnections = 3

var errDropped = fmt.Errorf("%w: dropped %d times before the request was taken up", ErrConnect, maxConnections)

// exchange sends one request and reads its answer into page.
func (c *Client) exchange(ctx context.Context, url string, req Request, page *Page) error {
	start := c.o.Now()
	defer func() { page.Duration += c.o.Now().Sub(start) }()
	page.URL = url
	ctx, cancel := context.WithTimeout(ctx, c.o.Timeout)
	defer cancel()
	ctx, giveUp := context.WithCancelCause(ctx)
	defer giveUp(nil)
	connections := 0
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(info httptrace.GotConnInfo) {
			page.Addr = info.Conn.RemoteAddr().String()
			if connections++; connections > maxConnections {
				giveUp(errDropped)
			}
		},
	})
	hreq, err := c.newRequest(ctx, url, req)
	if err != nil {
		return err
	}
	// The transport, not an http.Client: no cookie jar, no Referer, no redirects of its own.
	resp, err := c.transport.RoundTrip(hreq)
	if context.Cause(ctx) == errDropped {
		return errDropped
	}
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if c.o.Record != nil {
		wire := newTap(resp)
		defer func() { c.o.Record(wire.exchange(hreq, resp, page, start)) }()
	}
	c.readHead(resp, page)
	if err := checkStatus(page, req); err != nil {
		return err
	}
	if err := readLocation(page); err != nil {
		return err
	}
	if page.Location != "" {
		drain(resp, page)
		return nil
	}
	return c.readBody(resp, req, page)
}
