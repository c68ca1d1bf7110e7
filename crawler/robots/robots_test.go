package robots

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const us = "smaabornsviden"

// file joins lines, since most of these files would be unreadable otherwise.
func file(lines ...string) string { return strings.Join(lines, "\n") + "\n" }

// TestWhichGroupApplies: RFC 9309, 2.2.1, and Google's "Grouping of lines and rules".
func TestWhichGroupApplies(t *testing.T) {
	for _, tc := range []struct {
		name, file, agent string
		allowed           bool
	}{
		{"no file", "", us, true},
		{"a file of white space", " \n\t\r\n", us, true},
		{"everybody", file("User-agent: *", "Disallow: /"), us, false},
		{"named", file("User-agent: smaabornsviden", "Disallow: /"), us, false},
		{"others are named", file("User-agent: FooBot", "Disallow: /"), us, true},
		{"the name's case does not matter", file("USER-AGENT: SmaaBornsViden", "DISALLOW: /"), us, false},
		{"our own group wins over everybody's", file("User-agent: *", "Disallow: /", "User-agent: smaabornsviden", "Allow: /"), us, true},
		{"also when it stands first", file("User-agent: smaabornsviden", "Allow: /", "User-agent: *", "Disallow: /"), us, true},
		{"our own group without rules allows", file("User-agent: *", "Disallow: /", "User-agent: smaabornsviden"), us, true},
		{"our own group with an empty Disallow allows", file("User-agent: *", "Disallow: /", "User-agent: smaabornsviden", "Disallow:"), us, true},
		{"an empty Disallow for everybody", file("User-agent: *", "Disallow:"), us, true},
		{"an empty Allow is no rule", file("User-agent: *", "Disallow: /", "Allow:"), us, false},
		{"version after the name", file("User-agent: smaabornsviden/1.0", "Disallow: /"), us, false},
		{"words after the name", file("User-agent: smaabornsviden the crawler", "Disallow: /"), us, false},
		{"a longer name is another's", file("User-agent: smaabornsviden-billeder", "Disallow: /"), us, true},
		{"a shorter name is another's", file("User-agent: smaaborn", "Disallow: /"), us, true},
		{"a star with words is still everybody", file("User-agent: * alle robotter", "Disallow: /"), us, false},
		{"a star with a letter is a name", file("User-agent: *bot", "Disallow: /"), us, true},
		{"a star within a name is no wildcard", file("User-agent: smaa*", "Disallow: /"), us, true},
		{"an agent of no letters is nobody", file("User-agent: 007", "Disallow: /"), "", true},
		{"several agents, one group", file("User-agent: a", "User-agent: smaabornsviden", "User-agent: b", "Disallow: /"), us, false},
		{"blank lines do not part agents", file("User-agent: smaabornsviden", "", "User-agent: b", "", "Disallow: /"), us, false},
		{"blank lines do not end a group", file("User-agent: smaabornsviden", "Disallow: /b", "", "Disallow: /a"), us, false},
		{"comments do not end a group", file("User-agent: smaabornsviden # os", "# mere", "Disallow: /a # den"), us, false},
		{"a sitemap does not part agents", file("User-agent: smaabornsviden", "Sitemap: https://x.example/s", "User-agent: *", "Disallow: /"), us, false},
		{"an unknown line does not part agents", file("User-agent: smaabornsviden", "Noindex: /", "User-agent: *", "Disallow: /"), us, false},
		{"a crawl delay does not part agents", file("User-agent: smaabornsviden", "Crawl-delay: 2", "User-agent: *", "Disallow: /"), us, false},
		{"an empty rule does part agents", file("User-agent: smaabornsviden", "Disallow:", "User-agent: *", "Disallow: /"), us, true},
		{"our groups are read as one", file("User-agent: smaabornsviden", "Disallow: /b", "User-agent: *", "Disallow: /c", "User-agent: smaabornsviden", "Disallow: /a"), us, false},
		{"everybody's groups are read as one", file("User-agent: *", "Disallow: /b", "User-agent: b", "Disallow: /c", "User-agent: *", "Disallow: /a"), us, false},
		{"a rule before any agent is nobody's", file("Disallow: /", "User-agent: *", "Disallow: /b"), us, true},
		{"the agent is compared whole", file("User-agent: smaabornsviden", "Disallow: /"), "smaabornsviden/1.0", true},
		{"a nameless agent has everybody's rules", file("User-agent: *", "Disallow: /"), "", false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, why := Parse([]byte(tc.file)).Allowed(tc.agent, "https://x.example/a")
			if got != tc.allowed {
				t.Errorf("Allowed = %v (%s), want %v in\n%s", got, why, tc.allowed, tc.file)
			}
		})
	}
}

// TestHowLinesAreRead: RFC 9309, 2.2, and the leniencies that Google documents or its parser has.
func TestHowLinesAreRead(t *testing.T) {
	const disallowed = false
	for _, tc := range []struct {
		name, file string
		allowed    bool
	}{
		{"white space anywhere", " \tUser-agent \t: \t* \n\v Disallow\t:\t/\f\n", disallowed},
		{"no white space", "User-agent:*\nDisallow:/\n", disallowed},
		{"no line end at the end", "User-agent: *\nDisallow: /", disallowed},
		{"CR LF", "User-agent: *\r\nDisallow: /\r\n", disallowed},
		{"CR alone", "User-agent: *\rDisallow: /\r", disallowed},
		{"LF CR", "User-agent: *\n\rDisallow: /\n\r", disallowed},
		{"byte order mark", "\xEF\xBB\xBFUser-agent: *\nDisallow: /\n", disallowed},
		{"half a byte order mark", "\xEF\xBBUser-agent: *\nDisallow: /\n", disallowed},
		{"a wrong mark spoils its line", "\xEF\x11\xBFUser-agent: *\nDisallow: /\n", true},
		{"a mark within spoils its line", "User-agent: *\n\xEF\xBB\xBFDisallow: /\n", true},
		{"UTF-16, as Windows saves it", "\xFF\xFE" + wide("User-agent: *\nDisallow: /\n"), disallowed},
		{"colon forgotten", file("User-agent *", "Disallow /"), disallowed},
		{"colon forgotten and words behind", file("User-agent: *", "Disallow / alt"), true},
		{"colon forgotten, tab", file("User-agent\t*", "Disallow\t/"), disallowed},
		{"useragent", file("useragent: *", "Disallow: /"), disallowed},
		{"user agent", file("user agent: *", "Disallow: /"), disallowed},
		{"dissallow", file("User-agent: *", "dissallow: /"), disallowed},
		{"dissalow", file("User-agent: *", "Dissalow: /"), disallowed},
		{"disalow", file("User-agent: *", "DISALOW: /"), disallowed},
		{"diasllow", file("User-agent: *", "diasllow: /"), disallowed},
		{"disallaw", file("User-agent: *", "disallaw: /"), disallowed},
		{"disallows", file("User-agent: *", "Disallows: /"), disallowed},
		{"another word is unknown", file("User-agent: *", "Forbid: /"), true},
		{"a misspelling nobody makes", file("User-agent: *", "Dsllw: /"), true},
		{"comment in the value", file("User-agent: *", "Disallow: /a#b"), disallowed},
		{"comment instead of the value", file("User-agent: *", "Disallow: #/"), true},
		{"commented out", file("User-agent: *", "#Disallow: /"), true},
		{"a key alone", file("User-agent: *", "Disallow"), true},
		{"a value alone", file("User-agent: *", ": /"), true},
		{"a web page", "<!DOCTYPE html>\n<title>Siden findes ikke</title>\n<p>Disallow: /</p>", true},
		{"zero bytes", "\x00\x00\nUser-agent: *\nDisallow: /", disallowed},
		{"a colon in the value", file("User-agent: *", "Disallow: /a:b"), true},
		{"a second rule on the line is part of the first", file("User-agent: *", "Disallow: /b Disallow: /a"), true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, why := Parse([]byte(tc.file)).Allowed(us, "https://x.example/a")
			if got != tc.allowed {
				t.Errorf("Allowed = %v (%s), want %v in\n%q", got, why, tc.allowed, tc.file)
			}
		})
	}
}

func wide(s string) string {
	var b strings.Builder
	for i := range len(s) {
		b.WriteByte(s[i])
		b.WriteByte(0)
	}
	return b.String()
}

// TestPatterns: RFC 9309, 2.2.2 and 2.2.3, and the tables of Google's documentation.
func TestPatterns(t *testing.T) {
	for _, tc := range []struct {
		pattern     string
		covers, not []string
	}{
		{"/", []string{"/", "/a", "/?q"}, nil},
		{"/*", []string{"/", "/a"}, nil},
		{"*", []string{"/", "/a"}, nil},
		{"/$", []string{"/"}, []string{"/a", "/?q"}},
		{"$", nil, []string{"/", "/a"}},
		{"/fisk", []string{"/fisk", "/fisk.html", "/fisk/laks.html", "/fiskehoved/gaer", "/fisk.php?id=alt"}, []string{"/Fisk.asp", "/kattefisk", "/?id=fisk", "/en/fisk"}},
		{"/fisk*", []string{"/fisk", "/fisk.html", "/fiskehoved"}, []string{"/Fisk.asp", "/kattefisk"}},
		{"/fisk/", []string{"/fisk/", "/fisk/?id=alt", "/fisk/laks.htm"}, []string{"/fisk", "/fisk.html", "/fisk?id=alt"}},
		{"/*.php", []string{"/index.php", "/a/b.php", "/a/b.php?c", "/a/b.php5", "/a.php/"}, []string{"/", "/windows.PHP"}},
		{"/*.php$", []string{"/b.php", "/a/b.php"}, []string{"/b.php?c", "/b.php/", "/b.php5", "/windows.PHP"}},
		{"/fisk*.php", []string{"/fisk.php", "/fiskehoved/gaer.php?c"}, []string{"/Fisk.PHP"}},
		{"/a*b*c$", []string{"/abc", "/axbxc", "/abcbc"}, []string{"/abcd", "/acb"}},
		{"/a*a$", []string{"/aa", "/aba"}, []string{"/a"}},
		{"/a**b", []string{"/ab", "/axb"}, []string{"/a"}},
		{"/a*$", []string{"/a", "/abc"}, []string{"/b"}},
		{"/a$b", []string{"/a$b", "/a$bc"}, []string{"/a", "/ab"}},
		{"/a$$", []string{"/a$"}, []string{"/a", "/a$$"}},
		{"/a.c", []string{"/a.c"}, []string{"/abc"}},
		{"/?s=", []string{"/?s=leg"}, []string{"/", "/a?s=leg", "/?S="}},
		{"/*?*sort=", []string{"/a?x=1&sort=ny"}, []string{"/a"}},
		{"fisk", nil, []string{"/fisk"}},
		{"*.gif$", []string{"/a.gif"}, []string{"/a.gif?x"}},
		{"*/print/", []string{"/print/", "/a/print/1"}, []string{"/print"}},
		{"/a;b", []string{"/a;b=1"}, []string{"/a"}},
		{"https://x.example/a", nil, []string{"/a"}},
	} {
		rules := Parse([]byte(file("User-agent: *", "Disallow: "+tc.pattern)))
		for want, paths := range map[bool][]string{false: tc.covers, true: tc.not} {
			for _, path := range paths {
				if got, why := rules.Allowed(us, "https://x.example"+path); got != want {
					t.Errorf("Disallow: %s: %s allowed = %v (%s), want %v", tc.pattern, path, got, why, want)
				}
			}
		}
	}
}

// TestTheLongestRuleWins: RFC 9309, 2.2.2 and 5.2, and Google's "Order of precedence".
func TestTheLongestRuleWins(t *testing.T) {
	for _, tc := range []struct {
		name, path string
		rules      []string
		allowed    bool
	}{
		{"longer Allow", "/side", []string{"Allow: /s", "Disallow: /"}, true},
		{"order does not matter", "/side", []string{"Disallow: /", "Allow: /s"}, true},
		{"longer Disallow", "/mappe/side", []string{"Allow: /mappe", "Disallow: /mappe/s"}, false},
		{"same length", "/mappe/side", []string{"Allow: /mappe", "Disallow: /mappe"}, true},
		{"same length, other order", "/mappe/side", []string{"Disallow: /mappe", "Allow: /mappe"}, true},
		{"a star counts as a letter", "/side.htm", []string{"Allow: /side", "Disallow: /*.htm"}, false},
		{"same length with a star", "/side.php5", []string{"Allow: /side", "Disallow: /*.ph"}, true},
		{"home page alone", "/", []string{"Allow: /$", "Disallow: /"}, true},
		{"not the rest", "/side", []string{"Allow: /$", "Disallow: /"}, false},
		{"no rule covers", "/b", []string{"Disallow: /a"}, true},
		{"only Allow", "/b", []string{"Allow: /a"}, true},
		{"the file within the directory", "/eksempel/side/x.gif", []string{"Allow: /eksempel/side/", "Disallow: /eksempel/side/x.gif"}, false},
		{"escapes of the same length", "/%C3%A6", []string{"Allow: /%C3%A6", "Disallow: /%C3%A6"}, true},
		{"index.html opens its directory", "/a/", []string{"Disallow: /", "Allow: /a/index.html"}, true},
		{"index.htm too", "/a/", []string{"Disallow: /", "Allow: /a/index.htm"}, true},
		{"but not what lies in it", "/a/b", []string{"Disallow: /", "Allow: /a/index.html"}, false},
		{"and itself", "/a/index.html", []string{"Disallow: /", "Allow: /a/index.html"}, true},
		{"index.html opens the home page", "/", []string{"Disallow: /", "Allow: /index.html"}, true},
		{"a Disallow of index.html leaves its directory open", "/a/", []string{"Disallow: /a/index.html"}, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			text := file(append([]string{"User-agent: *"}, tc.rules...)...)
			if got, why := Parse([]byte(text)).Allowed(us, "https://x.example"+tc.path); got != tc.allowed {
				t.Errorf("%s allowed = %v (%s), want %v by %q", tc.path, got, why, tc.allowed, tc.rules)
			}
		})
	}
}

// TestTheExampleOfTheRFC is section 5.1 of RFC 9309.
func TestTheExampleOfTheRFC(t *testing.T) {
	rules := Parse([]byte(file(
		"User-Agent: *", "Disallow: *.gif$", "Disallow: /example/", "Allow: /publications/",
		"User-Agent: foobot", "Disallow:/", "Allow:/example/page.html", "Allow:/example/allowed.gif",
		"User-Agent: barbot", "User-Agent: bazbot", "Disallow: /example/page.html",
		"User-Agent: quxbot")))
	for _, tc := range []struct {
		agent, path string
		allowed     bool
	}{
		{us, "/a.gif", false},
		{us, "/example/", false},
		{us, "/publications/", true},
		{us, "/publications/a.gif", true},
		{us, "/", true},
		{"foobot", "/", false},
		{"foobot", "/example/page.html", true},
		{"foobot", "/example/allowed.gif", true},
		{"foobot", "/example/x", false},
		{"barbot", "/example/page.html", false},
		{"bazbot", "/example/page.html", false},
		{"bazbot", "/a.gif", true},
		{"quxbot", "/example/", true},
		{"QuxBot", "/a.gif", true},
	} {
		if got, why := rules.Allowed(tc.agent, "https://x.example"+tc.path); got != tc.allowed {
			t.Errorf("%s %s allowed = %v (%s), want %v", tc.agent, tc.path, got, why, tc.allowed)
		}
	}
}

// TestEscapes: a Disallow holds in either spelling of an address (RFC 9309, 2.2.2), an Allow as written.
func TestEscapes(t *testing.T) {
	for _, tc := range []struct {
		pattern, path     string
		disallow, allowed bool // whether "Disallow: pattern" covers it, and whether "Allow: pattern" does
	}{
		{"/blå", "/bl%C3%A5", true, true},
		{"/bl%C3%A5", "/bl%C3%A5", true, true},
		{"/bl%c3%a5", "/bl%C3%A5", true, true},
		{"/bl%C3%A5", "/bl%c3%a5", true, false},
		{"/blå", "/blå", true, false},
		{"/bl\xe5", "/bl%C3%A5", true, false},
		{"/bl%e5", "/bl%C3%A5", true, false},
		{"/bl%E5", "/bl%E5", true, true},
		{"/%62%6C", "/bl", true, false},
		{"/%62%6C", "/%62%6C", true, true},
		{"/bl", "/%62%6c", true, false},
		{"/a%2Fb", "/a/b", false, false},
		{"/a%2fb", "/a%2Fb", true, true},
		{"/a%2Ab", "/axb", false, false},
		{"/a%24", "/a$b", true, false}, // RFC 9309, 2.2.3: so a file names what is a sign in patterns
		{"/a%2Ab", "/a*b", true, false},
		{"/a?q=æ", "/a?q=%C3%A6", true, true},
		{"/ツ*", "/%E3%83%84/a", true, true},
		{"/a%zz", "/a%zz", true, true},
		{"/100%$", "/100%25", true, false}, // a stray sign is %25 in a canonical address
	} {
		for _, allow := range []bool{false, true} {
			text, want := file("User-agent: *", "Disallow: "+tc.pattern), !tc.disallow
			if allow {
				text, want = file("User-agent: *", "Disallow: /", "Allow: "+tc.pattern), tc.allowed
			}
			if got, why := Parse([]byte(text)).Allowed(us, "https://x.example"+tc.path); got != want {
				t.Errorf("%s: allowed = %v (%s), want %v by\n%q", tc.path, got, why, want, text)
			}
		}
	}
}

func TestThePathOfAnAddress(t *testing.T) {
	for url, want := range map[string]string{
		"": "/", "https://x.example": "/", "https://x.example/": "/", "https://x.example/a": "/a", "https://x.example/a#b": "/a",
		"https://x.example/a;b?c=d#e": "/a;b?c=d", "https://x.example?a": "/?a", "https://x.example;a": "/;a", "https://x.example#a/b": "/",
		"https://x.example/a?b=https://y.example/c": "/a?b=https://y.example/c", "https://x.example/a/https://y.example/": "/a/https://y.example/",
		"x.example": "/", "x.example/a": "/a", "//x.example/a": "/a", "/a": "/a", "a": "/", "?a=b": "/?a=b", "https://user:pw@x.example:81/a": "/a",
		"https://x.example/a?": "/a?", "https:/a": "/a", "//": "/",
	} {
		if got := pathOf(url); got != want {
			t.Errorf("pathOf(%q) = %q, want %q", url, got, want)
		}
	}
}

func TestTheVerdictNamesItsLine(t *testing.T) {
	rules := Parse([]byte("User-agent: *\r\n# robotter\r\n\r\nDisallow: /print/ # udskrift\r\nAllow: /print/a\r\n"))
	want := Verdict{Allowed: false, Rule: "Disallow: /print/", Line: 4, Group: "*", Why: "line 4 for *: Disallow: /print/"}
	if diff := cmp.Diff(want, rules.Check(us, "https://x.example/print/1")); diff != "" {
		t.Errorf("disallowed (-want +got):\n%s", diff)
	}
	want = Verdict{Allowed: true, Rule: "Allow: /print/a", Line: 5, Group: "*", Why: "line 5 for *: Allow: /print/a"}
	if diff := cmp.Diff(want, rules.Check(us, "https://x.example/print/a")); diff != "" {
		t.Errorf("allowed (-want +got):\n%s", diff)
	}
	for name, rules := range map[string]*Rules{
		"no robots.txt": nil, "robots.txt has no group for us": Parse(nil), "robots.txt answered 404, so there are no rules": Answer(404, nil),
	} {
		if ok, why := rules.Allowed(us, "https://x.example/"); !ok || why != name {
			t.Errorf("Allowed = %v, %q; want true, %q", ok, why, name)
		}
	}
	if _, why := rules.Allowed(us, "https://x.example/"); why != "no rule for * covers it" {
		t.Errorf("why = %q", why)
	}
}

// TestTheStatusDecides: RFC 9309, 2.3.1.
func TestTheStatusDecides(t *testing.T) {
	body := []byte(file("User-agent: *", "Disallow: /a"))
	for status, want := range map[int]bool{
		200: false, 204: false, 301: true, 400: true, 401: true, 403: true, 404: true, 410: true, 429: false, 500: false, 503: false,
	} {
		if got, why := Answer(status, body).Allowed(us, "https://x.example/a"); got != want {
			t.Errorf("status %d: allowed = %v (%s), want %v", status, got, why, want)
		}
	}
	if ok, why := DisallowAll("robots.txt: timeout").Allowed(us, "https://x.example/"); ok || why != "robots.txt: timeout" {
		t.Errorf("DisallowAll: %v, %q", ok, why)
	}
	if ok, why := AllowAll("egen fil").Allowed(us, "https://x.example/"); !ok || why != "egen fil" {
		t.Errorf("AllowAll: %v, %q", ok, why)
	}
}

func TestTheFirst500KiBCount(t *testing.T) {
	head := file("User-agent: *", "Disallow: /a")
	filler := strings.Repeat("# fyld\n", (MaxBytes-len(head))/len("# fyld\n"))
	beyond := head + filler + strings.Repeat("x", 20) + "\nDisallow: /b\n"
	rules := Parse([]byte(beyond))
	for path, want := range map[string]bool{"/a": false, "/b": true} {
		if got, _ := rules.Allowed(us, "https://x.example"+path); got != want {
			t.Errorf("%s allowed = %v, want %v", path, got, want)
		}
	}
	last := "Disallow: /b"
	padding := strings.Repeat("#", MaxBytes-len(head)-len(last)-2) + "\n"
	within := head + padding + last + "\n" + "Disallow: /c\n"
	if got, _ := Parse([]byte(within)).Allowed(us, "https://x.example/b"); got {
		t.Error("the last rule within the limit was not read")
	}
	cut := head + padding + last + "ilag/hemmelig\n"
	if got, why := Parse([]byte(cut)).Allowed(us, "https://x.example/bog"); !got {
		t.Errorf("a rule cut in two was read: %s", why)
	}
}

func TestALineIsReadUpToItsLimit(t *testing.T) {
	prefix := "Disallow: "
	path := "/" + strings.Repeat("a", maxLine-len(prefix)-1)
	rules := Parse([]byte(file("User-agent: *", prefix+path+"bbbb")))
	if got, _ := rules.Allowed(us, "https://x.example"+path+"cccc"); got {
		t.Error("what stands beyond the limit was read")
	}
	if got, _ := rules.Allowed(us, "https://x.example"+path[:len(path)-1]); !got {
		t.Error("the pattern was cut before the limit")
	}
}

func TestCrawlDelay(t *testing.T) {
	for _, tc := range []struct {
		name  string
		lines []string
		want  time.Duration
	}{
		{"none", []string{"User-agent: *", "Disallow: /a"}, 0},
		{"seconds", []string{"User-agent: *", "Crawl-delay: 2"}, 2 * time.Second},
		{"fraction", []string{"User-agent: *", "Crawl-delay: 0.5"}, 500 * time.Millisecond},
		{"Danish fraction", []string{"User-agent: *", "Crawl-delay: 1,5"}, 1500 * time.Millisecond},
		{"unit", []string{"User-agent: *", "crawl-delay: 10s"}, 10 * time.Second},
		{"words", []string{"User-agent: *", "Crawl-delay: 10 sekunder"}, 10 * time.Second},
		{"misspelt", []string{"User-agent: *", "crawldelay 3"}, 3 * time.Second},
		{"no number", []string{"User-agent: *", "Crawl-delay: lang"}, 0},
		{"below zero", []string{"User-agent: *", "Crawl-delay: -1"}, 0},
		{"not a number", []string{"User-agent: *", "Crawl-delay: NaN"}, 0},
		{"an hour, as written", []string{"User-agent: *", "Crawl-delay: 3600"}, time.Hour},
		{"beyond measure", []string{"User-agent: *", "Crawl-delay: 1e300"}, 365 * 24 * time.Hour},
		{"ours", []string{"User-agent: *", "Crawl-delay: 2", "Disallow: /a", "User-agent: smaabornsviden", "Crawl-delay: 5"}, 5 * time.Second},
		{"our group without one", []string{"User-agent: *", "Crawl-delay: 2", "Disallow: /a", "User-agent: smaabornsviden", "Disallow: /a"}, 0},
		{"the longest of ours", []string{"User-agent: smaabornsviden", "Crawl-delay: 5", "Disallow: /", "User-agent: smaabornsviden", "Crawl-delay: 3"}, 5 * time.Second},
		{"before any agent", []string{"Crawl-delay: 5", "User-agent: *", "Disallow:"}, 0},
	} {
		if got := Parse([]byte(file(tc.lines...))).CrawlDelay(us); got != tc.want {
			t.Errorf("%s: CrawlDelay = %v, want %v", tc.name, got, tc.want)
		}
	}
	if got := (*Rules)(nil).CrawlDelay(us); got != 0 {
		t.Errorf("nil rules: CrawlDelay = %v", got)
	}
}

func TestSitemapsBelongToNoGroup(t *testing.T) {
	rules := Parse([]byte(file("Sitemap: https://x.example/1.xml", "User-agent: b", "SITE-MAP:https://x.example/2.xml.gz # pakket", "Disallow: /",
		"sitemap: https://x.example/1.xml", "Sitemap:", "Sitemap: /3.xml")))
	want := []string{"https://x.example/1.xml", "https://x.example/2.xml.gz", "/3.xml"}
	if diff := cmp.Diff(want, rules.Sitemaps()); diff != "" {
		t.Errorf("Sitemaps (-want +got):\n%s", diff)
	}
	var many strings.Builder
	for i := range 2 * maxSitemaps {
		fmt.Fprintf(&many, "Sitemap: https://x.example/%d\n", i)
	}
	if got := len(Parse([]byte(many.String())).Sitemaps()); got != maxSitemaps {
		t.Errorf("%d sitemaps, want %d", got, maxSitemaps)
	}
	if got := (*Rules)(nil).Sitemaps(); got != nil {
		t.Errorf("nil rules: Sitemaps = %v", got)
	}
}

func TestProductToken(t *testing.T) {
	for header, want := range map[string]string{
		"smaabornsviden/1.0 (+https://vi.example)": "smaabornsviden", "Foo_Bar-baz 2": "Foo_Bar-baz", "": "", "1bot": "", "Småbot": "Sm", "bot": "bot",
	} {
		if got := ProductToken(header); got != want {
			t.Errorf("ProductToken(%q) = %q, want %q", header, got, want)
		}
	}
}

// TestHostilePatternsStayCheap would take minutes if the matcher tried every way to place the stars.
func TestHostilePatternsStayCheap(t *testing.T) {
	line := "Disallow: /" + strings.Repeat("*a", 8000) + "b\n"
	body := "User-agent: *\n" + strings.Repeat(line, MaxBytes/len(line))
	rules := Parse([]byte(body))
	if ok, why := rules.Allowed(us, "https://x.example/"+strings.Repeat("a", 2000)); !ok {
		t.Errorf("disallowed by %.60s", why)
	}
}
