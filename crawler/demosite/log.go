package demosite

import "time"

// Request is one line of the server's own log, by which a crawler's manners are checked.
type Request struct {
	Time      time.Time // when the request came, by Options.Now
	Took      time.Duration
	Site      string // the site's letter, "" for an unknown host
	Host      string // as asked for, without port and ".localhost"
	Method    string
	Path      string // with query, as sent
	UserAgent string
	Status    int   // 0 when the connection was closed without an answer
	Bytes     int64 // of the body sent
	// Overlap counts the other requests to the same site that were being answered when this one came.
	Overlap int
}

// maxLog bounds the log's memory; a demonstration of days keeps the last requests.
const maxLog = 100_000

// requestLog is guarded by the server's mutex.
type requestLog struct {
	entries  []Request
	inFlight map[string]int // by site
}

func (l *requestLog) add(r Request) {
	if len(l.entries) >= maxLog {
		l.entries = append(l.entries[:0], l.entries[maxLog/2:]...)
	}
	l.entries = append(l.entries, r)
}

// Log returns the requests answered so far, in the order in which their answers ended.
func (s *Server) Log() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Request(nil), s.log.entries...)
}

// ResetLog empties the log.
func (s *Server) ResetLog() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.log.entries = nil
}

// begin counts a request in and returns how many others the site is answering.
func (s *Server) begin(site string) (overlap int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	overlap = s.log.inFlight[site]
	s.log.inFlight[site]++
	return overlap
}

func (s *Server) end(r Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.log.inFlight[r.Site]--
	s.log.add(r)
}
