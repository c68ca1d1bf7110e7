package discover

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// OAIQuery asks an OAI-PMH 2.0 provider. With a Token nothing else may be sent but the verb.
type OAIQuery struct {
	Verb        string // Identify, ListSets, ListMetadataFormats, ListRecords ...
	Prefix, Set string // metadataPrefix: oai_dc and the like
	From, Until time.Time
	// Seconds says that the provider dates its records to the second (OAIAnswer.Seconds), not to the day.
	Seconds bool
	Token   string
}

// URL returns the address of the query at a provider's base address.
func (q OAIQuery) URL(base string) string {
	var b strings.Builder
	b.WriteString(base)
	separator := "?"
	if strings.Contains(base, "?") {
		separator = "&"
	}
	for _, arg := range q.arguments() {
		if arg[1] == "" {
			continue
		}
		b.WriteString(separator + arg[0] + "=" + strings.ReplaceAll(url.QueryEscape(arg[1]), "+", "%20"))
		separator = "&"
	}
	return b.String()
}

func (q OAIQuery) arguments() [][2]string {
	if q.Token != "" {
		return [][2]string{{"verb", q.Verb}, {"resumptionToken", q.Token}}
	}
	return [][2]string{
		{"verb", q.Verb},
		{"metadataPrefix", q.Prefix},
		{"set", q.Set},
		{"from", q.stamp(q.From)},
		{"until", q.stamp(q.Until)},
	}
}

func (q OAIQuery) stamp(t time.Time) string {
	switch {
	case t.IsZero():
		return ""
	case q.Seconds:
		return t.UTC().Format("2006-01-02T15:04:05Z")
	}
	return t.UTC().Format(time.DateOnly)
}

// OAIError is an error that a provider reports. Code is one of the protocol's: badResumptionToken asks for a
// new start of the list, badArgument and cannotDisseminateFormat are mistakes in the query.
type OAIError struct{ Code, Message string }

// Error says code and message.
func (e *OAIError) Error() string { return "oai-pmh: " + e.Code + ": " + e.Message }

// OAIAnswer is one answer of a provider; the fields of other verbs than the one asked are empty.
type OAIAnswer struct {
	// Of Identify.
	Name     string
	Earliest time.Time
	Seconds  bool   // granularity is seconds, not days
	Deleted  string // how long deleted records are told: no, transient or persistent
	// Of ListSets and ListMetadataFormats.
	Sets    []OAISet
	Formats []OAIFormat
	// Of ListRecords.
	Records []OAIRecord
	// Malformed counts records that could not be read and were left out.
	Malformed int
	// Token asks for the next part of a list; "" at its end. Total is the provider's count of the whole list, 0
	// when it gives none.
	Token string
	Total int
	Date  time.Time // the provider's clock; the next harvest's From
}

// OAIFormat is a form in which a provider tells its records. The prefix is the provider's own word for it, the namespace
// says what it is.
type OAIFormat struct{ Prefix, Namespace string }

// Kind returns jats, mods or dc, or "" for a format that is not read here.
func (f OAIFormat) Kind() string {
	switch ns := strings.ToLower(f.Namespace); {
	case strings.Contains(ns, "jats.nlm.nih.gov"), strings.Contains(ns, "dtd.nlm.nih.gov"):
		return "jats"
	case strings.Contains(ns, "loc.gov/mods"):
		return "mods"
	case f.Prefix == "oai_dc":
		return "dc" // every provider has it, by this name
	}
	return ""
}

// OAISet is a part of a provider's records.
type OAISet struct{ Spec, Name string }

// OAIRecord is one record. A deleted one has no metadata.
type OAIRecord struct {
	ID        string
	Datestamp time.Time
	Sets      []string
	Deleted   bool
	// Format is the local name of the metadata's root: dc, article (JATS), mods ...
	Format string
	// DC are the fields of oai_dc by their local names (title, creator, description ...), in order. JATS and MODS are
	// told by the same names, by corporate for authors that are no persons, and by journal, volume, issue, firstpage, lastpage
	// and pages for where in a journal the work stands. Nil for other formats.
	DC map[string][]OAIText
	// Raw is the metadata element as it came, for formats other than oai_dc.
	Raw []byte
}

// OAIText is a value with its xml:lang, "" when it has none.
type OAIText struct{ Lang, Value string }

// Links returns the web addresses that the record's identifiers and relations name, in order; the first is
// mostly the landing page.
func (r *OAIRecord) Links() []string {
	var links []string
	for _, field := range []string{"identifier", "relation", "source"} {
		for _, text := range r.DC[field] {
			if strings.HasPrefix(text.Value, "http://") || strings.HasPrefix(text.Value, "https://") {
				links = append(links, text.Value)
			}
		}
	}
	return links
}

// The marks by which an answer is cut into records before any of it is parsed, so that a record which is no
// XML costs itself alone. A record of OAI begins with its header; a MARC record within one does not.
var (
	recordStart = regexp.MustCompile(`<(?:[\w.-]+:)?record(?:\s[^<>]*)?>\s*<(?:[\w.-]+:)?header[\s/>]`)
	recordEnd   = regexp.MustCompile(`</(?:[\w.-]+:)?record\s*>`)
)

// OAI reads an answer. Errors: *OAIError as reported by the provider, except noRecordsMatch, which is an empty
// list; ErrFormat for something else than OAI-PMH; ErrBroken for an answer that ends early or lacks its frame;
// ErrTooLarge. Whole records before the damage are returned with it, and the Token if it was there.
func OAI(body []byte) (OAIAnswer, error) {
	body, cut := unpack(body, MaxBytes)
	body = toText(body)
	var a OAIAnswer
	frame, torn := a.takeRecords(body)
	err := a.readFrame(frame)
	switch {
	case cut != nil:
		err = cut
	case err == nil && torn:
		err = fmt.Errorf("%w: a record ends early", ErrBroken)
	}
	var reported *OAIError
	if err == nil || errors.As(err, &reported) {
		return a, err
	}
	return a, fmt.Errorf("oai-pmh: %w", err)
}

// takeRecords reads the records and returns the answer without them; torn when the last one has no end.
func (a *OAIAnswer) takeRecords(body []byte) (frame []byte, torn bool) {
	starts := recordStart.FindAllIndex(body, -1)
	if len(starts) == 0 {
		return body, false
	}
	frame = bytes.Clone(body[:starts[0][0]])
	for i, start := range starts {
		stop := len(body)
		if i+1 < len(starts) {
			stop = starts[i+1][0]
		}
		segment := body[start[0]:stop]
		ends := recordEnd.FindAllIndex(segment, -1)
		if len(ends) == 0 {
			a.Malformed++
			torn = i+1 == len(starts)
			frame = append(frame, tokenOf(segment)...)
			continue
		}
		end := ends[len(ends)-1][1]
		a.takeRecord(segment[:end])
		frame = append(frame, segment[end:]...)
	}
	return frame, torn
}

var tokenElement = regexp.MustCompile(`(?s)<(?:[\w.-]+:)?resumptionToken[\s/>].*$`)

// tokenOf returns what follows a record that was never closed, from the token on.
func tokenOf(segment []byte) []byte { return tokenElement.Find(segment) }

func (a *OAIAnswer) takeRecord(text []byte) {
	r, err := readRecord(text)
	if err != nil || r.ID == "" {
		a.Malformed++
		return
	}
	a.Records = append(a.Records, r)
}

// readRecord parses one record.
func readRecord(text []byte) (OAIRecord, error) {
	var r OAIRecord
	d := newDecoder(text)
	err := walk(d, func(path []string, attrs []xml.Attr, value string) {
		switch strings.Join(path, ">") {
		case "record>header":
			r.Deleted = strings.EqualFold(attributeOf(attrs, "status"), "deleted")
		case "record>header>identifier":
			r.ID = value
		case "record>header>datestamp":
			r.Datestamp = when(value)
		case "record>header>setSpec":
			r.Sets = append(r.Sets, value)
		}
		if len(path) >= 3 && path[1] == "metadata" {
			r.metadata(path, attrs, value)
		}
	})
	if err != nil {
		return OAIRecord{}, err
	}
	if r.Format != "" && r.Format != "dc" {
		r.Raw = metadataOf(text)
	}
	switch r.Format {
	case "article":
		r.DC, err = fromJATS(r.Raw)
	case "mods", "modsCollection":
		r.DC, err = fromMODS(r.Raw)
	}
	if err != nil {
		return OAIRecord{}, err
	}
	return r, nil
}

// metadata takes one element below metadata.
func (r *OAIRecord) metadata(path []string, attrs []xml.Attr, value string) {
	r.Format = path[2]
	if r.Format != "dc" || len(path) != 4 || value == "" {
		return
	}
	if r.DC == nil {
		r.DC = make(map[string][]OAIText)
	}
	r.DC[path[3]] = append(r.DC[path[3]], OAIText{Lang: attributeOf(attrs, "lang"), Value: value})
}

var metadataElement = regexp.MustCompile(`(?s)<(?:[\w.-]+:)?metadata(?:\s[^<>]*)?>(.*)</(?:[\w.-]+:)?metadata\s*>`)

func metadataOf(record []byte) []byte {
	m := metadataElement.FindSubmatch(record)
	if m == nil {
		return nil
	}
	return bytes.Clone(bytes.TrimSpace(m[1]))
}

// readFrame parses the answer without its records.
func (a *OAIAnswer) readFrame(frame []byte) error {
	var reported *OAIError
	var set OAISet
	var format OAIFormat
	root, verb := "", false
	err := walk(newDecoder(frame), func(path []string, attrs []xml.Attr, value string) {
		root = path[0]
		if len(path) > 1 && oaiVerbs[path[1]] {
			verb = true
		}
		switch name := path[len(path)-1]; name {
		case "error":
			if len(path) > 2 {
				return // somebody's word within a description
			}
			reported = &OAIError{Code: attributeOf(attrs, "code"), Message: clip(collapse(value))}
		case "setSpec":
			set.Spec = value
		case "setName":
			set.Name = collapse(value)
		case "set":
			a.Sets = append(a.Sets, set)
			set = OAISet{}
		case "metadataPrefix":
			format.Prefix = value
		case "metadataNamespace":
			format.Namespace = value
		case "metadataFormat":
			a.Formats = append(a.Formats, format)
			format = OAIFormat{}
		default:
			a.value(name, attrs, value)
		}
	})
	switch {
	case root != "" && root != "OAI-PMH", root == "" && len(a.Records) == 0:
		return fmt.Errorf("%w: no OAI-PMH answer", ErrFormat)
	case reported != nil && reported.Code == "noRecordsMatch":
		return nil
	case reported != nil:
		return reported
	case err != nil:
		return broken(err)
	case !verb && len(a.Records) == 0:
		return fmt.Errorf("%w: an empty frame", ErrBroken)
	}
	return nil
}

var oaiVerbs = map[string]bool{
	"Identify": true, "ListSets": true, "ListMetadataFormats": true, "ListRecords": true, "ListIdentifiers": true, "GetRecord": true,
}

func (a *OAIAnswer) value(name string, attrs []xml.Attr, value string) {
	switch name {
	case "responseDate":
		a.Date = when(value)
	case "repositoryName":
		a.Name = collapse(value)
	case "earliestDatestamp":
		a.Earliest = when(value)
	case "granularity":
		a.Seconds = strings.Contains(value, "ss")
	case "deletedRecord":
		a.Deleted = value
	case "resumptionToken":
		a.Token = value
		a.Total, _ = strconv.Atoi(attributeOf(attrs, "completeListSize"))
	}
}

// walk calls end at the end of each element with the path of local names down to it, its attributes and the
// text directly in it. It ends without error at the end of a well-formed text.
func walk(d *xml.Decoder, end func(path []string, attrs []xml.Attr, value string)) error {
	var path []string
	var attrs [][]xml.Attr
	var texts [][]byte // of the open elements
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) && len(path) == 0 {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if len(path) >= maxNesting {
				return fmt.Errorf("%w: elements nest too deep", ErrBroken)
			}
			path = append(path, t.Name.Local)
			attrs = append(attrs, t.Copy().Attr)
			texts = append(texts, nil)
		case xml.CharData:
			if len(path) > 0 {
				texts[len(path)-1] = append(texts[len(path)-1], t...)
			}
		case xml.EndElement:
			last := len(path) - 1
			end(path, attrs[last], strings.TrimSpace(string(texts[last])))
			path, attrs, texts = path[:last], attrs[:last], texts[:last]
		}
	}
}

func attributeOf(attrs []xml.Attr, name string) string {
	for _, a := range attrs {
		if a.Name.Local == name {
			return strings.TrimSpace(a.Value)
		}
	}
	return ""
}
