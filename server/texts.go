package server

import (
	"net/http"
	"strings"

	"github.com/go-chi/chi/v5"

	"smaabornsviden/index/query"
	"smaabornsviden/server/page"
)

// About is what the pages tell about who runs this site.
type About struct {
	Operator  string // a name; empty when nobody said
	Contact   string // e-mail or web address
	UserAgent string // of the crawl
	// Accessibility is the address of a statement made elsewhere, to which /was leads; empty for our own page.
	Accessibility string
}

// textPages are the pages that are mostly text.
type textPages struct {
	reply   *replies
	cat     *catalogue
	about   About
	version Version
	site    siteURL
}

// routes are those of the pages of text.
func (h *textPages) routes(r chi.Router) {
	get := getter(r)
	get("/hjaelp", h.help)
	get("/was", h.accessibility)
	get("/indlejr", h.embedPage)
	for path, text := range map[string]page.Text{
		"/om": page.About, "/om/metode": page.Method, "/om/robot": page.Robot, "/om/privatliv": page.Privacy,
	} {
		get(path, func(w http.ResponseWriter, r *http.Request) { h.text(w, r, text) })
	}
}

// help explains the search, and shows how a text is read when one is given.
func (h *textPages) help(w http.ResponseWriter, r *http.Request) {
	view := page.Help{Text: r.URL.Query().Get("ord"), Longest: query.MaxBytes}
	switch {
	case query.LooksLikeCPR(view.Text):
		view.Text, view.Refused = "", true
	case len(view.Text) > query.MaxBytes:
		view.Text, view.TooLong = "", true
	default:
		view.Analysis = h.cat.analysis(view.Text)
	}
	h.reply.writePage(w, r, func(b *strings.Builder) error { return h.reply.pagesFor(r).Help(b, view) })
}

func (h *textPages) accessibility(w http.ResponseWriter, r *http.Request) {
	if h.about.Accessibility != "" {
		http.Redirect(w, r, h.about.Accessibility, http.StatusFound)
		return
	}
	h.text(w, r, page.WAS)
}

func (h *textPages) text(w http.ResponseWriter, r *http.Request, t page.Text) {
	site := page.Site{Operator: h.about.Operator, Contact: h.about.Contact, UserAgent: h.about.UserAgent, Version: h.version.Version}
	h.reply.writePage(w, r, func(b *strings.Builder) error { return h.reply.pagesFor(r).Text(b, t, site) })
}

// embedPage shows how to put the search box on a page of one's own.
func (h *textPages) embedPage(w http.ResponseWriter, r *http.Request) {
	base := h.site.base(r)
	h.reply.writePage(w, r, func(b *strings.Builder) error { return h.reply.pagesFor(r).Embed(b, base) })
}
