package danish

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Bounds of the keys of one name: a name is never more than a line on a title page, and a long one is looked for by a word or
// two of it, or whole.
const (
	maxNameParts   = 12 // later words of a name are not looked at
	maxPartRunes   = 40
	fullNameParts  = 6 // up to so many words, any choice of them is a key
	shortNameParts = 4 // up to so many words, given names may stand as initials
)

// NameKey is a person's or a body's name as a search asks for it: its words folded for case, diacritics and Danish spellings of
// them (Søren, Soeren and SOREN are one), in an order of their own, so that "Jensen, Anne" and "anne jensen" ask the same. It is
// empty for what has no letter or digit. A name in quotation marks asks for its words as they are written, in their order and
// side by side; "Jensen, Anne" and "Anne Jensen" are one there, too, since that is how lists turn names.
func NameKey(name string) string {
	inner, quoted := unquoted(name)
	if words := writtenParts(inner); quoted && len(words) > 0 {
		return writtenKey(words)
	}
	return keyOf(nameParts(inner))
}

// nameQuotes are the marks around a name that is asked for as it is written.
const nameQuotes = `"“”„»«`

// unquoted takes a pair of quotation marks off.
func unquoted(name string) (inner string, quoted bool) {
	name = strings.TrimSpace(name)
	first, n := utf8.DecodeRuneInString(name)
	last, m := utf8.DecodeLastRuneInString(name)
	if len(name) < n+m || !strings.ContainsRune(nameQuotes, first) || !strings.ContainsRune(nameQuotes, last) {
		return name, false
	}
	return name[n : len(name)-m], true
}

// writtenKey is the key of neighbouring words of a name as they are written. Its quotation marks keep it apart from the folded
// keys, with which it shares a field.
func writtenKey(words []string) string {
	return `"` + strings.Join(words, " ") + `"`
}

func keyOf(parts []string) string {
	sorted := slices.Sorted(slices.Values(parts))
	return strings.Join(slices.Compact(sorted), " ")
}

// NameKeys are the keys under which a document by some authors is found: for each author those of every choice of words of the
// name, and of given names as initials, and those of all stretches of the name as it is written. A key never mixes two people.
// Sorted, each once.
func NameKeys(authors []string) []string {
	var keys []string
	for _, author := range authors {
		keys = appendNameKeys(keys, nameParts(author))
		words := writtenParts(author)
		for i := range words {
			for j := i + 1; j <= len(words); j++ {
				keys = append(keys, writtenKey(words[i:j]))
			}
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

func appendNameKeys(keys, parts []string) []string {
	if n := len(parts); n > fullNameParts {
		for i, p := range parts {
			keys = append(keys, p)
			for _, other := range parts[i+1:] {
				keys = append(keys, keyOf([]string{p, other}))
			}
		}
		return append(keys, keyOf(parts))
	}
	return chooseNames(keys, parts, nil, false, len(parts) <= shortNameParts)
}

// chooseNames goes through all choices of the parts that are left; whole says that a part is chosen that is no mere initial.
func chooseNames(keys, left, chosen []string, whole, initials bool) []string {
	if len(left) == 0 {
		if whole {
			keys = append(keys, keyOf(chosen))
		}
		return keys
	}
	part, rest := left[0], left[1:]
	chosen = slices.Clip(chosen)
	keys = chooseNames(keys, rest, chosen, whole, initials)
	keys = chooseNames(keys, rest, append(chosen, part), true, initials)
	if _, n := utf8.DecodeRuneInString(part); initials && len(rest) > 0 && n < len(part) {
		keys = chooseNames(keys, rest, append(chosen, part[:n]), whole, initials)
	}
	return keys
}

// writtenParts are the words of a name in small letters, the family name last, with their diacritics.
func writtenParts(name string) []string {
	small := strings.Map(func(r rune) rune {
		if apostrophe(r) || ignorable(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKC.String(turned(name)))
	words := strings.FieldsFunc(small, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
	words = slices.DeleteFunc(words, func(w string) bool {
		return !strings.ContainsFunc(w, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
	})
	words = words[:min(len(words), maxNameParts)]
	for i, w := range words {
		if letters := []rune(w); len(letters) > maxPartRunes {
			words[i] = string(letters[:maxPartRunes])
		}
	}
	return words
}

// turned writes "Jensen, Anne" as "Anne Jensen".
func turned(name string) string {
	if family, given, ok := strings.Cut(name, ","); ok {
		return given + " " + family
	}
	return name
}

// nameParts are the folded words of a name, the family name last.
func nameParts(name string) []string {
	name = turned(name)
	words := strings.FieldsFunc(strings.Map(unmarked, norm.NFKD.String(name)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	parts := make([]string, 0, len(words))
	for _, w := range words[:min(len(words), maxNameParts)] {
		parts = append(parts, foldName(w))
	}
	return parts
}

// unmarked drops marks on letters, and the apostrophe of O'Brien, which many leave out.
func unmarked(r rune) rune {
	if unicode.IsMark(r) || apostrophe(r) || ignorable(r) {
		return -1
	}
	return unicode.ToLower(r)
}

// plainLetters are the letters that no decomposition takes a mark from.
var plainLetters = strings.NewReplacer("æ", "a", "ø", "o", "œ", "o", "ð", "d", "đ", "d", "þ", "th", "ł", "l", "ß", "ss", "ı", "i")

// foldName folds one word. The older spellings of å, æ, ø and ü are taken for them; at the end of a word they mostly are none
// (Boe, Due), but for aa.
func foldName(word string) string {
	letters := []rune(plainLetters.Replace(word))
	letters = letters[:min(len(letters), maxPartRunes)]
	var out []rune
	for i, r := range letters {
		if i > 0 && (r == 'a' && letters[i-1] == 'a' || r == 'e' && i+1 < len(letters) && strings.ContainsRune("aou", letters[i-1])) {
			continue
		}
		out = append(out, r)
	}
	return string(out)
}
