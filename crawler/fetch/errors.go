package fetch

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"

	"smaabornsviden/crawler/canonical"
)

// Errors of Fetch that callers decide on. Each is wrapped with what happened.
var (
	ErrURL              = errors.New("address cannot be fetched")
	ErrPrivateAddress   = errors.New("private address")
	ErrPort             = errors.New("port is not for pages")
	ErrDNS              = errors.New("name cannot be resolved")
	ErrConnect          = errors.New("no connection")
	ErrTLS              = errors.New("no trusted connection")
	ErrTimeout          = errors.New("timeout")
	ErrHeader           = errors.New("header too large")
	ErrProtocol         = errors.New("answer breaks the protocol")
	ErrTooLarge         = errors.New("body too large")
	ErrTruncated        = errors.New("body ends early")
	ErrEncoding         = errors.New("body cannot be decoded")
	ErrRedirect         = errors.New("redirect leads nowhere")
	ErrRedirectLoop     = errors.New("redirect loop")
	ErrTooManyRedirects = errors.New("too many redirects")
	// ErrRefused wraps the error that Request.Allow gave.
	ErrRefused = errors.New("redirect refused")
	// ErrStay is for Request.Allow: do not follow, the redirect is the page.
	ErrStay = errors.New("stay")
)

// outcomes gives each error its name in reports, special ones before the general.
var outcomes = []struct {
	err  error
	name string
}{
	{context.Canceled, "cancelled"},
	{canonical.ErrScheme, "scheme"},
	{ErrURL, "url"},
	{canonical.ErrSyntax, "url"},
	{canonical.ErrTooLong, "url"},
	{ErrPrivateAddress, "private-address"},
	{ErrPort, "port"},
	{ErrDNS, "dns"},
	{ErrTLS, "tls"},
	{ErrTimeout, "timeout"},
	{context.DeadlineExceeded, "timeout"},
	{ErrHeader, "header-too-large"},
	{ErrProtocol, "protocol"},
	{ErrTooLarge, "too-large"},
	{ErrTruncated, "truncated"},
	{ErrEncoding, "encoding"},
	{ErrRedirectLoop, "redirect-loop"},
	{ErrTooManyRedirects, "too-many-redirects"},
	{ErrRefused, "redirect-refused"},
	{ErrRedirect, "redirect"},
	{ErrConnect, "connect"},
}

// Outcome names an error of Fetch for a report: "ok" for nil, "other" for an error that Fetch did not
// return. Failures of TLS say which: tls-expired, tls-host, tls-authority, tls-plain, or tls.
func Outcome(err error) string {
	if err == nil {
		return "ok"
	}
	for _, o := range outcomes {
		if !errors.Is(err, o.err) {
			continue
		}
		if o.name == "tls" {
			return o.name + tlsKind(err)
		}
		if o.name == "dns" && noSuchHost(err) {
			return "dns-no-such-host"
		}
		return o.name
	}
	return "other"
}

func noSuchHost(err error) bool {
	var dns *net.DNSError
	return errors.As(err, &dns) && dns.IsNotFound
}

func tlsKind(err error) string {
	var (
		invalid   x509.CertificateInvalidError
		host      x509.HostnameError
		authority x509.UnknownAuthorityError
		record    tls.RecordHeaderError
	)
	switch {
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return "-expired"
	case errors.As(err, &host):
		return "-host"
	case errors.As(err, &authority):
		return "-authority"
	case errors.As(err, &record), errors.Is(err, http.ErrSchemeMismatch):
		return "-plain"
	}
	return ""
}

// stay turns ErrStay, which is an answer and no failure, into nil.
func stay(err error) error {
	if errors.Is(err, ErrStay) {
		return nil
	}
	return err
}

// classify wraps what the network and net/http report in one of this package's errors. The caller's own
// context comes first: a crawl that was stopped is no fault of the server.
func classify(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return fmt.Errorf("%w: %w", ctx.Err(), err)
	}
	if Outcome(err) != "other" && !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return fmt.Errorf("%w: %w", kind(err), err)
}

func kind(err error) error {
	var (
		dns *net.DNSError
		op  *net.OpError
	)
	switch {
	// Before timeouts: a name server that does not answer is the name's trouble, not the page's.
	case errors.As(err, &dns):
		return ErrDNS
	case isTimeout(err):
		return ErrTimeout
	case isTLS(err):
		return ErrTLS
	case strings.Contains(err.Error(), "response headers exceeded"),
		strings.Contains(err.Error(), "header list larger"):
		return ErrHeader // net/http has no type for it
	case errors.As(err, &op), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return ErrConnect
	}
	return ErrProtocol
}

func isTimeout(err error) bool {
	var timeout interface{ Timeout() bool }
	return errors.Is(err, context.DeadlineExceeded) || errors.Is(err, os.ErrDeadlineExceeded) ||
		errors.As(err, &timeout) && timeout.Timeout()
}

func isTLS(err error) bool {
	var (
		verify *tls.CertificateVerificationError
		record tls.RecordHeaderError
		alert  tls.AlertError
	)
	return errors.As(err, &verify) || errors.As(err, &record) || errors.As(err, &alert) ||
		errors.Is(err, http.ErrSchemeMismatch) || strings.Contains(err.Error(), "tls: ")
}
