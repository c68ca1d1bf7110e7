package answer

import (
	"strings"
	"unicode/utf8"

	"smaabornsviden/index"
)

// Resume is as much of a document's abstract as may be shown: all of it under a licence that lets anyone pass it on,
// else no more than a snippet, and nothing where the source wants no snippet. whole says that nothing was cut.
func Resume(d index.Document) (text string, whole bool) {
	abstract := strings.TrimSpace(d.Abstract)
	if abstract == "" || d.SnippetMax < 0 {
		return "", false
	}
	if FreeLicence(d.Licence.Value) {
		return abstract, true
	}
	return cutWords(abstract, passageLimit(d.SnippetMax))
}

// Opening is what a list may say of a document: its abstract as far as Resume shows it, else the first words of its text, as many
// as a snippet may have. Of a text that its source reserves from mining, or lets stand by its metadata alone, there are none.
func Opening(d index.Document) string {
	if text, _ := Resume(d); text != "" {
		return text
	}
	if d.SnippetMax < 0 || d.MetadataOnly || d.TDMReserved {
		return ""
	}
	text, _ := cutWords(opening(d), passageLimit(d.SnippetMax))
	return text
}

// opening is the beginning of a text as one line, without a title that it repeats and without more than could be shown.
func opening(d index.Document) string {
	const most = 4 * snippetLimit // bytes, and a few for what is cut off in front
	body := d.Body[:min(len(d.Body), most+len(d.Title))]
	text := strings.Join(strings.Fields(strings.ToValidUTF8(body, "")), " ")
	return strings.TrimSpace(strings.TrimPrefix(text, strings.Join(strings.Fields(d.Title), " ")))
}

// FreeLicence reports whether a licence lets anyone pass a text on as it is, in commerce too: CC BY, CC BY-SA, CC0 and
// the public domain. CC BY-NC and CC BY-ND are not among them.
func FreeLicence(licence string) bool {
	l := strings.ToLower(licence)
	l = strings.NewReplacer("creativecommons.org/licenses/", "cc-", "creativecommons.org/publicdomain/zero", "cc0", " ", "-", "_", "-", "/", "-").Replace(l)
	if strings.Contains(l, "-nc") || strings.Contains(l, "-nd") || strings.Contains(l, "noncommercial") || strings.Contains(l, "noderiv") {
		return false
	}
	return strings.Contains(l, "cc-by") || strings.Contains(l, "cc0") || strings.Contains(l, "public-domain")
}

// cutWords cuts text to at most limit characters, at a space where there is one in the second half.
func cutWords(text string, limit int) (cut string, whole bool) {
	if utf8.RuneCountInString(text) <= limit {
		return text, true
	}
	end := 0
	for range limit - 1 { // room for the sign that something is missing
		_, n := utf8.DecodeRuneInString(text[end:])
		end += n
	}
	if space := strings.LastIndexByte(text[:end], ' '); space > end/2 {
		end = space
	}
	return strings.TrimRight(text[:end], " ,;:–-") + "…", false
}
