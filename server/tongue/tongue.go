// Package tongue says in English what readers otherwise read in Danish, and writes numbers and dates as each language does.
package tongue

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"smaabornsviden/index"
)

// Tongue is the language of a page. Danish is the language in which texts stand in the program; the catalogue of this
// package has the English ones under them.
type Tongue string

// The languages of the pages.
const (
	Danish  Tongue = "da"
	English Tongue = "en"
)

// prefix is what the addresses of English pages begin with.
const prefix = "/en"

// Of tells the language of the page at a path, and the path of its Danish twin. Only the address decides: a reader who
// follows a Danish link gets the Danish page, whatever the browser prefers.
func Of(path string) (t Tongue, danish string) {
	if path == prefix {
		return English, "/"
	}
	if rest, ok := strings.CutPrefix(path, prefix+"/"); ok {
		return English, "/" + rest
	}
	return Danish, path
}

// Path is where the page at a Danish path stands in this language.
func (t Tongue) Path(danish string) string {
	switch {
	case t != English:
		return danish
	case danish == "/":
		return prefix
	}
	return prefix + danish
}

// Say is a Danish text in this language, formatted as fmt.Sprintf does where there are arguments. A text that the
// catalogue does not have, such as the name of a source, stays as it is.
func (t Tongue) Say(danish string, args ...any) string {
	text := danish
	if t == English {
		if said, ok := english[danish]; ok {
			text = said
		}
	}
	if len(args) == 0 {
		return text
	}
	return fmt.Sprintf(text, args...)
}

// Lang is the lang attribute that a Danish text needs on a page of this language when the catalogue may not have it:
// empty where the page's own language fits.
func (t Tongue) Lang(danish string) string {
	if _, said := english[danish]; t == English && !said {
		return string(Danish)
	}
	return ""
}

// Number writes 1234 as 1.234 in Danish and as 1,234 in English.
func (t Tongue) Number(n int) string {
	digits := strconv.Itoa(n)
	mark := "."
	if t == English {
		mark = ","
	}
	for i := len(digits) - 3; i > 0 && digits[i-1] != '-'; i -= 3 {
		digits = digits[:i] + mark + digits[i:]
	}
	return digits
}

// Decimal writes a number with so many decimals, -1 meaning as many as it has.
func (t Tongue) Decimal(f float64, decimals int) string {
	text := strconv.FormatFloat(f, 'f', decimals, 64)
	if t == English {
		return text
	}
	return strings.Replace(text, ".", ",", 1)
}

// Counted writes a number with the word that fits it.
func (t Tongue) Counted(n int, one, many string) string {
	return t.Number(n) + " " + t.Unit(n, one, many)
}

// Unit is the word that fits a number.
func (t Tongue) Unit(n int, one, many string) string {
	if n == 1 {
		return t.Say(one)
	}
	return t.Say(many)
}

var months = [...]string{
	"januar", "februar", "marts", "april", "maj", "juni",
	"juli", "august", "september", "oktober", "november", "december",
}

func (t Tongue) month(m time.Month) string {
	if t == English {
		return m.String()
	}
	return months[m-1]
}

// Day writes a date as 30. maj 2023 or 30 May 2023.
func (t Tongue) Day(at time.Time) string {
	dot := "."
	if t == English {
		dot = ""
	}
	return strconv.Itoa(at.Day()) + dot + " " + t.month(at.Month()) + " " + strconv.Itoa(at.Year())
}

// Date writes as much of a date as is known.
func (t Tongue) Date(d index.Date) string {
	switch d.Precision {
	case index.Year:
		return strconv.Itoa(d.Time.Year())
	case index.Month:
		return t.month(d.Time.Month()) + " " + strconv.Itoa(d.Time.Year())
	}
	return t.Day(d.Time)
}

// Moment writes a date with its time as 21. november 2026 kl. 03.10 or 21 November 2026 at 03:10.
func (t Tongue) Moment(at time.Time) string {
	if t == English {
		return t.Day(at) + " at " + at.Format("15:04")
	}
	return t.Day(at) + " kl. " + at.Format("15.04")
}

// Listed joins names as "a, b og c". From the sixth on they are only hinted at.
func (t Tongue) Listed(names []string) string {
	const most = 5
	if len(names) > most {
		return strings.Join(names[:most], ", ") + " " + t.Say("m.fl.")
	}
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " " + t.Say("og") + " " + names[last]
}

// Quoted puts a word into the quotation marks of the language.
func (t Tongue) Quoted(word string) string {
	if t == English {
		return "“" + word + "”"
	}
	return "»" + word + "«"
}
