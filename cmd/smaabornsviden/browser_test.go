package main

import (
	"context"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// browser opens a headless Chromium with one empty page.
func browser(t *testing.T) context.Context {
	t.Helper()
	path := service(t, "SMAABORNSVIDEN_CHROMIUM")
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.Flag("disable-quic", true),
		// A page that comes back from this cache fires no load event, which going back waits for.
		chromedp.Flag("disable-features", "BackForwardCache"),
	)
	ctx, cancelAllocator := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(cancelAllocator)
	ctx, cancel := chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	ctx, cancelTime := context.WithTimeout(ctx, 60*time.Second)
	t.Cleanup(cancelTime)
	return ctx
}

func do(t *testing.T, ctx context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

func ask[T any](t *testing.T, ctx context.Context, action chromedp.Action[T]) T {
	t.Helper()
	value, err := chromedp.Run(ctx, action)
	if err != nil {
		t.Fatal(err)
	}
	return value
}

// TestReaderSearchesFiltersOpensAndGoesBack walks the way of a reader in a real browser, with and without scripts.
func TestReaderSearchesFiltersOpensAndGoesBack(t *testing.T) {
	service(t, "SMAABORNSVIDEN_CHROMIUM")
	walkDemo(t, demoData(t))
}

func TestReaderWalksTheSameWayOnACluster(t *testing.T) {
	flags, _ := inCluster(t)
	service(t, "SMAABORNSVIDEN_CHROMIUM")
	walkDemo(t, filepath.Join(t.TempDir(), "data"), flags...)
}

// walkDemo starts the demonstration over a data folder with further flags, and walks through it.
func walkDemo(t *testing.T, data string, flags ...string) {
	t.Helper()
	d := start(t, append([]string{"demo", "-data", data, "-addr", "127.0.0.1:0"}, flags...)...)
	address := d.await(t, `http://(127\.0\.0\.1:\d+)/`)
	d.await(t, "documents can be found")
	for _, tt := range []struct {
		name          string
		width, height int64
		noScripts     bool
	}{
		{"on a desktop", 1280, 900, false},
		{"on a phone without scripts", 390, 844, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			ctx := browser(t)
			do(t, ctx, chromedp.EmulateViewport(tt.width, tt.height))
			if tt.noScripts {
				do(t, ctx, withoutScripts())
			}
			walk(t, ctx, "http://"+address+"/", tt.width < 700)
		})
	}
}

func withoutScripts() chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return err
	})
}

func walk(t *testing.T, ctx context.Context, home string, narrow bool) {
	do(t, ctx,
		chromedp.Navigate(home),
		chromedp.SendKeys("#q", "sprog i vuggestuen"),
		chromedp.Submit("#soeg"),
		chromedp.WaitVisible("ol.cards article"),
	)
	if at := ask(t, ctx, chromedp.Location()); !strings.Contains(at, "/soeg?") || !strings.Contains(at, "q=sprog") {
		t.Fatalf("after the search at %s", at)
	}
	heading := ask(t, ctx, chromedp.Text("h1"))
	if !strings.Contains(heading, "sprog i vuggestuen") {
		t.Errorf("heading %q does not repeat the search", heading)
	}
	filtered := filter(t, ctx, narrow)
	// The first result leads to the invented site.
	link := ask(t, ctx, chromedp.AttributeValue("ol.cards article h3 a", "href"))
	if _, err := chromedp.RunResponse(ctx, chromedp.Click("ol.cards article h3 a")); err != nil {
		t.Fatal(err)
	}
	at := ask(t, ctx, chromedp.Location())
	if u, err := url.Parse(at); err != nil || !strings.HasSuffix(u.Hostname(), ".example.localhost") {
		t.Errorf("the result %q opened %s", link.Value, at)
	}
	if text := ask(t, ctx, chromedp.Text("body")); !strings.Contains(text, "Eksempel: opdigtet tekst") {
		t.Errorf("the page at %s is no page of the demonstration", at)
	}
	do(t, ctx, chromedp.NavigateBack(), chromedp.WaitVisible("ol.cards article"))
	if back := ask(t, ctx, chromedp.Location()); back != filtered {
		t.Errorf("back at %s, want %s", back, filtered)
	}
}

// filter chooses the first type offered, unfolding the filters where the screen is narrow, and returns the address of the filtered results.
func filter(t *testing.T, ctx context.Context, folded bool) string {
	box := `input[type=checkbox][name=type]`
	slug := ask(t, ctx, chromedp.AttributeValue(box, "value"))
	before := ask(t, ctx, chromedp.Location())
	if folded {
		do(t, ctx, chromedp.Click("#filtre > summary"))
	}
	do(t, ctx, chromedp.Click(box), chromedp.Click(`button[type=submit][form=soeg]`))
	waitFor(t, ctx, func(at string) bool { return at != before })
	do(t, ctx, chromedp.WaitVisible("ol.cards article"), chromedp.WaitVisible(".chips .chip"))
	at := ask(t, ctx, chromedp.Location())
	if u, err := url.Parse(at); err != nil || u.Query().Get("type") != slug.Value {
		t.Errorf("filtered results at %s, want type=%s in the address", at, slug.Value)
	}
	return at
}

func waitFor(t *testing.T, ctx context.Context, ok func(at string) bool) {
	t.Helper()
	for range 200 {
		if ok(ask(t, ctx, chromedp.Location())) {
			return
		}
		time.Sleep(25 * time.Millisecond)
	}
	t.Fatalf("the browser stayed at %s", ask(t, ctx, chromedp.Location()))
}
