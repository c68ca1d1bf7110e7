package demosite

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
)

// Kinds of lines in a paper.
const (
	paperTitle   = "title"
	paperHeading = "heading"
	paperSmall   = "small"   // date and byline below the title
	paperSpaced  = "spaced"  // a heading set with a space between its letters
	paperItem    = "item"    // of a list
	paperRow     = "row"     // of a table
	paperText    = "text"    // a paragraph
	paperPage    = "newpage" // where the next page begins
)

// paperBlock is one paragraph of a paper; a row has several cells.
type paperBlock struct {
	kind  string
	cells []string
}

// paperMarks are what lines of the files begin with; other lines are paragraphs.
var paperMarks = []struct{ mark, kind string }{
	{"### ", paperHeading},
	{"## ", paperHeading},
	{"# ", paperTitle},
	{"- ", paperItem},
	{"| ", paperRow},
	{"!date ", paperSmall},
	{"!byline ", paperSmall},
	{"!spaced ", paperSpaced},
	{"!page", paperPage},
}

// loadPaper reads the text of a document's file, nil where none is written.
func loadPaper(id string) ([]paperBlock, error) {
	data, err := files.ReadFile("papers/" + id + ".txt")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the paper of %s: %w", id, err)
	}
	var out []paperBlock
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, readPaperLine(line))
		}
	}
	return out, nil
}

func readPaperLine(line string) paperBlock {
	for _, m := range paperMarks {
		rest, ok := strings.CutPrefix(line, m.mark)
		switch {
		case !ok:
		case m.kind == paperRow:
			return paperBlock{m.kind, strings.Split(rest, " | ")}
		default:
			return paperBlock{m.kind, []string{rest}}
		}
	}
	return paperBlock{paperText, []string{line}}
}
