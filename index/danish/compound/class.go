package compound

// Class is how a word inflects, as a set of what its readings allow.
type Class uint16

// The traits of inflection.
const (
	Noun      Class = 1 << iota
	Verb            // weak or strong
	Adjective       //
	Other           // irregular, uninflected or a name
	Common          // noun with -en
	Neuter          // noun with -et
	PluralE
	PluralER
	PluralZero
	PluralOnly
	PastEDE
	PastTE
)

const (
	kinds   = Noun | Verb | Adjective | Other
	genders = Common | Neuter
	plurals = PluralE | PluralER | PluralZero | PluralOnly
	pasts   = PastEDE | PastTE
)

// Fits reports whether a word of class c can have a head of class h: a compound inflects as its head. A class
// that is not known fits all.
func (c Class) Fits(h Class) bool {
	if c&kinds == 0 || h&kinds == 0 {
		return true
	}
	if h&Other != 0 || c&Other != 0 && h&Adjective != 0 {
		return true
	}
	switch {
	case c&h&Adjective != 0:
		return true
	case c&h&Noun != 0 && share(c, h, genders) && share(c, h, plurals):
		return true
	case c&h&Verb != 0:
		return share(c, h, pasts)
	}
	return false
}

// share reports whether two classes have a trait of a set in common or one of them names none.
func share(a, b, set Class) bool { return a&set == 0 || b&set == 0 || a&b&set != 0 }
