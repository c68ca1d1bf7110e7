package snippet

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"smaabornsviden/index/danish"
	"smaabornsviden/index/query"
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
	text := "Det koster 14,2 mio. kr. i alt. Det er 3. udgave! Se f.eks. Bilag 2. Den 21. august kl. 9. Slut?\nNy linje"
	want := []string{"Det koster 14,2 mio. kr. i alt. ", "Det er 3. udgave! ", "Se f.eks. Bilag 2. Den 21. august kl. 9. Slut?\n", "Ny linje"}
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

func BenchmarkPassage(b *testing.B) {
	m := marker(b, "indkøring vuggestue")
	text := strings.Repeat(article+"\n", 3000/len(article)+1)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		m.Passage(text, 240)
	}
}
