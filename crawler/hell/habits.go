package hell

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// habits are what the content systems of real partners do when nobody looks: WordPress, Drupal, Umbraco, SharePoint and their
// modules for consent, searching and printing.
func habits() []Behaviour {
	return []Behaviour{
		searchingNotFound(), errorPage(), samePageAgain(), emptyMonths(), pathSessions(), sitemapOfDead(), feedRelative(), reloads(), consentReturn(), slashPairs(), letterCase(),
		printTwins(), loginLinks(), commentLinks(), twiceCompressed(), markedWrongly(), plainHTML(), languageRing(), canonicalScheme(), forMachines(),
	}
}

// searchingNotFound repeats the address in a page of help, with a search box and the pages that others like.
func searchingNotFound() Behaviour {
	help := func(a *ask) {
		serve(a, fmt.Sprintf(`<!doctype html><title>Søg | Lindeby</title><main><h1>Hvad leder du efter?</h1><p>Vi har ikke noget på adressen %s, men måske kan du finde det, du leder efter, ved at søge.</p>
<form action="/soeg"><input name="q" value="%[1]s"><button>Søg</button></form><h2>Det læser andre</h2><ul><li><a href="/god">Pasning</a></li><li><a href="/god">Skolestart</a></li><li><a href="/god">Tandpleje</a></li></ul></main>`, a.URL.Path))
	}
	return Behaviour{
		Name: "soft-404-soegefelt", Does: "answers 200, a search box and the address for what it does not have", Documents: 2,
		Want:  map[string]string{"/": ok, "/god": ok, "/gammel/side": "missing soft-404", "/endnu/en/gammel/side.aspx": "missing soft-404"},
		pages: map[string]page{"/gammel/side": help, "/endnu/en/gammel/side.aspx": help, "*": help},
	}
}

// errorPage is how ASP.NET tells of what it has not: it sends there, with status 200.
func errorPage() Behaviour {
	away := func(a *ask) { sends(http.StatusFound, "/fejl?aspxerrorpath="+a.URL.Path)(a) }
	return Behaviour{
		Name: "fejlside", Does: "sends to an error page, which answers 200, for what it does not have", Documents: 2,
		Want: map[string]string{"/": ok, "/god": ok, "/gammel.aspx": "redirect moved", "/fejl?aspxerrorpath=/gammel.aspx": "missing soft-404"},
		pages: map[string]page{
			"/": says("Forsiden hos fejlside", "/gammel.aspx", "/aeldre.aspx", "/god"), "/gammel.aspx": away, "/aeldre.aspx": away, "*": away,
			"/fejl": body("text/html; charset=utf-8", "<!doctype html><title>Lindeby</title><main><h1>Der skete en fejl</h1><p>Vi beklager ulejligheden. Prøv igen senere, eller kontakt os på telefon.</p></main>"),
		},
	}
}

// samePageAgain shows its last page of news for every number beyond it, and always has a next one.
func samePageAgain() Behaviour {
	pages := map[string]page{"/": says("Forsiden hos sidste-side-igen", "/nyheder?page=0", "/god")}
	for _, name := range []string{"leg", "sprog", "mad", "natur", "rim", "ro"} {
		pages["/nyhed-"+name] = says("Nyhed om " + name)
	}
	pages["/nyheder"] = func(a *ask) {
		n, _ := strconv.Atoi(a.URL.Query().Get("page"))
		both := [][]string{{"leg", "sprog"}, {"mad", "natur"}, {"rim", "ro"}}[min(n, 2)]
		serve(a, fmt.Sprintf(`<!doctype html><title>Nyheder</title><main><h1>Nyheder</h1><ul><li><a href="/nyhed-%s">Om %[1]s</a></li><li><a href="/nyhed-%s">Om %[2]s</a></li></ul></main><a href="/nyheder?page=%d">Næste</a>`, both[0], both[1], n+1))
	}
	want := map[string]string{"/": ok, "/god": ok, "/nyhed-leg": ok, "/nyhed-mad": ok, "/nyhed-ro": ok}
	return Behaviour{Name: "sidste-side-igen", Does: "shows its last page of news again for every number beyond it", Most: 58, Want: want, pages: pages}
}

// emptyMonths is a calendar of days and months on which nothing happens.
func emptyMonths() Behaviour {
	nothing := func(a *ask) {
		parts := strings.Split(strings.Trim(a.URL.Path, "/"), "/")
		if len(parts) < 3 || parts[0] != "kalender" {
			status(http.StatusNotFound)(a)
			return
		}
		year, _ := strconv.Atoi(parts[1])
		month, _ := strconv.Atoi(parts[2])
		days := ""
		for d := range 28 {
			days += fmt.Sprintf(`<td><a href="/kalender/%d/%d/%d">%[3]d</a></td>`, year, month, d+1)
		}
		next := year*12 + month
		serve(a, fmt.Sprintf(`<!doctype html><title>Kalender</title><main><h1>Kalender</h1><p>Der sker ikke noget.</p><table><tr>%s</tr></table></main><a href="/kalender/%d/%d">Næste</a>`, days, next/12, next%12+1))
	}
	return Behaviour{
		Name: "tomme-maaneder", Does: "has a page for each day and month on which nothing happens", Most: 90, Want: map[string]string{"/": ok, "/god": ok},
		pages: map[string]page{"/": says("Forsiden hos tomme-maaneder", "/kalender/2024/1", "/god"), "*": nothing},
	}
}

// pathSessions is ASP.NET without cookies.
func pathSessions() Behaviour {
	in := func(a *ask, path string) string {
		return "/(S(" + strings.ToLower(strconv.FormatUint(hashOf(a.URL.Path, a.n), 36) + strconv.FormatUint(hashOf(path, a.n), 36) + "abcdefghijklmnopqrstuvwxyz")[:24] + "))" + path
	}
	pages := func(a *ask) {
		path := a.URL.Path
		if i := strings.Index(path, "))/"); i >= 0 {
			path = path[i+2:]
		}
		switch path {
		case "/", "/en", "/to":
			says("Siden "+path+" hos sti-sessioner", in(a, "/"), in(a, "/en"), in(a, "/to"))(a)
		default:
			status(http.StatusNotFound)(a)
		}
	}
	return Behaviour{
		Name: "sti-sessioner", Does: "writes a new session into the path of every link", Documents: 3, Most: 20,
		Want: map[string]string{"/": ok, "/en": ok, "/to": ok}, pages: map[string]page{"/": pages, "*": pages},
	}
}

// sitemapOfDead lists a row of pages that are gone before those that are there.
func sitemapOfDead() Behaviour {
	pages, want := map[string]page{}, map[string]string{"/": ok, "/god": ok}
	var locs []string
	for i := range 48 {
		path := fmt.Sprintf("/nyhed/%d", i)
		locs = append(locs, "ORIGIN"+path)
		pages[path] = status(http.StatusGone)
		if i >= 40 {
			pages[path], want[path] = says("Nyhed nummer "+strconv.FormatUint(hashOf(path, 1), 36)), ok
		}
	}
	pages["/"], pages["/sitemap.xml"] = says("Forsiden hos sitemap-doede", "/god"), urlset(locs...)
	return Behaviour{Name: "sitemap-doede", Does: "lists forty pages that are gone before those that are there", Documents: 10, Most: 112, Want: want, pages: pages}
}

func feedRelative() Behaviour {
	return feeding("feed-relativ", "has relative links in a feed that is sound otherwise", ok, map[string]string{"/nyt/en": ok, "/nyt/to": ok},
		body("application/rss+xml", `<?xml version="1.0"?><rss version="2.0"><channel><title>Nyt</title><link>/</link><item><title>En</title><link>/nyt/en</link></item><item><title>To</title><link> nyt/to </link></item></channel></rss>`),
		map[string]page{"/nyt/en": says("Det første nye"), "/nyt/to": says("Det andet nye")})
}

// reloads are pages that ask to be loaded anew now and then, as those with news do: no redirects.
func reloads() Behaviour {
	every := func(content, title string) page {
		return body("text/html; charset=utf-8", strings.Replace(Article(title), "<head>", `<head><meta http-equiv="refresh" content="`+content+`">`, 1))
	}
	return Behaviour{
		Name: "genindlaes", Does: "asks to be loaded anew every few minutes", Documents: 5, Want: map[string]string{"/": ok, "/uden": ok, "/selv": ok, "/tid": ok, "/god": ok},
		pages: map[string]page{"/uden": every("300", "En side, der genindlæses"), "/selv": every("60; url=/selv", "En side, der kalder sig selv"), "/tid": every("600; URL='/tid?t=1700000000'", "En side med klokken i adressen")},
	}
}

// consentReturn sends everybody without a cookie to a page of consent that knows where they came from.
func consentReturn() Behaviour {
	wall := func(a *ask) {
		sends(http.StatusFound, "/samtykke?retur="+url.QueryEscape(a.URL.Path))(a)
	}
	return Behaviour{
		Name: "samtykke-retur", Does: "sends everybody to a page of consent that knows where they came from", Documents: 0, Most: 16,
		Want: map[string]string{"/": "redirect moved"},
		pages: map[string]page{
			"/": wall, "*": wall,
			"/samtykke": func(a *ask) {
				serve(a, `<!doctype html><title>Samtykke til cookies</title><main><h1>Samtykke</h1><p>Vi bruger cookies. Vælg, om du vil acceptere dem, før du går videre til siden.</p></main><a href="`+a.URL.Query().Get("retur")+`?samtykke=ja">Accepter alle</a>`)
			},
		},
	}
}

// slashPairs has pages with a slash at the end and without.
func slashPairs() Behaviour {
	return Behaviour{
		Name: "skraastreger", Does: "has every page with and without a slash, or neither", Documents: 4, Most: 24, Want: map[string]string{"/": ok, "/ens": ok, "/med": "redirect moved", "/med/": ok},
		pages: map[string]page{
			"/":    says("Forsiden hos skraastreger", "/ens", "/ens/", "/med", "/med/", "/ring", "/god"),
			"/ens": says("Den samme med og uden"), "/ens/": says("Den samme med og uden"), "/med": sends(301, "/med/"), "/med/": says("Kun med skråstreg"), "/ring": sends(301, "/ring/"), "/ring/": sends(301, "/ring"),
		},
	}
}

func letterCase() Behaviour {
	pages := map[string]page{"/": says("Forsiden hos store-bogstaver", "/Dagtilbud/Leg", "/dagtilbud/leg", "/DAGTILBUD/LEG", "/god")}
	for _, path := range []string{"/Dagtilbud/Leg", "/dagtilbud/leg", "/DAGTILBUD/LEG"} {
		pages[path] = says("Leg i dagtilbud, i store og små bogstaver")
	}
	return Behaviour{Name: "store-bogstaver", Does: "has one page in capitals, small letters and both", Documents: 3, Want: map[string]string{"/": ok, "/god": ok}, pages: pages}
}

// printTwins print their pages at further addresses without saying whose they are.
func printTwins() Behaviour {
	whole := Article("En artikel, der kan skrives ud")
	bare := strings.Replace(whole, "<main>", "<p>Udskrevet fra Lindeby</p><main>", 1)
	return Behaviour{
		Name: "udskrift-uden-navn", Does: "prints its article at four addresses without naming the article", Documents: 3, Want: map[string]string{"/": ok, "/artikel": ok, "/god": ok},
		pages: map[string]page{
			"/": says("Forsiden hos udskrift-uden-navn", "/artikel", "/artikel?print=1", "/print/artikel", "/artikel/print", "/artikel.aspx?udskriv=true", "/god"), "/artikel": body("text/html; charset=utf-8", whole),
			"/print/artikel": body("text/html; charset=utf-8", bare), "/artikel/print": body("text/html; charset=utf-8", bare), "/artikel.aspx": body("text/html; charset=utf-8", bare),
		},
	}
}

// loginLinks has a link on every page that leads to a login and back, and so has the login.
func loginLinks() Behaviour {
	linked := func(title string, links ...string) page {
		return func(a *ask) {
			says(title, append(links, "/user/login?destination="+url.QueryEscape(a.URL.RequestURI()))...)(a)
		}
	}
	pages := map[string]page{"/user/login": func(a *ask) {
		serve(a, `<!doctype html><title>Log ind | Lindeby</title><main><h1>Log ind</h1><form><p>Skriv dit brugernavn og din adgangskode.</p><input name="navn"><input type="password" name="kode"></form></main><a href="/user/login?destination=`+url.QueryEscape(a.URL.RequestURI())+`">Log ind</a>`)
	}}
	want := map[string]string{"/": ok}
	var all []string
	for i := range 20 {
		path := fmt.Sprintf("/artikel-%c", 'a'+i)
		pages[path], want[path] = linked("Artikel "+strconv.FormatUint(hashOf(path, 2), 36)), ok
		all = append(all, path)
	}
	pages["/"] = linked("Forsiden hos login-retur", all...)
	return Behaviour{Name: "login-retur", Does: "links from every page, and from the login, to a login that leads back", Most: 104, Want: want, pages: pages}
}

// commentLinks is a blog whose every page has links to answer each comment, to share it, to its feed and to its short form.
func commentLinks() Behaviour {
	pages, want := map[string]page{}, map[string]string{"/": ok}
	var all []string
	for i := range 5 {
		path := fmt.Sprintf("/blog/indlaeg-%c/", 'a'+i)
		links := []string{path + "feed/", path + "?share=facebook", path + "?share=twitter", fmt.Sprintf("/?p=%d", i), path + "amp/", path + "#comments"}
		for c := range 8 {
			links = append(links, fmt.Sprintf("%s?replytocom=%d#respond", path, 100*i+c))
		}
		title := "Indlæg " + strconv.FormatUint(hashOf(path, 3), 36)
		pages[path], want[path] = says(title, links...), ok
		pages[path+"feed/"] = body("application/rss+xml", `<?xml version="1.0"?><rss version="2.0"><channel><title>Kommentarer</title></channel></rss>`)
		pages[path+"amp/"] = body("text/html; charset=utf-8", strings.Replace(Article(title), "<head>", `<head><link rel="canonical" href="`+path+`">`, 1))
		pages[fmt.Sprintf("/?p=%d", i)] = sends(301, path)
		all = append(all, path)
	}
	pages["/"] = says("Forsiden hos kommentarer", all...)
	return Behaviour{Name: "kommentarer", Does: "links from each page to answers, shares, feeds and short forms of it", Documents: 6, Most: 60, Want: want, pages: pages}
}

// twiceCompressed sends a packed sitemap as if it were packed once more, and packs it once more.
func twiceCompressed() Behaviour {
	sent := func(times int, loc string) page {
		return func(a *ask) {
			text := []byte(`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>` + a.site.origin() + loc + `</loc></url></urlset>`)
			for range times {
				var b bytes.Buffer
				z := gzip.NewWriter(&b)
				_, _ = z.Write(text) // into memory
				_ = z.Close()
				text = b.Bytes()
			}
			a.Header().Set("Content-Type", "application/gzip")
			a.Header().Set("Content-Encoding", "gzip")
			_, _ = a.Write(text) // a client that has had enough is what is wanted here
		}
	}
	return Behaviour{
		Name: "pakket-to-gange", Does: "says of a packed sitemap that it is packed, and packs it twice", Want: map[string]string{"/": ok, "/bag-en": ok, "/bag-to": ok},
		pages: map[string]page{
			"/": says("Forsiden hos pakket-to-gange", "/god"), "/robots.txt": func(a *ask) {
				rules("User-agent: *\nDisallow:\nSitemap: " + a.site.origin() + "/kort-en.xml.gz\nSitemap: " + a.site.origin() + "/kort-to.xml.gz\n")(a)
			},
			"/kort-en.xml.gz": sent(1, "/bag-en"), "/kort-to.xml.gz": sent(2, "/bag-to"), "/bag-en": says("Bag det ene kort"), "/bag-to": says("Bag det andet kort"),
		},
	}
}

// markedWrongly begins its page with the mark of UTF-8 and calls it something else.
func markedWrongly() Behaviour {
	text := "\ufeff" + strings.Replace(Article(dessert+" med mærke"), "<head>", `<head><meta charset="windows-1252">`, 1)
	return Behaviour{
		Name: "maerke", Does: "marks a page as UTF-8 and calls it ISO-8859-1", Want: map[string]string{"/": ok, "/side": ok}, Titles: map[string]string{"/side": dessert + " med mærke"},
		pages: map[string]page{"/side": body("text/html; charset=iso-8859-1", text)},
	}
}

func plainHTML() Behaviour {
	return Behaviour{
		Name: "ren-tekst", Does: "calls its pages plain text, or by no type that there is", Documents: 4, Want: map[string]string{"/": ok, "/side": ok, "/xml": ok, "/god": ok},
		Titles: map[string]string{"/side": "En side som ren tekst"},
		pages:  map[string]page{"/side": body("text/plain; charset=utf-8", Article("En side som ren tekst")), "/xml": body("text/htm", Article("En side med en stavefejl i typen"))},
	}
}

// languageRing names its translations in a ring, some of which are not there.
func languageRing() Behaviour {
	in := func(title, links string) page {
		return body("text/html; charset=utf-8", strings.Replace(Article(title), "<head>", "<head>"+links, 1))
	}
	link := func(lang, href string) string {
		return fmt.Sprintf(`<link rel="alternate" hreflang="%s" href="%s">`, lang, href)
	}
	return Behaviour{
		Name: "sprogring", Does: "names translations in a ring, some of which are not there or are the page itself", Documents: 4, Want: map[string]string{"/": ok, "/da": ok, "/nb": ok, "/god": ok, "/en": "missing http-404"},
		pages: map[string]page{
			"/": says("Forsiden hos sprogring", "/da", "/god"), "/da": in("En side på dansk", link("nb", "/nb")+link("en", "/en")+link("da", "/da")+link("x-default", "/da")), "/nb": in("En side på norsk", link("da", "/da")+link("sv", "/da")+link("nb", "/nb")),
		},
	}
}

// canonicalScheme calls its pages by a scheme at which nobody answers.
func canonicalScheme() Behaviour {
	return Behaviour{
		Name: "kanonisk-https", Does: "calls every page by its https address, at which nobody answers", Documents: 3, Want: map[string]string{"/": ok, "/side": ok, "/god": ok},
		pages: map[string]page{"/side": func(a *ask) {
			serve(a, strings.Replace(Article("En side, der kalder sig sikker"), "<head>", `<head><link rel="canonical" href="https://`+a.site.address+`/side">`, 1))
		}},
	}
}

// forMachines links, as to pages, to what programs read.
func forMachines() Behaviour {
	return Behaviour{
		Name: "maskinfiler", Does: "links to feeds, appointments and data as to pages", Documents: 2,
		Want: map[string]string{"/": ok, "/god": ok, "/nyt/": "unsupported content-type", "/aftale": "unsupported content-type", "/wp-json/": "unsupported content-type", "/kort": "unsupported content-type"},
		pages: map[string]page{
			"/nyt/":     body("text/html", `<?xml version="1.0"?><rss version="2.0"><channel><title>Alt det nye</title><item><title>Om leg</title></item></channel></rss>`),
			"/aftale":   body("text/calendar; charset=utf-8", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nSUMMARY:Forældremøde om leg og sprog\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"),
			"/wp-json/": body("application/json", `{"name":"Lindeby","description":"Leg og sprog for de mindste"}`),
			"/kort":     body("text/xml", `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>`),
		},
	}
}
