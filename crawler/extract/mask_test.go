package extract

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestMaskCPRTakesNumbersOfPersonsOnly(t *testing.T) {
	for _, tc := range []struct{ name, in, want string }{
		{"with hyphen", "CPR 010203-1234 oplyst", "CPR [CPR] oplyst"},
		{"with space", "barnet (311299 4321)", "barnet ([CPR])"},
		{"ten digits", "cpr-nr. 0102031234.", "cpr-nr. [CPR]."},
		{"long dash", "010203–1234", "[CPR]"},
		{"hyphen between spaces", "010203 - 1234", "[CPR]"},
		{"no-break space", "010203\u00a01234", "[CPR]"},
		{"two in a row", "010203-1234, 020304-5678", "[CPR], [CPR]"},
		{"leap day", "290200-4123", "[CPR]"},
		{"comma behind", "010203-1234,", "[CPR],"},
		{"no leap day in 1900s", "290201-1234", "290201-1234"},
		{"day 32", "320203-1234", "320203-1234"},
		{"month 13", "011303-1234", "011303-1234"},
		{"month 0", "010003-1234", "010003-1234"},
		{"longer number", "1010203-12345", "1010203-12345"},
		{"digits in front", "5010203-1234", "5010203-1234"},
		{"letters behind", "010203-1234a", "010203-1234a"},
		{"DOI", "https://doi.org/10.1234/010203-1234", "https://doi.org/10.1234/010203-1234"},
		{"DOI suffix", "10.7146/tp.010203.1234", "10.7146/tp.010203.1234"},
		{"ISBN-10", "ISBN 0102031234", "ISBN 0102031234"},
		{"ISBN-10 with label words", "ISBN-10: 0102031234", "ISBN-10: 0102031234"},
		{"ISBN-13", "978-87-010203-1234", "978-87-010203-1234"},
		{"phone label", "tlf. 010203 1234", "tlf. 010203 1234"},
		{"foreign phone", "+010203 1234", "+010203 1234"},
		{"part of an address", "/sag/010203-1234/", "/sag/010203-1234/"},
		{"decimal", "0102031234,50", "0102031234,50"},
		{"years", "2010-2015 og 2016-2020", "2010-2015 og 2016-2020"},
		{"amount", "150.000.000 kr.", "150.000.000 kr."},
		{"nothing", "", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := MaskCPR(tc.in); got != tc.want {
				t.Errorf("MaskCPR(%q) = %q; want %q", tc.in, got, tc.want)
			}
			if HasCPR(tc.in) != (tc.in != tc.want) {
				t.Errorf("HasCPR(%q) = %v", tc.in, HasCPR(tc.in))
			}
		})
	}
}

func TestMaskEmail(t *testing.T) {
	for _, tc := range []struct{ name, in, want string }{
		{"plain", "Skriv til anna.holm@lindeby.example.", "Skriv til [e-mail]."},
		{"Danish letters", "bøje@småbørn.dk", "[e-mail]"},
		{"plus and digits", "a+b_1@x-y.co.uk", "[e-mail]"},
		{"hidden at", "anna (at) lindeby.dk", "[e-mail]"},
		{"hidden in brackets", "anna[at]lindeby.dk", "[e-mail]"},
		{"in a link", `<a href="mailto:anna@lindeby.dk?subject=x">`, `<a href="mailto:[e-mail]?subject=x">`},
		{"encoded", "anna%40lindeby.dk", "[e-mail]"},
		{"entity", "anna&#64;lindeby.dk", "[e-mail]"},
		{"handle", "Følg @boernehaven på nettet", "Følg @boernehaven på nettet"},
		{"price", "3 stk. @ 10 kr.", "3 stk. @ 10 kr."},
		{"sentence (at) without address", "vi håber (at) det lykkes", "vi håber (at) det lykkes"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := MaskEmail(tc.in); got != tc.want {
				t.Errorf("MaskEmail(%q) = %q; want %q", tc.in, got, tc.want)
			}
		})
	}
}

func TestMaskPhone(t *testing.T) {
	for _, tc := range []struct{ name, in, want string }{
		{"label", "Tlf. 33 12 10 45", "Tlf. [telefon]"},
		{"label and colon", "Telefon: 33121045", "Telefon: [telefon]"},
		{"label in capitals", "MOBIL 3312 1045", "MOBIL [telefon]"},
		{"ring to", "Ring på 33 12 10 45 hver dag", "Ring på [telefon] hver dag"},
		{"zeros", "Telefon 00 00 00 01", "Telefon [telefon]"},
		{"country code", "+45 33 12 10 45", "[telefon]"},
		{"country code with zeros", "0045 33121045", "[telefon]"},
		{"Norwegian", "+47 22 12 34 56", "[telefon]"},
		{"pairs without label", "Anna Holm, 33 12 10 45", "Anna Holm, [telefon]"},
		{"tel link", `<a href="tel:+4533121045">`, `<a href="[telefon]">`},
		{"eight digits may be anything", "Journalnummer 33121045", "Journalnummer 33121045"},
		{"company number", "CVR 33 12 10 45", "CVR 33 12 10 45"},
		{"long row of figures", "21 22 23 24 25 26", "21 22 23 24 25 26"},
		{"cells of a table", "21\t22\t23\t24", "21\t22\t23\t24"},
		{"years", "i 2019 2020 2021", "i 2019 2020 2021"},
		{"phone without number", "telefonen er åben kl. 10-12", "telefonen er åben kl. 10-12"},
		{"hours behind the label", "Telefon: hverdage 9-14", "Telefon: hverdage 9-14"},
		{"ISBN", "ISBN 978-87-12-34567-8", "ISBN 978-87-12-34567-8"},
		{"date", "12. marts 2024", "12. marts 2024"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := MaskPhone(tc.in); got != tc.want {
				t.Errorf("MaskPhone(%q) = %q; want %q", tc.in, got, tc.want)
			}
		})
	}
}

func TestPagesKeepNoContactDataAndNoCPR(t *testing.T) {
	page := `<html><head><meta name="description" content="Ring 010203-1234 eller skriv til anna@lindeby.dk"></head><body><main>
<h1>Anonym rådgivning</h1><p>Skriv til <a href="mailto:anna@lindeby.dk">anna<span>@lindeby.dk</span></a>, eller ring på <b>33 12 10 45</b>.</p>
<p>I brevet stod barnets nummer, 010203-1234, og det må man ikke skrive på en hjemmeside, men det sker jo alligevel en gang imellem.</p></main></body></html>`
	res, err := HTML(Input{URL: "https://lindeby.example/a", Body: []byte(page)})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{res.Text, res.Description, res.Title} {
		for _, bad := range []string{"@", "1234", "33 12"} {
			if strings.Contains(s, bad) {
				t.Errorf("%q still holds %q", s, bad)
			}
		}
	}
}

// FuzzMask: masking twice changes nothing, keeps valid text valid, and no shape of a mask's kind is made by it.
func FuzzMask(f *testing.F) {
	for _, seed := range []string{
		"CPR 010203-1234 oplyst, tlf. 33 12 10 45, anna@lindeby.dk", "0102031234 0102031234", "a@b.dk@c.dk", "+45 33 12 10 45 12 10 45",
		"tel:+45tel:33121045", "010203-1234010203-1234", "tlf tlf tlf 33121045", "\xff@x.dk", "12 34 56 78 +4512345678",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Mask(s)
		if twice := Mask(once); twice != once {
			t.Errorf("Mask(%q) = %q, again %q", s, once, twice)
		}
		if utf8.ValidString(s) && !utf8.ValidString(once) {
			t.Errorf("Mask(%q) = %q is not UTF-8", s, once)
		}
	})
}

func TestMaskTakesNumbersOfEmployees(t *testing.T) {
	for in, want := range map[string]string{
		"Medarbejdernummer: 104422, Odense": "Medarbejdernummer: [nr.], Odense",
		"Employee ID au123456":              "Employee ID [nr.]",
		"medarbejder-id 77":                 "medarbejder-id [nr.]",
		"Staff number: *******":             "Staff number: [nr.]",
		"De 25 medarbejdere i 2021":         "De 25 medarbejdere i 2021",
		"Medarbejder nr. 1 i huset":         "Medarbejder nr. 1 i huset",
	} {
		if got := Mask(in); got != want {
			t.Errorf("Mask(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestMaskNamesWhatIsBlankedInKeptBodies: the stars are what package state leaves of personal data.
func TestMaskNamesWhatIsBlankedInKeptBodies(t *testing.T) {
	for in, want := range map[string]string{
		"Skriv til ******@**********.": "Skriv til [e-mail].",
		"Barnet ******-**** leger":     "Barnet [CPR] leger", "cpr ********** leger": "cpr [CPR] leger",
		"Ring ** ** ** ** nu": "Ring [telefon] nu", "tlf. ********": "tlf. [telefon]", "Ring +** ** ** ** ** nu": "Ring [telefon] nu",
		"Ring **\u00a0**\u00a0**\u00a0**": "Ring [telefon]",
		"* * *":                           "* * *", "**********": "**********", "Fem stjerner: *****": "Fem stjerner: *****", "a ** b": "a ** b",
	} {
		if got := Mask(in); got != want {
			t.Errorf("Mask(%q) = %q, want %q", in, got, want)
		}
	}
}
