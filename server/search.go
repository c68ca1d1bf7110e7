package server

import (
	"net/http"
	"strings"

	"smaabornsviden/index/programmes"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/page"
)

// searchPages are the front page and the pages of results.
type searchPages struct {
	reply     *replies
	cat       *catalogue
	failed    *failedSearches
	finder    *answer.Finder
	zeroHits  *zeroHits
	protocols bool // a search can be kept
}

func (h *searchPages) home(w http.ResponseWriter, r *http.Request) {
	c, err := h.cat.collection(r.Context())
	if err != nil {
		// The search box is of use without the figures around it.
		h.reply.logError(r, "read collection", err, "")
		c.Documents = -1
	}
	w.Header().Set("Cache-Control", cachePage)
	h.reply.writeHTML(w, r, http.StatusOK, func(b *strings.Builder) error { return h.reply.pagesFor(r).Home(b, c) })
}

// search is the results page.
func (h *searchPages) search(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	st := h.cat.readStatus(ctx)
	values := mendedQuery(r.URL.RawQuery)
	names := h.cat.namesFor(ctx, values)
	q, faults, err := answer.Parse(values, answer.PageParams, names)
	var ans answer.Answer
	if err == nil {
		ans, err = h.finder.Find(ctx, q, names)
	}
	if err != nil {
		h.failed.failSearch(w, r, err, ans, q)
		return
	}
	h.zeroHits.note(r, ans)
	h.reply.countReserved(r, h.finder, &ans)
	w.Header().Set("Cache-Control", cachePage)
	results := page.Results{Answer: ans, Programmes: h.cat.pointedTo(ans), Faults: faults, Crawling: st.Crawling, Updated: st.LastCrawl, Protocols: h.protocols}
	if results.Origins, err = h.cat.origins(ctx, figuresOf(results.Programmes), nil); err != nil {
		h.reply.logError(r, "find where figures are from", err, "") // the answer is of use without the links
	}
	h.reply.writeHTML(w, r, http.StatusOK, func(b *strings.Builder) error { return h.reply.pagesFor(r).Results(b, results) })
}

// figuresOf are the figures of programmes.
func figuresOf(all []programmes.Programme) []programmes.Figure {
	var figures []programmes.Figure
	for _, p := range all {
		figures = append(figures, p.Figures...)
	}
	return figures
}

// countReserved notes how many hits stay out of files. An answer is of use without the number.
func (r *replies) countReserved(req *http.Request, finder *answer.Finder, ans *answer.Answer) {
	n, known, err := finder.Reserved(req.Context(), *ans)
	if err != nil {
		r.logError(req, "count reserved hits", err, "")
	}
	if known {
		ans.Reserved = &n
	}
}
