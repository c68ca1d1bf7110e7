package protocol_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"smaabornsviden/index"
	"smaabornsviden/index/query"
	"smaabornsviden/server/protocol"
	"smaabornsviden/server/tongue"
)

// found makes a record of documents, each "id=text"; without a text the source reserves it.
func found(t *testing.T, docs ...string) protocol.Record {
	t.Helper()
	r := protocol.Record{Made: time.Date(2026, 11, 22, 10, 30, 0, 0, time.UTC), Total: len(docs), PlanSHA256: "p", Sources: []protocol.Source{{ID: "a", Name: "A"}}}
	var c protocol.Collector
	c.Reset()
	for _, d := range docs {
		id, text, open := strings.Cut(d, "=")
		if err := c.Add(index.Document{ID: id, Body: text, Source: "a", TDMReserved: !open}); err != nil {
			t.Fatal(err)
		}
	}
	c.Fill(&r)
	return r
}

func TestCompareTellsNewGoneAndChanged(t *testing.T) {
	type told struct {
		Same               bool
		New, Gone, Changed []protocol.Place
		Moved              int
	}
	none := []protocol.Place{}
	for _, tt := range []struct {
		name        string
		before, now []string
		want        told
	}{
		{"nothing happened", []string{"a=1", "b=1"}, []string{"a=1", "b=1"}, told{true, none, none, none, 0}},
		{"nothing at all", nil, nil, told{true, none, none, none, 0}},
		{"one came", []string{"a=1"}, []string{"b=1", "a=1"}, told{false, []protocol.Place{{ID: "b", Now: 1}}, none, none, 0}},
		{"one went", []string{"a=1", "b=1"}, []string{"b=1"}, told{false, none, []protocol.Place{{ID: "a", Before: 1}}, none, 0}},
		{"one says something else", []string{"a=1", "b=1"}, []string{"a=1", "b=2"}, told{false, none, none, []protocol.Place{{ID: "b", Before: 2, Now: 2, Cause: protocol.ByUnknown}}, 0}},
		{"two changed places", []string{"a=1", "b=1", "c=1"}, []string{"b=1", "a=1", "c=1"}, told{false, none, none, none, 1}},
		{"a reserved one may have changed", []string{"a", "b=1"}, []string{"a", "b=1"}, told{true, none, none, none, 0}},
		{"one became reserved", []string{"a=1"}, []string{"a"}, told{true, none, none, none, 0}},
		{
			"all at once",
			[]string{"a=1", "b=1", "c=1"},
			[]string{"d=1", "c=2", "a=1"},
			told{false, []protocol.Place{{ID: "d", Now: 1}}, []protocol.Place{{ID: "b", Before: 2}}, []protocol.Place{{ID: "c", Before: 3, Now: 2, Cause: protocol.ByUnknown}}, 1},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := protocol.Compare("x", found(t, tt.before...), found(t, tt.now...))
			if diff := cmp.Diff(tt.want, told{c.Same, c.New, c.Gone, c.Changed, c.Moved}); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAComparisonTellsWhoChangedADocument(t *testing.T) {
	before := index.Document{ID: "a", Body: "tekst", PageMark: "page 1", ReadMark: "way 1", Type: index.Derived{Value: "nyhed"}}
	cases := []struct {
		name        string
		change      func(d *index.Document)
		want        protocol.Cause // "" for no change of the text
		redescribed bool
	}{
		{"nothing", func(*index.Document) {}, "", false},
		{"the source", func(d *index.Document) { d.Body, d.PageMark = "andet", "page 2" }, protocol.BySource, false},
		{"we", func(d *index.Document) { d.Body, d.ReadMark = "andet", "way 2" }, protocol.ByReading, false},
		{"we, by other terms of the source", func(d *index.Document) { d.Body = "" }, protocol.ByReading, false},
		{"both", func(d *index.Document) { d.Body, d.PageMark, d.ReadMark = "andet", "page 2", "way 2" }, protocol.ByBoth, false},
		{"nobody knows who", func(d *index.Document) { d.Body, d.PageMark = "andet", "" }, protocol.ByUnknown, false},
		{"another page that says the same", func(d *index.Document) { d.PageMark = "page 2" }, "", false},
		{"described otherwise", func(d *index.Document) { d.Type.Value, d.ReadMark = "debat", "way 2" }, "", true},
		{"another age", func(d *index.Document) { d.Age = index.AgeSpan{To: 11, Known: true} }, "", true},
		{"another text and type", func(d *index.Document) { d.Body, d.Type.Value, d.ReadMark = "andet", "debat", "way 2" }, protocol.ByReading, false},
		{"another reason for the same type", func(d *index.Document) { d.Type.Quote = "Nyhed" }, "", false},
	}
	record := func(d index.Document) protocol.Record {
		var c protocol.Collector
		c.Reset()
		if err := c.Add(d); err != nil {
			t.Fatal(err)
		}
		r := protocol.Record{Total: 1}
		c.Fill(&r)
		return r
	}
	for _, tt := range cases {
		now := before
		tt.change(&now)
		c := protocol.Compare("x", record(before), record(now))
		var got protocol.Cause
		for _, p := range c.Changed {
			got = p.Cause
		}
		by := c.ChangedBy
		if got != tt.want || (len(c.Redescribed) == 1) != tt.redescribed || by.Source+by.Reading+by.Both+by.Unknown != len(c.Changed) {
			t.Errorf("%s: changed by %q, described otherwise %v, counted %+v; want %q, %v", tt.name, got, c.Redescribed, by, tt.want, tt.redescribed)
		}
		if c.Same != (tt.want == "") {
			t.Errorf("%s: the same %v", tt.name, c.Same)
		}
	}
}

func TestIDsCanBeHashedByHand(t *testing.T) {
	sum := sha256.Sum256([]byte("a\nb\n"))
	if got := found(t, "a=1", "b=1").IDsSHA256; got != hex.EncodeToString(sum[:]) {
		t.Errorf("got %s", got)
	}
}

func TestContentHashIsOfWhatTheDocumentSays(t *testing.T) {
	d := index.Document{ID: "a", Title: "T", Body: "B", Authors: []string{"X", "Y"}, Published: index.Date{Time: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC), Precision: index.Year}}
	before := protocol.ContentHash(d)
	for name, tt := range map[string]struct {
		change func(*index.Document)
		same   bool
	}{
		"the text":              {func(d *index.Document) { d.Body = "C" }, false},
		"the title":             {func(d *index.Document) { d.Title = "U" }, false},
		"title into text":       {func(d *index.Document) { d.Title, d.Body = "", "TB" }, false},
		"an author":             {func(d *index.Document) { d.Authors = []string{"XY"} }, false},
		"how much of the date":  {func(d *index.Document) { d.Published.Precision = index.Day }, false},
		"what we make of it":    {func(d *index.Document) { d.Type.Value, d.Topics = "forskning", []index.Topic{{Slug: "leg"}} }, true},
		"where it lies":         {func(d *index.Document) { d.URL = "https://andet.example/" }, true},
		"when it was looked at": {func(d *index.Document) { d.LastChecked = time.Now() }, true},
	} {
		e := d
		tt.change(&e)
		if got := protocol.ContentHash(e) == before; got != tt.same {
			t.Errorf("%s: same hash is %v", name, got)
		}
	}
}

func TestAnIDVouchesForItsText(t *testing.T) {
	r := found(t, "a=1")
	id, text, err := protocol.Encode(r)
	if err != nil {
		t.Fatal(err)
	}
	packed, err := protocol.Pack(text)
	if err != nil {
		t.Fatal(err)
	}
	got, err := protocol.Unpack(id, packed)
	if err != nil || !bytes.Equal(got, text) || !protocol.IsID(id) {
		t.Errorf("%q: %s, %v", id, got, err)
	}
	again, err := protocol.Decode(got)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(r, again); diff != "" {
		t.Error(diff)
	}
	forged, err := protocol.Pack(bytes.Replace(text, []byte(`"total":1`), []byte(`"total":2`), 1))
	if err != nil {
		t.Fatal(err)
	}
	for name, bad := range map[string][]byte{"forged": forged, "cut off": packed[:len(packed)/2], "empty": nil, "no gzip": []byte("hello")} {
		if _, err := protocol.Unpack(id, bad); !errors.Is(err, protocol.ErrDamaged) {
			t.Errorf("%s: %v, want ErrDamaged", name, err)
		}
	}
}

func TestTheAppendixSaysEverythingAboutTheSearch(t *testing.T) {
	r := found(t, "a=1", "b")
	r.Site, r.Software = protocol.Site{Name: "Småbørnsviden", URL: "https://viden.example"}, protocol.Software{Name: "smaabornsviden", Version: "v1.2", Revision: "abc"}
	r.Query = protocol.Query{Typed: "indkøring -skole", Sort: "Mest relevante", From: "2020", Filters: []protocol.Filter{{Facet: index.FacetType, Value: "forskning", Label: "Forskning"}}}
	r.Index = protocol.Index{Generation: "g1", Seq: 42, Documents: 60}
	r.Understood = query.Understood{
		Words:   []query.Word{{Text: "indkøring", Forms: []string{"indkøring"}}, {Text: "skole", Not: true}},
		Ignored: []string{"og"},
		Filters: []string{"aar:2020-2024"},
		Added:   []query.Added{{Kind: index.Synonym, For: "indkøring", Text: "tilvænning"}, {Kind: index.Translated, For: "indkøring", Text: "settling in", Off: true}, {Kind: index.Split, For: "skolestart", Text: "skole start"}, {Kind: index.Inflected, For: "skole", Text: "skoler", Not: true}, {Kind: index.Described, For: "studier", Text: "Forskning"}},
	}
	for lang, wants := range map[tongue.Tongue][]string{
		tongue.Danish: {
			"Søgeprotokol\nhttps://viden.example/protokol/x\n", "PRISMA-S 1. Database", "smaabornsviden v1.2 (abc)", "generation g1, ændring 42, 60 dokumenter",
			"A: 2 resultater", "Skrevet: »indkøring -skole«", "i alle bøjninger af: »indkøring«", "Må ikke stå der: »skole«", "Føjet til for »indkøring«: »tilvænning« (samme betydning)",
			"Slået fra for »indkøring«: »settling in« (oversat)", "Føjet til for »skolestart«: »skole start« (dele af ordet)", "Udelukket sammen med »skole«: »skoler« (i andre former)", "Lagt vægt på for »studier«: »Forskning« (det, som", "Type: »Forskning« (»forskning«)", "Fra 2020", "22. november 2026 kl. 10.30 (UTC)", "2 resultater",
			"Skrevet i søgningen: »år:2020-2024«", "1 af dem har kilden taget forbehold mod", r.IDsSHA256, "     1  a  " + r.Records[0].SHA256, "     2  b  \n",
		},
		tongue.English: {"Search protocol\n", "PRISMA-S 13. Date of the search", "Must not stand there: “skole”", "2 results"},
	} {
		var b bytes.Buffer
		if err := protocol.WriteText(&b, r, "https://viden.example/protokol/x", lang); err != nil {
			t.Fatal(err)
		}
		for _, want := range wants {
			if !strings.Contains(b.String(), want) {
				t.Errorf("%s: the appendix lacks %q:\n%s", lang, want, &b)
			}
		}
	}
}

func TestCSVHasOneLineForEachHit(t *testing.T) {
	var b bytes.Buffer
	if err := protocol.WriteCSV(&b, found(t, "a=1", "b=2"), "https://viden.example"); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 3 || rows[2][0] != "2" || rows[2][3] != "https://viden.example/dokument/b" || rows[2][4] != "2026-11-22T10:30:00Z" {
		t.Errorf("rows %v", rows)
	}
}

// A protocol of the most hits stays within what is stored and read back.
func TestTheLargestProtocolIsSmallEnough(t *testing.T) {
	if testing.Short() {
		t.Skip("a hundred thousand hits")
	}
	var r protocol.Record
	var c protocol.Collector
	c.Reset()
	for i := range protocol.MaxRecords {
		id := index.NewID(fmt.Sprint(i))
		if err := c.Add(index.Document{ID: id, Body: id}); err != nil {
			t.Fatal(err)
		}
	}
	c.Fill(&r)
	id, text, err := protocol.Encode(r)
	if err != nil {
		t.Fatal(err)
	}
	packed, err := protocol.Pack(text)
	if err != nil {
		t.Fatal(err)
	}
	if len(packed) > 5<<20 {
		t.Errorf("%d bytes, packed %d", len(text), len(packed))
	}
	if _, err := protocol.Unpack(id, packed); err != nil {
		t.Error(err)
	}
	t.Logf("%d bytes of JSON, %d packed", len(text), len(packed))
}

func TestAReadingIsAnotherForOneOfThreeReasonsOrNotKnown(t *testing.T) {
	for _, tt := range []struct {
		name        string
		before, now protocol.Record
		want        protocol.Otherwise
	}{
		{"the same", protocol.Record{ReadingHash: "1-a", PlanSHA256: "p"}, protocol.Record{ReadingHash: "1-a", PlanSHA256: "q"}, ""},
		{"another word list", protocol.Record{ReadingHash: "1-a"}, protocol.Record{ReadingHash: "1-b", Software: protocol.Software{Vocabulary: "v2"}}, protocol.OtherSoftware},
		{"another lexicon", protocol.Record{ReadingHash: "1-a"}, protocol.Record{ReadingHash: "1-b", Software: protocol.Software{Analyzer: "l2"}}, protocol.OtherSoftware},
		{"another collection alone", protocol.Record{ReadingHash: "1-a"}, protocol.Record{ReadingHash: "1-b"}, protocol.OtherCollection},
		{"from before it was kept", protocol.Record{PlanSHA256: "p"}, protocol.Record{ReadingHash: "1-a", PlanSHA256: "q"}, protocol.OtherUnknown},
		{"from before it was kept, with the same plan", protocol.Record{PlanSHA256: "p"}, protocol.Record{ReadingHash: "1-a", PlanSHA256: "p"}, ""},
		{"hashed in another way", protocol.Record{ReadingHash: "0-a"}, protocol.Record{ReadingHash: "1-a"}, protocol.OtherUnknown},
	} {
		if c := protocol.Compare("x", tt.before, tt.now); c.ReadOtherwise != tt.want || c.ReadAlike != (tt.want == "") {
			t.Errorf("%s: %q, alike %v, want %q", tt.name, c.ReadOtherwise, c.ReadAlike, tt.want)
		}
	}
}

func TestAReadingIsOfTermsAndNotOfWeights(t *testing.T) {
	plan := func(change func(*index.Plan)) string {
		p := index.Plan{MinShould: 1, Groups: []index.Group{{Alts: []index.Alt{{Field: index.Lemma, Terms: []string{"sprog"}, Weight: 1, Kind: index.AsTyped}}}}}
		change(&p)
		hash, err := protocol.ReadingHash(p)
		if err != nil {
			t.Fatal(err)
		}
		return hash
	}
	as := plan(func(*index.Plan) {})
	if plan(func(p *index.Plan) { p.Groups[0].Alts[0].Weight = .5; p.Size, p.Explain = 10, true }) != as {
		t.Error("weights and pages are read")
	}
	for name, change := range map[string]func(*index.Plan){
		"terms":  func(p *index.Plan) { p.Groups[0].Alts[0].Terms = []string{"tale"} },
		"kind":   func(p *index.Plan) { p.Groups[0].Alts[0].Kind = index.Synonym },
		"field":  func(p *index.Plan) { p.Groups[0].Alts[0].Field = index.Title },
		"filter": func(p *index.Plan) { p.Filters = []index.Filter{{Facet: "type", Values: []string{"praksis"}}} },
		"date":   func(p *index.Plan) { p.FromDay = 20200101 },
	} {
		if plan(change) == as {
			t.Errorf("another %s makes no difference", name)
		}
	}
}
