package crawler_test

import (
	"strings"
	"testing"
	"time"
)

func TestAnEndlessCalendarIsLeftAfterItsBudget(t *testing.T) {
	w := newWorld(t)
	w.page("a.example", "/", "Forside", "/kalender?maaned=1")
	months := []string{"januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november", "december"}
	for i := range 400 {
		w.set("a.example", "/kalender?maaned="+itoa(i), answer{body: article("Kalender for "+months[i%12]+" "+itoa(2000+i/12), "/kalender?maaned="+itoa(i+1))})
	}
	s := openState(t)
	rep := crawl(t, w.options(s, register(t, "a.example")))
	log := w.take()
	w.manners(log, time.Second)
	if n := len(log); n > 22 {
		t.Errorf("%d requests before the calendar was left", n)
	}
	if rep.Sources[0].Refused["trap"] != 1 {
		t.Errorf("refused = %v", rep.Sources[0].Refused)
	}
}

func TestALongArchiveIsNoTrap(t *testing.T) {
	w := newWorld(t)
	w.page("a.example", "/", "Forside", "/arkiv?side=1")
	for i := 1; i <= 60; i++ {
		// A list in the register's sense says little itself; it leads to articles.
		w.page("a.example", "/arkiv?side="+itoa(i), "Arkiv", "/arkiv?side="+itoa(i+1), "/artikel/"+name(i))
		w.page("a.example", "/artikel/"+name(i), "Artikel om "+name(i))
	}
	w.page("a.example", "/arkiv?side=61", "Arkiv")
	s := openState(t)
	reg := load(t, `sources: [{id: a, name: A, sector: fond, policy: index, home: "http://a.example/", list: ["/arkiv*"]}]`)
	crawl(t, w.options(s, reg))
	w.manners(w.take(), time.Second)
	if n := len(documents(t, s)); n != 61 {
		t.Errorf("%d documents, want 61", n)
	}
}

// name spells a number in letters, so that addresses are not folded to one pattern.
func name(i int) string { return words[i%6] + "og" + words[i/6%6] + "og" + words[i/36%6] }

func TestAListThatCanBeNarrowedInManyWaysIsLeft(t *testing.T) {
	w := newWorld(t)
	w.page("a.example", "/", "Forside", "/liste?side=1", "/liste?a=0")
	// The pages of the list lead to articles; what narrows it leads to nothing but other ways to narrow it.
	for i := 1; i <= 150; i++ {
		w.page("a.example", "/liste?side="+itoa(i), "Liste", "/liste?side="+itoa(i+1), "/artikel/"+name(i))
		w.page("a.example", "/artikel/"+name(i), "Artikel om "+name(i), "/liste?a=0")
	}
	narrowed := func(mask int) string {
		address := "/liste"
		for k := range 9 {
			if mask&(1<<k) != 0 {
				address += map[bool]string{true: "?", false: "&"}[address == "/liste"] + string(rune('a'+k)) + "=0"
			}
		}
		return address
	}
	for mask := 1; mask < 1<<9; mask++ {
		var links []string
		for k := range 9 {
			links = append(links, strings.ReplaceAll(narrowed(mask|1<<k), "&", "&amp;"))
		}
		w.set("a.example", narrowed(mask), answer{body: "<!doctype html><title>Liste</title><main><p>Ingen passer.</p></main><a href=\"" + strings.Join(links, "\">x</a><a href=\"") + "\">x</a>"})
	}
	s := openState(t)
	crawl(t, w.options(s, register(t, "a.example")))
	pages, ways := 0, 0
	for _, r := range w.take() {
		switch {
		case strings.HasPrefix(r.path, "/liste?side="):
			pages++
		case strings.HasPrefix(r.path, "/liste?"):
			ways++
		}
	}
	if pages < 150 || ways > 130 {
		t.Errorf("%d pages of the list and %d ways to narrow it were fetched, want all 150 and at most 130", pages, ways)
	}
}

// TestMonthsWithoutEventsAreLeftSoon: nothing is on them but their name and the ways to the other months and days.
func TestMonthsWithoutEventsAreLeftSoon(t *testing.T) {
	w := newWorld(t)
	w.page("a.example", "/", "Forside", "/kalender/2000-1", "/om")
	w.page("a.example", "/om", "Om os")
	months := []string{"Januar", "Februar", "Marts", "April", "Maj", "Juni", "Juli", "August", "September", "Oktober", "November", "December"}
	for i := range 600 {
		month := func(i int) string { return "/kalender/" + itoa(2000+i/12) + "-" + itoa(i%12+1) }
		days := ""
		for d := 1; d <= 28; d++ {
			day := "/dag" + month(i)[9:] + "-" + itoa(d)
			days += `<td><a href="` + day + `">` + itoa(d) + `</a></td>`
			w.set("a.example", day, answer{body: `<title>Kalender</title><main><h1>` + itoa(d) + `. ` + months[i%12] + `</h1><p>Ingen arrangementer.</p></main><a href="` + month(i) + `">Måned</a><a href="/om">Om os</a>`})
		}
		w.set("a.example", month(i), answer{body: `<title>Kalender</title><main><h1>` + months[i%12] + ` ` + itoa(2000+i/12) + `</h1><p>Ingen arrangementer i denne måned.</p><table><tr>` + days +
			`</tr></table></main><a href="` + month(i+1) + `">Næste</a><a href="/om">Om os</a>`})
	}
	s := openState(t)
	crawl(t, w.options(s, register(t, "a.example")))
	if n := len(w.take()); n > 80 {
		t.Errorf("%d requests before the calendar was left", n)
	}
}

// TestAnArchiveWhosePagesSayNothingThemselvesIsReadToItsEnd: what they lead to is new, though the register does not call them lists.
func TestAnArchiveWhosePagesSayNothingThemselvesIsReadToItsEnd(t *testing.T) {
	w := newWorld(t)
	w.page("a.example", "/", "Forside", "/arkiv?side=1")
	for i := 1; i <= 60; i++ {
		w.page("a.example", "/arkiv?side="+itoa(i), "Arkiv", "/arkiv?side="+itoa(i+1), "/artikel/"+name(i))
		w.page("a.example", "/artikel/"+name(i), "Artikel om "+name(i))
	}
	s := openState(t)
	crawl(t, w.options(s, register(t, "a.example")))
	found := 0
	for _, r := range w.take() {
		found += btoi(strings.HasPrefix(r.path, "/artikel/"))
	}
	if found != 60 {
		t.Errorf("%d articles behind the archive were found, want 60", found)
	}
}

// TestAnArchiveOfWhatASitemapToldIsNoCalendar: its first pages lead to what is known already, each to something else.
func TestAnArchiveOfWhatASitemapToldIsNoCalendar(t *testing.T) {
	w := newWorld(t)
	var locs strings.Builder
	for i := 1; i <= 40; i++ {
		w.page("a.example", "/artikel/"+name(i), "Artikel om "+name(i))
		if i <= 25 {
			locs.WriteString("<url><loc>http://a.example/artikel/" + name(i) + "</loc></url>")
		}
		w.page("a.example", "/arkiv?side="+itoa(i), "Arkiv", "/arkiv?side="+itoa(i+1), "/artikel/"+name(i))
	}
	w.page("a.example", "/", "Forside", "/arkiv?side=1")
	w.set("a.example", "/sitemap.xml", answer{header: map[string]string{"Content-Type": "application/xml"}, body: "<urlset>" + locs.String() + "</urlset>"})
	s := openState(t)
	crawl(t, w.options(s, register(t, "a.example")))
	found := 0
	for _, r := range w.take() {
		found += btoi(strings.HasPrefix(r.path, "/artikel/"))
	}
	if found != 40 {
		t.Errorf("%d articles were found, want 40", found)
	}
}

// TestDeadAddressesSayNothingOfTheirFamily: sitemaps list what is gone for years before what is there.
func TestDeadAddressesSayNothingOfTheirFamily(t *testing.T) {
	w := newWorld(t)
	var locs strings.Builder
	for i := 1; i <= 60; i++ {
		locs.WriteString("<url><loc>http://a.example/nyhed/" + itoa(i) + "</loc></url>")
		switch {
		case i > 50:
			w.page("a.example", "/nyhed/"+itoa(i), "Nyhed om "+name(i))
		case i%2 == 0:
			w.set("a.example", "/nyhed/"+itoa(i), answer{status: 410, body: "Væk"})
		}
	}
	w.page("a.example", "/", "Forside")
	w.set("a.example", "/sitemap.xml", answer{header: map[string]string{"Content-Type": "application/xml"}, body: "<urlset>" + locs.String() + "</urlset>"})
	s := openState(t)
	rep := crawl(t, w.options(s, register(t, "a.example")))
	if n := len(documents(t, s)); n != 11 {
		t.Errorf("%d documents, want 11; refused %v", n, rep.Sources[0].Refused)
	}
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
