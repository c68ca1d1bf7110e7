package page

import (
	"io"
	"slices"
	"strings"
	"time"

	"smaabornsviden/index"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/cite"
)

// The addresses that pages link to.
const (
	searchPath = "/soeg"
	apiPath    = "/api/v1/search"
)

// Results is a search page to be written.
type Results struct {
	Answer   answer.Answer
	Faults   []answer.Fault // parameters that could not be read; unknown ones are passed over
	Crawling bool
	Updated  time.Time // end of the last crawl; zero when unknown
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
	Take           *takeView
}

type linkView struct {
	Text, Href string
	Current    bool
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
}

// address is where a question is answered as a page.
func address(q answer.Question) string {
	return searchPath + "?" + q.Values(answer.PageParams).Encode()
}

func dataAddress(q answer.Question) string {
	return apiPath + "?" + q.Values(answer.APIParams).Encode()
}

// Results writes the page of an answer.
func (p *Pages) Results(w io.Writer, r Results) error {
	ans, q := r.Answer, r.Answer.Question
	v := resultsView{frame: p.frame(resultsTitle(ans))}
	v.NoIndex = true
	v.Text = q.Text
	v.ChosenSort = q.Sort
	v.Widening = q.Values(answer.PageParams)[answer.Widening]
	v.Crawling = r.Crawling
	v.JSON = dataAddress(q)
	v.Heading = heading(ans)
	v.Range = shownRange(ans)
	v.Today = day(p.now())
	v.Notes = notes(ans, r.Faults)
	v.Understood = understood(ans.Understood)
	v.Widened = widened(ans)
	v.Pointers, v.Hints = pointers(ans), hints(ans)
	v.Chips = chips(ans)
	v.FilterCount = len(v.Chips)
	v.ClearAll = address(q.Unfiltered())
	v.FiltersInWords = inWords(v.Chips)
	v.Filters = filters(ans)
	v.Help = help(ans)
	v.First = (q.Page-1)*q.Size + 1
	v.Feeds = []linkView{{Text: FeedTitle(ans), Href: feedAddress(q)}}
	v.Take = newTake(ans)
	if v.Take != nil && !r.Updated.IsZero() {
		v.Take.Updated = day(r.Updated)
	}
	for _, h := range ans.Hits {
		c := p.card(h)
		c.Missing = strings.Join(newIn(h.Missing, ans.Understood.LetGo), ", ")
		v.Cards = append(v.Cards, c)
	}
	if len(v.Cards) > 1 {
		v.Sorts = sorts(q)
	}
	v.Pager = newPager(ans)
	if v.Pager != nil {
		v.Prev, v.Next = v.Pager.Prev, v.Pager.Next
	}
	return p.write(w, "results", v)
}

// newIn drops what the page has said already.
func newIn(words, said []string) []string {
	return slices.DeleteFunc(slices.Clone(words), func(w string) bool { return slices.Contains(said, w) })
}

func resultsTitle(ans answer.Answer) string {
	q := ans.Question
	title := counted(ans.Total, "resultat", "resultater")
	if q.Text != "" {
		title = q.Text + " – " + title
	}
	if q.Page > 1 {
		title += " – side " + number(q.Page)
	}
	return title + " – Småbørnsviden"
}

func heading(ans answer.Answer) sentence {
	count := counted(ans.Total, "resultat", "resultater")
	if ans.Total == 0 {
		count = "Ingen resultater"
	}
	if ans.Question.Text == "" {
		return say(count)
	}
	return say(count+" for ", em(ans.Question.Text))
}

func shownRange(ans answer.Answer) string {
	q := ans.Question
	switch {
	case ans.Total == 0 && q.Filtered():
		return "Ingen resultater med disse filtre."
	case ans.Total == 0:
		return "Vi fandt ikke noget."
	case len(ans.Hits) == 0:
		return counted(ans.Total, "resultat", "resultater") + ", men ingen på side " + number(q.Page) + "."
	case ans.Total == 1:
		return "Viser det ene resultat."
	case ans.Pages == 1:
		return "Viser alle " + counted(ans.Total, "resultat", "resultater") + "."
	}
	first := (q.Page-1)*q.Size + 1
	return "Viser " + number(first) + "-" + number(first+len(ans.Hits)-1) + " af " + number(ans.Total) + " resultater."
}

// notes says what was not done as asked. Nothing is dropped or loosened silently.
func notes(ans answer.Answer, faults []answer.Fault) []sentence {
	var out []sentence
	for _, f := range faults {
		if f.Kind != answer.Unknown && f.Kind != answer.Repeated {
			out = append(out, say("Vi har set bort fra ", em(f.Param+": "+f.Value), ". "+f.Hint()))
		}
	}
	for _, piece := range ans.Understood.Unread {
		out = append(out, unread(piece))
	}
	out = append(out, mended(ans)...)
	out = append(out, offers(ans)...)
	out = append(out, lacking(ans)...)
	if ans.OnlyCommon && ans.Total > 0 {
		out = append(out, say("Søgeordene er meget almindelige. Tilføj et ord mere."))
	}
	return out
}

// lacking says when hits do not have all words; the cards say which.
func lacking(ans answer.Answer) []sentence {
	letGo := ans.Understood.LetGo
	switch {
	case !ans.Loosened || len(ans.Hits) == 0:
		return nil
	case ans.Understood.Pieces:
		return []sentence{say("Få tekster har hele ordet. Vi viser også tekster, der kun har en del af det.")}
	case len(letGo) > 0:
		return []sentence{say("Ingen af resultaterne på denne side har ", emphasised(letGo), ".")}
	}
	for _, h := range ans.Hits {
		if len(h.Missing) > 0 {
			return []sentence{say("Nogle af resultaterne har ikke alle ordene. Det står ved dem.")}
		}
	}
	return nil
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

func inWords(chips []linkView) string {
	if len(chips) == 0 {
		return "ingen"
	}
	var texts []string
	for _, c := range chips {
		texts = append(texts, c.Text)
	}
	return strings.Join(texts, ", ")
}

func chips(ans answer.Answer) []linkView {
	var out []linkView
	for _, c := range ans.Question.Chips() {
		out = append(out, linkView{Text: chipText(ans, c), Href: address(ans.Question.Without(c.Facet, c.Value))})
	}
	return out
}

func chipText(ans answer.Answer, c answer.FilterChip) string {
	switch c.Facet {
	case "fra":
		return "Fra " + spanWords(c.Value)
	case "til":
		return "Til " + spanWords(c.Value)
	}
	for _, v := range values(ans.Facets, c.Facet) {
		if v.Value == c.Value {
			return v.Label
		}
	}
	return index.Label(c.Facet, c.Value)
}

// pointers link the pages about what was searched for.
func pointers(ans answer.Answer) []linkView {
	var out []linkView
	for _, p := range ans.Pointers {
		if p.Programme {
			out = append(out, linkView{Text: "Se indsatsen " + p.Label, Href: programmePath(p.Slug)})
			continue
		}
		out = append(out, linkView{Text: "Se emnet " + p.Label, Href: topicPath(p.Slug)})
	}
	return out
}

// hints offer filters that the words of the query speak of.
func hints(ans answer.Answer) []linkView {
	var out []linkView
	for _, c := range ans.Hints {
		label := chipText(ans, c)
		if c.Facet == index.FacetType {
			label = "Kun " + strings.ToLower(label)
		}
		out = append(out, linkView{Text: label, Href: address(ans.Question.With(c.Facet, c.Value))})
	}
	return out
}

func sorts(q answer.Question) []linkView {
	var out []linkView
	for _, s := range answer.Sorts {
		if s.Slug == answer.Sorts[0].Slug && q.Text == "" {
			continue // nothing to be relevant to
		}
		out = append(out, linkView{Text: s.Label, Href: address(q.SortedBy(s.Slug)), Current: s.Slug == q.Order()})
	}
	return out
}

// shownValues is how many values of a facet are open at once; the others wait behind "Vis flere".
const shownValues = 7

func filters(ans answer.Answer) []filterView {
	var out []filterView
	for _, f := range ans.Facets {
		v := filterView{Name: f.Name, Label: facetLabel(f.Name), Span: f.Name == index.FacetYear}
		if v.Span {
			v.From, v.To = ans.Question.From, ans.Question.To
			v.Years = newHistogram(f.Values)
		}
		if len(f.Values) == 0 && !v.Span {
			continue
		}
		for _, value := range f.Values {
			shown := valueView{
				Name: f.Name, Value: value.Value, Label: value.Label, Chosen: value.Chosen,
				Count: number(value.Count), Unit: unit(value.Count, "resultat", "resultater"),
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

// help is what to try when there is nothing to show.
func help(ans answer.Answer) []sentence {
	switch {
	case ans.Total > 0 && len(ans.Hits) == 0:
		return beyond(ans)
	case ans.Total > 0:
		return nil
	}
	var out []sentence
	for _, w := range ans.Without {
		out = append(out, withoutWords(ans, w))
	}
	if ans.OnlyCommon {
		return append(out, say("Søgeordene er for almindelige. Tilføj et ord mere."))
	}
	if ans.Question.Text != "" && len(out) == 0 {
		out = append(out, say("Tjek stavningen, brug færre ord, eller prøv et andet ord for det samme."))
	}
	out = append(out, say("Søgemaskinen dækker viden om 0-6-årige fra de kilder, du kan se under ", link("Kilder", "/kilder"), "."))
	if ans.Question.Filtered() {
		return out
	}
	return append(out, say("Drejer det sig om sygdom eller medicin, så prøv ", link("sundhed.dk", "https://www.sundhed.dk/"), "."))
}

// beyond leads back from a page that is not there.
func beyond(ans answer.Answer) []sentence {
	last := link("Gå til sidste side", address(ans.Question.OnPage(ans.Pages)))
	first := link("Gå til første side", address(ans.Question.OnPage(1)))
	text := "Der er kun " + counted(ans.Pages, "side", "sider") + ". "
	if ans.Pages == 1 {
		return []sentence{say(text, first, ".")}
	}
	return []sentence{say(text, last, " eller ", link("første side", first.Href), ".")}
}

func withoutWords(ans answer.Answer, w answer.Without) sentence {
	count := "er der " + counted(w.Total, "resultat", "resultater")
	if w.Chip.Facet == "" {
		return say(link("Uden filtre "+count, address(w.Question)), ".")
	}
	return say("Uden filteret ", em(chipText(ans, w.Chip)), " ", link(count, address(w.Question)), ".")
}

func example(q string) part {
	return link(q, address(answer.Question{Text: q, Page: 1, Size: answer.PageSize}))
}

// takeView is what a reader can take along: the list, the feed and the address.
type takeView struct {
	Count   string
	Formats []linkView
	Feed    string
	Link    string
	Updated string // day on which the collection was last brought up to date
}

// newTake is nil where there is nothing to take.
func newTake(ans answer.Answer) *takeView {
	if ans.Total == 0 {
		return nil
	}
	q := ans.Question
	v := &takeView{Count: "alle " + counted(ans.Total, "resultat", "resultater"), Feed: feedAddress(q), Link: address(q.OnPage(1))}
	if ans.Total == 1 {
		v.Count = "resultatet"
	}
	for _, f := range cite.Formats() {
		values := q.OnPage(1).Values(answer.PageParams)
		values.Set("format", f.Name)
		v.Formats = append(v.Formats, linkView{Text: f.Label, Href: "/api/v1/export?" + values.Encode()})
	}
	return v
}

// feedPath is where new documents are told to feed readers.
const feedPath = "/feed.atom"

// feedAddress is the feed of a question: its newest documents, whatever order the question asks for.
func feedAddress(q answer.Question) string {
	q.Page, q.After, q.Sort = 1, nil, ""
	if query := q.Values(answer.PageParams).Encode(); query != "" {
		return feedPath + "?" + query
	}
	return feedPath
}

// FeedTitle names the feed of an answer.
func FeedTitle(ans answer.Answer) string {
	title := "Småbørnsviden"
	if ans.Question.Text != "" {
		title += ": " + ans.Question.Text
	}
	if c := chips(ans); len(c) > 0 {
		title += " (" + inWords(c) + ")"
	}
	return title
}
