package main

import (
	"maps"
	"slices"
	"strings"
)

// umlauts are the plurals with another stem, which the word list has as entries of their own, and their singulars.
var umlauts = map[string][]string{
	"antibiotika": {"antibiotikum"}, "apostle": {"apostel"}, "brædder": {"bræt"}, "brødre": {"bror", "broder"}, "bøger": {"bog"}, "bønder": {"bonde"}, "børn": {"barn"},
	"disciple": {"discipel"}, "djævle": {"djævel"}, "døtre": {"datter"}, "engle": {"engel"}, "fakta": {"faktum"}, "fædre": {"far", "fader"}, "fødder": {"fod"},
	"gæs": {"gås"}, "himle": {"himmel"}, "hænder": {"hånd"}, "kløer": {"klo"}, "kolleger": {"kollega"}, "konti": {"konto"}, "kræfter": {"kraft"},
	"køer": {"ko"}, "leksika": {"leksikon"}, "maksima": {"maksimum"}, "minima": {"minimum"}, "modi": {"modus"},
	"mænd": {"mand"}, "mødre": {"mor", "moder"}, "nætter": {"nat"}, "optima": {"optimum"}, "risici": {"risiko"}, "rødder": {"rod"},
	"saldi": {"saldo"}, "stigmata": {"stigma"}, "stimuli": {"stimulus"}, "stæder": {"stad"}, "stænder": {"stand"}, "stænger": {"stang"},
	"tempi": {"tempo"}, "tæer": {"tå"}, "tænder": {"tand"}, "tænger": {"tang"}, "vira": {"virus"}, "visa": {"visum"}, "ænder": {"and"},
	"øjne": {"øje"},
}

// umlautOrder lists the plurals, longest first, so that no shorter one hides a longer.
var umlautOrder = slices.SortedFunc(maps.Keys(umlauts), func(a, b string) int { return shorter(b, a) })

// singulars are the dictionary forms behind a plural with another stem, also as the head of a compound that the
// dictionary has in the singular; any other word is returned as it is.
func (d *dictionary) singulars(lemma string) []string {
	if s, ok := umlauts[lemma]; ok {
		return s
	}
	for _, plural := range umlautOrder {
		before, ok := strings.CutSuffix(lemma, plural)
		if !ok || len(before) < 2 {
			continue
		}
		var found []string
		for _, s := range umlauts[plural] {
			if d.forms[before+s] != nil {
				found = append(found, before+s)
			}
		}
		if found != nil {
			return found
		}
	}
	return []string{lemma}
}

// kin are the long forms of three words and the short ones that most writers use: whoever looks for "mor" means "moderen", too.
var kin = map[string]string{"broder": "bror", "fader": "far", "moder": "mor"}

// short is the short form of a long one that the dictionary has as well, also as the head of a compound: "bedstemor" for
// "bedstemoder". It is empty for any other word.
func (d *dictionary) short(lemma string) string {
	for long, short := range kin {
		if before, ok := strings.CutSuffix(lemma, long); ok && d.forms[before+short] != nil {
			return before + short
		}
	}
	return ""
}

// allSingulars is singulars for a set, with the short forms of kin.
func (d *dictionary) allSingulars(lemmas map[string]bool) map[string]bool {
	all := map[string]bool{}
	for l := range lemmas {
		for _, s := range d.singulars(l) {
			all[s] = true
			if short := d.short(s); short != "" {
				all[short] = true
			}
		}
	}
	return all
}
