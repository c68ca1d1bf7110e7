package server

import (
	"crypto/rand"
	"crypto/sha256"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"smaabornsviden/index/query"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/page"
)

// What is remembered of searches without results, and when it is told.
const (
	zeroAskers   = 5 // different ones on one day, before a search is known at all
	zeroLongest  = 80
	zeroPending  = 20_000 // searches of one day that fewer have asked for: some 3 MB
	zeroKept     = 200
	zeroDays     = 14
	zeroMostSeen = 1000 // askers counted for one search
)

// zeroHits counts searches that find nothing, in memory alone. A search that fewer than five different askers made on a
// day is only a salted hash with the salted hashes of who asked: its words are not there, and at midnight the salt is
// thrown away with all of it. From the fifth on the words of that fifth search are kept.
type zeroHits struct {
	asker func(*http.Request) string
	now   func() time.Time

	mu      sync.Mutex // guards what follows
	salt    [saltBytes]byte
	day     string
	pending map[[8]byte]map[[8]byte]bool // askers by search
	known   []page.ZeroHit               // newest day first
}

func newZeroHits(asker func(*http.Request) string, now func() time.Time) *zeroHits {
	if asker == nil {
		asker = connection
	}
	return &zeroHits{asker: asker, now: now}
}

// note counts a search that found nothing. Filters may be why there is nothing, so searches with any do not count.
func (z *zeroHits) note(r *http.Request, ans answer.Answer) {
	text, ok := countable(ans)
	asker := z.asker(r)
	if !ok || asker == "" {
		return
	}
	z.mu.Lock()
	defer z.mu.Unlock()
	now := z.now()
	z.turn(now)
	search, who := z.hash("search", text), z.hash("asker", asker)
	askers := z.pending[search]
	if askers == nil {
		if len(z.pending) >= zeroPending {
			return // a flood of nonsense must not fill the memory; tomorrow is a new day
		}
		askers = map[[8]byte]bool{}
		z.pending[search] = askers
	}
	if len(askers) >= zeroMostSeen {
		return
	}
	askers[who] = true
	if len(askers) >= zeroAskers {
		z.tell(text, len(askers), now)
	}
}

// countable is the form in which a search is counted. What looks like more than words about the field is not counted at
// all: numbers that may be somebody's, addresses, long texts.
func countable(ans answer.Answer) (string, bool) {
	q := ans.Question
	if ans.Total > 0 || q.Filtered() || len(q.Off) > 0 {
		return "", false
	}
	text := strings.Join(strings.Fields(strings.ToLower(q.Text)), " ")
	digits := 0
	for _, r := range text {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	personal := digits > 4 || strings.ContainsAny(text, "@/") || query.LooksLikeCPR(text)
	return text, text != "" && !personal && utf8.RuneCountInString(text) <= zeroLongest
}

// turn begins a new day with a new salt.
func (z *zeroHits) turn(now time.Time) {
	if day := now.Format(time.DateOnly); day != z.day {
		z.day, z.pending = day, map[[8]byte]map[[8]byte]bool{}
		rand.Read(z.salt[:]) // never fails, see crypto/rand
		oldest := now.AddDate(0, 0, -zeroDays)
		z.known = slices.DeleteFunc(z.known, func(h page.ZeroHit) bool { return h.Day.Before(oldest) })
	}
}

func (z *zeroHits) hash(kind, text string) [8]byte {
	sum := sha256.Sum256(append(append(z.salt[:], kind...), text...))
	return [8]byte(sum[:8])
}

// tell keeps a search, or its new count on the same day.
func (z *zeroHits) tell(text string, askers int, now time.Time) {
	i := slices.IndexFunc(z.known, func(h page.ZeroHit) bool { return h.Text == text && h.Day.Format(time.DateOnly) == z.day })
	if i >= 0 {
		z.known[i].Askers = askers
		return
	}
	z.known = slices.Insert(z.known, 0, page.ZeroHit{Text: text, Askers: askers, Day: now})
	z.known = z.known[:min(len(z.known), zeroKept)]
}

// list is what may be told, newest first.
func (z *zeroHits) list() []page.ZeroHit {
	z.mu.Lock()
	defer z.mu.Unlock()
	z.turn(z.now())
	return slices.Clone(z.known)
}
