package main

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"smaabornsviden/index/danish/compound"
)

// minSplit is the length in letters from which a word may be a compound.
const minSplit = 5

// chooser chooses the split of every word of the dictionary.
type chooser struct {
	m          *model
	s          *compound.Splitter
	exceptions map[string][]int
	seen       map[string][]int // splits of dictionary forms
}

func newChooser(m *model, exceptions map[string][]int) *chooser {
	return &chooser{m, compound.NewSplitter(m), exceptions, map[string][]int{}}
}

// split returns the offsets of the second and further parts of a word of the dictionary. A word that is no
// dictionary form is split where its dictionary forms are, so that "barnets" is not bar and nets.
func (c *chooser) split(word string) []int {
	if bounds, ok := c.exceptions[word]; ok {
		return bounds
	}
	if _, lemma := c.m.d.classes[word]; lemma {
		return c.lemma(word)
	}
	var best []int
	for lemma := range c.m.d.forms[word] {
		bounds := compound.Within(c.lemma(lemma), compound.SharedPrefix(word, lemma))
		if len(bounds) == 0 {
			return nil
		}
		if best == nil || len(bounds) < len(best) || len(bounds) == len(best) && bounds[0] < best[0] {
			best = bounds
		}
	}
	return best
}

// lemma splits a dictionary form.
func (c *chooser) lemma(word string) []int {
	if bounds, ok := c.exceptions[word]; ok {
		return bounds
	}
	if bounds, ok := c.seen[word]; ok {
		return bounds
	}
	c.seen[word] = nil // for words that are made of each other
	bounds := c.judge(word)
	c.seen[word] = bounds
	return bounds
}

// judge splits a dictionary form that is not given by hand: a derivation as its base, any other word as the costs say.
func (c *chooser) judge(word string) []int {
	if utf8.RuneCountInString(word) < minSplit || !onlyLetters(word) || !c.m.d.common[word] {
		return nil
	}
	if base, ok := c.m.d.made(word); ok {
		return compound.Within(c.lemma(base), compound.SharedPrefix(word, base))
	}
	o := c.m.options(word)
	o.Unknown = true
	bounds := c.s.Split(nil, []byte(word), o)
	switch {
	case len(bounds) == 0, !c.certain(word, bounds, o):
		return c.asPlural(word)
	case c.inflected(word, bounds[len(bounds)-1]):
		return nil
	}
	return bounds
}

// asPlural splits the singular of a plural with another stem where the plural is split, since short words are dearer to split than long
// ones: "husmor" as "hus|mødre".
func (c *chooser) asPlural(word string) []int {
	for _, plural := range umlautOrder {
		for _, singular := range umlauts[plural] {
			before, ok := strings.CutSuffix(word, singular)
			if !ok || c.m.d.classes[before+plural] == 0 {
				continue
			}
			if bounds := c.lemma(before + plural); len(bounds) == 1 && bounds[0] == len(before) {
				return bounds
			}
		}
	}
	return nil
}

// inflected reports whether a dictionary form is a form of another one as well that has no such last part: beside "friske" stands
// "frisk", which is no spoon.
func (c *chooser) inflected(word string, last int) bool {
	for base := range c.m.d.forms[word] {
		if base == word || len(base) <= last || !strings.HasPrefix(word, base) {
			continue
		}
		if e, _ := c.m.entry([]byte(base[last:])); e.Head == 0 && len(c.lemma(base)) == 0 {
			return true
		}
	}
	return false
}

// What a split must save beside spelling the word letter by letter when something speaks against it.
const (
	unknownSaves = 4 * compound.Nat  // the first part is in no dictionary and is short
	learnedSaves = 0                 // the first part is a modifier that was learned
	rareSaves    = 2 * compound.Nat  // a part is rare in other words
	foreignSaves = 10 * compound.Nat // the word has learned relatives that its last part has not
)

// longUnknown is the length in bytes from which an unknown first part is likelier a word than a scrap: "adoptiv".
const longUnknown = 6

// certain reports whether a word that could be split has what the split needs to be believed.
func (c *chooser) certain(word string, bounds []int, o compound.Options) bool {
	_, cost, _ := c.s.Best(nil, []byte(word), o)
	saves := c.s.Spelling([]byte(word)) - cost
	first := word[:bounds[0]]
	switch e, _ := c.m.entry([]byte(first)); {
	case c.m.d.declared(first):
	case e.Modifier == 0 && len(first) < longUnknown && saves < unknownSaves, saves < learnedSaves:
		return false
	}
	if saves < rareSaves && c.rare(word, bounds) {
		return false
	}
	return saves >= foreignSaves || !c.m.d.foreign(word, bounds[len(bounds)-1])
}

// rarity is the cost from which a string is rare: it was seen in one word or two.
const rarity = 635 * compound.Nat / 64

// rare reports whether a part of a split is hardly ever a part of other words, neither before nor after others.
func (c *chooser) rare(word string, bounds []int) bool {
	from := 0
	for _, b := range append(slices.Clone(bounds), len(word)) {
		e, _ := c.m.entry([]byte(word[from:b]))
		known := e.Modifier > 0 || e.Head > 0
		if known && (e.Modifier == 0 || e.Modifier >= rarity) && (e.Head == 0 || e.Head >= rarity) {
			return true
		}
		from = b
	}
	return false
}

// declared reports whether a modifier is one for the dictionary or a dictionary form.
func (d *dictionary) declared(modifier string) bool {
	return d.modifiers[modifier] != nil || d.classes[modifier] != 0
}

// readExceptions reads lines of words that the model gets wrong: the word with "|" between its parts, or without
// any when it has none.
func readExceptions(r io.Reader) (map[string][]int, error) {
	exceptions := map[string][]int{}
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		parts := strings.Split(line, "|")
		at, bounds := 0, []int{}
		for _, p := range parts[:len(parts)-1] {
			at += len(p)
			bounds = append(bounds, at)
		}
		word := strings.Join(parts, "")
		if _, twice := exceptions[word]; twice {
			return nil, fmt.Errorf("exceptions: %q stands there twice", word)
		}
		exceptions[word] = bounds
	}
	return exceptions, lines.Err()
}
