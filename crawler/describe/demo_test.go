package describe_test

import (
	"bytes"
	"flag"
	"fmt"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"smaabornsviden/crawler/demosite"
	"smaabornsviden/crawler/describe"
	"smaabornsviden/crawler/extract"
	"smaabornsviden/crawler/extract/pdftext"
	"smaabornsviden/crawler/partners"
	"smaabornsviden/index"
	"smaabornsviden/index/danish"
)

var update = flag.Bool("update", false, "write testdata/totals.txt anew")

// now is after the last date of the demonstration.
var now = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)

// labelled is a page of the demonstration with what is true of it.
type labelled struct {
	demosite.Label
	in  extract.Input
	src partners.Source
	doc index.Document
}

// TestMain lets the test program be the child process that reads PDF files.
func TestMain(m *testing.M) {
	if os.Getenv(pdftext.ChildVariable) != "" {
		os.Exit(pdftext.Child(os.Stdin, os.Stdout))
	}
	os.Exit(m.Run())
}

// demo reads every page and lone file of the demonstration as the crawler does.
func demo(tb testing.TB) []labelled {
	tb.Helper()
	site, err := demosite.New(demosite.Options{Now: func() time.Time { return now }})
	if err != nil {
		tb.Fatal(err)
	}
	register, err := partners.Load(site.Register(), "partners.yaml")
	if err != nil {
		tb.Fatal(err)
	}
	var all []labelled
	for _, l := range site.Labels() {
		if !l.Indexed() {
			continue
		}
		src, ok := register.Source(strings.ToLower(l.Site))
		if !ok {
			tb.Fatalf("no source for %s", l.ID)
		}
		all = append(all, labelled{Label: l, in: fetched(tb, site, l.URL()), src: *src})
		page := &all[len(all)-1]
		page.doc = read(tb, page.in, *src)
	}
	return all
}

func fetched(tb testing.TB, site *demosite.Server, address string) extract.Input {
	tb.Helper()
	rec := httptest.NewRecorder()
	site.Handler().ServeHTTP(rec, httptest.NewRequest("GET", address, nil))
	if rec.Code != 200 {
		tb.Fatalf("%s: status %d", address, rec.Code)
	}
	return extract.Input{URL: address, ContentType: rec.Header().Get("Content-Type"), Header: rec.Header(), Body: rec.Body.Bytes(), Agent: "smaabornsviden", Now: now}
}

// read makes a document of a page, as the crawler does.
func read(tb testing.TB, in extract.Input, src partners.Source) index.Document {
	tb.Helper()
	ext, err := extract.Reader{}.Page(tb.Context(), in)
	if err != nil {
		tb.Fatal(err)
	}
	d := index.Document{
		Source: src.ID, URL: in.URL, Title: ext.Title, Kicker: ext.Kicker, Authors: ext.Authors, Abstract: ext.Abstract, Body: ext.Text,
		PageOffsets: ext.PageOffsets, Published: ext.Published, Updated: ext.Updated, Deadline: ext.Deadline, Format: ext.Format,
		Lang: index.Derived{Value: ext.Lang, Reason: ext.Why["lang"]}, DOI: ext.DOI, ISBN: ext.ISBN, ISSN: ext.ISSN, Keywords: ext.Keywords,
	}
	if ext.Licence != "" {
		d.Licence = index.Derived{Value: ext.Licence, Reason: ext.Why["licence"]}
	}
	if ext.Access != "" {
		d.Access = index.Derived{Value: ext.Access, Reason: ext.Why["access"]}
	}
	return d
}

func describer(tb testing.TB) *describe.Describer {
	tb.Helper()
	a, err := danish.New()
	if err != nil {
		tb.Fatal(err)
	}
	d, err := describe.New(a)
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

// described is a Danish document of an unknown source, described.
func described(d *describe.Describer, title, body string) index.Document {
	doc := index.Document{Title: title, Body: body, Lang: index.Derived{Value: "da"}}
	d.Describe(&doc, partners.Source{ID: "x"})
	return doc
}

// TestDemoCorpus measures types, ages and topics on the labelled pages, prints every miss and keeps the totals. The texts are ours: the totals are no promise for others'.
func TestDemoCorpus(t *testing.T) {
	d := describer(t)
	var totals bytes.Buffer
	var types, exact, near, langs, found, wanted, right int
	pages := demo(t)
	for i := range pages {
		p := &pages[i]
		d.Describe(&p.doc, p.src)
		reasoned(t, p.ID, &p.doc)
		if p.doc.Type.Value == p.Type {
			types++
		} else {
			fmt.Fprintf(&totals, "type %s: %s, want %s (%s: %s)\n", p.ID, p.doc.Type.Value, p.Type, p.doc.Type.Rule, p.doc.Type.Quote)
		}
		switch want := (index.AgeSpan{From: p.Age[0], To: p.Age[1], Known: true}); {
		case p.doc.Age.Known && p.doc.Age.From == want.From && p.doc.Age.To == want.To:
			exact, near = exact+1, near+1
		case apart(p.doc.Age, want) <= 1:
			near++
		default:
			fmt.Fprintf(&totals, "age %s: %d..%d, want %d..%d (%s: %s)\n", p.ID, p.doc.Age.From, p.doc.Age.To, want.From, want.To, p.doc.Age.Rule, p.doc.Age.Quote)
		}
		if p.doc.Lang.Value == p.Lang || p.Lang == "none" {
			langs++
		}
		got := slugs(p.doc.Topics)
		for _, s := range got {
			if slices.Contains(p.Topics, s) {
				right++
			}
		}
		found, wanted = found+len(got), wanted+len(p.Topics)
		if diff := differ(got, p.Topics); diff != "" {
			fmt.Fprintf(&totals, "topics %s: %s\n", p.ID, diff)
		}
	}
	f1 := 2 * float64(right) / float64(found+wanted)
	fmt.Fprintf(&totals, "pages %d\ntype %d\nage exact %d\nage within one bucket %d\nlang %d\ntopics found %d of %d, wrong %d, micro-F1 %.3f\n",
		len(pages), types, exact, near, langs, right, wanted, found-right, f1)
	t.Logf("\n%s", totals.String())
	note(t, "testdata/totals.txt", totals.Bytes())
	if n := len(pages); n != 60 || types < 58 || near < 56 || langs < 60 || f1 < .85 {
		t.Errorf("below the aim: type %d, age %d, lang %d of %d, topics %.3f", types, near, langs, n, f1)
	}
}

// apart counts the buckets that only one of two spans is in.
func apart(a, b index.AgeSpan) int {
	n := 0
	x, y := a.Buckets(), b.Buckets()
	for _, bucket := range append(slices.Clone(x), y...) {
		if bucket != index.WholeAge && slices.Contains(x, bucket) != slices.Contains(y, bucket) {
			n++
		}
	}
	return n
}

func slugs(all []index.Topic) []string {
	var out []string
	for _, t := range all {
		out = append(out, t.Slug)
	}
	return out
}

func differ(got, want []string) string {
	var out []string
	for _, s := range want {
		if !slices.Contains(got, s) {
			out = append(out, "-"+s)
		}
	}
	for _, s := range slices.Sorted(slices.Values(got)) { // which of two weighs more is no difference
		if !slices.Contains(want, s) {
			out = append(out, "+"+s)
		}
	}
	return strings.Join(out, " ")
}

// note keeps totals beside the test, and fails where pages are read otherwise than when they were committed: no page loses what it had unseen.
func note(t *testing.T, name string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, got, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s is not up to date; run with -update and read the diff (-want +got)\n%s", name, diff)
	}
}
