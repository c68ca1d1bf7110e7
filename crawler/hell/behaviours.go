package hell

import "slices"

// Behaviours returns all behaviours. Each has a host of its own, so that what one does to a crawler is told apart from
// what it does to the others.
func Behaviours() []Behaviour {
	return slices.Concat(robotsFiles(), hosts(), statuses(), redirects(), wires(), bodies(), texts(), listings(), mazes(), files(), habits())
}

// ok is how a document stands.
const ok = "ok"
