package answer

import (
	"net/url"
	"strings"
	"testing"

	"smaabornsviden/index"
	"smaabornsviden/index/snippet"
)

// markedBody is the passage that ends with a body, with the word in brackets marked.
func markedBody(text string) (index.Document, snippet.Snippet) {
	open := strings.IndexByte(text, '[')
	shut := strings.IndexByte(text, ']') - 1
	body := strings.NewReplacer("[", "", "]", "").Replace(text)
	from := max(0, strings.LastIndexByte(body[:open], '\n')+1)
	p := snippet.Snippet{Text: body[from:], Offset: from, Marks: []snippet.Mark{{Start: open - from, End: shut - from}}}
	return index.Document{Body: body, Format: "html"}, p
}

func TestFragmentsNameWhatStandsOnThePageOnce(t *testing.T) {
	for text, want := range map[string]string{
		"Overskrift\nVi taler om [indkøring], mens vi går.":                                    "#:~:text=taler%20om%20indk%C3%B8ring%2C%20mens%20vi%20g%C3%A5r",
		"Sådan gør vi\n[Indkøring]":                                                            "", // one word stands in menus, too
		"A b c [småbørns]pædagogik d e f g h":                                                  "#:~:text=b%20c%20sm%C3%A5b%C3%B8rnsp%C3%A6dagogik%20d%20e%20f%20g%20h",
		"før-og-efter, [leg] & læring, 0-2 år (ca.)\nmere":                                     "#:~:text=f%C3%B8r%2Dog%2Defter%2C%20leg%20%26%20l%C3%A6ring%2C%200%2D2%20%C3%A5r%20%28ca",
		"en to [leg] her er nu godt nok\nog så en to leg her er nu godt nok":                   "", // shown twice with nothing around
		"først en to tre fire [leg] her er a b c d e\nså en to tre fire leg her er a b c d ni": "#:~:text=f%C3%B8rst%20en%20to-,tre%20fire%20leg%20her%20er%20a%20b%20c%20d,-e",
		"tre\u00a0fire [leg] fem\u00a0seks":                                                    "#:~:text=fire%20leg%20fem",
		"tekst med [leg] og ● ● ● mere tekst":                                                  "#:~:text=tekst%20med%20leg%20og",
	} {
		d, p := markedBody(text)
		if got := fragmentOf(d, p).Directive(); got != want {
			t.Errorf("%q:\n%s, want\n%s", text, got, want)
		}
	}
	d, p := markedBody("Vi taler om [indkøring], mens vi går.")
	for name, change := range map[string]func(*index.Document){
		"a PDF":            func(d *index.Document) { d.Format = "pdf" },
		"no excerpts":      func(d *index.Document) { d.SnippetMax = -1 },
		"another text":     func(d *index.Document) { d.Body = "Noget andet" },
		"a changed letter": func(d *index.Document) { d.Body = strings.ToUpper(d.Body) },
	} {
		changed := d
		change(&changed)
		if got := fragmentOf(changed, p); !got.IsZero() {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// Whatever a text holds, what is named stands in it exactly once, and the address says it back.
func FuzzFragment(f *testing.F) {
	f.Add("Vi taler om [indkøring], mens vi går.\nOg om leg - og læring & mere.")
	f.Add("a [b] c a b c a b c")
	f.Add("\xff[\xfe]- -,&")
	f.Fuzz(func(t *testing.T, text string) {
		if strings.Count(text, "[") != 1 || strings.Count(text, "]") != 1 || strings.Index(text, "[") > strings.Index(text, "]") {
			return
		}
		d, p := markedBody(text)
		got := fragmentOf(d, p)
		if got.IsZero() {
			return
		}
		if strings.Count(d.Body, got.Start) < 1 || got.Prefix == "" && got.Suffix == "" && strings.Count(d.Body, got.Start) != 1 {
			t.Errorf("%q stands %d times in %q", got.Start, strings.Count(d.Body, got.Start), d.Body)
		}
		raw := strings.TrimPrefix(got.Directive(), "#:~:text=")
		if strings.ContainsAny(raw, " &#") {
			t.Errorf("%s is not written in percent", raw)
		}
		parts := strings.Split(raw, ",")
		for i, want := range nonEmpty(got.Prefix, got.Start, got.Suffix) {
			said, err := url.PathUnescape(strings.Trim(parts[i], "-"))
			if err != nil || said != want {
				t.Errorf("%s says %q, want %q", raw, said, want)
			}
		}
	})
}

func nonEmpty(all ...string) []string {
	var out []string
	for _, s := range all {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}
