package extract

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// framePrefix begins the credit line of a picture.
var framePrefix = regexp.MustCompile(`(?i)^(foto|fotograf|arkivfoto|genrefoto|billede|kredit|illustration)\s?:\s`)

// breadcrumb is a path of the site above the title: "Forside > Børn >", "Hjem » Artikler »".
var breadcrumb = regexp.MustCompile(`(?i)^(du er her:?\s*)?(forside|hjem|home|start|startside)\s*[»>›/→]`)

// fileLine offers a file: "Hent rapport (PDF, 2,1 MB)".
var fileLine = regexp.MustCompile(`(?i)^(?:hent|download|last ned|ladda ner)\b.{0,90}[(\s](?:pdf|docx?|\d+(?:[.,]\d+)?\s?[km]b)\b.{0,20}$`)

// visitorCount ends the side column of an old page, which is one line where it is short: "Nyt på siden Du er gæst nr. 0041377".
// A text that tells of a visitor goes on after the number, or closes its sentence.
var visitorCount = regexp.MustCompile(`(?i)(?:(?:^|\s)du er (?:gæst|besøgende) n(?:r\.?|ummer)|^(?:gæst|besøgende) n(?:r\.?|ummer)|^antal besøg(?:ende)?)(?::?\s?#?[\d.]+)?$`)

// isFrameLine reports whether a block is a leftover of the page's frame by its words alone.
func isFrameLine(text string) bool {
	if utf8.RuneCountInString(text) > 120 {
		return false
	}
	if breadcrumb.MatchString(text) || visitorCount.MatchString(text) || skipText.MatchString(text) && !strings.ContainsAny(text, ".?!") {
		return true
	}
	if utf8.RuneCountInString(text) <= 80 && framePrefix.MatchString(text) {
		return true
	}
	return allFramePhrases(text) || fileLine.MatchString(text)
}

// allFramePhrases reports whether a line is frame phrases and nothing else: "Tilbage | Udskriv siden".
func allFramePhrases(text string) bool {
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune("|·•/\t", r) }) {
		if !isFramePhrase(fold(part)) {
			return false
		}
	}
	return true
}

// isFramePhrase knows whole lines that templates print around a text, folded.
func isFramePhrase(folded string) bool {
	switch folded {
	case "", "del", "deldenneside", "delartikel", "delartiklen", "delsiden", "delpåfacebook", "delpålinkedin", "delpåtwitter",
		"share", "sharethis", "udskriv", "print", "printside", "udskrivside", "udskrivsiden", "tilbage", "tilforsiden", "læshøjt", "lyt", "lyttilartiklen", "luk", "close",
		"leaveareply", "skrivenkommentar", "closethissearchbox", "cancelreply", "tiltoppen", "tilbagetiltoppen", "backtotop",
		"menu", "søg", "søgning", "forrige", "næste", "previous", "next", "forrigeartikel", "næsteartikel", "forrigeindlæg",
		"næsteindlæg", "previouspost", "nextpost", "forrigeartikelnæsteartikel", "sendtilenven", "tiptenven", "annonce",
		"advertisement", "advert", "sponsored", "caption", "billedtekst", "sebilledserie", "segalleri", "backtogallery", "kommentarer", "comments", "continuereadingbelow", "youmayalsolike",
		"måskeerduogsåinteresseretii", "duvilmåskeogsåkunnelide", "relateredeartikler", "læsogså", "relateret", "facebook", "twitter", "linkedin", "instagram":
		return true
	}
	return false
}
