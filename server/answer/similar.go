package answer

import (
	"context"
	"slices"

	"smaabornsviden/index"
)

// Bounds and weights of what counts as similar.
const (
	mostSimilar   = 5
	similarWords  = 12 // words of the title and keywords that are looked for
	similarShared = 2  // words or topics that two documents have to share at least
	similarTopic  = 2.0
)

// Similar lists documents that share words of the title, keywords and topics with one, the likeliest first. Documents of the same
// group are named elsewhere. What a source reserves from mining is neither compared nor named.
func (f *Finder) Similar(ctx context.Context, d index.Document) ([]index.Document, error) {
	if d.TDMReserved {
		return nil, nil
	}
	plan := f.likeness(d)
	if len(plan.Groups) < similarShared || plan.Check() != nil {
		return nil, nil
	}
	page, err := f.Searcher.Engine.Search(ctx, plan)
	if err != nil {
		return nil, err
	}
	var out []index.Document
	for _, h := range page.Hits {
		if !related(d, h.Doc) && !h.Doc.TDMReserved && len(out) < mostSimilar {
			out = append(out, h.Doc)
		}
	}
	return out, nil
}

// likeness looks for what a document is about. Its age and type order what is found: a reader of practice wants practice.
func (f *Finder) likeness(d index.Document) index.Plan {
	plan := index.Plan{MinShould: similarShared, Size: mostSimilar + 10} // room for those of the same group
	var seen []string
	for _, text := range append([]string{d.Title}, d.Keywords...) {
		for _, t := range f.Searcher.Analyzer.TokensIn(text, d.Lang.Value) {
			if t.Stop || len(t.Lemmas) == 0 || slices.Contains(seen, t.Lemmas[0]) || len(seen) == similarWords {
				continue
			}
			seen = append(seen, t.Lemmas[0])
			plan.Groups = append(plan.Groups, index.Group{Text: t.Text, Alts: []index.Alt{
				{Field: index.Lemma, Terms: []string{t.Lemmas[0]}, Weight: 1, Kind: index.AsTyped},
				{Field: index.Parts, Terms: []string{t.Lemmas[0]}, Weight: .5, Kind: index.PartOf},
			}})
		}
	}
	for _, topic := range d.Topics {
		plan.Groups = append(plan.Groups, index.Group{Text: topic.Slug, Alts: []index.Alt{
			{Field: index.FacetTopic, Terms: []string{topic.Slug}, Weight: similarTopic * topic.Weight, Kind: index.Described},
		}})
	}
	if d.Type.Value != "" {
		plan.Groups = append(plan.Groups, index.Group{Occur: index.Lift, Alts: []index.Alt{
			{Field: index.FacetType, Terms: []string{d.Type.Value}, Weight: 1, Kind: index.Described},
		}})
	}
	return plan
}

// related reports whether a document is another one, or stands beside it already.
func related(d, other index.Document) bool {
	return d.ID == other.ID || d.Group != "" && d.Group == other.Group ||
		slices.ContainsFunc(d.Related, func(r index.Relation) bool { return r.ID == other.ID })
}
