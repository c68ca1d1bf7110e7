package crawler

import (
	"net/http"
	"time"

	"smaabornsviden/crawler/fetch"
	"smaabornsviden/crawler/state"
)

// manners are the waits that hold for a host.
type manners struct {
	least      time.Duration // ours and the register's; negative: none, on our own test sites
	crawlDelay time.Duration // robots.txt's, never shortened
	scaled     func(time.Duration) time.Duration
}

// delay is the wait after a request that took that long: a slow server is a loaded one.
func (m manners) delay(took time.Duration) time.Duration {
	if m.least < 0 {
		return m.scaled(m.crawlDelay)
	}
	return m.scaled(max(m.least, m.crawlDelay, 2*took))
}

// afterFetch says how a host stands after an answer, or after none.
func afterFetch(h state.Host, m manners, page fetch.Page, err error, now time.Time) state.Host {
	h.Delay = m.delay(page.Duration)
	h.NextOK = now.Add(h.Delay)
	why := hostTrouble(page, err)
	if why == "" {
		h.Fails, h.OpenUntil, h.LastOK, h.LastError = 0, time.Time{}, now, ""
		return h
	}
	h.Fails++
	h.LastError, h.LastErrorAt = string(why), now
	if wait := circuitFor(h.Fails); wait > 0 {
		h.OpenUntil = now.Add(m.scaled(wait))
	}
	if why == state.Throttled {
		// Without a named time the host gets one that doubles.
		wait := page.RetryAfter
		if wait == 0 {
			wait = min(circuitMost, firstThrottle<<min(h.Fails-1, 10))
		}
		h.NextOK = later(h.NextOK, now.Add(m.scaled(wait)))
	}
	return h
}

// hostTrouble is why an answer tells against the whole host, "" when it does not.
func hostTrouble(page fetch.Page, err error) state.Reason {
	why := state.Reason("")
	switch {
	case err != nil:
		why = failure(err)
	case page.Status == http.StatusTooManyRequests || page.Status >= 500:
		why = statusReason(page.Status)
	}
	if hostFailures[why] {
		return why
	}
	return ""
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
