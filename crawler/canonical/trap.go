package canonical

import (
	"fmt"
	"slices"
	"strings"
)

// Bounds of a path that a site with an end can have. Relative links that lack their slash grow a path by
// the same segments at every step, for ever.
const (
	maxDepth  = 20 // segments; Heritrix draws the line there too
	maxCopies = 3  // times one segment may stand in a path
)

// repeats names what makes a path endless: a group of two or more segments that follows on itself, one
// segment three times running, or four times in all, or a depth beyond any real page. Numbers are not
// counted: /2024/01/2024/01 may be a date twice.
func repeats(path string) string {
	segments := strings.Split(strings.Trim(path, "/"), "/")
	if len(segments) > maxDepth {
		return fmt.Sprintf("%d segments deep, at most %d", len(segments), maxDepth)
	}
	for size := 1; size*2 <= len(segments); size++ {
		if group := runOf(segments, size); group != nil {
			return fmt.Sprintf("/%s repeats", strings.Join(group, "/"))
		}
	}
	for _, segment := range segments {
		if !number(segment) && count(segments, segment) > maxCopies {
			return fmt.Sprintf("/%s stands %d times", segment, count(segments, segment))
		}
	}
	return ""
}

// runOf returns a group of the given size that follows on itself.
func runOf(segments []string, size int) []string {
	times := 2
	if size == 1 {
		times = 3 // /nyheder/nyheder/ is a section and its list
	}
	for i := 0; i+size*times <= len(segments); i++ {
		group := segments[i : i+size]
		if !slices.ContainsFunc(group, word) {
			continue
		}
		n := 1
		for n < times && slices.Equal(group, segments[i+n*size:i+(n+1)*size]) {
			n++
		}
		if n == times {
			return group
		}
	}
	return nil
}

func word(segment string) bool { return !number(segment) }

func number(segment string) bool { return strings.Trim(segment, "0123456789-") == "" }

func count(segments []string, segment string) int {
	n := 0
	for _, s := range segments {
		if s == segment {
			n++
		}
	}
	return n
}

// Pattern returns the template that an address was made by: host and path with every run of digits, every
// month's name and every long hexadecimal key folded, then the sorted names of its parameters without
// their values. The months of a calendar, the permutations of a filter and the pages of a list share one
// pattern each, so that the crawler can give a pattern a budget and end one that yields nothing new.
func Pattern(url string) string {
	p := split(url)
	var b strings.Builder
	b.WriteString(p.host)
	if p.port != "" {
		b.WriteByte(':')
		b.WriteString(p.port)
	}
	for segment := range strings.SplitSeq(strings.TrimPrefix(p.path, "/"), "/") {
		b.WriteByte('/')
		b.WriteString(fold(segment))
	}
	names := paramNames(p.query)
	if len(names) > 0 {
		b.WriteByte('?')
		b.WriteString(strings.Join(names, "&"))
	}
	return b.String()
}

func paramNames(query string) []string {
	var names []string
	for param := range strings.SplitSeq(query, "&") {
		name, _, _ := strings.Cut(param, "=")
		if name != "" {
			names = append(names, foldDigits(name))
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// months are the names a calendar's path may carry, Danish and English, whole or cut to three letters.
var months = map[string]bool{
	"januar": true, "februar": true, "marts": true, "april": true, "maj": true, "juni": true, "juli": true,
	"august": true, "september": true, "oktober": true, "november": true, "december": true,
	"january": true, "february": true, "march": true, "may": true, "june": true, "july": true, "october": true,
	"jan": true, "feb": true, "mar": true, "apr": true, "jun": true, "jul": true, "aug": true, "sep": true,
	"okt": true, "oct": true, "nov": true, "dec": true,
}

// fold replaces what counts up in a segment: digits by 0, a month's name by M, a key by K.
func fold(segment string) string {
	if key(segment) {
		return "K"
	}
	segment = foldDigits(segment)
	// A month counts only beside a number or alone: "marts-0", "0-marts", "marts"; the slug of an
	// article may well hold one ("hoering-i-marts-om-normering").
	words := strings.Split(segment, "-")
	if len(words) > 3 {
		return segment
	}
	for i, w := range words {
		switch {
		case months[strings.ToLower(w)]:
			words[i] = "M"
		case w != "0":
			return segment
		}
	}
	return strings.Join(words, "-")
}

func foldDigits(s string) string {
	if !strings.ContainsAny(s, "0123456789") {
		return s
	}
	var b strings.Builder
	inRun := false
	for i := 0; i < len(s); i++ {
		// The hex digits of an escape are a letter, not a number.
		if c, ok := escaped(s, i); ok {
			writeEscape(&b, c)
			i += 2
			inRun = false
			continue
		}
		digit := s[i] >= '0' && s[i] <= '9'
		if !digit {
			b.WriteByte(s[i])
		} else if !inRun {
			b.WriteByte('0')
		}
		inRun = digit
	}
	return b.String()
}

// key reports a machine's identifier: at least 16 hexadecimal digits, dashes aside, one of them a number.
func key(segment string) bool {
	digits := 0
	for i := range len(segment) {
		c := segment[i]
		if c != '-' && unhex(c) < 0 {
			return false
		}
		if c != '-' {
			digits++
		}
	}
	return digits >= 16 && strings.ContainsAny(segment, "0123456789")
}
