package state

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"smaabornsviden/index"
)

// NewsKind says what happened to a document.
type NewsKind int

// The kinds of news.
const (
	Came NewsKind = iota
	Altered
	Went
)

// News is one thing that happened to a document, as readers may be told.
type News struct {
	At            time.Time
	Kind          NewsKind
	Doc           string // id
	Live          bool   // the document can still be opened
	Source, Title string // Title is empty where the source does not want it found any more
	Before, After string // the sentence that changed; either may be empty
	Lang          string // of Title, Before and After, a slug of index.Languages; empty where it is not known
}

// newsKept is how long news is told: a reader who was away for a year begins anew.
const newsKept = 400 * 24 * time.Hour

// News returns what happened since a time, newest first and at most n of it.
func (s *Store) News(ctx context.Context, since time.Time, n int) ([]News, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT at,kind,doc,EXISTS(SELECT 1 FROM document d WHERE d.id=news.doc),source,title,before,after,lang
		FROM news WHERE at>=? ORDER BY at DESC, id DESC LIMIT ?`, ms(since), n)
	return collect(rows, err, func(row scanner) (w News, err error) {
		var at int64
		err = row.Scan(&at, &w.Kind, &w.Doc, &w.Live, &w.Source, &w.Title, &w.Before, &w.After, &w.Lang)
		w.At = when(at)
		return w, err
	})
}

// AlteredAt tells when each of the documents named last said something else than before. What did not, or not for as long as
// news is kept, is not in the answer.
func (s *Store) AlteredAt(ctx context.Context, docs []string) (map[string]time.Time, error) {
	names, err := json.Marshal(docs)
	if err != nil {
		return nil, fmt.Errorf("encode ids: %w", err)
	}
	rows, err := s.read.QueryContext(ctx, "SELECT doc,max(at) FROM news WHERE kind=? AND doc IN (SELECT value FROM json_each(?)) GROUP BY doc", Altered, string(names))
	all, err := collect(rows, err, func(row scanner) (w News, err error) {
		var at int64
		err = row.Scan(&w.Doc, &at)
		w.At = when(at)
		return w, err
	})
	if err != nil {
		return nil, err
	}
	altered := make(map[string]time.Time, len(all))
	for _, n := range all {
		altered[n.Doc] = n.At
	}
	return altered, nil
}

// tellPut notes that the document at a row came or says something else. What only our own reading, grouping or
// describing changed is no news: then title and text are the same, or they were read by another pipeline before.
func (w *recording) tellPut(row int64, old stored, pipeline string) error {
	now, err := w.t.document(row)
	if err != nil {
		return err
	}
	var d index.Document
	if err := json.Unmarshal([]byte(now.json), &d); err != nil {
		return fmt.Errorf("document %s: %w", now.id, err)
	}
	n := News{At: w.o.At, Kind: Came, Doc: now.id, Source: d.Source, Title: d.Title, Lang: d.Lang.Value}
	if old.json == "" {
		return w.t.tell(n, w.o.Run)
	}
	var was index.Document
	if err := json.Unmarshal([]byte(old.json), &was); err != nil {
		return fmt.Errorf("document %s: %w", old.id, err)
	}
	if was.Title == d.Title && was.Body == d.Body || pipeline != w.o.Pipeline {
		return nil
	}
	n.Kind = Altered
	n.Before, n.After = changedSentence(was, d)
	return w.t.tell(n, w.o.Run)
}

// tell writes news. What happens to one document in one run is one piece of news: a page whose file is joined to it
// a moment later has only come, and one that went again has not been there.
func (t *txn) tell(n News, run int64) error {
	var came, altered bool
	err := t.row("SELECT coalesce(max(kind=?3),0), coalesce(max(kind=?4),0) FROM news WHERE doc=?1 AND run=?2", n.Doc, run, Came, Altered).Scan(&came, &altered)
	switch {
	case err != nil:
		return err
	case came && n.Kind == Went:
		return t.untell(n.Doc)
	case came:
		return t.exec("UPDATE news SET title=?,lang=? WHERE doc=? AND run=?", n.Title, n.Lang, n.Doc, run)
	case altered && n.Kind == Altered:
		return t.exec("UPDATE news SET title=?,after=?,lang=? WHERE doc=? AND run=? AND kind=?", n.Title, n.After, n.Lang, n.Doc, run, Altered)
	}
	err = t.exec("INSERT INTO news(at,run,doc,kind,source,title,before,after,lang) VALUES(?,?,?,?,?,?,?,?,?)",
		ms(n.At), run, n.Doc, n.Kind, n.Source, n.Title, n.Before, n.After, n.Lang)
	if err != nil {
		return err
	}
	return t.exec("DELETE FROM news WHERE at<?", ms(n.At.Add(-newsKept)))
}

// untell forgets all news of a document, as if it had never been told.
func (t *txn) untell(doc string) error { return t.exec("DELETE FROM news WHERE doc=?", doc) }

// tellRemoved notes that a document went. What was taken down on request leaves no trace, not even its title; what a
// source no longer wants found is told without its words.
func (t *txn) tellRemoved(r removal, title, lang string) error {
	switch {
	case r.merged || r.reason == TakenDown:
		return t.untell(r.doc)
	case !plainlyGone(r.reason):
		title, lang = "", ""
		if err := t.exec("UPDATE news SET title='',before='',after='',lang='' WHERE doc=?", r.doc); err != nil {
			return err
		}
	}
	return t.tell(News{At: r.at, Kind: Went, Doc: r.doc, Source: r.row.Source, Title: title, Lang: lang}, r.run)
}

// plainlyGone reports whether a document went because it is not there any more, and not because it must not be shown.
func plainlyGone(why Reason) bool {
	switch why {
	case NotFound, GoneForGood, SoftNotFound, Withdrawn, Expired, Duplicate, Moved:
		return true
	}
	return false
}
