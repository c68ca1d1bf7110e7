package server_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"smaabornsviden/index"
	"smaabornsviden/server/api"
)

func TestAnAuthorIsAFilterLikeTheOthers(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	for _, c := range []struct {
		q     string
		total int
		told  []string
	}{
		{"forfatter:Aagaard", 1, []string{"forfatter:Aagaard"}},
		{`author:"aagaard, per" leg`, 1, []string{`forfatter:"aagaard, per"`}},
		{`author:"ågård, per" leg`, 0, []string{`forfatter:"ågård, per"`}},
		{"author:ågård,per leg", 1, []string{"forfatter:ågård,per"}},
		{`forfatter:"Per Lykke"`, 0, []string{`forfatter:"Per Lykke"`}}, // of two authors
		{"forfatter:Nordmann forfatter:hein", 2, []string{"forfatter:Nordmann", "forfatter:hein"}},
	} {
		r := search(t, h, url.Values{"q": {c.q}}.Encode())
		if r.Total != c.total || !slices.Equal(r.Understood.Filters, c.told) {
			t.Errorf("%s: %d hits, understood %q; want %d, %q", c.q, r.Total, r.Understood.Filters, c.total, c.told)
		}
	}
	if r := search(t, h, "forfatter=S%C3%B8ren+Lykke"); r.Total != 1 || !slices.Contains(r.Hits[0].Authors, "Søren Lykke") {
		t.Errorf("by parameter: %+v", r)
	}
	if w := get(h, "/api/v1/search?q=forfatter:Lyk*"); w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), "forfatter:Jensen") {
		t.Errorf("part of a word: %d %s", w.Code, w.Body)
	}
	doc := parse(t, get(h, "/soeg?q=leg+forfatter:Aagaard").Body)
	chip := doc.Find(".chip:contains('Forfatter: Aagaard')")
	if href, _ := chip.Attr("href"); chip.Length() != 1 || href != "/soeg?q=leg" {
		t.Errorf("%d chips, the first leads to %q", chip.Length(), href)
	}
	if v, _ := doc.Find("#soeg input[name=forfatter]").Attr("value"); v != "Aagaard" {
		t.Errorf("the next search of the form keeps %q", v)
	}
	if text := parse(t, get(h, "/en/soeg?q=leg+author:Aagaard").Body).Find(".chip").Text(); !strings.Contains(text, "Author: Aagaard") {
		t.Errorf("English chips: %q", text)
	}
}

func TestANameInQuotesIsOfferedWithoutThem(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	doc := parse(t, get(h, "/soeg?q="+url.QueryEscape(`leg forfatter:"Aagaard Per"`)).Body)
	link := doc.Find("main a:contains('er der 1 resultat')").First()
	if text := doc.Find("main").Text(); !strings.Contains(text, "Uden citationstegn om navnet er der 1 resultat") {
		t.Errorf("without a result: %s", strings.Join(strings.Fields(text), " "))
	}
	if href, _ := link.Attr("href"); href != "/soeg?forfatter=Aagaard+Per&q=leg" {
		t.Errorf("the link leads to %q", href)
	}
}

func TestACardLeadsToWhatItsAuthorsWrote(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	doc := parse(t, get(h, "/soeg?q=leg+forfatter:Aagaard").Body)
	authors := doc.Find(".card .authors")
	if text := strings.Join(strings.Fields(authors.Text()), " "); !strings.Contains(text, "Per Aagaard") || !strings.HasSuffix(text, " m.fl.") {
		t.Errorf("authors of the card: %q", text)
	}
	link := authors.Find("a:contains('Per Aagaard')")
	if href, _ := link.Attr("href"); href != "/soeg?forfatter=Per+Aagaard" {
		t.Errorf("the link leads to %q", href)
	}
}

func TestAProtocolNamesTheAuthorAskedFor(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	_, rec, text := savedProtocol(t, h, "q="+url.QueryEscape(`leg forfatter:"Per Aagaard"`))
	if len(rec.Query.Filters) != 1 || rec.Query.Filters[0].Value != `"Per Aagaard"` || rec.Total != 1 {
		t.Errorf("filters %+v, %d hits", rec.Query.Filters, rec.Total)
	}
	if !strings.Contains(string(text), "Per Aagaard") || rec.Query.Typed != `leg forfatter:"Per Aagaard"` {
		t.Errorf("typed %q; %s", rec.Query.Typed, text)
	}
}

func TestTheDocumentPageTellsWhoWroteAndBroughtItOut(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	id := index.NewID("https://tidsskrift.example/artikler/t02")
	doc := parse(t, get(h, "/dokument/"+id).Body)
	authors := doc.Find(".authors a")
	if authors.Length() != 7 || doc.Find("[itemprop=author]").Length() != 7 {
		t.Errorf("%d links, want one for each of seven authors", authors.Length())
	}
	href, _ := authors.Eq(1).Attr("href")
	if u, err := url.Parse(href); err != nil || u.Path != "/soeg" || u.Query().Get("forfatter") != "Per Aagaard" {
		t.Errorf("the second author leads to %q", href)
	}
	if found := parse(t, get(h, href).Body); found.Find("a[href*='"+id+"']").Length() == 0 {
		t.Error("the search for an author does not find the document")
	}
	for selector, want := range map[string]string{
		"[itemprop=publisher][itemtype='https://schema.org/Organization'] [itemprop=name]": "Eksempelforlaget",
		"[itemprop=isPartOf][itemtype^='https://schema.org/Periodical'] [itemprop=name]":   "Eksempeltidsskrift for Småbørnsforskning",
		"[itemprop=isPartOf] [itemprop=volumeNumber]":                                      "9",
		"[itemprop=identifier]:has([itemprop=propertyID][content=doi]) [itemprop=value]":   "10.5555/etsf.2021.31",
		"[itemprop=pageStart]": "31",
	} {
		if got, _ := doc.Find(selector).Attr("content"); got != want {
			t.Errorf("%s is %q, want %q", selector, got, want)
		}
	}
	if href, _ := doc.Find("link[itemprop=sameAs]").Attr("href"); !strings.HasPrefix(href, "https://doi.org/10.") {
		t.Errorf("sameAs is %q", href)
	}
	text := strings.Join(strings.Fields(doc.Find("dl.facts").Text()), " ")
	for _, want := range []string{
		"Udgiver Eksempelforlaget (fundet i »citation_publisher: Eksempelforlaget«)",
		"Tidsskrift Eksempeltidsskrift for Småbørnsforskning, årg. 9, nr. 1, s. 31–48 (fundet i",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in %s", want, text)
		}
	}
	if reference := doc.Find(".reference").Text(); !strings.Contains(reference, "Eksempeltidsskrift for Småbørnsforskning, 9(1), 31–48.") {
		t.Errorf("reference %q", reference)
	}
	if v, _ := doc.Find("meta[name=citation_firstpage]").Attr("content"); v != "31" {
		t.Errorf("citation_firstpage is %q", v)
	}
	if text := parse(t, get(h, "/en/dokument/"+id).Body).Find("dl.facts").Text(); !strings.Contains(text, "vol. 9, no. 1, pp. 31–48") {
		t.Errorf("in English: %s", text)
	}
}

func TestAnAuthorsNameNeverLeavesItsLink(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	links := 0
	for _, hit := range search(t, h, "size=50&type=forskning&type=praksis&type=nyhed&type=debat&type=ukendt").Hits {
		doc := parse(t, get(h, "/dokument/"+hit.ID).Body)
		if doc.Find(".authors img, .authors script").Length() > 0 {
			t.Errorf("%s: a name became an element", hit.ID)
		}
		for _, a := range doc.Find(".authors a").EachIter() {
			links++
			href, _ := a.Attr("href")
			if w := get(h, href); w.Code != http.StatusOK {
				t.Errorf("%s: %s answers %d", hit.ID, href, w.Code)
			}
		}
	}
	if links < 10 {
		t.Errorf("%d links to authors were tried", links)
	}
}

func TestTheAPITellsPublisherAndJournalWithReasons(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	var d api.Document
	if err := json.Unmarshal(get(h, "/api/v1/documents/"+index.NewID("https://tidsskrift.example/artikler/t02")).Body.Bytes(), &d); err != nil {
		t.Fatal(err)
	}
	if d.Publisher == nil || d.Publisher.Value != "Eksempelforlaget" || d.Publisher.Reason.Rule != "publisher-citation" || d.AuthorsWhy == nil || d.AuthorsWhy.Rule != "authors-citation" {
		t.Errorf("publisher %+v, authors by %+v", d.Publisher, d.AuthorsWhy)
	}
	if d.DOIWhy == nil || d.DOIWhy.Rule != "doi-meta" || d.ISSNWhy == nil || d.ISSNWhy.Quote != "ISSN 2596-0000" || d.KeywordsWhy == nil || d.ISBNWhy != nil {
		t.Errorf("DOI by %+v, ISSN by %+v, keywords by %+v, no ISBN by %+v", d.DOIWhy, d.ISSNWhy, d.KeywordsWhy, d.ISBNWhy)
	}
	if j := d.Journal; j == nil || *j.Volume != "9" || *j.Issue != "1" || *j.FirstPage != "31" || *j.LastPage != "48" || j.Reason.Rule != "journal-citation" {
		t.Errorf("journal %+v", j)
	}
}
