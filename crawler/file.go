package crawler

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"smaabornsviden/crawler/extract"
	"smaabornsviden/crawler/partners"
	"smaabornsviden/crawler/state"
	"smaabornsviden/index"
)

// ownFiles places the files that a page offers as its own text; those of other sources are only links.
func (a *atlas) ownFiles(row state.URL, ext extract.Result, maxDepth int) []state.Found {
	g := gatherer{atlas: a, row: row, maxDepth: maxDepth, limit: maxLinks, seen: map[string]int{row.URL: -1}}
	for _, address := range ext.Files {
		f := g.at(a.find(address), state.Page, state.ViaLink)
		if f.Reason == "" && f.Source == row.Source {
			g.add(f)
		}
	}
	return g.all
}

// asFile is what a file says for the page that offers it; nil for a page.
func asFile(s sight) *index.Document {
	if s.ext.Format == "html" || s.scope.Policy == partners.Metadata {
		return nil
	}
	return &index.Document{
		Title: s.ext.Title, Body: s.ext.Text, PageOffsets: s.ext.PageOffsets, Format: s.ext.Format, Pages: s.ext.Pages,
		Bytes: s.document.Bytes, Notice: s.ext.Notice, ISBN: s.ext.ISBN, DOI: s.ext.DOI, ISBNWhy: s.ext.Why["isbn"], DOIWhy: s.ext.Why["doi"],
		SnippetMax: snippetMax(0, s.ext.Robots), NoArchive: s.ext.Robots.NoArchive, TDMReserved: s.ext.TDM,
	}
}

func unsupportedDetail(s sight) string {
	if s.ext.Format == "pdf" || s.ext.Format == "docx" {
		return s.extErr.Error()
	}
	return s.ext.Format
}

// files finds whose text a file is, and joins to a page those of its own that have been read. The page was described
// before, by what it says of the work itself.
func (r *recorder) files(ctx context.Context, s *sight) error {
	if s.ext.Format != "html" {
		pages, err := r.st.FilePages(ctx, s.row.ID)
		if err == nil && len(pages) == 1 && pages[0].Source == s.row.Source {
			s.offeredBy = &pages[0]
		}
		return err
	}
	for _, f := range s.files {
		own, err := r.st.OwnFile(ctx, s.row.ID, f.URL)
		if errors.Is(err, state.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		s.joined = append(s.joined, own)
	}
	if s.scope.Policy != partners.Metadata {
		joinFiles(&s.document, s.joined)
	}
	return nil
}

// joinFiles appends the text of files to the document of their page. The work itself, which is the first, comes last,
// so that its pages keep their numbers; what precedes the first page is the page's own text and that of appendices.
func joinFiles(d *index.Document, files []state.FileText) {
	for i := len(files) - 1; i >= 0; i-- {
		f := files[i].Document
		if i == 0 {
			d.Format, d.Pages, d.Bytes, d.Notice = f.Format, f.Pages, f.Bytes, f.Notice
			setNumber(&d.ISBN, &d.ISBNWhy, f.ISBN, f.ISBNWhy)
			setNumber(&d.DOI, &d.DOIWhy, f.DOI, f.DOIWhy)
		}
		if f.Body == "" {
			continue
		}
		// What must not be shown of a part must not be shown of the whole: a passage is cut from anywhere.
		d.SnippetMax = snippetMax(d.SnippetMax, extract.MetaRobots{MaxSnippet: f.SnippetMax})
		d.NoArchive, d.TDMReserved = d.NoArchive || f.NoArchive, d.TDMReserved || f.TDMReserved
		if d.Body != "" {
			d.Body += "\n"
		}
		if i == 0 {
			for _, at := range f.PageOffsets {
				d.PageOffsets = append(d.PageOffsets, len(d.Body)+at)
			}
		}
		d.Body += f.Body
	}
}

// setNumber sets a number that is not known yet, with its reason.
func setNumber(number *string, why *index.Reason, to string, toWhy index.Reason) {
	if *number == "" && to != "" {
		*number, *why = to, toWhy
	}
}

// ownText is a document's text without that of its file.
func ownText(d index.Document) string {
	if len(d.PageOffsets) == 0 || d.PageOffsets[0] == 0 {
		return d.Body
	}
	return strings.TrimSuffix(d.Body[:d.PageOffsets[0]], "\n")
}

// freshen makes the documents anew whose files say something else now.
func (r *recorder) freshen(ctx context.Context) error {
	for {
		stale, err := r.st.StalePages(ctx, rereadPage)
		if err != nil || len(stale) == 0 {
			return err
		}
		for _, id := range stale {
			if err := r.freshenOne(ctx, id); err != nil {
				return err
			}
		}
	}
}

// freshenOne reads the kept page again. One that is not kept is fetched again, unless only its metadata may be shown.
func (r *recorder) freshenOne(ctx context.Context, id int64) error {
	body, err := r.st.Body(ctx, id)
	switch {
	case err == nil:
		if _, err := r.reread(ctx, body); err != nil {
			return err
		}
	case !errors.Is(err, state.ErrNotFound):
		return err
	default:
		if err := r.st.Recall(ctx, r.c.o.Clock.Now(), true, id); err != nil {
			return err
		}
	}
	return r.st.Fresh(ctx, id)
}

// overtaken deals with an answer without news for a row that another page's visit changed meanwhile: what is kept is
// what the row says now. It reports whether the row has to be read anew, since the same bytes mean something else.
func (r *recorder) overtaken(ctx context.Context, s *sight) (bool, error) {
	if s.err != nil || s.read || !s.page.NotModified && s.page.Status != http.StatusOK {
		return false, nil
	}
	now, err := r.st.URLByID(ctx, s.row.ID)
	if err != nil {
		return false, err
	}
	again := s.row.BodyHash != "" && now.BodyHash == ""
	s.row = now
	return again, nil
}
