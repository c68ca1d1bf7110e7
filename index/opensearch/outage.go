package opensearch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// How a cluster that is gone is told from one that is slow. A node that works on a hard search still says its name at once,
// one that hangs does not.
const (
	askAfter      = 800 * time.Millisecond // a read that has no answer by then makes us ask whether its node is there
	askWriteAfter = 10 * time.Second       // the same for writes, which nobody waits for
	sayLimit      = time.Second            // for a node to say that it is there; with askAfter a reader is elsewhere within 2
	sayWriteLimit = 5 * time.Second        // a node may be busy with what it was given to write
	outageAfter   = 2 * time.Second        // no node answered for so long: readers are told at once from then on
	probePause    = 500 * time.Millisecond // between questions to a cluster that is out
)

// outage is the time since which no node answers; the zero value says that one did last.
type outage struct {
	since   time.Time // of the first failure
	last    time.Time // of the latest one
	err     error
	probing chan struct{} // closed when who asks now has an answer; nil when nobody does
}

// answered notes that a node is there.
func (c *client) answered(n *node) {
	c.mu.Lock()
	defer c.mu.Unlock()
	n.silent, n.down = false, time.Time{}
	c.out.since, c.out.err = time.Time{}, nil
}

// failed notes that a node is not there, and puts it last.
func (c *client) failed(n *node, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.now()
	n.silent, n.down = true, now.Add(downFor)
	if c.out.since.IsZero() {
		c.out.since = now
	}
	c.out.last, c.out.err = now, err
}

// isOut reports whether no node answers, and has not for some time. The lock is held.
func (c *client) isOut() bool { return c.allSilent() && c.out.last.Sub(c.out.since) >= outageAfter }

// allSilent reports whether every node failed when it was asked last. The lock is held.
func (c *client) allSilent() bool {
	for _, n := range c.nodes {
		if !n.silent {
			return false
		}
	}
	return !c.out.since.IsZero()
}

// stillOut reports whether trying again is of no use to a reader.
func (c *client) stillOut() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.isOut()
}

// trouble is what is wrong with all nodes, nil when one answered last.
func (c *client) trouble() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.allSilent() {
		return nil
	}
	return c.out.err
}

// admit lets a read through unless the cluster is out. One reader at a time asks whether it came back, and the others
// wait for what that one hears: seconds of patience are for a node that fails, not for a cluster that is known to be gone.
func (c *client) admit(ctx context.Context) error {
	c.mu.Lock()
	if !c.isOut() {
		c.mu.Unlock()
		return nil
	}
	if wait := c.out.probing; wait != nil {
		c.mu.Unlock()
		select {
		case <-wait:
		case <-ctx.Done():
		}
		return c.trouble()
	}
	if c.now().Sub(c.out.last) < probePause {
		defer c.mu.Unlock()
		return c.out.err
	}
	done := make(chan struct{})
	c.out.probing = done
	c.mu.Unlock()
	c.probe(context.WithoutCancel(ctx)) // the others wait for it, whoever gives up
	c.mu.Lock()
	c.out.probing = nil
	c.mu.Unlock()
	close(done)
	return c.trouble()
}

// probe asks all nodes at once until one answers.
func (c *client) probe(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	told := make(chan error, len(c.nodes))
	for _, n := range c.nodes {
		go func() { told <- c.greet(ctx, n, sayLimit) }()
	}
	for range c.nodes {
		if <-told == nil {
			return
		}
	}
}

// greet asks a node for its name; an error means that it is not there. What it refuses shows that it is.
func (c *client) greet(ctx context.Context, n *node, limit time.Duration) error {
	limited, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	req, err := http.NewRequestWithContext(limited, http.MethodGet, n.base+"/", nil)
	if err != nil {
		return err
	}
	c.dress(req, &request{})
	_, err = c.send(req)
	var refused *responseError
	isRefused := errors.As(err, &refused)
	switch {
	case err != nil && ctx.Err() != nil:
		return ctx.Err() // nobody wants to know any more
	case err == nil, isRefused && refused.Unwrap() != ErrUnreachable, !isRefused && isTLS(err):
		c.answered(n)
		return nil
	case !isRefused:
		err = fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	c.failed(n, err)
	return err
}

// watch asks a node that keeps an answer waiting whether it is there, again and again until ctx ends, and gives the wait up when it is
// not. What it asked last it hears to the end, though the reader may have gone: the next one is to know.
func (c *client) watch(ctx context.Context, n *node, write bool, giveUp context.CancelCauseFunc) {
	every, limit := askAfter, sayLimit
	if write {
		every, limit = askWriteAfter, sayWriteLimit
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if err := c.greet(context.WithoutCancel(ctx), n, limit); err != nil {
			giveUp(err)
			return
		}
	}
}
