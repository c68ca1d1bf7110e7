package discover

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"

	"smaabornsviden/crawler/canonical"
)

// MaxItems is how many items of a feed are taken. Feeds show the latest; one with more is an archive, which
// links and sitemaps find as well.
const MaxItems = 10_000

// maxFeedBytes is how much of a feed is read: unlike a sitemap it is held in memory several times over.
const maxFeedBytes = 10 << 20

// FeedItem is an entry of a feed.
type FeedItem struct {
	URL   string // absolute, WHATWG form
	ID    string // guid or id as written
	Title string
	// Summary is the description as plain or HTML text, whatever the feed holds.
	Summary            string
	Published, Updated time.Time // zero when not given or unreadable
	Authors            []string
	Categories         []string
}

// Feed reads an RSS, RDF, Atom or JSON feed that lies at base and returns its items in order, at most
// MaxItems; items without an address are left out. A feed that ends early or is damaged gives the items
// before that point with ErrBroken; something else gives ErrFormat.
func Feed(body []byte, base string) ([]FeedItem, error) {
	b, err := canonical.NewBase(base)
	if err != nil {
		return nil, fmt.Errorf("feed at %s: %w", base, err)
	}
	body, cut := unpack(body, maxFeedBytes)
	body = toText(body)
	if tooDeep(body) {
		return nil, fmt.Errorf("feed: %w: elements nest too deep", ErrBroken)
	}
	parsed, err := parseFeed(body)
	if err != nil && parsed == nil {
		return nil, fmt.Errorf("feed: %w: %w", ErrFormat, err)
	}
	items := feedItems(parsed, b)
	if cut != nil {
		err = cut
	}
	if err != nil {
		return items, fmt.Errorf("feed: %w", err)
	}
	return items, nil
}

// parseFeed reads a whole feed; of a damaged one it reads what comes before the damage.
func parseFeed(body []byte) (*gofeed.Feed, error) {
	parser := gofeed.NewParser()
	// It would parse every item's HTML in search of a picture.
	parser.RSSTranslator = &gofeed.DefaultRSSTranslator{DisableContentImageScan: true}
	feed, err := parseSafely(parser, body)
	if err == nil {
		return feed, nil
	}
	if mended, ok := mend(body); ok {
		if feed, retry := parseSafely(parser, mended); retry == nil {
			return feed, fmt.Errorf("%w: %w", ErrBroken, err)
		}
	}
	return nil, err
}

// parseSafely turns a panic of the library into an error: gofeed 1.4.2 falls over a JSON feed with a null among
// its authors, and no feed may end the crawl of all other sites.
func parseSafely(parser *gofeed.Parser, body []byte) (feed *gofeed.Feed, err error) {
	defer func() {
		if p := recover(); p != nil {
			feed, err = nil, fmt.Errorf("gofeed: %v", p)
		}
	}()
	return parser.Parse(bytes.NewReader(body))
}

var itemEnd = regexp.MustCompile(`</(?:\w+:)?(item|entry)\s*>`)

// mend cuts an XML feed after its last whole item and closes what is open there.
func mend(body []byte) ([]byte, bool) {
	ends := itemEnd.FindAllIndex(body, -1)
	if len(ends) == 0 {
		return nil, false
	}
	head := body[:min(len(body), 4096)]
	whole := bytes.Clone(body[:ends[len(ends)-1][1]])
	switch {
	case bytes.Contains(head, []byte("<rss")):
		return append(whole, "</channel></rss>"...), true
	case bytes.Contains(head, []byte("<feed")):
		return append(whole, "</feed>"...), true
	case bytes.Contains(head, []byte("<rdf:RDF")):
		return append(whole, "</rdf:RDF>"...), true
	}
	return nil, false
}

func feedItems(feed *gofeed.Feed, base *canonical.Base) []FeedItem {
	var items []FeedItem
	for _, it := range feed.Items {
		if len(items) >= MaxItems {
			break
		}
		u, ok := itemURL(it, base)
		if !ok {
			continue
		}
		items = append(items, FeedItem{
			URL: u, ID: strings.TrimSpace(it.GUID), Title: collapse(html.UnescapeString(it.Title)), Summary: it.Description,
			Published: timeOf(it.PublishedParsed), Updated: timeOf(it.UpdatedParsed),
			Authors: authors(it), Categories: it.Categories,
		})
	}
	return items
}

// itemURL is the item's link, else a guid that is an address.
func itemURL(it *gofeed.Item, base *canonical.Base) (string, bool) {
	for _, link := range append([]string{it.Link}, it.Links...) {
		if strings.TrimSpace(link) == "" {
			continue
		}
		if u, err := base.Parse(link); err == nil {
			return u, true
		}
	}
	// A guid is relative to nothing: "12345" is no page.
	if strings.HasPrefix(it.GUID, "http") {
		if u, err := canonical.Parse(it.GUID, ""); err == nil {
			return u, true
		}
	}
	return "", false
}

func timeOf(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return t.UTC()
}

func authors(it *gofeed.Item) []string {
	var names []string
	for _, a := range it.Authors {
		if a != nil && collapse(a.Name) != "" {
			names = append(names, collapse(a.Name))
		}
	}
	return names
}
