package topics

import (
	"errors"
	"regexp"
	"testing"
)

func TestDefaultListIsSound(t *testing.T) {
	l, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	if len(l.Topics) != 32 || len(l.Themes) != 6 {
		t.Errorf("%d topics and %d themes, want 32 and 6", len(l.Topics), len(l.Themes))
	}
	for _, topic := range l.Topics {
		for _, about := range []string{topic.About, topic.AboutEnglish} {
			if n := len(regexp.MustCompile(`[a-zæøå)]\.( |$)`).FindAllString(about, -1)); n != 2 {
				t.Errorf("%s says what it is about in %d sentences, want 2: %s", topic.Slug, n, about)
			}
		}
	}
	if got, ok := l.Topic("sprog"); !ok || got.Label != "Sprog og kommunikation" {
		t.Errorf("Topic(sprog) = %q, %v", got.Label, ok)
	}
}

func TestLoadRefusesWhatItCannotUse(t *testing.T) {
	for name, data := range map[string]string{
		"no yaml":        "topics: [",
		"unknown field":  "topics: [{slug: a, label: A, terms: [a], tems: [b]}]",
		"slug in Danish": "topics: [{slug: åben, label: A, terms: [a]}]",
		"slug twice":     "topics: [{slug: a, label: A, terms: [a]}, {slug: a, label: B, terms: [b]}]",
		"no terms":       "topics: [{slug: a, label: A}]",
		"term twice":     "topics: [{slug: a, label: A, terms: [a, b], weak: [a]}]",
		"far too common": "topics: [{slug: a, label: A, terms: [a], common: 9}]",
	} {
		if _, err := Load([]byte(data), "x.yaml"); !errors.Is(err, ErrList) {
			t.Errorf("%s: err = %v, want ErrList", name, err)
		}
	}
}
