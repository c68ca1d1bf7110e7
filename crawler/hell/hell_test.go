package hell

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestEveryBehaviourHasANameASentenceAndAnOutcome(t *testing.T) {
	seen := map[string]bool{}
	for _, b := range Behaviours() {
		if b.Name == "" || seen[b.Name] || strings.ToLower(b.Name) != b.Name {
			t.Errorf("%q is no name of its own", b.Name)
		}
		seen[b.Name] = true
		if len(strings.Fields(b.Does)) < 2 || b.Want == nil {
			t.Errorf("%s: %q, %v", b.Name, b.Does, b.Want)
		}
	}
	if len(seen) < 46 {
		t.Errorf("%d behaviours, want at least 46", len(seen))
	}
}

// TestHonestPagesOfBadSitesAreServed wants each site that anybody can reach to have its honest page.
func TestHonestPagesOfBadSitesAreServed(t *testing.T) {
	s, err := Start()
	if err != nil {
		t.Skip("no loopback addresses beside the first: ", err)
	}
	defer s.Close()
	client := http.Client{Timeout: 10 * time.Second}
	for _, name := range []string{"bombe", "tegnsaet", "robots-500", "kalender"} {
		res, err := client.Get(s.URL(name, "/god"))
		if err != nil {
			t.Error(err)
			continue
		}
		text, _ := io.ReadAll(res.Body)
		res.Body.Close()
		if !strings.Contains(string(text), "En god side hos "+name) {
			t.Errorf("%s: %s", name, text)
		}
		if log := s.Requests(name); len(log) != 1 || log[0].Path != "/god" || log[0].Status != http.StatusOK {
			t.Errorf("%s: log %v", name, log)
		}
	}
}
