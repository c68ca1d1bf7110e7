package answer

import (
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"

	"smaabornsviden/index"
	"smaabornsviden/index/query"
)

func TestCursorGoesThereAndBackAndIsNoCPRNumber(t *testing.T) {
	for _, key := range []index.Cursor{{Score: 1.0 / 3, ID: "a"}, {Day: 20230530, ID: "010203-1234"}, {Score: 1e-9, ID: "0102031234"}} {
		c := Cursor{Generation: "g0102031234", Seq: 1010101234, Key: key, Asked: "x"}
		got, ok := parseCursor(c.String())
		if diff := cmp.Diff(c, got); diff != "" || !ok {
			t.Errorf("%v (-want +got):\n%s", ok, diff)
		}
		if query.LooksLikeCPR(c.String()) {
			t.Errorf("%s looks like a CPR number", c)
		}
	}
}

func TestCursorBelongsToOneQuestionAndStandsAlone(t *testing.T) {
	q := Question{Text: "leg", Page: 1, Size: 20}
	c := Cursor{Generation: "g", Key: index.Cursor{ID: "a", Score: 1}, Asked: q.fingerprint()}.String()
	for raw, fine := range map[string]bool{
		"q=leg&cursor=" + c:             true,
		"q=leg&size=50&cursor=" + c:     true,
		"q=sprog&cursor=" + c:           false,
		"q=leg&sort=nyeste&cursor=" + c: false,
		"q=leg&page=2&cursor=" + c:      false,
		"q=leg&cursor=opdigtet":         false,
		"q=leg&cursor=æ":                false,
	} {
		values, _ := url.ParseQuery(raw)
		q, faults, err := Parse(values, APIParams, nil)
		if err != nil || (q.After != nil) != fine || (len(faults) == 0) != fine {
			t.Errorf("%s: %v %v %v", raw, q.After, faults, err)
		}
	}
}

func FuzzParseCursor(f *testing.F) {
	f.Add(Cursor{Generation: "g", Key: index.Cursor{ID: "a"}}.String())
	f.Add("me")
	f.Fuzz(func(t *testing.T, text string) {
		if c, ok := parseCursor(text); ok {
			again, ok := parseCursor(c.String())
			if !ok || again != c {
				t.Errorf("%q is %+v, and that is %+v", text, c, again)
			}
		}
	})
}
