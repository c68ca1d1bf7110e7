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
	"smaabornsviden/server/cite"
	"smaabornsviden/server/tongue"
)

// SearchPath is where searches are answered, in Danish.
const SearchPath = "/soeg"

// The addresses that pages link to.
const (
	apiPath = "/api/v1/search"
)

// Results is a search page to be written.
type Results struct {
	Answer answer.Answer
	// Programmes are the records of the programmes that the answer points to, in its order.
	Programmes []programmes.Programme
	Origins    map[string]Origin // of their figures, as on the page of a programme
	Faults     []answer.Fault    // parameters that could not be read; unknown ones are passed over
	Crawling   bool
	Updated    time.Time // end of the last crawl; zero when unknown
	Protocols  bool      // a search can be kept as a protocol
}

type resultsView struct {
	frame
	Heading        sentence
	Range          string
	Today          string
	FiltersInWords string
	Notes          []sentence
	Understood     []sentence
	Widened        []widenedView
	Programmes     []programmeBox
	Pointers       []linkView
	Hints          []linkView
	Chips          []linkView
	ClearAll       string
	Sorts          []linkView
	Filters        []filterView
	First          int // number of the first card
	Cards          []card
	Help           []sentence
	Pager          *pager
	Pinned         *pinnedView
	Take           *takeView
	List           *linkView // the reading list, when there is one
}

type linkView struct {
	Text, Href string
	Lang       string // where it differs from that of the page
	Current    bool
	Why        sentence // it stands here
}

type filterView struct {
	Name, Label string
	Shown, More []valueView
	Span        bool // has fields for from and to
	From, To    string
	Years       *histogram
}

type valueView struct {
	Name, Value, Label, Count, Unit string
	Chosen                          bool
	Not                             bool // the value is left out
}

// address is where a question is answered as a page in a language.
func address(t tongue.Tongue, q answer.Question) string {
	return t.Path(SearchPath) + "?" + q.Values(answer.PageParams).Encode()
}

func dataAddress(q answer.Question) string {
	return apiPath + "?" + q.Values(answer.APIParams).Encode()
}

// Results writes the page of an answer.
func (p *Pages) Results(w io.Writer, r Results) error {
	ans, q := r.Answer, r.Answer.Question
	v := resultsView{frame: p.frame(resultsTitle(p.in, ans))}
	v.NoIndex = true
	v.Self = address(tongue.Danish, q)
	v.Text = q.Text
	v.ChosenSort = q.Sort
	v.Widening = q.Values(answer.PageParams)[answer.Widening]
	v.Authors = q.Chosen[index.ByAuthor]
	v.Listed = q.List
	if len(q.List) > 0 {
		v.List = &linkView{Text: p.in.Counted(len(q.List), "dokument", "dokumenter"), Href: listAddress(p.in.Path(ListPath), q.List)}
	}
	v.Crawling = r.Crawling
	v.JSON = dataAddress(q)
	v.Heading = heading(p.in, ans)
	v.Range = shownRange(p.in, ans)
	v.Today = p.in.Day(p.now())
	v.Notes = notes(p.in, ans, r.Faults)
	v.Understood = understood(p.in, ans)
	v.Widened = widened(p.in, ans)
	v.Programmes = p.programmeBoxes(r.Programmes, r.Origins)
	v.Pointers, v.Hints = pointers(p.in, ans), hints(p.in, ans)
	v.Chips = chips(p.in, ans)
	v.FilterCount = len(v.Chips)
	v.ClearAll = address(p.in, q.Unfiltered())
	v.FiltersInWords = inWords(p.in, v.Chips)
	if ans.Total > 0 || len(v.Chips) > 0 { // of nothing, nothing can be left out
		v.Filters = filters(p.in, ans)
	}
	v.Help = help(p.in, ans)
	v.First = (q.Page-1)*q.Size + 1
	v.Feeds = []linkView{{Text: FeedTitle(p.in, ans), Href: feedAddress(p.in, q)}}
	v.Take = newTake(p.in, ans)
	if v.Take != nil && r.Protocols {
		v.Take.Protocol = protocolForm(p.in, q)
	}
	if v.Take != nil && !r.Updated.IsZero() {
		v.Take.Updated = p.in.Day(r.Updated)
	}
	for _, h := range ans.Hits {
		c := p.card(h)
		c.Listing = newListing(p.in, q, h.Doc.ID)
		if len(q.List) > 0 {
			c.About += "?" + url.Values{answer.Listed: q.List}.Encode()
		}
		c.Missing = strings.Join(newIn(h.Missing, ans.Understood.LetGo), ", ")
		v.Cards = append(v.Cards, c)
	}
	if len(v.Cards) > 1 {
		v.Sorts = sorts(p.in, q)
	}
	v.Pinned = p.pinned(ans.Pinned)
	v.Pager = newPager(p.in, ans)
	if v.Pager != nil {
		v.Prev, v.Next = v.Pager.Prev, v.Pager.Next
	}
	return p.write(w, "results", v)
}

// newIn drops what the page has said already.
func newIn(words, said []string) []string {
	return slices.DeleteFunc(slices.Clone(words), func(w string) bool { return slices.Contains(said, w) })
}

func resultsTitle(t tongue.Tongue, ans answer.Answer) string {
	q := ans.Question
	title := t.Counted(ans.Total, "resultat", "resultater")
	if q.AsTyped() != "" {
		title = q.AsTyped() + " – " + title
	}
	if q.Page > 1 {
		title += " – " + t.Say("side %s", t.Number(q.Page))
	}
	return titled(title)
}

func heading(t tongue.Tongue, ans answer.Answer) sentence {
	count := t.Counted(ans.Total, "resultat", "resultater")
	if ans.Total == 0 {
		count = t.Say("Ingen resultater")
	}
	if ans.Question.AsTyped() == "" {
		return plainly(count)
	}
	return say(t, "%s for %s", count, em(ans.Question.AsTyped()))
}

func shownRange(t tongue.Tongue, ans answer.Answer) string {
	q := ans.Question
	switch {
	case ans.Total == 0 && q.Filtered():
		return t.Say("Ingen resultater med disse filtre.")
	case ans.Total == 0:
		return t.Say("Vi fandt ikke noget.")
	case len(ans.Hits) == 0:
		return t.Say("%s, men ingen på side %s.", t.Counted(ans.Total, "resultat", "resultater"), t.Number(q.Page))
	case ans.Total == 1:
		return t.Say("Viser det ene resultat.")
	case ans.Pages == 1:
		return t.Say("Viser alle %s.", t.Counted(ans.Total, "resultat", "resultater"))
	}
	first := (q.Page-1)*q.Size + 1
	return t.Say("Viser %s-%s af %s resultater.", t.Number(first), t.Number(first+len(ans.Hits)-1), t.Number(ans.Total))
}

// notes says what was not done as asked. Nothing is dropped or loosened silently.
func notes(t tongue.Tongue, ans answer.Answer, faults []answer.Fault) []sentence {
	var out []sentence
	for _, f := range faults {
		if !f.Harmless() {
			out = append(out, unused(t, f))
		}
	}
	out = append(out, unreadPieces(t, ans.Understood.Unread, faults)...)
	out = append(out, syntax(t, ans.Understood.Notes)...)
	out = append(out, mended(t, ans)...)
	out = append(out, offers(t, ans)...)
	out = append(out, lacking(t, ans)...)
	if ans.OnlyCommon && ans.Total > 0 {
		out = append(out, say(t, "Søgeordene er meget almindelige. Tilføj et ord mere."))
	}
	return out
}

func emphasised(words []string) sentence {
	var s sentence
	for i, w := range words {
		if i > 0 {
			s = append(s, part{Text: ", "})
		}
		s = append(s, em(w))
	}
	return s
}

func inWords(t tongue.Tongue, chips []linkView) string {
	if len(chips) == 0 {
		return t.Say("ingen")
	}
	var texts []string
	for _, c := range chips {
		texts = append(texts, c.Text)
	}
	return strings.Join(texts, ", ")
}

func chips(t tongue.Tongue, ans answer.Answer) []linkView {
	var out []linkView
	for _, c := range ans.Question.Chips() {
		chip := linkView{Href: address(t, ans.Question.Without(c.Facet, c.Value))}
		chip.Text, chip.Lang = chipWords(t, ans, c)
		if c.Facet == "fra" || c.Facet == "til" {
			chip.Text, chip.Lang = t.Say(map[string]string{"fra": "Fra %s", "til": "Til %s"}[c.Facet], spanWords(t, c.Value)), ""
		}
		if name, excluded := answer.Excluded(c.Value); c.Facet == index.ByAuthor {
			chip.Text, chip.Lang = t.Say("Forfatter: %s", name), ""
			if excluded {
				chip.Text = t.Say("Forfatter: %s", t.Say("ikke")+" "+name)
			}
		}
		out = append(out, chip)
	}
	return out
}

// chipWords is a filter as readers read it, and its language where that is not the page's.
func chipWords(t tongue.Tongue, ans answer.Answer, c answer.FilterChip) (text, lang string) {
	value, excluded := answer.Excluded(c.Value)
	danish := chipText(ans, answer.FilterChip{Facet: c.Facet, Value: value})
	if excluded {
		return t.Say("ikke") + " " + t.Say(danish), t.Lang(danish)
	}
	return t.Say(danish), t.Lang(danish)
}

// chipText is the Danish label of a filter. That of a value that is left out stands beside the value, since the value has no hits.
func chipText(ans answer.Answer, c answer.FilterChip) string {
	for _, v := range values(ans.Facets, c.Facet) {
		if v.Value == c.Value {
			return v.Label
		}
		if value, excluded := answer.Excluded(v.Value); excluded && value == c.Value {
			label, _ := answer.ExcludedLabel(v.Label)
			return label
		}
	}
	return index.Label(c.Facet, c.Value)
}

// programmeBox is what a programme planned and what came of it, where a search names it.
type programmeBox struct {
	Name, About  string
	Plan, Result []figureView
	Href         string
}

// boxFigures is how many figures of a kind the box holds; the page of the programme has all.
const boxFigures = 3

func (p *Pages) programmeBoxes(all []programmes.Programme, origins map[string]Origin) []programmeBox {
	t := p.in
	var out []programmeBox
	for _, r := range all {
		plan, result := p.figures(r.Of(programmes.Plan), origins), p.figures(r.Of(programmes.Result), origins)
		out = append(out, programmeBox{
			Name: r.Name, About: r.About, Href: t.Path(programmePath(r.Slug)),
			Plan: plan[:min(len(plan), boxFigures)], Result: result[:min(len(result), boxFigures)],
		})
	}
	return out
}

// pointers link the pages about what was searched for; programmes have a box of their own.
func pointers(t tongue.Tongue, ans answer.Answer) []linkView {
	var out []linkView
	for _, p := range ans.Pointers {
		if p.Programme {
			continue
		}
		out = append(out, linkView{Text: t.Say("Se emnet %s", t.Say(p.Label)), Href: t.Path(topicPath(p.Slug))})
	}
	return out
}

// hints offer filters that the words of the query speak of.
func hints(t tongue.Tongue, ans answer.Answer) []linkView {
	var out []linkView
	for _, c := range ans.Hints {
		label := t.Say(chipText(ans, c))
		if c.Facet == index.FacetType {
			label = t.Say("Kun %s", strings.ToLower(label))
		}
		out = append(out, linkView{Text: label, Href: address(t, ans.Question.With(c.Facet, c.Value))})
	}
	return out
}

func sorts(t tongue.Tongue, q answer.Question) []linkView {
	var out []linkView
	for _, s := range answer.Sorts {
		if s.Slug == answer.Sorts[0].Slug && q.Text == "" {
			continue // nothing to be relevant to
		}
		out = append(out, linkView{Text: t.Say(s.Label), Href: address(t, q.SortedBy(s.Slug)), Current: s.Slug == q.Order()})
	}
	return out
}

// shownValues is how many values of a facet are open at once; the others wait behind "Vis flere".
const shownValues = 7

func filters(t tongue.Tongue, ans answer.Answer) []filterView {
	var out []filterView
	for _, f := range ans.Facets {
		v := filterView{Name: f.Name, Label: t.Say(index.FacetLabel(f.Name)), Span: f.Name == index.FacetYear}
		if v.Span {
			v.From, v.To = ans.Question.From, ans.Question.To
			v.Years = newHistogram(t, f.Values)
		}
		if len(f.Values) == 0 && !v.Span {
			continue
		}
		for _, value := range f.Values {
			label, excluded := answer.ExcludedLabel(value.Label)
			shown := valueView{
				Name: f.Name, Value: value.Value, Label: label, Not: excluded, Chosen: value.Chosen,
				Count: t.Number(value.Count), Unit: t.Unit(value.Count, "resultat", "resultater"),
			}
			// One value behind "Vis 1 flere" would take the room of the value itself.
			if value.Chosen || !v.Span && (len(v.Shown) < shownValues || len(f.Values) == shownValues+1) {
				v.Shown = append(v.Shown, shown)
				continue
			}
			v.More = append(v.More, shown)
		}
		out = append(out, v)
	}
	return out
}

func example(t tongue.Tongue, q string) part {
	return part{Text: q, Lang: t.Lang(q), Href: address(t, answer.Question{Text: q, Page: 1, Size: answer.PageSize})}
}

// takeView is what a reader can take along: the list, the feed and the address.
type takeView struct {
	Count   string
	Formats []linkView
	// Reserved says what the files leave out; empty where they hold everything.
	Reserved string
	Feed     string
	Link     string
	Updated  string // day on which the collection was last brought up to date
	// Protocol keeps the search; nil where nothing can be kept.
	Protocol *formView
}

// newTake is nil where there is nothing to take.
func newTake(t tongue.Tongue, ans answer.Answer) *takeView {
	if ans.Total == 0 {
		return nil
	}
	q := ans.Question
	v := &takeView{Count: takenWords(t, ans), Reserved: reservedWords(t, ans), Feed: feedAddress(t, q), Link: address(t, q.OnPage(1))}
	for _, f := range cite.Formats() {
		bare := q.OnPage(1)
		bare.List = nil
		values := bare.Values(answer.PageParams)
		values.Set("format", f.Name)
		v.Formats = append(v.Formats, linkView{Text: t.Say(f.Label), Href: "/api/v1/export?" + values.Encode()})
	}
	return v
}

// takenWords says how many results a file holds. "Alle" is said only where it is known to be true.
func takenWords(t tongue.Tongue, ans answer.Answer) string {
	switch all := t.Counted(ans.Total, "resultat", "resultater"); {
	case ans.Reserved == nil:
		return t.Say("højst %s", all)
	case *ans.Reserved > 0:
		return t.Say("%s af %s", t.Number(ans.Total-*ans.Reserved), all)
	case ans.Total == 1:
		return t.Say("resultatet")
	default:
		return t.Say("alle %s", all)
	}
}

// reservedWords says why files do not hold every result; empty where they do.
func reservedWords(t tongue.Tongue, ans answer.Answer) string {
	switch {
	case ans.Reserved == nil:
		return t.Say("Har en kilde taget forbehold mod tekst- og datamining, er dens dokumenter ikke med i filerne.")
	case *ans.Reserved == 0:
		return ""
	case *ans.Reserved == ans.Total && ans.Total == 1:
		return t.Say("Kilden har taget forbehold mod tekst- og datamining, så resultatet er ikke med i filerne.")
	case *ans.Reserved == 1:
		return t.Say("1 resultat er ikke med i filerne, fordi kilden har taget forbehold mod tekst- og datamining.")
	}
	return t.Say("%s resultater er ikke med i filerne, fordi kilden har taget forbehold mod tekst- og datamining.", t.Number(*ans.Reserved))
}

// feedPath is where new documents are told to feed readers.
const (
	feedPath = "/feed.atom"
	rssPath  = "/feed.rss"
)

// feedAddress is the feed of a question: its newest documents, whatever order the question asks for.
func feedAddress(t tongue.Tongue, q answer.Question) string {
	q.Page, q.After, q.Sort, q.List = 1, nil, "", nil
	if query := q.Values(answer.PageParams).Encode(); query != "" {
		return t.Path(feedPath) + "?" + query
	}
	return t.Path(feedPath)
}

// FeedTitle names the feed of an answer.
func FeedTitle(t tongue.Tongue, ans answer.Answer) string {
	title := siteName
	if ans.Question.Text != "" {
		title += ": " + ans.Question.Text
	}
	if c := chips(t, ans); len(c) > 0 {
		title += " (" + inWords(t, c) + ")"
	}
	return title
}
