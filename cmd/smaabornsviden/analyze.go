package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"smaabornsviden/index"
	"smaabornsviden/index/danish"
	"smaabornsviden/index/query"
	"smaabornsviden/index/vocab"
)

// maxAnalyzed bounds one line of what is analysed, in bytes.
const maxAnalyzed = 16 << 20

// language loads what reads Danish and what knows the words of the field.
func language() (*danish.Analyzer, *vocab.Vocabulary, error) {
	a, err := danish.New()
	if err != nil {
		return nil, nil, err
	}
	v, err := vocab.Default(a)
	return a, v, err
}

func runAnalyze(ctx context.Context, env *environment, f *flags, args []string) error {
	if rest, err := f.parse(args); err != nil || len(rest) > 0 {
		return firstError(err, usagef("reads lines from standard input and takes no arguments"))
	}
	a, v, err := language()
	if err != nil {
		return err
	}
	lines := bufio.NewScanner(env.stdin)
	lines.Buffer(nil, maxAnalyzed)
	out := json.NewEncoder(env.stdout)
	out.SetEscapeHTML(false)
	for lines.Scan() && ctx.Err() == nil {
		if err := out.Encode(query.Analyse(a, v, lines.Text())); err != nil {
			return fmt.Errorf("write analysis: %w", err)
		}
	}
	return firstError(lines.Err(), ctx.Err())
}

func runPlan(_ context.Context, env *environment, f *flags, args []string) error {
	rest, err := f.parse(args)
	if err != nil {
		return err
	}
	if len(rest) == 0 {
		return usagef("takes the words to search for")
	}
	a, v, err := language()
	if err != nil {
		return err
	}
	var shown struct {
		Understood query.Understood `json:"understood"`
		Plan       index.Plan       `json:"plan"`
	}
	shown.Plan, shown.Understood = query.Draft(a, v, strings.Join(rest, " "), nil)
	out := json.NewEncoder(env.stdout)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(shown)
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
