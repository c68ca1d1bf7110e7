package server

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"smaabornsviden/index"
	"smaabornsviden/server/inbox"
	"smaabornsviden/server/page"
	"smaabornsviden/server/pins"
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

// Resting is a Desk that may stand in a process that fetches nothing. Its other decisions hold all the same.
type Resting interface {
	// Instead tells the operator which command fetches; empty when Crawl does.
	Instead() string
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

// operatorKey lets the operator in and nobody else.
type operatorKey struct {
	reply *replies
	token string // empty leaves it to this machine
	tries *quota // of wrong tokens
}

// operatorPages are the operator's desk.
type operatorPages struct {
	reply    *replies
	cat      *catalogue
	key      *operatorKey
	engine   index.Engine
	pages    *page.Pages
	desk     Desk       // nil where another process crawls
	shelf    Shelf      // nil where nothing is kept
	box      *inbox.Box // nil without a shelf
	zeroHits *zeroHits
	pins     *pins.File   // nil for none
	trouble  func() error // nil when nothing can be
	sameSite *http.CrossOriginProtection
	log      *slog.Logger
}

// routes are those of the operator. To everyone else they do not exist.
func (h *operatorPages) routes(r chi.Router) {
	r.Use(h.key.operatorsOnly)
	getter(r)(page.DriftPath, h.driftPage)
	r.Post(page.DriftPath, h.driftDeed)
}

// operatorsOnly lets through who sits at this machine or knows the token.
func (k *operatorKey) operatorsOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, given, basic := r.BasicAuth()
		if bearer, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
			given, basic = bearer, true
		}
		switch {
		case k.token == "" && !atThisMachine(r):
			k.reply.notFound(w, r)
			return
		case atThisMachine(r) || basic && sameSecret(given, k.token):
			next.ServeHTTP(w, r)
			return
		case basic && !k.tries.take(r):
			w.Header().Set("Retry-After", "3600")
			k.reply.fail(w, r, failTooMany)
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

func (h *operatorPages) driftPage(w http.ResponseWriter, r *http.Request) {
	view, err := h.driftView(r.Context())
	if err != nil {
		h.reply.failPage(w, r, err)
		return
	}
	view.Done = mendedQuery(r.URL.RawQuery).Get("gjort") == "1"
	h.writeDrift(w, r, http.StatusOK, view)
}

func (h *operatorPages) writeDrift(w http.ResponseWriter, r *http.Request, status int, view page.Drift) {
	w.Header().Set("Cache-Control", driftHeadline)
	h.reply.writeHTML(w, r, status, func(b *strings.Builder) error { return h.pages.Drift(b, view) })
}

// driftView reads all that the operator's page shows.
func (h *operatorPages) driftView(ctx context.Context) (page.Drift, error) {
	st := h.cat.readStatus(ctx)
	v := page.Drift{LastCrawl: st.LastCrawl, Crawling: st.Crawling, Crawls: h.desk != nil, Takes: h.shelf != nil}
	v.Fetches = v.Crawls
	if rests, ok := h.desk.(Resting); ok {
		v.Instead = rests.Instead()
		v.Fetches = v.Instead == ""
	}
	stats, err := h.engine.Stats(ctx)
	if err != nil {
		return v, err
	}
	v.Documents, v.Generation, v.Seq = stats.Documents, stats.Generation, stats.Seq
	if h.trouble != nil && h.trouble() != nil {
		v.Trouble = h.trouble().Error()
	}
	sources, err := h.cat.sources(ctx)
	if err != nil {
		return v, err
	}
	paused := map[string]Decision{}
	if h.desk != nil {
		if paused, err = h.deskView(ctx, &v); err != nil {
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
	v.ZeroHits = h.zeroHits.list()
	if h.pins != nil {
		count, trouble := h.pins.State()
		v.Pins = page.PinState{File: h.pins.Path(), Count: count}
		if trouble != nil {
			v.Pins.Trouble = trouble.Error()
		}
	}
	if h.shelf != nil {
		v.Letters, err = h.box.Letters(ctx, false)
	}
	return v, err
}

// deskView adds what holds by the operator's decision and returns the paused sources.
func (h *operatorPages) deskView(ctx context.Context, v *page.Drift) (map[string]Decision, error) {
	blocks, err := h.desk.Blocks(ctx)
	if err != nil {
		return nil, err
	}
	for _, b := range blocks {
		v.Blocks = append(v.Blocks, page.DriftBlock{What: b.What, Why: b.Why, At: b.At})
	}
	pauses, err := h.desk.Pauses(ctx)
	paused := map[string]Decision{}
	for _, p := range pauses {
		paused[p.What] = p
	}
	return paused, err
}

// newBox is the operator's side of the letters; nil where none are kept.
func newBox(kept Shelf, engine index.Engine, desk Desk, now func() time.Time) *inbox.Box {
	if kept == nil {
		return nil
	}
	b := &inbox.Box{Keeper: kept, Document: engine.Document, Now: now}
	if desk != nil {
		b.TakeDown = func(ctx context.Context, address, why string) (int, error) {
			_, n, err := desk.Block(ctx, address, why)
			return n, err
		}
	}
	return b
}

// errDeed: a form of the operator's page asks for nothing that can be done here.
var errDeed = errors.New("der er ikke noget at gøre")

// driftDeed carries out one decision and shows the page again, or the page with what went wrong.
func (h *operatorPages) driftDeed(w http.ResponseWriter, r *http.Request) {
	if err := h.sameSite.Check(r); err != nil {
		h.reply.notFound(w, r)
		return
	}
	values, err := readForm(w, r, driftForm)
	if err == nil {
		err = h.deed(r.Context(), values)
	}
	if err == nil {
		h.log.Info("operator", "deed", values.Get("handling"), "id", requestID(r))
		http.Redirect(w, r, page.DriftPath+"?gjort=1", http.StatusSeeOther)
		return
	}
	view, seen := h.driftView(r.Context())
	if seen != nil {
		h.reply.failPage(w, r, seen)
		return
	}
	view.Failed = err.Error()
	h.writeDrift(w, r, http.StatusConflict, view)
}

// deed does what a form of the operator's page says.
func (h *operatorPages) deed(ctx context.Context, v url.Values) error {
	what, why := strings.TrimSpace(v.Get("hvad")), strings.TrimSpace(v.Get("hvorfor"))
	deed := v.Get("handling")
	switch deed {
	case "imoedekom", "afvis":
		return h.settle(ctx, deed, what, why)
	case "slet-protokol":
		if h.shelf == nil || !protocol.IsID(what) {
			return errDeed
		}
		return h.shelf.Remove(ctx, protocolKind, what)
	}
	if h.desk == nil {
		return inbox.ErrNoCrawl
	}
	switch deed {
	case "hent":
		if what == "" {
			return h.desk.Crawl(ctx, nil)
		}
		return h.desk.Crawl(ctx, []string{what})
	case "pause":
		return h.desk.Pause(ctx, what, why)
	case "genoptag":
		return h.desk.Resume(ctx, what)
	case "bloker":
		_, _, err := h.desk.Block(ctx, what, why)
		return err
	case "ophaev":
		return h.desk.Unblock(ctx, what)
	}
	return errDeed
}

func (h *operatorPages) settle(ctx context.Context, deed, number, why string) error {
	if h.shelf == nil {
		return errDeed
	}
	outcome := inbox.Granted
	if deed == "afvis" {
		outcome = inbox.Refused
		if why == "" {
			return errors.New("skriv, hvorfor: den, der spurgte, får det at vide")
		}
	}
	_, err := h.box.Settle(ctx, number, outcome, why)
	return err
}
