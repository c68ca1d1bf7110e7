package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"

	"smaabornsviden/server"
)

// serverSettings are what differs between the processes that answer readers.
type serverSettings struct {
	link     func(string) string // where a result's link opens; nil: at the document's own URL
	crawling func() bool         // whether a crawl is going on; nil: none
	log      *slog.Logger
}

// server makes the readers' side over this node.
func (n *node) server(set serverSettings) (*server.Server, error) {
	b := readBuild()
	return server.New(server.Options{
		Engine:   n.index,
		Analyzer: n.analyzer,
		Link:     set.link,
		Log:      set.log,
		Version:  server.Version{Version: b.version, Revision: b.revision, Time: b.time, Go: b.goVersion},
		Status: func(ctx context.Context) (server.Status, error) {
			return n.readersStatus(ctx, set.crawling != nil && set.crawling())
		},
	})
}

// readersStatus is what readers may know about sources and crawls.
func (n *node) readersStatus(ctx context.Context, crawling bool) (server.Status, error) {
	st := server.Status{Crawling: crawling}
	if n.register != nil {
		for _, s := range n.register.Sources {
			st.Sources = append(st.Sources, server.Source{ID: s.ID, Name: s.Name})
		}
	}
	runs, err := n.state.Runs(ctx, 5)
	if err != nil {
		return st, err
	}
	for _, r := range runs {
		if !r.Ended.IsZero() {
			st.LastCrawl = r.Ended
			break
		}
	}
	return st, nil
}

func runServe(ctx context.Context, env *environment, f *flags, args []string) error {
	var data, addr, register string
	dataFlag(f, &data)
	addrFlag(f, &addr)
	registerFlag(f, &register)
	logger := logFlag(f)
	if err := noArguments(f, args); err != nil {
		return err
	}
	log, err := logger()
	if err != nil {
		return err
	}
	l, err := listen(addr)
	if err != nil {
		return err
	}
	defer l.Close()
	n, err := openNode(ctx, data, "serve", purposeAny, log)
	if err != nil {
		return err
	}
	if n.register, err = loadRegister(register); err != nil {
		return errors.Join(err, n.Close())
	}
	fmt.Fprintf(env.stderr, "Søgesiden er klar: http://%s/\n", l.Addr())
	err = n.answer(ctx, l, serverSettings{log: log}, deeds{})
	return errors.Join(err, n.Close())
}

// answer serves readers on l and commands on the control socket until ctx ends.
func (n *node) answer(ctx context.Context, l net.Listener, set serverSettings, d deeds) error {
	s, err := n.server(set)
	if err != nil {
		return err
	}
	socket, err := listenControl(n.folder.dir)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	errs := make(chan error, 2)
	go func() { errs <- s.Serve(ctx, l) }()
	go func() { errs <- serveControl(ctx, socket, controlHandler(n, s.Handler(), d)) }()
	first := <-errs
	cancel() // one that failed takes the other along
	return errors.Join(first, <-errs)
}
