package page

import (
	"strconv"
	"strings"
	"time"

	"smaabornsviden/index"
)

var months = [...]string{
	"januar", "februar", "marts", "april", "maj", "juni",
	"juli", "august", "september", "oktober", "november", "december",
}

// number writes 1234 as 1.234.
func number(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0 && digits[i-1] != '-'; i -= 3 {
		digits = digits[:i] + "." + digits[i:]
	}
	return digits
}

// counted writes a number with the word that fits it.
func counted(n int, one, many string) string { return number(n) + " " + unit(n, one, many) }

func unit(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// day writes a date as 30. maj 2023.
func day(t time.Time) string {
	return strconv.Itoa(t.Day()) + ". " + months[t.Month()-1] + " " + strconv.Itoa(t.Year())
}

// dateWords writes as much of a date as is known, and the same for machines.
func dateWords(d index.Date) (danish, iso string) {
	switch d.Precision {
	case index.Year:
		return strconv.Itoa(d.Time.Year()), d.Time.Format("2006")
	case index.Month:
		return months[d.Time.Month()-1] + " " + strconv.Itoa(d.Time.Year()), d.Time.Format("2006-01")
	}
	return day(d.Time), d.Time.Format(time.DateOnly)
}

// spanWords writes yyyy, yyyy-mm or yyyy-mm-dd as it is read aloud.
func spanWords(typed string) string {
	for layout, precision := range map[string]index.Precision{
		"2006": index.Year, "2006-01": index.Month, time.DateOnly: index.Day,
	} {
		if t, err := time.Parse(layout, typed); err == nil {
			words, _ := dateWords(index.Date{Time: t, Precision: precision})
			return words
		}
	}
	return typed
}

// fileSize writes bytes as 2,1 MB, in the decimal units that file managers and Danish sites use.
func fileSize(n int64) string {
	if n < 1_000_000 {
		return number(int(max(1, (n+500)/1000))) + " kB"
	}
	mb := strconv.FormatFloat(float64(n)/1e6, 'f', 1, 64)
	return strings.Replace(mb, ".", ",", 1) + " MB"
}

// listed joins names as "a, b og c". From the sixth on they are only counted.
func listed(names []string) string {
	const most = 5
	if len(names) > most {
		return strings.Join(names[:most], ", ") + " m.fl."
	}
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " og " + names[last]
}

// formatWords writes what kind of file a document is; nothing for a web page.
func formatWords(d index.Document) string {
	var parts []string
	switch d.Format {
	case "pdf":
		parts = append(parts, "PDF")
	case "docx":
		parts = append(parts, "Word-fil")
	default:
		return ""
	}
	if d.Bytes > 0 {
		parts = append(parts, fileSize(d.Bytes))
	}
	if d.Pages > 0 {
		parts = append(parts, counted(d.Pages, "side", "sider"))
	}
	return strings.Join(parts, ", ")
}

// langFlag tells readers of Danish which other language they will meet.
func langFlag(lang string) string {
	switch lang {
	case "en":
		return "På engelsk"
	case "nb":
		return "På norsk"
	case "nn":
		return "På norsk (nynorsk)"
	case "sv":
		return "På svensk"
	case "de":
		return "På tysk"
	}
	return ""
}

// facetLabel is the heading of a facet.
func facetLabel(name string) string {
	switch name {
	case index.FacetSource:
		return "Kilde"
	case index.FacetType:
		return "Type"
	case index.FacetYear:
		return "År"
	case index.FacetSector:
		return "Sektor"
	case index.FacetLang:
		return "Sprog"
	case index.FacetTopic:
		return "Emne"
	case index.FacetAge:
		return "Alder"
	}
	return name
}
