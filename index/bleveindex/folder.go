package bleveindex

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"smaabornsviden/index"

	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// folder is where a store keeps its generations; empty for a store in memory.
type folder string

const (
	lockName  = "lock"
	newPrefix = "new-"
)

// hold takes the folder's lock; ErrHeld when another process has it. The file holds nothing, so one that
// a loss of power left half written is made anew.
func (f folder) hold(wait time.Duration) (*bolt.DB, error) {
	name := filepath.Join(string(f), lockName)
	lock, err := bolt.Open(name, 0o644, &bolt.Options{Timeout: wait})
	if errors.Is(err, bolterrors.ErrTimeout) {
		return nil, index.ErrHeld
	}
	if err == nil {
		return lock, nil
	}
	if err := os.Remove(name); err != nil {
		return nil, err
	}
	return bolt.Open(name, 0o644, &bolt.Options{Timeout: wait})
}

func (f folder) path(number int) string { return filepath.Join(string(f), generationName(number)) }

// temporary returns the name, with nothing behind it, of a folder to build a generation in; in memory "".
func (f folder) temporary(number int) (string, error) {
	if f == "" {
		return "", nil
	}
	dir := filepath.Join(string(f), newPrefix+generationName(number))
	return dir, os.RemoveAll(dir)
}

// finish gives a generation that was built its name.
func (f folder) finish(number int) error {
	dir := filepath.Join(string(f), newPrefix+generationName(number))
	if err := os.Rename(dir, f.path(number)); err != nil {
		return err
	}
	return f.sync()
}

// sync makes a rename last over a loss of power.
func (f folder) sync() error {
	d, err := os.Open(string(f))
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// clean removes unfinished and old generations and returns the number of the newest, 0 if there is none.
func (f folder) clean() (newest int, err error) {
	entries, err := os.ReadDir(string(f))
	if err != nil {
		return 0, fmt.Errorf("open index %s: %w", f, err)
	}
	for _, e := range entries {
		if n, ok := generationNumber(e.Name()); ok {
			newest = max(newest, n)
		}
	}
	for _, e := range entries {
		n, ok := generationNumber(e.Name())
		if ok && n < newest || strings.HasPrefix(e.Name(), newPrefix) {
			if err := os.RemoveAll(filepath.Join(string(f), e.Name())); err != nil {
				return 0, fmt.Errorf("remove old index: %w", err)
			}
		}
	}
	return newest, nil
}

// generationName and generationNumber are the way from a number to a folder's name and back.
func generationName(n int) string { return fmt.Sprintf("gen-%04d", n) }

func generationNumber(name string) (n int, ok bool) {
	if len(name) < len("gen-0000") || name[:4] != "gen-" {
		return 0, false
	}
	n, err := strconv.Atoi(name[4:])
	return n, err == nil && n > 0 && name == generationName(n)
}
