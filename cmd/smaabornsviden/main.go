// Command smaabornsviden collects what partners of Småbørnsløftet know about children from 0 to 6 years and
// makes it findable: it reads flags, chooses the engine, wires the parts, and turns signals into a clean end.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"smaabornsviden/crawler/extract/pdftext"
)

// Exit codes. They are part of the command's interface, see the README.
const (
	exitOK    = 0
	exitFail  = 1 // something was tried and did not succeed
	exitUsage = 2 // flags or arguments are wrong; nothing was tried
)

// environment is all that a command may touch of the outside, so that tests can stand in for it.
type environment struct {
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
	getenv func(string) string
}

func main() {
	if os.Getenv(pdftext.ChildVariable) != "" {
		os.Exit(pdftext.Child(os.Stdin, os.Stdout)) // this process was started to read one PDF file
	}
	if len(os.Args) > 1 && os.Args[1] == "crawl" && os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(crawlMemory)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	env := &environment{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, getenv: os.Getenv}
	code := run(ctx, env, os.Args[1:])
	stop()
	os.Exit(code)
}

// crawlMemory is from when on a crawl cleans up more often, in bytes. What it needs at a time does not grow with the sites;
// the garbage of large pages does, by as much again, unless somebody says stop: 13 MB live between batches of the index, 46 MB at most in
// one. SQLite's 20 MB and the program's own pages come on top. A limit of the operator's own wins.
const crawlMemory = 80 << 20

// run carries out one command line and returns its exit code.
func run(ctx context.Context, env *environment, args []string) int {
	if len(args) == 0 {
		printOverview(env.stderr)
		return exitUsage
	}
	name, rest := args[0], args[1:]
	switch name {
	case "help", "-h", "-help", "--help":
		return help(env, rest)
	}
	cmd, ok := find(name)
	if !ok {
		fmt.Fprintf(env.stderr, "smaabornsviden: there is no command %q; smaabornsviden help lists them\n", name)
		return exitUsage
	}
	return exitCode(env, cmd, cmd.run(ctx, env, newFlags(cmd, env), rest))
}

func exitCode(env *environment, cmd command, err error) int {
	var usage *usageError
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return exitOK
	case errors.As(err, &usage):
		fmt.Fprintf(env.stderr, "smaabornsviden %s: %v\nsmaabornsviden %s -h shows every flag\n", cmd.name, err, cmd.name)
		return exitUsage
	case errors.Is(err, context.Canceled):
		return exitOK // a person or the system asked it to end, and it did
	}
	fmt.Fprintf(env.stderr, "smaabornsviden %s: %v\n", cmd.name, err)
	return exitFail
}

// command is one verb of the program.
type command struct {
	name  string
	args  string // what stands after the flags
	short string // one sentence
	run   func(ctx context.Context, env *environment, f *flags, args []string) error
}

// commands lists the verbs in the order in which help shows them.
func commands() []command {
	return []command{
		{"demo", "", "Serves invented partner sites, crawls them, and serves the search page over them.", runDemo},
		{"run", "", "Crawls the partners by schedule and serves the search page, in one process.", runRun},
		{"crawl", "[SOURCE ...]", "Visits what is due once, or only the sources named, and brings the index up to date.", runCrawl},
		{"serve", "", "Serves the search page over what has been crawled, without crawling.", runServe},
		{"query", "WORDS ...", "Searches and prints the results in the terminal.", runQuery},
		{"rebuild", "", "Describes the stored documents by the rules and the corrections.yaml of the data folder as they are now, without fetching, makes a new index and swaps it in.", runRebuild},
		{"status", "", "Tells what is stored and indexed, by source, and what a running process is doing.", runStatus},
		{"explain", "URL", "Tells where an address stands and why, and every rule that held for its document.", runExplain},
		{blockCommand, "add|remove|list [URL|HOST]", "Takes an address or a host out of everything at once and for good, takes that back, or lists what is out.", runBlock},
		{pauseCommand, "add|remove|list [SOURCE]", "Leaves a source alone from the next request on, takes that back, or lists the sources left alone.", runPause},
		{"check", "SOURCE", "Looks at one source as a crawl would: robots.txt, sitemaps, feeds, and a sample page as it is read.", runCheck},
		{"inbox", "[list | grant NUMBER | refuse NUMBER]", "Lists what readers wrote to the operator, and settles it; a removal that is granted takes the document down.", runInbox},
		{"robots", "URL ...", "Tells for each address whether a robots.txt lets a crawler visit it: allow or disallow.", runRobots},
		{"canonical", "", "Reads addresses from standard input and prints the one form of each, or why it is refused.", runCanonical},
		{"extract", "FILE|URL|-", "Prints as JSON what is read out of one page or file.", runExtract},
		{"analyze", "", "Reads lines from standard input and prints as JSON how each is read.", runAnalyze},
		{"plan", "WORDS ...", "Prints as JSON what a query asks an index for.", runPlan},
		{"eval", "", "Answers judged queries over a collection and prints how well.", runEval},
		{"checklist", "", "Holds the product against what five published texts name and prints every row: pass, fail or by hand.", runChecklist},
		{"version", "", "Prints the version and how it was built.", runVersion},
	}
}

func find(name string) (command, bool) {
	for _, c := range commands() {
		if c.name == name {
			return c, true
		}
	}
	return command{}, false
}

func help(env *environment, args []string) int {
	if len(args) == 0 {
		printOverview(env.stdout)
		return exitOK
	}
	cmd, ok := find(args[0])
	if !ok {
		fmt.Fprintf(env.stderr, "smaabornsviden: there is no command %q\n", args[0])
		return exitUsage
	}
	return exitCode(env, cmd, cmd.run(context.Background(), env, newFlags(cmd, env), []string{"-h"}))
}

func printOverview(w io.Writer) {
	fmt.Fprint(w, "smaabornsviden: a search engine for what is known about children from 0 to 6 years\n\nusage: smaabornsviden COMMAND [flags] [arguments]\n\n")
	for _, c := range commands() {
		fmt.Fprintf(w, "  %-9s %-26s %s\n", c.name, c.args, c.short)
	}
	fmt.Fprint(w, "  help      [COMMAND]                  Shows this list, or the flags of one command.\n\nStart with: smaabornsviden demo\n")
}
