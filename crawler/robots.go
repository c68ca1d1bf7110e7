package crawler

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"smaabornsviden/crawler/fetch"
	"smaabornsviden/crawler/robots"
	"smaabornsviden/crawler/state"
)

// Limits of robots.txt, from RFC 9309.
const (
	robotsBytes   = 500 << 10           // section 2.5: at least this much is read
	robotsFresh   = 24 * time.Hour      // section 2.4
	robotsGiveUp  = 30 * 24 * time.Hour // section 2.3.1.4: a file that has been out of reach this long counts as none
	robotsHopsMax = 5                   // section 2.3.1.2; the fetch client's own limit is the same
)

// access is what a host's robots.txt comes to.
type access struct {
	rules *robots.Rules // nil: everything is allowed
	held  bool          // out of reach: nothing is fetched now
	note  string        // for the report
}

// allowed asks whether the agent may fetch an address.
func (a access) allowed(agent, url string) (bool, string) {
	if a.rules == nil {
		return true, ""
	}
	return a.rules.Allowed(agent, url)
}

// readRobots turns the answer for robots.txt into what is stored, by the rules of RFC 9309.
func readRobots(old state.RobotsFile, page fetch.Page, err error, now time.Time) state.RobotsFile {
	next := old
	next.At, next.Status = now, page.Status
	status := page.Status
	switch {
	case tooManyHops(err), err == nil && status >= 300 && status < 400 && !page.NotModified:
		// More than five redirects, or one that leads nowhere: the file counts as not there.
		return state.RobotsFile{At: now, OK: now, Status: status}
	case err != nil, status >= 500, status == 429:
		if old.Failing.IsZero() {
			next.Failing = now
		}
		return next
	case page.NotModified:
		next.OK, next.Failing = now, time.Time{}
		return next
	case status >= 400:
		return state.RobotsFile{At: now, OK: now, Status: status}
	}
	return state.RobotsFile{Body: page.Body, Status: status, At: now, OK: now, ETag: page.ETag, LastModified: page.LastModified}
}

func tooManyHops(err error) bool {
	return errors.Is(err, fetch.ErrTooManyRedirects) || errors.Is(err, fetch.ErrRedirectLoop) || errors.Is(err, fetch.ErrRedirect)
}

// robotsAccess says what a stored robots.txt allows at a time.
func robotsAccess(r state.RobotsFile, now time.Time) access {
	reached := r.Failing.IsZero()
	switch {
	case reached || !r.OK.IsZero() && now.Sub(r.OK) <= robotsFresh:
		if len(r.Body) == 0 {
			return access{note: robotsNote(r)}
		}
		return access{rules: robots.Parse(r.Body)}
	case now.Sub(r.Failing) > robotsGiveUp:
		return access{note: "robots.txt har ikke kunnet hentes i 30 dage"}
	}
	return access{held: true, note: "robots.txt kan ikke hentes"}
}

// robotsNote is what a person should know about a host without rules.
func robotsNote(r state.RobotsFile) string {
	if r.Status == 401 || r.Status == 403 {
		return "robots.txt er spærret for os"
	}
	return ""
}

// robotsStale reports whether robots.txt has to be read before the next page.
func robotsStale(r state.RobotsFile, now time.Time) bool {
	return r.At.IsZero() || now.Sub(r.At) >= robotsFresh || now.Before(r.At)
}

// headerRules are the words of an answer's header about what may be done with the page.
func headerRules(h http.Header) string {
	var rules []string
	for _, name := range []string{"X-Robots-Tag", "Tdm-Reservation"} {
		for _, value := range h.Values(name) {
			rules = append(rules, name+": "+value)
		}
	}
	joined := strings.Join(rules, "; ")
	return joined[:min(len(joined), maxRules)]
}

// maxRules keeps the rules whole in a row's detail, where they are compared with those of the next answer.
const maxRules = 300
