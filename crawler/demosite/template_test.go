package demosite

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html/charset"
)

// document fetches a page as a selector library sees it.
func document(t *testing.T, c client, address string) *goquery.Document {
	t.Helper()
	resp, body := c.get(address)
	r, err := charset.NewReader(bytes.NewReader(body), resp.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(r)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestPagesCarryTheMarksOfTheirSystems(t *testing.T) {
	// Each row: document, selector, and what the first match's content attribute, href or text contains.
	tests := []struct{ id, selector, want string }{
		{"L01", `body.page-node-type-os2web-page .news-metadata .date`, "Opdateret 21.08.2024"},
		{"L01", `meta[property="og:locale"]`, "da_DK"},
		{"L01", `.eu-cookie-compliance-banner`, "cookies"},
		{"L01", `.breadcrumb`, "Forside > Borger > Børn og familie > Sundhedspleje >"},
		{"L01", `.contact-box`, "Telefontid"},
		{"L01", `.action-buttons`, "Læs højt"},
		{"L06", `body.page-node-type-os2web-news .date`, "30.09.2019"},
		{"L09", `a[type="application/pdf"]`, ".pdf"},
		{"F02", `.c-facts`, "14,2 mio. kr."},
		{"F02", `time`, "01.09.2022"},
		{"F05", `.c-facts`, "1. maj 2025"},
		{"F01", `link[hreflang=en]`, "http://morgenfroe-fonden.example/en/focus-areas/young-children"},
		{"F06", `link[hreflang=da]`, "http://morgenfroe-fonden.example/indsatsomraader/smaaboern"},
		{"F06", `html[lang=en] title`, "The Morgenfrø Foundation"},
		{"V02", `meta[name="dcterms.issued"]`, "2023-05-30"},
		{"V02", `.date`, "30. maj 2023"},
		{"V02", `.download`, "Hent rapport (PDF, 2,1 MB)"},
		{"V02", `.side`, "e-ISBN: 978-87-000-5210-2"},
		{"V05", `.date`, "30. MAY 2013"},
		{"V05", `link[hreflang=da]`, "/udgivelser/evaluering-af-udvidede-moedregrupper-1529/"},
		{"T02", `meta[name=citation_date]`, "2022/12/01"},
		{"T02", `meta[name=citation_doi]`, "10.5555/etsf.2022.114"},
		{"T02", `meta[name=citation_pdf_url]`, "/etsf/article/download/114/"},
		{"T02", `meta[name="DC.Rights"]`, "https://creativecommons.org/licenses/by/4.0/"},
		{"T02", `.keywords`, "Nøgleord: vuggestuestart"},
		{"T02", `.citation`, "Citér"},
		{"T06", `html[lang="da-DK"] meta[name=citation_language]`, "nb"},
		{"N01", `meta[property="article:published_time"]`, "2022-09-01T08:15:00+02:00"},
		{"N01", `.breadcrumbs`, "Hjem » Nyheder »"},
		{"N01", `.post-navigation`, "Forrige indlæg"},
		{"N01", `#respond`, "Skriv en kommentar"},
		{"N09", `audio[src]`, ""},
		{"N09", `details summary`, "Læs udskriften"},
		{"B02", `.kicker`, "DEBAT"},
		{"B02", `h1`, "Minimumsnormeringer løser det ikke alene"},
		{"B02", `meta[property="og:title"]`, "DEBAT: Minimumsnormeringer løser det ikke alene"},
		{"B02", `.byline`, "Af Peter Nørreskov"},
		{"B02", `.article .stamp`, "6. september 2023 kl. 06:00"},
		{"B02", `.pager`, "Forrige artikel"},
		{"B06", `.paywall`, "abonnement"},
		{"P02", `td`, "Eksempel"},
		{"P02", `html:not([lang])`, "Oprettet den 01-03-2021"},
		{"P04", `meta[name=robots]`, "noindex"},
	}
	s := newServer(t, Options{})
	c := newClient(t, s)
	for _, tt := range tests {
		found := document(t, c, s.state().docs[tt.id].URL()).Find(tt.selector).First()
		if found.Length() == 0 {
			t.Errorf("%s: nothing for %s", tt.id, tt.selector)
			continue
		}
		if got := shown(found); !strings.Contains(got, tt.want) {
			t.Errorf("%s: %s says %q, want %q", tt.id, tt.selector, got, tt.want)
		}
	}
}

func shown(s *goquery.Selection) string {
	for _, attr := range []string{"content", "href"} {
		if v, ok := s.Attr(attr); ok {
			return v
		}
	}
	return strings.Join(strings.FieldsFunc(s.Text(), func(r rune) bool { return r == ' ' || r == '\n' }), " ")
}

func TestWhatPagesDoNotSay(t *testing.T) {
	tests := []struct{ id, selector string }{
		{"L01", `meta[property="article:published_time"]`},
		{"L01", `script[type="application/ld+json"]`},
		{"F01", `time`}, // no date anywhere
		{"F06", `time`},
		{"N01", `.entry-header time, .entry-header .date`}, // the date stands in the metadata only
		{"T04", `link[rel=license], a[rel=license], meta[name="DC.Rights"]`},
		{"P02", `meta[name=description]`},
		{"P02", `link[rel=canonical]`},
		{"P01", `meta[property]`},
	}
	s := newServer(t, Options{})
	c := newClient(t, s)
	for _, tt := range tests {
		if document(t, c, s.state().docs[tt.id].URL()).Find(tt.selector).Length() > 0 {
			t.Errorf("%s has %s", tt.id, tt.selector)
		}
	}
}

func TestAPageWithoutADateShowsNone(t *testing.T) {
	s := newServer(t, Options{})
	c := newClient(t, s)
	for _, id := range []string{"F01", "F06", "P01"} {
		_, body := c.get(s.state().docs[id].URL())
		for _, mark := range []string{"datePublished", "dateModified", "published_time", "Oprettet den", "Opdateret", "<time"} {
			if bytes.Contains(body, []byte(mark)) {
				t.Errorf("%s says %s", id, mark)
			}
		}
	}
}

func TestTheMunicipalityHasALongMenu(t *testing.T) {
	s := newServer(t, Options{})
	if n := document(t, newClient(t, s), s.state().docs["L01"].URL()).Find("nav.left a").Length(); n < 40 {
		t.Errorf("%d links in the menu, want 40 or more", n)
	}
}

func TestTheAbstractIsPrintedTwice(t *testing.T) {
	s := newServer(t, Options{})
	d := s.state().docs["V01"]
	page := document(t, newClient(t, s), d.URL()).Find("body").Text()
	if n := strings.Count(page, d.Art.Abstract); n != 2 {
		t.Errorf("the abstract stands there %d times, want 2", n)
	}
}

func TestStructuredData(t *testing.T) {
	s := newServer(t, Options{})
	c := newClient(t, s)
	for _, tt := range []struct{ id, kind, published string }{
		{"F02", "Article", "2022-09-01T10:00:00+02:00"},
		{"V02", "Report", "2023-05-30"},
		{"V01", "ScholarlyArticle", "2022-05-30"},
		{"V11", "NewsArticle", "2023-05-30"},
		{"N01", "Article", "2022-09-01T08:15:00+02:00"},
		{"B06", "NewsArticle", "2023-05-31T06:00:00+02:00"},
	} {
		node := firstNode(t, document(t, c, s.state().docs[tt.id].URL()))
		if node["@type"] != tt.kind || node["datePublished"] != tt.published {
			t.Errorf("%s: %v of %v, want %s of %s", tt.id, node["@type"], node["datePublished"], tt.kind, tt.published)
		}
		if free := node["isAccessibleForFree"]; tt.id == "B06" && free != false {
			t.Errorf("B06: isAccessibleForFree is %v", free)
		}
	}
}

// firstNode is the first node of a page's JSON-LD, whatever it is packed into.
func firstNode(t *testing.T, doc *goquery.Document) object {
	t.Helper()
	var v any
	if err := json.Unmarshal([]byte(doc.Find(`script[type="application/ld+json"]`).Text()), &v); err != nil {
		t.Fatal(err)
	}
	if o, ok := v.(object); ok && o["@graph"] != nil {
		v = o["@graph"]
	}
	if list, ok := v.([]any); ok {
		v = list[0]
	}
	return v.(object)
}

func TestHeadersOfTheTradeJournal(t *testing.T) {
	c := newClient(t, newServer(t, Options{}))
	for path, reserved := range map[string]string{"/debat": "1", "/debat/minimumsnormeringer-loeser-det-ikke-alene": "1", "/praksis/ude-hver-dag": ""} {
		resp, _ := c.get("http://stuen-fagblad.example" + path)
		if got := resp.Header.Get("X-Robots-Tag"); got != "max-snippet:120" {
			t.Errorf("%s: X-Robots-Tag %q", path, got)
		}
		if got := resp.Header.Get("Tdm-Reservation"); got != reserved {
			t.Errorf("%s: tdm-reservation %q, want %q", path, got, reserved)
		}
	}
	doc := document(t, c, "http://stuen-fagblad.example/tag/vuggestue")
	if got := shown(doc.Find("meta[name=robots]")); got != "noindex,follow" {
		t.Errorf("tag page: robots %q", got)
	}
}

// TestWordsThatPagesMustNotSay: some searches are to succeed by synonyms or by a file's text alone.
func TestWordsThatPagesMustNotSay(t *testing.T) {
	s := newServer(t, Options{})
	c := newClient(t, s)
	for id, words := range map[string][]string{
		"L04": {"indkøring", "tilvænning"}, // only its PDF says them
		"T02": {"indkøring"},               // B01, which reports it, does
	} {
		doc := document(t, c, s.state().docs[id].URL())
		doc.Find("style, script").Remove()
		page := strings.ToLower(doc.Text())
		for _, w := range words {
			if strings.Contains(page, w) {
				t.Errorf("%s says %q", id, w)
			}
		}
	}
}
