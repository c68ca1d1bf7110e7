package protocol

import (
	"strings"
	"time"
)

// Comparison holds a protocol against the same search run again.
type Comparison struct {
	Protocol string    `json:"protocol"` // id
	Made     time.Time `json:"made"`
	Run      time.Time `json:"run"` // of the later search
	// Same says that the same documents were found in the same order and none of them has changed.
	Same bool `json:"same"`
	// ReadAlike says that the query is known to be read as it was: the same terms, fields, kinds and filters, whatever their
	// weights. Otherwise ReadOtherwise says why not.
	ReadAlike     bool      `json:"read_alike"`
	ReadOtherwise Otherwise `json:"read_otherwise,omitempty" enum:"software,collection,unknown"`

	TotalBefore int     `json:"total_before"`
	Total       int     `json:"total"`
	Before      Index   `json:"index_before"`
	Index       Index   `json:"index"`
	IDsBefore   string  `json:"ids_sha256_before"`
	IDs         string  `json:"ids_sha256"`
	New         []Place `json:"new"`
	Gone        []Place `json:"gone"`
	// Changed are documents whose text is another one, each with who changed it; ChangedBy counts them by that.
	Changed   []Place   `json:"changed"`
	ChangedBy ChangedBy `json:"changed_by"`
	// Redescribed are documents whose text is the same, but not what we say of it, such as type, topics or ages.
	Redescribed []Place `json:"redescribed"`
	Moved       int     `json:"moved"` // documents found both times, but not in the same order among themselves
	Whole       bool    `json:"whole"` // both named all their hits, so that nothing else came or went
}

// Place is a document and where it stands among the hits, from 1; 0 where it is not.
type Place struct {
	ID     string `json:"id"`
	Before int    `json:"before"`
	Now    int    `json:"now"`
	// Cause is who changed the document, of those that are changed.
	Cause Cause `json:"cause,omitempty" enum:"source,reading,both,unknown"`
}

// Cause says who changed a document.
type Cause string

// The causes.
const (
	BySource  Cause = "source"  // the source serves another page than then, and we read it as we did
	ByReading Cause = "reading" // the source's page made no difference: we read it in another way
	ByBoth    Cause = "both"    // both: which of them changed the text cannot be told
	ByUnknown Cause = "unknown" // the protocol is from before this was kept
)

// ChangedBy counts changes by cause.
type ChangedBy struct {
	Source  int `json:"source"`
	Reading int `json:"reading"`
	Both    int `json:"both"`
	Unknown int `json:"unknown"`
}

func (c *ChangedBy) add(by Cause) {
	switch by {
	case BySource:
		c.Source++
	case ByReading:
		c.Reading++
	case ByBoth:
		c.Both++
	default:
		c.Unknown++
	}
}

// cause goes by the marks of a document: what has stayed the same has changed nothing.
func cause(before, now Hit) Cause {
	switch {
	case before.Page == "" || now.Page == "":
		return ByUnknown
	case before.Page == now.Page:
		return ByReading
	case before.Reading == now.Reading:
		return BySource
	}
	return ByBoth
}

// Otherwise says why a query is not known to be read as it was.
type Otherwise string

// The reasons.
const (
	OtherSoftware   Otherwise = "software"   // the vocabulary, the lexicon or the program is another one
	OtherCollection Otherwise = "collection" // they are the same, and what the documents say decides spellings and how many words are asked for
	OtherUnknown    Otherwise = "unknown"    // the protocol does not tell: it is from before this was kept, or hashed in another way
)

// readOtherwise is empty for a query that is known to be read as it was.
func readOtherwise(before, now Record) Otherwise {
	version := func(r Record) string {
		name, _, _ := strings.Cut(r.ReadingHash, "-")
		return name
	}
	switch {
	case before.ReadingHash != "" && before.ReadingHash == now.ReadingHash, before.PlanSHA256 != "" && before.PlanSHA256 == now.PlanSHA256:
		return ""
	case before.ReadingHash == "" || version(before) != version(now):
		return OtherUnknown
	case before.Software.reads() != now.Software.reads():
		return OtherSoftware
	}
	return OtherCollection
}

// reads is what of a program decides how a query is read, beside the collection.
func (s Software) reads() [4]string {
	return [...]string{s.Version, s.Revision, s.Analyzer, s.Vocabulary}
}

// Compare holds a record, under its id, against a later one of the same search.
func Compare(id string, before, now Record) Comparison {
	c := Comparison{
		Protocol: id, Made: before.Made, Run: now.Made, ReadOtherwise: readOtherwise(before, now),
		TotalBefore: before.Total, Total: now.Total, Before: before.Index, Index: now.Index,
		IDsBefore: before.IDsSHA256, IDs: now.IDsSHA256, Whole: before.Whole && now.Whole,
		New: []Place{}, Gone: []Place{}, Changed: []Place{}, Redescribed: []Place{},
	}
	c.ReadAlike = c.ReadOtherwise == ""
	was := make(map[string]int, len(before.Records))
	for i, h := range before.Records {
		was[h.ID] = i + 1
	}
	is := make(map[string]bool, len(now.Records))
	last := 0
	for i, h := range now.Records {
		is[h.ID] = true
		at := was[h.ID]
		switch {
		case at == 0:
			c.New = append(c.New, Place{ID: h.ID, Now: i + 1})
			continue
		case at < last:
			c.Moved++
		default:
			last = at
		}
		c.hold(before.Records[at-1], h, Place{ID: h.ID, Before: at, Now: i + 1})
	}
	for i, h := range before.Records {
		if !is[h.ID] {
			c.Gone = append(c.Gone, Place{ID: h.ID, Before: i + 1})
		}
	}
	c.Same = c.IDsBefore == c.IDs && len(c.Changed) == 0 && c.Total == c.TotalBefore
	return c
}

// hold notes what has become another in a document that was found both times.
func (c *Comparison) hold(before, now Hit, at Place) {
	other := func(was, is string) bool { return was != "" && is != "" && was != is }
	switch {
	case other(before.SHA256, now.SHA256):
		at.Cause = cause(before, now)
		c.Changed = append(c.Changed, at)
		c.ChangedBy.add(at.Cause)
	case other(before.DescribedSHA256, now.DescribedSHA256):
		c.Redescribed = append(c.Redescribed, at)
	}
}
