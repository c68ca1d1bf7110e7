package demosite

import (
	"testing"
	"time"
)

func TestDanishTimeFollowsTheSummerTimeRule(t *testing.T) {
	for day, want := range map[string]string{
		"2024-03-30": "2024-03-30T06:00:00+01:00",
		"2024-03-31": "2024-03-31T06:00:00+02:00", // the last Sunday of March
		"2024-10-26": "2024-10-26T06:00:00+02:00",
		"2024-10-27": "2024-10-27T06:00:00+01:00", // the last Sunday of October
		"2022-01-01": "2022-01-01T06:00:00+01:00",
		"2013-05-30": "2013-05-30T06:00:00+02:00",
	} {
		d, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		if got := danish(d, 6*time.Hour).Format(time.RFC3339); got != want {
			t.Errorf("%s: %s, want %s", day, got, want)
		}
	}
}
