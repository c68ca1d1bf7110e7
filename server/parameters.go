package server

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"smaabornsviden/server/answer"
	"smaabornsviden/server/api"
)

// parameters reads the parameters of a program, and answers with a problem when they cannot be read or are not among
// those allowed.
func (re *replies) parameters(w http.ResponseWriter, r *http.Request, allowed ...string) (url.Values, bool) {
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		re.writeProblem(w, r, api.BadParameter, nil)
		return nil, false
	}
	faults, err := answer.Only(values, allowed...)
	switch {
	case err != nil:
		re.writeProblem(w, r, failureOf(err, answer.Question{}).problem, nil)
		return nil, false
	case len(faults) > 0:
		re.writeProblem(w, r, api.BadParameter, api.ParameterErrors(faults, prefersEnglish(r)))
		return nil, false
	}
	return values, true
}

// question reads the question of a program, and answers with a problem when it cannot be read.
func (re *replies) question(w http.ResponseWriter, r *http.Request, params answer.Params, names *answer.Names) (answer.Question, url.Values, bool) {
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		re.writeProblem(w, r, api.BadParameter, nil)
		return answer.Question{}, nil, false
	}
	q, faults, err := answer.Parse(values, params, names)
	switch {
	case err != nil:
		re.failProgram(w, r, err, q)
		return q, nil, false
	case len(faults) > 0:
		re.writeProblem(w, r, api.BadParameter, api.ParameterErrors(faults, prefersEnglish(r)))
		return q, nil, false
	}
	return q, values, true
}

// prefersEnglish reports whether English stands before Danish among the languages of a request. Weights are not
// weighed: browsers list what they prefer first.
func prefersEnglish(r *http.Request) bool {
	for piece := range strings.SplitSeq(r.Header.Get("Accept-Language"), ",") {
		lang, _, _ := strings.Cut(strings.TrimSpace(strings.ToLower(piece)), ";")
		switch lang, _, _ = strings.Cut(lang, "-"); lang {
		case "da":
			return false
		case "en":
			return true
		}
	}
	return false
}

// mendedQuery reads an address that someone wrote by hand: a lone % and a ; stand for themselves.
func mendedQuery(raw string) url.Values {
	var b strings.Builder
	for i := range len(raw) {
		switch {
		case raw[i] == ';':
			b.WriteString("%3B")
		case raw[i] == '%' && (i+2 >= len(raw) || !isHex(raw[i+1]) || !isHex(raw[i+2])):
			b.WriteString("%25")
		default:
			b.WriteByte(raw[i])
		}
	}
	values, _ := url.ParseQuery(b.String()) // nothing is left in it that could fail
	return values
}

func isHex(c byte) bool { return strings.IndexByte("0123456789abcdefABCDEF", c) >= 0 }

// errForm: a form is too large, or not what browsers send.
var errForm = errors.New("form cannot be read")

// readForm reads the fields of a form from the body alone.
func readForm(w http.ResponseWriter, r *http.Request, most int64) (url.Values, error) {
	r.Body = http.MaxBytesReader(w, r.Body, most)
	if err := r.ParseForm(); err != nil {
		return nil, errForm // the error may quote what was sent
	}
	return r.PostForm, nil
}
