package fetch

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"time"
)

// Exchange is one request as it was sent and its answer as it came, for an archive. Each hop of a chain of redirects is
// one; a request that got no header back is none.
type Exchange struct {
	URL     string
	Target  string // path and query of the request line
	Host    string
	Request http.Header
	Status  int
	Header  http.Header // without cookies
	// Wire is the body as far as it was read, still packed if the server packed it; Body is what was read out of it.
	Wire, Body []byte
	// Truncated is why Wire ends early, in the words of WARC: length, time or disconnect; "" when it is whole.
	Truncated   string
	NotModified bool
	IP          string // that answered
	Start       time.Time
}

// tap notes what is read of a body on the wire.
type tap struct {
	body  io.ReadCloser
	wire  bytes.Buffer
	whole bool
	err   error
}

func newTap(resp *http.Response) *tap {
	t := &tap{body: resp.Body, whole: resp.ContentLength == 0}
	resp.Body = t
	return t
}

// Read reads on and keeps a copy.
func (t *tap) Read(p []byte) (int, error) {
	n, err := t.body.Read(p)
	t.wire.Write(p[:n])
	switch {
	case err == io.EOF:
		t.whole = true
	case err != nil:
		t.err = err
	}
	return n, err
}

// Close closes the body.
func (t *tap) Close() error { return t.body.Close() }

// exchange tells what came, once the page is read or its reading has failed.
func (t *tap) exchange(sent *http.Request, resp *http.Response, page *Page, start time.Time) Exchange {
	e := Exchange{
		URL: page.URL, Target: sent.URL.RequestURI(), Host: sent.Host, Request: sent.Header, Start: start,
		Status: page.Status, Header: page.Header, Wire: t.wire.Bytes(), Body: page.Body, NotModified: page.NotModified,
	}
	if host, _, err := net.SplitHostPort(page.Addr); err == nil {
		e.IP = host
	}
	known := resp.ContentLength > 0 && int64(t.wire.Len()) == resp.ContentLength
	switch {
	case t.whole, known, page.NotModified:
	case isTimeout(t.err):
		e.Truncated = "time"
	case t.err != nil:
		e.Truncated = "disconnect"
	default:
		e.Truncated = "length"
	}
	return e
}
