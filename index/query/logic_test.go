package query

import (
	"strings"
	"testing"

	"smaabornsviden/index"
)

func TestLogicThatNoListSaysIsATree(t *testing.T) {
	tests := []struct{ in, logic, clauses string }{
		{"leg AND sprog", "", "+leg +sprog"},
		{"leg AND (sprog OR tale) NOT skole", "", "+leg +sprog |+tale -skole"},
		{"leg AND sprog OR tale", "", "+leg +sprog |+tale"},
		{"NOT (leg OR sprog) tale", "", "-leg -sprog tale"},
		{"leg (NOT skole)", "", "leg -skole"},
		{"(leg sprog) tale", "", "leg sprog tale"},
		{"(leg AND sprog) OR tale", "(leg AND sprog) OR tale", "+leg +sprog +tale"},
		{"(leg OG sprog) ELLER (motorik OG tale)", "(leg AND sprog) OR (motorik AND tale)", "+leg +sprog +motorik +tale"},
		{"(leg sprog) OR tale", "(leg AND sprog) OR tale", "leg sprog +tale"},
		{"(leg (sprog OR tale)) OR skole", "(leg AND (sprog OR tale)) OR skole", "leg +sprog +tale +skole"},
		{"motorik OR (leg NOT dagpleje)", "motorik OR (leg AND NOT dagpleje)", "+motorik leg -dagpleje"},
		{"motorik OR (leg (NOT dagpleje))", "motorik OR (leg AND NOT dagpleje)", "+motorik leg -dagpleje"},
		{"leg AND (sprog OR (motorik -dagpleje))", "leg AND (sprog OR (motorik AND NOT dagpleje))", "+leg +sprog motorik -dagpleje"},
		{"leg NOT (skole AND fritid)", "leg AND NOT (skole AND fritid)", "leg -skole -fritid"},
		{"leg -(motorik NOT dagpleje)", "leg AND NOT (motorik AND NOT dagpleje)", "leg -motorik +dagpleje"},
		{"(NOT skole OR fritid)", "NOT skole OR fritid", "-skole +fritid"},
		{`("fri leg" AND titel:sprog) OR lær*`, `("fri leg" AND titel:sprog) OR lær*`, "+fri leg +sprog +lær"},
		{"titel:(leg AND (sprog OR (tale NOT skole)))", "titel:leg AND (titel:sprog OR (titel:tale AND NOT titel:skole))", "+leg +sprog tale -skole"},
		{"(leg AND type:debat AND sprog) OR tale", "(leg AND sprog) OR tale", "+leg debat +sprog +tale"},
		{"((leg AND sprog) OR tale", "(leg AND sprog) OR tale", "+leg +sprog +tale"},
	}
	for _, tt := range tests {
		p := parse(tt.in)
		var got []string
		for _, c := range p.out {
			sign := ""
			switch {
			case c.Not:
				sign = "-"
			case c.Must:
				sign = "+"
			}
			if c.Or {
				sign = "|" + sign
			}
			got = append(got, sign+c.Text)
		}
		logic := ""
		if p.logic != nil {
			logic = p.logic.String()
		}
		if logic != tt.logic || strings.Join(got, " ") != tt.clauses {
			t.Errorf("parse(%q) = %q, %q; want %q, %q", tt.in, logic, strings.Join(got, " "), tt.logic, tt.clauses)
		}
	}
}

func TestLogicReadsTheSameWhenWrittenOut(t *testing.T) {
	for _, q := range []string{
		"(leg AND sprog) OR tale", "motorik OR (leg NOT dagpleje)", "leg -(motorik NOT dagpleje)", `("fri leg" titel:sprog) OR lær*`,
		"NOT leg OR NOT (sprog AND (tale OR NOT skole))",
	} {
		logic := parse(q).logic.String()
		again := parse(logic)
		if again.logic == nil || again.logic.String() != logic || len(again.notes) > 0 {
			t.Errorf("%q is written as %q, which reads otherwise: %v, %v", q, logic, again.logic, again.notes)
		}
	}
}

func TestPlanDecidesByLogic(t *testing.T) {
	a := analyzer(t)
	plan, u := Build(a, "motorik OR (leg og sang NOT dagpleje) type:debat")
	if err := plan.Check(); err != nil {
		t.Fatal(err)
	}
	if u.Logic != "motorik OR (leg AND og AND sang AND NOT dagpleje)" && u.Logic != "motorik OR (leg AND sang AND NOT dagpleje)" {
		t.Errorf("logic = %q", u.Logic)
	}
	tests := []struct {
		has  string
		want bool
	}{
		{"motorik", true},
		{"motorik dagpleje", true},
		{"leg sang", true},
		{"leg", false},
		{"leg sang dagpleje", false},
		{"", false},
	}
	for _, tt := range tests {
		has := func(group int) bool { return strings.Contains(" "+tt.has+" ", " "+plan.Groups[group].Text+" ") }
		if got := plan.Logic.Holds(has); got != tt.want {
			t.Errorf("a document with %q matches: %v, want %v", tt.has, got, tt.want)
		}
	}
	for i, g := range plan.Groups {
		if want := map[bool]index.Occur{true: index.Not, false: index.Should}[g.Text == "dagpleje"]; g.Text != "" && g.Occur != want {
			t.Errorf("group %d %q occurs as %d, want %d", i, g.Text, g.Occur, want)
		}
	}
	if plan.MinShould != 0 || len(plan.Filters) != 1 {
		t.Errorf("plan asks for %d and filters by %v", plan.MinShould, plan.Filters)
	}
}
