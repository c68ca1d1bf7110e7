// Package warc writes what was fetched, as it came over the wire, into WARC files (ISO 28500, version 1.1) that other
// tools can read and replay.
package warc

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// Options say where a Writer writes. Dir is required.
type Options struct {
	Dir      string // made when it is not there
	Prefix   string // of the files' names; "" means smaabornsviden
	MaxBytes int64  // after which a file is ended; 0 means 1 GiB, which the standard recommends
	// Info is what the first record of every file says of the crawl: software, robots and the like.
	Info []Field
	Now  func() time.Time // time.Now
}

func (o Options) withDefaults() Options {
	if o.Prefix == "" {
		o.Prefix = "smaabornsviden"
	}
	if o.MaxBytes <= 0 {
		o.MaxBytes = 1 << 30
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return o
}

// Writer writes exchanges into files of one folder. Use it from any goroutine.
//
// Each record is a gzip member of its own and reaches the system in one write, so a process that is killed leaves at
// most its last record cut. A file is never opened again: the next Writer begins its own, and what is cut stays at an end.
type Writer struct {
	o       Options
	packers sync.Pool // of *gzip.Writer, which take 800 KB each

	mu     sync.Mutex // guards what follows
	file   *os.File   // nil once closed
	size   int64
	used   bool // the file has more than its first record
	serial int
}

// Create opens the first file, so that a folder that cannot be written is an error before anything is fetched.
func Create(o Options) (*Writer, error) {
	o = o.withDefaults()
	// What the files hold is not masked: nobody else on the machine needs to read it.
	if err := os.MkdirAll(o.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("warc: %w", err)
	}
	w := &Writer{o: o, packers: sync.Pool{New: func() any { return gzip.NewWriter(nil) }}}
	if err := w.begin(); err != nil {
		return nil, err
	}
	return w, nil
}

// begin opens the next file and writes its first record.
func (w *Writer) begin() error {
	now := w.o.Now()
	for {
		w.serial++
		// A dot before the milliseconds is what Go's form needs; the standard's names have none.
		stamp := now.UTC().Format("20060102150405.000")
		name := fmt.Sprintf("%s-%s%s-%05d.warc.gz", w.o.Prefix, stamp[:14], stamp[15:], w.serial)
		file, err := os.OpenFile(filepath.Join(w.o.Dir, name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if errors.Is(err, fs.ErrExist) {
			continue // another process began one in the same millisecond
		}
		if err != nil {
			return fmt.Errorf("warc: %w", err)
		}
		w.file, w.size, w.used = file, 0, false
		return w.writeInfo(name, now)
	}
}

func (w *Writer) writeInfo(name string, now time.Time) error {
	var block bytes.Buffer
	for _, f := range append([]Field{{"format", "WARC File Format 1.1"}}, w.o.Info...) {
		block.WriteString(f.Name + ": " + oneLine(f.Value) + "\r\n")
	}
	info := newRecord(Info, now, "application/warc-fields", block.Bytes(), Field{"WARC-Filename", name})
	packed, err := w.pack([]Record{info})
	if err != nil {
		return err
	}
	return w.append(packed)
}

// Write writes an exchange. After an error nothing of it stands in the file, and what was there before is whole.
func (w *Writer) Write(e Exchange) error {
	packed, err := w.pack(e.records()) // outside the lock: packing is what takes the time
	if err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.file == nil {
		return fmt.Errorf("warc: %w", os.ErrClosed)
	}
	if w.used && w.size+int64(len(packed)) > w.o.MaxBytes {
		if err := w.end(); err != nil {
			return err
		}
		if err := w.begin(); err != nil {
			return err
		}
	}
	if err := w.append(packed); err != nil {
		return err
	}
	w.used = true
	return nil
}

func (w *Writer) pack(records []Record) ([]byte, error) {
	z := w.packers.Get().(*gzip.Writer)
	defer w.packers.Put(z)
	var b bytes.Buffer
	for i := range records {
		if err := records[i].member(z, &b); err != nil {
			return nil, fmt.Errorf("warc: pack record: %w", err)
		}
	}
	return b.Bytes(), nil
}

// append writes whole members. A full disk may take half of them; that half is taken back, so that what comes once
// there is room again does not stand behind damage.
func (w *Writer) append(packed []byte) error {
	n, err := w.file.Write(packed)
	if err == nil {
		w.size += int64(n)
		return nil
	}
	cut := w.file.Truncate(w.size)
	_, back := w.file.Seek(w.size, io.SeekStart)
	return fmt.Errorf("warc: %w", errors.Join(err, cut, back))
}

// end closes a file for good.
func (w *Writer) end() error {
	err := errors.Join(w.file.Sync(), w.file.Close())
	if !w.used {
		err = errors.Join(err, os.Remove(w.file.Name())) // a crawl that fetched nothing leaves nothing
	}
	w.file = nil
	if err != nil {
		return fmt.Errorf("warc: %w", err)
	}
	return nil
}

// Close ends the last file. Calling it again does nothing.
func (w *Writer) Close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.file == nil {
		return nil
	}
	return w.end()
}
