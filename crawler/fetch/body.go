package fetch

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/andybalholm/brotli"
)

// maxErrorBody is how much is read of an answer that is no page: enough to tell what it says.
const maxErrorBody = 1 << 20

// maxLayers is how many encodings may lie over each other; servers that compress twice exist, three
// times only attackers.
const maxLayers = 2

// readBody reads the body on the wire, then decodes it, each up to the limit.
func (c *Client) readBody(resp *http.Response, req Request, page *Page) error {
	if page.NotModified || resp.StatusCode == http.StatusNoContent {
		return nil
	}
	limit, prefix := c.limit(page, req)
	if !prefix && resp.ContentLength > limit {
		return fmt.Errorf("%w: %d bytes announced, at most %d", ErrTooLarge, resp.ContentLength, limit)
	}
	wire, long, err := readUpTo(resp.Body, limit)
	page.Bytes += int64(len(wire))
	if err != nil {
		page.Body = wire
		return bodyError(err)
	}
	body, cut, err := decode(wire, page.Header.Values("Content-Encoding"), limit)
	page.Body = body
	if long {
		// The rest was left on the wire on purpose, so a decoder that misses it is right.
		cut, err = true, nil
	}
	if cut && !prefix {
		return fmt.Errorf("%w: more than %d bytes", ErrTooLarge, limit)
	}
	page.Cut = cut
	return err
}

// drain reads the few words under a redirect, so that the connection can be used again. Nothing depends
// on them, so whatever is wrong with them is no error.
func drain(resp *http.Response, page *Page) {
	const most = 16 << 10
	if resp.ContentLength < 0 || resp.ContentLength > most {
		return
	}
	n, _ := io.CopyN(io.Discard, resp.Body, most)
	page.Bytes += n
}

// limit returns how much of a body is taken, and whether a longer one is cut instead of refused.
func (c *Client) limit(page *Page, req Request) (limit int64, prefix bool) {
	if page.Status < 200 || page.Status > 299 {
		return maxErrorBody, true
	}
	if req.MaxBytes > 0 {
		return req.MaxBytes, req.Prefix
	}
	switch page.MediaType() {
	case "text/html", "application/xhtml+xml", "":
		return c.o.MaxBytes, req.Prefix
	}
	return max(c.o.MaxFileBytes, c.o.MaxBytes), req.Prefix
}

// readUpTo reads at most limit bytes and reports whether there was more.
func readUpTo(r io.Reader, limit int64) (data []byte, more bool, err error) {
	data, err = io.ReadAll(io.LimitReader(r, limit+1))
	if int64(len(data)) > limit {
		return data[:limit], true, nil
	}
	return data, false, err
}

// bodyError names what ended a body early. A connection that breaks within a body has truncated it,
// whatever broke.
func bodyError(err error) error {
	if isTimeout(err) {
		return err
	}
	return fmt.Errorf("%w: %w", ErrTruncated, err)
}

// decode undoes the content encodings, last one first, up to limit bytes each, and reports whether the
// body is cut there.
func decode(wire []byte, header []string, limit int64) (body []byte, cut bool, err error) {
	layers := encodings(header)
	if len(layers) > maxLayers {
		return nil, false, fmt.Errorf("%w: %d layers", ErrEncoding, len(layers))
	}
	body = wire
	for i := len(layers) - 1; i >= 0; i-- {
		body, cut, err = decodeLayer(body, layers[i], limit)
		if cut && i > 0 {
			return nil, true, nil // half an archive cannot be opened
		}
		if err != nil {
			return body, cut, err
		}
	}
	return body, cut, nil
}

func encodings(header []string) []string {
	var layers []string
	for _, line := range header {
		for name := range strings.SplitSeq(line, ",") {
			name = strings.ToLower(strings.TrimSpace(name))
			if name != "" && name != "identity" && name != "none" {
				layers = append(layers, strings.TrimPrefix(name, "x-"))
			}
		}
	}
	return layers
}

func decodeLayer(data []byte, encoding string, limit int64) (body []byte, cut bool, err error) {
	if len(data) == 0 {
		return nil, false, nil
	}
	r, err := decoder(data, encoding)
	if errors.Is(err, errUnknownEncoding) && plain(data) {
		return data, false, nil // "Content-Encoding: utf-8" is a charset in the wrong header
	}
	if err == nil {
		body, cut, err = readUpTo(r, limit)
	}
	switch {
	case err == nil:
		return body, cut, nil
	case plain(data):
		// The header says compressed and the body is plain text: a proxy unpacked it and kept the header.
		return data, false, nil
	case errors.Is(err, io.ErrUnexpectedEOF):
		return body, false, fmt.Errorf("%w: %s ends early", ErrTruncated, encoding)
	}
	return body, false, fmt.Errorf("%w: %s: %w", ErrEncoding, encoding, err)
}

var errUnknownEncoding = errors.New("unknown encoding")

func decoder(data []byte, encoding string) (io.Reader, error) {
	switch encoding {
	case "gzip":
		return gzip.NewReader(bytes.NewReader(data))
	case "br":
		return brotli.NewReader(bytes.NewReader(data)), nil
	case "deflate":
		// The standard means zlib; some servers took it at its word.
		if r, err := zlib.NewReader(bytes.NewReader(data)); err == nil {
			return r, nil
		}
		return flate.NewReader(bytes.NewReader(data)), nil
	}
	return nil, errUnknownEncoding
}

// plain reports whether data is text. Of compressed bytes one in nine is a control character that no text
// has, and their headers hold some too; 16 of them without one are compressed with a chance of 15 %, 64
// with one of 1 in 1,600, and a body that cannot be decoded is of no use anyway.
func plain(data []byte) bool {
	const least, most = 16, 1024
	for _, c := range data[:min(len(data), most)] {
		if c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' {
			return false
		}
	}
	return len(data) >= least
}
