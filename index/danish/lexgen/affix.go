package main

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// flags are the numbers behind the slash of a dictionary entry.
type flags []string

func parseFlags(s string) flags {
	if s == "" {
		return nil
	}
	return strings.Split(s, ",")
}

// has reports whether any of the flags is in a set.
func (f flags) has(set map[string]bool) bool {
	for _, x := range f {
		if set[x] {
			return true
		}
	}
	return false
}

// suffix is one rule of an affix file: words that end as told lose strip and get add.
type suffix struct {
	strip, add string
	flags      flags // of the word made
	ending     pattern
}

// apply returns the word made of base, if the rule fits.
func (s *suffix) apply(base string) (string, bool) {
	if !strings.HasSuffix(base, s.strip) || !s.ending.matches(base) {
		return "", false
	}
	return base[:len(base)-len(s.strip)] + s.add, true
}

// affixes are the suffix rules by flag.
type affixes map[string][]suffix

// parseAffixes reads the SFX lines of a hunspell affix file with numeric flags.
func parseAffixes(r io.Reader) (affixes, error) {
	rules := affixes{}
	lines := bufio.NewScanner(r)
	for number := 1; lines.Scan(); number++ {
		p := strings.Fields(lines.Text())
		if len(p) < 4 || p[0] != "SFX" || header(p) {
			continue
		}
		rule := suffix{strip: unlessZero(p[2])}
		add, more, _ := strings.Cut(p[3], "/")
		rule.add, rule.flags = unlessZero(add), parseFlags(more)
		if len(p) > 4 && !strings.HasPrefix(p[4], "+") {
			ending, err := parsePattern(p[4])
			if err != nil {
				return nil, fmt.Errorf("affix file line %d: %w", number, err)
			}
			rule.ending = ending
		}
		rules[p[1]] = append(rules[p[1]], rule)
	}
	return rules, lines.Err()
}

// header tells the line that opens a group of rules: "SFX 10 Y 3".
func header(p []string) bool {
	return (p[2] == "Y" || p[2] == "N") && strings.Trim(p[3], "0123456789") == ""
}

func unlessZero(s string) string {
	if s == "0" {
		return ""
	}
	return s
}

// pattern is what the last letters of a word must be: one set of letters for each.
type pattern []letters

type letters struct {
	set string
	not bool
	any bool
}

// parsePattern reads a condition such as "[^e]er".
func parsePattern(s string) (pattern, error) {
	var p pattern
	for s != "" {
		if s[0] != '[' {
			r, n := utf8.DecodeRuneInString(s)
			p = append(p, letters{set: string(r), any: r == '.'})
			s = s[n:]
			continue
		}
		set, rest, ok := strings.Cut(s[1:], "]")
		if !ok {
			return nil, fmt.Errorf("condition %q has no closing bracket", s)
		}
		bare := strings.TrimPrefix(set, "^")
		p = append(p, letters{set: bare, not: bare != set})
		s = rest
	}
	return p, nil
}

// matches reports whether a word ends as the pattern says.
func (p pattern) matches(word string) bool {
	for i := len(p) - 1; i >= 0; i-- {
		r, n := utf8.DecodeLastRuneInString(word)
		if n == 0 {
			return false
		}
		if !p[i].any && strings.ContainsRune(p[i].set, r) == p[i].not {
			return false
		}
		word = word[:len(word)-n]
	}
	return true
}
