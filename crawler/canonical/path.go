package canonical

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// cleanPath brings the escapes of a WHATWG path into one form, takes session ids out of it and folds
// empty segments. Paths that are clean, nearly all, are returned as they are.
func cleanPath(path string) string {
	if !strings.ContainsAny(path, "%;(") && !strings.Contains(path, "//") {
		return path
	}
	segments := strings.Split(path[1:], "/")
	kept := make([]string, 0, len(segments))
	for i, segment := range segments {
		cleaned := dropSession(cleanEscapes(segment, true))
		if cleaned == "" && i < len(segments)-1 && !afterScheme(kept) {
			continue
		}
		kept = append(kept, cleaned)
	}
	return "/" + strings.Join(kept, "/")
}

// afterScheme reports whether the segment before ends in a colon: in "/gem/https://a.dk/" the two
// slashes are part of an address within the path.
func afterScheme(kept []string) bool {
	return len(kept) > 0 && strings.HasSuffix(kept[len(kept)-1], ":")
}

// sessionParams are path parameters (";name=value") that carry a visitor's session.
var sessionParams = []string{"jsessionid=", "phpsessid=", "sid="}

// dropSession takes ";jsessionid=..." out of a segment, and a whole "(S(...))", the session segment of
// old ASP.NET sites.
func dropSession(segment string) string {
	if strings.HasPrefix(segment, "(S(") && strings.HasSuffix(segment, "))") {
		return ""
	}
	name, params, ok := strings.Cut(segment, ";")
	if !ok {
		return segment
	}
	kept := name
	for param := range strings.SplitSeq(params, ";") {
		if !isSession(param) {
			kept += ";" + param
		}
	}
	if kept == "." || kept == ".." {
		return segment // would turn into a dot segment, which means something else
	}
	return kept
}

func isSession(param string) bool {
	lower := strings.ToLower(param)
	for _, prefix := range sessionParams {
		if strings.HasPrefix(lower, prefix) {
			return true
		}
	}
	return false
}

// cleanEscapes gives percent-escapes one form (RFC 3986, 6.2.2): unreserved characters plain, hex digits in
// upper case, a percent sign that begins no escape escaped itself. With latin1, escapes that are no
// UTF-8 are read as windows-1252, so that "bl%E5" and "bl%C3%A5" meet.
func cleanEscapes(s string, latin1 bool) string {
	if strings.IndexByte(s, '%') < 0 {
		return s
	}
	if latin1 && !utf8.ValidString(unescape(s)) {
		s = latin1Escapes(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); i++ {
		if s[i] != '%' {
			b.WriteByte(s[i])
			continue
		}
		c, ok := escaped(s, i)
		switch {
		case !ok:
			b.WriteString("%25")
			continue
		case unreserved(c):
			b.WriteByte(c)
		default:
			writeEscape(&b, c)
		}
		i += 2
	}
	return b.String()
}

// Escapes brings the percent-escapes of a path, or of a pattern for paths, into the form that canonical
// addresses have: letters beyond ASCII escaped as UTF-8, unreserved characters plain, hex in upper case.
func Escapes(path string) string {
	var b strings.Builder
	path = asUTF8(path)
	for i := range len(path) {
		if path[i] >= utf8.RuneSelf {
			writeEscape(&b, path[i])
			continue
		}
		b.WriteByte(path[i])
	}
	return cleanEscapes(b.String(), true)
}

// latin1Escapes rewrites escapes of bytes above 0x7F as the UTF-8 of the windows-1252 letter.
func latin1Escapes(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c, ok := escaped(s, i)
		if !ok || c < utf8.RuneSelf {
			b.WriteByte(s[i])
			continue
		}
		for _, u := range []byte(string(charmap.Windows1252.DecodeByte(c))) {
			writeEscape(&b, u)
		}
		i += 2
	}
	return b.String()
}

// Latin1 returns a canonical address with the letters of its path escaped as windows-1252, which is how
// servers of the nineties knew them, and whether that differs. Canonical turns such escapes into UTF-8,
// so a server that answers 404 to a letter may be asked once more in its own spelling.
func Latin1(url string) (string, bool) {
	p := split(url)
	path := unescapeLetters(p.path)
	var b strings.Builder
	for _, r := range path {
		if r < utf8.RuneSelf {
			b.WriteByte(byte(r))
			continue
		}
		c, ok := charmap.Windows1252.EncodeRune(r)
		if !ok {
			return url, false
		}
		writeEscape(&b, c)
	}
	p.path = b.String()
	other := p.String()
	return other, other != url
}

// unescapeLetters decodes the escapes of bytes above 0x7F only.
func unescapeLetters(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if c, ok := escaped(s, i); ok && c >= utf8.RuneSelf {
			b.WriteByte(c)
			i += 2
			continue
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// escaped reads the escape at s[i:], "%" and two hex digits.
func escaped(s string, i int) (c byte, ok bool) {
	if s[i] != '%' || i+2 >= len(s) {
		return 0, false
	}
	hi, lo := unhex(s[i+1]), unhex(s[i+2])
	if hi < 0 || lo < 0 {
		return 0, false
	}
	return byte(hi<<4 | lo), true
}

func unhex(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

func writeEscape(b *strings.Builder, c byte) {
	const hex = "0123456789ABCDEF"
	b.WriteByte('%')
	b.WriteByte(hex[c>>4])
	b.WriteByte(hex[c&15])
}

func unreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' ||
		c == '-' || c == '.' || c == '_' || c == '~'
}

func unescape(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); i++ {
		if c, ok := escaped(s, i); ok {
			b.WriteByte(c)
			i += 2
			continue
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// decode is the form in which prefixes are compared: no escapes, letters composed, latin-1 read.
func decode(s string) string {
	if strings.IndexByte(s, '%') >= 0 {
		s = asUTF8(unescape(s))
	}
	return norm.NFC.String(s)
}

// slash applies the source's choice to the end of a path.
func (r *Rules) slash(path string) string {
	switch r.TrailingSlash {
	case AddSlash:
		last := path[strings.LastIndexByte(path, '/')+1:]
		if last != "" && !strings.Contains(last, ".") {
			return path + "/"
		}
	case StripSlash:
		if trimmed := strings.TrimRight(path, "/"); trimmed != "" {
			return trimmed
		}
		return "/"
	}
	return path
}

// SlashTwin returns the address whose path differs from url's only by the slash at its end, and false
// for a home page, which has none. Whether the two are one page only their content can say.
func SlashTwin(url string) (string, bool) {
	p := split(url)
	switch {
	case p.path == "/" || p.path == "":
		return "", false
	case strings.HasSuffix(p.path, "/"):
		p.path = p.path[:len(p.path)-1]
	default:
		p.path += "/"
	}
	return p.String(), true
}
