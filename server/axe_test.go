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

// TestAxeFindsNothing opens every state of the pages in light and dark colours and on a narrow screen.
func TestAxeFindsNothing(t *testing.T) {
	file := service(t, "SMAABORNSVIDEN_AXE") // the path of axe.min.js of the npm package axe-core
	axe, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	ctx, _ := browser(t)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Minute)
	defer cancel()
	all, err := servertest.States()
	if err != nil {
		t.Fatal(err)
	}
	sites := httptest.NewServer(servertest.Handler(all))
	defer sites.Close()
	port := sites.URL[strings.LastIndexByte(sites.URL, ':'):]
	for _, look := range []struct {
		colours string
		width   int64
	}{{"light", 1280}, {"dark", 320}} {
		steps(t, ctx, chromedp.EmulateViewport(look.width, 800), prefers(look.colours))
		for _, s := range all {
			steps(t, ctx, chromedp.Navigate("http://"+s.Name+".localhost"+port+s.Path))
			evaluated(t, ctx, string(axe)+";''")
			found, err := chromedp.Run(ctx, chromedp.Evaluate[string](violations, chromedp.EvalAwaitPromise))
			if err != nil || found != "" {
				t.Errorf("%s, %s, %d wide: %v %s", s.Name, look.colours, look.width, err, found)
			}
		}
	}
}

func prefers(colours string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		feature := &emulation.MediaFeature{Name: "prefers-color-scheme", Value: colours}
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{feature}})
		return err
	})
}
