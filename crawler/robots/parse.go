package robots

import (
	"bytes"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/encoding/unicode"

	"smaabornsviden/crawler/canonical"
)

const (
	// maxLine is how much of a line is read: eight times the longest address that browsers took when Google
	// chose the number.
	maxLine     = 2083*8 - 1
	maxSitemaps = 1000
	maxText     = 200 // of a line as it is shown
)

// Parse reads a robots.txt. It never fails: a line that cannot be read is no rule, a file of none allows
// everything.
func Parse(body []byte) *Rules {
	p := parser{rules: new(Rules)}
	p.file(trimBOM(utf16ToUTF8(limit(body))))
	return p.rules
}

// limit cuts a body at MaxBytes, before the line that would be cut in two.
func limit(body []byte) []byte {
	if len(body) <= MaxBytes {
		return body
	}
	if end := bytes.LastIndexAny(body[:MaxBytes], "\r\n"); end >= 0 {
		return body[:end+1]
	}
	return body[:MaxBytes]
}

// utf16ToUTF8 decodes a file that an editor on Windows saved as "Unicode". Read as bytes it would hold no
// rule, and all that the site asked for would be lost.
func utf16ToUTF8(body []byte) []byte {
	if !bytes.HasPrefix(body, []byte{0xFF, 0xFE}) && !bytes.HasPrefix(body, []byte{0xFE, 0xFF}) {
		return body
	}
	decoded, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(body)
	if err != nil {
		return body
	}
	return decoded
}

// trimBOM drops the mark that an editor left at the start, also when only its first bytes are there.
func trimBOM(body []byte) []byte {
	for i, c := range []byte("\xEF\xBB\xBF") {
		if i >= len(body) || body[i] != c {
			return body[i:]
		}
	}
	return body[3:]
}

// parser gathers the groups line by line.
type parser struct {
	rules *Rules
	// open is true while user-agent lines may still join the last group: until its first rule.
	open bool
}

// file splits the body into lines, which end in LF, CR or CR LF.
func (p *parser) file(body []byte) {
	for number := 1; len(body) > 0; number++ {
		end := bytes.IndexAny(body, "\r\n")
		if end < 0 {
			p.line(string(body), number)
			return
		}
		p.line(string(body[:end]), number)
		if bytes.HasPrefix(body[end:], []byte("\r\n")) {
			end++
		}
		body = body[end+1:]
	}
}

func (p *parser) line(text string, number int) {
	text = text[:min(len(text), maxLine)]
	key, value, ok := keyValue(text)
	if !ok {
		return
	}
	switch directiveOf(key) {
	case userAgent:
		p.userAgent(value)
	case allow:
		p.rule(rule{allow: true, pattern: escape(value), text: shown(text), line: number})
	case disallow:
		p.rule(rule{pattern: escape(value), strict: canonical.Escapes(value), text: shown(text), line: number})
	case crawlDelay:
		p.delay(value)
	case sitemap:
		p.sitemap(value)
	}
}

// keyValue splits a line at its first colon. Where a site forgot it, two words are a key and its value.
func keyValue(line string) (key, value string, ok bool) {
	line, _, _ = strings.Cut(line, "#")
	line = trim(line)
	key, value, colon := strings.Cut(line, ":")
	if !colon {
		words := strings.FieldsFunc(line, func(r rune) bool { return r == ' ' || r == '\t' })
		if len(words) != 2 {
			return "", "", false
		}
		key, value = words[0], words[1]
	}
	key, value = trim(key), trim(value)
	return key, value, key != ""
}

// trim takes off the white space of C, which is what Google's parser takes off; a no-break space stays.
func trim(s string) string { return strings.Trim(s, " \t\n\v\f\r") }

func shown(line string) string {
	line, _, _ = strings.Cut(line, "#")
	line = strings.ToValidUTF8(trim(line), "\uFFFD")
	if len(line) > maxText {
		line = strings.ToValidUTF8(line[:maxText], "") + "…"
	}
	return line
}

type directive int

const (
	unknown directive = iota
	userAgent
	allow
	disallow
	crawlDelay
	sitemap
)

// spellings are the beginnings by which a key is known, whatever the case: the misspellings are common
// enough that Google reads them, and so is a letter too many at the end.
var spellings = []struct {
	prefix string
	means  directive
}{
	{"user-agent", userAgent},
	{"useragent", userAgent},
	{"user agent", userAgent},
	{"allow", allow},
	{"disallow", disallow},
	{"dissallow", disallow},
	{"dissalow", disallow},
	{"disalow", disallow},
	{"diasllow", disallow},
	{"disallaw", disallow},
	{"crawl-delay", crawlDelay},
	{"crawldelay", crawlDelay},
	{"crawl delay", crawlDelay},
	{"sitemap", sitemap},
	{"site-map", sitemap},
}

func directiveOf(key string) directive {
	for _, s := range spellings {
		if len(key) >= len(s.prefix) && strings.EqualFold(key[:len(s.prefix)], s.prefix) {
			return s.means
		}
	}
	return unknown
}

// userAgent begins a group, or adds to one that has no rules yet. Lines of other kinds between the agents
// do not part them (2.2.4).
func (p *parser) userAgent(value string) {
	if !p.open {
		p.rules.groups = append(p.rules.groups, group{})
		p.open = true
	}
	g := p.last()
	// "* and some words" still means everybody.
	if value == "*" || strings.HasPrefix(value, "*") && trim(value[1:2]) == "" {
		g.global = true
		return
	}
	// "FooBot/1.0" is FooBot.
	if token := ProductToken(value); token != "" {
		g.agents = append(g.agents, token)
	}
}

func (p *parser) last() *group {
	if len(p.rules.groups) == 0 {
		return nil
	}
	return &p.rules.groups[len(p.rules.groups)-1]
}

// rule adds to the last group; a rule before any user-agent line belongs to nobody. An empty pattern is no
// rule but ends the list of agents.
func (p *parser) rule(r rule) {
	g := p.last()
	if g == nil {
		return
	}
	p.open = false
	if r.pattern != "" {
		g.rules = append(g.rules, r)
	}
}

func (p *parser) delay(value string) {
	g := p.last()
	if g == nil {
		return
	}
	g.delay = max(g.delay, seconds(value))
}

// seconds reads a number of seconds, with a fraction and with words behind it ("2,5 sekunder"); what is no
// number is 0.
func seconds(value string) time.Duration {
	number, _, _ := strings.Cut(strings.Replace(value, ",", ".", 1), " ")
	number = strings.TrimRight(number, "sS.")
	s, err := strconv.ParseFloat(number, 64)
	if err != nil || math.IsNaN(s) || s < 0 {
		return 0
	}
	const year = 365 * 24 * time.Hour
	return time.Duration(min(s, year.Seconds()) * float64(time.Second))
}

func (p *parser) sitemap(value string) {
	known := p.rules.sitemaps
	if value != "" && len(known) < maxSitemaps && !slices.Contains(known, value) {
		p.rules.sitemaps = append(known, value)
	}
}
