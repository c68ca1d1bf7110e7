package hell

import (
	"fmt"
	"net/http"
	"strings"
)

// hosts are sites that fail as a whole.
func hosts() []Behaviour {
	return []Behaviour{
		{Name: "nede", Does: "nobody listens", Want: map[string]string{"/": "new"}, down: true},
		{Name: "tls-udloebet", Does: "its certificate has expired", Want: map[string]string{"/": "new"}, tls: expired},
		{Name: "tls-en-anden", Does: "its certificate is another host's", Want: map[string]string{"/": "new"}, tls: elsewhere},
		{Name: "tls-selvlavet", Does: "its certificate is signed by itself", Want: map[string]string{"/": "new"}, tls: selfmade},
		{Name: "tls-ingen", Does: "speaks HTTP on the port of HTTPS", Want: map[string]string{"/": "new"}, tls: plainly},
		{Name: "tls-god", Does: "is at no fault", Want: map[string]string{"/": ok, "/god": ok}, tls: good},
		goesDown(), parked(), login(), closesAtOnce(), barsBots(),
	}
}

func goesDown() Behaviour {
	broken := func(a *ask) { raw("")(a) }
	return Behaviour{
		Name: "gaar-ned", Does: "closes every connection at the second crawl: nothing is deleted",
		Want: map[string]string{"/": ok, "/god": ok, "/robots.txt": "unknown"}, Then: map[string]string{"/": ok, "/god": ok}, Documents: 2,
		pages: map[string]page{"/robots.txt": later(rules(""), broken), "/": later(front, broken), "/god": later(says("En god side på et ustabilt sted"), broken)},
	}
}

// parked has twelve pages that all turn into one advertisement: the brake holds what would be lost.
func parked() Behaviour {
	ad := says("Dette domæne er til salg")
	pages := map[string]page{"/": later(front, ad), "/god": later(says("En god side før salget"), ad)}
	for i := range 12 {
		title := fmt.Sprintf("Artikel nummer %s om trivsel", strings.Repeat("I", i+1))
		pages["/artikel-"+string(rune('a'+i))] = later(says(title), ad)
	}
	return Behaviour{Name: "parkeret", Does: "shows one advertisement at every address at the second crawl", Documents: 14, Want: map[string]string{"/": ok}, pages: pages, Most: 60}
}

func login() Behaviour {
	in := func(a *ask) { sends(http.StatusFound, "/log-ind?tilbage="+a.URL.Path)(a) }
	return Behaviour{
		Name: "kun-for-medlemmer", Does: "sends every visitor to a log-in at the second crawl: a first look settles nothing",
		Want: map[string]string{"/": ok, "/god": ok}, Then: map[string]string{"/god": "missing moved"}, Documents: 2,
		pages: map[string]page{
			"/": later(front, in), "/god": later(says("En god side, der siden blev lukket"), in), "*": later(status(http.StatusNotFound), says("Log ind for at læse videre")),
		},
	}
}

func closesAtOnce() Behaviour {
	return Behaviour{
		Name: "laegger-paa", Does: "takes connections and closes them", Want: map[string]string{"/": "new"},
		pages: map[string]page{"*": raw(""), "/": raw(""), "/robots.txt": raw("")},
	}
}

// barsBots answers 403 to whoever says that it is none.
func barsBots() Behaviour {
	return Behaviour{
		Name: "ingen-robotter", Does: "bars everybody who is not a browser", Want: map[string]string{"/": "failed forbidden"},
		pages: map[string]page{"/": func(a *ask) {
			if strings.HasPrefix(a.UserAgent(), "Mozilla/") {
				front(a)
				return
			}
			status(http.StatusForbidden)(a)
		}},
	}
}
