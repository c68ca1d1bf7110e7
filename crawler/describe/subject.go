package describe

import (
	"math"
	"slices"

	"smaabornsviden/index"
	"smaabornsviden/index/topics"
)

// How much the parts of the evidence for a topic count.
const (
	supportOnly = .35 // a weak term beside a speaking one
	inCompound  = .8  // "sprog" in "sprogindsats" beside "sprog"
	leastTopic  = 3.4 // what it takes to put a document under a topic
	shareOfBest = .30 // of the score of the document's first topic
	fullTopic   = 12  // a score that weighs 1
	mostTopics  = 6
	perHundred  = 1.2 // a term in every hundred words of the text counts so much
)

// subject is what speaks for one topic.
type subject struct {
	row         int
	title, text float64 // evidence by place
	strong      int     // speaking terms met
	best        float64
	quote       string
}

// subjects are the topics of a scheme that the document is about, and all that it mentions, the strongest first.
func (d *Describer) subjects(r *reading, table string, scheme []topics.Topic) ([]index.Topic, []Fired) {
	scored := map[int]*subject{}
	for i := range r.zones {
		z := &r.zones[i]
		for _, m := range z.matches {
			if m.table == table {
				scored[m.row] = r.speak(scored[m.row], z, m)
			}
		}
	}
	type ranked struct {
		*subject
		score float64
	}
	var all []ranked
	for row, s := range scored {
		s.row = row
		if s.strong > 0 {
			all = append(all, ranked{s, s.score(r.words) / scheme[row].Common})
		}
	}
	slices.SortFunc(all, func(a, b ranked) int {
		if a.score != b.score {
			return sign(b.score - a.score)
		}
		return a.row - b.row
	})
	var out []index.Topic
	var trace []Fired
	for i, s := range all {
		why := index.Reason{Rule: table + "/" + scheme[s.row].Slug, Quote: s.quote}
		won := s.score >= leastTopic && s.score >= shareOfBest*all[0].score && i < mostTopics
		if won {
			out = append(out, index.Topic{Slug: scheme[s.row].Slug, Weight: round(min(1, s.score/fullTopic)), Reason: why})
		}
		trace = append(trace, Fired{Field: table, Value: scheme[s.row].Slug, Weight: round(s.score), Reason: why, Won: won})
	}
	return out, trace
}

func (r *reading) speak(s *subject, z *zone, m match) *subject {
	if s == nil {
		s = &subject{}
	}
	worth := m.weight
	if !m.whole {
		worth *= inCompound
	}
	if m.weight == 1 {
		s.strong++
	}
	place := r.weight(z, m.from)
	switch z.name {
	case inBody:
		s.text += worth * place
	case inAbstract:
		s.title += worth * place / 2
	default:
		s.title = max(s.title, worth*place)
	}
	if worth*place > s.best {
		s.best, s.quote = worth*place, z.quote(m.from, m.to)
	}
	return s
}

// score joins the title with how dense the text is with the topic's words, so that a page and a book are alike.
func (s *subject) score(words int) float64 {
	density := s.text / math.Max(1, float64(words)/100)
	return s.title + perHundred*density + math.Log1p(s.text)*.5
}

func sign(x float64) int {
	if x < 0 {
		return -1
	}
	return 1
}

func round(x float64) float64 { return math.Round(x*100) / 100 }
