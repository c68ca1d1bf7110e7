package extract

import (
	"bytes"
	"mime"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"

	"smaabornsviden/index"
)

// metaWindow is how far into a page its own declaration is looked for. The HTML standard says 1024 bytes,
// but pages with long comments before <meta> are common and browsers find them on reparse.
const metaWindow = 4 << 10

// decode turns the body into UTF-8 and says under which character set it was read, and why. The order is
// override, byte order mark, HTTP header, <meta>, the whole body being UTF-8, windows-1252.
func decode(in Input) (text, name string, why index.Reason) {
	body := in.Body
	enc, name, why := findCharset(in)
	if len(body) > MaxBytes {
		body = body[:MaxBytes]
	}
	if name == "utf-8" {
		return strings.ToValidUTF8(string(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))), "\uFFFD"), name, why
	}
	out, err := enc.NewDecoder().Bytes(body)
	if err != nil {
		out = body // a decoder of x/text replaces what it cannot read; this does not happen
	}
	return strings.ToValidUTF8(strings.TrimPrefix(string(out), "\uFEFF"), "\uFFFD"), name, why
}

func findCharset(in Input) (encoding.Encoding, string, index.Reason) {
	if enc, name, ok := lookupCharset(in.Charset); ok {
		return enc, name, index.Reason{Rule: "charset-override", Quote: in.Charset}
	}
	if name := bomCharset(in.Body); name != "" {
		enc, _ := htmlindex.Get(name)
		return enc, name, index.Reason{Rule: "charset-bom"}
	}
	if label := headerCharset(in); label != "" {
		if enc, name, ok := lookupCharset(label); ok && !(name == "utf-8" && nowhereUTF8(in.Body)) {
			return enc, name, index.Reason{Rule: "charset-http", Quote: label}
		}
	}
	if enc, name, ok := metaCharset(in.Body); ok && !(name == "utf-8" && nowhereUTF8(in.Body)) {
		return enc, name, index.Reason{Rule: "charset-meta", Quote: name}
	}
	if utf8.Valid(in.Body) {
		return unicode.UTF8, "utf-8", index.Reason{Rule: "charset-utf8-valid"}
	}
	enc, _ := htmlindex.Get("windows-1252")
	return enc, "windows-1252", index.Reason{Rule: "charset-default"}
}

// nowhereUTF8 reports whether a text has letters beyond ASCII and not one of them in UTF-8: then a declaration that says
// so is the server's default for pages that are older than it. One broken byte among good letters is only a broken byte.
func nowhereUTF8(body []byte) bool {
	broken := false
	for len(body) > 0 {
		r, size := utf8.DecodeRune(body)
		switch {
		case r == utf8.RuneError && size == 1:
			broken = true
		case size > 1:
			return false
		}
		body = body[size:]
	}
	return broken
}

func lookupCharset(label string) (encoding.Encoding, string, bool) {
	if strings.TrimSpace(label) == "" {
		return nil, "", false
	}
	enc, name := charset.Lookup(label)
	if enc == nil || name == "replacement" || name == "x-user-defined" {
		return nil, "", false
	}
	return enc, name, true
}

func bomCharset(body []byte) string {
	switch {
	case bytes.HasPrefix(body, []byte{0xEF, 0xBB, 0xBF}):
		return "utf-8"
	case bytes.HasPrefix(body, []byte{0xFE, 0xFF}):
		return "utf-16be"
	case bytes.HasPrefix(body, []byte{0xFF, 0xFE}):
		return "utf-16le"
	}
	return ""
}

// headerCharset reads the charset parameter. Headers such as `text/html; charset="utf-8"; x` do not parse as a
// whole, so the parameter is also looked for by hand.
func headerCharset(in Input) string {
	value := in.ContentType
	if value == "" {
		value = in.Header.Get("Content-Type")
	}
	if _, params, err := mime.ParseMediaType(value); err == nil && params["charset"] != "" {
		return params["charset"]
	}
	return afterCharset(value)
}

// afterCharset returns what stands behind "charset=" up to a quote, a semicolon or space.
func afterCharset(s string) string {
	_, rest, ok := strings.Cut(strings.ToLower(s), "charset")
	if !ok {
		return ""
	}
	rest, ok = strings.CutPrefix(strings.TrimSpace(rest), "=")
	if !ok {
		return ""
	}
	rest = strings.TrimLeft(strings.TrimSpace(rest), `"'`)
	if i := strings.IndexAny(rest, "\"'; \t\r\n"); i >= 0 {
		rest = rest[:i]
	}
	return rest
}

// sniff says what the bytes are: html, pdf, docx, xml, data, image or binary. The bytes win over the
// header, because servers mislabel both ways.
func sniff(in Input) string {
	head := bytes.TrimLeft(in.Body[:min(len(in.Body), 1024)], "\xef\xbb\xbf \t\r\n")
	media, _, _ := strings.Cut(in.ContentType+";"+in.Header.Get("Content-Type"), ";")
	media = strings.ToLower(strings.TrimSpace(media))
	switch {
	case bytes.HasPrefix(head, []byte("%PDF-")):
		return "pdf"
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return zipKind(in.Body)
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0")):
		return "doc"
	case machineXML.Match(head):
		return "xml"
	case looksLikeHTML(head):
		return "html"
	case slices.Contains(machineTypes, media), bytes.HasPrefix(head, []byte("BEGIN:VC")):
		return "data"
	case bytes.HasPrefix(head, []byte("<?xml")):
		return "xml"
	case strings.HasPrefix(media, "image/"), strings.HasPrefix(media, "audio/"), strings.HasPrefix(media, "video/"):
		return media[:5]
	case bytes.IndexByte(head, 0) >= 0 && bomCharset(in.Body) == "" && !isUTF16(in):
		return "binary"
	}
	return "html"
}

// machineXML begins a feed, a sitemap or another list for programs. Its items have titles as pages have.
var machineXML = regexp.MustCompile(`(?is)^(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!doctype\s+rss.*?>\s*)*<(?:rss|feed|rdf:rdf|urlset|sitemapindex|oai-pmh|opml|opensearchdescription|svg)[\s>]`)

// machineTypes are types of what no reader is shown as a page.
var machineTypes = []string{
	"application/json", "application/ld+json", "application/feed+json", "application/manifest+json", "text/calendar", "text/vcard", "text/x-vcard", "text/css", "text/javascript",
	"application/javascript", "application/x-javascript", "text/csv",
}

// isUTF16 reports whether a declaration outside the bytes makes zero bytes natural.
func isUTF16(in Input) bool {
	label := strings.ToLower(in.Charset + headerCharset(in))
	return strings.Contains(label, "utf-16") || strings.Contains(label, "utf16") || strings.Contains(label, "unicode")
}

func zipKind(body []byte) string {
	head := body[:min(len(body), 8<<10)]
	if bytes.Contains(head, []byte("word/")) || bytes.Contains(head, []byte("[Content_Types].xml")) {
		return "docx"
	}
	return "zip"
}

// looksLikeHTML reports whether a tag of HTML stands near the start; XHTML begins as XML.
func looksLikeHTML(head []byte) bool {
	lower := bytes.ToLower(head)
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body", "<title", "<meta", "<div", "<p>", "<h1"} {
		if bytes.Contains(lower, []byte(tag)) {
			return true
		}
	}
	return false
}
