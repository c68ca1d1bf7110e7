package fetch

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"syscall"
	"time"

	"code.dny.dev/ssrf"
)

// guard refuses connections to addresses that are not the public internet. It judges the address that is
// really dialled, after the name was resolved, so neither a redirect nor a name that changes its
// address between two look-ups gets past it.
type guard struct {
	public  *ssrf.Guardian
	allowed map[netip.AddrPort]bool
}

// azureWire answers for a virtual machine's secrets at an address that looks public.
var azureWire = netip.MustParsePrefix("168.63.129.16/32")

func newGuard(loopback []string) *guard {
	g := &guard{
		public:  ssrf.New(ssrf.WithAnyPort(), ssrf.WithDeniedV4Prefixes(azureWire)),
		allowed: make(map[netip.AddrPort]bool),
	}
	for _, address := range loopback {
		if ap, err := netip.ParseAddrPort(address); err == nil && ap.Addr().IsLoopback() {
			g.allowed[unmap(ap)] = true
		}
	}
	return g
}

func (g *guard) dialer() *net.Dialer {
	return &net.Dialer{
		Timeout:   10 * time.Second,
		KeepAlive: 30 * time.Second,
		Control:   func(network, address string, _ syscall.RawConn) error { return g.safe(network, address) },
	}
}

// check wraps a foreign dialer: what it reached is judged after the fact.
func (g *guard) check(dial func(context.Context, string, string) (net.Conn, error)) func(context.Context, string, string) (net.Conn, error) {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := dial(ctx, network, address)
		if err != nil {
			return nil, err
		}
		reached := conn.RemoteAddr()
		if err := g.safe(reached.Network(), reached.String()); err != nil {
			conn.Close()
			return nil, err
		}
		return conn, nil
	}
}

// safe judges one address, "ip:port".
func (g *guard) safe(network, address string) error {
	ap, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("%w: %s %s", ErrPrivateAddress, network, address)
	}
	ap = unmap(ap)
	if g.allowed[ap] {
		return nil
	}
	if err := g.public.SafeAddr(ap.Addr()); err != nil {
		return fmt.Errorf("%w: %s: %w", ErrPrivateAddress, address, err)
	}
	// Below 1024 live mail, shells and databases' older kin; none of them is a partner's page.
	if port := ap.Port(); port < 1024 && port != 80 && port != 443 {
		return fmt.Errorf("%w: %s", ErrPort, address)
	}
	return nil
}

// unmap turns ::ffff:10.0.0.1 into the IPv4 address that it reaches.
func unmap(ap netip.AddrPort) netip.AddrPort {
	return netip.AddrPortFrom(ap.Addr().Unmap(), ap.Port())
}
