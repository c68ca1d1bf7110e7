package server_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"smaabornsviden/index"
	"smaabornsviden/index/programmes"
	"smaabornsviden/server"
	"smaabornsviden/server/servertest"
)

// A figure stays as it was told; the page leads to the document that told it and says what has happened to that since.
func TestFiguresLeadToTheirDocumentAndSayThatItHasChanged(t *testing.T) {
	day := func(text string) time.Time {
		at, err := time.Parse(time.DateOnly, text)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	const changed, lacks, lost = "Kilden er ændret siden: se", "Tallet står der ikke længere", "Vi finder ikke tallet i kilden"
	for name, tt := range map[string]struct {
		body             string
		change           func(d *index.Document)
		altered, updated string
		want             []string
	}{
		"as it was":                    {body: "Her kommer 31 familier."},
		"altered before":               {body: "Her kommer 31 familier.", altered: "2024-06-01"},
		"altered after":                {body: "Her kommer 31 familier.", altered: "2024-09-17", want: []string{changed, "17. september 2024"}},
		"updated after":                {body: "Her kommer 31 familier.", updated: "2024-09-18", want: []string{changed, "18. september 2024"}},
		"updated on the day":           {body: "Her kommer 31 familier.", updated: "2024-06-03"},
		"another number":               {body: "Her kommer 47 familier, 131 i alt.", want: []string{lost}},
		"another number, altered":      {body: "Her kommer 47 familier.", altered: "2024-09-17", want: []string{changed, lacks}},
		"no text to look in":           {body: ""},
		"metadata alone":               {body: "Kort.", change: func(d *index.Document) { d.MetadataOnly = true }},
		"moved, and known by its link": {body: "Her kommer 47 familier.", change: func(d *index.Document) { d.ID = "flyttet" }, want: []string{lost}},
	} {
		t.Run(name, func(t *testing.T) {
			docs := servertest.Documents()
			d := &docs[8]
			d.URL, d.Body, d.Title = "https://lindeby.example/status", tt.body, "Småbørnscaféer: status"
			d.ID = index.NewID(d.URL)
			d.Programmes = []index.Topic{{Slug: "smaaboernscafeer"}}
			if tt.updated != "" {
				d.Updated = index.Date{Time: day(tt.updated), Precision: index.Day}
			}
			if tt.change != nil {
				tt.change(d)
			}
			o, err := servertest.Options(docs)
			if err != nil {
				t.Fatal(err)
			}
			o.Programmes[0].Figures = []programmes.Figure{
				{Kind: programmes.Result, What: "Familier", Value: "31", Source: "Lindeby Kommune", Date: "2024-06-03", URL: "https://lindeby.example/status/"},
				{Kind: programmes.Plan, What: "Caféer", Value: "3", Source: "Et andet sted", URL: "https://andet.example/tal"},
				{Kind: programmes.Plan, What: "Børn", Value: "600", Source: "Ukendt sted"},
			}
			o.Altered = func(_ context.Context, ids []string) (map[string]time.Time, error) {
				if tt.altered == "" || len(ids) != 1 || ids[0] != d.ID {
					return nil, nil
				}
				return map[string]time.Time{d.ID: day(tt.altered)}, nil
			}
			h := mustServer(t, o).Handler()
			text := get(h, "/indsats/smaaboernscafeer").Body.String()
			for _, want := range append(tt.want, `<a href="/dokument/`+d.ID+`">Lindeby Kommune</a>`, `href="https://andet.example/tal"`, "<strong>31</strong>", "ifølge Ukendt sted") {
				if !strings.Contains(text, want) {
					t.Errorf("no %q", want)
				}
			}
			for _, said := range []string{changed, lacks, lost} {
				if !strings.Contains(strings.Join(tt.want, " "), said) && strings.Contains(text, said) {
					t.Errorf("says %q", said)
				}
			}
			if strings.Contains(text, "<strong>47</strong>") {
				t.Error("the figure is replaced")
			}
		})
	}
}

// The box of a search says the same as the page.
func TestTheBoxOfAProgrammeSaysThatASourceHasChanged(t *testing.T) {
	docs := servertest.Documents()
	docs[0].ID = index.NewID(docs[0].URL)
	h := cannedServer(t, func(o *server.Options) {
		o.Programmes[0].Figures = []programmes.Figure{{Kind: programmes.Result, What: "Familier", Value: "77777", Source: "Kilden", Date: "2024", URL: docs[0].URL}}
	}).Handler()
	w := get(h, "/soeg?q=sm%C3%A5b%C3%B8rnscafeer")
	box := parse(t, w.Body).Find(".programme-box")
	if w.Code != http.StatusOK || !strings.Contains(box.Text(), "Vi finder ikke tallet i kilden") || box.Find("a[href='/dokument/"+docs[0].ID+"']").Length() == 0 {
		t.Errorf("%d: %s", w.Code, box.Text())
	}
}
