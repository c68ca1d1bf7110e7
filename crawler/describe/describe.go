// Package describe says what a document is, each time with the reason.
package describe

import (
	"smaabornsviden/crawler/partners"
	"smaabornsviden/index"
)

// Unknown is the type of a document that nothing is known of. A guess is not allowed in its place.
const Unknown = "ukendt"

// Describe fills in what follows from the source alone: its name, sector and default type. What
// extraction found stays as it is.
func Describe(d *index.Document, src partners.Source) {
	d.Source, d.SourceName, d.Sector = src.ID, src.Name, src.Sector
	d.Type = index.Derived{Value: Unknown}
	if src.Type != "" {
		d.Type = index.Derived{Value: src.Type, Reason: index.Reason{Rule: "source-default", Quote: src.Name}}
	}
}
