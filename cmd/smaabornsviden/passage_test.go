package main

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html/charset"
)

// TestResultsOpenWhereThePassageStands follows result links of the demonstration as a browser would, and looks whether the
// words that they name stand on the page.
func TestResultsOpenWhereThePassageStands(t *testing.T) {
	if testing.Short() {
		t.Skip("crawls the whole demonstration")
	}
	d := start(t, "demo", "-data", demoData(t), "-addr", "127.0.0.1:0")
	home := "http://" + d.await(t, `http://(127\.0\.0\.1:\d+)/`)
	d.await(t, "documents can be found")
	named := 0
	for _, q := range []string{"leg", "vuggestue", "tidlig indsats", "forældre", "underretning"} {
		opened(t, home+"/soeg?q="+url.QueryEscape(q)).Find("ol.cards h3 a").Each(func(_ int, a *goquery.Selection) {
			address, directive, _ := strings.Cut(a.AttrOr("href", ""), "#:~:text=")
			for piece := range strings.SplitSeq(directive, ",") {
				if strings.HasPrefix(piece, "-") || strings.HasSuffix(piece, "-") || piece == "" {
					continue // what stands around
				}
				words, err := url.PathUnescape(piece)
				if err != nil {
					t.Fatal(err)
				}
				named++
				if text := strings.Join(strings.Fields(opened(t, address).Find("body").Text()), " "); !strings.Contains(text, words) {
					t.Errorf("%s: %q is not on %s", q, words, address)
				}
			}
		})
	}
	if named < 10 {
		t.Errorf("%d results name their passage, want most of those that are web pages", named)
	}
}

// opened fetches a page; names below localhost are this machine, as in browsers.
func opened(t *testing.T, address string) *goquery.Document {
	t.Helper()
	client := http.Client{Transport: &http.Transport{
		DisableKeepAlives: true,
		DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
			_, port, err := net.SplitHostPort(addr)
			if err != nil {
				return nil, err
			}
			return (&net.Dialer{}).DialContext(ctx, network, net.JoinHostPort("127.0.0.1", port))
		},
	}}
	resp, err := client.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := charset.NewReader(resp.Body, resp.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(text)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}
