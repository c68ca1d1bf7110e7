// Command gen makes the table of package lang from word frequency lists: DIR/da.tsv, nb.tsv, sv.tsv, en.tsv,
// de.tsv, and any others together as "another language"; each line is a word, a tab and its frequency.
//
//	go run ./crawler/extract/lang/gen DIR > crawler/extract/lang/table.txt
//
// The table in the repository was made from wordfreq 3.1.1 (see NOTICE), for each of da nb sv en de and ca cs es fi fil fr
// hu id is it lv ms nl pl pt ro sh sl tr vi with
//
//	python3 -c 'import sys, wordfreq
//	for w, f in wordfreq.get_frequency_dict(sys.argv[1], "small").items(): print("%s\t%.4g" % (w, f))' LANGUAGE
package main

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"smaabornsviden/crawler/extract/lang"
)

// How much goes into the table, and how: frequencies are flattened by an exponent, so that the commonest words do
// not make all the trigrams, and floored, so that what was never seen is unlikely and not impossible.
const (
	trigramRows = 3000
	wordRows    = 800
	exponent    = 0.6
	floor       = 1e-5
	scale       = 10 // units per natural logarithm
	most        = 99
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: gen DIR")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(dir string, out io.Writer) error {
	lists, err := readLists(dir)
	if err != nil {
		return err
	}
	words, trigrams := make([]map[string]float64, len(lists)), make([]map[string]float64, len(lists))
	for i, list := range lists {
		words[i], trigrams[i] = list, trigramShares(list)
	}
	w := bufio.NewWriter(out)
	fmt.Fprintf(w, "# %s %s\n", strings.Join(lang.Columns, " "), lang.Other)
	writeRows(w, "=", words, wordRows)
	writeRows(w, "", trigrams, trigramRows)
	return w.Flush()
}

// readLists returns the frequencies of each column's words; those of the last are the mean of all other lists.
func readLists(dir string) ([]map[string]float64, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.tsv"))
	if err != nil {
		return nil, err
	}
	lists := make([]map[string]float64, len(lang.Columns)+1)
	other := map[string]float64{}
	others := 0
	for _, file := range files {
		list, err := readList(file)
		if err != nil {
			return nil, err
		}
		if i := slices.Index(lang.Columns, strings.TrimSuffix(filepath.Base(file), ".tsv")); i >= 0 {
			lists[i] = list
			continue
		}
		others++
		for word, f := range list {
			other[word] += f
		}
	}
	for word := range other {
		other[word] /= float64(others)
	}
	lists[len(lang.Columns)] = other
	if i := slices.IndexFunc(lists, func(l map[string]float64) bool { return len(l) == 0 }); i >= 0 {
		return nil, fmt.Errorf("%s: no list for column %d", dir, i)
	}
	return lists, nil
}

func readList(file string) (map[string]float64, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	list := map[string]float64{}
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		word, freq, _ := strings.Cut(lines.Text(), "\t")
		n, err := strconv.ParseFloat(freq, 64)
		if err != nil {
			return nil, fmt.Errorf("%s: %q: %w", file, lines.Text(), err)
		}
		if word != "" && strings.IndexFunc(word, func(r rune) bool { return !unicode.IsLetter(r) }) < 0 {
			list[word] = n
		}
	}
	return list, lines.Err()
}

func trigramShares(list map[string]float64) map[string]float64 {
	out := map[string]float64{}
	sum := 0.0
	for word, f := range list {
		for t := range lang.Trigrams(word) {
			out[t] += math.Pow(f, exponent)
			sum += math.Pow(f, exponent)
		}
	}
	for t := range out {
		out[t] /= sum
	}
	return out
}

type row struct {
	feature string
	gain    float64
	costs   []int
}

// writeRows writes the features that tell most about the language: for each language, how many units less
// likely the feature is in it than in the likeliest one.
func writeRows(w io.Writer, mark string, shares []map[string]float64, limit int) {
	all := map[string]bool{}
	for _, s := range shares {
		for f := range s {
			all[f] = true
		}
	}
	rows := make([]row, 0, len(all))
	for _, f := range slices.Sorted(maps.Keys(all)) {
		rows = append(rows, makeRow(f, shares))
	}
	slices.SortStableFunc(rows, func(a, b row) int { return cmp.Compare(b.gain, a.gain) })
	rows = rows[:min(limit, len(rows))]
	slices.SortFunc(rows, func(a, b row) int { return cmp.Compare(a.feature, b.feature) })
	for _, r := range rows {
		fmt.Fprint(w, mark, r.feature)
		for _, c := range r.costs {
			fmt.Fprint(w, " ", c)
		}
		fmt.Fprintln(w)
	}
}

func makeRow(feature string, shares []map[string]float64) row {
	p := make([]float64, len(shares))
	mean, best := 0.0, 0.0
	for i, s := range shares {
		p[i] = s[feature] + floor
		mean += p[i] / float64(len(shares))
		best = max(best, p[i])
	}
	r := row{feature: feature}
	for _, x := range p {
		r.gain += x * math.Log(x/mean)
		r.costs = append(r.costs, min(most, int(math.Round(scale*math.Log(best/x)))))
	}
	return r
}
