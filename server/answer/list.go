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
	for _, id := range values[param] {
		switch {
		case id == "" || slices.Contains(ids, id):
		case !idShape.MatchString(id) || len(ids) == MostListed:
			left++
		default:
			ids = append(ids, id)
		}
	}
	return ids, left
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
