package answer

import "strings"

// Names are the labels of facet values that come from data, such as sources and topics, both ways. A nil *Names
// knows none.
type Names struct {
	labels map[string]map[string]string // by facet and value
	values map[string]map[string]string // by facet and lower-case label or value
	closed map[string]bool              // sources that are not visited any more
}

// Close makes known that a source is not brought up to date any more.
func (n *Names) Close(source string) {
	if n.closed == nil {
		n.closed = map[string]bool{}
	}
	n.closed[source] = true
}

// Closed reports whether a source is not brought up to date any more.
func (n *Names) Closed(source string) bool { return n != nil && n.closed[source] }

// Programmes and the themes of the curriculum are named like the values of a facet, though nothing is filtered by them.
const (
	Programmes = "indsats"
	Themes     = "tema"
)

// Add makes a value known under its label. Values win over labels of the same spelling.
func (n *Names) Add(facet, value, label string) {
	if n.labels == nil {
		n.labels, n.values = map[string]map[string]string{}, map[string]map[string]string{}
	}
	if n.labels[facet] == nil {
		n.labels[facet], n.values[facet] = map[string]string{}, map[string]string{}
	}
	n.labels[facet][value] = label
	typed := strings.ToLower(label)
	if _, taken := n.values[facet][typed]; !taken {
		n.values[facet][typed] = value
	}
	n.values[facet][strings.ToLower(value)] = value
}

// Label is what readers see for a value, empty when it is not known.
func (n *Names) Label(facet, value string) string {
	if n == nil {
		return ""
	}
	return n.labels[facet][value]
}

// Value finds a value by itself or by its label, in any case.
func (n *Names) Value(facet, typed string) (value string, ok bool) {
	if n == nil {
		return "", false
	}
	value, ok = n.values[facet][strings.ToLower(strings.TrimSpace(typed))]
	return value, ok
}

// Knows reports whether any value of a facet is known.
func (n *Names) Knows(facet string) bool { return n != nil && len(n.labels[facet]) > 0 }
