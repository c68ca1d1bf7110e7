package crawler

import (
	"context"
	"errors"
	"sync"
	"time"

	"smaabornsviden/crawler/state"
)

// recorder holds a page that was read against what is stored, decides, and stores what came of it.
type recorder struct {
	c      *Crawler
	st     *state.Store
	run    state.Run
	count  *counter
	reader *reader

	turn sync.Mutex // one page at a time looks up its rivals and records: what decide was told stays true
}

func newRecorder(c *Crawler, run state.Run, count *counter, read *reader) *recorder {
	return &recorder{c: c, st: c.o.State, run: run, count: count, reader: read}
}

// newReviser is a recorder of what is read again, which was not visited: it is recorded for no run and for nobody's count.
func newReviser(c *Crawler, read *reader, started time.Time) *recorder {
	run := state.Run{Started: started}
	return newRecorder(c, run, newCounter(c, run), read)
}

// judge looks up the page's rivals, decides and records, with no other page doing so at the same time.
func (r *recorder) judge(ctx context.Context, e *event, t task, s sight, host state.Host) {
	r.turn.Lock()
	defer r.turn.Unlock()
	if again, err := r.overtaken(ctx, &s); again || err != nil {
		e.err = errors.Join(err, r.st.Release(ctx, t.url.ID))
		// Whoever recalled the address woke its host while the address was out here; it has to be woken once more. The
		// address was counted twice then and is settled once.
		e.added = []state.Added{{Host: t.url.Host, Source: t.url.Source, N: -1}}
		return
	}
	if err := r.rivals(ctx, &s); err != nil {
		e.err = err
		return
	}
	o := decide(s)
	o.Host = &host
	o.Patterns = r.learn(ctx, t.url, o)
	r.save(ctx, e, t.url, o)
	if e.err == nil && o.Body != nil {
		e.err = r.reader.practise(ctx, t.url)
	}
	if e.err == nil {
		e.err = r.freshen(ctx)
	}
}

// save records an outcome and reports it; it is the caller's turn.
func (r *recorder) save(ctx context.Context, e *event, u state.URL, o state.Outcome) {
	done, err := r.st.Record(ctx, o)
	if err != nil {
		e.err = err
		return
	}
	e.added = done.Added
	if o.State == state.Failed && o.Due.Sub(o.At) <= r.c.scaled(r.c.o.MaxWait) {
		e.retryAt = o.Due
	}
	r.count.recorded(u, o, done, !e.retryAt.IsZero())
	r.c.o.Log.Debug("visited", "url", redact(u.URL), "source", u.Source, "state", o.State, "reason", o.Reason, "status", o.Status)
}

// settle records what was decided about an address without asking for it.
func (r *recorder) settle(ctx context.Context, e *event, u state.URL, o state.Outcome) {
	r.turn.Lock()
	defer r.turn.Unlock()
	if r.save(ctx, e, u, o); e.err == nil {
		e.err = r.freshen(ctx)
	}
}

// saveSwept records what follows for an address from something else than a task of its own.
func (r *recorder) saveSwept(ctx context.Context, u state.URL, o state.Outcome) error {
	r.turn.Lock()
	defer r.turn.Unlock()
	done, err := r.st.Record(ctx, o)
	if err == nil {
		r.count.recorded(u, o, done, false)
	}
	return err
}
