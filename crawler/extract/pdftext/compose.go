package pdftext

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// compose makes the document of the lines: furniture out, words parted at line ends joined, lines into paragraphs.
func compose(r *raw, o Options) Document {
	doc := Document{
		Total: r.Total, Title: r.Info.Title, Author: r.Info.Author, Subject: r.Info.Subject,
		Keywords: r.Info.Keywords, Producer: r.Info.Producer, Language: r.Info.Language,
		Created: r.Info.Created, Modified: r.Info.Modified, NoCopy: r.Info.NoCopy,
		Textless: r.Images, Truncated: r.Over,
	}
	pages := r.Pages
	if !o.KeepFurniture {
		// Pages that are all the same are no furniture without a room.
		if kept, dropped := withoutFurniture(pages); !blank(kept) {
			pages, doc.Furniture = kept, dropped
		}
	}
	h := newHyphens(pages, o.Joiner)
	carry(pages, h)
	for _, p := range pages {
		doc.Pages = append(doc.Pages, norm.NFC.String(paragraphs(p, h)))
	}
	return doc
}

func blank(pages [][]line) bool {
	for _, lines := range pages {
		if len(lines) > 0 {
			return false
		}
	}
	return true
}

// carry moves the rest of a word that is parted at the end of a page to that page.
func carry(pages [][]line, h *hyphens) {
	for i := 0; i+1 < len(pages); i++ {
		if len(pages[i]) == 0 || len(pages[i+1]) == 0 {
			continue
		}
		last, first := &pages[i][len(pages[i])-1], &pages[i+1][0]
		if _, _, ok := parted(last.Text, first.Text); !ok || !lower(first.Text) {
			continue
		}
		rest, after, _ := strings.Cut(first.Text, " ")
		last.Text = h.join(last.Text, rest)
		first.Text = after
		if after == "" {
			pages[i+1] = pages[i+1][1:]
		}
	}
}

// paragraphs joins the lines of a page.
func paragraphs(lines []line, h *hyphens) string {
	var text strings.Builder
	right := rightEdges(lines)
	current := ""
	for i := range lines {
		l := &lines[i]
		switch {
		case i == 0:
			current = l.Text
		case begins(lines, i, right):
			emit(&text, current)
			current = l.Text
		default:
			current = h.join(current, l.Text)
		}
	}
	emit(&text, current)
	return text.String()
}

func emit(text *strings.Builder, paragraph string) {
	paragraph = strings.TrimSpace(strings.ReplaceAll(paragraph, softHyphen, ""))
	if paragraph == "" {
		return
	}
	if text.Len() > 0 {
		text.WriteByte('\n')
	}
	text.WriteString(paragraph)
}

// rightEdges are the ends of the longest line of each block.
func rightEdges(lines []line) map[int]float64 {
	right := map[int]float64{}
	for i := range lines {
		b := lines[i].Block
		if edge, ok := right[b]; !ok || lines[i].X1 > edge {
			right[b] = lines[i].X1
		}
	}
	return right
}

// begins reports whether a paragraph begins with line i: between blocks unless a sentence goes on, and within a block
// by what shows it to readers: white above, another size, indentation, a list mark, a short line before.
func begins(lines []line, i int, right map[int]float64) bool {
	a, b := &lines[i-1], &lines[i]
	if a.Dir != b.Dir || strings.Contains(a.Text, "\t") || strings.Contains(b.Text, "\t") {
		return true
	}
	if _, _, ok := parted(a.Text, b.Text); ok && lower(b.Text) {
		return false
	}
	size := max(a.Size, b.Size)
	if diff := a.Size - b.Size; diff > 0.12*size || diff < -0.12*size {
		return true
	}
	if a.Block != b.Block {
		return !lower(b.Text) || ended(a.Text) || len(a.Text) < minBroken || a.Y-b.Y > 3*size
	}
	return listItem(b.Text) || wide(lines, i) || indented(lines, i) || short(a, right[a.Block]) && !lower(b.Text)
}

// minBroken is the shortest line, in bytes, that a sentence may leave at the foot of a column; shorter ones are cells
// and captions.
const minBroken = 20

// wide reports whether the white above line i is clearly more than between most lines of its block.
func wide(lines []line, i int) bool {
	var drops []float64
	for j := max(1, i-8); j < min(len(lines), i+9); j++ {
		if lines[j].Block == lines[i].Block && lines[j-1].Block == lines[i].Block {
			drops = append(drops, lines[j-1].Y-lines[j].Y)
		}
	}
	slices.Sort(drops)
	return lines[i-1].Y-lines[i].Y > 1.25*drops[(len(drops)-1)/2]
}

// indented reports whether line i starts to the right of both its neighbours, as first lines of paragraphs do.
func indented(lines []line, i int) bool {
	a, b := &lines[i-1], &lines[i]
	by := b.X0 - a.X0
	if by < 0.7*b.Size || by > 4*b.Size || lower(b.Text) {
		return false
	}
	if i+1 < len(lines) && lines[i+1].Block == b.Block {
		return b.X0-lines[i+1].X0 > 0.7*b.Size
	}
	return ended(a.Text)
}

// short reports whether a line ends far from the right edge of its block.
func short(l *line, edge float64) bool {
	return edge-l.X1 > 0.25*(edge-l.X0) && edge-l.X1 > 3*l.Size
}

// lower reports whether the text goes on with a small letter.
func lower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

// ended reports whether a sentence or heading ends with the text.
func ended(s string) bool {
	s = strings.TrimRight(s, `"'”’»)] `)
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?:…", r)
}

// listItem reports whether the text starts with a bullet or the number of a list item.
func listItem(s string) bool {
	mark, rest, ok := strings.Cut(s, " ")
	if !ok || rest == "" {
		return false
	}
	if strings.Contains("•▪►●○■□–—-*·‣◦→✓", mark) {
		return true
	}
	body := strings.TrimRight(mark, ".)")
	if body == mark || len(body) == 0 || len(body) > 3 {
		return false
	}
	return strings.Trim(body, "0123456789") == "" || len(body) == 1 && unicode.IsLetter(rune(body[0])) && mark[1] == ')'
}
