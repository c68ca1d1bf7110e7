// Package inbox holds what readers write to the operator: requests to remove something, and sources they miss.
package inbox

import (
	"crypto/rand"
	"encoding/base32"
	"encoding/json"
	"fmt"
	"net/mail"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"smaabornsviden/index/query"
	"smaabornsviden/server/shelf"
)

// Kind says what a letter asks for.
type Kind string

// The kinds of letters; they are also kinds of records.
const (
	Removal    Kind = "fjern"
	Suggestion Kind = "foreslaa-kilde"
)

// Kinds lists the kinds of letters.
var Kinds = []Kind{Removal, Suggestion}

// Outcome is how a letter was settled; empty while it waits.
type Outcome string

// The outcomes.
const (
	Granted Outcome = "imoedekommet"
	Refused Outcome = "afvist"
)

// Letter is one request.
type Letter struct {
	ID      string    `json:"-"`
	Kind    Kind      `json:"-"`
	At      time.Time `json:"-"`
	Address string    `json:"address"`           // of the page or document, or of the site
	Name    string    `json:"name,omitempty"`    // of the source, with Suggestion
	Role    string    `json:"role,omitempty"`    // a slug of Roles
	Text    string    `json:"text,omitempty"`    // in the reader's own words; gone once settled
	Contact string    `json:"contact,omitempty"` // e-mail to answer to; gone once settled

	Outcome Outcome   `json:"outcome,omitempty"`
	Settled time.Time `json:"settled,omitzero"`
	Note    string    `json:"note,omitempty"` // of the operator
}

// Open reports whether a letter waits for an answer.
func (l Letter) Open() bool { return l.Outcome == "" }

// Due is when a letter should be settled: two working days after it came, as the pages promise for removals.
func (l Letter) Due() time.Time {
	at := l.At
	for days := 0; days < 2; {
		at = at.AddDate(0, 0, 1)
		if at.Weekday() != time.Saturday && at.Weekday() != time.Sunday {
			days++
		}
	}
	return at
}

// Role is who writes.
type Role struct{ Slug, Label string }

// Roles are the choices of who asks for a removal, and of who suggests a source.
var Roles = map[Kind][]Role{
	Removal: {
		{"person", "Jeg er nævnt i teksten, eller mit barn er"},
		{"rettighed", "Jeg har skrevet teksten eller har rettighederne til den"},
		{"kilde", "Jeg svarer for det sted, hvor teksten ligger"},
		{"andet", "Jeg har en anden grund"},
	},
	Suggestion: {
		{"kilde", "Jeg svarer for stedet og siger ja til, at det kan findes her"},
		{"laeser", "Jeg er læser og savner stedet"},
	},
}

// Bounds of what a letter may hold, in characters.
const (
	MaxAddress = 500
	MaxName    = 120
	MaxText    = 2000
	MaxContact = 200
)

// Fault says what is wrong with a field.
type Fault string

// The faults.
const (
	Missing    Fault = "missing"
	TooLong    Fault = "too-long"
	NotAddress Fault = "not-an-address"
	NotMail    Fault = "not-an-e-mail"
	NotChosen  Fault = "not-chosen"
	CPR        Fault = "personal-number"
)

// Check tidies a letter and names the fields that cannot stay as they are, by the names that the forms give them. What
// looks like a CPR number is taken out of the letter, so that a form that is shown again does not repeat it.
func Check(l Letter) (Letter, map[string]Fault) {
	faults := map[string]Fault{}
	check := func(name string, value *string, most int, required bool) {
		*value = tidy(*value, name == "tekst")
		switch {
		case query.LooksLikeCPR(*value):
			*value, faults[name] = "", CPR
		case *value == "" && required:
			faults[name] = Missing
		case utf8.RuneCountInString(*value) > most:
			faults[name] = TooLong
		}
	}
	check("adresse", &l.Address, MaxAddress, true)
	check("navn", &l.Name, MaxName, false)
	check("tekst", &l.Text, MaxText, false)
	check("mail", &l.Contact, MaxContact, false)
	if faults["adresse"] == "" {
		if address, ok := webAddress(l.Address); ok {
			l.Address = address
		} else {
			faults["adresse"] = NotAddress
		}
	}
	if faults["mail"] == "" && l.Contact != "" && !isMail(l.Contact) {
		faults["mail"] = NotMail
	}
	if !chosen(Roles[l.Kind], l.Role) {
		l.Role, faults["rolle"] = "", NotChosen
	}
	return l, faults
}

func chosen(roles []Role, slug string) bool {
	for _, r := range roles {
		if r.Slug == slug {
			return true
		}
	}
	return false
}

// tidy makes foreign text fit to be kept and shown: valid, on one line unless several are asked for, no signs that turn
// the direction of reading.
func tidy(s string, lines bool) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r == '\n' && lines:
			return r
		case r == '\n' || r == '\t':
			return ' '
		case r < ' ' || r == 0x7f, r >= 0x80 && r < 0xa0, r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
			return -1
		}
		return r
	}, s))
}

// webAddress reads what people write for an address: with or without scheme.
func webAddress(text string) (string, bool) {
	if !strings.Contains(text, "://") {
		text = "https://" + text
	}
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.User != nil || strings.ContainsAny(text, " <>\"") {
		return "", false
	}
	host := u.Hostname()
	if i := strings.LastIndexByte(host, '.'); (i < 1 || i == len(host)-1) && host != "localhost" {
		return "", false // a name without a dot is a word, not a host
	}
	return text, true
}

func isMail(text string) bool {
	a, err := mail.ParseAddress(text)
	return err == nil && a.Address == text && strings.Contains(text[strings.LastIndexByte(text, '@'):], ".")
}

// NewID makes a number for a letter that a person can read aloud: 50 random bits, so that nobody guesses another's.
func NewID() string {
	var b [7]byte
	rand.Read(b[:]) // never fails, see crypto/rand
	id := strings.ToLower(base32.StdEncoding.EncodeToString(b[:]))[:10]
	return id[:5] + "-" + id[5:]
}

// IsID reports whether text has the shape of a letter's number.
func IsID(text string) bool {
	if len(text) != 11 || text[5] != '-' {
		return false
	}
	return strings.Trim(text, "-abcdefghijklmnopqrstuvwxyz234567") == ""
}

// Pack writes a letter as a record.
func Pack(l Letter) (shelf.Record, error) {
	body, err := json.Marshal(l)
	if err != nil {
		return shelf.Record{}, fmt.Errorf("letter %s: %w", l.ID, err)
	}
	return shelf.Record{Kind: string(l.Kind), ID: l.ID, Time: l.At, Body: body}, nil
}

// Unpack reads a letter out of its record.
func Unpack(r shelf.Record) (Letter, error) {
	var l Letter
	if err := json.Unmarshal(r.Body, &l); err != nil {
		return l, fmt.Errorf("letter %s: %w", r.ID, err)
	}
	l.ID, l.Kind, l.At = r.ID, Kind(r.Kind), r.Time
	return l, nil
}

// Settle closes a letter. What a person wrote about themselves and where to answer is forgotten: what stays is which
// address it was about and what was decided.
func (l Letter) Settle(now time.Time, o Outcome, note string) Letter {
	l.Outcome, l.Settled, l.Note = o, now, tidy(note, false)
	l.Text, l.Contact = "", ""
	return l
}
