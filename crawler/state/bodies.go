package state

import (
	"bytes"
	"compress/flate"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

// Body is what a page answered, kept to be read again by a better reader. Personal data is masked when it is stored.
type Body struct {
	URL    int64
	Header http.Header // only what reading needs; see keptHeaders
	Bytes  []byte
	At     time.Time
}

// keptHeaders are the response headers that reading a page depends on.
var keptHeaders = []string{"Content-Type", "Content-Language", "X-Robots-Tag", "Link", "Last-Modified", "Tdm-Reservation"}

// Textual reports whether a body may be kept: personal data can be masked in text, not inside compressed formats.
func Textual(body []byte) bool {
	return len(body) > 0 && bytes.IndexByte(body, 0) < 0 && !bytes.HasPrefix(body, []byte("%PDF-")) && !bytes.HasPrefix(body, []byte("PK\x03\x04"))
}

// Masked is a body as it would be kept, itself when it is not text.
func (s *Store) Masked(body []byte) []byte {
	if !Textual(body) {
		return body
	}
	return s.masker(body)
}

func (t *txn) putBody(row int64, b Body, at time.Time) error {
	if !Textual(b.Bytes) {
		return t.exec("DELETE FROM body WHERE url=?", row)
	}
	header, err := json.Marshal(pick(b.Header))
	if err != nil {
		return err
	}
	packed, err := t.s.pack(t.s.masker(b.Bytes))
	if err != nil {
		return err
	}
	return t.exec(bodySave, row, string(header), packed, ms(at))
}

func pick(h http.Header) http.Header {
	kept := http.Header{}
	for _, name := range keptHeaders {
		if v := h.Values(name); len(v) > 0 {
			kept[http.CanonicalHeaderKey(name)] = v
		}
	}
	return kept
}

// pack compresses a body. A writer holds more than a megabyte, so they are used again.
func (s *Store) pack(b []byte) ([]byte, error) {
	var out bytes.Buffer
	w, ok := s.packers.Get().(*flate.Writer)
	if ok {
		w.Reset(&out)
	} else {
		// BestSpeed: a page costs a tenth of a millisecond and shrinks to a fifth; better levels cost more than they save.
		var err error
		if w, err = flate.NewWriter(&out, flate.BestSpeed); err != nil {
			return nil, err
		}
	}
	defer s.packers.Put(w)
	if _, err := w.Write(b); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func unpack(b []byte) ([]byte, error) {
	out, err := io.ReadAll(flate.NewReader(bytes.NewReader(b)))
	if err != nil {
		return nil, fmt.Errorf("stored body: %w: %w", ErrCorrupt, err)
	}
	return out, nil
}

// Body returns the kept body of a row, or ErrNotFound.
func (s *Store) Body(ctx context.Context, row int64) (Body, error) {
	b, err := scanBody(s.read.QueryRowContext(ctx, "SELECT url,header,packed,at FROM body WHERE url=?", row))
	if errors.Is(err, sql.ErrNoRows) {
		return Body{}, fmt.Errorf("body of address number %d: %w", row, ErrNotFound)
	}
	return b, err
}

// Bodies returns up to n kept bodies by the number of their rows, those after the one given; fewer when they are large.
func (s *Store) Bodies(ctx context.Context, after int64, n int) ([]Body, error) {
	rows, err := s.read.QueryContext(ctx, "SELECT url,header,packed,at FROM body WHERE url>? ORDER BY url LIMIT ?", after, n)
	if err != nil {
		return nil, classify(err)
	}
	defer rows.Close()
	return scanBodies(rows)
}

// scanBodies reads rows until they are large.
func scanBodies(rows *sql.Rows) ([]Body, error) {
	var all []Body
	for size := 0; size < maxAnswer && rows.Next(); {
		b, err := scanBody(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, b)
		size += len(b.Bytes)
	}
	return all, classify(rows.Err())
}

func scanBody(row scanner) (Body, error) {
	var b Body
	var header, packed []byte
	var at int64
	if err := row.Scan(&b.URL, &header, &packed, &at); err != nil {
		return b, classify(err)
	}
	if err := json.Unmarshal(header, &b.Header); err != nil {
		return b, fmt.Errorf("stored header: %w: %w", ErrCorrupt, err)
	}
	var err error
	b.Bytes, err = unpack(packed)
	b.At = when(at)
	return b, err
}
