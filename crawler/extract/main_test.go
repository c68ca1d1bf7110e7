package extract_test

import (
	"os"
	"testing"

	"smaabornsviden/crawler/extract/pdftext"
)

// TestMain lets the test program be the child that reads PDF files.
func TestMain(m *testing.M) {
	if os.Getenv(pdftext.ChildVariable) != "" {
		os.Exit(pdftext.Child(os.Stdin, os.Stdout))
	}
	os.Exit(m.Run())
}
