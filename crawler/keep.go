package crawler

import "smaabornsviden/crawler/state"

// keeper brings what is stored in line with what has changed since without a visit: the register, the pipeline that makes
// documents of pages, and the sites' templates. It works while no visit is under way.
type keeper struct {
	c        *Crawler
	st       *state.Store
	run      state.Run
	reader   *reader
	recorder *recorder
}

func newKeeper(rec *recorder) *keeper {
	return &keeper{c: rec.c, st: rec.st, run: rec.run, reader: rec.reader, recorder: rec}
}

// keeper is one outside any run.
func (c *Crawler) keeper() *keeper { return newKeeper(newReviser(c, newReader(c), c.o.Clock.Now())) }
