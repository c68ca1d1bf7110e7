package page

import (
	"strings"
	"testing"
)

func TestHostsAreShownAsPeopleWriteThem(t *testing.T) {
	for host, want := range map[string]string{
		"xn--smbrnslftet-y8a2we.dk": "småbørnsløftet.dk",
		"www.lindeby.example:8080":  "www.lindeby.example:8080",
		"xn--80ak6aa92e.com":        "xn--80ak6aa92e.com", // Cyrillic letters that look Latin
		"xn--nonsense-.dk":          "xn--nonsense-.dk",
	} {
		if got := spelled(host); got != want {
			t.Errorf("%s is shown as %s, want %s", host, got, want)
		}
	}
}

// TestRelationsHaveWords: what the crawl finds between documents has a heading of its own on their pages. The words
// are those of index.Relation, since server and crawler do not meet.
func TestRelationsHaveWords(t *testing.T) {
	for kind, want := range map[string]string{
		"udgave": "Andre udgaver", "oversaettelse": "Findes også på andre sprog", "kopi": "Samme tekst andre steder", "fil": "Teksten som fil", "side": "Siden om filen",
		"omtale": "Omtalt i praksis", "omtale-nyhed": "Omtalt i nyheder og debat", "omtale-andet": "Omtalt andre steder", "forskning": "Forskningen bag", "samme-indsats": "Om den samme indsats",
	} {
		docType := "nyhed"
		if strings.HasPrefix(kind, "omtale") {
			docType = "forskning"
		}
		if got := relationWords(kind, docType); got != want {
			t.Errorf("%s on %s: %q, want %q", kind, docType, got, want)
		}
	}
}
