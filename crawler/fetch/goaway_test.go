package fetch

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"net/http"
	"sync/atomic"
	"testing"

	"golang.org/x/net/http2"
)

// goingAway is an HTTP/2 server that drops its first connections: it reads the request and answers GOAWAY (RFC 9113, 6.8)
// that it has taken up none. Later connections are served. It tells how many connections there were.
func goingAway(t *testing.T, cert tls.Certificate, drops int32, h http.Handler) (net.Listener, *atomic.Int32) {
	t.Helper()
	l, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{cert}, NextProtos: []string{"h2"}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	n := new(atomic.Int32)
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			if err := conn.(*tls.Conn).HandshakeContext(t.Context()); err != nil {
				conn.Close()
				continue
			}
			if n.Add(1) <= drops {
				goAway(conn)
			} else {
				go new(http2.Server).ServeConn(conn, &http2.ServeConnOpts{Handler: h})
			}
		}
	}()
	return l, n
}

func goAway(conn net.Conn) {
	defer conn.Close()
	if _, err := io.ReadFull(conn, make([]byte, len(http2.ClientPreface))); err != nil {
		return
	}
	framer := http2.NewFramer(conn, conn)
	if framer.WriteSettings() != nil {
		return
	}
	for {
		frame, err := framer.ReadFrame()
		if err != nil {
			return
		}
		if frame.Header().Type == http2.FrameHeaders {
			_ = framer.WriteGoAway(0, http2.ErrCodeNo, nil)
			return
		}
	}
}

func TestAConnectionThatGoesAwayLosesNoPage(t *testing.T) {
	cert, pool := certificate(t, func(*x509.Certificate) {})
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.Proto) })
	l, connections := goingAway(t, cert, 1, h)
	c := client(t, Options{RootCAs: pool}, l.Addr().String())
	defer c.Close()
	for range 2 {
		page, err := c.Fetch(t.Context(), Request{URL: "https://" + l.Addr().String() + "/"})
		if err != nil || string(page.Body) != "HTTP/2.0" {
			t.Fatalf("%q, %v; want the page over a second connection", page.Body, err)
		}
	}
	if n := connections.Load(); n != 2 {
		t.Errorf("%d connections, want the dropped one and one more", n)
	}
}

func TestAServerThatAlwaysGoesAwayIsGivenUp(t *testing.T) {
	cert, pool := certificate(t, func(*x509.Certificate) {})
	l, connections := goingAway(t, cert, 1000, nil)
	c := client(t, Options{RootCAs: pool}, l.Addr().String())
	defer c.Close()
	_, err := c.Fetch(t.Context(), Request{URL: "https://" + l.Addr().String() + "/"})
	if Outcome(err) != "connect" {
		t.Errorf("%v (%s), want connect from a server that takes up no request", err, Outcome(err))
	}
	if n := connections.Load(); n > maxConnections+1 {
		t.Errorf("%d connections for one page", n)
	}
}
