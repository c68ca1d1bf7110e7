package index

// AgeBucket is a span of children's ages in months, both ends inclusive.
type AgeBucket struct {
	Slug     string
	From, To int
}

// AgeBuckets are the buckets of the age facet that are spans of their own, in the order in which they are
// shown. -9 is the start of pregnancy; a child of 6 years is at most 83 months old.
var AgeBuckets = []AgeBucket{
	{"foer-foedslen", -9, -1},
	{"0-11-mdr", 0, 11},
	{"1-2-aar", 12, 35},
	{"3-5-aar", 36, 71},
	{"6-aar", 72, 83},
}

// The values of the age facet that are no span of their own.
const (
	WholeAge   = "hele-0-6"     // in every bucket from birth on
	UnknownAge = "ikke-angivet" // no age is given
)

// Buckets are the values of the age facet for a span. It is in a bucket when the two overlap by at least half
// of the bucket or half of the span, and in WholeAge when it is in all buckets from birth on.
func (a AgeSpan) Buckets() []string {
	if !a.Known {
		return []string{UnknownAge}
	}
	var in []string
	born := 0
	for _, b := range AgeBuckets {
		if !a.in(b) {
			continue
		}
		in = append(in, b.Slug)
		if b.From >= 0 {
			born++
		}
	}
	if born == len(AgeBuckets)-1 {
		in = append(in, WholeAge)
	}
	return in
}

// in reports whether the overlap is at least half of the bucket or of the span, counted in whole months.
func (a AgeSpan) in(b AgeBucket) bool {
	overlap := min(a.To, b.To) - max(a.From, b.From) + 1
	if overlap <= 0 {
		return false
	}
	return 2*overlap >= b.To-b.From+1 || 2*overlap >= a.To-a.From+1
}
