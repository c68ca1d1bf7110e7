package server

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"smaabornsviden/server/inbox"
	"smaabornsviden/server/page"
	"smaabornsviden/server/protocol"
)

// Desk carries out what the operator decides about the crawl. Its errors are shown to the operator word for word.
type Desk interface {
	// Crawl visits sources as soon as it can, all that are fetched when none is named, and returns at once.
	Crawl(ctx context.Context, sources []string) error
	// Pause leaves a source alone until Resume.
	Pause(ctx context.Context, source, why string) error
	Resume(ctx context.Context, source string) error
	Pauses(ctx context.Context) ([]Decision, error)
	// Block takes an address or a host down until Unblock; it returns what is blocked and how many documents went.
	Block(ctx context.Context, what, why string) (entry string, documents int, err error)
	Unblock(ctx context.Context, what string) error
	Blocks(ctx context.Context) ([]Decision, error)
}

// Decision is something that the operator decided and that holds.
type Decision struct {
	What string // a source, an address or a host
	At   time.Time
	Why  string
}

// Bounds of the operator's page.
const (
	driftForm     = 16 << 10
	triesEach     = 10 // wrong tokens from one address
	triesAll      = 1000
	triesSpan     = time.Hour
	driftRealm    = `Basic realm="drift", charset="UTF-8"`
	driftHeadline = "no-store"
)

// drift are the routes of the operator. To everyone else they do not exist.
func (s *Server) drift(r chi.Router) {
	r.Use(s.operatorsOnly)
	getter(r)(page.DriftPath, s.driftPage)
	r.Post(page.DriftPath, s.driftDeed)
}

// operatorsOnly lets through who sits at this machine or knows the token.
func (s *Server) operatorsOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, given, basic := r.BasicAuth()
		if bearer, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
			given, basic = bearer, true
		}
		switch {
		case s.token == "" && !atThisMachine(r):
			s.reply.notFound(w, r)
			return
		case atThisMachine(r) || basic && sameSecret(given, s.token):
			next.ServeHTTP(w, r)
			return
		case basic && !s.tokenTries.take(r):
			w.Header().Set("Retry-After", "3600")
			s.reply.fail(w, r, failTooMany)
			return
		}
		w.Header().Set("WWW-Authenticate", driftRealm)
		w.Header().Set("Cache-Control", driftHeadline)
		http.Error(w, "Skriv token som adgangskode.", http.StatusUnauthorized)
	})
}

// sameSecret compares in a time that tells nothing about the secret, not even its length.
func sameSecret(given, secret string) bool {
	a, b := sha256.Sum256([]byte(given)), sha256.Sum256([]byte(secret))
	return secret != "" && subtle.ConstantTimeCompare(a[:], b[:]) == 1
}

// atThisMachine reports whether a browser on this machine asks for this machine by name. A page elsewhere whose name
// leads to 127.0.0.1 for a moment asks for that name, and is not let in.
func atThisMachine(r *http.Request) bool {
	host, _, err := net.SplitHostPort(r.Host)
	if err != nil {
		host = r.Host
	}
	addr, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return fromHere(r) && (host == "localhost" || err == nil && addr.IsLoopback())
}

func (s *Server) driftPage(w http.ResponseWriter, r *http.Request) {
	view, err := s.driftView(r.Context())
	if err != nil {
		s.reply.failPage(w, r, err)
		return
	}
	view.Done = mendedQuery(r.URL.RawQuery).Get("gjort") == "1"
	s.writeDrift(w, r, http.StatusOK, view)
}

func (s *Server) writeDrift(w http.ResponseWriter, r *http.Request, status int, view page.Drift) {
	w.Header().Set("Cache-Control", driftHeadline)
	s.reply.writeHTML(w, r, status, func(b *strings.Builder) error { return s.pages.Drift(b, view) })
}

// driftView reads all that the operator's page shows.
func (s *Server) driftView(ctx context.Context) (page.Drift, error) {
	st := s.cat.readStatus(ctx)
	v := page.Drift{LastCrawl: st.LastCrawl, Crawling: st.Crawling, Crawls: s.desk != nil, Takes: s.shelf != nil}
	stats, err := s.engine.Stats(ctx)
	if err != nil {
		return v, err
	}
	v.Documents, v.Generation, v.Seq = stats.Documents, stats.Generation, stats.Seq
	if s.trouble != nil && s.trouble() != nil {
		v.Trouble = s.trouble().Error()
	}
	sources, err := s.cat.sources(ctx)
	if err != nil {
		return v, err
	}
	paused := map[string]Decision{}
	if s.desk != nil {
		if paused, err = s.deskView(ctx, &v); err != nil {
			return v, err
		}
	}
	for _, c := range sources {
		line := page.DriftSource{Source: sourceView(c)}
		if p, ok := paused[c.ID]; ok {
			line.Paused, line.Since = p.Why, p.At
		}
		v.Sources = append(v.Sources, line)
	}
	v.ZeroHits = s.zeroHits.list()
	if s.pins != nil {
		count, trouble := s.pins.State()
		v.Pins = page.PinState{File: s.pins.Path(), Count: count}
		if trouble != nil {
			v.Pins.Trouble = trouble.Error()
		}
	}
	if s.shelf != nil {
		v.Letters, err = s.box().Letters(ctx, false)
	}
	return v, err
}

// deskView adds what holds by the operator's decision and returns the paused sources.
func (s *Server) deskView(ctx context.Context, v *page.Drift) (map[string]Decision, error) {
	blocks, err := s.desk.Blocks(ctx)
	if err != nil {
		return nil, err
	}
	for _, b := range blocks {
		v.Blocks = append(v.Blocks, page.DriftBlock{What: b.What, Why: b.Why, At: b.At})
	}
	pauses, err := s.desk.Pauses(ctx)
	paused := map[string]Decision{}
	for _, p := range pauses {
		paused[p.What] = p
	}
	return paused, err
}

// box is the operator's side of the letters.
func (s *Server) box() inbox.Box {
	b := inbox.Box{Keeper: s.shelf, Document: s.engine.Document, Now: s.now}
	if s.desk != nil {
		b.TakeDown = func(ctx context.Context, address, why string) (int, error) {
			_, n, err := s.desk.Block(ctx, address, why)
			return n, err
		}
	}
	return b
}

// errDeed: a form of the operator's page asks for nothing that can be done here.
var errDeed = errors.New("der er ikke noget at gøre")

// driftDeed carries out one decision and shows the page again, or the page with what went wrong.
func (s *Server) driftDeed(w http.ResponseWriter, r *http.Request) {
	if err := s.sameSite.Check(r); err != nil {
		s.reply.notFound(w, r)
		return
	}
	values, err := readForm(w, r, driftForm)
	if err == nil {
		err = s.deed(r.Context(), values)
	}
	if err == nil {
		s.log.Info("operator", "deed", values.Get("handling"), "id", requestID(r))
		http.Redirect(w, r, page.DriftPath+"?gjort=1", http.StatusSeeOther)
		return
	}
	view, seen := s.driftView(r.Context())
	if seen != nil {
		s.reply.failPage(w, r, seen)
		return
	}
	view.Failed = err.Error()
	s.writeDrift(w, r, http.StatusConflict, view)
}

// deed does what a form of the operator's page says.
func (s *Server) deed(ctx context.Context, v url.Values) error {
	what, why := strings.TrimSpace(v.Get("hvad")), strings.TrimSpace(v.Get("hvorfor"))
	deed := v.Get("handling")
	switch deed {
	case "imoedekom", "afvis":
		return s.settle(ctx, deed, what, why)
	case "slet-protokol":
		if s.shelf == nil || !protocol.IsID(what) {
			return errDeed
		}
		return s.shelf.Remove(ctx, protocolKind, what)
	}
	if s.desk == nil {
		return inbox.ErrNoCrawl
	}
	switch deed {
	case "hent":
		if what == "" {
			return s.desk.Crawl(ctx, nil)
		}
		return s.desk.Crawl(ctx, []string{what})
	case "pause":
		return s.desk.Pause(ctx, what, why)
	case "genoptag":
		return s.desk.Resume(ctx, what)
	case "bloker":
		_, _, err := s.desk.Block(ctx, what, why)
		return err
	case "ophaev":
		return s.desk.Unblock(ctx, what)
	}
	return errDeed
}

func (s *Server) settle(ctx context.Context, deed, number, why string) error {
	if s.shelf == nil {
		return errDeed
	}
	outcome := inbox.Granted
	if deed == "afvis" {
		outcome = inbox.Refused
		if why == "" {
			return errors.New("skriv, hvorfor: den, der spurgte, får det at vide")
		}
	}
	_, err := s.box().Settle(ctx, number, outcome, why)
	return err
}
