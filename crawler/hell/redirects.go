package hell

import (
	"fmt"
	"net/http"
)

// redirects are sites that send visitors astray.
func redirects() []Behaviour {
	return []Behaviour{
		chain("kaede-8", 8, "redirect moved", ok), chain("kaede-14", 14, "redirect moved", "unknown"), rings(), nowhere(), badSchemes(), private(),
		refreshes(), cookieWall(), longLocation(), abroad(),
	}
}

// chain leads over so many redirects to a page; ten are followed.
func chain(name string, hops int, first, last string) Behaviour {
	pages := map[string]page{"/": says("Forsiden hos "+name, "/0"), "/maal": says("Målet for en lang rejse hos " + name)}
	for i := range hops {
		to := fmt.Sprintf("/%d", i+1)
		if i == hops-1 {
			to = "/maal"
		}
		pages[fmt.Sprintf("/%d", i)] = sends([]int{301, 302, 307, 308}[i%4], to)
	}
	return Behaviour{
		Name: name, Does: fmt.Sprintf("leads over %d redirects", hops),
		Want: map[string]string{"/": ok, "/0": first, "/maal": last}, pages: pages,
	}
}

func rings() Behaviour {
	return Behaviour{
		Name: "ringe", Does: "leads in rings of one, two and three", Most: 24,
		Want: map[string]string{"/": ok, "/selv": "failed redirect-loop"},
		pages: map[string]page{
			"/selv": sends(301, "/selv"), "/a": sends(301, "/b"), "/b": sends(302, "/a"), "/x": sends(308, "/y"), "/y": sends(307, "/z"), "/z": sends(303, "/x"),
		},
	}
}

func nowhere() Behaviour {
	return Behaviour{
		Name: "ingen-steder-hen", Does: "redirects without saying where, or into nonsense",
		Want: map[string]string{"/": ok, "/uden": "failed redirect-out-of-scope", "/vroevl": "failed redirect-out-of-scope", "/linje": "failed connection"},
		pages: map[string]page{
			"/uden": status(301), "/vroevl": sends(301, "http://[:::]:xx/"), "/linje": raw("HTTP/1.1 301 Moved\r\nLocation: http://\x00/\r\nContent-Length: 0\r\n\r\n"),
		},
	}
}

func badSchemes() Behaviour {
	pages, want := map[string]page{}, map[string]string{"/": ok}
	for i, to := range []string{"file:///etc/passwd", "ftp://ftp.example/fil", "javascript:alert(1)", "data:text/html,hej", "gopher://a.example/", "unix:/control.sock"} {
		path := fmt.Sprintf("/%d", i)
		pages[path], want[path] = sends(302, to), "failed redirect-out-of-scope"
	}
	return Behaviour{Name: "skemaer", Does: "redirects to file:, ftp:, javascript: and the like", Want: want, pages: pages}
}

// private leads to addresses that are nobody's business. No source covers them, so none is dialled.
func private() Behaviour {
	pages, want := map[string]page{}, map[string]string{"/": ok}
	for i, to := range []string{
		"http://169.254.169.254/latest/meta-data/", "http://[::ffff:10.0.0.1]/", "http://[::1]/", "http://2130706433/", "http://0x7f.1/", "http://localhost/", "http://127.0.0.1:9/",
		"http://metadata.google.internal/", "http://168.63.129.16/", "http://[fd00:ec2::254]/",
	} {
		path := fmt.Sprintf("/%d", i)
		pages[path], want[path] = sends(302, to), "refused redirect-out-of-scope"
	}
	return Behaviour{Name: "private-adresser", Does: "redirects to private addresses in every spelling", Want: want, pages: pages}
}

func refreshes() Behaviour {
	refresh := func(to string) page {
		return body("text/html; charset=utf-8", fmt.Sprintf(`<!doctype html><title>Vent</title><meta http-equiv="refresh" content="0; url=%s"><p>Du sendes videre.`, to))
	}
	return Behaviour{
		Name: "refresh", Does: "moves visitors by meta refresh, also in rings and inside noscript", Most: 22,
		Want: map[string]string{"/": ok, "/videre": "redirect moved", "/maal": ok, "/uden-script": ok},
		pages: map[string]page{
			"/videre": refresh("/maal"), "/maal": says("Målet"), "/a": refresh("/b"), "/b": refresh("/a"),
			"/uden-script": body("text/html; charset=utf-8", `<!doctype html><head><title>Uden script</title><noscript><meta http-equiv="refresh" content="0; url=/fantom"></noscript></head>`+Article("En side, der kun flytter dem uden script")[len("<!doctype html>"):]),
		},
		Never: []string{"/fantom"},
	}
}

// cookieWall sends round and round until a cookie comes back.
func cookieWall() Behaviour {
	return Behaviour{
		Name: "cookiemur", Does: "wants a cookie before it shows anything", Most: 14, Want: map[string]string{"/": "redirect moved", "/?samtykke=1": "failed redirect-loop"},
		pages: map[string]page{"*": cookie, "/": cookie},
	}
}

func cookie(a *ask) {
	if _, err := a.Cookie("samtykke"); err == nil {
		says("Tak for kagen")(a)
		return
	}
	http.SetCookie(a.ResponseWriter, &http.Cookie{Name: "samtykke", Value: "ja"})
	sends(http.StatusFound, "/?samtykke=1")(a)
}

func longLocation() Behaviour {
	return Behaviour{
		Name: "langt-maal", Does: "redirects to an address of 100 kB", Want: map[string]string{"/": ok, "/langt": "failed redirect-out-of-scope"},
		pages: map[string]page{"/langt": func(a *ask) { sends(301, "/"+string(make100k('a')))(a) }},
	}
}

func make100k(c byte) []byte {
	b := make([]byte, 100<<10)
	for i := range b {
		b[i] = c
	}
	return b
}

// abroad calls other hosts' pages its own and leads to them.
func abroad() Behaviour {
	const elsewhere = "http://www.en-anden.example/"
	return Behaviour{
		Name: "udlandet", Does: "leads to hosts that nobody registered, by redirect, canonical, base, refresh and links",
		Want: map[string]string{"/": ok, "/flyttet": "refused redirect-out-of-scope", "/kanonisk": ok, "/base": ok},
		pages: map[string]page{
			"/flyttet":  sends(301, elsewhere),
			"/kanonisk": body("text/html; charset=utf-8", `<link rel="canonical" href="`+elsewhere+`side">`+Article("En side, der kalder sig en andens")),
			"/base":     body("text/html; charset=utf-8", `<base href="`+elsewhere+`">`+Article("En side med base et andet sted", "herfra")),
		},
		Never: []string{"/herfra"},
	}
}
