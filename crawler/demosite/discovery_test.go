package demosite

import (
	"bytes"
	"compress/gzip"
	"encoding/xml"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/mmcdole/gofeed"
)

// sitemap reads a sitemap and its children and returns lastmod by address.
func sitemap(t *testing.T, c client, address string) map[string]string {
	t.Helper()
	resp, body := c.get(address)
	if resp.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d", address, resp.StatusCode)
	}
	if strings.HasSuffix(address, ".gz") {
		body = gunzip(t, body)
	}
	var parsed struct {
		XMLName xml.Name
		URLs    []struct {
			Loc     string `xml:"loc"`
			LastMod string `xml:"lastmod"`
		} `xml:"url"`
		Children []string `xml:"sitemap>loc"`
	}
	if err := xml.Unmarshal(body, &parsed); err != nil {
		t.Fatalf("%s: %v", address, err)
	}
	if parsed.XMLName.Space != sitemapNS {
		t.Errorf("%s: namespace %q", address, parsed.XMLName.Space)
	}
	all := map[string]string{}
	for _, u := range parsed.URLs {
		all[u.Loc] = u.LastMod
	}
	for _, child := range parsed.Children {
		for loc, lastmod := range sitemap(t, c, child) {
			all[loc] = lastmod
		}
	}
	return all
}

func gunzip(t *testing.T, data []byte) []byte {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return plain
}

// named is the sitemap that a site's robots.txt names, "" for none.
func named(t *testing.T, c client, host string) string {
	t.Helper()
	resp, body := c.get("http://" + host + "/robots.txt")
	if resp.StatusCode != http.StatusOK {
		return ""
	}
	for line := range strings.Lines(string(body)) {
		if address, ok := strings.CutPrefix(strings.TrimSpace(line), "Sitemap: "); ok {
			return address
		}
	}
	return ""
}

func TestEveryDocumentStandsInItsSitesSitemap(t *testing.T) {
	s := newServer(t, Options{})
	c := newClient(t, s)
	for _, site := range s.state().sites {
		address := named(t, c, site.Host)
		if site.ID == "P" {
			if address != "" {
				t.Error("the parents' site names a sitemap")
			}
			continue
		}
		entries := sitemap(t, c, address)
		for _, d := range site.docs {
			lastmod, ok := entries[d.URL()]
			if !ok {
				t.Errorf("%s: not in %s", d.ID, address)
			}
			want := d.Published
			if d.ID == "V06" {
				want = "2024-03-19" // edited long after it came out
			}
			if !strings.HasPrefix(lastmod, want) || (want == "") != (lastmod == "") {
				t.Errorf("%s: lastmod %q, want %q", d.ID, lastmod, want)
			}
		}
		for loc := range entries {
			if resp, _ := c.get(loc); resp.StatusCode != http.StatusOK {
				t.Errorf("%s names %s: %d", address, loc, resp.StatusCode)
			}
		}
	}
}

func TestFeedsAreReadByAFeedReader(t *testing.T) {
	s := newServer(t, Options{})
	c := newClient(t, s)
	for address, kind := range map[string]string{
		"http://vtb.example/nyt.rss": "rss", "http://boernehaanden.example/feed/": "rss", "http://stuen-fagblad.example/atom.xml": "atom",
		"http://tidsskrift-smaaboern.example/etsf/gateway/plugin/WebFeedGatewayPlugin/atom": "atom",
	} {
		resp, body := c.get(address)
		feed, err := gofeed.NewParser().Parse(bytes.NewReader(body))
		if err != nil {
			t.Errorf("%s: %v", address, err)
			continue
		}
		if feed.FeedType != kind {
			t.Errorf("%s: %s, want %s", address, feed.FeedType, kind)
		}
		site := s.state().hosts[hostOf(address)]
		if len(feed.Items) != len(site.docs) {
			t.Errorf("%s: %d items, want %d", address, len(feed.Items), len(site.docs))
		}
		for _, item := range feed.Items {
			d := docAt(site, item.Link)
			if d == nil || item.PublishedParsed == nil || !item.PublishedParsed.Equal(d.Date) || item.Title != d.Title {
				t.Errorf("%s: item %q of %v", address, item.Title, item.PublishedParsed)
			}
		}
		if resp.Header.Get("ETag") == "" {
			t.Errorf("%s: no ETag", address)
		}
	}
}

func hostOf(address string) string { return strings.Split(address, "/")[2] }

func docAt(s *site, address string) *doc {
	i := slices.IndexFunc(s.docs, func(d *doc) bool { return d.URL() == address })
	if i < 0 {
		return nil
	}
	return s.docs[i]
}

func TestRobotsFiles(t *testing.T) {
	c := newClient(t, newServer(t, Options{}))
	for host, lines := range map[string][]string{
		"lindeby-kommune.example":       {"Disallow: /soeg", "Disallow: /selvbetjening", "Disallow: /print/", "Crawl-delay: 1"},
		"morgenfroe-fonden.example":     {"Allow: /"},
		"vtb.example":                   {"Sitemap: http://vtb.example/sitemap.xml"},
		"tidsskrift-smaaboern.example":  {"Disallow: /etsf/search", "Disallow: /etsf/login"},
		"boernehaanden.example":         {"Disallow: /wp-admin/", "Disallow: /?s="},
		"stuen-fagblad.example":         {"Crawl-delay: 5", "Disallow: /print/"},
		"www.stuen-fagblad.example":     {"Crawl-delay: 5"},
		"gammel.vtb.example":            {"Sitemap:"},
		"vtb.example.localhost:8080":    {"Sitemap: http://vtb.example.localhost:8080/sitemap.xml"},
		"lindeby-kommune.example:18080": {"Sitemap: http://lindeby-kommune.example/sitemap.xml"},
	} {
		_, body := c.get("http://" + host + "/robots.txt")
		for _, line := range lines {
			if !bytes.Contains(body, []byte(line)) {
				t.Errorf("%s: robots.txt lacks %q", host, line)
			}
		}
	}
}

// oaiReply is what a harvester reads of a response.
type oaiReply struct {
	Error struct {
		Code string `xml:"code,attr"`
	} `xml:"error"`
	Records []struct {
		Header oaiHeader `xml:"header"`
		Titles []string  `xml:"metadata>dc>title"`
		Texts  []string  `xml:"metadata>dc>description"`
		JATS   []string  `xml:"metadata>article>front>article-meta>title-group>article-title"`
	} `xml:"ListRecords>record"`
	Headers []oaiHeader `xml:"ListIdentifiers>header"`
	Sets    []string    `xml:"ListSets>set>setSpec"`
	Token   string      `xml:"ListRecords>resumptionToken"`
	Deleted string      `xml:"Identify>deletedRecord"`
	Record  struct {
		Header oaiHeader `xml:"header"`
	} `xml:"GetRecord>record"`
}

const oaiBase = "http://tidsskrift-smaaboern.example/etsf/oai?"

// ask reads a response; control tells whether it held the character that XML forbids.
func ask(t *testing.T, c client, query string) (r oaiReply, control bool) {
	t.Helper()
	_, body := c.get(oaiBase + query)
	clean := bytes.ReplaceAll(body, []byte("\x0b"), nil)
	if err := xml.Unmarshal(clean, &r); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return r, len(clean) != len(body)
}

// harvest lists all records, following the tokens.
func harvest(t *testing.T, c client, query string) (headers []oaiHeader, pages int, control bool) {
	t.Helper()
	for query != "" {
		r, bad := ask(t, c, "verb=ListRecords&"+query)
		control = control || bad
		pages++
		for _, rec := range r.Records {
			headers = append(headers, rec.Header)
			if titles := len(rec.Titles) + len(rec.JATS); (rec.Header.Status == "deleted") != (titles == 0) || titles > 1 {
				t.Errorf("%s: status %q with %d titles", rec.Header.Identifier, rec.Header.Status, titles)
			}
		}
		query = ""
		if r.Token != "" {
			query = "resumptionToken=" + r.Token
		}
	}
	return headers, pages, control
}

func TestHarvestOfTheJournal(t *testing.T) {
	c := newClient(t, newServer(t, Options{}))
	headers, pages, control := harvest(t, c, "metadataPrefix=oai_dc")
	if len(headers) != 10 || pages != 3 || !control {
		t.Errorf("%d records on %d pages, control character %t; want 10 on 3, true", len(headers), pages, control)
	}
	if more, _, control := harvest(t, c, "metadataPrefix=jats"); !slices.Equal(more, headers) || !control {
		t.Errorf("in JATS there are %d records, in Dublin Core %d; control character %t", len(more), len(headers), control)
	}
	var deleted []string
	for _, h := range headers {
		if h.Status == "deleted" {
			deleted = append(deleted, h.Identifier)
		}
	}
	if !slices.Equal(deleted, []string{"oai:tidsskrift-smaaboern.example:article/100"}) {
		t.Errorf("deleted: %v", deleted)
	}
	theory, _, _ := harvest(t, c, "metadataPrefix=oai_dc&set=etsf:OVR")
	late, _, _ := harvest(t, c, "metadataPrefix=oai_dc&from=2024-01-01&until=2024-11-30")
	if len(theory) != 2 || len(late) != 1 {
		t.Errorf("%d in the set, %d in the window; want 2 and 1", len(theory), len(late))
	}
}

func TestOAIVerbsAndErrors(t *testing.T) {
	c := newClient(t, newServer(t, Options{}))
	if r, _ := ask(t, c, "verb=Identify"); r.Deleted != "persistent" {
		t.Errorf("Identify: deletedRecord %q", r.Deleted)
	}
	if r, _ := ask(t, c, "verb=ListSets"); len(r.Sets) != 2 {
		t.Errorf("sets: %v", r.Sets)
	}
	if r, _ := ask(t, c, "verb=ListIdentifiers&metadataPrefix=oai_dc"); len(r.Headers) != oaiPage {
		t.Errorf("%d identifiers", len(r.Headers))
	}
	const id = "oai:tidsskrift-smaaboern.example:article/114"
	if r, _ := ask(t, c, "verb=GetRecord&metadataPrefix=oai_dc&identifier="+id); r.Record.Header.Identifier != id {
		t.Errorf("GetRecord: %+v", r.Record)
	}
	for query, code := range map[string]string{
		"":                                       "badVerb",
		"verb=Nonsense":                          "badVerb",
		"verb=Identify&verb=Identify":            "badVerb",
		"verb=Identify&x=1":                      "badArgument",
		"verb=ListRecords":                       "badArgument",
		"verb=ListRecords&metadataPrefix=marc21": "cannotDisseminateFormat",
		"verb=ListRecords&metadataPrefix=oai_dc&from=yesterday":              "badArgument",
		"verb=ListRecords&metadataPrefix=oai_dc&from=2030-01-01":             "noRecordsMatch",
		"verb=ListRecords&resumptionToken=x":                                 "badResumptionToken",
		"verb=ListRecords&resumptionToken=99!!!":                             "badResumptionToken",
		"verb=ListRecords&resumptionToken=4!!!!oai_dc&metadataPrefix=oai_dc": "badArgument",
		"verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:nowhere:1":      "idDoesNotExist",
		"verb=GetRecord&metadataPrefix=oai_dc":                               "badArgument",
	} {
		if r, _ := ask(t, c, query); r.Error.Code != code {
			t.Errorf("%q: error %q, want %q", query, r.Error.Code, code)
		}
	}
}
