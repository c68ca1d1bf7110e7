package main

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"smaabornsviden/index/danish/compound"
)

// minSplit is the length in letters from which a word may be a compound.
const minSplit = 6

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
		bounds := within(c.lemma(lemma), common(word, lemma))
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
	var bounds []int
	if utf8.RuneCountInString(word) >= minSplit && onlyLetters(word) && c.m.d.common[word] {
		o := c.m.options(word)
		o.Unknown = true
		bounds = c.s.Split(nil, []byte(word), o)
	}
	c.seen[word] = bounds
	return bounds
}

// within keeps the bounds that lie in the first n bytes.
func within(bounds []int, n int) []int {
	for i, b := range bounds {
		if b > n {
			return bounds[:i]
		}
	}
	return bounds
}

// common is the length in bytes of the beginning that two words share.
func common(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
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
