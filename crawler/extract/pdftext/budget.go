package pdftext

import "time"

// limits bound what one file may cost. They cross the border to the child process, hence JSON.
type limits struct {
	Pages   int           `json:"pages"`
	Stream  int64         `json:"stream"`  // decoded bytes of one stream
	Decoded int64         `json:"decoded"` // decoded bytes of all streams
	Ops     int           `json:"ops"`     // operators of all content streams
	Glyphs  int           `json:"glyphs"`  // glyphs of all pages
	Memory  int64         `json:"memory"`  // bytes of the child process
	Time    time.Duration `json:"time"`
}

// maxForms bounds form XObjects within each other; deeper ones are left out.
const maxForms = 12

// budget is what is left of the limits. Once something is exceeded, reading stops and keeps what it has.
type budget struct {
	limits  limits
	done    <-chan struct{} // closed when time is up
	decoded int64
	ops     int
	glyphs  int
	over    string // the first limit that was exceeded, "" while none is
}

func (b *budget) exceed(what string) {
	if b.over == "" {
		b.over = what
	}
}

// streamLeft is how many bytes the next stream may decode to.
func (b *budget) streamLeft() int64 {
	return max(min(b.limits.Stream, b.limits.Decoded-b.decoded), 1)
}

// decode counts the bytes of a stream and reports whether they may still be used.
func (b *budget) decode(n int) bool {
	b.decoded += int64(n)
	if b.decoded > b.limits.Decoded {
		b.exceed("decoded bytes")
	}
	return b.over == ""
}

// op counts an operator and reports whether to go on; it looks at the clock now and then.
func (b *budget) op() bool {
	b.ops++
	if b.ops > b.limits.Ops {
		b.exceed("operators")
	}
	if b.ops%1024 == 0 {
		b.clock()
	}
	return b.over == ""
}

func (b *budget) clock() {
	select {
	case <-b.done:
		b.exceed("time")
	default:
	}
}

// glyph counts a glyph with a text of n bytes and reports whether it may be kept. Long texts, which a file may
// give to a single code, count as several.
func (b *budget) glyph(n int) bool {
	b.glyphs += 1 + n/8
	if b.glyphs > b.limits.Glyphs {
		b.exceed("glyphs")
	}
	if b.glyphs&1023 <= n/8 {
		b.clock()
	}
	return b.over == ""
}
