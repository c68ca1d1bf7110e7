package crawler

import "smaabornsviden/crawler/state"

// keeper brings what is stored in line with what has changed since without a visit: the register, the pipeline that makes
// documents of pages, and the sites' templates.
type keeper struct {
	c        *Crawler
	st       *state.Store
	run      state.Run
	recorder *recorder
}

func newKeeper(rec *recorder) *keeper {
	return &keeper{c: rec.c, st: rec.st, run: rec.run, recorder: rec}
}
