package lang

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestDetectTellsTheNordicLanguagesApart(t *testing.T) {
	for _, tc := range []struct{ name, text, want string }{
		{"Danish", "Pædagogerne i vuggestuen taler med forældrene om, hvordan barnet har sovet og spist i løbet af dagen.", "da"},
		{"Danish lead", "Sådan får I en god start i børnehaven", "da"},
		{"Danish with few small words", "Sprogudvikling, legemiljø og forældresamarbejde i dagplejen: erfaringer fra otte kommuner", "da"},
		{"Danish full of English", "Projektet bygger på The Incredible Years og Circle of Security, som er udviklet i USA og afprøvet i flere danske kommuner.", "da"},
		{"Bokmål", "Barnehagelærerne snakker med foreldrene om hvordan barnet har sovet og spist i løpet av dagen.", "nb"},
		{"Bokmål lead", "Slik får dere en god start i barnehagen når barnet er lite", "nb"},
		{"Nynorsk", "Dei tilsette i barnehagen snakkar med foreldra om korleis barnet har sove og ete, og kva dei kan gjere når det ikkje trivst.", "nn"},
		{"Swedish", "Förskollärarna pratar med föräldrarna om hur barnet har sovit och ätit under dagen.", "sv"},
		{"English", "The educators talk with the parents about how the child slept and what it ate during the day.", "en"},
		{"German", "Die Erzieherinnen sprechen mit den Eltern darüber, wie das Kind geschlafen und gegessen hat.", "de"},
		{"Dutch is none of ours", "De pedagogisch medewerkers praten met de ouders over hoe het kind heeft geslapen en gegeten.", "und"},
		{"Finnish is none of ours", "Päiväkodin opettajat kertovat vanhemmille, miten lapsi on nukkunut ja syönyt päivän aikana.", "und"},
		{"Polish is none of ours", "Nauczycielki rozmawiają z rodzicami o tym, jak dziecko spało i jadło w ciągu dnia.", "und"},
		{"French is none of ours", "Les éducatrices parlent avec les parents de la façon dont l'enfant a dormi et mangé pendant la journée.", "und"},
		{"Ukrainian is none of ours", "Вихователі розмовляють з батьками про те, як дитина спала та їла протягом дня.", "und"},
		{"Arabic is none of ours", "تتحدث المربيات مع الوالدين عن كيفية نوم الطفل وأكله خلال اليوم", "und"},
		{"too short", "God start i livet", "und"},
		{"figures", "12 34 56 % 2019 2020 2021 2022", "und"},
		{"nothing", "", "und"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := Detect(tc.text); got.Lang != tc.want {
				t.Errorf("Detect(%q) = %+v; want %s", tc.text, got, tc.want)
			}
		})
	}
}

// TestWordsOfBothLanguagesTellNeither: "legen" is the play in Danish and the physician in bokmål, "huset" the house in both. What the page
// says of itself decides then.
func TestWordsOfBothLanguagesTellNeither(t *testing.T) {
	for _, tc := range []struct{ text, declared, want string }{
		{"Snakk med legen ved behov, han er i huset tirsdag og torsdag", "", Unknown},
		{"Snakk med legen ved behov, han er i huset tirsdag og torsdag", "nb", "nb"},
		{"Begge har eget rom i huset, og legen kommer hver mandag ved behov", "", Unknown},
		{"Anna skriver om en hverdag med barn og hund", "da", "da"},
		{"Hun skriver om sin hverdag med barn i skoven", "nb", "da"}, // "skogen" in bokmål
		{"Hun skriver om lek og hverdag med to barn", "da", "nb"},    // "leg" in Danish
	} {
		if got := DetectAs(tc.text, tc.declared); got.Lang != tc.want {
			t.Errorf("%q of a page in %q is %+v; want %s", tc.text, tc.declared, got, tc.want)
		}
	}
}

func TestDetectSaysOnWhichWords(t *testing.T) {
	got := Detect("Børnene leger, og de voksne bliver hos dem, når noget er svært for nogle af dem.")
	if got.Rule != "words" || !strings.Contains(got.Quote, "bliver") {
		t.Errorf("Detect = %+v; want the rule words with the word bliver", got)
	}
}

// A quote is found by searching the text for it, and is there even where no word spoke.
func TestDetectQuotesAStretchOfTheText(t *testing.T) {
	for _, text := range []string{
		"Leg",
		"17. ¶ Program 2024\nWorkshop, input, output, team, start",
		"Dei tilsette i barnehagen snakkar med foreldra om korleis barnet har sove og ete, og kva dei kan gjere når det ikkje trivst.",
		"Børnene leger, og de voksne bliver hos dem.\nNår noget er svært for nogle af dem, hjælper de hinanden, og så går legen videre på en ny måde.",
		"Nauczycielki rozmawiają z rodzicami o tym, jak dziecko spało i jadło w ciągu dnia.",
	} {
		if g := Detect(text); g.Quote == "" || len(g.Quote) > maxQuote || !strings.Contains(text, g.Quote) {
			t.Errorf("Detect(%q) quotes %q", text, g.Quote)
		}
	}
	if g := Detect("17 + 4"); g.Quote != "" {
		t.Errorf("no words, but quoted %q", g.Quote)
	}
}

// TestMeasureParagraphs prints how many paragraphs of known language are told right: DIR/test.xx.txt, one a line.
func TestMeasureParagraphs(t *testing.T) {
	dir := os.Getenv("SMAABORNSVIDEN_PARAGRAPHS")
	if dir == "" {
		t.Skip("SMAABORNSVIDEN_PARAGRAPHS does not name a folder with test.da.txt, test.nb.txt ...")
	}
	for _, code := range []string{"da", "nb", "nn", "sv", "en", "de"} {
		data, err := os.ReadFile(filepath.Join(dir, "test."+code+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		counts, n := map[string]int{}, 0
		for line := range strings.Lines(string(data)) {
			counts[Detect(line).Lang]++
			n++
		}
		t.Logf("%s: %d of %d right; %v", code, counts[code], n, counts)
	}
}

func FuzzDetect(f *testing.F) {
	f.Add("Børnene leger i haven, og de voksne bliver hos dem.")
	f.Add("\xff\x00 ﷽ İ")
	f.Fuzz(func(t *testing.T, text string) {
		got := Detect(text)
		if !strings.Contains(" da nb nn sv en de und ", " "+got.Lang+" ") || utf8.ValidString(text) && !utf8.ValidString(got.Quote) {
			t.Errorf("Detect(%q) = %+v", text, got)
		}
	})
}

func BenchmarkDetect(b *testing.B) {
	text := strings.Repeat("Pædagogerne i vuggestuen taler med forældrene om, hvordan barnet har sovet og spist i løbet af dagen. ", 40)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Detect(text)
	}
}

// TestTheQuoteIsASentence: what a language is told by is shown as a sentence, and no word or byline alone.
func TestTheQuoteIsASentence(t *testing.T) {
	for _, tc := range []struct{ text, want string }{
		{"Af redaktionen\nBarnet så en snegl. Det ville vi alle gerne høre mere om, men tiden løb fra os.\nDet blev der ikke noget ud af.", "Det blev der ikke noget ud af."},
		{"Børn.\nVi ringer ikke til nogen, men skriv til os på x@y.example, hvis det er vigtigt for jer.\nDe kommer igen, når de har fået mad.", "De kommer igen, når de har fået mad."},
		{"Den følger § 5, stk. 7, i loven, jf. nr. 454, og det gælder også, når ingen har bedt om det.", "Den følger § 5, stk. 7, i loven, jf. nr. 454, og det gælder også, når ingen har bedt om det."},
	} {
		if got := Detect(tc.text); got.Lang != "da" || got.Quote != tc.want {
			t.Errorf("%.30q: %+v", tc.text, got)
		}
	}
}

// TestAShortDanishTextIsNotNorwegian, nor the other way round, where the table finds them alike; where the words do not tell, the page does.
func TestAShortDanishTextIsNotNorwegian(t *testing.T) {
	for _, tc := range []struct{ text, declared, want string }{
		{"Rapporten findes som tryk (ISBN 978-87-7182-608-1) og pdf (ISBN 978-87-7182-608-1). Rapporten bygger på interview med kostfaglige ledere.", "", "da"},
		{"Artikler om leg og sprog", "", "da"},
		{"Barnet leger i haven med mor og far", "", "da"},
		{"Barn og voksne leker sammen i barnehagen hver dag.", "", "nb"},
		{"Rapporten er gratis og kan lastes ned.", "", "nb"},
		{"Rapporten beskriver metoden og de viktigste resultatene.", "", "nb"},
		{"Et studie av barn i barnehage og deres foreldre", "", "nb"},
		{"Dagsorden og referat fra bestyrelsen", "da", "da"},
		{"Rapporten kan bestilles gratis hos forlaget.", "da", "da"},
		{"The educators talk with the parents about how the child slept.", "da", "en"},
	} {
		if got := DetectAs(tc.text, tc.declared); got.Lang != tc.want {
			t.Errorf("%q, declared %q: %+v, want %s", tc.text, tc.declared, got, tc.want)
		}
	}
}
