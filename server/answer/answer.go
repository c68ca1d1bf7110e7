package answer

import (
	"context"
	"errors"
	"slices"
	"strings"

	"smaabornsviden/index"
	"smaabornsviden/index/danish"
	"smaabornsviden/index/query"
	"smaabornsviden/index/snippet"
)

// ErrNoWords means that a question has neither a word to search for nor a filter.
var ErrNoWords = errors.New("nothing to search for")

// Limits of what one answer may cost and show.
const (
	snippetLimit = 240       // characters of a snippet where the source names no limit
	snippetBody  = 512 << 10 // bytes of a body that are looked through for a passage
	maxWithout   = 5         // filters that are tried without when nothing was found
)

// Answer is what readers get to know: the hits, how the question was understood, and where to go from here.
type Answer struct {
	Question   Question
	Understood query.Understood
	Total      int
	Pages      int // pages that can be opened, 0 when there are no hits
	Hits       []Hit
	Facets     []Facet
	// Loosened says that a hit need not have all words of the query. Hit.Missing names those that one hit lacks,
	// Understood.LetGo those that no hit on the page has.
	Loosened bool
	// OnlyCommon says that every word of the query is a common one such as "og".
	OnlyCommon bool
	// Pointers are pages of ours about what the query names.
	Pointers []Pointer
	// Hints are filters that the words of the query speak of; they are not in force.
	Hints []FilterChip
	// Without tells, when filters left nothing, how much there is when one of them is dropped.
	Without []Without
	// Pinned is what editors lift above the hits; nil for nothing.
	Pinned     *Pinned
	Next       *Cursor // goes on after these hits; nil after the last one
	Generation string
	Seq        uint64
	// Reserved counts the hits that stay out of files, since their source reserves them from text and data mining; nil where it
	// was not counted, see Finder.Reserved.
	Reserved *int

	plan index.Plan // that found the hits
}

// Hit is one document as readers see it.
type Hit struct {
	Doc     index.Document // without Body
	Score   float64
	Why     []Reason // empty where there is no text to be relevant to
	Title   []Piece
	Snippet []Piece
	// Before and After say that source text was left out there.
	Before, After bool
	Fragment      Fragment // where the page of the source is opened
	PDFPage       int      // page on which the snippet begins, 0 when unknown
	// Missing are the words of the query that the document does not have.
	Missing []string
	Closed  bool    // its source is not brought up to date any more
	Older   []Older // other editions behind this one
}

// Older is another edition of a document.
type Older struct {
	ID, Title, Lang string
	Date            index.Date // zero when unknown
}

// Without is the question with one filter less, or with none, and what it finds.
type Without struct {
	Chip     FilterChip // zero when all filters are dropped
	Unquoted bool       // the chip's name is only taken out of its quotation marks
	Question Question
	Total    int
}

// Finder makes answers.
type Finder struct {
	Searcher query.Searcher
	Pointers *Pointers // nil knows no pages
	Pins     Pins      // nil lifts nothing
}

// Find answers a question. Names are those of sources and topics and may be nil.
// Errors: ErrNoWords, with Understood filled; ErrExpired; query.ErrTooLong; query.ErrCPR; those of the engine and of ctx.
func (f *Finder) Find(ctx context.Context, q Question, names *Names) (Answer, error) {
	if q.IsEmpty() {
		ans := Answer{Question: q}
		q.tell(&ans.Understood)
		return ans, ErrNoWords
	}
	found, err := f.Searcher.Search(ctx, request(q))
	if err != nil {
		return Answer{Question: q}, err
	}
	q.tell(&found.Understood)
	ans := Answer{
		Question:   q,
		Understood: found.Understood,
		Generation: found.Page.Generation,
		Seq:        found.Page.Seq,
		plan:       found.Plan,
	}
	if !saysSomething(q, found.Understood) {
		return ans, ErrNoWords
	}
	if !q.fits(found.Page) {
		return ans, ErrExpired
	}
	ans.Next = q.next(found.Page)
	ans.Total = found.Page.Total
	ans.Pages = pages(ans.Total, q.Size)
	ans.Loosened = loosened(found.Understood)
	ans.OnlyCommon = f.onlyCommon(found.Understood)
	if ans.Hits, err = f.hits(ctx, found); err != nil {
		return ans, err
	}
	if err = f.beside(ctx, ans.Hits, names); err != nil {
		return ans, err
	}
	ans.Facets = facets(q, found.Page, names)
	if ans.Pinned, err = f.pinned(ctx, q); err != nil {
		return ans, err
	}
	ans.Pointers, ans.Hints = f.Pointers.Find(ans.named()), ans.hints()
	if ans.Total == 0 {
		ans.Without, err = f.without(ctx, q)
	}
	return ans, err
}

// Overview counts the facets over everything there is, for readers who begin by looking around.
func (f *Finder) Overview(ctx context.Context, names *Names) ([]Facet, error) {
	page, err := f.Searcher.Engine.Search(ctx, index.Plan{Size: 1, Sort: index.ByNewest, Facets: Facets})
	if err != nil {
		return nil, err
	}
	return facets(Question{}, page, names), nil
}

func request(q Question) query.Request {
	r := query.Request{
		Text:    q.Text,
		FromDay: q.FromDay,
		ToDay:   q.ToDay,
		Offset:  (q.Page - 1) * q.Size,
		Size:    q.Size,
		Facets:  Facets,
	}
	r.Off = q.off()
	if q.After != nil {
		r.Offset, r.After = 0, q.After.Key
	}
	if order := q.Order(); order != Sorts[0].Slug {
		r.Sort = index.Sort(order)
	}
	for _, facet := range filtering {
		wanted, barred := partedValues(q.Chosen[facet])
		if len(wanted) > 0 {
			r.Filters = append(r.Filters, index.Filter{Facet: facet, Values: filterValues(facet, wanted)})
		}
		if len(barred) > 0 {
			r.Filters = append(r.Filters, index.Filter{Facet: facet, Values: filterValues(facet, barred), Not: true})
		}
	}
	return r
}

// partedValues parts chosen values into those that are wanted and those that are left out.
func partedValues(chosen []string) (wanted, barred []string) {
	for _, v := range chosen {
		if value, excluded := Excluded(v); excluded {
			barred = append(barred, value)
		} else {
			wanted = append(wanted, v)
		}
	}
	return wanted, barred
}

// filterValues are the values that engines compare: of names, which stay as they were typed wherever readers see them, the keys.
func filterValues(facet string, chosen []string) []string {
	if facet != index.ByAuthor {
		return chosen
	}
	keys := make([]string, 0, len(chosen))
	for _, name := range chosen {
		keys = append(keys, danish.NameKey(name))
	}
	return keys
}

// saysSomething is false for a text such as "???": a plan of it would match every document.
func saysSomething(q Question, u query.Understood) bool {
	return q.Text == "" || len(u.Words) > 0 || len(u.Filters) > 0
}

func pages(total, size int) int {
	return min((total+size-1)/size, index.MaxReach/size)
}

func loosened(u query.Understood) bool { return u.Needed < u.Asked || u.Pieces || u.Near }

func (f *Finder) onlyCommon(u query.Understood) bool {
	for _, w := range u.Words {
		if w.Exact || w.Not {
			return false
		}
		for _, t := range f.Searcher.Analyzer.Tokens(w.Text) {
			if !t.Stop {
				return false
			}
		}
	}
	return len(u.Words) > 0
}

// hits stops when ctx ends: finding passages in long texts may take longer than the search.
func (f *Finder) hits(ctx context.Context, found query.Answer) ([]Hit, error) {
	marker := snippet.New(f.Searcher.Analyzer, found.Plan)
	var out []Hit
	for _, h := range found.Page.Hits {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		hit, inTitle, met := makeHit(marker, h)
		hit.Why = inWords(f.Searcher.Analyzer, reasons(found.Plan, h, inTitle, met))
		hit.Missing = missing(found.Plan, h.Why)
		out = append(out, hit)
	}
	return out, nil
}

func makeHit(m *snippet.Marker, h index.Hit) (hit Hit, inTitle []snippet.Mark, met []snippet.Met) {
	hit = Hit{Doc: h.Doc, Score: h.Score}
	title := oneLine(h.Doc.Title)
	inTitle, met = m.Met(title, h.Doc.Lang.Value)
	hit.Title = pieces(title, inTitle)
	text, isBody := passageText(h.Doc)
	passage := m.PassageIn(text, h.Doc.Lang.Value, passageLimit(h.Doc.SnippetMax))
	hit.Snippet = pieces(plain(passage.Text), passage.Marks)
	if len(hit.Snippet) > 0 {
		hit.Before, hit.After = passage.Before, passage.After
		if isBody {
			hit.PDFPage = pageAt(h.Doc.PageOffsets, passage.Offset)
			hit.Fragment = fragmentOf(h.Doc, passage)
		}
	}
	hit.Doc.Body = ""
	return hit, inTitle, append(met, passage.Met...)
}

// missing names the groups of a plan that should match and have no share in a hit. Parts that stand for a compound share its
// name, and pieces that only widen the match have none.
func missing(p index.Plan, why []index.Because) []string {
	if p.Logic != nil {
		return nil // nothing was let go: a hit has all that the reader's own AND, OR and NOT ask for
	}
	var out []string
	for i, g := range p.Groups {
		shares := func(b index.Because) bool { return b.Group == i }
		if g.Occur == index.Should && g.Text != "" && !slices.Contains(out, g.Text) && !slices.ContainsFunc(why, shares) {
			out = append(out, g.Text)
		}
	}
	return out
}

// passageText is the text to take a snippet from: the body, or the abstract where no body is kept.
func passageText(d index.Document) (text string, isBody bool) {
	if d.Body == "" {
		return d.Abstract, false
	}
	body := d.Body
	if len(body) > snippetBody {
		body = strings.ToValidUTF8(body[:snippetBody], "")
	}
	return body, true
}

// passageLimit follows the source: -1 means none at all, 0 that it named no limit.
func passageLimit(snippetMax int) int {
	switch {
	case snippetMax < 0:
		return -1
	case snippetMax == 0:
		return snippetLimit
	}
	return min(snippetMax, snippetLimit)
}

// pageAt is the page, counted from 1, that holds a byte offset; 0 for texts without pages.
func pageAt(offsets []int, at int) int {
	page := 0
	for page < len(offsets) && offsets[page] <= at {
		page++
	}
	return page
}

// without tries the question with one filter less each. It only runs when there are no hits, and at most
// maxWithout+1 times, for one hit and no facets.
func (f *Finder) without(ctx context.Context, q Question) ([]Without, error) {
	chips := q.Chips()
	var tries []Without
	for _, c := range chips[:min(len(chips), maxWithout)] {
		if loose := strings.Trim(c.Value, `"`); c.Facet == index.ByAuthor && !strings.HasPrefix(c.Value, excluding) && loose != c.Value {
			tries = append(tries, Without{Chip: c, Unquoted: true, Question: q.Without(c.Facet, c.Value).With(c.Facet, loose)})
		}
		tries = append(tries, Without{Chip: c, Question: q.Without(c.Facet, c.Value)})
	}
	if len(chips) > 1 {
		tries = append(tries, Without{Question: q.Unfiltered()})
	}
	var out []Without
	for _, try := range tries {
		if try.Question.IsEmpty() {
			continue
		}
		r := request(try.Question)
		r.Size, r.Facets, r.NoBody = 1, nil, true
		found, err := f.Searcher.Search(ctx, r)
		if err != nil {
			return nil, err
		}
		try.Total = found.Page.Total
		if try.Total > 0 && !loosened(found.Understood) {
			out = append(out, try)
		}
	}
	return out, nil
}
