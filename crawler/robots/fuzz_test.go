package robots

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var seeds = []string{
	"User-agent: *\nDisallow: /a*b$\nAllow: /a\n\nSitemap: https://x.example/s.xml\n",
	"\xEF\xBB\xBFuseragent smaabornsviden\rdisalow: /bl\xe5 # x\rCrawl-delay: 1,5",
	"User-agent: a\nUser-agent: smaabornsviden/2\nDisallow:\n\nUser-agent: *\nDisallow: /%C3%a6?q=*&\n",
	"Allow: /index.html\nUser-agent: * x\nAllow: /a/index.htm\nDisallow: /",
	"\xFF\xFEU\x00s\x00",
}

func FuzzVerdictsAreStable(f *testing.F) {
	for _, s := range seeds {
		f.Add([]byte(s), "https://x.example/a/b?c")
	}
	f.Add([]byte("User-agent:*\nDisallow:/#"), "")
	f.Fuzz(func(t *testing.T, body []byte, url string) {
		rules := Parse(body)
		first := rules.Check(us, url)
		if again := Parse(body).Check(us, url); again != first {
			t.Errorf("the second time: %+v, then %+v", first, again)
		}
		if first.Line > 0 && (first.Rule == "" || first.Line > bytes.Count(body, []byte("\n"))+bytes.Count(body, []byte("\r"))+1) {
			t.Errorf("verdict %+v names no line of %q", first, body)
		}
		if rules.CrawlDelay(us) < 0 {
			t.Errorf("delay %v", rules.CrawlDelay(us))
		}
		// Only LF files, since CR LF itself is one of the ends; UTF-16 has other line ends.
		if bytes.ContainsAny(body, "\r") || len(body) > MaxBytes/2 || bytes.HasPrefix(body, []byte{0xFF}) || bytes.HasPrefix(body, []byte{0xFE}) {
			return
		}
		for _, end := range []string{"\r\n", "\r"} {
			other := Parse([]byte(strings.ReplaceAll(string(body), "\n", end)))
			if got := other.Check(us, url); got != first {
				t.Errorf("with %q: %+v, with LF: %+v", end, got, first)
			}
			if diff := cmp.Diff(rules.Sitemaps(), other.Sitemaps()); diff != "" {
				t.Errorf("sitemaps with %q:\n%s", end, diff)
			}
		}
	})
}

// FuzzCoversAgreesWithTryingEverything holds the matcher against one that follows every way to place the stars.
func FuzzCoversAgreesWithTryingEverything(f *testing.F) {
	for _, s := range []string{"/a*b$", "*", "$", "/a**$", "*a*b", "/a$b*", "a$$"} {
		f.Add(s, "/aab")
	}
	f.Fuzz(func(t *testing.T, pattern, path string) {
		if len(pattern) > 30 || len(path) > 30 {
			return
		}
		if got, want := covers(pattern, path), slowCovers(pattern, path); got != want {
			t.Errorf("covers(%q, %q) = %v, want %v", pattern, path, got, want)
		}
	})
}

func slowCovers(pattern, path string) bool {
	at := map[int]bool{0: true}
	for i := range len(pattern) {
		if pattern[i] == '$' && i == len(pattern)-1 {
			return at[len(path)]
		}
		next := map[int]bool{}
		for p := range at {
			if pattern[i] == '*' {
				for q := p; q <= len(path); q++ {
					next[q] = true
				}
			} else if p < len(path) && path[p] == pattern[i] {
				next[p+1] = true
			}
		}
		at = next
	}
	return len(at) > 0
}

func BenchmarkAllowed(b *testing.B) {
	var text strings.Builder
	text.WriteString("User-agent: *\n")
	for _, s := range []string{"soeg", "selvbetjening", "print", "wp-admin", "*?replytocom=", "*.pdf$", "borger/*/udskriv"} {
		text.WriteString("Disallow: /" + s + "\n")
	}
	rules := Parse([]byte(text.String()))
	for b.Loop() {
		rules.Allowed(us, "https://lindeby-kommune.example/borger/dagtilbud/fra-boernehave-til-skole")
	}
}
