package hell

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"
)

// wires are sites that break HTTP or that never get to its end.
func wires() []Behaviour {
	return []Behaviour{
		broken("laengde-for-lang", "announces more than it sends", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 90000\r\n\r\n"+Article("Afbrudt"), "failed connection"),
		broken("laengde-negativ", "announces less than nothing", "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhej", "failed connection"),
		broken("laengde-to", "announces two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nhej!", "failed connection"),
		broken("stykker-forkerte", "sends chunks of wrong lengths", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nFFF\r\n"+Article("Forkert")[:200]+"\r\n0\r\n\r\n", "failed connection"),
		broken("stykker-afbrudte", "stops in the middle of a chunk", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n2000\r\n"+Article("Afbrudt")[:500], "failed connection"),
		broken("stykker-ukendte", "uses an encoding on the wire that nobody knows", "HTTP/1.1 200 OK\r\nTransfer-Encoding: zigzag\r\n\r\nhej", "failed connection"),
		broken("http-09", "answers without a status", Article("HTTP 0.9"), "failed connection"),
		broken("http-10", "speaks HTTP/1.0 without a length", "HTTP/1.0 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"+Article("Gammel, men god"), ok),
		broken("smtp", "is a mail server", "220 mail.example ESMTP\r\n", "failed connection"),
		broken("hovede-vroevl", "has a header without a colon", "HTTP/1.1 200 OK\r\nDette er intet felt\r\n\r\nhej", "failed connection"),
		broken("intet-svar", "closes before the answer", "", "failed connection"),
		shorter(), endlessHeader(), bigHeader(), cookies(), slowHeader(), slowBody(), silent(), reset(), dropsKeepAlive(), cutLater(), lateTrailer(),
	}
}

// broken has one page with an answer written by hand.
func broken(name, does, answer, then string) Behaviour {
	return Behaviour{Name: name, Does: does, Want: map[string]string{"/": ok, "/side": then, "/god": ok}, pages: map[string]page{"/side": raw(answer)}}
}

// shorter sends more than it announces: what lies beyond the length is no part of the answer, and must not become the
// next one.
func shorter() Behaviour {
	answer := Article("Kortere end lovet")
	return Behaviour{
		Name: "laengde-for-kort", Does: "sends more than it announces", Want: map[string]string{"/": ok, "/side": ok, "/god": ok},
		pages: map[string]page{"/side": func(a *ask) {
			a.hijack(func(c net.Conn) {
				fmt.Fprintf(c, "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n%s", len(answer), answer)
				_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nfantom")
				_, _ = io.Copy(io.Discard, c)
			})
		}},
		Titles: map[string]string{"/god": "En god side hos laengde-for-kort"},
	}
}

// drip writes a piece again and again with a pause, until the client has had enough.
func drip(a *ask, head, piece string, pause time.Duration) {
	a.hijack(func(c net.Conn) {
		_, err := io.WriteString(c, head)
		for err == nil {
			select {
			case <-a.Context().Done():
				return
			case <-time.After(pause):
				_, err = io.WriteString(c, piece)
			}
		}
	})
}

func endlessHeader() Behaviour {
	return Behaviour{
		Name: "hovede-uden-ende", Does: "sends header after header", Want: map[string]string{"/": ok, "/side": "failed too-large"},
		pages: map[string]page{"/side": func(a *ask) {
			drip(a, "HTTP/1.1 200 OK\r\n", strings.Repeat("X-Fyld: "+strings.Repeat("a", 1000)+"\r\n", 50), time.Millisecond)
		}},
	}
}

func bigHeader() Behaviour {
	return Behaviour{
		Name: "hovede-1-mb", Does: "sends a header of a megabyte", Want: map[string]string{"/": ok, "/side": "failed too-large"},
		pages: map[string]page{"/side": with("Link", strings.Repeat("a", 1<<20), says("Stort hovede"))},
	}
}

func cookies() Behaviour {
	return Behaviour{
		Name: "cookies-mange", Does: "sets ten thousand cookies", Want: map[string]string{"/": ok, "/side": "failed too-large"},
		pages: map[string]page{"/side": func(a *ask) {
			for i := range 10_000 {
				a.Header().Add("Set-Cookie", fmt.Sprintf("kage%d=%s", i, strings.Repeat("x", 50)))
			}
			says("Kager")(a)
		}},
	}
}

func slowHeader() Behaviour {
	return Behaviour{
		Name: "langsomt-hovede", Does: "sends its header a byte at a time", Want: map[string]string{"/": ok, "/side": "failed timeout"},
		pages: map[string]page{"/side": func(a *ask) { drip(a, "HTTP/1.1 200 OK\r\nX-Fyld: ", "a", 100*time.Millisecond) }},
	}
}

// slowBody never pauses long enough to look dead.
func slowBody() Behaviour {
	return Behaviour{
		Name: "langsom-krop", Does: "sends its page a byte at a time", Want: map[string]string{"/": ok, "/side": "failed timeout"},
		pages: map[string]page{"/side": func(a *ask) {
			drip(a, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>", "a", 100*time.Millisecond)
		}},
	}
}

func silent() Behaviour {
	return Behaviour{
		Name: "tavs", Does: "takes a request and never answers", Want: map[string]string{"/": ok, "/side": "failed timeout"},
		pages: map[string]page{"/side": (*ask).hang},
	}
}

// reset breaks the connection off in the body as a crash does.
func reset() Behaviour {
	return Behaviour{
		Name: "rst", Does: "resets the connection in the body", Want: map[string]string{"/": ok, "/side": "failed connection"},
		pages: map[string]page{"/side": func(a *ask) {
			a.hijack(func(c net.Conn) {
				_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 50000\r\n\r\n"+Article("Brudt"))
				time.Sleep(50 * time.Millisecond) // what is sent is received before the reset throws it away
				if tcp, ok := c.(*net.TCPConn); ok {
					_ = tcp.SetLinger(0)
				}
			})
		}},
	}
}

// dropsKeepAlive promises to keep a connection and closes it after each answer.
func dropsKeepAlive() Behaviour {
	pages, want := map[string]page{}, map[string]string{"/": ok}
	for i := range 5 {
		path := fmt.Sprintf("/side-%c", 'a'+i)
		answer := Article(fmt.Sprintf("Side %d på et sted, der lægger på", i+1))
		pages[path], want[path] = raw(fmt.Sprintf("HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n%s", len(answer), answer)), ok
	}
	return Behaviour{Name: "holder-ikke-fast", Does: "promises to keep connections and closes them", Want: want, pages: pages}
}

// cutLater answers the second crawl with half a page: it must not take the place of the whole one.
func cutLater() Behaviour {
	whole := Article("En hel side, der siden blev halv")
	return Behaviour{
		Name: "siden-halv", Does: "sends half of a page at the second crawl", Want: map[string]string{"/side": ok}, Then: map[string]string{"/side": ok}, Documents: 3,
		Titles: map[string]string{"/side": "En hel side, der siden blev halv"},
		pages: map[string]page{"/side": later(body("text/html; charset=utf-8", whole), func(a *ask) {
			raw(fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n<title>Halv</title>", len(whole)))(a)
		})},
	}
}

// lateTrailer sends fields after the body that would change what the page is.
func lateTrailer() Behaviour {
	return Behaviour{
		Name: "efterskrift", Does: "says noindex after the page: nobody reads that", Want: map[string]string{"/": ok, "/side": ok},
		pages: map[string]page{"/side": func(a *ask) {
			a.Header().Set("Trailer", "X-Robots-Tag")
			says("En side med efterskrift")(a)
			a.flush()
			a.Header().Set("X-Robots-Tag", "noindex")
		}},
	}
}

// pour writes a text again and again up to so many bytes, until the client has had enough.
func pour(a *ask, text string, bytes int64) {
	block := strings.Repeat(text, 1+(64<<10)/len(text))
	for sent := int64(0); sent < bytes; sent += int64(len(block)) {
		if _, err := io.WriteString(a, block); err != nil {
			return
		}
	}
}

var _ io.Writer = (*ask)(nil)

var _ http.Handler = (*site)(nil)
