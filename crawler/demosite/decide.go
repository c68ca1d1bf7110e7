package demosite

import (
	"bytes"
	"fmt"
	"hash/crc32"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// released is when the sites' systems were last set up: what Last-Modified says of a page that has no date of
// its own. It is no date of any text.
var released = time.Date(2026, time.May, 4, 3, 0, 0, 0, time.UTC)

// decide works out the answer to a request without sending anything.
func (s *Server) decide(w *world, a address, r *http.Request, faults map[string]bool) answer {
	path := r.URL.Path
	switch {
	case faults[fault503] || a.site.down:
		return unavailable()
	case path == "/robots.txt":
		return a.site.robotsFile(faults[faultRobots])
	case faults[fault500]:
		return answer{status: 500, kind: "text/plain; charset=utf-8", body: []byte("Intern fejl\n")}
	case faults[fault404]:
		return s.missing(w, a.site, http.StatusNotFound)
	case a.host == oldHost:
		return redirect(http.StatusMovedPermanently, a.site.url(path))
	case a.www && strings.Contains("FNTV", a.site.ID):
		return redirect(http.StatusMovedPermanently, "http://"+a.site.Host+r.URL.RequestURI())
	}
	if ans, ok := s.special(w, a.site, r.URL); ok {
		return a.site.charset(ans, faults[faultCharset])
	}
	t, moved := a.site.find(r.URL)
	if moved != "" {
		return redirect(http.StatusMovedPermanently, moved)
	}
	if faults[faultLoop] {
		if loc := circle(t, r.URL); loc != "" {
			return redirect(http.StatusFound, loc)
		}
		t = a.site.endless(t, path)
	}
	ans := s.show(w, a.site, r.URL, t)
	if faults[faultLoop] && t.list != nil {
		ans.body = s.addEndlessLink(a.site, ans.body)
	}
	return a.site.charset(ans, faults[faultCharset])
}

func unavailable() answer {
	return answer{
		status: http.StatusServiceUnavailable, kind: "text/plain; charset=utf-8",
		body: []byte("Siden er nede til vedligeholdelse.\n"), header: map[string]string{"Retry-After": "120"},
	}
}

func redirect(status int, location string) answer {
	return answer{status: status, kind: htmlType, location: location}
}

// key is how find looks an address up: the decoded path; on the parents' site with the one parameter that
// chooses the page.
func (s *site) key(u *url.URL) string {
	if s.ID == "P" && u.Path == "/viewpage.php" {
		return u.Path + "?page_id=" + u.Query().Get("page_id")
	}
	if s.ID == "P" && u.Path == "/" {
		return "/index.php"
	}
	return u.Path
}

// find returns what stands at an address, the zero target for nothing; moved is where the site redirects
// addresses that lack or have a slash too many, or that its system keeps for short links.
func (s *site) find(u *url.URL) (t target, moved string) {
	key := s.key(u)
	if t, ok := s.at[key]; ok {
		return t, ""
	}
	switch s.ID {
	case "V", "N":
		if _, ok := s.at[key+"/"]; ok {
			return target{}, escapePath(key+"/") + queryOf(u)
		}
	case "T":
		if key == "/" || key == "/etsf" || key == "/etsf/" {
			return target{}, "/etsf/index"
		}
	}
	if bare := strings.TrimRight(key, "/"); bare != "" && bare != key {
		return s.at[bare], "" // the page itself, with its canonical address in the head
	}
	return target{}, ""
}

func queryOf(u *url.URL) string {
	if u.RawQuery == "" {
		return ""
	}
	return "?" + u.RawQuery
}

// show answers with what stands at an address.
func (s *Server) show(w *world, site *site, u *url.URL, t target) answer {
	switch {
	case t.location != "":
		return redirect(t.status, escapePath(t.location))
	case t.status != 0:
		return s.missing(w, site, t.status)
	case t.file != nil:
		return pdfAnswer(t.file, u.Path)
	case t.doc == nil && t.list == nil && t.plain == nil:
		return s.missing(w, site, site.missingStatus())
	}
	v := w.page(site, pathOf(t), t)
	v.Session = session(u)
	ans := s.htmlAnswer(site, v, http.StatusOK)
	ans.modified = modified(w, t)
	ans.header = site.headers(u.Path)
	return ans
}

func pathOf(t target) string {
	switch {
	case t.doc != nil:
		return t.doc.Path
	case t.list != nil:
		return t.list.Path
	}
	return t.plain.Path
}

// modified is the time for Last-Modified: a list is as young as its youngest entry.
func modified(w *world, t target) time.Time {
	latest := released
	switch {
	case t.doc != nil && !t.doc.Modified.IsZero():
		return t.doc.Modified
	case t.list != nil:
		for _, id := range t.list.Docs {
			if d := w.docs[id]; d != nil && d.Modified.After(latest) {
				latest = d.Modified
			}
		}
	}
	return latest
}

// headers are what the trade journal's server adds: how much of a page search engines may quote, and on
// opinion pieces that text and data mining is reserved.
func (s *site) headers(path string) map[string]string {
	if s.ID != "B" {
		return nil
	}
	h := map[string]string{"X-Robots-Tag": "max-snippet:120"}
	if path == "/debat" || strings.HasPrefix(path, "/debat/") {
		h["tdm-reservation"] = "1"
	}
	return h
}

// missingStatus: the parents' site says 200 to everything.
func (s *site) missingStatus() int {
	if s.ID == "P" {
		return http.StatusOK
	}
	return http.StatusNotFound
}

func (s *Server) missing(w *world, site *site, status int) answer {
	title := "Siden findes ikke"
	if status == http.StatusGone {
		title = "Siden er fjernet"
	}
	v := view{Site: site, Kind: "missing", Title: title, Lang: "da", Menu: site.menu(), Crumbs: site.crumbs(""), Session: "0"}
	return s.htmlAnswer(site, v, status)
}

func (s *Server) htmlAnswer(site *site, v view, status int) answer {
	body, err := render(s.templates[site.ID], "page", v)
	if err != nil {
		return answer{status: 500, kind: "text/plain; charset=utf-8", body: []byte(err.Error() + "\n")}
	}
	ans := answer{status: status, kind: htmlType, body: body, modified: released}
	if site.ID == "P" {
		ans.kind = "text/html" // the charset stands in the page only
		ans.body = latin1(body)
	}
	return ans
}

// latin1 encodes a page as ISO-8859-1, with character references for what that cannot hold.
func latin1(page []byte) []byte {
	encoded, err := encoding.HTMLEscapeUnsupported(charmap.ISO8859_1.NewEncoder()).Bytes(page)
	if err != nil {
		return page // cannot happen: unsupported characters are escaped
	}
	return encoded
}

// charset declares the wrong charset in the header when that fault is on.
func (s *site) charset(ans answer, wrong bool) answer {
	if !wrong || !strings.HasPrefix(ans.kind, "text/html") {
		return ans
	}
	ans.kind = "text/html; charset=iso-8859-1"
	if s.ID == "P" {
		ans.kind = "text/html; charset=utf-8"
	}
	return ans
}

// session is the visitor's session on the parents' site: the one in the address, else one per address, so that
// every page offers every other one under an address of its own.
func session(u *url.URL) string {
	if id := u.Query().Get("PHPSESSID"); plainSession.MatchString(id) {
		return id
	}
	return fmt.Sprintf("%08x", crc32.ChecksumIEEE([]byte(u.RequestURI())))
}

var plainSession = regexp.MustCompile(`^[0-9a-f]{1,32}$`)

// circle is where a document redirects to under the fault "loop".
func circle(t target, u *url.URL) string {
	if t.doc == nil {
		return ""
	}
	q := u.Query()
	next := "2"
	if q.Get("runde") == "2" {
		next = "1"
	}
	q.Set("runde", next)
	return u.EscapedPath() + "?" + q.Encode()
}

// endless answers every path that ends in "/rundt/" with the site's front page, under the fault "loop".
func (s *site) endless(t target, path string) target {
	if strings.HasSuffix(path, "/rundt/") {
		return target{list: s.lists[0]}
	}
	return t
}

func (s *Server) addEndlessLink(site *site, page []byte) []byte {
	link, err := render(s.templates[site.ID], "endless", nil)
	if err != nil {
		return page
	}
	return bytes.Replace(page, []byte("</body>"), append(link, "</body>"...), 1)
}

// special answers the addresses that are no pages of content: discovery files, search, print views and what
// else the systems bring along.
func (s *Server) special(w *world, site *site, u *url.URL) (answer, bool) {
	if ans, ok := w.discovery(site, u); ok {
		return ans, true
	}
	switch site.ID {
	case "L":
		return s.specialMunicipality(w, site, u)
	case "T":
		return s.specialJournal(w, site, u)
	case "N":
		return s.specialBlog(w, site, u)
	case "B":
		return s.printView(w, site, u)
	case "P":
		return s.specialParents(w, site, u)
	}
	return answer{}, false
}

func (s *Server) specialMunicipality(w *world, site *site, u *url.URL) (answer, bool) {
	if u.Path == "/soeg" {
		return s.searchPage(site), true
	}
	return s.printView(w, site, u)
}

func (s *Server) searchPage(site *site) answer {
	v := view{Site: site, Kind: "search", Title: "Søgeresultat", Lang: "da", Menu: site.menu(), Crumbs: site.crumbs("")}
	return s.htmlAnswer(site, v, http.StatusOK)
}

// printView is a document again, without menus, at "/print" before its path.
func (s *Server) printView(w *world, site *site, u *url.URL) (answer, bool) {
	path, ok := strings.CutPrefix(u.Path, "/print")
	t := site.at[path]
	if !ok || t.doc == nil {
		return answer{}, false
	}
	v := w.page(site, path, t)
	v.Kind, v.URL = "print", ""
	ans := s.htmlAnswer(site, v, http.StatusOK)
	ans.modified, ans.header = modified(w, t), site.headers(path)
	return ans, true
}

func (s *Server) specialJournal(w *world, site *site, u *url.URL) (answer, bool) {
	switch u.Path {
	case "/etsf/search":
		return s.searchPage(site), true
	case "/etsf/citationstylelanguage/download/ris":
		return risFile(site, u.Query().Get("submissionId"))
	case "/etsf/oai":
		return w.oai(site, u.Query()), true
	}
	return answer{}, false
}

// risFile is the reference of an article as reference managers read it.
func risFile(site *site, number string) (answer, bool) {
	for _, d := range site.docs {
		if strconv.Itoa(d.ArticleNumber()) != number {
			continue
		}
		lines := []string{"TY  - JOUR"}
		for _, author := range d.Art.Authors {
			lines = append(lines, "AU  - "+author)
		}
		lines = append(lines, "TI  - "+d.Art.Title, "PY  - "+strconv.Itoa(d.Date.Year()), "DO  - "+d.Art.DOI, "UR  - "+d.URL(), "ER  - ", "")
		body := []byte(strings.Join(lines, "\r\n"))
		return answer{status: 200, kind: "application/x-Research-Info-Systems", body: body, modified: d.Modified}, true
	}
	return answer{}, false
}

func (s *Server) specialBlog(w *world, site *site, u *url.URL) (answer, bool) {
	switch {
	case u.Path == "/" && u.Query().Has("s"):
		return s.searchPage(site), true
	case u.Path == "/" && u.Query().Has("p"):
		for _, d := range site.docs {
			if strconv.Itoa(d.PostNumber()) == u.Query().Get("p") {
				return redirect(http.StatusMovedPermanently, site.url(d.Path)), true
			}
		}
	case u.Path == "/wp-admin/":
		return redirect(http.StatusFound, "/wp-login.php"), true
	case u.Path == "/wp-login.php":
		v := view{Site: site, Kind: "search", Title: "Log ind", Lang: "da", Menu: site.menu(), Robots: "noindex,noarchive"}
		return s.htmlAnswer(site, v, http.StatusOK), true
	case u.Path == "/wp-comments-post.php":
		ans := s.missing(w, site, http.StatusMethodNotAllowed)
		ans.header = map[string]string{"Allow": "POST"}
		return ans, true
	case u.Path == "/wp-content/uploads/de-foerste-1000-dage.mp3":
		return answer{status: 200, kind: "audio/mpeg", body: silence(), modified: released}, true
	}
	return answer{}, false
}

// silence is a second of nothing as MPEG-1 layer III, 128 kbit/s, 44.1 kHz: 38 frames of 417 bytes whose side
// information is all zero.
func silence() []byte {
	frame := make([]byte, 417)
	copy(frame, []byte{0xFF, 0xFB, 0x90, 0x64})
	return bytes.Repeat(frame, 38)
}

func (s *Server) specialParents(w *world, site *site, u *url.URL) (answer, bool) {
	if u.Path != "/kalender.php" {
		return answer{}, false
	}
	month, err := time.Parse("2006-01", u.Query().Get("maaned"))
	if err != nil {
		month = released
	}
	v := view{Site: site, Kind: "calendar", Title: "Kalender", Lang: "da", Menu: site.menu(), Session: session(u)}
	v.Months = &months{
		Name:   danishMonths[month.Month()-1] + " " + strconv.Itoa(month.Year()),
		Before: month.AddDate(0, 0, -month.Day()).Format("2006-01"),
		After:  month.AddDate(0, 0, 32-month.Day()).Format("2006-01"),
	}
	return s.htmlAnswer(site, v, http.StatusOK), true
}
