package extract

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Danish magazines, trade papers and municipal sites print their navigation as paragraphs too. What tells such a line
// from a sentence that speaks of the same things is that it is all there is in its block, and that it is no sentence:
// "Forrige artikel Børn i ro" leads somewhere, "Forrige artikel handlede om ro." tells something.

// piece is what a paper calls one of its texts.
const piece = `(?:artikel|artiklen|indlæg|indlægget|nyhed|nyheden|historie|historien|blogindlæg|debatindlæg|opslag|opslaget|side|siden|tekst|teksten|kapitel|post|story|page|article|entry)`

// neighbour is the lead of a link to the text before or after.
var neighbour = regexp.MustCompile(`(?i)^(?:forrige|næste|nyere|ældre|previous|next|older|newer) ` + piece + `(?:$|[\s:»›→>–-]+)`)

// neighbourBetween is such a lead in the middle of a line. Its capital says that something begins there.
var neighbourBetween = regexp.MustCompile(`[\s|·–-](?:Forrige|Næste|Nyere|Ældre|Previous|Next|Older|Newer) ` + piece + `(?:$|[\s:»›→>–-]+)`)

// wholeLines are lines of navigation that are nothing else from end to end.
var wholeLines = []*regexp.Regexp{
	// A box elsewhere on the page: "Se dokumentationsboksen", "Se faktaboks nederst på siden".
	regexp.MustCompile(`(?i)^(?:se|læs|åbn|vis|fold)(?: også)? (?:(?:dokumentation|fakta|info|tekst|læs|tema|kilde|citat|baggrunds|tidslinje)(?:s|-)?)?boks(?:en)?(?: ud)?(?: (?:nederst|øverst|herunder|herover|nedenfor|ovenfor|til (?:højre|venstre)|i bunden|i margenen|her))?(?: (?:på|af|i) (?:siden|artiklen|teksten))?[.:]?$`),
	// "Artiklen fortsætter under annoncen".
	regexp.MustCompile(`(?i)^` + piece + ` fortsætter (?:efter|under|nedenfor|herunder)(?: (?:annoncen|billedet|grafikken|videoen|boksen|reklamen|faktaboksen))?[.:]?$`),
	// "Læsetid: 4 minutter", "5 min. læsning".
	regexp.MustCompile(`(?i)^(?:læsetid|lyttetid|varighed)\s?:?\s(?:ca\. )?\d{1,3}\s?min(?:ut|utter|\.)?$|^(?:ca\. )?\d{1,3}\s?min(?:ut|utters|utter|\.)? (?:læsetid|læsning|lyttetid|read)$`),
	// "Del artiklen på Facebook", "Send siden til en ven", "Lyt til siden", "Kopiér link".
	regexp.MustCompile(`(?i)^(?:del|gem|print|udskriv|send|tip|hør|lyt til|få læst|anbefal|kopi[eé]r)(?: (?:denne|dette|` + piece + `|link|linket|op|højt|via|på|med|til|en ven|en kollega|andre|venner|mail|e-mail|facebook|twitter|x|linkedin|bluesky|instagram|og|,))*[:.]?$`),
	// "3 kommentarer", "Skriv en kommentar", "Leave a Comment".
	regexp.MustCompile(`(?i)^(?:\d+ kommentar(?:er)?|kommentarer(?: \(\d+\))?|(?:skriv|vis|læs|tilføj)(?: en| alle)? kommentar(?:er)?|leave a (?:reply|comment)|skriv et svar)$`),
	// "Log ind for at læse hele artiklen", "Bliv abonnent".
	regexp.MustCompile(`(?i)^(?:log ind|bliv abonnent|bliv medlem|køb abonnement|allerede abonnent\??)(?: (?:her|nu|for at læse.{0,40}|og (?:læs|få).{0,40}))?[.!:]?$`),
	// "Læs mere her", "Læs mere om klubberne her."
	regexp.MustCompile(`(?i)^(?:læs|se|hør)(?: meget)? mere(?: om .{1,80})? her[.:]?$|^læs (?:mere|videre|hele ` + piece + `)[.:…]*$`),
	// What the template says when its script does not run, and addresses of pictures that it should have shown.
	regexp.MustCompile(`(?i)^.{0,40}(?:kræver|requires|aktiv[eé]r|enable) javascript.{0,40}$|^https?://\S+\.(?:jpe?g|png|gif|webp)(?: \d+)*(?: \S+ https?://\S+)?$`),
	// "Share this on WhatsApp".
	regexp.MustCompile(`(?i)^share (?:this|article|page|on)(?: (?:this|article|page|post|on|via|with|whatsapp|facebook|twitter|x|linkedin|email|friends))*$`),
	// "Tilmeld dig vores nyhedsbrev", "Få nyheder om småbørn i din indbakke".
	regexp.MustCompile(`(?i)^(?:tilmeld(?: dig)?|modtag|få|abonn[eé]r på)(?: (?:vores|vort|det|et|gratis|ugentlige|månedlige|dig))* nyhedsbrev(?:et)?(?: (?:her|og få .{1,60}))?[.!:]?$|^(?:få|modtag) .{1,80} (?:i|til) din (?:indbakke|mailboks|mail|e-mail)[.!]?$`),
	// Under the last line: "Til toppen", "Tilbage til oversigten".
	regexp.MustCompile(`(?i)^(?:gå |hop )?(?:tilbage )?til (?:toppen|top|oversigten|oversigt|forsiden|listen|alle nyheder|nyhedsoversigten)(?: af siden)?$`),
}

// readAlso leads to another text from the middle of one: "Læs også: Ny aftale om normeringer".
var readAlso = regexp.MustCompile(`(?i)^(?:læs også|læs mere|se også|hør også|læs artiklen|læs debatindlægget|læs nyheden|relateret|read also|read more|see also|related)\s?(:?)\s`)

// navigationLeads are the words that such lines begin with; a look at the first word spares most lines the expressions.
var navigationLeads = wordSet(`forrige næste nyere ældre previous next older newer se læs åbn vis fold artikel artiklen indlæg indlægget nyhed nyheden
	historie historien blogindlæg debatindlæg opslag opslaget side siden tekst teksten kapitel post story page article entry tilmeld modtag abonner abonnér læsetid lyttetid varighed ca del gem
	print udskriv send tip hør lyt få anbefal kopiér kopier kommentarer skriv tilføj leave log bliv køb allerede gå hop tilbage til relateret read related share this denne siden aktivér aktiver enable http https
	0 1 2 3 4 5 6 7 8 9`)

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		set[w] = true
	}
	return set
}

// firstWord is the first word of a text in lower case, or the digit that it begins with.
func firstWord(s string) string {
	for i, r := range s {
		switch {
		case i == 0 && '0' <= r && r <= '9':
			return s[:1]
		case !unicode.IsLetter(r):
			return strings.ToLower(s[:i])
		case i > 20:
			return ""
		}
	}
	return strings.ToLower(s)
}

// longestNavigation is the length in characters from which a line is no navigation; two titles printed twice stay below.
const longestNavigation = 600

// isNavigation reports whether a block leads somewhere else and says nothing.
func isNavigation(b *block) bool {
	text := strings.TrimLeft(b.text, "•·*–-→»›>«‹< ")
	if !navigationLeads[firstWord(text)] || len(text) > 2*longestNavigation {
		return false
	}
	n := utf8.RuneCountInString(text)
	if leadsToNeighbour(text, n) {
		return true
	}
	if m := readAlso.FindStringSubmatchIndex(text); m != nil && n <= 200 {
		colon, linked := m[2] < m[3], b.link*2 >= n
		if b.link*10 >= n*9 || (colon || linked) && !isSentence(text) {
			return true
		}
	}
	for _, line := range wholeLines {
		if n <= 120 && line.MatchString(text) {
			return true
		}
	}
	return false
}

// leadsToNeighbour reports whether a line names the text before or after. A title follows, in capitals or quotes, and
// no sentence around it.
func leadsToNeighbour(text string, n int) bool {
	at := neighbour.FindStringIndex(text)
	if at == nil || !beginsTitle(text[at[1]:]) {
		return false
	}
	if next := neighbourBetween.FindStringIndex(text); next != nil && beginsTitle(text[next[1]:]) {
		return true
	}
	return n <= 200 && !isSentence(text)
}

// beginsTitle reports whether a text is empty or begins as titles do.
func beginsTitle(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return s == "" || unicode.IsUpper(r) || unicode.IsDigit(r) || strings.ContainsRune("»«\"“”'’‘", r)
}

// isSentence reports whether a line ends as sentences do.
func isSentence(s string) bool { return strings.HasSuffix(s, ".") || strings.HasSuffix(s, ";") }

// menuWords are what municipal sites call their parts. One that stands alone before or after a text is a leftover of the
// menu; a heading in the text is not.
var menuWords = map[string]bool{
	"borger": true, "erhverv": true, "politik": true, "kommunen": true, "omkommunen": true, "kontakt": true, "kontaktos": true, "presse": true, "job": true,
	"selvbetjening": true, "nyheder": true, "forside": true, "forsiden": true, "tilgængelighed": true, "tilgængelighedserklæring": true, "cookies": true,
	"privatlivspolitik": true, "persondatapolitik": true, "sitemap": true, "loginlog": true, "logind": true, "english": true, "aktuelt": true, "omos": true,
}

// trimMenu cuts words of the menu off both ends of a text.
func trimMenu(bs []block) []block {
	for len(bs) > 1 && menuWords[fold(bs[len(bs)-1].text)] {
		bs = bs[:len(bs)-1]
	}
	for len(bs) > 1 && menuWords[fold(bs[0].text)] && !isHeading(bs[0].node.DataAtom) {
		bs = bs[1:]
	}
	return bs
}
