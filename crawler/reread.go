package crawler

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"smaabornsviden/crawler/state"
)

// rereadPage is how many bodies are taken from the store at once.
const rereadPage = 50

// Reread reads all kept bodies again, after a change of the reader or of what describes documents, and writes what came
// out otherwise than before; documents whose bodies are not kept are described again. It asks no site for anything. It
// returns how many documents changed; when ctx ends, what is done is kept. Not while Run or Watch is under way: they
// do it themselves when Options.Pipeline has changed.
func (c *Crawler) Reread(ctx context.Context) (int, error) {
	k := c.keeper()
	read, err := k.rereadBodies(ctx)
	if err != nil {
		return read, fmt.Errorf("read kept bodies again: %w", err)
	}
	described, err := k.describeAgain(ctx)
	if err != nil {
		return read + described, fmt.Errorf("describe documents again: %w", err)
	}
	return read + described, nil
}

func (k *keeper) rereadBodies(ctx context.Context) (changed int, err error) {
	for after := int64(0); ; {
		bodies, err := k.st.Bodies(ctx, after, rereadPage)
		if err != nil || len(bodies) == 0 {
			return changed, err
		}
		for _, b := range bodies {
			after = b.URL
			n, err := k.recorder.reread(ctx, b)
			if err != nil {
				return changed, err
			}
			changed += n
		}
	}
}

// describeAgain describes the documents that no kept body was read for.
func (k *keeper) describeAgain(ctx context.Context) (changed int, err error) {
	for after := ""; ; {
		docs, err := k.st.Documents(ctx, after, rereadPage)
		if err != nil || len(docs) == 0 {
			return changed, err
		}
		for _, d := range docs {
			after = d.ID
			u, err := k.st.URL(ctx, d.URL)
			if err != nil {
				return changed, err
			}
			sc := k.c.atlas.byID[d.Source]
			if sc == nil || sameReading(u, k.c.o.Pipeline) {
				continue
			}
			k.c.o.Describe(&d, sc.Source)
			d.ReadMark = k.c.o.Pipeline
			done, err := k.st.Revise(ctx, k.c.o.Clock.Now(), d)
			if err != nil {
				return changed, err
			}
			changed += btoi(done)
		}
	}
}

// pipelineKey is under what the store remembers how its documents were made.
const pipelineKey = "pipeline"

// Renew makes the stored documents anew when Options.Pipeline is another than the one they were made by, and finds their
// relatives again; it asks no site for anything. It returns how many documents changed, which is how many the index has to take
// in. A run begins with this; not while one is under way.
func (c *Crawler) Renew(ctx context.Context) (int, error) {
	changed, err := c.keeper().renew(ctx)
	if err != nil {
		return changed, err
	}
	regrouped, err := c.Group(ctx)
	return changed + regrouped, err
}

// renew reads everything again when documents are made in another way than those that are stored.
func (k *keeper) renew(ctx context.Context) (changed int, err error) {
	before, err := k.st.Value(ctx, pipelineKey)
	if err == nil {
		err = k.recorder.freshen(ctx) // what a crawl that was cut off did not come to
	}
	if err != nil || before == k.c.o.Pipeline {
		return 0, err
	}
	if before != "" {
		if changed, err = k.c.Reread(ctx); err != nil {
			return changed, err
		}
		k.c.o.Log.Info("documents were made anew", "before", before, "now", k.c.o.Pipeline, "changed", changed)
	}
	return changed, k.st.Set(ctx, pipelineKey, k.c.o.Pipeline)
}

// reread reads one body again; it returns 1 when that changed the document.
func (r *recorder) reread(ctx context.Context, b state.Body) (int, error) {
	u, err := r.st.URLByID(ctx, b.URL)
	if errors.Is(err, state.ErrNotFound) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	sc := r.c.atlas.byID[u.Source]
	if sc == nil || u.State != state.OK {
		return 0, nil // the next run settles what the register no longer knows
	}
	t := task{kind: visitURL, site: &site{origin: originOf(u.URL)}, url: u}
	s := sight{
		row: u, scope: sc, run: r.run, now: r.c.o.Clock.Now(), pipeline: r.c.o.Pipeline, scaled: r.c.scaled,
		page: keptPage(u, b),
	}
	r.reader.readPage(ctx, t, &s)
	if err := r.rivals(ctx, &s); err != nil {
		return 0, err
	}
	done, err := r.st.Record(ctx, reread(decide(s), u))
	if err != nil {
		return 0, err
	}
	return btoi(done.Changed), nil
}

// reread keeps of an outcome what a reading can tell: no visit was made, and the site has said nothing new about itself.
func reread(o state.Outcome, u state.URL) state.Outcome {
	o.Fetched, o.Bytes, o.Took, o.Status = false, 0, 0, u.Status
	o.Due, o.Interval, o.BodyHash, o.Body = u.Due, u.Interval, u.BodyHash, nil
	// An address in which personal data was masked is none; it was taken from the page itself at the visit.
	o.Links = slices.DeleteFunc(o.Links, func(f state.Found) bool { return strings.Contains(f.URL, "**") })
	if o.State == state.Failed || o.State == state.Missing || o.State == state.Gone {
		// The kept body was a page once; a reader that no longer sees one has no say over its being there.
		return state.Outcome{
			URL: u.ID, Epoch: o.Epoch, At: o.At, State: u.State, Reason: u.Reason, Detail: u.Detail, NotModified: true,
			Due: u.Due, Interval: u.Interval, Misses: u.Misses, FirstMiss: u.FirstMiss, Fails: u.Fails,
		}
	}
	return o
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
