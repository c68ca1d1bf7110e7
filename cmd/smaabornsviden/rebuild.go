package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"smaabornsviden/crawler"
	"smaabornsviden/crawler/fetch"
	"smaabornsviden/crawler/partners"
	"smaabornsviden/crawler/state"
	"smaabornsviden/index"
	"smaabornsviden/index/opensearch"
)

// rebuilt is the answer of a rebuild over the control socket.
type rebuilt struct {
	Documents  int    `json:"documents"`
	Generation string `json:"generation"`
	Described  int    `json:"described"` // documents that say something else by the rules as they are now
	Note       string `json:"note,omitempty"`
	// Unmet are the corrections that hold for no stored document, each with file and line.
	Unmet []string `json:"unmet,omitempty"`
}

func runRebuild(ctx context.Context, env *environment, f *flags, args []string) error {
	var data place
	var register string
	dataFlag(f, &data)
	registerFlag(f, &register)
	changed := f.Bool("changed", false, "Keeps the index in use and takes in only the documents that the rules and corrections as they are now describe otherwise.")
	empty := f.Bool("empty", false, "Makes an index of no documents when none is stored, in place of one that has some.")
	if err := noArguments(f, args); err != nil {
		return err
	}
	query := url.Values{}
	if *empty {
		query.Set("empty", "1")
	}
	if *changed {
		query.Set("changed", "1")
	}
	return withNode(ctx, env, data, "rebuild", func(n *node) (err error) {
		n.register, err = n.registerOf(ctx, register)
		return err
	}, func(c control) error {
		var done rebuilt
		if err := c.do(ctx, http.MethodPost, "/control/rebuild", query, &done); err != nil {
			return err
		}
		if done.Note != "" {
			fmt.Fprintln(env.stderr, done.Note)
		}
		for _, line := range done.Unmet {
			fmt.Fprintln(env.stderr, line)
		}
		described := fmt.Sprintf("%d documents are described anew", done.Described)
		if done.Note != "" { // zero would read as if the rules had been tried
			described = "no document is described anew: corrections and rules as they are now do not hold yet"
		}
		fmt.Fprintf(env.stdout, "%s\n%s is in use with %d documents\n", described, done.Generation, done.Documents)
		return nil
	})
}

// renovation is what a rebuild is asked for.
type renovation struct {
	onlyChanged bool // keep the index in use, and take in what changed
	empty       bool // it may become empty
}

// rebuildAll describes the stored documents by the rules as they are now and brings the index up to date with them: with all
// of them in a new generation, or with those that changed in the one in use.
func (n *node) rebuildAll(ctx context.Context, d deeds, r renovation) (rebuilt, error) {
	if n.onlyReads {
		return rebuilt{}, opensearch.ErrReadOnly // nor are the documents described here: who crawls does that
	}
	renew := d.renew
	if renew == nil {
		renew = n.renew
	}
	described, err := renew(ctx)
	var note string
	if errors.Is(err, errAsBefore) {
		note, err = err.Error(), nil
	}
	if err != nil {
		return rebuilt{}, fmt.Errorf("describe the stored documents: %w", err)
	}
	var done rebuilt
	if r.onlyChanged && n.index.Outdated() == nil { // what is outdated takes nothing in
		done, err = n.takeIn(ctx)
	} else {
		done, err = n.rebuild(ctx, r.empty)
	}
	done.Described, done.Note = described, note
	if err == nil && note == "" {
		done.Unmet, err = n.describe.Load().Unmet(n.documents(ctx))
	}
	return done, err
}

// documents are all that are stored.
func (n *node) documents(ctx context.Context) iter.Seq2[index.Document, error] {
	const portion = 50
	return func(yield func(index.Document, error) bool) {
		for after := ""; ; {
			docs, err := n.state.Documents(ctx, after, portion)
			if err != nil {
				yield(index.Document{}, err)
				return
			}
			for _, d := range docs {
				if after = d.ID; !yield(d, nil) {
					return
				}
			}
			if len(docs) == 0 {
				return
			}
		}
	}
}

// takeIn gives the index in use what has changed since it was last brought up to date.
func (n *node) takeIn(ctx context.Context) (rebuilt, error) {
	if err := n.catchUp(ctx); err != nil {
		return rebuilt{}, err
	}
	stats, err := n.index.Stats(ctx)
	return rebuilt{Documents: stats.Documents, Generation: stats.Generation}, err
}

// errAsBefore: documents cannot be described now; an index can be made of them all the same.
var errAsBefore = errors.New("documents are described as before")

// renew describes the stored documents by the rules and corrections as they are now, and returns how many changed. It reaches
// no site, and no crawl may be under way.
func (n *node) renew(ctx context.Context) (int, error) {
	n.renewing.Lock()
	defer n.renewing.Unlock()
	if err := n.readRules(ctx); err != nil {
		return 0, err
	}
	register := n.register
	if register == nil {
		var err error
		if register, err = n.registerOf(ctx, ""); err != nil {
			return 0, err
		}
	}
	if err := n.allKnown(ctx, register); err != nil {
		return 0, err
	}
	client := fetch.New(fetch.Options{UserAgent: agentToken, Dial: noNetwork})
	defer client.Close()
	c, err := crawler.New(crawler.Options{
		Register: register, Fetch: client, State: n.state, Agent: agentToken, Log: n.log,
		Extract: n.reader().Page, Describe: n.describe.Load().Describe, Pipeline: n.pipeline(),
	})
	if err != nil {
		return 0, err
	}
	return c.Renew(ctx)
}

// allKnown refuses a register that lacks the source of stored documents: they would be passed over and never be described
// again, since what is described is remembered for all of them together.
func (n *node) allKnown(ctx context.Context, register *partners.Register) error {
	counts, err := n.state.DocumentCounts(ctx)
	if err != nil {
		return err
	}
	var missing []string
	for source := range counts {
		if _, ok := register.Source(source); !ok {
			missing = append(missing, source)
		}
	}
	if len(missing) == 0 {
		return n.allAtHome(ctx, register, counts)
	}
	slices.Sort(missing)
	return fmt.Errorf("%w, since the register has no source %s (name the register with -partners)", errAsBefore, strings.Join(missing, ", "))
}

// allAtHome refuses a register that has another site under the name of one whose documents are stored: they would get its name, sector
// and default type.
func (n *node) allAtHome(ctx context.Context, register *partners.Register, counts map[string]int) error {
	const sample = 100
	var moved []string
	for id := range counts {
		src, _ := register.Source(id)
		urls, err := n.state.URLs(ctx, id, 0, sample)
		if err != nil {
			return err
		}
		stored := storedHosts(urls)
		own := slices.ContainsFunc(src.Hosts(), func(host string) bool { return slices.Contains(stored, bareHost("http://"+host)) })
		if len(stored) > 0 && len(src.Hosts()) > 0 && src.OAI == "" && !own { // what a provider lists may lie on any host
			moved = append(moved, fmt.Sprintf("%s, which is %s there and %s here", id, src.Hosts()[0], stored[0]))
		}
	}
	if len(moved) == 0 {
		return nil
	}
	slices.Sort(moved)
	return fmt.Errorf("%w, since the register means another site by %s (name the register with -partners; a site that has moved keeps its old host among its aliases)", errAsBefore, strings.Join(moved, "; "))
}

// storedHosts are the hosts of the addresses that have a document.
func storedHosts(urls []state.URL) []string {
	var hosts []string
	for _, u := range urls {
		if host := bareHost(u.URL); u.State == state.OK && host != "" && !slices.Contains(hosts, host) {
			hosts = append(hosts, host)
		}
	}
	return hosts
}

// bareHost is the host of an address without www and port.
func bareHost(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}

// noNetwork is the dialer of what must fetch nothing.
func noNetwork(context.Context, string, string) (net.Conn, error) {
	return nil, errors.New("nothing is fetched to describe documents again")
}
