package partners

import (
	"regexp"
	"strconv"
	"sync"
	"time"
	_ "time/tzdata" // the hours hold also on a machine that knows no time zones
)

var hoursShape = regexp.MustCompile(`^([01][0-9]|2[0-3])-([01][0-9]|2[0-3])$`)

// copenhagen is the clock by which partners mean their hours.
var copenhagen = sync.OnceValue(func() *time.Location {
	loc, err := time.LoadLocation("Europe/Copenhagen")
	if err != nil {
		panic("partners: " + err.Error()) // embedded, so it is there
	}
	return loc
})

// OpensAt returns when the source may be visited from a time on: at that time, or when its hours begin next.
func (s *Source) OpensAt(at time.Time) time.Time {
	m := hoursShape.FindStringSubmatch(s.Hours)
	if m == nil {
		return at
	}
	from, _ := strconv.Atoi(m[1])
	to, _ := strconv.Atoi(m[2])
	local := at.In(copenhagen())
	hour := local.Hour()
	if from < to && hour >= from && hour < to || from > to && (hour >= from || hour < to) {
		return at
	}
	day := local.Day()
	if hour >= from {
		day++
	}
	return time.Date(local.Year(), local.Month(), day, from, 0, 0, 0, copenhagen())
}
