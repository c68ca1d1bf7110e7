package extract

import (
	"regexp"
	"slices"
	"strings"

	"smaabornsviden/index"
)

// licenceInText takes a Creative Commons licence that the page says it is under, by its code or its full name, and then what
// the text says of citing it, as it is written. A licence of something that the text cites, shows or explains is none of its own.
func (r *Result) licenceInText(text string) {
	if name, quote := ownCreativeCommons(text); name != "" {
		r.Licence, r.Why["licence"] = clip(clean(name), 200), index.Reason{Rule: "licence-text", Quote: clip(clean(quote), 200)}
		return
	}
	if !strings.Contains(text, "kildeangivelse") {
		return
	}
	for line := range strings.Lines(text) {
		if !strings.Contains(line, "kildeangivelse") {
			continue
		}
		for _, sentence := range sentenceEnd.Split(line, -1) {
			if strings.Contains(sentence, "kildeangivelse") && len(sentence) <= 200 && citing.MatchString(sentence) && allowing.MatchString(sentence) {
				r.setLicence(strings.TrimRight(strings.TrimSpace(sentence), "."), "licence-citation")
				return
			}
		}
	}
}

// ownCreativeCommons finds the licence of the first sentence that puts the text itself under one, and quotes that sentence.
func ownCreativeCommons(text string) (name, quote string) {
	if !strings.Contains(text, "CC") && !strings.Contains(text, "reative ") {
		return "", ""
	}
	for line := range strings.Lines(text) {
		if !strings.Contains(line, "CC") && !strings.Contains(line, "reative ") {
			continue
		}
		for _, sentence := range sentenceEnd.Split(strings.TrimSpace(line), -1) {
			if name, at := namedCreativeCommons(sentence); name != "" && ownTerms(sentence, at, line) {
				return name, sentence
			}
		}
	}
	return "", ""
}

// namedCreativeCommons is the licence that a sentence names and where its name stands.
func namedCreativeCommons(sentence string) (name string, at []int) {
	if at := ccText.FindStringIndex(sentence); at != nil {
		return sentence[at[0]:at[1]], at
	}
	at = ccWords.FindStringIndex(sentence)
	if at == nil {
		return "", nil
	}
	if rest := clip(sentence[at[1]:], 80); ccTerms.MatchString(rest) {
		return sentence[at[0]:at[1]] + rest, at // terms that we cannot place, in the words of the source
	}
	return creativeCommons(sentence[at[0]:at[1]]), at
}

// ownTerms reports whether a sentence that names a licence puts the text itself under it: by "this report", by "the material
// may be used", behind a label, or by being nothing but the licence's name.
func ownTerms(sentence string, at []int, line string) bool {
	before, after := sentence[:at[0]], sentence[at[1]:]
	if ofOthers.MatchString(before) || notUnder.MatchString(before) || bySomebody.MatchString(before) {
		return false
	}
	own := ownWork.FindStringIndex(before)
	if media := mediaWork.FindStringIndex(before); media != nil && (own == nil || media[0] < own[0]) {
		return false // "Billederne i rapporten er CC BY": of the pictures only
	}
	switch {
	case subjectUnder.MatchString(before):
		return true
	case own != nil && (thisWork.MatchString(before) || puttingUnder.MatchString(before)):
		return true
	case licenceLabel.MatchString(strings.TrimSpace(before)):
		return true
	}
	return bareLicence(before, after, line)
}

// bareLicence reports whether next to nothing stands beside the name of a licence, as in "© 2021 Forfatterne. CC BY 4.0"; an
// entry of a list of works has its year in parentheses.
func bareLicence(before, after, line string) bool {
	if parenthesisedYear.MatchString(line) || mediaWork.MatchString(line) || ofOthers.MatchString(line) || len(line) > 160 {
		return false
	}
	before = strings.Trim(before, " (:–-•|")
	return (before == "" || strings.HasPrefix(before, "©")) && len(before) <= 60 && !explains.MatchString(after)
}

// reservedRights is the sentence by which a text keeps all rights, "" for none.
func reservedRights(text string) string {
	if !strings.Contains(text, "orbehold") && !strings.Contains(text, "eserved") && !strings.Contains(text, "ftryk") && !strings.Contains(text, "RETTIGHEDER") {
		return ""
	}
	return clean(strings.Trim(reserved.FindString(text), " .,;\n"))
}

var (
	// thisWork points at the text itself.
	thisWork = regexp.MustCompile(`(?i)(?:^|[^\pL])(?:denne|dette|disse|nærværende|hele|alt|this|these|all)\s+(?:\pL+\s+)?\pL*(?:` + works + `)`)
	// ownWork names the text, in the definite form where nothing else points at it.
	ownWork = regexp.MustCompile(`(?i)(?:^|[^\pL])(?:(?:denne|dette|disse|nærværende|hele|alt|this|these|all|the)\s+(?:\pL+\s+)?\pL*(?:` + works + `)|\pL*(?:rapporten|publikationen|artiklen|siden|hjemmesiden|websitet|webstedet|værket|materialet|materialerne|bogen|hæftet|teksten|teksterne|undersøgelsen|tidsskriftet|afhandlingen|specialet|notatet|folderen|guiden|pjecen|indholdet|kapitlet|antologien|dokumentet|vejledningen|håndbogen|oversigten|indlægget|artiklerne)(?:[^\pL]|$)|(?:tekst|indhold|content|text)(?:[^\pL]|$))`)
	// puttingUnder says that something is under a licence, rather than that it speaks of one.
	puttingUnder = regexp.MustCompile(`(?i)udgive[ts]|publicere[ts]|licensere[ts]|frigive[ts]|rådighed|tilgængelig|omfattet|dækket|(?:^|[^\pL])(?:må|kan|er|gælder|is|are)(?:[^\pL]|$)|licen[sc]ed|published|available|released|distributed`)
	// subjectUnder is a whole sentence up to the licence: something in the definite form, that it is out, and "under" or "som".
	subjectUnder = regexp.MustCompile(`(?i)^[^,]*?\pL+(?:en|et|erne|ene|data)\s[^,]*(?:udgivet|udgives|frigivet|frigives|publiceret|offentliggjort|tilgængelige?|licenseret|rådighed)\s+(?:\pL+\s+){0,3}(?:under|som|efter|med|på)\s+(?:(?:en|licensen|licens|betingelserne|vilkårene|i)\s+)*$`)
	// licenceLabel ends what stands before a licence in a colophon: "Licens:", "Udgivet under", "Licensed under a".
	licenceLabel = regexp.MustCompile(`(?i)^(?:licens|license|licence|rettigheder|ophavsret|copyright|brugsvilkår|vilkår|terms of use|rights)(?:\s*[:–-]|$)|^(?:open access[\s:,–-]*)?(?:udgivet|udgives|publiceret|frigivet|licenseret|offentliggjort|licen[sc]ed|published|released|distributed|available|made available|open access)\s+(?:\pL+\s+){0,4}(?:under|efter|med|with)\b(?:\s+(?:en|a|an|the|licensen|licens|terms|of|betingelserne|i))*$`)
	// ofOthers are words of sentences about works of others.
	ofOthers = regexp.MustCompile(`(?i)(?:^|[^\pL])(?:citerer|citeret fra|citat fra|gengiver|gengivet fra|andres|bruger|anvender|henter|hentet|indeholder|omtaler|handler om|beskriver|forklarer|introducerer|anbefaler|foretrækker|overvejer|underviser|underviste|lærer|kursus|workshop|oversat fra|tilpasset fra|efter en idé|bygger på|baseret på|kilde|kilder|eksempel|fx|f\.\s?eks|værker|uses|contains|describes|explains|cites|cited|based on|adapted from|reproduced from|example|works by|others)(?:[^\pL]|$)`)
	notUnder = regexp.MustCompile(`(?i)(?:^|[^\pL])(?:ikke|aldrig|not|never)\s+(?:længere\s+|yet\s+)?(?:være\s+|be\s+)?(?:udgive|frigive|licens|licen[sc]ed|under|omfatte|dækket|stilles|tilgængelig|published|available|released|covered)|(?:^|[^\pL])(?:vil|skal|bør|burde|kunne|ønsker at|håber at|should|would|will)\s+(?:\pL+\s+)?(?:udgives?|publiceres?|frigives?|licenseres?|være|blive|lægges?|stilles?|be)(?:[^\pL]|$)`)
	// mediaWork are works beside the text that mostly have terms of their own.
	mediaWork = regexp.MustCompile(`(?i)(?:^|[^\pL])(?:\pL*fotos?|fotografi\pL*|fotograf|\pL*billed\pL*|illustration\pL*|\pL*ikone?r?n?e?|\pL*figur\pL*|tabel\pL*|musik\pL*|\pL*video\pL*|\pL*kort fra|sangen|tegning\pL*|datasæt\pL*|skabelon\pL*|font\pL*|photos?|photograph\pL*|images?|pictures?|icons?|figures?|dataset|music|template|theme)(?:[^\pL]|$)`)
	// bySomebody: "bogen af Bo Lund", "artiklerne fra Huset" are told of, by whoever names their maker.
	bySomebody = regexp.MustCompile(`\pL(?:en|et|erne|ene)\s(?:af|fra)\s\p{Lu}\pL+`)
	explains   = regexp.MustCompile(`(?i)(?:^|[^\pL])(?:er|var|betyder|giver|tillader|kræver|findes|bruges|står for|is|are|was|means|gives|allows|requires|stands for)(?:[^\pL]|$)`)

	parenthesisedYear = regexp.MustCompile(`\((?:19|20)\d\d[a-z]?\)`)
	reserved          = regexp.MustCompile(`(?i)alle rettigheder (?:er )?forbehold(?:es|t)\b|all rights (?:are )?reserved|eftertryk (?:er )?(?:ikke tilladt|forbudt)`)
)

// works are beginnings of the words for what a page may be.
const works = `rapport|publikation|artik|side|hjemmeside|webside|website|websted|værk|materiale|bog|hæfte|tekst|undersøgelse|tidsskrift|afhandling|speciale|notat|folder|guide|pjece|indhold|arbejde|kapitel|antologi|dokument|vejledning|håndbog|oversigt|blog|indlæg|work|article|report|page|publication|content|paper|book|chapter|thesis|text|document|site|journal|material`

var (
	sentenceEnd = regexp.MustCompile(`[.!?;]\s+`)
	citing      = regexp.MustCompile(`(?i)\b(?:citat|citater|citeres?|citering|gengives?|gengivelse|eftertryk\w*|kopieres?|kopiering|uddrag|mangfoldiggørelse|bruges?|anvendes?)\b`)
	allowing    = regexp.MustCompile(`(?i)(?:^|\s)(?:tilladt|tillades|frit|gerne|må|velkommen|mod|med)(?:$|[\s,:])`)
)

// ccWords is a Creative Commons licence written out, in Danish, Norwegian, Swedish or English.
var ccWords = regexp.MustCompile(`(?i)\bcreative commons[- ]?(?:licens(?:en|e)?|license|licence)?[\s:,–-]*(?:navngivelse|kreditering|erkännande|attribution)` +
	`(?:[-–—,/\s]*(?:(?:ikke|icke|non)-?\s?[kc]ommer[cs]i[a-zæøå]+|del[- ]?på[- ]?samme[- ]?vilkår|share-?\s?alike|(?:ingen|inga)[- ]?bearbe[a-zæøå]+|no-?\s?deriv[a-z]+))*` +
	`(?:[\s,(]+(?:version\s+)?[1-4]\.0)?`)

// ccTerms are words of such a licence's restrictions.
var ccTerms = regexp.MustCompile(`(?i)kommer[cs]i|commerci|deriv|bearbej|bearbet|samme vilkår|lika villkor|alike`)

// creativeCommons writes the full name of a licence as its code.
func creativeCommons(name string) string {
	name = strings.ToLower(name)
	code := "CC BY"
	for _, t := range []struct {
		code  string
		words []string
	}{{"-NC", []string{"mmer"}}, {"-SA", []string{"vilkår", "alike"}}, {"-ND", []string{"bearbe", "deriv"}}} {
		if slices.ContainsFunc(t.words, func(w string) bool { return strings.Contains(strings.ReplaceAll(name, "creative commons", ""), w) }) {
			code += t.code
		}
	}
	if v := name[len(name)-3:]; strings.HasSuffix(v, ".0") {
		code += " " + v
	}
	return code
}
