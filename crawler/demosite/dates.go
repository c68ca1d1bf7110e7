package demosite

import (
	"fmt"
	"time"
)

// danish puts a day at an hour of Danish time. The rule of the European Union is worked out here, so that
// the dates do not depend on the machine's time zone files.
func danish(day time.Time, hour time.Duration) time.Time {
	zone := time.FixedZone("CET", 60*60)
	if summer(day) {
		zone = time.FixedZone("CEST", 2*60*60)
	}
	midnight := time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, zone)
	return midnight.Add(hour)
}

// summer reports whether summer time holds at noon of the day: from the last Sunday of March to the day
// before the last Sunday of October.
func summer(day time.Time) bool {
	from, to := lastSunday(day.Year(), time.March), lastSunday(day.Year(), time.October)
	return !day.Before(from) && day.Before(to)
}

func lastSunday(year int, month time.Month) time.Time {
	last := time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC)
	return last.AddDate(0, 0, -int(last.Weekday()))
}

var danishMonths = [...]string{
	"januar", "februar", "marts", "april", "maj", "juni",
	"juli", "august", "september", "oktober", "november", "december",
}

// longDate writes "30. maj 2023".
func longDate(t time.Time) string {
	return fmt.Sprintf("%d. %s %d", t.Day(), danishMonths[t.Month()-1], t.Year())
}
