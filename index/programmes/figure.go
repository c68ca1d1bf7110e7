package programmes

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// KnownUntil is the first moment after the time that the figure is known to be of: its date or, where it has none, when its
// source was read. A year lasts to its end, since nothing tells which day of it was meant. It is zero when neither is known.
func (f Figure) KnownUntil() time.Time {
	text := f.Date
	if text == "" {
		text = f.Seen
	}
	for _, form := range []struct {
		layout              string
		years, months, days int
	}{{time.DateOnly, 0, 0, 1}, {"2006-01", 0, 1, 0}, {"2006", 1, 0, 0}} {
		if at, err := time.Parse(form.layout, text); err == nil {
			return at.AddDate(form.years, form.months, form.days)
		}
	}
	return time.Time{}
}

// StandsIn reports whether every number of the figure's value stands in a text, in digits or, up to twenty, as a Danish
// word. A value without any number has to stand there itself.
func (f Figure) StandsIn(text string) bool {
	wanted := numbers(f.Value)
	if len(wanted) == 0 {
		return strings.Contains(folded(text), folded(f.Value))
	}
	there := numbers(text)
	for _, n := range wanted {
		if !slices.Contains(there, n) && !spelled(text, n) {
			return false
		}
	}
	return true
}

var (
	digits  = regexp.MustCompile(`\d+(?:[.,]\d+)*`)
	grouped = regexp.MustCompile(`^\d{1,3}(?:\.\d{3})+(?:,\d+)?$`)
	words   = regexp.MustCompile(`\p{L}+`)
)

// numbers are those of a text as they are written, without the points between thousands, which not every page sets. Thousands
// may be parted by a space too, but so are two numbers in a row of a table: both readings count.
func numbers(text string) []string {
	var all []string
	for _, n := range append(digits.FindAllString(text, -1), spaced.FindAllString(text, -1)...) {
		n = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "").Replace(n)
		if grouped.MatchString(n) {
			n = strings.ReplaceAll(n, ".", "")
		}
		all = append(all, n)
	}
	return all
}

var spaced = regexp.MustCompile(`\b\d{1,3}(?:[ \x{a0}\x{202f}]\d{3})+(?:,\d+)?\b`)

// small are the Danish words of numbers that running text does not write in digits.
var small = [][]string{
	{"nul"},
	{"en", "et", "én", "ét"},
	{"to"},
	{"tre"},
	{"fire"},
	{"fem"},
	{"seks"},
	{"syv"},
	{"otte"},
	{"ni"},
	{"ti"},
	{"elleve"},
	{"tolv"},
	{"tretten"},
	{"fjorten"},
	{"femten"},
	{"seksten"},
	{"sytten"},
	{"atten"},
	{"nitten"},
	{"tyve"},
}

func spelled(text, number string) bool {
	n, err := strconv.Atoi(number)
	if err != nil || n < 0 || n >= len(small) {
		return false
	}
	return slices.ContainsFunc(words.FindAllString(strings.ToLower(text), -1), func(word string) bool { return slices.Contains(small[n], word) })
}

func folded(text string) string { return strings.Join(strings.Fields(strings.ToLower(text)), " ") }
