package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"

	"smaabornsviden/crawler"
	"smaabornsviden/crawler/describe"
	"smaabornsviden/crawler/extract"
	"smaabornsviden/crawler/partners"
	"smaabornsviden/crawler/state"
	"smaabornsviden/index/danish"
	"smaabornsviden/index/opensearch"
	"smaabornsviden/index/programmes"
	"smaabornsviden/server"
)

// node is a data folder in the hands of this process: the crawl state, which is the truth, the index, which is
// derived from it, and the analyzer that both sides of a search share.
type node struct {
	folder  *folder
	state   *state.Store
	index   engine
	cluster *opensearch.Store // the index, when it lies in a cluster; else nil
	sink    *sink
	shelf   server.Shelf // what readers leave
	// closeShelf gives up the file of shelf; nil when it lies in the cluster.
	closeShelf func() error
	analyzer   *danish.Analyzer
	describe   atomic.Pointer[describe.Describer] // another one once corrections were read again
	records    programmes.List
	register   *partners.Register // nil until a command that knows it sets it
	log        *slog.Logger

	renewing sync.Mutex // held while stored documents are described again
	unshaped sync.Once  // has told that the cluster takes no index template

	rebuilding bool // an index that does not fit the crawl state is about to be replaced
	onlyCrawls bool // readers ask another process, or come later
	onlyReads  bool // the index lies in a cluster and another process writes it
	gathers    bool // this process crawls, which it can do while a cluster is away
	answers    bool // this process answers readers, whom it can tell that a cluster is away
}

// purposes keep invented and real partners out of each other's data folders.
const (
	purposeDemo = "demo"
	purposeReal = "partners"
	purposeAny  = "" // a command that only looks
)

const purposeKey = "purpose"

// openNode takes a data folder for this process. An index that was written by another version is made anew from
// the stored documents: nothing has to be fetched for that.
func openNode(ctx context.Context, at place, command, purpose string, log *slog.Logger) (*node, error) {
	if err := at.engine.check(); err != nil {
		return nil, err
	}
	n := &node{log: log, rebuilding: command == "rebuild", onlyCrawls: command == "crawl"}
	n.onlyReads = at.engine.name == engineOpenSearch && purpose == purposeAny && !n.rebuilding && command != blockCommand
	n.answers = command == "serve"
	n.gathers = command == "run" || command == "crawl" || command == "demo"
	if err := n.open(ctx, at, command, purpose); err != nil {
		return nil, errors.Join(err, n.Close())
	}
	return n, nil
}

func (n *node) open(ctx context.Context, at place, command, purpose string) error {
	var err error
	if n.folder, err = openFolder(at.dir, command, at.engine.ranOn()); err != nil {
		return err
	}
	if n.analyzer, err = danish.New(); err != nil {
		return fmt.Errorf("load the Danish lexicon: %w", err)
	}
	if n.state, err = state.Open(ctx, n.folder.path("state.db"), state.Options{}); err != nil {
		return err
	}
	if err := n.claim(ctx, purpose); err != nil {
		return err
	}
	if err := n.settle(ctx, &at.engine); err != nil {
		return err
	}
	if n.records, err = n.readRecords(ctx); err != nil {
		return err
	}
	if err := n.readRules(ctx); err != nil {
		return err
	}
	if err := n.openIndex(ctx, &at.engine); err != nil {
		return err
	}
	return n.openShelf(ctx)
}

// claim writes down what a new folder is for and refuses one that is for something else.
func (n *node) claim(ctx context.Context, purpose string) error {
	was, err := n.state.Value(ctx, purposeKey)
	if err != nil && !errors.Is(err, state.ErrNotFound) {
		return err
	}
	switch {
	case purpose == purposeAny || was == purpose:
		return nil
	case was == "":
		return n.state.Set(ctx, purposeKey, purpose)
	}
	return fmt.Errorf("data folder %s holds %s data, not %s data: choose another with -data", n.folder.dir, was, purpose)
}

const engineKey = "engine"

// settle remembers where the index of a folder's documents lies, and refuses to make or ask another one in the folder for want of a
// flag: who does not say -engine may well not have the environment of the process that crawls.
func (n *node) settle(ctx context.Context, e *engineFlags) error {
	was, err := n.state.Value(ctx, engineKey)
	if err != nil && !errors.Is(err, state.ErrNotFound) {
		return err
	}
	named := e.given != nil && e.given("engine")
	switch {
	case was == engineOpenSearch && e.name != was && !named:
		return fmt.Errorf("the index of data folder %s lies in OpenSearch: name it with -engine opensearch and -opensearch-url, as the process that crawls does, or say -engine bleve for one in the folder", n.folder.dir)
	case n.onlyReads || was == e.name:
		return nil
	}
	return n.state.Set(ctx, engineKey, e.name)
}

func (n *node) openIndex(ctx context.Context, e *engineFlags) error {
	ix, err := n.openEngine(ctx, e)
	if err != nil {
		return err
	}
	n.index, n.sink = ix, &sink{index: ix, log: n.log}
	if n.onlyReads {
		return nil // the process that crawls keeps the index up to date
	}
	if why := ix.Outdated(); why != nil {
		if n.rebuilding {
			return nil // once, when the documents are described anew
		}
		n.log.Info("the index cannot be used; making it anew from the stored documents", "why", why)
		_, err := n.rebuild(ctx, false)
		return err
	}
	if n.cluster != nil && !n.cluster.Met() {
		return nil // feed catches up once it is there
	}
	err = n.catchUp(ctx)
	if errors.Is(err, crawler.ErrIndexAhead) && !n.rebuilding {
		if nothing := n.enough(ctx); nothing != nil {
			return fmt.Errorf("%w: %w", err, nothing)
		}
	}
	switch {
	case errors.Is(err, crawler.ErrIndexAhead) && n.rebuilding:
		return nil
	case n.gathers && waits(err):
		n.log.Warn("the index takes nothing in; what is crawled waits in the outbox", "error", err)
		return nil
	}
	return remedied(err)
}

// reader reads pages and files, and joins the words that lines break by the lexicon.
func (n *node) reader() extract.Reader { return extract.Reader{Joiner: extract.Joiner(n.analyzer)} }

func (n *node) openEngine(ctx context.Context, e *engineFlags) (engine, error) {
	if e.name != engineOpenSearch {
		return openFolderIndex(n.folder.path("index"), n.analyzer, n.onlyCrawls, n.log)
	}
	purpose, err := n.state.Value(ctx, purposeKey)
	if err != nil && !errors.Is(err, state.ErrNotFound) {
		return nil, err
	}
	return n.openCluster(ctx, e, purpose)
}

// pipeline names the reading that makes documents out of pages: when it changes, stored pages are read again.
func (n *node) pipeline() string { return crawler.Pipeline + "+" + n.describe.Load().Fingerprint() }

// Close gives everything back, in the order that loses nothing.
func (n *node) Close() error {
	var errs []error
	if n.closeShelf != nil {
		errs = append(errs, n.closeShelf())
	}
	if n.index != nil {
		errs = append(errs, n.index.Close())
	}
	if n.state != nil {
		errs = append(errs, n.state.Close())
	}
	if n.folder != nil {
		errs = append(errs, n.folder.Close())
	}
	return errors.Join(errs...)
}

// loadRegister reads the register of partners: the file named, or the one that the program carries.
func loadRegister(file string) (*partners.Register, error) {
	if file == "" {
		return partners.Default()
	}
	data, err := readAll(file)
	if err != nil {
		return nil, fmt.Errorf("read register: %w", err)
	}
	return partners.Load(data, file)
}
