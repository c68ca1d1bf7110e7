package state

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// Record writes what a visit came to in one transaction: the row of the address, the links it brought, the document
// version with its outbox row, the kept body, the counts of the run. After an error nothing of it is stored.
func (s *Store) Record(ctx context.Context, o Outcome) (Recorded, error) {
	var done Recorded
	err := s.tx(ctx, func(t *txn) error {
		done = Recorded{}
		row, err := t.byID(o.URL)
		if err != nil {
			return err
		}
		s.known.drop(row.URL)
		if s.blocks.covers(row.URL) {
			o = takenDown(o)
		}
		w := &recording{
			t: t, o: o, before: row, row: row,
			ledger: ledger{t: t, now: o.At, run: o.Run, referrer: row.ID},
		}
		if err := w.write(); err != nil {
			return fmt.Errorf("record %s: %w", row.URL, err)
		}
		done = w.done
		done.Added = w.ledger.added
		done.Doc = w.row.Doc
		return nil
	})
	return done, err
}

// recording is one Record under way.
type recording struct {
	t      *txn
	o      Outcome
	before URL
	row    URL
	ledger ledger
	done   Recorded
}

func (w *recording) write() error {
	w.settleRow()
	steps := []func() error{w.links, w.saveRow, w.documents, w.keepBody, w.leftTarget, w.files, w.harvested, w.log, w.trust, w.extras, w.ledger.count}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// Bounds of texts that foreign servers write.
const (
	maxDetail    = 500
	maxValidator = 1000 // a longer ETag is not worth sending back
)

// settleRow applies the outcome to the row, in memory.
func (w *recording) settleRow() {
	w.bound()
	o, u := w.o, &w.row
	u.Due, u.Lease, u.Fails = o.Due, time.Time{}, o.Fails
	if o.Fetched {
		u.Checks++
		u.LastVisit, u.Status = o.At, o.Status
	}
	if o.State == Failed {
		w.applyFailure()
		return
	}
	u.State, u.Reason, u.Detail, u.Trouble = o.State, o.Reason, o.Detail, ""
	u.Priority, u.Interval, u.Misses, u.FirstMiss = o.Priority, o.Interval, o.Misses, o.FirstMiss
	u.Held = false
	if !o.NotModified {
		u.Target = 0
	}
	if o.State == OK || o.State == Alias || o.State == Redirect {
		u.LastOK = o.At
	}
	switch {
	case o.Read:
		w.applyRead()
	case o.NotModified && o.Fetched && w.before.Kind == Page && w.before.BodyHash == "":
		u.Due = o.At // recalled to be read in full while this visit was under way
	case o.NotModified:
		w.renewValidators()
	}
}

// bound cuts what foreign servers may make long.
func (w *recording) bound() {
	if len(w.o.Detail) > maxDetail {
		w.o.Detail = strings.ToValidUTF8(w.o.Detail[:maxDetail], "") + " …"
	}
	if len(w.o.ETag) > maxValidator || len(w.o.LastModified) > maxValidator {
		w.o.ETag, w.o.LastModified = "", ""
	}
}

// renewValidators takes over what an answer without news said about itself.
func (w *recording) renewValidators() {
	if w.o.ETag != "" || w.o.LastModified != "" {
		w.row.ETag, w.row.LastModified = w.o.ETag, w.o.LastModified
	}
}

// applyFailure notes a visit that does not count.
func (w *recording) applyFailure() {
	u := &w.row
	u.Trouble = w.o.Reason
	if u.State == New || u.State == Failed {
		u.State, u.Reason, u.Detail = Failed, w.o.Reason, w.o.Detail
	}
}

func (w *recording) applyRead() {
	o, u := w.o, &w.row
	if o.Hash != u.Hash {
		u.LastChange = o.At
		if u.Hash != "" {
			u.Changes++
		}
	}
	u.ETag, u.LastModified, u.Hash, u.BodyHash = o.ETag, o.LastModified, o.Hash, o.BodyHash
	u.Sketch, u.Pipeline, u.Canonical = o.Sketch, o.Pipeline, 0
}

// links takes in everything that the visit named.
func (w *recording) links() error {
	for _, f := range w.o.Links {
		if err := w.ledger.link(f); err != nil {
			return err
		}
	}
	if err := w.link(w.o.Canonical, &w.row.Canonical); err != nil {
		return err
	}
	return w.link(w.o.Target, &w.row.Target)
}

func (w *recording) link(f *Found, column *int64) error {
	if f == nil {
		return nil
	}
	id, err := w.ledger.add(*f)
	if err != nil || id == w.row.ID {
		return err // an address that names itself leads nowhere
	}
	*column = id
	return nil
}

func (w *recording) saveRow() error {
	u := w.row
	return w.t.exec(urlSave,
		u.State, u.Reason, u.Detail, u.Trouble, u.Priority, ms(u.Due), u.ETag, u.LastModified, u.Status, blob(u.Hash), blob(u.BodyHash),
		u.Target, u.Canonical, u.Held, u.Checks, u.Changes, u.Misses, u.Fails, ms(u.FirstMiss), ms(u.LastVisit), ms(u.LastOK), ms(u.LastChange),
		u.Interval.Milliseconds(), int64(u.Sketch), u.Pipeline, u.ID)
}

// blob stores an unknown hash as NULL.
func blob(s string) any {
	if s == "" {
		return nil
	}
	return []byte(s)
}

// documents brings the live documents in line with the outcome.
func (w *recording) documents() error {
	switch {
	case w.o.State == OK && w.o.Document != nil:
		return w.putDocument()
	case w.o.State == Alias, w.o.State == Redirect:
		return w.giveDocument()
	case w.o.Removal != Keep:
		return w.dropDocuments()
	}
	return nil
}

// putDocument writes a version of what was read. Documents of addresses that lead here come along first, so that an
// established id survives a move.
func (w *recording) putDocument() error {
	if err := w.absorbInto(w.row.ID); err != nil {
		return err
	}
	movers, err := w.t.redirectors(w.row.ID)
	if err != nil {
		return err
	}
	for _, from := range movers {
		if err := w.merge(from, w.row.ID); err != nil {
			return err
		}
	}
	changed, old, err := w.t.put(w.row.ID, *w.o.Document, originOf(w.o, w.before), w.o.At, w.o.Status)
	if err != nil {
		return err
	}
	w.done.Changed = w.done.Changed || changed
	if changed {
		if err := w.tellPut(w.row.ID, old, w.before.Pipeline); err != nil {
			return err
		}
	}
	if w.before.Doc != "" && w.before.Hash != w.o.Hash {
		// What was equal to the old text may speak for itself now.
		err = w.t.recall(w.o.At, true, "target=? AND target>0 AND state='alias' AND reason=? AND hash<>?", w.row.ID, Duplicate, []byte(w.o.Hash))
	}
	return errorOr(err, w.reload)
}

func (w *recording) absorbInto(winner int64) error {
	for _, a := range w.o.Absorb {
		if a.URL == winner || a.URL == w.row.ID {
			continue
		}
		if err := w.absorb(a, winner); err != nil {
			return err
		}
	}
	return nil
}

// absorb makes another row an alias of the winner.
func (w *recording) absorb(a Absorbed, winner int64) error {
	other, err := w.t.byID(a.URL)
	if err != nil {
		return err
	}
	err = w.t.exec("UPDATE url SET state=?,reason=?,detail='',target=?,held=0 WHERE id=?", Alias, a.Reason, winner, other.ID)
	if err != nil {
		return err
	}
	if err := w.t.exec("UPDATE url SET target=? WHERE target=? AND target>0 AND state='alias' AND id<>?", winner, other.ID, winner); err != nil {
		return err
	}
	return w.merge(other, winner)
}

// giveDocument hands the document of an address that became an alias or a redirect to where it leads.
func (w *recording) giveDocument() error {
	target, err := w.t.resolve(w.row.Target)
	if err != nil {
		return err
	}
	switch {
	case target.Doc != "" && target.ID != w.row.ID:
		if err := w.merge(w.row, target.ID); err != nil {
			return err
		}
		if err := w.absorbInto(target.ID); err != nil {
			return err
		}
		changed, err := w.t.refresh(target.ID, w.o.At)
		w.done.Changed = w.done.Changed || changed
		return errorOr(err, w.reload)
	case target.State == Refused, target.State == Unsupported, target.State == Gone && !target.LastVisit.Before(w.o.Epoch):
		w.o.Removal = max(w.o.Removal, Hold)
		return w.dropDocuments()
	}
	// Otherwise the document waits here for the outcome there. Being sent to an address that was thought dead is
	// news: it is looked at again.
	return w.t.recall(w.o.At, true, "id=? AND last_visit<? AND state IN ('gone','missing')", target.ID, ms(w.o.Epoch))
}

func errorOr(err error, next func() error) error {
	if err != nil {
		return err
	}
	return next()
}

// merge gives the document at loser to the row winner. When both have one, the id that was established before this
// run stays, else the winner's own: so one run ends with the same ids in whatever order it met the pages. Where
// both are established, one goes for good, and that waits for the brake.
func (w *recording) merge(loser URL, winner int64) error {
	if loser.Doc == "" {
		return nil
	}
	from, err := w.t.document(loser.ID)
	if err != nil {
		return err
	}
	into, err := w.t.document(winner)
	if err != nil {
		return err
	}
	w.done.Changed = true
	epoch := ms(w.o.Epoch)
	switch {
	case from.created >= epoch:
		return w.t.remove(removal{row: loser, doc: from.id, reason: Duplicate, run: w.o.Run, at: w.o.At, merged: true})
	case into.id != "" && into.created < epoch:
		return w.t.exec("UPDATE url SET held=1 WHERE id=?", loser.ID)
	}
	return w.t.move(from, into, winner, w.o.At)
}

// dropDocuments takes out, or holds for Settle, the documents that depend on this address.
func (w *recording) dropDocuments() error {
	rows, err := w.t.redirectors(w.row.ID)
	if err != nil {
		return err
	}
	for _, u := range append(rows, w.row) {
		if u.Doc == "" {
			continue
		}
		if w.o.Removal == Hold {
			err = w.t.exec("UPDATE url SET held=1 WHERE id=?", u.ID)
		} else {
			w.done.Changed, w.done.Removed = true, true
			err = w.t.remove(removal{row: u, doc: u.Doc, reason: w.o.Reason, run: w.o.Run, at: w.o.At})
		}
		if err != nil {
			return err
		}
	}
	return w.reload()
}

func (w *recording) reload() error {
	row, err := w.t.byID(w.row.ID)
	w.row = row
	return err
}

// keepBody stores the body of a live document and forgets that of a row without one.
func (w *recording) keepBody() error {
	if w.row.Doc == "" && w.before.Doc != "" {
		return w.t.exec("DELETE FROM body WHERE url=?", w.row.ID)
	}
	if w.o.Body == nil || w.row.Doc == "" {
		return nil
	}
	return w.t.putBody(w.row.ID, *w.o.Body, w.o.At)
}

// leftTarget renews the list of other addresses of a document that this row no longer leads to.
func (w *recording) leftTarget() error {
	if w.before.Target == 0 || w.before.Target == w.row.Target || w.o.State == Failed {
		return nil
	}
	target, err := w.t.resolve(w.before.Target)
	if err != nil || target.Doc == "" {
		return err
	}
	changed, err := w.t.refresh(target.ID, w.o.At)
	w.done.Changed = w.done.Changed || changed
	return err
}

// visitsKept is how many visits of one address stay in the log: enough to see a pattern, few enough not to grow.
const visitsKept = 8

// log writes the visit and the counts of the run. An answer given without a request is logged when it is news.
func (w *recording) log() error {
	o := w.o
	if !o.Fetched && w.row.State == w.before.State && w.row.Reason == w.before.Reason {
		return w.tallies()
	}
	err := w.t.exec(visitAdd, w.row.ID, ms(o.At), o.Run, o.Status, o.State, o.Reason, o.Bytes, o.Took.Milliseconds())
	if err != nil {
		return err
	}
	if w.row.Checks > visitsKept {
		err = w.t.exec(`DELETE FROM visit WHERE url=?1 AND at<=(SELECT at FROM visit WHERE url=?1 ORDER BY at DESC LIMIT 1 OFFSET ?2)`, w.row.ID, visitsKept)
		if err != nil {
			return err
		}
	}
	return w.tallies()
}

func (w *recording) tallies() error {
	o := w.o
	counts := map[string]int64{"bytes": o.Bytes, "ms": o.Took.Milliseconds()}
	if o.Fetched {
		counts["fetched"] = 1
	}
	if o.NotModified {
		counts["unchanged"] = 1
	}
	if o.State == Failed {
		counts["errors"], counts["error:"+string(o.Reason)] = 1, 1
	}
	if w.done.Changed && !w.done.Removed && o.Document != nil {
		counts["written"] = 1
	}
	for name, n := range counts {
		if err := w.t.tally(o.Run, w.row.Source, name, n); err != nil {
			return err
		}
	}
	return nil
}

// tally adds to a count of a run; run 0 is no run.
func (t *txn) tally(run int64, source, name string, n int64) error {
	if run == 0 || n == 0 {
		return nil
	}
	return t.exec(tallyAdd, run, source, name, n)
}

// trust counts the claims of a host that a page has changed when it has not; one that was true clears the count.
func (w *recording) trust() error {
	b := w.before
	if !w.o.Fetched || w.o.State != OK || b.Host == 0 || b.LastVisit.IsZero() || !b.Claimed.After(b.LastVisit) {
		return nil
	}
	if w.o.NotModified || w.o.Hash == b.Hash {
		return w.t.exec("UPDATE host SET lies=lies+1 WHERE id=?", b.Host)
	}
	return w.t.exec("UPDATE host SET lies=0 WHERE id=? AND lies>0", b.Host)
}

// extras saves what came along with the outcome.
func (w *recording) extras() error {
	if w.o.Host != nil {
		if err := w.t.saveHost(*w.o.Host); err != nil {
			return err
		}
	}
	for _, p := range w.o.Patterns {
		if err := w.t.savePattern(p); err != nil {
			return err
		}
	}
	return nil
}
