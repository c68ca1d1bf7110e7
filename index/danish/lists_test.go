package danish

import "testing"

func TestListsKnowsWholeWordsAlone(t *testing.T) {
	a := analyzer(t)
	for word, want := range map[string]bool{"børnehaverne": true, "Leg": true, "legeskematyper": false, "vugestue": false, "": false} {
		if got := a.Lists(word); got != want {
			t.Errorf("Lists(%q) = %v, want %v", word, got, want)
		}
	}
}
