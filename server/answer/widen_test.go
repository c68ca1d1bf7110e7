package answer

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"smaabornsviden/index"
)

func TestWideningIsReadAndWritten(t *testing.T) {
	for raw, tc := range map[string]struct {
		off    string
		faults int
		again  string
	}{
		"":                                       {"", 0, ""},
		"udvid=ja":                               {"", 0, ""},
		"udvid=Nej":                              {"nej", 0, "udvid=nej"},
		"udvid=-synonym:opstart":                 {"synonym:opstart", 0, "udvid=-synonym%3Aopstart"},
		"udvid=-synonym&udvid=-near:x&udvid=":    {"synonym near:x", 0, "udvid=-synonym&udvid=-near%3Ax"},
		"udvid=-synonym&udvid=nej":               {"nej", 0, "udvid=nej"},
		"udvid=nej&udvid=-inflected:leg":         {"nej inflected:leg", 0, "udvid=nej&udvid=-inflected%3Aleg"},
		"udvid=synonym":                          {"", 1, ""},
		"udvid=-typed&udvid=-opdigtet:x&udvid=1": {"", 3, ""},
	} {
		values, _ := url.ParseQuery(raw)
		q, faults, err := Parse(values, PageParams, nil)
		if got := strings.Join(q.Off, " "); err != nil || got != tc.off || len(faults) != tc.faults || q.Values(PageParams).Encode() != tc.again {
			t.Errorf("%s: off %q, faults %v, again %s, want %+v", raw, got, faults, q.Values(PageParams).Encode(), tc)
		}
	}
}

func TestAlternativesGoOutAndComeBack(t *testing.T) {
	q := Question{Text: "indkøring", Page: 3}
	out := q.LeavingOut("synonym:opstart").LeavingOut("synonym:opstart").LeavingOut("near:start")
	if diff := cmp.Diff([]string{"synonym:opstart", "near:start"}, out.Off); diff != "" || out.Page != 1 {
		t.Errorf("page %d (-want +got):\n%s", out.Page, diff)
	}
	if diff := cmp.Diff([]string{"near:start"}, out.TakingIn("synonym:opstart", index.Synonym).Off); diff != "" {
		t.Errorf("taken in (-want +got):\n%s", diff)
	}
	forms := q.LeavingOut("near:start").LeavingOut("inflected:start").LeavingOut(Everything)
	if diff := cmp.Diff([]string{Everything, "inflected:start"}, forms.Off); diff != "" {
		t.Errorf("everything and a form (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{Everything}, forms.TakingIn("inflected:start", index.Inflected).Off); diff != "" {
		t.Errorf("the form taken in again (-want +got):\n%s", diff)
	}
	if off := q.LeavingOut(Everything).TakingIn("near:start", index.Near).Off; off != nil {
		t.Errorf("still off: %v", off)
	}
}
