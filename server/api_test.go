package server_test

import (
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"smaabornsviden/server/api"
)

func search(t testing.TB, h http.Handler, query string) api.Result {
	t.Helper()
	w := get(h, "/api/v1/search?"+query)
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "application/json" {
		t.Fatalf("%s: %d %s: %s", query, w.Code, w.Header().Get("Content-Type"), w.Body)
	}
	var r api.Result
	d := json.NewDecoder(w.Body)
	d.DisallowUnknownFields()
	if err := d.Decode(&r); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestAPIAnswersWithTheContract(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	r := search(t, h, "q="+url.QueryEscape("blid indkøring i"))
	if r.Total != 3 || r.Page != 1 || r.Size != 10 || r.Pages != 1 || r.Generation == "" || len(r.Hits) != 3 {
		t.Errorf("result %+v", r)
	}
	first := slices.IndexFunc(r.Hits, func(h api.Hit) bool { return h.Source == "videncenter" })
	if first < 0 {
		t.Fatal("the report is not among the hits")
	}
	got := r.Hits[first]
	sum := 0.0
	for _, why := range got.Why {
		sum += why.Score
	}
	if len(got.Why) < 2 || math.Abs(sum-got.Score) > 1e-9 {
		t.Errorf("reasons %+v add up to %g, the score is %g", got.Why, sum, got.Score)
	}
	got.Score, got.Snippet, got.SnippetHTML, got.Why = 0, "", "", nil
	text := func(s string) *string { return &s }
	page := 2
	want := api.Hit{
		ID: got.ID, URL: "https://videncenter.example/udgivelser/vuggestuestart",
		Title:  "Indkøring i vuggestuen: hvad siger forskningen om de første uger?",
		Source: "videncenter", SourceName: "Videncenter for Tidlig Barndom", Sector: text("viden"), Type: "forskning",
		Published: text("2023-05-30"), Updated: text("2024-01-12"), Lang: text("da"),
		Authors: []string{"Karoline Vestermark", "Jonas Thybo Lindskov"}, Format: text("pdf"), SnippetPage: &page, Missing: []string{},
	}
	if diff := cmp.Diff(want, got); diff != "" || len(got.ID) != 16 {
		t.Errorf("first hit (-want +got):\n%s", diff)
	}
	if r.Hits[first].Score <= 0 || !strings.Contains(r.Hits[first].SnippetHTML, "<mark>blid</mark>") || strings.Contains(r.Hits[first].Snippet, "<mark>") {
		t.Errorf("score %g, snippet %q, html %q", r.Hits[first].Score, r.Hits[first].Snippet, r.Hits[first].SnippetHTML)
	}
	for _, name := range []string{"type", "sektor", "kilde", "aar", "sprog"} {
		if len(r.Facets[name]) == 0 {
			t.Errorf("no values of %s", name)
		}
	}
	if diff := cmp.Diff(api.Value{Value: "forskning", Label: "Forskning", Count: 1}, r.Facets["type"][0]); diff != "" {
		t.Errorf("first type (-want +got):\n%s", diff)
	}
	if !slices.Contains(r.Understood.Ignored, "i") || len(r.Understood.Words) < 2 {
		t.Errorf("understood %+v", r.Understood)
	}
}

func TestAPIWritesUnknownAsNullAndListsAsLists(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	var r struct {
		Hits []map[string]any
	}
	if err := json.Unmarshal(get(h, "/api/v1/search?q=leg&aar=1978").Body.Bytes(), &r); err != nil || len(r.Hits) == 0 {
		t.Fatal(err, r)
	}
	hit := r.Hits[0]
	for _, key := range []string{"id", "url", "title", "source", "source_name", "sector", "type", "published", "updated", "decided", "deadline", "lang", "authors", "format", "access", "doi", "score", "why", "snippet", "snippet_html", "snippet_page", "missing"} {
		if _, ok := hit[key]; !ok {
			t.Errorf("hit has no %q", key)
		}
	}
	if hit["updated"] != nil || hit["published"] != "1978" {
		t.Errorf("published %v, updated %v", hit["published"], hit["updated"])
	}
	if _, ok := hit["authors"].([]any); !ok {
		t.Errorf("authors %v is no list", hit["authors"])
	}
	empty := get(h, "/api/v1/search?q=xyzzy").Body.String()
	if !strings.Contains(empty, `"hits": []`) || !strings.Contains(empty, `"type": []`) {
		t.Errorf("no hits are not written as empty lists:\n%s", empty)
	}
}

func TestAPIParametersNarrowAndPage(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	for _, tc := range []struct {
		query             string
		total, hits, page int
	}{
		{"q=leg", 57, 10, 1},
		{"q=leg&page=6", 57, 7, 6},
		{"q=leg&page=7", 57, 0, 7}, // beyond the end: no hits, the true total
		{"q=leg&size=100", 57, 57, 1},
		{"q=leg&type=forskning", 13, 10, 1},
		{"q=leg&type=FORSKNING&type=Debat", 14, 10, 1},
		{"q=leg&type=forskning&sprog=en", 1, 1, 1},
		{"q=leg&kilde=lindeby", 2, 2, 1},
		{"q=leg&kilde=Lindeby+Kommune", 2, 2, 1},
		{"q=leg&sektor=Kommune", 2, 2, 1},
		{"q=leg&aar=1978", 1, 1, 1},
		{"q=leg&til=1990", 1, 1, 1},
		{"q=leg&fra=2023-05-30&til=2023-05-30", 1, 1, 1},
		{"kilde=lindeby", 2, 2, 1},
		{"q=type:debat", 1, 1, 1},
	} {
		r := search(t, h, tc.query)
		if r.Total != tc.total || len(r.Hits) != tc.hits || r.Page != tc.page {
			t.Errorf("%s: %d hits of %d on page %d, want %+v", tc.query, len(r.Hits), r.Total, r.Page, tc)
		}
	}
}

func TestAPISortsAsAsked(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	var dates []string
	for _, hit := range search(t, h, "q=leg&sort=aeldste&size=100").Hits {
		if hit.Published != nil && len(*hit.Published) == len("2006-01-02") && hit.Updated == nil {
			dates = append(dates, *hit.Published)
		}
	}
	if !slices.IsSorted(dates) || len(dates) < 40 {
		t.Errorf("%d dates, not from old to new: %v", len(dates), dates)
	}
}

func TestAPIRefusesWithProblems(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	for _, tc := range []struct {
		target string
		status int
		kind   api.Kind
		params string // those named in errors
	}{
		{"/api/v1/search", 400, api.EmptyQuery, ""},
		{"/api/v1/search?q=", 400, api.EmptyQuery, ""},
		{"/api/v1/search?q=%3F%3F", 400, api.EmptyQuery, ""},
		{"/api/v1/search?q=" + strings.Repeat("a", 513), 400, api.TooLong, ""},
		{"/api/v1/search?q=010203-1234", 400, api.CPR, ""},
		{"/api/v1/search?q=leg&x=010203-1234", 400, api.CPR, ""},
		{"/api/v1/search?q=leg&side=2", 400, api.BadParameter, "side"},
		{"/api/v1/search?q=leg&page=0&size=101", 400, api.BadParameter, "size page"},
		{"/api/v1/search?q=leg&size=0", 400, api.BadParameter, "size"},
		{"/api/v1/search?q=leg&page=1e3", 400, api.BadParameter, "page"},
		{"/api/v1/search?q=leg&page=1001", 400, api.BadParameter, "page"},
		{"/api/v1/search?q=leg&page=101&size=100", 400, api.BadParameter, "page"},
		{"/api/v1/search?q=leg&fra=20x0&til=2020-13", 400, api.BadParameter, "fra til"},
		{"/api/v1/search?q=leg&fra=2024&til=2020", 400, api.BadParameter, "fra"},
		{"/api/v1/search?q=leg&type=roman", 400, api.BadParameter, "type"},
		{"/api/v1/search?q=leg&sort=op", 400, api.BadParameter, "sort"},
		{"/api/v1/search?q=a&q=b", 400, api.BadParameter, "q"},
		{"/api/v1/search?q=%zz", 400, api.BadParameter, ""},
		{"/api/v1/soeg", 404, api.NotFound, ""},
		{"/api/", 404, api.NotFound, ""},
	} {
		w := get(h, tc.target)
		var p api.Problem
		if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
			t.Errorf("%s: %v in %s", tc.target, err, w.Body)
			continue
		}
		path, _, _ := strings.Cut(tc.target, "?")
		var params []string
		for _, e := range p.Errors {
			params = append(params, e.Parameter)
			if e.Detail == "" || e.Reason == "" {
				t.Errorf("%s: error %+v says nothing", tc.target, e)
			}
		}
		if w.Code != tc.status || p.Status != tc.status || p.Type != api.ProblemsPath+string(tc.kind) || p.Instance != path || strings.Join(params, " ") != tc.params {
			t.Errorf("%s: %d %+v, want %+v", tc.target, w.Code, p, tc)
		}
		if w.Header().Get("Content-Type") != "application/problem+json" || p.Title == "" || p.Detail == "" || p.RequestID == "" {
			t.Errorf("%s: %v %+v", tc.target, w.Header(), p)
		}
		if strings.Contains(w.Body.String(), "010203") {
			t.Errorf("%s: the number comes back", tc.target)
		}
	}
}

func TestTypesOfProblemsCanBeLookedUp(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	var p api.Problem
	if err := json.Unmarshal(get(h, "/api/v1/search?q=leg&x=1").Body.Bytes(), &p); err != nil {
		t.Fatal(err)
	}
	if w := get(h, p.Type); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), p.Title) {
		t.Errorf("%s: %d %s", p.Type, w.Code, w.Body)
	}
	if w := get(h, api.ProblemsPath+"opdigtet"); w.Code != http.StatusNotFound {
		t.Errorf("an unknown type: %d, want 404", w.Code)
	}
}

func TestPageAndAPIGiveTheSameAnswer(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	for _, query := range []string{"q=leg", "q=leg&type=forskning&sort=nyeste", "q=sprog+og+leg&fra=2020", "q=ADHD"} {
		r := search(t, h, query)
		doc := parse(t, get(h, "/soeg?"+query).Body)
		var titles, want []string
		for i := range r.Hits {
			want = append(want, strings.Join(strings.Fields(strings.ReplaceAll(r.Hits[i].Title, "\u202e", "")), " "))
			titles = append(titles, doc.Find(".card h3").Eq(i).Text())
		}
		if diff := cmp.Diff(want, titles); diff != "" {
			t.Errorf("%s (-API +page):\n%s", query, diff)
		}
		heading := fmt.Sprintf("%d resultater", r.Total)
		if r.Total == 0 {
			heading = "Ingen resultater"
		}
		if got := doc.Find("h1").Text(); !strings.HasPrefix(got, heading) {
			t.Errorf("%s: the page says %q, the API %d", query, got, r.Total)
		}
		if href, _ := doc.Find("link[rel=alternate][type='application/json']").Attr("href"); search(t, h, strings.TrimPrefix(href, api.Path+"?")).Total != r.Total {
			t.Errorf("%s: the page's data at %s is another answer", query, href)
		}
	}
}
