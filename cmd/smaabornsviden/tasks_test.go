package main

import (
	"context"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"smaabornsviden/crawler/demosite"
	"smaabornsviden/index/eval"
)

// minTyped is how many of the open tasks have to have their answer where it should stand, typed into the page.
const minTyped = 14

// claim is what a good page of results says, as text of what a selector finds.
type claim struct{ selector, text string }

const firstCard = "ol.cards > li:first-child "

// pageClaims are what the page has to show beside the right order, task by task.
var pageClaims = map[string][]claim{
	"A01": {
		{".widened", "Vi søger også på:"},
		{".widened .chip", "tilvænning"},
		{".widened .chip", "opstart"},
		{".widened .chip", "overgang"},
		{".pair", "Omtalt i nyheder og debat: Forsker: Indkøringen i vuggestuen går for stærkt"},
		{"li:has(.pdf-page) .pdf-page", "Side 1 i filen"},
		{"li:has(.pdf-page) .meta", "PDF"},
	},
	"A02": {
		{"label:has([name=type][value=debat])", "Debat"},
		{"label:has([name=type][value=debat]) .count", "resultat"},
		{"label:has([name=type][value=nyhed])", "Nyhed"},
		{firstCard + ".why", "Dine ord står ved siden af hinanden"},
	},
	"A03": {{firstCard + ".meta", "Før fødslen"}, {firstCard + ".meta", "Opdateret 21. august 2024"}},
	"A04": {
		{firstCard + ".authors", "Ingeborg Brandsø"},
		{firstCard + ".meta", "Eksempeltidsskrift for Småbørnsforskning"},
		{firstCard + ".meta", "Udgivet 15. juni 2021"},
		{firstCard + ".meta", "CC BY"},
		{firstCard + ".meta", "DOI 10."},
		{firstCard + ".more-about", "Kopiér reference"},
		{firstCard + ".more-about", "Hent RIS"},
	},
	"A05": {
		{".programme-box h2", "Småbørnscaféer"},
		{".programme-box .columns-2 > :first-child", "Plan Bevilling 14,2 mio. kr. ifølge Fonden Morgenfrø, 1. september 2022"},
		{".programme-box .columns-2 > :last-child", "Resultat"},
		{".programme-box .columns-2 > :last-child", "164 ifølge Fonden Morgenfrø, 5. marts 2025"},
		{".flag", "2 andre udgaver"},
	},
	"A06": {{".note", "Viser resultater for sprogudvikling dagplejen. Søg i stedet efter sproudvikling."}},
	"A07": {
		{".widened", "Vi søger også på dansk:"},
		{".widened .chip", "tilknytning"},
		{".widened .chip", "vuggestue"},
		{"legend", "Sprog"},
		{"label:has([name=sprog])", "Engelsk"},
	},
	"A08": {{".flag", "Fra 2019"}},
	"A09": {{".badge", "Lov/vejledning/strategi"}, {"label:has([name=type][value=vejledning])", "Lov/vejledning/strategi"}},
	"A10": {{".pointers .chip", "Kun forskning"}, {".pointers .chip", "3-5 år"}, {".flag", "På norsk"}},
	"A11": {{firstCard + ".meta", "Dato ukendt"}},
	"A12": {{".pointers", "Se emnet De første 1.000 dage"}},
	"A13": {{firstCard + ".snippet mark", "fædre"}, {firstCard + ".snippet mark", "fødslen"}},
	"A14": {
		{".understood", "Sådan forstod vi din søgning"},
		{".understood", "Kun: År: 2020-2024, Type: Forskning."},
		{"h1", "resultater for dagpleje år:2020-2024 type:forskning"},
		{".take", "CSV"},
		{".take", "RIS"},
		{".take", "BibTeX"},
		{".take", "Link til denne søgning"},
		{".take", "Samlingen er senest opdateret"},
	},
	"A15": {{"h1", "Ingen resultater"}, {".help", "Søgemaskinen dækker viden om 0-6-årige"}, {".help", "prøv sundhed.dk"}},
}

// TestTasksAreSolvedInABrowser types the open tasks into the page as they stand, and looks at what the page shows.
func TestTasksAreSolvedInABrowser(t *testing.T) {
	service(t, "SMAABORNSVIDEN_CHROMIUM")
	tasks, err := eval.ReadJudged(os.DirFS(judgements), "tasks")
	if err != nil {
		t.Fatal(err)
	}
	d := start(t, "demo", "-data", demoData(t), "-addr", "127.0.0.1:0")
	home := "http://" + d.await(t, `http://(127\.0\.0\.1:\d+)/`) + "/"
	d.await(t, "documents can be found")
	ctx := browser(t)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 3*time.Minute)
	defer cancel()
	do(t, ctx, chromedp.EmulateViewport(1280, 900))
	names := demoNames(t)
	good := 0
	for i := range tasks {
		task := &tasks[i]
		typed(t, ctx, home, task)
		if wrong := misplaced(task, shownNames(t, ctx, names)); wrong == "" {
			good++
		} else {
			t.Logf("%s, %q: %s", task.Name, task.Query, wrong)
		}
		for _, c := range pageClaims[task.Name] {
			if got := texts(t, ctx, c.selector); !strings.Contains(got, c.text) {
				t.Errorf("%s, %q: %s says %q, want %q", task.Name, task.Query, c.selector, got, c.text)
			}
		}
		if look := furtherLooks[task.Name]; look != nil {
			look(t, ctx, home)
		}
	}
	if good < minTyped {
		t.Errorf("%d of %d tasks have their answer in place, want %d", good, len(tasks), minTyped)
	}
}

// furtherLooks are what cannot be said of one text.
var furtherLooks = map[string]func(*testing.T, context.Context, string){
	"A04": func(t *testing.T, ctx context.Context, _ string) {
		do(t, ctx, chromedp.Click(firstCard+".more-about a"), chromedp.WaitVisible("#reference"))
		if texts(t, ctx, "[itemprop=abstract]") == "" || strings.Contains(texts(t, ctx, ".hint"), "kun et uddrag") {
			t.Error("the summary under CC BY is not shown in full")
		}
	},
	"A08": func(t *testing.T, ctx context.Context, _ string) {
		var kinds []string
		for i, badge := range strings.Split(texts(t, ctx, "ol.cards .badge"), " ¦ ") {
			if i < 5 && !slices.Contains(kinds, badge) {
				kinds = append(kinds, badge)
			}
		}
		if len(kinds) < 3 {
			t.Errorf("the first five are of the types %v only", kinds)
		}
	},
	"A10": func(t *testing.T, ctx context.Context, _ string) {
		if applied := texts(t, ctx, ".chips"); applied != "" {
			t.Errorf("filters are applied that nobody chose: %s", applied)
		}
	},
	"A12": func(t *testing.T, ctx context.Context, home string) {
		// Those that lack a word come after, in an order of their own.
		ids := `[...document.querySelectorAll(".card:not(:has(.missing))")].map(c => c.id).join(" ")`
		want := ask(t, ctx, chromedp.Evaluate[string](ids))
		for _, q := range []string{"1.000 dage", "1000-dages"} {
			typed(t, ctx, home, &eval.Judged{Query: q})
			if got := ask(t, ctx, chromedp.Evaluate[string](ids)); got != want {
				t.Errorf("%q finds %s, %q finds %s", "1000 dage", want, q, got)
			}
		}
	},
	"A15": func(t *testing.T, ctx context.Context, _ string) {
		if cards := texts(t, ctx, ".card"); cards != "" {
			t.Errorf("filler is shown: %s", cards)
		}
	},
}

// typed types a query into the box of the front page, sends it, and ticks the filters.
func typed(t *testing.T, ctx context.Context, home string, task *eval.Judged) {
	t.Helper()
	do(t, ctx, chromedp.Navigate(home), chromedp.SendKeys("#q", task.Query), chromedp.Click("#soeg button"), chromedp.WaitVisible("main h1"))
	waitFor(t, ctx, func(at string) bool { return strings.Contains(at, "/soeg?") })
	for facet, label := range task.Filters {
		before := ask(t, ctx, chromedp.Location())
		tick := `(() => { const l = [...document.querySelectorAll("label:has([name=" + ` + strconv.Quote(facet) + ` + "])")].find(l => l.querySelector(".value-label").textContent === ` +
			strconv.Quote(label) + `); l.click(); return l.querySelector("input").checked })()`
		if !ask(t, ctx, chromedp.Evaluate[bool](tick)) {
			t.Fatalf("%s cannot be chosen", label)
		}
		do(t, ctx, chromedp.Click(`button[type=submit][form=soeg]`))
		waitFor(t, ctx, func(at string) bool { return at != before })
	}
	do(t, ctx, chromedp.WaitVisible("main h1"))
}

func texts(t *testing.T, ctx context.Context, selector string) string {
	t.Helper()
	return ask(t, ctx, chromedp.Evaluate[string](`[...document.querySelectorAll(`+strconv.Quote(selector)+`)].map(e => e.textContent.replace(/\s+/g, " ").trim()).join(" ¦ ")`))
}

// demoNames leads from the address of a document to its name in the judgements.
func demoNames(t *testing.T) map[string]string {
	t.Helper()
	sites, err := demosite.New(demosite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]string{}
	for _, l := range sites.Labels() {
		names[l.URL()] = l.ID
	}
	return names
}

// shownNames are the documents on the page in their order, by name; one without a name by its address.
func shownNames(t *testing.T, ctx context.Context, names map[string]string) []string {
	t.Helper()
	var out []string
	links := ask(t, ctx, chromedp.Evaluate[[]string](`[...document.querySelectorAll("ol.cards h3 a")].map(a => a.getAttribute("href"))`))
	for _, link := range links {
		u, err := url.Parse(link)
		if err != nil {
			t.Fatal(err)
		}
		u.Fragment, u.RawFragment = "", ""
		u.Host = strings.TrimSuffix(u.Hostname(), ".localhost")
		at := u.String()
		if name := names[at]; name != "" {
			at = name
		}
		out = append(out, at)
	}
	return out
}

// misplaced says what is wrong with the order, empty when nothing is.
func misplaced(task *eval.Judged, shown []string) string {
	if len(task.Relevant) == 0 {
		if len(shown) > 0 {
			return "something is found"
		}
		return ""
	}
	for _, name := range shown {
		if slices.Contains(task.NotTop, name) {
			return name + " is shown"
		}
	}
	for i, name := range shown {
		if task.Relevant[name] == 2 {
			if i < task.Top {
				return ""
			}
			return "the first answer stands at " + strconv.Itoa(i+1) + ", want it by " + strconv.Itoa(task.Top)
		}
	}
	return "no answer among " + strings.Join(shown, ", ")
}
