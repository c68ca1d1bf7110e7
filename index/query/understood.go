package query

import (
	"strings"

	"smaabornsviden/index"
)

// Understood is a query as it was read, in terms a reader can check. Everything that was done beyond looking for the
// typed words stands in it.
type Understood struct {
	Typed   string   `json:"typed"`
	Words   []Word   `json:"words"`             // what the search looks for, in order
	Ignored []string `json:"ignored,omitempty"` // too common to decide anything
	Filters []string `json:"filters,omitempty"` // field:value pieces of the query, as typed
	Unread  []string `json:"unread,omitempty"`  // pieces that could not be read, such as år:20x0
	// Notes are the places where the query was not read as it was written.
	Notes []Note `json:"notes,omitempty"`
	// Added are the alternatives that the reader did not type, those switched off among them.
	Added []Added `json:"added,omitempty"`
	// Asked is how many words a hit had to hold, Needed how many it had to hold in the end: Search asks for
	// fewer when few documents have them all. Complete is how many of the hits have them all.
	Asked    int      `json:"asked,omitempty"`
	Needed   int      `json:"needed,omitempty"`
	Complete int      `json:"complete"`
	LetGo    []string `json:"let_go,omitempty"` // words that none of the hits contains, on whatever page
	// Near says that the parts of a typed compound near each other were enough, because few documents had the whole.
	Near bool `json:"near,omitempty"`
	// Pieces says that one part of a typed compound was enough, because no document had the whole, nor its parts near each other.
	Pieces bool `json:"pieces,omitempty"`
	// Offers are other spellings that far more documents have; nothing was done about them.
	Offers []Offer `json:"offers,omitempty"`
	// Logic is how AND, OR, NOT and parentheses were read, where they say more than which words must be there and which must not.
	Logic string `json:"logic,omitempty"`
	// Operators is the query with "eller" and "ikke" in capitals, where the reader may have meant them to be operators.
	Operators string `json:"operators,omitempty"`
}

// Word is one group of the plan as readers know it.
type Word struct {
	Text  string   `json:"text"`
	Not   bool     `json:"not,omitempty"`
	Exact bool     `json:"exact,omitempty"`
	Must  bool     `json:"must,omitempty"`  // has to be there, by + or AND
	Field string   `json:"field,omitempty"` // titel when only titles are asked
	Forms []string `json:"forms,omitempty"` // dictionary forms looked for
	// Kind is Repaired, Joined or Split when something else is looked for than what was typed, and then Text is
	// what is looked for and Typed what stood in the query.
	Kind  index.Kind `json:"kind,omitempty"`
	Typed string     `json:"typed,omitempty"`
	// Missing says that no document has the word in any form.
	Missing bool `json:"missing,omitempty"`
}

// Added is an alternative that the search looks for beside what was typed, or would if it were not switched off.
type Added struct {
	ID   string     `json:"id"` // for Request.Off
	Kind index.Kind `json:"kind"`
	For  string     `json:"for"`  // the typed words
	Text string     `json:"text"` // the alternative as a reader would write it
	Lang string     `json:"lang,omitempty"`
	// Facet and Value are what Described says of documents; several values are parted by "|".
	Facet string `json:"facet,omitempty"`
	Value string `json:"value,omitempty"`
	Off   bool   `json:"off,omitempty"`
	// Not says that For is excluded, and Text along with it.
	Not bool `json:"not,omitempty"`
}

// Offer is a query that the reader may have meant.
type Offer struct {
	Word  string `json:"word"`  // the typed word
	Meant string `json:"meant"` // the word instead
	Query string `json:"query"` // the whole query with it
	Docs  int    `json:"docs"`  // documents that have it
}

// AlternativeID names an alternative in Request.Off. A kind alone names all of its kind.
func AlternativeID(k index.Kind, text string) string { return string(k) + ":" + text }

// String gives the words and phrases that count towards the match, for headings.
func (u Understood) String() string {
	if u.Logic != "" {
		return u.Logic
	}
	var parts []string
	for _, w := range u.Words {
		text := w.Text
		if w.Exact {
			text = `"` + text + `"`
		}
		if w.Not {
			text = "ikke " + text
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, " ")
}
