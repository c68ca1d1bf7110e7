package extract

import (
	"fmt"
	"io"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/andybalholm/cascadia"
	"github.com/markusmobius/go-htmldate"
	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"smaabornsviden/index"
)

// maxGeneric is the number of characters up to which the generic extractor is asked; its cost grows faster than
// the page. Longer pages are statutes and manuals, which it cuts down anyway.
const maxGeneric = 600_000

// fillText reads the main text, leaves the title out of it, and masks what is nobody's business.
func (p *page) fillText(res *Result) {
	bs, why := p.mainText(p.root, p.in.URL)
	bs = dropTitle(bs, res.Title)
	res.Text = Mask(joinBlocks(bs))
	res.Why["text"] = why
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
	p.main = cascadia.Query(p.root, sel)
	return nil
}

// mainText chooses the blocks that are the page's own text. The generic extractor is best on articles but
// loses a fifth of help and knowledge pages; there the page's own container is read instead.
func (p *page) mainText(doc *html.Node, address string) ([]block, index.Reason) {
	if p.main != nil {
		return p.container(p.main), index.Reason{Rule: "text-selector", Quote: p.in.Selector}
	}
	box, name := findContainer(doc)
	own := p.container(box)
	if textLen(box) > maxGeneric {
		return own, index.Reason{Rule: "text-container", Quote: name}
	}
	generic := genericText(doc, address)
	if size(generic)*100 < size(own)*genericShare {
		return own, index.Reason{Rule: "text-container", Quote: name}
	}
	return generic, index.Reason{Rule: "text-generic"}
}

// genericShare is the per cent of the container's text that the generic extractor has to reach.
const genericShare = 60

// container reads everything in a box but its frame. When that leaves nothing, the page is a list of links.
func (p *page) container(box *html.Node) []block {
	c := chrome{title: titleNode(box), total: textLen(box), lists: true, scope: box}
	bs := withoutFrameLines(blocks(box, c.drop))
	if len(bs) > 1 || size(bs) > 80 {
		return bs
	}
	c.lists = false
	if bs := withoutFrameLines(blocks(box, c.drop)); len(bs) > 0 {
		return bs
	}
	return blocks(box, nil)
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
	if body := first(doc, func(n *html.Node) bool { return isElement(n, atom.Body) }); body != nil {
		return body, "body"
	}
	return doc, "body"
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

// genericText asks go-trafilatura. It gets a copy, which it takes apart.
func genericText(doc *html.Node, address string) []block {
	u, err := url.Parse(address)
	if err != nil {
		u = nil
	}
	res, err := trafilatura.ExtractDocument(doc, trafilatura.Options{
		OriginalURL:      u,
		EnableFallback:   true,
		ExcludeComments:  true,
		HtmlDateOverride: &htmldate.Result{},
	})
	if err != nil || res.ContentNode == nil {
		return nil
	}
	return withoutFrameLines(blocks(res.ContentNode, nil))
}

func withoutFrameLines(bs []block) []block {
	kept := bs[:0:0]
	for _, b := range bs {
		if !isFrameLine(b.text) {
			kept = append(kept, b)
		}
	}
	return kept
}

// dropTitle leaves out blocks that only repeat the title, and long blocks that stand twice: summaries are often
// printed above a text and again in it.
func dropTitle(bs []block, title string) []block {
	folded := fold(title)
	seen := map[string]bool{}
	kept := bs[:0:0]
	for i, b := range bs {
		if i < 5 && folded != "" && fold(b.text) == folded {
			continue
		}
		if utf8.RuneCountInString(b.text) > 100 {
			if seen[b.text] {
				continue
			}
			seen[b.text] = true
		}
		kept = append(kept, b)
	}
	return kept
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
