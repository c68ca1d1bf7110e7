package server

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"

	"smaabornsviden/index"
	"smaabornsviden/server/pins"
)

// cacheAPI lets others keep an answer for a minute: it is the same for everyone, and the ETag tells when it is not the
// newest any more.
const cacheAPI = "public, max-age=60, stale-while-revalidate=300"

// state names the state of an index that an answer belongs to.
type state struct {
	generation string
	seq        uint64
}

// tags know which state of the index an answer belongs to, so that nobody is sent what he has.
type tags struct {
	engine  index.Engine
	pins    *pins.File // nil for none
	version Version
}

// tag marks an answer with the state that it was made of. The tag is weak, since compression changes the bytes.
func (t *tags) tag(w http.ResponseWriter, r *http.Request, st state) {
	w.Header().Set("ETag", t.etag(r, st))
	w.Header().Set("Cache-Control", cacheAPI)
}

// tagBefore is tag for answers that do not tell their state: it is called before the index is asked. When the index
// changes in between, the tag is too old, which costs one answer more and never hides a change.
func (t *tags) tagBefore(w http.ResponseWriter, r *http.Request) {
	if stats, err := t.engine.Stats(r.Context()); err == nil {
		t.tag(w, r, state{stats.Generation, stats.Seq})
	}
}

// etag is the same for the same question to the same program over the same state.
func (t *tags) etag(r *http.Request, st state) string {
	pinned := ""
	if t.pins != nil {
		pinned = t.pins.Stamp() // what editors lift changes without the index
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%s\n%d\n%s\n%s\n%s\n%s", pinned, st.generation, st.seq, t.version.Version, t.version.Revision, r.URL.Path, r.URL.Query().Encode()))
	return `W/"` + hex.EncodeToString(sum[:9]) + `"`
}

// unchanged answers 304 when the asker has what the index would give now, and reports whether it did.
func (t *tags) unchanged(w http.ResponseWriter, r *http.Request) bool {
	has := r.Header.Get("If-None-Match")
	if has == "" {
		return false
	}
	stats, err := t.engine.Stats(r.Context())
	if err != nil {
		return false // what follows meets the same fault and tells it
	}
	tag := t.etag(r, state{stats.Generation, stats.Seq})
	if !named(has, tag) {
		return false
	}
	notModified(w, tag)
	return true
}

// named reports whether an If-None-Match names a tag. Weak and strong are the same there.
func named(has, tag string) bool {
	for piece := range strings.SplitSeq(has, ",") {
		piece = strings.TrimSpace(piece)
		if piece == "*" || strings.TrimPrefix(piece, "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}

func notModified(w http.ResponseWriter, tag string) {
	w.Header().Set("ETag", tag)
	w.Header().Set("Cache-Control", cacheAPI)
	w.WriteHeader(http.StatusNotModified)
}

// openToOthers lets scripts on other sites read what follows. Nothing here depends on who asks, and no cookie exists.
func openToOthers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Access-Control-Allow-Origin", "*")
		h.Set("Access-Control-Expose-Headers", "ETag, Link, Retry-After, X-Request-Id, X-Total-Count, X-Reserved, X-Index-State")
		h.Set("Cross-Origin-Resource-Policy", "cross-origin")
		if r.Method == http.MethodOptions && r.Header.Get("Access-Control-Request-Method") != "" {
			h.Set("Access-Control-Allow-Methods", "GET, HEAD")
			h.Set("Access-Control-Allow-Headers", "Accept, Accept-Language, If-None-Match")
			h.Set("Access-Control-Max-Age", "86400")
			w.WriteHeader(http.StatusNoContent)
			return
		}
		next.ServeHTTP(w, r)
	})
}
