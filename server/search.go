package server

import (
	"net/http"
	"strings"

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
	w.Header().Set("Cache-Control", cachePage)
	results := page.Results{Answer: ans, Programmes: h.cat.pointedTo(ans), Faults: faults, Crawling: st.Crawling, Updated: st.LastCrawl, Protocols: h.protocols}
	results.Reserved = reservedOf(ans)
	h.reply.writeHTML(w, r, http.StatusOK, func(b *strings.Builder) error { return h.reply.pagesFor(r).Results(b, results) })
}

// reservedOf counts the hits that stay out of files, where one page of hits tells by itself; negative where it does not. To count
// further would be a second search, which took a quarter to a half of what a whole page takes. Files count when they are asked for.
func reservedOf(ans answer.Answer) int {
	if ans.Total > len(ans.Hits) {
		return -1
	}
	n := 0
	for _, h := range ans.Hits {
		if h.Doc.TDMReserved {
			n++
		}
	}
	return n
}
