package extract

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestAModelDoesNotDependOnTheOrderOfPages(t *testing.T) {
	site := madeSite(t, "testdata/sites/styrelse.html", madePages(t))
	want := learn(site)
	random := rand.New(rand.NewPCG(1, 2))
	for range 3 {
		random.Shuffle(len(site), func(i, j int) { site[i], site[j] = site[j], site[i] })
		if got := learn(site); got.String() != want.String() || got.Version() != want.Version() {
			t.Fatalf("another order gave\n%s, want\n%s", got, want)
		}
	}
}

func TestAModelReadsAlikeAfterItWasStored(t *testing.T) {
	site := madeSite(t, "testdata/sites/app.html", madePages(t))
	model := learn(site)
	stored, err := ParseModel(model.String())
	if err != nil || stored.Version() != model.Version() || stored.String() != model.String() {
		t.Fatalf("stored %s (%v), want %s", stored, err, model)
	}
	in := site[3]
	in.Model = model
	fresh := read(t, in)
	in.Model = stored
	if again := read(t, in); again.Text != fresh.Text || again.Why["text"].Rule != "text-model" {
		t.Errorf("text by %v differs", again.Why["text"])
	}
}

func TestFewPagesTeachNothing(t *testing.T) {
	var l Learner
	for _, in := range madeSite(t, "testdata/sites/app.html", madePages(t))[:LearnFrom-1] {
		l.Add(in)
		l.Add(Input{URL: in.URL, Body: []byte("%PDF-1.7")})
		l.Add(Input{URL: in.URL})
	}
	if m := l.Learn(); m != nil || m.Version() != "" {
		t.Errorf("%d pages gave %s", l.Pages(), m)
	}
}

func TestAPageOfAnotherKindIsReadByItself(t *testing.T) {
	model := learn(madeSite(t, "testdata/sites/region.html", madePages(t)))
	res := read(t, Input{URL: "https://made.example/ny", Body: []byte("<body><main><h1>Ny side</h1>" + prose + "</main></body>"), Model: model})
	if res.Why["text"].Rule == "text-model" || !strings.Contains(res.Text, "holde legen i gang") {
		t.Errorf("text %q by %v", res.Text, res.Why["text"])
	}
}

func TestTheRegistersSelectorIsStrongerThanTheModel(t *testing.T) {
	site := madeSite(t, "testdata/sites/kommune.html", madePages(t))
	in := site[2]
	in.Model, in.Selector = learn(site), ".field--name-field-manchet"
	if res := read(t, in); res.Why["text"].Rule != "text-selector" {
		t.Errorf("text by %v", res.Why["text"])
	}
}

// TestASiteThatSaysTheSameEverywhereKeepsItsText: what repeats is not template when nothing else is there.
func TestASiteThatSaysTheSameEverywhereKeepsItsText(t *testing.T) {
	var site []Input
	for i := range 12 {
		page := fmt.Sprintf("<body><div id=top><a href=/>Hjem</a></div><div id=midt><h1>Møde %d</h1>%s</div></body>", i, prose)
		site = append(site, Input{URL: fmt.Sprintf("https://made.example/%d", i), Body: []byte(page)})
	}
	model := learn(site)
	for _, in := range site {
		in.Model = model
		if got := read(t, in).Text; !strings.Contains(got, "holde legen i gang") {
			t.Fatalf("text %q", got)
		}
	}
}

func TestLinesFoldNumbersMonthsAndTheTitle(t *testing.T) {
	for _, tc := range []struct{ a, titleA, b, titleB string }{
		{"Sidst opdateret 3. maj 2024", "", "Sidst opdateret 28. november 2019", ""},
		{"Forside › Viden › Leg i vuggestuen", "Leg i vuggestuen", "Forside › Viden › Sprog", "Sprog"},
		{"Side 3 af 12", "", "Side 10 af 9", ""},
	} {
		if lineHash(tc.a, tc.titleA) != lineHash(tc.b, tc.titleB) {
			t.Errorf("%q and %q are two lines", tc.a, tc.b)
		}
	}
	if lineHash("Leg", "Leg") == lineHash("Sprog", "Sprog") {
		t.Error("a line that is only the title is the same on all pages")
	}
}

// FuzzModel: whatever a site's pages are, what is learnt of them reads any page without a crash, the same after it was
// stored, and into clean text that holds nothing that the page read without the model's frame would not have.
func FuzzModel(f *testing.F) {
	f.Add("<body><div id=a><p>Menu</p></div><div id=b><h1>", "</h1><p>Børnene leger i haven hele dagen.</p></div></body>", "Leg")
	f.Add("<table><tr><td>a<td>", "</table>", "x")
	f.Add("<div class='x1 y2'>", "\x00</div><p>\xff", "<script>")
	f.Fuzz(func(t *testing.T, before, after, title string) {
		if len(before)+len(after)+len(title) > 20_000 {
			return
		}
		var l Learner
		var site []Input
		for i := range LearnFrom + 1 {
			in := Input{URL: fmt.Sprintf("https://made.example/%d", i), Body: []byte(before + title + strings.Repeat(" ord", i) + after)}
			site = append(site, in)
			l.Add(in)
		}
		m := l.Learn()
		if m == nil {
			return
		}
		stored, err := ParseModel(m.String())
		if err != nil {
			t.Fatal(err)
		}
		for _, in := range []Input{site[0], site[LearnFrom]} {
			in.Model = m
			res, err := HTML(in)
			in.Model = stored
			again, errAgain := HTML(in)
			if (err == nil) != (errAgain == nil) || res.Text != again.Text {
				t.Fatalf("stored model reads %q, the fresh one %q", again.Text, res.Text)
			}
			if !utf8.ValidString(res.Text) || !norm.NFC.IsNormalString(res.Text) || slices.Contains(strings.Split(res.Text, "\n"), "") && res.Text != "" {
				t.Fatalf("text %q", res.Text)
			}
		}
	})
}

// TestABylineIsNoPartOfTheTextOfALearntSite: a model takes all of the element that holds a site's texts, and who wrote stands in it.
func TestABylineIsNoPartOfTheTextOfALearntSite(t *testing.T) {
	pages := madePages(t)
	for _, byline := range []string{
		`<p class="byline">Svend Brinck-Holm, professor, dr.pæd.</p>`,
		`<p>Svend Brinck-Holm, professor, dr.pæd.</p>`,
		`<p>Af Svend Brinck-Holm, professor</p>`,
		`<p>3. maj 2021 | Svend Brinck-Holm</p>`,
		`<p>Svend Brinck-Holm<br>Journalist</p>`,
	} {
		var site []Input
		for i, in := range madeSite(t, "testdata/sites/app.html", pages) {
			other := strings.Replace(byline, "Svend", []string{"Anna", "Bo", "Eva", "Svend"}[i%4], 1)
			in.Body = []byte(strings.Replace(string(in.Body), "</h1>", "</h1>"+other, 1))
			site = append(site, in)
		}
		in := site[3]
		in.Model = learn(site)
		res := read(t, in)
		if res.Why["text"].Rule != ByModel || strings.Contains(res.Text, "Brinck") || strings.Contains(res.Text, "Journalist\n") {
			t.Errorf("%s: text by %v begins %.80q", byline, res.Why["text"], res.Text)
		}
		if strings.Join(res.Authors, "|") != "Svend Brinck-Holm" {
			t.Errorf("%s: authors %q", byline, res.Authors)
		}
	}
}
