package server_test

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"smaabornsviden/index/query"
	"smaabornsviden/server/servertest"
)

var (
	paramName    = regexp.MustCompile(`^[a-z_]+$`)
	fragmentName = regexp.MustCompile(`^([a-z0-9-]+|:~:text=.*)?$`)
)

// An address that was escaped twice holds the rest of an entity: as a fragment (&amp;#43;) or as a parameter (amp;q=).
func TestLinksOfEveryStateAreEscapedOnce(t *testing.T) {
	states(t, func(t *testing.T, s servertest.State, doc *goquery.Document) {
		doc.Find("[href], [action]").Each(func(_ int, el *goquery.Selection) {
			href := el.AttrOr("href", el.AttrOr("action", ""))
			if !strings.HasPrefix(href, "/") && !strings.HasPrefix(href, "#") {
				return
			}
			u, err := url.Parse(href)
			if err != nil {
				t.Errorf("%s: %v", href, err)
				return
			}
			values, err := url.ParseQuery(u.RawQuery)
			if err != nil || !fragmentName.MatchString(u.Fragment) {
				t.Errorf("%s: fragment %q, %v", href, u.Fragment, err)
			}
			for name := range values {
				if !paramName.MatchString(name) {
					t.Errorf("%s has the parameter %q", href, name)
				}
			}
		})
	})
}

// What an example shows is what it searches for.
func TestExamplesSearchForWhatTheyShow(t *testing.T) {
	found := 0
	states(t, func(t *testing.T, s servertest.State, doc *goquery.Document) {
		examples := doc.Find("#q-hint a")
		if strings.HasSuffix(s.Name, "hjaelp") {
			examples = examples.AddSelection(doc.Find("td a[href*='/soeg?q=']"))
		}
		examples.Each(func(_ int, el *goquery.Selection) {
			found++
			href, shown := el.AttrOr("href", ""), strings.TrimSpace(el.Text())
			w := get(s.Handler, href)
			want, conditions := query.Take(shown) // conditions become filters, each with its chip
			doc := parse(t, w.Body)
			if n := doc.Find(".chips .chip").Length(); n < len(conditions) {
				t.Errorf("%s: %d chips for %d conditions", href, n, len(conditions))
			}
			if field := doc.Find("input[name=q]").AttrOr("value", ""); field != want {
				t.Errorf("%s shows %q and searches for %q", href, shown, field)
			}
		})
	})
	if found < 8 {
		t.Errorf("only %d examples", found)
	}
}

// html/template takes a data- attribute whose name goes on with "on" for a handler, and quotes its text as a script's.
func TestWordsForTheScriptAreNotQuoted(t *testing.T) {
	states(t, func(t *testing.T, _ servertest.State, doc *goquery.Document) {
		doc.Find("*").Each(func(_ int, el *goquery.Selection) {
			for _, a := range el.Nodes[0].Attr {
				if strings.HasPrefix(a.Key, "data-") && strings.ContainsAny(a.Val, `"'`) {
					t.Errorf("%s=%s", a.Key, a.Val)
				}
			}
		})
	})
}
