package crawler

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"sync"

	"smaabornsviden/crawler/extract"
	"smaabornsviden/crawler/fetch"
	"smaabornsviden/crawler/robots"
	"smaabornsviden/crawler/state"
)

// reservationsBytes is how much of a tdmrep.json is read; a file that is cut is no list and says nothing.
const reservationsBytes = 500 << 10

// reservations are those of the hosts that a run has met, by origin.
type reservations struct {
	mu       sync.Mutex
	byOrigin map[string]*robots.Reservations
}

// reservationsKey is under what the store keeps the file of a host.
func reservationsKey(origin string) string { return "tdmrep " + origin }

// StoredReservations returns what asks the stored files, as they are at the moment, whether text and data mining of an
// address is reserved.
func StoredReservations(st *state.Store) func(ctx context.Context, url string) extract.Reservation {
	return func(ctx context.Context, url string) extract.Reservation {
		var now reservations
		return now.find(ctx, st, url)
	}
}

// find asks the file of the address's host. A host without one is remembered too.
func (k *reservations) find(ctx context.Context, st *state.Store, url string) extract.Reservation {
	origin := originOf(url)
	k.mu.Lock()
	defer k.mu.Unlock()
	rules, ok := k.byOrigin[origin]
	if !ok {
		body, err := st.Value(ctx, reservationsKey(origin))
		if err != nil {
			return extract.Reservation{} // an error of the store shows at the next write
		}
		rules = parseReservations([]byte(body))
		k.put(origin, rules)
	}
	reserved, rule := rules.Reserved(url)
	return extract.Reservation{Reserved: reserved, Rule: rule}
}

func (k *reservations) put(origin string, rules *robots.Reservations) {
	if k.byOrigin == nil {
		k.byOrigin = map[string]*robots.Reservations{}
	}
	k.byOrigin[origin] = rules
}

func (k *reservations) set(origin string, rules *robots.Reservations) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.put(origin, rules)
}

// parseReservations reads a file; one that is no list says nothing.
func parseReservations(body []byte) *robots.Reservations {
	rules, err := robots.ParseReservations(body)
	if err != nil {
		return nil
	}
	return rules
}

// mayReadReservations reports whether robots.txt lets us ask for the file.
func (c *Crawler) mayReadReservations(s *site) bool {
	_, acc := s.snapshot()
	ok, _ := acc.allowed(c.o.Agent, s.origin+robots.ReservationsPath)
	return ok && c.scopeOf(s) != nil
}

// readReservations asks a host for its tdmrep.json and applies what has changed in it. A host that does not answer keeps
// what it said before: only an answer takes a reservation back.
func (v *visitor) readReservations(ctx context.Context, t task) {
	keep := context.WithoutCancel(ctx)
	e := event{task: t, freed: true, done: true}
	page, err := v.c.o.Fetch.Fetch(ctx, fetch.Request{
		URL: t.site.origin + robots.ReservationsPath, MaxBytes: reservationsBytes, Prefix: true,
		Allow: func(string) error { return sleep(ctx, v.c.o.Clock, v.c.manners(t.site).delay(0)) },
	})
	if err != nil && ctx.Err() != nil {
		v.events <- e
		return
	}
	host := v.answered(t.site, page, err)
	v.count.fetchedAside(v.c.sourcesOf(t.site), page.Bytes)
	e.err = v.st.SaveHost(keep, host)
	if e.err == nil && err == nil && page.Status < 500 && page.Status != http.StatusTooManyRequests {
		body := page.Body
		if page.Status != http.StatusOK || parseReservations(body) == nil {
			body = nil
		}
		e.err = v.applyReservations(keep, t.site, body)
	}
	v.events <- e
}

// applyReservations lets a changed file take effect on everything that is known of a host, whose pages may be answered
// with 304 for years. The file is stored last: after a crash all of this is done again.
func (v *visitor) applyReservations(ctx context.Context, s *site, body []byte) error {
	key := reservationsKey(s.origin)
	before, err := v.st.Value(ctx, key)
	if err != nil || before == string(bytes.TrimSpace(body)) {
		return err
	}
	old, now := parseReservations([]byte(before)), parseReservations(body)
	v.reader.reserved.set(s.origin, now)
	for after := int64(0); ; {
		rows, err := v.st.Documented(ctx, s.hostID(), after, sweepPage)
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			return v.st.Set(ctx, key, string(bytes.TrimSpace(body)))
		}
		after = rows[len(rows)-1].ID
		for _, u := range rows {
			if err := v.recorder.reserveAgain(ctx, u, old, now); err != nil {
				return err
			}
		}
	}
}

// reserveAgain reads a kept page again. One that is not kept is reserved at once and fetched afresh, which settles whether
// it says something else itself.
func (r *recorder) reserveAgain(ctx context.Context, u state.URL, old, now *robots.Reservations) error {
	was, _ := old.Reserved(u.URL)
	is, _ := now.Reserved(u.URL)
	if was == is {
		return nil
	}
	r.turn.Lock()
	defer r.turn.Unlock()
	body, err := r.st.Body(ctx, u.ID)
	if err == nil {
		_, err = r.reread(ctx, body)
		return err
	}
	if !errors.Is(err, state.ErrNotFound) {
		return err
	}
	if is {
		if err := r.reserveNow(ctx, u); err != nil {
			return err
		}
	}
	return r.st.Recall(ctx, r.c.o.Clock.Now(), true, u.ID)
}

func (r *recorder) reserveNow(ctx context.Context, u state.URL) error {
	d, err := r.st.DocumentAt(ctx, u.ID)
	if err == nil && !d.TDMReserved {
		d.TDMReserved = true
		_, err = r.st.Revise(ctx, r.c.o.Clock.Now(), d)
	}
	if errors.Is(err, state.ErrNotFound) {
		return nil // the document went meanwhile
	}
	return err
}
