package fetch

import (
	"bytes"
	"testing"
	"time"
)

func FuzzDecodeKeepsItsLimit(f *testing.F) {
	f.Add([]byte("<html>tekst der ikke er pakket</html>"), "gzip")
	f.Add([]byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"), "gzip, deflate")
	f.Add([]byte{0x0b, 0x02, 0x80, 0x61, 0x62, 0x63, 0x03}, "br")
	f.Add([]byte("x\x9c"), "deflate")
	f.Add([]byte("abc"), "identity,zstd")
	f.Fuzz(func(t *testing.T, wire []byte, header string) {
		const limit = 1000
		if len(wire) > limit {
			return // readUpTo has cut it
		}
		body, cut, err := decode(wire, []string{header}, limit)
		if len(body) > limit {
			t.Errorf("decode(%q, %q) = %d bytes, limit %d", wire, header, len(body), limit)
		}
		again, cutAgain, errAgain := decode(wire, []string{header}, limit)
		if !bytes.Equal(body, again) || cut != cutAgain || (err == nil) != (errAgain == nil) {
			t.Errorf("decode(%q, %q) differs the second time", wire, header)
		}
		if err == nil && len(encodings([]string{header})) == 0 && !bytes.Equal(body, wire) {
			t.Errorf("decode(%q, %q) = %q without an encoding", wire, header, body)
		}
	})
}

func FuzzRetryAfterIsBounded(f *testing.F) {
	for _, s := range []string{"", "3", "-1", "99999999999999999999", "Sun, 22 Nov 2026 12:01:30 GMT", "Sun, 22 Nov 9999 12:01:30 GMT"} {
		f.Add(s)
	}
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, value string) {
		if d := retryAfter(value, now); d < 0 || d > MaxRetryAfter {
			t.Errorf("retryAfter(%q) = %v", value, d)
		}
	})
}
