package state

import (
	"database/sql"
	"time"
)

// clockSlack is how far a clock may be set back without a word: less than any date here matters by.
const clockSlack = time.Hour

// setBack returns how far the clock was set back since the last run. Pages that were visited under a clock that ran ahead
// would be left alone until it is that late again, for years perhaps, and so would hosts; they keep their intervals, from
// now on. What was seen missing has to be seen missing again: the day between two looks has not been measured.
func (t *txn) setBack(last Run, now time.Time) (time.Duration, error) {
	known := last.Started
	if last.Ended.After(known) {
		known = last.Ended
	}
	back := known.Sub(now)
	if last.ID == 0 || back <= clockSlack {
		return 0, nil
	}
	var first sql.NullInt64
	if err := t.row("SELECT min(started) FROM run").Scan(&first); err != nil {
		return 0, err
	}
	if ms(now) < first.Int64 {
		return back, nil // a clock that was lost begins in 1970 or 2000, and is put right soon
	}
	if err := t.exec(urlsBack, ms(now)); err != nil {
		return 0, err
	}
	return back, t.exec(hostsBack, ms(now))
}

const urlsBack = `UPDATE url SET
	due=CASE WHEN due<=?1 THEN due WHEN last_visit>?1 AND due>last_visit THEN ?1+due-last_visit ELSE ?1 END,
	first_miss=CASE WHEN first_miss>?1 THEN ?1 ELSE first_miss END, misses=CASE WHEN first_miss>?1 THEN min(misses,1) ELSE misses END,
	last_visit=min(last_visit,?1), last_ok=min(last_ok,?1), last_change=min(last_change,?1)
	WHERE last_visit>?1 OR last_visit=0 AND due>?1`

const hostsBack = `UPDATE host SET
	next_ok=CASE WHEN next_ok<=?1 THEN next_ok ELSE ?1+max(0,next_ok-max(last_ok,last_error_at)) END,
	open_until=CASE WHEN open_until<=?1 THEN open_until ELSE ?1+max(0,open_until-max(last_ok,last_error_at)) END,
	robots_at=0, robots_ok=min(robots_ok,?1), robots_failing=min(robots_failing,?1), probe_at=min(probe_at,?1),
	last_ok=min(last_ok,?1), last_error_at=min(last_error_at,?1)
	WHERE max(last_ok,last_error_at,robots_at)>?1`
