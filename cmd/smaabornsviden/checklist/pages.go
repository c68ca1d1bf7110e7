package checklist

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/idna"

	"smaabornsviden/crawler/partners"
)

// opened tells which pages of a row do not show what they should.
func (w World) opened(ctx context.Context, row Row) ([]string, error) {
	var why []string
	for _, p := range row.Pages {
		path, err := w.filled(p.Path)
		if err != nil {
			return nil, err
		}
		got, err := w.Open(ctx, path)
		if err != nil {
			return nil, err
		}
		missing, err := w.missing(p, got)
		if err != nil {
			return nil, err
		}
		for _, m := range missing {
			why = append(why, p.Path+" "+m)
		}
	}
	return append(why, w.hosts(row)...), nil
}

// filled writes the ids of documents into "{L01}".
func (w World) filled(path string) (string, error) {
	for {
		before, rest, found := strings.Cut(path, "{")
		name, after, closed := strings.Cut(rest, "}")
		if !found || !closed {
			return path, nil
		}
		id, known := w.IDs[name]
		if !known {
			return "", fmt.Errorf("%s: no document %q", path, name)
		}
		path = before + id + after
	}
}

// missing tells what a page lacks. Its words have to come one after the other, so that a plan is not taken for a result.
func (w World) missing(p Page, got Opened) ([]string, error) {
	if got.Status != cmp.Or(p.Status, http.StatusOK) {
		return []string{fmt.Sprintf("answers %d", got.Status)}, nil
	}
	var why []string
	rest := got.Text
	for _, words := range p.With {
		_, after, found := strings.Cut(rest, words)
		if !found {
			why = append(why, fmt.Sprintf("has no %q where it is looked for", words))
			continue
		}
		rest = after
	}
	for _, words := range p.Without {
		if strings.Contains(got.Text, words) {
			why = append(why, fmt.Sprintf("has %q", words))
		}
	}
	for _, link := range p.Links {
		to, err := w.filled(link)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(got.Links, func(l string) bool { return l == to || strings.HasPrefix(l, to+"?") }) {
			why = append(why, "does not link to "+link)
		}
	}
	return why, nil
}

// hosts tells which names of a host do not belong to the row's first source.
func (w World) hosts(row Row) []string {
	var why []string
	for _, name := range row.Hosts {
		ascii, err := idna.Lookup.ToASCII(name)
		if err != nil {
			why = append(why, fmt.Sprintf("%s is no name of a host: %v", name, err))
			continue
		}
		at := slices.IndexFunc(w.Register.Sources, func(s partners.Source) bool { return slices.Contains(s.Hosts(), ascii) })
		if at < 0 || w.Register.Sources[at].ID != row.Sources[0] {
			why = append(why, fmt.Sprintf("%s (%s) does not belong to %s", name, ascii, row.Sources[0]))
		}
	}
	return why
}

// Local is a link as a path within the site, or "" for one that leads elsewhere.
func Local(href string) string {
	u, err := url.Parse(href)
	if err != nil || u.Host != "" || u.Path == "" {
		return ""
	}
	return u.RequestURI()
}
