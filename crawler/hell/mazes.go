package hell

import (
	"fmt"
	"strconv"
	"strings"
)

// mazes are sites without end.
func mazes() []Behaviour {
	return []Behaviour{calendar(), facets(), sessions(), segments(), deeper(), babel(), echo(), counter()}
}

// calendar has a month after every month.
func calendar() Behaviour {
	return Behaviour{
		Name: "kalender", Does: "has a month after every month for ever", Most: 180, Want: map[string]string{"/": ok, "/god": ok},
		pages: map[string]page{
			"/": says("Forsiden hos kalender", "/kalender?maaned=1", "/god"), "/kalender": func(a *ask) {
				n, _ := strconv.Atoi(a.URL.Query().Get("maaned"))
				serve(a, fmt.Sprintf(`<!doctype html><title>Kalender</title><main><h1>Kalender</h1><p>Der er ingen arrangementer i måned %d.</p></main><a href="/kalender?maaned=%d">Forrige</a> <a href="/kalender?maaned=%d">Næste</a>`, n, n-1, n+1))
			},
		},
	}
}

// facets lets every list be narrowed in every order.
func facets() Behaviour {
	return Behaviour{
		Name: "facetter", Does: "lets a list be narrowed in every order", Most: 230, Want: map[string]string{"/": ok, "/god": ok},
		pages: map[string]page{
			"/": says("Forsiden hos facetter", "/liste?a=1", "/god"), "/liste": func(a *ask) {
				var links []string
				for _, key := range []string{"a", "b", "c", "d", "e"} {
					for v := range 4 {
						q := a.URL.Query()
						q.Add(key, strconv.Itoa(v))
						links = append(links, "/liste?"+strings.ReplaceAll(q.Encode(), "&", "&amp;"))
					}
				}
				serve(a, "<!doctype html><title>Liste</title><main><h1>Liste</h1><p>Ingen resultater passer til dine valg.</p></main>"+Article("x", links...)[strings.Index(Article("x"), "<nav>"):])
			},
		},
	}
}

// sessions gives every visit a new session in every address.
func sessions() Behaviour {
	session := func(a *ask) string { return fmt.Sprintf("%032X", hashOf(a.URL.RequestURI(), a.n)) }
	return Behaviour{
		Name: "sessioner", Does: "writes a new session into every link", Most: 40, Want: map[string]string{"/": ok, "/side": ok}, Documents: 3,
		pages: map[string]page{
			"/": func(a *ask) {
				says("Forsiden hos sessioner", "/side;jsessionid="+session(a), "/side?PHPSESSID="+session(a), "/god?sid="+session(a))(a)
			},
			"/side": func(a *ask) {
				says("En side med session", "/;jsessionid="+session(a), "/side?PHPSESSID="+session(a))(a)
			},
			"/god": says("En god side uden session"),
		},
	}
}

// segments grows by a relative link.
func segments() Behaviour {
	return Behaviour{
		Name: "relativ-ring", Does: "links to itself one level deeper", Most: 60, Want: map[string]string{"/": ok, "/god": ok},
		pages: map[string]page{
			"/": says("Forsiden hos relativ-ring", "infra/www/", "/god"), "*": func(a *ask) { says("Infrastruktur "+strconv.Itoa(len(a.URL.Path)), "infra/www/", "www/infra/")(a) },
		},
	}
}

// deeper has a page below every page, each of another name.
func deeper() Behaviour {
	return Behaviour{
		Name: "bundloes", Does: "has a page below every page", Most: 60, Want: map[string]string{"/": ok, "/god": ok},
		pages: map[string]page{
			"/": says("Forsiden hos bundloes", "/ned/", "/god"), "*": func(a *ask) {
				says("Etage "+a.URL.Path, a.URL.Path+strconv.FormatUint(hashOf(a.URL.Path, 0)%1000, 36)+"x/")(a)
			},
		},
	}
}

// babel answers every address with random text and links to more: only the source's own bound ends it.
func babel() Behaviour {
	return Behaviour{
		Name: "babel", Does: "answers every address with random text that leads to more", Most: 150, register: "max_pages: 60", Want: map[string]string{},
		pages: map[string]page{"/": library, "*": library},
	}
}

func library(a *ask) {
	seed := hashOf(a.URL.RequestURI(), 0)
	word := func() string {
		seed = seed*6364136223846793005 + 1442695040888963407
		return strconv.FormatUint(seed>>20, 36)
	}
	text := make([]string, 200)
	for i := range text {
		text[i] = word()
	}
	serve(a, fmt.Sprintf(`<!doctype html><title>%s</title><main><h1>%[1]s</h1><p>%s</p></main><a href="/%s">x</a> <a href="/%s/%s">y</a>`, word(), strings.Join(text, " "), word(), word(), word()))
}

// echo writes the address that was asked for into its links.
func echo() Behaviour {
	return Behaviour{
		Name: "ekko", Does: "repeats the address in its links", Most: 140, register: "max_pages: 60", Want: map[string]string{"/": ok},
		pages: map[string]page{
			"/": says("Forsiden hos ekko", "/soeg?q=leg", "/god"), "/soeg": func(a *ask) {
				serve(a, `<!doctype html><title>Søg</title><main><h1>Søg</h1><p>Ingen resultater.</p></main><a href="/soeg?q=`+strings.ReplaceAll(a.URL.RawQuery, "&", "%26")+`+mere">Mere</a>`)
			},
		},
	}
}

// counter links to the next number, in the path.
func counter() Behaviour {
	return Behaviour{
		Name: "taeller", Does: "has a next page after every page that lists nothing", Most: 180, Want: map[string]string{"/": ok, "/god": ok},
		pages: map[string]page{
			"/": says("Forsiden hos taeller", "/side/1", "/god"), "*": func(a *ask) {
				n, _ := strconv.Atoi(strings.TrimPrefix(a.URL.Path, "/side/"))
				serve(a, fmt.Sprintf(`<!doctype html><title>Arkiv</title><main><h1>Arkiv</h1><p>Der er ikke mere at vise.</p></main><a href="/side/%d">Næste</a>`, n+1))
			},
		},
	}
}
