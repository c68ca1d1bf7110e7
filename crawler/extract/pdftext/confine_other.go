//go:build !linux && !darwin

package pdftext

import "runtime/debug"

// confine has no limits to set on this system; watch and the parent's timeout hold the child.
func confine(l limits) { debug.SetMemoryLimit(l.Memory * 3 / 4) }
