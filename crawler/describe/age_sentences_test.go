package describe_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"smaabornsviden/index"
)

// agedSentence is a short text of testdata/age_sentences.yaml; want and also are a span, "none" or "uncertain".
type agedSentence struct {
	ID    string   `yaml:"id"`
	Title string   `yaml:"title"`
	Body  string   `yaml:"body"`
	Want  string   `yaml:"want"`
	Also  []string `yaml:"also"`
}

// fair reports whether an age is one of the readings that the labels allow: a span within one bucket, none, or none that is certain.
func (s agedSentence) fair(t *testing.T, got index.AgeSpan) bool {
	t.Helper()
	return slices.ContainsFunc(append([]string{s.Want}, s.Also...), func(label string) bool {
		switch label {
		case "none":
			return !got.Known
		case "uncertain":
			return !got.Known || !got.Certain
		}
		want, err := spanOf(label)
		if err != nil {
			t.Fatalf("%s: %q is no label: %v", s.ID, label, err)
		}
		return got.Known && apart(got, want) <= 1
	})
}

func loadAgedSentences(t *testing.T) []agedSentence {
	t.Helper()
	data, err := os.ReadFile("testdata/age_sentences.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Texts []agedSentence `yaml:"texts"`
	}
	if err := yaml.UnmarshalWithOptions(data, &file, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	return file.Texts
}

// TestAgesOfShortTexts counts the short texts whose age is a fair reading of them, and those that are told a wrong one as certain,
// which is the worse mistake. Run it with -v for the misses.
func TestAgesOfShortTexts(t *testing.T) {
	d := describer(t)
	n, wrong := newTally(), []string{}
	for _, s := range loadAgedSentences(t) {
		a := described(d, s.Title, s.Body).Age
		ok := s.fair(t, a)
		class, _, _ := strings.Cut(s.ID, "-")
		for _, field := range []string{class, "all"} {
			n.count(field, s.ID, ok, toldAge(a), s.Want)
		}
		if !ok && a.Known && a.Certain {
			wrong = append(wrong, s.ID)
		}
	}
	t.Logf("\n%swrong and certain %d: %s", n, len(wrong), wrong)
	if n.right["all"] < leastFair || len(wrong) > mostWrong {
		t.Errorf("fell back: %d of %d fair, %d wrong and certain", n.right["all"], n.asked["all"], len(wrong))
	}
}

// What was measured last on the short texts.
const (
	leastFair = 141
	mostWrong = 2
)

// spanOf reads "-9..23".
func spanOf(label string) (index.AgeSpan, error) {
	span := index.AgeSpan{Known: true}
	_, err := fmt.Sscanf(label, "%d..%d", &span.From, &span.To)
	return span, err
}

func toldAge(a index.AgeSpan) string {
	if !a.Known {
		return "none"
	}
	return fmt.Sprintf("%d..%d certain %v (%s: %s)", a.From, a.To, a.Certain, a.Rule, a.Quote)
}
