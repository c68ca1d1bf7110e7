package danish

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFieldsFilledAgainAreThoseOfTheirTextAlone(t *testing.T) {
	a := analyzer(t)
	var again Fields
	for _, text := range []string{
		"Børne- og ungeområdet i Århus har 0-6-årige børn.", "", "sprogvurdering", "To ord, så tre ord, og så mange flere ord i én sætning.",
	} {
		a.Fill(&again, "Titel", text, "da")
		fresh := a.Fields("Titel", text, "da")
		if diff := cmp.Diff(fresh, again); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
}

func TestTermsOfOneDocumentOutliveTheNext(t *testing.T) {
	a := analyzer(t)
	var f Fields
	a.Fill(&f, "", "sprog i hverdagen", "da")
	pairs := slices.Clone(f.Pairs.Terms)
	a.Fill(&f, "", "motorik om dagen", "da")
	if want := []Term{{"sprog_hverdag", 2}}; !slices.Equal(pairs, want) {
		t.Errorf("%v, want %v", pairs, want)
	}
}

// plainFields are the fields of a document as their comments tell them, word by word from its tokens.
func plainFields(a *Analyzer, title, body, lang string) Fields {
	var f Fields
	head := a.TokensIn(title, lang)
	from := 0
	for i, block := range [][]Token{head, head, head, a.TokensIn(body, lang)} {
		if len(block) == 0 {
			continue
		}
		if i == 0 {
			f.Title.write(0, block, formsOf)
			f.TitleExact.write(0, block, func(t Token) []string { return []string{t.Text} })
		} else if from > 0 {
			from += gap
		}
		f.Exact.write(from, block, func(t Token) []string { return []string{t.Text} })
		f.Lemma.write(from, block, formsOf)
		f.Parts.write(from, block, partsOf)
		f.Grams.write(from, block, gramsOf)
		last := ""
		f.Pairs.write(from, block, func(t Token) (pairs []string) {
			if t.Stop {
				return nil
			}
			if last != "" {
				pairs = []string{Pair(last, t.Lemmas[0])}
			}
			last = t.Lemmas[0]
			return pairs
		})
		f.Exact.Length, f.Lemma.Length = len(f.Exact.Terms), len(f.Exact.Terms)
		for _, t := range block {
			f.Parts.Length += len(t.Parts)
		}
		from += len(block)
	}
	f.Title.Length, f.TitleExact.Length = len(head), len(head)
	f.Grams.Length, f.Pairs.Length = len(f.Grams.Terms), len(f.Pairs.Terms)
	return f
}

func (f *Field) write(from int, block []Token, terms func(Token) []string) {
	for i, t := range block {
		for _, text := range terms(t) {
			f.Terms = append(f.Terms, Term{text, from + i})
		}
	}
}

func formsOf(t Token) []string {
	forms := slices.Clone(t.Lemmas)
	for _, x := range t.Expansions {
		forms = append(forms, x.Lemmas...)
	}
	return forms
}

func partsOf(t Token) (forms []string) {
	for _, p := range t.Parts {
		forms = append(append(forms, p.Lemma), p.Alt...)
	}
	return forms
}

func gramsOf(t Token) []string {
	if t.Stop || len(t.Text) > maxWord {
		return nil
	}
	return Grams(t.Text)
}

func TestFieldsAreWhatTheTokensSay(t *testing.T) {
	texts, _ := articles(t)
	for _, name := range []string{"compounds", "hierarchy", "simplex", "whole"} {
		words, err := os.ReadFile("testdata/" + name + ".tsv")
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(words))
	}
	texts = append(texts,
		"Børne -og ungepædagoger, sprog- og motorikvejleder, -konsulent; 2-3 år, 2½ år, mor/barn-relation, KL's kl. 12",
		"a\u0301\u00ad \xc3\xff\xf0\x90 1.000.000,5 x@y.dk "+strings.Repeat("langtord", 20), "ð ʼn ﬁn", "",
	)
	used := analyzer(t)
	var f Fields
	for _, lang := range []string{"da", "en"} {
		for _, text := range texts {
			title := text[:min(len(text), 40)]
			used.Fill(&f, title, text, lang)
			want := plainFields(analyzer(t), title, text, lang) // by an analyzer that remembers no word
			for _, c := range []struct {
				name      string
				want, got Field
			}{
				{"exact", want.Exact, f.Exact},
				{"lemma", want.Lemma, f.Lemma},
				{"parts", want.Parts, f.Parts},
				{"grams", want.Grams, f.Grams},
				{"pairs", want.Pairs, f.Pairs},
				{"title", want.Title, f.Title},
				{"title_exact", want.TitleExact, f.TitleExact},
			} {
				if c.want.Length != c.got.Length || !slices.Equal(c.want.Terms, c.got.Terms) {
					t.Fatalf("%s of %.40q, %s: %s", c.name, text, lang, cmp.Diff(c.want, c.got))
				}
			}
		}
	}
}
