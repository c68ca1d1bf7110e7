package demosite

import (
	"encoding/xml"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	// oaiPage is how many records an answer to a list request holds.
	oaiPage = 4
	oaiDay  = time.DateOnly
)

// oaiError is an error of the protocol; it travels with status 200.
type oaiError struct {
	Code string `xml:"code,attr"`
	Text string `xml:",chardata"`
}

type oaiRequest struct {
	Verb     string `xml:"verb,attr,omitempty"`
	Prefix   string `xml:"metadataPrefix,attr,omitempty"`
	Set      string `xml:"set,attr,omitempty"`
	Resume   string `xml:"resumptionToken,attr,omitempty"`
	Provider string `xml:",chardata"`
}

type oaiHeader struct {
	Status     string `xml:"status,attr,omitempty"`
	Identifier string `xml:"identifier"`
	Datestamp  string `xml:"datestamp"`
	Set        string `xml:"setSpec"`
}

type oaiRecord struct {
	Header   oaiHeader `xml:"header"`
	Metadata *oaiMeta  `xml:"metadata"`
}

// oaiMeta is a work in one of the formats offered.
type oaiMeta struct {
	DC   *oaiDC       `xml:"oai_dc:dc"`
	JATS *jatsArticle `xml:"article"`
}

// oaiDC is a record in unqualified Dublin Core.
type oaiDC struct {
	DC           string   `xml:"xmlns:dc,attr"`
	OAIDC        string   `xml:"xmlns:oai_dc,attr"`
	Title        string   `xml:"dc:title"`
	Creators     []string `xml:"dc:creator"`
	Subjects     []string `xml:"dc:subject"`
	Descriptions []dcText `xml:"dc:description"`
	Publisher    string   `xml:"dc:publisher"`
	Date         string   `xml:"dc:date"`
	Types        []string `xml:"dc:type"`
	Formats      []string `xml:"dc:format"`
	Identifiers  []string `xml:"dc:identifier"`
	Sources      []string `xml:"dc:source"`
	Language     string   `xml:"dc:language"`
	Relation     string   `xml:"dc:relation"`
	Rights       []string `xml:"dc:rights"`
}

type dcText struct {
	Lang string `xml:"xml:lang,attr"`
	Text string `xml:",chardata"`
}

type oaiToken struct {
	Cursor int    `xml:"cursor,attr"`
	Size   int    `xml:"completeListSize,attr"`
	Token  string `xml:",chardata"`
}

type oaiIdentify struct {
	Name        string `xml:"repositoryName"`
	BaseURL     string `xml:"baseURL"`
	Version     string `xml:"protocolVersion"`
	Email       string `xml:"adminEmail"`
	Earliest    string `xml:"earliestDatestamp"`
	Deleted     string `xml:"deletedRecord"`
	Granularity string `xml:"granularity"`
}

type oaiFormat struct {
	Prefix    string `xml:"metadataPrefix"`
	Schema    string `xml:"schema"`
	Namespace string `xml:"metadataNamespace"`
}

type oaiSet struct {
	Spec string `xml:"setSpec"`
	Name string `xml:"setName"`
}

type oaiFormats struct {
	Formats []oaiFormat `xml:"metadataFormat"`
}

type oaiSetList struct {
	Sets []oaiSet `xml:"set"`
}

type oaiSingle struct {
	Record oaiRecord `xml:"record"`
}

type oaiList struct {
	Records []oaiRecord `xml:"record,omitempty"`
	Headers []oaiHeader `xml:"header,omitempty"`
	Token   *oaiToken   `xml:"resumptionToken"`
}

// oaiAnswer is an OAI-PMH 2.0 response; one of the fields after Request is set.
type oaiAnswer struct {
	XMLName     xml.Name     `xml:"http://www.openarchives.org/OAI/2.0/ OAI-PMH"`
	Date        string       `xml:"responseDate"`
	Request     oaiRequest   `xml:"request"`
	Error       *oaiError    `xml:"error"`
	Identify    *oaiIdentify `xml:"Identify"`
	Formats     *oaiFormats  `xml:"ListMetadataFormats"`
	Sets        *oaiSetList  `xml:"ListSets"`
	Record      *oaiSingle   `xml:"GetRecord"`
	Records     *oaiList     `xml:"ListRecords"`
	Identifiers *oaiList     `xml:"ListIdentifiers"`
}

// oaiArguments are the arguments that each verb knows.
var oaiArguments = map[string][]string{
	"Identify":            {},
	"ListMetadataFormats": {"identifier"},
	"ListSets":            {"resumptionToken"},
	"GetRecord":           {"identifier", "metadataPrefix"},
	"ListIdentifiers":     {"from", "until", "set", "metadataPrefix", "resumptionToken"},
	"ListRecords":         {"from", "until", "set", "metadataPrefix", "resumptionToken"},
}

// oaiSets are the journal's two sections.
var oaiSets = []oaiSet{{"etsf:ART", "Forskningsartikler"}, {"etsf:OVR", "Teori og oversigter"}}

// oaiForms are the formats in which the journal tells its articles.
var oaiForms = []oaiFormat{
	{"oai_dc", "http://www.openarchives.org/OAI/2.0/oai_dc.xsd", "http://www.openarchives.org/OAI/2.0/oai_dc/"},
	{"jats", "https://jats.nlm.nih.gov/publishing/1.1/xsd/JATS-journalpublishing1.xsd", jatsNamespace},
}

// checkPrefix refuses formats that are not offered.
func checkPrefix(prefix string) *oaiError {
	if !slices.ContainsFunc(oaiForms, func(f oaiFormat) bool { return f.Prefix == prefix }) {
		return &oaiError{"cannotDisseminateFormat", "Only oai_dc and jats"}
	}
	return nil
}

// oai answers for the journal's OAI-PMH provider: Dublin Core and JATS, two sets, four records at a time, deleted
// records kept for ever, and one record with a control character that XML does not allow.
func (w *world) oai(s *site, q url.Values) answer {
	a := oaiAnswer{Date: w.now.Format(time.RFC3339), Request: oaiRequest{
		Verb: q.Get("verb"), Prefix: q.Get("metadataPrefix"), Set: q.Get("set"), Resume: q.Get("resumptionToken"), Provider: s.url("/etsf/oai"),
	}}
	a.Error = checkOAI(q)
	if a.Error == nil {
		a.Error = w.fillOAI(&a, s, q)
	}
	if a.Error != nil && (a.Error.Code == "badVerb" || a.Error.Code == "badArgument") {
		a.Request = oaiRequest{Provider: a.Request.Provider} // as the protocol wants it
	}
	ans := xmlAnswer("text/xml; charset=utf-8", a)
	ans.body = []byte(strings.ReplaceAll(string(ans.body), controlMark, "\x0b"))
	return ans
}

// controlMark stands where the control character goes: encoding/xml would replace the character itself.
const controlMark = "{vertical-tab}"

// checkOAI finds unknown verbs and arguments.
func checkOAI(q url.Values) *oaiError {
	allowed, known := oaiArguments[q.Get("verb")]
	if !known || len(q["verb"]) != 1 {
		return &oaiError{"badVerb", "Illegal OAI verb"}
	}
	for name, values := range q {
		if name != "verb" && (!slices.Contains(allowed, name) || len(values) != 1) {
			return &oaiError{"badArgument", "The argument " + name + " is not allowed or repeated"}
		}
	}
	if q.Has("resumptionToken") && len(q) > 2 {
		return &oaiError{"badArgument", "resumptionToken is an exclusive argument"}
	}
	return nil
}

func (w *world) fillOAI(a *oaiAnswer, s *site, q url.Values) *oaiError {
	switch q.Get("verb") {
	case "Identify":
		a.Identify = &oaiIdentify{
			Name: s.Name, BaseURL: s.url("/etsf/oai"), Version: "2.0", Email: "redaktion@" + s.Host,
			Earliest: "2018-06-15", Deleted: "persistent", Granularity: "YYYY-MM-DD",
		}
	case "ListMetadataFormats":
		a.Formats = &oaiFormats{oaiForms}
	case "ListSets":
		a.Sets = &oaiSetList{oaiSets}
	case "GetRecord":
		return w.getRecord(a, s, q)
	default:
		return w.listRecords(a, s, q)
	}
	return nil
}

func (w *world) getRecord(a *oaiAnswer, s *site, q url.Values) *oaiError {
	if q.Get("metadataPrefix") == "" || q.Get("identifier") == "" {
		return &oaiError{"badArgument", "identifier and metadataPrefix are required"}
	}
	if oops := checkPrefix(q.Get("metadataPrefix")); oops != nil {
		return oops
	}
	for _, r := range w.oaiRecords(s, q.Get("metadataPrefix")) {
		if r.Header.Identifier == q.Get("identifier") {
			a.Record = &oaiSingle{r}
			return nil
		}
	}
	return &oaiError{"idDoesNotExist", "No matching identifier"}
}

// oaiWindow is what a list request asks for; it travels in the resumption token.
type oaiWindow struct {
	from, until, set, prefix string
	cursor                   int
}

func (w *world) listRecords(a *oaiAnswer, s *site, q url.Values) *oaiError {
	win, oops := windowOf(q)
	if oops != nil {
		return oops
	}
	var chosen []oaiRecord
	for _, r := range w.oaiRecords(s, win.prefix) {
		if win.holds(r.Header) {
			chosen = append(chosen, r)
		}
	}
	if len(chosen) == 0 {
		return &oaiError{"noRecordsMatch", "No matching records"}
	}
	if win.cursor >= len(chosen) {
		return &oaiError{"badResumptionToken", "The token is past the end of the list"}
	}
	end := min(win.cursor+oaiPage, len(chosen))
	list := &oaiList{Records: chosen[win.cursor:end], Token: win.next(end, len(chosen))}
	if q.Get("verb") == "ListRecords" {
		a.Records = list
		return nil
	}
	for _, r := range list.Records {
		list.Headers = append(list.Headers, r.Header)
	}
	list.Records = nil
	a.Identifiers = list
	return nil
}

func windowOf(q url.Values) (oaiWindow, *oaiError) {
	if q.Has("resumptionToken") {
		return parseToken(q.Get("resumptionToken"))
	}
	if q.Get("metadataPrefix") == "" {
		return oaiWindow{}, &oaiError{"badArgument", "metadataPrefix is required"}
	}
	if oops := checkPrefix(q.Get("metadataPrefix")); oops != nil {
		return oaiWindow{}, oops
	}
	win := oaiWindow{from: q.Get("from"), until: q.Get("until"), set: q.Get("set"), prefix: q.Get("metadataPrefix")}
	for _, day := range []string{win.from, win.until} {
		if _, err := time.Parse(oaiDay, day); day != "" && err != nil {
			return oaiWindow{}, &oaiError{"badArgument", "Dates are YYYY-MM-DD"}
		}
	}
	return win, nil
}

// parseToken reads "cursor!from!until!set!prefix".
func parseToken(token string) (oaiWindow, *oaiError) {
	parts := strings.Split(token, "!")
	bad := &oaiError{"badResumptionToken", "The token is not one of ours"}
	if len(parts) != 5 || checkPrefix(parts[4]) != nil {
		return oaiWindow{}, bad
	}
	cursor, err := strconv.Atoi(parts[0])
	if err != nil || cursor < 0 {
		return oaiWindow{}, bad
	}
	return oaiWindow{cursor: cursor, from: parts[1], until: parts[2], set: parts[3], prefix: parts[4]}, nil
}

// next is the token of the page after this one; the last page of several has an empty one, a list that fits
// one page has none.
func (w oaiWindow) next(end, size int) *oaiToken {
	if size <= oaiPage {
		return nil
	}
	t := &oaiToken{Cursor: w.cursor, Size: size}
	if end < size {
		t.Token = strings.Join([]string{strconv.Itoa(end), w.from, w.until, w.set, w.prefix}, "!")
	}
	return t
}

func (w oaiWindow) holds(h oaiHeader) bool {
	if w.set != "" && h.Set != w.set && !strings.HasPrefix(h.Set, w.set+":") {
		return false
	}
	return (w.from == "" || h.Datestamp >= w.from) && (w.until == "" || h.Datestamp <= w.until)
}

// oaiRecords are all records in a format, deleted ones too, in the order of their datestamps.
func (w *world) oaiRecords(s *site, prefix string) []oaiRecord {
	var records []oaiRecord
	for _, d := range s.docs {
		m := &oaiMeta{}
		if prefix == "jats" {
			m.JATS = jats(s, d)
		} else {
			m.DC = dublinCore(s, d)
		}
		records = append(records, oaiRecord{Header: headerOf(d), Metadata: m})
	}
	for _, d := range s.deleted {
		h := headerOf(d)
		h.Status = "deleted"
		if d.Path != "" { // withdrawn by the story, not before the first harvest
			h.Datestamp = w.now.Format(oaiDay)
		}
		records = append(records, oaiRecord{Header: h})
	}
	slices.SortStableFunc(records, func(a, b oaiRecord) int {
		return strings.Compare(a.Header.Datestamp, b.Header.Datestamp)
	})
	return records
}

func headerOf(d *doc) oaiHeader {
	number := d.ArticleNumber()
	if number == 0 {
		number = 100 // the article that was withdrawn before the journal moved here
	}
	set := oaiSets[0].Spec
	if s := d.Art.Section; s == "Teoretiske artikler" || s == "Oversigtsartikler" {
		set = oaiSets[1].Spec
	}
	return oaiHeader{
		Identifier: "oai:" + d.Host + ":article/" + strconv.Itoa(number), Datestamp: d.Modified.Format(oaiDay), Set: set,
	}
}

func dublinCore(s *site, d *doc) *oaiDC {
	dc := &oaiDC{
		DC: "http://purl.org/dc/elements/1.1/", OAIDC: "http://www.openarchives.org/OAI/2.0/oai_dc/",
		Title: d.Art.Title, Creators: d.Art.Authors, Subjects: d.Art.Keywords, Publisher: s.Name, Date: d.Date.Format(oaiDay),
		Descriptions: []dcText{{d.Lang, d.Art.Abstract}}, Language: iso639(d.Lang), Relation: d.PDFURL(),
		Types: []string{"info:eu-repo/semantics/article", d.Art.Section}, Formats: []string{"application/pdf"},
		Identifiers: []string{d.URL(), d.Art.DOI},
		Sources:     []string{s.Name + "; Årg. " + strconv.Itoa(d.Art.Volume) + " Nr. " + strconv.Itoa(d.Art.Issue), "0000-0019"},
	}
	if d.Art.AbstractDa != "" {
		dc.Descriptions = append(dc.Descriptions, dcText{"da", d.Art.AbstractDa})
	}
	dc.Descriptions[0].Text = damaged(d, d.Art.Abstract)
	if rights := d.Rights(); rights != "" {
		dc.Rights = []string{"Copyright (c) " + strconv.Itoa(d.Date.Year()) + " " + s.Name, rights}
	}
	return dc
}

// damaged puts a control character into the abstract of one article, as a careless editor does.
func damaged(d *doc, abstract string) string {
	if d.ID != "T05" {
		return abstract
	}
	return strings.Replace(abstract, " ", " "+controlMark, 1)
}

// iso639 is the three-letter code that the journal system uses.
func iso639(lang string) string {
	switch lang {
	case "en":
		return "eng"
	case "nb":
		return "nob"
	case "sv":
		return "swe"
	}
	return "dan"
}
