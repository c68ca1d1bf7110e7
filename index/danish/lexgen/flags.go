package main

import (
	"strings"

	"smaabornsviden/index/danish/compound"
)

// The flags of Stavekontrolden, as the comments of its affix file explain them.
var (
	forbidden    = flagSet("6")
	needAffix    = flagSet("8")
	names        = flagSet("9")
	compoundEnd  = flagSet("34 39")
	prefixes     = flagSet("81")
	linking      = flagSet("29 30 31 53 55 56 60 61 62 63 67 68 69 83 88")
	noInflection = flagSet("6 8 29 30 31 32 33 34 35 36 37 39 53 54 55 56 60 61 62 63 67 68 69 81 83 86 88 89 90")
)

func flagSet(list string) map[string]bool {
	set := map[string]bool{}
	for _, f := range strings.Fields(list) {
		set[f] = true
	}
	return set
}

// flagClass says what each flag tells of inflection.
var flagClass = classesOf(map[compound.Class]string{
	compound.Common:     "2 7 14 19 44 48 50 58 65 75",
	compound.Neuter:     "3 4 15 18 45 47 51 57 66 70 72 76 84 87",
	compound.PluralE:    "5 13 18 19",
	compound.PluralER:   "3 7 11 43 64 71 85",
	compound.PluralZero: "46 47 48",
	compound.PluralOnly: "74",
	compound.Verb:       "1 20 21 22 79",
	compound.PastEDE:    "1",
	compound.PastTE:     "20",
	compound.Adjective:  "12 23 24 25 26 27 28 38 40 41 42 49 59 77 78 82",
})

func classesOf(lists map[compound.Class]string) map[string]compound.Class {
	classes := map[string]compound.Class{}
	for class, list := range lists {
		for _, f := range strings.Fields(list) {
			classes[f] |= class
		}
	}
	return classes
}
