package hell

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

// robotsFiles are sites whose robots.txt is the trouble.
func robotsFiles() []Behaviour {
	return []Behaviour{
		robotsStatus("robots-410", http.StatusGone, "robots.txt is gone for good: all is allowed", ok),
		robotsStatus("robots-403", http.StatusForbidden, "robots.txt is barred: all is allowed, and told", ok),
		robotsStatus("robots-500", http.StatusInternalServerError, "robots.txt breaks the server: nothing is fetched", "new"),
		robotsStatus("robots-429", http.StatusTooManyRequests, "robots.txt is throttled: nothing is fetched", "new"),
		robotsSilent(), robotsHops("robots-5-hops", 5, "refused robots"), robotsHops("robots-6-hops", 6, ok), robotsPrivate(), robotsLoop(),
		robotsLong(), robotsHuge(), robotsHTML(), robotsMarked(), robotsCR(), robotsChangesMind(), robotsBomb(),
		crawlDelay(), crawlDelayOfHours(), robotsAgent(),
	}
}

func robotsStatus(name string, code int, does, then string) Behaviour {
	return Behaviour{Name: name, Does: does, Want: map[string]string{"/": then}, pages: map[string]page{"/robots.txt": status(code)}}
}

func robotsSilent() Behaviour {
	return Behaviour{
		Name: "robots-silent", Does: "robots.txt never comes", Want: map[string]string{"/": "new"},
		pages: map[string]page{"/robots.txt": (*ask).hang},
	}
}

// robotsHops leads to the file over so many redirects; RFC 9309 follows five.
func robotsHops(name string, hops int, then string) Behaviour {
	pages := map[string]page{"/hemmelig": says("Bag " + name)}
	for i := range hops {
		from, to := fmt.Sprintf("/robots-%d", i), fmt.Sprintf("/robots-%d", i+1)
		if i == 0 {
			from = "/robots.txt"
		}
		pages[from] = sends(http.StatusFound, to)
	}
	pages[fmt.Sprintf("/robots-%d", hops)] = rules("User-agent: *\nDisallow: /hemmelig\nDisallow: /robots-\n")
	return Behaviour{
		Name: name, Does: fmt.Sprintf("robots.txt lies behind %d redirects", hops),
		Want: map[string]string{"/": ok, "/hemmelig": then}, pages: pages,
	}
}

func robotsPrivate() Behaviour {
	return Behaviour{
		Name: "robots-private", Does: "robots.txt leads to the cloud's metadata service: out of reach, nothing is fetched",
		Want: map[string]string{"/": "new"}, pages: map[string]page{"/robots.txt": sends(http.StatusFound, "http://169.254.169.254/latest/meta-data/")},
	}
}

func robotsLoop() Behaviour {
	return Behaviour{
		Name: "robots-loop", Does: "robots.txt leads to itself: there is none",
		Want: map[string]string{"/": ok}, pages: map[string]page{"/robots.txt": sends(http.StatusMovedPermanently, "/robots.txt")},
	}
}

func rules(text string) page { return body("text/plain; charset=utf-8", text) }

func robotsLong() Behaviour {
	long := "User-agent: *\nDisallow: /hemmelig\n" + strings.Repeat("# "+strings.Repeat("fyld ", 20)+"\n", 6000) + "Disallow: /for-sent\n"
	return Behaviour{
		Name: "robots-600k", Does: "robots.txt of 600 kB: the first 500 count",
		Want:  map[string]string{"/": ok, "/hemmelig": "refused robots", "/for-sent": ok},
		Never: []string{"/hemmelig"},
		pages: map[string]page{"/robots.txt": rules(long), "/hemmelig": says("Hemmelig"), "/for-sent": says("For sent")},
	}
}

func robotsHuge() Behaviour {
	return Behaviour{
		Name: "robots-endless", Does: "robots.txt goes on for ever", Want: map[string]string{"/": ok, "/hemmelig": "refused robots"},
		Never: []string{"/hemmelig"},
		pages: map[string]page{"/hemmelig": says("Hemmelig"), "/robots.txt": func(a *ask) {
			a.Header().Set("Content-Type", "text/plain")
			fmt.Fprint(a, "User-agent: *\nDisallow: /hemmelig\n")
			pour(a, "Allow: /a\n", 1<<30)
		}},
	}
}

func robotsHTML() Behaviour {
	return Behaviour{
		Name: "robots-html", Does: "robots.txt is the front page", Want: map[string]string{"/": ok},
		pages: map[string]page{"/robots.txt": front},
	}
}

func robotsMarked() Behaviour {
	return Behaviour{
		Name: "robots-bom", Does: "robots.txt begins with a byte order mark", Want: map[string]string{"/": ok, "/hemmelig": "refused robots"},
		Never: []string{"/hemmelig"},
		pages: map[string]page{"/robots.txt": rules("\ufeffUser-agent: *\nDisallow: /hemmelig\n"), "/hemmelig": says("Hemmelig")},
	}
}

func robotsCR() Behaviour {
	return Behaviour{
		Name: "robots-cr", Does: "robots.txt has the line ends of an old Mac", Want: map[string]string{"/": ok, "/hemmelig": "refused robots"},
		Never: []string{"/hemmelig"},
		pages: map[string]page{"/robots.txt": rules("User-agent: *\rDisallow: /hemmelig\r"), "/hemmelig": says("Hemmelig")},
	}
}

func robotsChangesMind() Behaviour {
	return Behaviour{
		Name: "robots-nyt-nej", Does: "robots.txt forbids at the second crawl what it allowed at the first",
		Want:  map[string]string{"/": ok, "/portraet": ok},
		Then:  map[string]string{"/": ok, "/portraet": "refused robots"},
		pages: map[string]page{"/robots.txt": later(rules(""), rules("User-agent: smaabornsviden\nDisallow: /portraet\n")), "/portraet": says("Et portræt")},
	}
}

func robotsBomb() Behaviour {
	return Behaviour{
		Name: "robots-bombe", Does: "robots.txt is a gzip bomb: what comes first counts", Want: map[string]string{"/": ok, "/hemmelig": "refused robots"},
		Never: []string{"/hemmelig"},
		pages: map[string]page{"/hemmelig": says("Hemmelig"), "/robots.txt": func(a *ask) {
			a.Header().Set("Content-Type", "text/plain")
			a.Header().Set("Content-Encoding", "gzip")
			zip(a, "User-agent: *\nDisallow: /hemmelig\n", "#fyld\n", 50<<20)
		}},
	}
}

func crawlDelay() Behaviour {
	return Behaviour{
		Name: "crawl-delay-1", Does: "asks for a second between requests", Gap: time.Second, Want: map[string]string{"/": ok, "/god": ok},
		pages: map[string]page{"/robots.txt": rules("User-agent: *\nCrawl-delay: 1\n")},
	}
}

func crawlDelayOfHours() Behaviour {
	return Behaviour{
		Name: "crawl-delay-3600", Does: "asks for an hour between requests: it gets it, in runs to come", Most: 2, Want: map[string]string{"/": "new"},
		pages: map[string]page{"/robots.txt": rules("User-agent: *\nCrawl-delay: 3600\n")},
	}
}

func robotsAgent() Behaviour {
	return Behaviour{
		Name: "robots-kun-os", Does: "has a group for us, where its rules for all are not ours", Want: map[string]string{"/": ok, "/andre": ok, "/vores": "refused robots"},
		Never: []string{"/vores"},
		pages: map[string]page{
			"/robots.txt": rules("User-agent: *\nDisallow: /\n\nUser-agent: SmaaBornsViden\nDisallow: /vores\n"),
			"/andre":      says("Forbudt for andre"), "/vores": says("Forbudt for os"),
		},
	}
}
