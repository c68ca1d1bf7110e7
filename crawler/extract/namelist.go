package extract

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// initials are first names cut short, each with its full stop, or one letter alone.
var initials = regexp.MustCompile(`^(?:(?:\p{Lu}\p{Ll}?\.[\s-]?){1,4}|\p{Lu})$`)

// surnamesFirst are the names of a list as lists of works have them, "Hansen, P., Åkerblom, A. & de la Cour, N."; nil where any
// surname has no initials behind it.
func surnamesFirst(list string) []string {
	var parts []string
	for _, part := range nameSeparator.Split(list, 2*maxAuthors) {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	if len(parts)%2 != 0 {
		return nil
	}
	var names []string
	for i := 0; i < len(parts); i += 2 {
		name := strings.TrimSpace(parts[i+1]) + " " + parts[i]
		if !initials.MatchString(parts[i+1]) || initials.MatchString(parts[i]) || !looksLikeName(name) {
			return nil
		}
		if !strings.Contains(parts[i+1], ".") {
			name = parts[i+1] + ". " + parts[i] // its full stop ended the line
		}
		names = append(names, name)
	}
	return names
}

// cutNames ends a list of names where a date, a mail address, a separator or a picture credit begins. The full stop of an
// initial ends it only where no name goes on behind: "Søren Ø. Nygaard" does, "Anna B. Børnene leger" does not.
func cutNames(list string) string {
	for _, m := range nameEnd.FindAllStringIndex(list, -1) {
		if !withinName.MatchString(list[:m[1]]) || !goesOn(list[m[1]:]) {
			return list[:m[0]]
		}
	}
	return list
}

// withinName is an initial or a first name that is cut short, up to the space behind its full stop.
var withinName = regexp.MustCompile(`(?:^|[\s.,;-])(?:\p{Lu}|Chr|Th|Fr|Joh|Vilh|Kr|St)\.\s$`)

// goesOn reports whether a list of names goes on with a further part of a name, or with a further name.
func goesOn(rest string) bool {
	if m := nameSeparator.FindStringIndex(rest); m != nil {
		if m[0] == 0 {
			return true
		}
		rest = rest[:m[0]]
	}
	words := strings.Fields(rest)
	for i, w := range words { // "Ø. Lund. December 2021" ends with Lund
		if strings.HasSuffix(w, ".") && !withinName.MatchString(w+" ") {
			words = words[:i+1]
			break
		}
	}
	return len(words) > 0 && len(words) <= 4 && !slices.ContainsFunc(words, func(w string) bool {
		return !capital(w) && !particles[w] || strings.ContainsAny(w, ":!?0123456789")
	})
}

var (
	// pictureBy is somebody of a list who made the pictures: "og Bo Lund (foto)".
	pictureBy = regexp.MustCompile(`(?i)(?:\s*[,;&]\s*|\s+og\s+|\s+and\s+)[^,;&()]*\((?:foto|fotos|photo|billeder|illustration|illustrationer|tegning|tegninger)\)`)
	// aside is what else stands in parentheses behind a name: what its owner did, or where: "(red.)", "(VIVE)".
	aside = regexp.MustCompile(`\s*\([^()]{1,40}\)`)
)

// besideNames takes away what stands in parentheses behind the names of a list.
func besideNames(list string) string {
	return aside.ReplaceAllString(pictureBy.ReplaceAllString(list, ""), "")
}

// leadingNames are the names of a list, each perhaps with what the person is and where from: "lektor Anna Holm, VIA, og Bo Lund,
// konsulent". It is nil where anything else is no name.
func leadingNames(list string) []string {
	var names []string
	from, comma, joined, role := 0, false, false, ""
	for _, sep := range append(nameSeparator.FindAllStringIndex(list, maxAuthors-1), []int{len(list), len(list)}) {
		part := strings.Trim(clean(list[from:sep[0]]), " .:")
		name := untitled(part)
		behind := strings.TrimSpace(list[sep[0]:sep[1]])
		switch {
		case part == "":
			comma, joined = true, behind != "," // "Anna Holm, konsulent, og Bo Lund"
			from = sep[1]
			continue
		case len(names) > 0 && comma && placeOfPost.MatchString(part):
			role = part
		case looksLikeName(name):
			if elsewhere.MatchString(role) && !comma && name == part { // "lektor ved Institut for Leg og Fri Dans"
				return names
			}
			if isOrganisation(role) && !joined && name == part { // "Anna Holm, Foreningen Leg, Nordisk Samarbejde"
				return names
			}
			names = append(names, splitNames(name)...)
		case len(names) > 0 && comma && isTitles(part):
			role = part
		case len(names) > 0 && isOrganisation(part):
			role = part // "Anna Holm, Roskilde Universitet, og Bo Lund"
		case len(names) > 0 && (role != "" || comma && (isRole(list[from:]) || isTown(part, list[sep[1]:]))):
			return names
		case len(names) == 0 && onlyTitles(part): // "adjunkt, ph.d. Anna Holm"
		default:
			return nil
		}
		from, comma, joined = sep[1], strings.HasPrefix(behind, ","), behind != ","
	}
	return names
}

// placeOfPost is a town with the letters of its post: "København Ø", which has the form of a name.
var placeOfPost = regexp.MustCompile(`^(?:København|Kbh|Frederiksberg|Aarhus|Århus|Odense|Aalborg|Ålborg|Esbjerg|Randers)\s(?:[A-ZØ]{1,2})$`)

// isTown reports whether a part is the one word at the end of a byline that names from where somebody wrote: "Bo Lund, Berlin".
func isTown(part, rest string) bool {
	return strings.TrimSpace(rest) == "" && len(strings.Fields(part)) == 1 && capital(part) && utf8.RuneCountInString(part) > 1
}

// onlyTitles reports whether a part says what somebody is and names nobody.
func onlyTitles(part string) bool {
	return !slices.ContainsFunc(strings.Fields(part), func(w string) bool { return !titleWord.MatchString(w) })
}

// lowered writes a name of two words or more that stands in capitals as names are written: "ULRIK MØLGAARD", but "J.P. HOLM" keeps
// its initials.
func lowered(name string) string {
	words := strings.Fields(name)
	if len(words) < 2 || name != strings.ToUpper(name) || name == strings.ToLower(name) {
		return name
	}
	for i, w := range words {
		switch small := strings.ToLower(w); {
		case strings.Contains(w, ".") || utf8.RuneCountInString(w) == 1:
		case i > 0 && particles[small]:
			words[i] = small
		default:
			pieces := strings.Split(small, "-")
			for k, piece := range pieces {
				first, n := utf8.DecodeRuneInString(piece)
				pieces[k] = string(unicode.ToUpper(first)) + piece[n:]
			}
			words[i] = strings.Join(pieces, "-")
		}
	}
	return strings.Join(words, " ")
}
