package describe

import (
	"os"
	"slices"
	"testing"

	"github.com/goccy/go-yaml"

	"smaabornsviden/crawler/partners"
	"smaabornsviden/index"
)

// opening is how a page begins, with the types that fit it.
type opening struct {
	ID      string   `yaml:"id"`
	Sector  string   `yaml:"sector"`
	Path    string   `yaml:"path"`
	Title   string   `yaml:"title"`
	Kicker  string   `yaml:"kicker"`
	Body    string   `yaml:"body"`
	Lang    string   `yaml:"lang"`
	Authors []string `yaml:"authors"`
	Want    []string `yaml:"want"`
	Tempts  string   `yaml:"tempts"` // the type that its words may be taken for
}

func readOpenings(t *testing.T) []opening {
	t.Helper()
	data, err := os.ReadFile("testdata/openings/openings.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var all []opening
	if err := yaml.UnmarshalWithOptions(data, &all, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	return all
}

func (o opening) document() index.Document {
	lang := o.Lang
	if lang == "" {
		lang = "da"
	}
	return index.Document{
		URL: "https://x.example/" + o.Path, Title: o.Title, Kicker: o.Kicker, Body: o.Body, Authors: o.Authors, Lang: index.Derived{Value: lang},
	}
}

// unread are the openings whose type no rule finds yet, or a wrong one. One that is found must leave the list.
var unread = []string{"tandpleje", "alfabet-leg", "lov-i-debat"}

// TestOpeningsAreToldByHowTheySpeak: pages mostly say what they are by who speaks to whom, and not by a name for it. What is
// not read yet is listed by name, and a wrong type is worse than none.
func TestOpeningsAreToldByHowTheySpeak(t *testing.T) {
	d := describer(t)
	right, named, none := 0, 0, 0
	for _, o := range readOpenings(t) {
		doc := o.document()
		d.Describe(&doc, partners.Source{ID: "x", Name: "X", Sector: o.Sector})
		ok := slices.Contains(o.Want, doc.Type.Value)
		if ok {
			right++
		}
		if doc.Type.Value != Unknown {
			named++
		} else if !ok {
			none++
		}
		switch listed := slices.Contains(unread, o.ID); {
		case ok && listed:
			t.Errorf("%s: %s by %s, and stands among the unread", o.ID, doc.Type.Value, doc.Type.Rule)
		case !ok && !listed:
			t.Errorf("%s: %s by %s (%s), want %s", o.ID, doc.Type.Value, doc.Type.Rule, doc.Type.Quote, o.Want)
		}
	}
	t.Logf("%d right, %d without the type they have, %d typed", right, none, named)
}
