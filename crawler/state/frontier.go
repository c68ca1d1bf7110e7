package state

import (
	"context"
	"strings"
	"time"
)

// Add takes in addresses from outside a visit: start pages, sitemaps of the register. It returns what became due.
func (s *Store) Add(ctx context.Context, run int64, now time.Time, found []Found) ([]Added, error) {
	var added []Added
	err := s.tx(ctx, func(t *txn) error {
		l := ledger{t: t, now: now, run: run}
		for _, f := range found {
			if _, err := l.add(f); err != nil {
				return err
			}
		}
		added = l.added
		return l.count()
	})
	return added, err
}

// ledger takes in found addresses within one transaction and remembers what they changed.
type ledger struct {
	t        *txn
	now      time.Time
	run      int64
	referrer int64
	added    []Added
	fresh    map[string]int // new rows by source
}

// link takes in an address whose number nobody needs. Most links of a page are those of every other page: they are
// known to change nothing without a look at the table.
func (l *ledger) link(f Found) error {
	if l.t.s.known.settles(f) {
		return nil
	}
	_, err := l.add(f)
	return err
}

// add makes or updates the row of f and returns its number.
func (l *ledger) add(f Found) (int64, error) {
	if l.t.s.blocks.covers(f.URL) {
		f.Reason, f.Origin = TakenDown, ""
	}
	old, ok, err := l.t.byURL(f.URL)
	if err != nil {
		return 0, err
	}
	if !ok {
		return l.insert(f)
	}
	if f.Claimed.After(old.Claimed) {
		if f.Claimed, err = l.believed(old, f.Claimed); err != nil {
			return 0, err
		}
	}
	to, changed := refound(old, f, l.now)
	if !changed {
		l.t.s.known.keep(old)
		return old.ID, nil
	}
	l.t.s.known.drop(f.URL)
	if to.Host == 0 || f.Origin != "" {
		if to.Host, err = l.t.hostID(f.Origin); err != nil {
			return 0, err
		}
	}
	if !to.Due.IsZero() && !to.Due.After(l.now) && (old.Due.IsZero() || old.Due.After(l.now)) {
		l.due(to.Host, f)
	}
	return old.ID, l.t.exec(`UPDATE url SET host=?,source=?,kind=?,via=?,depth=?,hops=?,state=?,reason=?,detail=?,priority=?,due=?,claimed=? WHERE id=?`,
		to.Host, to.Source, to.Kind, to.Via, to.Depth, to.Hops, to.State, to.Reason, to.Detail, to.Priority, ms(to.Due), ms(to.Claimed), old.ID)
}

// liesMost is how many claims in a row may be in vain before a host's claims bring no visit forward: a lastmod that is
// always now would have the whole site fetched every day.
const liesMost = 5

// believed returns a claim as far as it is believed: one of a host that claims in vain is noted and brings nothing
// forward; a visit in its own time that finds a change clears the host.
func (l *ledger) believed(old URL, at time.Time) (time.Time, error) {
	if old.Host == 0 || old.LastVisit.IsZero() || !at.After(old.LastVisit) || !old.Due.After(l.now) {
		return at, nil
	}
	var lies int
	err := l.t.row("SELECT lies FROM host WHERE id=?", old.Host).Scan(&lies)
	if err != nil || lies < liesMost {
		return at, err
	}
	return time.Time{}, l.t.exec("UPDATE url SET claimed=? WHERE id=?", ms(at), old.ID)
}

func (l *ledger) insert(f Found) (int64, error) {
	state, due := New, l.now
	if f.Reason != "" {
		state, due = Refused, time.Time{}
	}
	host, err := l.t.hostID(f.Origin)
	if err != nil {
		return 0, err
	}
	res, err := l.t.result(urlInsert, f.URL, host, f.Source, f.Kind, f.Via, l.referrer,
		f.Depth, f.Hops, state, f.Reason, f.Priority, ms(due), ms(l.now), ms(f.Claimed))
	if err != nil {
		return 0, err
	}
	if l.fresh == nil {
		l.fresh = map[string]int{}
	}
	l.fresh[f.Source]++
	if state == New {
		l.due(host, f)
	}
	return res.LastInsertId()
}

// due notes that an address of a host became due.
func (l *ledger) due(host int64, f Found) {
	for i := range l.added {
		if l.added[i].Host == host && l.added[i].Source == f.Source {
			l.added[i].N++
			return
		}
	}
	l.added = append(l.added, Added{Host: host, Origin: f.Origin, Source: f.Source, N: 1})
}

// count writes how many new addresses each source got in this run.
func (l *ledger) count() error {
	for source, n := range l.fresh {
		if err := l.t.tally(l.run, source, "found", int64(n)); err != nil {
			return err
		}
	}
	return nil
}

// linkReasons are those for which an address was refused before any visit; a better find takes them back.
var linkReasons = map[Reason]bool{
	OutOfScope: true, Excluded: true, NoFollow: true, TooDeep: true, PolicyAsk: true, PolicyNever: true, Unregistered: true, RedirectChain: true,
}

// refound says what a known row becomes when its address is found again. It never depends on the order of the finds:
// the fewest links win, a find that may be followed beats one that may not, the higher priority beats the lower.
func refound(old URL, f Found, now time.Time) (URL, bool) {
	to := old
	if f.Reason != "" {
		return old, false
	}
	if f.Depth < old.Depth {
		to.Depth, to.Hops = f.Depth, f.Hops
	}
	if old.State == Refused && linkReasons[old.Reason] {
		to.State, to.Reason, to.Detail = New, "", ""
		to.Source, to.Kind, to.Via, to.Due, to.Priority = f.Source, f.Kind, f.Via, now, f.Priority
		to.Depth, to.Hops = f.Depth, f.Hops
	}
	if to.State == New {
		to.Priority = max(to.Priority, f.Priority)
		if old.Kind == Page {
			to.Kind = f.Kind // a sitemap that a page linked to first
		}
	}
	if f.Claimed.After(old.Claimed) {
		to = claimed(to, f.Claimed, now)
	}
	return to, to != old
}

// claimed brings a visit forward when a sitemap or feed says that the page is newer than our last look. A claim
// never puts a visit off, and one from the future counts as made now.
func claimed(to URL, at, now time.Time) URL {
	if at.After(now) {
		at = now
	}
	to.Claimed = at
	if !to.LastVisit.IsZero() && at.After(to.LastVisit) && to.Due.After(now) {
		to.Due, to.Priority = now, Listed
	}
	return to
}

// LeaseRequest asks for work on one host.
type LeaseRequest struct {
	Host    int64
	Now     time.Time
	Until   time.Time // end of the lease
	N       int
	Sources []string // only these; none means all
}

// Lease hands out up to N addresses of a host that are due, highest priority first, then longest due. Nobody else gets
// them before Until, before Record or before Release.
func (s *Store) Lease(ctx context.Context, r LeaseRequest) ([]URL, error) {
	var out []URL
	err := s.tx(ctx, func(t *txn) error {
		out = nil
		for p := Listings; p >= Revisits && len(out) < r.N; p-- {
			more, err := t.dueOn(r, p, r.N-len(out))
			if err != nil {
				return err
			}
			out = append(out, more...)
		}
		for _, u := range out {
			if err := t.exec(urlLease, ms(r.Until), u.ID); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

func (t *txn) dueOn(r LeaseRequest, p Priority, n int) ([]URL, error) {
	filter, args := sourceFilter(r.Sources)
	args = append([]any{r.Host, p, ms(r.Now), ms(r.Now)}, args...)
	return scanURLs(t.query("SELECT "+urlColumns+` FROM url INDEXED BY url_due
		WHERE host=? AND priority=? AND due>0 AND due<=? AND lease<=?`+filter+` ORDER BY due, id LIMIT ?`, append(args, n)...))
}

// sourceFilter is the SQL condition for a list of sources; none means all.
func sourceFilter(sources []string) (string, []any) {
	if len(sources) == 0 {
		return "", nil
	}
	args := make([]any, len(sources))
	for i, s := range sources {
		args[i] = s
	}
	return " AND source IN (?" + strings.Repeat(",?", len(sources)-1) + ")", args
}

// Release gives back leased addresses that were not visited.
func (s *Store) Release(ctx context.Context, ids ...int64) error {
	return s.tx(ctx, func(t *txn) error {
		for _, id := range ids {
			if err := t.exec("UPDATE url SET lease=0 WHERE id=?", id); err != nil {
				return err
			}
		}
		return nil
	})
}

// priorities lists all classes, for queries that take one seek in url_due per host and class.
const priorities = "SELECT 0 p UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4"

// Due counts by source the addresses that are due at now. It reads all that are due, and no others.
func (s *Store) Due(ctx context.Context, now time.Time, sources []string) (map[string]int, error) {
	filter, args := sourceFilter(sources)
	return counts(s.read.QueryContext(ctx, `SELECT source, count(*)
		FROM host CROSS JOIN (`+priorities+`) CROSS JOIN url INDEXED BY url_due
		WHERE url.host=host.id AND url.priority=p AND due>0 AND due<=?`+filter+` GROUP BY source`, append([]any{ms(now)}, args...)...))
}

// Recall makes addresses due again at once, without the validators of their last visit when afresh is set.
func (s *Store) Recall(ctx context.Context, now time.Time, afresh bool, ids ...int64) error {
	return s.tx(ctx, func(t *txn) error {
		for _, id := range ids {
			if err := t.recall(now, afresh, "id=?", id); err != nil {
				return err
			}
		}
		return nil
	})
}

func (t *txn) recall(now time.Time, afresh bool, where string, args ...any) error {
	set := "due=?"
	if afresh {
		set += ",etag='',last_modified='',body_hash=NULL"
	}
	return t.exec("UPDATE url SET "+set+" WHERE host>0 AND reason<>'taken-down' AND "+where, append([]any{ms(now)}, args...)...)
}
