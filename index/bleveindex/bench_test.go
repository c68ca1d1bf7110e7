//go:build unix

package bleveindex

import (
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"smaabornsviden/index"
	"smaabornsviden/index/danish"
	"smaabornsviden/index/indextest"
)

// benchDocs is the size of the corpus: recombined sentences, so its dictionary is small and its postings
// are long, which is hard on scoring and counting.
const benchDocs = 20_000

var benchQueries = []string{
	"sprogudvikling i vuggestuen", "tilknytning", "indkøring", "fædres barsel", "hvad betyder søvn for børn",
	"forældresamarbejde", "motorik på legepladsen", "dialogisk læsning i børnehaven",
}

func BenchmarkSearch(b *testing.B) {
	a := analyzer(b)
	dir := b.TempDir()
	s := openStore(b, dir, Options{Analyzer: a})
	benchFill(b, s)
	facets := []string{index.FacetTopic, index.FacetAge, index.FacetType, index.FacetSource, index.FacetYear}
	benchPlans(b, "ten hits", s, a, func(p *index.Plan) {})
	benchPlans(b, "with bodies", s, a, func(p *index.Plan) { p.WithBody = true })
	benchPlans(b, "with five facets", s, a, func(p *index.Plan) { p.Facets = facets })
	benchPlans(b, "a page as shown", s, a, func(p *index.Plan) { p.Facets, p.WithBody, p.Explain = facets, true, true })
	benchPlans(b, "without grams", s, a, func(p *index.Plan) {
		p.Groups = slices.DeleteFunc(p.Groups, func(g index.Group) bool { return g.Occur == index.Lift })
	})
	benchPlans(b, "newest first", s, a, func(p *index.Plan) { p.Sort = index.ByNewest })
	benchPlans(b, "everything, five facets", s, a, func(p *index.Plan) { p.Groups, p.Facets = nil, facets })
	closeStore(b, s)

	s = openStore(b, dir, Options{Analyzer: a, CacheBytes: 1})
	benchPlans(b, "five facets, no cache", s, a, func(p *index.Plan) { p.Facets = facets })
	closeStore(b, s)
}

func benchFill(b *testing.B, s *Store) {
	b.Helper()
	seq := uint64(0)
	start := time.Now()
	for chunk := range slices.Chunk(indextest.Corpus(1, benchDocs), 1000) {
		seq++
		apply(b, s, index.Batch{Seq: seq, Puts: chunk})
	}
	stats, err := s.Stats(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("%d documents, %.1f MB, %.0f documents/s", stats.Documents, float64(stats.Bytes)/1e6, benchDocs/time.Since(start).Seconds())
}

// benchPlans answers the queries in turn and reports the processor time of one.
func benchPlans(b *testing.B, name string, s *Store, a *danish.Analyzer, change func(*index.Plan)) {
	var plans []index.Plan
	for _, q := range benchQueries {
		p := benchPlan(a, q)
		change(&p)
		plans = append(plans, p)
	}
	b.Run(name, func(b *testing.B) {
		b.ReportAllocs()
		before, hits, n := cpuTime(), 0, 0
		for b.Loop() {
			page, err := s.Search(b.Context(), plans[n%len(plans)])
			if err != nil {
				b.Fatal(err)
			}
			hits += page.Total
			n++
		}
		b.ReportMetric(float64(cpuTime()-before)/1e3/float64(n), "cpu-µs/op")
		b.ReportMetric(float64(hits)/float64(n), "hits/op")
	})
}

// benchPlan asks for words as lemmas, as written and as parts, lifted by their grams and pairs.
func benchPlan(a *danish.Analyzer, q string) index.Plan {
	p := index.Plan{Size: 10}
	last := ""
	for _, t := range a.Tokens(q) {
		lemmas := strings.Join(t.Lemmas, "|")
		p.Groups = append(p.Groups, index.Group{Alts: []index.Alt{
			{Field: index.Lemma, Terms: []string{lemmas}, Weight: 1},
			{Field: index.Exact, Terms: []string{t.Text}, Weight: .2},
			{Field: index.Parts, Terms: []string{lemmas}, Weight: .5},
		}})
		lifts := danish.Grams(t.Text)
		if last != "" {
			p.Groups = append(p.Groups, lift(index.Pairs, danish.Pair(last, t.Lemmas[0])))
		}
		for _, g := range lifts {
			p.Groups = append(p.Groups, lift(index.Grams, g))
		}
		last = t.Lemmas[0]
	}
	return p
}

func lift(f index.Field, term string) index.Group {
	return index.Group{Occur: index.Lift, Alts: []index.Alt{{Field: f, Terms: []string{term}, Weight: .3}}}
}

// cpuTime is the processor time that this process has used, in nanoseconds: on a busy machine the only time
// that means anything.
func cpuTime() int64 {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		return 0
	}
	return r.Utime.Nano() + r.Stime.Nano()
}

func BenchmarkApply(b *testing.B) {
	s := openStore(b, b.TempDir(), Options{Analyzer: analyzer(b)})
	defer closeStore(b, s)
	docs := indextest.Corpus(2, 1000)
	size := 0
	for i := range docs {
		size += len(docs[i].Title) + len(docs[i].Body)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	before, seq := cpuTime(), uint64(0)
	for b.Loop() {
		seq++
		apply(b, s, index.Batch{Seq: seq, Puts: docs})
	}
	b.ReportMetric(float64(seq)*1000/(float64(cpuTime()-before)/1e9), "docs/cpu-s")
}
