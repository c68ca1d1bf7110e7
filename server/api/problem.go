package api

import (
	"net/http"

	"smaabornsviden/server/answer"
	"smaabornsviden/server/tongue"
)

// Problem is an error as RFC 9457 writes it.
type Problem struct {
	Type      string           `json:"type"`
	Title     string           `json:"title"`
	Status    int              `json:"status"`
	Detail    string           `json:"detail"`
	Instance  string           `json:"instance,omitempty"` // the path asked for, never with its query
	RequestID string           `json:"request_id,omitempty"`
	Errors    []ParameterError `json:"errors,omitempty"`
	Gone      *Gone            `json:"gone,omitempty"`
}

// ParameterError says what is wrong with one parameter.
type ParameterError struct {
	Parameter string `json:"parameter"`
	Value     string `json:"value,omitempty"`
	At        int    `json:"at,omitempty"` // the character of q at which a condition begins, counted from 1
	Reason    string `json:"reason"`
	Detail    string `json:"detail"`
}

// Gone tells what became of a document that could once be read. What must not be told, or is not known any more, is null.
type Gone struct {
	Since  string  `json:"since"` // RFC 3339
	Reason string  `json:"reason" enum:"at-source,not-wanted,left-out,on-request"`
	Source *string `json:"source"`
	URL    *string `json:"url"`
	Title  *string `json:"title"`
	Lang   *string `json:"lang"` // of the title, a slug of sprog
}

// ProblemsPath is where the types of problems are described; a Problem's Type is a path below it.
const ProblemsPath = "/api/v1/problems/"

// Kind names a type of problem.
type Kind string

// The types of problems.
const (
	BadParameter Kind = "bad-parameter"
	EmptyQuery   Kind = "empty-query"
	TooLong      Kind = "query-too-long"
	CPR          Kind = "personal-number"
	TooLarge     Kind = "query-too-large"
	Expired      Kind = "cursor-expired"
	TooMany      Kind = "too-many-requests"
	Slow         Kind = "timeout"
	Down         Kind = "unavailable"
	Busy         Kind = "busy"
	Foreign      Kind = "cross-site"
	Broken       Kind = "internal"
	NotFound     Kind = "not-found"
	Removed      Kind = "gone"
	NotMethod    Kind = "method-not-allowed"
)

// texts are the title and detail of a problem in one language.
type texts struct {
	title, detail string
}

type problem struct {
	status int
	da, en texts
}

var problems = map[Kind]problem{
	BadParameter: {
		http.StatusBadRequest,
		texts{"Ugyldig parameter", "En eller flere parametre kan ikke bruges. Se errors."},
		texts{"Bad parameter", "One or more parameters cannot be used. See errors."},
	},
	EmptyQuery: {
		http.StatusBadRequest,
		texts{"Tom søgning", "Skriv mindst ét ord i q, eller vælg et filter."},
		texts{"Empty search", "Give at least one word in q, or choose a filter."},
	},
	TooLong: {
		http.StatusBadRequest,
		texts{"Søgningen er for lang", "q og text må højst fylde 512 bytes i UTF-8."},
		texts{"The search is too long", "q and text may hold at most 512 bytes of UTF-8."},
	},
	CPR: {
		http.StatusBadRequest,
		texts{"Det ligner et CPR-nummer", "Skriv ikke personoplysninger i en søgning. Vi har ikke gemt det."},
		texts{"This looks like a Danish personal number", "Do not put personal data into a search. Nothing was stored."},
	},
	TooLarge: {
		http.StatusBadRequest,
		texts{"Søgningen er for omfattende", "Brug færre ord eller færre forkortelser med stjerne."},
		texts{"The search is too large", "Use fewer words, or fewer that end in a star."},
	},
	Expired: {
		http.StatusGone,
		texts{"Indekset er ændret", "Cursoren hører til en tidligere udgave af indekset. Begynd forfra med den samme søgning."},
		texts{"The index has changed", "The cursor belongs to an earlier state of the index. Start again with the same search."},
	},
	TooMany: {
		http.StatusTooManyRequests,
		texts{"For mange forespørgsler", "Du har sendt mange søgninger på kort tid. Vent, som Retry-After siger."},
		texts{"Too many requests", "You sent many searches in a short time. Wait as Retry-After tells."},
	},
	Slow: {
		http.StatusServiceUnavailable,
		texts{"Søgningen tog for lang tid", "Prøv igen om lidt, eller brug færre ord."},
		texts{"The search took too long", "Try again soon, or use fewer words."},
	},
	Down: {
		http.StatusServiceUnavailable,
		texts{"Søgningen er nede et øjeblik", "Indekset svarer ikke lige nu. Prøv igen om lidt."},
		texts{"The search is down for a moment", "The index does not answer right now. Try again soon."},
	},
	Busy: {
		http.StatusServiceUnavailable,
		texts{"Optaget lige nu", "Serveren gør det samme for andre, eller indekset ændrer sig i dette øjeblik. Prøv igen om lidt."},
		texts{"Busy right now", "The server does the same for others, or the index changes at this moment. Try again soon."},
	},
	Foreign: {
		http.StatusForbidden,
		texts{"Sendt fra en anden side", "En anden sides script kan ikke få os til at gemme noget."},
		texts{"Sent by another site", "A script of another site cannot have us store something."},
	},
	Broken: {
		http.StatusInternalServerError,
		texts{"Noget gik galt hos os", "Prøv igen om lidt."},
		texts{"Something went wrong on our side", "Try again soon."},
	},
	NotFound: {
		http.StatusNotFound,
		texts{"Findes ikke", "Der er ikke noget på denne adresse."},
		texts{"Not found", "There is nothing at this address."},
	},
	Removed: {
		http.StatusGone,
		texts{"Dokumentet findes ikke længere", "Det kunne findes her engang. Se gone om, hvornår og hvorfor det forsvandt."},
		texts{"The document no longer exists", "It could be found here once. See gone for when and why it went."},
	},
	NotMethod: {
		http.StatusMethodNotAllowed,
		texts{"Metoden kan ikke bruges", "Se Allow om, hvilke metoder adressen tager imod."},
		texts{"Method not allowed", "See Allow for the methods that the address takes."},
	},
}

// NewProblem makes the problem of a kind, in English or else in Danish. The second result is false for kinds that do
// not exist.
func NewProblem(kind Kind, english bool) (Problem, bool) {
	p, ok := problems[kind]
	words := p.da
	if english {
		words = p.en
	}
	return Problem{Type: ProblemsPath + string(kind), Title: words.title, Status: p.status, Detail: words.detail}, ok
}

// ParameterErrors writes faults for programs, in English or else in Danish.
func ParameterErrors(faults []answer.Fault, english bool) []ParameterError {
	t := tongue.Danish
	if english {
		t = tongue.English
	}
	var out []ParameterError
	for _, f := range faults {
		out = append(out, ParameterError{Parameter: f.Param, Value: f.Value, At: f.At, Reason: string(f.Kind), Detail: f.Hint(t)})
	}
	return out
}
