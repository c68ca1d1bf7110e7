package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"smaabornsviden/crawler/partners"
	"smaabornsviden/crawler/state"
)

// statusReport is what the status command shows, as JSON over the control socket.
type statusReport struct {
	Held       holder         `json:"held"`
	Purpose    string         `json:"purpose"`
	Documents  int            `json:"documents"` // in the index
	Stored     int            `json:"stored"`    // in the crawl state
	Generation string         `json:"generation"`
	Seq        uint64         `json:"seq"`    // last change in the index
	Behind     uint64         `json:"behind"` // changes that the index still has to take in
	IndexBytes int64          `json:"index_bytes"`
	Schema     string         `json:"schema"`
	LastRun    state.Run      `json:"last_run"`
	Sources    []sourceStatus `json:"sources"`
}

type sourceStatus struct {
	ID        string         `json:"id"`
	Name      string         `json:"name"`
	Policy    string         `json:"policy"`
	Why       string         `json:"why,omitempty"`
	Documents int            `json:"documents"`
	Known     int            `json:"known"` // addresses
	Held      int            `json:"held"`  // documents whose removal waits for a person
	States    map[string]int `json:"states"`
	Refused   map[string]int `json:"refused"` // by reason
}

func runStatus(ctx context.Context, env *environment, f *flags, args []string) error {
	var data place
	dataFlag(f, &data)
	asJSON := f.Bool("json", false, "Prints the report as JSON instead of text.")
	if err := noArguments(f, args); err != nil {
		return err
	}
	return withControl(ctx, env, data, "status", func(c control) error {
		var report statusReport
		if err := c.do(ctx, http.MethodGet, "/control/status", nil, &report); err != nil {
			return err
		}
		if *asJSON {
			enc := json.NewEncoder(env.stdout)
			enc.SetIndent("", "  ")
			return enc.Encode(report)
		}
		printStatus(env.stdout, report)
		return nil
	})
}

func (n *node) status(ctx context.Context) (statusReport, error) {
	stats, err := n.index.Stats(ctx)
	if err != nil {
		return statusReport{}, err
	}
	r := statusReport{
		Held: readHolder(n.folder.dir), Documents: stats.Documents, Generation: stats.Generation,
		Seq: stats.Seq, IndexBytes: stats.Bytes, Schema: stats.Schema,
	}
	if r.Purpose, err = n.state.Value(ctx, purposeKey); err != nil && !errors.Is(err, state.ErrNotFound) { // an empty folder beside a cluster has none
		return r, err
	}
	last, err := n.state.LastSeq(ctx)
	if err != nil {
		return r, err
	}
	r.Behind = last - min(last, stats.Seq)
	runs, err := n.state.Runs(ctx, 1)
	if err != nil {
		return r, err
	}
	if len(runs) > 0 {
		r.LastRun = runs[0]
	}
	r.Sources, err = n.sources(ctx)
	for _, s := range r.Sources {
		r.Stored += s.Documents
	}
	return r, err
}

// sources joins the register with what the crawl state counts. Sources that left the register are told too.
func (n *node) sources(ctx context.Context) ([]sourceStatus, error) {
	byID := map[string]*sourceStatus{}
	get := func(id string) *sourceStatus {
		if byID[id] == nil {
			byID[id] = &sourceStatus{ID: id, Name: id, States: map[string]int{}, Refused: map[string]int{}}
		}
		return byID[id]
	}
	if n.register != nil {
		for i := range n.register.Sources {
			fromRegister(get(n.register.Sources[i].ID), &n.register.Sources[i])
		}
	}
	standings, err := n.state.Standings(ctx)
	if err != nil {
		return nil, err
	}
	for _, st := range standings {
		s := get(st.Source)
		s.Known += st.N
		s.States[string(st.State)] += st.N
		if st.State == state.Refused {
			s.Refused[string(st.Reason)] += st.N
		}
	}
	if err := n.counts(ctx, get); err != nil {
		return nil, err
	}
	out := make([]sourceStatus, 0, len(byID))
	for _, id := range slices.Sorted(maps.Keys(byID)) {
		out = append(out, *byID[id])
	}
	return out, nil
}

func (n *node) counts(ctx context.Context, get func(id string) *sourceStatus) error {
	documents, err := n.state.DocumentCounts(ctx)
	if err != nil {
		return err
	}
	for id, count := range documents {
		get(id).Documents = count
	}
	held, err := n.state.HeldSources(ctx)
	if err != nil {
		return err
	}
	for id, count := range held {
		get(id).Held = count
	}
	return nil
}

func fromRegister(s *sourceStatus, p *partners.Source) {
	s.Name, s.Policy, s.Why = p.Name, string(p.Policy), p.Why
}

func printStatus(w io.Writer, r statusReport) {
	if r.Held.Command == "status" {
		fmt.Fprintln(w, "process     none is running")
	} else {
		fmt.Fprintf(w, "process     %d (%s since %s)\n", r.Held.PID, r.Held.Command, r.Held.Since.Local().Format(time.DateTime))
	}
	fmt.Fprintf(w, "documents   %d stored, %d in the index (%s, %s)\n", r.Stored, r.Documents, r.Generation, size(r.IndexBytes))
	if r.Behind > 0 {
		fmt.Fprintf(w, "behind      %d changes wait for the index\n", r.Behind)
	}
	switch {
	case r.LastRun.ID == 0:
		fmt.Fprintln(w, "last crawl  none yet")
	case r.LastRun.Ended.IsZero():
		fmt.Fprintf(w, "last crawl  began %s and has not ended\n", r.LastRun.Started.Local().Format(time.DateTime))
	default:
		fmt.Fprintf(w, "last crawl  ended %s\n", r.LastRun.Ended.Local().Format(time.DateTime))
	}
	rows := [][]string{{"source", "policy", "documents", "addresses", "not taken, by reason"}}
	for _, s := range r.Sources {
		note := counted(s.Refused)
		if s.Held > 0 {
			note = fmt.Sprintf("%d removals wait for a person; ", s.Held) + note
		}
		if s.Why != "" {
			note = s.Why
		}
		rows = append(rows, []string{s.ID, s.Policy, strconv.Itoa(s.Documents), strconv.Itoa(s.Known), note})
	}
	fmt.Fprintln(w)
	table(w, rows)
}

// counted writes counts by reason, the largest first.
func counted(counts map[string]int) string {
	reasons := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	parts := make([]string, 0, len(reasons))
	for _, reason := range reasons {
		parts = append(parts, fmt.Sprintf("%s %d", reason, counts[reason]))
	}
	return strings.Join(parts, ", ")
}
