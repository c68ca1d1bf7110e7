package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// parts are the parts of the package that a Word document is.
type parts struct {
	files map[string]*zip.File
	max   int64 // bytes of one part
	left  int64 // bytes of all parts
}

var errMissing = errors.New("part is missing")

// maxParts bounds the table of contents; a long report with pictures has some hundreds of parts.
const maxParts = 20_000

func unpack(data []byte, max int64) (*parts, error) {
	if err := sniff(data); err != nil {
		return nil, err
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	if len(z.File) > maxParts {
		return nil, fmt.Errorf("%w: %d parts", ErrTooLarge, len(z.File))
	}
	p := &parts{files: map[string]*zip.File{}, max: max, left: 2 * max}
	for _, f := range z.File {
		// Names differ in case between writers.
		p.files[strings.ToLower(strings.TrimPrefix(f.Name, "/"))] = f
	}
	return p, nil
}

// sniff tells what is no zip archive at all.
func sniff(data []byte) error {
	switch {
	case bytes.HasPrefix(data, []byte("PK")):
		return nil
	case !bytes.HasPrefix(data, []byte{0xD0, 0xCF, 0x11, 0xE0}):
		return ErrNotDOCX
	case bytes.Contains(data, []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e")):
		// An encrypted document is a package inside a compound file.
		return ErrEncrypted
	}
	return ErrLegacy
}

// read is a part's content, within the limits.
func (p *parts) read(name string) ([]byte, error) {
	f := p.files[strings.ToLower(name)]
	if f == nil {
		return nil, fmt.Errorf("%s: %w", name, errMissing)
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrBroken, name, err)
	}
	defer r.Close()
	limit := min(p.max, p.left)
	b, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrBroken, name, err)
	}
	if int64(len(b)) > limit {
		return nil, fmt.Errorf("%w: %s has more than %d bytes", ErrTooLarge, name, limit)
	}
	p.left -= int64(len(b))
	return b, nil
}

// main is the name of the part with the text.
func (p *parts) main() (string, error) {
	name := "word/document.xml"
	src, err := p.read("_rels/.rels")
	if errors.Is(err, ErrTooLarge) {
		return "", err
	}
	var rels struct {
		Relationship []struct {
			Type   string `xml:",attr"`
			Target string `xml:",attr"`
		}
	}
	if err == nil && xml.Unmarshal(src, &rels) == nil {
		for _, r := range rels.Relationship {
			if strings.HasSuffix(r.Type, "/officeDocument") {
				name = strings.TrimPrefix(path.Clean(r.Target), "/")
			}
		}
	}
	if p.files[strings.ToLower(name)] == nil || !strings.Contains(name, "document") {
		return "", fmt.Errorf("%w: %s", ErrNotDOCX, name)
	}
	return name, nil
}

// sibling is a part in the folder of another one.
func sibling(of, name string) string { return path.Join(path.Dir(of), name) }
