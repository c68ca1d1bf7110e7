package describe_test

import "testing"

// TestHeldOutSeventh prints what the describer makes of a set written after real pages, by somebody who had read no rule, and committed
// before it was first run on it. Run it with -v for the figures. It fails where a label cannot be read or a value comes without its reason.
func TestHeldOutSeventh(t *testing.T) {
	d := describer(t)
	s := score(t, d, "seventh")
	n := newTally()
	for _, h := range loadHeldOut(t, "seventh") {
		doc := h.describe(t, d)
		h.judgeSixth(n, &doc)
	}
	t.Logf("\n%stopics    %s\n with also %s\nthemes    %s\n%s", s.tally, s.topics, s.strict, s.themes, n)
	if s.share("lang") < 1 {
		t.Errorf("fell back: language %.3f", s.share("lang"))
	}
}
