package crawler

import (
	"time"

	"smaabornsviden/crawler/state"
)

// task is a piece of work on one site: what the dispatcher gives to a worker.
type task struct {
	kind taskKind
	site *site
	url  state.URL // of visitURL
}

type taskKind int

const (
	lookUp taskKind = iota
	readRobotsTxt
	readTDMRep
	probe
	visitURL
)

// event tells the dispatcher what a worker did.
type event struct {
	task     task
	freed    bool // the site may be asked again at its time; for a page before it is read and recorded
	done     bool // the task is over
	added    []state.Added
	retryAt  time.Time
	addrs    []string
	robotsOK bool
	goOn     bool // the task's address has more to ask for: it is the site's next
	err      error
}
