package answer

import "time"

// dayBounds reads yyyy, yyyy-mm or yyyy-mm-dd as the first and the last day that it may mean, yyyymmdd.
func dayBounds(typed string) (first, last int, ok bool) {
	for _, form := range []struct {
		layout              string
		years, months, days int
	}{
		{"2006", 1, 0, 0},
		{"2006-01", 0, 1, 0},
		{"2006-01-02", 0, 0, 1},
	} {
		t, err := time.Parse(form.layout, typed)
		if err == nil && t.Year() > 0 {
			end := t.AddDate(form.years, form.months, form.days).AddDate(0, 0, -1)
			return yyyymmdd(t), yyyymmdd(end), true
		}
	}
	return 0, 0, false
}

func yyyymmdd(t time.Time) int { return t.Year()*10000 + int(t.Month())*100 + t.Day() }
