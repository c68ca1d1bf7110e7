package server_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"
)

func TestAFieldThatIsExcludedIsAFilterLikeTheOthers(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	all := search(t, h, "q=leg")
	with := search(t, h, "q=leg+type:debat")
	if all.Total == 0 || with.Total == 0 || with.Total == all.Total {
		t.Fatalf("%d of %d are of the type: nothing to exclude", with.Total, all.Total)
	}
	for _, query := range []string{"q=leg+NOT+type:debat", "q=leg+-type:Debat", "q=leg&type=-debat", "q=leg&type=-Debat"} {
		r := search(t, h, query)
		if r.Total != all.Total-with.Total {
			t.Errorf("%s: %d hits, want %d", query, r.Total, all.Total-with.Total)
		}
		for _, hit := range r.Hits {
			if hit.Type == "debat" {
				t.Errorf("%s finds %s, which is excluded", query, hit.ID)
			}
		}
	}
	if r := search(t, h, "q=leg+NOT+type:debat"); !slices.Equal(r.Understood.Filters, []string{"-type:debat"}) {
		t.Errorf("understood as %q", r.Understood.Filters)
	}
}

func TestAnExcludedFieldIsAChipThatCanBeLifted(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	doc := parse(t, get(h, "/soeg?q="+url.QueryEscape("leg IKKE type:debat")).Body)
	chip := doc.Find(".chip:contains('ikke Debat')")
	if href, _ := chip.Attr("href"); chip.Length() != 1 || href != "/soeg?q=leg" {
		t.Errorf("%d chips, the first leads to %q", chip.Length(), href)
	}
	box := doc.Find("input[type=checkbox][name=type][value=-debat]").First()
	if _, checked := box.Attr("checked"); box.Length() != 1 || !checked {
		t.Errorf("%d boxes for what is excluded, ticked: %v", box.Length(), checked)
	}
	if label := strings.Join(strings.Fields(box.Parent().Find(".value-label").Text()), " "); label != "ikke Debat" {
		t.Errorf("the box says %q", label)
	}
	if text := parse(t, get(h, "/en/soeg?q=leg&type=-debat").Body).Find(".chip").Text(); !strings.Contains(text, "not Debate") && !strings.Contains(text, "not Opinion") {
		t.Errorf("English chips: %q", text)
	}
}
