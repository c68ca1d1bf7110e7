package query

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"smaabornsviden/index"
)

// typeWords are words that say which type of document is meant when they stand in a query beside others, by their
// dictionary forms.
var typeWords = map[string]string{
	"forskning": "forskning", "studie": "forskning", "undersøgelse": "forskning", "evaluering": "forskning",
	"forskningsartikel": "forskning", "forskningsoversigt": "forskning",
	"debat": "debat", "kronik": "debat", "debatindlæg": "debat", "nyhed": "nyhed", "pressemeddelelse": "nyhed",
	"praksiseksempel": "praksis", "vejledning": "vejledning", "lov": "vejledning", "strategi": "vejledning",
	"lovgivning": "vejledning", "retningslinje": "vejledning",
}

// describe lets the words of a query that name a type or an age speak for documents that are described so: "forskning om leg
// 3-5 år" is answered by research on play for that age, whether it says so of itself or not. Nothing is filtered.
func (r *reading) describe(off []string) {
	asked := 0
	for i := range r.units {
		if u := &r.units[i]; !u.off && !u.clause.Not {
			asked++
		}
	}
	if asked < 2 {
		return
	}
	for i := range r.units {
		u := &r.units[i]
		if u.off || !u.plain() || u.kind != "" {
			continue
		}
		facet, values := u.described()
		if len(values) == 0 {
			continue
		}
		var labels []string
		for _, v := range values {
			labels = append(labels, index.Label(facet, v))
		}
		added := Added{Kind: index.Described, For: u.typed, Text: strings.Join(labels, ", "), Facet: facet, Value: strings.Join(values, "|")}
		if !r.allowed(off, added) {
			continue
		}
		u.also = append(u.also, index.Alt{Field: index.Field(facet), Terms: []string{added.Value}, Weight: weightDescribed, Kind: index.Described, Text: added.Text})
	}
}

// described is what the word says of documents: a facet and its values, nothing for most words.
func (u *unit) described() (facet string, values []string) {
	for _, l := range u.token.Lemmas {
		if slug := typeWords[l]; slug != "" {
			return index.FacetType, []string{slug}
		}
	}
	names := slices.Clone(u.token.Lemmas)
	for _, x := range u.token.Expansions {
		names = append(names, x.Text)
	}
	for _, name := range names {
		if m := yearsOld.FindStringSubmatch(name); m != nil {
			return index.FacetAge, ages(m[1], m[2])
		}
	}
	return "", nil
}

// yearsOld is the dictionary form of an age or a span of ages.
var yearsOld = regexp.MustCompile(`^(\d)(?:-(\d))?-årig`)

// ages are the values of the age facet for a span of years, both inclusive; the second may be empty.
func ages(first, last string) []string {
	from, _ := strconv.Atoi(first)
	to := from
	if last != "" {
		to, _ = strconv.Atoi(last)
	}
	if from > to {
		return nil
	}
	span := index.AgeSpan{From: 12 * from, To: min(12*to+11, index.AgeBuckets[len(index.AgeBuckets)-1].To), Known: true}
	return slices.DeleteFunc(span.Buckets(), func(b string) bool { return b == index.WholeAge })
}
