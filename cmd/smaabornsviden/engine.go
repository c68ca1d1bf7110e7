package main

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"net/url"
	"slices"
	"strings"

	"smaabornsviden/index"
	"smaabornsviden/index/bleveindex"
	"smaabornsviden/index/danish"
	"smaabornsviden/index/opensearch"
)

// engine is the index as this program drives it.
type engine interface {
	index.Engine
	// Rebuild makes a new generation of what feed applies, and swaps it in while searches go on.
	Rebuild(ctx context.Context, feed func(apply func(index.Batch) error) error) error
	// Outdated returns why the index cannot be used before Rebuild has put another in its place: ErrMismatch, say; nil when it can.
	Outdated() error
	// Held counts the documents of the index in use, an outdated one too.
	Held(ctx context.Context) (int, error)
	// Err tells what ended the work in the background, nil while all is well.
	Err() error
}

// The engines.
const (
	engineBleve      = "bleve"
	engineOpenSearch = "opensearch"
)

// place is where a process keeps what it knows: its folder, and the index in it or in a cluster.
type place struct {
	dir    string
	engine engineFlags
}

// inFolder is a place that needs nothing but a folder.
func inFolder(dir string) place { return place{dir, engineFlags{name: engineBleve, shards: 1}} }

// engineFlags choose the engine. Secrets come from the environment alone: a command line can be read by others.
type engineFlags struct {
	name, index, ca  string
	urls             listFlag
	shards, replicas int
	getenv           func(string) string
	given            func(name string) bool // whether a flag was set, on the command line or in the environment; nil: none was
}

// ranOn is where a process keeps its index, as it tells the commands that come after it. Nothing in it is secret.
type ranOn struct {
	Engine   string   `json:"engine"`
	URLs     []string `json:"urls,omitempty"`
	Index    string   `json:"index,omitempty"`
	Shards   int      `json:"shards,omitempty"`
	Replicas int      `json:"replicas,omitempty"`
}

func (e *engineFlags) ranOn() *ranOn {
	on := &ranOn{Engine: e.name}
	if e.name != engineOpenSearch {
		return on
	}
	for _, address := range e.urls {
		on.URLs = append(on.URLs, bare(address))
	}
	slices.Sort(on.URLs)
	on.Index, on.Shards, on.Replicas = e.index, e.shards, e.replicas
	return on
}

// bare is an address as two people may write it, without what is secret in it.
func bare(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Scheme + "://" + u.Host + strings.TrimSuffix(u.Path, "/")
}

// unlike names the flags that were set to something else than the process that holds the folder runs with: it is asked, and
// would pass over them. How many shards and copies there are matters only to who makes a new index.
func (e *engineFlags) unlike(on *ranOn, makes bool) []string {
	if on == nil || e.given == nil {
		return nil
	}
	if e.given("engine") && e.name != on.Engine {
		return []string{"-engine " + e.name + ", not " + on.Engine}
	}
	if on.Engine != engineOpenSearch {
		return nil
	}
	mine := *e
	mine.name = engineOpenSearch
	wanted := mine.ranOn()
	var out []string
	differs := func(name string, same bool, want, is any) {
		if e.given(name) && !same {
			out = append(out, fmt.Sprintf("-%s %v, not %v", name, want, is))
		}
	}
	differs("opensearch-url", slices.Equal(wanted.URLs, on.URLs), strings.Join(wanted.URLs, ","), strings.Join(on.URLs, ","))
	differs("opensearch-index", wanted.Index == on.Index, wanted.Index, on.Index)
	if makes {
		differs("opensearch-shards", wanted.Shards == on.Shards, wanted.Shards, on.Shards)
		differs("opensearch-replicas", wanted.Replicas == on.Replicas, wanted.Replicas, on.Replicas)
	}
	return out
}

// Environment variables without a flag.
const (
	userVariable     = "SMAABORNSVIDEN_OPENSEARCH_USER"
	passwordVariable = "SMAABORNSVIDEN_OPENSEARCH_PASSWORD"
	tokenVariable    = "SMAABORNSVIDEN_OPENSEARCH_TOKEN"
)

const defaultIndex = "smaabornsviden"

func engineFlag(f *flags, e *engineFlags) {
	e.getenv = f.env.getenv
	e.given = func(name string) (set bool) {
		f.Visit(func(fl *flag.Flag) { set = set || fl.Name == name })
		return set
	}
	f.StringVar(&e.name, "engine", engineBleve, "Keeps the index in this `ENGINE`: bleve, in the data folder, or opensearch, in a cluster.")
	f.Var(&e.urls, "opensearch-url", "Finds the cluster's nodes at these `URLS`; user and password, or a token, come from "+userVariable+", "+passwordVariable+" and "+tokenVariable+".")
	f.StringVar(&e.index, "opensearch-index", defaultIndex, "Gives the index in the cluster this `NAME`; that of invented sites gets -demo after it.")
	f.StringVar(&e.ca, "opensearch-ca", "", "Trusts the certificates in this PEM `FILE` instead of the system's.")
	f.IntVar(&e.shards, "opensearch-shards", 1, "Makes a new index of this `NUMBER` of shards; one holds some millions of documents.")
	f.IntVar(&e.replicas, "opensearch-replicas", 0, "Keeps this `NUMBER` of copies of each shard; 1 survives the loss of a node.")
}

// check refuses what cannot work before anything is opened.
func (e *engineFlags) check() error {
	switch {
	case e.name != engineBleve && e.name != engineOpenSearch:
		return usagef("-engine %q is neither bleve nor opensearch", e.name)
	case e.name == engineOpenSearch && len(e.urls) == 0:
		return usagef("-engine opensearch needs -opensearch-url")
	case e.shards < 1 || e.replicas < 0:
		return usagef("-opensearch-shards %d, -opensearch-replicas %d: at least one shard, no negative number", e.shards, e.replicas)
	}
	return nil
}

// openSearch opens the index in the cluster.
func (e *engineFlags) openSearch(ctx context.Context, a *danish.Analyzer, change func(*opensearch.Options)) (*opensearch.Store, error) {
	o := opensearch.Options{
		Analyzer: a, URLs: e.urls, Index: e.index, Shards: e.shards, Replicas: e.replicas,
		User: e.getenv(userVariable), Password: e.getenv(passwordVariable), Token: e.getenv(tokenVariable),
	}
	if e.ca != "" {
		var err error
		if o.CA, err = readAll(e.ca); err != nil {
			return nil, fmt.Errorf("read certificates: %w", err)
		}
	}
	change(&o)
	return opensearch.Open(ctx, o)
}

// openCluster opens the index in the cluster for a node. Who only answers readers makes and changes nothing there.
func (n *node) openCluster(ctx context.Context, e *engineFlags, purpose string) (engine, error) {
	ix, err := e.openSearch(ctx, n.analyzer, func(o *opensearch.Options) {
		o.ReadOnly, o.Replace = n.onlyReads, n.rebuilding
		o.Later = n.gathers || n.answers
		o.OnUnshaped = func(err error) {
			n.unshaped.Do(func() {
				n.log.Warn("the index is made without an index template, which only operators look at", "error", err)
			})
		}
		if n.onlyReads {
			o.TermsAge = termsPause
		}
		if purpose == purposeDemo {
			o.Index += "-demo"
		}
	})
	if err != nil {
		return nil, remedied(err)
	}
	if !ix.Met() && n.gathers {
		n.log.Warn("the cluster is away; what is crawled waits in the outbox until it is there", "urls", e.urls.String())
	}
	n.cluster = ix
	return ix, nil
}

// openFolderIndex opens the index in a data folder, one that has to be made anew too. Who hardly searches it stays lean.
func openFolderIndex(dir string, a *danish.Analyzer, lean bool, log *slog.Logger) (engine, error) {
	o := bleveindex.Options{
		Analyzer:  a,
		Lean:      lean,
		Replace:   true,
		OnFailure: func(err error) { log.Error("index failed in the background", "error", err) },
	}
	ix, err := bleveindex.Open(dir, o)
	if err != nil {
		return nil, err
	}
	return ix, nil
}
