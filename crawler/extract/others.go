package extract

import (
	"regexp"
	"slices"
)

// signOfOthers stands behind the last name of a byline that leaves some out.
const signOfOthers = `[,;]?\s+(?:og\s+)?(?:med\s+flere|m\.\s?fl\b|et\s+al\b|and\s+others|u\.\s?a\b|med\s+fler)`

// fillOthers tells whether the page names fewer authors than there are: "Af X, Y med flere".
func (p *page) fillOthers(res *Result) {
	if len(res.Authors) == 0 {
		return
	}
	behind, err := regexp.Compile(`(?i)` + regexp.QuoteMeta(res.Authors[len(res.Authors)-1]) + signOfOthers)
	if err != nil {
		return // no name that can be looked for
	}
	res.AuthorsMore = slices.ContainsFunc(p.lines(), func(b block) bool { return behind.MatchString(b.text) })
}
