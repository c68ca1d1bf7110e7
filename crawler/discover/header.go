package discover

import (
	"strings"

	"smaabornsviden/crawler/canonical"
)

// HeaderLinks reads HTTP Link headers (RFC 8288), resolved against the address of their page. It is the only
// place where a PDF can name its canonical address or its landing page. Links it cannot read are left out.
func HeaderLinks(header []string, base string) []Link {
	var links []Link
	for _, line := range header {
		for line != "" && len(links) < maxHead {
			target, params, rest, ok := cutLink(line)
			if !ok {
				break
			}
			line = rest
			rel := strings.ToLower(collapse(params["rel"]))
			u, err := canonical.Parse(target, base)
			if err != nil {
				continue
			}
			links = append(links, Link{URL: u, Text: clip(params["title"]), Rel: rel, Nofollow: hasToken(rel, "nofollow")})
		}
	}
	return links
}

// cutLink takes the first "<target>; name=value; ..." off a header line.
func cutLink(line string) (target string, params map[string]string, rest string, ok bool) {
	start := strings.IndexByte(line, '<')
	if start < 0 {
		return "", nil, "", false
	}
	end := strings.IndexByte(line[start:], '>')
	if end < 0 {
		return "", nil, "", false
	}
	target, rest = line[start+1:start+end], line[start+end+1:]
	params = make(map[string]string)
	for {
		rest = strings.TrimLeft(rest, " \t")
		if !strings.HasPrefix(rest, ";") {
			return target, params, strings.TrimPrefix(rest, ","), true
		}
		var name, value string
		name, value, rest = cutParam(rest[1:])
		if _, seen := params[name]; !seen { // the first one counts (RFC 8288, 3.3)
			params[name] = value
		}
	}
}

// cutParam takes "name", "name=token" or `name="quoted"` off the start of s.
func cutParam(s string) (name, value, rest string) {
	end := strings.IndexAny(s, "=;,")
	if end < 0 {
		return strings.ToLower(strings.TrimSpace(s)), "", ""
	}
	name, rest = strings.ToLower(strings.TrimSpace(s[:end])), s[end:]
	if rest[0] != '=' {
		return name, "", rest
	}
	rest = strings.TrimLeft(rest[1:], " \t")
	if !strings.HasPrefix(rest, `"`) {
		end = strings.IndexAny(rest, ";,")
		if end < 0 {
			end = len(rest)
		}
		return name, strings.TrimSpace(rest[:end]), rest[end:]
	}
	var b strings.Builder
	for i := 1; i < len(rest); i++ {
		switch {
		case rest[i] == '"':
			return name, b.String(), rest[i+1:]
		case rest[i] == '\\' && i+1 < len(rest):
			i++
		}
		b.WriteByte(rest[i])
	}
	return name, b.String(), ""
}
