package main

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"smaabornsviden/crawler/fetch"
)

// agentToken is our product token: what robots.txt calls us.
const agentToken = "smaabornsviden"

// networkFlags say who we are to the sites and which addresses of this machine we may reach.
type networkFlags struct {
	contact       string
	allowLoopback listFlag
}

func (n *networkFlags) register(f *flags) {
	f.StringVar(&n.contact, "contact", "", "Names an `ADDRESS` (e-mail or URL) in the user agent, where a site's owner can reach us; needed for every site outside this machine.")
	f.Var(&n.allowLoopback, "allow-loopback", "Lets these loopback `HOST:PORT` addresses be fetched, which are refused otherwise like all private ones.")
}

// userAgent is what we send: the product, its version, and where to complain.
func (n *networkFlags) userAgent() string {
	agent := agentToken + "/" + strings.Trim(readBuild().version, "()")
	if n.contact != "" {
		agent += " (+" + n.contact + ")"
	}
	return agent
}

func (n *networkFlags) client() *fetch.Client { return n.clientFor(nil, 0) }

// clientFor makes a client that tells of every answer, unless record is nil, and that waits for one as long as timeout
// says, 0 for the usual time.
func (n *networkFlags) clientFor(record func(fetch.Exchange), timeout time.Duration) *fetch.Client {
	return fetch.New(fetch.Options{UserAgent: n.userAgent(), AllowLoopback: n.allowLoopback, Record: record, Timeout: timeout})
}

// needContact refuses to visit anybody else's site without an address for complaints.
func (n *networkFlags) needContact(addresses []string) error {
	if n.contact != "" {
		return n.checkContact()
	}
	for _, address := range addresses {
		u, err := url.Parse(address)
		if err != nil || !isLoopback(u.Hostname()) {
			return usagef("-contact is needed to visit %s: an e-mail address or URL where the site's owner can reach us", address)
		}
	}
	return nil
}

func (n *networkFlags) checkContact() error {
	if strings.ContainsAny(n.contact, "()\r\n\t ") {
		return usagef("-contact %q may hold no spaces or brackets: it becomes part of the user agent", n.contact)
	}
	u, err := url.Parse(n.contact)
	if err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" {
		return nil
	}
	if local, domain, ok := strings.Cut(n.contact, "@"); ok && local != "" && strings.Contains(domain, ".") {
		return nil
	}
	return usagef("-contact %q is neither an e-mail address nor a URL", n.contact)
}

func isLoopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

// listen opens the address of the search page. A taken port is an error here, before anything else begins.
func listen(addr string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("open the search page's address -addr %s: %w", addr, err)
	}
	return l, nil
}
