package robots

import "strings"

// match returns the length of the pattern when it covers the target, else 0. A longer pattern is more
// specific and wins (RFC 9309, 2.2.2).
//
// A Disallow is obeyed in either spelling: as Google compares, byte by byte, or with both sides' escapes in
// one form, as the RFC asks. An Allow counts only as it stands, so that in doubt the site's no wins.
func (r *rule) match(t target) int {
	if covers(r.pattern, t.path) || r.strict != "" && covers(r.strict, t.strict) {
		return len(r.pattern)
	}
	if r.allow {
		return indexMatch(r.pattern, t.path)
	}
	return 0
}

// indexMatch lets "Allow: /a/index.html" cover /a/ too, a leniency of Google's for the page that servers show
// under both addresses.
func indexMatch(pattern, path string) int {
	slash := strings.LastIndexByte(pattern, '/')
	if slash < 0 || !strings.HasPrefix(pattern[slash:], "/index.htm") {
		return 0
	}
	directory := pattern[:slash+1] + "$"
	if !covers(directory, path) {
		return 0
	}
	return len(directory)
}

// covers reports whether path begins with pattern, where "*" stands for any characters and "$" at the end for
// the end of the path (2.2.3). Taking each piece between stars where it stands first is enough for
// patterns of this kind and keeps the work linear, whatever a site writes.
func covers(pattern, path string) bool {
	pattern, anchored := strings.CutSuffix(pattern, "$")
	first, rest, starred := strings.Cut(pattern, "*")
	if !strings.HasPrefix(path, first) {
		return false
	}
	path = path[len(first):]
	if !starred {
		return !anchored || path == ""
	}
	for {
		piece, after, more := strings.Cut(rest, "*")
		if !more {
			return anchored && strings.HasSuffix(path, piece) || !anchored && strings.Contains(path, piece)
		}
		i := strings.Index(path, piece)
		if i < 0 {
			return false
		}
		path, rest = path[i+len(piece):], after
	}
}

// escape gives a pattern the form that Google's parser gives it: bytes beyond ASCII escaped, the hex digits
// of escapes in upper case, everything else as written.
func escape(pattern string) string {
	var b strings.Builder
	const hex = "0123456789ABCDEF"
	for i := 0; i < len(pattern); i++ {
		c := pattern[i]
		switch {
		case c == '%' && i+2 < len(pattern) && isHex(pattern[i+1]) && isHex(pattern[i+2]):
			b.WriteString(strings.ToUpper(pattern[i : i+3]))
			i += 2
		case c >= 0x80:
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f'
}
