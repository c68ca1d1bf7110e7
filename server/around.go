package server

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net/http"
	"regexp"
	"runtime/debug"
	"strings"
	"time"

	"smaabornsviden/index/query"
	"smaabornsviden/server/api"
	"smaabornsviden/server/page"
	"smaabornsviden/server/tongue"
)

type requestIDKey struct{}

// identify gives each request an id of our own making: 8 random bytes, so that two of a million requests share
// one with odds below 1 in 10^7. What the client sends is not trusted, since it ends up in the log.
func identify(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var b [8]byte
		rand.Read(b[:]) // never fails, see crypto/rand
		id := hex.EncodeToString(b[:])
		w.Header().Set("X-Request-Id", id)
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), requestIDKey{}, id)))
	})
}

func requestID(r *http.Request) string {
	id, _ := r.Context().Value(requestIDKey{}).(string)
	return id
}

// accessLog notes every request: for people in the log, for Prometheus as figures.
type accessLog struct {
	log     *slog.Logger
	now     func() time.Time
	metrics *metrics
}

// logAccess writes one line per request: no query, no address, no user agent. A path that holds something like
// a CPR number is left out too.
func (a *accessLog) logAccess(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := a.now()
		seen := &watcher{ResponseWriter: w}
		defer func() {
			a.metrics.add(r, seen.code(), a.now().Sub(start))
			a.log.LogAttrs(r.Context(), slog.LevelInfo, "request",
				slog.String("id", requestID(r)),
				slog.String("method", loggedMethod(r.Method)),
				slog.String("path", loggedPath(r.URL.Path)),
				slog.Int("status", seen.code()),
				slog.Int("bytes", seen.bytes),
				slog.Duration("took", a.now().Sub(start)),
			)
		}()
		next.ServeHTTP(seen, r)
	})
}

func loggedMethod(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodOptions, http.MethodPatch:
		return method
	}
	return "other"
}

const longestLoggedPath = 200 // characters; our own paths are far shorter

func loggedPath(path string) string {
	if query.LooksLikeCPR(path) {
		return "(withheld)"
	}
	if len(path) > longestLoggedPath {
		return strings.ToValidUTF8(path[:longestLoggedPath], "") + "…"
	}
	return path
}

// watcher remembers what went through a ResponseWriter.
type watcher struct {
	http.ResponseWriter
	status int
	bytes  int
}

func (w *watcher) WriteHeader(status int) {
	if w.status == 0 && status >= 200 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *watcher) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	n, err := w.ResponseWriter.Write(b)
	w.bytes += n
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (w *watcher) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w *watcher) code() int {
	if w.status == 0 {
		return http.StatusOK
	}
	return w.status
}

// recoverPanics turns a panic into an error page, or cuts the connection when the answer has begun. The
// value of a panic may hold the reader's words, so its type and the stack are logged instead.
func (re *replies) recoverPanics(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen := &watcher{ResponseWriter: w}
		defer func() {
			p := recover()
			if p == nil {
				return
			}
			if p == http.ErrAbortHandler {
				panic(p)
			}
			re.log.Error("panic", "id", requestID(r), "path", loggedPath(r.URL.Path), "type", fmt.Sprintf("%T", p), "stack", string(debug.Stack()))
			if seen.status != 0 {
				panic(http.ErrAbortHandler)
			}
			w.Header().Del("Content-Encoding")
			re.fail(w, r, failBroken)
		}()
		next.ServeHTTP(seen, r)
	})
}

// contentPolicy allows what the pages use: our stylesheet, our icon, our form, and our one script with what it asks.
const contentPolicy = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

func secureHeaders(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", contentPolicy)
		// Sources may see that a reader came from here, never what was searched for.
		h.Set("Referrer-Policy", "strict-origin")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		next.ServeHTTP(w, r)
	})
}

// limitTime ends the context of a request after the timeout; lists of all hits may take longer. Handlers map that to
// their own answer; chi's Timeout would write a bare 504 after them.
func limitTime(most time.Duration) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			timeout := most
			if readsAll(r) {
				timeout = exportLimit
				// Not every writer knows deadlines; the server's own holds then.
				_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(exportLimit + writeTimeout))
			}
			ctx, cancel := context.WithTimeout(r.Context(), timeout)
			defer cancel()
			next.ServeHTTP(w, r.WithContext(ctx))
		})
	}
}

// readsAll reports whether a request reads every hit of a search.
func readsAll(r *http.Request) bool {
	_, path := tongue.Of(r.URL.Path)
	switch {
	case path == api.ExportPath, path == api.ProtocolPath, path == page.ProtocolPath:
		return true
	case strings.HasPrefix(path, api.ProtocolPath+"/"):
		return strings.HasSuffix(path, "/compare")
	}
	return strings.HasPrefix(path, page.ProtocolPath+"/") && strings.HasSuffix(path, "/sammenlign")
}

// withoutAddresses drops network addresses from what net/http itself logs.
type withoutAddresses struct{ slog.Handler }

var networkAddress = regexp.MustCompile(`(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-fA-F:.%a-z]+\])(?::\d+)?`)

func (h withoutAddresses) Handle(ctx context.Context, rec slog.Record) error {
	rec.Message = networkAddress.ReplaceAllString(rec.Message, "(address)")
	return h.Handler.Handle(ctx, rec)
}
