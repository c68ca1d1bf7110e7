package server_test

import (
	"bytes"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"smaabornsviden/server"
	"smaabornsviden/server/inbox"
	"smaabornsviden/server/servertest"
)

// send posts a form as a browser does from our own page; header overrides.
func send(h http.Handler, path string, form url.Values, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	for i := 0; i+1 < len(header); i += 2 {
		if header[i] == "from" {
			r.RemoteAddr = header[i+1]
			continue
		}
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func removalForm() url.Values {
	return url.Values{"adresse": {"https://boernehaanden.example/portraet/mia"}, "rolle": {"person"}, "tekst": {"Mit barn Mia er nævnt."}, "mail": {"mor@eksempel.example"}, "hjemmeside": {""}}
}

func letters(t *testing.T, s *servertest.Shelf, kind inbox.Kind) []inbox.Letter {
	t.Helper()
	recs, err := s.List(t.Context(), string(kind), time.Time{}, 1000)
	if err != nil {
		t.Fatal(err)
	}
	var all []inbox.Letter
	for _, rec := range recs {
		l, err := inbox.Unpack(rec)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, l)
	}
	return all
}

func TestALetterIsKeptAndItsReceiptCanBeOpened(t *testing.T) {
	for path, prefix := range map[string]string{"/fjern": "", "/en/fjern": "/en"} {
		kept := servertest.NewShelf()
		h := cannedServer(t, func(o *server.Options) { o.Shelf = kept }).Handler()
		w := send(h, path, removalForm())
		to := w.Header().Get("Location")
		if w.Code != http.StatusSeeOther || !strings.HasPrefix(to, prefix+"/fjern?nummer=") {
			t.Fatalf("%s: %d to %q", path, w.Code, to)
		}
		all := letters(t, kept, inbox.Removal)
		if len(all) != 1 || all[0].Text != "Mit barn Mia er nævnt." || all[0].Contact != "mor@eksempel.example" || !all[0].Open() {
			t.Fatalf("kept %+v", all)
		}
		page := parse(t, get(h, to).Body)
		if said := page.Find("[role=status]").Text(); !strings.Contains(said, all[0].ID) {
			t.Errorf("receipt: %q", said)
		}
		if page.Text(); strings.Contains(page.Text(), "Mia") || strings.Contains(page.Text(), "@eksempel.example") && !strings.Contains(page.Text(), "redaktion@eksempel.example") {
			t.Error("the receipt gives away what was written")
		}
	}
}

func TestLettersThatAreNotTaken(t *testing.T) {
	changed := func(name, value string) url.Values {
		f := removalForm()
		f.Set(name, value)
		return f
	}
	for _, tt := range []struct {
		name   string
		form   url.Values
		header []string
		want   int
		says   string
	}{
		{"another site's page", removalForm(), []string{"Sec-Fetch-Site", "cross-site"}, http.StatusForbidden, "Formularen blev sendt fra en anden side."},
		{"another site's page in an old browser", removalForm(), []string{"Sec-Fetch-Site", "", "Origin", "https://andre.example"}, http.StatusForbidden, "Send den herfra."},
		{"a machine that fills in every field", changed("hjemmeside", "https://kasino.example"), nil, http.StatusSeeOther, ""},
		{"a very long one", changed("tekst", strings.Repeat("x", 40<<10)), nil, http.StatusRequestEntityTooLarge, "Skriv kortere"},
		{"a CPR number", changed("tekst", "Mia, 010203-1234"), nil, http.StatusUnprocessableEntity, "lignede et CPR-nummer"},
		{"no address", changed("adresse", ""), nil, http.StatusUnprocessableEntity, "Skriv adressen på det"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			kept := servertest.NewShelf()
			var log bytes.Buffer
			h := cannedServer(t, func(o *server.Options) {
				o.Shelf, o.Log = kept, slog.New(slog.NewTextHandler(&log, nil))
			}).Handler()
			w := send(h, "/fjern", tt.form, tt.header...)
			if w.Code != tt.want || !strings.Contains(w.Body.String(), tt.says) {
				t.Errorf("%d, want %d with %q: %.300s", w.Code, tt.want, tt.says, w.Body)
			}
			if all := letters(t, kept, inbox.Removal); len(all) != 0 {
				t.Errorf("kept %+v", all)
			}
			for _, secret := range []string{"010203", "Mia", "mor@"} {
				if strings.Contains(log.String(), secret) {
					t.Errorf("the log has %q: %s", secret, &log)
				}
			}
			if strings.Contains(w.Body.String(), "010203-1234") {
				t.Error("the page repeats the CPR number")
			}
		})
	}
}

// What was right stays in the form, so that nobody has to write it twice.
func TestAFaultyFormKeepsWhatWasRight(t *testing.T) {
	f := removalForm()
	f.Set("mail", "ring 12345678")
	doc := parse(t, send(cannedServer(t, nil).Handler(), "/fjern", f).Body)
	if got, _ := doc.Find("#adresse").Attr("value"); got != f.Get("adresse") {
		t.Errorf("address %q", got)
	}
	if got := doc.Find("#tekst").Text(); got != f.Get("tekst") {
		t.Errorf("text %q", got)
	}
	if doc.Find("input[name=rolle][value=person][checked]").Length() != 1 {
		t.Error("the role is not chosen any more")
	}
	if got, _ := doc.Find("#mail").Attr("aria-describedby"); got != "mail-hint mail-fejl" {
		t.Errorf("the faulty field is described by %q", got)
	}
}

func TestLettersAreBoundedPerAskerAndOverAll(t *testing.T) {
	now := servertest.Now()
	kept := servertest.NewShelf()
	h := cannedServer(t, func(o *server.Options) {
		o.Shelf, o.Now = kept, func() time.Time { return now }
	}).Handler()
	code := func(from string) int { return send(h, "/fjern", removalForm(), "from", from).Code }
	for i := range 6 {
		if got := code("192.0.2.1:1"); got != http.StatusSeeOther {
			t.Fatalf("letter %d: %d", i+1, got)
		}
	}
	if got := code("192.0.2.1:2"); got != http.StatusTooManyRequests {
		t.Errorf("the seventh letter: %d", got)
	}
	if got := code("192.0.2.2:1"); got != http.StatusSeeOther {
		t.Errorf("somebody else's letter: %d", got)
	}
	now = now.Add(time.Hour)
	if got := code("192.0.2.1:3"); got != http.StatusSeeOther {
		t.Errorf("an hour later: %d", got)
	}
}

func TestAFailingShelfIsToldAndNothingIsLost(t *testing.T) {
	kept := servertest.NewShelf()
	kept.Fail = errors.New("disk on fire")
	h := cannedServer(t, func(o *server.Options) { o.Shelf = kept }).Handler()
	w := send(h, "/fjern", removalForm())
	if w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), "vi har ikke gemt din henvendelse") || !strings.Contains(w.Body.String(), "Mit barn Mia") {
		t.Errorf("%d: %.400s", w.Code, w.Body)
	}
}

func TestASiteWithoutShelfSaysWhereToWrite(t *testing.T) {
	h := cannedServer(t, func(o *server.Options) { o.Shelf = nil }).Handler()
	doc := parse(t, get(h, "/fjern").Body)
	if doc.Find("form.letter").Length() != 0 || !strings.Contains(doc.Find("main").Text(), "Skriv til redaktion@eksempel.example") {
		t.Errorf("main: %q", doc.Find("main").Text())
	}
	if w := send(h, "/fjern", removalForm()); w.Code != http.StatusNotFound {
		t.Errorf("a letter: %d", w.Code)
	}
}

func TestNumbersOfNoLetterAreToldSo(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	for _, number := range []string{"zzzzz-zzzzz", "<script>", "../../etc"} {
		doc := parse(t, get(h, "/fjern?nummer="+url.QueryEscape(number)).Body)
		if !strings.Contains(doc.Find("[role=status]").Text(), "Vi har ingen henvendelse med det nummer.") {
			t.Errorf("%s: %q", number, doc.Find("[role=status]").Text())
		}
	}
}
