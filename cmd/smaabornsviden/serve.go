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
	// contact is where readers and partners write to; userAgent is what /om/robot tells of the crawl.
	contact   string
	userAgent string
	site      siteFlags
	desk      server.Desk // carries out what is decided on /drift, or leaves orders for the process that crawls
}

func runServe(ctx context.Context, env *environment, f *flags, args []string) error {
	var data place
	var addr, register string
	var network networkFlags
	var site siteFlags
	dataFlag(f, &data)
	addrFlag(f, &addr)
	registerFlag(f, &register)
	site.register(f)
	f.StringVar(&network.contact, "contact", "", "Names the `ADDRESS` (e-mail or URL) that readers and partners write to.")
	logger := logFlag(f)
	if err := noArguments(f, args); err != nil {
		return err
	}
	if err := site.check(); err != nil {
		return err
	}
	if network.contact != "" {
		if err := network.checkContact(); err != nil {
			return err
		}
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
	if n.register, err = n.registerOf(ctx, register); err != nil {
		return errors.Join(err, n.Close())
	}
	fmt.Fprintf(env.stderr, "Søgesiden er klar: http://%s/\n", l.Addr())
	err = n.answer(ctx, l, serverSettings{log: log, contact: network.contact, userAgent: network.userAgent(), site: site}, deeds{})
	return errors.Join(err, n.Close())
}

// answer serves readers on l and commands on the control socket until ctx ends.
func (n *node) answer(ctx context.Context, l net.Listener, set serverSettings, d deeds) error {
	set.desk = n.operators(d)
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
	errs := make(chan error, 5)
	go func() { errs <- s.Serve(ctx, l) }()
	go func() { errs <- serveControl(ctx, socket, controlHandler(n, s.Handler(), d)) }()
	go func() { errs <- n.publish(ctx, set.crawling) }()
	go func() { errs <- n.obeyOrders(ctx, set.desk) }()
	go func() { errs <- n.attend(ctx) }()
	first := <-errs
	cancel() // one that failed takes the others along
	return errors.Join(first, <-errs, <-errs, <-errs, <-errs)
}
