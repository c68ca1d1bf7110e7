package describe_test

import (
	"slices"
	"strings"
	"testing"

	"smaabornsviden/index"
)

// judgeSixth counts what the sixth set labels beyond the fifth: every municipality where a text is about several, and who brought it out.
func (h heldOut) judgeSixth(n *tally, doc *index.Document) {
	h.judgeMore(n, doc)
	want := h.More.Places
	if len(want) == 0 && h.Place != "" {
		want = []string{h.Place}
	}
	got := strings.Split(doc.Place.Value, ", ")
	if doc.Place.Value == "" {
		got = nil
	}
	fair := len(got) == 0 && slices.Contains(h.More.PlaceAlso, "")
	n.count("places, all", h.ID, fair || differ(got, want) == "", got, want)

	publisher := doc.Publisher.Value
	if doc.Publisher.Rule == index.SourcePublisher {
		publisher = ""
	}
	n.count("publisher, all", h.ID, publisher == h.More.Publisher, publisher, h.More.Publisher)
}

// TestHeldOutSixth prints what the describer makes of a set committed before it was first run on it, with every miss, and guards against
// falling back. Run it with -v for the figures. It fails too where a label cannot be read or a value comes without its reason.
func TestHeldOutSixth(t *testing.T) {
	d := describer(t)
	s := score(t, d, "sixth")
	n := newTally()
	for _, h := range loadHeldOut(t, "sixth") {
		doc := h.describe(t, d)
		h.judgeSixth(n, &doc)
	}
	t.Logf("\n%stopics    %s\n with also %s\nthemes    %s\n%s", s.tally, s.topics, s.strict, s.themes, n)
	if s.share("type") < .89 || s.share("age") < .93 || s.share("published") < .96 || s.share("authors") < .85 || s.share("lang") < 1 || s.topics.value() < .77 {
		t.Errorf("fell back: type %.3f, age %.3f, published %.3f, authors %.3f, language %.3f, topics %.3f", s.share("type"), s.share("age"), s.share("published"), s.share("authors"), s.share("lang"), s.topics.value())
	}
}
