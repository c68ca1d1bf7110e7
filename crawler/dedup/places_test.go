package dedup

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"smaabornsviden/index"
)

// notice is a page that a municipality has from a template, with its own name in it.
func notice(name, phone string) string {
	return "Er du bekymret for et barn i " + name + "? Så skal du sige det til os. " + prose("x", 120) + "Ring til " + phone + ". " + prose("y", 60)
}

// ofMunicipality is a page of a municipality of which the register does not know the name.
func ofMunicipality(id, title, body string, change func(*index.Document)) index.Document {
	return with(doc(id, title, body), func(d *index.Document) {
		d.Source, d.SourceName, d.Sector, d.Type.Value = id, "Kilde "+id, "kommune", "vejledning"
		change(d)
	})
}

// TestMunicipalitiesKeepTheirOwnPages: who looks for the page of Struer is not led to that of Faxe, whatever is the same.
func TestMunicipalitiesKeepTheirOwnPages(t *testing.T) {
	place := func(value, rule string) func(*index.Document) {
		return func(d *index.Document) { d.Place = index.Derived{Value: value, Reason: index.Reason{Rule: rule}} }
	}
	none := func(*index.Document) {}
	release := func(value string) func(*index.Document) {
		return func(d *index.Document) {
			d.Type.Value, d.Published = "nyhed", on("2024-09-04")
			if value != "" {
				d.Place = index.Derived{Value: value, Reason: index.Reason{Rule: "sted/kilde"}}
			}
		}
	}
	host := func(address string) func(*index.Document) { return func(d *index.Document) { d.URL = address } }
	one := []string{"a kopi b", "a is the face", "b kopi a"}
	for _, tc := range []struct {
		name   string
		a, b   string
		of, as func(*index.Document)
		want   []string
	}{
		{"names in the text", notice("Faxe", "11"), notice("Struer", "11"), none, none, nil},
		{"names in the text and places", notice("Faxe", "11"), notice("Struer", "11"), place("Faxe", "sted/i-byen"), place("Struer", "sted/i-byen"), nil},
		{"names in the text and one place", notice("Faxe", "11"), notice("Struer", "11"), place("Faxe", "sted/i-byen"), none, nil},
		{"another telephone", notice("kommunen", "11"), notice("kommunen", "12"), none, none, nil},
		{"nothing but the place", notice("kommunen", "11"), notice("kommunen", "11"), place("Faxe", "sted/kilde"), place("Struer", "sted/kilde"), nil},
		{"addresses of mail", notice("kommunen", "post faxekommune dk"), notice("kommunen", "post struer dk"), host("https://www.faxekommune.dk/u"), host("https://struer.dk/u"), nil},
		{"one of several places", notice("kommunen", "11"), notice("kommunen", "11"), place("Faxe, Stevns", "sted/flere"), place("Stevns", "sted/kilde"), one},
		{"nothing at all", notice("kommunen", "11"), notice("kommunen", "11"), none, none, one},
		{"a press release with leads", "Faxe er med, og det glæder både udvalget og de kommende fædre i Faxe meget. " + notice("Danmark", "11"), "Borgmesteren i Struer ser frem til de første aftener i hallen. " + notice("Danmark", "11"), release("Faxe"), release("Struer"), one},
		{"a press release with towns before it", "FAXE: " + notice("Danmark", "11"), "STRUER: " + notice("Danmark", "11"), release(""), release(""), one},
		{"a press release that each has made its own", notice("Faxe", "11"), notice("Struer", "11"), release(""), release(""), nil},
		{"a press release of two places", notice("Danmark", "11"), notice("Danmark", "11"), func(d *index.Document) {
			release("")(d)
			place("Faxe", "sted/i-byen")(d)
		}, func(d *index.Document) {
			release("")(d)
			place("Struer", "sted/felt")(d)
		}, nil},
	} {
		a, b := ofMunicipality("a", "Underretning", tc.a, tc.of), ofMunicipality("b", "Underretning", tc.b, tc.as)
		if diff := cmp.Diff(tc.want, grouped(t, a, b)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", tc.name, diff)
		}
	}
}

// TestShortPagesOfMunicipalitiesDifferInAnAddress: words of hosts begin with no capital.
func TestShortPagesOfMunicipalitiesDifferInAnAddress(t *testing.T) {
	page := func(id, host string) index.Document {
		return ofMunicipality(id, "Skriv dit barn op", prose("n", 40)+"skriv til post "+host+" dk om det "+prose("m", 20), func(d *index.Document) { d.URL = "https://" + host + ".dk/" + id })
	}
	if got := grouped(t, page("a", "faxe"), page("b", "struer")); got != nil {
		t.Errorf("%q", got)
	}
}

// TestPlacesDoNotMeetByWayOfAThird: the template itself is a copy of one at most.
func TestPlacesDoNotMeetByWayOfAThird(t *testing.T) {
	text := prose("x", 200)
	at := func(id, place string) index.Document {
		return ofMunicipality(id, "A", text, func(d *index.Document) {
			d.Place = index.Derived{Value: place, Reason: index.Reason{Rule: "sted/kilde"}}
		})
	}
	third := with(other(doc("b", "A", text)), func(d *index.Document) { d.Sector = "viden" })
	in := mergedIn(t, []index.Document{at("a", "Faxe"), third, at("c", "Struer")})
	if in["a"] == "" || in["a"] != in["b"] || in["c"] != "" {
		t.Errorf("%v", in)
	}
}

// TestNoResearchIsBehindWhatWasThereBeforeIt: speaking of one programme tells nothing of who read whom; a title or a DOI does.
func TestNoResearchIsBehindWhatWasThereBeforeIt(t *testing.T) {
	year := func(day string) index.Date {
		d := on(day)
		d.Precision = index.Year
		return d
	}
	for _, tc := range []struct {
		name      string
		practice  index.Date
		updated   index.Date
		published index.Date
		behind    bool
	}{
		{"before", on("2024-10-28"), index.Date{}, on("2025-03-05"), false},
		{"the same day", on("2025-03-05"), index.Date{}, on("2025-03-05"), true},
		{"after", on("2025-03-06"), index.Date{}, on("2025-03-05"), true},
		{"practice of no day", index.Date{}, index.Date{}, on("2025-03-05"), true},
		{"research of no day", on("2024-10-28"), index.Date{}, index.Date{}, true},
		{"practice of that year", year("2025-01-01"), index.Date{}, on("2025-03-05"), true},
		{"practice of the year before", year("2024-01-01"), index.Date{}, on("2025-03-05"), false},
		{"practice last changed before", index.Date{}, on("2024-10-28"), on("2025-03-05"), false},
	} {
		programme := []index.Topic{{Slug: "smaaboernscafeer"}}
		n := with(doc("n", "Højtlæsning", ""), func(d *index.Document) {
			d.Type.Value, d.Published, d.Updated, d.Programmes = "praksis", tc.practice, tc.updated, programme
		})
		r := with(doc("r", "Evaluering af de første caféer", ""), func(d *index.Document) {
			d.Type.Value, d.Published, d.Programmes, d.DOI = "forskning", tc.published, programme, "10.5555/1"
		})
		got := grouped(t, n, r)
		if slices.Contains(got, "n forskning r") != tc.behind || slices.Contains(got, "r omtale n") != tc.behind || !slices.Contains(got, "n samme-indsats r") {
			t.Errorf("%s: %q", tc.name, got)
		}
		n.Refs = []string{"doi:10.5555/1"}
		if got := grouped(t, n, r); !slices.Contains(got, "n forskning r") {
			t.Errorf("%s, with its DOI: %q", tc.name, got)
		}
	}
}
