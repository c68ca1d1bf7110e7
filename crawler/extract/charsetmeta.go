package extract

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/text/encoding"
)

// metaCharset finds the page's own declaration in its first bytes: <meta charset>, <meta http-equiv> or
// the encoding of an XML declaration. A page that could be read so far as ASCII cannot be UTF-16,
// so that declaration means UTF-8, as the HTML standard says.
func metaCharset(body []byte) (encoding.Encoding, string, bool) {
	head := body[:min(len(body), metaWindow)]
	label := metaLabel(head)
	if label == "" {
		label = xmlLabel(head)
	}
	if strings.HasPrefix(strings.ToLower(label), "utf-16") {
		label = "utf-8"
	}
	return lookupCharset(label)
}

func metaLabel(head []byte) string {
	z := html.NewTokenizer(bytes.NewReader(head))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return ""
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			if string(name) == "meta" && more {
				if label := metaTagLabel(z); label != "" {
					return label
				}
			}
		}
	}
}

func metaTagLabel(z *html.Tokenizer) string {
	var charset, content, equiv string
	for {
		key, value, more := z.TagAttr()
		switch string(key) {
		case "charset":
			charset = string(value)
		case "content":
			content = string(value)
		case "http-equiv":
			equiv = strings.ToLower(string(value))
		}
		if !more {
			break
		}
	}
	if charset != "" {
		return charset
	}
	if equiv == "content-type" {
		return afterCharset(content)
	}
	return ""
}

func xmlLabel(head []byte) string {
	if !bytes.HasPrefix(bytes.TrimSpace(head), []byte("<?xml")) {
		return ""
	}
	decl, _, _ := bytes.Cut(head, []byte("?>"))
	_, rest, ok := strings.Cut(string(decl), "encoding=")
	if !ok || len(rest) < 3 {
		return ""
	}
	value, _, _ := strings.Cut(rest[1:], rest[:1])
	return value
}
