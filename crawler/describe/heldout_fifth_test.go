package describe_test

import (
	"slices"
	"strings"
	"testing"

	"smaabornsviden/index"
)

// moreLabels are what the fifth and the sixth set label beyond the earlier ones; what stands empty is labelled as not there.
type moreLabels struct {
	ISBN         string   `yaml:"isbn"`
	ISBNAlso     string   `yaml:"isbn_also"` // of a book that the text is about: neither missed nor wrong
	ISSN         string   `yaml:"issn"`
	Access       string   `yaml:"access"`        // "abonnement", or "" for a text that all may read, whether it says so or not
	AudienceAlso []string `yaml:"audience_also"` // fair readings beside the label
	PlaceAlso    []string `yaml:"place_also"`

	Places    []string `yaml:"places"`    // from the sixth set on: all municipalities, where they are more than one
	Publisher string   `yaml:"publisher"` // from the sixth set on: who brought the work out, where the text says so
}

// judgeMore counts for every text, also where the label names nothing, so that a value made out of nothing is a miss too.
func (h heldOut) judgeMore(n *tally, doc *index.Document) {
	n.count("isbn, all", h.ID, sameISBN(doc.ISBN, h.More.ISBN) || doc.ISBN != "" && sameISBN(doc.ISBN, h.More.ISBNAlso), doc.ISBN, h.More.ISBN)
	n.count("issn, all", h.ID, doc.ISSN == h.More.ISSN, doc.ISSN, h.More.ISSN)
	paid := doc.Access.Value == "abonnement"
	n.count("access, all", h.ID, paid == (h.More.Access == "abonnement"), doc.Access.Value, h.More.Access)
	n.count("audience, all", h.ID, h.speaksRightly(doc.Audience.Value), doc.Audience.Value, h.Audience)
	place := doc.Place.Value
	n.count("place, all", h.ID, place == h.Place || slices.Contains(h.More.PlaceAlso, place), place, h.Place)
}

func (h heldOut) speaksRightly(got string) bool {
	if got == "" {
		return h.Audience == ""
	}
	if h.Audience != "" && speaksTo(got, h.Audience) {
		return true
	}
	return slices.ContainsFunc(h.More.AudienceAlso, func(also string) bool { return speaksTo(got, also) })
}

// sameISBN compares the digits: a document keeps them without hyphens, the labels as the text prints them.
func sameISBN(got, want string) bool {
	return got == strings.ReplaceAll(want, "-", "")
}

// TestHeldOutFifth prints what the describer makes of a set written before its rules were read, with every miss, and guards against
// falling back. Run it with -v for the figures. It fails too where a label cannot be read or a value comes without its reason.
func TestHeldOutFifth(t *testing.T) {
	d := describer(t)
	s := score(t, d, "fifth")
	n := newTally()
	for _, h := range loadHeldOut(t, "fifth") {
		doc := h.describe(t, d)
		h.judgeMore(n, &doc)
	}
	t.Logf("\n%stopics    %s\n with also %s\nthemes    %s\n%s", s.tally, s.topics, s.strict, s.themes, n)
	if s.share("type") < .97 || s.share("age") < .97 || s.share("published") < .91 || s.share("authors") < .94 || s.share("lang") < 1 || s.topics.value() < .83 {
		t.Errorf("fell back: type %.3f, age %.3f, published %.3f, authors %.3f, language %.3f, topics %.3f", s.share("type"), s.share("age"), s.share("published"), s.share("authors"), s.share("lang"), s.topics.value())
	}
}
