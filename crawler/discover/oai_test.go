package discover

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// oai wraps the part of an answer that a case is about.
func oai(inner string) []byte {
	return []byte(`<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2026-11-22T10:00:00Z</responseDate>
<request verb="ListRecords">https://tidsskrift.example/oai</request>` + inner + `</OAI-PMH>`)
}

func record(id, metadata string) string {
	return `<record><header><identifier>` + id + `</identifier><datestamp>2026-11-20</datestamp><setSpec>etsf:ART</setSpec></header><metadata>` +
		`<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">` + metadata + `</oai_dc:dc></metadata></record>`
}

func ids(a OAIAnswer) string {
	var list []string
	for _, r := range a.Records {
		list = append(list, r.ID)
	}
	return strings.Join(list, " ")
}

func TestOAIReadsRecords(t *testing.T) {
	got, err := OAI(oai(`<ListRecords>` +
		record("oai:1", `<dc:title xml:lang="da-DK">Leg &amp; læring</dc:title><dc:title xml:lang="en">Play</dc:title><dc:creator>Berg, Anna</dc:creator>
<dc:identifier>https://tidsskrift.example/article/view/1</dc:identifier><dc:identifier>10.5555/1</dc:identifier><dc:relation>https://tidsskrift.example/article/view/1/2</dc:relation>`) +
		`<record><header status="deleted"><identifier>oai:2</identifier><datestamp>2026-11-21T08:00:00Z</datestamp></header></record>
<resumptionToken expirationDate="2026-11-23T10:00:00Z" completeListSize="9" cursor="0">næste|2</resumptionToken></ListRecords>`))
	if err != nil {
		t.Fatal(err)
	}
	want := OAIAnswer{
		Date: date("2026-11-22T10:00:00Z"), Token: "næste|2", Total: 9,
		Records: []OAIRecord{
			{
				ID: "oai:1", Datestamp: date("2026-11-20T00:00:00Z"), Sets: []string{"etsf:ART"}, Format: "dc",
				DC: map[string][]OAIText{
					"title":      {{Lang: "da-DK", Value: "Leg & læring"}, {Lang: "en", Value: "Play"}},
					"creator":    {{Value: "Berg, Anna"}},
					"identifier": {{Value: "https://tidsskrift.example/article/view/1"}, {Value: "10.5555/1"}},
					"relation":   {{Value: "https://tidsskrift.example/article/view/1/2"}},
				},
			},
			{ID: "oai:2", Datestamp: date("2026-11-21T08:00:00Z"), Deleted: true},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("OAI (-want +got):\n%s", diff)
	}
	links := got.Records[0].Links()
	if diff := cmp.Diff([]string{"https://tidsskrift.example/article/view/1", "https://tidsskrift.example/article/view/1/2"}, links); diff != "" {
		t.Errorf("Links (-want +got):\n%s", diff)
	}
}

func TestOAIDescribesTheProvider(t *testing.T) {
	got, err := OAI(oai(`<Identify><repositoryName>Eksempeltidsskrift</repositoryName><baseURL>https://tidsskrift.example/oai</baseURL>
<adminEmail>redaktion@tidsskrift.example</adminEmail><earliestDatestamp>2018-06-15T00:00:00Z</earliestDatestamp><deletedRecord>persistent</deletedRecord>
<granularity>YYYY-MM-DDThh:mm:ssZ</granularity><description><toolkit><error>nej</error></toolkit></description></Identify>`))
	want := OAIAnswer{Date: date("2026-11-22T10:00:00Z"), Name: "Eksempeltidsskrift", Earliest: date("2018-06-15T00:00:00Z"), Seconds: true, Deleted: "persistent"}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("Identify: %v (-want +got):\n%s", err, diff)
	}
	got, err = OAI(oai(`<ListSets><set><setSpec>etsf</setSpec><setName>Tidsskriftet</setName></set><set><setSpec>etsf:ART</setSpec><setName> Artikler
</setName><setDescription><oai_dc:dc><dc:description>x</dc:description></oai_dc:dc></setDescription></set><resumptionToken/></ListSets>`))
	want = OAIAnswer{Date: want.Date, Sets: []OAISet{{"etsf", "Tidsskriftet"}, {"etsf:ART", "Artikler"}}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("ListSets: %v (-want +got):\n%s", err, diff)
	}
	got, err = OAI(oai(`<ListMetadataFormats><metadataFormat><metadataPrefix>oai_dc</metadataPrefix><schema>x</schema><metadataNamespace>http://www.openarchives.org/OAI/2.0/oai_dc/</metadataNamespace></metadataFormat><metadataFormat><metadataPrefix>jats</metadataPrefix></metadataFormat></ListMetadataFormats>`))
	want = OAIAnswer{Date: want.Date, Formats: []OAIFormat{{"oai_dc", "http://www.openarchives.org/OAI/2.0/oai_dc/"}, {"jats", ""}}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("ListMetadataFormats: %v (-want +got):\n%s", err, diff)
	}
}

func TestAMalformedRecordCostsItselfAlone(t *testing.T) {
	a, b, c := record("oai:a", "<dc:title>A</dc:title>"), record("oai:b", "<dc:title>B</dc:title>"), record("oai:c", "<dc:title>C</dc:title>")
	const token = "<resumptionToken>t</resumptionToken>"
	for _, tc := range []struct {
		name, inner string
		ids, token  string
		malformed   int
		want        error
	}{
		{"control character", a + strings.Replace(b, "B<", "B\x02&#x1F;<", 1) + c + token, "oai:a oai:b oai:c", "t", 0, nil},
		{"bare ampersand", a + strings.Replace(b, "B<", "B & B<", 1) + c + token, "oai:a oai:b oai:c", "t", 0, nil},
		{"unknown entity", a + strings.Replace(b, "B<", "B&foo;<", 1) + c + token, "oai:a oai:b oai:c", "t", 0, nil},
		{"markup that is none", a + strings.Replace(b, "B<", "0 <1<", 1) + c + token, "oai:a oai:c", "t", 1, nil},
		{"no identifier", a + record("", "") + c + token, "oai:a oai:c", "t", 1, nil},
		{"never closed", a + strings.TrimSuffix(b, "</record>") + c + token, "oai:a oai:c", "t", 1, nil},
		{"the last one never closed", a + strings.TrimSuffix(b, "</metadata></record>") + token, "oai:a", "t", 1, ErrBroken},
		{"a record within", a + strings.Replace(b, "<dc:title>", `<record xmlns="http://www.loc.gov/MARC21/slim"><leader>x</leader></record><dc:title>`, 1) + c, "oai:a oai:b oai:c", "", 0, nil},
		{"prefixed elements", strings.NewReplacer("<record", "<o:record", "</record", "</o:record", "<header", "<o:header", "</header", "</o:header").Replace(a) + token, "oai:a", "t", 0, nil},
		{"empty token ends the list", a + `<resumptionToken completeListSize="1"/>`, "oai:a", "", 0, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := OAI(oai("<ListRecords>" + tc.inner + "</ListRecords>"))
			if ids(got) != tc.ids || got.Token != tc.token || got.Malformed != tc.malformed || !errors.Is(err, tc.want) {
				t.Errorf("records %q, token %q, %d malformed, %v; want %q, %q, %d, %v", ids(got), got.Token, got.Malformed, err, tc.ids, tc.token, tc.malformed, tc.want)
			}
		})
	}
}

func TestOAINamesItsErrors(t *testing.T) {
	for _, code := range []string{"badResumptionToken", "badArgument", "cannotDisseminateFormat", "noSetHierarchy", "badVerb"} {
		_, err := OAI(oai(`<error code="` + code + `">Sådan  ikke</error>`))
		var reported *OAIError
		if !errors.As(err, &reported) || *reported != (OAIError{code, "Sådan ikke"}) {
			t.Errorf("%s: %v", code, err)
		}
	}
	if got, err := OAI(oai(`<error code="noRecordsMatch"/>`)); err != nil || len(got.Records) != 0 {
		t.Errorf("noRecordsMatch: %+v, %v; want an empty list", got, err)
	}
	whole := string(oai("<ListRecords>" + record("oai:a", "") + record("oai:b", "") + "</ListRecords>"))
	for _, tc := range []struct {
		name, body string
		want       error
		ids        string
	}{
		{"a web page", "<html><body>Siden findes ikke</body></html>", ErrFormat, ""},
		{"words", "Siden findes ikke", ErrFormat, ""},
		{"nothing", "", ErrFormat, ""},
		{"an empty frame", string(oai("")), ErrBroken, ""},
		{"cut between records", whole[:strings.LastIndex(whole, "<record>")], ErrBroken, "oai:a"},
		{"cut within a record", whole[:strings.LastIndex(whole, "<metadata>")], ErrBroken, "oai:a"},
		{"endless nesting", string(oai(strings.Repeat("<a>", 1_000_000))), ErrBroken, ""},
	} {
		got, err := OAI([]byte(tc.body))
		if !errors.Is(err, tc.want) || ids(got) != tc.ids {
			t.Errorf("%s: records %q, %v; want %q, %v", tc.name, ids(got), err, tc.ids, tc.want)
		}
	}
}

func TestOtherFormatsAreKeptAsTheyCame(t *testing.T) {
	const thesis = `<thesis xmlns="https://kilde.example/"><title>A &amp; B</title></thesis>`
	got, err := OAI(oai("<ListRecords>" + strings.Replace(record("oai:a", ""), "<metadata>", "<metadata>"+thesis+"<!--", 1) + "--></metadata></record></ListRecords>"))
	if err != nil || len(got.Records) != 1 {
		t.Fatalf("%+v, %v", got, err)
	}
	if r := got.Records[0]; r.Format != "thesis" || !strings.HasPrefix(string(r.Raw), thesis) || r.DC != nil {
		t.Errorf("record %+v, raw %s", r, r.Raw)
	}
}

func TestOAIQueries(t *testing.T) {
	at := time.Date(2026, 11, 22, 10, 30, 0, 0, time.FixedZone("", 3600))
	for _, tc := range []struct {
		base string
		q    OAIQuery
		want string
	}{
		{"https://x.example/oai", OAIQuery{Verb: "Identify"}, "https://x.example/oai?verb=Identify"},
		{"https://x.example/oai?a=b", OAIQuery{Verb: "ListSets"}, "https://x.example/oai?a=b&verb=ListSets"},
		{
			"https://x.example/oai",
			OAIQuery{Verb: "ListRecords", Prefix: "oai_dc", Set: "etsf:ART", From: at, Until: at.AddDate(0, 0, 1)},
			"https://x.example/oai?verb=ListRecords&metadataPrefix=oai_dc&set=etsf%3AART&from=2026-11-22&until=2026-11-23",
		},
		{
			"https://x.example/oai",
			OAIQuery{Verb: "ListRecords", Prefix: "oai_dc", From: at, Seconds: true},
			"https://x.example/oai?verb=ListRecords&metadataPrefix=oai_dc&from=2026-11-22T09%3A30%3A00Z",
		},
		{
			"https://x.example/oai",
			OAIQuery{Verb: "ListRecords", Prefix: "oai_dc", Set: "a", Token: "næste 2/+&"},
			"https://x.example/oai?verb=ListRecords&resumptionToken=n%C3%A6ste%202%2F%2B%26",
		},
	} {
		if got := tc.q.URL(tc.base); got != tc.want {
			t.Errorf("URL = %s, want %s", got, tc.want)
		}
	}
}

func FuzzOAIRecordsHaveIdentifiers(f *testing.F) {
	f.Add(oai("<ListRecords>" + record("oai:a", "<dc:title>A</dc:title>") + "<resumptionToken>t</resumptionToken></ListRecords>"))
	f.Add(oai("<ListRecords><o:record x='>'> <header status='deleted'><identifier>a</identifier></header></o:record>"))
	f.Add(oai(`<error code="badVerb">x</error>`))
	f.Add([]byte("<record><header/></record>"))
	f.Fuzz(func(t *testing.T, body []byte) {
		got, err := OAI(body)
		again, errAgain := OAI(body)
		if diff := cmp.Diff(got, again); diff != "" || (err == nil) != (errAgain == nil) {
			t.Errorf("the second time: %v, then %v (-first +second):\n%s", err, errAgain, diff)
		}
		for _, r := range got.Records {
			if r.ID == "" {
				t.Errorf("record %+v", r)
			}
		}
	})
}
