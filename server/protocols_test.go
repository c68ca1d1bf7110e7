package server_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"smaabornsviden/index"
	"smaabornsviden/index/vocab"
	"smaabornsviden/server"
	"smaabornsviden/server/protocol"
	"smaabornsviden/server/servertest"
)

func savedProtocol(t *testing.T, h http.Handler, query string) (path string, rec protocol.Record, text []byte) {
	t.Helper()
	w := send(h, "/api/v1/protocol?"+query, nil)
	if w.Code != http.StatusCreated {
		t.Fatalf("%d: %s", w.Code, w.Body)
	}
	if err := json.Unmarshal(w.Body.Bytes(), &rec); err != nil {
		t.Fatal(err)
	}
	return w.Header().Get("Location"), rec, w.Body.Bytes()
}

func TestAProtocolHasAllHitsInTheOrderOfTheSearch(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	path, rec, text := savedProtocol(t, h, "q=leg&sort=nyeste")
	var ids []string
	for page := "/api/v1/search?q=leg&sort=nyeste&size=50"; page != ""; {
		var found struct {
			Total int
			Hits  []struct{ ID string }
		}
		w := get(h, page)
		decode(t, w, &found)
		for _, hit := range found.Hits {
			ids = append(ids, hit.ID)
		}
		page = ""
		for _, link := range w.Header().Values("Link") {
			if to, rel, _ := strings.Cut(link, ">; "); rel == `rel="next"` {
				page = strings.TrimPrefix(to, "<")
			}
		}
	}
	var named []string
	for _, r := range rec.Records {
		named = append(named, r.ID)
	}
	if strings.Join(named, " ") != strings.Join(ids, " ") || rec.Total != len(ids) || !rec.Whole {
		t.Errorf("protocol of %d (%d), search of %d", len(named), rec.Total, len(ids))
	}
	sum := sha256.Sum256(text)
	if want := "/api/v1/protocol/" + strings.ToLower(base32.StdEncoding.EncodeToString(sum[:]))[:26]; path != want {
		t.Errorf("at %s, the text's hash says %s", path, want)
	}
	if again := get(h, path); again.Code != http.StatusOK || !bytes.Equal(again.Body.Bytes(), text) {
		t.Errorf("read again: %d, the same %v", again.Code, bytes.Equal(again.Body.Bytes(), text))
	}
	hits := 0
	for _, src := range rec.Sources {
		hits += src.Hits
	}
	if hits != rec.Total {
		t.Errorf("the sources have %d hits together, %d were found", hits, rec.Total)
	}
}

func TestTheButtonOnTheResultsPageKeepsTheSearchAsItStands(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	for _, prefix := range []string{"", "/en"} {
		doc := parse(t, get(h, prefix+"/soeg?q=leg&type=forskning&type=praksis&fra=2019&sort=nyeste&udvid=nej&side=2").Body)
		form := doc.Find("form.keep")
		action, _ := form.Attr("action")
		values := url.Values{}
		for _, field := range form.Find("input[type=hidden]").EachIter() {
			name, _ := field.Attr("name")
			value, _ := field.Attr("value")
			values.Add(name, value)
		}
		w := send(h, action, values)
		to := w.Header().Get("Location")
		if w.Code != http.StatusSeeOther || !strings.HasPrefix(to, prefix+"/protokol/") {
			t.Fatalf("%s: %d to %q with %v", action, w.Code, to, values)
		}
		var rec protocol.Record
		decode(t, get(h, strings.Replace(strings.TrimPrefix(to, "/en"), "/protokol/", "/api/v1/protocol/", 1)), &rec)
		want, err := url.ParseQuery("q=leg&type=forskning&type=praksis&fra=2019&sort=nyeste&udvid=nej")
		if err != nil {
			t.Fatal(err)
		}
		if rec.Query.Params != want.Encode() {
			t.Errorf("kept %s, want %s", rec.Query.Params, want.Encode())
		}
		if w := get(h, to); w.Code != http.StatusOK {
			t.Errorf("%s: %d", to, w.Code)
		}
	}
}

// swapped is an engine whose documents can be exchanged.
type swapped struct{ *servertest.Engine }

func TestALaterRunTellsWhatIsNewGoneAndChanged(t *testing.T) {
	docs := servertest.Documents()
	for i := range docs {
		docs[i].PageMark, docs[i].ReadMark = "page 1", "way 1"
	}
	var e *swapped
	var made server.Options
	h := cannedServer(t, func(o *server.Options) {
		e = &swapped{servertest.NewEngine(o.Analyzer, docs)}
		o.Engine = e
		made = *o
	}).Handler()
	path, rec, _ := savedProtocol(t, h, "q=blid+indk%C3%B8ring")
	var c protocol.Comparison
	decode(t, get(h, path+"/compare"), &c)
	if !c.Same || !c.ReadAlike || c.IDs != rec.IDsSHA256 {
		t.Errorf("nothing happened: %+v", c)
	}
	if len(rec.Records) < 3 {
		t.Fatalf("%d hits are too few for this test", len(rec.Records))
	}
	later := append([]index.Document{}, docs...)
	later[0].Type.Value, later[0].ReadMark = "debat", "way 2"
	later[1].PageMark = "page 2"
	later[1].Body = "En blid indkøring varer nu tre uger. " + later[1].Body
	later[2].Body = "Intet om det."
	later = append(later, index.Document{ID: "nynynynynynynyny", Title: "Blid indkøring i dagplejen", Body: "Ny tekst.", Source: "lindeby", Face: true})
	e.Engine = servertest.NewEngine(made.Analyzer, later)
	decode(t, get(h, path+"/compare"), &c)
	if c.Same || len(c.New) != 1 || c.New[0].ID != "nynynynynynynyny" || len(c.Changed) != 1 || c.Changed[0].ID != docs[1].ID || len(c.Gone) != 1 || c.Gone[0].ID != docs[2].ID {
		t.Errorf("got %+v", c)
	}
	page := parse(t, get(h, strings.Replace(path, "/api/v1/protocol/", "/protokol/", 1)+"/sammenlign").Body)
	if said := page.Find("[role=status]").Text(); said != "Siden dengang: 1 nye, 1 væk, 1 ændret." {
		t.Errorf("the page says %q", said)
	}
	if c.ChangedBy != (protocol.ChangedBy{Source: 1}) || c.Changed[0].Cause != protocol.BySource {
		t.Errorf("changed by %+v: %+v", c.ChangedBy, c.Changed)
	}
	text := strings.Join(strings.Fields(page.Find("main").Text()), " ")
	for _, want := range []string{"1 dokument: Kilden har ændret siden.", "(ændret hos kilden)", "1 dokument: Teksten er den samme, men vi beskriver den på en anden måde"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in %s", want, text)
		}
	}
}

func TestProtocolsComeAsTextAndCSVToo(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	path, rec, _ := savedProtocol(t, h, "q=leg&type=forskning")
	for format, contentType := range map[string]string{"txt": "text/plain; charset=utf-8", "csv": "text/csv; charset=utf-8", "json": "application/json"} {
		w := get(h, path+"?format="+format)
		if w.Code != http.StatusOK || w.Header().Get("Content-Type") != contentType || !strings.Contains(w.Body.String(), rec.Records[0].ID) {
			t.Errorf("%s: %d %s %.200s", format, w.Code, w.Header().Get("Content-Type"), w.Body)
		}
	}
	if w := get(h, path+"?format=pdf"); w.Code != http.StatusBadRequest {
		t.Errorf("an unknown format: %d", w.Code)
	}
}

func TestProtocolsThatAreNotMade(t *testing.T) {
	for _, tt := range []struct {
		name, path string
		header     []string
		want       int
	}{
		{"a CPR number", "/api/v1/protocol?q=010203-1234", nil, http.StatusBadRequest},
		{"nothing to search for", "/api/v1/protocol", nil, http.StatusBadRequest},
		{"an unknown parameter", "/api/v1/protocol?q=leg&page=2", nil, http.StatusBadRequest},
		{"another site's script", "/api/v1/protocol?q=leg", []string{"Sec-Fetch-Site", "cross-site"}, http.StatusForbidden},
	} {
		kept := servertest.NewShelf()
		var log bytes.Buffer
		h := cannedServer(t, func(o *server.Options) { o.Shelf, o.Log = kept, slog.New(slog.NewTextHandler(&log, nil)) }).Handler()
		w := send(h, tt.path, nil, tt.header...)
		if w.Code != tt.want || w.Header().Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %d %s, want %d", tt.name, w.Code, w.Body, tt.want)
		}
		if all, _ := kept.List(t.Context(), "protokol", time.Time{}, 9); len(all) > 0 || strings.Contains(log.String(), "010203") {
			t.Errorf("%s: kept %v, log %s", tt.name, all, &log)
		}
	}
	h := cannedServer(t, nil).Handler()
	if w := send(h, "/protokol", url.Values{"q": {"010203-1234"}}); w.Code != http.StatusBadRequest || strings.Contains(w.Body.String(), "010203") {
		t.Errorf("a CPR number by form: %d", w.Code)
	}
	for _, q := range []string{"", "!", "år:20x0"} {
		if w := send(h, "/protokol", url.Values{"q": {q}}); w.Code != http.StatusBadRequest {
			t.Errorf("%q by form: %d", q, w.Code)
		}
	}
	for _, path := range []string{"/api/v1/protocol/aaaaaaaaaaaaaaaaaaaaaaaaaa", "/api/v1/protocol/x/compare", "/protokol/../x", "/protokol/aaaaaaaaaaaaaaaaaaaaaaaaaa"} {
		if w := get(h, path); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	if w := get(h, "/api/v1/protocol"); w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != "POST" {
		t.Errorf("GET: %d, Allow %q", w.Code, w.Header().Get("Allow"))
	}
}

func TestProtocolsAreBounded(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	for i := range 60 {
		if w := send(h, "/api/v1/protocol?q=varsel", nil, "from", "192.0.2.1:1"); w.Code != http.StatusCreated {
			t.Fatalf("protocol %d: %d", i+1, w.Code)
		}
	}
	if w := send(h, "/api/v1/protocol?q=varsel", nil, "from", "192.0.2.1:2"); w.Code != http.StatusTooManyRequests {
		t.Errorf("the sixty-first: %d", w.Code)
	}
}

// restless is an index that changes at every search.
type restless struct {
	*servertest.Engine
	seq uint64
}

func (r *restless) Search(ctx context.Context, p index.Plan) (index.Page, error) {
	page, err := r.Engine.Search(ctx, p)
	r.seq++
	page.Seq = r.seq
	return page, err
}

func TestAProtocolIsOfOneStateOfTheIndex(t *testing.T) {
	h := cannedServer(t, func(o *server.Options) { o.Engine = &restless{Engine: o.Engine.(*servertest.Engine)} }).Handler()
	if w := send(h, "/api/v1/protocol?q=leg", nil); w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" || !strings.Contains(w.Body.String(), "busy") {
		t.Errorf("an index that never rests: %d %s", w.Code, w.Body)
	}
	if w := send(h, "/api/v1/protocol?q=varsel", nil); w.Code != http.StatusCreated {
		t.Errorf("what fits on one page is of one state: %d", w.Code)
	}
}

// counted is an engine in which the word itself is more common than its translation, which therefore weighs by how many
// documents there are.
type counted struct{ *swapped }

func (counted) DocFreq(_ context.Context, _ index.Field, terms []string) ([]int, error) {
	out := make([]int, len(terms))
	for i, term := range terms {
		out[i] = 1
		if strings.HasPrefix(term, "sprog") {
			out[i] = 3
		}
	}
	return out, nil
}

func TestADocumentLessIsNoOtherReading(t *testing.T) {
	docs := append(servertest.Documents(), index.Document{ID: "uvedkommendeuved", Title: "Affald", Body: "Skraldespande.", Source: "lindeby", Face: true})
	var e *swapped
	var made server.Options
	h := cannedServer(t, func(o *server.Options) {
		e = &swapped{servertest.NewEngine(o.Analyzer, docs)}
		o.Engine = counted{e}
		var err error
		if o.Vocabulary, err = vocab.Default(o.Analyzer); err != nil {
			t.Fatal(err)
		}
		made = *o
	}).Handler()
	path, before, _ := savedProtocol(t, h, "q=sprog")
	e.Engine = servertest.NewEngine(made.Analyzer, docs[:len(docs)-1])
	var c protocol.Comparison
	decode(t, get(h, path+"/compare"), &c)
	_, now, _ := savedProtocol(t, h, "q=sprog")
	if before.PlanSHA256 == now.PlanSHA256 {
		t.Fatal("no weight has changed: this tests nothing")
	}
	if !c.ReadAlike || c.ReadOtherwise != "" || now.Software.Vocabulary == "" {
		t.Errorf("got alike %v, %q", c.ReadAlike, c.ReadOtherwise)
	}
}
