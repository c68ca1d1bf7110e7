package canonical

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func vtb() *Rules {
	return &Rules{
		Hosts:      []string{"vtb.example", "gammel.vtb.example", "småbørn.example", "vtb.example:8443"},
		Scheme:     "https",
		Include:    []string{"/udgivelser/", "/en/", "/æble", "/?p=", "/a", "/m", "/;", "/(", "/b"},
		Exclude:    []string{"/udgivelser/print/", "?view=", "/en/?s=", "/bl%C3%A5/"},
		DropParams: []string{"b", "vis=alle", "?rss"},
		KeepParams: []string{"sid"},
	}
}

func TestCanonicalGivesOneForm(t *testing.T) {
	const home = "https://vtb.example/"
	for _, tc := range []struct{ name, raw, want string }{
		{"as it is", "https://vtb.example/a/b?c=d", home + "a/b?c=d"},
		{"www twin", "https://www.vtb.example/a", home + "a"},
		{"http twin", "http://vtb.example/a", home + "a"},
		{"http twin with its default port", "http://vtb.example:80/a", home + "a"},
		{"alias", "http://www.gammel.vtb.example/a", home + "a"},
		{"alias with letters", "https://småbørn.example/a", home + "a"},
		{"alias in Punycode", "https://xn--smbrn-nra8k.example/a", home + "a"},
		{"upper-case host", "https://VTB.EXAMPLE/a", home + "a"},
		{"trailing dot", "https://vtb.example./a", home + "a"},
		{"own port keeps port and scheme", "http://vtb.example:8080/a", "http://vtb.example:8080/a"},
		{"raw letters", "/æble/blå", home + "%C3%A6ble/bl%C3%A5"},
		{"lower-case escapes", "/%c3%a6ble/bl%c3%a5", home + "%C3%A6ble/bl%C3%A5"},
		{"latin-1 escapes", "/%E6ble/bl%e5", home + "%C3%A6ble/bl%C3%A5"},
		{"raw latin-1", "/\xe6ble/bl\xe5", home + "%C3%A6ble/bl%C3%A5"},
		{"latin-1 in one segment, UTF-8 in the next", "/%E6ble/bl%C3%A5", home + "%C3%A6ble/bl%C3%A5"},
		{"letters escaped without need", "/%61%2Db%7E", home + "a-b~"},
		{"reserved characters stay escaped", "/a%2Fb%3fc", home + "a%2Fb%3Fc"},
		{"stray percent sign", "/a%/%zz%", home + "a%25/%25zz%25"},
		{"percent sign that would make an escape", "/a%%411", home + "a%25A1"},
		{"double slashes", "//vtb.example//a///b", home + "a/b"},
		{"address within a path", "/a/https://kl.example//x", home + "a/https://kl.example/x"},
		{"dot segments", "/x/../a/./b", home + "a/b"},
		{"Java session", "/a/b.jsp;jsessionid=0A1B?c=d", home + "a/b.jsp?c=d"},
		{"Java session alone", "/a/;JSESSIONID=0A1B", home + "a/"},
		{"Java session in an inner segment", "/a;jsessionid=1;v=2/b", home + "a;v=2/b"},
		{"session behind dots is no dot segment", "/a/..;jsessionid=1/b", home + "a/..;jsessionid=1/b"},
		{"ASP.NET session", "/a/(S(lit3py55t21z5v55vlm25s55))/b", home + "a/b"},
		{"campaign parameters", "/a?utm_source=rss&UTM_Medium=x&fbclid=1&gclid=2&mc_eid=3", home + "a"},
		{"session parameter", "/a?c=d&PHPSESSID=abc&e=f", home + "a?c=d&e=f"},
		{"print view", "/a?for=print", home + "a"},
		{"for with another meaning", "/a?for=alle", home + "a?for=alle"},
		{"reply form", "/a?replytocom=12#respond", home + "a"},
		{"the source's own parameters", "/a?b=t436-t5575&vis=alle&rss", home + "a"},
		{"another value", "/a?vis=nogle", home + "a?vis=nogle"},
		{"usual parameter kept by the source", "/a?sid=12", home + "a?sid=12"},
		{"escaped name", "/a?utm%5Fsource=x", home + "a"},
		{"ampersand escaped once too often", "/a?c=d&amp;utm_source=x", home + "a?c=d"},
		{"order kept", "/a?z=1&y=2", home + "a?z=1&y=2"},
		{"empty parameters", "/a?&c=d&&", home + "a?c=d"},
		{"empty query", "/a?", home + "a"},
		{"escapes in the query", "/a?q=%c3%a6&r=%E6&s=%7E", home + "a?q=%C3%A6&r=%E6&s=~"},
		{"slash at the end kept", "/a/", home + "a/"},
		{"front page of an included section", "/en", home + "en"},
		{"included by query", "/?p=17", home + "?p=17"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, refusal := vtb().Canonical(tc.raw, home)
			if got != tc.want || refusal != "" {
				t.Errorf("Canonical(%q) = %q, %q; want %q", tc.raw, got, refusal, tc.want)
			}
		})
	}
}

func TestCanonicalRefusesWithAReason(t *testing.T) {
	for _, tc := range []struct {
		name, raw, url string
		want           Refusal
		detail         string
	}{
		{"mail", "mailto:a@vtb.example", "", Scheme, ""},
		{"script", "javascript:history.back()", "", Scheme, ""},
		{"broken", "https://vtb.example:x/", "", Unparsable, ""},
		{"picture in the address", "data:" + strings.Repeat("x", MaxRaw), "", TooLong, ""},
		{"long", "/a/" + strings.Repeat("x", MaxURL), "", TooLong, ""},
		{"other site", "https://kl.example/a?utm_source=x", "https://kl.example/a", OutOfScope, "kl.example"},
		{"subdomain", "https://intra.vtb.example/a", "https://intra.vtb.example/a", OutOfScope, "intra.vtb.example"},
		{"name that ends like ours", "https://xvtb.example/a", "https://xvtb.example/a", OutOfScope, "xvtb.example"},
		{"user", "https://navn@vtb.example/a", "https://vtb.example/a", Credentials, ""},
		{"outside", "/om", "https://vtb.example/om", NotIncluded, "/om"},
		{"excluded wins", "/udgivelser/print/1", "https://vtb.example/udgivelser/print/1", Excluded, "/udgivelser/print/"},
		{"excluded under another spelling", "/bl%e5/x", "https://vtb.example/bl%C3%A5/x", Excluded, "/bl%C3%A5/"},
		{"excluded by a parameter anywhere", "/a?x=1&view=category", "https://vtb.example/a?x=1&view=category", Excluded, "?view="},
		{"excluded by path and query", "/en/?s=leg", "https://vtb.example/en/?s=leg", Excluded, "/en/?s="},
		{"relative link loop", "/a/b/a/b", "https://vtb.example/a/b/a/b", Trap, "/a/b repeats"},
		{"one segment three times", "/a/b/b/b", "https://vtb.example/a/b/b/b", Trap, "/b repeats"},
		{"one segment now and then", "/a/b/a/c/a/d/a", "https://vtb.example/a/b/a/c/a/d/a", Trap, "/a stands 4 times"},
		{"deep", "/a" + deep(20), "https://vtb.example/a" + deep(20), Trap, "21 segments deep, at most 20"},
		{"e-mail address", "/a?u=navn%40vtb.example", "https://vtb.example/a?u=***", PersonalData, "e-mail address in u"},
		{"CPR number", "/a?q=010203-1234&c=d", "https://vtb.example/a?q=***&c=d", PersonalData, "CPR number in q"},
		{"CPR number by name", "/a?CPR=0102031234", "https://vtb.example/a?CPR=***", PersonalData, "parameter cpr"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := vtb().Decide(tc.raw, "https://vtb.example/")
			if d.Refusal != tc.want || d.URL != tc.url || tc.detail != "" && d.Detail != tc.detail {
				t.Errorf("Decide(%.60q) = %+v; want %q %q %q", tc.raw, d, tc.url, tc.want, tc.detail)
			}
		})
	}
}

func deep(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("/" + string(rune('b'+i)))
	}
	return b.String()
}

func TestNumbersAndTwinsAreNoTrap(t *testing.T) {
	for _, path := range []string{"/2024/01/2024/01", "/nyheder/nyheder/x", "/1/1/1/1", "/a/b/c/a", "/"} {
		if why := repeats(path); why != "" {
			t.Errorf("repeats(%q) = %q, want none", path, why)
		}
	}
}

func TestTheZeroRulesCoverEveryHost(t *testing.T) {
	var r Rules
	got, refusal := r.Canonical("http://WWW.kl.example:80//a?utm_source=x#y", "")
	if want := "http://www.kl.example/a"; got != want || refusal != "" {
		t.Errorf("Canonical = %q, %q; want %q", got, refusal, want)
	}
}

func TestAHostWithItsPortCoversThatPortAlone(t *testing.T) {
	r := Rules{Hosts: []string{"127.0.0.1:8080", "[::1]:8080"}, Scheme: "http"}
	for raw, want := range map[string]string{
		"http://127.0.0.1:8080/a": "http://127.0.0.1:8080/a",
		"http://[::1]:8080/a":     "http://127.0.0.1:8080/a",
	} {
		if got, refusal := r.Canonical(raw, ""); got != want || refusal != "" {
			t.Errorf("Canonical(%q) = %q, %q; want %q", raw, got, refusal, want)
		}
	}
	for _, raw := range []string{"http://127.0.0.1/a", "http://127.0.0.1:8081/a", "https://[::1]/a"} {
		if got, refusal := r.Canonical(raw, ""); refusal != OutOfScope {
			t.Errorf("Canonical(%q) = %q, %q; want out of scope", raw, got, refusal)
		}
	}
}

func TestAnAliasLeadsToTheMainHostsPort(t *testing.T) {
	r := Rules{Hosts: []string{"vtb.example:8080", "alias.example"}, Scheme: "http"}
	const want = "http://vtb.example:8080/a"
	if got, refusal := r.Canonical("https://alias.example/a", ""); got != want || refusal != "" {
		t.Errorf("Canonical = %q, %q; want %q", got, refusal, want)
	}
}

func TestTrailingSlashIsTheSourcesChoice(t *testing.T) {
	for _, tc := range []struct {
		choice         Slash
		raw, canonical string
	}{
		{KeepSlash, "/a", "/a"},
		{KeepSlash, "/a/", "/a/"},
		{AddSlash, "/a", "/a/"},
		{AddSlash, "/a/", "/a/"},
		{AddSlash, "/a.pdf", "/a.pdf"},
		{AddSlash, "/a?b", "/a/?b"},
		{StripSlash, "/a/", "/a"},
		{StripSlash, "/", "/"},
		{StripSlash, "/a/?b", "/a?b"},
	} {
		r := Rules{TrailingSlash: tc.choice}
		got, _ := r.Canonical(tc.raw, "https://vtb.example/")
		if want := "https://vtb.example" + tc.canonical; got != want {
			t.Errorf("%q: Canonical(%q) = %q, want %q", tc.choice, tc.raw, got, want)
		}
	}
}

func TestDecideListsWhatItDropped(t *testing.T) {
	got := vtb().Decide("/a?utm_source=x&c=d&b=t1", "https://vtb.example/")
	want := Decision{URL: "https://vtb.example/a?c=d", Dropped: []string{"utm_source=x", "b=t1"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Decide (-want +got):\n%s", diff)
	}
}

func TestCheckFindsMistakesAndRewritesHosts(t *testing.T) {
	r := Rules{Hosts: []string{"Småbørnsløftet.dk", "https://x.example:8080/", "10.0.0.1:81"}}
	if err := r.Check(); err != nil {
		t.Fatal(err)
	}
	want := []string{"xn--smbrnslftet-y8a2we.dk", "x.example:8080", "10.0.0.1:81"}
	if diff := cmp.Diff(want, r.Hosts); diff != "" {
		t.Errorf("Hosts (-want +got):\n%s", diff)
	}
	for name, r := range map[string]Rules{
		"host": {Hosts: []string{"a b"}}, "empty host": {Hosts: []string{""}}, "scheme": {Scheme: "ftp"},
		"slash": {TrailingSlash: "maybe"}, "include": {Include: []string{"nyheder"}}, "exclude": {Exclude: []string{""}},
	} {
		if err := r.Check(); err == nil {
			t.Errorf("%s: Check found no mistake in %+v", name, r)
		}
	}
}

func TestTwinsOfAnAddress(t *testing.T) {
	for url, want := range map[string]string{
		"https://a.example/b": "https://a.example/b/", "https://a.example/b/?c": "https://a.example/b?c", "https://a.example/": "",
	} {
		if got, ok := SlashTwin(url); got != want || ok != (want != "") {
			t.Errorf("SlashTwin(%q) = %q, %v; want %q", url, got, ok, want)
		}
	}
	for url, want := range map[string]string{
		"https://a.example/bl%C3%A5%20b%C3%A6r?q=%C3%A5": "https://a.example/bl%E5%20b%E6r?q=%C3%A5",
		"https://a.example/b":                            "https://a.example/b",
		"https://a.example/%C4%80":                       "https://a.example/%C4%80",
		"https://a.example/%E2%82%AC":                    "https://a.example/%80",
	} {
		if got, ok := Latin1(url); got != want || ok != (want != url) {
			t.Errorf("Latin1(%q) = %q, %v; want %q", url, got, ok, want)
		}
	}
}

func TestPatternFoldsWhatCountsUp(t *testing.T) {
	for _, tc := range []struct{ name, url, want string }{
		{"calendar in the path", "https://p.example/kalender/2025/03/", "p.example/kalender/0/0/"},
		{"calendar in the query", "https://p.example/kalender?maaned=2025-03", "p.example/kalender?maaned"},
		{"month's name", "https://p.example/kalender/marts-2025", "p.example/kalender/M-0"},
		{"month alone", "https://p.example/kalender/2025/marts", "p.example/kalender/0/M"},
		{"a slug with a month keeps it", "https://p.example/hoering-i-marts-om-normering", "p.example/hoering-i-marts-om-normering"},
		{"permutations", "https://p.example/s?b=2&a=1&b=3", "p.example/s?a&b"},
		{"key", "https://p.example/f/3f2504e0-4f89-11d3-9a0c-0305e82c3301", "p.example/f/K"},
		{"escapes are letters", "https://p.example/b%C3%A5d12", "p.example/b%C3%A5d0"},
		{"port", "http://p.example:8080/", "p.example:8080/"},
		{"numbered filters", "https://p.example/?f[0]=a&f[1]=b", "p.example/?f[0]"},
	} {
		if got := Pattern(tc.url); got != tc.want {
			t.Errorf("%s: Pattern(%q) = %q, want %q", tc.name, tc.url, got, tc.want)
		}
	}
}

func TestRedactHidesPersons(t *testing.T) {
	for in, want := range map[string]string{
		"https://a.example/b?c=d":                     "https://a.example/b?c=d",
		"https://a.example/kontakt/navn@a.example":    "https://a.example/kontakt/***",
		"https://a.example/?x=1&email=navn":           "https://a.example/?x=1&email=***",
		"https://a.example/?navn%40a.example":         "https://a.example/?***",
		"https://a.example/sag/010203-1234":           "https://a.example/sag/***",
		"https://a.example/ISBN/990203-1234":          "https://a.example/ISBN/990203-1234",
		"mailto:navn@a.example":                       "mailto:***",
		"https://a.example/motorikb%C3%A5nd?s=010203": "https://a.example/motorikb%C3%A5nd?s=010203",
	} {
		if got := Redact(in); got != want {
			t.Errorf("Redact(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzCanonicalIsIdempotent(f *testing.F) {
	for _, s := range quickSeeds {
		f.Add(s)
	}
	for _, s := range []string{
		"/a;jsessionid=1/..;sid=2?PHPSESSID=3&a=%zz", "/%%41%e6//(S(x))/a:///b", "/a?amp;utm_x&&b=%2541", "http://gammel.vtb.example:80/x/",
		"/;jsession%69d=1", "/(%53(x))", "/a/%2e%2e;jsessionid=x", "/a?email=a@b.dk&x=010203-1111", "https://småbørn.example./",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		for _, slash := range []Slash{KeepSlash, AddSlash, StripSlash} {
			r := vtb()
			r.TrailingSlash = slash
			r.Include = nil
			once, refusal := r.Canonical(raw, "https://vtb.example/a/b")
			if refusal != "" {
				continue
			}
			if twice, refusal := r.Canonical(once, ""); twice != once || refusal != "" {
				t.Errorf("%s: Canonical(%q) = %q, then %q, %q", slash, raw, once, twice, refusal)
			}
			if parsed, err := Parse(once, ""); err != nil || parsed != once {
				t.Errorf("Parse(Canonical(%q)) = %q, %v; want %q", raw, parsed, err, once)
			}
			if len(once) > MaxURL || Pattern(once) == "" {
				t.Errorf("Canonical(%q) = %q: %d bytes, pattern %q", raw, once, len(once), Pattern(once))
			}
		}
	})
}

func BenchmarkCanonical(b *testing.B) {
	r := vtb()
	if err := r.Check(); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		r.Canonical("https://www.vtb.example/udgivelser/normeringer-og-boerns-sprog-3977/?utm_source=rss&side=2", "")
	}
}
