package danish

import (
	"slices"
	"testing"
)

// TestNoWordLosesAFormByAnother: the forms of a word are remembered, and one that is part of another goes on having all of its own.
func TestNoWordLosesAFormByAnother(t *testing.T) {
	a, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"moder fader broder", "modersmål modermælk faderskab fadervor broderskab brodermord", "moder fader broder"} {
		for range 2 {
			for _, term := range a.Fields("", text, "da").Lemma.Terms {
				if term.Text == "" {
					t.Errorf("%q has an empty dictionary form", text)
				}
			}
		}
		if forms := a.Tokens("moder")[0].Lemmas; !slices.Contains(forms, "mor") || slices.Contains(forms, "") {
			t.Errorf("after %q, moder has the forms %q", text, forms)
		}
	}
}
