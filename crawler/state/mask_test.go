package state_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"smaabornsviden/crawler/state"
)

func TestMaskBlanksPersonsAndNothingElse(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"CPR with dash", "Barnet 010120-1234 bor her", "Barnet ******-**** bor her"},
		{"CPR without dash", "cpr=0101201234&x", "cpr=**********&x"},
		{"29 February of a leap year", "290224-1234.", "******-****."},
		{"29 February of no leap year", "290223-1234", "290223-1234"},
		{"no such day", "320120-1234", "320120-1234"},
		{"longer number", "0101201234567", "0101201234567"},
		{"file name", "/media/0101201234.jpg", "/media/0101201234.jpg"},
		{"ISBN", "ISBN 0101201234", "ISBN 0101201234"},
		{"e-mail", "Skriv til ane.mo@kommune.dk.", "Skriv til ******@**********."},
		{"e-mail in a link", `<a href="mailto:a@b.dk">`, `<a href="mailto:*@****">`},
		{"e-mail with Danish letters", "søren@børn.dk", "******@********"},
		{"a handle", "@kommune og a@b", "@kommune og a@b"},
		{"telephone in pairs", "Ring 33 12 34 56 nu", "Ring ** ** ** ** nu"},
		{"telephone after a word", "tlf. 33123456", "tlf. ********"},
		{"telephone with country", "+45 33 12 34 56 og +4533123456", "+** ** ** ** ** og +**********"},
		{"telephone with no-break spaces", "Ring 33\u00a012\u00a034\u00a056", "Ring **\u00a0**\u00a0**\u00a0**"},
		{"an employee's number", "Medarbejdernummer: 104422, ring", "Medarbejdernummer: ******, ring"},
		{"an employee's id", "Employee ID ab12345.", "Employee ID *******."},
		{"employees", "Medarbejdere 2021 og employee number of 12", "Medarbejdere 2021 og employee number of 12"},
		{"a row of numbers", "alder 24 25 26 27 28 måneder", "alder 24 25 26 27 28 måneder"},
		{"an amount", "6.460.000 kr. og 12345678 andre", "6.460.000 kr. og 12345678 andre"},
		{"years", "1990 1991 1992 1993", "1990 1991 1992 1993"},
		{"a page number", "/publikationer/4324/", "/publikationer/4324/"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := string(state.Mask([]byte(tt.in))); got != tt.want {
				t.Errorf("Mask(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

func FuzzMask(f *testing.F) {
	for _, seed := range []string{"", "010120-1234", "a@b.dk", "+45 33 12 34 56", "22 33 44 55 010190-1234 x@y.dk", "33\u00a012\u00a034\u00a056", "\xff@\xfe.dk", "0045"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		before := bytes.Clone(in)
		out := state.Mask(in)
		if !bytes.Equal(in, before) {
			t.Fatal("Mask changed its input")
		}
		if len(out) != len(in) {
			t.Fatalf("length %d became %d", len(in), len(out))
		}
		for i := range out {
			if out[i] != in[i] && out[i] != '*' {
				t.Fatalf("byte %d became %q", i, out[i])
			}
		}
		if again := state.Mask(out); !bytes.Equal(again, out) {
			t.Fatalf("Mask twice: %q, then %q", out, again)
		}
	})
}

func TestABodyIsKeptMaskedAndGoesWithItsDocument(t *testing.T) {
	s := open(t)
	u := add(t, s, t0, page(home+"/"))[home+"/"]
	o := read(u, t0, "forside")
	o.Body = &state.Body{
		Header: http.Header{"Content-Type": {"text/html"}, "Set-Cookie": {"sid=1"}, "X-Robots-Tag": {"noarchive"}},
		Bytes:  []byte(strings.Repeat("<p>Barnet 010120-1234 leger.</p>", 50)),
	}
	record(t, s, o)
	b, err := s.Body(t.Context(), u.ID)
	if err != nil {
		t.Fatal(err)
	}
	if want := strings.Repeat("<p>Barnet ******-**** leger.</p>", 50); string(b.Bytes) != want {
		t.Errorf("body = %.60s", b.Bytes)
	}
	if diff := cmp.Diff(http.Header{"Content-Type": {"text/html"}, "X-Robots-Tag": {"noarchive"}}, b.Header); diff != "" {
		t.Errorf("header (-want +got):\n%s", diff)
	}
	record(t, s, state.Outcome{URL: u.ID, Run: 1, At: t0, State: state.Refused, Reason: state.NoIndex, Removal: state.AtOnce})
	if all, err := s.Bodies(t.Context(), 0, 10); err != nil || len(all) != 0 {
		t.Errorf("bodies after the removal: %d, %v", len(all), err)
	}
}

func TestBodiesThatCannotBeMaskedAreNotKept(t *testing.T) {
	s := open(t)
	for name, body := range map[string]string{"/a.pdf": "%PDF-1.7\n...", "/b.docx": "PK\x03\x04...", "/utf16": "<\x00h\x00t\x00"} {
		u := add(t, s, t0, page(home+name))[home+name]
		o := read(u, t0, name)
		o.Body = &state.Body{Bytes: []byte(body)}
		record(t, s, o)
	}
	if all, err := s.Bodies(t.Context(), 0, 10); err != nil || len(all) != 0 {
		t.Errorf("%d bodies kept, %v", len(all), err)
	}
}
