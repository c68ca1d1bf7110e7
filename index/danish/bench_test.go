package danish

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"smaabornsviden/index/danish/lexicon"
)

// articles are the texts of the demonstration sites, without their markup.
func articles(tb testing.TB) (texts []string, bytes int) {
	tb.Helper()
	names, err := filepath.Glob("../../crawler/demosite/content/*.html")
	if err != nil || len(names) == 0 {
		tb.Skip("no articles in crawler/demosite/content")
	}
	tags := regexp.MustCompile(`(?s)<[^>]*>|^---.*?\n---`)
	for _, name := range names {
		html, err := os.ReadFile(name)
		if err != nil {
			tb.Fatal(err)
		}
		text := tags.ReplaceAllString(string(html), " ")
		texts = append(texts, text)
		bytes += len(text)
	}
	return texts, bytes
}

// BenchmarkFields is the whole chain, text to all fields: with a cache that has seen the texts, and from an empty one.
func BenchmarkFields(b *testing.B) {
	texts, bytes := articles(b)
	b.Run("warm", func(b *testing.B) {
		a := analyzer(b)
		b.SetBytes(int64(bytes))
		b.ReportAllocs()
		for b.Loop() {
			for _, text := range texts {
				a.Fields("", text, "da")
			}
		}
	})
	b.Run("cold", func(b *testing.B) {
		b.SetBytes(int64(bytes))
		b.ReportAllocs()
		for b.Loop() {
			a := analyzer(b)
			for _, text := range texts {
				a.Fields("", text, "da")
			}
		}
	})
	b.Run("refilled", func(b *testing.B) { // as a writer of documents does it
		a := analyzer(b)
		var fields Fields
		b.SetBytes(int64(bytes))
		b.ReportAllocs()
		for b.Loop() {
			for _, text := range texts {
				a.Fill(&fields, "", text, "da")
			}
		}
	})
}

// BenchmarkUnknownWord is the analysis of a compound that is in no lexicon.
func BenchmarkUnknownWord(b *testing.B) {
	r := newReader(analyzer(b).lex)
	b.ReportAllocs()
	for b.Loop() {
		danishWord(r, "^sprogstimuleringsindsatserne$")
	}
}

// BenchmarkLoad is what a process pays once for the lexicon, BenchmarkNew what it pays for every analyzer.
func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := lexicon.Load(lexiconFile); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		analyzer(b)
	}
}

func TestAnalysisAllocatesLittle(t *testing.T) {
	texts, bytes := articles(t)
	a := analyzer(t)
	allocs := testing.AllocsPerRun(3, func() {
		for _, text := range texts {
			a.Fields("", text, "da")
		}
	})
	cold := testing.AllocsPerRun(3, func() {
		a := analyzer(t)
		for _, text := range texts {
			a.Fields("", text, "da")
		}
	})
	t.Logf("%.1f allocations per kB, %.1f with a new analyzer (want <= 60)", allocs/float64(bytes)*1000, cold/float64(bytes)*1000)
	if max(allocs, cold)/float64(bytes)*1000 > 60 {
		t.Error("the analysis allocates too much")
	}
}

func TestLookingAWordUpAllocatesNothing(t *testing.T) {
	lex := analyzer(t).lex
	if n := testing.AllocsPerRun(100, func() { lex.Lookup("børnehaver") }); n > 0 {
		t.Errorf("%v allocations per look-up", n)
	}
}
