package main

import (
	"os"
	"testing"

	"smaabornsviden/crawler/extract/pdftext"
)

// TestMain lets the test program be the child that reads PDF files, as main does.
func TestMain(m *testing.M) {
	if os.Getenv(pdftext.ChildVariable) != "" {
		os.Exit(pdftext.Child(os.Stdin, os.Stdout))
	}
	os.Exit(m.Run())
}
