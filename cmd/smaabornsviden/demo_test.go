package main

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"smaabornsviden/crawler/demosite"
	"smaabornsviden/crawler/state"
	"smaabornsviden/index"
)

// searched is the part of the API's answer that these tests look at.
type searched struct {
	Total int
	Hits  []struct{ ID, URL, Title, Source, Type, Published, Snippet string }
}

// stored reads all documents of a data folder that nobody holds.
func stored(t testing.TB, data string) map[string]index.Document {
	t.Helper()
	st, err := state.Open(t.Context(), filepath.Join(data, "state.db"), state.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	docs := map[string]index.Document{}
	for after := ""; ; {
		some, err := st.Documents(t.Context(), after, 100)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range some {
			docs[d.URL] = d
			after = d.ID
		}
		if len(some) == 0 {
			return docs
		}
	}
}

func fingerprint(t *testing.T, data string) string {
	t.Helper()
	st, err := state.Open(t.Context(), filepath.Join(data, "state.db"), state.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	sum, err := st.Fingerprint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

func demoOnce(t testing.TB, data string, args ...string) string {
	t.Helper()
	res := invoke(t, nil, append([]string{"demo", "-data", data, "-addr", "127.0.0.1:0", "-exit"}, args...)...)
	if res.code != exitOK {
		t.Fatalf("demo: exit %d: %s\n%s", res.code, res.stderr, res.stdout)
	}
	return res.stdout
}

// TestDemoFindsEveryDocumentOfTheInventedPartners is the main job: sites, crawl, index, search, from an empty folder.
func TestDemoFindsEveryDocumentOfTheInventedPartners(t *testing.T) {
	if testing.Short() {
		t.Skip("the whole demonstration")
	}
	data := filepath.Join(t.TempDir(), "data")
	demoOnce(t, data)
	docs := stored(t, data)
	sites, err := demosite.New(demosite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := 0
	for _, label := range sites.Labels() {
		if !label.Indexed() {
			continue
		}
		want++
		doc, ok := docs[label.URL()]
		if !ok {
			t.Errorf("%s is not stored under %s", label.ID, label.URL())
			continue
		}
		if got := doc.Title; !strings.Contains(label.Title, got) && !strings.Contains(got, label.Title) {
			t.Errorf("%s: title %q, want %q", label.ID, got, label.Title)
		}
		checkDate(t, label, &doc)
	}
	if len(docs) != want {
		t.Errorf("%d documents are stored, want %d", len(docs), want)
	}
}

func checkDate(t *testing.T, label demosite.Label, doc *index.Document) {
	t.Helper()
	got := ""
	if date := doc.ShownDate(); !date.IsZero() {
		got = date.Time.Format(time.DateOnly)
	}
	if got != label.Published {
		t.Errorf("%s: date %q, want %q (%+v)", label.ID, got, label.Published, doc.ShownDate().Reason)
	}
}

func TestSecondStartTakesInOnlyWhatChanged(t *testing.T) {
	if testing.Short() {
		t.Skip("the whole demonstration, three times")
	}
	data := demoData(t)
	before := fingerprint(t, data)
	first := stored(t, data)
	out := demoOnce(t, data)
	if strings.Contains(out, string(state.BadNotModified)) {
		t.Errorf("sites that answer as they should are said to have failed:\n%s", out)
	}
	if after := fingerprint(t, data); after != before {
		t.Errorf("nothing changed on the sites, but the stored documents did:\n%s", out)
	}
	demoOnce(t, data, "-story", "2")
	second := stored(t, data)
	checkStory(t, first, second)
}

// checkStory holds the second crawl against what the story says of it.
func checkStory(t *testing.T, first, second map[string]index.Document) {
	t.Helper()
	byTitle := func(docs map[string]index.Document, part string) *index.Document {
		for _, d := range docs {
			if strings.Contains(d.Title, part) {
				return &d
			}
		}
		return nil
	}
	for title, gone := range map[string]bool{
		"tilsyn i dagtilbud":        true,  // 410
		"Förskolans kvalitet":       true,  // deleted record
		"pusterum":                  true,  // robots.txt
		"Normeringer og børns":      false, // its site is down
		"status efter første år":    false, // edited
		"Ude hver dag":              false, // moved
		"Familieven":                false,
		"Kvalitet i dagtilbud for ": false,
	} {
		if byTitle(first, title) == nil {
			t.Errorf("%q was not there after the first crawl", title)
		}
		if left := byTitle(second, title) == nil; left != gone {
			t.Errorf("%q left = %v, want %v", title, left, gone)
		}
	}
	edited := byTitle(second, "status efter første år")
	if edited != nil && !strings.Contains(edited.Body, "47 familier") {
		t.Errorf("the edited page still says something else than 47 familier")
	}
	was, is := byTitle(first, "Ude hver dag"), byTitle(second, "Ude hver dag")
	if was != nil && is != nil && (was.ID != is.ID || was.URL == is.URL) {
		t.Errorf("moved page: %s at %s became %s at %s; want the same id at another address", was.ID, was.URL, is.ID, is.URL)
	}
}

func TestSearchWorksWhileTheCrawlRuns(t *testing.T) {
	d := start(t, "demo", "-data", filepath.Join(t.TempDir(), "data"), "-addr", "127.0.0.1:0", "-fault", "L=slow")
	address := d.await(t, `http://(127\.0\.0\.1:\d+)/`)
	deadline := time.Now().Add(time.Minute)
	for time.Now().Before(deadline) {
		var ans searched
		fetchJSON(t, "http://"+address+"/api/v1/search?q=vuggestue", &ans)
		if ans.Total > 0 {
			if strings.Contains(d.out.String(), "documents can be found") {
				t.Error("the crawl was over before the first search could be answered")
			}
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	before := time.Now()
	if code := d.stop(t); code != exitOK {
		t.Errorf("exit %d after an interrupt, want 0:\n%s", code, d.out)
	}
	t.Logf("ended %s after the interrupt", time.Since(before).Round(time.Millisecond))
}

func TestSecondProcessIsToldWhoHoldsTheFolder(t *testing.T) {
	data := demoData(t)
	d := start(t, "demo", "-data", data, "-addr", "127.0.0.1:0")
	d.await(t, "documents can be found")
	holder := fmt.Sprintf("held by process %d (smaabornsviden demo", os.Getpid())
	for _, args := range [][]string{
		{"serve", "-data", data, "-addr", "127.0.0.1:0"},
		{"demo", "-data", data, "-addr", "127.0.0.1:0"},
	} {
		if res := invoke(t, nil, args...); res.code != exitFail || !strings.Contains(res.stderr, holder) {
			t.Errorf("%s: exit %d, printed %q, want %q", args[0], res.code, res.stderr, holder)
		}
	}
	// The others ask the holder.
	if res := invoke(t, nil, "query", "-data", data, "tilknytning", "i", "vuggestuen"); res.code != exitOK || !strings.Contains(res.stdout, "feltstudie") {
		t.Errorf("query: exit %d\n%s%s", res.code, res.stdout, res.stderr)
	}
	if res := invoke(t, nil, "status", "-data", data); res.code != exitOK || !strings.Contains(res.stdout, "(demo since") {
		t.Errorf("status: exit %d\n%s%s", res.code, res.stdout, res.stderr)
	}
	if res := invoke(t, nil, "rebuild", "-data", data); res.code != exitOK || !strings.Contains(res.stdout, "is in use with") {
		t.Errorf("rebuild: exit %d\n%s%s", res.code, res.stdout, res.stderr)
	}
}

func TestDemoAndRealDataStayApart(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	st, err := state.Open(t.Context(), filepath.Join(data, "state.db"), state.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := st.Set(t.Context(), purposeKey, purposeReal); err != nil {
		t.Fatal(err)
	}
	st.Close()
	res := invoke(t, nil, "demo", "-data", data, "-addr", "127.0.0.1:0")
	if res.code != exitFail || !strings.Contains(res.stderr, "choose another with -data") {
		t.Errorf("exit %d, printed %q", res.code, res.stderr)
	}
}

func TestRebuildGoesOnUnderSearches(t *testing.T) {
	data := demoData(t)
	d := start(t, "demo", "-data", data, "-addr", "127.0.0.1:0")
	address := d.await(t, `http://(127\.0\.0\.1:\d+)/`)
	d.await(t, "documents can be found")
	ctx, cancel := context.WithCancel(t.Context())
	failed := make(chan string, 1)
	go func() {
		defer close(failed)
		for ctx.Err() == nil {
			res, err := http.Get("http://" + address + "/api/v1/search?q=" + url.QueryEscape("børn"))
			if err != nil {
				failed <- err.Error()
				return
			}
			res.Body.Close()
			if res.StatusCode != http.StatusOK {
				failed <- res.Status
				return
			}
		}
	}()
	for range 3 {
		if res := invoke(t, nil, "rebuild", "-data", data); res.code != exitOK {
			t.Errorf("rebuild: %s", res.stderr)
		}
	}
	cancel()
	if why := <-failed; why != "" {
		t.Errorf("a search failed during the rebuild: %s", why)
	}
}

// What goes wrong for a reader of the demonstration stands in its output under the number that the answer gives; requests only
// where somebody wants to see them.
func TestTheDemonstrationTellsWhatWentWrong(t *testing.T) {
	for level, want := range map[slog.Level]string{slog.LevelInfo: "WARN ERROR", slog.LevelDebug: "INFO WARN ERROR", slog.LevelError: "ERROR"} {
		var out bytes.Buffer
		log := readersLog(slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{Level: level})))
		log.Info("request")
		log.Warn("read status")
		log.Error("search", "id", "1")
		var got []string
		for line := range strings.Lines(out.String()) {
			_, rest, _ := strings.Cut(line, "level=")
			said, _, _ := strings.Cut(rest, " ")
			got = append(got, said)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("at %s: %v, want %s", level, got, want)
		}
	}
}
