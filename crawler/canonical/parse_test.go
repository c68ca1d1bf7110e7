package canonical

import (
	"errors"
	"strings"
	"testing"
)

func TestParseGivesTheWHATWGForm(t *testing.T) {
	const base = "https://vtb.example/a/b?q=1#x"
	for _, tc := range []struct{ name, raw, base, want string }{
		{"absolute", "https://vtb.example/nyt/?side=2", "", "https://vtb.example/nyt/?side=2"},
		{"no path", "https://vtb.example", "", "https://vtb.example/"},
		{"upper-case scheme and host", "HTTPS://VTB.Example/Nyt", "", "https://vtb.example/Nyt"},
		{"default port", "https://vtb.example:443/", "", "https://vtb.example/"},
		{"default port of http", "http://vtb.example:80/", "", "http://vtb.example/"},
		{"own port", "http://vtb.example:8080/", "", "http://vtb.example:8080/"},
		{"fragment", "https://vtb.example/a#b", "", "https://vtb.example/a"},
		{"relative", "c?d", base, "https://vtb.example/a/c?d"},
		{"from the root", "/c", base, "https://vtb.example/c"},
		{"query only", "?q=2", base, "https://vtb.example/a/b?q=2"},
		{"empty", "", base, "https://vtb.example/a/b?q=1"},
		{"fragment only", "#top", base, "https://vtb.example/a/b?q=1"},
		{"other host, same scheme", "//kl.example/x", base, "https://kl.example/x"},
		{"dot segments", "../../c/./d/..", base, "https://vtb.example/c/"},
		{"escaped dot segments", "/a/%2E%2e/b", base, "https://vtb.example/b"},
		{"backslashes", `\a\b`, base, "https://vtb.example/a/b"},
		{"spaces and line breaks around and within", " /a\n/b\t ", base, "https://vtb.example/a/b"},
		{"space in the path", "/a b", base, "https://vtb.example/a%20b"},
		{"Danish letters", "/motorikbånd/ø?q=æ", base, "https://vtb.example/motorikb%C3%A5nd/%C3%B8?q=%C3%A6"},
		{"raw latin-1", "/b\xf8rn", base, "https://vtb.example/b%C3%B8rn"},
		{"IDN host", "https://småbørnsløftet.dk/", "", "https://xn--smbrnslftet-y8a2we.dk/"},
		{"decimal address", "http://2130706433/", "", "http://127.0.0.1/"},
		{"hexadecimal address", "http://0x7f.1/", "", "http://127.0.0.1/"},
		{"IPv6", "http://[0:0::1]:81/", "", "http://[::1]:81/"},
		{"user and password", "https://a:b@vtb.example/", "", "https://a:b@vtb.example/"},
		{"slashes missing", "https:vtb.example/a", "", "https://vtb.example/a"},
		{"same scheme without slashes is relative", "https:c", base, "https://vtb.example/a/c"},
		{"empty query", "/a?", base, "https://vtb.example/a?"},
		{"useless base, absolute address", "https://kl.example/", "about:blank", "https://kl.example/"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := Parse(tc.raw, tc.base)
			if err != nil || got != tc.want {
				t.Errorf("Parse(%q, %q) = %q, %v; want %q", tc.raw, tc.base, got, err, tc.want)
			}
		})
	}
}

func TestParseNamesItsErrors(t *testing.T) {
	for _, tc := range []struct {
		raw, base string
		want      error
	}{
		{"mailto:a@b.dk", "", ErrScheme},
		{"javascript:void(0)", "https://vtb.example/", ErrScheme},
		{"tel:+4512345678", "https://vtb.example/", ErrScheme},
		{"file:///etc/passwd", "https://vtb.example/", ErrScheme},
		{"data:image/png;base64," + strings.Repeat("A", MaxRaw), "https://vtb.example/", ErrTooLong},
		{"https://", "", ErrSyntax},
		{"https://a b/", "", ErrSyntax},
		{"https://vtb.example:99999/", "", ErrSyntax},
		{"/relative", "", ErrSyntax},
		{"/relative", "about:blank", ErrScheme},
		{"http://[::1", "", ErrSyntax},
	} {
		if got, err := Parse(tc.raw, tc.base); !errors.Is(err, tc.want) {
			t.Errorf("Parse(%.40q, %q) = %q, %v; want %v", tc.raw, tc.base, got, err, tc.want)
		}
	}
}

func TestHrefKeepsTheFragment(t *testing.T) {
	const want = "https://vtb.example/a#b%20c"
	if got, err := Href("/a#b c", "https://vtb.example/"); err != nil || got != want {
		t.Errorf("Href = %q, %v; want %q", got, err, want)
	}
}

func TestHostThatCannotExistIsNoAddress(t *testing.T) {
	for name, host := range map[string]string{
		"256 letters":              strings.Repeat("a", 252) + ".dk0",
		"256 letters, quick":       strings.Repeat("a", 253) + ".dk",
		"what IDNA cannot go back": "0" + strings.Repeat("\xe7", 4000) + "\xbfa\xee\x8b\xfc\xbc0000",
	} {
		if got, err := Parse("http://"+host+"/", ""); !errors.Is(err, ErrSyntax) {
			t.Errorf("%s: Parse = %.60q, %v; want ErrSyntax", name, got, err)
		}
	}
	longest := "http://" + strings.Repeat("a", 252) + ".dk/"
	if got, err := Parse(longest, ""); err != nil || got != longest {
		t.Errorf("Parse of a host of 255 letters = %q, %v", got, err)
	}
}

var quickSeeds = []string{
	"https://vtb.example/a", "/a/b?c=d", "a/b.html", "?x", "//h.example/", "../a", "a:b", ".", "/.a", "/a/%2e", "#f", "",
	"https://a--b.example/", "https://1.2.3.4/", "https://a.0x1/", "https://-a.example/", "https://a.b./", "http://a/b",
	"https://a.example", "https://a.example?x", " /a", "/a'b", "/a|b", "?a'b", "/a^b", "https://a.example/x//y", "http:/a", "/a/..", "/å",
}

func FuzzQuickAgreesWithTheFullParser(f *testing.F) {
	for _, s := range quickSeeds {
		f.Add(s)
	}
	base, err := NewBase("https://vtb.example:8080/a/b.html?q")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		for _, b := range []*Base{nil, base} {
			got, ok := quick(raw, b)
			if !ok {
				continue
			}
			want, err := full(raw, b)
			want, _, _ = strings.Cut(want, "#")
			if err != nil || got != want {
				t.Errorf("quick(%q) = %q; the full parser says %q, %v", raw, got, want, err)
			}
		}
	})
}

func FuzzParseTwiceIsParse(f *testing.F) {
	for _, s := range quickSeeds {
		f.Add(s)
	}
	f.Add("http://[1:2:3:4:5:6:1.2.3.4]/")
	f.Add("http://[::1.2.3.4]:1/%zz?%%41#é")
	f.Add("http://a:b@c/\xe6")
	f.Fuzz(func(t *testing.T, raw string) {
		once, err := Parse(raw, "https://vtb.example/a/b")
		if err != nil {
			return
		}
		if twice, err := Parse(once, ""); err != nil || twice != once {
			t.Errorf("Parse(%q) = %q, then %q, %v", raw, once, twice, err)
		}
		if again := split(once).String(); again != once {
			t.Errorf("split(%q) = %q", once, again)
		}
	})
}

func BenchmarkParseLinksOfAPage(b *testing.B) {
	base, err := NewBase("https://lindeby-kommune.example/borger/dagtilbud/")
	if err != nil {
		b.Fatal(err)
	}
	links := []string{"/borger/boern-og-familie/", "https://lindeby-kommune.example/nyheder?side=2", "../sundhedspleje", "/motorikbånd", "#indhold"}
	for b.Loop() {
		for _, link := range links {
			if _, err := base.Parse(link); err != nil {
				b.Fatal(err)
			}
		}
	}
}
