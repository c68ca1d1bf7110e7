package crawler

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"smaabornsviden/crawler/extract"
	"smaabornsviden/crawler/fetch"
	"smaabornsviden/crawler/state"
)

// reader turns what a site answered into what is known of a page. It remembers for a run what was learnt of the sites'
// templates and which of them reserve text mining; many workers share it.
type reader struct {
	c  *Crawler
	st *state.Store

	models   *models
	reserved reservations
}

func newReader(c *Crawler) *reader {
	return &reader{c: c, st: c.o.State, models: &models{}}
}

// readPage extracts a page and what follows from its text alone.
func (r *reader) readPage(ctx context.Context, t task, s *sight) {
	s.read = true
	m := r.model(ctx, siteKey{t.url.Source, originOf(t.url.URL)})
	s.ext, s.extErr = r.extract(ctx, s.scope, s.page, s.now, m)
	if s.extErr != nil {
		return
	}
	if s.ext.Format == "html" {
		s.pipeline = stamp(s.pipeline, m)
	}
	s.hash, s.sketch = textHash(s.ext.Title, s.ext.Text), sketch(s.ext.Text)
	s.links = r.c.atlas.links(t.url, s.ext, r.c.o.MaxDepth)
	s.files = r.c.atlas.ownFiles(t.url, s.ext, r.c.o.MaxDepth)
	host, _ := t.site.snapshot()
	s.soft404 = softNotFound(t.url, host.Probe, s.ext.Title, r.plainText(ctx, s, host.Probe))
	if s.ext.Canonical != "" {
		p := r.c.atlas.find(s.ext.Canonical)
		s.canonical = &p
	}
	if s.ext.Refresh != "" {
		s.target = r.refresh(t, s.ext.Refresh)
	}
	s.list = s.scope.isList(t.url.URL) || r.c.atlas.find(t.url.URL).reason != ""
	s.document = newDocument(s.scope.Source, s.ext, s.page)
	s.document.URL = t.url.URL // its path is evidence for what it is
	r.c.o.Describe(&s.document, s.scope.Source)
}

// refresh places where a meta refresh leads; nil when that is the page itself or nowhere we go, which happens on pages
// that merely reload.
func (r *reader) refresh(t task, to string) *place {
	p := r.c.atlas.find(to)
	if p.reason != "" || p.url == "" || p.url == t.url.URL {
		return nil
	}
	return &p
}

// plainText is a page's text read without a model, as the site's answer to a nonsense address was, where there is such
// an answer to compare with.
func (r *reader) plainText(ctx context.Context, s *sight, p state.Probe) string {
	if p.Text == "" || s.ext.Why["text"].Rule != extract.ByModel {
		return s.ext.Text
	}
	plain, err := r.extract(ctx, s.scope, s.page, s.now, nil)
	if err != nil {
		return s.ext.Text
	}
	return plain.Text
}

// extract reads a page. Foreign input that breaks the reader must not end the crawl.
func (r *reader) extract(ctx context.Context, sc *scope, page fetch.Page, now time.Time, m *extract.Model) (ext extract.Result, err error) {
	turn := r.c.parses
	if bytes.HasPrefix(page.Body, []byte("%PDF")) {
		turn = r.c.files
	}
	turn <- struct{}{}
	defer func() {
		<-turn
		if p := recover(); p != nil {
			r.c.o.Log.Error("reader broke down", "url", page.URL, "panic", p)
			err = fmt.Errorf("read %s: %v", page.URL, p)
		}
	}()
	ext, err = r.c.o.Extract(ctx, extract.Input{
		URL: page.URL, ContentType: page.ContentType, Header: page.Header, Body: page.Body, Kept: r.st.Masked(page.Body),
		Selector: sc.Selector, Model: m, Agent: r.c.o.Agent, Now: now, Reserved: r.reserved.find(ctx, r.st, page.URL),
	})
	if errors.Is(err, extract.ErrNoText) {
		err = nil // its properties and the notice are something to be found by
	}
	return ext, err
}
