package page

import (
	"io"
	"net/http"
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
	// Unread are pieces of the query that could not be read.
	Unread []string
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
	heading, lines := words(m)
	v := messageView{frame: p.frame(heading + " – Småbørnsviden"), Heading: heading, Lines: lines, Code: m.Code}
	v.NoIndex = true
	v.Crawling = m.Collection.Crawling
	v.Text = m.Text
	switch m.State {
	case CPR:
		v.Text = ""
		v.FieldError = true
	case TooLong, TooLarge, NoWords, Empty:
		v.FieldError = true
	}
	v.Browse = browse(m.Collection)
	return p.write(w, "message", v)
}

// words is what readers read, state by state.
func words(m Message) (heading string, lines []sentence) {
	switch m.State {
	case Empty:
		return "Hvad vil du søge efter?", []sentence{
			say("Skriv mindst ét ord" + orBrowse(m.Collection) + "."),
		}
	case NoWords:
		for _, piece := range m.Unread {
			lines = append(lines, unread(piece))
		}
		return "Vi fandt ingen ord at søge efter", append(lines, say("Skriv mindst ét ord, fx ", example("indkøring"), "."))
	case TooLong:
		return "Din søgning er for lang", []sentence{
			say("Der er plads til omkring 500 tegn. Behold de vigtigste ord, og prøv igen. Din søgning står stadig i feltet."),
		}
	case CPR:
		return "Det ligner et CPR-nummer", []sentence{
			say("Skriv ikke personoplysninger i søgefeltet. Vi har ikke gemt det."),
			say("Er det et andet tal, så søg uden det."),
		}
	case TooLarge:
		return "Din søgning er for omfattende", []sentence{
			say("Brug færre ord, eller skriv ordene helt ud i stedet for med stjerne. Din søgning står stadig i feltet."),
		}
	case TooMany:
		return "Du har søgt mange gange på kort tid", []sentence{
			say("Vent et minut, og prøv igen. Din søgning står stadig i feltet."),
		}
	case Slow:
		return "Søgningen tog for lang tid", []sentence{
			say("Prøv igen om lidt, eller brug færre ord. Din søgning står stadig i feltet."),
		}
	case Down:
		return "Søgningen er nede et øjeblik", []sentence{
			say("Vi er ved at få den i gang igen. Prøv igen om lidt." + stillThere(m.Text)),
		}
	case NotFound:
		return "Siden findes ikke", []sentence{
			say("Måske er dokumentet fjernet hos kilden, eller også er der en fejl i adressen."),
			say("Søg i feltet øverst, eller gå til ", link("forsiden", "/"), "."),
		}
	case NotMethod:
		return "Det kan siden ikke", []sentence{
			say("Siden kan kun læses. Gå til ", link("forsiden", "/"), ", og prøv derfra."),
		}
	}
	return "Noget gik galt hos os", []sentence{
		say("Prøv igen om lidt." + stillThere(m.Text)),
	}
}

func orBrowse(c Collection) string {
	if len(browse(c)) == 0 {
		return ""
	}
	return ", eller vælg en type eller en kilde nedenfor"
}

func stillThere(text string) string {
	if text == "" {
		return ""
	}
	return " Din søgning står stadig i feltet."
}

func unread(piece string) sentence {
	return say("Vi kunne ikke læse ", em(piece), ". Skriv fx ", em("år:2020-2024"), " eller ", em("type:forskning"), ".")
}
