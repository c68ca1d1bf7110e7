package state

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"smaabornsviden/index"
)

// Harvest is how far the harvest of an OAI-PMH provider has come. The zero value starts one from the beginning.
type Harvest struct {
	Since time.Time `json:"since,omitzero"` // the provider's clock when the last whole harvest began; zero asks for all

	// Of the harvest under way; Begun is zero when none is.
	Begun    time.Time `json:"begun,omitzero"`   // the provider's clock
	Started  time.Time `json:"started,omitzero"` // ours
	Seconds  bool      `json:"seconds,omitempty"`
	Deleted  string    `json:"deleted,omitempty"` // how long the provider tells deleted records: no, transient, persistent
	Token    string    `json:"token,omitempty"`
	Restarts int       `json:"restarts,omitempty"` // tokens that were lost
	Records  int       `json:"records,omitempty"`
	Unread   int       `json:"unread,omitempty"` // records that were malformed or name no address
	FullAt   time.Time `json:"full_at,omitzero"` // our clock at the last harvest of everything

	Prefix string   `json:"prefix,omitempty"` // metadata prefix of the records; "" until the provider was asked for its formats
	Poorer []string `json:"poorer,omitempty"` // prefixes that were tried in this harvest and say too little
}

// OAIRecord is the metadata of one work as a provider tells it.
type OAIRecord struct {
	ID string
	// Found is the landing page: of kind Page to have it visited, of kind Record where the metadata alone make the
	// document, with a Reason where there shall be none.
	Found    Found
	Document index.Document // only what the provider said
}

// Harvested is what one answer of a provider brought. It is written with the Outcome that it stands in.
type Harvested struct {
	Progress  Harvest
	Records   []OAIRecord
	Withdrawn []string // ids of deleted records
	// Unseen lets go of the documents whose records this whole harvest did not tell any more, started then.
	Unseen time.Time
	// Describe completes a document that has no page, as it is now.
	Describe func(*index.Document)
}

// Harvest returns the progress of a provider's row, the zero value when none is stored.
func (s *Store) Harvest(ctx context.Context, row int64) (Harvest, error) {
	var h Harvest
	var text []byte
	err := s.read.QueryRowContext(ctx, "SELECT progress FROM harvest WHERE url=?", row).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return h, nil
	}
	if err != nil {
		return h, classify(err)
	}
	if err := json.Unmarshal(text, &h); err != nil {
		return h, fmt.Errorf("stored harvest: %w: %w", ErrCorrupt, err)
	}
	return h, nil
}

// Told is what providers say of a row.
type Told struct {
	Documents []index.Document // of records whose landing page leads there, oldest id first
	Withdrawn string           // id of a record that was deleted, "" when none was or another one is live
}

// Told returns what providers say of a row and of the addresses that lead to it.
func (s *Store) Told(ctx context.Context, row int64) (Told, error) {
	var told Told
	rows, err := s.read.QueryContext(ctx, `WITH RECURSIVE leads(id, hop) AS (
			SELECT ?1, 0 UNION SELECT url.id, hop+1 FROM url JOIN leads ON url.target=leads.id AND url.target>0
			WHERE hop<10 AND url.state IN ('alias','redirect'))
		SELECT id,withdrawn,json FROM record WHERE url IN (SELECT id FROM leads) ORDER BY provider,id LIMIT 20`, row)
	if err != nil {
		return told, classify(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		var withdrawn bool
		var text []byte
		if err := rows.Scan(&id, &withdrawn, &text); err != nil {
			return told, classify(err)
		}
		if withdrawn {
			told.Withdrawn = id
			continue
		}
		d, err := decode(text, 0, 0)
		if err != nil {
			return told, err
		}
		told.Documents = append(told.Documents, d)
	}
	if len(told.Documents) > 0 {
		told.Withdrawn = ""
	}
	return told, classify(rows.Err())
}

// Reharvest forgets how far the harvest of a row has come and makes it due.
func (s *Store) Reharvest(ctx context.Context, now time.Time, row int64) error {
	return s.tx(ctx, func(t *txn) error {
		if err := t.exec("DELETE FROM harvest WHERE url=?", row); err != nil {
			return err
		}
		return t.recall(now, true, "id=?", row)
	})
}

// harvested writes what an answer of a provider brought.
func (w *recording) harvested() error {
	h := w.o.Harvested
	if h == nil {
		return nil
	}
	for _, r := range h.Records {
		if err := w.takeRecord(r); err != nil {
			return fmt.Errorf("record %s: %w", r.ID, err)
		}
	}
	for _, id := range h.Withdrawn {
		if err := w.withdraw(id); err != nil {
			return fmt.Errorf("deleted record %s: %w", id, err)
		}
	}
	if !h.Unseen.IsZero() {
		if err := w.letUnseenGo(h.Unseen); err != nil {
			return err
		}
	}
	text, err := json.Marshal(h.Progress)
	if err != nil {
		return err
	}
	return w.t.exec("INSERT INTO harvest VALUES(?1,?2) ON CONFLICT(url) DO UPDATE SET progress=?2", w.row.ID, string(text))
}

// knownRecord is a row of the table record.
type knownRecord struct {
	url       int64
	withdrawn bool
	json      string
}

func (w *recording) knownRecord(id string) (k knownRecord, ok bool, err error) {
	err = w.t.row("SELECT url,withdrawn,json FROM record WHERE provider=? AND id=?", w.row.ID, id).Scan(&k.url, &k.withdrawn, &k.json)
	if errors.Is(err, sql.ErrNoRows) {
		return k, false, nil
	}
	return k, err == nil, err
}

// takeRecord takes in one record. One that says what it said before changes nothing.
func (w *recording) takeRecord(r OAIRecord) error {
	if w.t.s.blocks.covers(r.Found.URL) {
		return nil
	}
	row, err := w.ledger.add(r.Found)
	if err != nil || r.Found.Reason != "" {
		return err
	}
	text, err := json.Marshal(r.Document)
	if err != nil {
		return err
	}
	old, known, err := w.knownRecord(r.ID)
	if err != nil {
		return err
	}
	same := known && !old.withdrawn && old.url == row && old.json == string(text)
	err = w.t.exec(`INSERT INTO record VALUES(?1,?2,?3,0,?4,?5) ON CONFLICT(provider,id) DO UPDATE SET url=?3,withdrawn=0,seen=?4,json=?5`,
		w.row.ID, r.ID, row, ms(w.o.At), string(text))
	if err != nil {
		return err
	}
	u, err := w.t.byID(row)
	if err != nil {
		return err
	}
	switch {
	case r.Found.Kind == Page && u.Kind == Record:
		return w.becomePage(u, r.Found)
	case u.Kind == Record:
		return w.putRecord(u, r.Document)
	case !same && u.LastVisit.IsZero():
		return nil // its first visit brings page and record together
	case !same:
		return w.lookAgain(u)
	}
	return nil
}

// becomePage has an address visited that was known by its record alone.
func (w *recording) becomePage(u URL, f Found) error {
	host, err := w.t.hostID(f.Origin)
	if err != nil {
		return err
	}
	w.ledger.due(host, f)
	return w.t.exec("UPDATE url SET kind=?,host=?,source=?,state=?,reason='',detail='',priority=?,due=? WHERE id=?",
		Page, host, f.Source, New, f.Priority, ms(w.o.At), u.ID)
}

// putRecord writes the document of an address that is known by its record alone.
func (w *recording) putRecord(u URL, d index.Document) error {
	told, err := Matter(d)
	if err != nil {
		return err
	}
	d.Source, d.URL = u.Source, u.URL
	if w.o.Harvested.Describe != nil {
		w.o.Harvested.Describe(&d)
	}
	w.t.s.known.drop(u.URL)
	err = w.t.exec("UPDATE url SET state=?,reason='',detail='',host=0,due=0,held=0,last_visit=?,last_ok=?,status=?,pipeline=? WHERE id=?",
		OK, ms(w.o.At), ms(w.o.At), w.o.Status, w.o.Pipeline, u.ID)
	if err != nil {
		return err
	}
	// The mark of what the provider told is the same as long as it tells the same.
	by := origin{page: mark(told), reading: w.o.Pipeline, sameReading: u.Pipeline == w.o.Pipeline}
	changed, old, err := w.t.put(u.ID, d, by, w.o.At, w.o.Status)
	if err != nil || !changed {
		return err
	}
	w.done.Changed = true
	if err := w.tellPut(u.ID, old, u.Pipeline); err != nil {
		return err
	}
	return w.t.tally(w.o.Run, u.Source, "written", 1)
}

// lookAgain has the page of a record fetched in full, so that page and record are joined anew.
func (w *recording) lookAgain(u URL) error {
	u, err := w.t.resolve(u.ID)
	if err != nil || u.Host == 0 || u.State == Refused {
		return err
	}
	w.t.s.known.drop(u.URL)
	w.ledger.due(u.Host, Found{Source: u.Source})
	return w.t.recall(w.o.At, true, "id=?", u.ID)
}

// withdraw takes out the document of a deleted record at once, wherever its landing page leads. The record stays known
// as withdrawn, so that a page that is still there does not bring it back.
func (w *recording) withdraw(id string) error {
	old, known, err := w.knownRecord(id)
	if err != nil || !known || old.withdrawn {
		return err
	}
	if err := w.t.exec("UPDATE record SET withdrawn=1,seen=? WHERE provider=? AND id=?", ms(w.o.At), w.row.ID, id); err != nil {
		return err
	}
	var others bool
	if err := w.t.row("SELECT EXISTS(SELECT 1 FROM record WHERE url=? AND withdrawn=0)", old.url).Scan(&others); err != nil || others {
		return err
	}
	landing, err := w.t.byID(old.url)
	if err != nil {
		return err
	}
	end, err := w.t.resolve(old.url)
	if err != nil {
		return err
	}
	for _, u := range []URL{landing, end} {
		if u.Doc == "" {
			continue
		}
		if err := w.t.remove(removal{row: u, doc: u.Doc, reason: Withdrawn, run: w.o.Run, at: w.o.At}); err != nil {
			return err
		}
		w.done.Changed = true
		if end.ID == landing.ID {
			break
		}
	}
	if landing.State != OK && landing.State != New && landing.State != Failed {
		return nil
	}
	w.t.s.known.drop(landing.URL)
	return w.t.exec("UPDATE url SET state=?,reason=?,detail=?,held=0 WHERE id=?", Gone, Withdrawn, id, landing.ID)
}

// letUnseenGo holds the documents without a page whose records a whole harvest did not tell: the provider does not say
// what it deletes, so it may as well have lost them.
func (w *recording) letUnseenGo(since time.Time) error {
	return w.t.exec(`UPDATE url SET held=1,state=?,reason=? WHERE kind=? AND doc<>'' AND id IN (
		SELECT url FROM record WHERE provider=? AND seen<?)`, Gone, Withdrawn, Record, w.row.ID, ms(since))
}
