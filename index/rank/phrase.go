package rank

// PhraseFreq is how often a phrase stands in a field. positions holds, for each word of the phrase in
// order, where it stands, ascending and without repeats. From every place
// of the first word the nearest places of the others after it are taken; if they lie at most slop positions
// wider than side by side, the place counts 1/(1+width beyond that), as in Lucene's ordered span query.
func PhraseFreq(positions [][]uint32, slop int) float32 {
	if len(positions) == 0 {
		return 0
	}
	var (
		freq float32
		next [16]int // where to go on in each list; the first word only moves forward
		at   = next[:]
	)
	if len(positions) > len(next) {
		at = make([]int, len(positions))
	}
	for _, first := range positions[0] {
		last, ok := stretch(positions, at, first)
		if !ok {
			break
		}
		if width := int(last-first) - (len(positions) - 1); width <= slop {
			freq += 1 / (1 + float32(width))
		}
	}
	return freq
}

// stretch finds the nearest places after first, each after the one before; ok is false when a
// word has none left, and then none of the later places of the first word has either.
func stretch(positions [][]uint32, at []int, first uint32) (last uint32, ok bool) {
	last = first
	for i := 1; i < len(positions); i++ {
		list := positions[i]
		for at[i] < len(list) && list[at[i]] <= last {
			at[i]++
		}
		if at[i] == len(list) {
			return 0, false
		}
		last = list[at[i]]
	}
	return last, true
}
