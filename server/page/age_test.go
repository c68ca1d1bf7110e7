package page

import (
	"testing"

	"smaabornsviden/index"
	"smaabornsviden/server/tongue"
)

func TestAgeWordsSayTheSpan(t *testing.T) {
	for _, tc := range []struct {
		from, to  int
		uncertain bool
		want      string
	}{
		{-9, -1, false, "Før fødslen"},
		{-9, 0, false, "Før fødslen"},
		{-9, 11, false, "Før fødslen og det første år"},
		{-9, 12, false, "Før fødslen til 12 måneder"},
		{-9, 83, true, "Formentlig før fødslen til 6 år"},
		{0, 83, false, "0-6 år"},
		{0, 83, true, "ca. 0-6 år"},
		{36, 71, false, "3-5 år"},
		{36, 47, false, "3 år"},
		{9, 35, false, "9-35 måneder"},
		{10, 10, false, "10 måneder"},
		{35, 0, false, ""},
	} {
		got := ageWords(tongue.Danish, index.AgeSpan{From: tc.from, To: tc.to, Known: true, Certain: !tc.uncertain})
		if got != tc.want {
			t.Errorf("%d to %d: %q, want %q", tc.from, tc.to, got, tc.want)
		}
	}
	if got := ageWords(tongue.Danish, index.AgeSpan{From: 0, To: 83}); got != "" {
		t.Errorf("no age given is told as %q", got)
	}
}
