package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"smaabornsviden/index"
)

func TestTheTerminalSaysInPlainDanishWhatWasReadAsWhat(t *testing.T) {
	got := readings([]readWord{
		{Text: "leg"},
		{Text: "lærings", Typed: "læringsskema", Kind: index.Split},
		{Text: "skema", Typed: "læringsskema", Kind: index.Split},
		{Text: "børnehave", Typed: "børne have", Kind: index.Joined},
		{Text: "vuggestue", Typed: "vugestue", Kind: index.Repaired},
	})
	want := []string{
		"Ingen tekster har ordet læringsskema. Her er tekster med dets dele: lærings og skema.",
		"børne have er læst som ét ord: børnehave.",
		"Viser resultater for vuggestue i stedet for vugestue.",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
}
