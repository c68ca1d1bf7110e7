package demosite

import (
	"testing"

	"smaabornsviden/crawler/partners"
)

func TestRegisterIsAValidRegister(t *testing.T) {
	r, err := partners.Load(newServer(t, Options{}).Register(), "partners.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Sources) != 7 {
		t.Errorf("%d sources, want 7", len(r.Sources))
	}
}
