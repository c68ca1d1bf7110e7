package query

// Weights of the channels, chosen on the dev halves of loindex and loanchor and on parole (the judged sets of the
// relevance study). Those of alternatives decide within a group, where the best one counts; those of lifts
// are summed onto the score of what matches anyway. Tried and left out, with the mean nDCG@10 they cost: the exact form as
// an alternative of its own (-.001), dictionary forms blended to one frequency (-.002), grams weighted by the length
// of their word (-.001 beside nearness) or by that of the query (.000), function words as lifts (+.004 on parole, .000 on
// loindex, -.002 on our own queries), parts before words are let go (-.002), whole coverage before score (-.013).
const (
	weightLemma  = 1.0
	weightPhrase = 2.0
	weightParts  = 0.5
	weightPrefix = 0.6
	weightApart  = 1.0 // a joined compound as it was typed: its words side by side
	weightPiece  = 0.7 // parts that stand for a compound no document has
	weightBeside = 0.5 // parts near each other, beside a compound that few documents have
	// weightWhole is what such a compound counts more for then, so that lifts do not bring its parts before it: of 124 compounds
	// of loanchor 40 had one of its documents behind those of its parts without it, 24 with 2, 14 with 4, 6 with 8.
	weightWhole  = 8
	weightPieces = 0.5 // an elliptical piece by itself, beside the word it stands for

	weightAge = 0.3 // a span of years

	// weightDescribed is what a document scores that is of the type or for the age that a word names, about as much as a
	// word that stands in it once or twice. With it all 15 tasks over the demonstration have their answer in place, 13
	// without; nDCG@10 .910 -> .949 there and .804 -> .806 over the judged queries. With 1 it is .925, with 3 .949 and
	// .806, with 4 .947; the words themselves at 0.3 beside it change nothing.
	weightDescribed = 2.0

	weightSame       = 0.7
	weightShort      = 0.7
	weightTranslated = 0.9 // from English to Danish
	// weightEnglish is from Danish to English. Where few texts are English, their words are rare and would go before what was
	// typed: nDCG@10 over the judged queries is .8030 with 0.5, .8006 with 0.4, .7995 with 0.3. It is also the weight of a
	// Danish word read as English; with 1 there the same figure is .8016.
	weightEnglish = 0.5
	weightNear    = 0.3

	liftExact  = 0.15 // the word just as typed
	liftParts  = 0.2  // the word as part of a compound
	liftPieces = 0.5  // the parts of a typed compound, as words or as parts
	liftGrams  = 0.35 // character 4-grams
	liftPairs  = 0.15 // adjacent words side by side
	liftNear   = 0.3  // adjacent words near each other, in any order
	liftTitle  = 0.3  // the word in the title, beside what the title counts in the text
)

const (
	// nearSlop is how many positions beyond adjacency still count as near.
	nearSlop = 3
	// partsSlop is the same for the parts of a compound that no document has: about a sentence.
	partsSlop = 8
	// enough is how many documents end the search for more by asking for less. With 10 the dev sets lose .008 of
	// nDCG@10, with 50 they win .000; a first page or two should hold complete answers where there are any.
	enough = 20
	// few is how little there must be before the parts of a compound near each other stand for the whole: without them the dev
	// sets lose .002 of nDCG@10 and .002 to .006 of recall@100; with either part in their place they win nothing, and a reader
	// with one good hit gets thirty loose ones.
	few = 5
	// commonPart is the share of documents from which on a part says too little to be shown for a compound that nothing has, if
	// there is a rarer one: "tid" for "skærmtid". Parole has nDCG@10 .4368 with the rarest part alone, .4375 with this and
	// with all parts, and the other sets do not change.
	commonPart = 0.1
)
