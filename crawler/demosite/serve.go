package demosite

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// oldHost is the host of an institute that was merged into site V.
const oldHost = "gammel.vtb.example"

// address is what a Host header means.
type address struct {
	site   *site
	host   string // without port, "www." and ".localhost"
	asked  string // without port and ".localhost"
	www    bool
	suffix string // ".localhost:8081" when a browser asked that way, else ""
}

// addressOf reads a Host header; ok is false for hosts that are none of the sites'.
func (w *world) addressOf(host string) (a address, ok bool) {
	name, port, err := net.SplitHostPort(host)
	if err != nil {
		name, port = host, ""
	}
	name = strings.TrimSuffix(strings.ToLower(name), ".")
	if bare, local := strings.CutSuffix(name, ".localhost"); local {
		name, a.suffix = bare, ".localhost"
		if port != "" {
			a.suffix += ":" + port
		}
	}
	a.asked = name
	a.host, a.www = strings.CutPrefix(name, "www.")
	if a.host == oldHost {
		a.site = w.hosts[strings.TrimPrefix(oldHost, "gammel.")]
		return a, true
	}
	a.site = w.hosts[a.host]
	return a, a.site != nil
}

// serve answers one request: it decides what the answer is, then writes it and the log.
func (s *Server) serve(rw http.ResponseWriter, r *http.Request) {
	w := s.state()
	a, known := w.addressOf(r.Host)
	entry := Request{
		Time: s.opts.Now(), Host: a.asked, Method: r.Method, Path: r.URL.RequestURI(), UserAgent: r.UserAgent(),
	}
	if known {
		entry.Site = a.site.ID
	}
	entry.Overlap = s.begin(entry.Site)
	out := &countingWriter{ResponseWriter: rw}
	// Deferred, because a closed connection leaves by panic.
	defer func() {
		entry.Status, entry.Bytes, entry.Took = out.status, out.bytes, s.opts.Now().Sub(entry.Time)
		s.end(entry)
	}()
	if !known {
		s.serveUnknown(out, r, w, a.asked)
		return
	}
	faults := s.faultsOf(a.site.ID)
	if faults[faultDown] {
		panic(http.ErrAbortHandler)
	}
	if faults[faultSlow] && s.opts.Sleep(r.Context(), s.opts.SlowFor) != nil {
		panic(http.ErrAbortHandler)
	}
	ans := s.decide(w, a, r, faults)
	ans.localise(w, a.suffix)
	if faults[faultCut] && r.URL.Path != "/robots.txt" {
		writeCut(out, ans)
	}
	ans.write(out, r)
}

// serveUnknown shows a person who came by the bare address where the sites are, and refuses other hosts.
func (s *Server) serveUnknown(rw http.ResponseWriter, r *http.Request, w *world, host string) {
	ip := net.ParseIP(strings.Trim(host, "[]"))
	if host != "localhost" && host != "" && (ip == nil || !ip.IsLoopback()) {
		answer{status: http.StatusMisdirectedRequest, kind: "text/plain; charset=utf-8", body: []byte("Værten er ikke en af demosiderne.\n")}.write(rw, r)
		return
	}
	body, err := render(s.templates[w.sites[0].ID], "index", w.sites)
	if err != nil {
		http.Error(rw, err.Error(), http.StatusInternalServerError)
		return
	}
	ans := answer{status: http.StatusOK, kind: htmlType, body: body}
	suffix := ".localhost"
	if _, port, err := net.SplitHostPort(r.Host); err == nil {
		suffix += ":" + port
	}
	ans.localise(w, suffix)
	ans.write(rw, r)
}

const htmlType = "text/html; charset=utf-8"

// answer is what a site says to a request.
type answer struct {
	status   int
	kind     string // Content-Type
	body     []byte
	modified time.Time
	location string
	header   map[string]string
}

// exampleURL finds absolute addresses of invented hosts.
var exampleURL = regexp.MustCompile(`https?://((?:[a-z0-9-]+\.)+example)\b`)

// localise turns absolute addresses of the sites into ones that a browser reaches, when it came by such an
// address itself. Crawlers come by the real name and see nothing of this.
func (a *answer) localise(w *world, suffix string) {
	if suffix == "" {
		return
	}
	local := func(m []byte) []byte {
		host := exampleURL.FindSubmatch(m)[1]
		if _, known := w.addressOf(string(host)); !known {
			return m
		}
		return []byte("http://" + string(host) + suffix)
	}
	a.location = string(exampleURL.ReplaceAllFunc([]byte(a.location), local))
	if strings.HasPrefix(a.kind, "text/") || strings.Contains(a.kind, "xml") {
		a.body = exampleURL.ReplaceAllFunc(a.body, local)
	}
}

// write sends the answer. For 200 http.ServeContent does HEAD, ranges and conditional requests.
func (a answer) write(rw http.ResponseWriter, r *http.Request) {
	h := rw.Header()
	for name, value := range a.header {
		h.Set(name, value)
	}
	if a.location != "" {
		h.Set("Location", a.location)
	}
	h.Set("Content-Type", a.kind)
	if a.status != http.StatusOK {
		h.Set("Content-Length", strconv.Itoa(len(a.body)))
		rw.WriteHeader(a.status)
		if r.Method != http.MethodHead {
			_, _ = rw.Write(a.body) // a client that left is no error of ours
		}
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		h.Set("Allow", "GET, HEAD")
		rw.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	sum := sha256.Sum256(a.body)
	h.Set("ETag", `"`+hex.EncodeToString(sum[:8])+`"`)
	http.ServeContent(rw, r, "", a.modified, bytes.NewReader(a.body))
}

// writeCut promises the whole body, sends half of it and closes the connection.
func writeCut(rw http.ResponseWriter, a answer) {
	rw.Header().Set("Content-Type", a.kind)
	rw.Header().Set("Content-Length", strconv.Itoa(len(a.body)))
	rw.WriteHeader(a.status)
	_, _ = rw.Write(a.body[:len(a.body)/2])
	_ = http.NewResponseController(rw).Flush()
	panic(http.ErrAbortHandler)
}

// countingWriter notes status and size for the log.
type countingWriter struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (w *countingWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

func (w *countingWriter) Write(p []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	n, err := w.ResponseWriter.Write(p)
	w.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (w *countingWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
