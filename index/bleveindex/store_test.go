package bleveindex

import (
	"testing"

	"smaabornsviden/index"
	"smaabornsviden/index/danish"
	"smaabornsviden/index/indextest"
)

func TestContractOnDisk(t *testing.T) {
	a := analyzer(t)
	indextest.Run(t, func(t *testing.T) index.Engine { return openStore(t, t.TempDir(), Options{Analyzer: a}) })
}

func TestContractInMemory(t *testing.T) {
	a := analyzer(t)
	indextest.Run(t, func(t *testing.T) index.Engine {
		s, err := Memory(Options{Analyzer: a})
		if err != nil {
			t.Fatal(err)
		}
		return s
	})
}

func analyzer(t testing.TB) *danish.Analyzer {
	t.Helper()
	a, err := danish.New()
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func openStore(t testing.TB, dir string, o Options) *Store {
	t.Helper()
	s, err := Open(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
