package main

import "testing"

// BenchmarkMeantAtItsWorst mends words that are the dearest to mend, over 5,000 documents: long compounds with a slip in the midst
// of them, of which every half is tried, and words that nothing is near to.
func BenchmarkMeantAtItsWorst(b *testing.B) {
	f := suggester(b, 5000)
	for _, typed := range []string{
		"pædagogfaglihedsudviklingsforløb", "specialpædagogiskehjælpeforanstalnigner", "sundhedsplejerskekonsulrntordningen", "xqzvwkjhgfdpærmnbløk",
	} {
		b.Run(typed, func(b *testing.B) {
			for b.Loop() {
				if _, err := f.Searcher.Meant(b.Context(), typed); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
