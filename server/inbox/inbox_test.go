package inbox_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"smaabornsviden/index/query"
	"smaabornsviden/server/inbox"
)

func removal() inbox.Letter {
	return inbox.Letter{Kind: inbox.Removal, Address: "https://kilde.example/portraet/1", Role: "person"}
}

func TestCheckNamesTheFieldsThatCannotStay(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(*inbox.Letter)
		want   map[string]inbox.Fault
	}{
		{"a whole letter", func(l *inbox.Letter) { l.Text, l.Contact = "Mit barn er nævnt.\r\nFjern det.", "mor@eksempel.example" }, map[string]inbox.Fault{}},
		{"nothing but what is needed", func(*inbox.Letter) {}, map[string]inbox.Fault{}},
		{"no address", func(l *inbox.Letter) { l.Address = "  " }, map[string]inbox.Fault{"adresse": inbox.Missing}},
		{"a sentence for an address", func(l *inbox.Letter) { l.Address = "siden om Mia" }, map[string]inbox.Fault{"adresse": inbox.NotAddress}},
		{"a word for an address", func(l *inbox.Letter) { l.Address = "kommunen" }, map[string]inbox.Fault{"adresse": inbox.NotAddress}},
		{"a script for an address", func(l *inbox.Letter) { l.Address = "javascript://a.b/%0aalert(1)" }, map[string]inbox.Fault{"adresse": inbox.NotAddress}},
		{"a password in the address", func(l *inbox.Letter) { l.Address = "https://a:b@kilde.example/" }, map[string]inbox.Fault{"adresse": inbox.NotAddress}},
		{"a long address", func(l *inbox.Letter) { l.Address = "https://kilde.example/" + strings.Repeat("å", 500) }, map[string]inbox.Fault{"adresse": inbox.TooLong}},
		{"nobody", func(l *inbox.Letter) { l.Role = "" }, map[string]inbox.Fault{"rolle": inbox.NotChosen}},
		{"somebody else's role", func(l *inbox.Letter) { l.Role = "laeser" }, map[string]inbox.Fault{"rolle": inbox.NotChosen}},
		{"a long text", func(l *inbox.Letter) { l.Text = strings.Repeat("x", 2001) }, map[string]inbox.Fault{"tekst": inbox.TooLong}},
		{"no e-mail", func(l *inbox.Letter) { l.Contact = "ring 12345678" }, map[string]inbox.Fault{"mail": inbox.NotMail}},
		{"two e-mails", func(l *inbox.Letter) { l.Contact = "a@b.dk, c@d.dk" }, map[string]inbox.Fault{"mail": inbox.NotMail}},
		{"a CPR number in the text", func(l *inbox.Letter) { l.Text = "Mia, 010203-1234" }, map[string]inbox.Fault{"tekst": inbox.CPR}},
		{"a CPR number in the address", func(l *inbox.Letter) { l.Address = "https://kilde.example/010203-1234" }, map[string]inbox.Fault{"adresse": inbox.CPR}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := removal()
			tt.change(&l)
			got, faults := inbox.Check(l)
			if diff := cmp.Diff(tt.want, faults); diff != "" {
				t.Error(diff)
			}
			if query.LooksLikeCPR(got.Text + " " + got.Address + " " + got.Contact) {
				t.Errorf("the letter still holds a CPR number: %+v", got)
			}
		})
	}
}

func TestAddressesMayLackTheirScheme(t *testing.T) {
	l := removal()
	l.Address = "www.kilde.dk/side"
	if got, faults := inbox.Check(l); got.Address != "https://www.kilde.dk/side" || len(faults) > 0 {
		t.Errorf("%q, %v", got.Address, faults)
	}
}

func TestDueSkipsTheWeekend(t *testing.T) {
	for at, want := range map[string]string{
		"2026-11-23": "2026-11-25", // Monday to Wednesday
		"2026-11-26": "2026-11-30", // Thursday to Monday
		"2026-11-27": "2026-12-01",
		"2026-11-28": "2026-12-01", // a Saturday
	} {
		day, err := time.Parse(time.DateOnly, at)
		if err != nil {
			t.Fatal(err)
		}
		if got := (inbox.Letter{At: day}).Due().Format(time.DateOnly); got != want {
			t.Errorf("a letter of %s is due %s, want %s", at, got, want)
		}
	}
}

func TestASettledLetterForgetsWhoWrote(t *testing.T) {
	l := removal()
	l.ID, l.At, l.Text, l.Contact = inbox.NewID(), time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC), "Mit barn Mia", "mor@eksempel.example"
	rec, err := inbox.Pack(l.Settle(l.At.AddDate(0, 0, 1), inbox.Granted, "fjernet\nsamme dag"))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(rec.Body), "Mia") || strings.Contains(string(rec.Body), "@") {
		t.Errorf("kept: %s", rec.Body)
	}
	got, err := inbox.Unpack(rec)
	if err != nil {
		t.Fatal(err)
	}
	if got.Open() || got.Outcome != inbox.Granted || got.Note != "fjernet samme dag" || got.Address != l.Address || !inbox.IsID(got.ID) {
		t.Errorf("got %+v", got)
	}
}

func TestNumbersHaveTheirShape(t *testing.T) {
	for text, want := range map[string]bool{inbox.NewID(): true, "abcde-fghij": true, "abcde": false, "abcdefghijk": false, "ABCDE-FGHIJ": false, "abcd<-fghij": false, "": false} {
		if inbox.IsID(text) != want {
			t.Errorf("IsID(%q) = %v", text, !want)
		}
	}
}

// What Check lets stay is within its bounds, and checking it again changes nothing.
func FuzzCheckIsStable(f *testing.F) {
	f.Add("https://a.dk/", "tekst", "a@b.dk")
	f.Add("a.dk", "010203-1234", "")
	f.Add("\u202ea.dk\n", "a\r\nb\x00", "\xff")
	f.Fuzz(func(t *testing.T, address, text, contact string) {
		l := removal()
		l.Address, l.Text, l.Contact = address, text, contact
		once, faults := inbox.Check(l)
		for _, s := range []string{once.Address, once.Text, once.Contact} {
			if !utf8.ValidString(s) || query.LooksLikeCPR(s) {
				t.Fatalf("kept %q", s)
			}
		}
		if len(faults) > 0 {
			return
		}
		again, faults := inbox.Check(once)
		if again != once || len(faults) > 0 {
			t.Fatalf("%+v became %+v with %v", once, again, faults)
		}
	})
}
