package warc

import (
	"bytes"
	"compress/gzip"
	"crypto/rand"
	"crypto/sha1"
	"encoding/base32"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Types of records that are written here. Readers meet others too.
const (
	Info     = "warcinfo"
	Request  = "request"
	Response = "response"
	Revisit  = "revisit"
	Metadata = "metadata"
)

// version is the first line of a record. Tools of version 1.0 read it too, but for the fraction of the second.
const version = "WARC/1.1"

// dateForm dates to the microsecond: two answers of one host are never further apart than needed to order them.
const dateForm = "2006-01-02T15:04:05.000000Z"

// Field is a named field of a record's header.
type Field struct{ Name, Value string }

// Record is one record: its named fields in order and its block.
type Record struct {
	Fields []Field
	Block  []byte
}

// Get returns the value of the first field of a name, whose case does not matter; "" when there is none.
func (r *Record) Get(name string) string {
	for _, f := range r.Fields {
		if strings.EqualFold(f.Name, name) {
			return f.Value
		}
	}
	return ""
}

// Type returns the kind of record: Response and the like.
func (r *Record) Type() string { return r.Get("WARC-Type") }

// Payload returns the part of an HTTP message's block that follows its header; nil for other blocks.
func (r *Record) Payload() []byte {
	if !strings.HasPrefix(r.Get("Content-Type"), "application/http") {
		return nil
	}
	_, payload, _ := bytes.Cut(r.Block, []byte("\r\n\r\n"))
	return payload
}

// newRecord begins a record with the fields that every one has.
func newRecord(kind string, date time.Time, contentType string, block []byte, more ...Field) Record {
	r := Record{Block: block, Fields: []Field{
		{"WARC-Type", kind},
		{"WARC-Record-ID", newID()},
		{"WARC-Date", date.UTC().Format(dateForm)},
	}}
	r.Fields = append(r.Fields, more...)
	r.Fields = append(r.Fields,
		Field{"WARC-Block-Digest", digest(block)},
		Field{"Content-Type", contentType},
		Field{"Content-Length", strconv.Itoa(len(block))},
	)
	return r
}

// newID makes a random UUID (RFC 9562, version 4) in the form that the standard asks for.
func newID() string {
	var b [16]byte
	rand.Read(b[:]) // never fails
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("<urn:uuid:%x-%x-%x-%x-%x>", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// digest labels a SHA-1 as the tools around WARC write and look it up. It finds damage and equal bodies; nobody's
// security rests on it.
func digest(data []byte) string {
	sum := sha1.Sum(data)
	return "sha1:" + base32.StdEncoding.EncodeToString(sum[:])
}

// appendTo writes the record as it stands in a file that is not compressed.
func (r *Record) appendTo(b *bytes.Buffer) {
	b.WriteString(version + "\r\n")
	for _, f := range r.Fields {
		b.WriteString(f.Name + ": " + oneLine(f.Value) + "\r\n")
	}
	b.WriteString("\r\n")
	b.Write(r.Block)
	b.WriteString("\r\n\r\n")
}

// oneLine keeps a foreign value from ending its field.
func oneLine(s string) string {
	if !strings.ContainsAny(s, "\r\n\x00") {
		return strings.Trim(s, " \t")
	}
	return strings.Trim(strings.NewReplacer("\r", " ", "\n", " ", "\x00", " ").Replace(s), " \t")
}

// member packs a record into a gzip member of its own, so that readers can begin at any record and a cut file loses
// its last one alone.
func (r *Record) member(z *gzip.Writer, to *bytes.Buffer) error {
	var plain bytes.Buffer
	plain.Grow(len(r.Block) + 1<<10)
	r.appendTo(&plain)
	z.Reset(to)
	if _, err := z.Write(plain.Bytes()); err != nil {
		return err
	}
	return z.Close()
}
