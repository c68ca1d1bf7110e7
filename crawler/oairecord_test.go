package crawler

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"smaabornsviden/crawler/discover"
	"smaabornsviden/index"
)

func TestGroupsKeepTheirNames(t *testing.T) {
	people := []discover.OAIText{{Value: "Holm, Anna"}, {Value: "Bo Berg"}, {Value: "Holm, Anna"}, {Value: "Et, to, tre"}}
	groups := []discover.OAIText{{Value: "Institut for Leg, Aarhus"}, {Value: "Bo Berg"}}
	want := []string{"Anna Holm", "Bo Berg", "Et, to, tre", "Institut for Leg, Aarhus"}
	if diff := cmp.Diff(want, creators(people, groups)); diff != "" {
		t.Errorf("authors (-want +got):\n%s", diff)
	}
}

// FuzzRecordsBecomeDocuments: whatever a provider writes, in Dublin Core, JATS or MODS, the document holds clean text, no
// e-mail address, and values of the kinds that the rest of the program counts on.
func FuzzRecordsBecomeDocuments(f *testing.F) {
	const frame = `<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords><record><header><identifier>a</identifier></header><metadata>`
	f.Add(`<dc><title>Leg &lt;p&gt;og&lt;/p&gt; læring</title><creator>Holm, Anna</creator><description>Skriv til anna@uni.example.</description><date>2019-05</date><language>dan</language></dc>`)
	f.Add(`<article xml:lang="da"><front><article-meta><title-group><article-title>Leg</article-title></title-group><contrib-group><contrib><collab>A, B</collab></contrib></contrib-group><pub-date><year>2019</year></pub-date></article-meta></front></article>`)
	f.Add(`<mods><titleInfo><title>Leg</title></titleInfo><name><namePart>x@y.example</namePart></name><language><languageTerm>Dansk</languageTerm></language></mods>`)
	f.Fuzz(func(t *testing.T, metadata string) {
		answer, _ := discover.OAI([]byte(frame + metadata + `</metadata></record></ListRecords></OAI-PMH>`))
		for _, r := range answer.Records {
			d := fromDC(r.DC)
			for _, text := range append([]string{d.Title, d.Abstract, d.Body, d.Kicker}, append(d.Authors, d.Keywords...)...) {
				if !utf8.ValidString(text) || plain(text) != text && !strings.ContainsAny(text, "<&\n") {
					t.Fatalf("text %q", text)
				}
			}
			if len(d.Authors) > maxCreators || len(d.Keywords) > maxSubjects {
				t.Fatalf("%d authors, %d keywords", len(d.Authors), len(d.Keywords))
			}
			if l := d.Lang.Value; l != "" && !slices.Contains(index.Languages, l) {
				t.Fatalf("language %q", l)
			}
			if y := d.Published.Time.Year(); !d.Published.Time.IsZero() && (y < 1800 || y > 9999) {
				t.Fatalf("published %v", d.Published)
			}
			if d.DOI != "" && !strings.HasPrefix(d.DOI, "10.") {
				t.Fatalf("DOI %q", d.DOI)
			}
		}
	})
}
