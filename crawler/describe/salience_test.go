package describe_test

import (
	"slices"
	"strings"
	"testing"
)

// TestACurriculumIsAboutAllSixThemes: a text that names all six by their whole names is about each, however it lists them, and one
// that names two of them is about those.
func TestACurriculumIsAboutAllSixThemes(t *testing.T) {
	d := describer(t)
	const six = "Alsidig personlig udvikling, social udvikling, kommunikation og sprog, krop, sanser og bevægelse, natur, udeliv og science samt kultur, æstetik og fællesskab."
	more := strings.Repeat("De vedtog regnskabet og takkede den afgående kasserer. ", 9)
	for _, tc := range []struct {
		name, title, body string
		want              int
	}{
		{"one sentence", "De seks temaer", six, 6},
		{"within a text", "Vores læreplan", more + "Vi arbejder med de seks temaer: " + six + more, 6},
		{"headings on lines", "Den styrkede læreplan", "Alsidig personlig udvikling\nBørnene øver sig.\nSocial udvikling\nBørnene mødes.\nKommunikation og sprog\nBørnene taler.\nKrop, sanser og bevægelse\nBørnene kravler.\nNatur, udeliv og science\nBørnene er i skoven.\nKultur, æstetik og fællesskab\nBørnene synger.", 6},
		{"with one that fills the text", "Læreplan", six + strings.Repeat(" I skoven finder børnene insekter.", 12), 6},
		{"two", "Fra stuen", "Vi arbejder med social udvikling og med kommunikation og sprog. " + more, 2},
	} {
		doc := described(d, tc.title, tc.body)
		if got := len(doc.Themes); got != tc.want {
			t.Errorf("%s: %d themes, want %d: %v", tc.name, got, tc.want, slugs(doc.Themes))
		}
	}
}

// TestAPlaceInSomebodysLifeIsNoTopic: a nursery where somebody has a child or works is a setting; one that the text is about is a topic.
func TestAPlaceInSomebodysLifeIsNoTopic(t *testing.T) {
	d := describer(t)
	more := strings.Repeat("De vedtog regnskabet og takkede den afgående kasserer. ", 9)
	for _, tc := range []struct {
		body, slug string
		want       bool
	}{
		{"Borgmesteren har en datter i vuggestue og cykler med hende hver morgen. " + more, "vuggestue", false},
		{"Bo Lund er tømrer, og hans kone arbejder i en børnehave. " + more, "boernehave", false},
		{"Hendes lillebror går i vuggestue, og hun cykler. " + more, "vuggestue", false},
		{"Cyklisterne holder fri, og mødet holdes i børnehaven. " + more, "boernehave", false},
		{"Vi er en vuggestue med fire stuer. " + more, "vuggestue", true},
		{"Din datter sover længe i vuggestuen. " + more, "vuggestue", true},
		{"Børnehaven får ny legeplads. " + more, "boernehave", true},
	} {
		doc := described(d, "Nyt fra byen", tc.body)
		if got := slices.Contains(slugs(doc.Topics), tc.slug); got != tc.want {
			t.Errorf("%.60q: %s %v, want %v", tc.body, tc.slug, got, tc.want)
		}
	}
}

// TestWorksCitedAreNoSubject: the titles that a text refers to feed neither topics nor themes, age nor place.
func TestWorksCitedAreNoSubject(t *testing.T) {
	d := describer(t)
	about := strings.Repeat("De vedtog regnskabet, valgte en kasserer og takkede den afgående formand for arbejdet i udvalget. ", 8)
	const works = "Holm, A. (2014). Sprog hos 3-5-årige i børnehaven. Ry: Forlaget.\nLund, B. (2015). Børns sprog og sprogvurdering i Vejle Kommune. Vejle Kommune.\nRy, E. (2016). Sprog, motorik og bevægelse hos 3-5-årige. Ry: Forlaget."
	for _, heading := range []string{"Litteratur", "Referencer", "Litteraturliste", "Referencer:", "7. Litteratur", "References", "Kilder"} {
		doc := described(d, "Regnskab", about+"\n"+heading+"\n"+works)
		if len(doc.Topics)+len(doc.Themes) > 0 || doc.Age.Known || doc.Place.Value != "" {
			t.Errorf("%s: topics %v, themes %v, age %v, place %q", heading, slugs(doc.Topics), slugs(doc.Themes), doc.Age, doc.Place.Value)
		}
	}
	for name, body := range map[string]string{
		"a sentence":          about + "Litteratur om sprog og sprogvurdering: sproget er alt. Sprog, sprog og sprogvurdering. Sprogets år var 2014 og 2015.",
		"a heading of a text": "Litteratur\nSprog er alt i 2014 og 2015, og sprogvurdering er sprog. " + about,
		"nothing dated":       about + "\nKilder\nSproget er en kilde til glæde, og sprog og sprogvurdering fylder i børns sprog.",
	} {
		doc := described(d, "Regnskab", body)
		if !slices.Contains(slugs(doc.Topics), "sprog") {
			t.Errorf("%s is no list of works, but the topics are %v", name, slugs(doc.Topics))
		}
	}
}

// TestATitleIsOfWhatItBeginsWith: however much else the text tells, a title is about its first word, or the first behind a colon.
func TestATitleIsOfWhatItBeginsWith(t *testing.T) {
	d := describer(t)
	body := "Vi arbejder med børns sprog og sprogvurdering. " + strings.Repeat("Sproget udvikles i samtaler, og sprogvurdering viser børnenes ordforråd og sprog. ", 6)
	for title, want := range map[string]bool{
		"Kursus: Leg med sproget":       true,
		"Leg med sproget":               true,
		"Temadag – Leg og sprog":        true,
		"»Leg er sprog«":                true,
		"Sproget mødes bag leg og fest": false,
	} {
		doc := described(d, title, body)
		if got := slices.Contains(slugs(doc.Topics), "leg"); got != want {
			t.Errorf("%q: leg %v, want %v (%v)", title, got, want, slugs(doc.Topics))
		}
	}
}

// TestOneWordInPassingIsNoTopic: a word that stands once, beyond what the text opens with, and with nothing beside it, is passing; so
// are words that a trial or a town hall shares with the field.
func TestOneWordInPassingIsNoTopic(t *testing.T) {
	d := describer(t)
	opening := "Min nabo er pensioneret buschauffør og har boet i opgangen i snart tredive år, og hver morgen hilser vi på hinanden ved postkasserne nedenunder. "
	more := strings.Repeat("De vedtog regnskabet og takkede den afgående kasserer. ", 9)
	for _, tc := range []struct {
		body, slug string
		want       bool
	}{
		{opening + "Hun ville fortælle om en snegl. " + more, "natur-og-udeliv", false},
		{"Hun ville fortælle om en snegl. " + opening + more, "natur-og-udeliv", true},
		{opening + "Hun ville fortælle om en snegl. En snegl bor under brædderne. " + more, "natur-og-udeliv", true},
		{"Forsøget begynder i maj, og de første patienter ventes inkluderet til efteråret. " + more, "saerlige-behov", false},
		{"Strategien gælder skoler, sundhedspleje og familieafdeling. " + more, "udsatte-positioner", false},
	} {
		doc := described(d, "Nyt fra byen", tc.body)
		if got := slices.Contains(slugs(doc.Topics), tc.slug); got != tc.want {
			t.Errorf("%.90q: %s %v, want %v: %+v", tc.body, tc.slug, got, tc.want, doc.Topics)
		}
	}
}
