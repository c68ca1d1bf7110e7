package server

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"net/http"
	"net/url"
	"time"

	"github.com/go-chi/chi/v5"

	"smaabornsviden/index"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/page"
	"smaabornsviden/server/tongue"
)

// machines are what browsers, search engines and pages of others fetch by themselves.
type machines struct {
	reply  *replies
	cat    *catalogue
	gate   *gate
	engine index.Engine
	pages  *page.Pages
	site   siteURL
}

// routes are those that browsers, search engines and pages of others look for.
func (h *machines) routes(r chi.Router) {
	get := getter(r)
	get("/opensearch.xml", h.describeSearch)
	get("/robots.txt", h.robots)
	get("/sitemap.xml", h.sitemap)
	get("/indlejr.js", h.embedded)
	get(page.StaticPrefix+"{name}", h.asset)
	r.With(openToOthers, h.gate.limitAskers).Get("/forslag", h.openSuggest)
	r.With(openToOthers, h.gate.limitAskers).Head("/forslag", h.openSuggest)
}

// cacheHours is for what seldom changes and has no tag.
const cacheHours = "public, max-age=3600"

type openSearch struct {
	XMLName       xml.Name        `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
	ShortName     string          `xml:"ShortName"` // at most 16 characters
	Description   string          `xml:"Description"`
	Language      string          `xml:"Language"`
	InputEncoding string          `xml:"InputEncoding"`
	Image         openSearchImage `xml:"Image"`
	URLs          []openSearchURL `xml:"Url"`
}

type openSearchImage struct {
	Type string `xml:"type,attr"`
	Href string `xml:",chardata"`
}

type openSearchURL struct {
	Type     string `xml:"type,attr"`
	Rel      string `xml:"rel,attr,omitempty"`
	Template string `xml:"template,attr"`
}

// describeSearch lets browsers offer this site as a search engine.
func (h *machines) describeSearch(w http.ResponseWriter, r *http.Request) {
	base := h.site.base(r)
	d := openSearch{
		ShortName: "Småbørnsviden", Description: "Find viden om børn fra 0 til 6 år", Language: "da", InputEncoding: "UTF-8",
		Image: openSearchImage{Type: "image/svg+xml", Href: base + h.pages.Icon()},
		URLs: []openSearchURL{
			{Type: "text/html", Template: base + "/soeg?q={searchTerms}"},
			{Type: "application/atom+xml", Template: base + "/feed.atom?q={searchTerms}"},
			{Type: "application/rss+xml", Template: base + "/feed.rss?q={searchTerms}"},
			{Type: "application/x-suggestions+json", Template: base + "/forslag?q={searchTerms}"},
			{Type: "application/opensearchdescription+xml", Rel: "self", Template: base + "/opensearch.xml"},
		},
	}
	h.reply.writeXML(w, r, "application/opensearchdescription+xml", d)
}

// openSuggest answers browsers as the OpenSearch suggestions say: the text and a list of completions.
func (h *machines) openSuggest(w http.ResponseWriter, r *http.Request) {
	typed := r.URL.Query().Get("q")
	found, err := h.cat.suggest(r.Context(), typed, tongue.Danish)
	texts, links := []string{}, []string{}
	for _, g := range found {
		texts = append(texts, g.Text)
		links = append(links, h.site.base(r)+g.Path)
	}
	if err != nil {
		// A browser shows nothing of an error. What looks like a CPR number is not sent back.
		f := failureOf(err, answer.Question{})
		h.reply.noteFailure(r, f, err, answer.Question{Text: typed})
		typed, texts, links = "", []string{}, []string{}
	}
	text, _ := json.Marshal([]any{typed, texts, []string{}, links}) // only strings: nothing that could fail
	w.Header().Set("Content-Type", "application/x-suggestions+json; charset=utf-8")
	w.Header().Set("Cache-Control", cachePage)
	send(w, r, http.StatusOK, text)
}

// robots keeps search engines to the pages that stand for themselves: lists of hits have no end.
func (h *machines) robots(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", cacheHours)
	text := "User-agent: *\nDisallow: /soeg\nDisallow: /en/soeg\nDisallow: /laeseliste\nDisallow: /en/laeseliste\nDisallow: /api/\nDisallow: /feed.\nDisallow: /en/feed.\nDisallow: /forslag\nDisallow: /protokol\nDisallow: /en/protokol\n\nSitemap: " + h.site.base(r) + "/sitemap.xml\n"
	send(w, r, http.StatusOK, []byte(text))
}

type sitemap struct {
	XMLName xml.Name      `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	Pages   []sitemapPage `xml:"url"`
}

type sitemapPage struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod,omitempty"`
}

// mostListed is the most that one sitemap may hold, some room left for the pages of our own.
const mostListed = 49_000

func (h *machines) sitemap(w http.ResponseWriter, r *http.Request) {
	base := h.site.base(r)
	out := sitemap{}
	add := func(path string, changed time.Time) {
		p := sitemapPage{Loc: base + path}
		if !changed.IsZero() {
			p.LastMod = changed.UTC().Format(time.DateOnly)
		}
		out.Pages = append(out.Pages, p)
	}
	for _, path := range []string{"/", "/emner", "/indsatser", "/kilder", "/nyt", "/hjaelp", "/om", "/om/metode", "/om/robot", "/om/privatliv", "/fjern", "/foreslaa-kilde"} {
		add(path, time.Time{})
		add(tongue.English.Path(path), time.Time{})
	}
	for _, t := range h.cat.topics {
		add("/emne/"+url.PathEscape(t.Slug), time.Time{})
	}
	for _, p := range h.cat.programmes {
		add("/indsats/"+url.PathEscape(p.Slug), time.Time{})
	}
	sources, err := h.cat.sources(r.Context())
	if err == nil {
		for _, c := range sources {
			add("/kilde/"+url.PathEscape(c.ID), c.LastOK)
		}
		err = h.eachDocument(r.Context(), mostListed, func(d index.Document) {
			if !d.NoArchive && !d.TDMReserved {
				add("/dokument/"+url.PathEscape(d.ID), d.FirstSeen)
			}
		})
	}
	if err != nil {
		h.reply.failPage(w, r, err)
		return
	}
	h.reply.writeXML(w, r, "application/xml", out)
}

// eachDocument walks over the newest documents, at most n of them.
func (h *machines) eachDocument(ctx context.Context, n int, each func(index.Document)) error {
	plan := index.Plan{Sort: index.ByNewest, Size: index.MaxSize}
	for n > 0 {
		found, err := h.engine.Search(ctx, plan)
		if err != nil {
			return err
		}
		for _, hit := range found.Hits[:min(n, len(found.Hits))] {
			each(hit.Doc)
		}
		n -= len(found.Hits)
		if found.Next.IsZero() {
			return nil
		}
		plan.After = found.Next
	}
	return nil
}

// embedded is the script for pages of others. Its address stays, so it is not cached for ever.
func (h *machines) embedded(w http.ResponseWriter, r *http.Request) {
	a, ok := h.pages.File("indlejr.js")
	if !ok {
		h.reply.notFound(w, r)
		return
	}
	head := w.Header()
	head.Set("Content-Type", a.ContentType)
	head.Set("Cache-Control", cacheHours)
	head.Set("Access-Control-Allow-Origin", "*")
	head.Set("Cross-Origin-Resource-Policy", "cross-origin")
	send(w, r, http.StatusOK, a.Body)
}

func (h *machines) asset(w http.ResponseWriter, r *http.Request) {
	a, ok := h.pages.Asset(chi.URLParam(r, "name"))
	if !ok {
		h.reply.notFound(w, r)
		return
	}
	w.Header().Set("Content-Type", a.ContentType)
	w.Header().Set("Cache-Control", cacheAsset)
	send(w, r, http.StatusOK, a.Body)
}
