package index

import "testing"

func TestWordsHaveTheAuthorsWhomTheBodyDoesNotName(t *testing.T) {
	d := Document{Body: "Børn leger, siger Bo Lund.", Authors: []string{"Anne Holm", "Bo Lund"}}
	if got, want := d.Words(), "Børn leger, siger Bo Lund.\nAnne Holm."; got != want {
		t.Errorf("Words = %q, want %q", got, want)
	}
}
