package main

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"time"

	"smaabornsviden/crawler/describe"
)

// readOfPage are the fields that are read of a page; what the others say is worked out from them.
var readOfPage = map[string]bool{
	"lang": true, "authors": true, "publisher": true, "journal": true, "published": true, "updated": true, "decided": true, "deadline": true,
	"doi": true, "isbn": true, "issn": true, "keywords": true, "licence": true,
}

// printExplanation tells what became of an address in the order in which it came about.
func printExplanation(w io.Writer, e explanation) {
	fmt.Fprintln(w, e.Story.URL.URL)
	printState(w, e)
	printFetches(w, e)
	if e.ID != "" {
		printReading(w, e)
		printGroup(w, e)
	}
	fmt.Fprintf(w, "\nIndex\n  %s\n", e.Index.Why)
}

func printState(w io.Writer, e explanation) {
	u := e.Story.URL
	fmt.Fprintf(w, "\nState\n  %s\n", strings.Join(strings.Fields(fmt.Sprint(u.State, " ", u.Reason, " ", u.Detail)), " "))
	lines(w, [][2]string{
		{"source", u.Source},
		{"its last visit failed", string(u.Trouble)},
		{"its host is in trouble", hostTrouble(e.Story.Host)},
		{"its source is paused", e.Paused},
		{"found on", e.Story.Found},
		{"leads to", e.Story.LeadsTo},
		{"names as canonical", e.Story.Claims},
		{"next visit", moment(u.Due)},
	})
	for _, r := range e.Story.Removals {
		fmt.Fprintf(w, "  %s was taken out %s: %s\n", r.Doc, moment(r.At), r.Reason)
	}
}

// lines prints those that have a value.
func lines(w io.Writer, all [][2]string) {
	for _, line := range all {
		if line[1] != "" {
			fmt.Fprintf(w, "  %s: %s\n", line[0], line[1])
		}
	}
}

func moment(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.Local().Format(time.DateTime)
}

func printFetches(w io.Writer, e explanation) {
	fmt.Fprint(w, "\nFetches, newest first\n")
	if len(e.Story.Visits) == 0 {
		fmt.Fprintln(w, "  none")
	}
	for _, v := range e.Story.Visits {
		fmt.Fprintf(w, "  %s  %d %s", moment(v.At), v.Status, v.State)
		if v.Reason != "" {
			fmt.Fprintf(w, " (%s)", v.Reason)
		}
		fmt.Fprintf(w, ", %d bytes in %v\n", v.Bytes, v.Took)
	}
}

func printReading(w io.Writer, e explanation) {
	fmt.Fprintln(w, "\nExtraction")
	lines(w, [][2]string{{"document", e.ID}, {"title", oneLine(e.Title)}})
	if e.Text.Rule != "" {
		fmt.Fprintf(w, "  text read by %s: %s\n", e.Text.Rule, oneLine(e.Text.Quote))
	}
	var read, worked []describe.Fired
	for _, r := range e.Rules {
		switch {
		case r.Field == "group":
		case readOfPage[r.Field]:
			read = append(read, r)
		default:
			worked = append(worked, r)
		}
	}
	printRules(w, read)
	fmt.Fprintln(w, "\nDescription: every rule that held, * those that gave the value")
	if len(e.Pending) > 0 {
		fmt.Fprintf(w, "  by the rules and corrections as they are now; readers still see another %s: smaabornsviden rebuild -changed takes them in\n", strings.Join(e.Pending, ", "))
	}
	if e.Unread != "" {
		fmt.Fprintf(w, "  by the corrections that were read before, since corrections.yaml cannot be used as it is now: %s\n", oneLine(e.Unread))
	}
	printRules(w, worked)
}

func printRules(w io.Writer, rules []describe.Fired) {
	for _, r := range rules {
		mark := " "
		if r.Won {
			mark = "*"
		}
		weight := ""
		if r.Weight != 0 {
			weight = fmt.Sprintf(" %.2f", r.Weight)
		}
		fmt.Fprintf(w, "  %s %s = %s%s (%s: %s)\n", mark, r.Field, cmp.Or(oneLine(r.Value), "none"), weight, r.Rule, oneLine(r.Quote))
	}
}

func printGroup(w io.Writer, e explanation) {
	fmt.Fprintln(w, "\nGroup")
	g := e.Group
	switch {
	case g.Face != "":
		fmt.Fprintf(w, "  shown on the card of %s\n", oneLine(g.Face))
	case g.MoreOf > 0:
		fmt.Fprintf(w, "  stands for %d more\n", g.MoreOf)
	default:
		fmt.Fprintln(w, "  shown by itself")
	}
	for _, r := range e.Rules {
		if r.Field == "group" {
			fmt.Fprintf(w, "  corrected: %s (%s: %s)\n", r.Value, r.Rule, oneLine(r.Quote))
		}
	}
	if g.Unmet {
		fmt.Fprintln(w, "  the correction has no effect: no document of ours is at the address it names")
	}
	for _, r := range e.Related {
		fmt.Fprintf(w, "  %s %s: %s (%s: %s)\n", r.Kind, r.ID, oneLine(r.Title), r.Rule, oneLine(r.Quote))
	}
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
