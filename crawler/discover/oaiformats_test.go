package discover

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// jatsRecord is an article as journals write them, with all that must not come along.
const jatsRecord = `<article xmlns="http://jats.nlm.nih.gov" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:ali="http://www.niso.org/schemas/ali/1.0/" xml:lang="da" article-type="research-article">
<front><journal-meta><journal-id journal-id-type="ojs">etsf</journal-id><journal-title-group><journal-title xml:lang="da">Tidsskrift for småbørn</journal-title></journal-title-group><issn pub-type="epub">2049-3630</issn><publisher><publisher-name>Uni</publisher-name></publisher></journal-meta>
<article-meta><article-id pub-id-type="publisher-id">149</article-id><article-id pub-id-type="doi">10.5555/etsf.149</article-id>
<article-categories><subj-group xml:lang="da" subj-group-type="heading"><subject>Forskningsartikler</subject></subj-group></article-categories>
<title-group><article-title>Højt<italic>læs</italic>ning i vuggestuen<xref ref-type="fn">*</xref></article-title><subtitle>Et studie &amp; en model</subtitle>
<trans-title-group xml:lang="en"><trans-title>Reading aloud</trans-title></trans-title-group></title-group>
<contrib-group content-type="author"><contrib contrib-type="author" corresp="yes"><name-alternatives><string-name specific-use="display">A. Holm</string-name><name name-style="western"><surname>Holm</surname><given-names>Anna Marie</given-names></name></name-alternatives><email>anna@uni.example</email><contrib-id contrib-id-type="employee">12345</contrib-id></contrib>
<contrib><string-name>Bo Berg</string-name></contrib>
<contrib contrib-type="author"><collab>Institut for Pædagogik, Aarhus<email>post@uni.example</email></collab></contrib>
<contrib contrib-type="editor"><name><surname>Redaktør</surname><given-names>Rita</given-names></name></contrib></contrib-group>
<pub-date date-type="collection"><year>2018</year></pub-date>
<pub-date date-type="pub" publication-format="epub"><day>3</day><month>5</month><year>2019</year></pub-date>
<volume>10</volume><issue>2</issue><fpage>5</fpage><lpage>24</lpage>
<history><date date-type="received"><year>2017</year></date></history>
<permissions><copyright-statement>Copyright (c) 2019</copyright-statement><license xlink:href="https://creativecommons.org/licenses/by/4.0/"><license-p>Alle må.</license-p></license></permissions>
<self-uri xlink:href="https://t.example/article/download/149/1" content-type="application/pdf"/><self-uri xlink:href="https://t.example/article/view/149"/>
<abstract><title>Resumé</title><p>Om <bold>leg</bold>.</p><p>Og sprog.<xref>1</xref></p></abstract><abstract abstract-type="graphical"><p>Billede</p></abstract>
<trans-abstract xml:lang="en"><p>About play.</p></trans-abstract>
<kwd-group xml:lang="da"><title>Nøgleord</title><kwd>leg</kwd><kwd>sprog</kwd></kwd-group></article-meta></front>
<body><sec><title>Indledning</title><p>Hele teksten.</p></sec></body><back><ref-list><ref><mixed-citation>Andre</mixed-citation></ref></ref-list></back></article>`

// modsRecord is a publication as Pure writes them.
const modsRecord = `<v3:mods xmlns:v3="http://www.loc.gov/mods/v3" xmlns:xlink="http://www.w3.org/1999/xlink" version="3.7">
<v3:titleInfo type="translated" xml:lang="en"><v3:title>Play</v3:title></v3:titleInfo>
<v3:titleInfo xml:lang="da"><v3:nonSort>Den</v3:nonSort><v3:title>frie leg</v3:title><v3:subTitle>en bog</v3:subTitle></v3:titleInfo>
<v3:name type="personal" ID="employee-777"><v3:namePart type="family">Holm</v3:namePart><v3:namePart type="given">Anna</v3:namePart><v3:role><v3:roleTerm type="text">author</v3:roleTerm></v3:role><v3:affiliation>anna@uni.example</v3:affiliation><v3:nameIdentifier type="username">au12345</v3:nameIdentifier></v3:name>
<v3:name type="personal"><v3:namePart>Berg, Bo</v3:namePart><v3:namePart type="date">1970-</v3:namePart></v3:name>
<v3:name type="personal"><v3:namePart>Rita Redaktør</v3:namePart><v3:role><v3:roleTerm>editor</v3:roleTerm></v3:role></v3:name>
<v3:name type="corporate"><v3:namePart>Uni</v3:namePart><v3:role><v3:roleTerm>publisher</v3:roleTerm></v3:role></v3:name>
<v3:name type="corporate"><v3:namePart>Center for Leg</v3:namePart><v3:role><v3:roleTerm type="code">aut</v3:roleTerm></v3:role></v3:name>
<v3:genre>Bog</v3:genre>
<v3:originInfo><v3:dateCreated>2011</v3:dateCreated><v3:dateIssued encoding="w3cdtf" keyDate="yes">2012-03-01T00:00:00Z</v3:dateIssued><v3:publisher>Forlaget</v3:publisher></v3:originInfo>
<v3:language><v3:languageTerm type="code" authority="iso639-2b">dan</v3:languageTerm></v3:language>
<v3:abstract xml:lang="da">Om leg.</v3:abstract><v3:subject xml:lang="da"><v3:topic>leg</v3:topic></v3:subject>
<v3:identifier type="doi">10.5555/bog.1</v3:identifier><v3:identifier type="isbn">978-87-02-00000-1</v3:identifier><v3:identifier type="local">777</v3:identifier>
<v3:location><v3:url access="raw object">https://pure.example/files/1.pdf</v3:url></v3:location><v3:location><v3:url access="object in context">https://pure.example/portal/1</v3:url></v3:location>
<v3:relatedItem type="host"><v3:titleInfo><v3:title>Skriftserien</v3:title></v3:titleInfo><v3:name><v3:namePart>Anden, En</v3:namePart></v3:name><v3:identifier type="issn">2049-3630</v3:identifier><v3:part><v3:detail type="volume"><v3:number>7</v3:number></v3:detail><v3:detail type="issue"><v3:number>1</v3:number></v3:detail><v3:extent unit="pages"><v3:start>12</v3:start><v3:end>30</v3:end></v3:extent></v3:part></v3:relatedItem>
<v3:relatedItem type="host"><v3:titleInfo><v3:title>En bog</v3:title></v3:titleInfo></v3:relatedItem>
<v3:relatedItem type="references"><v3:identifier type="issn">0000-0000</v3:identifier></v3:relatedItem>
<v3:accessCondition type="use and reproduction" xlink:href="https://creativecommons.org/licenses/by/4.0/">CC BY</v3:accessCondition>
<v3:extension><v3:email>hemmelig@uni.example</v3:email></v3:extension></v3:mods>`

// val makes a value in a language.
func val(lang, value string) OAIText { return OAIText{Lang: lang, Value: value} }

func TestRicherFormatsAreToldInTheFieldsOfDublinCore(t *testing.T) {
	for _, tt := range []struct {
		name, metadata, format string
		want                   map[string][]OAIText
	}{
		{"jats", jatsRecord, "article", map[string][]OAIText{
			"language":    {val("", "da")},
			"title":       {val("da", "Højtlæsning i vuggestuen: Et studie & en model"), val("en", "Reading aloud")},
			"creator":     {val("", "Holm, Anna Marie"), val("", "Bo Berg")},
			"corporate":   {val("", "Institut for Pædagogik, Aarhus")},
			"date":        {val("", "2019-05-03")},
			"identifier":  {val("", "https://t.example/article/view/149"), val("", "10.5555/etsf.149")},
			"relation":    {val("", "https://t.example/article/download/149/1")},
			"source":      {val("", "2049-3630"), val("da", "Tidsskrift for småbørn")},
			"journal":     {val("da", "Tidsskrift for småbørn")},
			"volume":      {val("", "10")},
			"issue":       {val("", "2")},
			"firstpage":   {val("", "5")},
			"lastpage":    {val("", "24")},
			"publisher":   {val("", "Uni")},
			"description": {val("da", "Om leg. Og sprog."), val("en", "About play.")},
			"subject":     {val("da", "leg"), val("da", "sprog")},
			"type":        {val("", "Forskningsartikler")},
			"rights":      {val("", "https://creativecommons.org/licenses/by/4.0/"), val("", "Copyright (c) 2019")},
		}},
		{"mods", modsRecord, "mods", map[string][]OAIText{
			"language":    {val("", "dan")},
			"title":       {val("da", "Den frie leg: en bog"), val("en", "Play")},
			"creator":     {val("", "Holm, Anna"), val("", "Berg, Bo")},
			"corporate":   {val("", "Center for Leg")},
			"date":        {val("", "2012-03-01")},
			"identifier":  {val("", "https://pure.example/portal/1"), val("", "10.5555/bog.1"), val("", "978-87-02-00000-1")},
			"relation":    {val("", "https://pure.example/files/1.pdf")},
			"source":      {val("", "2049-3630"), val("", "Skriftserien"), val("", "En bog")},
			"journal":     {val("", "Skriftserien")},
			"volume":      {val("", "7")},
			"issue":       {val("", "1")},
			"firstpage":   {val("", "12")},
			"lastpage":    {val("", "30")},
			"publisher":   {val("", "Forlaget")},
			"description": {val("da", "Om leg.")},
			"subject":     {val("", "leg")},
			"type":        {val("", "Bog")},
			"rights":      {val("", "https://creativecommons.org/licenses/by/4.0/"), val("", "CC BY")},
		}},
		{"a collection of one", `<modsCollection xmlns="http://www.loc.gov/mods/v3"><mods><titleInfo><title>Leg</title></titleInfo></mods></modsCollection>`, "modsCollection", map[string][]OAIText{
			"title": {val("", "Leg")},
		}},
		{"an article without a head", `<article><body><p>Tekst</p></body></article>`, "article", map[string][]OAIText{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := OAI(oai("<ListRecords>" + strings.Replace(record("oai:a", ""), "<metadata>", "<metadata>"+tt.metadata+"<!--", 1) + "--></metadata></record></ListRecords>"))
			if err != nil || len(got.Records) != 1 {
				t.Fatalf("%+v, %v", got, err)
			}
			if r := got.Records[0]; r.Format != tt.format {
				t.Errorf("format %q, want %q", r.Format, tt.format)
			}
			if diff := cmp.Diff(tt.want, got.Records[0].DC); diff != "" {
				t.Errorf("fields (-want +got):\n%s", diff)
			}
		})
	}
}

func TestJATSDates(t *testing.T) {
	for _, tt := range []struct{ inner, want string }{
		{`<pub-date pub-type="ppub"><year>2019</year></pub-date><pub-date pub-type="epub"><year>2018</year><month>12</month></pub-date>`, "2018-12"},
		{`<pub-date iso-8601-date="2018-02-01T10:00:00"><year>2019</year></pub-date>`, "2018-02-01"},
		{`<pub-date><year>2019</year><month>maj</month><day>1</day></pub-date>`, "2019"},
		{`<pub-date><year>2019</year><month>5</month><day>første</day></pub-date>`, "2019-05"},
		{`<pub-date><season>forår</season></pub-date>`, ""},
		{`<pub-date date-type="received"><year>2019</year></pub-date>`, ""},
	} {
		got, err := fromJATS([]byte("<article><front><article-meta>" + tt.inner + "</article-meta></front></article>"))
		date := ""
		if len(got["date"]) > 0 {
			date = got["date"][0].Value
		}
		if date != tt.want || err != nil {
			t.Errorf("%s: %q, %v; want %q", tt.inner, date, err, tt.want)
		}
	}
}

func TestFormatsAreKnownByTheirNamespace(t *testing.T) {
	tests := []struct {
		format OAIFormat
		want   string
	}{
		{OAIFormat{"oai_dc", "http://www.openarchives.org/OAI/2.0/oai_dc/"}, "dc"},
		{OAIFormat{"oai_dc", ""}, "dc"},
		{OAIFormat{"jats", "http://jats.nlm.nih.gov"}, "jats"},
		{OAIFormat{"oai_jats", "https://jats.nlm.nih.gov/publishing/1.1/"}, "jats"},
		{OAIFormat{"nlm", "http://dtd.nlm.nih.gov/publishing/2.3"}, "jats"},
		{OAIFormat{"mods", "http://www.loc.gov/mods/v3"}, "mods"},
		{OAIFormat{"mods", ""}, ""}, // a word alone says nothing
		{OAIFormat{"ddf-mxd", "http://mx.forskningsdatabasen.dk/ns/mxd/1.4.0"}, ""},
		{OAIFormat{"marcxml", "http://www.loc.gov/MARC21/slim"}, ""},
	}
	for _, tt := range tests {
		if got := tt.format.Kind(); got != tt.want {
			t.Errorf("%+v is %q, want %q", tt.format, got, tt.want)
		}
	}
}

// FuzzWorksAreRead: whatever a provider's metadata hold, what is read of them is plain text of bounded shape, and reading
// it is no matter of chance.
func FuzzWorksAreRead(f *testing.F) {
	f.Add(jatsRecord)
	f.Add(modsRecord)
	f.Add(`<article><front><article-meta><title-group><article-title>A<b>B</b></article-title></title-group></article-meta></front></article>`)
	f.Add(`<mods><titleInfo><title>Leg</mods>`)
	f.Add(`<dc><title>Leg</title><creator>x</creator></dc>`)
	f.Fuzz(func(t *testing.T, metadata string) {
		body := []byte(`<record><header><identifier>a</identifier></header><metadata>` + metadata + `</metadata></record>`)
		r, err := readRecord(toText(body))
		again, errAgain := readRecord(toText(body))
		if diff := cmp.Diff(r, again); diff != "" || (err == nil) != (errAgain == nil) {
			t.Fatalf("the second time: %v, then %v\n%s", err, errAgain, diff)
		}
		if err != nil && (r.DC != nil || r.ID != "") {
			t.Fatalf("a record with the error %v: %+v", err, r)
		}
		for name, values := range r.DC {
			for _, v := range values {
				if v.Value == "" || v.Value != strings.TrimSpace(v.Value) || !utf8.ValidString(v.Value) {
					t.Fatalf("%s: %q", name, v.Value)
				}
				if name == "date" && r.Format == "article" && len(v.Value) > len("2019-05-30") {
					t.Fatalf("date %q", v.Value)
				}
			}
		}
	})
}
