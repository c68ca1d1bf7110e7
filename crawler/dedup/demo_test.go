package dedup_test

import (
	"fmt"
	"iter"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"smaabornsviden/crawler/dedup"
	"smaabornsviden/crawler/demosite"
	"smaabornsviden/crawler/describe"
	"smaabornsviden/crawler/extract"
	"smaabornsviden/crawler/extract/pdftext"
	"smaabornsviden/crawler/partners"
	"smaabornsviden/index"
	"smaabornsviden/index/danish"
)

var now = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)

// TestMain lets the test program be the child process that reads PDF files.
func TestMain(m *testing.M) {
	if os.Getenv(pdftext.ChildVariable) != "" {
		os.Exit(pdftext.Child(os.Stdin, os.Stdout))
	}
	os.Exit(m.Run())
}

// demo reads and describes the pages and lone files of the demonstration. The ids are those of the labels.
func demo(t *testing.T) (map[string]index.Document, []demosite.Label) {
	t.Helper()
	site, err := demosite.New(demosite.Options{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	register, err := partners.Load(site.Register(), "partners.yaml")
	if err != nil {
		t.Fatal(err)
	}
	a, err := danish.New()
	if err != nil {
		t.Fatal(err)
	}
	describer, err := describe.New(a)
	if err != nil {
		t.Fatal(err)
	}
	docs := map[string]index.Document{}
	for _, l := range site.Labels() {
		src, _ := register.Source(strings.ToLower(l.Site))
		if !l.Indexed() {
			continue
		}
		d := page(t, site, l.URL())
		d.ID = l.ID
		describer.Describe(&d, *src)
		docs[l.ID] = d
	}
	return docs, site.Labels()
}

func page(t *testing.T, site *demosite.Server, address string) index.Document {
	t.Helper()
	rec := httptest.NewRecorder()
	site.Handler().ServeHTTP(rec, httptest.NewRequest("GET", address, nil))
	ext, err := extract.Reader{}.Page(t.Context(), extract.Input{URL: address, ContentType: rec.Header().Get("Content-Type"), Header: rec.Header(), Body: rec.Body.Bytes(), Agent: "smaabornsviden", Now: now})
	if err != nil {
		t.Fatal(err)
	}
	d := index.Document{
		URL: address, Title: ext.Title, Kicker: ext.Kicker, Abstract: ext.Abstract, Body: ext.Text, Published: ext.Published,
		Lang: index.Derived{Value: ext.Lang}, DOI: ext.DOI, ISBN: ext.ISBN, ISSN: ext.ISSN, Keywords: ext.Keywords, TDMReserved: ext.TDM,
	}
	d.Refs = dedup.Refs(ext.Text, func(yield func(string, string) bool) {
		for _, l := range ext.Links {
			if !yield(l.URL, l.Text) {
				return
			}
		}
	})
	for _, a := range ext.Alternates {
		if a.URL != address {
			d.Twins = append(d.Twins, a.URL)
		}
	}
	return d
}

// each gives the documents in an order of their ids, forward or backward.
func each(docs map[string]index.Document, backward bool) iter.Seq2[index.Document, error] {
	var ids []string
	for id := range docs {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	if backward {
		slices.Reverse(ids)
	}
	return func(yield func(index.Document, error) bool) {
		for _, id := range ids {
			if !yield(docs[id], nil) {
				return
			}
		}
	}
}

// group applies the changes and returns how many there were.
func group(t *testing.T, docs map[string]index.Document, backward bool) int {
	t.Helper()
	changes, err := dedup.Group(each(docs, backward))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range changes {
		d := docs[c.ID]
		c.Apply(&d)
		docs[c.ID] = d
	}
	return len(changes)
}

// clusters of the demonstration that are shown as one card, with the one that stands for them; the others are linked.
var merged = map[string]string{"g-pressemeddelelse": "F03", "g-v09": "V09"}

func TestClustersAreMergedOrLinkedAsTheirKindSays(t *testing.T) {
	docs, labels := demo(t)
	group(t, docs, false)
	clusters := map[string][]string{}
	for _, l := range labels {
		if _, ok := docs[l.ID]; ok && l.Group != "" {
			clusters[l.Group] = append(clusters[l.Group], l.ID)
		}
	}
	right := 0
	for name, members := range clusters {
		if problem := wrong(docs, members, merged[name]); problem != "" {
			t.Errorf("%s %v: %s", name, members, problem)
			continue
		}
		right++
	}
	if right != 9 {
		t.Errorf("%d of 9 clusters", right)
	}
	if got := mergers(docs); !cmp.Equal(got, []string{"F03+B07+N01", "V09+V10"}) {
		t.Errorf("merged %v", got)
	}
	t.Logf("clusters %d of 9, merged %v", right, mergers(docs))
}

// wrong says what is not as it should be in a cluster: not connected, merged or unmerged against its kind, another face.
func wrong(docs map[string]index.Document, members []string, face string) string {
	reached := []string{members[0]}
	for i := 0; i < len(reached); i++ {
		for _, r := range docs[reached[i]].Related {
			if slices.Contains(members, r.ID) && !slices.Contains(reached, r.ID) {
				reached = append(reached, r.ID)
			}
		}
	}
	if len(reached) != len(members) {
		return fmt.Sprintf("only %v are related", reached)
	}
	for _, id := range members {
		d := docs[id]
		if d.Merged != (face != "") || d.Face != (id == face) {
			return fmt.Sprintf("%s: merged %v, face %v", id, d.Merged, d.Face)
		}
	}
	if face != "" && docs[face].MoreOf != len(members)-1 {
		return fmt.Sprintf("%d more of %s", docs[face].MoreOf, face)
	}
	return ""
}

// mergers lists the merged groups, the face first.
func mergers(docs map[string]index.Document) []string {
	groups := map[string][]string{}
	for id, d := range docs {
		if d.Merged && !d.Face {
			groups[d.Group] = append(groups[d.Group], id)
		}
	}
	var out []string
	for id, d := range docs {
		if d.Face {
			slices.Sort(groups[d.Group])
			out = append(out, strings.Join(append([]string{id}, groups[d.Group]...), "+"))
		}
	}
	slices.Sort(out)
	return out
}

func TestGroupingDoesNotHangOnOrderAndSettles(t *testing.T) {
	one, _ := demo(t)
	other, _ := demo(t)
	if n := group(t, one, false); n == 0 {
		t.Fatal("nothing changed at first")
	}
	group(t, other, true)
	if diff := cmp.Diff(one, other); diff != "" {
		t.Errorf("another order gives other groups (-forward +backward)\n%s", diff)
	}
	if n := group(t, one, false); n != 0 {
		t.Errorf("%d changes the second time, want none", n)
	}
}

// TestADOIInTheTextGroupsOnlyTheWorkItself: pages are read as a crawl reads them. Two languages of an article that say how they are
// to be cited are translations; what cites the article, in whatever words, is none of them and merges with nothing.
func TestADOIInTheTextGroupsOnlyTheWorkItself(t *testing.T) {
	a, err := danish.New()
	if err != nil {
		t.Fatal(err)
	}
	describer, err := describe.New(a)
	if err != nil {
		t.Fatal(err)
	}
	docs := map[string]index.Document{}
	for _, p := range []struct{ id, title, text string }{
		{"da", "Krogen i gangen: et observationsstudie", "<p>Vi fulgte 41 børn i garderoben gennem en vinter og talte, hvor ofte de fik hjælp. Metoden var deltagende observation, og materialet blev kodet af to forskere.</p><p>Artiklen citeres som: Holm, A. (2022). Krogen i gangen. doi: 10.5555/krog.2022.4</p>"},
		{"en", "The peg in the hallway: an observational study", "<p>We observed 41 children in the cloakroom over one winter and counted how often they were helped. The data were coded by two researchers.</p><p>Cite as: Holm, A. (2022). The peg in the hallway. https://doi.org/10.5555/KROG.2022.4</p>"},
		{"nyhed", "Børn vil selv hænge jakken op", "<p>Det viser en ny undersøgelse, som er omtalt i hele landet i denne uge. \"Vi skal vente lidt længere,\" siger forskeren.</p><p>Kilde: Holm: Krogen i gangen, https://doi.org/10.5555/krog.2022.4</p>"},
		{"blog", "Min søn og jakken", "<p>Jeg læste om krogene i avisen og prøvede det hjemme hos os selv. Det tog elleve minutter, og vi kom for sent på arbejde.</p><p>Læs selv: doi: 10.5555/krog.2022.4</p>"},
		{"studie", "Flyverdragter: et andet studie af hjælp i garderoben", "<p>Vi målte, hvor længe det tager at få en flyverdragt på, hos 88 børn i tre huse over to vintre.</p><h2>Referencer</h2><p>Holm, A. (2022). Krogen i gangen. doi: 10.5555/krog.2022.4</p>"},
	} {
		address := "https://" + p.id + ".example/side"
		body := "<!doctype html><html><head><meta charset=\"utf-8\"><title>" + p.title + "</title></head><body><main><h1>" + p.title + "</h1>" + p.text + "</main></body></html>"
		in := extract.Input{URL: address, ContentType: "text/html; charset=utf-8", Body: []byte(body), Agent: "smaabornsviden", Now: now}
		ext, err := extract.Reader{}.Page(t.Context(), in)
		if err != nil {
			t.Fatal(err)
		}
		d := index.Document{ID: p.id, URL: address, Source: p.id}
		ext.Fill(&d)
		d.Refs = dedup.Refs(ext.Text, func(func(string, string) bool) {})
		describer.Describe(&d, partners.Source{ID: p.id})
		docs[p.id] = d
	}
	group(t, docs, false)
	for id, d := range docs {
		twin := id == "da" || id == "en"
		if (d.Group != "") != twin || d.Merged {
			t.Errorf("%s (DOI %q by %s): group %q, merged %v, related %v", id, d.DOI, d.DOIWhy.Rule, d.Group, d.Merged, d.Related)
		}
	}
	if d := docs["da"]; len(d.Related) == 0 || d.Related[0].Kind != dedup.Twin || d.Related[0].ID != "en" {
		t.Errorf("the Danish article is related to %v", d.Related)
	}
}
