package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// maxSocketPath is what fits into a Unix socket address on every system (sun_path, 104 bytes on the smallest).
const maxSocketPath = 100

// socketPath is where the process that holds a data folder listens for other commands.
func socketPath(dir string) string {
	abs, err := filepath.Abs(dir)
	if err != nil {
		abs = dir
	}
	path := filepath.Join(abs, "control.sock")
	if len(path) <= maxSocketPath {
		return path
	}
	sum := sha256.Sum256([]byte(abs))
	return filepath.Join(os.TempDir(), "smaabornsviden-"+hex.EncodeToString(sum[:8])+".sock")
}

// listenControl opens the socket of a data folder. The folder's lock is held, so a socket file that is already
// there was left by a process that was killed.
func listenControl(dir string) (net.Listener, error) {
	path := socketPath(dir)
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("remove old control socket: %w", err)
	}
	l, err := net.Listen("unix", path)
	if err != nil {
		return nil, fmt.Errorf("open control socket: %w", err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		l.Close()
		return nil, fmt.Errorf("protect control socket: %w", err)
	}
	return l, nil
}

// serveControl answers commands on the socket until ctx ends.
func serveControl(ctx context.Context, l net.Listener, h http.Handler) error {
	srv := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, BaseContext: func(net.Listener) context.Context { return ctx }}
	stop := context.AfterFunc(ctx, func() { srv.Close() })
	defer stop()
	if err := srv.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve control socket: %w", err)
	}
	return nil
}

// control asks the process that holds a data folder.
type control struct {
	client *http.Client
	own    bool // that process is this one, of which nobody need be told
}

func dialControl(h holder) control {
	// Who has just taken the folder opens its socket a moment later.
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		for tries := 0; ; tries++ {
			conn, err := (&net.Dialer{}).DialContext(ctx, "unix", h.Socket)
			if err == nil || tries == 40 || !errors.Is(err, os.ErrNotExist) {
				return conn, err
			}
			select {
			case <-ctx.Done():
				return nil, ctx.Err()
			case <-time.After(50 * time.Millisecond):
			}
		}
	}
	return control{client: &http.Client{Transport: &http.Transport{DialContext: dial}}}
}

// do sends one request and decodes the JSON answer into out; a nil out copies nothing.
func (c control) do(ctx context.Context, method, path string, query url.Values, out any) error {
	address := url.URL{Scheme: "http", Host: "control", Path: path, RawQuery: query.Encode()}
	req, err := http.NewRequestWithContext(ctx, method, address.String(), nil)
	if err != nil {
		return err
	}
	res, err := c.client.Do(req)
	if err != nil {
		return fmt.Errorf("ask the running process: %w", err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		return fmt.Errorf("read the running process's answer: %w", err)
	}
	if res.StatusCode >= 300 {
		refusal := errors.New(problem(body, res.Status))
		if c.own {
			return refusal
		}
		return fmt.Errorf("the running process answered: %w", refusal)
	}
	if out == nil {
		return nil
	}
	if err := json.Unmarshal(body, out); err != nil {
		return fmt.Errorf("read the running process's answer: %w", err)
	}
	return nil
}

// problem finds the sentence in a problem+json answer.
func problem(body []byte, status string) string {
	var p struct{ Title, Detail string }
	if json.Unmarshal(body, &p) == nil && p.Detail != "" {
		return p.Detail
	}
	if p.Title != "" {
		return p.Title
	}
	return status
}

// deeds are what a running process can be asked to do beside answering; nil means that it does not do it.
type deeds struct {
	// crawl visits the sources named, or what is due, as soon as it can; it returns at once.
	crawl func(sources []string) error
	// instead tells the operator in Danish which command fetches, where crawl is nil.
	instead string
	// renew describes stored documents by the rules and corrections as they are now, when no crawl is under way that has taken others.
	renew func(context.Context) (int, error)
}

// controlHandler answers other commands: the readers' API, and what only the operator may ask.
func controlHandler(n *node, api http.Handler, d deeds) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", api)
	mux.HandleFunc("GET /control/status", func(w http.ResponseWriter, r *http.Request) {
		report, err := n.status(r.Context())
		reply(w, report, err)
	})
	mux.HandleFunc("GET /control/explain", func(w http.ResponseWriter, r *http.Request) {
		e, err := n.explain(r.Context(), r.URL.Query().Get("url"))
		reply(w, e, err)
	})
	mux.HandleFunc("POST /control/rebuild", func(w http.ResponseWriter, r *http.Request) {
		asked := r.URL.Query()
		done, err := n.rebuildAll(r.Context(), d, renovation{onlyChanged: asked.Has("changed"), empty: asked.Has("empty")})
		reply(w, done, err)
	})
	mux.HandleFunc("POST /control/crawl", func(w http.ResponseWriter, r *http.Request) {
		if d.crawl == nil {
			reply(w, nil, fmt.Errorf("process %d (%s) does not crawl", os.Getpid(), readHolder(n.folder.dir).Command))
			return
		}
		reply(w, struct{}{}, d.crawl(r.URL.Query()["source"]))
	})
	n.orders(mux)
	n.letters(mux)
	return mux
}

// reply writes a value, or an error as problem+json (RFC 9457).
func reply(w http.ResponseWriter, value any, err error) {
	if err != nil {
		w.Header().Set("Content-Type", "application/problem+json")
		w.WriteHeader(http.StatusConflict)
		value = map[string]any{"title": "not done", "status": http.StatusConflict, "detail": err.Error()}
	}
	_ = json.NewEncoder(w).Encode(value) // a reader that went away needs no answer
}

// withControl lets a command ask the process that holds a data folder. When none does, this process takes the
// folder for as long as the command runs, and is asked over the same socket: there is one way to answer.
func withControl(ctx context.Context, env *environment, at place, command string, ask func(control) error) error {
	return withNode(ctx, env, at, command, func(*node) error { return nil }, ask)
}

// withNode is withControl where this process has to know more before it can answer itself.
func withNode(ctx context.Context, env *environment, at place, command string, prepare func(*node) error, ask func(control) error) error {
	if err := at.engine.check(); err != nil {
		return err
	}
	// Whoever only looks at an index in a cluster needs nothing of the folder, as with serve.
	elsewhere := at.engine.name == engineOpenSearch && (command == "query" || command == "status")
	if _, err := os.Stat(filepath.Join(at.dir, "state.db")); err != nil && !elsewhere {
		return fmt.Errorf("data folder %s holds nothing yet: start with demo, run or crawl", at.dir)
	}
	n, err := openNode(ctx, at, command, purposeAny, quiet(env.stderr))
	var held *heldError
	if errors.As(err, &held) {
		if other := at.engine.unlike(held.by.Engine, command == "rebuild"); len(other) > 0 {
			return fmt.Errorf("%w, which runs with another index: asked for %s; stop it first, or leave the flags away", err, strings.Join(other, "; "))
		}
		return ask(dialControl(held.by))
	}
	if err != nil {
		return err
	}
	if err = prepare(n); err == nil {
		err = n.because(ctx, n.asked(ctx, ask))
	}
	return errors.Join(err, n.Close())
}

// because adds to a refusal what is wrong with the cluster: readers are told only that the search is down, an operator which
// of the causes it is.
func (n *node) because(ctx context.Context, refusal error) error {
	if refusal == nil || n.cluster == nil {
		return refusal
	}
	if _, cause := n.index.Checkpoint(ctx); cause != nil {
		return fmt.Errorf("%w: %w", refusal, cause)
	}
	return refusal
}

// asked answers this process's own command over the socket.
func (n *node) asked(ctx context.Context, ask func(control) error) error {
	api, err := n.server(serverSettings{})
	if err != nil {
		return err
	}
	l, err := listenControl(n.folder.dir)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan error, 1)
	go func() { done <- serveControl(ctx, l, controlHandler(n, api.Handler(), deeds{})) }()
	own := dialControl(holder{Socket: socketPath(n.folder.dir)})
	own.own = true
	err = ask(own)
	cancel()
	return errors.Join(err, <-done)
}
