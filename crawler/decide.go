package crawler

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"smaabornsviden/crawler/extract"
	"smaabornsviden/crawler/fetch"
	"smaabornsviden/crawler/partners"
	"smaabornsviden/crawler/state"
	"smaabornsviden/index"
)

// sight is everything that one visit saw and what the store knew before, so that decide needs to ask nobody.
type sight struct {
	row   state.URL
	scope *scope
	run   state.Run
	now   time.Time // when the answer was there

	page fetch.Page
	err  error // of the fetch

	read    bool // ext and extErr hold what the reader made of the body
	ext     extract.Result
	extErr  error
	hash    string // of title and text
	sketch  uint64
	soft404 bool // the text is what the host answers for pages that it does not have

	links     []state.Found
	listErr   error       // of a sitemap or feed that could not be read
	target    *place      // where a redirect leads
	loops     bool        // it leads back here
	list      bool        // the register calls the page a mere list, or it lies outside what is to be documents
	canonical *place      // the canonical address named, when not the page's own
	elder     *rival      // the row of that canonical address, when it is a document much like this one
	twin      *rival      // a document of the source with the same text
	claimants []state.URL // documents much like this one that name it as their canonical address
	mine      time.Time   // when the document at this row was first made; zero when there is none
	document  index.Document
	files     []state.Found    // what the page offers as its own text
	joined    []state.FileText // those of them that have been read, joined to document
	offeredBy *state.URL       // the one page that offers this file as its own text
	described bool             // an OAI-PMH provider says what the page is
	withdrawn string           // id of the provider's record, when that was deleted
	pipeline  string
	random    float64
	scaled    func(time.Duration) time.Duration
}

// rival is another row that may stand for the same document.
type rival struct {
	row     state.URL
	created time.Time
	doc     index.Document
}

// minTwinText is how long a text has to be in bytes for its equality to mean anything: two pages that say
// "Siden er under opbygning" are not one document.
const minTwinText = 200

// decide says what a visit came to. It looks at nothing but its argument.
func decide(s sight) state.Outcome {
	o := state.Outcome{
		URL: s.row.ID, Run: s.run.ID, Epoch: s.run.Started, At: s.now, Fetched: true,
		Status: s.page.Status, Bytes: s.page.Bytes, Took: s.page.Duration,
	}
	switch status := s.page.Status; {
	case s.err != nil && status == http.StatusNotModified:
		return failed(o, s, state.BadNotModified, s.err.Error())
	case s.err != nil:
		return failed(o, s, failure(s.err), s.err.Error())
	case s.page.NotModified && s.withdrawn == "":
		return notModified(o, s)
	case status >= 300 && status < 400 && !s.page.NotModified:
		return redirected(o, s, s.page.Location)
	case status == http.StatusNotFound:
		return missing(o, s, state.NotFound)
	case status == http.StatusGone:
		return gone(o, state.GoneForGood)
	case status >= 400:
		return failed(o, s, statusReason(status), fmt.Sprintf("HTTP %d", status))
	case s.row.Kind != state.Page:
		return listed(o, s)
	case s.withdrawn != "":
		return withdrawn(o, s)
	case !s.read:
		return sameBytes(o, s)
	}
	return readPage(o, s)
}

// failure gives an error of the fetch its reason.
func failure(err error) state.Reason {
	for _, f := range []struct {
		err  error
		name state.Reason
	}{
		{fetch.ErrPrivateAddress, state.PrivateAddress},
		{fetch.ErrPort, state.PrivateAddress},
		{fetch.ErrDNS, state.DNS},
		{fetch.ErrTLS, state.TLS},
		{fetch.ErrTimeout, state.Timeout},
		{fetch.ErrTooLarge, state.TooLarge},
		{fetch.ErrHeader, state.TooLarge},
		{fetch.ErrRedirectLoop, state.RedirectLoop},
		{fetch.ErrTooManyRedirects, state.RedirectChain},
		{fetch.ErrRedirect, state.RedirectElsewhere},
		{fetch.ErrConnect, state.Connection},
		{fetch.ErrTruncated, state.Connection},
		{fetch.ErrEncoding, state.Unreadable},
		{fetch.ErrProtocol, state.Connection},
	} {
		if errors.Is(err, f.err) {
			return f.name
		}
	}
	return state.Connection
}

// statusReason gives an error status its reason.
func statusReason(status int) state.Reason {
	switch {
	case status == http.StatusTooManyRequests, status == http.StatusServiceUnavailable:
		return state.Throttled
	case status >= 500:
		return state.ServerError
	case status == http.StatusUnauthorized, status == http.StatusForbidden, status == http.StatusUnavailableForLegalReasons:
		return state.Forbidden
	}
	return state.HTTPError
}

// failed notes a visit that does not count. Nothing is ever deleted for it.
func failed(o state.Outcome, s sight, why state.Reason, detail string) state.Outcome {
	o.State, o.Reason, o.Detail = state.Failed, why, detail
	o.Fails = s.row.Fails + 1
	wait := s.scaled(retryAfter(o.Fails, why, s.random))
	if asked := s.scaled(s.page.RetryAfter); asked > wait || asked > 0 && o.Fails <= trustedWaits {
		wait = asked
	}
	o.Due = s.now.Add(wait)
	return o
}

// keeps reports whether a row has something that a 304 can keep.
func keeps(u state.URL) bool {
	switch u.State {
	case state.OK, state.Alias, state.Redirect, state.Refused, state.Unsupported:
		return !u.LastVisit.IsZero()
	}
	return false
}

// notModified keeps everything as it was. A 304 that nobody asked for, or for a row that has nothing to keep, is a
// server's mistake: the page is asked for again without conditions.
func notModified(o state.Outcome, s sight) state.Outcome {
	if !keeps(s.row) {
		return failed(o, s, state.BadNotModified, "HTTP 304")
	}
	if extract.RobotsHeader(s.page.Header, "").NoIndex && s.row.Doc != "" {
		return refused(o, state.NoIndex, "X-Robots-Tag", state.AtOnce)
	}
	// A 304 brings the header of now for the page of then. Another rule in it than in the last whole answer has to be read
	// with the page; a server that leaves the rules out of its 304s has changed nothing.
	if rules := headerRules(s.page.Header); rules != "" && s.row.State == state.OK && s.row.Kind == state.Page && rules != s.row.Detail {
		return failed(o, s, state.BadNotModified, rules)
	}
	return kept(o, s)
}

// sameBytes is an answer in full that says what the last one said, whatever its validators claim. The rules in its
// header are those of the last one, and are written down where a row has none.
func sameBytes(o state.Outcome, s sight) state.Outcome {
	o = kept(o, s)
	if s.row.State == state.OK {
		o.Detail = headerRules(s.page.Header)
	}
	return o
}

func kept(o state.Outcome, s sight) state.Outcome {
	o.State, o.Reason, o.Detail, o.NotModified = s.row.State, s.row.Reason, s.row.Detail, true
	o.ETag, o.LastModified = s.page.ETag, s.page.LastModified
	o.Interval, o.Due = s.row.Interval, s.now.Add(sideInterval)
	if s.row.State == state.OK {
		return again(o, s, false)
	}
	return o
}

// again sets the next visit of a page that is read.
func again(o state.Outcome, s sight, changed bool) state.Outcome {
	o.Interval = listingInterval(s.row.Interval, changed, s.row.LastOK.IsZero())
	if s.row.Kind == state.Page {
		leads := s.list || s.row.Reason == state.ListPage || s.row.Via == state.ViaStart
		o.Interval = pageInterval(s.row, s.now, changed && s.row.Hash != "", leads)
	}
	o.Due = s.now.Add(o.Interval)
	return o
}

// refused takes an address for not ours to show; it is looked at again, since owners change their minds.
func refused(o state.Outcome, why state.Reason, detail string, removal state.Removal) state.Outcome {
	o.State, o.Reason, o.Detail, o.Removal = state.Refused, why, detail, removal
	o.Due = o.At.Add(sideInterval)
	return o
}

// missing is a first or second look at a page that is not there. Only a second look at least a day later makes it gone.
func missing(o state.Outcome, s sight, why state.Reason) state.Outcome {
	o.FirstMiss, o.Misses = s.row.FirstMiss, s.row.Misses+1
	if s.row.Misses == 0 {
		o.FirstMiss = s.now
	}
	if o.Misses > 1 && s.now.Sub(o.FirstMiss) >= secondLook {
		return gone(o, why)
	}
	o.State, o.Reason = state.Missing, why
	o.Due = o.FirstMiss.Add(secondLook)
	return o
}

func gone(o state.Outcome, why state.Reason) state.Outcome {
	o.State, o.Reason, o.Removal = state.Gone, why, state.Hold
	o.Due = o.At.Add(goneInterval)
	return o
}

// withdrawn is a page that still answers although its provider says that the work is withdrawn.
func withdrawn(o state.Outcome, s sight) state.Outcome {
	o = gone(o, state.Withdrawn)
	o.Detail, o.Removal = s.withdrawn, state.AtOnce
	return o
}

// maxHops is how many redirects may lead to a page.
const maxHops = 10

// redirected follows nothing: where the redirect leads gets its own visit, with that host's manners, and takes over
// the document.
func redirected(o state.Outcome, s sight, to string) state.Outcome {
	switch {
	case s.target == nil:
		return failed(o, s, state.HTTPError, "redirect to "+to)
	case s.target.url == s.row.URL, s.loops:
		return failed(o, s, state.RedirectLoop, to)
	case s.target.reason != "":
		o.Links = []state.Found{s.refusedTarget()}
		return refused(o, state.RedirectElsewhere, s.target.url, state.Hold)
	case s.row.Hops >= maxHops:
		return refused(o, state.RedirectChain, s.target.url, state.Hold)
	}
	next := s.found(*s.target, state.ViaRedirect)
	next.Hops = s.row.Hops + 1
	temporary := o.Status == http.StatusFound || o.Status == http.StatusSeeOther || o.Status == http.StatusTemporaryRedirect
	if temporary && s.row.Doc != "" {
		// A log-in, a page of thanks, a notice of works: the document has moved only if it stays away.
		if o = missing(o, s, state.Moved); o.State == state.Missing {
			return o
		}
		o.Removal, o.Misses, o.FirstMiss = state.Keep, 0, time.Time{}
	}
	o.State, o.Reason, o.Target = state.Redirect, state.Moved, &next
	o.Absorb = absorbed(s.claimants)
	o.Due = s.now.Add(sideInterval)
	return o
}

// found is a place as an address to visit, as near to a start page as this row.
func (s sight) found(p place, via state.Via) state.Found {
	return state.Found{
		URL: p.url, Origin: originOf(p.url), Source: p.scope.ID, Kind: s.row.Kind, Via: via,
		Depth: s.row.Depth, Priority: state.Starts,
	}
}

func (s sight) refusedTarget() state.Found {
	f := state.Found{URL: s.target.url, Source: s.row.Source, Kind: s.row.Kind, Via: state.ViaRedirect, Depth: s.row.Depth, Reason: s.target.reason}
	if s.target.scope != nil {
		f.Source = s.target.scope.ID
	}
	return f
}

// listed is a sitemap or feed that was read.
func listed(o state.Outcome, s sight) state.Outcome {
	o = asRead(o, s)
	if s.listErr != nil {
		o.State, o.Reason, o.Detail = state.Unsupported, state.Unreadable, s.listErr.Error()
		o.Due = s.now.Add(listingMost)
		return o
	}
	o.State, o.Links = state.OK, s.links
	o.NotModified = o.BodyHash == s.row.BodyHash
	return again(o, s, !o.NotModified)
}

// asRead notes what was read of a body.
func asRead(o state.Outcome, s sight) state.Outcome {
	o.Read, o.ETag, o.LastModified = true, s.page.ETag, s.page.LastModified
	o.BodyHash, o.Hash, o.Sketch, o.Pipeline = bodyHash(s.page), s.hash, s.sketch, s.pipeline
	return o
}

// bodyHash covers the body and the headers on which its reading depends.
func bodyHash(p fetch.Page) string {
	sum := sha256.New()
	for _, name := range []string{"Content-Type", "X-Robots-Tag", "Link", "Tdm-Reservation", "Content-Language"} {
		fmt.Fprintf(sum, "%s\n", strings.Join(p.Header.Values(name), ","))
	}
	sum.Write(p.Body)
	return string(sum.Sum(nil))
}

// textHash is the SHA-256 of what a reader sees of a page.
func textHash(title, text string) string {
	sum := sha256.Sum256([]byte(title + "\x00" + text))
	return string(sum[:])
}

// readPage decides on a page whose body was read.
func readPage(o state.Outcome, s sight) state.Outcome {
	if why, detail := unreadable(s); why != "" {
		return failed(o, s, why, detail)
	}
	if s.soft404 {
		return missing(o, s, state.SoftNotFound)
	}
	o = asRead(o, s)
	if !s.ext.Robots.NoFollow {
		o.Links = s.links
	}
	if p := s.canonical; p != nil && p.reason == "" && p.url != s.row.URL {
		f := s.found(*p, state.ViaCanonical)
		o.Canonical = &f
	}
	switch {
	case errors.Is(s.extErr, extract.ErrUnsupported):
		return unsupported(o, state.ContentType, unsupportedDetail(s))
	case s.ext.Robots.NoIndex:
		return refused(o, state.NoIndex, noIndexRule(s), state.AtOnce)
	case expired(s.ext.Robots.UnavailableAfter, s.now):
		return refused(o, state.Expired, s.ext.Robots.UnavailableAfter.Format(time.RFC3339), state.AtOnce)
	case s.target != nil:
		return redirected(o, s, s.ext.Refresh)
	case s.list:
		// A list keeps its rules as a document does: the next 304 repeats them, and is no news then.
		o.State, o.Reason, o.Detail, o.Removal = state.OK, state.ListPage, headerRules(s.page.Header), state.AtOnce
		return again(o, s, s.hash != s.row.Hash)
	}
	if why := empty(s); why != "" && !s.described {
		return unsupported(o, why, "")
	}
	return asDocument(o, s)
}

// empty says why a page has nothing to be found by, "" when it has.
func empty(s sight) state.Reason {
	if strings.TrimSpace(s.ext.Text) != "" {
		return ""
	}
	why := emptyReason(s.page.Body)
	if why == "" && s.ext.Title == "" {
		why = state.NoText
	}
	return why
}

// unreadable says why a body is no answer to go by.
func unreadable(s sight) (state.Reason, string) {
	switch {
	case challenge(s.page, s.ext):
		return state.Blocked, s.ext.Title
	case s.extErr != nil && !errors.Is(s.extErr, extract.ErrUnsupported):
		return state.Unreadable, s.extErr.Error()
	}
	return "", ""
}

// challenges are the titles of pages that ask whether we are a person. We are not, and do not say otherwise.
var challenges = []string{"just a moment", "attention required", "access denied", "are you a robot", "er du en robot", "ddos-guard", "checking your browser", "pardon our interruption"}

func challenge(p fetch.Page, ext extract.Result) bool {
	if p.Header.Get("Cf-Mitigated") == "challenge" {
		return true
	}
	title := strings.ToLower(ext.Title)
	for _, c := range challenges {
		rest, ok := strings.CutPrefix(title, c)
		if rest = strings.TrimSpace(rest); ok && len(ext.Text) < 2000 && !letterFirst(rest) {
			return true
		}
	}
	return false
}

// noIndexRule quotes where a page says noindex.
func noIndexRule(s sight) string {
	said := append(slices.Clone(s.ext.Meta["robots"]), s.page.Header.Values("X-Robots-Tag")...)
	return strings.Join(said, "; ")
}

func expired(after, now time.Time) bool { return !after.IsZero() && !now.Before(after) }

func unsupported(o state.Outcome, why state.Reason, detail string) state.Outcome {
	o.State, o.Reason, o.Detail, o.Removal = state.Unsupported, why, detail, state.Hold
	o.Due = o.At.Add(sideInterval)
	return o
}

// asDocument makes the page a document, or an alias of the one it repeats.
func asDocument(o state.Outcome, s sight) state.Outcome {
	o.Absorb = absorbed(s.claimants)
	o.File = asFile(s)
	switch {
	case s.offeredBy != nil:
		return alias(o, s, *s.offeredBy, state.FileOf)
	case s.elder != nil:
		return alias(o, s, s.elder.row, state.CanonicalElse)
	case s.twin == nil || s.claims(s.twin.row):
	case yields(s):
		return alias(o, s, s.twin.row, state.Duplicate)
	default:
		o.Absorb = append(o.Absorb, state.Absorbed{URL: s.twin.row.ID, Reason: state.Duplicate})
	}
	o.State, o.Document, o.Detail = state.OK, &s.document, headerRules(s.page.Header)
	o.Files = s.files
	for _, f := range s.joined {
		o.Absorb = append(o.Absorb, state.Absorbed{URL: f.URL.ID, Reason: state.FileOf})
	}
	if s.scope.Policy != partners.Metadata {
		o.Body = &state.Body{Header: s.page.Header, Bytes: s.page.Body}
	}
	return untilItGoes(again(o, s, s.hash != s.row.Hash), s.ext.Robots.UnavailableAfter)
}

// untilItGoes has a page that names its last day read in full on that day: a 304 would say nothing new and keep it.
func untilItGoes(o state.Outcome, last time.Time) state.Outcome {
	if last.IsZero() {
		return o
	}
	o.ETag, o.LastModified, o.BodyHash = "", "", ""
	if last.Before(o.Due) {
		o.Due = last
	}
	return o
}

// claims reports whether a row is among those that name this page as their canonical address.
func (s sight) claims(u state.URL) bool {
	return slices.ContainsFunc(s.claimants, func(c state.URL) bool { return c.ID == u.ID })
}

func absorbed(rows []state.URL) []state.Absorbed {
	var all []state.Absorbed
	for _, u := range rows {
		all = append(all, state.Absorbed{URL: u.ID, Reason: state.CanonicalElse})
	}
	return all
}

// yields reports whether the page gives way to its twin: to an established document, else to the better address. Within
// one run the answer does not depend on which of the two came first.
func yields(s sight) bool {
	old := !s.mine.IsZero() && s.mine.Before(s.run.Started)
	twinOld := s.twin.created.Before(s.run.Started)
	if old != twinOld {
		return twinOld
	}
	return better(s.twin.row.URL, s.row.URL)
}

// better prefers the shorter address, then the first in byte order.
func better(a, b string) bool {
	if len(a) != len(b) {
		return len(a) < len(b)
	}
	return a < b
}

func alias(o state.Outcome, s sight, of state.URL, why state.Reason) state.Outcome {
	o.State, o.Reason = state.Alias, why
	o.Target = &state.Found{
		URL: of.URL, Origin: originOf(of.URL), Source: of.Source, Kind: of.Kind, Via: state.ViaCanonical,
		Depth: of.Depth, Hops: of.Hops, Priority: state.Starts,
	}
	o.Due = s.now.Add(sideInterval)
	return o
}
