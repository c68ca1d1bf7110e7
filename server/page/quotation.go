package page

import (
	"strings"

	"smaabornsviden/index"
	"smaabornsviden/server/tongue"
)

// quotation is what a value rests on, as its page shows it: the words of the source between quotation marks, each stretch by itself, and
// outside of them what a rule adds to them.
type quotation struct {
	Spans  []string
	Others string // how many places more the rule rests on
	Beside string // what is no text of the source: a piece of the address, the sector
}

// quotationOf takes apart what a rule wrote: of types, audiences and places it may have quoted several stretches, parted by " · ".
func quotationOf(t tongue.Tongue, r index.Reason) quotation {
	family, _, _ := strings.Cut(r.Rule, "/")
	if r.Rule == "sted/adresse" {
		return quotation{Beside: t.Say("adressen: %s", r.Quote)}
	}
	if r.Quote == "" || family != "type" && family != "maalgruppe" && family != "sted" {
		return whole(r.Quote)
	}
	var q quotation
	var beside []string
	for piece := range strings.SplitSeq(r.Quote, " · ") {
		count, counts := strings.CutPrefix(piece, "og ")
		count, several := strings.CutSuffix(count, " andre")
		sector, isSector := strings.CutPrefix(piece, "kildens sektor: ")
		switch {
		case isSector:
			beside = append(beside, t.Say("kildens sektor: %s", t.Say(sector)))
		case piece == "og 1 anden":
			q.Others = t.Say("og 1 andet sted")
		case counts && several && strings.Trim(count, "0123456789") == "":
			q.Others = t.Say("og %s andre steder", count)
		case len(piece) > 2 && strings.HasPrefix(piece, "/") && strings.HasSuffix(piece, "/"):
			beside = append(beside, t.Say("adressen: %s", piece))
		default:
			q.Spans = append(q.Spans, piece)
		}
	}
	q.Beside = strings.Join(beside, "; ")
	return q
}

// whole is a quotation of one piece.
func whole(quote string) quotation {
	if quote == "" {
		return quotation{}
	}
	return quotation{Spans: []string{quote}}
}
