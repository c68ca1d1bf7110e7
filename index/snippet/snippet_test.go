package snippet

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"smaabornsviden/index/danish"
	"smaabornsviden/index/query"
	"smaabornsviden/index/vocab"
)

func marker(t testing.TB, q string) *Marker {
	t.Helper()
	a, err := danish.New()
	if err != nil {
		t.Fatal(err)
	}
	plan, _ := query.Build(a, q)
	return New(a, plan)
}

// shown writes a text with its marks as [brackets].
func shown(text string, marks []Mark) string {
	var b strings.Builder
	at := 0
	for _, m := range marks {
		b.WriteString(text[at:m.Start] + "[" + text[m.Start:m.End] + "]")
		at = m.End
	}
	b.WriteString(text[at:])
	return b.String()
}

func TestMarksFindInflectedWordsAndPhrases(t *testing.T) {
	tests := []struct{ name, query, text, want string }{
		{"inflected", "vuggestue", "De gik i vuggestuen og vuggestuer.", "De gik i [vuggestuen] og [vuggestuer]."},
		{"no match", "dagpleje", "De gik i vuggestuen.", "De gik i vuggestuen."},
		{"phrase whole", `"tryg tilknytning"`, "Om tryg tilknytning, ikke tilknytning.", "Om [tryg tilknytning], ikke tilknytning."},
		{"excluded words are not marked", "leg -skole", "leg i skole", "[leg] i skole"},
		{"soft hyphen inside", "vuggestue", "vugge\u00adstue", "[vugge\u00adstue]"},
		{"an imperative is no past tense", "barnet bider", "Bed barnet om hjælp. Hunden bed barnet.", "Bed [barnet] om hjælp. Hunden [bed] [barnet]."},
		{"an imperative is its verb", "bede lide", "– Bed om hjælp!\nLed efter den.", "– [Bed] om hjælp!\nLed efter den."},
		{"a noun that begins a sentence", "besøg", "Besøg hjemme.", "[Besøg] hjemme."},
		{"capitals", "leg", "LEG er Leg", "[LEG] er [Leg]"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := shown(tt.text, marker(t, tt.query).Marks(tt.text)); got != tt.want {
				t.Errorf("marks of %q = %q, want %q", tt.query, got, tt.want)
			}
		})
	}
}

const article = "Mange kommuner arbejder med overgange. Det er der gode grunde til.\n" +
	"I Lindeby begynder indkøringen hjemme hos familien. Pædagogen kommer på besøg, før barnet starter i vuggestuen. " +
	"Indkøringen varer 14 dage.\nKontakt os for at høre mere."

func TestPassagePrefersTheSentenceWithMostWords(t *testing.T) {
	s := marker(t, "indkøring vuggestue").Passage(article, 130)
	if !strings.Contains(s.Text, "indkøringen") || !strings.Contains(s.Text, "vuggestuen") {
		t.Errorf("passage %q lacks one of the words", s.Text)
	}
	if !s.Before || !s.After {
		t.Errorf("Before, After = %v, %v, want true, true", s.Before, s.After)
	}
}

func TestPassageOfAnUnmatchedTextIsItsBeginning(t *testing.T) {
	s := marker(t, "dinosaur").Passage(article, 60)
	if !strings.HasPrefix(article, s.Text) || len(s.Marks) != 0 {
		t.Errorf("passage %q with %d marks, want the beginning without marks", s.Text, len(s.Marks))
	}
}

func TestPassageHonoursNoSnippet(t *testing.T) {
	if s := marker(t, "leg").Passage(article, -1); s.Text != "" {
		t.Errorf("passage %q, want none", s.Text)
	}
}

func TestSentencesKeepAbbreviationsAndNumbersWhole(t *testing.T) {
	text := "Det koster 14,2 mio. kr. i alt. Det er 3. udgave! Se f.eks. Bilag 2. Den 21. august kl. 9. Slut?\nNy linje. For 9\u00a0kr. I dag"
	want := []string{"Det koster 14,2 mio. kr. i alt. ", "Det er 3. udgave! ", "Se f.eks. Bilag 2. Den 21. august kl. 9. Slut?\n", "Ny linje. ", "For 9\u00a0kr. I dag"}
	var got []string
	for _, s := range Sentences(text) {
		got = append(got, text[s[0]:s[1]])
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("sentences (-want +got):\n%s", diff)
	}
}

func FuzzPassageIsAPieceOfTheText(f *testing.F) {
	f.Add("indkøring vuggestue", article, 100)
	f.Add(`"a b" c*`, "a b\u00ad c\n\n. A", 5)
	a, err := danish.New()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, q, text string, limit int) {
		if !utf8.ValidString(text) || len(q) > query.MaxBytes || len(text) > 1<<14 {
			return
		}
		plan, _ := query.Build(a, q)
		s := New(a, plan).Passage(text, limit%500)
		if s.Text != text[s.Offset:s.Offset+len(s.Text)] {
			t.Fatalf("passage %q is not at offset %d", s.Text, s.Offset)
		}
		at := 0
		for _, m := range s.Marks {
			if m.Start < at || m.End <= m.Start || m.End > len(s.Text) {
				t.Fatalf("mark %+v out of order or bounds in %q", m, s.Text)
			}
			if m.PartEnd > 0 && (m.PartStart < m.Start || m.PartEnd > m.End) {
				t.Fatalf("part of %+v lies outside its word", m)
			}
			at = m.End
		}
		if n := utf8.RuneCountInString(s.Text); limit%500 > 0 && n > limit%500 {
			t.Fatalf("passage has %d characters, limit %d", n, limit%500)
		}
	})
}

func TestMarksShowPartsAndEllipticalPieces(t *testing.T) {
	tests := []struct{ name, query, text, want string }{
		{"part of a compound", "sprog", "En sprogvurdering.", "En [<sprog>vurdering]."},
		{"head of a compound", "vurdering", "Sprogvurderingen!", "[Sprog<vurderingen>]!"},
		{"elliptical beginning", "læringsmuligheder", "Om lærings- og udviklingsmuligheder.", "Om [lærings]- og udviklings[muligheder]."},
		{"elliptical ending", "forældreinddragelse", "Forældresamarbejde og -inddragelse.", "[Forældre]samarbejde og -[inddragelse]."},
		{"English text", "children", "The child and children.", "The child and [children]."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := marker(t, tt.query)
			if got := emphasised(tt.text, m.Marks(tt.text)); got != tt.want {
				t.Errorf("marks of %q = %q, want %q", tt.query, got, tt.want)
			}
		})
	}
}

func TestMarksReadEnglishAsEnglish(t *testing.T) {
	text := "Nurseries and a nursery."
	if got := shown(text, marker(t, "nursery").MarksIn(text, "en")); got != "[Nurseries] and a [nursery]." {
		t.Errorf("marks = %q, want both forms", got)
	}
}

// emphasised writes marks as [brackets] and the parts that stand out as <angles>.
func emphasised(text string, marks []Mark) string {
	var b strings.Builder
	at := 0
	for _, m := range marks {
		b.WriteString(text[at:m.Start] + "[")
		if m.PartEnd > 0 {
			b.WriteString(text[m.Start:m.PartStart] + "<" + text[m.PartStart:m.PartEnd] + ">" + text[m.PartEnd:m.End])
		} else {
			b.WriteString(text[m.Start:m.End])
		}
		b.WriteString("]")
		at = m.End
	}
	return b.String() + text[at:]
}

func FuzzMarksComeOffAgain(f *testing.F) {
	f.Add("sprog læringsmuligheder", "Lærings- og udviklingsmuligheder, børne-, unge- og familieområdet. sprog\u00advurdering")
	f.Add(`"a b" -c d*`, "a b\u00ad c d\xff-e")
	a, err := danish.New()
	if err != nil {
		f.Fatal(err)
	}
	without := strings.NewReplacer("\x00", "", "\x01", "", "\x02", "", "\x03", "")
	f.Fuzz(func(t *testing.T, q, text string) {
		if len(q) > query.MaxBytes || len(text) > 1<<14 || without.Replace(text) != text {
			return
		}
		plan, _ := query.Build(a, q)
		marked := emphasised(text, New(a, plan).Marks(text))
		signs := strings.NewReplacer("[", "\x00", "]", "\x01", "<", "\x02", ">", "\x03")
		if signs.Replace(text) == text && without.Replace(signs.Replace(marked)) != text {
			t.Fatalf("without its marks %q is not %q", marked, text)
		}
	})
}

// BenchmarkPage marks what one page of results shows: ten titles and passages out of bodies of 3 kB.
func BenchmarkPage(b *testing.B) {
	a, err := danish.New()
	if err != nil {
		b.Fatal(err)
	}
	plan, _ := query.Build(a, "tidlig indsats i vuggestuen")
	texts := bodies(b, 10, 3000)
	b.SetBytes(10 * 3000)
	for b.Loop() {
		m := New(a, plan)
		for _, text := range texts {
			m.Marks(text[:60])
			m.Passage(text, 240)
		}
	}
}

var tags = regexp.MustCompile(`(?s)^---.*?---|<[^>]*>`)

// bodies are real texts of the demo corpus, cut or drawn out to a length.
func bodies(b *testing.B, n, length int) []string {
	names, err := filepath.Glob("../../crawler/demosite/content/*.html")
	if err != nil || len(names) < n {
		b.Skipf("%d texts of the demo corpus, %v; want %d", len(names), err, n)
	}
	var out []string
	for _, name := range names[:n] {
		raw, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		text := strings.TrimSpace(tags.ReplaceAllString(string(raw), " "))
		text = strings.Repeat(text+"\n", length/len(text)+1)
		out = append(out, strings.ToValidUTF8(text[:length], ""))
	}
	return out
}

// widened is a marker for a query with the words of the vocabulary.
func widened(t *testing.T, q string) *Marker {
	t.Helper()
	a, err := danish.New()
	if err != nil {
		t.Fatal(err)
	}
	v, err := vocab.Default(a)
	if err != nil {
		t.Fatal(err)
	}
	plan, _ := query.Draft(a, v, q, nil)
	return New(a, plan)
}

func TestAnAbbreviationInCapitalsIsMarkedInCapitals(t *testing.T) {
	tests := []struct{ query, text, want string }{
		{"KL", "Mød kl. 10 hos KL. KL's udspil.", "Mød kl. 10 hos [KL]. [KL's] udspil."},
		{"KL's", "Mød kl. 10 hos KL.", "Mød kl. 10 hos [KL]."},
		{"Kommunernes Landsforening", "Mød kl. 10 hos KL.", "Mød kl. 10 hos [KL]."},
		{"kl", "Mød kl. 10 hos KL.", "Mød [kl]. 10 hos KL."},
		{"SFO'en", "I SFO'en. I SFO. Skolefritidsordningen.", "I [SFO'en]. I [SFO]. [Skolefritidsordningen]."},
		{"FN’s", "FN og Forenede Nationer", "[FN] og [Forenede Nationer]"},
	}
	for _, tt := range tests {
		if got := shown(tt.text, widened(t, tt.query).Marks(tt.text)); got != tt.want {
			t.Errorf("marks of %q = %q, want %q", tt.query, got, tt.want)
		}
	}
}

func TestPassagePrefersTheTypedWordToItsLikes(t *testing.T) {
	pad := strings.Repeat("Her står noget om helt andre ting end det. ", 4)
	tests := []struct{ name, query, text, want string }{
		{"before a synonym", "indkøring", "Tilvænning tager tid, og tilvænning er svært.\n" + pad + "\nEn god indkøring varer 14 dage.", "indkøring"},
		{"before another form", "vuggestue", "Vuggestuerne og vuggestuen.\n" + pad + "\nEn vuggestue er lille.", "En vuggestue"},
		{"another form before a part", "sprog", "Sprogvurdering og sprogmiljø.\n" + pad + "\nOm sproget hos de små.", "sproget"},
		{"a part before near words", "dagpleje", "Privat pasning og privat pasning.\n" + pad + "\nI legestuen for dagplejebørn.", "dagplejebørn"},
		{"all words, also within a longer synonym", "1000 dage", "Dag og tid aftales: dag, tid og sted.\n" + pad + "\nOm de første 1.000 dage i livet.", "1.000 dage"},
		{"all words before one of them", "indkøring vuggestue", "Indkøring, indkøring og indkøring.\n" + pad + "\nTilvænning i vuggestuer.", "Tilvænning i vuggestuer"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if s := widened(t, tt.query).Passage(tt.text, 60); !strings.Contains(s.Text, tt.want) {
				t.Errorf("passage %q, want one with %q", s.Text, tt.want)
			}
		})
	}
}

// The index takes "Bed" for a form of "bide"; a result that it is found by names the word that stands there.
func TestWordsThatOpenASentenceAreMetWithoutAMark(t *testing.T) {
	for text, want := range map[string]string{
		"Bed lederen om en samtale.":           "bed",
		"Hunden bed barnet. Bed om hjælp.":     "bed",
		"Bed lederen, når et barn bider igen.": "bider",
		"Spørg lederen om en samtale.":         "",
	} {
		marks, met := marker(t, "bider").Met(text, "da")
		if strings.HasPrefix(text, "Bed ") && len(marks) > 0 && marks[0].Start == 0 {
			t.Errorf("%q has a mark on its first word", text)
		}
		var words []string
		for _, m := range met {
			words = append(words, m.Word)
		}
		if got := strings.Join(words, ","); got != want {
			t.Errorf("%q meets %q, want %q", text, got, want)
		}
	}
}
