package crawler

import (
	"time"

	"smaabornsviden/crawler/state"
)

// Waits after failures. They are written for real hosts; the demonstration compresses them.
const (
	firstRetry    = 30 * time.Second // then four times as long each time
	longestRetry  = 24 * time.Hour
	stubbornRetry = 7 * 24 * time.Hour // for what will not mend itself soon: forbidden, no such host
	circuitAfter  = 5                  // failures of a host in a row until it is left in peace
	circuitFirst  = time.Minute        // then twice as long each time
	firstThrottle = 15 * time.Second   // after 429 or 503 without Retry-After; then twice as long each time
	circuitMost   = time.Hour
	// trustedWaits is how often in a row a Retry-After shorter than our own wait is taken at its word.
	trustedWaits  = 2
	robotsRetries = 3 // tries in one run to read robots.txt before the host is left for the next run
)

// retryAfter is how long to wait after the n-th failure in a row, n from 1, spread by a quarter to both sides so that
// pages that failed together do not come back together. random lies in [0, 1).
func retryAfter(n int, why state.Reason, random float64) time.Duration {
	base := stubbornRetry
	if !stubborn[why] {
		base = longestRetry
		if n < 8 {
			base = min(longestRetry, firstRetry<<(2*(n-1)))
		}
	}
	return time.Duration(float64(base) * (0.75 + random/2))
}

// stubborn failures do not go away within hours.
var stubborn = map[state.Reason]bool{
	state.Forbidden: true, state.Blocked: true, state.TooLarge: true, state.PrivateAddress: true, state.HTTPError: true,
}

// hostFailures are those that tell about the whole host, not about the page.
var hostFailures = map[state.Reason]bool{
	state.ServerError: true, state.Timeout: true, state.DNS: true, state.TLS: true, state.Connection: true, state.Throttled: true,
}

// circuitFor is how long a host is left in peace after n failures in a row.
func circuitFor(n int) time.Duration {
	if n < circuitAfter {
		return 0
	}
	return min(circuitMost, circuitFirst<<min(n-circuitAfter, 10))
}

// Bounds of the time between two visits of one page.
const (
	pageLeast, pageMost                     = 24 * time.Hour, 90 * 24 * time.Hour
	listingFirst, listingLeast, listingMost = 24 * time.Hour, time.Hour, 24 * time.Hour
	sideInterval                            = 30 * 24 * time.Hour // aliases, redirects, noindex, unsupported
	goneInterval                            = 90 * 24 * time.Hour
	secondLook                              = 24 * time.Hour // between the two looks that make a 404 certain
)
