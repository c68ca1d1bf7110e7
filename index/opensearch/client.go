package opensearch

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// How long requests are tried. Every request that we send may be sent again: searches change nothing, and
// writes carry versions.
const (
	readPatience  = 4 * time.Second  // a dead node is passed over within 3, and a reader is told before the server's own limit of 5
	writePatience = 60 * time.Second // a full queue drains, a shard is promoted
	dialTimeout   = time.Second
	attemptLimit  = 30 * time.Second // of one answer to a read; a merge may take as long as its context lets it
	downFor       = 5 * time.Second  // a node that failed is asked last for so long
	firstPause    = 25 * time.Millisecond
	longestPause  = 2 * time.Second
	maxAnswer     = 512 << 20 // bytes; a hundred hits with the longest bodies stay far below
)

// client sends requests to whichever node answers.
type client struct {
	http     *http.Client
	header   http.Header
	user     *url.Userinfo
	patience time.Duration // for reads
	now      func() time.Time

	asking chan struct{} // holds a token while somebody asks which nodes hang

	mu     sync.Mutex // guards the fields below, and those of the nodes
	nodes  []*node
	next   int
	out    outage
	roster roster
}

type node struct {
	base   string
	down   time.Time // until when it is asked last
	silent bool      // it gave no answer when it was asked last
}

// request is one call of the cluster's interface.
type request struct {
	method string
	path   string // from the root, escaped
	query  url.Values
	body   any           // marshalled, or sent as it is when it is []byte
	lines  bool          // the body is a line for each part
	write  bool          // may wait longer for its turn
	once   bool          // a missing index is an answer, not a moment between two generations
	limit  time.Duration // of one attempt; 0 means attemptLimit
}

func newClient(o *Options) (*client, error) {
	c := &client{header: http.Header{}, patience: o.Patience, now: time.Now, asking: make(chan struct{}, 1)}
	if c.patience <= 0 {
		c.patience = readPatience
	}
	for _, raw := range o.URLs {
		u, err := url.Parse(strings.TrimSpace(raw))
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			return nil, fmt.Errorf("OpenSearch URL %q: want http:// or https:// and a host", raw)
		}
		if u.User != nil {
			return nil, fmt.Errorf("OpenSearch URL of host %s: give user and password apart from the URL", u.Host)
		}
		c.nodes = append(c.nodes, &node{base: strings.TrimSuffix(u.String(), "/")})
	}
	if len(c.nodes) == 0 {
		return nil, errors.New("no OpenSearch URL given")
	}
	if o.User != "" {
		c.user = url.UserPassword(o.User, o.Password)
	} else if o.Token != "" {
		c.header.Set("Authorization", "Bearer "+o.Token)
	}
	transport := &http.Transport{
		DialContext:         (&net.Dialer{Timeout: dialTimeout, KeepAlive: 15 * time.Second}).DialContext,
		TLSHandshakeTimeout: 5 * time.Second,
		MaxIdleConnsPerHost: 32,
		IdleConnTimeout:     time.Minute,
		ForceAttemptHTTP2:   true,
	}
	if len(o.CA) > 0 {
		pool := x509.NewCertPool()
		if !pool.AppendCertsFromPEM(o.CA) {
			return nil, fmt.Errorf("%w: the CA file holds no certificate in PEM form", ErrTLS)
		}
		transport.TLSClientConfig = &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
	}
	// A redirect turns what is posted into something else, and may lead to where the password must not go.
	c.http = &http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return c, nil
}

// do sends a request until a node answers, the patience ends or trying again is of no use, and decodes the
// answer into out unless that is nil.
func (c *client) do(ctx context.Context, r request, out any) error {
	body, err := r.encode()
	if err != nil {
		return err
	}
	patience, longest := c.patience, probePause
	if r.write {
		patience, longest = max(patience, writePatience), longestPause
	} else if err := c.admit(ctx); err != nil {
		return fmt.Errorf("%s %s: %w", r.method, r.path, err)
	}
	deadline := time.Now().Add(patience)
	var last error
	for pause := firstPause; ; pause = min(2*pause, longest) {
		answer, err := c.try(ctx, &r, body)
		if err == nil {
			return decode(answer, out)
		}
		if ctx.Err() != nil {
			return c.ended(ctx, last)
		}
		last = err
		if !passes(err) || r.once && errors.Is(err, ErrMissing) || time.Now().Add(pause).After(deadline) || !r.write && c.stillOut() {
			return fmt.Errorf("%s %s: %w", r.method, r.path, err)
		}
		if sleep(ctx, pause) != nil {
			return c.ended(ctx, last)
		}
	}
}

// ended is the error of a context that ended, with what was wrong with the cluster until then.
func (c *client) ended(ctx context.Context, last error) error {
	if last == nil {
		last = c.trouble() // this request may have had no time to find out
	}
	if last == nil {
		return ctx.Err()
	}
	return fmt.Errorf("%w: %w", ctx.Err(), last)
}

// passes reports whether the same request may succeed later.
func passes(err error) bool {
	var answered *responseError
	if errors.As(err, &answered) {
		return answered.passing()
	}
	return errors.Is(err, ErrUnreachable)
}

func (r *request) encode() ([]byte, error) {
	switch b := r.body.(type) {
	case nil:
		return nil, nil
	case []byte:
		return b, nil
	}
	body, err := json.Marshal(r.body)
	if err != nil {
		return nil, fmt.Errorf("encode %s %s: %w", r.method, r.path, err)
	}
	return body, nil
}

// errAnswer: what answers speaks another language.
var errAnswer = errors.New("the answer is not one of OpenSearch")

func decode(answer []byte, out any) error {
	if out == nil {
		return nil
	}
	if err := json.Unmarshal(answer, out); err != nil {
		return fmt.Errorf("%w: %w", errAnswer, err)
	}
	return nil
}

// attempt asks one node. A node that cannot be asked, or hangs, is put last, so that the next attempt goes elsewhere.
func (c *client) attempt(ctx context.Context, r *request, body []byte) ([]byte, error) {
	limit := r.limit
	if limit <= 0 {
		limit = attemptLimit
	}
	limited, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	limited, giveUp := context.WithCancelCause(limited)
	defer giveUp(nil)
	n := c.pick()
	req, err := http.NewRequestWithContext(limited, r.method, n.base+r.path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	c.dress(req, r)
	go c.watch(limited, n, r.write, giveUp)
	answer, err := c.send(req)
	var answered *responseError
	switch {
	case err == nil:
		c.answered(n)
		return answer, nil
	case errors.As(err, &answered):
		if answered.Unwrap() == ErrUnreachable {
			c.failed(n, err)
		} else {
			c.answered(n)
		}
		return nil, err
	case ctx.Err() != nil:
		return nil, ctx.Err() // it was not the node's fault
	case isTLS(err):
		return nil, fmt.Errorf("%w: %w", ErrTLS, err)
	}
	if cause := context.Cause(limited); errors.Is(cause, ErrUnreachable) {
		return nil, cause // it hangs, and is known to
	}
	err = fmt.Errorf("%w: %w", ErrUnreachable, err)
	c.failed(n, err)
	return nil, err
}

func (c *client) dress(req *http.Request, r *request) {
	req.URL.RawQuery = r.query.Encode()
	for name, values := range c.header {
		req.Header[name] = values
	}
	if c.user != nil {
		password, _ := c.user.Password()
		req.SetBasicAuth(c.user.Username(), password)
	}
	if r.lines {
		req.Header.Set("Content-Type", "application/x-ndjson")
	} else if r.body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
}

func (c *client) send(req *http.Request) ([]byte, error) {
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil {
		return nil, err
	}
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		e := readError(resp.StatusCode, answer)
		if to := resp.Header.Get("Location"); to != "" {
			e.reason = to
		}
		return nil, e
	}
	return answer, nil
}

// pick takes nodes in turn, those that failed lately only when there are no others.
func (c *client) pick() *node {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.now()
	for range c.nodes {
		n := c.nodes[c.next%len(c.nodes)]
		c.next++
		if !n.down.After(now) {
			return n
		}
	}
	n := c.nodes[c.next%len(c.nodes)]
	c.next++
	return n
}

func (c *client) close() { c.http.CloseIdleConnections() }

// sleep waits about d, at most a quarter shorter or longer, so that many who wait do not come back together.
func sleep(ctx context.Context, d time.Duration) error {
	d += time.Duration((rand.Float64() - .5) / 2 * float64(d))
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// status is the HTTP status that an error came with, 0 when there was none.
func status(err error) int {
	var answered *responseError
	if errors.As(err, &answered) {
		return answered.status
	}
	return 0
}
