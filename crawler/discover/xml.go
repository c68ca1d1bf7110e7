package discover

import (
	"bytes"
	"compress/gzip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// MaxBytes is how much of a sitemap or an OAI answer is read once it is unpacked: the 50 MB that
// sitemaps.org allows.
const MaxBytes = 50 << 20

// maxNesting is how deep elements may lie in each other. Every open element costs memory, and the feed
// library recurses.
const maxNesting = 100

// Errors of the readers. What was read before the error is returned with it.
var (
	// ErrFormat: the text is not of the kind asked for; mostly a web page in its place.
	ErrFormat = errors.New("not the format expected")
	// ErrBroken: the text ends early, or is damaged beyond the point reached.
	ErrBroken = errors.New("damaged")
	// ErrTooLarge: the text goes on beyond what is read.
	ErrTooLarge = errors.New("too large")
)

// unpack undoes gzip, known by its first bytes whatever name and header say, up to limit bytes. Two layers
// are undone: a packed file that the server packs once more.
func unpack(body []byte, limit int64) ([]byte, error) {
	for range 2 {
		if !bytes.HasPrefix(body, []byte{0x1f, 0x8b}) {
			break
		}
		r, err := gzip.NewReader(bytes.NewReader(body))
		if err != nil {
			return nil, fmt.Errorf("%w: gzip: %w", ErrBroken, err)
		}
		unpacked, err := io.ReadAll(io.LimitReader(r, limit+1))
		if err != nil {
			return unpacked, fmt.Errorf("%w: gzip: %w", ErrBroken, err)
		}
		body = unpacked
	}
	if int64(len(body)) > limit {
		return body[:limit], fmt.Errorf("%w: more than %d bytes", ErrTooLarge, limit)
	}
	return body, nil
}

// toText makes UTF-8 of a text and takes out the characters that XML does not have but careless systems
// write: one of them would end the reading of everything after it. The declared charset is undone
// and its name taken out, so that nobody undoes it twice.
func toText(body []byte) []byte {
	body = toUTF8(body)
	body = bytes.TrimLeft(body, " \t\r\n")
	if hasIllegal(body) {
		body = bytes.Map(func(r rune) rune {
			if illegal(r) {
				return -1
			}
			return r
		}, body)
	}
	if bytes.Contains(body, []byte("&#")) {
		body = reference.ReplaceAllFunc(body, legalReference)
	}
	return body
}

var (
	declared  = regexp.MustCompile(`^\s*<\?xml[^>]*?(\sencoding\s*=\s*["']([^"']*)["'])`)
	reference = regexp.MustCompile(`&#[xX]?[0-9A-Fa-f]*;`)
)

func toUTF8(body []byte) []byte {
	utf16 := bytes.HasPrefix(body, []byte{0xFF, 0xFE}) || bytes.HasPrefix(body, []byte{0xFE, 0xFF})
	if utf16 {
		if decoded, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(body); err == nil {
			body = decoded
		}
	}
	body = bytes.TrimPrefix(body, []byte("\xEF\xBB\xBF"))
	if at := declared.FindSubmatchIndex(body[:min(len(body), 300)]); at != nil {
		name := string(body[at[4]:at[5]])
		body = append(bytes.Clone(body[:at[2]]), body[at[3]:]...)
		if e, label := charset.Lookup(name); !utf16 && e != nil && label != "utf-8" && label != "utf-16le" && label != "utf-16be" {
			if decoded, err := e.NewDecoder().Bytes(body); err == nil {
				return decoded
			}
		}
	}
	return mendUTF8(body)
}

// mendUTF8 handles bytes that are no UTF-8 although nothing else was declared. In a text that also has
// proper letters they are damage; in one that has none the whole is windows-1252.
func mendUTF8(body []byte) []byte {
	if utf8.Valid(body) {
		return body
	}
	letters, bad := 0, 0
	for rest := body; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		switch {
		case r == utf8.RuneError && size == 1:
			bad++
		case size > 1:
			letters++
		}
		rest = rest[size:]
	}
	if letters < bad {
		if decoded, err := charmap.Windows1252.NewDecoder().Bytes(body); err == nil {
			return decoded
		}
	}
	return bytes.ToValidUTF8(body, []byte("\uFFFD"))
}

// illegal reports characters outside the Char production of XML 1.0.
func illegal(r rune) bool {
	return r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF
}

// hasIllegal is a quick look for what hardly any text has; it may err on the side of yes.
func hasIllegal(body []byte) bool {
	for _, c := range body {
		if c < 0x20 && illegal(rune(c)) {
			return true
		}
	}
	return bytes.Contains(body, []byte("\xEF\xBF"))
}

// legalReference drops "&#1;" and the like and keeps the others.
func legalReference(ref []byte) []byte {
	digits, base := string(ref[2:len(ref)-1]), 10
	if len(digits) > 0 && digits[0]|0x20 == 'x' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseInt(digits, base, 32)
	if err != nil || illegal(rune(n)) || n > utf8.MaxRune || n >= 0xD800 && n < 0xE000 {
		return nil
	}
	return ref
}

// newDecoder reads XML as it is found, with bare ampersands in addresses. Entities that a document
// declares are never expanded (encoding/xml has no such thing), so none can grow.
func newDecoder(body []byte) *xml.Decoder {
	d := xml.NewDecoder(bytes.NewReader(body))
	d.Strict = false
	d.Entity = xml.HTMLEntity
	return d
}

// tooDeep reports whether elements nest beyond maxNesting before the text ends or breaks.
func tooDeep(body []byte) bool {
	depth := 0
	for d := newDecoder(body); ; {
		token, err := d.Token()
		if err != nil {
			return false
		}
		switch token.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
		if depth > maxNesting {
			return true
		}
	}
}
