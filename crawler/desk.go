package crawler

import (
	"context"
	"fmt"
	"strings"

	"smaabornsviden/crawler/canonical"
	"smaabornsviden/crawler/partners"
	"smaabornsviden/crawler/state"
)

// Desk carries out what a person decides about the crawl, while one is under way or between two: what must not be shown
// any more, and whom to leave alone. All of it holds over restarts. Its methods may be called from any goroutine.
type Desk struct {
	atlas *atlas
	state *state.Store
	clock Clock
}

// NewDesk returns a Desk over a crawl state; the register says which addresses mean the same page. A nil clock is the
// system's.
func NewDesk(r *partners.Register, s *state.Store, c Clock) (*Desk, error) {
	a, err := newAtlas(r)
	if err != nil {
		return nil, err
	}
	if c == nil {
		c = systemClock{}
	}
	return &Desk{atlas: a, state: s, clock: c}, nil
}

// Taken is what Block did.
type Taken struct {
	Entry     string   // the canonical address, or the host name, that is blocked now
	Along     []string // other addresses of the same text, which went along
	Documents int      // that left
	// LeadsTo is the address to which the blocked one merely redirects; its document stays.
	LeadsTo string
}

// Block takes down an address or a whole host on request: its documents leave the store at once, and the index with the
// next changes that it takes in; nothing of it is fetched, shown or exported again until Unblock. What may be written in
// any form that means the address. ErrEntry of package state tells that it is neither an address nor a host name.
func (d *Desk) Block(ctx context.Context, what, why string) (Taken, error) {
	entry, err := d.entry(what)
	if err != nil {
		return Taken{}, err
	}
	t := Taken{Entry: entry}
	if story, err := d.state.Explain(ctx, entry); err == nil && story.URL.State == state.Redirect {
		t.LeadsTo = story.LeadsTo // an error only costs the hint
	}
	if t.Documents, err = d.state.Block(ctx, d.clock.Now(), entry, why); err != nil {
		return Taken{}, err
	}
	blocks, err := d.state.Blocks(ctx)
	for _, b := range blocks {
		if b.Root == entry {
			t.Along = append(t.Along, b.Entry)
		}
	}
	return t, err
}

// Unblock takes a block back, with what went along: it is visited again when it is due. ErrNotFound of package state
// tells that there is no such block.
func (d *Desk) Unblock(ctx context.Context, what string) error {
	entry, err := d.entry(what)
	if err != nil {
		return err
	}
	return d.state.Unblock(ctx, d.clock.Now(), entry)
}

// Blocks returns all blocks in the order of their entries.
func (d *Desk) Blocks(ctx context.Context) ([]state.Block, error) { return d.state.Blocks(ctx) }

// Pause leaves a source alone until Resume: nothing of it is fetched, what is known of it stays. It holds from the next
// request on, also in a run that is under way. ErrNoSource tells that the register has no such source.
func (d *Desk) Pause(ctx context.Context, source, why string) error {
	if d.atlas.byID[source] == nil {
		return fmt.Errorf("pause %s: %w", source, ErrNoSource)
	}
	return d.state.Pause(ctx, d.clock.Now(), source, why)
}

// Resume lets a source be visited again. ErrNotFound of package state tells that it was not paused.
func (d *Desk) Resume(ctx context.Context, source string) error { return d.state.Resume(ctx, source) }

// Pauses returns the paused sources.
func (d *Desk) Pauses() []state.Pause { return d.state.Pauses() }

// entry makes of what a person wrote what the store blocks: the canonical address by the rules of its source, or a host
// name in ASCII.
func (d *Desk) entry(what string) (string, error) {
	what = strings.TrimSpace(what)
	address := what
	if !strings.Contains(what, "://") {
		address = "https://" + what // copied out of an address bar; where a site has http alone, its rules know
	}
	parsed, err := canonical.Parse(address, "")
	if err != nil || what == "" || strings.Contains(what, "@") {
		return "", fmt.Errorf("block %q: %w", what, state.ErrEntry)
	}
	if address != what && strings.HasSuffix(parsed, "/") && strings.Count(parsed, "/") == 3 {
		return hostKey(hostOf(parsed)), nil
	}
	if p := d.atlas.find(parsed); p.url != "" {
		return p.url, nil
	}
	return "", fmt.Errorf("block %q: %w", what, state.ErrEntry)
}
