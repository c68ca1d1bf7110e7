package server_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/go-chi/chi/v5"

	"smaabornsviden/index"
	"smaabornsviden/index/query"
	"smaabornsviden/index/vocab"
	"smaabornsviden/server"
	"smaabornsviden/server/api"
	"smaabornsviden/server/servertest"
)

func decode(t testing.TB, w *httptest.ResponseRecorder, into any) {
	t.Helper()
	if w.Code != http.StatusOK {
		t.Fatalf("%d: %s", w.Code, w.Body)
	}
	if err := json.Unmarshal(w.Body.Bytes(), into); err != nil {
		t.Fatalf("%v in %s", err, w.Body)
	}
}

// The description is served, and every route of the API stands in it, with every answer as it says.
func TestDescriptionIsTrue(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	var spec map[string]any
	decode(t, get(h, api.SpecPath), &spec)
	if spec["openapi"] != "3.1.0" {
		t.Errorf("openapi is %v", spec["openapi"])
	}
	paths := spec["paths"].(map[string]any)
	err := chi.Walk(h.(chi.Routes), func(method, route string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		route = strings.TrimSuffix(route, "/")
		described, _ := paths[route].(map[string]any)
		if strings.HasPrefix(route, "/api/") && method != http.MethodHead && described[strings.ToLower(method)] == nil {
			t.Errorf("%s %s is not described", method, route)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	kept, _, err := servertest.Protocol(servertest.Documents())
	if err != nil {
		t.Fatal(err)
	}
	examples := map[string]string{
		"/api/v1/documents/{id}":        "/api/v1/documents/" + servertest.Documents()[0].ID,
		"/api/v1/protocol/{id}":         "/api/v1/protocol/" + kept,
		"/api/v1/protocol/{id}/compare": "/api/v1/protocol/" + kept + "/compare",
	}
	for _, o := range api.Operations() {
		example := o.Example
		if example == "" {
			example = examples[o.Path]
		}
		if paths[o.Path] == nil || example == "" {
			t.Errorf("%s is not described or has no example", o.Path)
			continue
		}
		answersAsDescribed(t, h, spec, o, example)
		takesWhatIsDescribed(t, h, o, example)
	}
}

func answersAsDescribed(t *testing.T, h http.Handler, spec map[string]any, o api.Operation, example string) {
	t.Helper()
	w, want := get(h, example), http.StatusOK
	if o.Creates {
		w, want = send(h, example, nil), http.StatusCreated
	}
	described := spec["paths"].(map[string]any)[o.Path].(map[string]any)[o.Method()].(map[string]any)["responses"].(map[string]any)[strconv.Itoa(want)].(map[string]any)["content"].(map[string]any)
	contentType, _, _ := strings.Cut(w.Header().Get("Content-Type"), ";")
	content, ok := described[contentType].(map[string]any)
	if w.Code != want || !ok {
		t.Errorf("%s: %d %s, described are %v", example, w.Code, contentType, described)
		return
	}
	if o.Result == nil {
		return
	}
	var value any
	if err := json.Unmarshal(w.Body.Bytes(), &value); err != nil {
		t.Fatalf("%s: %v", example, err)
	}
	checkSchema(t, spec, content["schema"].(map[string]any), value, o.Path)
	var problem any
	_ = json.Unmarshal(get(h, strings.Split(example, "?")[0]+"?opdigtet=1").Body.Bytes(), &problem)
	checkSchema(t, spec, map[string]any{"$ref": "#/components/schemas/Problem"}, problem, o.Path+" problem")
}

// takesWhatIsDescribed tries every parameter that is described, and one that is not.
func takesWhatIsDescribed(t *testing.T, h http.Handler, o api.Operation, example string) {
	t.Helper()
	with := func(name, value string) *httptest.ResponseRecorder {
		u, _ := url.Parse(example)
		v := u.Query()
		if name == "" {
			v.Set("opdigtet", "1")
		} else {
			v.Set(name, value)
		}
		u.RawQuery = v.Encode()
		if o.Creates {
			return send(h, u.String(), nil)
		}
		return get(h, u.String())
	}
	want := http.StatusOK
	if o.Creates {
		want = http.StatusCreated
	}
	tried := map[string]string{
		"q": "leg", "text": "legen", "emne": "overgange", "alder": "1-2-aar", "type": "praksis", "sektor": "fond", "kilde": "lindeby", "aar": "2024", "forfatter": "Bo Holm",
		"sprog": "da", "lang": "en", "fra": "2020-01", "til": "2024", "sort": "nyeste", "page": "1", "size": "5", "format": "csv", "udgaver": "alle", "udvid": "nej",
	}
	for _, p := range o.Parameters {
		if p.In == "path" || p.Name == "cursor" {
			continue
		}
		if tried[p.Name] == "" {
			t.Errorf("%s: no value to try for %s", o.Path, p.Name)
		}
		if w := with(p.Name, tried[p.Name]); w.Code != want {
			t.Errorf("%s with %s=%s: %d %s", o.Path, p.Name, tried[p.Name], w.Code, w.Body)
		}
	}
	if w := with("", ""); w.Code != http.StatusBadRequest {
		t.Errorf("%s takes a parameter that is not described: %d", o.Path, w.Code)
	}
}

// checkSchema holds a value against as much of JSON Schema as the description uses.
func checkSchema(t *testing.T, spec, schema map[string]any, value any, at string) {
	t.Helper()
	if ref, ok := schema["$ref"].(string); ok {
		name := strings.TrimPrefix(ref, "#/components/schemas/")
		schema = spec["components"].(map[string]any)["schemas"].(map[string]any)[name].(map[string]any)
	}
	if options, ok := schema["anyOf"].([]any); ok {
		if value == nil {
			return
		}
		schema = options[0].(map[string]any)
		checkSchema(t, spec, schema, value, at)
		return
	}
	var kinds []string
	switch kind := schema["type"].(type) {
	case string:
		kinds = []string{kind}
	case []any:
		for _, k := range kind {
			kinds = append(kinds, k.(string))
		}
	}
	if !slices.Contains(kinds, kindOf(value)) && !(kindOf(value) == "integer" && slices.Contains(kinds, "number")) {
		t.Errorf("%s is %s, described as %v", at, kindOf(value), kinds)
		return
	}
	switch value := value.(type) {
	case map[string]any:
		checkObject(t, spec, schema, value, at)
	case []any:
		for i, item := range value {
			checkSchema(t, spec, schema["items"].(map[string]any), item, fmt.Sprintf("%s[%d]", at, i))
		}
	}
}

func checkObject(t *testing.T, spec, schema map[string]any, value map[string]any, at string) {
	t.Helper()
	if every, ok := schema["additionalProperties"].(map[string]any); ok {
		for key, v := range value {
			checkSchema(t, spec, every, v, at+"."+key)
		}
		return
	}
	properties := schema["properties"].(map[string]any)
	for key, v := range value {
		property, ok := properties[key].(map[string]any)
		if !ok {
			t.Errorf("%s.%s is not described", at, key)
			continue
		}
		checkSchema(t, spec, property, v, at+"."+key)
	}
	for _, key := range schema["required"].([]any) {
		if _, ok := value[key.(string)]; !ok {
			t.Errorf("%s.%s is missing", at, key)
		}
	}
}

func kindOf(value any) string {
	switch value := value.(type) {
	case nil:
		return "null"
	case string:
		return "string"
	case bool:
		return "boolean"
	case float64:
		if value == float64(int64(value)) {
			return "integer"
		}
		return "number"
	case []any:
		return "array"
	}
	return "object"
}

func TestCursorGoesThroughAllHitsOnce(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	for _, query := range []string{"q=leg&size=13", "size=10&fra=1900", "q=leg&size=20&sort=aeldste"} {
		seen := map[string]bool{}
		r := search(t, h, query)
		for {
			for _, hit := range r.Hits {
				if seen[hit.ID] {
					t.Errorf("%s: %s stands twice", query, hit.ID)
				}
				seen[hit.ID] = true
			}
			if r.NextCursor == nil {
				break
			}
			r = search(t, h, query+"&cursor="+*r.NextCursor)
		}
		if len(seen) != r.Total || r.Total < 50 {
			t.Errorf("%s: %d of %d hits", query, len(seen), r.Total)
		}
	}
}

// changing is an index that is at another state after each search.
type changing struct {
	index.Engine
	seq *uint64
}

func (c changing) Search(ctx context.Context, p index.Plan) (index.Page, error) {
	page, err := c.Engine.Search(ctx, p)
	page.Seq = *c.seq
	return page, err
}

func (c changing) Stats(ctx context.Context) (index.Stats, error) {
	s, err := c.Engine.Stats(ctx)
	s.Seq = *c.seq
	return s, err
}

func changingServer(t *testing.T) (http.Handler, *uint64) {
	seq := uint64(1)
	return cannedServer(t, func(o *server.Options) { o.Engine = changing{o.Engine, &seq} }).Handler(), &seq
}

func TestCursorOfAnEarlierStateIsGone(t *testing.T) {
	h, seq := changingServer(t)
	cursor := *search(t, h, "q=leg").NextCursor
	*seq = 2
	w := get(h, "/api/v1/search?q=leg&cursor="+cursor)
	if w.Code != http.StatusGone || !strings.Contains(w.Body.String(), "cursor-expired") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestAnswersCarryATagOfTheStateOfTheIndex(t *testing.T) {
	for _, target := range []string{"/api/v1/search?q=leg", "/api/v1/topics", "/api/v1/suggest?q=le", "/api/v1/documents/" + servertest.Documents()[0].ID, "/api/v1/stats"} {
		h, seq := changingServer(t)
		tag := get(h, target).Header().Get("ETag")
		if !strings.HasPrefix(tag, `W/"`) {
			t.Errorf("%s: ETag %q", target, tag)
			continue
		}
		if w := get(h, target, "If-None-Match", `"x", `+tag); w.Code != http.StatusNotModified || w.Body.Len() > 0 || w.Header().Get("ETag") != tag {
			t.Errorf("%s: %d with the tag in hand", target, w.Code)
		}
		if again := get(h, target).Header().Get("ETag"); again != tag {
			t.Errorf("%s: %s is %s the second time", target, tag, again)
		}
		*seq++
		if w := get(h, target, "If-None-Match", tag); w.Code != http.StatusOK || w.Header().Get("ETag") == tag {
			t.Errorf("%s: %d after the index changed", target, w.Code)
		}
	}
	h := cannedServer(t, nil).Handler()
	if a, b := get(h, "/api/v1/search?q=leg").Header().Get("ETag"), get(h, "/api/v1/search?q=sprog").Header().Get("ETag"); a == b {
		t.Error("two questions share a tag")
	}
	if w := get(h, "/api/v1/search?q="); w.Header().Get("ETag") != "" {
		t.Error("a problem carries a tag")
	}
}

func TestLinksLeadThroughThePages(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	rel := regexp.MustCompile(`<([^>]*)>; rel="([a-z-]*)"`)
	for query, want := range map[string]string{
		"q=leg":         "last:page=6 next:page=2",
		"q=leg&page=3":  "first: last:page=6 next:page=4 prev:page=2",
		"q=leg&page=6":  "first: prev:page=5",
		"q=leg&page=99": "first: prev:page=6",
		"q=xyzzy":       "",
	} {
		w := get(h, "/api/v1/search?"+query)
		var got []string
		for _, m := range rel.FindAllStringSubmatch(strings.Join(w.Header().Values("Link"), ", "), -1) {
			if m[2] == "service-desc" {
				continue
			}
			got = append(got, m[2]+":"+strings.Trim(strings.ReplaceAll(strings.TrimPrefix(m[1], "/api/v1/search?"), "q=leg", ""), "&"))
			if link := get(h, m[1]); link.Code != http.StatusOK {
				t.Errorf("%s: %s leads to %d", query, m[1], link.Code)
			}
		}
		slices.Sort(got)
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%s: %s, want %s", query, s, want)
		}
		if !strings.Contains(strings.Join(w.Header().Values("Link"), ","), api.SpecPath) {
			t.Errorf("%s does not say what describes it", query)
		}
	}
}

func TestOtherSitesMayReadTheAPIAndNothingElse(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	for target, want := range map[string]string{"/api/v1/search?q=leg": "*", "/api/v1/search?q=": "*", "/api/v1/nej": "*", "/soeg?q=leg": "", "/": ""} {
		if got := get(h, target, "Origin", "https://kommune.example").Header().Get("Access-Control-Allow-Origin"); got != want {
			t.Errorf("%s: allowed origin %q, want %q", target, got, want)
		}
	}
	w := do(h, http.MethodOptions, "/api/v1/search", "Origin", "https://kommune.example", "Access-Control-Request-Method", "GET")
	if w.Code != http.StatusNoContent || w.Header().Get("Access-Control-Allow-Methods") != "GET, HEAD" || w.Header().Get("Access-Control-Allow-Credentials") != "" {
		t.Errorf("preflight: %d %v", w.Code, w.Header())
	}
}

func TestAskersAreToldTheirLimitAndStoppedAtIt(t *testing.T) {
	now := servertest.Now()
	h := cannedServer(t, func(o *server.Options) {
		o.Limit = 8 // two at once
		o.Now = func() time.Time { return now }
		o.Asker = func(r *http.Request) string { return r.Header.Get("X-Asker") }
	}).Handler()
	ask := func(target, who string) *httptest.ResponseRecorder { return get(h, target, "X-Asker", who) }
	for i, want := range []string{"1", "0"} {
		if w := ask("/api/v1/search?q=leg", "a"); w.Code != http.StatusOK || w.Header().Get("RateLimit-Remaining") != want || w.Header().Get("RateLimit-Limit") != "2" {
			t.Errorf("search %d: %d %v", i, w.Code, w.Header())
		}
	}
	w := ask("/api/v1/search?q=leg", "a")
	if w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") != "8" || w.Header().Get("Content-Type") != "application/problem+json" {
		t.Errorf("third search: %d %v", w.Code, w.Header())
	}
	for i := range 2 {
		if w := ask("/soeg?q=leg", "a"); w.Code != http.StatusOK {
			t.Errorf("search %d on the page, beside those of programs: %d", i, w.Code)
		}
	}
	w = ask("/en/soeg?q=leg", "a")
	if doc := parse(t, w.Body); w.Code != http.StatusTooManyRequests || doc.Find("input[name=q]").AttrOr("value", "") != "leg" || !strings.Contains(doc.Find(".message").Text(), "Wait a minute") {
		t.Errorf("third search on the page: %d %s", w.Code, doc.Find(".message").Text())
	}
	for who, target := range map[string]string{"b": "/api/v1/search?q=leg", "": "/api/v1/search?q=leg", "a": "/"} {
		if w := ask(target, who); w.Code != http.StatusOK {
			t.Errorf("%q at %s: %d", who, target, w.Code)
		}
	}
	now = now.Add(8 * time.Second)
	if w := ask("/api/v1/search?q=leg", "a"); w.Code != http.StatusOK {
		t.Errorf("after waiting as told: %d", w.Code)
	}
}

func TestDocumentTellsAllButItsBody(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	first := servertest.Documents()[0]
	var d api.Document
	w := get(h, "/api/v1/documents/"+first.ID)
	decode(t, w, &d)
	if d.Title != first.Title || len(d.Topics) != 2 || d.Topics[0].Label != "Overgange og opstart" || d.Age == nil || d.Age.From != 9 || d.Published.Value != "2023-05-30" || !d.AbstractWhole {
		t.Errorf("%+v", d)
	}
	if !strings.HasPrefix(d.Citation, "Vestermark, K. & Lindskov, J. T. (30. maj 2023).") {
		t.Errorf("citation %s", d.Citation)
	}
	if strings.Contains(w.Body.String(), "den samme voksen er gennemgående") {
		t.Error("the body goes out")
	}
	for target, code := range map[string]int{"/api/v1/documents/findes-ikke": 404, "/api/v1/documents/" + first.ID + "?x=1": 400, "/api/v1/documents/010203-1234": 404} {
		if w := get(h, target); w.Code != code {
			t.Errorf("%s: %d, want %d", target, w.Code, code)
		}
	}
}

func TestSuggestionsComeFromTopicsTitlesAndWords(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	for typed, want := range map[string][]string{
		"overg":           {"emne Overgange og opstart /emne/overgange"},
		"attachment":      {"emne Tryghed og tilknytning /emne/tilknytning", "titel Attachment and the first weeks in nursery: a field study"},
		"blid vugges":     {"ord blid vuggestue"},
		"tilsyn med dagi": {"titel Tilsyn med daginstitutioner og vuggestuer"},
		"x":               nil,
		"010203":          nil,
	} {
		var got api.Suggestions
		decode(t, get(h, "/api/v1/suggest?q="+url.QueryEscape(typed)), &got)
		var lines string
		for _, s := range got.Suggestions {
			lines += s.Kind + " " + s.Text + " " + s.URL + "\n"
			if s.Label == "" || !strings.HasPrefix(s.URL, "/") {
				t.Errorf("%s: %+v", typed, s)
			}
		}
		for _, line := range want {
			if !strings.Contains(lines, line) {
				t.Errorf("%s: no %q in\n%s", typed, line, lines)
			}
		}
		if want == nil && lines != "" {
			t.Errorf("%s suggests\n%s", typed, lines)
		}
	}
	for target, want := range map[string]string{"/api/v1/suggest?lang=en&q=overg": "Transitions and settling in", "/api/v1/suggest?lang=en&q=settling": "Transitions and settling in", "/api/v1/suggest?lang=da&q=overg": "Overgange og opstart"} {
		if w := get(h, target); !strings.Contains(w.Body.String(), `"`+want+`"`) {
			t.Errorf("%s: no %s in %s", target, want, w.Body)
		}
	}
	for _, lang := range []string{"fr", ""} {
		if w := get(h, "/api/v1/suggest?q=overg&lang="+lang); w.Code != http.StatusBadRequest {
			t.Errorf("lang=%s: status %d, want 400", lang, w.Code)
		}
	}
	if w := get(h, "/api/v1/suggest?q=010203-1234"); w.Code != http.StatusBadRequest || strings.Contains(w.Body.String(), "010203") {
		t.Errorf("a CPR number: %d %s", w.Code, w.Body)
	}
}

func TestStatsTopicsAndSourcesCountTheSame(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	var stats api.Stats
	decode(t, get(h, "/api/v1/stats"), &stats)
	var sources api.Sources
	decode(t, get(h, "/api/v1/sources"), &sources)
	total := 0
	for _, s := range sources.Sources {
		total += s.Documents
	}
	if stats.Documents != 57 || total != 57 || stats.Sources != 9 || *stats.LastCrawl != "2026-11-22T14:00:00Z" {
		t.Errorf("%d documents, %d by source, %d sources, %s", stats.Documents, total, stats.Sources, *stats.LastCrawl)
	}
	var topics api.Topics
	decode(t, get(h, "/api/v1/topics"), &topics)
	if len(topics.Topics) != 5 || topics.Topics[0].Documents != 2 || topics.Topics[4].Documents != 0 {
		t.Errorf("topics %+v", topics)
	}
}

func TestProblemsSpeakEnglishToThoseWhoPreferIt(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	for accept, want := range map[string]string{"": "Tom søgning", "da": "Tom søgning", "en-GB,en;q=0.9,da;q=0.8": "Empty search", "fr, en": "Empty search", "da, en": "Tom søgning"} {
		var p api.Problem
		if err := json.Unmarshal(get(h, "/api/v1/search", "Accept-Language", accept).Body.Bytes(), &p); err != nil || p.Title != want {
			t.Errorf("%q: %q %v, want %q", accept, p.Title, err, want)
		}
	}
}

func TestATextIsReadAlikeByProgramAndPage(t *testing.T) {
	h := cannedServer(t, func(o *server.Options) {
		var err error
		if o.Vocabulary, err = vocab.Default(o.Analyzer); err != nil {
			t.Fatal(err)
		}
	}).Handler()
	text := "Lærings- og udviklingsmuligheder i vuggestuen, KL's indkøring"
	var got query.Analysis
	decode(t, get(h, "/api/v1/analyze?text="+url.QueryEscape(text)), &got)
	if got.Text != text || len(got.Tokens) != 7 || len(got.Expansions) == 0 {
		t.Fatalf("analysis %+v", got)
	}
	if parts := got.Tokens[4].Split; strings.Join(parts, "|") != "vugge|stuen" {
		t.Errorf("vuggestuen is split as %q", parts)
	}
	body := get(h, "/hjaelp?ord="+url.QueryEscape(text)).Body.String()
	for _, want := range []string{"vugge·stuen", "læringsmulighed", "tilvænning", "Vi søger også på", "Kommunernes Landsforening"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page of help lacks %q", want)
		}
	}
	for target, code := range map[string]int{
		"/api/v1/analyze": 200, "/api/v1/analyze?text=010203-1234": 400, "/api/v1/analyze?q=leg": 400,
		"/api/v1/analyze?text=" + strings.Repeat("a", query.MaxBytes+1): 400,
	} {
		if w := get(h, target); w.Code != code {
			t.Errorf("%.60s: %d, want %d", target, w.Code, code)
		}
	}
	if body := get(h, "/hjaelp?ord="+strings.Repeat("a", query.MaxBytes+1)).Body.String(); !strings.Contains(body, "Teksten er for lang") {
		t.Error("the page of help says nothing of a text that is too long")
	}
}

// What the crawl tells changes without the index: its tag is that of what is said.
func TestSourcesCarryATagOfWhatTheySay(t *testing.T) {
	known := 1
	h := cannedServer(t, func(o *server.Options) {
		o.Coverage = func(context.Context) ([]server.Coverage, error) {
			return []server.Coverage{{ID: "stuen", Name: "Stuen", Known: known}}, nil
		}
	}).Handler()
	for _, target := range []string{"/api/v1/sources", "/api/v1/openapi.json"} {
		tag := get(h, target).Header().Get("ETag")
		if w := get(h, target, "If-None-Match", tag); !strings.HasPrefix(tag, `W/"`) || w.Code != http.StatusNotModified || w.Body.Len() > 0 {
			t.Errorf("%s: %d with %q in hand", target, w.Code, tag)
		}
	}
	tag := get(h, "/api/v1/sources").Header().Get("ETag")
	known++
	if w := get(h, "/api/v1/sources", "If-None-Match", tag); w.Code != http.StatusOK || w.Header().Get("ETag") == tag {
		t.Errorf("%d after another visit", w.Code)
	}
}

// Where the description promises a 304, the answer has a tag; where it does not, there is none.
func TestTheDescriptionIsTrueAboutTags(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	for _, o := range api.Operations() {
		if o.Example == "" || o.Creates {
			continue
		}
		tag := get(h, o.Example).Header().Get("ETag")
		if tag == "" != o.Whole {
			t.Errorf("%s: tag %q, sent whole %v", o.Example, tag, o.Whole)
		}
		if tag != "" && get(h, o.Example, "If-None-Match", tag).Code != http.StatusNotModified {
			t.Errorf("%s: no 304", o.Example)
		}
	}
}

// Every header that scripts of other sites may read is described, answers have those that are described for them, and
// every reference leads somewhere.
func TestTheDescriptionIsTrueAboutHeaders(t *testing.T) {
	h := cannedServer(t, func(o *server.Options) { o.Limit, o.Asker = 6000, func(*http.Request) string { return "a" } }).Handler()
	var spec struct {
		Paths map[string]map[string]struct {
			Responses map[string]struct {
				Headers map[string]map[string]string
			}
		}
		Components struct{ Headers map[string]any }
	}
	decode(t, get(h, api.SpecPath), &spec)
	for _, o := range api.Operations() {
		for status, response := range spec.Paths[o.Path][o.Method()].Responses {
			for name, ref := range response.Headers {
				if ref["$ref"] != "#/components/headers/"+name || spec.Components.Headers[name] == nil {
					t.Errorf("%s %s: %s leads to %v", o.Path, status, name, ref)
				}
			}
		}
		if o.Example == "" || o.Creates {
			continue
		}
		w := get(h, o.Example)
		described := spec.Paths[o.Path][o.Method()].Responses["200"].Headers
		for name := range described {
			if w.Header().Get(name) == "" {
				t.Errorf("%s: described and not sent: %s", o.Example, name)
			}
		}
		for name := range spec.Components.Headers {
			if w.Header().Get(name) != "" && described[name] == nil {
				t.Errorf("%s: sent and not described: %s", o.Example, name)
			}
		}
	}
}

// A script may read what is sent, and no header is named that never comes.
func TestHeadersOfTheLimitAreNamedWhereThereIsOne(t *testing.T) {
	for _, limit := range []int{0, 6000} {
		h := cannedServer(t, func(o *server.Options) { o.Limit, o.Asker = limit, func(*http.Request) string { return "a" } }).Handler()
		head := get(h, "/api/v1/search?q=leg").Header()
		named := strings.Join(head.Values("Access-Control-Expose-Headers"), ", ")
		for _, name := range []string{"RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "RateLimit-Policy"} {
			if strings.Contains(named, name) != (head.Get(name) != "") || (head.Get(name) != "") != (limit > 0) {
				t.Errorf("limit %d: %s is %q, named are %s", limit, name, head.Get(name), named)
			}
		}
	}
}
