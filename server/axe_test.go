package server_test

import (
	"context"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"smaabornsviden/server/servertest"
)

// violations runs axe-core and returns what it finds, a rule and its first places to a line.
const violations = `axe.run(document, {resultTypes: ["violations"]}).then(r => r.violations.map(v =>
	v.id + ": " + v.nodes.slice(0, 2).map(n => n.target.join(" ") + " (" + n.failureSummary + ")").join("; ")).join("\n"))`

// look is a way in which a reader may see the pages.
type look struct {
	name      string
	width     int64
	features  map[string]string // of CSS media queries
	doubled   bool              // text at 200 %
	noScripts bool
}

// The ways are combined where one cannot hide what another shows: colours do not depend on the width, nor does the language.
var looks = []look{
	{name: "light", width: 1280},
	{name: "dark on the narrowest screen", width: 320, features: map[string]string{"prefers-color-scheme": "dark"}},
	{name: "text at 200 %", width: 1280, doubled: true},
	{name: "forced colours, less motion", width: 1280, features: map[string]string{"forced-colors": "active", "prefers-reduced-motion": "reduce"}},
	{name: "without scripts", width: 390, noScripts: true},
}

// TestAxeFindsNothing opens every state of the pages in every way.
func TestAxeFindsNothing(t *testing.T) {
	file := service(t, "SMAABORNSVIDEN_AXE") // the path of axe.min.js of the npm package axe-core
	axe, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	ctx, _ := browser(t)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 15*time.Minute)
	defer cancel()
	all, err := servertest.States()
	if err != nil {
		t.Fatal(err)
	}
	sites := httptest.NewServer(servertest.Handler(all))
	defer sites.Close()
	port := sites.URL[strings.LastIndexByte(sites.URL, ':'):]
	for i, l := range looks {
		steps(t, ctx, chromedp.EmulateViewport(l.width, 800), prefers(l.features))
		for n, s := range all {
			// The first two ways show every page. In the others a fourth of them, by turns, has every part that there is; and a
			// page in English differs in its words alone.
			if i > 1 && (n/2+i)%4 != 0 || strings.HasPrefix(s.Name, "en-") && (n/2+i)%len(looks) != 0 {
				continue
			}
			// The checker is a script itself: scripts are off while the page loads, and then it is too late for the page's own.
			steps(t, ctx, scripts(!l.noScripts), chromedp.Navigate("http://"+s.Name+".localhost"+port+s.Path), scripts(true))
			if wrong := seen(t, ctx, string(axe), l); wrong != "" {
				t.Errorf("%s, %s: %s", s.Name, l.name, wrong)
			}
		}
	}
}

// seen says what is wrong with the page that is open, empty when nothing is.
func seen(t *testing.T, ctx context.Context, axe string, l look) string {
	t.Helper()
	if l.doubled {
		evaluated(t, ctx, `document.documentElement.style.fontSize = "200%"; ""`)
	}
	evaluated(t, ctx, axe+";''")
	found, err := chromedp.Run(ctx, chromedp.Evaluate[string](violations, chromedp.EvalAwaitPromise))
	switch {
	case err != nil:
		return err.Error()
	case found != "":
		return found
	}
	if wide := evaluated(t, ctx, `String(document.documentElement.scrollWidth - innerWidth)`); !strings.HasPrefix(wide, "-") && wide != "0" {
		return wide + " points wider than the screen"
	}
	if moving := evaluated(t, ctx, `String(document.getAnimations().length)`); l.features["prefers-reduced-motion"] != "" && moving != "0" {
		return moving + " things move"
	}
	return ""
}

func prefers(features map[string]string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		all := []*emulation.MediaFeature{}
		for _, name := range []string{"prefers-color-scheme", "forced-colors", "prefers-reduced-motion"} {
			all = append(all, &emulation.MediaFeature{Name: name, Value: features[name]})
		}
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: all})
		return err
	})
}

func scripts(on bool) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
		return err
	})
}
