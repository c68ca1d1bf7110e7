package fetch

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// certificate makes a self-signed certificate for 127.0.0.1.
func certificate(t *testing.T, change func(*x509.Certificate)) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1),
		Subject:      pkix.Name{CommonName: "vtb.example"},
		NotBefore:    time.Now().Add(-time.Hour),
		NotAfter:     time.Now().Add(time.Hour),
		IPAddresses:  []net.IP{net.IPv4(127, 0, 0, 1)},
		IsCA:         true, BasicConstraintsValid: true,
	}
	change(template)
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(parsed)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pool
}

func TestTLSFailuresAreNamed(t *testing.T) {
	for _, tc := range []struct {
		name, want string
		change     func(*x509.Certificate)
		unknown    bool
	}{
		{"good", "ok", func(*x509.Certificate) {}, false},
		{"expired", "tls-expired", func(c *x509.Certificate) { c.NotAfter = time.Now().Add(-time.Minute) }, false},
		{"another host", "tls-host", func(c *x509.Certificate) { c.IPAddresses = []net.IP{net.IPv4(10, 0, 0, 1)} }, false},
		{"unknown authority", "tls-authority", func(*x509.Certificate) {}, true},
	} {
		for _, http2 := range []bool{false, true} {
			cert, pool := certificate(t, tc.change)
			server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.Proto) }))
			server.TLS = &tls.Config{Certificates: []tls.Certificate{cert}}
			server.EnableHTTP2 = http2
			server.Config.ErrorLog = log.New(io.Discard, "", 0)
			server.StartTLS()
			if tc.unknown {
				pool = x509.NewCertPool()
			}
			c := client(t, Options{RootCAs: pool}, server.Listener.Addr().String())
			page, err := c.Fetch(t.Context(), Request{URL: server.URL})
			if Outcome(err) != tc.want {
				t.Errorf("%s: %v (%s), want %s", tc.name, err, Outcome(err), tc.want)
			}
			if proto := map[bool]string{false: "HTTP/1.1", true: "HTTP/2.0"}[http2]; err == nil && string(page.Body) != proto {
				t.Errorf("%s: spoke %s, want %s", tc.name, page.Body, proto)
			}
			c.Close()
			server.Close()
		}
	}
}

func TestAPlainServerOnATLSPortIsNamed(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()
	c := client(t, Options{}, server.Listener.Addr().String())
	_, err := c.Fetch(t.Context(), Request{URL: "https" + server.URL[len("http"):]})
	if Outcome(err) != "tls-plain" {
		t.Errorf("%v (%s), want tls-plain", err, Outcome(err))
	}
}
