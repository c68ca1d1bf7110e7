package describe

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"smaabornsviden/crawler/partners"
	"smaabornsviden/index"
)

// FuzzDescribe: whatever a page says, every value is one of those that there are and has its reason, and describing the
// document again changes nothing.
func FuzzDescribe(f *testing.F) {
	f.Add("DEBAT: Giv os tid", "FORSKNING", "Af A og B\n§ 8. De 0-2-årige i vuggestuen.", "da")
	f.Add("3. udgave", "", "fra 6 måneder til 2 år\nBeløb: 2 kr.\nPeriode: 2020", "en")
	f.Add("\xff:", "§", "til\u00ad- og 3-årige -årig", "")
	d := describer(f)
	f.Fuzz(func(t *testing.T, title, kicker, body, lang string) {
		doc := index.Document{Title: title, Kicker: kicker, Body: body, Lang: index.Derived{Value: lang}, URL: "https://x.example/" + kicker}
		src := partners.Source{ID: "x", Name: "Lindeby Kommune", Sector: "kommune"}
		d.Describe(&doc, src)
		if !slices.Contains(index.Types, doc.Type.Value) || doc.Type.Rule == "" {
			t.Errorf("type %+v", doc.Type)
		}
		if a := doc.Age; a.Known && (a.From > a.To || a.Rule == "" || a.From < -9) {
			t.Errorf("age %+v", a)
		}
		for _, topic := range slices.Concat(doc.Topics, doc.Themes, doc.Programmes) {
			if topic.Rule == "" || topic.Weight <= 0 || topic.Weight > 1 {
				t.Errorf("topic %+v", topic)
			}
		}
		again := doc
		d.Describe(&again, src)
		if diff := cmp.Diff(doc, again); diff != "" {
			t.Errorf("described again (-first +second)\n%s", diff)
		}
	})
}
