package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func TestExplainShowsTheRulesAndACorrectionWins(t *testing.T) {
	data := demoData(t)
	explain := func(address string) string {
		res := invoke(t, nil, "explain", "-data", data, address)
		if res.code != exitOK {
			t.Fatalf("explain: exit %d\n%s", res.code, res.stderr)
		}
		return res.stdout
	}
	const debate = "http://stuen-fagblad.example/debat/minimumsnormeringer-loeser-det-ikke-alene"
	const release = "http://morgenfroe-fonden.example/nyheder/14-2-mio-kr-til-smaaboernscafeer-i-otte-kommuner"
	got := explain(release)
	if !strings.Contains(got, "text read by text-") {
		t.Errorf("explain does not tell how the text was read:\n%s", got)
	}
	for _, want := range []string{"* type = nyhed (type/", "* topic = civilsamfund", "* programme = smaaboernscafeer", "kopi ", "  type = "} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if order := regexp.MustCompile(`(?s)^http\S+\n\nState\n  ok\n.*\nFetches.*  200 ok, .*\nExtraction\n.*\* published = 20.*\nDescription.*\* type = .*\nGroup\n  .*kopi .*\nIndex\n  found as it is now`); !order.MatchString(got) {
		t.Errorf("not told in the order in which it came about:\n%s", got)
	}
	if res := invoke(t, nil, "explain", "-data", data, debate+"x"); res.code != exitFail || strings.Contains(res.stderr, "running process") {
		t.Errorf("an unknown address: exit %d, %s", res.code, res.stderr)
	}

	fix := "corrections:\n  - {url: \"" + release + "\", set: {type: program, lang: sv, authors: [Ida Holm], published: 2019-05, group: {as: alene}}, why: Siden er programmets egen.}\n"
	if err := os.WriteFile(filepath.Join(data, correctionsFile), []byte(fix), 0o666); err != nil {
		t.Fatal(err)
	}
	demoOnce(t, data)
	if got := explain(release); !strings.Contains(got, "* type = program (rettelse: Siden er programmets egen.)") {
		t.Errorf("the correction does not show in\n%s", got)
	}
	for _, want := range []string{"* lang = sv (rettelse:", "    lang = da (", "* authors = Ida Holm (rettelse:", "* published = 2019-05 (rettelse:", "Group\n  shown by itself\n  corrected: alene (rettelse:"} {
		if got := explain(release); !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if got := explain(release); strings.Contains(got, "\n  kopi ") {
		t.Errorf("what is to stand alone has copies:\n%s", got)
	}
	if res := invoke(t, nil, "query", "-data", data, "-json", "14,2 mio. kr. type:program"); !strings.Contains(res.stdout, "14-2-mio-kr") {
		t.Errorf("the corrected type did not reach the index:\n%s", res.stdout)
	}
	if err := os.WriteFile(filepath.Join(data, correctionsFile), []byte("corrections: [{}]"), 0o666); err != nil {
		t.Fatal(err)
	}
	if res := invoke(t, nil, "demo", "-data", data, "-addr", "127.0.0.1:0", "-exit"); res.code == exitOK || !strings.Contains(res.stderr, correctionsFile) {
		t.Errorf("corrections that cannot be used: exit %d, %q", res.code, res.stderr)
	}
}
