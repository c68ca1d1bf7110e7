package main

import (
	"context"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"smaabornsviden/crawler/state"
	"smaabornsviden/server"
)

// siteFlags say under which address and whose name readers reach the pages, and how much one of them may ask for.
type siteFlags struct {
	base, operator, accessibility, proxyHeader string
	limit                                      int
	token                                      string // opens /drift from other machines
	getenv                                     func(string) string
}

func (s *siteFlags) register(f *flags) {
	s.getenv = f.env.getenv
	f.StringVar(&s.base, "base", "", "Writes links to our own pages with this `URL` in front, where they leave the site (feeds, protocols); without it, with the address of this machine that was asked.")
	f.StringVar(&s.operator, "operator", "", "Names the `ORGANISATION` that runs the site on the pages about it.")
	f.StringVar(&s.accessibility, "accessibility", "", "Leads /was to the accessibility statement at this `URL`, which a public body has to make elsewhere.")
	limitFlag(f, &s.limit)
	f.StringVar(&s.proxyHeader, "proxy-header", "", "Takes the asker's address from this `HEADER`, such as X-Forwarded-For, which a proxy in front has to set itself.")
}

// limitFlag bounds what one reader may ask for. A person never meets it; a program reads from the headers how fast it may go.
func limitFlag(f *flags, limit *int) {
	f.IntVar(limit, "limit", 600, "Answers one address at most this `NUMBER` of searches a minute, a fourth of them at once, and as many requests of programs; 0 answers any number.")
}

// checkLimit refuses a limit that is none.
func checkLimit(limit int) error {
	if limit < 0 {
		return usagef("-limit %d is negative", limit)
	}
	return nil
}

// check refuses what would write links that lead nowhere.
func (s *siteFlags) check() error {
	for name, address := range map[string]string{"base": s.base, "accessibility": s.accessibility} {
		if address == "" {
			continue
		}
		u, err := url.Parse(address)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
			return usagef("-%s %q is no http or https address", name, address)
		}
		if name == "base" && (strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "") {
			return usagef("-base %q has more than scheme and host: the pages lie at the root", address)
		}
	}
	if err := checkLimit(s.limit); err != nil {
		return err
	}
	var err error
	s.token, err = driftToken(s.getenv)
	return err
}

// asker names who sent a request; nil leaves it to the server, which takes the address of the connection.
func (s *siteFlags) asker() func(*http.Request) string {
	if s.proxyHeader == "" {
		return nil
	}
	return func(r *http.Request) string { return askerOf(r, s.proxyHeader) }
}

// maskedBits of an IPv6 address are one home's or one office's.
const maskedBits = 64

// askerOf reads the last address of a header: what stands before it was written by the asker. Where there is none, the
// proxy was gone around, and the connection's own address counts.
func askerOf(r *http.Request, header string) string {
	values := r.Header.Values(header)
	text := ""
	if len(values) > 0 {
		last := values[len(values)-1]
		text = strings.TrimSpace(last[strings.LastIndexByte(last, ',')+1:])
	}
	if text == "" {
		text, _, _ = net.SplitHostPort(r.RemoteAddr)
	}
	addr, err := netip.ParseAddr(strings.Trim(text, "[]"))
	if err != nil {
		return text
	}
	if addr = addr.Unmap(); addr.Is6() {
		prefix, _ := addr.WithZone("").Prefix(maskedBits) // in range for every IPv6 address
		return prefix.String()
	}
	return addr.String()
}

// changes tells readers what came, changed and went, as the crawl state remembers it.
func (n *node) changes(ctx context.Context, since time.Time, limit int) ([]server.Change, error) {
	told, err := n.state.News(ctx, since, limit)
	if err != nil {
		return nil, err
	}
	all := make([]server.Change, 0, len(told))
	for _, t := range told {
		c := server.Change{Title: t.Title, Source: n.sourceName(t.Source), At: t.At.Local(), Before: t.Before, After: t.After, Lang: t.Lang}
		if t.Live {
			c.ID = t.Doc
		}
		switch t.Kind {
		case state.Came:
			c.Kind = server.Came
		case state.Altered:
			c.Kind = server.Changed
		case state.Went:
			c.Kind = server.Went
		}
		all = append(all, c)
	}
	return all, nil
}

func (n *node) sourceName(id string) string {
	if n.register != nil {
		if s, ok := n.register.Source(id); ok {
			return s.Name
		}
	}
	return id
}
