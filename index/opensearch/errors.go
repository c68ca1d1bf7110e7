package opensearch

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"smaabornsviden/index"
)

// What can be wrong with a cluster, one name for each thing that an operator does something else about.
var (
	// ErrUnreachable: no node answers.
	ErrUnreachable = fmt.Errorf("no OpenSearch node answers: %w", index.ErrUnavailable)
	// ErrRed: a shard has no living copy, so that an answer would lack documents.
	ErrRed = fmt.Errorf("a shard of the index is lost (red): %w", index.ErrUnavailable)
	// ErrNodeLost: a node that has what was asked for is away, or nobody leads the cluster; another takes its place in a moment.
	ErrNodeLost = fmt.Errorf("a node of the cluster is lost, and none has taken its place yet: %w", index.ErrUnavailable)
	// ErrShut: somebody has closed the index.
	ErrShut = fmt.Errorf("the index is closed in the cluster; POST its name and /_open, or smaabornsviden rebuild, opens it: %w", index.ErrUnavailable)
	// ErrBusy: the cluster turns requests down (429), also after waiting.
	ErrBusy = fmt.Errorf("the OpenSearch cluster is overloaded: %w", index.ErrUnavailable)
	// ErrSlow: the cluster gave a search up at its time limit.
	ErrSlow = errors.New("the search took too long")
	// ErrAuth: user, password or token are wrong, or may not do this.
	ErrAuth = errors.New("OpenSearch refuses the user, password or token")
	// ErrTLS: the connection cannot be made safe, as with an unknown certificate authority.
	ErrTLS = errors.New("no safe connection to OpenSearch")
	// ErrVersion: the cluster is no OpenSearch of version 3 or newer, whose scores are those of package rank.
	ErrVersion = errors.New("OpenSearch 3 or newer is needed")
	// ErrReadOnly: the cluster has blocked writing, because a disk is nearly full or because somebody wants it so.
	ErrReadOnly = errors.New("the index is read-only: is a disk of the cluster nearly full, or is a block set by hand (index.blocks)?")
	// ErrBody: a proxy before the cluster takes no requests as large as a batch.
	ErrBody = errors.New("a proxy before OpenSearch takes no large requests: let it take 100 MB (nginx: client_max_body_size 100m)")
	// ErrRedirect: the address only leads to another one.
	ErrRedirect = errors.New("the address of OpenSearch leads to another one: name that")
	// ErrMissing: there is no index of this name; a crawler process makes one.
	ErrMissing = errors.New("no such index in the cluster")
)

// RefusedError: the cluster will never take a document, or the document cannot be written for it.
type RefusedError struct {
	ID     string
	Reason string
}

func (e *RefusedError) Error() string {
	return fmt.Sprintf("the index in OpenSearch refuses document %s: %s", e.ID, e.Reason)
}

// responseError is an answer that is no success.
type responseError struct {
	status int
	kind   string // the cluster's name for it, such as index_not_found_exception
	reason string
}

func (e *responseError) Error() string {
	said := fmt.Sprintf("OpenSearch answers %d %s", e.status, e.kind)
	if e.reason != "" {
		said += ": " + e.reason
	}
	if cause := e.Unwrap(); cause != nil {
		return fmt.Sprintf("%v (%s)", cause, said)
	}
	return said
}

// lostNodes are the names under which the cluster tells that a node does not answer another, whatever the status.
var lostNodes = []string{
	"node_not_connected_exception", "node_disconnected_exception", "node_closed_exception", "connect_transport_exception",
	"receive_timeout_transport_exception", "send_request_transport_exception", "process_cluster_event_timeout_exception",
	"cluster_manager_not_discovered_exception", "master_not_discovered_exception",
}

// Unwrap names what the answer means; nil for what has no name of its own.
func (e *responseError) Unwrap() error {
	switch {
	case e.kind == "cluster_block_exception" && e.status != http.StatusServiceUnavailable: // which blocks a cluster that has only begun
		return ErrReadOnly
	case e.kind == "index_create_block_exception": // all disks are nearly full
		return ErrReadOnly
	case e.kind == "index_closed_exception":
		return ErrShut
	case slices.Contains(lostNodes, e.kind):
		return ErrNodeLost
	case e.status == http.StatusRequestEntityTooLarge:
		return ErrBody
	case e.status >= 300 && e.status <= 399:
		return ErrRedirect
	case e.status == http.StatusUnauthorized || e.status == http.StatusForbidden:
		return ErrAuth
	case e.status == http.StatusBadRequest && strings.Contains(e.reason, "HTTPS"): // nginx and Go say so to who speaks without TLS
		return ErrTLS
	case strings.Contains(e.kind+e.reason, "too_many_clauses") || strings.Contains(e.reason, "maxClauseCount"):
		return index.ErrTooLarge
	case e.status == http.StatusTooManyRequests:
		return ErrBusy
	case e.kind == "index_not_found_exception":
		return ErrMissing
	case e.kind == "search_phase_execution_exception" && e.status >= http.StatusInternalServerError || e.kind == "unavailable_shards_exception" ||
		e.kind == "no_shard_available_action_exception":
		return ErrRed
	case e.status == http.StatusBadGateway || e.status == http.StatusServiceUnavailable || e.status == http.StatusGatewayTimeout:
		return ErrUnreachable
	}
	return nil
}

// passing reports whether the same request may succeed a moment later, on this node or another: a copy of a shard is just
// being promoted, a generation was swapped away under a search, a queue is full.
func (e *responseError) passing() bool {
	cause := e.Unwrap()
	return errors.Is(cause, index.ErrUnavailable) || cause == ErrMissing || e.kind == "search_context_missing_exception"
}

// failure is how the cluster writes an error, in answers and in items of a bulk.
type failure struct {
	Type      string    `json:"type"`
	Reason    string    `json:"reason"`
	RootCause []failure `json:"root_cause"`
	CausedBy  *failure  `json:"caused_by"`
}

// UnmarshalJSON also takes an error that is only a sentence.
func (f *failure) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		return json.Unmarshal(data, &f.Reason)
	}
	type plain failure
	return json.Unmarshal(data, (*plain)(f))
}

// readError makes an error of an answer's body, which may come from a proxy and be no JSON.
func readError(status int, body []byte) *responseError {
	var answer struct {
		Error failure `json:"error"`
	}
	e := &responseError{status: status, kind: http.StatusText(status)}
	if err := json.Unmarshal(body, &answer); err != nil || answer.Error.Type == "" {
		e.reason = foreignReason(body)
		return e
	}
	e.kind, e.reason = answer.Error.Type, answer.Error.Reason
	for cause := range answer.Error.causes() {
		if cause.Type != e.kind {
			e.reason += "; " + cause.Type + ": " + cause.Reason
		}
		if cause.Type == "index_not_found_exception" || cause.Type == "search_context_missing_exception" {
			e.kind = cause.Type
		}
	}
	return e
}

// foreignReason is what an answer in another language than the cluster's says: the title of a proxy's page, or how the text begins.
func foreignReason(body []byte) string {
	if _, after, ok := bytes.Cut(body, []byte("<title>")); ok {
		body, _, _ = bytes.Cut(after, []byte("</title>"))
	}
	return strings.ToValidUTF8(string(body[:min(len(body), 200)]), "")
}

// causes ranges over what is below an error.
func (f *failure) causes() func(yield func(*failure) bool) {
	return func(yield func(*failure) bool) {
		for i := range f.RootCause {
			if !yield(&f.RootCause[i]) {
				return
			}
		}
		for c := f.CausedBy; c != nil; c = c.CausedBy {
			if !yield(c) {
				return
			}
		}
	}
}

// isTLS reports whether a connection failed over trust, which no other attempt mends.
func isTLS(err error) bool {
	var (
		verification *tls.CertificateVerificationError
		header       tls.RecordHeaderError
		authority    x509.UnknownAuthorityError
		host         x509.HostnameError
		alert        tls.AlertError
	)
	return errors.As(err, &verification) || errors.As(err, &header) || errors.As(err, &authority) ||
		errors.As(err, &host) || errors.As(err, &alert) || strings.Contains(err.Error(), "HTTP response to HTTPS client")
}
