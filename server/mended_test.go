package server_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"smaabornsviden/server"
)

func TestASlashTooManyLeadsToThePage(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	for target, want := range map[string]string{
		"/emner/": "/emner", "/en/emner/": "/en/emner", "/soeg/?q=leg+og+s%C3%B8vn": "/soeg?q=leg+og+s%C3%B8vn", "/om/metode/": "/om/metode", "/emne/overgange/": "/emne/overgange",
		"/findes-ikke/": "", "/drift/": "", "/metrics/": "", "//ond.example/": "", "/emner//": "",
	} {
		w := get(h, target)
		code := http.StatusMovedPermanently
		if want == "" {
			code = http.StatusNotFound
		}
		if w.Code != code || w.Header().Get("Location") != want {
			t.Errorf("%s: %d to %q, want %q", target, w.Code, w.Header().Get("Location"), want)
		}
	}
}

func TestAListSaysWhatItDoesNotKnow(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	for target, want := range map[string]string{
		"/laeseliste?id=a,b":         "1 værdi i adressen kan ikke læses",
		"/laeseliste?id=ukendt":      "1 dokument på listen kender vi ikke",
		"/laeseliste?id=a,b&id=vaek": "1 dokument på listen kender vi ikke",
	} {
		if got := parse(t, get(h, target).Body).Find(".note").Text(); !strings.Contains(got, want) || strings.Contains(got, "Der er plads til") {
			t.Errorf("%s: %q, want %q", target, got, want)
		}
	}
}

func TestAListDoesNotRepeatAPersonalNumber(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	for _, target := range []string{"/laeseliste?id=010190-1234", "/en/laeseliste?id=a&id=01011990-1234"} {
		if w := get(h, target); w.Code != http.StatusBadRequest || strings.Contains(w.Body.String(), "1234") {
			t.Errorf("%s: %d", target, w.Code)
		}
	}
}

func TestFiltersAreOfferedWhereThereIsSomethingToFilter(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	for target, want := range map[string]int{"/soeg?q=ADHD+medicin+dosering": 0, "/soeg?q=leg": 1, "/soeg?q=ADHD+medicin+dosering&type=forskning": 1, "/soeg?q=ADHD+medicin+dosering&fra=2020": 1} {
		if got := parse(t, get(h, target).Body).Find("details.filters").Length(); got != want {
			t.Errorf("%s: %d lists of filters, want %d", target, got, want)
		}
	}
}

func TestNothingInAnAddressIsPassedOverWithoutAWord(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	for target, want := range map[string]string{
		"/soeg?q=leg&liste=a,b":       "Vi har ikke brugt liste: a,b. Det er ikke et dokuments id.",
		"/soeg?q=leg&side=1&page=2":   "Vi har ikke brugt page: 2. \"page\" hedder \"side\" her.",
		"/soeg?q=leg&topic=overgange": "\"topic\" hedder \"emne\" her.",
		"/en/soeg?q=leg&size=5":       "There is no parameter \"size\".",
		"/soeg?q=leg" + strings.Repeat("&liste=a", 3) + many("&liste=x", 52): "\"liste\" må højst stå 50 gange.",
	} {
		if got := strings.Join(strings.Fields(parse(t, get(h, target).Body).Find(".note").Text()), " "); !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", target, got, want)
		}
	}
	main := func(target string) string { return parse(t, get(h, target).Body).Find("main").Text() }
	if first, second := main("/soeg?q=leg"), main("/soeg?q=leg&side=2"); main("/soeg?q=leg&page=2") != second || second == first {
		t.Error("page=2 is not the second page")
	}
	if w := get(h, "/api/v1/search?q=leg&side=2"); w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), `\"side\" hedder \"page\" her.`) {
		t.Errorf("side in the API: %d %s", w.Code, w.Body)
	}
}

// many numbers parameters: &liste=x0&liste=x1 and so on.
func many(param string, n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(param + strconv.Itoa(i))
	}
	return b.String()
}

// Readers learn that a source is left alone; why is the operator's alone.
func TestAPausedSourceSaysSo(t *testing.T) {
	h := cannedServer(t, func(o *server.Options) { o.Desk = &desk{} }).Handler()
	text := strings.Join(strings.Fields(parse(t, get(h, "/kilde/stuen").Body).Find("dl.facts").Text()), " ")
	pauses, err := (&desk{}).Pauses(t.Context())
	if err != nil || len(pauses) == 0 {
		t.Fatalf("%v, %v", pauses, err)
	}
	if pauses[0].What == "stuen" && (!strings.Contains(text, "På pause siden") || strings.Contains(text, "Næste besøg") || strings.Contains(text, pauses[0].Why)) {
		t.Errorf("a paused source: %s", text)
	}
	if other := parse(t, get(h, "/kilde/videncenter").Body).Find("dl.facts").Text(); strings.Contains(other, "På pause") || !strings.Contains(other, "robots.txt") {
		t.Errorf("another source: %s", other)
	}
}
