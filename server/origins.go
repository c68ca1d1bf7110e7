package server

import (
	"context"
	"errors"
	"slices"
	"strings"

	"smaabornsviden/index"
	"smaabornsviden/index/programmes"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/page"
)

// origins are the documents that figures were read in, by their addresses, with when they changed.
func (cat *catalogue) origins(ctx context.Context, all []programmes.Figure, hits []answer.Hit) (map[string]page.Origin, error) {
	found := map[string]page.Origin{}
	var ids []string
	for _, f := range all {
		if _, looked := found[f.URL]; looked || f.URL == "" {
			continue
		}
		d, err := cat.lying(ctx, f.URL, hits)
		if errors.Is(err, index.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		found[f.URL] = page.Origin{Doc: d}
		ids = append(ids, d.ID)
	}
	if len(ids) == 0 {
		return found, nil
	}
	altered, err := cat.altered(ctx, ids)
	if err != nil {
		return nil, err
	}
	for address, o := range found {
		o.Altered = altered[o.Doc.ID]
		found[address] = o
	}
	return found, nil
}

// lying is the document at an address, or ErrNotFound. A document's id comes of the address that it was first met at, and it keeps
// that when it moves: where it lies now is known of those that speak of the programme.
func (cat *catalogue) lying(ctx context.Context, address string, hits []answer.Hit) (index.Document, error) {
	bare := strings.TrimSuffix(address, "/")
	for _, form := range []string{address, bare, bare + "/"} {
		d, err := cat.engine.Document(ctx, index.NewID(form))
		if !errors.Is(err, index.ErrNotFound) {
			return d, err
		}
	}
	for _, hit := range hits {
		if slices.ContainsFunc(append([]string{hit.Doc.URL}, hit.Doc.AltURLs...), func(u string) bool { return strings.TrimSuffix(u, "/") == bare }) {
			return cat.engine.Document(ctx, hit.Doc.ID)
		}
	}
	return index.Document{}, index.ErrNotFound
}
