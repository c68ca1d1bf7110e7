package extract

import (
	"regexp"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// relatedLead is the heading, folded, of a list that leads to other texts. Such lists stand in boxes without a name, as lists of
// two links, or with a line on each text below its link, so that nothing but their heading tells them from the text.
var relatedLead = regexp.MustCompile(`^(?:` +
	`(?:(?:læs|se|hør|find)(?:også|mere|videre)|artikler|nyheder|mere|flereartikler|flerenyheder)(?:her|på(?:siden|sitet)|om.{1,60}|fra.{1,40})?` +
	`|(?:relatere(?:t|de)|relevante?|nyttige|gode|eksterne|interne|lignende|andre|flere|seneste|nyeste|mestlæste|populære|anbefalede|udvalgte|aktuelle)` +
	`(?:links?|sider|artikler|nyheder|nyhed|indhold|indlæg|emner|historier|temaer|publikationer|henvisninger|læsning|viden|blogindlæg|opslag|læste)(?:om.{1,60})?` +
	`|links?|relateret|mestlæste|mestsete|genveje|andrelæsteogså|andrelæser|anbefaledetildig|anbefalettildig|måske(?:er|vil)duogså.{1,30}|du(?:vil)?måskeogså.{1,30}` +
	`|related(?:links?|pages?|articles?|posts?|content|stories|news|topics)?|(?:see|read)(?:also|more|next)|more(?:on|from).{1,40}|more(?:stories|news|articles)|you(?:may|might)also.{1,20}|recommended(?:foryou|reading)?|latestnews|mostread` +
	`|les(?:også|mer)(?:om.{1,60})?|relatert(?:innhold|eartikler|esaker)|läs(?:också|mer|även)(?:om.{1,60})?|relatera(?:t|de)(?:innehåll|artiklar|länkar|sidor)?` +
	`)$`)

const (
	longestLead   = 80  // characters of such a heading
	longestTeaser = 250 // characters of what stands below a link in such a list
)

// withoutRelated leaves out lists of other texts with their headings. What takes more than half of a text away is no list
// beside it: front pages are made of them.
func withoutRelated(bs []block) []block {
	var kept []block
	for i := 0; i < len(bs); {
		if n := relatedFrom(bs, i); n > 0 {
			i += n
			continue
		}
		kept = append(kept, bs[i])
		i++
	}
	if 2*size(kept) < size(bs) {
		return bs
	}
	return kept
}

// relatedFrom is how many blocks from the i-th on are a list of other texts, its heading included; 0 where none begins.
func relatedFrom(bs []block, i int) int {
	if utf8.RuneCountInString(bs[i].text) > longestLead || !relatedLead.MatchString(fold(bs[i].text)) {
		return 0
	}
	links := 0
	for i+1+links < len(bs) && leadsAway(&bs[i+1+links]) {
		links++
	}
	if links == 0 {
		return 0
	}
	box := sharedBox(bs[i].node, bs[i+1].node)
	if i > 0 && contains(box, bs[i-1].node) {
		return 1 + links // the heading opens no box of its own, so that only the links are sure to be its own
	}
	if all := teasersIn(bs[i:], box); all > 0 {
		return all
	}
	return 1 + links
}

// teasersIn is how many of the first blocks lie in a box that holds links and short lines on where they lead, 0 where it holds
// anything else. Half of its blocks may be such lines, and one more for a date.
func teasersIn(bs []block, box *html.Node) int {
	n, links := 0, 0
	for n < len(bs) && contains(box, bs[n].node) {
		switch {
		case leadsAway(&bs[n]):
			links++
		case utf8.RuneCountInString(bs[n].text) > longestTeaser:
			return 0
		}
		n++
	}
	if 3*links < n-1 {
		return 0
	}
	return n
}

// leadsAway reports whether a block is a link and next to nothing else.
func leadsAway(b *block) bool {
	n := utf8.RuneCountInString(b.text)
	return b.link > 0 && b.link*100 >= 80*n && n <= longestTeaser
}

// sharedBox is the deepest element that holds both of two.
func sharedBox(a, b *html.Node) *html.Node {
	for a != nil && !contains(a, b) {
		a = a.Parent
	}
	return a
}
