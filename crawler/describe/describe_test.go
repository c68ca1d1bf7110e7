package describe

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"smaabornsviden/crawler/partners"
	"smaabornsviden/index"
)

func TestDescribeTakesTheSourcesWordAndNeverGuesses(t *testing.T) {
	source := partners.Source{ID: "stuen", Name: "Stuen – fagblad", Sector: "fagforening"}
	typed := source
	typed.Type = "forskning"
	for _, tc := range []struct {
		name string
		src  partners.Source
		want index.Derived
	}{
		{"source with a type", typed, index.Derived{Value: "forskning", Reason: index.Reason{Rule: "source-default", Quote: "Stuen – fagblad"}}},
		{"source without a type", source, index.Derived{Value: "ukendt"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := index.Document{Title: "Ude hver dag", Source: "gammel"}
			Describe(&got, tc.src)
			want := index.Document{
				Title: "Ude hver dag", Source: "stuen", SourceName: "Stuen – fagblad", Sector: "fagforening", Type: tc.want,
				Publisher: index.Derived{Value: "Stuen – fagblad", Reason: index.Reason{Rule: index.SourcePublisher, Quote: "Stuen – fagblad"}},
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("Describe (-want +got):\n%s", diff)
			}
		})
	}
}
