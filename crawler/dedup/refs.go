package dedup

import (
	"iter"
	"regexp"
	"slices"
	"strings"
)

// Bounds of what a document is said to link to.
const (
	leastAnchor = 8   // bytes; shorter anchors stand in any text by chance
	mostRefs    = 100 // a page with more is a list
)

// Refs are what a text itself links to, out of all links (address, anchor) of its page: those whose anchor stands in the
// text, so that menus and related lists stay out, and DOIs, as "doi:10.…", linked or written out under their label. Each
// once, the links first, in the page's order.
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
			return refs
		}
	}
	for _, m := range labelledDOI.FindAllStringSubmatch(text, mostRefs) {
		if ref := "doi:" + ended(strings.ToLower(m[1])); len(refs) < mostRefs && !slices.Contains(refs, ref) {
			refs = append(refs, ref)
		}
	}
	return refs
}

// labelledDOI finds a DOI that a text writes out: "doi: 10.1000/182", "https://doi.org/10.1000/182". A bare number may be
// anything.
var labelledDOI = regexp.MustCompile(`(?i)\bdoi(?:\.org/|:?\s?)(10\.\d{4,9}/[^\s"<>»«“”]{1,200})`)

// ended takes off what belongs to the sentence around a DOI. Brackets within one are its own: "s0140-6736(05)66378-7".
func ended(doi string) string {
	for {
		cut := strings.TrimRight(doi, ".,;:!?'’")
		if open, closed := strings.Count(cut, "("), strings.Count(cut, ")"); closed > open {
			cut = strings.TrimSuffix(cut, ")")
		}
		cut = strings.TrimSuffix(cut, "]")
		if cut == doi {
			return doi
		}
		doi = cut
	}
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
