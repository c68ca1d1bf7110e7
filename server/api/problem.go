package api

import (
	"net/http"

	"smaabornsviden/server/answer"
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
}

// ParameterError says what is wrong with one parameter.
type ParameterError struct {
	Parameter string `json:"parameter"`
	Value     string `json:"value,omitempty"`
	Reason    string `json:"reason"`
	Detail    string `json:"detail"`
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
	Slow         Kind = "timeout"
	Broken       Kind = "internal"
	NotFound     Kind = "not-found"
	NotMethod    Kind = "method-not-allowed"
)

var problems = map[Kind]Problem{
	BadParameter: {Status: http.StatusBadRequest, Title: "Ugyldig parameter", Detail: "En eller flere parametre kan ikke bruges. Se errors."},
	EmptyQuery:   {Status: http.StatusBadRequest, Title: "Tom søgning", Detail: "Skriv mindst ét ord i q, eller vælg et filter."},
	TooLong:      {Status: http.StatusBadRequest, Title: "Søgningen er for lang", Detail: "q må højst fylde 512 bytes i UTF-8."},
	CPR:          {Status: http.StatusBadRequest, Title: "Det ligner et CPR-nummer", Detail: "Skriv ikke personoplysninger i en søgning. Vi har ikke gemt det."},
	TooLarge:     {Status: http.StatusBadRequest, Title: "Søgningen er for omfattende", Detail: "Brug færre ord eller færre forkortelser med stjerne."},
	Slow:         {Status: http.StatusServiceUnavailable, Title: "Søgningen tog for lang tid", Detail: "Prøv igen om lidt, eller brug færre ord."},
	Broken:       {Status: http.StatusInternalServerError, Title: "Noget gik galt hos os", Detail: "Prøv igen om lidt."},
	NotFound:     {Status: http.StatusNotFound, Title: "Findes ikke", Detail: "Der er ikke noget på denne adresse."},
	NotMethod:    {Status: http.StatusMethodNotAllowed, Title: "Metoden kan ikke bruges", Detail: "Adressen kan kun læses med GET og HEAD."},
}

// NewProblem makes the problem of a kind. The second result is false for kinds that do not exist.
func NewProblem(kind Kind) (Problem, bool) {
	p, ok := problems[kind]
	p.Type = ProblemsPath + string(kind)
	return p, ok
}

// ParameterErrors writes faults for programs.
func ParameterErrors(faults []answer.Fault) []ParameterError {
	var out []ParameterError
	for _, f := range faults {
		out = append(out, ParameterError{Parameter: f.Param, Value: f.Value, Reason: string(f.Kind), Detail: f.Hint()})
	}
	return out
}
