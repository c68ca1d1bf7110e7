package dedup

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Two texts have to share numbers of this weight before that is no chance: five small ones, or three of which two can hardly be the
// same by chance, since they have three digits or a fraction.
const (
	leastNumbers = 5
	leastCommon  = 3 // however much they weigh
	ofSmall      = 1
	ofTelling    = 2
)

// numbers are the numbers of a text that may tell which work it is, sorted and each once: of two digits or more, years left out; nil
// where they weigh too little. Danish and English write them differently: "1.450" and "1,450" are 1450, "11,2" and "11.2" are 11.2.
func numbers(text string) []string {
	var all []string
	for i := 0; i < len(text); {
		if !digit(text, i) {
			_, size := utf8.DecodeRuneInString(text[i:])
			i += size
			continue
		}
		if end := contactAt(text, i); end > i {
			i = end
			continue
		}
		n, end := numberAt(text, i)
		if n != "" && !lettered(text, i, end) {
			all = append(all, n)
		}
		i = end
	}
	slices.Sort(all)
	if all = slices.Compact(all); weigh(all) < leastNumbers {
		return nil
	}
	return all
}

// numberAt reads a number with its groups of thousands and its fraction; "" for what tells nothing.
func numberAt(text string, from int) (n string, end int) {
	end = digits09(text, from)
	whole, grouped := text[from:end], false
	for len(whole) <= 3 || grouped {
		sep := thousands(text, end)
		if sep == 0 || digits09(text, end+sep) != end+sep+3 {
			break
		}
		whole, end, grouped = whole+text[end+sep:end+sep+3], end+sep+3, true
	}
	if end+1 < len(text) && (text[end] == ',' || text[end] == '.') && digit(text, end+1) {
		if last := digits09(text, end+1); last-end <= 3 && !grouped { // "5.600,50" is a price
			return whole + "." + text[end+1:last], last
		}
	}
	year := len(whole) == 4 && !grouped && (strings.HasPrefix(whole, "19") || strings.HasPrefix(whole, "20"))
	if len(whole) < 2 || year {
		return "", end
	}
	return strings.Clone(whole), end // or it would hold the whole text
}

// Numbers by which people are reached stand on every page of a source, in all its languages: telephones and registers, postal codes
// before a town, and houses behind a street.
var (
	reached = regexp.MustCompile(`^(?:\d{8}|\d{4}[ .\x{a0}]\d{4}|\d\d(?:[ .\x{a0}]\d\d){3})`)
	postal  = regexp.MustCompile(`^[1-9]\d{3} \p{Lu}\p{Ll}`)
	street  = regexp.MustCompile(`(?i)(?:\pL(?:vej|gade|gaden|allé|alle|plads|torvet?|stræde|boulevard|vænget?)|\b(?:allé|plads|torv|street|road)) $`)
)

// contactAt is where the number at a place ends when it is one of those; the place itself for another.
func contactAt(text string, at int) int {
	if end := reached.FindStringIndex(text[at:]); end != nil && !digit(text, at+end[1]) {
		return at + end[1]
	}
	const longest = 24 // bytes of a street's name that tell
	if postal.MatchString(text[at:]) || street.MatchString(text[max(0, at-longest):at]) {
		return digits09(text, at)
	}
	return at
}

// thousands is the length in bytes of a mark that may part groups of thousands; 0 for none.
func thousands(text string, at int) int {
	for _, mark := range []string{".", ",", " ", "\u00a0", "\u202f"} {
		if strings.HasPrefix(text[at:], mark) {
			return len(mark)
		}
	}
	return 0
}

func digit(text string, at int) bool { return at < len(text) && text[at] >= '0' && text[at] <= '9' }

// digits09 is where the digits that begin at a place end.
func digits09(text string, at int) int {
	for digit(text, at) {
		at++
	}
	return at
}

// lettered reports whether letters stand at a number, as in "B12".
func lettered(text string, from, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:from])
	after, _ := utf8.DecodeRuneInString(text[to:])
	return unicode.IsLetter(before) || unicode.IsLetter(after)
}

// weigh is how much numbers tell together.
func weigh(all []string) int {
	sum := 0
	for _, n := range all {
		if len(n) >= 3 {
			sum += ofTelling
		} else {
			sum += ofSmall
		}
	}
	return sum
}

// sameNumbers are the numbers that two texts share where that is no chance; nil where it may be.
func sameNumbers(a, b []string) []string {
	common := both(a, b)
	if len(common) < leastCommon || weigh(common) < leastNumbers || 2*len(common) < min(len(a), len(b)) {
		return nil
	}
	return common
}
