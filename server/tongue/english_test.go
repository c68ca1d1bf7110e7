package tongue

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"smaabornsviden/index"
	"smaabornsviden/index/topics"
)

// said collects every text that the program may say in Danish: what templates pass to t, the literals of the packages
// that speak to readers, and the labels of fixed values. The second result are those that are certainly shown.
func said(t *testing.T) (any, shown map[string]bool) {
	any, shown = map[string]bool{}, map[string]bool{}
	inTemplate := regexp.MustCompile("\\{\\{-?\\s*t\\s+`([^`]*)`")
	walk(t, "../page/templates", ".html", func(name, text string) {
		for _, m := range inTemplate.FindAllStringSubmatch(text, -1) {
			any[m[1]], shown[m[1]] = true, true
		}
	})
	for _, dir := range []string{".", "..", "../page", "../answer", "../inbox", "../protocol"} {
		walk(t, dir, ".go", func(name, text string) { literals(t, name, text, any, shown) })
	}
	walk(t, "../cite", ".go", func(name, text string) {
		found := map[string]bool{}
		literals(t, name, text, found, found)
		for s := range found {
			any[s] = any[s] || !strings.ContainsAny(s, "æøåÆØÅ") // the rest are words that references are read by
		}
	})
	for _, facet := range append([]string{index.ByAuthor}, index.Facets...) {
		any[index.FacetLabel(facet)], shown[index.FacetLabel(facet)] = true, true
	}
	for _, facet := range []string{index.FacetType, index.FacetSector, index.FacetLang, index.FacetAge} {
		for _, c := range index.Choices(facet) {
			any[c.Label], shown[c.Label] = true, true
		}
	}
	set, err := topics.Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, topic := range set.Topics {
		any[topic.Label], shown[topic.Label] = true, true
	}
	for _, topic := range set.Themes {
		any[topic.Label] = true
	}
	return any, shown
}

func walk(t *testing.T, dir, ext string, each func(name, text string)) {
	t.Helper()
	files, err := fs.Glob(os.DirFS(dir), "*"+ext)
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: %v, %d files", dir, err, len(files))
	}
	for _, f := range files {
		if strings.HasSuffix(f, "_test.go") || strings.HasPrefix(f, "english") || strings.HasPrefix(f, "drift") {
			continue // the catalogue itself; the operator's page is in Danish alone
		}
		text, err := os.ReadFile(filepath.Join(dir, f))
		if err != nil {
			t.Fatal(err)
		}
		each(f, string(text))
	}
}

// sayers are the functions whose Danish arguments are shown: by name, the places of the arguments.
var sayers = map[string][]int{"Say": {0}, "Counted": {1, 2}, "Unit": {1, 2}, "say": {1}, "linkTo": {1}}

func literals(t *testing.T, name, text string, any, shown map[string]bool) {
	file, err := parser.ParseFile(token.NewFileSet(), name, text, 0)
	if err != nil {
		t.Fatal(err)
	}
	literal := func(e ast.Node) (string, bool) {
		l, ok := e.(*ast.BasicLit)
		if !ok || l.Kind != token.STRING {
			return "", false
		}
		s, err := strconv.Unquote(l.Value)
		return s, err == nil
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if s, ok := literal(n); ok {
			any[s] = true
		}
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		called := ""
		switch f := call.Fun.(type) {
		case *ast.Ident:
			called = f.Name
		case *ast.SelectorExpr:
			called = f.Sel.Name
		}
		for _, place := range sayers[called] {
			if place < len(call.Args) {
				if s, ok := literal(call.Args[place]); ok {
					shown[s] = true
				}
			}
		}
		return true
	})
}

func TestEveryDanishTextHasItsEnglishAndNoneIsLeftOver(t *testing.T) {
	any, shown := said(t)
	for danish := range shown {
		if _, ok := english[danish]; !ok && strings.ContainsFunc(danish, isLetter) && danish != "%s." && danish != "Småbørnsviden" {
			t.Errorf("no English for %q", danish)
		}
	}
	for danish, may := range any {
		// Words that only Danish has are shown somewhere, or they would not stand there.
		pattern := strings.Contains(danish, `\s`)
		if _, ok := english[danish]; may && !ok && strings.ContainsFunc(danish, isLetter) && strings.ContainsAny(danish, "æøåÆØÅ") && !pattern && !strings.Contains(danish, "Småbørnsviden") && !names[danish] {
			t.Errorf("no English for %q", danish)
		}
	}
	for danish := range english {
		if !any[danish] {
			t.Errorf("nothing says %q any more", danish)
		}
	}
}

// names are words that both languages are asked for by, letters of hosts, and what browsers are told of the Danish search.
var names = map[string]bool{"æøåäöéüÿ": true, "år:": true, "år:2020-2024": true, "undersøgelse": true, "indkøring": true, "Find viden om børn fra 0 til 6 år": true}

func isLetter(r rune) bool { return r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' }

var verb = regexp.MustCompile(`%[a-z]`)

func TestBothLanguagesTakeTheSameArguments(t *testing.T) {
	parts := len(englishFrame) + len(englishSearch) + len(englishPages) + len(englishDesk) + len(englishProtocol) + len(englishQuery) + len(englishNews) + len(englishData)
	if parts != len(english) {
		t.Errorf("%d texts stand in two parts of the catalogue", parts-len(english))
	}
	for danish, text := range english {
		if a, b := strings.Join(verb.FindAllString(danish, -1), ""), strings.Join(verb.FindAllString(text, -1), ""); a != b {
			t.Errorf("%q takes %s, its English %s", danish, a, b)
		}
		if strings.TrimSpace(text) == "" || strings.HasSuffix(danish, ".") != strings.HasSuffix(text, ".") && danish != "m.fl." {
			t.Errorf("%q is %q", danish, text)
		}
	}
}

func TestAddressesSayTheLanguage(t *testing.T) {
	for path, want := range map[string]struct {
		tongue Tongue
		danish string
	}{
		"/": {Danish, "/"}, "/soeg": {Danish, "/soeg"}, "/en": {English, "/"}, "/en/": {English, "/"}, "/en/soeg": {English, "/soeg"},
		"/endnu": {Danish, "/endnu"}, "/emne/en": {Danish, "/emne/en"}, "/en/en": {English, "/en"},
	} {
		got, danish := Of(path)
		if got != want.tongue || danish != want.danish {
			t.Errorf("%s: %s %s", path, got, danish)
		}
		if again, back := Of(got.Path(danish)); again != got || back != danish {
			t.Errorf("%s and back: %s %s", path, again, back)
		}
	}
}

func TestNumbersAndDatesAreWrittenAsEachLanguageDoes(t *testing.T) {
	at := time.Date(2026, 11, 3, 9, 5, 0, 0, time.UTC)
	for want, got := range map[string]string{
		"12.345": Danish.Number(12345), "12,345": English.Number(12345), "-100": English.Number(-100),
		"2,50": Danish.Decimal(2.5, 2), "2.50": English.Decimal(2.5, 2),
		"3. november 2026": Danish.Day(at), "3 November 2026": English.Day(at),
		"3. november 2026 kl. 09.05": Danish.Moment(at), "3 November 2026 at 09:05": English.Moment(at),
		"november 2026": Danish.Date(index.Date{Time: at, Precision: index.Month}), "November 2026": English.Date(index.Date{Time: at, Precision: index.Month}),
		"1 kilde": Danish.Counted(1, "kilde", "kilder"), "2 sources": English.Counted(2, "kilde", "kilder"),
		"a, b og c": Danish.Listed([]string{"a", "b", "c"}), "a and b": English.Listed([]string{"a", "b"}),
		"»ord«": Danish.Quoted("ord"), "“ord”": English.Quoted("ord"),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
