package fetch

import (
	"context"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"smaabornsviden/crawler/canonical"
)

// MaxRetryAfter is the longest Retry-After that is believed; beyond it lie typing errors and overflows.
const MaxRetryAfter = 30 * 24 * time.Hour

const defaultAccept = "text/html,application/xhtml+xml,application/pdf;q=0.9,application/xml;q=0.9,*/*;q=0.8"

// newRequest puts a WHATWG address on the wire as it stands. net/url would refuse or rewrite some of the
// characters that the standard leaves alone, so path and query pass it by.
func (c *Client) newRequest(ctx context.Context, address string, req Request) (*http.Request, error) {
	scheme, rest, _ := strings.Cut(address, "://")
	slash := strings.IndexByte(rest, '/')
	host, target := rest[:slash], rest[slash:]
	if strings.Contains(host, "@") {
		return nil, fmt.Errorf("%w: carries a user name", ErrURL)
	}
	path, query, _ := strings.Cut(target, "?")
	u := &url.URL{Scheme: scheme, Host: host, Opaque: path, RawQuery: query}
	u.ForceQuery = strings.HasSuffix(target, "?") && query == ""
	// An opaque part that starts with two slashes would be sent as another host's address.
	if strings.HasPrefix(path, "//") {
		u.Opaque, u.RawPath = "", path
		unescaped, err := url.PathUnescape(path)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrURL, err)
		}
		u.Path = unescaped
	}
	hreq := (&http.Request{Method: http.MethodGet, URL: u, Host: host, Header: c.header(req)}).WithContext(ctx)
	return hreq, nil
}

func (c *Client) header(req Request) http.Header {
	accept := defaultAccept
	if req.Accept != "" {
		accept = req.Accept
	}
	h := http.Header{
		"User-Agent":      {c.o.UserAgent},
		"Accept":          {accept},
		"Accept-Language": {"da, nb;q=0.8, sv;q=0.7, en;q=0.6, *;q=0.5"},
		"Accept-Encoding": {"gzip, br, deflate"},
	}
	if req.ETag != "" {
		h.Set("If-None-Match", req.ETag)
	}
	if req.LastModified != "" {
		h.Set("If-Modified-Since", req.LastModified)
	}
	return h
}

// readHead takes from the answer's header what the page keeps.
func (c *Client) readHead(resp *http.Response, page *Page) {
	h := resp.Header
	h.Del("Set-Cookie")
	page.Status = resp.StatusCode
	page.Header = h
	page.ContentType = h.Get("Content-Type")
	page.ETag, page.LastModified = h.Get("ETag"), h.Get("Last-Modified")
	page.NotModified = resp.StatusCode == http.StatusNotModified
	page.RetryAfter = retryAfter(h.Get("Retry-After"), c.o.Now())
}

// checkStatus refuses the statuses that answer another question than the one asked.
func checkStatus(page *Page, req Request) error {
	switch {
	case page.NotModified && req.ETag == "" && req.LastModified == "":
		return fmt.Errorf("%w: 304 to a request without condition", ErrProtocol)
	case page.Status == http.StatusPartialContent:
		return fmt.Errorf("%w: 206 to a request for the whole", ErrTruncated)
	}
	return nil
}

// readLocation resolves where a redirect leads.
func readLocation(page *Page) error {
	switch page.Status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther,
		http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
	default:
		return nil
	}
	location := page.Header.Get("Location")
	if location == "" {
		return fmt.Errorf("%w: %d without Location", ErrRedirect, page.Status)
	}
	to, err := canonical.Parse(location, page.URL)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrRedirect, err)
	}
	page.Location = to
	return nil
}

// retryAfter reads the header's two forms, seconds and a date; anything else is 0.
func retryAfter(value string, now time.Time) time.Duration {
	value = strings.TrimSpace(value)
	seconds, err := strconv.ParseUint(value, 10, 64)
	if err == nil || errors.Is(err, strconv.ErrRange) {
		return time.Duration(min(seconds, uint64(MaxRetryAfter/time.Second))) * time.Second
	}
	date, err := http.ParseTime(value)
	if err != nil {
		return 0
	}
	return max(0, min(date.Sub(now), MaxRetryAfter))
}

// MediaType returns the type of the page without parameters, in lower case; "" when the server names none
// that can be read.
func (p *Page) MediaType() string { return mediaType(p.ContentType) }

func mediaType(contentType string) string {
	// Servers send parameters that are no tokens; the type before them still holds.
	kind, _, _ := strings.Cut(contentType, ";")
	parsed, _, err := mime.ParseMediaType(kind)
	if err != nil {
		return ""
	}
	return parsed
}
