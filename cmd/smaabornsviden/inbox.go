package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"smaabornsviden/index/opensearch"
	"smaabornsviden/server"
	"smaabornsviden/server/inbox"
	"smaabornsviden/server/shelf"
)

// clusterShelf is the shelf that all processes on a cluster share, as the server knows it.
type clusterShelf struct{ opensearch.Shelf }

var _ server.Shelf = clusterShelf{}

// Put implements server.Shelf.
func (s clusterShelf) Put(ctx context.Context, r shelf.Record) error {
	return s.Shelf.Put(ctx, opensearch.Record(r))
}

// Add implements server.Shelf.
func (s clusterShelf) Add(ctx context.Context, r shelf.Record) error {
	err := s.Shelf.Add(ctx, opensearch.Record(r))
	if errors.Is(err, opensearch.ErrExists) {
		return fmt.Errorf("%w: %w", shelf.ErrExists, err)
	}
	return err
}

// Get implements server.Shelf.
func (s clusterShelf) Get(ctx context.Context, kind, id string) (shelf.Record, error) {
	r, err := s.Shelf.Get(ctx, kind, id)
	return shelf.Record(r), err
}

// List implements server.Shelf.
func (s clusterShelf) List(ctx context.Context, kind string, since time.Time, n int) ([]shelf.Record, error) {
	records, err := s.Shelf.List(ctx, kind, since, n)
	all := make([]shelf.Record, 0, len(records))
	for _, r := range records {
		all = append(all, shelf.Record(r))
	}
	return all, err
}

// openShelf opens what readers leave: in the data folder, or beside the index in the cluster.
func (n *node) openShelf(ctx context.Context) error {
	if n.cluster != nil {
		n.shelf = clusterShelf{n.cluster.Shelf()}
		return nil
	}
	s, err := shelf.Open(ctx, n.folder.path("readers.db"), shelf.Options{})
	if err != nil {
		return err
	}
	n.shelf, n.closeShelf = s, s.Close
	return nil
}

// box is the operator's side of the letters.
func (n *node) box() inbox.Box {
	b := inbox.Box{Keeper: n.shelf, Document: n.index.Document, Now: time.Now}
	if !n.onlyReads {
		b.TakeDown = func(ctx context.Context, address, why string) (int, error) {
			done, err := n.block(ctx, address, why)
			return done.Documents, err
		}
	}
	return b
}

// letters adds to the control socket what the operator does about letters.
func (n *node) letters(mux *http.ServeMux) {
	mux.HandleFunc("GET /control/inbox", func(w http.ResponseWriter, r *http.Request) {
		all, err := n.box().Letters(r.Context(), r.URL.Query().Get("all") != "")
		told := make([]toldLetter, 0, len(all))
		for _, l := range all {
			told = append(told, toldLetter{l.ID, l.Kind, l.At, l.Due(), l})
		}
		reply(w, told, err)
	})
	mux.HandleFunc("POST /control/inbox", func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		done, err := n.box().Settle(r.Context(), q.Get("number"), inbox.Outcome(q.Get("outcome")), q.Get("note"))
		reply(w, done, err)
	})
}

// toldLetter is a letter with what its record knows about it.
type toldLetter struct {
	Number string       `json:"number"`
	Kind   inbox.Kind   `json:"kind"`
	At     time.Time    `json:"at"`
	Due    time.Time    `json:"due"`
	Letter inbox.Letter `json:"letter"`
}

func runInbox(ctx context.Context, env *environment, f *flags, args []string) error {
	var at place
	dataFlag(f, &at)
	note := f.String("note", "", "Tells the reader in this `TEXT` why; needed to refuse.")
	all := f.Bool("all", false, "Lists the letters that are settled too, not only those that wait.")
	asJSON := f.Bool("json", false, "Prints the list as JSON instead of text.")
	rest, err := f.parse(args)
	if err != nil {
		return err
	}
	outcome, number, err := settling(rest, *note)
	if err != nil {
		return err
	}
	return withControl(ctx, env, at, "inbox", func(c control) error {
		if outcome == "" {
			return listLetters(ctx, c, env.stdout, *all, *asJSON)
		}
		var done inbox.Settled
		query := url.Values{"number": {number}, "outcome": {string(outcome)}, "note": {*note}}
		if err := c.do(ctx, http.MethodPost, "/control/inbox", query, &done); err != nil {
			return err
		}
		fmt.Fprintf(env.stdout, "%s is settled: %s\n", number, outcome)
		if done.Blocked != "" {
			fmt.Fprintf(env.stdout, "%s is blocked; documents that left: %d\n", done.Blocked, done.Documents)
		}
		return nil
	})
}

// settling reads "list", "grant NUMBER" or "refuse NUMBER"; an empty outcome lists.
func settling(args []string, note string) (inbox.Outcome, string, error) {
	switch {
	case len(args) == 0, len(args) == 1 && args[0] == "list":
		return "", "", nil
	case len(args) != 2:
		return "", "", usagef("takes list, grant NUMBER or refuse NUMBER")
	case args[0] == "grant":
		return inbox.Granted, args[1], nil
	case args[0] == "refuse" && note == "":
		return "", "", usagef("refuse needs -note: who asked is told why")
	case args[0] == "refuse":
		return inbox.Refused, args[1], nil
	}
	return "", "", usagef("takes list, grant or refuse, got %q", args[0])
}

func listLetters(ctx context.Context, c control, w io.Writer, all, asJSON bool) error {
	query := url.Values{}
	if all {
		query.Set("all", "1")
	}
	var letters []toldLetter
	if err := c.do(ctx, http.MethodGet, "/control/inbox", query, &letters); err != nil {
		return err
	}
	if asJSON {
		enc := json.NewEncoder(w)
		enc.SetIndent("", "  ")
		return enc.Encode(letters)
	}
	if len(letters) == 0 {
		fmt.Fprintln(w, "no letters wait")
	}
	for _, l := range letters {
		fmt.Fprintf(w, "%s  %s  %s, due %s  %s\n", l.Number, l.Kind, l.At.Local().Format(time.DateOnly), l.Due.Local().Format(time.DateOnly), cmp.Or(string(l.Letter.Outcome), "waits"))
		for _, line := range []string{l.Letter.Address, l.Letter.Name, l.Letter.Role, l.Letter.Text, l.Letter.Contact, l.Letter.Note} {
			if line != "" {
				fmt.Fprintf(w, "    %q\n", line) // quoted: a stranger wrote it, and a terminal obeys control signs
			}
		}
	}
	return nil
}
