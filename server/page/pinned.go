package page

import (
	"smaabornsviden/server/answer"
)

// pinnedView is what editors lift above the results.
type pinnedView struct {
	Note, Why string
	Cards     []card
}

func (p *Pages) pinned(a *answer.Pinned) *pinnedView {
	if a == nil {
		return nil
	}
	v := &pinnedView{Note: a.Note, Why: a.Why}
	for _, d := range a.Docs {
		v.Cards = append(v.Cards, p.card(answer.Hit{Doc: d, Title: []answer.Piece{{Text: d.Title}}}))
	}
	return v
}
