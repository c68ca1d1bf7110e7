package answer

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"smaabornsviden/index"
	"smaabornsviden/index/query"
	"smaabornsviden/server/tongue"
)

func TestConditionsInTheTextBecomeFiltersBesideThoseTicked(t *testing.T) {
	for _, tt := range []struct {
		q, with    string
		text       string
		chips      string
		faults     string
		understood string
	}{
		{"leg type:forskning", "", "leg", "type=forskning", "", "type:forskning"},
		{"leg type:forskning", "type=praksis", "leg", "type=praksis type=forskning", "", "type:praksis type:forskning"},
		{"leg type:Research", "", "leg", "type=forskning", "", "type:forskning"},
		{"alder:0-2", "", "", "alder=0-11-mdr alder=1-2-aar", "", "alder:0-11-mdr alder:1-2-aar"},
		{`alder:"0-2 år" leg`, "", "leg", "alder=0-11-mdr alder=1-2-aar", "", "alder:0-11-mdr alder:1-2-aar"},
		{"alder:3-5", "", "", "alder=3-5-aar", "", "alder:3-5-aar"},
		{"kilde:VIDENCENTER", "", "", "kilde=videncenter", "", "kilde:videncenter"},
		{"kilde:tidlig", "", "", "kilde=videncenter", "", "kilde:videncenter"},
		{`kilde:"videncenter FOR tidlig"`, "", "", "kilde=videncenter", "", "kilde:videncenter"},
		{`kilde:"Lindeby Kommune"`, "", "", "kilde=lindeby", "", "kilde:lindeby"},
		{"leg kilde:kommune", "", "leg", "", "not-a-choice kilde:kommune at 5", ""},
		{`leg kilde:"for tidlig"`, "", "leg", "", `not-a-choice kilde:"for tidlig" at 5`, ""},
		{"leg kilde:lindebyk", "", "leg", "", "not-a-choice kilde:lindebyk at 5", ""},
		{`emne:"overgange OG opstart"`, "", "", "emne=overgange", "", "emne:overgange"},
		{"leg år:2020-2024", "", "leg", "fra=2020 til=2024", "", "aar:2020-2024"},
		{"leg år:2020-2024", "fra=2022", "leg", "fra=2022 til=2024", "", "aar:2022-2024"},
		{"leg year:2020", "", "leg", "fra=2020 til=2020", "", "aar:2020"},
		{"leg år:2010", "fra=2022", "leg", "fra=2022", "no-overlap år:2010 at 5", ""},
		{"leg år:20x0", "", "leg", "", "not-a-date år:20x0 at 5", ""},
		{"leg alder:9-12", "", "leg", "", "not-a-choice alder:9-12 at 5", ""},
		{"leg kilde:ukendt", "", "leg", "", "not-a-choice kilde:ukendt at 5", ""},
		{"leg emne:raketter", "", "leg", "", "not-a-choice emne:raketter at 5", ""},
		{"leg -type:debat", "", "leg", "type=-debat", "", "-type:debat"},
		{"leg NOT type:Debat", "type=-nyhed&type=praksis", "leg", "type=-nyhed type=praksis type=-debat", "", "-type:nyhed type:praksis -type:debat"},
		{"NOT (kilde:videncenter OR type:debat) leg", "", "leg", "type=-debat kilde=-videncenter", "", "-kilde:videncenter -type:debat"},
		{"leg -type:debatten", "", "leg", "", "not-a-choice -type:debatten at 5", ""},
		{"leg -alder:0-2", "", "leg", "alder=-0-11-mdr alder=-1-2-aar", "", "-alder:0-11-mdr -alder:1-2-aar"},
		{"leg -år:2020-2021", "fra=2019", "leg", "aar=-2020 aar=-2021 fra=2019", "", "aar:2019- -aar:2020 -aar:2021"},
		{"leg IKKE år:2020-", "", "leg", "", "not-a-date år:2020- at 10", ""},
		{"leg forfatter:Hansen", "", "leg", "forfatter=Hansen", "", "forfatter:Hansen"},
		{`author:"Anne Jensen" type:debat`, "", "", `type=debat forfatter="Anne Jensen"`, "", `forfatter:"Anne Jensen" type:debat`},
		{"forfatter:Holm", "forfatter=Anne+Jensen", "", "forfatter=Anne Jensen forfatter=Holm", "", "forfatter:Anne Jensen forfatter:Holm"},
		{"leg forfatter:Hans*", "", "leg", "", "not-a-name forfatter:Hans* at 5", ""},
		{"leg forfatter:!", "", "leg", "", "not-a-name forfatter:! at 5", ""},
		{"leg -forfatter:Hansen", "", "leg", "forfatter=-Hansen", "", "-forfatter:Hansen"},
		{"leg titel:leg", "", "leg titel:leg", "", "", ""},
	} {
		values, _ := url.ParseQuery(tt.with)
		known := names()
		known.Add("kilde", "lindeby", "Lindeby Kommune (eksempel)")
		known.Add("kilde", "hoejby", "Højby Kommune (eksempel)")
		values.Set("q", tt.q)
		q, faults, err := Parse(values, PageParams, known)
		if err != nil {
			t.Fatal(err)
		}
		var chips, told []string
		for _, c := range q.Chips() {
			chips = append(chips, c.Facet+"="+c.Value)
		}
		for _, f := range faults {
			told = append(told, fmt.Sprintf("%s %s at %d", f.Kind, f.Value, f.At))
		}
		var u query.Understood
		q.tell(&u)
		got := []string{q.Text, strings.Join(chips, " "), strings.Join(told, " "), strings.Join(u.Filters, " "), q.AsTyped()}
		if diff := cmp.Diff([]string{tt.text, tt.chips, tt.faults, tt.understood, tt.q}, got); diff != "" {
			t.Errorf("%q with %q (-want +got):\n%s", tt.q, tt.with, diff)
		}
		if again := q.Unfiltered(); again.Filtered() || again.Text != tt.text {
			t.Errorf("%q: clearing all leaves %+v", tt.q, again)
		}
	}
}

func TestATypedConditionThatIsNoneNamesLabelsThatCanBeTyped(t *testing.T) {
	for _, field := range []string{index.FacetAge, index.FacetType, index.FacetSector, index.FacetLang} {
		hint := Fault{Kind: NotAChoice, Param: "q", Field: field}.Hint(tongue.Danish)
		for _, c := range index.Choices(field) {
			if !strings.Contains(hint, c.Label) {
				t.Errorf("%s: no %q in %q", field, c.Label, hint)
			}
			if got, ok := index.Value(field, c.Label); !ok || got != c.Slug {
				t.Errorf("%s:%s is read as %q", field, c.Label, got)
			}
		}
	}
	if hint := (Fault{Kind: NotAChoice, Param: "q", Field: index.FacetAge}).Hint(tongue.Danish); strings.Contains(hint, "1-2-aar") {
		t.Errorf("a slug in %q", hint)
	}
}
