package answer

import (
	"html"
	"strings"
	"testing"
	"unicode"

	"smaabornsviden/index"
	"smaabornsviden/index/danish"
	"smaabornsviden/index/query"
	"smaabornsviden/index/snippet"
)

func analyzer(t testing.TB) *danish.Analyzer {
	t.Helper()
	a, err := danish.New()
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func marker(a *danish.Analyzer, q string) *snippet.Marker {
	plan, _ := query.Build(a, q)
	return snippet.New(a, plan)
}

func TestPiecesMarkOnlyThePartThatMatched(t *testing.T) {
	text := "ny sprogvurdering"
	got := HTML(pieces(text, []snippet.Mark{{Start: 3, End: 17, PartStart: 3, PartEnd: 8}}))
	if want := "ny <mark>sprog</mark>vurdering"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestSnippetObeysTheSource(t *testing.T) {
	m := marker(analyzer(t), "leg")
	body := strings.Repeat("Børn lærer gennem leg med andre børn. ", 40)
	for _, tc := range []struct {
		name     string
		doc      index.Document
		min, max int // characters
	}{
		{"no limit named", index.Document{Body: body}, 100, snippetLimit},
		{"limit of the source", index.Document{Body: body, SnippetMax: 50}, 20, 50},
		{"limit above ours", index.Document{Body: body, SnippetMax: 5000}, 100, snippetLimit},
		{"none allowed", index.Document{Body: body, Abstract: body, SnippetMax: -1}, 0, 0},
		{"abstract where no body is kept", index.Document{Abstract: body, MetadataOnly: true}, 100, snippetLimit},
	} {
		h, _, _ := makeHit(m, index.Hit{Doc: tc.doc})
		n := len([]rune(Plain(h.Snippet)))
		if n < tc.min || n > tc.max {
			t.Errorf("%s: snippet of %d characters, want %d to %d", tc.name, n, tc.min, tc.max)
		}
		if h.Doc.Body != "" {
			t.Errorf("%s: the body goes on to the writers", tc.name)
		}
	}
}

func TestPageAtCountsPages(t *testing.T) {
	offsets := []int{0, 100, 250}
	for at, want := range map[int]int{0: 1, 99: 1, 100: 2, 249: 2, 250: 3, 9000: 3} {
		if got := pageAt(offsets, at); got != want {
			t.Errorf("pageAt(%d) = %d, want %d", at, got, want)
		}
	}
	if got := pageAt(nil, 5); got != 0 {
		t.Errorf("a text without pages has page %d, want 0", got)
	}
}

// Pieces joined give the text, marks add nothing but <mark>, and nothing of a title survives as markup.
func FuzzHit(f *testing.F) {
	f.Add("leg", `<script>alert("x")</script> legeplads & "leg"`, "Leg.\nLeg & læring \u202e<b>leg</b> i småbørns\u00adleg.")
	f.Add(`"tryg tilknytning" vugge*`, "Tryg tilknytning\x00", "æøå ÆØÅ vuggestuen\xff")
	a := analyzer(f)
	f.Fuzz(func(t *testing.T, q, title, body string) {
		if len(q) > query.MaxBytes || len(body) > 1<<16 {
			t.Skip()
		}
		h, _, _ := makeHit(marker(a, q), index.Hit{Doc: index.Document{Title: title, Body: body}})
		if got, want := Plain(h.Title), oneLine(title); got != want {
			t.Errorf("title %q became %q", want, got)
		}
		if i := strings.IndexFunc(Plain(h.Title), unicode.IsControl); i >= 0 {
			t.Errorf("title %q keeps a control character", Plain(h.Title))
		}
		for _, ps := range [][]Piece{h.Title, h.Snippet} {
			markup := HTML(ps)
			bare := strings.NewReplacer("<mark>", "", "</mark>", "").Replace(markup)
			if strings.ContainsAny(bare, "<>\"'") {
				t.Errorf("%q lets markup through", markup)
			}
			if got := html.UnescapeString(bare); got != html.UnescapeString(html.EscapeString(Plain(ps))) {
				t.Errorf("markup %q is not the text %q", markup, Plain(ps))
			}
		}
		if n := len([]rune(Plain(h.Snippet))); n > snippetLimit {
			t.Errorf("snippet of %d characters", n)
		}
	})
}

func TestHitNamesTheWordsItLacks(t *testing.T) {
	p := index.Plan{Groups: []index.Group{
		{Occur: index.Should, Text: "tidlig"}, {Occur: index.Should, Text: "indsats"}, {Occur: index.Not, Text: "skole"}, {Occur: index.Lift},
	}}
	for name, tc := range map[string]struct {
		why  []index.Because
		want string
	}{
		"has all":  {[]index.Because{{Group: 0}, {Group: 1}}, ""},
		"has one":  {[]index.Because{{Group: 3}, {Group: 1}}, "tidlig"},
		"has none": {nil, "tidlig indsats"},
	} {
		if got := strings.Join(missing(p, tc.why), " "); got != tc.want {
			t.Errorf("%s: %q, want %q", name, got, tc.want)
		}
	}
}
