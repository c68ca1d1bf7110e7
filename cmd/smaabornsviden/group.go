package main

import (
	"context"
	"errors"
	"sync"
)

// group is goroutines that end together: when one fails, or when end is called.
type group struct {
	ctx    context.Context // of the group's goroutines; lives as long as the group, which its owner ends
	cancel context.CancelFunc
	wait   sync.WaitGroup

	mu   sync.Mutex // guards errs
	errs []error
}

func newGroup(ctx context.Context) *group {
	ctx, cancel := context.WithCancel(ctx)
	return &group{ctx: ctx, cancel: cancel}
}

// start runs one member. An error of it, other than the end it was asked for, ends the group.
func (g *group) start(member func(context.Context) error) {
	g.wait.Go(func() {
		err := member(g.ctx)
		if err == nil || errors.Is(err, context.Canceled) {
			return
		}
		g.mu.Lock()
		defer g.mu.Unlock()
		g.errs = append(g.errs, err)
		g.cancel()
	})
}

// end asks all members to end, waits for them, and returns what went wrong.
func (g *group) end() error {
	g.cancel()
	g.wait.Wait()
	return errors.Join(g.errs...)
}
