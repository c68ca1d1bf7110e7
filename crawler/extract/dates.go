package extract

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"smaabornsviden/index"
)

// earliest is the first year that a date may have; older ones are mistakes or the year a house was built.
const earliest = 1900

// ahead is how far in the future a date may lie: calls and plans are published for next year.
const ahead = 2 * 365 * 24 * time.Hour

// spotted is a date found in a text, with the bytes it stands at.
type spotted struct {
	date       index.Date
	start, end int
}

// dateForm is one way to write a date. read gets the submatches.
type dateForm struct {
	re   *regexp.Regexp
	read func(m []string) (index.Date, bool)
}

// Months are written in the languages of the corpus; a full stop may follow an abbreviation.
const monthPattern = `(januar[iy]?|january|jan|februar[iy]?|february|feb|febr|marts|mars|march|märz|mär|mar|april|apr|maj|mai|may|juni|june|jun|juli|july|jul|august[i]?|aug|september|sept|sep|oktober|october|okt|oct|november|nov|december|desember|dezember|dec|des|dez)`

// The forms, the most telling first. Numbers are always read day, month, year; a first number that can be no
// day makes it no date rather than an American one.
var dateForms = []dateForm{
	{regexp.MustCompile(`\b(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s?(Z|[+-]\d{2}:?\d{2})?)?`), readISO},
	{regexp.MustCompile(`\b(\d{4})/(\d{1,2})/(\d{1,2})\b`), readYearFirst},
	{regexp.MustCompile(`(?i)\b(\d{1,2})\s?(?:\.|st\b|nd\b|rd\b|th\b|:[ae]\b)?\s?(?:of\s)?` + monthPattern + `\b\.?,?\s{0,2}(\d{4})\b`), readDayMonthName},
	{regexp.MustCompile(`(?i)\b` + monthPattern + `\b\.?\s(\d{1,2})(?:st|nd|rd|th)?,?\s(\d{4})\b`), readMonthNameDay},
	{regexp.MustCompile(`\b(\d{1,2})\s?([./-])\s?(\d{1,2})\s?([./ -])\s?(\d{4}|\d{2})\b`), readNumbers},
	{regexp.MustCompile(`(?i)\b` + monthPattern + `\b\.?,?\s{0,2}(\d{4})\b`), readMonthName},
}

// findDates returns the dates in a text from left to right. Two forms never share bytes.
func findDates(text string, now time.Time) []spotted {
	if !strings.ContainsAny(text, "0123456789") {
		return nil
	}
	var read []spotted
	for _, form := range dateForms {
		for _, m := range form.re.FindAllStringSubmatchIndex(text, 20) {
			if overlaps(read, m[0], m[1]) || partOfNumber(text, m[0], m[1]) {
				continue
			}
			date, ok := form.read(groups(text, m))
			if !ok || !plausible(date, now) {
				date = index.Date{} // "31. februar 2021" is not February 2021 either
			}
			read = append(read, spotted{date, m[0], m[1]})
		}
	}
	read = slices.DeleteFunc(read, func(s spotted) bool { return s.date.IsZero() })
	slices.SortFunc(read, func(a, b spotted) int { return a.start - b.start })
	return read
}

func groups(text string, m []int) []string {
	out := make([]string, len(m)/2)
	for i := range out {
		if m[2*i] >= 0 {
			out[i] = text[m[2*i]:m[2*i+1]]
		}
	}
	return out
}

func overlaps(found []spotted, start, end int) bool {
	for _, f := range found {
		if start < f.end && f.start < end {
			return true
		}
	}
	return false
}

// partOfNumber reports whether digits or signs around the match make it a piece of something longer: a
// telephone number, an ISBN, a version.
func partOfNumber(text string, start, end int) bool {
	if start > 1 && strings.IndexByte("-./:,", text[start-1]) >= 0 && isDigit(text[start-2]) {
		return true
	}
	return end+1 < len(text) && strings.IndexByte("-/", text[end]) >= 0 && isDigit(text[end+1])
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// parseDate reads a value that is meant to be one date, as metadata are: the forms above, and also a year,
// a year and month, or eight digits.
func parseDate(value string, now time.Time) (index.Date, bool) {
	value = clean(value)
	if len(value) > 100 || unset.MatchString(value) {
		return index.Date{}, false
	}
	if m := bareDate.FindStringSubmatch(value); m != nil {
		date, ok := readBare(m[1]+m[4], m[2]+m[5], m[3])
		return date, ok && plausible(date, now)
	}
	if found := findDates(value, now); len(found) > 0 {
		return found[0].date, true
	}
	return index.Date{}, false
}

// unset is what systems write into a date that nobody has set: the first day that they can count.
var unset = regexp.MustCompile(`^(?:1970-01-01|1900-01-01|0001-01-01|01[-./]01[-./](?:1970|1900|0001))(?:\D|$)|^19700101$|^19000101$`)

var bareDate = regexp.MustCompile(`^(?:(\d{4})(\d{2})?(\d{2})?|(\d{4})[-/](\d{1,2}))$`)

func readBare(year, month, day string) (index.Date, bool) {
	switch {
	case month == "":
		return makeDate(atoi(year), 1, 1, index.Year)
	case day == "":
		return makeDate(atoi(year), atoi(month), 1, index.Month)
	}
	return makeDate(atoi(year), atoi(month), atoi(day), index.Day)
}

// readISO reads a timestamp. One in UTC is shown as the day it is in Denmark, since systems store Danish
// midnight as 22:00Z or 23:00Z; any other offset is the source's own calendar.
func readISO(m []string) (index.Date, bool) {
	date, ok := makeDate(atoi(m[1]), atoi(m[2]), atoi(m[3]), index.Day)
	if !ok || m[7] != "Z" && m[7] != "+00:00" && m[7] != "+0000" {
		return date, ok
	}
	at := date.Time.Add(time.Duration(atoi(m[4]))*time.Hour + time.Duration(atoi(m[5]))*time.Minute)
	local := at.Add(danishOffset(at))
	return makeDate(local.Year(), int(local.Month()), local.Day(), index.Day)
}

// danishOffset is Denmark's distance from UTC: two hours from the last Sunday of March to that of October,
// from 01:00 UTC on. Worked out here so that it does not hang on the machine's time zone files.
func danishOffset(t time.Time) time.Duration {
	from := lastSunday(t.Year(), time.March).Add(time.Hour)
	to := lastSunday(t.Year(), time.October).Add(time.Hour)
	if t.Before(from) || !t.Before(to) {
		return time.Hour
	}
	return 2 * time.Hour
}

func lastSunday(year int, month time.Month) time.Time {
	last := time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC)
	return last.AddDate(0, 0, -int(last.Weekday()))
}

func readYearFirst(m []string) (index.Date, bool) {
	return makeDate(atoi(m[1]), atoi(m[2]), atoi(m[3]), index.Day)
}

func readDayMonthName(m []string) (index.Date, bool) {
	return makeDate(atoi(m[3]), monthNumber(m[2]), atoi(m[1]), index.Day)
}

func readMonthNameDay(m []string) (index.Date, bool) {
	return makeDate(atoi(m[3]), monthNumber(m[1]), atoi(m[2]), index.Day)
}

func readMonthName(m []string) (index.Date, bool) {
	return makeDate(atoi(m[2]), monthNumber(m[1]), 1, index.Month)
}

// readNumbers reads 10.06.2021, 03-04-2009, 02/02/2025, 12/3 2021, 12.3.21. The signs have to agree, but
// for "12/3 2021".
func readNumbers(m []string) (index.Date, bool) {
	// Danes write 3/4-2023 and 3/4 2023 beside the forms with one sign.
	mixed := m[4] == " " && (m[2] == "/" || m[2] == ".") || m[4] == "-" && m[2] == "/"
	if m[2] != m[4] && !mixed || mixed && len(m[5]) == 2 {
		return index.Date{}, false
	}
	year := atoi(m[5])
	if len(m[5]) == 2 {
		if len(m[1])+len(m[3]) < 4 && m[2] != "." && m[2] != "/" {
			return index.Date{}, false // 3-5-10 may be anything
		}
		year = fullYear(year)
	}
	return makeDate(year, atoi(m[3]), atoi(m[1]), index.Day)
}

// fullYear reads two digits as the century that makes sense for pages: the web is younger than 1990.
func fullYear(two int) int {
	if two >= 90 {
		return 1900 + two
	}
	return 2000 + two
}

// makeDate refuses days that do not exist.
func makeDate(year, month, day int, p index.Precision) (index.Date, bool) {
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if t.Year() != year || int(t.Month()) != month || t.Day() != day {
		return index.Date{}, false
	}
	return index.Date{Time: t, Precision: p}, true
}

func plausible(d index.Date, now time.Time) bool {
	if d.Time.Year() < earliest {
		return false
	}
	if now.IsZero() {
		return d.Time.Year() < 2100
	}
	return !d.Time.After(now.Add(ahead))
}

func monthNumber(name string) int {
	name = strings.ToLower(name)
	switch {
	case strings.HasPrefix(name, "jan"):
		return 1
	case strings.HasPrefix(name, "feb"):
		return 2
	case strings.HasPrefix(name, "mar"), strings.HasPrefix(name, "mär"):
		return 3
	case strings.HasPrefix(name, "apr"):
		return 4
	case name == "maj", name == "mai", name == "may":
		return 5
	case strings.HasPrefix(name, "jun"):
		return 6
	case strings.HasPrefix(name, "jul"):
		return 7
	case strings.HasPrefix(name, "aug"):
		return 8
	case strings.HasPrefix(name, "sep"):
		return 9
	case strings.HasPrefix(name, "okt"), strings.HasPrefix(name, "oct"):
		return 10
	case strings.HasPrefix(name, "nov"):
		return 11
	}
	return 12
}

func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}
