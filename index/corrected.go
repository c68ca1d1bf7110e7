package index

// Alone is the Pin of a document that is grouped with none.
const Alone = "alene"

// Pins are what a Pin can say.
var Pins = []string{"kopi", "udgave", "oversaettelse", Alone}

// Pin is what an operator says of the group of a document, in place of what grouping finds.
type Pin struct {
	As   string `json:"as"`             // one of Pins
	With string `json:"with,omitempty"` // the address of the other document
	Reason
}

// Replaced is what extraction had found where a correction stands now, so that it can be taken back without another visit.
type Replaced struct {
	Fields      []string `json:"fields,omitempty"` // those that were replaced: lang, licence, access, authors, publisher, the numbers and the dates
	Lang        Derived  `json:"lang,omitzero"`
	Licence     Derived  `json:"licence,omitzero"`
	Access      Derived  `json:"access,omitzero"`
	Authors     []string `json:"authors,omitempty"`
	AuthorsWhy  Reason   `json:"authors_why,omitzero"`
	AuthorsMore bool     `json:"authors_more,omitempty"`
	Publisher   Derived  `json:"publisher,omitzero"`
	DOI         Derived  `json:"doi,omitzero"`
	ISBN        Derived  `json:"isbn,omitzero"`
	ISSN        Derived  `json:"issn,omitzero"`
	Published   Date     `json:"published,omitzero"`
	Updated     Date     `json:"updated,omitzero"`
	Decided     Date     `json:"decided,omitzero"`
	Deadline    Date     `json:"deadline,omitzero"`
}

// IsZero reports whether nothing was replaced.
func (r Replaced) IsZero() bool { return len(r.Fields) == 0 }
