package page

import (
	"strings"
	"time"

	"smaabornsviden/index"
	"smaabornsviden/server/tongue"
)

// dateWords writes as much of a date as is known, and the same for machines.
func dateWords(t tongue.Tongue, d index.Date) (words, iso string) {
	switch d.Precision {
	case index.Year:
		iso = d.Time.Format("2006")
	case index.Month:
		iso = d.Time.Format("2006-01")
	default:
		iso = d.Time.Format(time.DateOnly)
	}
	return t.Date(d), iso
}

// spanWords writes yyyy, yyyy-mm or yyyy-mm-dd as it is read aloud.
func spanWords(t tongue.Tongue, typed string) string {
	for layout, precision := range map[string]index.Precision{
		"2006": index.Year, "2006-01": index.Month, time.DateOnly: index.Day,
	} {
		if at, err := time.Parse(layout, typed); err == nil {
			return t.Date(index.Date{Time: at, Precision: precision})
		}
	}
	return typed
}

// fileSize writes bytes as 2,1 MB, in the decimal units that file managers and Danish sites use.
func fileSize(t tongue.Tongue, n int64) string {
	if n < 1_000_000 {
		return t.Number(int(max(1, (n+500)/1000))) + " kB"
	}
	return t.Decimal(float64(n)/1e6, 1) + " MB"
}

// formatWords writes what kind of file a document is; nothing for a web page.
func formatWords(t tongue.Tongue, d index.Document) string {
	var parts []string
	switch d.Format {
	case "pdf":
		parts = append(parts, "PDF")
	case "docx":
		parts = append(parts, t.Say("Word-fil"))
	default:
		return ""
	}
	if d.Bytes > 0 {
		parts = append(parts, fileSize(t, d.Bytes))
	}
	if d.Pages > 0 {
		parts = append(parts, t.Counted(d.Pages, "side", "sider"))
	}
	return strings.Join(parts, ", ")
}

// langFlag tells readers which language they will meet where it is not that of the page.
func langFlag(t tongue.Tongue, lang string) string {
	switch lang {
	case "da":
		if t != tongue.Danish {
			return "På dansk"
		}
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
