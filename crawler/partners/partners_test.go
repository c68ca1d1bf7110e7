package partners

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDefaultRegisterIsSound(t *testing.T) {
	r, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Sources) < 60 {
		t.Errorf("register has %d sources, want at least 60", len(r.Sources))
	}
	owner := map[string]string{}
	for _, s := range r.Sources {
		if s.Fetched() && len(s.Starts()) == 0 && s.OAI == "" {
			t.Errorf("%s is fetched but has nowhere to start", s.ID)
		}
		for _, host := range s.Hosts() {
			if entry, blocked := r.Blocked(host); blocked {
				t.Errorf("%s: host %s is blocked by %s", s.ID, host, entry)
			}
			if other := owner[host]; other != "" && len(s.Include) == 0 {
				t.Errorf("%s and %s share host %s and the second has no include", other, s.ID, host)
			}
			owner[host] = s.ID
		}
		for _, data := range append([]string{s.Name, s.Home, s.Why}, append(s.Start, s.Include...)...) {
			if strings.Contains(data, "(seen") || strings.Contains(data, "guess") {
				t.Errorf("%s: %q is a note, not data", s.ID, data)
			}
		}
	}
}

const good = `sources:
  - id: lindeby
    name: Lindeby Kommune
    sector: kommune
    policy: index
    home: "https://lindeby.example/"
    delay: 2s
  - id: fonden
    name: Fonden
    sector: fond
    policy: ask
    why: mangler aftale
`

func TestLoadNamesFileLineAndField(t *testing.T) {
	tests := []struct {
		name, old, new string
		line           int
		field          string
	}{
		{"unknown policy", "policy: index", "policy: indexx", 5, "policy"},
		{"unknown sector", "sector: fond", "sector: found", 10, "sector"},
		{"no scheme", `home: "https://lindeby.example/"`, "home: lindeby.example", 6, "home"},
		{"another scheme", `"https://lindeby.example/"`, `"ftp://lindeby.example/"`, 6, "home"},
		{"missing home", "    home: \"https://lindeby.example/\"\n", "", 2, "home"},
		{"twice", "id: fonden", "id: lindeby", 8, "id"},
		{"bad id", "id: fonden", "id: Fonden A/S", 8, "id"},
		{"no reason", "    why: mangler aftale\n", "", 8, "why"},
		{"start is no path", "    delay: 2s", "    start: [nyheder/]", 7, "start"},
		{"include is no path", "    delay: 2s", "    include: [nyheder/]", 7, "include"},
		{"hours that are none", "delay: 2s", `hours: "22-6"`, 7, "hours"},
		{"hours without end", "delay: 2s", `hours: "06-06"`, 7, "hours"},
		{"sets of no provider", "delay: 2s", "oai_sets: [a]", 7, "oai_sets"},
		{"a format of no provider", "delay: 2s", "oai_prefix: mods", 7, "oai_prefix"},
		{"a format that is none", "delay: 2s", "oai: \"https://lindeby.example/oai\"\n    oai_prefix: oai dc", 8, "oai_prefix"},
		{"a set that is none", "delay: 2s", "oai: \"https://lindeby.example/oai\"\n    oai_sets: [a b]", 8, "oai_sets"},
		{"negative", "delay: 2s", "delay: -2s", 7, "delay"},
		{"unknown key", "delay: 2s", "dealy: 2s", 7, "dealy"},
		{"wrong kind of value", "delay: 2s", "max_pages: mange", 7, "mange"},
		{"no sources", good, "sources: []\n", 1, "sources"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Load([]byte(strings.Replace(good, tt.old, tt.new, 1)), "min.yaml")
			var got *FieldError
			if !errors.As(err, &got) {
				t.Fatalf("Load: %v, want a *FieldError", err)
			}
			if got.File != "min.yaml" || got.Line != tt.line || got.Field != tt.field {
				t.Errorf("Load: %v, want min.yaml:%d field %s", got, tt.line, tt.field)
			}
		})
	}
}

func TestLoadReportsAllMistakesAtOnce(t *testing.T) {
	bad := strings.NewReplacer("policy: index", "policy: x", "sector: fond", "sector: y").Replace(good)
	_, err := Load([]byte(bad), "min.yaml")
	if err == nil || strings.Count(err.Error(), "min.yaml:") != 2 {
		t.Errorf("Load: %v, want two mistakes", err)
	}
}

func TestLoadRefusesWhatIsNoYAML(t *testing.T) {
	for _, in := range []string{"", "\t", "sources: [", "{{{", "sources: 3", "- a\n- b", "pins:\n  - queries: !00000000000000\n00000000000000000000000000000000000000000000"} {
		if _, err := Load([]byte(in), "min.yaml"); err == nil {
			t.Errorf("Load(%q) gave no error", in)
		} else if !strings.Contains(err.Error(), "min.yaml") {
			t.Errorf("Load(%q): %v does not name the file", in, err)
		}
	}
}

func FuzzLoadNeverPanics(f *testing.F) {
	f.Add(good)
	f.Add("sources:\n- {id: a, start: [x], delay: 1h}")
	f.Fuzz(func(t *testing.T, in string) {
		r, err := Load([]byte(in), "f.yaml")
		if (r == nil) == (err == nil) {
			t.Fatalf("Load gave register %v and error %v", r, err)
		}
	})
}

func TestSourceKnowsItsAddresses(t *testing.T) {
	s := Source{
		Home: "https://småbørnsløftet.dk/", Aliases: []string{"Småbørnsloftet.dk"},
		Start: []string{"/om", "https://x.dk/y"}, List: []string{"/", "/nyheder/*"},
	}
	wantHosts := []string{"xn--smbrnslftet-y8a2we.dk", "xn--smbrnsloftet-ucb1y.dk"}
	if diff := cmp.Diff(wantHosts, s.Hosts()); diff != "" {
		t.Errorf("Hosts (-want +got):\n%s", diff)
	}
	wantStarts := []string{"https://sm%C3%A5b%C3%B8rnsl%C3%B8ftet.dk/om", "https://x.dk/y"}
	if diff := cmp.Diff(wantStarts, s.Starts()); diff != "" {
		t.Errorf("Starts (-want +got):\n%s", diff)
	}
	for path, want := range map[string]bool{"/": true, "/nyheder/": true, "/nyheder/2024": true, "/om": false, "/?q=1": false} {
		if got := s.IsList(path); got != want {
			t.Errorf("IsList(%q) = %v, want %v", path, got, want)
		}
	}
}

func TestBlockedReadsPatterns(t *testing.T) {
	r := Register{BlockedHosts: []string{"docplayer.dk", "*.zitcom.dk", "vdocuments.*"}}
	for host, want := range map[string]bool{
		"docplayer.dk": true, "www.docplayer.dk": true, "mydocplayer.dk": false,
		"www.uvm.zitcom.dk": true, "zitcom.dk": false,
		"vdocuments.mx": true, "www.vdocuments.site": true, "vdocuments-a.mx": false,
	} {
		if _, got := r.Blocked(host); got != want {
			t.Errorf("Blocked(%q) = %v, want %v", host, got, want)
		}
	}
}
