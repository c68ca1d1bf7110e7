package page

import (
	"io"
	"net/url"
	"slices"
	"strings"
	"time"

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
	// Origins are the documents of the index that its figures were read in, by the addresses that the figures name.
	Origins map[string]Origin
}

// Origin is a document that a figure was read in.
type Origin struct {
	Doc     index.Document // with its body
	Altered time.Time      // when it last changed at its source; zero when that is not known
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
	Since       sentence // what has happened to the document behind it since then; the figure stays as it was told
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
	v.Plan, v.Result = p.figures(r.Of(programmes.Plan), in.Origins), p.figures(r.Of(programmes.Result), in.Origins)
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

// figures write each number with who tells it, where and when. A number without a date says so, and when its source was read:
// that is the most that is known of it. What its document says now is never put in its place.
func (p *Pages) figures(all []programmes.Figure, origins map[string]Origin) []figureView {
	t := p.in
	var out []figureView
	for _, f := range all {
		who := part{Text: f.Source, Lang: t.Lang(f.Source)}
		v := figureView{What: f.What, Value: f.Value}
		if o, found := origins[f.URL]; found {
			who.Href = t.Path(DocumentPath(o.Doc.ID))
			v.Since = sinceTold(t, f, o)
		} else if f.URL != "" {
			who.Href = p.link(f.URL)
		}
		v.Origin = origin(t, f, who)
		out = append(out, v)
	}
	return out
}

// sinceTold says that the document behind a figure has changed since, or does not tell the figure any more; nil when neither
// is so.
func sinceTold(t tongue.Tongue, f programmes.Figure, o Origin) sentence {
	at, lacks := changedAfter(f, o), lacksFigure(f, o.Doc)
	title := part{Text: strings.Join(strings.Fields(o.Doc.Title), " "), Href: t.Path(DocumentPath(o.Doc.ID)), Lang: foreign(t, o.Doc.Lang.Value)}
	if title.Text == "" {
		title.Text, title.Lang = t.Say("Uden titel"), ""
	}
	switch {
	case at.IsZero() && lacks:
		return say(t, "Vi finder ikke tallet i kilden, som den er nu: se %s.", title)
	case at.IsZero():
		return nil
	case lacks:
		return say(t, "Kilden er ændret siden: se %s, %s. Tallet står der ikke længere.", title, t.Day(at))
	}
	return say(t, "Kilden er ændret siden: se %s, %s.", title, t.Day(at))
}

// changedAfter is when the document of a figure changed after the figure's date: by its own word, else when a visit saw it. It is
// zero when it is not known to have, or when the figure has no date to be after.
func changedAfter(f programmes.Figure, o Origin) time.Time {
	told := f.KnownUntil()
	switch {
	case told.IsZero():
		return time.Time{}
	case !o.Doc.Updated.IsZero() && !o.Doc.Updated.Time.Before(told):
		return o.Doc.Updated.Time
	case o.Altered.After(told):
		return o.Altered.Local()
	}
	return time.Time{}
}

// lacksFigure reports whether a document does not tell a figure. Of one whose text we do not have, or not whole, nothing can be said.
func lacksFigure(f programmes.Figure, d index.Document) bool {
	if d.Body == "" || d.MetadataOnly || d.Notice != "" {
		return false
	}
	return !f.StandsIn(strings.Join([]string{d.Title, d.Abstract, d.Body}, "\n"))
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
