package answer

import (
	"net/url"
	"regexp"
	"slices"
)

// Listed is the parameter that carries a reading list through searches, one id each. Nothing of it is stored anywhere: a
// list is as long as the address that holds it.
const Listed = "liste"

// MostListed is how many documents a reading list may hold: an address with all of them stays under 2,000 characters,
// which every browser and mail program passes on.
const MostListed = 50

var idShape = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// ReadList reads the ids under a parameter, each once and in their order, and tells how many were too many or no ids.
func ReadList(values url.Values, param string) (ids []string, left int) {
	ids, unread, over := readList(values, param)
	return ids, len(unread) + over
}

// readList tells which are no ids, and how many were too many.
func readList(values url.Values, param string) (ids, unread []string, over int) {
	for _, id := range values[param] {
		switch {
		case id == "" || slices.Contains(ids, id):
		case !idShape.MatchString(id):
			unread = append(unread, id)
		case len(ids) == MostListed:
			over++
		default:
			ids = append(ids, id)
		}
	}
	return ids, unread, over
}

// list reads the reading list that goes along, and says what of it cannot.
func (p *parser) list(param string) []string {
	ids, unread, over := readList(p.values, param)
	for _, id := range unread {
		p.fault(NotAnID, param, id)
	}
	if over > 0 {
		p.faults = append(p.faults, Fault{Kind: TooMany, Param: param, Limit: MostListed})
	}
	return ids
}

// Listing is the question with a document put on the reading list, on the same page.
func (q Question) Listing(id string) Question {
	if !slices.Contains(q.List, id) && len(q.List) < MostListed {
		q.List = append(slices.Clip(q.List), id)
	}
	return q
}

// Unlisting is the question with a document taken off the reading list, on the same page.
func (q Question) Unlisting(id string) Question {
	q.List = slices.DeleteFunc(slices.Clone(q.List), func(listed string) bool { return listed == id })
	if len(q.List) == 0 {
		q.List = nil
	}
	return q
}
