package programmes

import (
	"testing"
	"time"
)

func TestAFigureStandsInATextAsAWholeNumber(t *testing.T) {
	for _, tt := range []struct {
		value, text string
		want        bool
	}{
		{"31", "Her kommer 31 familier.", true},
		{"31", "Her kommer 47 familier.", false},
		{"31", "131 familier, 310 børn, 31,5 procent og 2.031 kr.", false},
		{"14,2 mio. kr.", "Bevillingen er på 14,2\u00a0mio. kr.", true},
		{"14,2 mio. kr.", "Bevillingen er på 14,8 mio. kr. til 2 år og 14 caféer", false},
		{"8", "Caféer i otte kommuner", true},
		{"8", "Caféer i attende forsøg, ottende år", false},
		{"flere end 600", "flere end 600 småbørn", true},
		{"1.200", "1200 børn", true},
		{"1200", "1.200 børn", true},
		{"1200", "1 200 børn", true},
		{"10-12", "mellem 10 og 12", true},
		{"10-12", "mellem 10 og 13", false},
		{"halvdelen", "Halvdelen af\npladserne", true},
		{"halvdelen", "en tredjedel", false},
		{"2", "Åbne caféer 3 2", true},
		{"5", "", false},
	} {
		if got := (Figure{Value: tt.value}).StandsIn(tt.text); got != tt.want {
			t.Errorf("%q in %q: %v, want %v", tt.value, tt.text, got, tt.want)
		}
	}
}

func FuzzAFigureStandsInASentenceThatTellsIt(f *testing.F) {
	for _, seed := range []string{"31", "14,2 mio. kr.", "1.200", "flere end 600", "10-12", "halvdelen", "1 200"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, value string) {
		if text := "Her er tallet: " + value + " i alt."; !(Figure{Value: value}).StandsIn(text) {
			t.Errorf("%q does not stand in %q", value, text)
		}
	})
}

func TestAFigureIsKnownUntilItsDateHasPassed(t *testing.T) {
	for _, tt := range []struct{ date, seen, want string }{
		{"2024-06-03", "2026-11", "2024-06-04"},
		{"2024-06", "", "2024-07-01"},
		{"2024", "", "2025-01-01"},
		{"", "2026-11", "2026-12-01"},
		{"", "", "0001-01-01"},
	} {
		if got := (Figure{Date: tt.date, Seen: tt.seen}).KnownUntil().Format(time.DateOnly); got != tt.want {
			t.Errorf("%+v: %s", tt, got)
		}
	}
}
