package robots

import (
	"encoding/json"
	"fmt"
	"strings"

	"smaabornsviden/crawler/canonical"
)

// ReservationsPath is where a site says for which of its addresses text and data mining is reserved (TDM Reservation
// Protocol, W3C community group report of 10 May 2024).
const ReservationsPath = "/.well-known/tdmrep.json"

// maxReservations bounds the rules of a file: with more, matching would cost more than reading the page.
const maxReservations = 5000

// Reservations are the rules of one tdmrep.json. They do not change and may be used from any goroutine. Nil ones say
// nothing of any address.
type Reservations struct {
	rules []reservation
}

type reservation struct {
	rule
	reserved bool
}

// ParseReservations reads a tdmrep.json. A rule without a location or without a value that the protocol knows is none. It
// returns an error for what is no list of rules; most often that is a page that says so with status 200.
func ParseReservations(body []byte) (*Reservations, error) {
	body = trimBOM(body)
	var all []struct {
		Location    string          `json:"location"`
		Reservation json.RawMessage `json:"tdm-reservation"`
	}
	if err := json.Unmarshal(body, &all); err != nil {
		// The report calls the brackets mandatory even around one rule, which tells what people forget.
		if err2 := json.Unmarshal([]byte("["+string(body)+"]"), &all); err2 != nil {
			return nil, fmt.Errorf("tdmrep.json is no list of rules: %w", err)
		}
	}
	r := &Reservations{}
	for _, one := range all {
		value := strings.Trim(string(one.Reservation), `" `)
		if one.Location == "" || value != "0" && value != "1" || len(r.rules) == maxReservations {
			continue
		}
		pattern := one.Location
		if strings.Contains(pattern, "://") {
			pattern = pathOf(pattern)
		}
		if !strings.HasPrefix(pattern, "/") && !strings.HasPrefix(pattern, "*") {
			pattern = "/" + pattern
		}
		text := fmt.Sprintf("%s: %s", shown(one.Location), value)
		r.rules = append(r.rules, reservation{rule{pattern: escape(pattern), strict: canonical.Escapes(pattern), text: text}, value == "1"})
	}
	return r, nil
}

// Reserved reports whether the file reserves text and data mining of an address, and by which rule. Of several rules that
// match, the first in the file holds. rule is "" where none does.
func (r *Reservations) Reserved(url string) (reserved bool, rule string) {
	if r == nil {
		return false, ""
	}
	t := newTarget(url)
	for i := range r.rules {
		if r.rules[i].match(t) > 0 {
			return r.rules[i].reserved, r.rules[i].text
		}
	}
	return false, ""
}
