package extract

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// A notice asks readers for something before it shows what they came for: for cookies, mostly. Templates print it in place of a
// film or a map, in the middle of a text and without a name.
var (
	noticeTopic = regexp.MustCompile(`(?i)cookie|samtykke|informasjonskaps|kakor|\bconsent`)
	// noticeStart is how such lines begin; an article that tells of cookies begins its sentences otherwise.
	noticeStart = regexp.MustCompile(`(?i)^(?:ups[,!.]* |beklager[,!.]* |obs[,!:.]* )?(?:acc?ept\p{L}*|tillad|godkend|aktiv[eé]r|klik|du|for at|før|vælg|slå|denne|dette|videoen|filmen|indholdet|kortet|podcasten|optagelsen|lydfilen|her|vi|hvis du|afspil|indlejret|youtube|vimeo|på grund|da du|fordi|cookies|indhold|giv|se ` +
		`|this|please|you|to |we|because|content|godta|du må|acceptera|för att|for å|denna|tillåt)`)
	// withheld is what such a line says of the film or the map: that it is not shown, or what shows it.
	withheld = regexp.MustCompile(`(?i)(?:for at|for å|för att|före|før du) (?:du )?(?:kan |kunne |kunna )?(?:se|vise|afspille|høre|lytte|få|spille|visa|spela|titta)(?:$|[ .])` +
		`|kan (?:ikke|desværre ikke|ikke længere|inte) (?:vises|afspilles|ses|indlæses|vise|afspille|se|visas|spilles)|(?:vises|indlæses|afspilles) (?:ikke|først|kun)|er (?:blokeret|skjult|deaktiveret|slået fra)|kræver|forudsætter|hvis du (?:vil|ønsker at) (?:se|høre|afspille|have vist)` +
		`|to (?:watch|view|see|display|play|show|listen)|(?:is|are|was|been) (?:blocked|hidden|disabled)|cannot be (?:shown|displayed|played)|not (?:shown|displayed)|requires`)
	// agrees is what it wants.
	agrees = regexp.MustCompile(`(?i)acc?ept|godkend|tillad|tillåt|samtyk|aktiv[eé]r|slå .{0,40}til|fravalgt|afvist|takket nej|vælg|ændr|cookie-?(?:indstilling|valg)|consent|allow|enable|godta|godkänn|kræver|requires`)
	// shown are the things that stand behind such a notice; what asks for consent without speaking of cookies has to name one.
	shown = regexp.MustCompile(`(?i)video|film|podcast|indlejre|tredjepart|youtube|vimeo|spotify|kortet|embedded|third[- ]party`)
	// siteNotice is the notice of a whole site, which stands first or last on each page of it.
	siteNotice = regexp.MustCompile(`(?i)^(?:vi|denne|dette|hjemmesiden|websitet|webstedet|siden|sitet|på [\p{L}.-]+|[\p{L}.-]+\.(?:dk|com|org)|we|this|by|ved at|when)\b[^.!?]{0,80}\b(?:bruge[rs]?|anvender|anvendes|benytter|indsamler|sætter|uses?|accepterer|accept)\b[^.!?]{0,80}cookies`)
	// cookieControl is what stands on the links and buttons of such a notice.
	cookieControl  = regexp.MustCompile(`(?i)^(?:acc?ept[eé]r?|afvis|tillad|godkend|ret|ændr|skift|opdat[eé]r|administr[eé]r|vis|vælg|læs(?: mere)? om|mere om|se|brug|kun|nødvendige|manage|reject|allow|change|update|necessary)?(?: (?:alle|dit|dine|din|mit|mine|vores|kun|nødvendige|valgte|all|only|your|our|brug af|de))*[ -]*(?:cookies?|cookie[- ]?(?:indstillinger|indstilling|samtykke|politik|deklaration|valg|settings|policy|preferences|erklæring)(?:en)?)[.!:]?$`)
	consentControl = regexp.MustCompile(`(?i)^(?:acc?ept[eé]r|giv|ret|ændr|skift|opdat[eé]r|træk|administr[eé]r|tilbagekald|manage|change|update|give|withdraw)(?: (?:dit|mit|your|my))? (?:samtykke(?:t|r)?|consent)(?: tilbage)?(?: her)?[.!:]?$|^(?:acc?ept[eé]r(?: alle)?|afvis(?: alle)?|læs mere|ok|accept(?: all)?)[.!]?$`)
	// aboutNotices are titles of the pages that are about these things, where every word of them is the text.
	aboutNotices = regexp.MustCompile(`(?i)cookie|privat(?:liv|e data)|persondata|personoplysning|databeskyttelse|gdpr|samtykke|privacy|consent`)
)

// longestNotice is the length in characters from which a block is no notice.
const longestNotice = 500

// withoutNotices leaves out what asks for cookies, with the links that change one's mind, on pages that are about other things.
func withoutNotices(bs []block, title string) []block {
	if aboutNotices.MatchString(title) {
		return bs
	}
	var kept []block
	after := false // a notice stands right before
	for _, b := range bs {
		if isNotice(b.text) || after && consentControl.MatchString(b.text) {
			after = true
			continue
		}
		after = false
		kept = append(kept, b)
	}
	if len(kept) == 0 {
		return bs
	}
	return kept
}

// isNotice reports whether a block asks for cookies, or for consent to a film.
func isNotice(text string) bool {
	if len(text) > 2*longestNotice || !noticeTopic.MatchString(text) {
		return false
	}
	switch n := utf8.RuneCountInString(text); {
	case n > longestNotice:
		return false
	case n <= 80 && cookieControl.MatchString(text), siteNotice.MatchString(text):
		return true
	}
	if !strings.Contains(strings.ToLower(text), "cookie") && !shown.MatchString(text) {
		return false
	}
	return noticeStart.MatchString(text) && withheld.MatchString(text) && agrees.MatchString(text)
}

// ownerLine says whose a site is: "© 2024 Lindeby Kommune", "Copyright 2019-2024 Børnenes Fond. Alle rettigheder forbeholdes." A
// sentence on what may be copied is something else.
var ownerLine = regexp.MustCompile(`(?i)^(?:©|\(c\) |copyright\s?(?:©|\(c\)|:|(?:19|20)\d{2})|alle? rettigheder forbehold(?:es|t)\.?$|all rights reserved\.?$)` +
	`|^[^.!?]{0,80}(?:©|copyright) ?(?:19|20)\d{2}(?: ?[-–] ?(?:19|20)?\d{2})?[^.!?]{0,40}$|^[^.!?]{0,80}[.|–-] ?(?:alle? rettigheder forbehold(?:es|t)|all rights reserved)\.?$`)

// colophonWords make a line of owners one of the work: its number or its terms are worth finding.
var colophonWords = regexp.MustCompile(`(?i)isbn|issn|\bdoi\b|\bcc[ -]by|creative commons|licen[sc]e`)

// withoutOwners leaves out lines on whose the site is, and returns their text, which says what may be done with the page.
func withoutOwners(bs []block) (kept []block, owners string) {
	for _, b := range bs {
		if len(b.text) <= 200 && ownerLine.MatchString(b.text) && !colophonWords.MatchString(b.text) {
			owners += b.text + "\n"
			continue
		}
		kept = append(kept, b)
	}
	if len(kept) == 0 {
		return bs, ""
	}
	return kept, owners
}
