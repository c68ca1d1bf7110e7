package server_test

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// service returns what a test needs from outside. Without it the test is skipped, or fails where
// SMAABORNSVIDEN_REQUIRE forbids skipping.
func service(t *testing.T, name string) string {
	t.Helper()
	value := os.Getenv(name)
	if value != "" {
		return value
	}
	if os.Getenv("SMAABORNSVIDEN_REQUIRE") != "" {
		t.Fatalf("%s is not set, and SMAABORNSVIDEN_REQUIRE forbids skipping", name)
	}
	t.Skipf("%s is not set", name)
	return ""
}

// browser opens a headless Chromium on a canned site and returns the address of the site.
func browser(t *testing.T) (ctx context.Context, base string) {
	t.Helper()
	path := service(t, "SMAABORNSVIDEN_CHROMIUM")
	base, stop, ended := serving(t, cannedServer(t, nil))
	t.Cleanup(func() { stop(); <-ended })
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox)...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 60*time.Second)
	t.Cleanup(cancel)
	return ctx, base
}

func steps(t *testing.T, ctx context.Context, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, actions...); err != nil {
		t.Fatal(err)
	}
}

func evaluated(t *testing.T, ctx context.Context, script string) string {
	t.Helper()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[string](script))
	if err != nil {
		t.Fatalf("%s: %v", script, err)
	}
	return value
}

// TestSuggestionsAreWalkedByKeyboard follows the keys of the combobox pattern in a real browser.
func TestSuggestionsAreWalkedByKeyboard(t *testing.T) {
	ctx, base := browser(t)
	open := `#forslag:not([hidden]) li`
	steps(t, ctx, chromedp.Navigate(base+"/"), chromedp.SendKeys("#q", "vuggestu"))
	settle(t, ctx, open, "vuggestu")
	field := `document.getElementById("q")`
	if got := evaluated(t, ctx, field+`.getAttribute("aria-expanded") + " " + document.querySelector(".box-row [role=status]").textContent`); !strings.HasPrefix(got, "true ") || !strings.Contains(got, "forslag") {
		t.Errorf("open: %s", got)
	}
	steps(t, ctx, chromedp.SendKeys("#q", kb.ArrowDown))
	if got := evaluated(t, ctx, `document.querySelector("[aria-selected=true]").id + " " + `+field+`.getAttribute("aria-activedescendant") + " " + document.activeElement.id`); got != "forslag-0 forslag-0 q" {
		t.Errorf("after arrow down: %s", got)
	}
	steps(t, ctx, chromedp.SendKeys("#q", kb.Escape))
	if got := evaluated(t, ctx, field+`.getAttribute("aria-expanded") + " " + `+field+`.value + " " + document.getElementById("forslag").hidden`); got != "false vuggestu true" {
		t.Errorf("after escape: %s", got)
	}
	steps(t, ctx, chromedp.SendKeys("#q", "e"))
	settle(t, ctx, open, "vuggestue")
	steps(t, ctx, chromedp.SendKeys("#q", kb.ArrowDown+kb.Tab))
	if got := evaluated(t, ctx, `String(document.getElementById("forslag").hidden) + " " + location.pathname + " " + `+field+`.value`); got != "true / vuggestue" {
		t.Errorf("after tab: %s", got)
	}
	steps(t, ctx, chromedp.Navigate(base+"/"), chromedp.SendKeys("#q", "overg"))
	settle(t, ctx, open, "overg")
	steps(t, ctx, chromedp.SendKeys("#q", kb.ArrowDown))
	// The browser's own Enter is a key and a character; the driver sends the character even where the page refused the
	// key, and so the form as well.
	enter := chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Run(ctx, chromedp.Evaluate[bool](field+`.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", bubbles: true, cancelable: true}))`))
		return err
	})
	if _, err := chromedp.RunResponse(ctx, enter); err != nil {
		t.Fatalf("enter: %v", err)
	}
	if got := evaluated(t, ctx, `location.pathname`); got != "/emne/overgange" {
		t.Errorf("enter led to %s", got)
	}
}

// TestSuggestionsBelongToWhatIsTyped presses keys between a letter and the suggestions for it.
func TestSuggestionsBelongToWhatIsTyped(t *testing.T) {
	ctx, base := browser(t)
	open := `#forslag:not([hidden]) li`
	begin := `(() => {
		const field = document.getElementById("q");
		const press = (key) => field.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true}));
		const write = (text) => { field.value = text; field.dispatchEvent(new Event("input", {bubbles: true})); };`
	steps(t, ctx, chromedp.Navigate(base+"/"), chromedp.Focus("#q"))
	evaluated(t, ctx, begin+`write("vuggestu"); press("Escape"); return "";})()`)
	steps(t, ctx, chromedp.Sleep(600*time.Millisecond))
	if got := evaluated(t, ctx, `String(document.getElementById("forslag").hidden)`); got != "true" {
		t.Error("the list opens after Escape")
	}
	evaluated(t, ctx, begin+`write("overg"); return "";})()`)
	settle(t, ctx, open, "overg")
	got := evaluated(t, ctx, begin+`press("ArrowDown");
		const before = field.getAttribute("aria-activedescendant");
		write("overga");
		return [before, field.getAttribute("aria-activedescendant"), document.querySelector("#forslag [aria-selected=true]"), press("Enter")].map(String).join(" ");
	})()`)
	if want := "forslag-0 null null true"; got != want {
		t.Errorf("one more letter and Enter: %s, want %s", got, want)
	}
	status := `document.querySelector(".box-row [role=status]").textContent`
	evaluated(t, ctx, begin+`write("overg"); return "";})()`)
	steps(t, ctx, chromedp.Sleep(600*time.Millisecond))
	if got := evaluated(t, ctx, status); !strings.HasSuffix(got, "\u00a0") {
		t.Errorf("the same number of suggestions again is %q, which is not spoken", got)
	}
}

// settle waits until the suggestions for all that was typed have come and are drawn: those for a beginning of it may
// stand there before, and give way.
func settle(t *testing.T, ctx context.Context, open, typed string) {
	t.Helper()
	came := `performance.getEntriesByType("resource").some(e => decodeURIComponent(e.name).endsWith("=` + typed + `"))`
	if _, err := chromedp.Run(ctx, chromedp.Poll[bool](came)); err != nil {
		t.Fatalf("suggestions for %q: %v", typed, err)
	}
	steps(t, ctx, chromedp.WaitVisible(open), chromedp.Sleep(150*time.Millisecond))
}

// TestPagesAreAsWideAsThePhone opens every kind of page at the narrowest width that has to work.
func TestPagesAreAsWideAsThePhone(t *testing.T) {
	ctx, base := browser(t)
	steps(t, ctx, chromedp.EmulateViewport(320, 700))
	for _, path := range []string{
		"/", "/soeg?q=leg", "/soeg?q=leg&type=forskning&fra=2019", "/emner", "/emne/overgange", "/kilder", "/kilde/videncenter", "/indsatser",
		"/indsats/smaaboernscafeer", "/nyt", "/om", "/om/metode", "/om/robot", "/om/privatliv", "/hjaelp?ord=vuggestuen", "/was", "/indlejr",
	} {
		steps(t, ctx, chromedp.Navigate(base+path), chromedp.WaitVisible("h1"))
		if got := evaluated(t, ctx, `String(document.documentElement.scrollWidth)`); got != "320" {
			t.Errorf("%s is %s wide on a screen of 320", path, got)
		}
	}
}

// TestFiltersAreUsedByKeyboard goes through the page of results on a phone's width with keys alone.
func TestFiltersAreUsedByKeyboard(t *testing.T) {
	ctx, base := browser(t)
	steps(t, ctx, chromedp.EmulateViewport(390, 800), chromedp.Navigate(base+"/soeg?q=leg"), chromedp.WaitVisible(".card"))
	tabTo(t, ctx, ".skip")
	tabTo(t, ctx, "#filtre > summary")
	press(t, ctx, kb.Enter)
	if got := evaluated(t, ctx, `String(document.getElementById("filtre").open)`); got != "true" {
		t.Fatal("Enter does not open the filters")
	}
	tabTo(t, ctx, "#filtre input[name=type]")
	press(t, ctx, " ")
	if got := evaluated(t, ctx, `document.activeElement.checked + " " + location.search`); got != "true ?q=leg" {
		t.Errorf("after the space bar: %s, want a tick and the same page", got)
	}
	tabTo(t, ctx, "#filtre button")
	if _, err := chromedp.RunResponse(ctx, chromedp.KeyEvent(kb.Enter)); err != nil {
		t.Fatal(err)
	}
	steps(t, ctx, chromedp.WaitVisible(".chips .chip"))
	if got := evaluated(t, ctx, `location.search + " " + document.querySelector(".range[role=status]").textContent`); !strings.Contains(got, "type=") || !strings.Contains(got, "resultat") {
		t.Errorf("filtered: %s", got)
	}
	tabTo(t, ctx, ".chips .chip")
	if _, err := chromedp.RunResponse(ctx, chromedp.KeyEvent(kb.Enter)); err != nil {
		t.Fatal(err)
	}
	if got := evaluated(t, ctx, `location.search`); got != "?q=leg" {
		t.Errorf("without the filter at %s", got)
	}
}

// tabTo presses Tab until a thing has the focus and shows it. That it comes there at all says that nothing holds the keys.
func tabTo(t *testing.T, ctx context.Context, selector string) {
	t.Helper()
	for range 150 {
		press(t, ctx, kb.Tab)
		if evaluated(t, ctx, `String(document.activeElement.matches("`+selector+`") && getComputedStyle(document.activeElement).outlineStyle !== "none")`) == "true" {
			return
		}
	}
	t.Fatalf("Tab never shows the focus on %s", selector)
}

func press(t *testing.T, ctx context.Context, key string) {
	t.Helper()
	steps(t, ctx, chromedp.KeyEvent(key))
}
