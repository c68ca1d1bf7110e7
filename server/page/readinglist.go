package page

import (
	"io"
	"net/url"
	"slices"

	"smaabornsviden/index"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/cite"
	"smaabornsviden/server/tongue"
)

// ReadingList is a list of documents that stands in its address and nowhere else.
type ReadingList struct {
	IDs  []string         // as they stand in the address
	Docs []index.Document // those of them that there are, in the same order
	// Citations are the references of Docs, as APA text.
	Citations []string
	Left      int // ids that were too many
	Unread    int // values that are no ids
}

type readingListView struct {
	frame
	Heading   string
	Cards     []card
	Missing   string
	Unread    string
	Left      string
	Formats   []linkView
	Reserved  string
	Citations []sentence
}

// ListPath is where a reading list stands; its ids are parameters.
const ListPath = "/laeseliste"

func listAddress(path string, ids []string) string {
	if len(ids) == 0 {
		return path
	}
	return path + "?" + url.Values{"id": ids}.Encode()
}

// ReadingList writes the page of a reading list.
func (p *Pages) ReadingList(w io.Writer, l ReadingList) error {
	heading := p.in.Say("Læseliste")
	v := readingListView{frame: p.frame(titled(heading)), Heading: heading}
	for i, c := range l.Citations {
		v.Citations = append(v.Citations, reference(p.in, c, l.Docs[i]))
	}
	v.NoIndex = true
	v.Self = listAddress(ListPath, l.IDs)
	v.Listed = l.IDs
	reserved := 0
	for _, d := range l.Docs {
		if d.TDMReserved {
			reserved++
		}
		without := slices.DeleteFunc(slices.Clone(l.IDs), func(id string) bool { return id == d.ID })
		title := []answer.Piece{{Text: d.Title}}
		c := p.card(answer.Hit{Doc: d, Title: title})
		c.Listing = &listing{On: true, Href: listAddress(p.in.Path(ListPath), without)}
		v.Cards = append(v.Cards, c)
	}
	if missing := len(l.IDs) - len(l.Docs); missing > 0 {
		v.Missing = p.in.Say("%s på listen kender vi ikke: måske er de fjernet, eller også er der en fejl i adressen.", p.in.Counted(missing, "dokument", "dokumenter"))
	}
	if l.Unread > 0 {
		v.Unread = p.in.Say("%s i adressen kan ikke læses. Skriv id= foran hvert dokument, med & imellem.", p.in.Counted(l.Unread, "værdi", "værdier"))
	}
	if l.Left > 0 {
		v.Left = p.in.Say("Der er plads til %s dokumenter. Resten er ikke med.", p.in.Number(answer.MostListed))
	}
	if len(l.Docs) > reserved {
		for _, f := range cite.Formats() {
			v.Formats = append(v.Formats, linkView{Text: p.in.Say(f.Label), Href: listAddress(ListPath+"/"+f.Name, l.IDs)})
		}
	}
	if reserved > 0 {
		v.Reserved = p.in.Say("%s er ikke med i filerne, fordi kilden forbeholder sig det.", p.in.Counted(reserved, "dokument", "dokumenter"))
	}
	return p.write(w, "laeseliste", v)
}

// listing is a link that puts a document on a reading list or takes it off.
type listing struct {
	Href string // empty where the list is full
	On   bool
}

// newListing leads back to the same card of the same search.
func newListing(t tongue.Tongue, q answer.Question, id string) *listing {
	back := "#" + cardID(id)
	switch {
	case slices.Contains(q.List, id):
		return &listing{On: true, Href: address(t, q.Unlisting(id)) + back}
	case len(q.List) < answer.MostListed:
		return &listing{Href: address(t, q.Listing(id)) + back}
	}
	return &listing{}
}

// lonely puts a document on a list outside of a search.
func lonely(t tongue.Tongue, list []string, id string) *listing {
	if slices.Contains(list, id) {
		return &listing{On: true, Href: listAddress(t.Path(ListPath), list)}
	}
	return &listing{Href: listAddress(t.Path(ListPath), append(slices.Clip(list), id))}
}

func cardID(id string) string { return "dok-" + id }
