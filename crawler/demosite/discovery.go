package demosite

import (
	"bytes"
	"compress/gzip"
	"encoding/xml"
	"net/url"
	"slices"
	"strings"
	"time"
)

const xmlType = "application/xml; charset=utf-8"

// robotsFile is the site's robots.txt; closed is the fault that disallows everything.
func (s *site) robotsFile(closed bool) answer {
	lines := s.robots
	if closed {
		lines = []string{"User-agent: *", "Disallow: /"}
	}
	if len(lines) == 0 {
		return answer{status: 404, kind: "text/plain; charset=utf-8", body: []byte("Ikke fundet\n")}
	}
	body := []byte(strings.Join(lines, "\n") + "\n")
	return answer{status: 200, kind: "text/plain; charset=utf-8", body: body, modified: released}
}

// discovery answers for sitemaps and feeds. Each site has those of the system that it runs on; the parents'
// site has none.
func (w *world) discovery(s *site, u *url.URL) (answer, bool) {
	switch s.ID + u.Path {
	case "L/sitemap.xml", "V/sitemap.xml", "T/etsf/sitemap":
		return urlSet(slices.Concat(s.listEntries(), s.plainEntries(), docEntries(s.docs))), true
	case "F/sitemap_index.xml":
		return sitemapIndex(s.url("/sitemap-sider.xml.gz"), s.url("/sitemap-viden.xml.gz")), true
	case "F/sitemap-sider.xml.gz":
		return gzipped(urlSet(slices.Concat(s.listEntries(), s.plainEntries(), docEntries(s.below("/viden", "/media", false))))), true
	case "F/sitemap-viden.xml.gz":
		return gzipped(urlSet(docEntries(s.below("/viden", "/media", true)))), true
	case "V/nyt.rss":
		return rssFeed(s, "/nyt.rss", newestFirst(s.docs)), true
	case "T/etsf/gateway/plugin/WebFeedGatewayPlugin/atom", "B/atom.xml":
		return atomFeed(s, u.Path, newestFirst(s.docs)), true
	case "N/wp-sitemap.xml":
		return sitemapIndex(s.url("/wp-sitemap-posts-post-1.xml"), s.url("/wp-sitemap-posts-page-1.xml")), true
	case "N/wp-sitemap-posts-post-1.xml":
		return urlSet(docEntries(s.docs)), true
	case "N/wp-sitemap-posts-page-1.xml":
		return urlSet(slices.Concat(s.listEntries(), s.plainEntries())), true
	case "N/feed/":
		return rssFeed(s, "/feed/", newestFirst(s.docs)), true
	case "B/sitemap-news.xml":
		return newsSitemap(s, newestFirst(s.docs)), true
	}
	return answer{}, false
}

// below returns the documents under one of two prefixes, or all the others.
func (s *site) below(prefix1, prefix2 string, inside bool) []*doc {
	var docs []*doc
	for _, d := range s.docs {
		if inside == (strings.HasPrefix(d.Path, prefix1+"/") || strings.HasPrefix(d.Path, prefix2+"/")) {
			docs = append(docs, d)
		}
	}
	return docs
}

// newestFirst orders documents for a feed; what has no date stays out of it.
func newestFirst(docs []*doc) []*doc {
	dated := slices.DeleteFunc(slices.Clone(docs), func(d *doc) bool { return d.Date.IsZero() })
	slices.SortStableFunc(dated, func(a, b *doc) int { return b.Date.Compare(a.Date) })
	return dated
}

type sitemapURL struct {
	Loc     string       `xml:"loc"`
	LastMod string       `xml:"lastmod,omitempty"`
	News    *sitemapNews `xml:"news:news"`
}

type sitemapNews struct {
	Name     string `xml:"news:publication>news:name"`
	Language string `xml:"news:publication>news:language"`
	Date     string `xml:"news:publication_date"`
	Title    string `xml:"news:title"`
}

func docEntries(docs []*doc) []sitemapURL {
	var urls []sitemapURL
	for _, d := range docs {
		if d.Robots != "" {
			continue
		}
		u := sitemapURL{Loc: d.URL()}
		if !d.Modified.IsZero() {
			u.LastMod = d.Modified.Format(time.RFC3339)
		}
		urls = append(urls, u)
	}
	return urls
}

func (s *site) listEntries() []sitemapURL {
	var urls []sitemapURL
	for _, l := range s.lists {
		if l.Robots == "" {
			urls = append(urls, sitemapURL{Loc: s.url(l.Path)})
		}
	}
	return urls
}

func (s *site) plainEntries() []sitemapURL {
	var urls []sitemapURL
	for _, p := range s.pages {
		urls = append(urls, sitemapURL{Loc: s.url(p.Path)})
	}
	return urls
}

const sitemapNS = "http://www.sitemaps.org/schemas/sitemap/0.9"

func urlSet(urls []sitemapURL) answer {
	return xmlAnswer(xmlType, struct {
		XMLName xml.Name     `xml:"urlset"`
		NS      string       `xml:"xmlns,attr"`
		URLs    []sitemapURL `xml:"url"`
	}{NS: sitemapNS, URLs: urls})
}

func newsSitemap(s *site, docs []*doc) answer {
	urls := docEntries(docs)
	for i, d := range docs {
		urls[i].News = &sitemapNews{Name: "Stuen", Language: "da", Date: d.Date.Format(time.RFC3339), Title: d.Art.Title}
	}
	return xmlAnswer(xmlType, struct {
		XMLName xml.Name     `xml:"urlset"`
		NS      string       `xml:"xmlns,attr"`
		NewsNS  string       `xml:"xmlns:news,attr"`
		URLs    []sitemapURL `xml:"url"`
	}{NS: sitemapNS, NewsNS: "http://www.google.com/schemas/sitemap-news/0.9", URLs: urls})
}

func sitemapIndex(children ...string) answer {
	var urls []sitemapURL
	for _, c := range children {
		urls = append(urls, sitemapURL{Loc: c})
	}
	return xmlAnswer(xmlType, struct {
		XMLName xml.Name     `xml:"sitemapindex"`
		NS      string       `xml:"xmlns,attr"`
		URLs    []sitemapURL `xml:"sitemap"`
	}{NS: sitemapNS, URLs: urls})
}

// gzipped packs a file as such (the sitemap itself is gzip, not its transfer).
func gzipped(a answer) answer {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write(a.body) // a bytes.Buffer does not fail
	_ = z.Close()
	a.kind, a.body = "application/x-gzip", b.Bytes()
	return a
}

func xmlAnswer(kind string, v any) answer {
	body, err := xml.MarshalIndent(v, "", " ")
	if err != nil {
		return answer{status: 500, kind: "text/plain; charset=utf-8", body: []byte(err.Error() + "\n")}
	}
	return answer{status: 200, kind: kind, body: append([]byte(xml.Header), append(body, '\n')...), modified: released}
}

type rssItem struct {
	Title       string `xml:"title"`
	Link        string `xml:"link"`
	GUID        string `xml:"guid"`
	PubDate     string `xml:"pubDate"`
	Description string `xml:"description"`
}

func rssFeed(s *site, path string, docs []*doc) answer {
	var items []rssItem
	for _, d := range docs {
		items = append(items, rssItem{
			Title: d.Art.Title, Link: d.URL(), GUID: d.URL(), PubDate: d.Date.Format(time.RFC1123Z), Description: excerpt(d),
		})
	}
	return xmlAnswer("application/rss+xml; charset=utf-8", struct {
		XMLName  xml.Name  `xml:"rss"`
		Version  string    `xml:"version,attr"`
		Title    string    `xml:"channel>title"`
		Link     string    `xml:"channel>link"`
		About    string    `xml:"channel>description"`
		Language string    `xml:"channel>language"`
		Docs     string    `xml:"channel>generator"`
		Items    []rssItem `xml:"channel>item"`
	}{Version: "2.0", Title: s.Name, Link: s.url("/"), About: exampleLine, Language: "da", Docs: "smaabornsviden-demo", Items: items})
}

// excerpt is what a feed says of a document: its lead, else the first 240 characters of its abstract.
func excerpt(d *doc) string {
	if d.Art.Lead != "" {
		return d.Art.Lead + " […]"
	}
	runes := []rune(d.Art.Abstract)
	return string(runes[:min(240, len(runes))]) + " […]"
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	Title     string   `xml:"title"`
	ID        string   `xml:"id"`
	Link      atomLink `xml:"link"`
	Published string   `xml:"published"`
	Updated   string   `xml:"updated"`
	Authors   []string `xml:"author>name"`
	Summary   string   `xml:"summary"`
}

func atomFeed(s *site, path string, docs []*doc) answer {
	var entries []atomEntry
	latest := released
	for _, d := range docs {
		entries = append(entries, atomEntry{
			Title: d.Art.Title, ID: d.URL(), Link: atomLink{Rel: "alternate", Href: d.URL()}, Summary: excerpt(d),
			Published: d.Date.Format(time.RFC3339), Updated: d.Modified.Format(time.RFC3339), Authors: d.Art.Authors,
		})
	}
	return xmlAnswer("application/atom+xml; charset=utf-8", struct {
		XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
		Title    string      `xml:"title"`
		Subtitle string      `xml:"subtitle"`
		ID       string      `xml:"id"`
		Link     atomLink    `xml:"link"`
		Updated  string      `xml:"updated"`
		Entries  []atomEntry `xml:"entry"`
	}{Title: s.Name, Subtitle: exampleLine, ID: s.url(path), Link: atomLink{Rel: "self", Href: s.url(path)}, Updated: latest.Format(time.RFC3339), Entries: entries})
}
