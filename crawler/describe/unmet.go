package describe

import (
	"bytes"
	"fmt"
	"iter"
	"net/url"
	"reflect"
	"slices"
	"strings"

	"smaabornsviden/index"
)

// CorrectedBy reports whether the corrections were read from just this text; no text and none at all are the same.
func (d *Describer) CorrectedBy(data []byte) bool { return bytes.Equal(d.corrections.raw, data) }

// Unmet names the corrections that hold for none of the documents, and those that ask to stand with an address where none is, each with
// file and line, and those that contradict an earlier one. It stops asking for documents once all have met one; an error of theirs is
// returned.
func (d *Describer) Unmet(docs iter.Seq2[index.Document, error]) ([]string, error) {
	list, all := d.corrections.list, d.corrections.contradictions()
	met, with := make([]bool, len(list)), make([]bool, len(list))
	open := 0
	for i, c := range list {
		with[i] = c.Set.Group == nil || c.Set.Group.With == ""
		if open++; !with[i] {
			open++
		}
	}
	if open == 0 {
		return all, nil
	}
	for doc, err := range docs {
		if err != nil {
			return nil, fmt.Errorf("look for the documents of corrections: %w", err)
		}
		for i, c := range list {
			if !met[i] && c.holds(&doc) {
				met[i], open = true, open-1
			}
			if !with[i] && at(&doc, c.Set.Group.With) {
				with[i], open = true, open-1
			}
		}
		if open == 0 {
			return all, nil
		}
	}
	for i, c := range list {
		where := fmt.Sprintf("%s:%d: correction %d", d.corrections.name, d.corrections.line(fmt.Sprintf("$.corrections[%d]", i)), i+1)
		if !met[i] {
			all = append(all, fmt.Sprintf("%s holds for no stored document (%s)", where, c.conditions()))
		}
		if !with[i] {
			all = append(all, fmt.Sprintf("%s: set.group.with: no stored document is at %s", where, c.Set.Group.With))
		}
	}
	return all, nil
}

// contradictions names the corrections that ask for something else than an earlier one with the same conditions, or pin two documents to
// each other in two ways. The later holds, which an operator should know.
func (c Corrections) contradictions() []string {
	plain := make([]correction, len(c.list)) // each is held against all before it
	for i, one := range c.list {
		one.URL = alike(one.URL)
		if g := one.Set.Group; g != nil && g.With != "" {
			one.Set.Group = &grouping{As: g.As, With: alike(g.With)}
		}
		plain[i] = one
	}
	var all []string
	for i, later := range plain {
		for k, earlier := range plain[:i] {
			for _, field := range later.against(earlier) {
				all = append(all, fmt.Sprintf("%s:%d: correction %d: %s: contradicts correction %d, and holds instead of it", c.name, c.line(fmt.Sprintf("$.corrections[%d].%s", i, field)), i+1, field, k+1))
			}
		}
	}
	return all
}

// against are the fields in which a correction contradicts an earlier one. The addresses of both are as alike makes them.
func (c correction) against(earlier correction) []string {
	if g, e := c.Set.Group, earlier.Set.Group; g != nil && e != nil && g.With != "" && c.URL == e.With && g.With == earlier.URL {
		if g.As != e.As || g.As != "oversaettelse" { // two translations are those of each other
			return []string{"set.group"}
		}
	}
	if c.Prefix != earlier.Prefix || c.Source != earlier.Source || c.Title != earlier.Title || c.URL != earlier.URL {
		return nil
	}
	var fields []string
	now, before := reflect.ValueOf(c.Set), reflect.ValueOf(earlier.Set)
	for i := range now.NumField() {
		a, b := now.Field(i), before.Field(i)
		if !a.IsNil() && !b.IsNil() && !reflect.DeepEqual(a.Interface(), b.Interface()) {
			fields = append(fields, "set."+now.Type().Field(i).Tag.Get("yaml"))
		}
	}
	return fields
}

// conditions are what a correction asks of a document, in words.
func (c correction) conditions() string {
	var all []string
	for _, one := range [][2]string{{"url", c.URL}, {"prefix", c.Prefix}, {"source", c.Source}, {"title", c.Title}} {
		if one[1] != "" {
			all = append(all, one[0]+" "+one[1])
		}
	}
	return strings.Join(all, ", ")
}

// at reports whether a document is at an address, which an operator may have copied out of a browser.
func at(d *index.Document, address string) bool {
	if address == d.URL {
		return true
	}
	asked := alike(address)
	return asked == alike(d.URL) || slices.ContainsFunc(d.AltURLs, func(other string) bool { return asked == alike(other) })
}

// alike is an address without what tells no pages apart: the case of its host, www, a default port, a slash at the end, what campaigns
// add, and the place within the page. Two documents that differ in nothing else are one to the crawler too.
func alike(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return address
	}
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	if port := u.Port(); port != "" && port != "80" && port != "443" {
		host += ":" + port
	}
	var params []string
	for param := range strings.SplitSeq(u.RawQuery, "&") {
		name, _, _ := strings.Cut(param, "=")
		if param != "" && !strings.HasPrefix(name, "utm_") && name != "fbclid" && name != "gclid" {
			params = append(params, param)
		}
	}
	return host + strings.TrimSuffix(u.Path, "/") + "?" + strings.Join(params, "&")
}
