package opensearch

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"smaabornsviden/index"

	"github.com/blevesearch/vellum"
	"github.com/google/go-cmp/cmp"
)

// published is an index with documents and a dictionary, and a reader that looks words up in it.
func published(t *testing.T) (writer, reader *Store) {
	t.Helper()
	o := fresh(t)
	writer = open(t, o)
	if err := writer.Rebuild(t.Context(), fed(1, 120)); err != nil {
		t.Fatal(err)
	}
	if err := writer.PublishTerms(t.Context()); err != nil {
		t.Fatal(err)
	}
	o.ReadOnly, o.TermsAge = true, time.Millisecond
	reader = open(t, o)
	awaitDictionary(t, reader)
	return writer, reader
}

func awaitDictionary(t *testing.T, s *Store) {
	t.Helper()
	waitFor(t, "the dictionary", func() bool {
		if _, err := s.Search(t.Context(), index.Plan{Size: 1}); err != nil {
			t.Fatal(err)
		}
		return s.dictionary() != nil
	})
}

func TestTheDictionaryTellsWhatTheClusterCounts(t *testing.T) {
	writer, reader := published(t)
	for _, f := range dictionaryFields {
		all, err := writer.Terms(t.Context(), f, "", 50_000)
		if err != nil || len(all) < 50 {
			t.Fatalf("%d terms of %s, %v", len(all), f, err)
		}
		prefixes := []string{"", "b", "bø", "sprog", "å", "z", all[0].Text, all[len(all)-1].Text}
		for _, prefix := range prefixes {
			for _, n := range []int{0, 1, 7, 50_000} {
				want, err := writer.terms(t.Context(), f, prefix, n)
				if err != nil {
					t.Fatal(err)
				}
				got, known := reader.words.held.terms(f, prefix, n)
				if diff := cmp.Diff(want, got); !known || diff != "" {
					t.Errorf("%s, prefix %q, %d terms (-cluster +dictionary)\n%s", f, prefix, n, diff)
				}
			}
		}
		var words []string
		var want []int
		for _, term := range append(all, index.Term{Text: "findesikke"}) {
			words, want = append(words, term.Text), append(want, term.Docs)
		}
		if got, err := reader.DocFreq(t.Context(), f, words); err != nil || !cmp.Equal(want, got) {
			t.Errorf("counts of %s: %v\n%s", f, err, cmp.Diff(want, got))
		}
		walked, known, err := reader.Walk(t.Context(), f, &vellum.AlwaysMatch{})
		slices.SortFunc(all, func(a, b index.Term) int { return strings.Compare(a.Text, b.Text) })
		if diff := cmp.Diff(all, walked); err != nil || !known || diff != "" {
			t.Errorf("walk of %s: known %v, %v (-listed +walked)\n%s", f, known, err, diff)
		}
	}
}

// TestAWordThatCameLaterIsKnown is what keeps a reader's right word from being mended.
func TestAWordThatCameLaterIsKnown(t *testing.T) {
	writer, reader := published(t)
	if err := writer.Apply(t.Context(), index.Batch{Puts: []index.Document{{ID: "ny", Title: "zyzzyva"}}, Seq: 2}); err != nil {
		t.Fatal(err)
	}
	reader.words.at = time.Time{} // it has not heard of the cluster for a while
	got, err := reader.DocFreq(t.Context(), index.Exact, []string{"zyzzyva", "findesikke"})
	if err != nil || !cmp.Equal(got, []int{1, 0}) {
		t.Errorf("got %v, %v, want 1 and 0", got, err)
	}
	if err := writer.PublishTerms(t.Context()); err != nil {
		t.Fatal(err)
	}
	waitFor(t, "the newer dictionary", func() bool {
		d := reader.dictionary()
		if d == nil {
			return false
		}
		n, _ := d.docs(index.Exact, "zyzzyva")
		return n == 1
	})
	records, err := writer.Shelf().List(t.Context(), dictionaryKind, time.Time{}, 100)
	if want := 1 + len(dictionaryFields); err != nil || len(records) != want {
		t.Errorf("%d records of dictionaries are left, %v; want %d", len(records), err, want)
	}
}

func TestAnotherGenerationsDictionaryIsNotAsked(t *testing.T) {
	writer, reader := published(t)
	if err := writer.Rebuild(t.Context(), fed(2, 10)); err != nil {
		t.Fatal(err)
	}
	if _, err := reader.Search(t.Context(), index.Plan{Size: 1}); err != nil {
		t.Fatal(err)
	}
	if reader.dictionary() != nil {
		t.Error("the dictionary of the generation before still answers")
	}
	if err := writer.PublishTerms(t.Context()); err != nil {
		t.Fatal(err)
	}
	awaitDictionary(t, reader)
}

func TestATornDictionaryIsNotTaken(t *testing.T) {
	writer, reader := published(t)
	head, err := writer.dictionaryHead(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	head.Stamp = "andet" + head.Stamp
	for _, f := range dictionaryFields {
		damaged := Record{Kind: dictionaryKind, ID: head.part(f, 0), Body: []byte("ikke en ordbog")}
		if err := writer.Shelf().Put(t.Context(), damaged); err != nil {
			t.Fatal(err)
		}
	}
	if err := writer.Shelf().Put(t.Context(), Record{Kind: dictionaryKind, ID: dictionaryHeadID, Body: mustJSON(t, head)}); err != nil {
		t.Fatal(err)
	}
	held := reader.words.held
	got, err := reader.readDictionary(t.Context(), held)
	if err == nil || got != held || !strings.Contains(err.Error(), errTorn.Error()) {
		t.Errorf("got %v, want the dictionary that was held and %v", err, errTorn)
	}
}

func TestAClosedStoreLoadsNoDictionary(t *testing.T) {
	s := &Store{options: Options{TermsAge: time.Second}, closing: make(chan struct{})}
	s.words.end(s.closing)
	s.words.end(s.closing) // once more is no mistake
	if s.dictionary() != nil || s.words.loading {
		t.Error("a closed store loads a dictionary")
	}
}

func mustJSON(t *testing.T, v any) []byte {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// BenchmarkDictionary looks words up among a million, as many as some hundred thousand documents have.
func BenchmarkDictionary(b *testing.B) {
	var file bytes.Buffer
	builder, err := vellum.New(&file, nil)
	if err != nil {
		b.Fatal(err)
	}
	const words = 1_000_000
	for i := range words {
		if err := builder.Insert(fmt.Appendf(nil, "%c%06d", 'a'+i*26/words, i), uint64(i*7919%5000)); err != nil {
			b.Fatal(err)
		}
	}
	if err := builder.Close(); err != nil {
		b.Fatal(err)
	}
	fst, err := vellum.Load(file.Bytes())
	if err != nil {
		b.Fatal(err)
	}
	d := &dictionary{fields: map[index.Field]*vellum.FST{index.Exact: fst}}
	for _, prefix := range []string{"b", "b04", "b0400"} {
		b.Run("list/"+prefix, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				d.terms(index.Exact, prefix, 20)
			}
		})
	}
	b.Run("count/500", func(b *testing.B) {
		for b.Loop() {
			for i := range 500 {
				d.docs(index.Exact, "b04000"+string(rune('0'+i%10)))
			}
		}
	})
}

func TestHowManyTermsAnAnswerHoldsFollowsTheCluster(t *testing.T) {
	for name, c := range map[string]struct {
		set  string // as the cluster answers
		want int
	}{
		"not to be read":          {`{}`, 65_035},
		"default":                 {`{"defaults": {"search": {"max_buckets": "65535"}}}`, 65_035},
		"raised for good":         {`{"persistent": {"search": {"max_buckets": "300000"}}}`, 299_500},
		"until the next restart":  {`{"persistent": {"search": {"max_buckets": "300000"}}, "transient": {"search": {"max_buckets": "100000"}}}`, 99_500},
		"more than is to be sent": {`{"persistent": {"search": {"max_buckets": "9000000"}}}`, mostAtOnce},
		"few":                     {`{"persistent": {"search": {"max_buckets": "600"}}}`, 300},
		"unreadable":              {`{"persistent": {"search": {"max_buckets": "many"}}}`, 65_035},
	} {
		t.Run(name, func(t *testing.T) {
			var set map[string]scope
			if err := json.Unmarshal([]byte(c.set), &set); err != nil {
				t.Fatal(err)
			}
			if got := atOnce(set); got != c.want {
				t.Errorf("%d terms at once, want %d", got, c.want)
			}
		})
	}
}

func TestADictionaryOfManyAnswersIsThatOfOne(t *testing.T) {
	writer, _ := published(t)
	for _, f := range dictionaryFields {
		whole, n, err := writer.collect(t.Context(), f, mostOf(t, writer))
		if err != nil {
			t.Fatal(err)
		}
		pieces, m, err := writer.collect(t.Context(), f, 7)
		if err != nil || n != m || !bytes.Equal(whole, pieces) {
			t.Errorf("%s: %d terms at once, %d by sevens, %v", f, n, m, err)
		}
	}
}

// mostOf is what the cluster says of itself.
func mostOf(t *testing.T, s *Store) int {
	t.Helper()
	n, err := s.termsAtOnce(t.Context())
	if err != nil || n < 10_000 {
		t.Fatalf("%d terms at once, %v", n, err)
	}
	return n
}
