package lexicon

import (
	"bytes"
	"errors"
	"os"
	"testing"

	"github.com/blevesearch/vellum"
	"github.com/google/go-cmp/cmp"

	"smaabornsviden/index/danish/compound"
)

func TestAValueReadsAsItWasPacked(t *testing.T) {
	for _, f := range []Fields{
		{},
		{Edits: 4095, Modifier: 63 * grain, Head: grain, Bounds: []int{31, 35, 36}, Word: true, Proper: true, Class: 0xFFF},
		{Head: 7 * grain, Bounds: []int{5}, Word: true, Class: compound.Noun | compound.Common},
	} {
		v := Pack(f)
		got := Fields{
			Edits: v.edits(), Modifier: v.Modifier(), Head: v.Head(), Bounds: v.Bounds(nil), Word: v.Word(), Proper: v.Proper(), Class: v.Class(),
		}
		if diff := cmp.Diff(f, got); diff != "" {
			t.Error(diff)
		}
	}
}

func TestWhatDoesNotFitAValueIsRoundedOrLeftOut(t *testing.T) {
	v := Pack(Fields{Modifier: 1, Head: 100 * compound.Nat, Bounds: []int{4, 40}})
	if v.Modifier() != grain || v.Head() != 63*grain {
		t.Errorf("costs %d and %d, want %d and %d", v.Modifier(), v.Head(), grain, 63*grain)
	}
	if diff := cmp.Diff([]int{4}, v.Bounds(nil)); diff != "" {
		t.Error(diff)
	}
}

func small(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	err := Write(&b, map[string]Value{
		"barn":  Pack(Fields{Word: true, Head: 8 * compound.Nat}),
		"børn":  Pack(Fields{Edits: 1, Word: true, Head: 8 * compound.Nat}),
		"børne": Pack(Fields{Edits: 2, Modifier: 4 * compound.Nat}),
	}, Tables{
		Edits:    [][]Edit{{{}}, {{Cut: 4, Add: "arn"}}, {{Cut: 5, Add: "arn"}, {Cut: 1}}},
		Trigrams: map[string]compound.Cost{"^^b": 64, "^^": 300, "bø": 200},
		Unseen:   777,
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestALexiconReadsAsItWasWritten(t *testing.T) {
	l, err := Load(small(t))
	if err != nil {
		t.Fatal(err)
	}
	v, ok := l.Lookup("børne")
	if !ok || v.Word() || v.Modifier() != 4*compound.Nat {
		t.Errorf("børne: %v, %v", v, ok)
	}
	if diff := cmp.Diff([]string{"barn", "børn"}, l.Lemmas(nil, "børne", v)); diff != "" {
		t.Error(diff)
	}
	for _, absent := range []string{"", "b", "børnen", "\x01", "\x030"} {
		if _, ok := l.Lookup(absent); ok {
			t.Errorf("%q is found", absent)
		}
	}
	var ends []int
	for _, p := range l.Pieces(nil, []byte("xbørnehave"), 1) {
		ends = append(ends, p.End)
	}
	if diff := cmp.Diff([]int{6, 7}, ends); diff != "" {
		t.Error(diff)
	}
	if l.Unseen() != 777 || l.Spell([]byte("^^b")) != 64 || l.Spell([]byte("^^x")) != 300 || l.Spell([]byte("bøå")) != 200 || l.Spell([]byte("qqq")) != never {
		t.Error("costs are not read as written")
	}
}

func TestTheSameContentsGiveTheSameBytes(t *testing.T) {
	if !bytes.Equal(small(t), small(t)) {
		t.Error("bytes differ")
	}
}

func TestForeignBytesAreRefused(t *testing.T) {
	for name, data := range map[string][]byte{"empty": nil, "text": bytes.Repeat([]byte("no lexicon "), 9)} {
		if _, err := Load(data); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	var b bytes.Buffer
	w, err := vellum.New(&b, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Insert([]byte("barn"), 1); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(b.Bytes()); !errors.Is(err, ErrFormat) {
		t.Errorf("transducer without tables: %v, want ErrFormat", err)
	}
}

// The walk is our own reading of vellum's format; vellum's is the judge.
func TestTheWalkAgreesWithVellumOnEveryKey(t *testing.T) {
	data, err := os.ReadFile("../lexicon.fst")
	if err != nil {
		t.Fatal(err)
	}
	l, err := Load(data)
	if err != nil {
		t.Fatal(err)
	}
	keys, wrong := 0, 0
	it, err := l.FST().Iterator(nil, nil)
	for ; err == nil; err = it.Next() {
		key, want := it.Current()
		keys++
		if got, ok := l.states.get(key); !ok || got != want {
			wrong++
		}
		if got, ok := l.Lookup(string(key)); key[0] >= ' ' && (!ok || got != Value(want)) {
			wrong++
		}
		if key[0] == trigramKey[0] && len(key) > 2 && l.Spell(key[1:]) != compound.Cost(want) {
			wrong++
		}
	}
	if !errors.Is(err, vellum.ErrIteratorDone) {
		t.Fatal(err)
	}
	if keys != l.FST().Len() || wrong > 0 {
		t.Errorf("%d of %d keys read wrongly, %d expected", wrong, keys, l.FST().Len())
	}
}
