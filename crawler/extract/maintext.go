package extract

import (
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/andybalholm/cascadia"
	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"smaabornsviden/index"
)

// Up to these sizes the generic extractor is asked; its cost grows faster than the page. Longer pages are statutes
// and manuals, which it cuts down anyway.
const (
	maxGeneric      = 400_000 // characters
	maxGenericNodes = 30_000
	// minGeneric is the least text for which the generic extractor is believed against the page's container.
	minGeneric = 500
	// minRegion is the per cent of the container's text below which a region is a lead-in of a page of links.
	minRegion = 25
)

// fillText reads the main text, leaves out what stands in fields of its own, and masks what is nobody's business.
func (p *page) fillText(res *Result) {
	bs, why := p.mainText(p.kept, p.in.URL)
	bs = withoutNotices(bs, res.Title)
	bs, p.owners = withoutOwners(bs)
	if kept := trim(bs, res); len(kept) > 0 {
		bs = kept // a page that is only its title keeps it as its text
	}
	res.Text = Mask(joinBlocks(bs))
	res.Why["text"] = why
	if res.Title == "" && res.Text != "" {
		res.Title = firstSentence(res.Text)
		res.Why["title"] = index.Reason{Rule: "title-first-line"}
	}
}

// firstSentence is the first line of a text up to its first full stop, 100 characters at most.
func firstSentence(text string) string {
	line, _, _ := strings.Cut(strings.ReplaceAll(text, "\t", " "), "\n")
	sentence, _, _ := strings.Cut(line, ". ")
	return clip(sentence, 100)
}

// selectContent finds the main text by the register's selector.
func (p *page) selectContent(selector string) error {
	if selector == "" {
		return nil
	}
	sel, err := cascadia.ParseGroup(selector)
	if err != nil {
		return fmt.Errorf("%w %q: %w", ErrSelector, selector, err)
	}
	p.main = cascadia.Query(p.kept, sel)
	return nil
}

// mainText returns the blocks that are the page's own text. What stands in its container is read in full, since
// the generic extractor loses headings, lists and a fifth of help pages; the extractor only says in which
// part of the container the text lies, which it knows well.
func (p *page) mainText(doc *html.Node, address string) ([]block, index.Reason) {
	if p.main != nil {
		return p.container(p.main), index.Reason{Rule: "text-selector", Quote: p.in.Selector}
	}
	if bs, why, ok := p.modelText(doc); ok {
		return bs, why
	}
	box, name := findContainer(doc)
	own := p.container(box)
	if textLen(box) > maxGeneric || countNodes(doc, maxGenericNodes) > maxGenericNodes {
		return own, index.Reason{Rule: "text-container", Quote: name}
	}
	generic := genericText(doc, address)
	part := textRegion(own, generic)
	if part == nil && box.DataAtom != atom.Body {
		// The page calls something else than its text the main part.
		box = body(doc)
		own, name = p.container(box), "body"
		part = textRegion(own, generic)
	}
	if part == nil && size(generic) > max(minGeneric, 3*size(own)) && isProse(generic) {
		return generic, index.Reason{Rule: "text-generic"}
	}
	part = growOwn(own, matterBox(box, part), part)
	if part == nil || !contains(box, part) {
		return own, index.Reason{Rule: "text-container", Quote: name}
	}
	if text := below(part, own); size(text)*100 >= size(own)*minRegion {
		return text, index.Reason{Rule: "text-region", Quote: describeNode(part)}
	}
	return own, index.Reason{Rule: "text-container", Quote: name}
}

// container reads everything in a box but its frame. Where lists of links are nearly all there is, they are the
// text: front pages and tables of contents.
func (p *page) container(box *html.Node) []block {
	c := chrome{title: titleNode(box), total: textLen(box), lists: true, scope: box}
	// Lists of other texts go first, by headings that are frame lines themselves.
	bs := withoutFrameLines(withoutRelated(withoutMasthead(blocks(box, c.drop), box, c.title)))
	if size(bs) > 250 {
		return bs
	}
	c.lists = false
	all := withoutFrameLines(blocks(box, c.drop))
	if size(bs)*4 >= size(all) && len(bs) > 0 {
		return bs
	}
	if len(all) > 0 {
		return all
	}
	return blocks(box, nil)
}

// longestName is the length in characters up to which a line over the heading is a name, of the site or of a section.
const longestName = 60

// withoutMasthead leaves out the names that stand over the heading of a page that does not say where its text begins.
func withoutMasthead(bs []block, box, title *html.Node) []block {
	if !isElement(box, atom.Body) || title == nil {
		return bs
	}
	for i := range bs {
		switch {
		case contains(title, bs[i].node):
			return bs[i:]
		case utf8.RuneCountInString(bs[i].text) > longestName || strings.ContainsAny(lastOf(bs[i].text), ".?!:"):
			return bs
		}
	}
	return bs
}

// findContainer returns the element in which a page keeps its content by its own word, else the body.
func findContainer(doc *html.Node) (*html.Node, string) {
	for _, c := range containers {
		var found []*html.Node
		for _, n := range cascadia.QueryAll(doc, c.sel) {
			if len(found) == 0 || !contains(found[len(found)-1], n) {
				found = append(found, n)
			}
		}
		// Several articles side by side are a list of teasers, not a text.
		if len(found) == 1 && textLen(found[0]) > 100 {
			return found[0], c.name
		}
	}
	return body(doc), "body"
}

// body is the page's body, or all of it where there is none (frame sets).
func body(doc *html.Node) *html.Node {
	if n := first(doc, func(n *html.Node) bool { return isElement(n, atom.Body) }); n != nil {
		return n
	}
	return doc
}

type containerRule struct {
	name string
	sel  cascadia.Sel
}

var containers = []containerRule{
	containerOf(`[itemprop="articleBody"]`),
	containerOf(`main article`),
	containerOf(`main`),
	containerOf(`[role="main"]`),
	containerOf(`article`),
}

func containerOf(selector string) containerRule {
	sel, err := cascadia.Parse(selector)
	if err != nil {
		panic(err)
	}
	return containerRule{name: selector, sel: sel}
}

// genericText asks go-trafilatura. Its slower fallbacks (readability, distiller) change
// the region on none of the measured sites.
func genericText(doc *html.Node, address string) (bs []block) {
	// A fault of a foreign library on one odd page costs that page its region, not the crawl its process.
	defer func() {
		if recover() != nil {
			bs = nil
		}
	}()
	u, err := url.Parse(address)
	if err != nil {
		u = nil
	}
	res, err := trafilatura.ExtractDocument(visibleCopy(doc), trafilatura.Options{
		OriginalURL:     u,
		ExcludeComments: true,
		HtmlDateMode:    trafilatura.Disabled,
	})
	if err != nil || res.ContentNode == nil {
		return nil
	}
	return withoutFrameLines(withoutRelated(blocks(res.ContentNode, nil)))
}

// countNodes counts the nodes of a tree up to a limit.
func countNodes(n *html.Node, limit int) int {
	count := 1
	for c := n.FirstChild; c != nil && count <= limit; c = c.NextSibling {
		count += countNodes(c, limit-count)
	}
	return count
}

// visibleCopy copies a tree without scripts, hidden parts and comments: the generic extractor would read text
// out of them.
func visibleCopy(n *html.Node) *html.Node {
	out := &html.Node{Type: n.Type, DataAtom: n.DataAtom, Data: n.Data, Namespace: n.Namespace, Attr: slices.Clone(n.Attr)}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.CommentNode || c.Type == html.ElementNode && (unseen(c) || hidden(c)) {
			continue
		}
		out.AppendChild(visibleCopy(c))
	}
	return out
}

// withoutFrameLines leaves out what leads elsewhere or belongs to the template by its words.
func withoutFrameLines(bs []block) []block {
	kept := bs[:0:0]
	for i, b := range bs {
		if !isFrameLine(b.text) && !isNavigation(&b) && !isCaption(b.text) && !isPointer(bs, i) {
			kept = append(kept, b)
		}
	}
	return kept
}

// isPointer reports whether a paragraph that is nothing but a link stands between paragraphs of prose: it leads a reader
// of one text to another.
func isPointer(bs []block, i int) bool {
	if i == 0 || i+1 == len(bs) || !isElement(bs[i].node, atom.P) || !isLink(&bs[i]) {
		return false
	}
	return isProse(bs[i-1:i]) && isProse(bs[i+1:i+2])
}

func isLink(b *block) bool {
	n := utf8.RuneCountInString(b.text)
	return n > proseLength && b.link*100 >= n*95
}

// headLines is how many blocks at the start of a text may repeat what stands in the title, kicker, byline and date.
const headLines = 10

// trim leaves out of the first blocks what the document has as fields, and long blocks that stand twice: summaries are
// often printed above a text and again in it.
func trim(bs []block, res *Result) []block {
	seen := map[string]bool{}
	kept := bs[:0:0]
	lead := false
	for i, b := range bs {
		if i < headLines && (repeatsField(&b, res, len(kept) == 0) || saysWho(bs, i, lead)) {
			continue
		}
		lead = lead || runs(b.text)
		if utf8.RuneCountInString(b.text) > 100 {
			if seen[b.text] {
				continue
			}
			if i < headLines {
				seen[b.text] = true // a manual may say the same of three buttons; a summary stands at the top
			}
		}
		kept = append(kept, b)
	}
	return trimMenu(kept)
}

// saysWho reports whether a line only says who wrote: by what it says, by its template's name for it, or by the name before it. A model
// of the site reads such lines with the text, since they are another on each page.
func saysWho(bs []block, i int, behindLead bool) bool {
	line := bs[i].text
	if utf8.RuneCountInString(line) > longestHeadLine {
		return false
	}
	if w := classWords(bs[i].node); (w.has("byline") || w.has("author")) && markedNames(line) != nil || namesOn(bs, i, behindLead) != nil {
		return true
	}
	return i > 0 && persons(bs[i-1].text) != nil && namesOn(bs, i-1, behindLead) != nil && saysWhat(line, behindLead)
}

func repeatsField(b *block, res *Result, top bool) bool {
	folded, title := fold(b.text), fold(res.Title)
	switch {
	case folded == title && top, // a heading that says the title again belongs to the text
		folded == fold(res.Kicker):
		return true
	case isElement(b.node, atom.H1):
		// The heading may be the title without its kicker, or with a subtitle cut off.
		return strings.HasSuffix(title, folded) || strings.HasPrefix(title, folded)
	}
	return isMetaLine(b.text)
}

// isMetaLine reports whether a line only says who wrote and when.
func isMetaLine(text string) bool {
	if utf8.RuneCountInString(text) > 120 {
		return false
	}
	if isStamp(text) {
		return true
	}
	if names := bylineNames(text); len(names) > 0 {
		return true
	}
	dates := findDates(text, time.Time{})
	if len(dates) == 0 {
		return false
	}
	before := text[:dates[0].start]
	return updatedLabel.MatchString(before) || publishedLabel.MatchString(before) || standsOut(text, dates[0]) && len(strings.Fields(before)) <= 2
}

func joinBlocks(bs []block) string {
	var b strings.Builder
	for i, bl := range bs {
		if i > 0 {
			b.WriteByte('\n')
		}
		_, _ = io.WriteString(&b, bl.text)
	}
	return b.String()
}

// titleNode is the heading that names the page.
func titleNode(root *html.Node) *html.Node {
	return first(root, func(n *html.Node) bool { return isElement(n, atom.H1) })
}
