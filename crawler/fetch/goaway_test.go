package fetch

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"golang.org/x/net/http2"
)

// goingAway is the listener of an HTTP/2 server that drops its first connections: it reads the request and answers GOAWAY
// (RFC 9113, 6.8) that it has taken up none. Later connections are served.
type goingAway struct {
	net.Listener
	tls         *tls.Config
	drops       int32
	connections atomic.Int32
	dropped     chan net.Conn // to be closed in the end: the client may keep the last one for a request to come
}

func (l *goingAway) Accept() (net.Conn, error) {
	for {
		conn, err := l.Listener.Accept()
		if err != nil || l.connections.Add(1) > l.drops {
			return conn, err
		}
		l.dropped <- conn
		go goAway(tls.Server(conn, l.tls))
	}
}

// serveGoingAway serves the protocol that each request came by.
func serveGoingAway(t *testing.T, drops int32) (*goingAway, *x509.CertPool) {
	t.Helper()
	cert, pool := certificate(t, func(*x509.Certificate) {})
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.Proto) }))
	server.TLS = &tls.Config{Certificates: []tls.Certificate{cert}}
	server.EnableHTTP2 = true
	l := &goingAway{Listener: server.Listener, tls: &tls.Config{Certificates: server.TLS.Certificates, NextProtos: []string{"h2"}}, drops: drops, dropped: make(chan net.Conn, 2000)}
	server.Listener = l
	server.StartTLS()
	t.Cleanup(func() {
		server.Close()
		close(l.dropped)
		for conn := range l.dropped {
			conn.Close()
		}
	})
	return l, pool
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
	l, pool := serveGoingAway(t, 1)
	c := client(t, Options{RootCAs: pool}, l.Addr().String())
	defer c.Close()
	for range 2 {
		page, err := c.Fetch(t.Context(), Request{URL: "https://" + l.Addr().String() + "/"})
		if err != nil || string(page.Body) != "HTTP/2.0" {
			t.Fatalf("%q, %v; want the page over a second connection", page.Body, err)
		}
	}
	if n := l.connections.Load(); n != 2 {
		t.Errorf("%d connections, want the dropped one and one more", n)
	}
}

func TestAServerThatAlwaysGoesAwayIsGivenUp(t *testing.T) {
	l, pool := serveGoingAway(t, 1000)
	c := client(t, Options{RootCAs: pool}, l.Addr().String())
	defer c.Close()
	_, err := c.Fetch(t.Context(), Request{URL: "https://" + l.Addr().String() + "/"})
	if Outcome(err) != "connect" {
		t.Errorf("%v (%s), want connect from a server that takes up no request", err, Outcome(err))
	}
	if n := l.connections.Load(); n > maxConnections+1 {
		t.Errorf("%d connections for one page", n)
	}
}
