package crawler_test

import (
	"testing"
	"time"
)

// twoSites are a small council and a small journal that link to each other and to a stranger.
func twoSites(t *testing.T) *world {
	w := newWorld(t)
	w.set("kommune.example", "/robots.txt", answer{body: "User-agent: *\nDisallow: /intern/\nSitemap: http://kommune.example/kort.xml\n", header: map[string]string{"Content-Type": "text/plain"}})
	w.page("kommune.example", "/", "Forside", "/dagtilbud", "/intern/referat", "http://tidsskrift.example/leg", "http://fremmed.example/x", "mailto:a@b.dk")
	w.page("kommune.example", "/dagtilbud", "Overgange i dagtilbud", "/", "/sundhedspleje?utm_source=nyt", "/findes-ikke")
	w.page("kommune.example", "/sundhedspleje", "Sundhedsplejens besøg")
	w.page("tidsskrift.example", "/", "Tidsskrift for leg", "/leg", "/arkiv")
	w.page("tidsskrift.example", "/leg", "Leg som grundlæggende")
	w.page("tidsskrift.example", "/arkiv", "Alle artikler samlet")
	return w
}

func TestRunVisitsWhatIsDueAndNamesWhatItDoesNot(t *testing.T) {
	w := twoSites(t)
	s := openState(t)
	rep := crawl(t, w.options(s, register(t, "kommune.example", "tidsskrift.example")))
	w.manners(w.take(), time.Second, "kommune.example/intern")

	docs := documents(t, s)
	if len(docs) != 6 {
		t.Errorf("%d documents, want 6", len(docs))
	}
	d := docs["http://kommune.example/dagtilbud"]
	if d.Title != "Overgange i dagtilbud" || d.Type.Value != "praksis" || d.Lang.Value != "da" || d.Source != "kommune" {
		t.Errorf("document = %+v", d)
	}
	for url, want := range map[string]string{
		"http://kommune.example/":               "ok",
		"http://kommune.example/sundhedspleje":  "ok",
		"http://kommune.example/intern/referat": "refused robots",
		"http://kommune.example/findes-ikke":    "missing http-404",
		"http://fremmed.example/x":              "refused out-of-scope",
		"http://kommune.example/kort.xml":       "missing http-404",
	} {
		if got := standing(t, s, url); got != want {
			t.Errorf("%s stands at %q, want %q", url, got, want)
		}
	}
	k := rep.Sources[0]
	if k.Indexed != 3 || k.Refused["robots"] != 1 || k.Refused["http-404"] != 1 || k.Left != 0 || k.Bytes == 0 {
		t.Errorf("report of kommune = %+v", k)
	}
}

func TestSecondRunFetchesNoBodyAndWritesNothing(t *testing.T) {
	w := twoSites(t)
	s := openState(t)
	o := w.options(s, register(t, "kommune.example", "tidsskrift.example"))
	crawl(t, o)
	w.take()
	seq, docs := lastSeq(t, s), fingerprint(t, s)

	w.clock.advance(time.Hour)
	rep := crawl(t, o)
	log := w.take()
	w.manners(log, time.Second)
	visits := 0
	for _, r := range log {
		if r.path == "/robots.txt" || r.status == 404 {
			continue
		}
		visits++
		if r.status != 304 || r.bytes != 0 {
			t.Errorf("%s%s was answered %d with %d bytes, want 304", r.host, r.path, r.status, r.bytes)
		}
	}
	if visits != 6 {
		t.Errorf("%d visits, want 6", visits)
	}
	if lastSeq(t, s) != seq || fingerprint(t, s) != docs {
		t.Error("the second run wrote documents although nothing had changed")
	}
	if n := rep.Sources[0].Unchanged + rep.Sources[1].Unchanged; n != 6 {
		t.Errorf("%d unchanged, want 6", n)
	}
}
