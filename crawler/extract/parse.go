package extract

import (
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxNodes bounds the elements a parse may make. HTML lets a page multiply itself: every <p> reopens all formatting
// elements left open before it, so 500 open <font> and 100,000 <p> are 50 million elements out of 2 MB.
const maxNodes = 4 * MaxTags

// parse makes the one DOM of a page, no deeper than the 512 elements that x/net allows, so that
// walks over it may recurse.
func parse(text string) (*html.Node, []Limit, error) {
	var limits []Limit
	if len(text) >= MaxBytes {
		text, limits = strings.ToValidUTF8(text[:MaxBytes], ""), append(limits, LimitBytes)
	}
	c := countTags(text)
	if c.cut > 0 {
		text, limits = text[:c.cut], append(limits, LimitNodes)
	}
	if c.nodes <= maxNodes {
		if root, err := html.Parse(strings.NewReader(text)); err == nil {
			return root, limits, nil
		}
	}
	// x/net has one error for a string: nested too deeply.
	root, err := html.Parse(strings.NewReader(flatten(text)))
	if err != nil {
		return nil, limits, fmt.Errorf("parse: %w", err)
	}
	return root, append(limits, LimitDepth), nil
}

// tagCount is what one quick look over a page tells about the tree it will make.
type tagCount struct {
	tags  int
	nodes int // upper estimate of the elements
	cut   int // offset of the tag after MaxTags, 0 when there is none
}

// countTags counts start tags, and for each the formatting elements that stand open and may be made anew with
// it. It does not know scripts from markup, which errs on the safe side.
func countTags(text string) tagCount {
	var c tagCount
	open := 0
	for i := 0; i < len(text); {
		next := strings.IndexByte(text[i:], '<')
		if next < 0 {
			break
		}
		i += next + 1
		end := i < len(text) && text[i] == '/'
		name := tagName(text[min(len(text), i+btoi(end)):])
		if name == "" {
			continue
		}
		if isFormatting(name) {
			open = max(0, open+1-2*btoi(end))
		}
		if end {
			continue
		}
		c.tags++
		c.nodes += 1 + min(open, 512)
		if c.tags > MaxTags {
			c.cut = i - 1
			break
		}
	}
	return c
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// tagName returns the lower-case name at the start of s, at most 12 bytes, or "".
func tagName(s string) string {
	n := 0
	for n < len(s) && n < 12 && isLetterOrDigit(s[n]) {
		n++
	}
	if n == 0 || s[0] <= '9' {
		return ""
	}
	return strings.ToLower(s[:n])
}

func isLetterOrDigit(b byte) bool {
	return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9'
}

// isFormatting reports whether HTML reopens the element after a block that it was left open before.
func isFormatting(name string) bool {
	switch name {
	case "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u":
		return true
	}
	return false
}

// flatDepth is the depth that flatten keeps; the parser adds html, head, tbody and the like by itself.
const flatDepth = 200

// flatten rewrites a page that is too deep or multiplies itself: formatting tags go, and tags deeper than
// flatDepth become line breaks. All text stays.
func flatten(text string) string {
	var out strings.Builder
	z := html.NewTokenizer(strings.NewReader(text))
	f := flattener{out: &out, open: map[string]int{}}
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			if z.Err() == io.EOF {
				out.Write(z.Raw())
			}
			return out.String()
		}
		raw := string(z.Raw()) // before TagName, which changes the buffer
		f.token(kind, z, raw)
	}
}

type flattener struct {
	out   *strings.Builder
	open  map[string]int // tags that were kept and not closed yet
	depth int
}

func (f *flattener) token(kind html.TokenType, z *html.Tokenizer, raw string) {
	switch kind {
	case html.StartTagToken:
		f.start(z, raw)
	case html.SelfClosingTagToken:
		f.selfClosing(z, raw)
	case html.EndTagToken:
		f.end(z, raw)
	case html.CommentToken:
	default:
		f.out.WriteString(raw)
	}
}

func (f *flattener) start(z *html.Tokenizer, raw string) {
	b, _ := z.TagName()
	name := string(b)
	switch {
	case isFormatting(name) && name != "a":
	case isVoid(name) || isRawText(name):
		f.out.WriteString(raw)
	case f.depth >= flatDepth:
		if name != "a" {
			f.out.WriteString("<br>")
		}
	default:
		f.depth++
		f.open[name]++
		f.out.WriteString(raw)
	}
}

// selfClosing closes what looks closed: <div/> is an open tag to the parser.
func (f *flattener) selfClosing(z *html.Tokenizer, raw string) {
	b, _ := z.TagName()
	name := string(b)
	if isFormatting(name) || f.depth >= flatDepth && !isVoid(name) {
		return
	}
	f.out.WriteString(raw)
	if !isVoid(name) {
		f.out.WriteString("</" + name + ">")
	}
}

func (f *flattener) end(z *html.Tokenizer, raw string) {
	b, _ := z.TagName()
	name := string(b)
	if isRawText(name) {
		f.out.WriteString(raw)
		return
	}
	if f.open[name] == 0 {
		return
	}
	f.open[name]--
	f.depth--
	f.out.WriteString(raw)
}

func isVoid(name string) bool {
	switch atom.Lookup([]byte(name)) {
	case atom.Area, atom.Base, atom.Br, atom.Col, atom.Embed, atom.Hr, atom.Img, atom.Input,
		atom.Link, atom.Meta, atom.Param, atom.Source, atom.Track, atom.Wbr:
		return true
	}
	return false
}

// isRawText reports whether the tokenizer reads the content of the element as text without tags.
func isRawText(name string) bool {
	switch name {
	case "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript", "plaintext":
		return true
	}
	return false
}
