package server

import (
	"net/http"
	"strings"

	"github.com/go-chi/chi/v5"

	"smaabornsviden/server/answer"
	"smaabornsviden/server/page"
	"smaabornsviden/server/protocol"
	"smaabornsviden/server/tongue"
)

// protocolPages are where readers keep a search, read it and run it again.
type protocolPages struct {
	reply    *replies
	cat      *catalogue
	failed   *failedSearches
	kept     *protocols
	sameSite *http.CrossOriginProtection
	site     siteURL
}

// routes are those of protocols for readers, in both languages.
func (h *protocolPages) routes(r chi.Router) {
	get := getter(r)
	r.Post(page.ProtocolPath, h.saveProtocol)
	get(page.ProtocolPath+"/{id}", h.protocolPage)
	get(page.ProtocolPath+"/{id}/sammenlign", h.comparisonPage)
}

// saveProtocol keeps the search that a reader sees and leads to its page.
func (h *protocolPages) saveProtocol(w http.ResponseWriter, r *http.Request) {
	if err := h.sameSite.Check(r); err != nil || !h.kept.takes() {
		h.reply.notFound(w, r)
		return
	}
	values, err := readForm(w, r, protocolBytes)
	if err != nil {
		h.reply.fail(w, r, failTooLong)
		return
	}
	names := h.cat.namesFor(r.Context(), values)
	q, _, err := answer.Parse(values, answer.PageParams, names)
	var id string
	if err == nil {
		id, _, err = h.kept.keep(r, q, names)
	}
	if err != nil {
		h.failed.failSearch(w, r, err, answer.Answer{}, q)
		return
	}
	t, _ := tongue.Of(r.URL.Path)
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, t.Path(page.ProtocolPath+"/"+id), http.StatusSeeOther)
}

// protocolTitles is how many of a protocol's documents are shown by title, as they are now.
const protocolTitles = 20

func (h *protocolPages) protocolPage(w http.ResponseWriter, r *http.Request) {
	id := chi.URLParam(r, "id")
	rec, err := h.kept.read(r.Context(), id)
	if err != nil {
		h.reply.failPage(w, r, err)
		return
	}
	view := page.Protocol{ID: id, Address: h.site.base(r) + page.ProtocolPath + "/" + id, Record: rec}
	for _, hit := range rec.Records[:min(protocolTitles, len(rec.Records))] {
		view.First = append(view.First, h.kept.nowAt(r.Context(), protocol.Place{ID: hit.ID, Now: len(view.First) + 1}))
	}
	h.reply.writePage(w, r, func(b *strings.Builder) error { return h.reply.pagesFor(r).Protocol(b, view) })
}

// comparisonLines is how many documents of each kind the page of a comparison shows; the data has them all.
const comparisonLines = 100

func (h *protocolPages) comparisonPage(w http.ResponseWriter, r *http.Request) {
	id := chi.URLParam(r, "id")
	before, c, err := h.kept.again(r, id)
	if err != nil {
		h.failed.failSearch(w, r, err, answer.Answer{}, answer.Question{})
		return
	}
	view := page.Comparison{ID: id, Record: before, Comparison: c}
	shown := func(places []protocol.Place) []page.ProtocolLine {
		var lines []page.ProtocolLine
		for _, p := range places[:min(comparisonLines, len(places))] {
			lines = append(lines, h.kept.nowAt(r.Context(), p))
		}
		return lines
	}
	view.New, view.Gone, view.Changed, view.Redescribed = shown(c.New), shown(c.Gone), shown(c.Changed), shown(c.Redescribed)
	h.reply.writePage(w, r, func(b *strings.Builder) error { return h.reply.pagesFor(r).Comparison(b, view) })
}
