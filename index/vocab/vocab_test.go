package vocab

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"smaabornsviden/index/danish"
)

func analyzer(t testing.TB) *danish.Analyzer {
	t.Helper()
	a, err := danish.New()
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func words(a *danish.Analyzer, text string) []Word {
	var out []Word
	for _, t := range a.Tokens(text) {
		out = append(out, Word{Surface: t.Surface, Danish: t.Lemmas, English: a.Lemmas(t.Surface, "en")})
	}
	return out
}

func TestExpandKnowsTheWordsOfTheField(t *testing.T) {
	a := analyzer(t)
	v, err := Default(a)
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		typed, term string
		relation    Relation
		from, to    int
	}{
		{"indkøring vuggestue", "tilvænning", Same, 0, 1},
		{"indkøringen", "overgang", Near, 0, 1},
		{"god tilvænning", "indkøring", Same, 1, 2},
		{"tidlige indsatser", "tidlig intervention", Near, 0, 2},
		{"tidlig indsats", "early intervention", English, 0, 2},
		{"attachment nursery", "tilknytning", Danish, 0, 1},
		{"attachment nursery", "vuggestue", Danish, 1, 2},
		{"early interventions", "tidlig indsats", Danish, 0, 2},
		{"PPR", "pædagogisk-psykologisk rådgivning", Short, 0, 1},
		{"skolefritidsordningen", "SFO", Short, 0, 1},
	}
	for _, tt := range tests {
		found := false
		for _, m := range v.Expand(words(a, tt.typed)) {
			for _, r := range m.Also {
				found = found || m.From == tt.from && m.To == tt.to && r.Text == tt.term && r.Relation == tt.relation
			}
		}
		if !found {
			t.Errorf("Expand(%q) lacks %q with relation %d over words %d to %d", tt.typed, tt.term, tt.relation, tt.from, tt.to)
		}
	}
}

func TestExpandLeavesAlone(t *testing.T) {
	a := analyzer(t)
	v, err := Default(a)
	if err != nil {
		t.Fatal(err)
	}
	for _, typed := range []string{"", "kl", "akt", "ppr", "dinosaur", "nærhed"} {
		if got := v.Expand(words(a, typed)); len(got) > 0 {
			t.Errorf("Expand(%q) = %q, want nothing", typed, got[0].Also[0].Text)
		}
	}
	for _, m := range v.Expand(words(a, "tilvænning")) {
		for _, r := range m.Also {
			if r.Text == "tilvænning" {
				t.Error("a term is its own relative")
			}
		}
	}
	for _, m := range v.Expand(words(a, "overgang")) {
		for _, r := range m.Also {
			if r.Text == "tilvænning" {
				t.Error("near terms lead back")
			}
		}
	}
}

func TestLoadNamesTheLineOfEveryMistake(t *testing.T) {
	a := analyzer(t)
	tests := []struct{ name, in, want string }{
		{"no concepts", "version: 1\n", "v.yaml:1: no concepts"},
		{"bad id", "concepts:\n  - id: A b\n    da: [x]\n", "v.yaml:2: id"},
		{"twice", "concepts:\n  - id: a\n    da: [x]\n  - id: a\n    da: [y]\n", `v.yaml:4: id "a" stands twice`},
		{"no term", "concepts:\n  - id: a\n    near: [y]\n", "v.yaml:2: concept"},
		{"term twice", "concepts:\n  - id: a\n    da: [x,\n      x]\n", `v.yaml:4: "x" stands twice`},
		{"no word", "concepts:\n  - id: a\n    da: ['?']\n", "v.yaml:3:"},
		{"small abbreviation", "concepts:\n  - id: a\n    da: [x]\n    short: [xy]\n", "v.yaml:4: abbreviation"},
		{"long name", "concepts:\n  - id: a\n    da: [x]\n    names: [x-y, y z]\n", `v.yaml:4: name "y z"`},
		{"unknown field", "concepts:\n  - id: a\n    dk: [x]\n", "v.yaml:3:"},
		{"no YAML", "a: [", "v.yaml:"},
	}
	for _, tt := range tests {
		_, err := Load(a, []byte(tt.in), "v.yaml")
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: Load = %v, want %q", tt.name, err, tt.want)
			continue
		}
		var at *FileError
		if !errors.As(err, &at) {
			t.Errorf("%s: %T is no *FileError", tt.name, err)
		}
	}
}

func BenchmarkExpand(b *testing.B) {
	a := analyzer(b)
	v, err := Default(a)
	if err != nil {
		b.Fatal(err)
	}
	typed := words(a, "tidlig indsats i vuggestue og dagpleje")
	for b.Loop() {
		v.Expand(typed)
	}
}

// TestEnglishQueriesMeetDanishTexts asks what English readers ask, from a list that is older than the entries.
func TestEnglishQueriesMeetDanishTexts(t *testing.T) {
	a := analyzer(t)
	v, err := Default(a)
	if err != nil {
		t.Fatal(err)
	}
	list, err := os.ReadFile("testdata/bridge.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(list)), "\n") {
		typed, term, ok := strings.Cut(line, "\t")
		if !ok {
			continue
		}
		found := slices.ContainsFunc(v.Expand(words(a, typed)), func(m Match) bool {
			return slices.ContainsFunc(m.Also, func(r Relative) bool { return r.Relation == Danish && r.Text == term })
		})
		if !found {
			t.Errorf("%q is not looked for as %q", typed, term)
		}
	}
}

func TestWhatIsOnlyNearIsNotCalledTheSame(t *testing.T) {
	a := analyzer(t)
	v, err := Default(a)
	if err != nil {
		t.Fatal(err)
	}
	for typed, other := range map[string]string{
		"ADHD": "autisme", "vuggestue": "vugger", "stress": "toksisk stress", "rekruttering": "fastholdelse", "musik": "sang",
		"venteliste": "pladsmangel", "fosterdiagnostik": "scanning", "søvn": "lur",
	} {
		for _, m := range v.Expand(words(a, typed)) {
			for _, r := range m.Also {
				if r.Text == other && r.Relation != Near {
					t.Errorf("%q is said to mean the same as %q", other, typed)
				}
			}
		}
	}
	if got := v.Reading(words(a, "vugger")[0].Danish); got != "vuggestue" {
		t.Errorf("vugger, which no text has, is read as %q", got)
	}
}
