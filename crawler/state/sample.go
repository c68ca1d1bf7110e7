package state

import (
	"cmp"
	"context"
	"slices"
	"strings"
)

// Site is one host of one source: pages made by one template, as far as anybody outside can tell.
type Site struct {
	Source string
	Host   int64
	Origin string
}

// Sampled is a kept page of a site.
type Sampled struct {
	Row      int64
	URL      string
	BodyHash string // "" when it is to be read in full at its next visit
}

// Sites returns the sites that have documents, all of them or those of some sources, in the order of their names.
func (s *Store) Sites(ctx context.Context, sources []string) ([]Site, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT DISTINCT u.source,h.id,h.origin FROM url u JOIN host h ON h.id=u.host WHERE u.doc<>'' ORDER BY u.source,h.origin`)
	all, err := collect(rows, err, func(row scanner) (site Site, err error) {
		err = row.Scan(&site.Source, &site.Host, &site.Origin)
		return site, err
	})
	return slices.DeleteFunc(all, func(site Site) bool {
		return len(sources) > 0 && !slices.Contains(sources, site.Source)
	}), err
}

// Sample returns n kept pages of a site, chosen by a hash of their addresses: the same pages make the same sample
// whenever and in whatever order they came, and it changes little when a few come or go.
func (s *Store) Sample(ctx context.Context, site Site, n int) ([]Sampled, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT u.id,u.url,u.body_hash FROM url u JOIN body b ON b.url=u.id WHERE u.host=? AND u.source=? AND u.doc<>'' AND u.state='ok'`, site.Host, site.Source)
	if err != nil {
		return nil, classify(err)
	}
	defer rows.Close()
	var best []Sampled
	for rows.Next() {
		var p Sampled
		var hash []byte
		if err := rows.Scan(&p.Row, &p.URL, &hash); err != nil {
			return nil, classify(err)
		}
		p.BodyHash = string(hash)
		if best = append(best, p); len(best) >= 2*n+64 {
			best = lowest(best, n) // bounded memory over sites of any size
		}
	}
	return lowest(best, n), classify(rows.Err())
}

func lowest(pages []Sampled, n int) []Sampled {
	slices.SortFunc(pages, func(a, b Sampled) int {
		return cmp.Or(cmp.Compare(lot(a.URL), lot(b.URL)), strings.Compare(a.URL, b.URL))
	})
	return pages[:min(n, len(pages))]
}

// lot is FNV-1a with its bits mixed: the order in which pages are drawn.
func lot(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	return h ^ h>>33
}

// ReadOtherwise returns up to n kept bodies of a site, after the one given, that were read in another way than pipeline
// names; fewer when they are large.
func (s *Store) ReadOtherwise(ctx context.Context, site Site, pipeline string, after int64, n int) ([]Body, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT b.url,b.header,b.packed,b.at FROM url u JOIN body b ON b.url=u.id
		WHERE u.host=? AND u.source=? AND u.doc<>'' AND u.state='ok' AND u.pipeline<>? AND u.id>? ORDER BY u.id LIMIT ?`, site.Host, site.Source, pipeline, after, n)
	if err != nil {
		return nil, classify(err)
	}
	defer rows.Close()
	return scanBodies(rows)
}

// ReadAlike notes that pages read in the way that pipeline names say what they said before.
func (s *Store) ReadAlike(ctx context.Context, pipeline string, rows ...int64) error {
	if len(rows) == 0 {
		return nil
	}
	return s.tx(ctx, func(t *txn) error {
		for _, id := range rows {
			if err := t.exec("UPDATE url SET pipeline=? WHERE id=?", pipeline, id); err != nil {
				return err
			}
		}
		return nil
	})
}
