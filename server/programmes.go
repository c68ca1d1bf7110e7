package server

import (
	"net/http"
	"slices"
	"strings"

	"github.com/go-chi/chi/v5"

	"smaabornsviden/index"
	"smaabornsviden/index/programmes"
	"smaabornsviden/index/query"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/page"
)

// programmePages are the list of programmes and the page about each.
type programmePages struct {
	reply  *replies
	cat    *catalogue
	finder *answer.Finder
}

func (h *programmePages) programmeList(w http.ResponseWriter, r *http.Request) {
	h.reply.writePage(w, r, func(b *strings.Builder) error { return h.reply.pagesFor(r).Programmes(b, h.cat.programmes) })
}

func (h *programmePages) programme(w http.ResponseWriter, r *http.Request) {
	slug := chi.URLParam(r, "slug")
	i := slices.IndexFunc(h.cat.programmes, func(p programmes.Programme) bool { return strings.EqualFold(p.Slug, slug) })
	if i < 0 {
		h.reply.notFound(w, r)
		return
	}
	names := h.cat.names(h.cat.readStatus(r.Context()))
	record := h.cat.programmes[i]
	// Documents are found by the names of the programme; which of them speak of it was decided when they were described.
	q := answer.Question{Text: namesAsked(record), Sort: string(index.ByNewest), Page: 1, Size: index.MaxSize, Off: []string{answer.Everything}}
	ans, err := h.finder.Find(r.Context(), q, names)
	if err != nil {
		h.reply.failPage(w, r, err)
		return
	}
	view := page.Programme{Record: record, Names: names}
	for _, hit := range ans.Hits {
		if slices.ContainsFunc(hit.Doc.Programmes, func(t index.Topic) bool { return t.Slug == record.Slug }) {
			hit.Why = nil // nobody searched
			view.Hits = append(view.Hits, hit)
		}
	}
	if view.Origins, err = h.cat.origins(r.Context(), record.Figures, ans.Hits); err != nil {
		h.reply.failPage(w, r, err)
		return
	}
	h.reply.writePage(w, r, func(b *strings.Builder) error { return h.reply.pagesFor(r).Programme(b, view) })
}

// namesAsked is a query for any of a programme's names, as many as a query may hold.
func namesAsked(p programmes.Programme) string {
	var b strings.Builder
	for _, name := range append([]string{p.Name}, p.Aliases...) {
		if strings.ContainsAny(name, ` .-`) {
			name = `"` + strings.ReplaceAll(name, `"`, "") + `"`
		}
		if b.Len()+len(" ELLER ")+len(name) > query.MaxBytes {
			break
		}
		if b.Len() > 0 {
			b.WriteString(" ELLER ")
		}
		b.WriteString(name)
	}
	return b.String()
}
