package server_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"smaabornsviden/server"
	"smaabornsviden/server/inbox"
	"smaabornsviden/server/servertest"
)

// ask sends a request to the operator's page; pairs are header fields, and "from" and "host" the connection.
func ask(h http.Handler, method string, form url.Values, pairs ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "/drift", strings.NewReader(form.Encode()))
	r.Host, r.RemoteAddr = "127.0.0.1:8080", "127.0.0.1:4711"
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	for i := 0; i+1 < len(pairs); i += 2 {
		switch pairs[i] {
		case "from":
			r.RemoteAddr = pairs[i+1]
		case "host":
			r.Host = pairs[i+1]
		case "password":
			r.SetBasicAuth("drift", pairs[i+1])
		default:
			r.Header.Set(pairs[i], pairs[i+1])
		}
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestTheOperatorsPageOpensForTheOperatorAlone(t *testing.T) {
	const secret = "et langt kodeord"
	for _, tt := range []struct {
		name  string
		token string
		pairs []string
		want  int
	}{
		{"at this machine", "", nil, http.StatusOK},
		{"at this machine by name", "", []string{"host", "localhost:8080"}, http.StatusOK},
		{"at this machine, IPv6", "", []string{"from", "[::1]:1", "host", "[::1]:8080"}, http.StatusOK},
		{"a name elsewhere that leads here", "", []string{"host", "ond.example:8080"}, http.StatusNotFound},
		{"through a proxy on this machine", "", []string{"X-Forwarded-For", "192.0.2.1"}, http.StatusNotFound},
		{"from elsewhere, no token set", "", []string{"from", "192.0.2.1:1", "host", "viden.example"}, http.StatusNotFound},
		{"from elsewhere, an empty password and no token set", "", []string{"from", "192.0.2.1:1", "host", "viden.example", "password", ""}, http.StatusNotFound},
		{"from elsewhere without the token", secret, []string{"from", "192.0.2.1:1", "host", "viden.example"}, http.StatusUnauthorized},
		{"from elsewhere with another", secret, []string{"from", "192.0.2.1:1", "host", "viden.example", "password", "et langt"}, http.StatusUnauthorized},
		{"from elsewhere with an empty one", secret, []string{"from", "192.0.2.1:1", "host", "viden.example", "password", ""}, http.StatusUnauthorized},
		{"from elsewhere with the token", secret, []string{"from", "192.0.2.1:1", "host", "viden.example", "password", secret}, http.StatusOK},
		{"a script with the token", secret, []string{"from", "192.0.2.1:1", "host", "viden.example", "Authorization", "Bearer " + secret}, http.StatusOK},
		{"through a proxy with the token", secret, []string{"X-Forwarded-For", "192.0.2.1", "password", secret}, http.StatusOK},
	} {
		h := cannedServer(t, func(o *server.Options) { o.Token = tt.token }).Handler()
		w := ask(h, http.MethodGet, nil, tt.pairs...)
		if w.Code != tt.want {
			t.Errorf("%s: %d, want %d", tt.name, w.Code, tt.want)
		}
		if w.Code != http.StatusOK && strings.Contains(w.Body.String(), "mor@eksempel.example") {
			t.Errorf("%s: letters are given away", tt.name)
		}
	}
}

func TestTokensCannotBeGuessed(t *testing.T) {
	h := cannedServer(t, func(o *server.Options) { o.Token = "rigtigt" }).Handler()
	var last int
	for i := range 11 {
		last = ask(h, http.MethodGet, nil, "from", "192.0.2.1:1", "host", "viden.example", "password", fmt.Sprint(i)).Code
	}
	if last != http.StatusTooManyRequests {
		t.Errorf("the eleventh guess: %d", last)
	}
	if w := ask(h, http.MethodGet, nil, "from", "192.0.2.1:1", "host", "viden.example", "password", "rigtigt"); w.Code != http.StatusOK {
		t.Errorf("the right one afterwards: %d", w.Code)
	}
}

// desk notes what it is asked to do.
type desk struct {
	done []string
	fail error
}

func (d *desk) note(what ...string) error {
	d.done = append(d.done, strings.Join(what, " "))
	return d.fail
}

func (d *desk) Crawl(_ context.Context, sources []string) error {
	return d.note("crawl", strings.Join(sources, ","))
}

func (d *desk) Pause(_ context.Context, source, why string) error {
	return d.note("pause", source, why)
}

func (d *desk) Resume(_ context.Context, source string) error { return d.note("resume", source) }

func (d *desk) Pauses(context.Context) ([]server.Decision, error) {
	return []server.Decision{{What: "stuen", Why: "flytter", At: servertest.Now()}}, nil
}

func (d *desk) Block(_ context.Context, what, why string) (string, int, error) {
	return what, 1, d.note("block", what, why)
}
func (d *desk) Unblock(_ context.Context, what string) error { return d.note("unblock", what) }
func (d *desk) Blocks(context.Context) ([]server.Decision, error) {
	return []server.Decision{{What: "https://kilde.example/mia", Why: "ønske", At: servertest.Now()}}, nil
}

func TestDecisionsAreCarriedOut(t *testing.T) {
	const number = "abcde-23456" // of the canned letter that waits
	form := func(deed, what, why string) url.Values {
		return url.Values{"handling": {deed}, "hvad": {what}, "hvorfor": {why}}
	}
	for _, tt := range []struct {
		name string
		form url.Values
		want int
		done string
	}{
		{"crawl one", form("hent", "videncenter", ""), http.StatusSeeOther, "crawl videncenter"},
		{"crawl all", form("hent", "", ""), http.StatusSeeOther, "crawl "},
		{"pause", form("pause", "videncenter", "flytter"), http.StatusSeeOther, "pause videncenter flytter"},
		{"resume", form("genoptag", "stuen", ""), http.StatusSeeOther, "resume stuen"},
		{"block", form("bloker", "kilde.example", "ønske"), http.StatusSeeOther, "block kilde.example ønske"},
		{"unblock", form("ophaev", "kilde.example", ""), http.StatusSeeOther, "unblock kilde.example"},
		{"grant", form("imoedekom", number, ""), http.StatusSeeOther, "block https://boernehaanden.example/portraet/mia letter " + number},
		{"refuse", form("afvis", number, "en offentlig rapport"), http.StatusSeeOther, ""},
		{"refuse without a word", form("afvis", number, " "), http.StatusConflict, ""},
		{"settle what is not there", form("imoedekom", "zzzzz-zzzzz", ""), http.StatusConflict, ""},
		{"something else", form("slet-alt", "", ""), http.StatusConflict, ""},
		{"a protocol that is none", form("slet-protokol", "../x", ""), http.StatusConflict, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := &desk{}
			h := cannedServer(t, func(o *server.Options) { o.Desk = d }).Handler()
			w := ask(h, http.MethodPost, tt.form)
			if w.Code != tt.want || strings.Join(d.done, "; ") != tt.done {
				t.Errorf("%d and %q, want %d and %q: %.300s", w.Code, d.done, tt.want, tt.done, parse(t, w.Body).Find("[role=alert]").Text())
			}
		})
	}
}

func TestDecisionsOfOthersAreNot(t *testing.T) {
	d := &desk{}
	h := cannedServer(t, func(o *server.Options) { o.Desk = d }).Handler()
	form := url.Values{"handling": {"hent"}}
	for name, pairs := range map[string][]string{
		"another site's page":               {"Sec-Fetch-Site", "cross-site"},
		"another site's in an old browser":  {"Sec-Fetch-Site", "", "Origin", "https://ond.example"},
		"somebody elsewhere":                {"from", "192.0.2.1:1"},
		"a name elsewhere that leads here":  {"host", "ond.example:8080"},
		"somebody elsewhere through a form": {"from", "192.0.2.1:1", "host", "127.0.0.1:8080"},
	} {
		if w := ask(h, http.MethodPost, form, pairs...); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", name, w.Code)
		}
	}
	if len(d.done) > 0 {
		t.Errorf("done: %q", d.done)
	}
}

func TestWhatFailsIsToldWithThePage(t *testing.T) {
	h := cannedServer(t, func(o *server.Options) { o.Desk = &desk{fail: errors.New("der hentes allerede")} }).Handler()
	doc := parse(t, ask(h, http.MethodPost, url.Values{"handling": {"hent"}}).Body)
	if said := doc.Find("[role=alert]").Text(); !strings.Contains(said, "der hentes allerede") {
		t.Errorf("the page says %q", said)
	}
	if doc.Find("h2:contains('Indbakke')").Length() != 1 {
		t.Error("the page is not whole")
	}
}

func TestTheOperatorsPageShowsWhatWaits(t *testing.T) {
	h := cannedServer(t, func(o *server.Options) { o.Desk = &desk{} }).Handler()
	doc := parse(t, ask(h, http.MethodGet, nil).Body)
	for selector, want := range map[string]string{
		".waiting h3":                   "Ønske om fjernelse abcde-23456",
		".waiting .words":               "Mit barn er nævnt ved navn.",
		".waiting":                      "Svar til: mor@eksempel.example",
		"tr:contains('Stuen')":          "På pause siden 22. november 2026: flytter",
		"tr:contains('Videncenter')":    "4 dokumenter venter på et menneske",
		"tr:contains('kilde.example/')": "ønske",
	} {
		if got := strings.Join(strings.Fields(doc.Find(selector).Text()), " "); !strings.Contains(got, want) {
			t.Errorf("%s: %q lacks %q", selector, got, want)
		}
	}
	everyFieldHasALabel(t, doc)
	idsAreUnique(t, doc)
}

// resting is a desk in a process that fetches nothing.
type resting struct {
	*desk
	instead string
}

func (r resting) Instead() string { return r.instead }

func TestTheDeskOffersToFetchOnlyWhereItDoes(t *testing.T) {
	for _, tt := range []struct {
		name    string
		desk    server.Desk
		buttons bool // to fetch
		decides bool
		says    string
	}{
		{"it fetches", &desk{}, true, true, ""},
		{"it fetches at the moment", resting{&desk{}, ""}, true, true, ""},
		{"it rests", resting{&desk{}, "brug »smaabornsviden run«"}, false, true, "Her kan du ikke sætte en hentning i gang: brug »smaabornsviden run«."},
		{"there is none", nil, false, false, "Denne proces henter ikke selv."},
	} {
		h := cannedServer(t, func(o *server.Options) { o.Desk = tt.desk }).Handler()
		doc := parse(t, ask(h, http.MethodGet, nil).Body)
		if got := doc.Find("[name=handling][value=hent]").Length() > 0; got != tt.buttons {
			t.Errorf("%s: buttons to fetch: %v", tt.name, got)
		}
		if got := doc.Find("[name=handling][value=pause]").Length() > 0; got != tt.decides {
			t.Errorf("%s: buttons to pause: %v", tt.name, got)
		}
		if text := doc.Find("main").Text(); !strings.Contains(text, tt.says) {
			t.Errorf("%s: does not say %q", tt.name, tt.says)
		}
	}
}

func TestAGrantedLetterIsSettledForTheReaderToo(t *testing.T) {
	kept := servertest.NewShelf()
	h := cannedServer(t, func(o *server.Options) { o.Shelf, o.Desk = kept, &desk{} }).Handler()
	to := send(h, "/fjern", removalForm()).Header().Get("Location")
	number := strings.TrimPrefix(to, "/fjern?nummer=")
	if w := ask(h, http.MethodPost, url.Values{"handling": {"imoedekom"}, "hvad": {number}}); w.Code != http.StatusSeeOther {
		t.Fatalf("granted: %d", w.Code)
	}
	if all := letters(t, kept, inbox.Removal); len(all) != 1 || all[0].Outcome != inbox.Granted || all[0].Text != "" || all[0].Contact != "" {
		t.Errorf("kept %+v", all)
	}
	if said := parse(t, get(h, to).Body).Find("[role=status]").Text(); !strings.Contains(said, "Dokumentet er fjernet herfra") {
		t.Errorf("the reader is told %q", said)
	}
}

// told are the searches without results that the operator's page shows.
func told(t *testing.T, h http.Handler) []string {
	t.Helper()
	var out []string
	for _, row := range parse(t, ask(h, http.MethodGet, nil).Body).Find("[aria-label='Søgninger uden resultater'] tbody tr").EachIter() {
		out = append(out, strings.Join(strings.Fields(row.Text()), " "))
	}
	return out
}

func TestSearchesWithoutResultsAreToldFromFiveAskersOn(t *testing.T) {
	now := servertest.Now()
	h := cannedServer(t, func(o *server.Options) { o.Now = func() time.Time { return now } }).Handler()
	search := func(q string, asker int) {
		r := httptest.NewRequest(http.MethodGet, "/soeg?"+url.Values{"q": {q}}.Encode(), nil)
		r.RemoteAddr = fmt.Sprintf("192.0.2.%d:1", asker)
		h.ServeHTTP(httptest.NewRecorder(), r)
	}
	for range 20 {
		search("kvantefysik", 1) // one asker, however often
	}
	for asker := range 4 {
		search("dinosaurzoologi", asker)
		search("Kalle Karlsen ring 12345678", asker)
	}
	if got := told(t, h); len(got) != 0 {
		t.Errorf("told too early: %q", got)
	}
	search(" Dinosaurzoologi ", 5)
	for asker := range 9 {
		search("Kalle Karlsen ring 12345678", asker)
		search("leg", asker) // which has results
		search("010203-1234", asker)
	}
	if got := told(t, h); !slices.Equal(got, []string{"dinosaurzoologi 5 22. november 2026"}) {
		t.Errorf("told %q", got)
	}
	now = now.AddDate(0, 0, 1)
	for asker := range 4 {
		search("dinosaurzoologi", asker)
	}
	if got := told(t, h); !slices.Equal(got, []string{"dinosaurzoologi 5 22. november 2026"}) {
		t.Errorf("the day after: %q", got)
	}
	now = now.AddDate(0, 0, 20)
	if got := told(t, h); len(got) != 0 {
		t.Errorf("weeks later: %q", got)
	}
}
