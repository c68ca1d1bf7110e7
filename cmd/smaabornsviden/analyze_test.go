package main

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestAnalyzeWritesOneObjectALine(t *testing.T) {
	res := invokeIn(t, strings.NewReader("Sprogvurderingen i vuggestuen\n\nbørne- og ungeområdet\n"), nil, "analyze")
	if res.code != exitOK {
		t.Fatalf("exit %d: %s", res.code, res.stderr)
	}
	lines := strings.Split(strings.TrimSpace(res.stdout), "\n")
	if len(lines) != 3 {
		t.Fatalf("%d lines, want one for each of 3 lines:\n%s", len(lines), res.stdout)
	}
	var got struct {
		Text   string
		Tokens []struct {
			Surface    string
			Start, End int
			Lemmas     []string
			Parts      []struct {
				Text, Lemma       string
				Start, End, Level int
			}
			Split []string
		}
		Expansions []struct{ Kind, Text string }
	}
	if err := json.Unmarshal([]byte(lines[0]), &got); err != nil {
		t.Fatal(err)
	}
	word := got.Tokens[0]
	if word.Surface != "Sprogvurderingen" || word.Lemmas[0] != "sprogvurdering" || strings.Join(word.Split, " ") != "sprog vurderingen" {
		t.Errorf("first token %+v, want sprogvurdering split into sprog and vurderingen", word)
	}
	if len(got.Expansions) == 0 {
		t.Error("no expansions of sprogvurdering and vuggestue")
	}
}

func TestPlanPrintsThePlanOfAQuery(t *testing.T) {
	res := invoke(t, nil, "plan", "tidlig", "indsats")
	var got struct {
		Plan struct {
			Groups    []struct{ Text string }
			MinShould int `json:"min_should"`
		}
	}
	if err := json.Unmarshal([]byte(res.stdout), &got); err != nil || res.code != exitOK {
		t.Fatalf("exit %d, %v: %s", res.code, err, res.stderr)
	}
	if got.Plan.MinShould != 2 || got.Plan.Groups[1].Text != "indsats" {
		t.Errorf("plan %+v, want two words needed", got.Plan)
	}
}
