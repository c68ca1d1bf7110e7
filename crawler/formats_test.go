package crawler_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"smaabornsviden/crawler/state"
)

// jats is a record of a provider in JATS; abstract may be "".
func jats(id, address, title, abstract string) string {
	return fmt.Sprintf(`<record><header><identifier>%s</identifier><datestamp>2026-11-01</datestamp></header><metadata>
		<article xmlns="http://jats.nlm.nih.gov" xmlns:xlink="http://www.w3.org/1999/xlink" xml:lang="da"><front><article-meta>
		<article-id pub-id-type="doi">10.5555/%[1]s</article-id><title-group><article-title>%[3]s</article-title></title-group>
		<contrib-group><contrib contrib-type="author"><name><surname>Holm</surname><given-names>Anna</given-names></name><email>anna@uni.example</email></contrib>
		<contrib contrib-type="author"><collab>Institut for Leg, Aarhus</collab></contrib></contrib-group>
		<pub-date date-type="pub"><day>3</day><month>5</month><year>2019</year></pub-date><self-uri xlink:href="%[2]s"/>
		<permissions><license xlink:href="https://creativecommons.org/licenses/by/4.0/"/></permissions>%[4]s</article-meta></front><body><p>Hele teksten</p></body></article></metadata></record>`,
		id, address, title, abstract)
}

// richWorld has two works elsewhere, told in Dublin Core and, by the answer given, in JATS.
func richWorld(t *testing.T, prefixes []string, asJATS answer) *world {
	w := newWorld(t)
	w.page(oaiHost, "/artikel/", "Alle artikler")
	w.set(oaiHost, oaiWho, identify("2026-11-22T08:00:00Z", "YYYY-MM-DD", "persistent"))
	w.set(oaiHost, oaiForms, formats(prefixes...))
	w.set(oaiHost, oaiWhole, listRecords("",
		dc("oai:t:1", "2026-11-01", "http://arkiv.example/1", "Leg", "<dc:description>Om leg i Dublin.</dc:description>"),
		dc("oai:t:2", "2026-11-01", "http://arkiv.example/2", "Sprog", "<dc:description>Om sprog i Dublin.</dc:description>")))
	w.set(oaiHost, oaiJATS, asJATS)
	return w
}

const oaiJATS = "/oai?verb=ListRecords&metadataPrefix=jats"

func TestTheFormatThatSaysMoreIsHarvested(t *testing.T) {
	both := listRecords("", jats("oai:t:1", "http://arkiv.example/1", "Leg", "<abstract><p>Om leg.</p></abstract>"), jats("oai:t:2", "http://arkiv.example/2", "Sprog", ""))
	bare := listRecords("", jats("oai:t:1", "http://arkiv.example/1", "Leg", ""), jats("oai:t:2", "http://arkiv.example/2", "Sprog", ""))
	refuses := oaiAnswer("2026-11-22T08:00:00Z", `<error code="cannotDisseminateFormat">no</error>`)
	for name, tt := range map[string]struct {
		prefixes []string
		asJATS   answer
		register string
		asked    []string
		abstract string
		detail   string
	}{
		"jats with abstracts": {[]string{"oai_dc", "mods", "jats"}, both, "", []string{oaiWho, oaiForms, oaiJATS}, "Om leg.", "2 records, 0 unreadable, as jats"},
		"jats without any":    {[]string{"oai_dc", "jats"}, bare, "", []string{oaiWho, oaiForms, oaiJATS, oaiForms, oaiWhole}, "Om leg i Dublin.", "2 records, 0 unreadable"},
		"jats only promised":  {[]string{"jats", "oai_dc"}, refuses, "", []string{oaiWho, oaiForms, oaiJATS, oaiForms, oaiWhole}, "Om leg i Dublin.", "2 records, 0 unreadable"},
		"nothing better":      {[]string{"oai_dc", "ddf-mxd"}, both, "", []string{oaiWho, oaiForms, oaiWhole}, "Om leg i Dublin.", "2 records, 0 unreadable"},
		"the register says":   {[]string{"oai_dc", "jats"}, both, "oai_dc", []string{oaiWho, oaiWhole}, "Om leg i Dublin.", "2 records, 0 unreadable"},
		"even a bare one":     {[]string{"oai_dc"}, bare, "jats", []string{oaiWho, oaiJATS}, "", "2 records, 0 unreadable, as jats"},
	} {
		t.Run(name, func(t *testing.T) {
			w := richWorld(t, tt.prefixes, tt.asJATS)
			yaml := providerYAML
			if tt.register != "" {
				yaml = strings.Replace(yaml, "oai: ", "oai_prefix: "+tt.register+", oai: ", 1)
			}
			s := openState(t)
			crawl(t, w.options(s, load(t, yaml)))
			if got := paths(w.take(), "/oai"); !slices.Equal(got, tt.asked) {
				t.Errorf("asked %v, want %v", got, tt.asked)
			}
			docs := documents(t, s)
			if d := docs["http://arkiv.example/1"]; d.Abstract != tt.abstract {
				t.Errorf("abstract %q, want %q", d.Abstract, tt.abstract)
			}
			u, err := s.URL(t.Context(), "http://tidsskrift.example"+oaiWhole)
			if err != nil || u.Detail != tt.detail || u.State != state.OK {
				t.Errorf("the provider stands at %s %q, want %q; %v", u.State, u.Detail, tt.detail, err)
			}
		})
	}
}

func TestAProviderWithoutTheQuestionForFormatsIsHarvestedInDublinCore(t *testing.T) {
	for name, trouble := range map[string]answer{
		"bad verb":     oaiAnswer("2026-11-22T08:00:00Z", `<error code="badVerb">no</error>`),
		"no such page": {status: 404},
		"a web page":   {body: "<html><p>Hej"},
		"no formats":   formats(),
	} {
		w := providerWorld(t)
		w.set(oaiHost, oaiForms, trouble)
		s := openState(t)
		crawl(t, w.options(s, load(t, providerYAML)))
		if docs := documents(t, s); len(docs) != 2 {
			t.Errorf("%s: %d documents, want 2", name, len(docs))
		}
	}
}

func TestAProviderThatKeepsOfferingFormatsThatItDoesNotHaveComesToAnEnd(t *testing.T) {
	w := richWorld(t, []string{"jats"}, answer{})
	n := 0
	w.hook = func(_, path string) {
		if path != oaiForms {
			return
		}
		n++
		prefix := fmt.Sprintf("jats%d", n)
		w.set(oaiHost, oaiForms, oaiAnswer("2026-11-22T08:00:00Z", "<ListMetadataFormats><metadataFormat><metadataPrefix>"+prefix+"</metadataPrefix><metadataNamespace>http://jats.nlm.nih.gov</metadataNamespace></metadataFormat></ListMetadataFormats>"))
		w.set(oaiHost, "/oai?verb=ListRecords&metadataPrefix="+prefix, oaiAnswer("2026-11-22T08:00:00Z", `<error code="cannotDisseminateFormat">no</error>`))
	}
	s := openState(t)
	crawl(t, w.options(s, load(t, providerYAML)))
	if docs := documents(t, s); len(docs) != 2 || n > 5 {
		t.Errorf("%d documents after %d questions for formats", len(docs), n)
	}
}

func TestARecordInJATSBecomesAWholeDocument(t *testing.T) {
	w := richWorld(t, []string{"oai_dc", "jats"}, listRecords("", jats("oai:t:1", "http://arkiv.example/1", "Leg", "<abstract><p>Om leg. Skriv til bo@uni.example.</p></abstract>")))
	s := openState(t)
	crawl(t, w.options(s, load(t, providerYAML)))
	d := documents(t, s)["http://arkiv.example/1"]
	if !slices.Equal(d.Authors, []string{"Anna Holm", "Institut for Leg, Aarhus"}) || d.DOI != "10.5555/oai:t:1" || d.Lang.Value != "da" ||
		d.Published.Time.Format(time.DateOnly) != "2019-05-03" || !strings.Contains(d.Licence.Value, "licenses/by/") {
		t.Errorf("document %+v", d)
	}
	if strings.Contains(d.Body, "Hele teksten") || strings.Contains(d.Body+d.Abstract+strings.Join(d.Authors, " "), "@") {
		t.Errorf("text %q, abstract %q, authors %q", d.Body, d.Abstract, d.Authors)
	}
}

// The format chosen is kept for what changed since; only a harvest of everything asks again.
func TestAnIncrementComesInTheFormatOfTheWhole(t *testing.T) {
	w := richWorld(t, []string{"oai_dc", "jats"}, listRecords("", jats("oai:t:1", "http://arkiv.example/1", "Leg", "<abstract><p>Om leg.</p></abstract>")))
	s := openState(t)
	o := w.options(s, load(t, providerYAML))
	crawl(t, o)
	w.take()
	w.clock.advance(49 * time.Hour)
	w.set(oaiHost, oaiWho, identify("2026-11-24T09:00:00Z", "YYYY-MM-DD", "persistent"))
	increment := oaiJATS + "&from=2026-11-22&until=2026-11-24"
	w.set(oaiHost, increment, listRecords("", jats("oai:t:1", "http://arkiv.example/1", "Leg og læring", "")))
	crawl(t, o)
	if got, want := paths(w.take(), "/oai"), []string{oaiWho, increment}; !slices.Equal(got, want) {
		t.Errorf("asked %v, want %v", got, want)
	}
	if d := documents(t, s)["http://arkiv.example/1"]; d.Title != "Leg og læring" {
		t.Errorf("title %q", d.Title)
	}
}
