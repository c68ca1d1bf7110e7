package state

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Run is one crawl.
type Run struct {
	ID      int64
	Started time.Time
	Ended   time.Time // zero while it goes on, or when it was cut off
	Every   bool      // every page was made due, not only what was due by its own time
	Sources []string
	Resumed bool // Begin found it cut off and goes on with it
	// SetBack is how far the clock was set back since the last run, 0 when it was not. Begin has moved what was dated
	// later than now; a clock that stands before the very first run is believed less than the dates, and nothing is moved.
	SetBack time.Duration
}

// runsKept is how many finished runs keep their counts.
const runsKept = 200

// Begin starts a run, or goes on with the last one when that was cut off and had the same task: its pages keep the
// work that is done. With every set, all known addresses that are ever visited become due at once.
func (s *Store) Begin(ctx context.Context, now time.Time, every bool, sources []string) (Run, error) {
	var r Run
	err := s.tx(ctx, func(t *txn) error {
		var err error
		if r, err = t.lastRun(); err != nil {
			return err
		}
		back, err := t.setBack(r, now)
		if err != nil {
			return err
		}
		if r.ID != 0 && r.Ended.IsZero() && r.Every == every && slices.Equal(r.Sources, sources) && back == 0 {
			r.Resumed = true
			return nil
		}
		r = Run{Started: now, Every: every, Sources: slices.Clone(sources), SetBack: back}
		return t.begin(&r)
	})
	return r, err
}

func (t *txn) begin(r *Run) error {
	// A run that was cut off and is not gone on with ended when the next one began.
	if err := t.exec("UPDATE run SET ended=? WHERE ended=0", ms(r.Started)); err != nil {
		return err
	}
	res, err := t.result("INSERT INTO run(started,every,sources) VALUES(?,?,?)", ms(r.Started), r.Every, strings.Join(r.Sources, ","))
	if err != nil {
		return err
	}
	if r.ID, err = res.LastInsertId(); err != nil {
		return err
	}
	for _, table := range []string{"run WHERE id", "tally WHERE run"} {
		if err := t.exec("DELETE FROM "+table+"<=?", r.ID-runsKept); err != nil {
			return err
		}
	}
	if !r.Every {
		return nil
	}
	filter, args := sourceFilter(r.Sources)
	return t.exec("UPDATE url SET due=? WHERE due>?"+filter, append([]any{ms(r.Started), ms(r.Started)}, args...)...)
}

func (t *txn) lastRun() (Run, error) {
	r, err := scanRun(t.row("SELECT id,started,ended,every,sources FROM run ORDER BY id DESC LIMIT 1"))
	if errors.Is(err, sql.ErrNoRows) {
		return Run{}, nil
	}
	return r, err
}

func scanRun(row scanner) (Run, error) {
	var r Run
	var started, ended int64
	var sources string
	err := row.Scan(&r.ID, &started, &ended, &r.Every, &sources)
	r.Started, r.Ended = when(started), when(ended)
	if sources != "" {
		r.Sources = strings.Split(sources, ",")
	}
	return r, err
}

// End marks a run as finished.
func (s *Store) End(ctx context.Context, run int64, now time.Time) error {
	_, err := s.write.ExecContext(ctx, "UPDATE run SET ended=? WHERE id=?", ms(now), run)
	return classify(err)
}

// Runs returns up to n runs, the newest first.
func (s *Store) Runs(ctx context.Context, n int) ([]Run, error) {
	rows, err := s.read.QueryContext(ctx, "SELECT id,started,ended,every,sources FROM run ORDER BY id DESC LIMIT ?", n)
	return collect(rows, err, scanRun)
}

// Tallies returns the counts of a run by source and name: found, fetched, unchanged, written, removed, held, errors,
// error:REASON, bytes, ms.
func (s *Store) Tallies(ctx context.Context, run int64) (map[string]map[string]int64, error) {
	rows, err := s.read.QueryContext(ctx, "SELECT source,name,n FROM tally WHERE run=?", run)
	if err != nil {
		return nil, classify(err)
	}
	defer rows.Close()
	all := map[string]map[string]int64{}
	for rows.Next() {
		var source, name string
		var n int64
		if err := rows.Scan(&source, &name, &n); err != nil {
			return nil, classify(err)
		}
		if all[source] == nil {
			all[source] = map[string]int64{}
		}
		all[source][name] = n
	}
	return all, classify(rows.Err())
}

// Standings is how many addresses of a source stand in a state for a reason.
type Standings struct {
	Source string
	Kind   Kind
	State  State
	Reason Reason
	N      int
}

// Standings counts all addresses by source, kind, state and reason.
func (s *Store) Standings(ctx context.Context) ([]Standings, error) {
	rows, err := s.read.QueryContext(ctx, "SELECT source,kind,state,reason,count(*) FROM url GROUP BY 1,2,3,4 ORDER BY 1,2,3,4")
	return collect(rows, err, func(row scanner) (c Standings, err error) {
		err = row.Scan(&c.Source, &c.Kind, &c.State, &c.Reason, &c.N)
		return c, err
	})
}

// Settled is what Settle did for a source.
type Settled struct {
	Removed int
	Held    int // documents that stay until a person lets them go
}

// The brake: a source this large does not lose more than this share of its documents within brakeSpan without a person.
const (
	brakeFrom  = 10
	brakeShare = 0.20
	brakeSpan  = 24 * time.Hour
)

// braked says whether a loss of the given size waits for a person.
func braked(live, pending, recent int) bool {
	had := live + recent
	return had >= brakeFrom && float64(pending+recent) > brakeShare*float64(had)
}

// Settle removes the held documents of a source, or keeps all of them when too many would go. Documents that went the
// same way since the run began or within the last day count too, so that a slow loss is a loss. With force set the
// brake is off: a person has looked.
func (s *Store) Settle(ctx context.Context, run Run, source string, now time.Time, force bool) (Settled, error) {
	var done Settled
	err := s.tx(ctx, func(t *txn) error {
		done = Settled{}
		held, err := scanURLs(t.QueryContext(ctx, "SELECT "+urlColumns+" FROM url WHERE held>0 AND source=? AND doc<>'' ORDER BY id", source))
		if err != nil || len(held) == 0 {
			return err
		}
		stop, err := t.brake(run, source, now, len(held))
		if err != nil {
			return err
		}
		if stop && !force {
			done.Held = len(held)
			return t.exec("INSERT INTO tally VALUES(?,?,'held',?) ON CONFLICT DO UPDATE SET n=excluded.n", run.ID, source, len(held))
		}
		done.Removed = len(held)
		return t.letGo(held, run.ID, now)
	})
	return done, err
}

func (t *txn) brake(run Run, source string, now time.Time, pending int) (bool, error) {
	since := now.Add(-brakeSpan)
	if !run.Started.IsZero() && run.Started.Before(since) {
		since = run.Started
	}
	var live, recent int
	err := t.row(`SELECT (SELECT count(*) FROM document WHERE source=?1),
		(SELECT count(*) FROM removal WHERE source=?1 AND at>=?2 AND braked=1)`, source, ms(since)).Scan(&live, &recent)
	return braked(live, pending, recent), err
}

func (t *txn) letGo(held []URL, run int64, now time.Time) error {
	for _, u := range held {
		r := removal{row: u, doc: u.Doc, reason: u.Reason, run: run, at: now, braked: true, merged: u.State == Alias}
		if err := t.remove(r); err != nil {
			return fmt.Errorf("remove %s: %w", u.URL, err)
		}
	}
	return nil
}

// HeldSources returns the sources that have documents held, with how many.
func (s *Store) HeldSources(ctx context.Context) (map[string]int, error) {
	return counts(s.read.QueryContext(ctx, "SELECT source,count(*) FROM url WHERE held>0 AND doc<>'' GROUP BY source"))
}

// Pattern returns the yield of a family of addresses; the zero counts when it is new.
func (s *Store) Pattern(ctx context.Context, source, key string) (Pattern, error) {
	p := Pattern{Source: source, Key: key}
	var sketches []byte
	var exits int64
	err := s.read.QueryRowContext(ctx, "SELECT fetched,useful,sketches,barren,exits FROM pattern WHERE source=? AND key=?", source, key).Scan(&p.Fetched, &p.Useful, &sketches, &p.Barren, &exits)
	if errors.Is(err, sql.ErrNoRows) {
		return p, nil
	}
	p.Exits = uint64(exits)
	for i := 0; i+8 <= len(sketches); i += 8 {
		p.Sketches = append(p.Sketches, binary.LittleEndian.Uint64(sketches[i:]))
	}
	return p, classify(err)
}

func (t *txn) savePattern(p Pattern) error {
	sketches := make([]byte, 0, 8*len(p.Sketches))
	for _, s := range p.Sketches {
		sketches = binary.LittleEndian.AppendUint64(sketches, s)
	}
	return t.exec(`INSERT INTO pattern VALUES(?1,?2,?3,?4,?5,?6,?7) ON CONFLICT(source,key) DO UPDATE SET fetched=?3,useful=?4,sketches=?5,barren=?6,exits=?7`,
		p.Source, p.Key, p.Fetched, p.Useful, sketches, p.Barren, int64(p.Exits))
}
