package pdftext

import (
	"os"
	"testing"
)

// TestMain lets the test program be its own child, as every program's main must.
func TestMain(m *testing.M) {
	if os.Getenv(ChildVariable) != "" {
		os.Exit(Child(os.Stdin, os.Stdout))
	}
	os.Exit(m.Run())
}
