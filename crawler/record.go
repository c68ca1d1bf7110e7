package crawler

import (
	"context"
	"errors"
	"sync"

	"smaabornsviden/crawler/state"
)

// recorder holds a page that was read against what is stored, decides, and stores what came of it.
type recorder struct {
	c      *Crawler
	st     *state.Store
	run    state.Run
	count  *counter
	reader *reader

	record sync.Mutex // one page at a time looks up its rivals and records: what decide was told stays true
}

func newRecorder(c *Crawler, run state.Run, count *counter, read *reader) *recorder {
	return &recorder{c: c, st: c.o.State, run: run, count: count, reader: read}
}

// judge looks up the page's rivals, decides and records, with no other page doing so at the same time.
func (r *recorder) judge(ctx context.Context, e *event, t task, s sight, host state.Host) {
	r.record.Lock()
	defer r.record.Unlock()
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

// save records an outcome and reports it.
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

func (r *recorder) saveSwept(ctx context.Context, u state.URL, o state.Outcome) error {
	r.record.Lock()
	defer r.record.Unlock()
	done, err := r.st.Record(ctx, o)
	if err == nil {
		r.count.recorded(u, o, done, false)
	}
	return err
}
