package hell

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

// statuses are sites whose status says something else than it should, or says it badly.
func statuses() []Behaviour {
	return []Behaviour{
		gone(), softNotFound(), softRedirect(), challenged("proev-browser-200", http.StatusOK, "failed challenge"), challenged("proev-browser-403", http.StatusForbidden, "failed forbidden"),
		retryAfter("retry-after-sekunder", "says 429 and means two seconds", func() string { return "2" }, ok),
		retryAfter("retry-after-dato", "says 429 and names a time", func() string { return time.Now().Add(2 * time.Second).UTC().Format(http.TimeFormat) }, ok),
		retryAfter("retry-after-vroevl", "says 429 and then nonsense", func() string { return "snart" }, "failed throttled"),
		retryAfter("retry-after-10-aar", "says 429 and means ten years", func() string { return "315360000" }, "failed throttled"),
		retryAfter("retry-after-evigt", "says 429 and a number that no clock has", func() string { return "99999999999999999999" }, "failed throttled"),
		alwaysBusy(), unasked304(), forgets(), lies304(), unasked206(), emptyBody(), teapot(), infos(), unknownStatus(),
	}
}

func gone() Behaviour {
	return Behaviour{
		Name: "vaek", Does: "has pages no more: 404 waits for a second look, 410 does not",
		Want: map[string]string{"/": ok, "/404": "missing http-404", "/410": "gone http-410", "/401": "failed forbidden", "/451": "failed forbidden", "/500": "failed server-error"},
		pages: map[string]page{
			"/404": status(404), "/410": status(410), "/401": status(401), "/451": status(451), "/500": status(500),
		},
	}
}

func softNotFound() Behaviour {
	return Behaviour{
		Name: "soft-404", Does: "answers 200 for what it does not have", Want: map[string]string{"/": ok, "/god": ok, "/gammel": "missing soft-404", "/aeldre": "missing soft-404"},
		pages: map[string]page{
			"/gammel": says("Vi har fået nyt website"), "/aeldre": says("Vi har fået nyt website"), "*": says("Vi har fået nyt website"),
		},
	}
}

func softRedirect() Behaviour {
	home := sends(http.StatusFound, "/")
	return Behaviour{
		Name: "alt-til-forsiden", Does: "sends to the front page whoever asks for what it does not have", Want: map[string]string{"/": ok, "/god": ok, "/gammel": "redirect moved"},
		pages: map[string]page{"/gammel": home, "*": home},
	}
}

func challenged(name string, code int, then string) Behaviour {
	return Behaviour{
		Name: name, Does: fmt.Sprintf("asks with %d whether we are a person", code), Want: map[string]string{"/": ok, "/mur": then},
		pages: map[string]page{"/mur": func(a *ask) {
			a.Header().Set("Content-Type", "text/html")
			a.WriteHeader(code)
			serve(a, `<!doctype html><title>Just a moment...</title><noscript>Enable JavaScript and cookies to continue</noscript><script src="/cdn-cgi/challenge.js"></script>`)
		}},
	}
}

func retryAfter(name, does string, value func() string, then string) Behaviour {
	second := map[string]string{"/sidst": then}
	if value() == "snart" {
		second["/sidst"] = ok // the wait that we gave it is over
	}
	return Behaviour{
		Name: name, Does: does, Want: map[string]string{"/sidst": then}, Then: second, Most: 12,
		pages: map[string]page{"/": says("Forsiden hos "+name, "/sidst"), "/sidst": func(a *ask) {
			if a.n == 1 && a.crawl == 1 {
				a.Header().Set("Retry-After", value())
				status(http.StatusTooManyRequests)(a)
				return
			}
			says("Endelig en side hos " + name)(a)
		}},
	}
}

func alwaysBusy() Behaviour {
	return Behaviour{
		Name: "altid-503", Does: "is always busy and never says for how long", Want: map[string]string{"/": "failed throttled"}, Most: 8,
		pages: map[string]page{"/": status(503)},
	}
}

func unasked304() Behaviour {
	return Behaviour{
		Name: "304-uden-grund", Does: "says unasked that nothing has changed", Want: map[string]string{"/": ok, "/intet-nyt": "failed 304-without-cause"},
		pages: map[string]page{"/intet-nyt": status(304)},
	}
}

// forgets changes its mind about what it said with an ETag.
func forgets() Behaviour {
	return Behaviour{
		Name: "nyt-etag-hver-gang", Does: "has a new ETag and date for the same page each time", Want: map[string]string{"/": ok, "/side": ok}, Documents: 3,
		pages: map[string]page{"/side": func(a *ask) {
			a.Header().Set("ETag", fmt.Sprintf(`"%d"`, time.Now().UnixNano()))
			a.Header().Set("Last-Modified", "i morgen")
			says("Den samme side som altid")(a)
		}},
	}
}

func lies304() Behaviour {
	tag := with("ETag", `"1"`, says("En side, der påstår aldrig at ændre sig"))
	return Behaviour{
		Name: "304-altid", Does: "says 304 when asked with a condition", Want: map[string]string{"/": ok, "/side": ok}, Documents: 3,
		pages: map[string]page{"/side": later(tag, func(a *ask) {
			if a.Request.Header.Get("If-None-Match") == "" {
				tag(a)
				return
			}
			a.WriteHeader(304)
		})},
	}
}

func unasked206() Behaviour {
	return Behaviour{
		Name: "206-uden-grund", Does: "sends a part where the whole was asked for", Want: map[string]string{"/": ok, "/del": "failed connection"},
		pages: map[string]page{"/del": func(a *ask) {
			a.Header().Set("Content-Range", "bytes 0-99/5000")
			a.WriteHeader(206)
			serve(a, Article("En del")[:100])
		}},
	}
}

func emptyBody() Behaviour {
	return Behaviour{
		Name: "tom", Does: "answers 200 with nothing, and 204", Want: map[string]string{"/": ok, "/intet": "failed unreadable", "/204": "failed unreadable"},
		pages: map[string]page{"/intet": body("text/html", ""), "/204": status(204)},
	}
}

func teapot() Behaviour {
	return Behaviour{
		Name: "tepotte", Does: "is a teapot", Want: map[string]string{"/": ok, "/te": "failed http-error"},
		pages: map[string]page{"/te": status(http.StatusTeapot)},
	}
}

// infos sends interim answers without end.
func infos() Behaviour {
	return Behaviour{
		Name: "1xx-uden-ende", Does: "promises an answer again and again", Want: map[string]string{"/": ok, "/snart": "failed too-large"},
		pages: map[string]page{"/snart": func(a *ask) { drip(a, "", strings.Repeat("HTTP/1.1 102 Processing\r\n\r\n", 100), time.Millisecond) }},
	}
}

func unknownStatus() Behaviour {
	return Behaviour{
		Name: "status-999", Does: "answers with a status that nobody has named", Want: map[string]string{"/": ok, "/999": "failed server-error", "/099": "failed connection"},
		pages: map[string]page{"/999": raw("HTTP/1.1 999 Request denied\r\nContent-Length: 0\r\n\r\n"), "/099": raw("HTTP/1.1 abc Nej\r\n\r\n")},
	}
}
