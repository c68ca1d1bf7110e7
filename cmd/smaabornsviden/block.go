package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"smaabornsviden/crawler"
	"smaabornsviden/crawler/demosite"
	"smaabornsviden/crawler/partners"
	"smaabornsviden/crawler/state"
)

// Commands of a person over the crawl: what is taken down, and whom it leaves alone. A running process carries them out.
const (
	blockCommand = "block"
	pauseCommand = "pause"
)

// blocked is the answer to a block over the control socket.
type blocked struct {
	crawler.Taken
	// Later: the index takes nothing in now, and takes the removals in as soon as it can.
	Later bool
}

func runBlock(ctx context.Context, env *environment, f *flags, args []string) error {
	o, err := parseOrder(f, args, "what is blocked, for those who ask later; needed to add")
	if err != nil {
		return err
	}
	return o.send(ctx, env, blockCommand, func(c control) error {
		switch o.verb {
		case "add":
			var done blocked
			err := c.do(ctx, http.MethodPost, "/control/block", url.Values{"what": {o.object}, "why": {o.reason}}, &done)
			if err == nil {
				printBlocked(env.stdout, done)
			}
			return err
		case "remove":
			return c.do(ctx, http.MethodPost, "/control/unblock", url.Values{"what": {o.object}}, nil)
		}
		var all []state.Block
		if err := c.do(ctx, http.MethodGet, "/control/blocks", nil, &all); err != nil {
			return err
		}
		return o.list(env.stdout, all, func(w io.Writer) {
			rows := [][]string{{"blocked", "since", "along with", "reason"}}
			for _, b := range all {
				rows = append(rows, []string{b.Entry, b.At.Local().Format(time.DateOnly), b.Root, b.Note})
			}
			table(w, rows)
		})
	})
}

func printBlocked(w io.Writer, b blocked) {
	fmt.Fprintf(w, "%s is blocked; documents that left: %d\n", b.Entry, b.Documents)
	for _, address := range b.Along {
		fmt.Fprintf(w, "  with it: %s, another address of the same text\n", address)
	}
	if b.LeadsTo != "" {
		fmt.Fprintf(w, "  it leads to %s, which stays: block that too if it is meant\n", b.LeadsTo)
	}
	if b.Later {
		fmt.Fprintln(w, "  the index takes nothing in now (status says why); it takes the removals in as soon as it can")
	}
}

func runPause(ctx context.Context, env *environment, f *flags, args []string) error {
	o, err := parseOrder(f, args, "a source is left alone, for those who ask later; needed to add")
	if err != nil {
		return err
	}
	return o.send(ctx, env, pauseCommand, func(c control) error {
		switch o.verb {
		case "add":
			return c.do(ctx, http.MethodPost, "/control/pause", url.Values{"source": {o.object}, "why": {o.reason}}, nil)
		case "remove":
			return c.do(ctx, http.MethodPost, "/control/resume", url.Values{"source": {o.object}}, nil)
		}
		var all []state.Pause
		if err := c.do(ctx, http.MethodGet, "/control/pauses", nil, &all); err != nil {
			return err
		}
		return o.list(env.stdout, all, func(w io.Writer) {
			rows := [][]string{{"paused", "since", "reason"}}
			for _, p := range all {
				rows = append(rows, []string{p.Source, p.At.Local().Format(time.DateOnly), p.Note})
			}
			table(w, rows)
		})
	})
}

// order is what a person asks of a list that the crawl keeps.
type order struct {
	verb, object, reason string
	data                 place
	register             string
	asJSON               bool
}

// parseOrder reads "add OBJECT -reason TEXT", "remove OBJECT" or "list".
func parseOrder(f *flags, args []string, reasonFor string) (order, error) {
	var o order
	dataFlag(f, &o.data)
	registerFlag(f, &o.register)
	f.StringVar(&o.reason, "reason", "", "Notes in this `TEXT` why "+reasonFor+".")
	f.BoolVar(&o.asJSON, "json", false, "Prints the list as JSON instead of text.")
	rest, err := f.parse(args)
	if err != nil {
		return o, err
	}
	if len(rest) > 0 {
		o.verb = rest[0]
	}
	wanted, known := map[string]int{"add": 2, "remove": 2, "list": 1}[o.verb]
	switch {
	case !known:
		return o, usagef("takes add, remove or list, got %q", o.verb)
	case len(rest) != wanted:
		return o, usagef("%s takes %d arguments, got %d", o.verb, wanted-1, len(rest)-1)
	case o.verb == "add" && o.reason == "":
		return o, usagef("add needs -reason: a decision whose reason nobody knows cannot be taken back")
	}
	if wanted == 2 {
		o.object = rest[1]
	}
	return o, nil
}

// send hands the order to the process that holds the data folder, or carries it out here.
func (o *order) send(ctx context.Context, env *environment, command string, ask func(control) error) error {
	return withNode(ctx, env, o.data, command, func(n *node) (err error) {
		n.register, err = n.registerOf(ctx, o.register)
		return err
	}, ask)
}

func (o *order) list(w io.Writer, all any, asText func(io.Writer)) error {
	if !o.asJSON {
		asText(w)
		return nil
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(all)
}

// registerOf reads the register that fits the data folder: the file named, or the one that the program carries for
// what the folder is for.
func (n *node) registerOf(ctx context.Context, file string) (*partners.Register, error) {
	purpose, err := n.state.Value(ctx, purposeKey)
	if err != nil || purpose != purposeDemo || file != "" {
		return loadRegister(file)
	}
	sites, err := demosite.New(demosite.Options{})
	if err != nil {
		return nil, err
	}
	return partners.Load(sites.Register(), "demo register")
}

// desk is where decisions of a person are carried out. A process that only answers may have been started without a
// register.
func (n *node) desk(ctx context.Context) (*crawler.Desk, error) {
	register := n.register
	if register == nil {
		var err error
		if register, err = n.registerOf(ctx, ""); err != nil {
			return nil, err
		}
	}
	return crawler.NewDesk(register, n.state, nil)
}

// block takes an address or a host down, in the index too before it returns.
func (n *node) block(ctx context.Context, what, why string) (blocked, error) {
	d, err := n.desk(ctx)
	if err != nil {
		return blocked{}, err
	}
	taken, err := d.Block(ctx, what, why)
	if err != nil {
		return blocked{}, err
	}
	if n.onlyReads {
		return blocked{taken, true}, nil
	}
	err = n.catchUp(ctx)
	if waits(err) {
		return blocked{taken, true}, nil // the outbox keeps them
	}
	return blocked{taken, false}, err
}

// orders adds to the control socket what a person may decide.
func (n *node) orders(mux *http.ServeMux) {
	mux.HandleFunc("POST /control/block", func(w http.ResponseWriter, r *http.Request) {
		done, err := n.block(r.Context(), r.URL.Query().Get("what"), r.URL.Query().Get("why"))
		reply(w, done, err)
	})
	for path, carryOut := range map[string]func(context.Context, *crawler.Desk, url.Values) (any, error){
		"POST /control/unblock": func(ctx context.Context, d *crawler.Desk, q url.Values) (any, error) {
			return struct{}{}, d.Unblock(ctx, q.Get("what"))
		},
		"GET /control/blocks": func(ctx context.Context, d *crawler.Desk, _ url.Values) (any, error) { return d.Blocks(ctx) },
		"POST /control/pause": func(ctx context.Context, d *crawler.Desk, q url.Values) (any, error) {
			return struct{}{}, d.Pause(ctx, q.Get("source"), q.Get("why"))
		},
		"POST /control/resume": func(ctx context.Context, d *crawler.Desk, q url.Values) (any, error) {
			return struct{}{}, d.Resume(ctx, q.Get("source"))
		},
		"GET /control/pauses": func(_ context.Context, d *crawler.Desk, _ url.Values) (any, error) { return d.Pauses(), nil },
	} {
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
			d, err := n.desk(r.Context())
			if err != nil {
				reply(w, nil, err)
				return
			}
			value, err := carryOut(r.Context(), d, r.URL.Query())
			reply(w, value, err)
		})
	}
}
