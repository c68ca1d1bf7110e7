package server

import (
	"net"
	"net/http"
	"net/netip"
	"regexp"
	"strings"
)

// siteURL is scheme and host under which readers reach this site, without a slash at its end; empty when the operator named none.
type siteURL string

// base is scheme and host of ours, for addresses that stand outside our pages: the one that the operator named, else the
// one at which this machine was reached. A host that only the asker names is believed of this machine alone: a cache in
// front of us would hand a made-up one on to everybody.
func (u siteURL) base(r *http.Request) string {
	if u != "" {
		return string(u)
	}
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	if thisMachine(r.Host) {
		return scheme + "://" + r.Host
	}
	if at, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr); ok {
		return scheme + "://" + at.String()
	}
	return scheme + "://localhost"
}

var hostShape = regexp.MustCompile(`^[A-Za-z0-9.-]+(:\d{1,5})?$|^\[[0-9A-Fa-f:.]+\](:\d{1,5})?$`)

// thisMachine reports whether a host, perhaps with a port, can only be the machine of the one who names it.
func thisMachine(host string) bool {
	if !hostShape.MatchString(host) {
		return false
	}
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		name = strings.Trim(host, "[]")
	}
	name = strings.ToLower(name)
	if name == "localhost" || strings.HasSuffix(name, ".localhost") {
		return true
	}
	ip, err := netip.ParseAddr(name)
	return err == nil && ip.IsLoopback()
}
