package crawler

import (
	"bytes"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"smaabornsviden/crawler/state"
)

// shellWords is how many words a page shows at least that a server has filled in; what a script is to fill shows a
// name or a spinner.
const shellWords = 4

// emptyReason says why a page has no text, or returns "" when it shows something to a reader all the same: a heading
// over a picture, a list of links. Such a page can be found by its title.
func emptyReason(body []byte) state.Reason {
	words, scripts := shown(body, shellWords)
	switch {
	case words >= shellWords:
		return ""
	case scripts:
		return state.NeedsScript
	}
	return state.NoText
}

// hidden are the elements whose text no reader sees.
var hidden = map[atom.Atom]bool{
	atom.Head: true, atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true, atom.Title: true, atom.Svg: true,
}

// shown counts the words that a body shows, up to most, and reports whether it holds a script.
func shown(body []byte, most int) (words int, scripts bool) {
	z := html.NewTokenizer(bytes.NewReader(body))
	inside := 0
	for {
		switch z.Next() {
		case html.ErrorToken:
			return words, scripts
		case html.StartTagToken:
			name, _ := z.TagName()
			tag := atom.Lookup(name)
			scripts = scripts || tag == atom.Script
			switch {
			case tag == atom.Body:
				inside = 0 // a head need not be closed
			case hidden[tag]:
				inside++
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if hidden[atom.Lookup(name)] && inside > 0 {
				inside--
			}
		case html.TextToken:
			if inside == 0 {
				words += len(bytes.Fields(z.Text()))
			}
		}
		if words >= most && scripts {
			return words, scripts
		}
	}
}
