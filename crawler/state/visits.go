package state

import (
	"context"
	"time"
)

// Visits tells when a source was and will be visited, and what went wrong with the addresses whose last visit failed.
// Zero times mean never.
type Visits struct {
	Last, LastOK, LastFailed time.Time
	Next                     time.Time
	Failed                   map[Reason]int
}

// Visits reads all addresses, source by source.
func (s *Store) Visits(ctx context.Context) (map[string]Visits, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT source, trouble, count(*), max(last_visit), max(last_ok),
		coalesce(min(CASE WHEN due>0 THEN due END),0) FROM url GROUP BY 1,2`)
	if err != nil {
		return nil, classify(err)
	}
	defer rows.Close()
	all := map[string]Visits{}
	for rows.Next() {
		var source string
		var trouble Reason
		var n int
		var last, ok, due int64
		if err := rows.Scan(&source, &trouble, &n, &last, &ok, &due); err != nil {
			return nil, classify(err)
		}
		v := all[source]
		v.add(trouble, n, when(last), when(ok), when(due))
		all[source] = v
	}
	return all, classify(rows.Err())
}

func (v *Visits) add(trouble Reason, n int, last, ok, due time.Time) {
	if last.After(v.Last) {
		v.Last = last
	}
	if ok.After(v.LastOK) {
		v.LastOK = ok
	}
	if !due.IsZero() && (v.Next.IsZero() || due.Before(v.Next)) {
		v.Next = due
	}
	if trouble == "" {
		return
	}
	if v.Failed == nil {
		v.Failed = map[Reason]int{}
	}
	v.Failed[trouble] += n
	if last.After(v.LastFailed) {
		v.LastFailed = last
	}
}
