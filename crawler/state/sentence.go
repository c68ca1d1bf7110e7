package state

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"smaabornsviden/index"
)

// Bounds of a sentence that is told, in characters.
const (
	sentenceMost = 240 // as a snippet
	sentenceLead = 80  // of what stands before the difference in a long one
	shortestCut  = 3   // a letter between two marks of omission; less says nothing
)

// changedSentence finds the first sentence in which two versions of a document differ, as far as its source lets text
// be shown; before is empty for a sentence that is new, after for one that is gone. When the texts are equal, it is the title.
func changedSentence(was, is index.Document) (before, after string) {
	if is.SnippetMax < 0 || is.MetadataOnly {
		return "", ""
	}
	before, after = differing(sentences(was.Body), sentences(is.Body))
	if before == "" && after == "" {
		before, after = was.Title, is.Title
	}
	most := sentenceMost
	if is.SnippetMax > 0 {
		most = min(most, is.SnippetMax)
	}
	before, after = window(before, after, most)
	if is.NoArchive {
		before = "" // it would be an archive of what the page said
	}
	return before, after
}

// differing compares from the start: texts are edited in a place or two, and the first one tells what kind of change it was.
func differing(was, is []string) (before, after string) {
	i := 0
	for i < len(was) && i < len(is) && was[i] == is[i] {
		i++
	}
	was, is = was[i:], is[i:]
	switch {
	case len(was) == 0 && len(is) == 0:
		return "", ""
	case len(was) == 0 || len(is) > 0 && slices.Contains(is, was[0]):
		return "", is[0] // put in before what is still there
	case len(is) == 0 || slices.Contains(was, is[0]):
		return was[0], ""
	}
	return was[0], is[0]
}

// sentences cuts text at line ends, and after a full stop, question or exclamation mark before a capital letter. An
// abbreviation before a name cuts too early, which makes the sentence shorter and never wrong.
func sentences(text string) []string {
	var all []string
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		from := 0
		for i, w := range words {
			last := i == len(words)-1
			if last || strings.ContainsAny(w[len(w)-1:], ".!?") && begins(words[i+1], w) {
				all = append(all, strings.Join(words[from:i+1], " "))
				from = i + 1
			}
		}
	}
	return all
}

// begins reports whether a word begins a sentence after another: by a capital letter, or by a digit after a word that
// is too long for the likes of "kl." and "nr.".
func begins(word, after string) bool {
	first, _ := utf8.DecodeRuneInString(word)
	if unicode.IsDigit(first) {
		return len(after) > len("kap.") && strings.Count(after, ".") == 1
	}
	return unicode.IsUpper(first) || strings.ContainsRune(`"»”–`, first)
}

// window cuts two versions of a long sentence to what lies around the place where they begin to differ.
func window(before, after string, most int) (string, string) {
	a, b := []rune(before), []rune(after)
	same := 0
	for same < len(a) && same < len(b) && a[same] == b[same] {
		same++
	}
	if len(a) == 0 || len(b) == 0 {
		same = 0
	}
	return cut(a, same, most), cut(b, same, most)
}

// cut keeps at most the given number of characters, beginning a little before a place.
func cut(text []rune, at, most int) string {
	if len(text) <= most {
		return string(text)
	}
	if most < shortestCut {
		return ""
	}
	from := max(0, at-min(sentenceLead, most/3))
	for from > 0 && from < at && text[from-1] != ' ' {
		from++
	}
	room := most
	head, tail := "", ""
	if from > 0 {
		head, room = "…", room-1
	}
	to := len(text)
	if to-from > room {
		tail = "…"
		to = from + room - 1
		for end := to; end > from+room/2; end-- {
			if text[end] == ' ' {
				to = end
				break
			}
		}
	}
	return head + strings.TrimSpace(string(text[from:to])) + tail
}
