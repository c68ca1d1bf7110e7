package programmes

import (
	"errors"
	"testing"
)

func TestDefaultListTellsPlanFromResult(t *testing.T) {
	l, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	clubs, ok := l.Programme("smaaboernsklubber")
	if !ok || len(clubs.Of(Plan)) != 7 || len(clubs.Of(Result)) != 2 {
		t.Errorf("clubs: %d planned, %d results", len(clubs.Of(Plan)), len(clubs.Of(Result)))
	}
	pledge, ok := l.Programme("smaabornsloeftet")
	if !ok || len(pledge.Commitments) != 4 || len(pledge.Contributions) != 6 || len(pledge.Goals) != 2 {
		t.Errorf("pledge: %+v", pledge)
	}
	if _, ok := l.Programme("findes-ikke"); ok {
		t.Error("a programme that is none")
	}
}

// TestEveryFigureSaysWhenItIsFrom: by the date of its source or, where that has none, by when it was read.
func TestEveryFigureSaysWhenItIsFrom(t *testing.T) {
	l, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range l {
		for _, f := range p.Figures {
			if f.Date == "" && f.Seen == "" {
				t.Errorf("%s: %s %s by %s has neither", p.Slug, f.Value, f.What, f.Source)
			}
		}
	}
}

func TestLoadRefusesWhatItCannotUse(t *testing.T) {
	const good = "slug: a, name: A, about: Om a., aliases: [A], source: {name: S}"
	for name, data := range map[string]string{
		"unknown field":         "programmes: [{" + good + ", farve: blå}]",
		"no source":             "programmes: [{slug: a, name: A, about: Om a., aliases: [A]}]",
		"slug":                  "programmes: [{slug: Å, name: A, about: Om a., aliases: [A], source: {name: S}}]",
		"ages turned round":     "programmes: [{" + good + ", age: [9, 2]}]",
		"no address":            "programmes: [{" + good + ", pages: [her]}]",
		"a figure of no source": "programmes: [{" + good + ", figures: [{kind: plan, what: Børn, value: '600'}]}]",
		"a figure of no kind":   "programmes: [{" + good + ", figures: [{what: Børn, value: '600', source: S}]}]",
		"a date of words":       "programmes: [{" + good + ", figures: [{kind: plan, what: Børn, value: '6', source: S, date: i går}]}]",
		"a figure from nowhere": "programmes: [{" + good + ", figures: [{kind: plan, what: Børn, value: '6', source: S, url: 'javascript:alert(1)'}]}]",
		"seen in words":         "programmes: [{" + good + ", figures: [{kind: plan, what: Børn, value: '6', source: S, seen: nylig}]}]",
		"an alias of two":       "programmes: [{" + good + "}, {slug: b, name: B, about: Om b., aliases: [a], source: {name: S}}]",
	} {
		if _, err := Load([]byte(data), "x.yaml"); !errors.Is(err, ErrList) {
			t.Errorf("%s: err = %v, want ErrList", name, err)
		}
	}
	if _, err := Load([]byte("programmes: [{"+good+"}]"), "x.yaml"); err != nil {
		t.Error(err)
	}
}
