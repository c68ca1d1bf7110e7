package pdftext

import (
	"bytes"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/pdfcpu/pdfcpu/pkg/filter"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
	"golang.org/x/text/encoding/charmap"
)

// file answers questions about the objects of an open PDF. What is not there or of another type than asked for
// is the zero value: the reader goes on with what it can read.
type file struct {
	ctx    *model.Context
	budget *budget
}

// open reads the cross references and objects of a file; streams are decoded when asked for.
func open(ctx context.Context, data []byte, b *budget) (f *file, err error) {
	if !bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-")) {
		return nil, ErrNotPDF
	}
	defer func() {
		if p := recover(); p != nil {
			f, err = nil, fmt.Errorf("%w: %v", ErrBroken, p)
		}
	}()
	doc, err := pdfcpu.ReadWithContext(ctx, bytes.NewReader(data), configuration(b.limits))
	switch {
	case errors.Is(err, pdfcpu.ErrWrongPassword), errors.Is(err, pdfcpu.ErrOwnerPasswordRequired):
		return nil, fmt.Errorf("%w: %w", ErrEncrypted, err)
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return nil, fmt.Errorf("%w: %w", ErrTimeout, err)
	case err != nil && strings.Contains(err.Error(), "ncrypt"):
		// Unknown security handlers, such as certificates or rights management, have no sentinel of their own.
		return nil, fmt.Errorf("%w: %w", ErrEncrypted, err)
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	return &file{ctx: doc, budget: b}, nil
}

// configuration is written out because pdfcpu's default one creates files in the user's configuration folder.
func configuration(l limits) *model.Configuration {
	bounds := model.DefaultResourceLimits()
	bounds.MaxStreamBytes = l.Stream
	bounds.MaxDecodeBytes = l.Stream
	bounds.MaxObjectCount = 2_000_000
	bounds.MaxXRefEntries = 2_000_000
	return &model.Configuration{
		Reader15:       true,
		ValidationMode: model.ValidationRelaxed,
		Cmd:            model.EXTRACTCONTENT,
		Offline:        true,
		Limits:         bounds,
	}
}

// get follows references, at most a few from one to the next.
func (f *file) get(o types.Object) types.Object {
	for range 8 {
		at, ok := o.(ref)
		if !ok {
			return o
		}
		next, err := f.ctx.Dereference(at)
		if err != nil {
			return nil
		}
		o = next
	}
	return nil
}

// dict is the dictionary o, also that of a stream.
func (f *file) dict(o types.Object) types.Dict {
	switch v := f.get(o).(type) {
	case types.Dict:
		return v
	case types.StreamDict:
		return v.Dict
	case *types.StreamDict:
		return v.Dict
	}
	return nil
}

func (f *file) array(o types.Object) types.Array {
	a, _ := f.get(o).(types.Array)
	return a
}

func (f *file) name(o types.Object) string {
	n, _ := f.get(o).(types.Name)
	return string(n)
}

func (f *file) number(o types.Object) (float64, bool) {
	switch v := f.get(o).(type) {
	case types.Integer:
		return float64(v), true
	case types.Float:
		return float64(v), true
	}
	return 0, false
}

// numbers are those of an array, nil when one of them is no number.
func (f *file) numbers(o types.Object) []float64 {
	var out []float64
	for _, e := range f.array(o) {
		v, ok := f.number(e)
		if !ok {
			return nil
		}
		out = append(out, v)
	}
	return out
}

// raw are the bytes of a string object.
func (f *file) raw(o types.Object) []byte {
	switch v := f.get(o).(type) {
	case types.StringLiteral:
		b, err := types.Unescape(string(v))
		if err != nil {
			return nil
		}
		return b
	case types.HexLiteral:
		b, err := v.Bytes()
		if err != nil {
			return nil
		}
		return b
	}
	return nil
}

// text is a text string of the document level: titles, form values.
func (f *file) text(o types.Object) string { return textString(f.raw(o)) }

// textString decodes UTF-16 or UTF-8 with a byte order mark, else PDFDocEncoding.
func textString(b []byte) string {
	switch {
	case bytes.HasPrefix(b, []byte{0xFE, 0xFF}):
		return utf16Text(b[2:])
	case bytes.HasPrefix(b, []byte{0xFF, 0xFE}):
		return utf16Text(swapped(b[2:]))
	case bytes.HasPrefix(b, []byte{0xEF, 0xBB, 0xBF}):
		return strings.ToValidUTF8(string(b[3:]), "")
	case utf8.Valid(b) && !ascii(b):
		// Not allowed, but some writers do it, and PDFDocEncoding that is also valid UTF-8 makes no words.
		return string(b)
	}
	var s strings.Builder
	for _, c := range b {
		s.WriteRune(docEncoding(c))
	}
	return s.String()
}

func ascii(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func swapped(b []byte) []byte {
	out := make([]byte, len(b)/2*2)
	for i := 0; i+1 < len(b); i += 2 {
		out[i], out[i+1] = b[i+1], b[i]
	}
	return out
}

// utf16Text decodes big-endian UTF-16; a single byte stands for itself.
func utf16Text(b []byte) string {
	if len(b) == 1 {
		return string(rune(b[0]))
	}
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = uint16(b[2*i])<<8 | uint16(b[2*i+1])
	}
	return string(utf16.Decode(units))
}

// docSpecial are the codes at which PDFDocEncoding differs from Latin-1.
var docSpecial = [...]rune{
	'•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘',
	'’', '‚', '™', 'ﬁ', 'ﬂ', 'Ł', 'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž', '�', '€',
}

func docEncoding(c byte) rune {
	if c >= 0x80 && int(c)-0x80 < len(docSpecial) {
		return docSpecial[c-0x80]
	}
	return charmap.ISO8859_1.DecodeByte(c)
}

// stream is the decoded content of a stream, nil when it cannot be decoded or the budget is spent.
func (f *file) stream(o types.Object) []byte {
	var sd types.StreamDict
	switch v := f.get(o).(type) {
	case types.StreamDict:
		sd = v
	case *types.StreamDict:
		sd = *v
	default:
		return nil
	}
	if sd.Content == nil {
		if err := sd.DecodeWithLimit(f.budget.streamLeft()); err != nil {
			sd.Content = f.salvage(&sd, err)
		}
	}
	if !f.budget.decode(len(sd.Content)) {
		return nil
	}
	return sd.Content
}

// salvage decodes as much of a damaged deflate stream as there is: the text before the damage is worth having.
func (f *file) salvage(sd *types.StreamDict, why error) []byte {
	if errors.Is(why, filter.ErrDecodeLimitExceeded) {
		f.budget.exceed("decoded bytes")
		return nil
	}
	if !sd.HasSoleFilterNamed(filter.Flate) || sd.FilterPipeline[0].DecodeParms != nil {
		return nil
	}
	r, err := zlib.NewReader(bytes.NewReader(sd.Raw))
	if err != nil {
		return nil
	}
	var b bytes.Buffer
	// The error is the damage we know of.
	_, _ = io.Copy(&b, io.LimitReader(r, f.budget.streamLeft()))
	return b.Bytes()
}
