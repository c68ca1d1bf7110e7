package danish

import (
	"bufio"
	"compress/gzip"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// openWords opens a gzipped word list of testdata.
func openWords(t *testing.T, name string) *bufio.Scanner {
	t.Helper()
	f, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	return bufio.NewScanner(io.Reader(z))
}

// meet reports whether two words share a dictionary form.
func meet(a, b []string) bool {
	return slices.ContainsFunc(a, func(l string) bool { return slices.Contains(b, l) })
}

// memo looks every word up once.
type memo struct {
	a    *Analyzer
	seen map[string][]string
}

func (m *memo) lemmas(word string) []string {
	if l, ok := m.seen[word]; ok {
		return l
	}
	l := m.a.Lemmas(word, "da")
	m.seen[word] = l
	return l
}

// paradigms are the dictionary forms of UniMorph with their one-word forms, and the forms with their dictionary forms.
func paradigms(t *testing.T) (byLemma, byForm map[string][]string) {
	byLemma, byForm = map[string][]string{}, map[string][]string{}
	add := func(lemma, form string) {
		if !slices.Contains(byLemma[lemma], form) {
			byLemma[lemma] = append(byLemma[lemma], form)
			byForm[form] = append(byForm[form], lemma)
		}
	}
	for lines := openWords(t, "unimorph.tsv.gz"); lines.Scan(); {
		lemma, rest, _ := strings.Cut(strings.ToLower(lines.Text()), "\t")
		form, _, _ := strings.Cut(rest, "\t")
		if !strings.Contains(lemma, " ") && !strings.Contains(form, " ") {
			add(lemma, form)
			add(lemma, lemma)
		}
	}
	return byLemma, byForm
}

// pairs calls f with every two words of a list.
func pairs(list []string, f func(a, b string)) {
	for i := range list {
		for j := i + 1; j < len(list); j++ {
			f(list[i], list[j])
		}
	}
}

func TestFormsOfOneWordMeetAndNeighboursDoNot(t *testing.T) {
	byLemma, byForm := paradigms(t)
	m := memo{analyzer(t), map[string][]string{}}
	var within, met, near, wrong int
	for _, forms := range byLemma {
		pairs(forms, func(a, b string) {
			within++
			if meet(m.lemmas(a), m.lemmas(b)) {
				met++
			} else if testing.Verbose() && within%53 == 0 {
				t.Logf("apart: %s %v, %s %v", a, m.lemmas(a), b, m.lemmas(b))
			}
		})
	}
	neighbours := map[string][]string{}
	for form := range byForm {
		if r := []rune(form); len(r) >= 5 {
			neighbours[string(r[:5])] = append(neighbours[string(r[:5])], form)
		}
	}
	for _, forms := range neighbours {
		pairs(forms, func(a, b string) {
			if meet(byForm[a], byForm[b]) {
				return
			}
			near++
			if meet(m.lemmas(a), m.lemmas(b)) {
				wrong++
				if testing.Verbose() && wrong%23 == 0 {
					t.Logf("merged: %s %v, %s %v", a, m.lemmas(a), b, m.lemmas(b))
				}
			}
		})
	}
	t.Logf("UniMorph: %d of %d pairs of forms of one word meet: %.2f %% (want >= 98.5)", met, within, percent(met, within))
	t.Logf("UniMorph: %d of %d near pairs wrongly meet: %.2f %% (want <= 0.8)", wrong, near, percent(wrong, near))
	if percent(met, within) < 98.5 || percent(wrong, near) > 0.8 {
		t.Error("the dictionary forms have become worse")
	}
}

func TestInflectedWordsOfRunningTextMeetTheirDictionaryForm(t *testing.T) {
	m := memo{analyzer(t), map[string][]string{}}
	var all, met int
	for lines := openWords(t, "ddt.tsv.gz"); lines.Scan(); {
		p := strings.Split(lines.Text(), "\t")
		form, lemma := strings.ToLower(p[0]), strings.ToLower(p[1])
		if !slices.Contains([]string{"NOUN", "VERB", "ADJ"}, p[2]) || form == lemma || !letters(form) {
			continue
		}
		n, err := strconv.Atoi(p[3])
		if err != nil {
			t.Fatal(err)
		}
		all += n
		if meet(m.lemmas(form), m.lemmas(lemma)) {
			met += n
		} else if testing.Verbose() {
			t.Logf("apart: %s %v, %s %v", form, m.lemmas(form), lemma, m.lemmas(lemma))
		}
	}
	t.Logf("UD_Danish-DDT: %d of %d inflected tokens meet their dictionary form: %.2f %% (want >= 98)", met, all, percent(met, all))
	if percent(met, all) < 98 {
		t.Error("the dictionary forms have become worse")
	}
}

func percent(part, whole int) float64 { return 100 * float64(part) / float64(whole) }
