package index

import (
	"slices"
	"strings"
)

// Bounds of a page that is mainly links: fewer links may stand in any short text, and a sentence around a link has more words than this.
const (
	leastListed  = 5
	wordsPerLink = 12
)

// frontNames are the only piece in the address of a front page that has one, languages included.
var frontNames = []string{"da", "en", "dk", "index", "index.html", "index.htm", "index.php", "index.aspx", "default.aspx", "forside", "forsiden", "home", "hjem"}

// Listing reports whether the page leads to others and says little itself: the front page of a host, or a text of which most stands in
// links. What stands on it is said of the pages behind, so it is neither a work nor a text about one.
func (d *Document) Listing() bool {
	if d.Format != "" && d.Format != "html" {
		return false
	}
	return d.Front() || d.mainlyLinks()
}

// Front reports whether the address is that of a host's front page.
func (d *Document) Front() bool {
	_, rest, ok := strings.Cut(d.URL, "://")
	if !ok || strings.Contains(rest, "?") {
		return false
	}
	_, path, _ := strings.Cut(rest, "/")
	path = strings.ToLower(strings.Trim(path, "/"))
	return path == "" || slices.Contains(frontNames, path)
}

// mainlyLinks counts the words for each link of the text; DOIs are no links to pages of a site.
func (d *Document) mainlyLinks() bool {
	links := 0
	for _, ref := range d.Refs {
		if !strings.HasPrefix(ref, "doi:") {
			links++
		}
	}
	return links >= leastListed && len(strings.Fields(d.Body)) < wordsPerLink*links
}
