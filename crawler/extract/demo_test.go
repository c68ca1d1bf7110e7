package extract_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"smaabornsviden/crawler/demosite"
	"smaabornsviden/crawler/extract"
)

// TestDemoPagesGiveTitleDateLanguageAndText reads every written page of the invented partner sites and compares with
// what their authors say is in it. The templates are none of ours: they were made after real ones.
func TestDemoPagesGiveTitleDateLanguageAndText(t *testing.T) {
	now := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	sites, err := demosite.New(demosite.Options{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	var precision, recall, pages float64
	for _, label := range sites.Labels() {
		if !label.HasPage() {
			continue
		}
		res := readDemo(t, sites.Handler(), label.URL(), now)
		title, text := sites.Article(label.ID)
		checkDemo(t, label, res, title)
		p, r := overlap(res.Text, text)
		if p < 0.85 || r < 0.85 {
			t.Errorf("%s: text has precision %.3f, recall %.3f", label.ID, p, r)
		}
		precision, recall, pages = precision+p, recall+r, pages+1
	}
	p, r := precision/pages, recall/pages
	t.Logf("%.0f pages: text F1 %.4f (precision %.4f, recall %.4f)", pages, 2*p*r/(p+r), p, r)
	if 2*p*r/(p+r) < 0.97 {
		t.Errorf("text F1 fell to %.4f", 2*p*r/(p+r))
	}
}

func readDemo(t *testing.T, h http.Handler, address string, now time.Time) extract.Result {
	t.Helper()
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, address, nil))
	if rec.Code != http.StatusOK {
		t.Fatalf("GET %s: %d", address, rec.Code)
	}
	res, err := extract.HTML(extract.Input{
		URL: address, ContentType: rec.Header().Get("Content-Type"), Header: rec.Header(), Body: rec.Body.Bytes(), Agent: "smaabornsviden", Now: now,
	})
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// frame are words of the templates that stand in no article.
var frame = []string{
	"indhold\n", "cookies", "Leave a Reply", "Skriv en kommentar", "Close this search box", "Forrige artikel", "Næste artikel", "Forrige indlæg",
	"Læs højt", "Del siden", "Del dette", "Udskriv", "Hjem »", "Du er her:", "Nyhedsbrev", "\u00ad",
}

func checkDemo(t *testing.T, label demosite.Label, res extract.Result, title string) {
	t.Helper()
	if res.Title != title {
		t.Errorf("%s: title %q; want %q", label.ID, res.Title, title)
	}
	shown := res.Published
	if shown.IsZero() {
		shown = res.Updated
	}
	day := ""
	if !shown.IsZero() {
		day = shown.Time.Format(time.DateOnly)
	}
	if day != label.Published {
		t.Errorf("%s: date %q by %+v; want %q", label.ID, day, shown.Reason, label.Published)
	}
	if res.Lang != label.Lang && label.Lang != "none" {
		t.Errorf("%s: language %q; want %q", label.ID, res.Lang, label.Lang)
	}
	for _, bad := range frame {
		if strings.Contains(res.Text, bad) {
			t.Errorf("%s: text holds %q", label.ID, bad)
		}
	}
}

// overlap is precision and recall of runs of four words, whichever way they are parted. Soft hyphens are the source's.
func overlap(got, want string) (precision, recall float64) {
	a, b := runs(got), runs(strings.ReplaceAll(want, "\u00ad", ""))
	both, inGot, inWant := 0, 0, 0
	for run, n := range a {
		inGot += n
		both += min(n, b[run])
	}
	for _, n := range b {
		inWant += n
	}
	return float64(both) / float64(max(1, inGot)), float64(both) / float64(max(1, inWant))
}

func runs(text string) map[string]int {
	words := strings.Fields(text)
	out := map[string]int{}
	for i := 0; i+4 <= len(words); i++ {
		out[strings.Join(words[i:i+4], " ")]++
	}
	return out
}
