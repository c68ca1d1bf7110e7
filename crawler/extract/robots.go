package extract

import (
	"cmp"
	"net/http"
	"strconv"
	"strings"
	"time"

	"smaabornsviden/index"
)

// MetaRobots is what a page allows, from its <meta> elements and X-Robots-Tag together; of two
// rules the stricter holds.
type MetaRobots struct {
	NoIndex   bool
	NoFollow  bool
	NoArchive bool
	NoSnippet bool
	// MaxSnippet is the longest snippet in characters: 0 no limit was named, -1 none may be shown.
	// The same meaning as index.Document.SnippetMax.
	MaxSnippet int
	// UnavailableAfter is when the page is to leave every index; zero when it does not say.
	UnavailableAfter time.Time
}

// fillRobots reads the rules for everyone and those for our own agent.
func (p *page) fillRobots(res *Result) {
	agents := []string{"robots"}
	if p.in.Agent != "" {
		agents = append(agents, strings.ToLower(p.in.Agent))
	}
	for _, agent := range agents {
		for _, value := range p.meta.all[agent] {
			res.Robots.add(value)
			res.Why["robots"] = index.Reason{Rule: "robots-meta", Quote: agent + ": " + value}
		}
	}
	for _, value := range p.in.Header.Values("X-Robots-Tag") {
		if rules := forAgent(value, p.in.Agent); rules != "" {
			res.Robots.add(rules)
			res.Why["robots"] = index.Reason{Rule: "robots-header", Quote: value}
		}
	}
	p.fillTDM(res)
}

// RobotsHeader reads X-Robots-Tag alone, for answers that are no pages.
func RobotsHeader(h http.Header, agent string) MetaRobots {
	var m MetaRobots
	for _, value := range h.Values("X-Robots-Tag") {
		m.add(forAgent(value, agent))
	}
	return m
}

// forAgent returns the rules of one X-Robots-Tag value that hold for us, "" when there are none. Rules before the first
// agent hold for everybody, those after one for that agent until the next: proxies join the headers of a site by commas.
// "unavailable_after: date" and "max-snippet:5" also have colons, so an agent is a word that is no rule.
func forAgent(value, agent string) string {
	var rules []string
	ours := true
	for part := range strings.SplitSeq(value, ",") {
		head, rest, ok := strings.Cut(part, ":")
		head = strings.ToLower(strings.TrimSpace(head))
		if ok && isAgentName(head) && !isRobotsRule(head) {
			ours = head == "*" || agent != "" && head == strings.ToLower(agent)
			part = rest
		}
		if ours {
			rules = append(rules, part)
		}
	}
	return strings.Join(rules, ",")
}

// isAgentName tells a product token from the hour of a date.
func isAgentName(s string) bool {
	return s == "*" || s != "" && 'a' <= s[0] && s[0] <= 'z' && !strings.ContainsAny(s, " \t")
}

func isRobotsRule(name string) bool {
	switch name {
	case "all", "none", "index", "follow", "noindex", "nofollow", "noarchive", "nocache", "nosnippet", "noimageindex", "notranslate",
		"indexifembedded", "max-snippet", "max-image-preview", "max-video-preview", "unavailable_after":
		return true
	}
	return false
}

// add merges a comma-separated list of rules.
func (m *MetaRobots) add(value string) {
	lower := strings.ToLower(value)
	if _, date, ok := strings.Cut(lower, "unavailable_after"); ok {
		m.addUnavailable(value[len(value)-len(date):])
	}
	for rule := range strings.SplitSeq(lower, ",") {
		name, arg, _ := strings.Cut(strings.TrimSpace(rule), ":")
		switch strings.TrimSpace(name) {
		case "none":
			m.NoIndex, m.NoFollow = true, true
		case "noindex":
			m.NoIndex = true
		case "nofollow":
			m.NoFollow = true
		case "noarchive", "nocache":
			m.NoArchive = true
		case "nosnippet":
			m.NoSnippet, m.MaxSnippet = true, -1
		case "max-snippet":
			m.addMaxSnippet(strings.TrimSpace(arg))
		}
	}
}

func (m *MetaRobots) addMaxSnippet(arg string) {
	n, err := strconv.Atoi(arg)
	switch {
	case err != nil || n < 0 || m.MaxSnippet < 0: // -1 means no limit
	case n == 0:
		m.NoSnippet, m.MaxSnippet = true, -1
	case m.MaxSnippet == 0 || n < m.MaxSnippet:
		m.MaxSnippet = n
	}
}

// addUnavailable reads the dates that Google documents: RFC 822, RFC 850 and ISO 8601.
func (m *MetaRobots) addUnavailable(arg string) {
	arg = strings.TrimSpace(strings.TrimLeft(arg, ": "))
	for _, layout := range []string{
		time.RFC3339, "2006-01-02", "2006-01-02 15:04:05", time.RFC1123, time.RFC1123Z, time.RFC850,
		"02 Jan 2006 15:04:05 MST", "02-Jan-2006 15:04:05 MST", "2 Jan 2006 15:04:05 MST", "02 Jan 06 15:04 MST",
	} {
		for _, text := range []string{arg, beforeComma(arg)} {
			if t, err := time.Parse(layout, text); err == nil {
				t = inZone(t)
				if m.UnavailableAfter.IsZero() || t.Before(m.UnavailableAfter) {
					m.UnavailableAfter = t
				}
				return
			}
		}
	}
}

// zoneHours are the zones of RFC 822 and those of the countries whose sites we read, in hours before or behind UTC.
func zoneHours(name string) (hours int, known bool) {
	hours, known = map[string]int{
		"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
		"WET": 0, "WEST": 1, "BST": 1, "CET": 1, "MET": 1, "CEST": 2, "MEST": 2, "EET": 2, "EEST": 3,
	}[name]
	return hours, known
}

// inZone gives a time the offset that its zone's name stands for: time.Parse takes a name that the machine's own zone does
// not have for one without an offset.
func inZone(t time.Time) time.Time {
	name, offset := t.Zone()
	hours, known := zoneHours(strings.ToUpper(name))
	if !known || offset != 0 {
		return t
	}
	return t.Add(-time.Duration(hours) * time.Hour)
}

func beforeComma(s string) string {
	head, _, _ := strings.Cut(s, ",")
	return strings.TrimSpace(head)
}

// fillTDM reads the W3C community report on reserving text and data mining.
func (p *page) fillTDM(res *Result) { reserve(res, p.in, p.meta.first("tdm-reservation")) }

// reserve reads whether text and data mining is reserved: "1" reserves it and "0" does not. By the report what a page says
// in itself goes before its header, and the header before the file that speaks for the whole host.
func reserve(res *Result, in Input, meta string) {
	for _, v := range []struct{ value, rule, quote string }{
		{meta, "tdm-meta", ""},
		{in.Header.Get("tdm-reservation"), "tdm-header", ""},
		{in.Reserved.value(), "tdm-file", in.Reserved.Rule},
	} {
		value := strings.TrimSpace(v.value)
		if value != "0" && value != "1" {
			continue
		}
		res.TDM = value == "1"
		if res.TDM {
			res.Why["tdm"] = index.Reason{Rule: v.rule, Quote: cmp.Or(v.quote, "tdm-reservation: 1")}
		}
		return
	}
}

// Reservation is what the file /.well-known/tdmrep.json of a host says of an address; the zero value when it says nothing.
type Reservation struct {
	Reserved bool
	Rule     string // as it stands there, "" when there is none
}

func (r Reservation) value() string {
	switch {
	case r.Rule == "":
		return ""
	case r.Reserved:
		return "1"
	}
	return "0"
}
