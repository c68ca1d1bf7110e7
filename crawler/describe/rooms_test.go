package describe

import (
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"smaabornsviden/crawler/partners"
	"smaabornsviden/index"
)

// TestDocumentsLeaveNothingBehind: words are read in room that goes from document to document, also between goroutines, and no
// document may see what another one left there.
func TestDocumentsLeaveNothingBehind(t *testing.T) {
	d, src := describer(t), partners.Source{ID: "x", Name: "Gladsaxe Kommune", Sector: "kommune"}
	docs := []index.Document{
		{Title: "Sprog i vuggestuen, 3. udgave", Kicker: "Praksis", Body: strings.Repeat("Vi læser højt for de 0-2-årige. ", 300), Keywords: []string{"sprog"}},
		{Title: "Leg", Body: "Kort."},
		{Title: "Toddlers' play", Abstract: "Children aged 3 to 5 years play.", Lang: index.Derived{Value: "en"}},
		{Body: "Uden titel, men med råd til pædagoger om normeringer i børnehaven."},
		{},
	}
	want := make([]index.Document, len(docs))
	for i := range docs {
		want[i] = docs[i]
		fresh := describer(t) // a room that nobody was in
		fresh.Describe(&want[i], src)
	}
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for n := range 40 {
				i := (n * 7) % len(docs)
				got := docs[i]
				d.Describe(&got, src)
				if diff := cmp.Diff(want[i], got); diff != "" {
					t.Errorf("document %d (-alone +after others)\n%s", i, diff)
					return
				}
			}
		})
	}
	all.Wait()
}
