package main

import (
	"context"
	"errors"
	"sync"
)

// group is goroutines that end together: when one fails, or when end is called.
type group struct {
	cancel context.CancelFunc
	wait   sync.WaitGroup

	mu   sync.Mutex // guards errs
	errs []error
}

// newGroup returns an empty group and the context of its members.
func newGroup(ctx context.Context) (*group, context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	return &group{cancel: cancel}, ctx
}

// start runs one member on the group's context. An error of it, other than the end it was asked for, ends the group.
func (g *group) start(ctx context.Context, member func(context.Context) error) {
	g.wait.Go(func() {
		err := member(ctx)
		if err == nil || errors.Is(err, context.Canceled) {
			return
		}
		g.mu.Lock()
		defer g.mu.Unlock()
		g.errs = append(g.errs, err)
		g.cancel()
	})
}

// end asks all members to end, waits for them, and returns what went wrong, after what the main work ended with. A main
// work that was cancelled because a member failed has nothing to add: its context.Canceled would make the failure look
// like a stop that somebody asked for.
func (g *group) end(main error) error {
	g.cancel()
	g.wait.Wait()
	if len(g.errs) > 0 && errors.Is(main, context.Canceled) {
		main = nil
	}
	return errors.Join(append([]error{main}, g.errs...)...)
}
