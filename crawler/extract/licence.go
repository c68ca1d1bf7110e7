package extract

import (
	"regexp"
	"slices"
	"strings"

	"smaabornsviden/index"
)

// licenceInText takes a Creative Commons licence by its code, then by its full name, and then what the text itself
// says of citing it, as it is written.
func (r *Result) licenceInText(text string) {
	if m := ccText.FindString(near(text, "CC")); m != "" {
		r.setLicence(m, "licence-text")
		return
	}
	for line := range strings.Lines(text) {
		if !strings.Contains(line, "reative ") {
			continue
		}
		if at := ccWords.FindStringIndex(line); at != nil {
			name := creativeCommons(line[at[0]:at[1]])
			if rest := clip(line[at[1]:], 80); ccTerms.MatchString(rest) {
				name = line[at[0]:at[1]] + rest // terms that we cannot place, in the words of the source
			}
			r.Licence, r.Why["licence"] = clip(clean(name), 200), index.Reason{Rule: "licence-text", Quote: clip(clean(line[at[0]:at[1]]), 200)}
			return
		}
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
