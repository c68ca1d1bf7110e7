package checklist

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"smaabornsviden/crawler/describe"
	"smaabornsviden/crawler/partners"
	"smaabornsviden/index"
	"smaabornsviden/index/danish"
	"smaabornsviden/index/programmes"
	"smaabornsviden/index/topics"
)

func TestRowsAreNumberedAndWholeAndEachSaysSomething(t *testing.T) {
	rows, err := Rows()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 77 {
		t.Errorf("%d rows, want 77", len(rows))
	}
	for _, r := range rows {
		if bare := (Row{N: r.N, Name: r.Name}); cmp.Equal(r, bare) {
			t.Errorf("row %d, %s, asks nothing", r.N, r.Name)
		}
	}
}

// world is a product with five texts and no index.
func world(t *testing.T) World {
	t.Helper()
	a, err := danish.New()
	if err != nil {
		t.Fatal(err)
	}
	w := World{Seeds: make([]index.Document, 5), IDs: map[string]string{}}
	for _, name := range []string{"seed 0", "seed 1", "seed 2", "seed 3", "seed 4", "B01", "T01", "T02", "storskala", "aftale", "N02"} {
		w.IDs[name] = "id-" + name[len(name)-1:]
	}
	w.IDs["L02"] = "id-L02"
	w.Docs = map[string]index.Document{"seed 3": {Type: index.Derived{Value: "debat"}, Authors: []string{"A B", "C D"}, AuthorsMore: true}}
	left := map[string]bool{}
	w.Remove = func(_ context.Context, name string) error {
		left["/dokument/"+w.IDs[name]] = name != "L02"
		return nil
	}
	w.Open = func(_ context.Context, path string) (Opened, error) {
		switch path {
		case "/dokument/id-2", "/dokument/id-L02":
			if left[path] {
				return Opened{Status: 410}, nil
			}
			return Opened{Status: 200, Title: "x"}, nil
		case "/dokument/id-4":
			return Opened{Status: 200, Text: "Plan 10 klubber Resultat 7 klubber", Links: []string{"/emne/sprog", "/soeg?q=x"}}, nil
		case "/fejl":
			return Opened{}, errors.New("broken")
		}
		return Opened{Status: 404}, nil
	}
	for _, load := range []func() (err error){
		func() (err error) { w.Describer, err = describe.New(a); return },
		func() (err error) { w.Register, err = partners.Default(); return },
		func() (err error) { w.Topics, err = topics.Default(); return },
		func() (err error) { w.Programmes, err = programmes.Default(); return },
	} {
		if err := load(); err != nil {
			t.Fatal(err)
		}
	}
	w.Search = func(_ context.Context, q string) (Found, error) {
		if q == "fejl" {
			return Found{}, errors.New("broken")
		}
		return Found{Names: []string{"L01", "L02"}, Texts: []string{"Indsatsen", "Early help"}, Added: []string{"Sårbare børn"}}, nil
	}
	return w
}

func TestARowPassesOnlyWhenAllItsConditionsHold(t *testing.T) {
	w := world(t)
	w.Seeds[2] = index.Document{Title: "Kilde", Body: "Tænk tanken", Merged: true, Type: index.Derived{Value: "debat"}}
	two := 2
	for name, tc := range map[string]struct {
		row  Row
		want Verdict
	}{
		"by hand":                {Row{Hand: "Ses på siden."}, ByHand},
		"topics":                 {Row{Topics: []string{"sprog", "kommunikation-og-sprog"}}, Pass},
		"no topic":               {Row{Topics: []string{"sprog", "rumfart"}}, Fail},
		"no source":              {Row{Sources: []string{"findes-ikke"}}, Fail},
		"sectors":                {Row{Sectors: []string{"kommune"}}, Pass},
		"no such type":           {Row{Types: []string{"roman"}}, Fail},
		"record":                 {Row{Programme: "smaaboernsklubber", Has: []string{"plan", "result"}}, Pass},
		"record too thin":        {Row{Programme: "familier-der-lykkes", Has: []string{"figures"}}, Fail},
		"unknown field":          {Row{Programme: "familier-der-lykkes", Has: []string{"farve"}}, Fail},
		"ages":                   {Row{Ages: []string{"0-6-årige"}, Vague: []string{"småbørn"}}, Pass},
		"vague is no age":        {Row{Ages: []string{"småbørn"}}, Fail},
		"seed's type":            {Row{Seed: &two, Type: "debat"}, Pass},
		"seed's topics":          {Row{Seed: &two, Tagged: []string{"sprog"}}, Fail},
		"text kept":              {Row{With: []string{"Tænk tanken"}}, Pass},
		"text not dropped":       {Row{Without: []string{"Tænk tanken"}}, Fail},
		"merged":                 {Row{Apart: true}, Fail},
		"undated":                {Row{Undated: true}, Pass},
		"found":                  {Row{Find: []Find{{Q: "x", Docs: []string{"L02"}}}}, Pass},
		"found too late":         {Row{Find: []Find{{Q: "x", Docs: []string{"L02"}, Top: 1}}}, Fail},
		"same":                   {Row{Same: []string{"x", "y"}}, Pass},
		"widened":                {Row{Adds: []Word{{Q: "x", Word: "sårbar"}}}, Pass},
		"not widened":            {Row{Adds: []Word{{Q: "x", Word: "rumfart"}}}, Fail},
		"every":                  {Row{Every: []Word{{Q: "x", Word: "indsats|early"}}}, Pass},
		"page":                   {Row{Pages: []Page{{Path: "/dokument/{seed 4}", With: []string{"Plan", "10", "Resultat"}, Without: []string{"17"}, Links: []string{"/emne/sprog", "/soeg"}}}}, Pass},
		"words in another order": {Row{Pages: []Page{{Path: "/dokument/{seed 4}", With: []string{"Resultat", "10"}}}}, Fail},
		"forbidden words":        {Row{Pages: []Page{{Path: "/dokument/{seed 4}", Without: []string{"klubber"}}}}, Fail},
		"no such link":           {Row{Pages: []Page{{Path: "/dokument/{seed 4}", Links: []string{"/dokument/{seed 0}"}}}}, Fail},
		"no such page":           {Row{Pages: []Page{{Path: "/kilde/findes-ikke"}}}, Fail},
		"hosts":                  {Row{Sources: []string{"smaabornsloeftet"}, Hosts: []string{"småbørnsløftet.dk", "småbørnsloftet.dk"}}, Pass},
		"another's host":         {Row{Sources: []string{"egmont"}, Hosts: []string{"småbørnsløftet.dk"}}, Fail},
		"kinds and authors":      {Row{Kinds: map[string]string{"seed 3": "debat"}, Authors: map[string][]string{"seed 3": {"A B", "C D"}}, Others: []string{"seed 3"}}, Pass},
		"another kind":           {Row{Kinds: map[string]string{"seed 3": "nyhed"}}, Fail},
		"an author too few":      {Row{Authors: map[string][]string{"seed 3": {"A B"}}}, Fail},
		"no others":              {Row{Others: []string{"seed 4"}}, Fail},
		"only these":             {Row{Find: []Find{{Q: "x", Docs: []string{"L01", "L02"}, Only: true}}}, Pass},
		"others too":             {Row{Find: []Find{{Q: "x", Docs: []string{"L01"}, Only: true}}}, Fail},
		"nothing at all":         {Row{Find: []Find{{Q: "x", Only: true}}}, Fail},
		"no such page, as asked": {Row{Pages: []Page{{Path: "/person/anna", Status: 404}}}, Pass},
		"taken out":              {Row{Removed: "N02"}, Pass},
		"not taken out":          {Row{Removed: "L02"}, Fail},
		"not every":              {Row{Every: []Word{{Q: "x", Word: "indsats"}}}, Fail},
	} {
		got, err := w.judge(t.Context(), tc.row)
		if err != nil || got.Verdict != tc.want {
			t.Errorf("%s: %s %v, err %v, want %s", name, got.Verdict, got.Why, err, tc.want)
		}
	}
	for what, row := range map[string]Row{
		"the search": {Find: []Find{{Q: "fejl"}}}, "a page": {Pages: []Page{{Path: "/fejl"}}}, "an unknown document": {Pages: []Page{{Path: "/dokument/{X99}"}}},
	} {
		if _, err := w.judge(t.Context(), row); err == nil {
			t.Errorf("an error of %s was swallowed", what)
		}
	}
}

func TestRunKeepsTheOrderOfTheRows(t *testing.T) {
	results, err := Run(t.Context(), world(t))
	if err != nil {
		t.Fatal(err)
	}
	if !slices.IsSortedFunc(results, func(a, b Result) int { return a.N - b.N }) || len(results) != 77 {
		t.Errorf("%d results, out of order", len(results))
	}
}
