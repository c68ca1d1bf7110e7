package danish

import (
	"slices"
	"strings"
	"testing"
)

func TestANameIsFoundByItsWords(t *testing.T) {
	cases := []struct {
		author, asked string
		want          bool
	}{
		{"Anne Jensen", "Jensen", true},
		{"Anne Jensen", "jensen", true},
		{"Anne Jensen", "Anne Jensen", true},
		{"Anne Jensen", "Jensen, Anne", true},
		{"Jensen, Anne", "anne jensen", true},
		{"Anne Marie Jensen", "Anne Jensen", true},
		{"Anne Marie Jensen", "A. Jensen", true},
		{"Anne Marie Jensen", "A.M. Jensen", true},
		{"Anne Marie Jensen", "Anne M. Jensen", true},
		{"Anne-Marie Jensen", "Anne Marie", true},
		{"Anne Jensen", "Anne Hansen", false},
		{"Anne Jensen", "B. Jensen", false},
		{"Anne Jensen", "Jens", false},
		{"Anne Jensen", "A. J.", false},
		{"A. Jensen", "A. Jensen", true},
		{"Søren Kjær", "Soren Kjaer", true},
		{"Søren Kjær", "SOEREN KJÆR", true},
		{"So\u0308ren Kjær", "Søren", true},
		{"Per Aagaard", "Ågård", true},
		{"Per Ågård", "Agard", true},
		{"Jürgen Müller", "Mueller", true},
		{"Bo Due", "Du", false},
		{"Liam O’Brien", "OBrien", true},
		{"José Núñez", "Jose Nunez", true},
		{"Łukasz Þórsson", "Lukasz Thorsson", true},
		{"Det Nationale Forskningscenter for Børn, Unge og Velfærd", "Forskningscenter Velfærd", true},
		{"Det Nationale Forskningscenter for Børn, Unge og Velfærd", "Det Nationale Forskningscenter for Børn, Unge og Velfærd", true},
		{"Anne\nJensen", "Anne Jensen", true},
		{"", "Jensen", false},
		{"Anne Jensen", `"anne jensen"`, true},
		{"Anne Jensen", `"Jensen"`, true},
		{"Jensen, Anne", "»Anne Jensen«", true},
		{"Anne Jensen", `"Jensen, Anne"`, true},
		{"Anne Jensen", `"Jensen Anne"`, false},
		{"Anne Marie Jensen", `"Anne Jensen"`, false},
		{"Anne Marie Jensen", `"Marie Jensen"`, true},
		{"Anne-Marie Jensen", `"Anne Marie"`, true},
		{"Anne Jensen", `"A. Jensen"`, false},
		{"Søren Kjær", `"søren kjær"`, true},
		{"Søren Kjær", `"soren kjaer"`, false},
		{"Per Aagaard", `"Per Ågård"`, false},
		{"Liam O’Brien", `"O'Brien"`, true},
		{"Det Nationale Forskningscenter for Børn, Unge og Velfærd", `"Nationale Forskningscenter"`, true},
	}
	for _, c := range cases {
		if got := slices.Contains(NameKeys([]string{c.author}), NameKey(c.asked)); got != c.want {
			t.Errorf("%q by %q: found %v, want %v (key %q of %q)", c.author, c.asked, got, c.want, NameKey(c.asked), NameKeys([]string{c.author}))
		}
	}
	if slices.Contains(NameKeys([]string{"Anne Hansen", "Bo Jensen"}), NameKey("Anne Jensen")) {
		t.Error("the words of two people make a third")
	}
}

func FuzzAKeyOfANameIsAmongItsKeys(f *testing.F) {
	for _, s := range []string{"Anne Jensen", "Jensen, Anne", "A.-M. O'Brien", "李明", strings.Repeat("å ", 50), "\xff", "Å\u030a, ,", "ﬁ", `"Anne Jensen"`, `"`, `"Bo", Ib "`, "\u030a", `"℃"`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, name string) {
		key, keys := NameKey(name), NameKeys([]string{name})
		if len(keys) > 200 {
			t.Errorf("%q has %d keys", name, len(keys))
		}
		if (key == "") != (len(keys) == 0) || key != "" && !slices.Contains(keys, key) {
			t.Errorf("%q: key %q is not among %q", name, key, keys)
		}
	})
}
