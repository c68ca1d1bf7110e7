package crawler

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/net/html"

	"smaabornsviden/crawler/extract"
	"smaabornsviden/crawler/fetch"
	"smaabornsviden/crawler/partners"
	"smaabornsviden/crawler/robots"
	"smaabornsviden/crawler/warc"
)

// Archive writes what a crawl fetches into WARC files, so that other tools can check and replay it. What it writes is the
// wire's own data: nothing is masked in it, unlike in everything else that is stored.
//
// It is a copy of pages, so those whose owners want none are left out: their answers are noted, not kept, when the page
// says noarchive, when it or its host's tdmrep.json reserves text and data mining (the files are made for other tools), when it is a PDF that forbids
// copying, and when the register allows a source's metadata alone. robots.txt and tdmrep.json are always kept, for they explain the rest.
// What is already written the operator has to delete: a removal reaches index, bodies and documents, not files that may
// lie elsewhere by then.
type Archive struct {
	w        *warc.Writer
	agent    string
	metadata map[string]bool // hosts of sources whose bodies are not kept
	log      *slog.Logger
	// Reserved tells what the tdmrep.json of an address's host says of it; nil knows of none. To be set before anything is recorded.
	Reserved func(ctx context.Context, url string) extract.Reservation

	mu  sync.Mutex // guards err
	err error      // the first; told at Close
}

// NewArchive begins to write in a folder for a crawl with this register, agent token and user agent.
func NewArchive(dir string, r *partners.Register, agent, userAgent string, log *slog.Logger) (*Archive, error) {
	w, err := warc.Create(warc.Options{Dir: dir, Info: []warc.Field{
		{Name: "software", Value: userAgent},
		{Name: "http-header-user-agent", Value: userAgent},
		{Name: "conformsTo", Value: "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"},
		{Name: "robots", Value: "obey"},
		{Name: "description", Value: "Answers as they came, unmasked: they may hold personal data. Pages that say noarchive or tdm-reservation are left out."},
	}})
	if err != nil {
		return nil, err
	}
	a := &Archive{w: w, agent: agent, metadata: map[string]bool{}, log: log}
	for _, s := range r.Sources {
		for _, host := range s.Hosts() {
			key := hostKey(host)
			a.metadata[key] = a.metadata[key] || s.Policy == partners.Metadata
		}
	}
	return a, nil
}

// Record writes one exchange. It belongs into fetch.Options.Record. When writing fails the crawl goes on, since its own
// store is not concerned; the log says so at once and Close returns it.
func (a *Archive) Record(e fetch.Exchange) {
	err := a.w.Write(warc.Exchange{
		URI: e.URL, IP: e.IP, Date: e.Start, NotModified: e.NotModified, Truncated: e.Truncated, Payload: e.Wire,
		RequestHead:  warc.RequestHead(http.MethodGet, e.Target, e.Host, e.Request),
		ResponseHead: warc.ResponseHead(e.Status, e.Header),
		Withheld:     a.withheld(&e),
	})
	if err == nil {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.err == nil {
		a.err = err
		a.log.Error("an answer is missing in the WARC files", "url", redact(e.URL), "error", err)
	}
}

// Close ends the last file and returns the first error of writing, if any.
func (a *Archive) Close() error {
	if a == nil {
		return nil
	}
	err := a.w.Close()
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.err != nil {
		return a.err
	}
	return err
}

// withheld says why an answer is not kept, "" when it may be.
func (a *Archive) withheld(e *fetch.Exchange) string {
	if len(e.Wire) == 0 || e.Target == "/robots.txt" || e.Target == robots.ReservationsPath {
		return ""
	}
	header, own := saidOf(e)
	switch {
	case a.metadata[hostKey(hostOf(e.URL))]:
		return "metadata-only"
	case extract.RobotsHeader(header, a.agent).NoArchive:
		return "noarchive"
	case own == "1" || own == "" && a.reservedByFile(e.URL):
		return "tdm-reservation"
	case forbidsCopying(e.Body):
		return "no-copy"
	}
	return ""
}

func (a *Archive) reservedByFile(url string) bool {
	return a.Reserved != nil && a.Reserved(context.Background(), url).Reserved // a record is made after the fetch, whose context may have ended
}

// pdfPermissions is the number in which a PDF says what may be done with it; it stands in the dictionary of the standard
// security handler, which is never packed or encrypted itself.
var pdfPermissions = regexp.MustCompile(`/P\s+(-?[0-9]{1,10})`)

// forbidsCopying reports whether a body is a PDF whose author asked that nothing be copied out of it. The file is not
// parsed for it: an archive must not depend on a reader that may give up.
func forbidsCopying(body []byte) bool {
	const copying, around = 1 << 4, 2 << 10
	if !bytes.HasPrefix(body, []byte("%PDF")) || !bytes.Contains(body, []byte("/Encrypt")) {
		return false
	}
	for from := 0; ; {
		at := bytes.Index(body[from:], []byte("/Standard"))
		if at < 0 {
			return false
		}
		at += from
		for _, m := range pdfPermissions.FindAllSubmatch(body[max(0, at-around):min(len(body), at+around)], -1) {
			if p, err := strconv.ParseInt(string(m[1]), 10, 64); err == nil && p&copying == 0 {
				return true
			}
		}
		from = at + 1
	}
}

// saidOf gathers what an answer says of itself in its header and in meta elements: the robots rules as one header, and
// whether text and data mining is reserved ("1") or not ("0"), "" when it does not say. The page is not parsed a second
// time for it: a tokenizer finds the elements.
func saidOf(e *fetch.Exchange) (rules http.Header, reserved string) {
	rules = http.Header{"X-Robots-Tag": e.Header.Values("X-Robots-Tag")}
	reserved = reservation(e.Header.Get("Tdm-Reservation"), "")
	for z := html.NewTokenizer(bytes.NewReader(e.Body)); ; {
		switch z.Next() {
		case html.ErrorToken:
			return rules, reserved
		case html.StartTagToken, html.SelfClosingTagToken:
			name, has := z.TagName()
			if string(name) != "meta" || !has {
				continue
			}
			switch about, content := metaOf(z); about {
			case "":
			case "tdm-reservation":
				reserved = reservation(content, reserved)
			case "robots":
				rules.Add("X-Robots-Tag", "*: "+content)
			default:
				// A rule for an agent, which RobotsHeader tells from other people's; other meta elements are no rules.
				rules.Add("X-Robots-Tag", about+": "+content)
			}
		}
	}
}

// reservation is a value of tdm-reservation, before when it is none.
func reservation(value, before string) string {
	if value = strings.TrimSpace(value); value == "0" || value == "1" {
		return value
	}
	return before
}

// metaOf reads name and content of the meta element at hand.
func metaOf(z *html.Tokenizer) (name, content string) {
	for {
		key, value, more := z.TagAttr()
		switch string(key) {
		case "name":
			name = strings.ToLower(strings.TrimSpace(string(value)))
		case "content":
			content = string(value)
		}
		if !more {
			return name, content
		}
	}
}
