package hell

import (
	"fmt"
	"strings"
	"unicode/utf16"
)

// texts are sites whose pages say other things of themselves than is true, or nothing that can be read.
func texts() []Behaviour {
	return []Behaviour{
		charsets(), nuls(), noIndex(), noFollow(), expires(), canonicals(), shells(), phantoms(), wrongTypes(), wrongLanguage(), personal(), sameText(), printViews(), rawAddresses(),
	}
}

const dessert = "Rødgrød med fløde"

// charsets serves one title in many encodings, most of them called something else.
func charsets() Behaviour {
	text := Article(dessert + " %s")
	latin := func(s string) string {
		var b strings.Builder
		for _, r := range s {
			b.WriteByte(byte(r)) // the text has nothing beyond Latin-1
		}
		return b.String()
	}
	wide := func(s string) string {
		var b strings.Builder
		b.WriteString("\xff\xfe")
		for _, u := range utf16.Encode([]rune(s)) {
			b.WriteByte(byte(u))
			b.WriteByte(byte(u >> 8))
		}
		return b.String()
	}
	say := func(name string) string { return strings.ReplaceAll(text, "%s", name) }
	return Behaviour{
		Name: "tegnsaet", Does: "lies about its charset, or does not speak of it",
		Want: map[string]string{"/": ok, "/latin-uden": ok, "/utf8-uden": ok, "/utf8-som-latin": ok, "/utf16": ok, "/ukendt": ok, "/latin-som-utf8": ok},
		Titles: map[string]string{
			"/latin-uden": dessert + " a", "/utf8-uden": dessert + " b", "/utf16": dessert + " d", "/ukendt": dessert + " e", "/latin-som-utf8": dessert + " f",
		},
		pages: map[string]page{
			"/latin-uden": body("text/html", latin(say("a"))), "/utf8-uden": body("text/html", say("b")), "/utf8-som-latin": body("text/html; charset=iso-8859-1", say("c")),
			"/utf16": body("text/html", wide(say("d"))), "/ukendt": body("text/html; charset=klingon", say("e")), "/latin-som-utf8": body("text/html; charset=utf-8", latin(say("f"))),
		},
	}
}

func nuls() Behaviour {
	return Behaviour{
		Name: "nul", Does: "strews NUL bytes and control characters over its page", Want: map[string]string{"/": ok, "/side": ok},
		Titles: map[string]string{"/side": "En side med nuller"},
		pages: map[string]page{"/side": func(a *ask) {
			serve(a, strings.ReplaceAll(Article("En side med nuller"), ". ", ".\x00\x01\x1b \x00"))
		}},
	}
}

func noIndex() Behaviour {
	header := func(value string) page { return with("X-Robots-Tag", value, says("Skal ikke findes: "+value)) }
	meta := func(name, value string) page {
		return body("text/html; charset=utf-8", fmt.Sprintf("<meta name=%q content=%q>", name, value)+Article("Skal ikke findes: "+name+value))
	}
	return Behaviour{
		Name: "noindex", Does: "wants some pages left out, in every way there is to say it",
		Want: map[string]string{
			"/": ok, "/meta": "refused noindex", "/none": "refused noindex", "/os": "refused noindex", "/hovede": "refused noindex", "/hovede-os": "refused noindex", "/hovede-andre": ok, "/senere": ok,
		},
		Then: map[string]string{"/senere": "refused noindex"},
		pages: map[string]page{
			"/meta": meta("ROBOTS", "NoIndex"), "/none": meta("robots", "none"), "/os": meta("smaabornsviden", "noindex"), "/hovede": header("noindex, nofollow"),
			"/hovede-os": header("smaabornsviden: noindex"), "/hovede-andre": header("otherbot: noindex"),
			"/senere": later(says("Skal findes nu, men ikke senere"), header("noindex")),
		},
	}
}

func noFollow() Behaviour {
	return Behaviour{
		Name: "nofollow", Does: "wants some links not followed", Want: map[string]string{"/": ok, "/side": ok, "/bag-meta": "unknown", "/bag-rel": "refused nofollow"},
		Never: []string{"/bag-meta", "/bag-rel"},
		pages: map[string]page{
			"/":      body("text/html; charset=utf-8", strings.Replace(Article("Forsiden hos nofollow", "/side"), "<nav>", `<nav><a rel="nofollow" href="/bag-rel">Bag</a>`, 1)),
			"/side":  body("text/html; charset=utf-8", `<meta name="robots" content="nofollow">`+Article("En side, hvis links ikke gælder", "/bag-meta")),
			"/bag-a": status(404),
		},
	}
}

func expires() Behaviour {
	return Behaviour{
		Name: "udloebet", Does: "wants a page out of every index since long ago", Want: map[string]string{"/": ok, "/side": "refused unavailable-after"},
		pages: map[string]page{"/side": with("X-Robots-Tag", "unavailable_after: 25 Jun 2010 15:00:00 GMT", says("En udløbet side"))},
	}
}

// canonicals names absurd addresses as its pages' own.
func canonicals() Behaviour {
	own := func(title, to string) page {
		return body("text/html; charset=utf-8", strings.Replace(Article(title), "<head>", `<head><link rel="canonical" href="`+to+`">`, 1))
	}
	return Behaviour{
		Name: "kanonisk", Does: "calls every page by the front page's name, by a missing one's, by nonsense",
		Want: map[string]string{"/": ok, "/forside": ok, "/findes-ikke": ok, "/vroevl": ok, "/javascript": ok, "/en": ok, "/anden": ok, "/to": ok},
		pages: map[string]page{
			"/forside": own("En side, der kalder sig forsiden", "/"), "/findes-ikke": own("En side med et navn, der ikke findes", "/intet-her"), "/vroevl": own("En side med et umuligt navn", "http://[:::]/"),
			"/javascript": own("En side med et script som navn", "javascript:void(0)"), "/en": own("Den ene af to, der peger på hinanden", "/anden"), "/anden": own("Den anden af to, der peger på hinanden", "/en"),
			"/to": body("text/html; charset=utf-8", strings.Replace(Article("En side med to navne"), "<head>", `<head><link rel="canonical" href="/x"><link rel="canonical" href="/y">`, 1)),
		},
	}
}

func shells() Behaviour {
	return Behaviour{
		Name: "kun-script", Does: "is empty until a script has run", Want: map[string]string{"/": ok, "/app": "unsupported needs-javascript"},
		pages: map[string]page{"/app": body("text/html", `<!doctype html><html><head><title></title></head><body><div id="root"></div><script src="/bundle.js"></script></body></html>`)},
	}
}

// phantoms shows links where none are.
func phantoms() Behaviour {
	return Behaviour{
		Name: "fantomer", Does: "has links in scripts, comments, styles and attributes", Want: map[string]string{"/": ok, "/side": ok},
		Never: []string{"/fantom-1", "/fantom-2", "/fantom-3", "/fantom-4", "/fantom-5"},
		pages: map[string]page{"/side": func(a *ask) {
			serve(a, strings.Replace(Article("En side med fantomer"), "<nav>", `<script>document.write('<a href="/fantom-1">x</a>')</script><style>/* <a href="/fantom-2">x</a> */</style>
<!-- <a href="/fantom-3">x</a> --><textarea><a href="/fantom-4">x</a></textarea><p title='<a href="/fantom-5">x</a>'></p><nav>`, 1)+"<!-- aldrig lukket")
		}},
	}
}

func wrongTypes() Behaviour {
	return Behaviour{
		Name: "forkert-type", Does: "calls pages PDF and PDF pages",
		Want: map[string]string{"/": ok, "/side.pdf": ok, "/fil.html": ok, "/uden": ok, "/billede": "unsupported content-type", "/binaer": "unsupported content-type"},
		pages: map[string]page{
			"/side.pdf": body("application/pdf", Article("En side, der kalder sig PDF")), "/fil.html": body("text/html", onePage("En fil om krybetunneller og gynger for de mindste")),
			"/uden": func(a *ask) {
				text := Article("En side uden type")
				raw(fmt.Sprintf("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s", len(text), text))(a)
			},
			"/billede": body("image/png", "\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR"), "/binaer": body("application/octet-stream", strings.Repeat("\x00\x01\x02\xfe", 500)),
		},
	}
}

func wrongLanguage() Behaviour {
	return Behaviour{
		Name: "forkert-sprog", Does: "calls an English page Danish", Want: map[string]string{"/": ok, "/side": ok},
		pages: map[string]page{"/side": body("text/html; charset=utf-8", `<!doctype html><html lang="da"><title>Early childhood</title><main><h1>Early childhood</h1>`+
			strings.Repeat("<p>The children and their teachers spend the morning in the forest, and this is what the researchers have found about it.</p>", 5)+"</main>")},
	}
}

// personal carries what nobody may keep in its addresses.
func personal() Behaviour {
	return Behaviour{
		Name: "persondata", Does: "has numbers and addresses of people in its links", Want: map[string]string{"/": ok},
		Never: []string{"/sag?cpr=0101701234", "/mail?til=ida@kommune.example"},
		pages: map[string]page{"/": says("Forsiden hos persondata", "/sag?cpr=0101701234", "/sag?cpr=010170-1234", "/mail?til=ida@kommune.example", "/god")},
	}
}

// sameText shows one article at sixty addresses of no pattern.
func sameText() Behaviour {
	pages, want, all := map[string]page{}, map[string]string{"/": ok}, []string{}
	for i := range 60 {
		path := fmt.Sprintf("/%c%c/artikel", 'a'+i/8, 'k'+i%8)
		pages[path] = says("Den samme artikel overalt")
		all = append(all, path)
	}
	pages["/"] = says("Forsiden hos alt-er-ens", append(all, "/god")...)
	return Behaviour{Name: "alt-er-ens", Does: "shows one article at sixty addresses", Documents: 3, Most: 180, Want: want, pages: pages}
}

func printViews() Behaviour {
	whole := Article("En artikel med udskriftsvisning")
	return Behaviour{
		Name: "udskrift", Does: "has a print view that names the article as its own", Documents: 3, Want: map[string]string{"/": ok, "/artikel": ok, "/udskriv/artikel": "alias canonical"},
		pages: map[string]page{
			"/artikel":         body("text/html; charset=utf-8", whole),
			"/udskriv/artikel": body("text/html; charset=utf-8", strings.Replace(whole, "<head>", `<head><link rel="canonical" href="/artikel">`, 1)+"<p>Udskrevet i dag.</p>"),
		},
	}
}

// rawAddresses writes one address in six ways.
func rawAddresses() Behaviour {
	return Behaviour{
		Name: "raa-adresser", Does: "writes one address raw, escaped, in capitals, with dots and spaces", Documents: 3, Most: 14,
		Want: map[string]string{"/": ok, "/b%C3%B8rn/leg": ok},
		pages: map[string]page{
			"/":              says("Forsiden hos raa-adresser", "/børn/leg", "/b%c3%b8rn/leg", "/b%C3%B8rn/leg", "/b%C3%B8rn/./leg", "/x/../børn/leg", " /børn/leg#afsnit", "/børn/leg?utm_source=brev", "/god"),
			"/b%C3%B8rn/leg": says("Børn leger"),
		},
	}
}
