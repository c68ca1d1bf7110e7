package answer

import (
	"fmt"
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReadingListsKeepTheirOrderAndTheirLimit(t *testing.T) {
	full := url.Values{}
	for i := range MostListed + 3 {
		full.Add("id", fmt.Sprintf("doc%d", i))
	}
	for _, tc := range []struct {
		raw  url.Values
		n    int
		left int
	}{
		{url.Values{}, 0, 0},
		{url.Values{"id": {"b", "a", "b", ""}}, 2, 0},
		{url.Values{"id": {"a b", "<x>", "æ", "c"}}, 1, 3},
		{full, MostListed, 3},
	} {
		ids, left := ReadList(tc.raw, "id")
		if len(ids) != tc.n || left != tc.left {
			t.Errorf("%v: %v, %d left", tc.raw, ids, left)
		}
	}
	q := Question{Text: "leg", Page: 2, Size: PageSize}
	two := q.Listing("b").Listing("a").Listing("b")
	if got := two.Values(PageParams).Encode(); got != "liste=b&liste=a&q=leg&side=2" {
		t.Errorf("listed: %s", got)
	}
	if diff := cmp.Diff(q, two.Unlisting("a").Unlisting("b")); diff != "" {
		t.Errorf("back again (-want +got):\n%s", diff)
	}
	if q.fingerprint() != two.fingerprint() {
		t.Error("a list changes the question")
	}
}
