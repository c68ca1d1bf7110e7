package bleveindex

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"smaabornsviden/index"
	"smaabornsviden/index/indextest"

	"github.com/google/go-cmp/cmp"
)

func TestALeanIndexLetsGoOfTheFilesThatItHasRead(t *testing.T) {
	dir := t.TempDir()
	s := openStore(t, dir, Options{Analyzer: analyzer(t), Lean: true})
	defer closeStore(t, s)
	apply(t, s, index.Batch{Seq: 1, Puts: indextest.Corpus(3, 200)})
	if err := s.Compact(t.Context()); err != nil { // nothing is merged from here on
		t.Fatal(err)
	}
	before := everything(t, s)
	for tries := 1; ; tries++ { // it may have let go by itself between these lines
		everything(t, s)
		if residentIn(t, dir) > 0 {
			break
		}
		if tries == 50 {
			t.Fatal("no page of the index is in memory after a search")
		}
	}
	s.current.letGo()
	if n := residentIn(t, dir); n > 0 {
		t.Errorf("%d kB of the index are in memory", n)
	}
	if diff := cmp.Diff(before, everything(t, s)); diff != "" {
		t.Errorf("page after it (-before +after)\n%s", diff)
	}
}

// TestALeanIndexAnswersWhileItLetsGo would crash or answer wrong if pages went that are nowhere else.
func TestALeanIndexAnswersWhileItLetsGo(t *testing.T) {
	s := openStore(t, t.TempDir(), Options{Analyzer: analyzer(t), Lean: true})
	defer closeStore(t, s)
	docs := indextest.Corpus(4, 120)
	for i := range 4 {
		apply(t, s, index.Batch{Seq: uint64(i + 1), Puts: docs[i*30 : i*30+30]})
		s.current.letGo()
		if n := everything(t, s).Total; n == 0 {
			t.Errorf("nothing found after batch %d", i+1)
		}
	}
	before := everything(t, s)
	for range 20 {
		s.current.letGo()
		if diff := cmp.Diff(before, everything(t, s)); diff != "" {
			t.Fatalf("page (-before +after)\n%s", diff)
		}
	}
}

// residentIn is how much of the segments in a folder this process has in memory, in kB.
func residentIn(t *testing.T, dir string) (kb int) {
	t.Helper()
	text, err := os.ReadFile("/proc/self/smaps")
	if err != nil {
		t.Fatal(err)
	}
	in := false
	for line := range strings.Lines(string(text)) {
		f := strings.Fields(line)
		switch {
		case len(f) >= 5 && strings.Contains(f[0], "-"):
			in = strings.Contains(line, dir) && strings.HasSuffix(f[len(f)-1], ".zap")
		case in && f[0] == "Rss:":
			n, err := strconv.Atoi(f[1])
			if err != nil {
				t.Fatal(err)
			}
			kb += n
		}
	}
	return kb
}
