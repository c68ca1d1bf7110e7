package server

import (
	"crypto/rand"
	"crypto/sha256"
	"math"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"smaabornsviden/server/answer"
	"smaabornsviden/server/api"
	"smaabornsviden/server/page"
	"smaabornsviden/server/tongue"
)

// Bounds of what is remembered about askers.
const (
	limitWindow  = time.Minute
	limitBurst   = 4       // a fourth of a minute's searches may come at once
	mostAskers   = 100_000 // some 15 MB; beyond it all are forgotten at once
	forgetEvery  = 10 * time.Minute
	saltBytes    = 16
	maskedPrefix = 64 // one home has many IPv6 addresses of one such prefix
)

// limits counts the searches of each asker, under a hash that cannot be led back to an address: its salt lives as
// long as this process and is forgotten with it.
type limits struct {
	perMinute int
	asker     func(*http.Request) string
	now       func() time.Time
	salt      [saltBytes]byte

	mu     sync.Mutex // guards what follows
	askers map[[8]byte]*rate.Limiter
	swept  time.Time
}

// newLimits is nil for no limit.
func newLimits(perMinute int, asker func(*http.Request) string, now func() time.Time) *limits {
	if perMinute <= 0 {
		return nil
	}
	l := &limits{perMinute: perMinute, asker: asker, now: now, askers: map[[8]byte]*rate.Limiter{}, swept: now()}
	if l.asker == nil {
		l.asker = connection
	}
	rand.Read(l.salt[:]) // never fails, see crypto/rand
	return l
}

// connection is the address that a request came from; empty for a socket in the file system.
func connection(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return ""
	}
	addr, err := netip.ParseAddr(host)
	if err != nil || !addr.Unmap().Is6() {
		return host
	}
	prefix, _ := addr.WithZone("").Prefix(maskedPrefix) // in range for every IPv6 address
	return prefix.String()
}

func (l *limits) burst() int { return max(1, l.perMinute/limitBurst) }

// take counts one search and tells how many are left at once, and for how long to wait when it is too many.
func (l *limits) take(asker string) (left int, wait time.Duration) {
	now := l.now()
	sum := sha256.Sum256(append(l.salt[:], asker...))
	key := [8]byte(sum[:8])
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.askers) >= mostAskers || now.Sub(l.swept) > forgetEvery {
		l.forget(now)
	}
	limiter := l.askers[key]
	if limiter == nil {
		limiter = rate.NewLimiter(rate.Every(limitWindow/time.Duration(l.perMinute)), l.burst())
		l.askers[key] = limiter
	}
	if !limiter.AllowN(now, 1) {
		missing := 1 - limiter.TokensAt(now)
		return 0, time.Duration(missing * float64(limitWindow) / float64(l.perMinute))
	}
	return int(limiter.TokensAt(now)), 0
}

// forget drops askers who could send a full burst again, and all of them when that leaves too many.
func (l *limits) forget(now time.Time) {
	l.swept = now
	for key, limiter := range l.askers {
		if limiter.TokensAt(now) >= float64(l.burst()) {
			delete(l.askers, key)
		}
	}
	if len(l.askers) >= mostAskers {
		clear(l.askers)
	}
}

// counted is what a request counts as: pages that a reader opens and what programs ask for, suggestions while typing among
// them, are counted apart, so that a program, or a class of pupils who type, uses up nobody's searches.
func counted(r *http.Request) string {
	if _, path := tongue.Of(r.URL.Path); path == page.SearchPath || strings.HasPrefix(path, page.ListPath) {
		return "page "
	}
	return "program "
}

// gate counts the searches of askers and turns away who sends too many.
type gate struct {
	reply  *replies
	limits *limits // nil for none
}

// limitAskers refuses an asker's searches beyond the limit and tells every asker what is left.
func (g *gate) limitAskers(next http.Handler) http.Handler {
	if g.limits == nil {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asker := g.limits.asker(r)
		if asker == "" {
			next.ServeHTTP(w, r)
			return
		}
		left, wait := g.limits.take(counted(r) + asker)
		seconds := int(math.Ceil(wait.Seconds()))
		h := w.Header()
		// Beside those that every open answer names: where there is no limit, none is named.
		h.Add("Access-Control-Expose-Headers", "RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, RateLimit-Policy")
		h.Set("RateLimit-Limit", strconv.Itoa(g.limits.burst()))
		h.Set("RateLimit-Remaining", strconv.Itoa(left))
		h.Set("RateLimit-Reset", strconv.Itoa(g.limits.reset(left)))
		h.Set("RateLimit-Policy", strconv.Itoa(g.limits.perMinute)+";w=60;burst="+strconv.Itoa(g.limits.burst()))
		if wait > 0 {
			h.Set("Retry-After", strconv.Itoa(max(1, seconds)))
			g.refuseSearch(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// refuseSearch keeps what a reader typed in the field of the page.
func (g *gate) refuseSearch(w http.ResponseWriter, r *http.Request) {
	if api.Owns(r.URL.Path) {
		g.reply.writeProblem(w, r, api.TooMany, nil)
		return
	}
	q, _, _ := answer.Parse(mendedQuery(r.URL.RawQuery), answer.PageParams, nil) // empty when it looks like a CPR number
	g.reply.writeMessage(w, r, page.Message{State: page.TooMany, Text: q.AsTyped()})
}

// reset is in how many seconds a full burst is there again.
func (l *limits) reset(left int) int {
	missing := float64(l.burst() - left)
	return int(math.Ceil(missing * limitWindow.Seconds() / float64(l.perMinute)))
}
