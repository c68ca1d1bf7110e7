package bleveindex

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"

	"smaabornsviden/index"

	"github.com/blevesearch/bleve/v2/util"
	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// ErrDamaged: files of the index are missing or are not as they were written. Rebuild it from the stored documents.
var ErrDamaged = errors.New("index is damaged")

// verify reads a generation's files and compares their checksums. Bleve writes one into each segment but never looks
// at it: most flipped bytes would go unnoticed until an answer is wrong or a search panics, and with a segment
// missing it would silently go back to an older state. Reading takes about a second for two gigabytes.
func verify(dir string, o *Options) (err error) {
	// The files are mapped into memory: what a broken one points to may not be there.
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: root.bolt: %v", ErrDamaged, p)
		}
	}()
	root := filepath.Join(dir, "root.bolt")
	if _, err := os.Stat(root); err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	db, err := bolt.Open(root, 0o600, &bolt.Options{ReadOnly: true, Timeout: o.wait()})
	if errors.Is(err, bolterrors.ErrTimeout) {
		return index.ErrHeld
	}
	if err != nil {
		return fmt.Errorf("%w: root.bolt: %w", ErrDamaged, err)
	}
	defer db.Close()
	return db.View(func(tx *bolt.Tx) error {
		for _, name := range segmentFiles(tx) {
			if err := verifySegment(filepath.Join(dir, name)); err != nil {
				return fmt.Errorf("%w: %s: %w", ErrDamaged, name, err)
			}
		}
		return nil
	})
}

// segmentFiles are the files that the newest snapshot is made of: Bleve keeps a bucket for each snapshot, by
// ascending age, and in it one for each segment.
func segmentFiles(tx *bolt.Tx) []string {
	snapshots := tx.Bucket(util.BoltSnapshotsBucket)
	if snapshots == nil {
		return nil
	}
	newest, _ := snapshots.Cursor().Last()
	snapshot := snapshots.Bucket(newest)
	if snapshot == nil {
		return nil
	}
	var names []string
	cursor := snapshot.Cursor()
	for key, _ := cursor.First(); key != nil; key, _ = cursor.Next() {
		if s := snapshot.Bucket(key); s != nil {
			if name := s.Get(util.BoltPathKey); name != nil {
				names = append(names, string(name))
			}
		}
	}
	return names
}

// verifySegment compares a segment with the CRC-32 in its last four bytes.
func verifySegment(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	sum := crc32.NewIEEE()
	if _, err := io.CopyN(sum, f, info.Size()-crc32.Size); err != nil {
		return fmt.Errorf("read: %w", err)
	}
	var written [crc32.Size]byte
	if _, err := io.ReadFull(f, written[:]); err != nil {
		return fmt.Errorf("read: %w", err)
	}
	if binary.BigEndian.Uint32(written[:]) != sum.Sum32() {
		return errors.New("wrong checksum")
	}
	return nil
}
