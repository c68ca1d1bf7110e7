package danish

import "testing"

// edits are many spellings near a word: a letter too much, too little, another one, two swapped.
func edits(word string) []string {
	var out []string
	r := []rune(word)
	for i := range r {
		head, tail := string(r[:i]), string(r[i+1:])
		out = append(out, head+tail)
		if i > 0 {
			out = append(out, string(r[:i-1])+string(r[i])+string(r[i-1])+tail)
		}
		for _, c := range "aeirsæ" {
			out = append(out, head+string(c)+string(r[i:]), head+string(c)+tail)
		}
	}
	return append(out, word, word+"s", word+"e", word+"n")
}

func TestSpellingsNearAWordAreKnownAsTheyAreByThemselves(t *testing.T) {
	a := analyzer(t)
	known := 0
	for i, row := range append(openTable(t, "fieldwords.tsv"), []string{"sundhedplejerskekonsulrntordningen"}, []string{"ål"}, []string{"is"}) {
		if len(row) > 1 && i%12 > 0 {
			continue
		}
		near := a.Near(row[0])
		for _, spelling := range edits(row[0]) {
			want := a.Knows(spelling)
			if want {
				known++
			}
			if got := near.Knows(spelling); got != want {
				t.Errorf("%q near %q: %v, want %v", spelling, row[0], got, want)
			}
		}
	}
	if known < 100 {
		t.Errorf("%d spellings are known", known)
	}
}

func BenchmarkSpellingsNearALongWord(b *testing.B) {
	a := analyzer(b)
	word := "specialpædagogiskehjælpeforanstalnigner"
	all := edits(word)
	for b.Loop() {
		near := a.Near(word)
		for _, s := range all {
			near.Knows(s)
		}
	}
}
