package protocol

import "time"

// Comparison holds a protocol against the same search run again.
type Comparison struct {
	Protocol string    `json:"protocol"` // id
	Made     time.Time `json:"made"`
	Run      time.Time `json:"run"` // of the later search
	// Same says that the same documents were found in the same order and none of them has changed.
	Same bool `json:"same"`
	// ReadAlike says that the query became the same plan; else a newer vocabulary, lexicon or program reads it otherwise.
	ReadAlike   bool    `json:"read_alike"`
	TotalBefore int     `json:"total_before"`
	Total       int     `json:"total"`
	Before      Index   `json:"index_before"`
	Index       Index   `json:"index"`
	IDsBefore   string  `json:"ids_sha256_before"`
	IDs         string  `json:"ids_sha256"`
	New         []Place `json:"new"`
	Gone        []Place `json:"gone"`
	Changed     []Place `json:"changed"`
	Moved       int     `json:"moved"` // documents found both times, but not in the same order among themselves
	Whole       bool    `json:"whole"` // both named all their hits, so that nothing else came or went
}

// Place is a document and where it stands among the hits, from 1; 0 where it is not.
type Place struct {
	ID     string `json:"id"`
	Before int    `json:"before"`
	Now    int    `json:"now"`
}

// Compare holds a record, under its id, against a later one of the same search.
func Compare(id string, before, now Record) Comparison {
	c := Comparison{
		Protocol: id, Made: before.Made, Run: now.Made, ReadAlike: before.PlanSHA256 == now.PlanSHA256,
		TotalBefore: before.Total, Total: now.Total, Before: before.Index, Index: now.Index,
		IDsBefore: before.IDsSHA256, IDs: now.IDsSHA256, Whole: before.Whole && now.Whole,
		New: []Place{}, Gone: []Place{}, Changed: []Place{},
	}
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
		if hash := before.Records[at-1].SHA256; hash != "" && h.SHA256 != "" && hash != h.SHA256 {
			c.Changed = append(c.Changed, Place{ID: h.ID, Before: at, Now: i + 1})
		}
	}
	for i, h := range before.Records {
		if !is[h.ID] {
			c.Gone = append(c.Gone, Place{ID: h.ID, Before: i + 1})
		}
	}
	c.Same = c.IDsBefore == c.IDs && len(c.Changed) == 0 && c.Total == c.TotalBefore
	return c
}
