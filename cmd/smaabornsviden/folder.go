package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// folder is a data folder held by this process.
type folder struct {
	dir  string
	lock *os.File
}

// holder is what a process writes into the lock file, for the one that comes second.
type holder struct {
	PID     int       `json:"pid"`
	Command string    `json:"command"`
	Since   time.Time `json:"since"`
	Socket  string    `json:"socket"`
	Engine  *ranOn    `json:"engine,omitempty"` // nil for a command that opens no index
}

// heldError says that another process has the data folder.
type heldError struct {
	dir string
	by  holder
}

func (e *heldError) Error() string {
	if e.by.PID == 0 {
		return fmt.Sprintf("data folder %s is held by another process", e.dir)
	}
	return fmt.Sprintf("data folder %s is held by process %d (smaabornsviden %s, since %s)",
		e.dir, e.by.PID, e.by.Command, e.by.Since.Local().Format("2006-01-02 15:04:05"))
}

// openFolder makes the data folder if need be and takes it for this process. The lock is the kernel's
// (flock), so it ends with the process however that ends; the file's text only says who.
func openFolder(dir, command string, on *ranOn) (*folder, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("make data folder: %w", err)
	}
	path := filepath.Join(dir, "LOCK")
	lock, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, fmt.Errorf("open lock: %w", err)
	}
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		lock.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, &heldError{dir, readHolder(dir)}
		}
		return nil, fmt.Errorf("lock %s: %w", path, err)
	}
	f := &folder{dir: dir, lock: lock}
	if err := f.sign(command, on); err != nil {
		lock.Close()
		return nil, err
	}
	return f, nil
}

func (f *folder) sign(command string, on *ranOn) error {
	text, err := json.Marshal(holder{os.Getpid(), command, time.Now().UTC().Truncate(time.Second), socketPath(f.dir), on})
	if err != nil {
		return err
	}
	if err := f.lock.Truncate(0); err != nil {
		return fmt.Errorf("write lock: %w", err)
	}
	if _, err := f.lock.WriteAt(append(text, '\n'), 0); err != nil {
		return fmt.Errorf("write lock: %w", err)
	}
	return nil
}

// readHolder tells who holds a folder; its zero value when that cannot be read.
func readHolder(dir string) holder {
	var h holder
	text, err := os.ReadFile(filepath.Join(dir, "LOCK"))
	if err == nil {
		_ = json.Unmarshal(text, &h) // a half-written line only costs the name
	}
	return h
}

func (f *folder) path(name string) string { return filepath.Join(f.dir, name) }

// Close gives the folder up.
func (f *folder) Close() error {
	_ = f.lock.Truncate(0)
	return f.lock.Close()
}
