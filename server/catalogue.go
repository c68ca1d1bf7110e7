package server

import (
	"context"
	"log/slog"
	"net/url"
	"slices"
	"strings"
	"time"

	"smaabornsviden/index"
	"smaabornsviden/index/danish"
	"smaabornsviden/index/programmes"
	"smaabornsviden/index/query"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/page"
	"smaabornsviden/server/tongue"
)

// catalogue tells what there is: the names of sources, topics and programmes, how the crawl stands, and what the index as
// a whole holds.
type catalogue struct {
	engine     index.Engine
	finder     *answer.Finder
	status     func(context.Context) (Status, error)     // nil when nothing is known
	coverage   func(context.Context) ([]Coverage, error) // nil when nothing is known
	topics     []Topic
	themes     []Topic
	programmes programmes.List
	altered    func(context.Context, []string) (map[string]time.Time, error)
	log        *slog.Logger
}

// collection reads what the front page tells: the whole index, counted by type and source.
func (cat *catalogue) collection(ctx context.Context) (page.Collection, error) {
	st := cat.readStatus(ctx)
	c := page.Collection{LastCrawl: st.LastCrawl, Crawling: st.Crawling}
	stats, err := cat.engine.Stats(ctx)
	if err != nil {
		return c, err
	}
	c.Documents = stats.Documents
	c.Facets, err = cat.finder.Overview(ctx, cat.names(st))
	return c, err
}

// readStatus never fails: a search is of use without knowing about the crawl. What was read before an error
// still counts.
func (cat *catalogue) readStatus(ctx context.Context) Status {
	if cat.status == nil {
		return Status{}
	}
	st, err := cat.status(ctx)
	if err != nil {
		cat.log.Warn("read status", "error", err)
	}
	return st
}

// names are those of the sources that the crawl knows and of the topics.
func (cat *catalogue) names(st Status) *answer.Names {
	n := &answer.Names{}
	for _, src := range st.Sources {
		n.Add(index.FacetSource, src.ID, src.Name)
		if src.Closed {
			n.Close(src.ID)
		}
	}
	for _, t := range cat.topics {
		n.Add(index.FacetTopic, t.Slug, t.Label)
	}
	for _, t := range cat.themes {
		n.Add(answer.Themes, t.Slug, t.Label)
	}
	for _, p := range cat.programmes {
		n.Add(answer.Programmes, p.Slug, p.Name)
	}
	return n
}

// namesFor are the names that a question needs: those of sources that only the index or the crawl knows, too, where a question
// asks for one that the register does not have.
func (cat *catalogue) namesFor(ctx context.Context, values url.Values) *answer.Names {
	n := cat.names(cat.readStatus(ctx))
	known := func(typed string) bool {
		_, ok := n.Value(index.FacetSource, typed)
		return ok || strings.TrimSpace(typed) == ""
	}
	asked := values[index.FacetSource]
	if !slices.ContainsFunc(asked, func(typed string) bool { return !known(typed) }) {
		return n
	}
	sources, err := cat.sources(ctx)
	if err != nil {
		cat.log.Warn("read sources", "error", err)
	}
	for _, c := range sources {
		if !known(c.ID) {
			n.Add(index.FacetSource, c.ID, c.Name)
		}
	}
	return n
}

// pointers know the pages about topics and programmes by name.
func (cat *catalogue) pointers(a *danish.Analyzer) *answer.Pointers {
	p := answer.NewPointers(a)
	for _, t := range cat.topics {
		p.Add(answer.Pointer{Slug: t.Slug, Label: t.Label}, append([]string{t.Label}, t.Words...)...)
	}
	for _, r := range cat.programmes {
		p.Add(answer.Pointer{Programme: true, Slug: r.Slug, Label: r.Name}, append([]string{r.Name}, r.Aliases...)...)
	}
	return p
}

// newest finds the newest documents with one value of a facet; an empty facet means all.
func (cat *catalogue) newest(ctx context.Context, facet, value string, n int) (answer.Answer, error) {
	return cat.finder.Newest(ctx, facet, value, n, cat.names(cat.readStatus(ctx)))
}

// analysis is how the index and the search read a text.
func (cat *catalogue) analysis(text string) query.Analysis {
	return query.Analyse(cat.finder.Searcher.Analyzer, cat.finder.Searcher.Vocabulary, text)
}

// suggest names topics in a language; their Danish names lead to them in any.
func (cat *catalogue) suggest(ctx context.Context, typed string, in tongue.Tongue) ([]answer.Suggestion, error) {
	topics := make([]answer.Topic, 0, len(cat.topics))
	for _, t := range cat.topics {
		topics = append(topics, answer.Topic{Slug: t.Slug, Label: in.Say(t.Label), Words: append([]string{t.Label}, t.Words...)})
	}
	return cat.finder.Suggest(ctx, typed, topics)
}

// choices are the topics and sources as the API names them. The register of sources may change while we serve.
func (cat *catalogue) choices(ctx context.Context) map[string][]index.Choice {
	out := map[string][]index.Choice{}
	for _, t := range cat.topics {
		out[index.FacetTopic] = append(out[index.FacetTopic], index.Choice{Slug: t.Slug, Label: t.Label})
	}
	for _, src := range cat.readStatus(ctx).Sources {
		out[index.FacetSource] = append(out[index.FacetSource], index.Choice{Slug: src.ID, Label: src.Name})
	}
	return out
}

func countsOf(facets []answer.Facet, name string) map[string]int {
	counts := map[string]int{}
	for _, f := range facets {
		if f.Name != name {
			continue
		}
		for _, v := range f.Values {
			counts[v.Value] = v.Count
		}
	}
	return counts
}

// pointedTo are the records of the programmes that an answer points to.
func (cat *catalogue) pointedTo(ans answer.Answer) []programmes.Programme {
	var out []programmes.Programme
	for _, p := range ans.Pointers {
		for _, r := range cat.programmes {
			if p.Programme && r.Slug == p.Slug {
				out = append(out, r)
			}
		}
	}
	return out
}
