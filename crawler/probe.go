package crawler

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"smaabornsviden/crawler/state"
)

// probeFresh is how long a host's answer to an impossible address is believed.
const probeFresh = 7 * 24 * time.Hour

// probeText bounds what is kept of that answer.
const probeText = 4 << 10

// probeURL is an address below the given prefix that no site has. It is the same each time, so that a site's log shows
// one odd visitor, not many.
func probeURL(origin, prefix string) string {
	sum := sha256.Sum256([]byte(origin))
	return origin + strings.TrimSuffix(prefix, "/") + "/findes-ikke-" + hex.EncodeToString(sum[:6])
}

// notFoundWords open the texts of pages that say in words what their status does not.
var notFoundWords = []string{
	"siden findes ikke", "siden blev ikke fundet", "siden kunne ikke findes", "siden kan ikke findes", "siden eksisterer ikke",
	"denne side findes ikke", "vi kunne ikke finde siden", "vi kan ikke finde siden", "404", "fejl 404",
	"page not found", "page cannot be found", "not found", "sidan kunde inte hittas", "siden finnes ikke",
}

// longestNotice is how many words such a page has at most: an article about missing pages has more.
const longestNotice = 120

// softNotFound reports whether a page that was answered with status 200 is the site's way to say that there is none.
// A start page never is: many sites show it for every unknown address.
func softNotFound(u state.URL, probe state.Probe, title, text string) bool {
	if u.Via == state.ViaStart || u.Depth == 0 && u.Via != state.ViaSitemap {
		return false
	}
	whole := title + "\n" + text
	if probe.Text != "" && likeness(whole, probe.Text) >= sameText {
		return true
	}
	words := len(fold(whole))
	return words <= longestNotice && (opens(title) || words <= longestNotice/2 && opens(text))
}

func opens(text string) bool {
	text = strings.TrimLeft(strings.ToLower(text), " \n\t\"»“–-")
	for _, w := range notFoundWords {
		if rest, ok := strings.CutPrefix(text, w); ok && !letterFirst(rest) {
			return true
		}
	}
	return false
}

func letterFirst(s string) bool {
	words := fold(s)
	return len(words) > 0 && strings.HasPrefix(strings.ToLower(s), words[0])
}
