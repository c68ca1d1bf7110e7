package dedup

import (
	"iter"
	"slices"
	"strings"
)

// Bounds of what a document is said to link to.
const (
	leastAnchor = 8   // bytes; shorter anchors stand in any text by chance
	mostRefs    = 100 // a page with more is a list
)

// Refs are what a text itself links to, out of all links (address, anchor) of its page: those whose anchor stands in the
// text, so that menus and related lists stay out, and DOIs, as "doi:10.…". Each once, in the page's order.
func Refs(text string, links iter.Seq2[string, string]) []string {
	text = spaced(text)
	var refs []string
	for address, anchor := range links {
		ref := address
		if doi, ok := doi(address); ok {
			ref = "doi:" + doi
		} else if anchor = spaced(anchor); len(anchor) < leastAnchor || !strings.Contains(text, anchor) {
			continue
		}
		if !slices.Contains(refs, ref) {
			refs = append(refs, ref)
		}
		if len(refs) == mostRefs {
			break
		}
	}
	return refs
}

// doi is the DOI that an address of the resolver leads to, in lower case.
func doi(address string) (string, bool) {
	_, rest, _ := strings.Cut(address, "://")
	host, path, _ := strings.Cut(rest, "/")
	if (host == "doi.org" || host == "dx.doi.org" || host == "www.doi.org") && strings.HasPrefix(path, "10.") {
		return strings.ToLower(path), true
	}
	return "", false
}

func spaced(text string) string { return strings.Join(strings.Fields(text), " ") }
