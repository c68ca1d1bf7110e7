package state_test

import (
	"testing"
	"time"

	"smaabornsviden/index"
)

func TestTheMarksOfAVersionTellWhoChangedIt(t *testing.T) {
	const address = "https://a.example/"
	steps := []struct {
		name           string
		body, pipeline string
		title          string
		page, reading  bool // another mark than after the step before
	}{
		{"first read", "bytes 1", "way 1", "titel", true, true},
		{"nothing new", "bytes 1", "way 1", "titel", false, false},
		{"other bytes that say the same", "bytes 2", "way 1", "titel", false, false},
		{"those bytes read in another way", "bytes 2", "way 2", "titlen", false, true},
		{"another page", "bytes 3", "way 2", "ny titel", true, false},
		{"another way that says the same", "bytes 3", "way 3", "ny titel", false, false},
		{"another page after it", "bytes 4", "way 3", "nyere titel", true, false},
		{"both at once", "bytes 5", "way 4", "nyeste titel", true, true},
	}
	s := open(t)
	add(t, s, t0, page(address))
	last := index.Document{}
	for i, step := range steps {
		o := read(row(t, s, address), t0.Add(time.Duration(i)*time.Hour), step.title)
		o.BodyHash, o.Pipeline = step.body, step.pipeline
		record(t, s, o)
		d := document(t, s, index.NewID(address))
		if d.PageMark == "" || d.ReadMark == "" {
			t.Fatalf("%s: marks %q and %q", step.name, d.PageMark, d.ReadMark)
		}
		if got := d.PageMark != last.PageMark; got != step.page {
			t.Errorf("%s: another mark of the page %v, want %v", step.name, got, step.page)
		}
		if got := d.ReadMark != last.ReadMark; got != step.reading {
			t.Errorf("%s: another mark of the reading %v, want %v", step.name, got, step.reading)
		}
		last = d
	}
}
