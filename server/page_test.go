package server_test

import (
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"smaabornsviden/index/query"
	"smaabornsviden/server/servertest"
)

func parse(t testing.TB, r io.Reader) *goquery.Document {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(r)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// states opens every canned state once.
func states(t *testing.T, check func(t *testing.T, s servertest.State, doc *goquery.Document)) {
	t.Helper()
	all, err := servertest.States()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		t.Run(s.Name, func(t *testing.T) {
			w := get(s.Handler, s.Path)
			if w.Code != s.HTTP {
				t.Fatalf("%s: status %d, want %d", s.Path, w.Code, s.HTTP)
			}
			check(t, s, parse(t, w.Body))
		})
	}
}

func TestEveryStateHasTheFrameOfAnAccessiblePage(t *testing.T) {
	states(t, func(t *testing.T, s servertest.State, doc *goquery.Document) {
		for selector, want := range map[string]int{
			"html[lang=" + tongueOf(s) + "]": 1, "link[hreflang]": 3, ".twin a[hreflang]:not([hreflang=" + tongueOf(s) + "])": 1, "title": 1, "h1": 1, "main#indhold": 1, "header": 1, "footer": 1, "a.skip[href='#indhold']": 1,
			"form[role=search][method=get][action$='/soeg']": 1, "input[type=search][name=q]": 1, "label[for=q]": 1,
			"meta[name=viewport]":            1,
			"script[src^='/static/'][defer]": 1, "script": 1, "style": 0, "[style]": 0, "iframe": 0, "img": 0, "base": 0, "[autofocus]": 0,
		} {
			if s.Operator && strings.Contains(selector, "hreflang") {
				want = 0 // the operator's page is in Danish alone
			}
			if got := doc.Find(selector).Length(); got != want {
				t.Errorf("%d of %s, want %d", got, selector, want)
			}
		}
		for _, selector := range []string{"title", "h1"} {
			if strings.TrimSpace(doc.Find(selector).Text()) == "" {
				t.Errorf("%s is empty", selector)
			}
		}
		everyFieldHasALabel(t, doc)
		idsAreUnique(t, doc)
		headingsDescendByOne(t, doc)
		noHandlers(t, doc)
	})
}

// tongueOf is the language that a state's pages are in.
func tongueOf(s servertest.State) string {
	if strings.HasPrefix(s.Name, "en-") {
		return "en"
	}
	return "da"
}

func everyFieldHasALabel(t *testing.T, doc *goquery.Document) {
	doc.Find("input:not([type=hidden])").Each(func(_ int, in *goquery.Selection) {
		id, _ := in.Attr("id")
		labelled := in.Closest("label").Length() > 0 || id != "" && doc.Find("label[for='"+id+"']").Length() == 1
		if !labelled {
			t.Errorf("field %s has no label", outer(in))
		}
	})
	doc.Find("fieldset").Each(func(_ int, f *goquery.Selection) {
		if f.ChildrenFiltered("legend").Length() != 1 {
			t.Errorf("fieldset without legend: %.80s", outer(f))
		}
	})
}

func idsAreUnique(t *testing.T, doc *goquery.Document) {
	seen := map[string]bool{}
	doc.Find("[id]").Each(func(_ int, s *goquery.Selection) {
		id, _ := s.Attr("id")
		if seen[id] {
			t.Errorf("id %q stands twice", id)
		}
		seen[id] = true
	})
	doc.Find("[aria-describedby],[aria-labelledby],[aria-errormessage],[form],a[href^='#']").Each(func(_ int, s *goquery.Selection) {
		for _, attr := range []string{"aria-describedby", "aria-labelledby", "aria-errormessage", "form", "href"} {
			id, ok := s.Attr(attr)
			if attr == "href" && !strings.HasPrefix(id, "#") {
				continue
			}
			for id := range strings.FieldsSeq(strings.TrimPrefix(id, "#")) {
				if ok && !seen[id] {
					t.Errorf("%s refers to %q, which is not there", attr, id)
				}
			}
		}
	})
}

func headingsDescendByOne(t *testing.T, doc *goquery.Document) {
	level := 0
	doc.Find("h1,h2,h3,h4").Each(func(_ int, h *goquery.Selection) {
		now := int(goquery.NodeName(h)[1] - '0')
		if now > level+1 {
			t.Errorf("h%d %q follows h%d", now, h.Text(), level)
		}
		level = now
	})
}

func noHandlers(t *testing.T, doc *goquery.Document) {
	doc.Find("*").Each(func(_ int, s *goquery.Selection) {
		for _, a := range s.Nodes[0].Attr {
			leads := a.Key == "href" || a.Key == "src" || a.Key == "action" || a.Key == "formaction"
			if strings.HasPrefix(a.Key, "on") || leads && strings.HasPrefix(strings.ToLower(strings.TrimSpace(a.Val)), "javascript:") {
				t.Errorf("%s carries script: %s=%q", goquery.NodeName(s), a.Key, a.Val)
			}
		}
	})
}

func outer(s *goquery.Selection) string {
	h, _ := goquery.OuterHtml(s)
	return h
}

func TestNoStateLinksAnywhereButToDocuments(t *testing.T) {
	states(t, func(t *testing.T, s servertest.State, doc *goquery.Document) {
		for _, attr := range []string{"href", "src", "action", "srcset", "poster", "data"} {
			doc.Find("[" + attr + "]").Each(func(_ int, el *goquery.Selection) {
				value, _ := el.Attr(attr)
				own := strings.HasPrefix(value, "/") && !strings.HasPrefix(value, "//") || strings.HasPrefix(value, "#")
				if !own && !el.Is(".card h3 a, a.outward") {
					t.Errorf("%s leads away: %s", attr, value)
				}
			})
		}
	})
}

func TestEveryLinkOfOursLeadsSomewhere(t *testing.T) {
	seen := map[string]bool{}
	states(t, func(t *testing.T, s servertest.State, doc *goquery.Document) {
		if s.HTTP >= 500 || strings.Contains(s.Name, "fejl") {
			return
		}
		doc.Find("a[href^='/'], link[href^='/']").Each(func(_ int, el *goquery.Selection) {
			href, _ := el.Attr("href")
			href, _, _ = strings.Cut(href, "#")
			// Every card could be put on the list of every search: one such link per page is enough.
			if base, _, lists := strings.Cut(href, "liste="); lists {
				if seen[s.Name+base] {
					return
				}
				seen[s.Name+base] = true
			}
			if _, twin := el.Attr("hreflang"); seen[href] || twin && s.HTTP != http.StatusOK {
				return
			}
			seen[href] = true
			w := get(s.Handler, href)
			// The data of a page that is no answer may be a problem, and says so.
			// What became of a document that went is a page of its own.
			went := w.Code == http.StatusGone && strings.Contains(href, "/dokument/")
			if w.Code != http.StatusOK && !went && !strings.HasPrefix(href, "/api/") {
				t.Errorf("%s: status %d", href, w.Code)
			}
		})
	})
}

// TestStatesSayWhatToDo holds each state against what has to stand in it, by selector.
func TestStatesSayWhatToDo(t *testing.T) {
	want := map[string][][2]string{
		"forside": {
			{"h1", "Find viden om de 0-6-årige"},
			{"label[for=q]", "Hvad vil du vide noget om?"},
			{".coverage", "57 dokumenter fra 9 kilder. Senest opdateret 22. november 2026."},
			{".browse", "Forskning"},
		},
		"resultater": {{"h1", "3 resultater for blid indkøring"}, {"[role=status]", "Viser alle 3 resultater."}},
		"mange":      {{"[role=status]", "Viser 1-10 af 57 resultater."}, {".pager [aria-current=page]", "1"}},
		"side-3":     {{"[role=status]", "Viser 21-30 af 57 resultater."}, {"title", "side 3"}, {".pager [aria-current=page]", "3"}},
		"filtre":     {{".chips", "Fjern filter: Forskning"}, {".chips", "Fra 2019"}, {".chips", "Til juni 2024"}, {".chips .clear", "Ryd alle"}, {".filters summary", "(6)"}},
		"indsatsboks": {
			{".programme-box h2", "Småbørnscaféer"},
			{".programme-box .columns-2 > :first-child", "Plan Caféer 20 ifølge Fonden Morgenfrø, 1. september 2022"},
			{".programme-box .columns-2 > :last-child", "Resultat Familier 164 ifølge Foreningen Børnehånden, uden dato"},
			{".programme-box a", "Se hele indsatsen"},
		},
		"med-liste": {{".list-bar", "Din læseliste: 2 dokumenter. Se listen"}, {".more-about", "Føj til læseliste"}},
		"laeseliste": {
			{"h1", "Læseliste"},
			{".note", "1 dokument på listen kender vi ikke"},
			{".card h3", "Indkøring i vuggestuen: hvad siger forskningen om de første uger?"},
			{".reference", "Vestermark, K. & Lindskov, J. T. (30. maj 2023)."},
			{".more-about", "Fjern fra læseliste"},
			{".text a", "RIS (Zotero, EndNote)"},
		},
		"laeseliste-tom": {{".text", "Listen er tom."}},
		"uden-ord":       {{"h1", "13 resultater"}, {".sorts [aria-current]", "Nyeste først"}},
		"forstaaet":      {{".understood", "»tryg tilknytning« ord for ord"}, {".understood", "ikke skov"}, {".understood", "Kun: Type: Forskning"}, {".understood", "Vi ser bort fra småord: hvornår, er, i."}, {".note", "Vi har ikke brugt år:20x0 ved tegn 65. Skriv fx år:2020"}, {".chip", "Forskning"}},
		"losnet":         {{".note", "Ingen tekst i samlingen har zebra, heller ikke i andre former."}},
		"nul":            {{"h1", "Ingen resultater for ADHD medicin dosering"}, {".help", "Tjek stavningen, brug færre ord"}, {".help", "Søgemaskinen dækker viden om 0-6-årige fra de kilder"}},
		"nul-med-filtre": {{"[role=status]", "Ingen resultater med disse filtre."}, {".help a", "Uden filtre er der 1 resultat"}},
		"dokument": {
			{"h1", "Indkøring i vuggestuen: hvad siger forskningen om de første uger?"},
			{"a.go", "Læs hos Videncenter for Tidlig Barndom"},
			{"[itemprop=abstract]", "Rapporten samler ti års forskning"},
			{".facts", "Emne Overgange og opstart (fundet i »overgange«)"},
			{".facts", "Alder 9-35 måneder"},
			{".facts", "Licens CC BY 4.0"},
			{".reference", "Vestermark, K. & Lindskov, J. T. (30. maj 2023)."},
			{"ul a", "Hent RIS"},
		},
		"dokument-praksis":    {{"a[href^='/fjern?adresse=https%3A%2F%2Flindeby.example%2F']", "Skriv til os"}, {"h2", "Forskningen bag"}, {".text a", "hvad siger forskningen om de første uger?"}},
		"dokument-fjendtligt": {{"h1", `<script>alert("titel")</script>`}},
		"emner":               {{"h1", "Emner"}, {".topic-list", "Overgange og opstart Når et barn begynder et nyt sted"}, {".topic-list", "2 resultater"}},
		"emne":                {{"h1", "Overgange og opstart"}, {"h2", "Praksis"}, {"details", "overgang, indkøring, tilvænning"}, {"h2", "Kilder om emnet"}, {"a", "Få nye dokumenter (feed)"}},
		"emne-tomt":           {{".text", "Der er endnu ingen dokumenter i dette emne."}},
		"indsatser":           {{"h1", "Indsatser"}, {".topic-list", "Småbørnscaféer"}},
		"indsats": {
			{"h1", "Småbørnscaféer"},
			{".columns-2 section:first-child", "Caféer 20 ifølge Fonden Morgenfrø, 1. september 2022"},
			{".columns-2 section:last-child", "Familier 164 ifølge Foreningen Børnehånden, uden dato"},
			{".found h2", "Civilsamfund"},
			{".found .card", "Småbørnscaféer samler familier"},
			{".facts", "Alder 0-2 år"},
			{".facts", "Partner Fonden Morgenfrø (støtter)"},
		},
		"kilder": {{"main", "57 dokumenter fra 9 kilder."}, {"table", "Videncenter for Tidlig Barndom Videns- og uddannelsesinstitution 2 dokumenter"}},
		"kilde": {
			{"h1", "Videncenter for Tidlig Barndom"},
			{".note", "Seneste forsøg mislykkedes 22. november 2026 kl. 14.00 (serveren svarede ikke)."},
			{".note", "4 dokumenter ser ud til at være væk hos kilden."},
			{".facts", "Aftale Ingen skriftlig aftale"},
			{"table", "Kilden siger nej i robots.txt 12"},
			{".facts", "Næste besøg 23. november 2026"},
			{".facts", "1,5 sekunder"},
			{"h2", "Nyeste dokumenter"},
		},
		"kilde-spoerges": {{".facts", "Vi henter intet endnu"}, {".facts", "ingen bekræftet startadresse"}},
		"nyt":            {{"h2", "Nyt, ændret og fjernet siden 1. november 2026"}, {"del", "Indkøringen varer en uge."}, {"ins", "to uger"}, {"li", "Fjernet 19. november 2026"}, {"h2", "Senest udgivet hos kilderne"}},
		"om":             {{"h1", "Om Småbørnsviden"}, {"main", "Foreningen Eksempel driver siden."}, {"a.outward", "redaktion@eksempel.example"}},
		"om-metode":      {{"h1", "Sådan søger vi"}},
		"om-robot":       {{"code", "smaabornsviden/1.0"}},
		"om-privatliv":   {{"main", "Vi gemmer ikke, hvad du søger efter."}},
		"was":            {{"h1", "Tilgængelighedserklæring"}, {"main", "WCAG 2.2"}},
		"indlejr":        {{"pre", `<form action="http://localhost/soeg" method="get" role="search">`}, {"pre", `<script src="http://localhost/indlejr.js" defer>`}},
		"hjaelp":         {{"table", "småbørnspædagoger småbørnspædagog"}, {"table", "(småord)"}},
		"hjaelp-cpr":     {{".note", "Det ligner et CPR-nummer."}},
		"drift":          {{"h2", "Indbakke"}, {".waiting h3", "Ønske om fjernelse abcde-23456"}, {"td", "På pause siden 22. november 2026: flytter"}, {"th", "https://boernehaanden.example/portraet"}},
		"drift-gjort":    {{"[role=status]", "Det er gjort."}},
		"drift-tom":      {{"[role=alert]", "Indekset tager intet nyt ind: disk is full"}, {".note", "Denne proces henter ikke selv."}},
		"fjern":          {{"h1", "Få noget fjernet"}, {"li", "svarer inden for to arbejdsdage"}, {"form[method=post][action='/fjern'] legend", "Hvem er du?"}, {"form.letter p", "sletter vi din tekst og din mail"}},
		"fjern-modtaget": {{"[role=status]", "Tak. Vi har modtaget din henvendelse. Din henvendelse har nummer abcde-23456. Vi svarer senest 24. november 2026."}},
		"fjern-afvist":   {{"[role=status]", "Vi afgjorde den 21. november 2026: Vi gør det ikke. Begrundelse: Teksten er en offentlig rapport"}},
		"fjern-fejl": {
			{"title", "Fejl: Få noget fjernet"},
			{"[role=alert] a[href='#adresse']", "Skriv adressen, som den står øverst i din browser"},
			{"#tekst-fejl", "Teksten lignede et CPR-nummer. Skriv ikke CPR-numre. Vi har ikke gemt det."},
			{"#mail-fejl", "Skriv én mailadresse"},
			{"#rolle-fejl", "Vælg, hvem du er."},
		},
		"protokol": {
			{"h1", "Søgeprotokol"},
			{".lead", "blid indkøring · 3 resultater · 13. november 2026 kl. 14.00 (UTC)"},
			{"h2", "Kilder, der blev søgt i på én gang PRISMA-S 2"},
			{"li", "Føjet til for »indkøring«: »opstart« (samme betydning)"},
			{"li", "Videncenter for Tidlig Barndom: 1 resultat, 2 dokumenter, senest hentet 13. november 2026"},
			{".records li", "Findes ikke her mere (hvad blev der af det?) vaekvaekvaekvaek"},
			{"a.go", "Gentag søgningen og sammenlign"},
		},
		"sammenlign": {
			{"[role=status]", "1 væk, 1 ændret."},
			{"h2", "Ændret indhold"},
			{"li", "Søgningen bliver læst på en anden måde end dengang"},
		},
		"foreslaa-kilde":      {{"h1", "Foreslå en kilde"}, {"form[method=post][action='/foreslaa-kilde'] label", "Adresse på stedet"}},
		"foreslaa-kilde-fejl": {{"#navn-fejl", "Navnet er for lang"}, {"#adresse-fejl", "Skriv adressen på det, det drejer sig om."}},
		"uden-for-side":       {{"[role=status]", "57 resultater, men ingen på side 99."}, {".help", "Der er kun 6 sider. Gå til sidste side"}},
		"ulaeseligt":          {{".note", "Vi har ikke brugt fra: 20x0. Skriv fx 2020"}, {".note", "type: roman"}, {".note", "side: nul"}},
		"stopord":             {{".note", "Søgeordene er meget almindelige. Tilføj et ord mere."}},
		"kun-tegn":            {{"h1", "Vi fandt ingen ord at søge efter"}, {".message", "Skriv mindst ét ord"}},
		"tomt-felt":           {{".message", "Skriv mindst ét ord, eller vælg en type eller en kilde nedenfor."}, {".browse", "Lindeby Kommune"}},
		"for-lang":            {{"h1", "Din søgning er for lang"}, {".message", "Din søgning står stadig i feltet."}},
		"cpr":                 {{"h1", "Det ligner et CPR-nummer"}, {".message", "Skriv ikke personoplysninger i søgefeltet. Vi har ikke gemt det."}},
		"findes-ikke":         {{"h1", "Siden findes ikke"}, {".message", "Måske er dokumentet fjernet hos kilden"}},
		"vaek":                {{"h1", "Dokumentet findes ikke længere"}, {".lost", "Indkøring og leg i vuggestuen"}, {".message ul.plain a", "Indkøring"}},
		"vaek-engelsk":        {{".lost[lang=en]", "A report that is gone"}},
		"taget-ud":            {{"h1", "Dokumentet findes ikke længere"}, {".message", "fordi nogen bad om det"}},
		"opdaterer":           {{".banner", "Vi er ved at opdatere. Resultaterne kan være ufuldstændige."}},
		"opdaterer-forside":   {{".banner", "Vi er ved at opdatere."}},
		"foerste-hentning":    {{".coverage", "Vi er ved at hente de første dokumenter. Prøv igen om lidt."}},
		"tom":                 {{".coverage", "Her er endnu ingen dokumenter."}},
		"fejl":                {{"h1", "Noget gik galt hos os"}, {".message", "Prøv igen om lidt. Din søgning står stadig i feltet."}, {".code", "Fejlkode"}},
		"fejl-forside":        {{"h1", "Find viden om de 0-6-årige"}},
		"nede":                {{"h1", "Søgningen er nede et øjeblik"}, {".message", "Prøv igen om lidt. Din søgning står stadig i feltet."}},
		"langsom":             {{"h1", "Søgningen tog for lang tid"}},
		"fjendtlig":           {{"h1", `<script>alert(1)</script> "vuggestue`}},
	}
	states(t, func(t *testing.T, s servertest.State, doc *goquery.Document) {
		if strings.HasPrefix(s.Name, "en-") {
			return
		}
		if want[s.Name] == nil {
			t.Errorf("no claim about this state")
		}
		for _, claim := range want[s.Name] {
			got := strings.Join(strings.Fields(doc.Find(claim[0]).Text()), " ")
			if !strings.Contains(got, claim[1]) {
				t.Errorf("%s says %q, want %q", claim[0], got, claim[1])
			}
		}
	})
}

func TestSearchTextStaysInTheFieldExceptForCPR(t *testing.T) {
	states(t, func(t *testing.T, s servertest.State, doc *goquery.Document) {
		_, raw, _ := strings.Cut(s.Path, "?")
		values, _ := url.ParseQuery(raw)
		want, _ := query.Take(strings.TrimSpace(values.Get("q"))) // conditions have become filters
		if strings.HasSuffix(s.Name, "cpr") {
			want = ""
			if strings.Contains(outer(doc.Selection), "010203") {
				t.Error("the number stands on the page")
			}
		}
		if got, _ := doc.Find("input[name=q]").Attr("value"); got != want {
			t.Errorf("field holds %q, want %q", got, want)
		}
	})
}

func TestCardShowsWhatIsKnown(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	card := func(source, kind string) *goquery.Selection {
		doc := parse(t, get(h, "/soeg?q=leg&kilde="+source+"&type="+kind+"&sort=nyeste").Body)
		return doc.Find(".cards .card").First()
	}
	for _, tc := range []struct{ source, kind, selector, want string }{
		{"videncenter", "forskning", ".badge", "Forskning"},
		{"videncenter", "forskning", "h3 a", "Indkøring i vuggestuen: hvad siger forskningen om de første uger?"},
		{"videncenter", "forskning", ".meta", "Videncenter for Tidlig Barndom Videns- og uddannelsesinstitution Udgivet 30. maj 2023 Opdateret 12. januar 2024 Alder: 9-35 måneder PDF, 2,1 MB, 64 sider"},
		{"videncenter", "forskning", ".authors", "Karoline Vestermark og Jonas Thybo Lindskov"},
		{"videncenter", "forskning", ".pdf-page", "Side 2 i filen:"},
		{"videncenter", "forskning", ".snippet mark", "leg"},
		{"lindeby", "praksis", ".meta", "Opdateret 4. august 2025"},
		{"lindeby", "vejledning", ".meta", "Vedtaget 20. marts 2024 Word-fil, 84 kB"},
		{"stuen", "debat", ".flag", "Kræver abonnement"},
		{"tidsskrift", "forskning", ".flag", "På engelsk"},
		{"tidsskrift", "forskning", ".meta", "Udgivet juni 2021"},
		{"tidsskrift", "forskning", ".authors", "m.fl."},
		{"foraeldre", "vejledning", ".flag", "Fra 2019"},
		{"boernehaanden", "program", ".meta", "Dato ukendt Frist 1. februar 2026"},
		{"boernehaanden", "program", ".flag", "2 andre udgaver"},
	} {
		got := strings.Join(strings.Fields(card(tc.source, tc.kind).Find(tc.selector).Text()), " ")
		if !strings.Contains(got, tc.want) {
			t.Errorf("%s %s, %s: %q, want %q", tc.source, tc.kind, tc.selector, got, tc.want)
		}
	}
	if href, _ := card("lindeby", "praksis").Find("h3 a").Attr("href"); href != "https://lindeby.example/dagtilbud/indkoering#:~:text=ser%20b%C3%B8rnenes%20leg.%20Herefter%20aftaler%20I%20med%20kontaktp%C3%A6dagogen%2C%20hvordan" {
		t.Errorf("title links to %s", href)
	}
	english := card("tidsskrift", "forskning")
	for _, selector := range []string{"h3", ".snippet"} {
		if lang, _ := english.Find(selector).Attr("lang"); lang != "en" {
			t.Errorf("English %s has lang %q", selector, lang)
		}
	}
	if got := card("stuen", "debat").Find(".snippet").Text(); len([]rune(got)) > 120+len("… ")+len(" …") {
		t.Errorf("snippet longer than its source allows: %q", got)
	}
	if n := card("stuen", "praksis").Find(".snippet").Length(); n != 0 {
		t.Error("a snippet is shown although its source allows none")
	}
}

func TestFacetsAreOneGETFormThatKeepsEverything(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	doc := parse(t, get(h, "/soeg?q=leg&type=forskning&type=praksis&fra=2019&sort=nyeste&side=2&udvid=-synonym&liste=abc").Body)
	sent := url.Values{}
	doc.Find("#soeg input, input[form=soeg]").Each(func(_ int, in *goquery.Selection) {
		name, _ := in.Attr("name")
		value, _ := in.Attr("value")
		_, checked := in.Attr("checked")
		if kind, _ := in.Attr("type"); (kind != "checkbox" || checked) && value != "" {
			sent.Add(name, value)
		}
	})
	if got, want := sent.Encode(), "fra=2019&liste=abc&q=leg&sort=nyeste&type=forskning&type=praksis&udvid=-synonym"; got != want {
		t.Errorf("the form sends %s, want %s (all but the page)", got, want)
	}
	for _, name := range []string{"emne", "alder", "type", "sektor", "kilde", "aar", "sprog"} {
		if doc.Find("fieldset input[type=checkbox][name="+name+"]").Length() == 0 {
			t.Errorf("no values for %s", name)
		}
	}
}

func TestFacetCountsLeaveOutTheirOwnFilter(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	count := func(target string) string {
		return parse(t, get(h, target).Body).Find("input[name=type][value=praksis]").Parent().Find(".count").Text()
	}
	if all, filtered := count("/soeg?q=leg"), count("/soeg?q=leg&type=forskning"); all != filtered || all == "" {
		t.Errorf("Praksis counts %q, and %q once Forskning is chosen", all, filtered)
	}
}

func TestEachCardSaysWhyAndItsSharesAddUp(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	doc := parse(t, get(h, "/soeg?q="+url.QueryEscape("blid indkøring")).Body)
	doc.Find(".card").Each(func(_ int, card *goquery.Selection) {
		sum := 0
		shares := card.Find(".why li:not(.sum) .count").Each(func(_ int, s *goquery.Selection) { sum += hundredths(t, s.Text()) })
		if shares.Length() < 2 || sum != hundredths(t, card.Find(".why .sum .count").Text()) {
			t.Errorf("%d shares add up to %d: %s", shares.Length(), sum, card.Find(".why").Text())
		}
	})
	if got := doc.Find(".why").First().Text(); !strings.Contains(got, "Ordet »indkøring« – også i titlen, som tæller tre gange") {
		t.Errorf("the first card says %s", got)
	}
	if n := parse(t, get(h, "/soeg?type=forskning").Body).Find(".why").Length(); n != 0 {
		t.Errorf("%d hits say why although nothing was searched for", n)
	}
}

func hundredths(t *testing.T, text string) int {
	t.Helper()
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text)
	n, err := strconv.Atoi(digits)
	if err != nil {
		t.Fatalf("%q is no number", text)
	}
	return n
}

func TestTopicsAndAgesAreShownByTheirNames(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	doc := parse(t, get(h, "/soeg?q=leg&emne=Overgange+og+opstart&alder=1-2").Body)
	for selector, want := range map[string]string{
		"input[name=emne][value=overgange][checked]":                 "Overgange og opstart 2 resultater",
		"input[name=alder][value='1-2-aar'][checked]":                "1-2 år 2 resultater",
		".chips li:first-child":                                      "Fjern filter: Overgange og opstart ×",
		".chips li:nth-child(2)":                                     "Fjern filter: 1-2 år ×",
		"input[name=emne][value=foraeldresamarbejde]:not([checked])": "Forældresamarbejde 1 resultat",
	} {
		found := doc.Find(selector)
		if found.Is("input") {
			found = found.Parent()
		}
		if got := strings.Join(strings.Fields(found.Text()), " "); got != want {
			t.Errorf("%s: %q, want %q", selector, got, want)
		}
	}
}

func TestYearsAreDrawnAndToldAndKeptInFields(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	doc := parse(t, get(h, "/soeg?q=leg&fra=2015").Body)
	drawn := doc.Find("fieldset svg.years")
	if n := drawn.Find("rect").Length(); n != 12 {
		t.Errorf("%d bars, want one for each year from 2015 to 2026", n)
	}
	if got, _ := drawn.Attr("aria-label"); got != "Resultater pr. år fra 2015 til 2026, flest i ét år: 6" {
		t.Errorf("the drawing says %q", got)
	}
	if got, _ := doc.Find("#fra").Attr("value"); got != "2015" {
		t.Errorf("the field says %q", got)
	}
}

func TestChipsTakeOneFilterAway(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	doc := parse(t, get(h, "/soeg?q=leg&type=forskning&kilde=videncenter&side=1").Body)
	var hrefs []string
	doc.Find(".chips a").Each(func(_ int, a *goquery.Selection) {
		href, _ := a.Attr("href")
		hrefs = append(hrefs, href)
	})
	want := "/soeg?kilde=videncenter&q=leg /soeg?q=leg&type=forskning /soeg?q=leg"
	if got := strings.Join(hrefs, " "); got != want {
		t.Errorf("chips lead to %s, want %s", got, want)
	}
}

func TestPagerLinksBothWays(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	doc := parse(t, get(h, "/soeg?q=leg&side=3").Body)
	for selector, want := range map[string]string{
		"link[rel=prev]": "/soeg?q=leg&side=2", "link[rel=next]": "/soeg?q=leg&side=4",
		".pager a[rel=prev]": "/soeg?q=leg&side=2", ".pager a[rel=next]": "/soeg?q=leg&side=4",
		".pager a[aria-label='Side 1']": "/soeg?q=leg",
	} {
		if got, _ := doc.Find(selector).Attr("href"); got != want {
			t.Errorf("%s leads to %s, want %s", selector, got, want)
		}
	}
	if start, _ := doc.Find("ol.cards").Attr("start"); start != "21" {
		t.Errorf("the list counts from %s, want 21", start)
	}
}

func TestLinkRewriterOpensDemoHosts(t *testing.T) {
	o, err := servertest.Options(servertest.Documents())
	if err != nil {
		t.Fatal(err)
	}
	o.Link = func(url string) string {
		return strings.Replace(url, "https://lindeby.example", "http://lindeby.localhost:8080", 1)
	}
	h := mustServer(t, o).Handler()
	doc := parse(t, get(h, "/soeg?q=varsel").Body)
	if href, _ := doc.Find(".card h3 a").Attr("href"); href != "http://lindeby.localhost:8080/politik/tilsyn.docx" {
		t.Errorf("title links to %s", href)
	}
	if api := get(h, "/api/v1/search?q=varsel").Body.String(); !strings.Contains(api, `"https://lindeby.example/politik/tilsyn.docx"`) {
		t.Error("the API does not give the document's own URL")
	}
}

func TestAddressesWrittenByHandAreRead(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	for target, want := range map[string]string{
		"/soeg?q=100%":          "100%",
		"/soeg?q=leg;sprog":     "leg;sprog",
		"/soeg?q=b%F8rn":        "børn",
		"/soeg?q=%C3%B8&ukendt": "ø",
	} {
		doc := parse(t, get(h, target).Body)
		if got, _ := doc.Find("input[name=q]").Attr("value"); got != want {
			t.Errorf("%s reads as %q, want %q", target, got, want)
		}
	}
}

// Whatever a query or a title holds, the page has no element and no address that we did not write.
func FuzzPageEscapes(f *testing.F) {
	for _, s := range []string{`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `' onmouseover='x`, `</title><script>`, `javascript:alert(1)`, "vuggestue\x00</form>", `{{.}}`, `<!--`, `&lt;b&gt;`, "type:<b> år:\"><i>"} {
		f.Add(s, "vuggestue "+s)
	}
	o, err := servertest.Options(nil)
	if err != nil {
		f.Fatal(err)
	}
	allowed := map[string]bool{}
	for name := range strings.FieldsSeq("html head meta title link body a header div svg circle path span form label input button main h1 p em h2 h3 ul ol li details summary rect script s fieldset legend section nav article mark time footer") {
		allowed[name] = true
	}
	f.Fuzz(func(t *testing.T, q, title string) {
		docs := servertest.Documents()[:1]
		docs[0].Title, docs[0].Body, docs[0].SourceName, docs[0].Authors = title, title+" vuggestue", title, []string{title}
		docs[0].URL, docs[0].Notice, docs[0].Edition.Value = title, title, title
		o.Engine = servertest.NewEngine(o.Analyzer, docs)
		h := mustServer(t, o).Handler()
		for _, target := range []string{"/soeg?q=" + url.QueryEscape(q), "/soeg?q=leg&kilde=" + url.QueryEscape(q), "/soeg?q=leg&fra=" + url.QueryEscape(q), "/" + url.PathEscape(q)} {
			doc := parse(t, get(h, target).Body)
			noHandlers(t, doc)
			doc.Find("*").Each(func(_ int, el *goquery.Selection) {
				if !allowed[goquery.NodeName(el)] {
					t.Errorf("%s: the page holds <%s>", target, goquery.NodeName(el))
				}
			})
		}
	})
}
