package page

import (
	"cmp"
	"io"
	"net/url"
	"slices"
	"strings"

	"smaabornsviden/index"
	"smaabornsviden/index/query"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/cite"
	"smaabornsviden/server/inbox"
	"smaabornsviden/server/tongue"
)

// Document is the page about one document.
type Document struct {
	Doc      index.Document
	Names    *answer.Names
	Citation string   // APA, as text
	List     []string // the reading list that the reader came with
	Similar  []index.Document
}

type documentView struct {
	frame
	Card     card
	Schema   string // type of schema.org
	Data     []property
	Authors  []linkView
	MoreOf   bool // there are more authors than stand here
	Resume   string
	Cut      bool // the resume is not all of it
	Facts    []fact
	Related  []relatedView
	Similar  []similarView
	Topics   []linkView
	Citation sentence
	Formats  []linkView
	Checked  string
	Remove   string // where its removal can be asked for
}

// similarView is a similar document in one line.
type similarView struct {
	Title, Lang, Href string
	Type, Source      string
	Day               string
}

func (p *Pages) similar(d index.Document) similarView {
	v := similarView{Title: strings.Join(strings.Fields(d.Title), " "), Lang: foreign(p.in, d.Lang.Value), Href: p.in.Path(DocumentPath(d.ID)), Type: p.in.Say(typeLabel(d)), Source: sourceName(d)}
	if v.Title == "" {
		v.Title, v.Lang = p.in.Say("Uden titel"), ""
	}
	if shown := d.ShownDate(); !shown.IsZero() {
		v.Day = p.in.Date(shown)
	}
	return v
}

type fact struct {
	Label string
	Text  sentence
	Why   string // with Quoted behind it, which is in the words of the source
	Rule  string // id of the rule, in a few words

	Quoted quotation
}

type relatedView struct {
	Heading string
	Links   []linkView
}

// DocumentPath is where a document has its page, in Danish.
func DocumentPath(id string) string { return "/dokument/" + url.PathEscape(id) }

func topicPath(slug string) string { return "/emne/" + url.PathEscape(slug) }

func sourcePath(id string) string { return "/kilde/" + url.PathEscape(id) }

// Document writes the page about a document. It shows no more of the text than licence and source allow.
func (p *Pages) Document(w io.Writer, in Document) error {
	d := in.Doc
	h := answer.Hit{Doc: d, Closed: in.Names.Closed(d.Source), Title: []answer.Piece{{Text: strings.Join(strings.Fields(d.Title), " ")}}}
	if h.Title[0].Text == "" {
		h.Title = nil
	}
	v := documentView{Card: p.card(h), Citation: reference(p.in, in.Citation, d), Schema: schemaType(d), Data: microdata(d)}
	title := answer.Plain(v.Card.Title)
	v.frame = p.frame(titled(title))
	v.Canonical, v.Article = DocumentPath(d.ID), true
	v.Listed, v.Card.Listing = in.List, lonely(p.in, in.List, d.ID)
	v.JSON = "/api/v1/documents/" + url.PathEscape(d.ID)
	v.Meta = cite.Highwire(d)
	v.NoIndex = d.NoArchive || d.TDMReserved
	var whole bool
	v.Resume, whole = answer.Resume(d)
	v.Cut = !whole
	if d.SnippetMax >= 0 {
		v.Description, _ = cutAt(v.Resume, 160)
	}
	v.Authors, v.MoreOf = authors(p.in, d, shownAuthors)
	v.Facts = facts(p.in, d, in.Names)
	v.Related = related(p.in, d, in.Names)
	for _, s := range in.Similar {
		v.Similar = append(v.Similar, p.similar(s))
	}
	if len(v.Similar) == 0 {
		v.Card.Similar = ""
	}
	for _, f := range cite.Formats() {
		if f.Ext != "csv" && f.Name != "jsonl" { // which hold lists
			v.Formats = append(v.Formats, linkView{Text: p.in.Say("Hent %s", p.in.Say(f.Label)), Href: DocumentPath(d.ID) + "/" + f.Name})
		}
	}
	v.Remove = p.in.Path(LetterPath(inbox.Removal) + "?" + url.Values{"adresse": {d.URL}}.Encode())
	if !d.LastChecked.IsZero() {
		v.Checked = p.in.Day(d.LastChecked)
	}
	return p.write(w, "document", v)
}

// reference marks the title in a reference, the only part of it that is in the language of the work.
func reference(t tongue.Tongue, citation string, d index.Document) sentence {
	title := strings.Join(strings.Fields(d.Title), " ")
	before, after, found := strings.Cut(citation, title)
	lang := foreign(t, d.Lang.Value)
	if !found || title == "" || lang == "" {
		return plainly(citation)
	}
	return sentence{{Text: before}, {Text: title, Lang: lang}, {Text: after}}
}

func cutAt(text string, most int) (cut string, whole bool) {
	if r := []rune(text); len(r) > most {
		return string(r[:most-1]) + "…", false
	}
	return text, true
}

// schemaType is what schema.org calls a document.
func schemaType(d index.Document) string {
	switch d.Type.Value {
	case "forskning":
		return "https://schema.org/ScholarlyArticle"
	case "nyhed":
		return "https://schema.org/NewsArticle"
	case "debat":
		return "https://schema.org/OpinionNewsArticle"
	}
	return plainWork
}

// plainWork is the type of a work that schema.org has no better one for.
const plainWork = "https://schema.org/CreativeWork"

// facts lists what is known, each with where it was found.
func facts(t tongue.Tongue, d index.Document, names *answer.Names) []fact {
	var out []fact
	add := func(label, text string, why index.Reason) {
		if text != "" {
			out = append(out, explained(t, fact{Label: t.Say(label), Text: sentence{{Text: t.Say(text), Lang: t.Lang(text)}}}, why))
		}
	}
	// own is for what needs no other words.
	own := func(label, text string, why index.Reason) {
		if text != "" {
			out = append(out, explained(t, fact{Label: t.Say(label), Text: plainly(text)}, why))
		}
	}
	date := func(label string, date index.Date) {
		if !date.IsZero() {
			out = append(out, explained(t, fact{Label: t.Say(label), Text: plainly(t.Date(date))}, date.Reason))
		}
	}
	add("Type", typeLabel(d), d.Type.Reason)
	out = append(out, fact{Label: t.Say("Kilde"), Text: sentence{{Text: sourceName(d), Href: t.Path(sourcePath(d.Source)), Lang: t.Lang(sourceName(d))}}})
	if d.SectorWhy.Rule == index.Corrected { // it stands above with the source, but not that it is another than the source's
		add("Sektor", cmp.Or(sectorLabel(d.Sector), "Ukendt"), d.SectorWhy)
	}
	out = append(out, imprint(t, d)...)
	if d.AuthorsWhy.Rule == index.Corrected { // they stand above, but not who says so
		own("Forfatter", cmp.Or(strings.Join(d.Authors, "; "), t.Say("Ukendt")), d.AuthorsWhy)
	}
	date("Udgivet", d.Published)
	date("Opdateret", d.Updated)
	date("Vedtaget", d.Decided)
	if d.ShownDate().IsZero() {
		add("Dato", "Ukendt", d.NoDate)
	}
	date("Frist", d.Deadline)
	own("Alder", ageWords(t, d.Age), d.Age.Reason)
	if !d.Age.Known {
		add("Alder", "Ikke angivet", onlyCorrected(d.Age.Reason))
	}
	for _, topic := range d.Topics {
		label := names.Label(index.FacetTopic, topic.Slug)
		if label == "" {
			label = topic.Slug
		}
		linked := part{Text: t.Say(label), Href: t.Path(topicPath(topic.Slug)), Lang: t.Lang(label)}
		out = append(out, explained(t, fact{Label: t.Say("Emne"), Text: sentence{linked}}, topic.Reason))
	}
	for _, theme := range d.Themes {
		if label := names.Label(answer.Themes, theme.Slug); label != "" {
			add("Læreplanstema", label, theme.Reason)
		}
	}
	for _, programme := range d.Programmes {
		if name := names.Label(answer.Programmes, programme.Slug); name != "" {
			linked := part{Text: name, Href: t.Path(programmePath(programme.Slug)), Lang: t.Lang(name)}
			out = append(out, explained(t, fact{Label: t.Say("Indsats"), Text: sentence{linked}}, programme.Reason))
		}
	}
	add("Målgruppe", d.Audience.Value, d.Audience.Reason)
	add("Sted", d.Place.Value, d.Place.Reason)
	if d.Lang.Value != "" {
		add("Sprog", index.Label(index.FacetLang, d.Lang.Value), d.Lang.Reason)
	}
	add("Udgave", d.Edition.Value, d.Edition.Reason)
	own("Kildens egen vurdering", d.Grade.Value, d.Grade.Reason)
	own("Licens", d.Licence.Value, d.Licence.Reason)
	if d.Access.Value != "" {
		add("Adgang", accessWords(d.Access.Value), d.Access.Reason)
	}
	own("Format", formatWords(t, d), index.Reason{})
	own("DOI", d.DOI, d.DOIWhy)
	own("ISBN", d.ISBN, d.ISBNWhy)
	own("ISSN", d.ISSN, d.ISSNWhy)
	add("Nøgleord", strings.Join(d.Keywords, ", "), onceEach(d.KeywordsWhy))
	add("Bemærk", d.Notice, index.Reason{})
	return append(out, pinned(t, d)...)
}

// onceEach is a reason that quotes a list, in which pages that name their keywords in several ways repeat them all.
func onceEach(why index.Reason) index.Reason {
	var pieces []string
	for piece := range strings.SplitSeq(why.Quote, "; ") {
		if !slices.Contains(pieces, piece) {
			pieces = append(pieces, piece)
		}
	}
	why.Quote = strings.Join(pieces, "; ")
	return why
}

// onlyCorrected is the reason of a value that is not there: rules have none for that, a person has.
func onlyCorrected(why index.Reason) index.Reason {
	if why.Rule != index.Corrected {
		return index.Reason{}
	}
	return why
}

// pinned tells which relatives a document has, or has not, because a person says so.
func pinned(t tongue.Tongue, d index.Document) []fact {
	var out []fact
	if d.Pinned.As == index.Alone {
		out = append(out, explained(t, fact{Label: t.Say("Samme tekst andre steder"), Text: plainly(t.Say("Ingen"))}, d.Pinned.Reason))
	}
	for _, r := range d.Related {
		if r.Rule != index.Corrected {
			continue
		}
		linked := part{Text: r.Title, Href: t.Path(DocumentPath(r.ID)), Lang: foreign(t, r.Lang)}
		out = append(out, explained(t, fact{Label: t.Say(relationWords(r.Kind, d.Type.Value)), Text: sentence{linked}}, r.Reason))
	}
	return out
}

// shownAuthors is how many authors a page names; references and data have all.
const shownAuthors = 20

// authors lead each to what else they have written; more says that there are others than so many.
func authors(t tongue.Tongue, d index.Document, most int) (shown []linkView, more bool) {
	for _, name := range d.Authors[:min(len(d.Authors), most)] {
		name = strings.Join(strings.Fields(name), " ")
		v := linkView{Text: name}
		// Quotation marks would ask for the name as it is written, and other works may write it otherwise.
		asked := strings.Map(func(r rune) rune {
			if strings.ContainsRune(`"“”„»«*`, r) {
				return ' '
			}
			return r
		}, name)
		asked = strings.Join(strings.Fields(asked), " ")
		if query.IsName(asked) && len(asked) <= query.MaxBytes {
			v.Href = address(t, answer.Question{Page: 1, Size: answer.PageSize}.With(index.ByAuthor, asked))
		}
		if name != "" {
			shown = append(shown, v)
		}
	}
	return shown, len(d.Authors) > most || d.AuthorsMore
}

// imprint is who brought the document out, and where in a journal it stands.
func imprint(t tongue.Tongue, d index.Document) []fact {
	var out []fact
	if name := strings.Join(strings.Fields(d.Publisher.Value), " "); name != "" {
		f := fact{Label: t.Say("Udgiver"), Text: sentence{{Text: name, Lang: t.Lang(name)}}}
		if d.Publisher.Rule == index.SourcePublisher {
			f.Why = t.Say("kilden selv, for vi har ikke fundet nogen anden nævnt")
		} else {
			f = explained(t, f, d.Publisher.Reason)
		}
		out = append(out, f)
	}
	if j := d.Journal; j.Title != "" {
		text := sentence{{Text: j.Title, Lang: t.Lang(j.Title)}}
		if at := journalPlace(t, j); at != "" {
			text = append(text, part{Text: ", " + at})
		}
		out = append(out, explained(t, fact{Label: t.Say("Tidsskrift"), Text: text}, j.Reason))
	}
	return out
}

// journalPlace is "årg. 10, nr. 2, s. 5–24".
func journalPlace(t tongue.Tongue, j index.Journal) string {
	var parts []string
	if j.Volume != "" {
		parts = append(parts, t.Say("årg. %s", j.Volume))
	}
	if j.Issue != "" {
		parts = append(parts, t.Say("nr. %s", j.Issue))
	}
	switch {
	case j.First != "" && j.Last != "" && j.First != j.Last:
		parts = append(parts, t.Say("s. %s", j.First+"–"+j.Last))
	case j.First != "":
		parts = append(parts, t.Say("side %s", j.First))
	}
	return strings.Join(parts, ", ")
}

func sourceName(d index.Document) string {
	if d.SourceName != "" {
		return d.SourceName
	}
	return d.Source
}

func accessWords(access string) string {
	switch access {
	case "fri":
		return "Fri adgang"
	case "abonnement":
		return "Kræver abonnement"
	}
	return access
}

// explained says where a value was found: the words of the source say it best, else the rule. What a person has corrected says so.
func explained(t tongue.Tongue, f fact, r index.Reason) fact {
	if r.Rule != "" {
		f.Rule = t.Say("Regel: %s", r.Rule)
	}
	switch {
	case r.Rule == index.Corrected:
		f.Why = t.Say("rettet af os:")
	case r.Quote != "":
		f.Why = t.Say("fundet i")
	case r.Rule == index.NoRule:
		f.Why = t.Say("Ingen regel holdt") // the rule's id would tell a reader nothing
	case r.Rule != "":
		f.Why = t.Say("fundet ved: %s", r.Rule)
	}
	f.Quoted = quotationOf(t, r)
	return f
}

// related groups the related documents by what they are to this one, each with the reason.
func related(t tongue.Tongue, d index.Document, names *answer.Names) []relatedView {
	var out []relatedView
	for _, r := range d.Related {
		heading := t.Say(relationWords(r.Kind, d.Type.Value))
		i := slices.IndexFunc(out, func(v relatedView) bool { return v.Heading == heading })
		if i < 0 {
			i = len(out)
			out = append(out, relatedView{Heading: heading})
		}
		title, lang := strings.Join(strings.Fields(r.Title), " "), foreign(t, r.Lang)
		if title == "" {
			title, lang = t.Say("Uden titel"), ""
		}
		out[i].Links = append(out[i].Links, linkView{Text: title, Lang: lang, Href: t.Path(DocumentPath(r.ID)), Why: because(t, d, r, names)})
	}
	return out
}

// mentioned says where research is spoken of.
var mentioned = map[string]string{
	"omtale": "Omtalt i praksis", "omtale-nyhed": "Omtalt i nyheder og debat", "omtale-andet": "Omtalt andre steder",
}

func relationWords(kind, docType string) string {
	switch kind {
	case "udgave":
		return "Andre udgaver"
	case "oversaettelse":
		return "Findes også på andre sprog"
	case "kopi":
		return "Samme tekst andre steder"
	case "fil":
		return "Teksten som fil"
	case "side":
		return "Siden om filen"
	case "samme-indsats":
		return "Om den samme indsats"
	case "forskning":
		return "Forskningen bag"
	case "omtale", "omtale-nyhed", "omtale-andet":
		if docType == "forskning" {
			return mentioned[kind]
		}
		return "Forskningen bag"
	}
	return "Hænger sammen med"
}
