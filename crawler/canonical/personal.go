package canonical

import (
	"regexp"
	"strings"
	"time"
)

// personalNames are parameters that carry a person whatever their value looks like.
var personalNames = map[string]bool{"cpr": true, "cprnr": true, "cprnummer": true, "personnummer": true, "email": true, "e-mail": true}

var (
	emailPattern = regexp.MustCompile(`[\pL\pN._%+-]+(?:@|%40)[\pL\pN-]+(?:\.[\pL\pN-]+)+`)
	// Without its dash a CPR number looks like any ten digits, so there only the parameter's name tells.
	cprPattern = regexp.MustCompile(`\b([0-3][0-9][01][0-9][0-9]{2})-[0-9]{4}\b`)
)

// personal says what of a person an address carries, or "". Such an address was made for one reader; it is
// neither visited nor kept. Only the query is searched: paths hold article numbers that look like dates.
func personal(p pieces) string {
	for param := range strings.SplitSeq(p.query, "&") {
		name, value, _ := strings.Cut(param, "=")
		if why := personalParam(strings.ToLower(decode(name)), decode(value)); why != "" {
			return why
		}
	}
	return ""
}

func personalParam(name, value string) string {
	switch {
	case value == "":
		return ""
	case personalNames[name]:
		return "parameter " + name
	case emailPattern.MatchString(value):
		return "e-mail address in " + Redact(clip(name))
	case hasCPR(value):
		return "CPR number in " + Redact(clip(name))
	}
	return ""
}

func hasCPR(s string) bool {
	for _, m := range cprPattern.FindAllStringSubmatch(s, -1) {
		if _, err := time.Parse("020106", m[1]); err == nil {
			return true
		}
	}
	return false
}

// Redact returns an address or other text fit for a log or a report: e-mail addresses and CPR numbers
// become "***", and so do the values of parameters that name a person.
func Redact(s string) string {
	head, query, ok := strings.Cut(s, "?")
	if !ok {
		return redactText(s)
	}
	params := strings.Split(query, "&")
	for i, param := range params {
		name, value, _ := strings.Cut(param, "=")
		if personalParam(strings.ToLower(decode(name)), decode(value)) != "" {
			params[i] = redactText(name) + "=***"
			continue
		}
		params[i] = redactText(param)
	}
	return redactText(head) + "?" + strings.Join(params, "&")
}

func redactText(s string) string {
	s = emailPattern.ReplaceAllString(s, "***")
	return cprPattern.ReplaceAllStringFunc(s, func(m string) string {
		if hasCPR(m) {
			return "***"
		}
		return m
	})
}
