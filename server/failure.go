package server

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"

	"smaabornsviden/index"
	"smaabornsviden/index/query"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/api"
	"smaabornsviden/server/page"
	"smaabornsviden/server/tongue"
)

// failure is one way in which a request can end without an answer, for readers and for programs.
type failure struct {
	state   page.State
	problem api.Kind
}

var (
	failEmpty     = failure{page.Empty, api.EmptyQuery}
	failNoWords   = failure{page.NoWords, api.EmptyQuery}
	failTooLong   = failure{page.TooLong, api.TooLong}
	failCPR       = failure{page.CPR, api.CPR}
	failTooLarge  = failure{page.TooLarge, api.TooLarge}
	failExpired   = failure{page.Broken, api.Expired} // no page gives out cursors
	failSlow      = failure{page.Slow, api.Slow}
	failDown      = failure{page.Down, api.Down}
	failBroken    = failure{page.Broken, api.Broken}
	failBusy      = failure{page.Slow, api.Busy}
	failTooMany   = failure{page.TooMany, api.TooMany}
	failNotFound  = failure{page.NotFound, api.NotFound}
	failNotMethod = failure{page.NotMethod, api.NotMethod}
)

// failureOf decides what an error means to the asker.
func failureOf(err error, q answer.Question) failure {
	switch {
	case errors.Is(err, answer.ErrNoWords) && q.IsEmpty() && len(q.Unread) == 0:
		return failEmpty
	case errors.Is(err, answer.ErrNoWords):
		return failNoWords
	case errors.Is(err, query.ErrTooLong):
		return failTooLong
	case errors.Is(err, query.ErrCPR):
		return failCPR
	case errors.Is(err, index.ErrTooLarge):
		return failTooLarge
	case errors.Is(err, answer.ErrExpired):
		return failExpired
	case errors.Is(err, errTooMany):
		return failTooMany
	case errors.Is(err, errBusy), errors.Is(err, answer.ErrMoving):
		return failBusy
	case errors.Is(err, index.ErrNotFound):
		return failNotFound
	case errors.Is(err, index.ErrUnavailable): // before the deadline, which may have passed in waiting for it
		return failDown
	case errors.Is(err, context.DeadlineExceeded):
		return failSlow
	}
	return failBroken
}

// retryAfter is what a reader should wait after a timeout, in seconds.
const retryAfter = 5

// fail answers with the page or the problem of a failure that has no more to tell.
func (re *replies) fail(w http.ResponseWriter, r *http.Request, f failure) {
	if api.Owns(r.URL.Path) {
		re.writeProblem(w, r, f.problem, nil)
		return
	}
	re.writeMessage(w, r, page.Message{State: f.state})
}

func (re *replies) writeMessage(w http.ResponseWriter, r *http.Request, m page.Message) {
	switch m.State {
	case page.Slow, page.Down:
		w.Header().Set("Retry-After", strconv.Itoa(retryAfter))
		m.Code = requestID(r)
	case page.Broken:
		m.Code = requestID(r)
	}
	status := m.State.Status()
	if status == http.StatusOK && r.Method == http.MethodPost {
		status = http.StatusBadRequest // nothing was stored
	}
	w.Header().Set("Cache-Control", "no-store")
	re.writeHTML(w, r, status, func(b *strings.Builder) error { return re.pagesFor(r).Message(b, m) })
}

func (re *replies) writeProblem(w http.ResponseWriter, r *http.Request, kind api.Kind, errs []api.ParameterError) {
	p, _ := api.NewProblem(kind, prefersEnglish(r))
	p.Errors = errs
	re.sendProblem(w, r, kind, p)
}

// writeGone tells programs what became of a document.
func (re *replies) writeGone(w http.ResponseWriter, r *http.Request, gone api.Gone) {
	p, _ := api.NewProblem(api.Removed, prefersEnglish(r))
	p.Gone = &gone
	re.sendProblem(w, r, api.Removed, p)
}

func (re *replies) sendProblem(w http.ResponseWriter, r *http.Request, kind api.Kind, p api.Problem) {
	w.Header().Add("Vary", "Accept-Language")
	p.Instance = loggedPath(r.URL.Path)
	p.RequestID = requestID(r)
	if kind == api.Slow || kind == api.Down || kind == api.Busy {
		w.Header().Set("Retry-After", strconv.Itoa(retryAfter))
	}
	w.Header().Del("ETag")
	w.Header().Set("Cache-Control", "no-store")
	re.writeJSON(w, r, p.Status, "application/problem+json", p)
}

// notFound leads an address with a slash too many to the page that it means.
func (re *replies) notFound(w http.ResponseWriter, r *http.Request) {
	if to, ok := re.withoutSlash(r); ok {
		http.Redirect(w, r, to, http.StatusMovedPermanently)
		return
	}
	re.fail(w, r, failNotFound)
}

// withoutSlash is the address of a page of readers that is asked for with a slash at its end. The operator's pages stay
// as hidden as they are.
func (re *replies) withoutSlash(r *http.Request) (string, bool) {
	path, slashed := strings.CutSuffix(r.URL.EscapedPath(), "/")
	_, danish := tongue.Of(path)
	readers := r.Method == http.MethodGet || r.Method == http.MethodHead
	if !slashed || !readers || path == "" || strings.HasPrefix(path, "//") || strings.HasSuffix(path, "/") || danish == page.DriftPath || danish == "/metrics" {
		return "", false
	}
	if !re.router.Match(chi.NewRouteContext(), http.MethodGet, path) {
		return "", false
	}
	return (&url.URL{Path: strings.TrimSuffix(r.URL.Path, "/"), RawQuery: r.URL.RawQuery}).String(), true
}

// methodNotAllowed names the methods itself, since chi leaves that to its own handler.
func (re *replies) methodNotAllowed(w http.ResponseWriter, r *http.Request) {
	var allowed []string
	for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost} {
		if re.router.Match(chi.NewRouteContext(), method, r.URL.Path) {
			allowed = append(allowed, method)
		}
	}
	w.Header().Set("Allow", strings.Join(allowed, ", "))
	re.fail(w, r, failNotMethod)
}

// logError notes what went wrong inside. Errors may quote the query, so its text is taken out.
func (re *replies) logError(r *http.Request, what string, err error, text string) {
	re.log.Error(what, "id", requestID(r), "path", loggedPath(r.URL.Path), "error", withoutText(err, text))
}

func withoutText(err error, text string) string {
	msg := err.Error()
	if text == "" {
		return msg
	}
	quoted := strconv.Quote(text)
	msg = strings.ReplaceAll(msg, quoted[1:len(quoted)-1], "(query)")
	return strings.ReplaceAll(msg, text, "(query)")
}

// failPage answers with the page of an error.
func (re *replies) failPage(w http.ResponseWriter, r *http.Request, err error) {
	f := failureOf(err, answer.Question{})
	re.noteFailure(r, f, err, answer.Question{})
	re.fail(w, r, f)
}

func (re *replies) failProgram(w http.ResponseWriter, r *http.Request, err error, q answer.Question) {
	f := failureOf(err, q)
	re.noteFailure(r, f, err, q)
	re.writeProblem(w, r, f.problem, nil)
}

// noteFailure logs what is ours to mend. What the asker can mend, and askers who left, are no errors.
func (re *replies) noteFailure(r *http.Request, f failure, err error, q answer.Question) {
	left := errors.Is(err, context.Canceled)
	if (f == failBroken || f == failSlow || f == failDown) && !left {
		re.logError(r, "search", err, q.Text)
	}
}

// failedSearches tell readers why a search gave nothing to show, and keep what they typed.
type failedSearches struct {
	reply *replies
	cat   *catalogue
}

func (fs *failedSearches) failSearch(w http.ResponseWriter, r *http.Request, err error, ans answer.Answer, q answer.Question) {
	f := failureOf(err, q)
	fs.reply.noteFailure(r, f, err, q)
	m := page.Message{State: f.state, Text: q.AsTyped(), Unread: ans.Understood.Unread, Faults: q.Unread}
	if f == failEmpty {
		// Without the lists the page still says what to do.
		m.Collection, _ = fs.cat.collection(r.Context())
	}
	fs.reply.writeMessage(w, r, m)
}
