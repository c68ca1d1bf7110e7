package state

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"
)

// Block is an address or a whole host that was taken down on request.
type Block struct {
	Entry string // a canonical address, or a host name without www
	At    time.Time
	Note  string
	Root  string // the entry along with which this one came: another address of the same text; "" when it was asked for itself
}

// ErrEntry: a block is neither an http(s) address nor a host name.
var ErrEntry = errors.New("neither an address nor a host name")

// blockList holds all entries in memory: it is asked for every address found.
type blockList struct {
	mu      sync.RWMutex
	entries map[string]bool
}

func (b *blockList) covers(address string) bool {
	b.mu.RLock()
	defer b.mu.RUnlock()
	if len(b.entries) == 0 {
		return false
	}
	_, host := cutAddress(address)
	return b.entries[address] || b.entries[host]
}

func (b *blockList) set(entry string, on bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.entries == nil {
		b.entries = map[string]bool{}
	}
	if on {
		b.entries[entry] = true
	} else {
		delete(b.entries, entry)
	}
}

// cutAddress returns the origin of an absolute address and its host as a block names it, without port and www.
func cutAddress(address string) (origin, host string) {
	scheme, rest, ok := strings.Cut(address, "://")
	if !ok {
		return "", ""
	}
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		rest = rest[:i]
	}
	return scheme + "://" + rest, bareHost(rest)
}

func bareHost(host string) string {
	if i := strings.LastIndexByte(host, ':'); i >= 0 && !strings.HasSuffix(host, "]") {
		host = host[:i]
	}
	return strings.TrimPrefix(strings.ToLower(host), "www.")
}

// entryOf makes the form of an entry by which it is looked up.
func entryOf(entry string) (string, error) {
	entry = strings.TrimSpace(entry)
	if strings.HasPrefix(entry, "http://") || strings.HasPrefix(entry, "https://") {
		return entry, nil
	}
	if host := bareHost(entry); host != "" && !strings.ContainsAny(entry, "/ ?#@") {
		return host, nil
	}
	return "", fmt.Errorf("block %q: %w", entry, ErrEntry)
}

// Block takes down a canonical address, or a host with all its addresses: documents leave at once, whatever the brake
// says, kept bodies and provider's records with them, and nothing of it is fetched or taken in again until Unblock. The
// other addresses of a page's text at its source go along: its print view would bring it back at the next crawl. It
// returns how many documents went.
func (s *Store) Block(ctx context.Context, now time.Time, entry, note string) (int, error) {
	entry, err := entryOf(entry)
	if err != nil {
		return 0, err
	}
	removed := 0
	err = s.tx(ctx, func(t *txn) error {
		removed = 0
		rows, err := t.under(entry)
		if err != nil {
			return err
		}
		var same []URL
		if strings.Contains(entry, "://") { // a host that goes takes no other host along
			if same, err = t.sameText(rows); err != nil {
				return err
			}
		}
		entries := []Block{{Entry: entry, At: now, Note: note}}
		for _, u := range same {
			entries = append(entries, Block{Entry: u.URL, At: now, Note: note, Root: entry})
		}
		for _, b := range entries {
			if err := t.enter(b); err != nil {
				return err
			}
		}
		for _, u := range append(rows, same...) {
			n, err := t.takeDown(u, now)
			if err != nil {
				return fmt.Errorf("take down %s: %w", u.URL, err)
			}
			removed += n
		}
		// From here on nothing new comes in, not even what is being fetched while this commits.
		for _, b := range entries {
			s.blocks.set(b.Entry, true)
		}
		return nil
	})
	if err != nil {
		_ = s.loadBlocks(context.WithoutCancel(ctx)) // the first error tells more
	}
	return removed, err
}

// enter writes an entry. One that was asked for itself stays that, and so does its place when it comes along again.
func (t *txn) enter(b Block) error {
	return t.exec(`INSERT INTO blocked(entry,at,note,root) VALUES(?1,?2,?3,?4)
		ON CONFLICT(entry) DO UPDATE SET at=?2,note=?3,root='' WHERE ?4=''`, b.Entry, ms(b.At), b.Note, b.Root)
}

// sameText returns the other rows that are known as addresses of the same texts: the page of which a row is a copy, and
// the copies of a row. A redirect is no copy: it may lead to a front page.
func (t *txn) sameText(rows []URL) ([]URL, error) {
	have := map[int64]bool{}
	for _, u := range rows {
		have[u.ID] = true
	}
	var more []URL
	for queue := rows; len(queue) > 0; queue = queue[1:] {
		near, err := scanURLs(t.query("SELECT "+urlColumns+` FROM url WHERE target=?1 AND target>0 AND state='alias' AND reason<>?3
			UNION SELECT `+urlColumns+" FROM url WHERE id=?2 AND id>0", queue[0].ID, aliasTarget(queue[0]), FileOf))
		if err != nil {
			return nil, err
		}
		for _, u := range near {
			if !have[u.ID] {
				have[u.ID] = true
				more = append(more, u)
				queue = append(queue[:len(queue):len(queue)], u)
			}
		}
	}
	return more, nil
}

// aliasTarget is the row whose text a row repeats, 0 when it repeats none. A file is a part of its page, which may stay
// without it.
func aliasTarget(u URL) int64 {
	if u.State != Alias || u.Reason == FileOf {
		return 0
	}
	return u.Target
}

// under returns the rows that an entry covers.
func (t *txn) under(entry string) ([]URL, error) {
	if strings.Contains(entry, "://") {
		return scanURLs(t.query("SELECT "+urlColumns+" FROM url WHERE url=?", entry))
	}
	var all []URL
	for _, prefix := range []string{"http://", "https://", "http://www.", "https://www."} {
		rows, err := scanURLs(t.query("SELECT "+urlColumns+" FROM url WHERE url>=?1 AND url<?1||char(1114111)", prefix+entry))
		if err != nil {
			return nil, err
		}
		for _, u := range rows {
			if _, host := cutAddress(u.URL); host == entry {
				all = append(all, u)
			}
		}
	}
	return all, nil
}

// takeDown refuses one row for good and removes the documents that depend on it; it returns how many.
func (t *txn) takeDown(u URL, now time.Time) (int, error) {
	rows, err := t.redirectors(u.ID)
	if err != nil {
		return 0, err
	}
	removed := 0
	for _, from := range append(rows, u) {
		if from.Doc == "" {
			continue
		}
		removed++
		if err := t.remove(removal{row: from, doc: from.Doc, reason: TakenDown, at: now}); err != nil {
			return 0, err
		}
	}
	t.s.known.drop(u.URL)
	for _, query := range []string{
		"DELETE FROM record WHERE url=?", "DELETE FROM filetext WHERE url=?",
		"UPDATE claim SET stale=1 WHERE file=?", // pages that have its text are made anew
		"DELETE FROM claim WHERE page=?",
		"DELETE FROM news WHERE doc IN (SELECT doc FROM removal WHERE url=?)", // what went before it was asked for
	} {
		if err := t.exec(query, u.ID); err != nil {
			return 0, err
		}
	}
	return removed, t.exec(`UPDATE url SET state=?,reason=?,detail='',trouble='',due=0,held=0,target=0,canonical=0,
		etag='',last_modified='',hash=NULL,body_hash=NULL,sketch=0 WHERE id=?`, Refused, TakenDown, u.ID)
}

// Unblock takes an entry back with those that came along with it: their addresses are visited again. ErrNotFound tells
// that there is no such entry.
func (s *Store) Unblock(ctx context.Context, now time.Time, entry string) error {
	entry, err := entryOf(entry)
	if err != nil {
		return err
	}
	err = s.tx(ctx, func(t *txn) error {
		var n int
		err := t.row("DELETE FROM blocked WHERE entry=? RETURNING 1", entry).Scan(&n)
		if errors.Is(err, sql.ErrNoRows) {
			return fmt.Errorf("unblock %s: %w", entry, ErrNotFound)
		}
		if err != nil {
			return err
		}
		entries, err := t.leave(entry)
		if err != nil {
			return err
		}
		for _, e := range append(entries, entry) {
			s.blocks.set(e, false)
		}
		for _, e := range append(entries, entry) {
			if err := t.giveBackUnder(e, now); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		_ = s.loadBlocks(context.WithoutCancel(ctx)) // the first error tells more
		return err
	}
	s.pauses.release()
	return nil
}

// leave deletes the entries that came along with one and returns them.
func (t *txn) leave(root string) ([]string, error) {
	rows, err := t.query("DELETE FROM blocked WHERE root=? RETURNING entry", root)
	return collect(rows, err, column[string])
}

func (t *txn) giveBackUnder(entry string, now time.Time) error {
	rows, err := t.under(entry)
	if err != nil {
		return err
	}
	for _, u := range rows {
		if u.Reason != TakenDown || t.s.blocks.covers(u.URL) {
			continue
		}
		if err := t.giveBack(u, now); err != nil {
			return err
		}
	}
	return nil
}

func (t *txn) giveBack(u URL, now time.Time) error {
	if u.Kind == Record {
		return t.exec("UPDATE url SET reason=? WHERE id=?", OutOfScope, u.ID) // its provider brings it back
	}
	origin, _ := cutAddress(u.URL)
	host, err := t.hostID(origin)
	if err != nil {
		return err
	}
	return t.exec("UPDATE url SET state=?,reason='',host=?,due=? WHERE id=?", New, host, ms(now), u.ID)
}

// Blocks returns all entries in their order.
func (s *Store) Blocks(ctx context.Context) ([]Block, error) {
	rows, err := s.read.QueryContext(ctx, "SELECT entry,at,note,root FROM blocked ORDER BY entry")
	return collect(rows, err, func(row scanner) (b Block, err error) {
		var at int64
		err = row.Scan(&b.Entry, &at, &b.Note, &b.Root)
		b.At = when(at)
		return b, err
	})
}

// IsBlocked reports whether a canonical address was taken down.
func (s *Store) IsBlocked(address string) bool { return s.blocks.covers(address) }

// loadBlocks makes the list in memory what the table says.
func (s *Store) loadBlocks(ctx context.Context) error {
	all, err := s.Blocks(ctx)
	if err != nil {
		return err
	}
	entries := map[string]bool{}
	for _, b := range all {
		entries[b.Entry] = true
	}
	s.blocks.mu.Lock()
	defer s.blocks.mu.Unlock()
	s.blocks.entries = entries
	return nil
}

// takenDown is what an outcome comes to at an address that was taken down, perhaps while it was being fetched.
func takenDown(o Outcome) Outcome {
	return Outcome{
		URL: o.URL, Run: o.Run, Epoch: o.Epoch, At: o.At, Fetched: o.Fetched, Status: o.Status, Bytes: o.Bytes, Took: o.Took,
		Host: o.Host, State: Refused, Reason: TakenDown, Removal: AtOnce,
	}
}
