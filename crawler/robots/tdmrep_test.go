package robots

import "testing"

func TestReservationsHoldForTheAddressesThatTheyName(t *testing.T) {
	const three = `[{"location": "/rapporter/", "tdm-reservation": 1},
		{"location": "/viden/tekst/", "tdm-reservation": 1, "tdm-policy": "https://x.dk/vilkaar.json"},
		{"location": "/viden/billeder/*.jpg$", "tdm-reservation": 0}, {"location": "/viden/", "tdm-reservation": 1}]`
	for _, tc := range []struct {
		name, file, path string
		want             bool
		rule             string
	}{
		{"everything", `[{"location": "/", "tdm-reservation": 1}]`, "/a/b?c", true, "/: 1"},
		{"nothing", `[{"location": "/", "tdm-reservation": 0}]`, "/a", false, "/: 0"},
		{"a folder", three, "/rapporter/2024.pdf", true, "/rapporter/: 1"},
		{"another folder", three, "/viden/tekst/a.html", true, "/viden/tekst/: 1"},
		{"the first rule that matches", three, "/viden/billeder/a.jpg", false, "/viden/billeder/*.jpg$: 0"},
		{"the end of a pattern", three, "/viden/billeder/a.jpg?stor", true, "/viden/: 1"},
		{"outside all", three, "/om", false, ""},
		{"case counts", three, "/Rapporter/a", false, ""},
		{"a longer rule that comes later does not count", `[{"location": "/", "tdm-reservation": 1}, {"location": "/fri/", "tdm-reservation": 0}]`, "/fri/a", true, "/: 1"},
		{"a rule in letters", `[{"location": "/børn/", "tdm-reservation": 1}]`, "/b%C3%B8rn/leg", true, "/børn/: 1"},
		{"a rule in escapes that none would need", `[{"location": "/%6Ceg/", "tdm-reservation": 1}]`, "/leg/a", true, "/%6Ceg/: 1"},
		{"a star alone", `[{"location": "*", "tdm-reservation": 1}]`, "/a", true, "*: 1"},
		{"a slash forgotten", `[{"location": "leg/", "tdm-reservation": 1}]`, "/leg/a", true, "leg/: 1"},
		{"a whole address", `[{"location": "https://x.dk/leg/", "tdm-reservation": 1}]`, "/leg/a", true, "https://x.dk/leg/: 1"},
		{"brackets forgotten", `{"location": "/", "tdm-reservation": 1}`, "/a", true, "/: 1"},
		{"a number in quotes", `[{"location": "/", "tdm-reservation": "1"}]`, "/a", true, "/: 1"},
		{"a value that is none", `[{"location": "/", "tdm-reservation": 2}, {"location": "/", "tdm-reservation": true}]`, "/a", false, ""},
		{"no location", `[{"tdm-reservation": 1}]`, "/a", false, ""},
		{"no value", `[{"location": "/"}]`, "/a", false, ""},
		{"a mark at the start", "\xEF\xBB\xBF" + `[{"location": "/", "tdm-reservation": 1}]`, "/a", true, "/: 1"},
		{"no rules", `[]`, "/a", false, ""},
	} {
		r, err := ParseReservations([]byte(tc.file))
		if err != nil {
			t.Errorf("%s: %v", tc.name, err)
			continue
		}
		if got, rule := r.Reserved("https://x.dk" + tc.path); got != tc.want || rule != tc.rule {
			t.Errorf("%s: %s is reserved: %v by %q, want %v by %q", tc.name, tc.path, got, rule, tc.want, tc.rule)
		}
	}
}

func TestWhatIsNoListOfReservationsIsSaid(t *testing.T) {
	for _, file := range []string{"<!doctype html><title>Siden findes ikke</title>", `[{"location": "/"`, `"x"`, "[1]"} {
		if r, err := ParseReservations([]byte(file)); err == nil {
			t.Errorf("%q gives %v, want an error", file, r)
		}
	}
	if reserved, rule := (*Reservations)(nil).Reserved("https://x.dk/"); reserved || rule != "" {
		t.Error("no file reserves something")
	}
}

func FuzzReservationsAreStable(f *testing.F) {
	f.Add([]byte(`[{"location": "/a*b$", "tdm-reservation": 1}]`), "https://x.dk/ab")
	f.Add([]byte(`{"location": "%zz", "tdm-reservation": "0"}`), "//")
	f.Fuzz(func(t *testing.T, body []byte, url string) {
		r, err := ParseReservations(body)
		if err != nil {
			return
		}
		a, rule := r.Reserved(url)
		if b, again := r.Reserved(url); a != b || rule != again {
			t.Errorf("%q: %v by %q, then %v by %q", url, a, rule, b, again)
		}
		if a && rule == "" {
			t.Errorf("%q is reserved by no rule", url)
		}
	})
}
