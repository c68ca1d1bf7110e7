package index

import "fmt"

// LogicOp joins conditions.
type LogicOp string

// The ways to join. The zero value is no joint but a group.
const (
	OfGroup LogicOp = ""
	AllOf   LogicOp = "and"
	AnyOf   LogicOp = "or"
	NoneOf  LogicOp = "not"
)

// Logic is a condition on which of a plan's groups a document matches: what AND, OR, NOT and parentheses of a reader say together
// where no list of groups that must, should or must not match says the same.
type Logic struct {
	Op    LogicOp `json:"op,omitempty"`
	Group int     `json:"group,omitempty"` // of Plan.Groups, for OfGroup
	Args  []Logic `json:"args,omitempty"`  // for the others; AllOf of nothing holds, AnyOf of nothing does not
}

// Holds reports whether the condition is met by a document that matches the groups that matched says.
func (l *Logic) Holds(matched func(group int) bool) bool {
	if l.Op == OfGroup {
		return matched(l.Group)
	}
	for i := range l.Args {
		if l.Args[i].Holds(matched) != (l.Op == AllOf) {
			return l.Op == AnyOf
		}
	}
	return l.Op != AnyOf
}

// maxLogic bounds the joints and groups of one condition; queries of MaxBytes stay far below.
const maxLogic = 512

func (p *Plan) checkLogic() error {
	if p.Logic == nil {
		return nil
	}
	n := 0
	return p.Logic.check(p.Groups, &n)
}

func (l *Logic) check(groups []Group, n *int) error {
	if *n++; *n > maxLogic {
		return fmt.Errorf("%w: a condition of more than %d joints", ErrTooLarge, maxLogic)
	}
	switch l.Op {
	case OfGroup:
		if l.Group < 0 || l.Group >= len(groups) || groups[l.Group].Occur != Should && groups[l.Group].Occur != Not {
			return fmt.Errorf("%w: a condition on group %d, which can decide nothing", ErrPlan, l.Group)
		}
		return nil
	case AllOf, AnyOf, NoneOf:
	default:
		return fmt.Errorf("%w: unknown joint %q", ErrPlan, l.Op)
	}
	for i := range l.Args {
		if err := l.Args[i].check(groups, n); err != nil {
			return err
		}
	}
	return nil
}
