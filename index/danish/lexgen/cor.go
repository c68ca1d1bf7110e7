package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"

	"smaabornsviden/index/danish/compound"
)

// readCORFile adds a full-form file of Det Centrale Ordregister.
func (d *dictionary) readCORFile(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := d.readCOR(f); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// readCOR adds words from lines of tab-separated COR number, dictionary form, gloss, grammar and word, as in
// "COR.47371.113.01, barn, , sb.itk.plur.ubest, børn". COR has no linking elements, so its words become modifiers
// only by the rules for undeclared ones.
func (d *dictionary) readCOR(r io.Reader) error {
	lines := bufio.NewScanner(r)
	for number := 1; lines.Scan(); number++ {
		if lines.Text() == "" {
			continue
		}
		p := strings.Split(lines.Text(), "\t")
		if len(p) < 5 || !strings.HasPrefix(p[0], "COR.") {
			return fmt.Errorf("line %d: want COR number, dictionary form, gloss, grammar and word between tabs", number)
		}
		d.addCOR(p[1], p[3], p[4])
	}
	return lines.Err()
}

func (d *dictionary) addCOR(lemma, grammar, word string) {
	if !usable(lemma) || !usable(word) {
		return
	}
	kind, rest, _ := strings.Cut(grammar, ".")
	proper := kind == "prop"
	d.form(word, plain(lemma), proper, !proper)
	if key := [2]string{plain(word), plain(lemma)}; kind == "vb" {
		d.readings.verbs[key] = true
	} else {
		d.readings.other[key] = true
	}
	if plain(word) == plain(lemma) {
		d.classes[plain(lemma)] |= corClass(kind, rest)
	}
}

// corClass reads COR's grammar: "sb.fk.sing.ubest" is a noun of common gender.
func corClass(kind, rest string) compound.Class {
	switch kind {
	case "sb":
		c := compound.Noun
		if strings.HasPrefix(rest, "fk") {
			c |= compound.Common
		} else if strings.HasPrefix(rest, "itk") {
			c |= compound.Neuter
		}
		return c
	case "vb":
		return compound.Verb
	case "adj":
		return compound.Adjective
	}
	return compound.Other
}
