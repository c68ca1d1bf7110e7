package server_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"smaabornsviden/index"
	"smaabornsviden/server"
	"smaabornsviden/server/cite"
	"smaabornsviden/server/servertest"
)

func TestExportHoldsAllHitsInTheOrderOfThePage(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	w := get(h, "/api/v1/export?q=leg&format=csv")
	rows, err := csv.NewReader(w.Body).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 58 || w.Header().Get("X-Total-Count") != "57" || w.Header().Get("X-Index-State") != "g1/1" {
		t.Errorf("%d rows, header %v", len(rows), w.Header())
	}
	for i, hit := range search(t, h, "q=leg&size=100").Hits {
		if rows[i+1][0] != hit.ID {
			t.Fatalf("row %d is %s, hit is %s", i+1, rows[i+1][0], hit.ID)
		}
	}
	if got := w.Header().Get("Content-Disposition"); got != `attachment; filename="smaabornsviden.csv"` {
		t.Errorf("offered as %s", got)
	}
}

func TestEveryFormatIsServedAsItself(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	id := servertest.Documents()[0].ID
	for _, f := range cite.Formats() {
		for _, target := range []string{"/api/v1/export?kilde=videncenter&format=" + f.Name, "/dokument/" + id + "/" + f.Name} {
			w := get(h, target)
			if w.Code != http.StatusOK || w.Header().Get("Content-Type") != f.ContentType || !strings.Contains(w.Body.String(), "Indkøring i vuggestuen") {
				t.Errorf("%s: %d %s %s", target, w.Code, w.Header().Get("Content-Type"), w.Body)
			}
			if head := do(h, http.MethodHead, target); head.Code != http.StatusOK || head.Body.Len() > 0 || head.Header().Get("Content-Type") != f.ContentType {
				t.Errorf("HEAD %s: %d %v", target, head.Code, head.Header())
			}
		}
	}
	var d struct{ ID, Citation string }
	if err := json.Unmarshal(get(h, "/dokument/"+id+"/jsonl").Body.Bytes(), &d); err != nil || d.ID != id || d.Citation == "" {
		t.Errorf("JSON lines: %+v %v", d, err)
	}
}

func TestExportRefusesWhatSearchRefuses(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	for target, code := range map[string]int{
		"/api/v1/export?format=csv": 400, "/api/v1/export?q=leg": 400, "/api/v1/export?q=leg&format=word": 400,
		"/api/v1/export?q=leg&format=csv&page=2": 400, "/api/v1/export?q=010203-1234&format=csv": 400, "/api/v1/export?q=xyzzy&format=ris": 200,
		"/dokument/findes-ikke/ris": 404, "/dokument/" + servertest.Documents()[0].ID + "/word": 404,
	} {
		if w := get(h, target); w.Code != code || strings.Contains(w.Body.String(), "010203") {
			t.Errorf("%s: %d %s, want %d", target, w.Code, w.Body, code)
		}
	}
}

func TestReservedTextsAreFoundAndLeftOutOfExports(t *testing.T) {
	docs := servertest.Documents()
	docs[1].TDMReserved = true
	o, err := servertest.Options(docs)
	if err != nil {
		t.Fatal(err)
	}
	h := mustServer(t, o).Handler()
	if r := search(t, h, "q=leg&kilde=lindeby"); r.Total != 2 {
		t.Errorf("%d hits, want 2", r.Total)
	}
	if take := parse(t, get(h, "/soeg?q=leg&kilde=lindeby").Body).Find(".take").Text(); !strings.Contains(take, "Hent 1 af 2 resultater: ") || !strings.Contains(take, "1 resultat er ikke med i filerne, fordi") {
		t.Errorf("beside the files: %q", take)
	}
	w := get(h, "/api/v1/export?q=leg&kilde=lindeby&format=ris")
	result := w.Result()
	if head := do(h, http.MethodHead, "/api/v1/export?q=leg&kilde=lindeby&format=ris"); result.Header.Get("X-Total-Count") != "2" || result.Header.Get("X-Reserved") != "1" || head.Header().Get("X-Reserved") != "1" {
		t.Errorf("header %v, asked for alone %v", result.Header, head.Header())
	}
	if strings.Contains(w.Body.String(), docs[1].Title) || result.Trailer.Get("X-Left-Out") != "1" {
		t.Errorf("left out %q: %s", result.Trailer.Get("X-Left-Out"), w.Body)
	}
}

// One page does not show all hits; what stays out of the file is counted over all of them.
func TestReservedTextsOfOtherPagesAreToldByTheFile(t *testing.T) {
	docs := servertest.Documents()
	docs[0].TDMReserved = true
	o, err := servertest.Options(docs)
	if err != nil {
		t.Fatal(err)
	}
	h := mustServer(t, o).Handler()
	for target, want := range map[string]string{
		"/soeg?q=leg": "Hent 56 af 57 resultater: ", "/soeg?q=leg&side=3": "Hent 56 af 57 resultater: ", "/en/soeg?q=leg": "Download 56 of 57 results: ",
		"/soeg?q=leg&kilde=-" + docs[0].Source: "Hent alle ",
	} {
		if take := parse(t, get(h, target).Body).Find(".take").Text(); !strings.Contains(take, want) {
			t.Errorf("%s: %q, want %q", target, take, want)
		}
	}
	if r := search(t, h, "q=leg"); r.Reserved == nil || *r.Reserved != 1 {
		t.Errorf("the API reserves %v", r.Reserved)
	}
	if w := get(h, "/api/v1/export?q=leg&format=ris"); w.Result().Header.Get("X-Reserved") != "1" {
		t.Errorf("header of the file: %v", w.Result().Header)
	}
}

// A list that breaks off must not look like a whole one.
func TestExportThatBreaksOffCutsTheConnection(t *testing.T) {
	searches := 0 // the count of what is reserved takes 13 of them
	s := cannedServer(t, func(o *server.Options) {
		var many []index.Document
		for i := range 1250 {
			d := servertest.Documents()[0]
			d.ID = index.NewID(strings.Repeat("x", i))
			many = append(many, d)
		}
		o.Engine = servertest.NewEngine(o.Analyzer, many)
		o.Engine.(*servertest.Engine).Fail = func(context.Context) error {
			if searches++; searches > 20 {
				return errors.New("disk on fire")
			}
			return nil
		}
	})
	base, stop, ended := serving(t, s)
	resp, err := http.Get(base + "/api/v1/export?q=leg&format=ris")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	_, err = io.Copy(&b, resp.Body)
	resp.Body.Close()
	if err == nil || b.Len() == 0 {
		t.Errorf("%d bytes came and the error is %v", b.Len(), err)
	}
	stop()
	<-ended
}
