package api

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"smaabornsviden/index"
	"smaabornsviden/server/answer"
)

// declaredKinds reads the constants of type Kind out of the source, so that a new one cannot be forgotten here.
func declaredKinds(t *testing.T) []Kind {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "problem.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var all []Kind
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 {
			return true
		}
		if name, ok := spec.Type.(*ast.Ident); !ok || name.Name != "Kind" {
			return true
		}
		value, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, Kind(value))
		return true
	})
	if len(all) < 10 {
		t.Fatalf("only %d kinds found in the source", len(all))
	}
	return all
}

func TestEveryKindOfProblemIsToldInBothLanguages(t *testing.T) {
	for _, kind := range declaredKinds(t) {
		danish, ok := NewProblem(kind, false)
		english, also := NewProblem(kind, true)
		if !ok || !also {
			t.Errorf("%s: no problem", kind)
			continue
		}
		if danish.Status < 400 || http.StatusText(danish.Status) == "" || danish.Status != english.Status {
			t.Errorf("%s: status %d in Danish, %d in English", kind, danish.Status, english.Status)
		}
		if danish.Type != ProblemsPath+string(kind) || danish.Type != english.Type {
			t.Errorf("%s: type %q in Danish, %q in English", kind, danish.Type, english.Type)
		}
		for _, p := range []Problem{danish, english} {
			if p.Title == "" || !strings.HasSuffix(p.Detail, ".") {
				t.Errorf("%s: title %q, detail %q; want a title and a sentence", kind, p.Title, p.Detail)
			}
		}
		if danish.Title == english.Title || danish.Detail == english.Detail {
			t.Errorf("%s: the same words in both languages", kind)
		}
	}
	if _, ok := NewProblem("nobody-knows", false); ok {
		t.Error("an unknown kind has a problem")
	}
}

func TestParameterErrorsAreHintsInTheAskersLanguage(t *testing.T) {
	faults := []answer.Fault{{Kind: answer.Unknown, Param: "farve", Value: "blå"}}
	danish, english := ParameterErrors(faults, false), ParameterErrors(faults, true)
	if len(danish) != 1 || len(english) != 1 || danish[0].Detail == "" || danish[0].Detail == english[0].Detail {
		t.Fatalf("danish %+v, english %+v", danish, english)
	}
	danish[0].Detail = ""
	want := ParameterError{Parameter: "farve", Value: "blå", Reason: string(answer.Unknown)}
	if diff := cmp.Diff(want, danish[0]); diff != "" {
		t.Errorf("error of a parameter (-want +got):\n%s", diff)
	}
}

func TestDatesSayNoMoreThanIsKnown(t *testing.T) {
	day := time.Date(2024, 3, 5, 0, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		date index.Date
		want string
	}{
		{index.Date{}, "nothing"},
		{index.Date{Time: day, Precision: index.Day}, "2024-03-05"},
		{index.Date{Time: day, Precision: index.Month}, "2024-03"},
		{index.Date{Time: day, Precision: index.Year}, "2024"},
	} {
		got := "nothing"
		if s := dated(tt.date); s != nil {
			got = *s
		}
		if got != tt.want {
			t.Errorf("dated(%v) = %s, want %s", tt.date, got, tt.want)
		}
	}
	if Moment(time.Time{}) != nil {
		t.Error("the zero time is a moment")
	}
	here := time.FixedZone("CET", 3600)
	if got := Moment(time.Date(2026, 1, 2, 0, 30, 0, 0, here)); got == nil || *got != "2026-01-01T23:30:00Z" {
		t.Errorf("Moment = %v, want it in UTC", got)
	}
}

// A program must be able to tell "unknown" from "empty": what is unknown is null, what is a list is a list.
func TestAnEmptyDocumentHasNullsAndLists(t *testing.T) {
	var b strings.Builder
	if err := Write(&b, NewDocument(index.Document{ID: "x1"}, nil, "")); err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal([]byte(b.String()), &got); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"published", "age", "doi", "lang", "grade", "pages", "first_seen"} {
		if v, there := got[key]; !there || v != nil {
			t.Errorf("%s = %v, there %t; want null", key, v, there)
		}
	}
	for _, key := range []string{"authors", "topics", "themes", "programmes", "related", "alt_urls", "keywords"} {
		if list, ok := got[key].([]any); !ok || len(list) != 0 {
			t.Errorf("%s = %v, want an empty list", key, got[key])
		}
	}
	if kind, _ := got["type"].(map[string]any); kind["value"] != "ukendt" {
		t.Errorf("type = %v, want ukendt", got["type"])
	}
}

func TestADocumentTellsItsThemesProgrammesAndGradeWithTheirReasons(t *testing.T) {
	names := &answer.Names{}
	names.Add(answer.Themes, "social-udvikling", "Social udvikling")
	names.Add(answer.Programmes, "caféer", "Småbørnscaféer")
	got := NewDocument(index.Document{
		ID:         "x1",
		Themes:     []index.Topic{{Slug: "social-udvikling", Weight: .5, Reason: index.Reason{Rule: "theme/social-udvikling", Quote: "få venner"}}},
		Programmes: []index.Topic{{Slug: "caféer", Weight: 1, Reason: index.Reason{Rule: "indsats/navn", Quote: "i småbørnscaféen"}}, {Slug: "ukendt"}},
		Grade:      index.Derived{Value: "Høj kvalitet", Reason: index.Reason{Rule: "vurdering/kildens", Quote: "Vurdering: Høj kvalitet"}},
	}, names, "")
	if want := (DocTopic{"social-udvikling", "Social udvikling", .5, Origin{"theme/social-udvikling", "få venner"}}); len(got.Themes) != 1 || got.Themes[0] != want {
		t.Errorf("themes = %+v, want %+v", got.Themes, want)
	}
	if want := (DocTopic{"caféer", "Småbørnscaféer", 1, Origin{"indsats/navn", "i småbørnscaféen"}}); len(got.Programmes) != 2 || got.Programmes[0] != want || got.Programmes[1].Label != "ukendt" {
		t.Errorf("programmes = %+v, want first %+v", got.Programmes, want)
	}
	if got.Grade == nil || got.Grade.Value != "Høj kvalitet" || got.Grade.Reason.Rule != "vurdering/kildens" {
		t.Errorf("grade = %+v", got.Grade)
	}
}

func TestLinksLeadAround(t *testing.T) {
	cursor := &answer.Cursor{}
	for _, tt := range []struct {
		name string
		page int
		ans  answer.Answer
		want string
	}{
		{"only page", 1, answer.Answer{Pages: 1}, "service-desc"},
		{"no hits", 1, answer.Answer{}, "service-desc"},
		{"first of three", 1, answer.Answer{Pages: 3, Next: cursor}, "service-desc next last"},
		{"second of three", 2, answer.Answer{Pages: 3, Next: cursor}, "service-desc first prev next last"},
		{"last of three", 3, answer.Answer{Pages: 3}, "service-desc first prev"},
		{"far beyond the last", 9, answer.Answer{Pages: 3}, "service-desc first prev"},
		{"last that opens by number", 3, answer.Answer{Pages: 3, Next: cursor}, "service-desc first prev next"},
	} {
		tt.ans.Question.Page = tt.page
		var rels []string
		for _, l := range Links(tt.ans) {
			_, rel, _ := strings.Cut(l, `rel="`)
			rel, _, _ = strings.Cut(rel, `"`)
			rels = append(rels, rel)
		}
		if got := strings.Join(rels, " "); got != tt.want {
			t.Errorf("%s: links %s, want %s", tt.name, got, tt.want)
		}
	}
}

// refs collects what a description points to.
func refs(v any, to map[string]bool) {
	switch v := v.(type) {
	case map[string]any:
		for key, inner := range v {
			if s, ok := inner.(string); ok && key == "$ref" {
				to[s] = true
			}
			refs(inner, to)
		}
	case []any:
		for _, inner := range v {
			refs(inner, to)
		}
	}
}

func TestTheDescriptionPointsAtWhatIsThere(t *testing.T) {
	text, err := json.Marshal(Spec("test", nil))
	if err != nil {
		t.Fatal(err)
	}
	var spec map[string]any
	if err := json.Unmarshal(text, &spec); err != nil {
		t.Fatal(err)
	}
	all := map[string]bool{}
	refs(spec, all)
	if len(all) < 5 {
		t.Fatalf("only %d references: %v", len(all), all)
	}
	for ref := range all {
		at := any(spec)
		for _, step := range strings.Split(strings.TrimPrefix(ref, "#/"), "/") {
			inner, _ := at.(map[string]any)
			at = inner[step]
		}
		if at == nil {
			t.Errorf("%s is not there", ref)
		}
	}
}

func TestOnlyProgramsPathsAreTheirs(t *testing.T) {
	for path, want := range map[string]bool{
		"/api": true, "/api/v1/search": true, "/healthz": true, "/version": true,
		"/": false, "/apis": false, "/soeg": false, "/healthz/x": false,
	} {
		if Owns(path) != want {
			t.Errorf("Owns(%s) = %t", path, !want)
		}
	}
}

func TestErrorsOfConditionsSayWhereTheyStand(t *testing.T) {
	got := ParameterErrors([]answer.Fault{{Kind: answer.NotADate, Param: "q", Value: "år:20x0", Field: index.FacetYear, At: 5}}, true)
	want := []ParameterError{{Parameter: "q", Value: "år:20x0", At: 5, Reason: "not-a-date", Detail: "Write for example year:2020 or year:2020-2024."}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAnUnfinishedListOfAuthorsSaysSo(t *testing.T) {
	for _, tt := range []struct {
		authors    []string
		more, want bool
	}{
		{[]string{"Anna Holm"}, true, true},
		{[]string{"Anna Holm"}, false, false},
		{nil, true, false}, // of nobody there are no others
	} {
		d := index.Document{ID: "a", Authors: tt.authors, AuthorsMore: tt.more}
		record, result := NewDocument(d, nil, ""), NewResult(answer.Answer{Hits: []answer.Hit{{Doc: d}}})
		if record.AuthorsMore != tt.want || result.Hits[0].AuthorsMore != tt.want {
			t.Errorf("%q, more %v: the document says %v, the hit %v", tt.authors, tt.more, record.AuthorsMore, result.Hits[0].AuthorsMore)
		}
	}
}
