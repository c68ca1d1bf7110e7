package page

import (
	"io"
	"net/http"

	"smaabornsviden/server/answer"
	"smaabornsviden/server/tongue"
)

// State is a page that says something instead of listing hits.
type State string

// The states.
const (
	Empty     State = "empty"    // nothing was asked
	NoWords   State = "no-words" // signs, but no word
	TooLong   State = "too-long"
	CPR       State = "cpr"
	TooLarge  State = "too-large" // more terms than one plan may have
	TooMany   State = "too-many"  // requests from one asker
	Slow      State = "slow"      // the deadline passed
	Down      State = "down"      // the index cannot be reached
	Broken    State = "broken"    // something failed on our side
	NotFound  State = "not-found"
	NotMethod State = "not-method"
)

// Message is what is known about such a page.
type Message struct {
	State State
	// Text goes back into the search box, so that nothing typed is lost. It stays empty for CPR.
	Text string
	// Unread are pieces of the query that could not be read, Faults those that say what to write instead.
	Unread []string
	Faults []answer.Fault
	// Code lets an operator find the case in the log.
	Code       string
	Collection Collection // for Empty: what there is to browse
}

type messageView struct {
	frame
	Heading string
	Lines   []sentence
	Code    string
	Browse  []browseList
}

// Status is the HTTP status of a state.
func (s State) Status() int {
	switch s {
	case TooLong, CPR, TooLarge:
		return http.StatusBadRequest
	case TooMany:
		return http.StatusTooManyRequests
	case Slow, Down:
		return http.StatusServiceUnavailable
	case Broken:
		return http.StatusInternalServerError
	case NotFound:
		return http.StatusNotFound
	case NotMethod:
		return http.StatusMethodNotAllowed
	}
	return http.StatusOK
}

// Message writes a page that says something instead of listing hits.
func (p *Pages) Message(w io.Writer, m Message) error {
	heading, lines := words(p.in, m)
	v := messageView{frame: p.frame(titled(heading)), Heading: heading, Lines: lines, Code: m.Code}
	v.NoIndex = true
	v.Crawling = m.Collection.Crawling
	v.Text = m.Text
	if p.path == SearchPath && m.Text != "" {
		v.Self = address(tongue.Danish, answer.Question{Text: m.Text, Page: 1, Size: answer.PageSize})
	}
	switch m.State {
	case CPR:
		v.Text, v.Self = "", SearchPath
		v.FieldError = true
	case TooLong, TooLarge, NoWords, Empty:
		v.FieldError = true
	}
	v.Browse = browse(p.in, m.Collection)
	return p.write(w, "message", v)
}

// words is what readers read, state by state.
func words(t tongue.Tongue, m Message) (heading string, lines []sentence) {
	heading, lines = "Noget gik galt hos os", []sentence{say(t, "Prøv igen om lidt.")}
	switch m.State {
	case Empty:
		heading, lines = "Hvad vil du søge efter?", []sentence{say(t, "Skriv mindst ét ord.")}
		if len(browse(t, m.Collection)) > 0 {
			lines = []sentence{say(t, "Skriv mindst ét ord, eller vælg en type eller en kilde nedenfor.")}
		}
	case NoWords:
		heading, lines = "Vi fandt ingen ord at søge efter", nil
		for _, f := range m.Faults {
			lines = append(lines, unused(t, f))
		}
		lines = append(lines, unreadPieces(t, m.Unread, m.Faults)...)
		lines = append(lines, say(t, "Skriv mindst ét ord, fx %s.", example(t, "indkøring")))
	case TooLong:
		heading, lines = "Din søgning er for lang", []sentence{say(t, "Der er plads til omkring 500 tegn. Behold de vigtigste ord, og prøv igen.")}
	case CPR:
		heading, lines = "Det ligner et CPR-nummer", []sentence{
			say(t, "Skriv ikke personoplysninger i søgefeltet. Vi har ikke gemt det."),
			say(t, "Er det et andet tal, så søg uden det."),
		}
	case TooLarge:
		heading, lines = "Din søgning er for omfattende", []sentence{say(t, "Brug færre ord, eller skriv ordene helt ud i stedet for med stjerne.")}
	case TooMany:
		heading, lines = "Du har søgt mange gange på kort tid", []sentence{say(t, "Vent et minut, og prøv igen.")}
	case Slow:
		heading, lines = "Søgningen tog for lang tid", []sentence{say(t, "Prøv igen om lidt, eller brug færre ord.")}
	case Down:
		heading, lines = "Søgningen er nede et øjeblik", []sentence{say(t, "Vi er ved at få den i gang igen. Prøv igen om lidt.")}
	case NotFound:
		heading, lines = "Siden findes ikke", []sentence{
			say(t, "Måske er dokumentet fjernet hos kilden, eller også er der en fejl i adressen."),
			say(t, "Søg i feltet øverst, eller gå til %s.", linkTo(t, "forsiden", "/")),
		}
	case NotMethod:
		heading, lines = "Det kan siden ikke", []sentence{say(t, "Siden kan kun læses. Gå til %s, og prøv derfra.", linkTo(t, "forsiden", "/"))}
	}
	if m.Text != "" && m.State.keepsText() {
		last := len(lines) - 1
		lines[last] = append(lines[last], part{Text: " " + t.Say("Din søgning står stadig i feltet.")})
	}
	return t.Say(heading), lines
}

// keepsText is true where a reader may fear that what was typed is lost.
func (s State) keepsText() bool {
	switch s {
	case TooLong, TooLarge, TooMany, Slow, Down, Broken:
		return true
	}
	return false
}
