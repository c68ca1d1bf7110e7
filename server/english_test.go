package server_test

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"smaabornsviden/server/servertest"
)

// danish are words that give away a Danish sentence.
var danish = regexp.MustCompile(`(?i)[æøå]|\b(og|ikke|af|er|på|til|fra|med|som|det|den|der|har|kan|vi|du|din|eller|alle|ingen|kilder?|dokumenter|resultat(er)?|emner?|sider)\b`)

// quoted are words of the reader and of parameters.
var quoted = regexp.MustCompile("“[^”]*”|\"[^\"]*\"")

// What is not marked as Danish on an English page is English: no text was forgotten, and what stays in its own language
// says so to screen readers.
func TestEnglishPagesSayNothingInDanishWithoutMarkingIt(t *testing.T) {
	states(t, func(t *testing.T, s servertest.State, doc *goquery.Document) {
		if !strings.HasPrefix(s.Name, "en-") {
			return
		}
		// Words of the reader and names of people are in whatever language they are.
		doc.Find("body [lang], .print-only, script, em, code, pre, .authors, .address, .reference, .missing, .understood li:not(.widened), input").Remove()
		if strings.HasSuffix(s.Name, "fjendtligt") || strings.HasSuffix(s.Name, "fjendtlig") {
			return
		}
		text := strings.ReplaceAll(doc.Find("body").Text(), "Småbørnsviden", "")
		text = quoted.ReplaceAllString(strings.ReplaceAll(text, "Bokmål", ""), "")
		for line := range strings.SplitSeq(text, "\n") {
			if found := danish.FindString(line); found != "" {
				t.Errorf("%q in %q", found, strings.TrimSpace(line))
			}
		}
	})
}

// A reader who came to the English pages stays there.
func TestEnglishPagesLinkEnglishPages(t *testing.T) {
	states(t, func(t *testing.T, s servertest.State, doc *goquery.Document) {
		if !strings.HasPrefix(s.Name, "en-") {
			return
		}
		doc.Find("a[href^='/'], form[action^='/']").Each(func(_ int, el *goquery.Selection) {
			to, ok := el.Attr("href")
			if !ok {
				to, _ = el.Attr("action")
			}
			machine := strings.HasPrefix(to, "/api/") || strings.HasPrefix(to, "/feed.") || strings.HasPrefix(to, "/laeseliste/") || strings.Contains(to, "/dokument/") && el.Is("[rel=nofollow]")
			if !machine && to != "/en" && !strings.HasPrefix(to, "/en/") && !el.Is(".twin a") {
				t.Errorf("%s leads to %s", goquery.NodeName(el), to)
			}
		})
	})
}

func TestTheTwinIsTheSamePageAndTheBrowserDoesNotDecide(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	for path, twin := range map[string]string{
		"/": "/en", "/en": "/", "/en/": "/", "/soeg?q=leg&type=forskning": "/en/soeg?q=leg&type=forskning", "/en/soeg?q=leg&side=2": "/soeg?q=leg&side=2",
		"/emne/overgange": "/en/emne/overgange", "/en/om/metode": "/om/metode", "/en/dokument/findes-ikke": "/dokument/findes-ikke",
		"/soeg?q=010203-1234": "/en/soeg", "/en/010203-1234": "/",
	} {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.Header.Set("Accept-Language", "en-GB,en;q=0.9")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		doc := parse(t, w.Body)
		if got, _ := doc.Find(".twin a").Attr("href"); got != twin {
			t.Errorf("%s: twin %s, want %s", path, got, twin)
		}
		want := "da"
		if path == "/en" || strings.HasPrefix(path, "/en/") {
			want = "en"
		}
		if got, _ := doc.Find("html").Attr("lang"); got != want {
			t.Errorf("%s is in %s", path, got)
		}
	}
}
