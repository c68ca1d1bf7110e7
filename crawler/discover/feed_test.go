package discover

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const feedURL = "https://boernehaanden.example/feed/"

func TestFeedReadsEveryKind(t *testing.T) {
	for _, tc := range []struct {
		name, body string
		want       []FeedItem
	}{
		{
			"RSS 2.0", `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Nyt</title>
			<link>https://gammel.example/</link>
			<item><title>Små  børn</title><link>/nyheder/1?a=1&amp;b=2</link><guid isPermaLink="false">77</guid><dc:creator>Anna Berg</dc:creator>
			<category>sprog</category><description>&lt;p&gt;Kort&lt;/p&gt;</description><pubDate>Sun, 22 Nov 2026 10:00:00 +0100</pubDate></item>
			<item><guid>https://boernehaanden.example/2</guid></item><item><guid isPermaLink="false">78</guid><title>uden adresse</title></item>
			<item><link>mailto:a@boernehaanden.example</link></item></channel></rss>`,
			[]FeedItem{
				{URL: "https://boernehaanden.example/nyheder/1?a=1&b=2", ID: "77", Title: "Små børn", Summary: "<p>Kort</p>", Published: date("2026-11-22T09:00:00Z"), Authors: []string{"Anna Berg"}, Categories: []string{"sprog"}},
				{URL: "https://boernehaanden.example/2", ID: "https://boernehaanden.example/2"},
			},
		},
		{
			"RSS 1.0", `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
			<channel/><item rdf:about="https://boernehaanden.example/1"><title>Nyt</title><link>https://boernehaanden.example/1</link><dc:date>2026-11-22</dc:date></item></rdf:RDF>`,
			[]FeedItem{{URL: "https://boernehaanden.example/1", Title: "Nyt", Published: date("2026-11-22T00:00:00Z"), Updated: date("2026-11-22T00:00:00Z")}},
		},
		{
			"Atom", `<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>tag:1</id><title type="html">Nyt &amp;amp; godt</title><link rel="self" href="/x.atom"/>
			<link rel="alternate" href="../artikler/1"/><published>2026-11-20T10:00:00Z</published><updated>2026-11-22T10:00:00+01:00</updated>
			<author><name>Bo Dam</name></author><summary>Kort</summary></entry></feed>`,
			[]FeedItem{{URL: "https://boernehaanden.example/artikler/1", ID: "tag:1", Title: "Nyt & godt", Summary: "Kort", Published: date("2026-11-20T10:00:00Z"), Updated: date("2026-11-22T09:00:00Z"), Authors: []string{"Bo Dam"}}},
		},
		{
			"JSON", `{"version":"https://jsonfeed.org/version/1.1","title":"Nyt","items":[{"id":"1","url":"/1","title":"Nyt","summary":"Kort","date_published":"2026-11-22T10:00:00+01:00"}]}`,
			[]FeedItem{{URL: "https://boernehaanden.example/1", ID: "1", Title: "Nyt", Summary: "Kort", Published: date("2026-11-22T09:00:00Z")}},
		},
		{
			"latin-1", "<?xml version='1.0' encoding='iso-8859-1'?><rss><channel><item><title>B\xf8rn</title><link>/b\xf8rn</link></item></channel></rss>",
			[]FeedItem{{URL: "https://boernehaanden.example/b%C3%B8rn", Title: "Børn"}},
		},
		{
			"UTF-16", "\xFF\xFE" + wide("<?xml version='1.0' encoding='utf-16'?><rss><channel><item><title>Nyt</title><link>/1</link></item></channel></rss>"),
			[]FeedItem{{URL: "https://boernehaanden.example/1", Title: "Nyt"}},
		},
		{
			"control characters", "<rss><channel><item><title>N\x0byt&#x1;</title><link>/1</link></item></channel></rss>",
			[]FeedItem{{URL: "https://boernehaanden.example/1", Title: "Nyt"}},
		},
		{"without items", `<rss><channel><title>Nyt</title></channel></rss>`, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := Feed([]byte(tc.body), feedURL)
			if diff := cmp.Diff(tc.want, got); diff != "" || err != nil {
				t.Errorf("%v (-want +got):\n%s", err, diff)
			}
		})
	}
}

func TestADamagedFeedGivesWhatCameBefore(t *testing.T) {
	const item = `<item><link>/1</link><title>Et</title></item>`
	for _, tc := range []struct {
		name, body string
		want       error
		items      int
	}{
		{"RSS cut", `<rss><channel>` + item + `<item><link>/2</li`, ErrBroken, 1},
		{"Atom cut", `<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><link href="/1"/></entry><entry><id>2`, ErrBroken, 1},
		{"RDF cut", `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><item><link>/1</link></item><item>`, ErrBroken, 1},
		{"cut before the first item ends", `<rss><channel><item><link>/1</li`, ErrFormat, 0},
		{"a web page", `<!DOCTYPE html><html><body>Siden findes ikke</body></html>`, ErrFormat, 0},
		{"words", `Siden findes ikke`, ErrFormat, 0},
		{"nothing", ``, ErrFormat, 0},
		{"other JSON", `{"version": 3`, ErrFormat, 0},
		{"JSON over which the library falls", `{"version":"https://jsonfeed.org/version/1","items":[{"url":"/1","authors":[null]}]}`, ErrFormat, 0},
		{"endless nesting", `<rss><channel><item>` + strings.Repeat("<a:b>", 200_000), ErrBroken, 0},
		{"too large", `<rss><channel>` + item + strings.Repeat(" ", maxFeedBytes), ErrTooLarge, 1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := Feed([]byte(tc.body), feedURL)
			if !errors.Is(err, tc.want) || len(got) != tc.items {
				t.Errorf("%d items, %v; want %d, %v", len(got), err, tc.items, tc.want)
			}
		})
	}
	if _, err := Feed([]byte(`<rss><channel/></rss>`), "feed"); err == nil {
		t.Error("a base that is no address was taken")
	}
}

func TestAnArchiveOfAFeedIsCut(t *testing.T) {
	var b strings.Builder
	b.WriteString("<rss><channel>")
	for i := range MaxItems + 5 {
		fmt.Fprintf(&b, "<item><link>/%d</link></item>", i)
	}
	b.WriteString("</channel></rss>")
	if got, err := Feed([]byte(b.String()), feedURL); err != nil || len(got) != MaxItems {
		t.Errorf("%d items, %v; want %d", len(got), err, MaxItems)
	}
}

func TestFeedLinksAreThoseOfTheHead(t *testing.T) {
	got := FeedLinks(parse(t, `<head><link rel="alternate" type="application/rss+xml" href="/feed/" title="Nyt"><link rel="ALTERNATE" type="application/atom+xml" href="/atom">
		<link rel="alternate" type="application/rss+xml" href="/feed/" title="Nyt"><link rel="alternate stylesheet" type="text/css" href="/x">
		<link rel="alternate" type="application/json+oembed" href="/oembed"></head>`), feedURL)
	want := []Alternate{
		{URL: "https://boernehaanden.example/feed/", Type: "application/rss+xml", Title: "Nyt"},
		{URL: "https://boernehaanden.example/atom", Type: "application/atom+xml"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("FeedLinks (-want +got):\n%s", diff)
	}
}

func FuzzFeedItemsHaveAddresses(f *testing.F) {
	f.Add([]byte(`<rss><channel><item><link>/1</link><guid>http://a</guid><pubDate>Sun, 22 Nov 2026 10:00:00 +0100</pubDate></item>`))
	f.Add([]byte(`<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://["><entry><link href="/1"/><content type="xhtml"><div>a</div></content></entry></feed>`))
	f.Add([]byte(`{"version":"https://jsonfeed.org/version/1","items":[{"url":"/1","authors":[null]}]}`))
	f.Add([]byte(`<rdf:RDF><item><link>a`))
	f.Fuzz(func(t *testing.T, body []byte) {
		got, err := Feed(body, feedURL)
		again, errAgain := Feed(body, feedURL)
		if diff := cmp.Diff(got, again); diff != "" || (err == nil) != (errAgain == nil) {
			t.Errorf("the second time: %v, then %v (-first +second):\n%s", err, errAgain, diff)
		}
		if len(got) > MaxItems {
			t.Errorf("%d items", len(got))
		}
		for _, item := range got {
			if !strings.HasPrefix(item.URL, "http") {
				t.Errorf("URL = %q", item.URL)
			}
		}
	})
}
