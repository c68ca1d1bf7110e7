package server

import (
	"net/http"
	"slices"
	"strings"

	"github.com/go-chi/chi/v5"

	"smaabornsviden/index"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/page"
	"smaabornsviden/server/tongue"
)

// topicPages are the list of topics and the page about each.
type topicPages struct {
	reply  *replies
	cat    *catalogue
	finder *answer.Finder
}

func (h *topicPages) topicList(w http.ResponseWriter, r *http.Request) {
	facets, err := h.finder.Overview(r.Context(), nil)
	if err != nil {
		h.reply.failPage(w, r, err)
		return
	}
	counts := countsOf(facets, index.FacetTopic)
	lines := make([]page.TopicLine, 0, len(h.cat.topics))
	for _, t := range h.cat.topics {
		lines = append(lines, page.TopicLine{Slug: t.Slug, Label: t.Label, Definition: t.definition(r), Documents: counts[t.Slug]})
	}
	h.reply.writePage(w, r, func(b *strings.Builder) error { return h.reply.pagesFor(r).Topics(b, lines) })
}

// definition is in the language of the page, in Danish where there is none in English.
func (t Topic) definition(r *http.Request) page.Said {
	if in, _ := tongue.Of(r.URL.Path); in == tongue.English && t.English != "" {
		return page.Said{Text: t.English}
	} else if in == tongue.English {
		return page.Said{Text: t.Definition, Lang: string(tongue.Danish)}
	}
	return page.Said{Text: t.Definition}
}

// topicHits is how many of a topic's newest documents are looked through for some of each type.
const topicHits = 60

func (h *topicPages) topic(w http.ResponseWriter, r *http.Request) {
	slug := chi.URLParam(r, "slug")
	i := slices.IndexFunc(h.cat.topics, func(t Topic) bool { return strings.EqualFold(t.Slug, slug) })
	if i < 0 {
		h.reply.notFound(w, r)
		return
	}
	t := h.cat.topics[i]
	newest, err := h.cat.newest(r.Context(), index.FacetTopic, t.Slug, topicHits)
	if err != nil {
		h.reply.failPage(w, r, err)
		return
	}
	view := page.Topic{Slug: t.Slug, Label: t.Label, Definition: t.definition(r), Words: t.Words, Newest: newest}
	h.reply.writePage(w, r, func(b *strings.Builder) error { return h.reply.pagesFor(r).Topic(b, view) })
}
