package query

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"smaabornsviden/index"
)

// beyondForms are the alternatives that are more than other forms of a word.
func beyondForms(added []Added) []Added {
	return slices.DeleteFunc(slices.Clone(added), func(a Added) bool { return a.Kind == index.Inflected })
}

func TestEveryFormOfAWordCanBeLeftOut(t *testing.T) {
	s := searcher(t, "Et anlæg.", "Alle anlæggene.", "De anlagde blomster.", "Anlægsområde.")
	ans, ids := search(t, s, "anlæg")
	want := []Added{
		{ID: "inflected:anlæg", Kind: index.Inflected, For: "anlæg", Text: "anlæg"},
		{ID: "inflected:anlægge", Kind: index.Inflected, For: "anlæg", Text: "anlægge"},
		{ID: "part:anlæg", Kind: index.PartOf, For: "anlæg", Text: "anlæg"},
	}
	if diff := cmp.Diff(want, ans.Understood.Added); diff != "" || ids != "abcd" && ids != "abdc" {
		t.Errorf("anlæg finds %s, added (-want +got):\n%s", ids, diff)
	}
	for _, tt := range []struct {
		off  []string
		want string
	}{
		{[]string{"inflected:anlægge"}, "abd"},
		{[]string{"inflected:anlæg"}, "acd"}, // as a form of the other word
		{[]string{"inflected"}, "ad"},
		{[]string{"inflected", "part"}, "a"},
		{[]string{"inflected:anlæg", "inflected:anlægge", "part:anlæg"}, "a"},
	} {
		if _, ids := search(t, s, "anlæg", tt.off...); sorted(ids) != tt.want {
			t.Errorf("anlæg without %q finds %s, want %s", tt.off, ids, tt.want)
		}
	}
}

func TestFormsOfWhatIsNotSearchedForAreNotNoted(t *testing.T) {
	for _, q := range []string{`"tidlig indsats"`, "1000", "-100 1000"} {
		if ans, _ := search(t, searcher(t, "Tidlig indsats.", "1000 lege."), q); len(ans.Understood.Added) != len(beyondForms(ans.Understood.Added)) {
			t.Errorf("%s added %+v, want no forms", q, ans.Understood.Added)
		}
	}
}

func TestAStemIsShownAsItsWord(t *testing.T) {
	ans, _ := search(t, searcher(t, "Xylokramp."), "xylokramper")
	for _, a := range ans.Understood.Added {
		if a.Kind == index.Inflected && !analyzer(t).Knows(a.Text) && a.Text != "xylokramper" {
			t.Errorf("shown as %q", a.Text)
		}
	}
}

func sorted(ids string) string {
	b := []byte(ids)
	slices.Sort(b)
	return string(b)
}
