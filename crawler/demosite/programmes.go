package demosite

import (
	_ "embed" // for the programmes
	"slices"
)

//go:embed programmes.yaml
var programmesFile []byte

// Programmes are the records of the sites' programmes, in the format of index/programmes.
func Programmes() []byte { return slices.Clone(programmesFile) }
