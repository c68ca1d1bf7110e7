package discover

import (
	"strings"
	"time"
)

// w3cForms are the forms of a W3C date (the profile of ISO 8601 that sitemaps name), and the slips that
// systems make in them: a space for the T, no zone, no colon in it.
var w3cForms = []string{
	"2006-01-02T15:04:05Z07:00", "2006-01-02T15:04:05", "2006-01-02T15:04:05Z0700", "2006-01-02T15:04:05Z07",
	"2006-01-02T15:04Z07:00", "2006-01-02T15:04", "2006-01-02T15:04Z0700",
	"2006-01-02", "2006-01", "2006", "20060102T150405Z", "20060102",
	time.RFC1123, time.RFC1123Z,
}

// when reads a date; zero when it cannot be read. A date without a zone is taken as UTC, which is wrong by
// two hours at most for a Danish site. Fractions of a second may follow the seconds in any form.
func when(s string) time.Time {
	s = strings.TrimSpace(s)
	if len(s) > 10 && s[10] == ' ' && s[4] == '-' {
		s = s[:10] + "T" + strings.ReplaceAll(s[11:], " ", "")
	}
	for _, form := range w3cForms {
		if t, err := time.Parse(form, s); err == nil && t.Year() >= 1990 {
			return t.UTC()
		}
	}
	return time.Time{}
}
