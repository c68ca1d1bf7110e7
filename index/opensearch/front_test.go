package opensearch

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha1"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"smaabornsviden/index"
	"smaabornsviden/index/indextest"
)

// front is nginx before a cluster: TLS with a certificate of an authority of its own, and basic authentication.
type front struct {
	safe  string // https, in the certificate's name
	other string // https, under an address that the certificate does not name
	plain string // the safe port spoken to without TLS
	ca    []byte
}

const (
	frontUser     = "smaabornsviden"
	frontPassword = "åben sesam: \"1\"" // letters outside ASCII, a colon and a quote, which each layer could spoil
)

// frontConf is all of nginx's configuration; it asks for no rights of root and writes only below its folder.
const frontConf = `
pid %[1]s/nginx.pid;
error_log %[1]s/error.log;
daemon off;
worker_processes 1;
events {}
http {
  access_log off;
  client_body_temp_path %[1]s/body; proxy_temp_path %[1]s/proxy;
  fastcgi_temp_path %[1]s/fastcgi; uwsgi_temp_path %[1]s/uwsgi; scgi_temp_path %[1]s/scgi;
  client_max_body_size 100m;
  server {
    listen %[2]s ssl;
    ssl_certificate %[1]s/front.pem;
    ssl_certificate_key %[1]s/front.key;
    auth_basic "cluster";
    auth_basic_user_file %[1]s/users;
    location / { proxy_pass %[3]s; proxy_http_version 1.1; proxy_set_header Authorization ""; }
  }
}
`

// newFront starts nginx before a node. SMAABORNSVIDEN_NGINX names the program.
func newFront(t *testing.T, node string) front {
	t.Helper()
	program := os.Getenv("SMAABORNSVIDEN_NGINX")
	if program == "" {
		const why = "SMAABORNSVIDEN_NGINX names no nginx"
		if os.Getenv("SMAABORNSVIDEN_REQUIRE") != "" {
			t.Fatal(why)
		}
		t.Skip(why)
	}
	dir := t.TempDir()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	_, port, _ := net.SplitHostPort(address)
	ca, certificate, key := certificates(t)
	hash := sha1.Sum([]byte(frontPassword)) // as nginx wants it
	for name, content := range map[string][]byte{
		"front.pem": certificate, "front.key": key,
		"users":      []byte(frontUser + ":{SHA}" + base64.StdEncoding.EncodeToString(hash[:]) + "\n"),
		"nginx.conf": fmt.Appendf(nil, frontConf, dir, address, node),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	l.Close() // nginx takes the port over
	cmd := exec.Command(program, "-c", filepath.Join(dir, "nginx.conf"), "-p", dir, "-e", filepath.Join(dir, "error.log"), "-g", userOfNginx())
	var said bytes.Buffer
	cmd.Stderr = &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Signal(os.Interrupt)
		if err := cmd.Wait(); err != nil && !t.Failed() {
			t.Logf("nginx ended: %v %s", err, said.String())
		}
	})
	waitFor(t, "nginx", func() bool {
		c, err := net.Dial("tcp", address)
		if err == nil {
			c.Close()
		}
		return err == nil
	})
	return front{safe: "https://localhost:" + port, other: "https://" + address, plain: "http://localhost:" + port, ca: ca}
}

// userOfNginx keeps its workers at the user that started it: as root it would change to one who cannot read a test's folder.
func userOfNginx() string {
	if os.Getuid() == 0 {
		return "user root;"
	}
	return ""
}

// certificates are those of an authority and of a server named localhost, with the server's key, in PEM form.
func certificates(t *testing.T) (ca, server, key []byte) {
	t.Helper()
	signer, root := newKey(t), &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "an authority of a test"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	own, leaf := newKey(t), &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "localhost"}, DNSNames: []string{"localhost"},
		NotBefore: root.NotBefore, NotAfter: root.NotAfter,
	}
	keyBytes, err := x509.MarshalECPrivateKey(own)
	if err != nil {
		t.Fatal(err)
	}
	return signed(t, root, root, signer, signer), signed(t, leaf, root, own, signer),
		pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: keyBytes})
}

func newKey(t *testing.T) *ecdsa.PrivateKey {
	t.Helper()
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func signed(t *testing.T, c, parent *x509.Certificate, key, signer *ecdsa.PrivateKey) []byte {
	t.Helper()
	der, err := x509.CreateCertificate(rand.Reader, c, parent, &key.PublicKey, signer)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
}

// TestBehindTLSAndAPassword opens an index through nginx as it stands before real clusters, rightly and in each wrong way.
func TestBehindTLSAndAPassword(t *testing.T) {
	o := fresh(t)
	f := newFront(t, o.URLs[0])
	o.URLs, o.CA, o.User, o.Password = []string{f.safe}, f.ca, frontUser, frontPassword
	s := open(t, o)
	if err := s.Apply(t.Context(), index.Batch{Puts: indextest.Corpus(5, 20), Seq: 1}); err != nil {
		t.Fatal(err)
	}
	if page, err := s.Search(t.Context(), index.Plan{Size: 5, IncludeMerged: true}); err != nil || page.Total != 20 {
		t.Errorf("%d hits, %v; want 20", page.Total, err)
	}
	stranger, _, _ := certificates(t)
	cases := []struct {
		name   string
		change func(*Options)
		want   error
		says   string
	}{
		{"wrong password", func(o *Options) { o.Password = "sesam" }, ErrAuth, "401"},
		{"no password", func(o *Options) { o.User = "" }, ErrAuth, "401"},
		{"token where a password is wanted", func(o *Options) { o.User, o.Token = "", "abc" }, ErrAuth, "401"},
		{"authority unknown to the system", func(o *Options) { o.CA = nil }, ErrTLS, "unknown authority"},
		{"certificate of another authority", func(o *Options) { o.CA = stranger }, ErrTLS, "unknown authority"},
		{"name that the certificate does not have", func(o *Options) { o.URLs = []string{f.other} }, ErrTLS, "127.0.0.1"},
		{"no TLS where it is wanted", func(o *Options) { o.URLs = []string{f.plain} }, ErrTLS, "HTTPS"},
		{"TLS where there is none", func(o *Options) { o.URLs = []string{"https" + strings.TrimPrefix(cluster(t)[0], "http")} }, ErrTLS, ""},
		{"CA file without a certificate", func(o *Options) { o.CA = []byte("hej") }, ErrTLS, "PEM"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			wrong := o
			c.change(&wrong)
			got, err := Open(t.Context(), wrong)
			if err == nil {
				got.Close()
			}
			if !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v\nwant %v, with %q", err, c.want, c.says)
			}
		})
	}
}
