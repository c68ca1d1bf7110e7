package canonical

import "strings"

// quick answers for addresses that are in WHATWG form once the fragment is cut off, which most links are;
// ok false means "ask the full parser". A fuzz test holds the two against each other.
func quick(raw string, base *Base) (href string, ok bool) {
	if len(raw) > MaxRaw {
		return "", false
	}
	raw, _, _ = strings.Cut(raw, "#")
	if strings.HasPrefix(raw, "https://") || strings.HasPrefix(raw, "http://") {
		return quickAbsolute(raw)
	}
	if base == nil {
		return "", false
	}
	if raw == "" {
		return base.href, true
	}
	return quickRelative(raw, base)
}

func quickAbsolute(raw string) (string, bool) {
	start := strings.Index(raw, "://") + 3
	end := strings.IndexByte(raw[start:], '/')
	if end < 0 || end > maxHost || !plainHost(raw[start:start+end]) || !plainTail(raw[start+end:]) {
		return "", false
	}
	return raw, true
}

func quickRelative(raw string, base *Base) (string, bool) {
	if !plainTail(raw) || strings.HasPrefix(raw, "//") {
		return "", false
	}
	origin := base.href[:len(base.href)-len(base.path)-queryLen(base.pieces)]
	switch {
	case raw[0] == '/':
		return origin + raw, true
	case raw[0] == '?':
		return origin + base.path + raw, true
	case strings.IndexByte(raw, ':') >= 0 || raw[0] == '.':
		return "", false
	}
	return origin + base.path[:strings.LastIndexByte(base.path, '/')+1] + raw, true
}

func queryLen(p pieces) int {
	if !p.hasQuery {
		return 0
	}
	return len(p.query) + 1
}

// plainHost reports whether s is a lower-case ASCII name with at least one dot that cannot be a number,
// needs no IDNA and has no port.
func plainHost(s string) bool {
	label, dots := 0, 0
	for i := range len(s) {
		c := s[i]
		switch {
		case c == '.' && label < i:
			label = i + 1
			dots++
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9', c == '-' && i > label && i+1 < len(s) && s[i+1] != '.':
		default:
			return false
		}
	}
	last := s[label:]
	return dots > 0 && last != "" && last[0] >= 'a' && !strings.Contains(s, "--")
}

// plainTail reports whether path and query s would pass through the full parser unchanged.
func plainTail(s string) bool {
	query := false
	for i := range len(s) {
		c := s[i]
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9':
		case strings.IndexByte("-_~!$&()*+,;=:@/", c) >= 0:
		case c == '?':
			query = true
		case c == '.':
			if !query && (i == 0 || s[i-1] == '/') {
				return false // may be a dot segment
			}
		case c == '%':
			if !query && i+2 < len(s) && s[i+1] == '2' && s[i+2]|0x20 == 'e' {
				return false // an encoded dot
			}
		default:
			return false
		}
	}
	return true
}
