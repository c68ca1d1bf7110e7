package fetch

import (
	"compress/gzip"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestEveryAnswerIsRecordedAsItCame(t *testing.T) {
	zipped := pack(t, "<p>Leg", func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) })
	var got []Exchange
	c, base := site(t, Options{Record: func(e Exchange) { got = append(got, e) }}, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/fra":
			w.Header().Set("Set-Cookie", "id=1")
			http.Redirect(w, r, "/til?q=leg", http.StatusMovedPermanently)
		case "/uændret", "/u%C3%A6ndret":
			w.WriteHeader(http.StatusNotModified)
		default:
			w.Header().Set("Content-Encoding", "gzip")
			w.Write(zipped)
		}
	})
	for _, path := range []string{"/fra", "/uændret"} {
		if _, err := c.Fetch(t.Context(), Request{URL: base + path, ETag: `"1"`}); err != nil {
			t.Fatal(err)
		}
	}
	type line struct{ Target, Body, Truncated, ETag string }
	var lines []line
	for _, e := range got {
		lines = append(lines, line{fmt.Sprint(e.Status, " ", e.Target), string(e.Body), e.Truncated, e.Request.Get("If-None-Match")})
		if e.IP != "127.0.0.1" || e.Header.Get("Set-Cookie") != "" || e.Start.IsZero() {
			t.Errorf("exchange %+v", e)
		}
	}
	want := []line{
		{"301 /fra", "", "", `"1"`}, {"200 /til?q=leg", "<p>Leg", "", ""}, {"304 /u%C3%A6ndret", "", "", `"1"`},
	}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("recorded (-want +got):\n%s", diff)
	}
	if wire := got[1].Wire; string(wire) != string(zipped) {
		t.Errorf("the body on the wire was recorded as %q", wire)
	}
	if !strings.Contains(string(got[0].Wire), "Moved") {
		t.Errorf("the words under the redirect were recorded as %q", got[0].Wire)
	}
}

func TestARecordedBodyThatEndsEarlySaysWhy(t *testing.T) {
	const head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
	for name, tt := range map[string]struct {
		say        string
		hang       bool
		want, wire string
	}{
		"whole":                 {head + "Content-Length: 4\r\n\r\nkrop", false, "", "krop"},
		"whole to the last end": {head + "Connection: close\r\n\r\nkrop", false, "", "krop"},
		"broken off":            {head + "Content-Length: 400\r\n\r\nkrop", false, "disconnect", "krop"},
		"too long as announced": {head + "Content-Length: 4000\r\n\r\nkrop", false, "length", ""},
		"too long as it comes":  {head + "Connection: close\r\n\r\n" + strings.Repeat("x", 2000), false, "length", strings.Repeat("x", 1001)},
		"too slow":              {head + "Content-Length: 400\r\n\r\nkrop", true, "time", "krop"},
	} {
		t.Run(name, func(t *testing.T) {
			var got []Exchange
			gone := make(chan struct{})
			o := Options{MaxBytes: 1000, Timeout: 10 * time.Second, Record: func(e Exchange) { got = append(got, e) }}
			if tt.hang {
				o.Timeout = 200 * time.Millisecond
			}
			c, address := wire(t, o, func(conn net.Conn) {
				io.WriteString(conn, tt.say)
				if tt.hang {
					<-gone
				}
			})
			_, _ = c.Fetch(t.Context(), Request{URL: address})
			close(gone)
			if len(got) != 1 || got[0].Truncated != tt.want || string(got[0].Wire) != tt.wire {
				t.Errorf("recorded %+v, want %q and %d bytes", got, tt.want, len(tt.wire))
			}
		})
	}
}
