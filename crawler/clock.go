package crawler

import (
	"context"
	"time"
)

// Clock is the time by which the crawler waits and dates. The tests' own one needs no sleeping.
type Clock interface {
	Now() time.Time
	// After returns a channel that gets a value once d has passed.
	After(d time.Duration) <-chan time.Time
}

type systemClock struct{}

func (systemClock) Now() time.Time                         { return time.Now() }
func (systemClock) After(d time.Duration) <-chan time.Time { return time.After(d) }

// sleep waits on a clock, or less long when ctx ends.
func sleep(ctx context.Context, c Clock, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	_, err := sleepUnless(ctx, c, d, nil)
	return err
}

// sleepUnless is sleep that also ends when a channel is closed, and tells that it was woken so.
func sleepUnless(ctx context.Context, c Clock, d time.Duration, early <-chan struct{}) (woken bool, err error) {
	select {
	case <-c.After(d):
		return false, nil
	case <-early:
		return true, nil
	case <-ctx.Done():
		return false, context.Cause(ctx)
	}
}
