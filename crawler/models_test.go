package crawler_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"smaabornsviden/crawler"
)

// soup is a page of a site whose elements have no names to go by.
func soup(n int, links []string) string {
	var b strings.Builder
	title := "Sang og rytmer i gruppe " + name(n)
	fmt.Fprintf(&b, "<html><head><title>%s</title></head><body><div class=a><div class=b>", title)
	for _, l := range links {
		fmt.Fprintf(&b, `<a href="%s">%s</a> `, l, strings.TrimPrefix(l, "/side/"))
	}
	fmt.Fprintf(&b, "</div><div class=c><h1>%s</h1>", title)
	for i := range 4 {
		fmt.Fprintf(&b, "<p>Gruppe %s synger den %s sang, og de voksne i stuen skriver ned, hvad børnene i %s finder på undervejs.</p>", name(n), name(n+i), name(n*7+i))
	}
	b.WriteString("<div class=d><p>Kontakt vejledningen på hverdage, hvis du har spørgsmål til siden og dens indhold.</p></div></div>")
	b.WriteString("<div class=e><p>Tilmeld dig kurset om de mindste børns musik, som holdes hvert forår i hele landet.</p></div></div></body></html>")
	return b.String()
}

// soupSite is 40 such pages; step says in which order they lead to each other.
func soupSite(t *testing.T, step int) *world {
	w := newWorld(t)
	path := func(i int) string { return "/side/" + name(i) }
	for i := range 40 {
		w.set("a.example", path(i), answer{body: soup(i, []string{path((i + step) % 40), path((i + 3*step) % 40)}), etag: true})
	}
	w.page("a.example", "/", "Forside", path(0))
	return w
}

func soupOptions(t *testing.T, w *world) crawler.Options {
	o := w.options(openState(t), register(t, "a.example"))
	o.Revisit = crawler.All
	return o
}

func TestTheTemplateOfASiteIsReadOutOfAllItsPages(t *testing.T) {
	w := soupSite(t, 1)
	o := soupOptions(t, w)
	crawl(t, o)
	docs := documents(t, o.State)
	if len(docs) != 41 {
		t.Errorf("%d documents", len(docs))
	}
	for url, d := range docs {
		for _, line := range []string{"Kontakt vejledningen", "Tilmeld dig kurset"} {
			if strings.Contains(d.Body, line) {
				t.Errorf("%s says %q", url, line)
			}
		}
		if strings.Contains(url, "/side/") && strings.Count(d.Body, "synger") != 4 {
			t.Errorf("%s says %q", url, d.Body)
		}
	}
	seen := map[string]int{}
	for _, r := range w.take() {
		if seen[r.path]++; seen[r.path] > 1 {
			t.Errorf("%s was fetched again", r.path)
		}
	}
	seq := lastSeq(t, o.State)
	w.clock.advance(24 * time.Hour)
	crawl(t, o)
	if again := lastSeq(t, o.State); again != seq {
		t.Errorf("a second crawl of the same pages made %d changes", again-seq)
	}
}

func TestWhatIsLearntDoesNotDependOnTheOrderOfPages(t *testing.T) {
	var want string
	for _, step := range []int{1, 3, 7, 39} {
		w := soupSite(t, step)
		o := soupOptions(t, w)
		o.Workers = step
		crawl(t, o)
		texts := ""
		for i := range 40 {
			texts += documents(t, o.State)["http://a.example/side/"+name(i)].Body
		}
		if want == "" {
			want = texts
		}
		if texts != want || !strings.Contains(texts, "synger") {
			t.Errorf("links in steps of %d gave other texts", step)
		}
	}
}

func TestANewTemplateIsLearntWhenASiteGetsOne(t *testing.T) {
	w := soupSite(t, 1)
	o := soupOptions(t, w)
	crawl(t, o)
	for i := range 40 {
		body := strings.NewReplacer("class=c", "class=tekst", "class=d", "class=boks", "Kontakt vejledningen", "Ring til rådgivningen").Replace(soup(i, nil))
		w.set("a.example", "/side/"+name(i), answer{body: body, etag: true})
	}
	w.clock.advance(24 * time.Hour)
	crawl(t, o)
	for url, d := range documents(t, o.State) {
		if strings.Contains(d.Body, "Ring til rådgivningen") {
			t.Errorf("%s says %q", url, d.Body)
		}
	}
}

func TestATemplateThatWasNotLearntToTheEndIsLearntByTheNextRun(t *testing.T) {
	w := soupSite(t, 1)
	o := soupOptions(t, w)
	crawl(t, o)
	want := fingerprint(t, o.State)
	// As after a kill between the last page and the lesson.
	for _, key := range []string{"learnt", "model a http://a.example"} {
		if v, err := o.State.Value(t.Context(), key); v == "" || err != nil {
			t.Fatalf("nothing is stored under %q: %v", key, err)
		}
		if err := o.State.Set(t.Context(), key, ""); err != nil {
			t.Fatal(err)
		}
	}
	w.take()
	o.Revisit = crawler.Due
	crawl(t, o)
	if got := fingerprint(t, o.State); got != want {
		t.Error("the documents are others")
	}
	for _, r := range w.take() {
		if strings.HasPrefix(r.path, "/side/") {
			t.Errorf("%s was fetched", r.path)
		}
	}
}

func TestAKeptPageReadsToTheLetterAsTheFetchedOne(t *testing.T) {
	w := soupSite(t, 1)
	for i := range 12 {
		contact := fmt.Sprintf(`<p>Ring til %s på tlf. 33 12 34 %02d eller skriv til %s@kommune.example, <a href="tel:33121045">33121045</a>.</p>
			<p><a href="/profil/%s@kommune.example">Profil</a></p>`, name(i), 10+i, name(i), name(i))
		w.set("a.example", "/side/"+name(i), answer{body: strings.Replace(soup(i, []string{"/side/" + name(i+1)}), "<div class=d>", contact+"<div class=d>", 1), etag: true})
	}
	o := soupOptions(t, w)
	crawl(t, o)
	before := documents(t, o.State)
	if body := before["http://a.example/side/"+name(2)].Body; !strings.Contains(body, "tlf. [telefon] eller skriv til [e-mail]") {
		t.Errorf("text %q", body)
	}
	c, err := crawler.New(o)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := c.Reread(t.Context()); n != 0 || err != nil {
		t.Errorf("reading again changed %d documents: %v", n, err)
	}
	for _, r := range w.take() {
		if strings.Contains(r.path, "**") {
			t.Errorf("%s was asked for", r.path)
		}
	}
}
