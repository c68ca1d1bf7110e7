package hell

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

// listings are sites whose sitemaps, feeds and providers go wrong.
func listings() []Behaviour {
	return []Behaviour{
		sitemapRing(), sitemapOfOthers(), sitemapBomb(), sitemapOfOrphans(), sitemapHuge(), sitemapAlwaysNew(), sitemapHTML(),
		feedEntities(), feedXXE(), feedHuge(), feedBroken(), oaiRing(), oaiBroken(),
	}
}

const xml = "application/xml; charset=utf-8"

// urlset is a sitemap of addresses on the site itself.
func urlset(locs ...string) page {
	return func(a *ask) {
		var b strings.Builder
		b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`)
		for _, l := range locs {
			fmt.Fprintf(&b, "<url><loc>%s</loc></url>", l)
		}
		b.WriteString("</urlset>")
		body(xml, strings.ReplaceAll(b.String(), "ORIGIN", a.site.origin()))(a)
	}
}

func sitemapIndex(locs ...string) page {
	return func(a *ask) {
		var b strings.Builder
		b.WriteString(`<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`)
		for _, l := range locs {
			fmt.Fprintf(&b, "<sitemap><loc>%s%s</loc></sitemap>", a.site.origin(), l)
		}
		b.WriteString("</sitemapindex>")
		body(xml, b.String())(a)
	}
}

func sitemapRing() Behaviour {
	return Behaviour{
		Name: "sitemap-ring", Does: "has an index of sitemaps that contains itself", Most: 20, Want: map[string]string{"/": ok, "/sitemap.xml": ok, "/sitemap-b.xml": ok, "/bag-ringen": ok},
		pages: map[string]page{
			"/": says("Forsiden hos sitemap-ring", "/god"), "/sitemap.xml": sitemapIndex("/sitemap.xml", "/sitemap-b.xml", "/sitemap-c.xml"), "/sitemap-b.xml": sitemapIndex("/sitemap.xml", "/sitemap-b.xml"),
			"/sitemap-c.xml": urlset("ORIGIN/bag-ringen"), "/bag-ringen": says("Fundet bag ringen"),
		},
	}
}

func sitemapOfOthers() Behaviour {
	return Behaviour{
		Name: "sitemap-andres", Does: "lists other hosts, dead pages and nonsense in its sitemap", Want: map[string]string{"/": ok, "/sitemap.xml": ok, "/min": ok, "/doed": "missing http-404"},
		pages: map[string]page{
			"/":            says("Forsiden hos sitemap-andres", "/god"),
			"/sitemap.xml": urlset("http://en-anden.example/", "http://169.254.169.254/", "file:///etc/passwd", "", "   ", "ORIGIN/min", "ORIGIN/doed", "http://[:::]/"), "/min": says("Min egen side"),
		},
	}
}

// laughs is the entity bomb that all XML readers know.
func laughs(inside string) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">`)
	for i := range 9 {
		last := "lol"
		if i > 0 {
			last = fmt.Sprintf("lol%d", i)
		}
		fmt.Fprintf(&b, `<!ENTITY lol%d "%s">`, i+1, strings.Repeat("&"+last+";", 10))
	}
	return b.String() + "]>" + inside
}

func sitemapBomb() Behaviour {
	return Behaviour{
		Name: "sitemap-entiteter", Does: "multiplies entities in its sitemap: none is", Want: map[string]string{"/": ok, "/sitemap.xml": ok}, Most: 16,
		pages: map[string]page{"/": says("Forsiden hos sitemap-entiteter", "/god"), "/sitemap.xml": body(xml, laughs("<urlset><url><loc>&lol9;</loc></url></urlset>"))},
	}
}

func sitemapOfOrphans() Behaviour {
	return Behaviour{
		Name: "sitemap-afbrudt", Does: "breaks its sitemap off after pages that nothing links to", Want: map[string]string{"/": ok, "/sitemap.xml": ok, "/ensom": ok},
		pages: map[string]page{
			"/": says("Forsiden hos sitemap-afbrudt", "/god"), "/ensom": says("En ensom side"), "/sitemap.xml": func(a *ask) {
				body(xml, "<urlset><url><loc>"+a.site.origin()+"/ensom</loc></url><url><loc>"+a.site.origin()+"/halv")(a)
			},
		},
	}
}

func sitemapHuge() Behaviour {
	return Behaviour{
		Name: "sitemap-200000", Does: "lists 200,000 pages in one sitemap", Most: 124, register: "max_pages: 50", Want: map[string]string{"/": ok, "/sitemap.xml": ok},
		pages: map[string]page{
			"/": says("Forsiden hos sitemap-200000", "/god"), "*": func(a *ask) { says("Nummer " + a.URL.Path)(a) }, "/sitemap.xml": func(a *ask) {
				locs := make([]string, 200_000)
				for i := range locs {
					locs[i] = fmt.Sprintf("ORIGIN/side/%x", i)
				}
				urlset(locs...)(a)
			},
		},
	}
}

func sitemapAlwaysNew() Behaviour {
	return Behaviour{
		Name: "sitemap-altid-nyt", Does: "says of every page that it was changed just now, or in the year 9999", Want: map[string]string{"/": ok, "/sitemap.xml": ok, "/en": ok},
		pages: map[string]page{
			"/": says("Forsiden hos sitemap-altid-nyt", "/god"), "/en": says("Altid ny"), "/sitemap.xml": func(a *ask) {
				body(xml, fmt.Sprintf("<urlset><url><loc>%s/en</loc><lastmod>%s</lastmod></url><url><loc>%[1]s/god</loc><lastmod>9999-12-31</lastmod></url></urlset>", a.site.origin(), time.Now().Format(time.RFC3339)))(a)
			},
		},
	}
}

func sitemapHTML() Behaviour {
	return Behaviour{
		Name: "sitemap-html", Does: "answers its front page for a sitemap", Want: map[string]string{"/": ok, "/sitemap.xml": "unsupported unreadable"},
		pages: map[string]page{"/sitemap.xml": front},
	}
}

const feedLink = `<link rel="alternate" type="application/rss+xml" href="/feed.xml">`

// feeding is a site with a feed.
func feeding(name, does, then string, want map[string]string, feed page, more map[string]page) Behaviour {
	pages := map[string]page{"/": body("text/html; charset=utf-8", strings.Replace(Article("Forsiden hos "+name, "/god"), "<head>", "<head>"+feedLink, 1)), "/feed.xml": feed}
	for path, p := range more {
		pages[path] = p
	}
	all := map[string]string{"/": ok, "/feed.xml": then}
	for path, w := range want {
		all[path] = w
	}
	return Behaviour{Name: name, Does: does, Want: all, pages: pages, Most: 124, register: "max_pages: 50"}
}

func feedEntities() Behaviour {
	return feeding("feed-entiteter", "multiplies entities in its feed: none is", ok, nil,
		body("application/rss+xml", laughs("<rss version=\"2.0\"><channel><item><title>&lol9;</title><link>/&lol9;</link></item></channel></rss>")), nil)
}

func feedXXE() Behaviour {
	return feeding("feed-xxe", "asks the reader of its feed for files of the machine: it gets none", ok, nil,
		body("application/rss+xml", `<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y SYSTEM "http://169.254.169.254/">]><rss version="2.0"><channel><item><title>&x;</title><link>/&x;&y;</link></item></channel></rss>`), nil)
}

func feedHuge() Behaviour {
	return feeding("feed-100000", "has 100,000 items in its feed", ok, nil, func(a *ask) {
		var b strings.Builder
		b.WriteString(`<rss version="2.0"><channel><title>Alt</title>`)
		for i := range 100_000 {
			fmt.Fprintf(&b, "<item><title>N</title><link>%s/nyt/%x</link></item>", a.site.origin(), i)
		}
		b.WriteString("</channel></rss>")
		body("application/rss+xml", b.String())(a)
	}, map[string]page{"*": func(a *ask) { says("Nyhed " + a.URL.Path)(a) }})
}

func feedBroken() Behaviour {
	return feeding("feed-afbrudt", "has relative links, guids that are no addresses, and no end", "unsupported unreadable", nil,
		body("application/rss+xml", `<rss version="2.0"><channel><title>Nyt<item><title>A & B</title><guid isPermaLink="false">tag:x</guid><link>/ny</link></item>`), map[string]page{"/ny": says("Ny")})
}

const records = `<?xml version="1.0" encoding="UTF-8"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2026-01-01T00:00:00Z</responseDate>`

// oaiRing hands out the same token for ever.
func oaiRing() Behaviour {
	return Behaviour{
		Name: "oai-ring", Does: "hands out the same resumption token for ever", Most: 30, register: "oai: \"ORIGIN/oai\"", Want: map[string]string{"/": ok},
		pages: map[string]page{
			"/": says("Forsiden hos oai-ring", "/god"), "/oai": func(a *ask) {
				switch a.URL.Query().Get("verb") {
				case "Identify":
					body(xml, records+"<Identify><repositoryName>Ring</repositoryName><protocolVersion>2.0</protocolVersion><earliestDatestamp>2020-01-01</earliestDatestamp><deletedRecord>no</deletedRecord><granularity>YYYY-MM-DD</granularity></Identify></OAI-PMH>")(a)
				case "ListMetadataFormats":
					body(xml, records+"<ListMetadataFormats><metadataFormat><metadataPrefix>oai_dc</metadataPrefix></metadataFormat></ListMetadataFormats></OAI-PMH>")(a)
				default:
					body(xml, records+"<ListRecords><record><header><identifier>oai:x:1</identifier><datestamp>2024-01-01</datestamp></header></record><resumptionToken>igen</resumptionToken></ListRecords></OAI-PMH>")(a)
				}
			},
		},
	}
}

func oaiBroken() Behaviour {
	return Behaviour{
		Name: "oai-vroevl", Does: "answers a harvest with a web page", Most: 20, register: "oai: \"ORIGIN/oai\"", Want: map[string]string{"/": ok},
		pages: map[string]page{"/": says("Forsiden hos oai-vroevl", "/god"), "/oai": with("X-Fejl", http.StatusText(500), says("Velkommen til vores arkiv"))},
	}
}
