package bleveindex

import (
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"
)

// failure is the first thing that went wrong in Bleve's background work. After it nothing more is merged or
// persisted, and waiting for it would never end.
type failure struct {
	once sync.Once
	err  error
	dead chan struct{} // closed once err is set
	tell func(error)

	rests    rests
	closing  sync.Once
	hastened chan struct{} // closed when the generation is to close: nothing rests any longer
}

func newFailure(tell func(error)) *failure {
	return &failure{dead: make(chan struct{}), tell: tell, hastened: make(chan struct{})}
}

// report is Bleve's callback. An error that Bleve will try again is told but does not end the index. Bleve calls from the
// work that failed and tries again as soon as report returns, without end while a disk is full: so report rests first.
func (f *failure) report(err error, path string) {
	err = fmt.Errorf("index %s in the background: %w", path, err)
	f.tell(err)
	if errors.Is(err, scorch.ErrAsyncPanic) {
		f.once.Do(func() {
			f.err = err
			close(f.dead)
		})
		return
	}
	select {
	case <-time.After(f.rests.next(time.Now())):
	case <-f.hastened:
	}
}

// hurry ends every rest, now and later, so that the work sees that it is to stop.
func (f *failure) hurry() { f.closing.Do(func() { close(f.hastened) }) }

// check returns the failure, if there was one.
func (f *failure) check() error {
	select {
	case <-f.dead:
		return f.err
	default:
		return nil
	}
}

// The shortest and longest time that failed work rests. The longest is what a batch waits for at most once a disk has room
// again.
const (
	firstRest   = 100 * time.Millisecond
	longestRest = 5 * time.Second
)

// rests says how long failed work rests before it is tried again: twice as long after each failure that follows upon another.
type rests struct {
	mu    sync.Mutex
	last  time.Duration
	until time.Time
}

// next takes a failure at a time and returns the rest after it.
func (r *rests) next(now time.Time) time.Duration {
	r.mu.Lock()
	defer r.mu.Unlock()
	rest := min(2*r.last, longestRest)
	if r.last == 0 || now.After(r.until.Add(longestRest)) {
		rest = firstRest // work has gone well meanwhile
	}
	r.last, r.until = rest, now.Add(rest)
	return rest
}
