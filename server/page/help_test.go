package page

import (
	"strings"
	"testing"

	"smaabornsviden/server/answer"
	"smaabornsviden/server/tongue"
)

func TestHelpWithoutResultsFitsTheSearch(t *testing.T) {
	for text, want := range map[string]string{
		"dcum":               "Tjek stavningen, eller prøv et andet ord for det samme.",
		"adhd medicin dosis": "Tjek stavningen, brug færre ord, eller prøv et andet ord for det samme.",
	} {
		var said []string
		for _, s := range help(tongue.Danish, answer.Answer{Question: answer.Question{Text: text, Page: 1, Size: 10}}) {
			line := ""
			for _, p := range s {
				line += p.Text
			}
			said = append(said, line)
		}
		if all := strings.Join(said, "\n"); said[0] != want || !strings.Contains(all, "Mangler der en kilde? Foreslå den.") {
			t.Errorf("%s: %s", text, all)
		}
	}
}
