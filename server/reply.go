package server

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"

	"smaabornsviden/index/query"
	"smaabornsviden/server/api"
	"smaabornsviden/server/page"
	"smaabornsviden/server/tongue"
)

// Pages hold what one reader searched for: no shared cache keeps them, and a browser asks again.
const (
	cachePage  = "private, no-cache"
	cacheAsset = "public, max-age=31536000, immutable"
)

// replies write answers: pages in the language of their address, JSON, XML, and what went wrong in the form that fits the asker.
type replies struct {
	pages  *page.Pages
	log    *slog.Logger
	router chi.Routes // all of them, to tell what an address that is nearly right means
}

// pagesFor writes pages in the language that the address asks for. A path that may hold something personal is not given
// back.
func (re *replies) pagesFor(r *http.Request) *page.Pages {
	t, path := tongue.Of(r.URL.Path)
	if query.LooksLikeCPR(path) {
		path = "/"
	}
	pages := re.pages.For(t, (&url.URL{Path: path}).EscapedPath())
	if thisMachine(r.Host) {
		return pages.At(siteURL("").base(r))
	}
	return pages
}

// tongueOf is the language of the page that is asked for.
func tongueOf(r *http.Request) tongue.Tongue {
	t, _ := tongue.Of(r.URL.Path)
	return t
}

func (re *replies) writePage(w http.ResponseWriter, r *http.Request, render func(*strings.Builder) error) {
	w.Header().Set("Cache-Control", cachePage)
	re.writeHTML(w, r, http.StatusOK, render)
}

// writeHTML renders before it sends, so that a fault in rendering still gives a whole page.
func (re *replies) writeHTML(w http.ResponseWriter, r *http.Request, status int, render func(*strings.Builder) error) {
	var b strings.Builder
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if err := render(&b); err != nil {
		re.logError(r, "render", err, "")
		status = http.StatusInternalServerError
		b.Reset()
		t, _ := tongue.Of(r.URL.Path)
		b.WriteString("<!doctype html><html lang=\"" + string(t) + "\"><meta charset=\"utf-8\"><title>Småbørnsviden</title><h1>" + t.Say("Noget gik galt hos os") + "</h1><p>" + t.Say("Prøv igen om lidt."))
	}
	send(w, r, status, []byte(b.String()))
}

func (re *replies) writeJSON(w http.ResponseWriter, r *http.Request, status int, contentType string, value any) {
	var b strings.Builder
	if err := api.Write(&b, value); err != nil {
		re.logError(r, "render", err, "")
		status = http.StatusInternalServerError
		b.WriteString("{\"status\": " + strconv.Itoa(status) + "}\n")
	}
	w.Header().Set("Content-Type", contentType)
	send(w, r, status, []byte(b.String()))
}

func (re *replies) writeXML(w http.ResponseWriter, r *http.Request, contentType string, value any) {
	text, err := xml.MarshalIndent(value, "", " ")
	if err != nil {
		re.logError(r, "render", err, "")
		re.fail(w, r, failBroken)
		return
	}
	w.Header().Set("Content-Type", contentType+"; charset=utf-8")
	w.Header().Set("Cache-Control", cacheHours)
	send(w, r, http.StatusOK, append([]byte(xml.Header), text...))
}

// writeHashed answers with JSON that changes without the index, such as what the crawl tells of its visits: its tag is
// that of what it says.
func (re *replies) writeHashed(w http.ResponseWriter, r *http.Request, value any) {
	var b strings.Builder
	if err := api.Write(&b, value); err != nil {
		re.logError(r, "render", err, "")
		re.fail(w, r, failBroken)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	sendTagged(w, r, []byte(b.String()))
}

// sendTagged answers with a body under the tag of its content, or with 304 when the asker has it.
func sendTagged(w http.ResponseWriter, r *http.Request, body []byte) {
	sum := sha256.Sum256(body)
	tag := `W/"` + hex.EncodeToString(sum[:9]) + `"`
	if named(r.Header.Get("If-None-Match"), tag) {
		notModified(w, tag)
		return
	}
	w.Header().Set("ETag", tag)
	w.Header().Set("Cache-Control", cacheAPI)
	send(w, r, http.StatusOK, body)
}

// send writes an answer. HEAD gets the same header without the body.
func send(w http.ResponseWriter, r *http.Request, status int, body []byte) {
	w.WriteHeader(status)
	if r.Method == http.MethodHead {
		return
	}
	// An error here means that the asker left; there is nobody to tell.
	_, _ = w.Write(body)
}
