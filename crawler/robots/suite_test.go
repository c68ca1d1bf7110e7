package robots

import (
	"strings"
	"testing"
)

// verdicts is a robots.txt with what it allows an agent and what not.
type verdicts struct {
	topic, file, agent string
	allow, disallow    []string
}

// googleTopics goes through what Google's published parser promises, topic by topic in its order, with files and addresses
// of our own. Where the RFC leaves a choice, the parser's is written here.
var googleTopics = []verdicts{
	{"an empty file", "", "Kravler", []string{"", "https://x.dk/", "https://x.dk/a"}, nil},
	{"an address of nothing is the home page", file("user-agent: Kravler", "disallow: /"), "Kravler", nil, []string{"", "https://x.dk", "https://x.dk/", "https://x.dk/a/b?c"}},
	{"an agent of nothing is nobody's", file("user-agent: Kravler", "disallow: /"), "", []string{"", "https://x.dk/a"}, nil},

	{"a whole line", file("user-agent: Kravler", "disallow: /"), "Kravler", nil, []string{"https://x.dk/x/y"}},
	{"keys that are none", file("agent: Kravler", "forbud: /"), "Kravler", []string{"https://x.dk/x/y"}, nil},
	{"colons forgotten", file("user-agent Kravler", "disallow /"), "Kravler", nil, []string{"https://x.dk/x/y"}},

	{
		"groups: ours of three", file(
			"allow: /gry/bar/", "", "user-agent: Kravler", "disallow: /", "allow: /x/", "user-agent: Anden", "disallow: /", "allow: /y/", "", "",
			"allow: /w/", "user-agent: Tredje", "", "user-agent: Kravler", "allow: /z/", "disallow: /"),
		"Kravler",
		[]string{"https://x.dk/x/b", "https://x.dk/z/d"},
		[]string{"https://x.dk/y/c", "https://x.dk/gry/bar/", "https://x.dk/w/a"},
	},
	{
		"groups: a second one", file(
			"allow: /gry/bar/", "", "user-agent: Kravler", "disallow: /", "allow: /x/", "user-agent: Anden", "disallow: /", "allow: /y/", "", "",
			"allow: /w/", "user-agent: Tredje", "", "user-agent: Kravler", "allow: /z/", "disallow: /"),
		"Anden",
		[]string{"https://x.dk/y/c", "https://x.dk/w/a"},
		[]string{"https://x.dk/z/d", "https://x.dk/x/b"},
	},
	{
		"groups: one that shares its rules", file(
			"user-agent: Anden", "disallow: /", "", "allow: /w/", "user-agent: Tredje", "", "user-agent: Kravler", "allow: /z/", "disallow: /"),
		"Tredje",
		[]string{"https://x.dk/z/d"},
		[]string{"https://x.dk/w/a", "https://x.dk/y"},
	},

	{"a sitemap closes no group", file("User-agent: Anden", "Sitemap: https://x.dk/kort", "User-agent: *", "Disallow: /"), "Kravler", nil, []string{"https://x.dk/"}},
	{"a sitemap closes no group, for the other", file("User-agent: Anden", "Sitemap: https://x.dk/kort", "User-agent: *", "Disallow: /"), "Anden", nil, []string{"https://x.dk/"}},
	{"nor does a line that nobody knows", file("User-agent: Kravler", "Ukendt-linje: mere", "User-agent: *", "Disallow: /"), "Kravler", nil, []string{"https://x.dk/"}},
	{"nor does it for everybody", file("User-agent: Kravler", "Ukendt-linje: mere", "User-agent: *", "Disallow: /"), "Anden", nil, []string{"https://x.dk/"}},

	{"keys in capitals", file("USER-AGENT: Kravler", "ALLOW: /x/", "DISALLOW: /"), "Kravler", []string{"https://x.dk/x/y"}, []string{"https://x.dk/a/b"}},
	{"keys in small letters", file("user-agent: Kravler", "allow: /x/", "disallow: /"), "Kravler", []string{"https://x.dk/x/y"}, []string{"https://x.dk/a/b"}},
	{"keys in both", file("uSeR-aGeNt: Kravler", "AlLoW: /x/", "dIsAlLoW: /"), "Kravler", []string{"https://x.dk/x/y"}, []string{"https://x.dk/a/b"}},

	{"agents in capitals", file("User-Agent: KRAVLER BOT", "Allow: /x/", "Disallow: /"), "kravler", []string{"https://x.dk/x/y"}, []string{"https://x.dk/a/b"}},
	{"agents in small letters", file("User-Agent: kravler bot", "Allow: /x/", "Disallow: /"), "KRAVLER", []string{"https://x.dk/x/y"}, []string{"https://x.dk/a/b"}},
	{"a line's agent ends at its first space", file("User-Agent: *", "Disallow: /", "User-Agent: Kravler Bot", "Allow: /x/", "Disallow: /"), "Kravler", []string{"https://x.dk/x/y"}, []string{"https://x.dk/a/b"}},
	{"an asker's does not", file("User-Agent: *", "Disallow: /", "User-Agent: Kravler Bot", "Allow: /x/", "Disallow: /"), "Kravler Bot", nil, []string{"https://x.dk/x/y"}},

	{"everybody's rules are for those without a group", file("user-agent: *", "allow: /", "user-agent: Kravler", "disallow: /"), "Anden", []string{"https://x.dk/x/y"}, nil},
	{"those with one have it alone", file("user-agent: *", "allow: /", "user-agent: Kravler", "disallow: /"), "Kravler", nil, []string{"https://x.dk/x/y"}},
	{"without a group for anybody all is allowed", file("user-agent: Kravler", "allow: /", "user-agent: Anden", "disallow: /", "user-agent: Tredje", "disallow: /"), "Fjerde", []string{"https://x.dk/x/y"}, nil},

	{"paths keep their case", file("user-agent: Kravler", "disallow: /x/"), "Kravler", []string{"https://x.dk/X/y", "https://x.dk/a"}, []string{"https://x.dk/x/y"}},
	{"paths keep their capitals", file("user-agent: Kravler", "disallow: /X/"), "Kravler", []string{"https://x.dk/x/y"}, []string{"https://x.dk/X/y"}},

	{"longest: a Disallow", file("user-agent: Kravler", "disallow: /x/side.html", "allow: /x/"), "Kravler", []string{"https://x.dk/x/", "https://x.dk/x/side"}, []string{"https://x.dk/x/side.html"}},
	{"longest: an Allow", file("user-agent: Kravler", "allow: /x/side.html", "disallow: /x/"), "Kravler", []string{"https://x.dk/x/side.html", "https://x.dk/y"}, []string{"https://x.dk/x/", "https://x.dk/x/y.html"}},
	{"both empty", file("user-agent: Kravler", "disallow: ", "allow: "), "Kravler", []string{"https://x.dk/x/side.html"}, nil},
	{"both everything", file("user-agent: Kravler", "disallow: /", "allow: /"), "Kravler", []string{"https://x.dk/x/side.html"}, nil},
	{"slash or none", file("user-agent: Kravler", "disallow: /x", "allow: /x/"), "Kravler", []string{"https://x.dk/x/", "https://x.dk/x/y"}, []string{"https://x.dk/x", "https://x.dk/xy"}},
	{"the same twice", file("user-agent: Kravler", "disallow: /x/side.html", "allow: /x/side.html"), "Kravler", []string{"https://x.dk/x/side.html"}, nil},
	{"a longer star", file("user-agent: Kravler", "allow: /side", "disallow: /*.html"), "Kravler", []string{"https://x.dk/side"}, []string{"https://x.dk/side.html"}},
	{"a shorter star", file("user-agent: Kravler", "allow: /x/side.", "disallow: /*.html"), "Kravler", []string{"https://x.dk/x/side.html"}, []string{"https://x.dk/x/y.html"}},
	{"another group's length does not count", file("User-agent: *", "Disallow: /x/", "User-agent: Kravler", "Disallow: /y/"), "Kravler", []string{"https://x.dk/x/side"}, []string{"https://x.dk/y/side"}},

	{"an address in the query", file("User-agent: Kravler", "Disallow: /", "Allow: /a/b?c=d&e=https://y.dk?f&g"), "Kravler", []string{"https://x.dk/a/b?c=d&e=https://y.dk?f&g"}, []string{"https://x.dk/a/b"}},
	{"a rule in letters", file("User-agent: Kravler", "Disallow: /", "Allow: /a/b/ø"), "Kravler", []string{"https://x.dk/a/b/%C3%B8"}, []string{"https://x.dk/a/b/ø", "https://x.dk/a/b/%F8"}},
	{"a rule in escapes", file("User-agent: Kravler", "Disallow: /", "Allow: /a/b/%C3%B8"), "Kravler", []string{"https://x.dk/a/b/%C3%B8"}, []string{"https://x.dk/a/b/ø"}},
	{"escapes that none would need", file("User-agent: Kravler", "Disallow: /", "Allow: /a/b/%6C%65%67"), "Kravler", []string{"https://x.dk/a/b/%6C%65%67"}, []string{"https://x.dk/a/b/leg"}},

	{"a star between slashes", file("User-agent: Kravler", "Disallow: /a/b/quz", "Allow: /a/*/qux"), "Kravler", []string{"https://x.dk/a/qux", "https://x.dk/a//qux", "https://x.dk/a/c/qux"}, []string{"https://x.dk/a/b/quz"}},
	{"a sign for the end", file("User-agent: Kravler", "Disallow: /a/b$", "Allow: /a/b/c"), "Kravler", []string{"https://x.dk/a/b/c", "https://x.dk/a/b/", "https://x.dk/a/b/c/"}, []string{"https://x.dk/a/b"}},
	{"a comment", file("User-agent: Kravler", "# Disallow: /", "Disallow: /a/b#c", "Allow: /"), "Kravler", []string{"https://x.dk/a/x"}, []string{"https://x.dk/a/b", "https://x.dk/a/bc"}},

	{"index.html stands for its directory", file("User-Agent: *", "Allow: /a-leg/index.html", "Disallow: /a-leg"), "Kravler", []string{"https://x.dk/a-leg/", "https://x.dk/a-leg/index.html", "https://x.dk/b"}, []string{"https://x.dk/a-leg", "https://x.dk/a-leg/index.php", "https://x.dk/a-leg/x"}},
	{"index.htm too", file("User-Agent: *", "Allow: /a-leg/index.htm", "Disallow: /a-leg"), "Kravler", []string{"https://x.dk/a-leg/", "https://x.dk/a-leg/index.htm"}, []string{"https://x.dk/a-leg/index"}},

	{
		"documented: a directory", file("user-agent: Kravler", "disallow: /", "allow: /laks"), "Kravler",
		[]string{"https://x.dk/laks", "https://x.dk/laks.html", "https://x.dk/laks/roeget.html", "https://x.dk/lakseyngel", "https://x.dk/lakseyngel/mad.html", "https://x.dk/laks.php?id=alt"},
		[]string{"https://x.dk/b", "https://x.dk/Laks.asp", "https://x.dk/havlaks", "https://x.dk/?id=laks"},
	},
	{
		"documented: a directory and a star", file("user-agent: Kravler", "disallow: /", "allow: /laks*"), "Kravler",
		[]string{"https://x.dk/laks", "https://x.dk/laks.html", "https://x.dk/laks/roeget.html", "https://x.dk/lakseyngel", "https://x.dk/laks.php?id=alt"},
		[]string{"https://x.dk/b", "https://x.dk/Laks.asp", "https://x.dk/havlaks", "https://x.dk/?id=laks"},
	},
	{
		"documented: a directory and a slash", file("user-agent: Kravler", "disallow: /", "allow: /laks/"), "Kravler",
		[]string{"https://x.dk/laks/", "https://x.dk/laks/roeget", "https://x.dk/laks/?roeget", "https://x.dk/laks/roeget.htm"},
		[]string{"https://x.dk/laks", "https://x.dk/laks.html", "https://x.dk/Laks/Roeget.asp", "https://x.dk/b"},
	},
	{
		"documented: an ending anywhere", file("user-agent: Kravler", "disallow: /", "allow: /*.php"), "Kravler",
		[]string{"https://x.dk/a.php", "https://x.dk/b/a.php", "https://x.dk/b/a.php?c", "https://x.dk/b/en.php.html", "https://x.dk/a.php/", "https://x.dk/index?f=a.php/"},
		[]string{"https://x.dk/b", "https://x.dk/a.PHP", "https://x.dk/a.ph?p"},
	},
	{
		"documented: an ending at the end", file("user-agent: Kravler", "disallow: /", "allow: /*.php$"), "Kravler",
		[]string{"https://x.dk/a.php", "https://x.dk/b/a.php"},
		[]string{"https://x.dk/a.php?c", "https://x.dk/a.php/", "https://x.dk/a.php5", "https://x.dk/b", "https://x.dk/a.PHP", "https://x.dk/aaaphp"},
	},
	{
		"documented: a beginning and an ending", file("user-agent: Kravler", "disallow: /", "allow: /laks*.php"), "Kravler",
		[]string{"https://x.dk/laks.php", "https://x.dk/lakseyngel/mad.php?c"},
		[]string{"https://x.dk/Laks.PHP", "https://x.dk/b"},
	},
	{"documented: order, the longer Allow", file("user-agent: Kravler", "allow: /p", "disallow: /"), "Kravler", []string{"https://x.dk/punkt"}, []string{"https://x.dk/a"}},
	{"documented: order, the same length", file("user-agent: Kravler", "allow: /mappe", "disallow: /mappe"), "Kravler", []string{"https://x.dk/mappe/a"}, nil},
	{"documented: order, a star that is longer", file("user-agent: Kravler", "allow: /side", "disallow: /*.htm"), "Kravler", []string{"https://x.dk/side"}, []string{"https://x.dk/side.htm"}},
	{"documented: order, the home page", file("user-agent: Kravler", "allow: /$", "disallow: /"), "Kravler", []string{"https://x.dk/", "https://x.dk"}, []string{"https://x.dk/punkt.html"}},

	{"line ends of Unix", "User-Agent: a\nAllow: /a/b\nUser-Agent: Kravler\n\n\nDisallow: /\n", "Kravler", nil, []string{"https://x.dk/"}},
	{"line ends of DOS", "User-Agent: a\r\nAllow: /a/b\r\nUser-Agent: Kravler\r\n\r\n\r\nDisallow: /\r\n", "Kravler", nil, []string{"https://x.dk/"}},
	{"line ends of old Macs", "User-Agent: a\rAllow: /a/b\rUser-Agent: Kravler\r\r\rDisallow: /\r", "Kravler", nil, []string{"https://x.dk/"}},
	{"no end of the last line", "User-Agent: a\nAllow: /a/b\nUser-Agent: Kravler\n\n\nDisallow: /", "Kravler", nil, []string{"https://x.dk/"}},
	{"ends of all kinds", "User-Agent: a\nAllow: /a/b\r\nUser-Agent: Kravler\n\r\n\rDisallow: /\r\n", "Kravler", nil, []string{"https://x.dk/"}},

	{"a mark at the start", "\xEF\xBB\xBFUser-Agent: Kravler\nDisallow: /\n", "Kravler", nil, []string{"https://x.dk/"}},
	{"a part of one", "\xEFUser-Agent: Kravler\nDisallow: /\n", "Kravler", nil, []string{"https://x.dk/"}},
	{"a broken one costs its line", "\xEF\x11\xBFUser-Agent: Kravler\nDisallow: /\n", "Kravler", []string{"https://x.dk/"}, nil},
	{"one within costs its line", "User-Agent: Kravler\n\xEF\xBB\xBFDisallow: /\n", "Kravler", []string{"https://x.dk/"}, nil},

	{"a sitemap at the end", file("User-Agent: Kravler", "Allow: /a/b", "User-Agent: *", "", "", "Disallow: /", "Sitemap: https://x.dk/kort.xml"), "Kravler", []string{"https://x.dk/a/b", "https://x.dk/x"}, nil},
	{"a sitemap at the start", file("Sitemap: https://x.dk/kort.xml", "User-Agent: Kravler", "Disallow: /"), "Kravler", nil, []string{"https://x.dk/"}},
}

func TestTheTopicsOfGooglesParser(t *testing.T) {
	asked := 0
	for _, v := range googleTopics {
		rules := Parse([]byte(v.file))
		for want, addresses := range map[bool][]string{true: v.allow, false: v.disallow} {
			for _, address := range addresses {
				asked++
				if got, why := rules.Allowed(v.agent, address); got != want {
					t.Errorf("%s: %q asks for %q: allowed = %v (%s), want %v in\n%s", v.topic, v.agent, address, got, why, want, v.file)
				}
			}
		}
	}
	if asked < 145 {
		t.Errorf("%d verdicts, want at least the 145 of Google's own suite", asked)
	}
	t.Logf("%d verdicts in %d topics", asked, len(googleTopics))
}

// TestLongLinesCountAsFarAsTheyAreRead: what stands beyond the limit is not there, for either kind of rule.
func TestLongLinesCountAsFarAsTheyAreRead(t *testing.T) {
	path := func(key, mark string) string {
		return mark + strings.Repeat("a", maxLine-len(key)-len(mark))
	}
	disallow, one, two := path("disallow: ", "/x/"), path("allow: ", "/y/"), path("allow: ", "/z/")
	rules := Parse([]byte(file("user-agent: Kravler", "disallow: "+disallow+"/qux")))
	for address, want := range map[string]bool{"/fux": true, disallow + "/fux": false, disallow[:len(disallow)-1]: true} {
		if got, _ := rules.Allowed("Kravler", "https://x.dk"+address); got != want {
			t.Errorf("disallow of %d bytes: %.20s… allowed = %v, want %v", len(disallow), address, got, want)
		}
	}
	rules = Parse([]byte(file("user-agent: Kravler", "disallow: /", "allow: "+one+"/qux", "allow: "+two+"/qux")))
	for address, want := range map[string]bool{"/": false, one + "/qux": true, two + "/fux": true, one[:len(one)-1]: false} {
		if got, _ := rules.Allowed("Kravler", "https://x.dk"+address); got != want {
			t.Errorf("allow: %.20s… allowed = %v, want %v", address, got, want)
		}
	}
}
