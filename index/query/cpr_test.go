package query

import "testing"

func TestLooksLikeCPR(t *testing.T) {
	for in, want := range map[string]bool{
		"010190-1234":                true,
		"0101901234":                 true,
		"barn 311299 0000 x":         true,
		"321299-0000 010190-1234":    true, // the second one
		"010170 - 1234":              true,
		"010170 -1234":               true,
		"010170–1234":                true,
		"010170\u20111234":           true, // a hyphen that does not break
		"01.01.70-1234":              true,
		"01-01-70-1234":              true,
		"01 01 70 1234":              true,
		"01/01/70-1234":              true,
		"010170/1234":                true,
		"010170.1234":                true,
		"010170, 1234":               true,
		"010170_1234":                true,
		"0101\u00ad70-1234":          true, // a soft hyphen inside
		"010170\u200b1234":           true, // a space of no width
		"010170\u00a01234":           true,
		"01017０-1234":                true, // a digit of full width
		"cpr:010170-1234.":           true,
		"01011990-1234":              true, // a year of four digits
		"01.01.1990-1234":            true,
		"01 01 2021 1234":            true,
		"610190-1234":                true, // one that stands for a number
		"921290-1234":                false,
		"010190-12 34":               true,
		"010190%2D1234":              true, // escaped twice
		"50 % af 1234":               false,
		"01.01.2020 og 2024":         false,
		"20 12 24 56":                false, // a phone number
		"321299-0000":                false, // no 32nd day
		"011399-1234":                false, // no 13th month
		"sprog 2020-2024":            false,
		"12345678901":                false, // eleven digits
		"45 12 34 56":                false, // a phone number
		"+45 12 34 56 78":            false,
		"10.1016/0140-6736":          false,
		"10.1111/1467-8624.00012":    false,
		"978-87-7119-123-4":          false,
		"ISSN 0105-8347":             false,
		"fra 01.01.2020 til 2024":    false,
		"2010-10-10":                 false,
		"12-12-2012":                 false,
		"0-2 årige":                  false,
		"":                           false,
		"1.000 første dage 010203":   false,
		"lov nr. 152 af 24/02/2021":  false,
		"år:2020-2024 side 12 13 14": false,
	} {
		if got := LooksLikeCPR(in); got != want {
			t.Errorf("LooksLikeCPR(%q) = %v, want %v", in, got, want)
		}
	}
}
