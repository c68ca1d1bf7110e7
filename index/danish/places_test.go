package danish

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// municipalities are the names of all 98 of them.
func municipalities(t *testing.T) (names []string) {
	t.Helper()
	facts, err := os.ReadFile("../../crawler/describe/facts.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`(?m)^  - \{name: ([^,}]+)`).FindAllStringSubmatch(string(facts), -1) {
		names = append(names, m[1])
	}
	if len(names) != 98 {
		t.Fatalf("%d municipalities", len(names))
	}
	return names
}

// The keyboards that readers write without Danish letters on.
var keyboards = []*strings.Replacer{
	strings.NewReplacer("æ", "ae", "ø", "o", "å", "a", "Ø", "O", "Æ", "Ae", "Aa", "A", "aa", "a"),
	strings.NewReplacer("æ", "ae", "ø", "oe", "å", "aa", "Ø", "Oe", "Æ", "Ae"),
	strings.NewReplacer("æ", "a", "ø", "o", "å", "a", "Ø", "O", "Æ", "A", "Aa", "A", "aa", "a"),
	strings.NewReplacer("Aa", "Å", "aa", "å"),
	strings.NewReplacer(),
}

func TestPlacesAreOneHoweverTheyAreWritten(t *testing.T) {
	a := analyzer(t)
	names := municipalities(t)
	names = append(names, "Nørresundby", "Frederiksværk", "Ærøskøbing", "Aabybro", "Nykøbing", "Birkerød", "Hellebæk", "Sønderjylland", "Rødby", "Nordsjælland")
	for _, name := range names {
		first := a.Tokens(name + " Kommune")[0]
		for _, k := range keyboards {
			for _, form := range []string{k.Replace(name), strings.ToUpper(k.Replace(name)), k.Replace(name) + "s"} {
				if strings.HasSuffix(form, "ss") {
					continue // "Randers" has no s behind it
				}
				got := a.Tokens(form + " Kommune")
				if len(got) != 2 || !meet(got[0].Lemmas, first.Lemmas) {
					t.Errorf("%s is %q, %s is %q", form, got[0].Lemmas, name, first.Lemmas)
				}
			}
		}
	}
}

// Whoever looks for "skov" or "havn" is not after the municipality that was named so.
func TestNamesOfPlacesHaveNoParts(t *testing.T) {
	a := analyzer(t)
	for _, name := range municipalities(t) {
		if parts := a.Tokens(name)[0].Parts; len(parts) > 0 && !strings.Contains(name, "-") {
			t.Errorf("%s has the parts %+v", name, parts)
		}
	}
}

func TestCommonWordsThatAreSpeltLikePlacesAreAllListed(t *testing.T) {
	r := newReader(analyzer(t).lex)
	known := set(`lokkens`) // of decoys
	for spelling := range places {
		v, ok := r.lookup(spelling)
		if ok && !v.Proper() && places[spelling] != strings.TrimSuffix(spelling, "s") && !namedAlike[spelling] && !known[spelling] {
			t.Errorf("%s is a common word, %s a place", spelling, places[spelling])
		}
	}
}
