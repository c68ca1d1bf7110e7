package extract

import (
	"bytes"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// november is the clock of these tests.
var november = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)

const sentence = "Rødgrød med fløde – på ærø"

func latin1(s string) []byte {
	b, err := charmap.Windows1252.NewEncoder().Bytes([]byte(s))
	if err != nil {
		panic(err)
	}
	return b
}

func utf16le(s string) []byte {
	b, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(s))
	if err != nil {
		panic(err)
	}
	return b
}

func TestCharsetIsFoundInTheOrderOfTrust(t *testing.T) {
	page := func(head string) string {
		return "<html><head>" + head + "</head><body><p>" + sentence + "</p></body></html>"
	}
	late := "<!-- " + strings.Repeat("lang kommentar ", 200) + "-->"
	for _, tc := range []struct {
		name       string
		in         Input
		want, rule string
	}{
		{"override beats everything", Input{Charset: "windows-1252", ContentType: "text/html; charset=utf-8", Body: latin1(page(`<meta charset="utf-8">`))}, "windows-1252", "charset-override"},
		{"unknown override is no sign", Input{Charset: "klingon", Body: []byte(page(""))}, "utf-8", "charset-utf8-valid"},
		{"byte order mark beats the header", Input{ContentType: "text/html; charset=iso-8859-1", Body: []byte("\ufeff" + page(""))}, "utf-8", "charset-bom"},
		{"UTF-16 by its mark", Input{Body: utf16le(page(""))}, "utf-16le", "charset-bom"},
		{"header beats meta", Input{ContentType: "text/html; charset=ISO-8859-1", Body: latin1(page(`<meta charset="utf-8">`))}, "windows-1252", "charset-http"},
		{"header in the header map", Input{Header: http.Header{"Content-Type": {"text/html;charset=iso-8859-1"}}, Body: latin1(page(""))}, "windows-1252", "charset-http"},
		{"header that does not parse", Input{ContentType: `text/html; charset='utf-8'; ;x`, Body: []byte(page(""))}, "utf-8", "charset-http"},
		{"unknown header falls through", Input{ContentType: "text/html; charset=none", Body: []byte(page(""))}, "utf-8", "charset-utf8-valid"},
		{"meta charset", Input{Body: latin1(page(`<meta charset=windows-1252>`))}, "windows-1252", "charset-meta"},
		{"meta http-equiv", Input{Body: latin1(page(`<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=iso-8859-1">`))}, "windows-1252", "charset-meta"},
		{"meta behind 2 KiB of comment", Input{Body: latin1(page(late + `<meta charset="cp1252">`))}, "windows-1252", "charset-meta"},
		{"meta in a script is none", Input{Body: []byte(page(`<script>var a='<meta charset="iso-8859-1">'</script>`))}, "utf-8", "charset-utf8-valid"},
		{"meta says UTF-16 in ASCII", Input{Body: []byte(page(`<meta charset="utf-16">`))}, "utf-8", "charset-meta"},
		{"XML declaration", Input{Body: latin1(`<?xml version="1.0" encoding="ISO-8859-1"?>` + page(""))}, "windows-1252", "charset-meta"},
		{"undeclared UTF-8 with an ASCII start", Input{Body: []byte(page(strings.Repeat("<link rel=x>", 200)))}, "utf-8", "charset-utf8-valid"},
		{"undeclared and not UTF-8", Input{Body: latin1(page(""))}, "windows-1252", "charset-default"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			res, err := HTML(tc.in)
			if err != nil {
				t.Fatal(err)
			}
			if res.Charset != tc.want || res.Why["charset"].Rule != tc.rule {
				t.Errorf("charset %q by %q; want %q by %q", res.Charset, res.Why["charset"].Rule, tc.want, tc.rule)
			}
			if !strings.Contains(res.Text, strings.TrimSuffix(sentence, "ærø")) {
				t.Errorf("text %q; want %q in it", res.Text, sentence)
			}
		})
	}
}

func TestHTMLRefusesWhatIsNoPage(t *testing.T) {
	for _, tc := range []struct {
		name   string
		in     Input
		format string
		want   error
	}{
		{"PDF under any name", Input{Body: []byte("%PDF-1.4\n%âãÏÓ"), ContentType: "text/html"}, "pdf", ErrUnsupported},
		{"Word file", Input{Body: []byte("PK\x03\x04....word/document.xml")}, "docx", ErrUnsupported},
		{"old Word file", Input{Body: []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")}, "doc", ErrUnsupported},
		{"zero bytes", Input{Body: []byte("\x00\x01\x02\x00")}, "binary", ErrUnsupported},
		{"picture", Input{Body: []byte("\x89PNG...."), ContentType: "image/png"}, "image", ErrUnsupported},
		{"feed", Input{Body: []byte(`<?xml version="1.0"?><rss version="2.0"><channel/></rss>`), ContentType: "text/html"}, "xml", ErrUnsupported},
		{"space", Input{Body: []byte(" \r\n\t\u00a0")}, "html", ErrEmpty},
		{"nothing", Input{}, "html", ErrEmpty},
		{"bad selector", Input{Body: []byte("<p>x</p>"), Selector: "div["}, "html", ErrSelector},
	} {
		t.Run(tc.name, func(t *testing.T) {
			res, err := HTML(tc.in)
			if !errors.Is(err, tc.want) || res.Format != tc.format {
				t.Errorf("HTML = format %q, error %v; want %q, %v", res.Format, err, tc.format, tc.want)
			}
		})
	}
}

func TestXHTMLAndPlainTextAreRead(t *testing.T) {
	for _, body := range []string{
		`<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><body><p>Leg og læring</p></body></html>`,
		`Leg og læring`,
	} {
		res, err := HTML(Input{Body: []byte(body)})
		if err != nil || res.Text != "Leg og læring" {
			t.Errorf("HTML(%q) = %q, %v; want the words", body, res.Text, err)
		}
	}
}

func TestHostilePagesAreCutAndSaid(t *testing.T) {
	for _, tc := range []struct {
		name, body string
		limit      Limit
		text       string // has to be in the text
	}{
		{"a million divs", strings.Repeat("<div>", 1_000_000) + "bunden", LimitNodes, ""},
		{"deep but small", strings.Repeat("<div>", 2000) + "bunden" + strings.Repeat("</div>", 2000) + "<p>efter</p>", LimitDepth, "bunden\nefter"},
		{"deep lists keep their words apart", strings.Repeat("<ul><li>et", 400), LimitDepth, "et\net"},
		{"formatting that multiplies", strings.Repeat("<font size=1><b><i>", 200) + strings.Repeat("<p>x", 20_000), LimitDepth, "x\nx"},
		{"unclosed links", strings.Repeat("<a href=x>led ", 2000), "", "led led"},
		{"more than MaxBytes", "<p>start</p>" + strings.Repeat("børn ", 2_200_000), LimitBytes, "start"},
		{"a million attributes", "<p " + strings.Repeat("a=b ", 100_000) + ">tekst</p>", "", "tekst"},
		{"unclosed comment", "<p>før</p><!-- " + strings.Repeat("x", 100_000), "", "før"},
		{"nested tables", strings.Repeat("<table><tr><td>", 300) + "inderst", LimitDepth, "inderst"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			res, err := HTML(Input{Body: []byte(tc.body)})
			if err != nil {
				t.Fatal(err)
			}
			if tc.limit == "" && len(res.Limits) > 0 || tc.limit != "" && !bytes.Contains([]byte(joinLimits(res.Limits)), []byte(tc.limit)) {
				t.Errorf("limits %v; want %q", res.Limits, tc.limit)
			}
			if !strings.Contains(res.Text, tc.text) {
				t.Errorf("text of %d bytes does not hold %q", len(res.Text), tc.text)
			}
		})
	}
}

func joinLimits(ls []Limit) string {
	var out []string
	for _, l := range ls {
		out = append(out, string(l))
	}
	return strings.Join(out, " ")
}
