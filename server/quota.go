package server

import (
	"crypto/rand"
	"crypto/sha256"
	"net/http"
	"sync"
	"time"
)

// quota bounds how often strangers may have something stored, each by himself and all together. An asker stands in it
// under a hash whose salt is thrown away at the end of every window, so that nothing leads from one window to the next
// or back to an address.
type quota struct {
	each, all int // in one window
	window    time.Duration
	asker     func(*http.Request) string
	now       func() time.Time

	mu    sync.Mutex // guards what follows
	salt  [saltBytes]byte
	ends  time.Time
	taken map[[8]byte]int
	sum   int
}

func newQuota(each, all int, window time.Duration, asker func(*http.Request) string, now func() time.Time) *quota {
	if asker == nil {
		asker = connection
	}
	return &quota{each: each, all: all, window: window, asker: asker, now: now}
}

// take counts one request and reports whether it is within the bounds. When all is full, that bounds those who come from
// many addresses; who has no address, such as a command on the control socket, is not bounded.
func (q *quota) take(r *http.Request) bool {
	asker := q.asker(r)
	if asker == "" {
		return true
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	if now := q.now(); !now.Before(q.ends) {
		rand.Read(q.salt[:]) // never fails, see crypto/rand
		q.ends, q.taken, q.sum = now.Add(q.window), map[[8]byte]int{}, 0
	}
	sum := sha256.Sum256(append(q.salt[:], asker...))
	key := [8]byte(sum[:8])
	if q.sum >= q.all || q.taken[key] >= q.each {
		return false
	}
	q.taken[key]++ // at most all entries
	q.sum++
	return true
}
