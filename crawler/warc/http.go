package warc

import (
	"bytes"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Exchange is one request over HTTP and what answered it.
type Exchange struct {
	URI  string
	IP   string // that answered, without port; "" when it is not known
	Date time.Time
	// RequestHead and ResponseHead are the first line and the header fields of each message, with the empty line
	// after them: see RequestHead and ResponseHead.
	RequestHead, ResponseHead []byte
	// Payload is the body as it came: packed when the server packed it (Content-Encoding), in one piece however the
	// server cut it (Transfer-Encoding).
	Payload []byte
	// Truncated is why Payload ends early: length, time or disconnect; "" when it is whole.
	Truncated string
	// NotModified makes the answer a record of a revisit: there is no body because the old one holds.
	NotModified bool
	// Withheld is why the answer must not be kept, "" when it may. Then that it came is written, not what came.
	Withheld string
}

// profileNotModified says of a revisit that the server itself called the page unchanged.
const profileNotModified = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"

// records are what stands in the file for an exchange: the answer, then the request that it belongs to.
func (e *Exchange) records() []Record {
	answer := e.answer()
	request := newRecord(Request, e.Date, "application/http; msgtype=request", e.RequestHead,
		append(e.place(), Field{"WARC-Concurrent-To", answer.Get("WARC-Record-ID")})...)
	return []Record{answer, request}
}

func (e *Exchange) place() []Field {
	fields := []Field{{"WARC-Target-URI", e.URI}}
	if e.IP != "" {
		fields = append(fields, Field{"WARC-IP-Address", e.IP})
	}
	return fields
}

func (e *Exchange) answer() Record {
	const message = "application/http; msgtype=response"
	fields := e.place()
	switch {
	case e.Withheld != "":
		line, _, _ := bytes.Cut(e.ResponseHead, []byte("\r\n"))
		note := fmt.Sprintf("withheld: %s\r\nanswer: %s\r\npayloadLength: %d\r\n", oneLine(e.Withheld), line, len(e.Payload))
		return newRecord(Metadata, e.Date, "application/warc-fields", []byte(note), fields...)
	case e.NotModified:
		return newRecord(Revisit, e.Date, message, e.ResponseHead, append(fields,
			Field{"WARC-Profile", profileNotModified}, Field{"WARC-Refers-To-Target-URI", e.URI})...)
	}
	if e.Truncated != "" {
		fields = append(fields, Field{"WARC-Truncated", e.Truncated})
	}
	fields = append(fields, Field{"WARC-Payload-Digest", digest(e.Payload)})
	return newRecord(Response, e.Date, message, slices.Concat(e.ResponseHead, e.Payload), fields...)
}

// RequestHead writes a request without body as HTTP/1.1 has it.
func RequestHead(method, target, host string, header http.Header) []byte {
	return head(method+" "+target+" HTTP/1.1", "Host: "+oneLine(host)+"\r\n", header)
}

// ResponseHead writes the header of an answer as HTTP/1.1 has it, whatever version it came in: readers of WARC files
// know no other. The fields stand in alphabetical order, since Go does not keep the server's.
func ResponseHead(status int, header http.Header) []byte {
	line := fmt.Sprintf("HTTP/1.1 %03d %s", status, http.StatusText(status))
	return head(line, "", header)
}

func head(line, first string, header http.Header) []byte {
	var b bytes.Buffer
	b.WriteString(strings.ReplaceAll(oneLine(line), "\t", " ") + "\r\n" + first)
	names := make([]string, 0, len(header))
	for name := range header {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		for _, value := range header[name] {
			b.WriteString(oneLine(name) + ": " + oneLine(value) + "\r\n")
		}
	}
	b.WriteString("\r\n")
	return b.Bytes()
}
