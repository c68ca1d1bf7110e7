package page

import (
	"io"
	"net/url"
	"slices"
	"strings"

	"smaabornsviden/index"
	"smaabornsviden/index/programmes"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/tongue"
)

// Programme is the page of a programme.
type Programme struct {
	Record programmes.Programme
	Names  *answer.Names // of topics
	Hits   []answer.Hit  // documents that speak of it, newest first
}

type programmeView struct {
	frame
	Record  programmes.Programme
	Facts   []fact
	Lists   []namedList
	Plan    []figureView
	Result  []figureView
	Sectors []sectorCards
	Search  string
}

type namedList struct {
	Heading string
	Items   []string
}

type figureView struct {
	What, Value string
	Origin      sentence // who says so, and when
}

type sectorCards struct {
	Heading string
	Cards   []card
}

func programmePath(slug string) string { return "/indsats/" + url.PathEscape(slug) }

// Programme writes the page of a programme. Plan and result stand apart, and every figure says who tells it and when.
func (p *Pages) Programme(w io.Writer, in Programme) error {
	r := in.Record
	v := programmeView{frame: p.frame(titled(r.Name)), Record: r}
	v.Canonical = programmePath(r.Slug)
	v.Description, _ = cutAt(r.About, 160)
	v.Facts = programmeFacts(p.in, r, in.Names)
	for _, l := range []namedList{
		{"Mål", r.Goals}, {"Det forpligter deltagerne sig til", r.Commitments}, {"Bidragstyper", r.Contributions}, {"Initiativer", r.Initiatives},
	} {
		if len(l.Items) > 0 {
			l.Heading = p.in.Say(l.Heading)
			v.Lists = append(v.Lists, l)
		}
	}
	v.Plan, v.Result = figures(p.in, r.Of(programmes.Plan)), figures(p.in, r.Of(programmes.Result))
	for _, choice := range append(index.Choices(index.FacetSector), index.Choice{}) {
		section := sectorCards{Heading: p.in.Say(choice.Label)}
		if choice.Slug == "" {
			section.Heading = p.in.Say("Andre")
		}
		for _, h := range in.Hits {
			if h.Doc.Sector == choice.Slug {
				section.Cards = append(section.Cards, p.card(h))
			}
		}
		if len(section.Cards) > 0 {
			v.Sectors = append(v.Sectors, section)
		}
	}
	v.Search = address(p.in, answer.Question{Text: r.Name, Page: 1, Size: answer.PageSize})
	return p.write(w, "programme", v)
}

func programmeFacts(t tongue.Tongue, r programmes.Programme, names *answer.Names) []fact {
	var out []fact
	add := func(label, text string) {
		if text != "" {
			out = append(out, fact{Label: t.Say(label), Text: sentence{{Text: text, Lang: t.Lang(text)}}})
		}
	}
	add("Målgruppe", r.Audience)
	if len(r.Age) == 2 {
		words := ageWords(t, index.AgeSpan{From: r.Age[0], To: r.Age[1], Known: true, Certain: true})
		out = append(out, fact{Label: t.Say("Alder"), Text: plainly(words)})
	}
	add("Sted", strings.Join(r.Places, ", "))
	add("Periode", r.Period)
	for _, partner := range r.Partners {
		text := partner.Name
		if partner.Role != "" {
			text += " (" + partner.Role + ")"
		}
		add("Partner", text)
	}
	for _, slug := range r.Topics {
		if label := names.Label(index.FacetTopic, slug); label != "" {
			out = append(out, fact{Label: t.Say("Emne"), Text: sentence{{Text: t.Say(label), Href: t.Path(topicPath(slug)), Lang: t.Lang(label)}}})
		}
	}
	add("Kendt også som", strings.Join(slices.DeleteFunc(slices.Clone(r.Aliases), func(a string) bool { return a == r.Name }), ", "))
	return out
}

// figures write each number with who tells it and when. A number without a date says so, and when its source was read: that is
// the most that is known of it.
func figures(t tongue.Tongue, all []programmes.Figure) []figureView {
	var out []figureView
	for _, f := range all {
		who := part{Text: f.Source, Lang: t.Lang(f.Source)}
		out = append(out, figureView{What: f.What, Value: f.Value, Origin: origin(t, f, who)})
	}
	return out
}

func origin(t tongue.Tongue, f programmes.Figure, who part) sentence {
	var words sentence
	switch {
	case f.Date != "":
		words = say(t, "ifølge %s, %s", who, spanWords(t, f.Date))
	case f.Seen != "":
		words = say(t, "ifølge %s, uden dato, set %s", who, spanWords(t, f.Seen))
	default:
		words = say(t, "ifølge %s, uden dato", who)
	}
	if f.Period != "" {
		words = append(words, part{Text: " ("}, part{Text: f.Period, Lang: t.Lang(f.Period)}, part{Text: ")"})
	}
	return words
}

type programmesView struct {
	frame
	Programmes []linkLine
}

type linkLine struct {
	Text, Href, About string
}

// Programmes writes the list of programmes.
func (p *Pages) Programmes(w io.Writer, all programmes.List) error {
	v := programmesView{frame: p.frame(titled(p.in.Say("Indsatser")))}
	v.Canonical = "/indsatser"
	for _, r := range all {
		v.Programmes = append(v.Programmes, linkLine{Text: r.Name, Href: p.in.Path(programmePath(r.Slug)), About: r.About})
	}
	return p.write(w, "programmes", v)
}
