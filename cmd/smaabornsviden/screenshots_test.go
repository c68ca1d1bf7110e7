package main

import (
	"context"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// shots are the main states of the pages on the demonstration, by the name of their picture.
var shots = [][2]string{
	{"forside", "/"},
	{"resultater", "/soeg?q=tidlig+indsats"},
	{"resultater-filtre", "/soeg?q=leg&type=forskning&type=praksis&fra=2020"},
	{"forstaaet", "/soeg?q=sproudvikling+dagplejen"},
	{"indsatsboks", "/soeg?q=sm%C3%A5b%C3%B8rnscafeer+evaluering"},
	{"nul", "/soeg?q=ADHD+medicin+dosering"},
	{"cpr", "/soeg?q=010203-1234"},
	{"emner", "/emner"},
	{"emne", "/emne/overgange"},
	{"indsats", "/indsats/smaaboernscafeer"},
	{"kilder", "/kilder"},
	{"kilde", "/kilde/l"},
	{"nyt", "/nyt"},
	{"hjaelp", "/hjaelp?ord=sm%C3%A5b%C3%B8rnsp%C3%A6dagoger"},
	{"om", "/om"},
	{"metode", "/om/metode"},
	{"fjern", "/fjern"},
	{"foreslaa-kilde", "/foreslaa-kilde"},
	{"findes-ikke", "/findes-ikke"},
	{"en-forside", "/en"},
	{"en-resultater", "/en/soeg?q=attachment+nursery"},
}

// TestScreenshots makes pictures of the main states, for people to look at:
//
//	SMAABORNSVIDEN_CHROMIUM=/usr/bin/chromium SMAABORNSVIDEN_SCREENSHOTS=/tmp/pictures go test ./cmd/smaabornsviden -run Screenshots
func TestScreenshots(t *testing.T) {
	folder := os.Getenv("SMAABORNSVIDEN_SCREENSHOTS")
	if folder == "" {
		t.Skip("SMAABORNSVIDEN_SCREENSHOTS names no folder") // wanted by people, never by a test run
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	d := start(t, "demo", "-data", demoData(t), "-addr", "127.0.0.1:0")
	home := "http://" + d.await(t, `http://(127\.0\.0\.1:\d+)/`)
	d.await(t, "documents can be found")
	ctx := browser(t)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 15*time.Minute) // of its own, and on a busy machine a picture takes seconds
	defer cancel()
	for _, look := range []struct {
		name, colours string
		width, height int64
	}{{"telefon", "light", 390, 844}, {"skaerm", "light", 1280, 900}, {"moerk", "dark", 1280, 900}} {
		do(t, ctx, chromedp.EmulateViewport(look.width, look.height), coloured(look.colours))
		for _, shot := range append(shots, searchedShots(t, ctx, home)...) {
			do(t, ctx, chromedp.Navigate(home+shot[1]), chromedp.WaitVisible("h1"))
			picture := ask(t, ctx, chromedp.FullScreenshot(100))
			if err := os.WriteFile(filepath.Join(folder, shot[0]+"-"+look.name+".png"), picture, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// searchedShots are states whose address has to be found first: a document and a reading list.
func searchedShots(t *testing.T, ctx context.Context, home string) [][2]string {
	t.Helper()
	do(t, ctx, chromedp.Navigate(home+"/soeg?q=%22tryg+tilknytning%22"), chromedp.WaitVisible(".card"))
	ids := strings.Fields(ask(t, ctx, chromedp.Evaluate[string](`[...document.querySelectorAll(".card")].map(c => c.id.slice(4)).join(" ")`)))
	if len(ids) < 2 {
		t.Fatalf("%d documents found", len(ids))
	}
	return [][2]string{{"dokument", "/dokument/" + ids[0]}, {"laeseliste", "/laeseliste?" + url.Values{"id": ids[:2]}.Encode()}}
}

func coloured(scheme string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		feature := &emulation.MediaFeature{Name: "prefers-color-scheme", Value: scheme}
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{feature}})
		return err
	})
}
