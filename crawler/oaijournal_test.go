package crawler

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"smaabornsviden/crawler/discover"
	"smaabornsviden/index"
)

func texts(values ...string) []discover.OAIText {
	var out []discover.OAIText
	for _, v := range values {
		out = append(out, discover.OAIText{Value: v})
	}
	return out
}

func TestARecordSaysWhereInAJournalTheWorkStands(t *testing.T) {
	for _, tt := range []struct {
		name string
		dc   map[string][]discover.OAIText
		want index.Journal
	}{
		{
			"named fields",
			map[string][]discover.OAIText{"journal": texts("Leg"), "volume": texts("Vol. 10"), "issue": texts("2"), "firstpage": texts("5"), "lastpage": texts("24")},
			index.Journal{Title: "Leg", Volume: "10", Issue: "2", First: "5", Last: "24"},
		},
		{"a list of pages", map[string][]discover.OAIText{"journal": texts("Leg"), "pages": texts("5-24")}, index.Journal{Title: "Leg", First: "5", Last: "24"}},
		{
			"the line of a journal system",
			map[string][]discover.OAIText{"source": texts("2596-0000", "Leg og læring; Årg. 10 Nr. 2 (2022): Tema; 5-24")},
			index.Journal{Title: "Leg og læring", Volume: "10", Issue: "2", First: "5", Last: "24"},
		},
		{
			"the same in English",
			map[string][]discover.OAIText{"source": texts("Play; Vol 3 No 1-2 (2020); 7–9")},
			index.Journal{Title: "Play", Volume: "3", Issue: "1-2", First: "7", Last: "9"},
		},
		{"the name of a place", map[string][]discover.OAIText{"source": texts("Et hæfte; fundet i arkivet")}, index.Journal{}},
		{"an address", map[string][]discover.OAIText{"source": texts("https://a.example; vol 2")}, index.Journal{}},
		{"a sentence for a number", map[string][]discover.OAIText{"journal": texts("Leg"), "volume": texts("dette er <b>en hel sætning</b> om et bind; og mere")}, index.Journal{Title: "Leg"}},
		{"numbers without a journal", map[string][]discover.OAIText{"volume": texts("3")}, index.Journal{}},
	} {
		got := oaiJournal(tt.dc)
		if diff := cmp.Diff(tt.want, got, cmpopts.IgnoreFields(index.Journal{}, "Reason")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
		if (got.Title != "") != (got.Rule != "" && got.Quote != "") {
			t.Errorf("%s: reason %+v", tt.name, got.Reason)
		}
	}
}

func TestARecordFillsInWhoBroughtAPageOut(t *testing.T) {
	record := index.Document{
		Publisher: oaiPublisher(texts("Uni Forlag")), Journal: index.Journal{Title: "leg", Volume: "2", First: "1", Last: "9"},
	}
	named := index.Derived{Value: "Eget forlag", Reason: index.Reason{Rule: "publisher-dc"}}
	bySource := index.Derived{Value: "Kilden", Reason: index.Reason{Rule: index.SourcePublisher}}
	for name, tt := range map[string]struct{ page, want string }{
		"a page that names one keeps it": {named.Rule, "Eget forlag"},
		"the source gives way":           {index.SourcePublisher, "Uni Forlag"},
		"none is filled in":              {"", "Uni Forlag"},
	} {
		page := index.Document{Journal: index.Journal{Title: "Leg", Issue: "4"}}
		switch tt.page {
		case named.Rule:
			page.Publisher = named
		case index.SourcePublisher:
			page.Publisher = bySource
		}
		join(&page, record)
		if page.Publisher.Value != tt.want {
			t.Errorf("%s: %+v", name, page.Publisher)
		}
		if want := (index.Journal{Title: "Leg", Volume: "2", Issue: "4", First: "1", Last: "9"}); page.Journal != want {
			t.Errorf("%s: journal %+v", name, page.Journal)
		}
	}
	other := index.Document{Journal: index.Journal{Title: "Et andet"}}
	if join(&other, record); other.Journal.Volume != "" {
		t.Errorf("numbers of another journal: %+v", other.Journal)
	}
}
