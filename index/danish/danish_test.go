package danish

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func analyzer(t testing.TB) *Analyzer {
	t.Helper()
	a, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestFoldBringsOneWordToOneForm(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"capitals", "BØRN", "børn"},
		{"decomposed å", "bla\u030a", "blå"},
		{"soft hyphen", "sprog\u00advurdering", "sprogvurdering"},
		{"zero-width space", "sprog\u200bvurdering", "sprogvurdering"},
		{"curly apostrophe", "KL’s", "kl's"},
		{"acute as apostrophe", "SFO´en", "sfo'en"},
		{"no-break hyphen", "e\u2011mail", "e-mail"},
		{"ligature", "\ufb01lm", "film"},
		{"sharp s and times", "Straße×", "straße×"},
	} {
		if got := Fold(c.in); got != c.want {
			t.Errorf("%s: Fold(%q) = %q, want %q", c.name, c.in, got, c.want)
		}
	}
}

func TestGramsMarkTheEndsOfAWord(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"a", "^a$"},
		{"æø", "^æø$"},
		{"leg", "^leg leg$"},
		{"børn", "^bør børn ørn$"},
	} {
		if got := strings.Join(Grams(c.in), " "); got != c.want {
			t.Errorf("Grams(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestOffsetsAreThoseOfTheTextAsWritten(t *testing.T) {
	const text = "Åh, bla\u030abær\u00ad og SFO’en – 3-årige!"
	var got []string
	for _, tok := range analyzer(t).Tokens(text) {
		if text[tok.Start:tok.End] != tok.Surface {
			t.Errorf("surface %q is not text[%d:%d]", tok.Surface, tok.Start, tok.End)
		}
		got = append(got, tok.Surface+"="+tok.Text)
	}
	want := []string{"Åh=åh", "bla\u030abær=blåbær", "og=og", "SFO’en=sfo'en", "3-årige=3-årige"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestTitleStandsThreeTimesBeforeTheBody(t *testing.T) {
	f := analyzer(t).Fields("Leg og læring", "Barnet leger.", "da")
	var exact []Term
	exact = append(exact, f.Exact.Terms...)
	want := []Term{
		{"leg", 0},
		{"og", 1},
		{"læring", 2},
		{"leg", 103},
		{"og", 104},
		{"læring", 105},
		{"leg", 206},
		{"og", 207},
		{"læring", 208},
		{"barnet", 309},
		{"leger", 310},
	}
	if diff := cmp.Diff(want, exact); diff != "" {
		t.Error(diff)
	}
	if f.Exact.Length != 11 || f.Lemma.Length != 11 || f.Title.Length != 3 {
		t.Errorf("lengths %d, %d, %d, want 11, 11, 3", f.Exact.Length, f.Lemma.Length, f.Title.Length)
	}
	if len(f.Pairs.Terms) != 4 || f.Pairs.Terms[0].Text != Pair("leg", "læring") {
		t.Errorf("pairs %v, want leg+læring three times and one of the body", f.Pairs.Terms)
	}
}

func TestAnEmptyDocumentHasNoTerms(t *testing.T) {
	f := analyzer(t).Fields("", " – \n", "da")
	for name, field := range f.All() {
		if len(field.Terms) != 0 || field.Length != 0 {
			t.Errorf("%s: %v", name, field)
		}
	}
}

func TestEnglishTextIsStemmedAsEnglish(t *testing.T) {
	f := analyzer(t).Fields("", "Early interventions", "en")
	if diff := cmp.Diff([]Term{{"earli·en", 0}, {"intervent·en", 1}}, f.Lemma.Terms); diff != "" {
		t.Error(diff)
	}
}

func FuzzTokensLieInOrderInsideTheText(f *testing.F) {
	for _, s := range []string{"", "Børne- og ungeområdet", "1.000 kr. (0-6-årige)", "a\u0301\u00ad'b", "\xff\xfe", "http://emu.dk/x?y=1, a@b.dk", "-en -to", "e-mail's", "KL's SFOen ÆØÅs Ås, Øen: slut.", "a.b c,d: e;f(g)h"} {
		f.Add(s)
	}
	a := analyzer(f)
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for i, tok := range a.Tokens(text) {
			if tok.Start < last || tok.End <= tok.Start || tok.End > len(text) || text[tok.Start:tok.End] != tok.Surface || tok.Pos != i {
				t.Fatalf("%q: token %+v after %d", text, tok, last)
			}
			if tok.Text == "" || len(tok.Lemmas) == 0 || Fold(tok.Text) != tok.Text || Fold(tok.Surface) != tok.Text {
				t.Fatalf("%q: %+v is not folded", text, tok)
			}
			if end := (&scanner{text: text}).wordEnd(tok.Start); end != tok.End {
				t.Fatalf("%q: %+v ends at %d", text, tok, end)
			}
			for _, p := range tok.Parts {
				if p.Start < tok.Start || p.End > tok.End || p.Start >= p.End || p.Lemma == "" {
					t.Fatalf("%q: part %+v outside of %+v", text, p, tok)
				}
			}
			last = tok.End
		}
	})
}

func TestOneAnalyzerServesManyGoroutines(t *testing.T) {
	const text = "Sprogvurderinger af 3-årige: lærings- og udviklingsmuligheder i småbørnsklubberne, SFO'en og Aarhus"
	a := analyzer(t)
	want := a.Fields("Børnehaver", text, "da")
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			for i := range 200 {
				a.Tokens(strings.Repeat("ord", i%20) + fmt.Sprint(i))
				if got := a.Fields("Børnehaver", text, "da"); !cmp.Equal(want, got) {
					t.Error("another goroutine changed the fields")
					return
				}
			}
		})
	}
	wait.Wait()
}

func FuzzFieldsAreInOrderAndWithoutEmptyTerms(f *testing.F) {
	f.Add("Leg og læring", "Lærings- og udviklingsmuligheder for 0-6-årige, KL's udspil", "da")
	f.Add("", "Early years' interventions", "en")
	f.Add("a\u0301\u00ad", "\xc3\xff\xf0\x90 1.000.000,5 x@y.dk", "da")
	a := analyzer(f)
	f.Fuzz(func(t *testing.T, title, body, lang string) {
		fields := a.Fields(title, body, lang)
		for name, field := range fields.All() {
			last := 0
			for _, term := range field.Terms {
				if term.Text == "" || term.Pos < last {
					t.Fatalf("%s of %q, %q: %+v after position %d", name, title, body, term, last)
				}
				last = term.Pos
			}
			if field.Length > len(field.Terms) {
				t.Fatalf("%s of %q, %q: length %d of %d terms", name, title, body, field.Length, len(field.Terms))
			}
		}
		if fields.Exact.Length != len(fields.Exact.Terms) || fields.Lemma.Length != fields.Exact.Length {
			t.Fatalf("%q, %q: %d exact terms, lengths %d and %d", title, body, len(fields.Exact.Terms), fields.Exact.Length, fields.Lemma.Length)
		}
	})
}

func TestAWordOfAListHasAShapeOfTheList(t *testing.T) {
	for w := range stopDanish {
		if !stopShapes.has(w) {
			t.Errorf("%q is a stop word without a shape", w)
		}
	}
	for w := range numberNames {
		if !numberShapes.has(w) {
			t.Errorf("%q is a number word without a shape", w)
		}
		if !article(w) && numberNamed(w) == "" {
			t.Errorf("%q is passed over", w)
		}
	}
	for _, w := range []string{"", "børnehaveklasseleder", "x"} {
		if stopShapes.has(w) {
			t.Errorf("%q has the shape of a stop word", w)
		}
	}
}

func TestTheCacheIsBoundedAndGivesBackWhatItGot(t *testing.T) {
	c := newCache(4)
	for i := range 100 {
		key := fmt.Sprintf("ord%d", i)
		slot := c.slot([]byte(key))
		w := &word{exact: key}
		c.put(slot, w)
		if c.get(slot, []byte(key)) != w {
			t.Fatalf("%s is not there", key)
		}
		if got := c.get(slot, []byte("andet")); got != nil {
			t.Fatalf("%q for another key", got.exact)
		}
	}
	piece := &word{exact: "børne", begins: true}
	c.put(0, piece)
	if c.get(0, []byte("børne")) != nil || c.get(0, []byte("børne-")) != piece {
		t.Error("a piece is taken for the word that is spelt alike")
	}
	long := strings.Repeat("x", maxWord+1)
	c.put(0, &word{exact: long})
	if c.get(0, []byte(long)) != nil {
		t.Error("no word of a language is remembered")
	}
}

// FuzzTextsAreReadAlikeAndPiecesLieInThem holds what every caller relies on: reading a text again, by an analyzer that has read
// others, gives the same; and what elliptical pieces stand for is lent from the text.
func FuzzTextsAreReadAlikeAndPiecesLieInThem(f *testing.F) {
	for _, s := range []string{
		"børne -og ungepædagog", "sprog- og motorikvejleder, -konsulent og -leder", "børne\u00ad- og unge-\u00adpædagog", "0 – 6 år, 2½-årige, ½",
		"2 til 3 årige og to-tre år", "SFOen KL’s LSet", "1.000-dages-programmet", "3 -og 4-årige", "tusinddages", "social- og sundhedsassistentuddannelsen",
		"-og -eller", "a½b", "½½ ½-årig", "børne–", "‑og",
	} {
		f.Add(s)
	}
	warm, err := New()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		tokens := warm.Tokens(text)
		if diff := cmp.Diff(tokens, warm.Tokens(text)); diff != "" {
			t.Fatalf("%q read twice: %s", text, diff)
		}
		for _, tok := range tokens {
			for _, x := range tok.Expansions {
				if x.Start < 0 || x.End > len(text) || x.Start >= x.End || x.Text == "" || len(x.Lemmas) == 0 {
					t.Fatalf("%q: expansion %+v of %+v", text, x, tok)
				}
			}
			if !strings.HasPrefix(tok.Surface, tok.Abbreviation) {
				t.Fatalf("%q: abbreviation %q of %q", text, tok.Abbreviation, tok.Surface)
			}
			at := 0
			for _, piece := range tok.Split {
				i := strings.Index(tok.Text[at:], piece)
				if i < 0 {
					t.Fatalf("%q: pieces %q of %q", text, tok.Split, tok.Text)
				}
				at += i + len(piece)
			}
		}
	})
}
