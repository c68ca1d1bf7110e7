package hell

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"strings"
	"sync"
)

// bodies are sites whose pages are larger, deeper or packed in another way than they should be.
func bodies() []Behaviour {
	return []Behaviour{
		bombs(), mislabelled(), endless(), announced(), deep(), links(), longLinks(), inline(), attributes(), tableOfTables(),
	}
}

// zip writes head and then a text again and again up to so many bytes, compressed.
func zip(w io.Writer, head, text string, size int) {
	z, err := gzip.NewWriterLevel(w, gzip.BestSpeed)
	if err != nil {
		panic(err) // the level is a constant
	}
	_, err = io.WriteString(z, head)
	block := strings.Repeat(text, 1+(64<<10)/max(1, len(text)))
	for sent := 0; err == nil && sent < size; sent += len(block) {
		_, err = io.WriteString(z, block)
	}
	_ = z.Close() // a client that has had enough is what is wanted here
}

func packed(encoding string, write func(w io.Writer)) page {
	return func(a *ask) {
		a.Header().Set("Content-Type", "text/html; charset=utf-8")
		a.Header().Set("Content-Encoding", encoding)
		write(a)
	}
}

// charges are packed once: the server must not be slower than its visitor.
var charges = sync.OnceValue(func() (all struct{ once, twice []byte }) {
	var once, inner, twice bytes.Buffer
	zip(&once, Article("Bombe"), "<p>bum</p>\n", 300<<20)
	zip(&inner, "", "<p>bum</p>\n", 100<<20)
	zip(&twice, inner.String(), "", 0)
	all.once, all.twice = once.Bytes(), twice.Bytes()
	return all
})

func bombs() Behaviour {
	once := func(w io.Writer) { _, _ = w.Write(charges().once) }
	return Behaviour{
		Name: "bombe", Does: "packs 300 MB into one, once and twice and three times",
		Want: map[string]string{"/": ok, "/en": "failed too-large", "/to": "failed too-large", "/tre": "failed unreadable", "/sitemap.xml": "failed too-large"},
		pages: map[string]page{
			"/en": packed("gzip", once), "/sitemap.xml": packed("gzip", once), "/tre": packed("gzip, gzip, gzip", once),
			"/to": packed("gzip, gzip", func(w io.Writer) { _, _ = w.Write(charges().twice) }),
		},
	}
}

func mislabelled() Behaviour {
	plain := func(title string) func(io.Writer) {
		return func(w io.Writer) { _, _ = io.WriteString(w, Article(title)) }
	}
	return Behaviour{
		Name: "forkert-pakket", Does: "says of its pages that they are packed in ways that they are not",
		Want: map[string]string{"/": ok, "/gzip": ok, "/br": ok, "/utf-8": ok, "/afbrudt": "failed connection", "/vroevl": "failed unreadable"},
		pages: map[string]page{
			"/gzip": packed("gzip", plain("Ikke pakket som gzip")), "/br": packed("br", plain("Ikke pakket som brotli")), "/utf-8": packed("utf-8", plain("Pakket som utf-8")),
			"/afbrudt": packed("gzip", func(w io.Writer) {
				var b bytes.Buffer
				zip(&b, Article("Afbrudt"), "<p>mere og mere</p>", 100<<10)
				_, _ = w.Write(b.Bytes()[:b.Len()/2])
			}),
			"/vroevl": packed("gzip", func(w io.Writer) { _, _ = io.WriteString(w, "\x1f\x8b\x08\x00"+strings.Repeat("\x00\x01\xff", 400)) }),
		},
	}
}

func endless() Behaviour {
	return Behaviour{
		Name: "gigabyte", Does: "has a page of a gigabyte and says nothing of its length", Want: map[string]string{"/": ok, "/side": "failed too-large"},
		pages: map[string]page{"/side": func(a *ask) {
			a.Header().Set("Content-Type", "text/html")
			pour(a, "<p>Mere og mere om leg.</p>\n", 1<<30)
		}},
	}
}

func announced() Behaviour {
	return Behaviour{
		Name: "gigabyte-lovet", Does: "announces a page of a gigabyte", Want: map[string]string{"/": ok, "/side": "failed too-large"},
		pages: map[string]page{"/side": func(a *ask) {
			a.Header().Set("Content-Length", fmt.Sprint(1<<30))
			a.Header().Set("Content-Type", "text/html")
			pour(a, "<p>Mere og mere om leg.</p>\n", 1<<30)
		}},
	}
}

func deep() Behaviour {
	return Behaviour{
		Name: "dyb", Does: "nests 100,000 elements in each other, and a million", Want: map[string]string{"/": ok, "/div": ok, "/million": ok, "/b": ok, "/uafsluttet": ok},
		pages: map[string]page{
			"/million":    body("text/html; charset=utf-8", strings.Replace(Article("En million elementer dyb"), "</main>", strings.Repeat("<div>", 1_000_000)+"</main>", 1)),
			"/div":        body("text/html; charset=utf-8", strings.Replace(Article("En dyb side"), "<main>", "<main>"+strings.Repeat("<div>", 100_000), 1)),
			"/b":          body("text/html; charset=utf-8", strings.Replace(Article("En fed side"), "<main>", "<main>"+strings.Repeat("<b><a href=/x>", 50_000), 1)),
			"/uafsluttet": body("text/html; charset=utf-8", Article("En side, der åbner og aldrig lukker")+strings.Repeat("<table><tr><td>", 20_000)),
		},
	}
}

// links names so many pages that only a machine can have made them; what lies beyond the limit is left.
func links() Behaviour {
	return Behaviour{
		Name: "links-100000", Does: "names 100,000 pages on one, and a million on another that is too large for it", Most: 124, register: "max_pages: 50",
		Want: map[string]string{"/": ok, "/side": ok, "/million": "failed too-large"},
		pages: map[string]page{
			"/": says("Forsiden hos links-100000", "/million", "/side", "/god"),
			"/million": func(a *ask) {
				var b strings.Builder
				b.WriteString(Article("En side med en million henvisninger"))
				for i := range 1_000_000 {
					fmt.Fprintf(&b, "<a href=/m/%d>x</a>\n", i)
				}
				serve(a, b.String())
			},
			"/side": func(a *ask) {
				var b strings.Builder
				b.WriteString(Article("En side med alt for mange henvisninger"))
				for i := range 100_000 {
					fmt.Fprintf(&b, "<a href=/n/%d>%d</a>\n", i, i)
				}
				serve(a, b.String())
			},
			"*": func(a *ask) { says("Nummer " + a.URL.Path)(a) },
		},
	}
}

func longLinks() Behaviour {
	return Behaviour{
		Name: "links-2-mb", Does: "names an address of two megabytes", Want: map[string]string{"/": ok, "/side": ok},
		pages: map[string]page{"/side": func(a *ask) {
			serve(a, Article("En side med en lang adresse", "/"+strings.Repeat("lang", 500_000), "/?q="+strings.Repeat("a", 5000)))
		}},
	}
}

func inline() Behaviour {
	return Behaviour{
		Name: "billede-i-siden", Does: "carries five megabytes of picture in the page", Want: map[string]string{"/": ok, "/side": ok},
		Titles: map[string]string{"/side": "En side med et billede i sig"},
		pages: map[string]page{"/side": func(a *ask) {
			serve(a, strings.Replace(Article("En side med et billede i sig"), "<main>", `<main><img alt="" src="data:image/png;base64,`+strings.Repeat("iVBORw0KGgo", 500_000)+`">`, 1))
		}},
	}
}

func attributes() Behaviour {
	return Behaviour{
		Name: "attributter", Does: "gives one element 100,000 attributes", Want: map[string]string{"/": ok, "/side": ok},
		pages: map[string]page{"/side": func(a *ask) {
			var b strings.Builder
			for i := range 100_000 {
				fmt.Fprintf(&b, " a%d=x", i)
			}
			serve(a, strings.Replace(Article("En side med mange attributter"), "<main>", "<main"+b.String()+">", 1))
		}},
	}
}

// tableOfTables makes the tree builder move content out of tables again and again.
func tableOfTables() Behaviour {
	return Behaviour{
		Name: "tabeller", Does: "hides text in tables where none may stand", Want: map[string]string{"/": ok, "/side": ok},
		pages: map[string]page{"/side": func(a *ask) {
			serve(a, Article("En side med tabeller")+strings.Repeat("<table><p>ude<table><b>", 5_000))
		}},
	}
}
