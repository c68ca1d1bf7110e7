package robots

import "testing"

// TestOddFilesAndAddresses goes through what is left of Google's documentation and its parser's habits: odd agents, separators
// and addresses, as they stand in files of real sites.
func TestOddFilesAndAddresses(t *testing.T) {
	for _, v := range []verdicts{
		{"an agent with a hyphen is known whole", file("User-agent: Foo-Bar", "Disallow: /"), "Foo-Bar", nil, []string{"https://x.dk/a"}},
		{"and not by its first part", file("User-agent: Foo-Bar", "Disallow: /"), "Foo", []string{"https://x.dk/a"}, nil},
		{"nor the other way round", file("User-agent: Foo", "Disallow: /"), "Foo-Bar", []string{"https://x.dk/a"}, nil},
		{"an agent with a version", file("User-agent: FooBot/1.0 (+https://foo.example)", "Disallow: /"), "foobot", nil, []string{"https://x.dk/a"}},
		{"an agent with an underscore and a number", file("User-agent: foo_bot2", "Disallow: /"), "foo_bot", nil, []string{"https://x.dk/a"}},
		{"an empty agent is nobody", file("User-agent:", "Disallow: /", "User-agent: *", "Disallow: /b"), "Kravler", []string{"https://x.dk/a"}, []string{"https://x.dk/b"}},
		{"an empty agent shares the rules of the next", file("User-agent:", "User-agent: *", "Disallow: /"), "Kravler", nil, []string{"https://x.dk/a"}},
		{"a rule without an agent, then one", file("Disallow: /", "", "User-agent: Kravler", "Disallow: /b"), "Kravler", []string{"https://x.dk/a"}, []string{"https://x.dk/b"}},
		{"unknown lines between agents do not part them", file("User-agent: Anden", "Host: x.dk", "Clean-param: a", "Crawl-delay: 9", "Request-rate: 1/5", "User-agent: Kravler", "Disallow: /"), "Kravler", nil, []string{"https://x.dk/a"}},
		{"noindex is no rule", file("User-agent: *", "Noindex: /a"), "Kravler", []string{"https://x.dk/a"}, nil},
		{"zero bytes within a line spoil it alone", "User-agent: *\nDis\x00allow: /a\nDisallow: /b\n", "Kravler", []string{"https://x.dk/a"}, []string{"https://x.dk/b"}},
		{"bytes that are no letters", "User-agent: *\n\xff\xfe\xfd: \x80\nDisallow: /b\n", "Kravler", []string{"https://x.dk/a"}, []string{"https://x.dk/b"}},
		{"a sign for the end of the line from another system", "User-agent: *\u2028Disallow: /", "Kravler", []string{"https://x.dk/a"}, nil},
		{"two colons", file("User-agent:: *", "Disallow:: /a"), "Kravler", []string{"https://x.dk/a"}, nil},
		{"a pattern in quotes is one in quotes", file("User-agent: *", `Disallow: "/a"`), "Kravler", []string{"https://x.dk/a"}, nil},
		{"a fragment is not part of what is asked for", file("User-agent: *", "Disallow: /a$"), "Kravler", []string{"https://x.dk/ab"}, []string{"https://x.dk/a#b", "https://x.dk/a#b?c/d"}},
		{"a fragment right behind the host", file("User-agent: *", "Disallow: /$"), "Kravler", nil, []string{"https://x.dk#a", "https://x.dk/#/a"}},
		{"parameters of a path are part of it", file("User-agent: *", "Disallow: /a;"), "Kravler", []string{"https://x.dk/a"}, []string{"https://x.dk/a;jsessionid=1"}},
		{"a query right behind the host", file("User-agent: *", "Disallow: /?s="), "Kravler", []string{"https://x.dk/a?s=b"}, []string{"https://x.dk?s=leg"}},
		{"a port and a name are not part of what is asked for", file("User-agent: *", "Disallow: /a"), "Kravler", []string{"https://a:b@x.dk:8080/b"}, []string{"https://a:b@x.dk:8080/a"}},
		{"a tilde, as written and escaped", file("User-agent: *", "Disallow: /~joe/", "Disallow: /%7Eida/"), "Kravler", nil, []string{"https://x.dk/~joe/a", "https://x.dk/%7Ejoe/a", "https://x.dk/~ida/a", "https://x.dk/%7eida/a"}},
		{"an escaped slash is none", file("User-agent: *", "Disallow: /a%2Fb"), "Kravler", []string{"https://x.dk/a/b"}, []string{"https://x.dk/a%2Fb", "https://x.dk/a%2fb"}},
		{"an escaped star is a letter", file("User-agent: *", "Disallow: /a%2A"), "Kravler", []string{"https://x.dk/ab"}, []string{"https://x.dk/a*", "https://x.dk/a%2A"}},
		{"an escaped dollar is one too", file("User-agent: *", "Disallow: /a-%24"), "Kravler", []string{"https://x.dk/a-"}, []string{"https://x.dk/a-$", "https://x.dk/a-%24b"}},
		{"a dollar within a pattern is a letter", file("User-agent: *", "Disallow: /a$b"), "Kravler", []string{"https://x.dk/a"}, []string{"https://x.dk/a$bc"}},
		{"a path without its slash covers nothing", file("User-agent: *", "Disallow: a", "Disallow: b/"), "Kravler", []string{"https://x.dk/a", "https://x.dk/b/"}, nil},
		{"but one that begins with a star does", file("User-agent: *", "Disallow: *a"), "Kravler", []string{"https://x.dk/b"}, []string{"https://x.dk/a", "https://x.dk/b/a"}},
		{"stars at the end add to the length", file("User-agent: *", "Disallow: /a***", "Allow: /ab"), "Kravler", nil, []string{"https://x.dk/abc"}},
		{"index.html with a query is no directory", file("User-agent: *", "Disallow: /", "Allow: /a/index.html?b"), "Kravler", []string{"https://x.dk/a/index.html?b"}, []string{"https://x.dk/a/index.html"}},
	} {
		rules := Parse([]byte(v.file))
		for want, addresses := range map[bool][]string{true: v.allow, false: v.disallow} {
			for _, address := range addresses {
				if got, why := rules.Allowed(v.agent, address); got != want {
					t.Errorf("%s: %q asks for %q: allowed = %v (%s), want %v in\n%q", v.topic, v.agent, address, got, why, want, v.file)
				}
			}
		}
	}
}
