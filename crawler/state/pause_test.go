package state_test

import (
	"errors"
	"path/filepath"
	"testing"

	"smaabornsviden/crawler/state"
)

func TestAPauseHoldsUntilResumeAndOverARestart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.db")
	s, err := state.Open(t.Context(), path, state.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Pause(t.Context(), t0, "b", "flytter"); err != nil {
		t.Fatal(err)
	}
	if err := s.Pause(t.Context(), t0, "a", ""); err != nil {
		t.Fatal(err)
	}
	s.Close()
	if s, err = state.Open(t.Context(), path, state.Options{}); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if all := s.Pauses(); len(all) != 2 || all[0].Source != "a" || all[1] != (state.Pause{Source: "b", At: t0, Note: "flytter"}) || !s.IsPaused("b") {
		t.Errorf("after a restart: %v", all)
	}
	if err := s.Resume(t.Context(), "b"); err != nil || s.IsPaused("b") {
		t.Errorf("Resume: %v", err)
	}
	if err := s.Resume(t.Context(), "b"); !errors.Is(err, state.ErrNotFound) {
		t.Errorf("second Resume: %v, want ErrNotFound", err)
	}
}
