// Package dedup finds which documents are copies, editions or translations of each other and which speak of the same work.
package dedup

import (
	"cmp"
	"fmt"
	"iter"
	"slices"

	"smaabornsviden/index"
)

// Version changes whenever the same documents would be grouped otherwise.
const Version = "dedup-9"

// Change is what a document has to say about its group and its relatives, in place of what it says now.
type Change struct {
	ID      string
	Group   string // "" for a document of its own
	Face    bool
	Merged  bool
	MoreOf  int
	Related []index.Relation
}

// Apply writes the change into its document.
func (c Change) Apply(d *index.Document) {
	d.Group, d.Face, d.Merged, d.MoreOf, d.Related = c.Group, c.Face, c.Merged, c.MoreOf, c.Related
}

// Kinds of relations; the words are those of index.Relation.
const (
	Edition   = "udgave"
	Twin      = "oversaettelse"
	Copy      = "kopi"
	File      = "fil"    // there lies the text that this page hands over
	Landing   = "side"   // the page that hands over this file
	Mentioned = "omtale" // there practice speaks of this work
	Told      = "omtale-nyhed"
	Elsewhere = "omtale-andet"
	Research  = "forskning" // the work that this document speaks of
	Programme = "samme-indsats"
)

// research is the type of a document that others may speak of.
const research = "forskning"

// unknown is the type of a document that no rule could tell.
const unknown = "ukendt"

// maxRelated bounds the relatives that a document lists.
const maxRelated = 20

// Group compares all documents and returns what is to change, ordered by id. It goes through the documents twice: what
// it remembers of each is small, and only the second time it looks into the texts for titles. The same documents give
// the same groups in whatever order they come, and grouping what is grouped changes nothing.
func Group(docs iter.Seq2[index.Document, error]) ([]Change, error) {
	g := newGrouping()
	for d, err := range docs {
		if err != nil {
			return nil, fmt.Errorf("group documents: %w", err)
		}
		g.add(read(&d))
		g.meet(&d)
	}
	g.order()
	g.copies()
	g.editions()
	g.translations()
	g.references()
	g.landings()
	if err := g.quotations(docs); err != nil {
		return nil, err
	}
	g.judge()
	g.pin()
	g.programmes()
	return g.changes(), nil
}

// grouping is the work of one call of Group.
type grouping struct {
	papers    []*paper
	byAddress map[uint64]*paper // by hash of the plain address
	pairs     []pair
	suspects  []suspect
	texts     map[*paper]laid     // of suspects
	called    map[string][]uint32 // words of the names of sources, as a laid text has them
}

func newGrouping() *grouping {
	return &grouping{byAddress: map[uint64]*paper{}, texts: map[*paper]laid{}, called: map[string][]uint32{}}
}

// pair says that b is a relative of a, with a's and b's word for the other.
type pair struct {
	a, b       *paper
	kind, back string
	why        index.Reason
}

func (g *grouping) add(p *paper) { g.papers = append(g.papers, p) }

// order numbers the papers by their ids and makes their addresses known.
func (g *grouping) order() {
	slices.SortFunc(g.papers, func(a, b *paper) int { return cmp.Compare(a.id, b.id) })
	for i, p := range g.papers {
		p.number = int32(i)
		for _, address := range p.addresses {
			g.byAddress[address] = p
		}
	}
}

// at is the document of a plain address; nil when it is none of ours.
func (g *grouping) at(address string) *paper { return g.byAddress[hash(address)] }

// byID is the paper of a document; nil when there is none.
func (g *grouping) byID(id string) *paper {
	i, found := slices.BinarySearchFunc(g.papers, id, func(p *paper, id string) int { return cmp.Compare(p.id, id) })
	if !found {
		return nil
	}
	return g.papers[i]
}

func (g *grouping) relate(a, b *paper, kind, back string, why index.Reason) {
	if a == nil || b == nil || a == b || a.listing && !a.leads(kind, why) || b.listing && !b.leads(kind, why) {
		return
	}
	g.pairs = append(g.pairs, pair{a, b, kind, back, why})
}

// leads reports whether a front page or a list may be a relative of a kind: it may stand twice or in two languages, and be the page of a
// programme that it is all about.
func (p *paper) leads(kind string, why index.Reason) bool {
	return kind == Copy || kind == Twin || kind == Programme && slices.Contains(p.own, why.Quote)
}

// merges reports whether documents of a kind are shown as one.
func merges(kind string) bool { return kind == Copy || kind == Edition }

// binds reports whether documents of a kind share a group: they are one work.
func binds(kind string) bool { return merges(kind) || kind == Twin || kind == File }
