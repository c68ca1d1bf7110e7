package extract

import (
	"errors"
	"testing"
	"time"
)

// november is the clock of these tests.
var november = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)

func TestHTMLRefusesWhatIsNoPage(t *testing.T) {
	for _, tc := range []struct {
		name   string
		in     Input
		format string
		want   error
	}{
		{"PDF under any name", Input{Body: []byte("%PDF-1.4\n%âãÏÓ"), ContentType: "text/html"}, "pdf", ErrUnsupported},
		{"Word file", Input{Body: []byte("PK\x03\x04....word/document.xml")}, "docx", ErrUnsupported},
		{"zero bytes", Input{Body: []byte("\x00\x01\x02\x00")}, "binary", ErrUnsupported},
		{"picture", Input{Body: []byte("\x89PNG...."), ContentType: "image/png"}, "image", ErrUnsupported},
		{"space", Input{Body: []byte(" \r\n\t\u00a0")}, "html", ErrEmpty},
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
