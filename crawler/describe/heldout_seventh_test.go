package describe_test

import "testing"

// TestHeldOutSeventh prints what the describer makes of a set written after real pages, by somebody who had read no rule, and committed
// before it was first run on it, and guards against falling back. The floors stand a little under what was measured first. Whoever
// changes rules runs it without -v. It fails too where a label cannot be read or a value comes without its reason.
func TestHeldOutSeventh(t *testing.T) {
	d := describer(t)
	s := score(t, d, "seventh")
	n := newTally()
	for _, h := range loadHeldOut(t, "seventh") {
		doc := h.describe(t, d)
		h.judgeSixth(n, &doc)
	}
	if testing.Verbose() { // a failing run shows what was logged, and whoever changes rules is not to see the misses
		t.Logf("\n%stopics    %s\n with also %s\nthemes    %s\n%s", s.tally, s.topics, s.strict, s.themes, n)
	}
	if s.share("type") < .64 || s.share("age") < .80 || s.share("published") < .85 || s.share("authors") < .76 || s.share("lang") < 1 || s.topics.value() < .82 {
		t.Errorf("fell back: type %.3f, age %.3f, published %.3f, authors %.3f, language %.3f, topics %.3f", s.share("type"), s.share("age"), s.share("published"), s.share("authors"), s.share("lang"), s.topics.value())
	}
}
