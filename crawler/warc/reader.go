package warc

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Errors of a Reader.
var (
	// ErrCut: the file ends within a record, as it does when its writer was killed. What was read before is whole.
	ErrCut = errors.New("record is cut off")
	// ErrFormat: this is no record.
	ErrFormat = errors.New("not a WARC record")
	// ErrDigest: a block or payload is not what its digest says.
	ErrDigest = errors.New("digest does not fit")
)

// Bounds of what is read: files may come from elsewhere.
const (
	maxLine   = 64 << 10 // an address may be long
	maxHeader = 1 << 20
	maxBlock  = 1 << 30
)

// Reader reads the records of a file, packed member by member or not packed at all.
type Reader struct {
	in *bufio.Reader
	z  *gzip.Reader
}

// NewReader returns a Reader of a file.
func NewReader(r io.Reader) *Reader { return &Reader{in: bufio.NewReaderSize(r, maxLine)} }

// Next returns the next record. Errors: io.EOF after the last one; ErrCut, ErrFormat, ErrDigest (the record is
// returned with it). After ErrDigest reading may go on.
func (r *Reader) Next() (Record, error) {
	magic, err := r.in.Peek(2)
	if len(magic) == 0 {
		return Record{}, eof(err)
	}
	if !bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		return readRecord(r.in)
	}
	if r.z == nil {
		r.z = new(gzip.Reader)
	}
	if err := r.z.Reset(r.in); err != nil {
		return Record{}, cut(err)
	}
	r.z.Multistream(false)
	member := bufio.NewReaderSize(r.z, maxLine)
	record, err := readRecord(member)
	if err != nil && !errors.Is(err, ErrDigest) {
		return Record{}, err
	}
	// The rest of the member holds its checksum.
	switch n, end := io.Copy(io.Discard, io.LimitReader(member, maxHeader)); {
	case end != nil:
		return Record{}, cut(end)
	case n > 0:
		return Record{}, fmt.Errorf("warc: %w: more than one record in a member", ErrFormat)
	}
	return record, err
}

// eof tells the end of the file from trouble in reading it.
func eof(err error) error {
	if err == nil || errors.Is(err, io.EOF) {
		return io.EOF
	}
	return fmt.Errorf("warc: %w", err)
}

func cut(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("warc: %w", ErrCut)
	}
	return fmt.Errorf("warc: %w: %w", ErrFormat, err)
}

func readRecord(in *bufio.Reader) (Record, error) {
	var r Record
	if err := r.readHeader(in); err != nil {
		return Record{}, err
	}
	length, err := strconv.ParseInt(r.Get("Content-Length"), 10, 64)
	if err != nil || length < 0 || length > maxBlock {
		return Record{}, fmt.Errorf("warc: %w: Content-Length %q", ErrFormat, r.Get("Content-Length"))
	}
	// Copied as it comes: a length that lies must not reserve memory.
	var block bytes.Buffer
	if _, err := io.CopyN(&block, in, length); err != nil {
		return Record{}, cut(err)
	}
	r.Block = block.Bytes()
	end := make([]byte, 4)
	if _, err := io.ReadFull(in, end); err != nil {
		return Record{}, cut(err)
	}
	if string(end) != "\r\n\r\n" {
		return Record{}, fmt.Errorf("warc: %w: no end after %d bytes", ErrFormat, length)
	}
	return r, r.check()
}

func (r *Record) readHeader(in *bufio.Reader) error {
	size := 0
	for first := true; ; first = false {
		line, err := in.ReadSlice('\n')
		if errors.Is(err, bufio.ErrBufferFull) {
			return fmt.Errorf("warc: %w: a line of more than %d bytes", ErrFormat, len(line))
		}
		if err != nil {
			return cut(err)
		}
		if size += len(line); size > maxHeader {
			return fmt.Errorf("warc: %w: header of more than %d bytes", ErrFormat, maxHeader)
		}
		text := strings.TrimRight(string(line), "\r\n")
		switch {
		case first && !strings.HasPrefix(text, "WARC/1."):
			return fmt.Errorf("warc: %w", ErrFormat)
		case first:
		case text == "":
			return nil
		default:
			name, value, ok := strings.Cut(text, ":")
			if !ok {
				return fmt.Errorf("warc: %w: header line %q", ErrFormat, text)
			}
			r.Fields = append(r.Fields, Field{name, oneLine(value)})
		}
	}
}

// check compares what is there with the digests. Those of another kind than ours are taken on trust.
func (r *Record) check() error {
	for _, c := range []struct {
		name string
		data func() []byte
	}{
		{"WARC-Block-Digest", func() []byte { return r.Block }},
		{"WARC-Payload-Digest", r.Payload},
	} {
		want := r.Get(c.name)
		if !strings.HasPrefix(want, "sha1:") || r.Type() == Revisit && c.name == "WARC-Payload-Digest" {
			continue
		}
		if got := digest(c.data()); got != want {
			return fmt.Errorf("warc: %w: %s %s, is %s", ErrDigest, c.name, want, got)
		}
	}
	return nil
}
