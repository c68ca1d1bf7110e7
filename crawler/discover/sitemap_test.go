package discover

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const mapURL = "https://vtb.example/sitemap.xml"

const urlset = `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`

func zip(t testing.TB, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func date(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t
}

func TestSitemapReadsEveryKind(t *testing.T) {
	one := SitemapFile{Kind: "urlset", URLs: []SitemapURL{{Loc: "https://vtb.example/a"}}}
	for _, tc := range []struct {
		name, body string
		want       SitemapFile
	}{
		{
			"url set", `<?xml version="1.0" encoding="UTF-8"?>` + urlset + `<url><loc>https://vtb.example/a</loc><lastmod>2026-11-22</lastmod><changefreq>daily</changefreq></url></urlset>`,
			SitemapFile{Kind: "urlset", URLs: []SitemapURL{{Loc: "https://vtb.example/a", LastMod: date("2026-11-22T00:00:00Z")}}},
		},
		{
			"index", `<sitemapindex><sitemap><loc>https://vtb.example/1.xml.gz</loc><lastmod>2026</lastmod></sitemap><sitemap><loc>/2.xml</loc></sitemap>
			<sitemap><loc>/2.xml</loc></sitemap><sitemap><loc>sitemap.xml</loc></sitemap></sitemapindex>`,
			SitemapFile{Kind: "index", Children: []string{"https://vtb.example/1.xml.gz", "https://vtb.example/2.xml"}},
		},
		{
			"text", "https://vtb.example/a\r\n\n# note\nhttps://vtb.example/å b\nvrøvl\n",
			SitemapFile{Kind: "text", URLs: []SitemapURL{{Loc: "https://vtb.example/a"}, {Loc: "https://vtb.example/%C3%A5%20b"}}, Unusable: 1},
		},
		{"text with a byte order mark", "\xEF\xBB\xBFhttps://vtb.example/a", SitemapFile{Kind: "text", URLs: one.URLs}},
		{
			"RSS", `<rss version="2.0"><channel><item><link>/a</link><title>Nyt</title><pubDate>Sun, 22 Nov 2026 10:00:00 +0100</pubDate></item></channel></rss>`,
			SitemapFile{Kind: "feed", URLs: []SitemapURL{{Loc: "https://vtb.example/a", Title: "Nyt", LastMod: date("2026-11-22T09:00:00Z"), Published: date("2026-11-22T09:00:00Z")}}},
		},
		{
			"Atom", `<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Nyt</title><link href="/a"/><updated>2026-11-22T10:00:00Z</updated></entry></feed>`,
			SitemapFile{Kind: "feed", URLs: []SitemapURL{{Loc: "https://vtb.example/a", Title: "Nyt", LastMod: date("2026-11-22T10:00:00Z"), Published: date("2026-11-22T10:00:00Z")}}},
		},
		{"no name space", `<urlset><url><loc>https://vtb.example/a</loc></url></urlset>`, one},
		{"wrong name space", `<urlset xmlns="urn:x"><url><loc>https://vtb.example/a</loc></url></urlset>`, one},
		{"prefixed", `<s:urlset xmlns:s="http://www.sitemaps.org/schemas/sitemap/0.9"><s:url><s:loc>https://vtb.example/a</s:loc></s:url></s:urlset>`, one},
		{"white space and CDATA", "\n " + urlset + "<url><loc>\n <![CDATA[https://vtb.example/a]]> \n</loc></url></urlset>", one},
		{"comment within", urlset + `<!-- <url><loc>x</loc></url> --><url><loc>https://vtb<!-- ! -->.example/a</loc></url></urlset>`, one},
		{"relative address", urlset + `<url><loc>a</loc></url></urlset>`, one},
		{
			"escaped ampersand", urlset + `<url><loc>https://vtb.example/?a=1&amp;b=2</loc></url></urlset>`,
			SitemapFile{Kind: "urlset", URLs: []SitemapURL{{Loc: "https://vtb.example/?a=1&b=2"}}},
		},
		{
			"bare ampersand", urlset + `<url><loc>https://vtb.example/?a=1&b=2</loc></url></urlset>`,
			SitemapFile{Kind: "urlset", URLs: []SitemapURL{{Loc: "https://vtb.example/?a=1&b=2"}}},
		},
		{
			"letters", urlset + `<url><loc>https://vtb.example/bl&#229;b&aelig;r</loc></url></urlset>`,
			SitemapFile{Kind: "urlset", URLs: []SitemapURL{{Loc: "https://vtb.example/bl%C3%A5b%C3%A6r"}}},
		},
		{
			"latin-1, declared", `<?xml version="1.0" encoding="ISO-8859-1"?>` + urlset + "<url><loc>https://vtb.example/\xe5</loc></url></urlset>",
			SitemapFile{Kind: "urlset", URLs: []SitemapURL{{Loc: "https://vtb.example/%C3%A5"}}},
		},
		{
			"latin-1, called UTF-8", `<?xml version="1.0" encoding="UTF-8"?>` + urlset + "<url><loc>https://vtb.example/\xe5</loc></url></urlset>",
			SitemapFile{Kind: "urlset", URLs: []SitemapURL{{Loc: "https://vtb.example/%C3%A5"}}},
		},
		{"UTF-16", "\xFF\xFE" + wide(`<?xml version="1.0" encoding="UTF-16"?>`+urlset+`<url><loc>https://vtb.example/a</loc></url></urlset>`), one},
		{"control characters", urlset + "<url><loc>https://vtb.example/a</loc><x>\x01&#2;&#xB;</x></url></urlset>", one},
		{"image, video and unknown extensions", urlset + `<url><image:image><image:loc>https://vtb.example/i.png</image:loc></image:image><loc>https://vtb.example/a</loc>
			<video:video><video:player_loc>x</video:player_loc><loc>y</loc></video:video><priority>0.5</priority></url><noget><loc>z</loc></noget></urlset>`, one},
		{
			"news", urlset + `<url><loc>/a</loc><news:news><news:publication><news:name>Avis</news:name></news:publication>
			<news:publication_date>2026-11-20T08:00+01:00</news:publication_date><news:title> Ny  viden </news:title></news:news></url></urlset>`,
			SitemapFile{Kind: "urlset", URLs: []SitemapURL{{Loc: "https://vtb.example/a", Title: "Ny viden", Published: date("2026-11-20T07:00:00Z")}}},
		},
		{
			"languages", urlset + `<url><loc>/a</loc><xhtml:link rel="alternate" hreflang="en" href="/en/a"/></url></urlset>`,
			SitemapFile{Kind: "urlset", URLs: []SitemapURL{{Loc: "https://vtb.example/a", Alternates: []Alternate{{URL: "https://vtb.example/en/a", Lang: "en"}}}}},
		},
		{
			"useless entries", urlset + `<url><loc/></url><url/><url><loc>mailto:a@vtb.example</loc></url><url><loc>https://vtb.example/a</loc></url></urlset>`,
			SitemapFile{Kind: "urlset", URLs: one.URLs, Unusable: 3},
		},
		{"empty", urlset + `</urlset>`, SitemapFile{Kind: "urlset"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			for name, body := range map[string][]byte{"plain": []byte(tc.body), "packed": zip(t, tc.body), "packed twice": zip(t, string(zip(t, tc.body)))} {
				got, err := Sitemap(body, mapURL)
				if diff := cmp.Diff(tc.want, got); diff != "" || err != nil {
					t.Errorf("%s: %v (-want +got):\n%s", name, err, diff)
				}
			}
		})
	}
}

func wide(s string) string {
	var b strings.Builder
	for i := range len(s) {
		b.WriteByte(s[i])
		b.WriteByte(0)
	}
	return b.String()
}

func TestADamagedSitemapGivesWhatCameBefore(t *testing.T) {
	const limit = 4 << 20
	whole := urlset + `<url><loc>https://vtb.example/å</loc></url><url><loc>https://vtb.example/b</loc></url></urlset>`
	packed := zip(t, whole)
	var noise strings.Builder // random enough that half of the packed bytes hold half of the entries
	noise.WriteString(urlset)
	for i := range 2000 {
		fmt.Fprintf(&noise, "<url><loc>https://vtb.example/%x</loc></url>", i*7919)
	}
	noise.WriteString("</urlset>")
	long := zip(t, noise.String())
	for _, tc := range []struct {
		name string
		body []byte
		want error
		urls int
	}{
		{"cut within an address", []byte(whole[:strings.LastIndex(whole, "b</loc>")]), ErrBroken, 1},
		{"cut within a letter", []byte(whole[:strings.Index(whole, "å")+1]), ErrBroken, 0},
		{"cut before the end", []byte(strings.TrimSuffix(whole, "</urlset>")), ErrBroken, 2},
		{"packed and cut", long[:len(long)/2], ErrBroken, 500},
		{"packed and cut at once", packed[:5], ErrBroken, 0},
		{"no XML after a while", []byte(strings.Replace(whole, "<url><loc>https://vtb.example/b", "<url <<", 1)), ErrBroken, 1},
		{"a web page", []byte("<!DOCTYPE html><html><body>Siden findes ikke"), ErrFormat, 0},
		{"words", []byte("Siden findes ikke"), ErrFormat, 0},
		{"nothing", nil, ErrFormat, 0},
		{"white space", []byte(" \n"), ErrFormat, 0},
		{"endless nesting", []byte(urlset + "<url>" + strings.Repeat("<a>", 1_000_000)), ErrBroken, 0},
		{"an entity bomb", []byte(`<!DOCTYPE u [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>` + urlset + `<url><loc>https://vtb.example/&b;</loc></url></urlset>`), nil, 1},
		{"too large", append([]byte(urlset+`<url><loc>/a</loc></url>`), bytes.Repeat([]byte(" "), limit)...), ErrTooLarge, 1},
		{"a bomb", zip(t, urlset+`<url><loc>/a</loc></url>`+strings.Repeat(" ", limit)), ErrTooLarge, 1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := readSitemap(tc.body, mapURL, limit)
			if !errors.Is(err, tc.want) || len(got.URLs) < tc.urls || tc.urls < 500 && len(got.URLs) != tc.urls {
				t.Errorf("%d addresses, %v; want %d, %v", len(got.URLs), err, tc.urls, tc.want)
			}
			for _, u := range got.URLs {
				if len(u.Loc) > 100 {
					t.Errorf("an entity was expanded: %.200s", u.Loc)
				}
			}
		})
	}
	if _, err := Sitemap([]byte(whole), "vtb"); err == nil {
		t.Error("a base that is no address was taken")
	}
}

func TestTheLimitOfASitemapIsCounted(t *testing.T) {
	var b strings.Builder
	b.WriteString("<sitemapindex>")
	for i := range MaxURLs + 3 {
		fmt.Fprintf(&b, "<url><loc>/%d</loc></url><sitemap><loc>/s%d</loc></sitemap>", i, i)
	}
	b.WriteString("</sitemapindex>")
	got, err := Sitemap([]byte(b.String()), mapURL)
	if err != nil || len(got.URLs) != MaxURLs || len(got.Children) != MaxURLs || got.Omitted != 6 {
		t.Errorf("%d addresses, %d children, %d omitted, %v; want %d, %d, 6", len(got.URLs), len(got.Children), got.Omitted, err, MaxURLs, MaxURLs)
	}
}

func TestDatesOfSitemaps(t *testing.T) {
	for s, want := range map[string]string{
		"2026": "2026-01-01T00:00:00Z", "2026-11": "2026-11-01T00:00:00Z", "2026-11-22": "2026-11-22T00:00:00Z",
		"2026-11-22T10:30+01:00": "2026-11-22T09:30:00Z", "2026-11-22T10:30:15Z": "2026-11-22T10:30:15Z", "2026-11-22T10:30:15+01:00": "2026-11-22T09:30:15Z",
		"2026-11-22T10:30:15.25-02:00": "2026-11-22T12:30:15.25Z", " 2026-11-22T10:30:15.123456789Z\n": "2026-11-22T10:30:15.123456789Z",
		"2026-11-22 10:30:15": "2026-11-22T10:30:15Z", "2026-11-22 10:30:15 +0100": "2026-11-22T09:30:15Z", "2026-11-22T10:30:15+0100": "2026-11-22T09:30:15Z",
		"2026-11-22T10:30": "2026-11-22T10:30:00Z", "2026-11-22T10:30:15+01": "2026-11-22T09:30:15Z", "20261122": "2026-11-22T00:00:00Z",
		"Sun, 22 Nov 2026 10:30:15 +0100": "2026-11-22T09:30:15Z",
	} {
		if got := when(s); !got.Equal(date(want)) {
			t.Errorf("when(%q) = %v, want %s", s, got, want)
		}
	}
	for _, s := range []string{"", "i går", "22-11-2026", "2026-13-01", "0001-01-01", "1970-01-01T00:00:00Z", "2026-02-30"} {
		if got := when(s); !got.IsZero() {
			t.Errorf("when(%q) = %v, want none", s, got)
		}
	}
}

func FuzzSitemapKeepsItsLimits(f *testing.F) {
	f.Add([]byte(urlset + `<url><loc>https://vtb.example/?a&b</loc><lastmod>2026-11</lastmod></url></urlset>`))
	f.Add([]byte("<sitemapindex><sitemap><loc>/a</loc></sitemap>"))
	f.Add([]byte("https://vtb.example/a\nb"))
	f.Add([]byte("\xFF\xFE<\x00u\x00"))
	f.Add([]byte("\x1f\x8b\x08\x00"))
	f.Add([]byte(`<?xml version="1.0" encoding="latin1"?><rss><channel><item><link>a</link></item></channel></rss>`))
	f.Fuzz(func(t *testing.T, body []byte) {
		got, err := Sitemap(body, mapURL)
		again, errAgain := Sitemap(body, mapURL)
		if diff := cmp.Diff(got, again); diff != "" || (err == nil) != (errAgain == nil) {
			t.Errorf("the second time: %v, then %v (-first +second):\n%s", err, errAgain, diff)
		}
		if len(got.URLs) > MaxURLs || len(got.Children) > MaxURLs {
			t.Errorf("%d addresses, %d children", len(got.URLs), len(got.Children))
		}
		for _, u := range got.URLs {
			if !strings.HasPrefix(u.Loc, "http") {
				t.Errorf("Loc = %q", u.Loc)
			}
		}
	})
}
