package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"smaabornsviden/crawler"
	"smaabornsviden/crawler/canonical"
)

// canonicalFlags are the settings of the canonical command.
type canonicalFlags struct {
	base, source, register string
	parse                  bool
}

func runCanonical(_ context.Context, env *environment, f *flags, args []string) error {
	var o canonicalFlags
	f.StringVar(&o.base, "base", "", "Resolves the addresses against this `URL`.")
	f.StringVar(&o.source, "source", "", "Applies the scope and the rules of the source with this `ID`.")
	f.BoolVar(&o.parse, "parse", false, "Prints the form of the WHATWG standard alone, with nothing dropped and nothing refused but by the standard.")
	registerFlag(f, &o.register)
	if err := noArguments(f, args); err != nil {
		return err
	}
	form, err := o.form()
	if err != nil {
		return err
	}
	out := bufio.NewWriter(env.stdout)
	if err := eachLine(env.stdin, func(line string) { fmt.Fprintln(out, form(line)) }); err != nil {
		return fmt.Errorf("read standard input: %w", err)
	}
	return out.Flush()
}

// form returns what makes the line of an address.
func (o canonicalFlags) form() (func(string) string, error) {
	if o.parse {
		return func(raw string) string {
			href, err := canonical.Form(raw, o.base)
			if err != nil {
				return "refused: " + parseReason(err)
			}
			return href
		}, nil
	}
	var rules canonical.Rules
	if o.source != "" {
		register, err := loadRegister(o.register)
		if err != nil {
			return nil, err
		}
		source, ok := register.Source(o.source)
		if !ok {
			return nil, usagef("the register has no source %q", o.source)
		}
		if rules, err = crawler.PageRules(*source); err != nil {
			return nil, err
		}
	}
	return func(raw string) string {
		d := rules.Decide(raw, o.base)
		if d.Refusal != "" {
			return "refused: " + string(d.Refusal)
		}
		return d.URL
	}, nil
}

// parseReason is the word that the crawler has for an address that is none.
func parseReason(err error) string {
	switch {
	case errors.Is(err, canonical.ErrScheme):
		return string(canonical.Scheme)
	case errors.Is(err, canonical.ErrTooLong):
		return string(canonical.TooLong)
	}
	return string(canonical.Unparsable)
}

// eachLine passes lines of any length on, without their ends.
func eachLine(r io.Reader, do func(line string)) error {
	for in := bufio.NewReader(r); ; {
		line, err := in.ReadString('\n')
		if line != "" {
			do(strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r"))
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// readInput reads a file, or standard input for "-".
func readInput(env *environment, file string) ([]byte, error) {
	if file == "-" {
		return io.ReadAll(io.LimitReader(env.stdin, maxRegister))
	}
	return readAll(file)
}
