package page

import (
	"io"
	"strings"

	"smaabornsviden/index"
	"smaabornsviden/server/answer"
)

// Topic is the page of one topic.
type Topic struct {
	Slug, Label string
	Definition  Said
	Words       []string
	Newest      answer.Answer // its newest documents, with facets
}

// Said is a text with its language where that is not the page's.
type Said struct {
	Text, Lang string
}

// TopicLine is a topic in the list of topics.
type TopicLine struct {
	Slug, Label string
	Definition  Said
	Documents   int
}

type topicView struct {
	frame
	Label      string
	Definition Said
	Words      string
	Count      string
	All        string // address of the search for the whole topic
	Types      []typeView
	Sources    []browseLink
	Feed       string
	Empty      bool
}

type typeView struct {
	Heading string
	Cards   []card
	All     string
	Count   string
}

// newestPerType is how many documents of each type the page of a topic shows.
const newestPerType = 3

func chosenQuestion(facet, value string) answer.Question {
	return answer.Question{Page: 1, Size: answer.PageSize, Chosen: map[string][]string{facet: {value}}}
}

// Topic writes the page of a topic.
func (p *Pages) Topic(w io.Writer, t Topic) error {
	v := topicView{frame: p.frame(titled(p.in.Say(t.Label))), Label: t.Label, Definition: t.Definition, Words: strings.Join(t.Words, ", ")}
	q := chosenQuestion(index.FacetTopic, t.Slug)
	v.Canonical = topicPath(t.Slug)
	v.Description = t.Definition.Text
	v.All = address(p.in, q)
	v.Feed = feedAddress(p.in, q)
	v.Feeds = []linkView{{Text: p.in.Say("Nyt om %s", p.in.Say(t.Label)), Href: v.Feed}}
	v.Count = p.in.Counted(t.Newest.Total, "resultat", "resultater")
	v.Empty = t.Newest.Total == 0
	for _, value := range values(t.Newest.Facets, index.FacetType) {
		section := typeView{Heading: p.in.Say(value.Label), Count: p.in.Number(value.Count)}
		for _, h := range t.Newest.Hits {
			if typeSlug(h.Doc) == value.Value && len(section.Cards) < newestPerType {
				section.Cards = append(section.Cards, p.card(h))
			}
		}
		narrowed := chosenQuestion(index.FacetTopic, t.Slug)
		narrowed.Chosen[index.FacetType] = []string{value.Value}
		section.All = address(p.in, narrowed)
		v.Types = append(v.Types, section)
	}
	for _, value := range values(t.Newest.Facets, index.FacetSource) {
		narrowed := chosenQuestion(index.FacetTopic, t.Slug)
		narrowed.Chosen[index.FacetSource] = []string{value.Value}
		v.Sources = append(v.Sources, browseLink{Text: value.Label, Href: address(p.in, narrowed), Count: p.in.Number(value.Count), Unit: p.in.Unit(value.Count, "resultat", "resultater")})
	}
	return p.write(w, "topic", v)
}

func typeSlug(d index.Document) string {
	if d.Type.Value == "" {
		return "ukendt"
	}
	return d.Type.Value
}

type topicsView struct {
	frame
	Topics []topicLineView
}

type topicLineView struct {
	TopicLine
	Href, Count string
}

// Topics writes the list of topics.
func (p *Pages) Topics(w io.Writer, topics []TopicLine) error {
	v := topicsView{frame: p.frame(titled(p.in.Say("Emner")))}
	v.Canonical = "/emner"
	v.JSON = "/api/v1/topics"
	for _, t := range topics {
		v.Topics = append(v.Topics, topicLineView{t, p.in.Path(topicPath(t.Slug)), p.in.Counted(t.Documents, "resultat", "resultater")})
	}
	return p.write(w, "topics", v)
}
