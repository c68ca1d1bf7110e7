package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestChecklistPrintsEveryRow(t *testing.T) {
	dir := t.TempDir()
	texts := []string{
		"Kommunen giver et løfte\nFamilier der lykkes er kommunens indsats.",
		"Et fælles løfte i øst\nAarhus er med.",
		"SMÅBØRNSLØFTET\nVi vil mindske uligheden.",
		"Samarbejdet skal løftes\nDEBAT: Der er brug for mere.\nAf Henriette Christiansen, Camilla Wang med flere",
		"Nyheder\nNye klubber er på vej\nSmåbørnsklubberne begynder nu.",
	}
	for i, text := range texts {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%d.txt", i)), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	res := invoke(t, nil, "checklist", "-seeds", dir)
	if res.code != exitOK {
		t.Fatalf("exit %d\n%s", res.code, res.stderr)
	}
	for _, want := range []string{"\n10 pass    Formidling og debat\n", "\n 8 pass ", "\n11 pass ", "\n12 pass ", "\n46 pass ", "\n73 pass ", "\n26 by hand Yesbjerg\n", "\n77 fail    Samme løfte", "77 rows: "} {
		if !strings.Contains(res.stdout, want) {
			t.Errorf("no %q in\n%s", want, res.stdout)
		}
	}
	if res := invoke(t, nil, "checklist", "-seeds", t.TempDir()); res.code != exitFail || !strings.Contains(res.stderr, "want 5") {
		t.Errorf("no seeds: exit %d, %q", res.code, res.stderr)
	}
	if res := invoke(t, nil, "checklist", "-seeds", filepath.Join(dir, "away")); res.code != exitFail || !strings.Contains(res.stderr, "is no folder") {
		t.Errorf("no folder: exit %d, %q", res.code, res.stderr)
	}
	if err := os.WriteFile(filepath.Join(dir, "2.txt"), []byte("\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if res := invoke(t, nil, "checklist", "-seeds", dir); res.code != exitFail || !strings.Contains(res.stderr, "2.txt is no text") {
		t.Errorf("an empty seed: exit %d, %q", res.code, res.stderr)
	}
	if res := invoke(t, nil, "checklist"); res.code != exitUsage {
		t.Errorf("no -seeds: exit %d", res.code)
	}
}
