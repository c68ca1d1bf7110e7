package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/term"
)

// bar is how far one source has come.
type bar struct {
	name string
	done int     // addresses settled in this crawl
	left int     // addresses known and still due
	rate float64 // pages per second
	note string  // what the source waits for, if anything
	over bool
}

// progress shows bars: in place on a terminal, as plain lines elsewhere, so that a log stays readable.
type progress struct {
	w       io.Writer
	width   int // columns of the terminal, 0 when there is none
	drawn   int // lines to go up before drawing again
	plainAt time.Time
}

// plainEvery is how often a log gets lines about a crawl that goes on.
const plainEvery = 10 * time.Second

func newProgress(w io.Writer) *progress {
	p := &progress{w: w}
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return p
	}
	p.width = 80
	if width, _, err := term.GetSize(int(f.Fd())); err == nil && width > 0 {
		p.width = width
	}
	return p
}

// show draws the bars as of now. On a terminal it replaces what it drew before.
func (p *progress) show(bars []bar, now time.Time) {
	if p.width == 0 {
		if now.Sub(p.plainAt) >= plainEvery {
			p.plainAt = now
			p.plain(bars)
		}
		return
	}
	var b strings.Builder
	if p.drawn > 0 {
		fmt.Fprintf(&b, "\x1b[%dA", p.drawn)
	}
	for _, line := range bars {
		b.WriteString(cut(line.terminal(), p.width-1) + "\x1b[K\n")
	}
	p.drawn = len(bars)
	io.WriteString(p.w, b.String())
}

// finish shows the last state and leaves it standing.
func (p *progress) finish(bars []bar) {
	if p.width == 0 {
		p.plain(bars)
		return
	}
	p.show(bars, time.Time{})
	p.drawn = 0
}

func (p *progress) plain(bars []bar) {
	for _, b := range bars {
		if b.done+b.left > 0 {
			fmt.Fprintln(p.w, b.plain())
		}
	}
}

func (b bar) plain() string {
	if b.over {
		return fmt.Sprintf("%s: %d pages, done", b.name, b.done)
	}
	line := fmt.Sprintf("%s: %d pages, %d left, %.1f pages/s", b.name, b.done, b.left, b.rate)
	if b.note != "" {
		line += ", " + b.note
	}
	return line
}

const barCells = 20

func (b bar) terminal() string {
	all := b.done + b.left
	full := 0
	if all > 0 {
		full = barCells * b.done / all
	}
	cells := strings.Repeat("█", full) + strings.Repeat("░", barCells-full)
	line := fmt.Sprintf("%s %s %5d/%-5d", pad(b.name, 34), cells, b.done, all)
	switch {
	case b.over:
		return line + "  done"
	case b.note != "":
		return line + "  " + b.note
	}
	return line + fmt.Sprintf("  %5.1f pages/s  %d left", b.rate, b.left)
}

// pad cuts or fills s to n characters.
func pad(s string, n int) string {
	s = cut(s, n)
	return s + strings.Repeat(" ", max(0, n-utf8.RuneCountInString(s)))
}

func cut(s string, n int) string {
	if utf8.RuneCountInString(s) <= n || n < 1 {
		return s
	}
	return string([]rune(s)[:n-1]) + "…"
}

// table writes rows in aligned columns; the first row is the heading, and columns after the first that hold only
// numbers stand to the right.
func table(w io.Writer, rows [][]string) {
	widths := map[int]int{}
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			fill := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
			if i > 0 && i < len(row)-1 {
				line.WriteString(fill + cell + "  ")
				continue
			}
			line.WriteString(cell + fill + "  ")
		}
		fmt.Fprintln(w, strings.TrimRight(line.String(), " "))
	}
}

// size writes a number of bytes the way people read it.
func size(n int64) string {
	switch {
	case n >= 10<<20:
		return fmt.Sprintf("%d MB", n>>20)
	case n >= 10<<10:
		return fmt.Sprintf("%d kB", n>>10)
	}
	return fmt.Sprintf("%d B", n)
}
