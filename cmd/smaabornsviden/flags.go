package main

import (
	"flag"
	"fmt"
	"strings"
)

// usageError is a mistake in flags or arguments.
type usageError struct{ msg string }

func (e *usageError) Error() string { return e.msg }

func usagef(format string, args ...any) error { return &usageError{fmt.Sprintf(format, args...)} }

// flags is a command's flags. Each is mirrored by an environment variable: -addr by SMAABORNSVIDEN_ADDR;
// what the command line says wins.
type flags struct {
	*flag.FlagSet
	cmd command
	env *environment
}

func newFlags(cmd command, env *environment) *flags {
	f := &flags{FlagSet: flag.NewFlagSet(cmd.name, flag.ContinueOnError), cmd: cmd, env: env}
	f.SetOutput(env.stderr)
	f.Usage = f.usage
	return f
}

// envName is the environment variable of a flag.
func envName(flagName string) string {
	return "SMAABORNSVIDEN_" + strings.ToUpper(strings.ReplaceAll(flagName, "-", "_"))
}

// parse reads environment and arguments. Flags may stand before or after the other arguments, which are
// returned in order; "--" ends the flags. "-" alone is an argument.
func (f *flags) parse(args []string) ([]string, error) {
	if err := f.fromEnvironment(); err != nil {
		return nil, err
	}
	var rest []string
	for {
		if err := f.silence(func() error { return f.FlagSet.Parse(args) }); err != nil {
			return nil, f.parseError(err)
		}
		left := f.Args()
		if len(left) == 0 {
			return rest, nil
		}
		if ended := len(args) > len(left) && args[len(args)-len(left)-1] == "--"; ended {
			return append(rest, left...), nil
		}
		rest, args = append(rest, left[0]), left[1:]
	}
}

func (f *flags) parseError(err error) error {
	if err == flag.ErrHelp {
		f.SetOutput(f.env.stdout)
		f.usage()
		return flag.ErrHelp
	}
	return usagef("%v", err)
}

// silence keeps the flag package from printing the whole usage on a small mistake.
func (f *flags) silence(parse func() error) error {
	f.SetOutput(discard{})
	defer f.SetOutput(f.env.stderr)
	return parse()
}

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }

func (f *flags) fromEnvironment() error {
	var bad error
	f.VisitAll(func(fl *flag.Flag) {
		value := f.env.getenv(envName(fl.Name))
		if value == "" || bad != nil {
			return
		}
		if err := f.Set(fl.Name, value); err != nil {
			bad = usagef("%s=%q: %v", envName(fl.Name), value, err)
		}
	})
	return bad
}

func (f *flags) usage() {
	w := f.Output()
	if _, quiet := w.(discard); quiet {
		return
	}
	fmt.Fprintf(w, "%s\n\nusage: smaabornsviden %s [flags] %s\n", f.cmd.short, f.cmd.name, f.cmd.args)
	first := true
	f.VisitAll(func(fl *flag.Flag) {
		if first {
			fmt.Fprint(w, "\nflags (each may come from the environment variable beside it):\n")
			first = false
		}
		kind, sentence := flag.UnquoteUsage(fl)
		fmt.Fprintf(w, "  -%s %s\n      %s\n", fl.Name, kind, sentence)
		shown := fl.DefValue
		if shown == "" || shown == "false" {
			shown = "none"
		}
		fmt.Fprintf(w, "      (default %s; %s)\n", shown, envName(fl.Name))
	})
}

// listFlag collects values of a flag that may be given several times or as a comma-separated list.
type listFlag []string

func (l *listFlag) String() string { return strings.Join(*l, ",") }

// Set adds one or more values.
func (l *listFlag) Set(value string) error {
	for part := range strings.SplitSeq(value, ",") {
		if part = strings.TrimSpace(part); part != "" {
			*l = append(*l, part)
		}
	}
	return nil
}
