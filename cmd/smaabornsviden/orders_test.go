package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"smaabornsviden/server"
	"smaabornsviden/server/shelf"

	"github.com/google/go-cmp/cmp"
)

// notedDesk writes down what it is told to do, and refuses what concerns "ukendt".
type notedDesk struct {
	server.Desk
	done []string
}

func (d *notedDesk) note(format string, args ...any) error {
	line := fmt.Sprintf(format, args...)
	d.done = append(d.done, line)
	if strings.Contains(line, "ukendt") {
		return errors.New("kilden kendes ikke")
	}
	return nil
}

func (d *notedDesk) Crawl(_ context.Context, sources []string) error {
	return d.note("crawl %v", sources)
}

func (d *notedDesk) Pause(_ context.Context, s, why string) error {
	return d.note("pause %s: %s", s, why)
}
func (d *notedDesk) Resume(_ context.Context, s string) error  { return d.note("resume %s", s) }
func (d *notedDesk) Unblock(_ context.Context, s string) error { return d.note("unblock %s", s) }
func (d *notedDesk) Block(_ context.Context, s, why string) (string, int, error) {
	return "https://" + s + "/", 3, d.note("block %s: %s", s, why)
}

func testShelf(t *testing.T) *shelf.Shelf {
	t.Helper()
	s, err := shelf.Open(t.Context(), filepath.Join(t.TempDir(), "readers.db"), shelf.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// obeying carries out orders as the process that crawls does, until the test ends.
func obeying(t *testing.T, s *shelf.Shelf, desk server.Desk) (end func()) {
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for ctx.Err() == nil {
			if err := obey(ctx, s, desk, time.Now); err != nil && ctx.Err() == nil {
				t.Error(err)
			}
			time.Sleep(time.Millisecond)
		}
	}()
	return func() { cancel(); <-ended }
}

func TestOrdersReachTheProcessThatCrawls(t *testing.T) {
	s, crawls := testShelf(t), &notedDesk{}
	end := obeying(t, s, crawls)
	d := &remoteDesk{shelf: s, now: time.Now}
	ctx := t.Context()
	err := errors.Join(d.Crawl(ctx, []string{"a", "b"}), d.Pause(ctx, "a", "de bad om det"), d.Resume(ctx, "a"), d.Unblock(ctx, "x.example"))
	if err != nil {
		t.Error(err)
	}
	entry, n, err := d.Block(ctx, "x.example", "ejeren bad om det")
	if entry != "https://x.example/" || n != 3 || err != nil {
		t.Errorf("blocked %q, %d, %v", entry, n, err)
	}
	if err := d.Pause(ctx, "ukendt", "x"); err == nil || err.Error() != "kilden kendes ikke" {
		t.Errorf("an order that cannot be carried out: %v", err)
	}
	end()
	want := []string{"crawl [a b]", "pause a: de bad om det", "resume a", "unblock x.example", "block x.example: ejeren bad om det", "pause ukendt: x"}
	if diff := cmp.Diff(want, crawls.done); diff != "" {
		t.Error(diff)
	}
	if left, err := s.List(ctx, orderKind, time.Time{}, 9); err != nil || len(left) != 0 {
		t.Errorf("%d orders are left, %v", len(left), err)
	}
}

func TestAnOrderWaitsForAProcessThatIsAway(t *testing.T) {
	s, crawls := testShelf(t), &notedDesk{}
	d := &remoteDesk{shelf: s, now: time.Now}
	ctx, cancel := context.WithTimeout(t.Context(), answerSpare+50*time.Millisecond)
	defer cancel()
	if err := d.Pause(ctx, "a", "de bad om det"); !errors.Is(err, errNoAnswer) {
		t.Errorf("without anybody who carries it out: %v", err)
	}
	if err := obey(t.Context(), s, crawls, time.Now); err != nil {
		t.Error(err)
	}
	if diff := cmp.Diff([]string{"pause a: de bad om det"}, crawls.done); diff != "" {
		t.Error(diff)
	}
	later := func() time.Time { return time.Now().Add(2 * answersKept) }
	if err := s.Add(t.Context(), shelf.Record{Kind: orderKind, ID: "1", Time: later(), Body: []byte("ikke json")}); err != nil {
		t.Fatal(err)
	}
	if err := obey(t.Context(), s, crawls, later); err != nil {
		t.Error(err)
	}
	answers, err := s.List(t.Context(), answerKind, time.Time{}, 9)
	if err != nil || len(answers) != 1 {
		t.Errorf("%d answers are kept, %v; want that to the order that nobody understands", len(answers), err)
	}
}
