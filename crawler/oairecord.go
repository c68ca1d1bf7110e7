package crawler

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html"

	"smaabornsviden/crawler/discover"
	"smaabornsviden/crawler/extract"
	"smaabornsviden/crawler/extract/lang"
	"smaabornsviden/crawler/identifier"
	"smaabornsviden/crawler/state"
	"smaabornsviden/index"
)

// landing finds the page that a record describes: the first identifier within the source, else the first that is an
// address at all, else its DOI's; ok is false when it names none.
func (a *atlas) landing(sc *scope, r *discover.OAIRecord) (place, bool) {
	var first place
	for _, id := range r.DC["identifier"] {
		address := id.Value
		if doi := identifier.DOI(address); doi != "" {
			address = "https://doi.org/" + doi
		}
		if !strings.HasPrefix(address, "http://") && !strings.HasPrefix(address, "https://") {
			continue
		}
		p := a.find(address)
		if p.scope == sc {
			return p, true
		}
		if first.url == "" {
			first = p
		}
	}
	return first, first.url != ""
}

// recordOf makes of a provider's record what is stored. When whole is false there is nothing but the address to note:
// it belongs to another source, or the register keeps it out. ok is false for a record that names no address.
func (a *atlas) recordOf(sc *scope, r discover.OAIRecord) (out state.OAIRecord, whole, ok bool) {
	p, ok := a.landing(sc, &r)
	if !ok {
		return out, false, false
	}
	out = state.OAIRecord{ID: r.ID, Found: state.Found{
		URL: p.url, Source: sc.ID, Kind: state.Page, Via: state.ViaOAI, Depth: 1, Priority: state.Listed, Reason: p.reason, Claimed: r.Datestamp,
	}}
	if p.scope != nil {
		out.Found.Source = p.scope.ID
	}
	_, shut := a.register.Blocked(hostKey(hostOf(p.url)))
	switch {
	case p.reason == "":
		out.Found.Origin = originOf(p.url)
	case p.reason == state.OutOfScope && p.scope == nil && !shut:
		// Nobody's page is fetched there, and its provider offers the metadata to everybody.
		out.Found.Kind, out.Found.Reason, out.Found.Claimed = state.Record, "", time.Time{}
	}
	if out.Found.Reason != "" || out.Found.Source != sc.ID {
		return out, false, true
	}
	out.Document = fromDC(r.DC)
	return out, true, true
}

// fromDC reads a record in unqualified Dublin Core, which says what but seldom exactly how: the rules here are those
// that repositories keep by habit.
func fromDC(dc map[string][]discover.OAIText) index.Document {
	d := index.Document{Format: "oai", Authors: creators(dc["creator"], dc["corporate"])}
	if len(d.Authors) > 0 {
		d.AuthorsWhy = index.Reason{Rule: "oai-creator", Quote: clip(strings.Join(d.Authors, "; "))}
	}
	d.Publisher, d.Journal = oaiPublisher(dc["publisher"]), oaiJournal(dc)
	d.Lang = dcLang(dc)
	d.Title = inDanish(dc["title"], d.Lang.Value)
	d.Abstract = inDanish(dc["description"], d.Lang.Value)
	d.Body = strings.Join(values(dc["description"]), "\n")
	d.Published = dcDate(dc["date"])
	d.Licence, d.Access = dcRights(dc["rights"])
	d.DOI, d.DOIWhy = firstValid(identifier.DOI, dc["identifier"])
	d.ISBN, d.ISBNWhy = firstValid(identifier.ISBN, dc["identifier"])
	d.ISSN, d.ISSNWhy = firstValid(issn, dc["source"], dc["identifier"])
	if d.Keywords = subjects(dc["subject"]); len(d.Keywords) > 0 {
		d.KeywordsWhy = index.Reason{Rule: "oai-subject", Quote: clip(strings.Join(values(dc["subject"]), "; "))}
	}
	d.Kicker = dcType(dc["type"])
	return d
}

// values are the texts of a field as a reader would see them, each once.
func values(field []discover.OAIText) []string {
	var out []string
	for _, t := range field {
		if v := plain(t.Value); v != "" && !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

// inDanish prefers the Danish of several versions, then the one in the document's language, then the first.
func inDanish(field []discover.OAIText, language string) string {
	for _, want := range []string{"da", language} {
		for _, t := range field {
			if v := plain(t.Value); v != "" && want != "" && languageOf(t.Lang) == want {
				return v
			}
		}
	}
	if all := values(field); len(all) > 0 {
		return all[0]
	}
	return ""
}

// plain takes out the mark-up that editors paste into their systems, and personal data.
func plain(s string) string {
	var b strings.Builder
	for z := html.NewTokenizer(strings.NewReader(s)); ; {
		switch z.Next() {
		case html.ErrorToken:
			return extract.Mask(strings.Join(strings.Fields(b.String()), " "))
		case html.TextToken:
			b.Write(z.Text())
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			if name, _ := z.TagName(); !inline[string(name)] {
				b.WriteByte(' ')
			}
		}
	}
}

// inline are the elements that do not part words.
var inline = map[string]bool{"i": true, "em": true, "b": true, "strong": true, "sub": true, "sup": true, "span": true, "a": true, "u": true}

// maxCreators bounds the authors of one work; some in physics have three thousand.
const maxCreators = 50

// creators writes "Holm, Anna" as Anna Holm, and leaves the names of groups as they are.
func creators(people, groups []discover.OAIText) []string {
	var out []string
	for _, name := range values(people) {
		family, given, ok := strings.Cut(name, ",")
		if ok && given != "" && !strings.Contains(given, ",") {
			name = strings.TrimSpace(given) + " " + strings.TrimSpace(family)
		}
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	for _, name := range values(groups) {
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out[:min(len(out), maxCreators)]
}

// languages are the codes of ISO 639-2 and the names that providers write.
var languages = map[string]string{
	"dan": "da", "eng": "en", "nob": "nb", "nor": "nb", "no": "nb", "nno": "nn", "swe": "sv", "ger": "de", "deu": "de",
	"dansk": "da", "danish": "da", "english": "en", "engelsk": "en", "norwegian": "nb", "swedish": "sv", "german": "de",
}

// languageOf reads a language code; "" when it is none of ours.
func languageOf(code string) string {
	code, _, _ = strings.Cut(strings.ToLower(strings.ReplaceAll(strings.TrimSpace(code), "_", "-")), "-")
	if long := languages[code]; long != "" {
		code = long
	}
	if !slices.Contains(index.Languages, code) {
		return ""
	}
	return code
}

// dcLang goes by what the record says, else by its words.
func dcLang(dc map[string][]discover.OAIText) index.Derived {
	for _, t := range dc["language"] {
		if code := languageOf(t.Value); code != "" {
			return index.Derived{Value: code, Reason: index.Reason{Rule: "oai-language", Quote: t.Value}}
		}
	}
	g := lang.Detect(strings.Join(append(values(dc["title"]), values(dc["description"])...), "\n"))
	return index.Derived{Value: g.Lang, Reason: index.Reason{Rule: "oai-" + g.Rule, Quote: g.Quote}}
}

var dcDateShape = regexp.MustCompile(`^(\d{4})(-\d{2})?(-\d{2})?$`)

// dcDate takes the last date that is no time of day: repositories write when a record was filed to the second, and
// when the work came out to the day at most.
func dcDate(field []discover.OAIText) index.Date {
	for _, t := range slices.Backward(field) {
		m := dcDateShape.FindStringSubmatch(strings.TrimSpace(t.Value))
		if m == nil {
			continue
		}
		form, precision := time.DateOnly, index.Day
		switch {
		case m[2] == "":
			form, precision = "2006", index.Year
		case m[3] == "":
			form, precision = "2006-01", index.Month
		}
		if at, err := time.Parse(form, m[0]); err == nil && at.Year() >= 1800 {
			return index.Date{Time: at, Precision: precision, Reason: index.Reason{Rule: "oai-date", Quote: m[0]}}
		}
	}
	return index.Date{}
}

// accessTerms are those of the Confederation of Open Access Repositories that OpenAIRE's guidelines ask for.
var accessTerms = map[string]string{
	"openaccess": "fri", "restrictedaccess": "abonnement", "closedaccess": "abonnement", "embargoedaccess": "abonnement",
}

// dcRights finds licence and access. A Creative Commons licence beats a note of copyright.
func dcRights(field []discover.OAIText) (licence, access index.Derived) {
	for _, v := range values(field) {
		if term, ok := strings.CutPrefix(v, "info:eu-repo/semantics/"); ok {
			if a := accessTerms[strings.ToLower(term)]; a != "" {
				access = index.Derived{Value: a, Reason: index.Reason{Rule: "oai-rights", Quote: v}}
			}
			continue
		}
		if licence.IsZero() || open(v) && !open(licence.Value) || creative(v) && !creative(licence.Value) {
			licence = index.Derived{Value: v, Reason: index.Reason{Rule: "oai-rights", Quote: v}}
		}
	}
	return licence, access
}

func creative(licence string) bool {
	l := strings.ToLower(licence)
	return strings.Contains(l, "creativecommons.org/") || strings.HasPrefix(l, "cc ") || strings.HasPrefix(l, "cc-") || strings.HasPrefix(l, "cc0")
}

// issn finds the number in "Journal; Vol. 3; 2049-3630".
func issn(source string) string {
	for part := range strings.SplitSeq(source, ";") {
		if n := identifier.ISSN(part); n != "" {
			return n
		}
	}
	return ""
}

// firstValid is the first identifier of a kind, and the value that it was read in.
func firstValid(read func(string) string, fields ...[]discover.OAIText) (string, index.Reason) {
	for _, t := range slices.Concat(fields...) {
		if v := read(t.Value); v != "" {
			return v, index.Reason{Rule: "oai-identifier", Quote: clip(strings.Join(strings.Fields(t.Value), " "))}
		}
	}
	return "", index.Reason{}
}

// maxSubjects bounds the keywords of one record.
const maxSubjects = 30

func subjects(field []discover.OAIText) []string {
	var out []string
	for _, v := range values(field) {
		for part := range strings.SplitSeq(v, ";") {
			part = strings.TrimSpace(part)
			if part != "" && len(part) <= 100 && len(out) < maxSubjects && !slices.Contains(out, part) {
				out = append(out, part)
			}
		}
	}
	return out
}

// dcType is the first type that is written for people.
func dcType(field []discover.OAIText) string {
	for _, v := range values(field) {
		if !strings.ContainsAny(v, ":/") && len(v) <= 60 {
			return v
		}
	}
	return ""
}

// join adds to the document of a page what a record says of it. The page wins: it is what readers will see.
func join(d *index.Document, r index.Document) {
	setDefault(&d.Title, r.Title)
	setDefault(&d.Abstract, r.Abstract)
	setDefault(&d.Published, r.Published)
	setDefault(&d.Licence, r.Licence)
	setDefault(&d.Access, r.Access)
	setNumber(&d.DOI, &d.DOIWhy, r.DOI, r.DOIWhy)
	setNumber(&d.ISBN, &d.ISBNWhy, r.ISBN, r.ISBNWhy)
	setNumber(&d.ISSN, &d.ISSNWhy, r.ISSN, r.ISSNWhy)
	if r.Publisher.Value != "" && (d.Publisher.IsZero() || d.Publisher.Rule == index.SourcePublisher) {
		d.Publisher = r.Publisher
	}
	joinJournal(&d.Journal, r.Journal)
	if len(d.Authors) == 0 {
		d.Authors, d.AuthorsWhy = r.Authors, r.AuthorsWhy
	}
	if d.Lang.Value == "" || d.Lang.Value == lang.Unknown {
		d.Lang = r.Lang
	}
	own := len(d.Keywords)
	for _, k := range r.Keywords {
		if !slices.ContainsFunc(d.Keywords, func(have string) bool { return strings.EqualFold(have, k) }) {
			d.Keywords = append(d.Keywords, k)
		}
	}
	switch {
	case own == 0:
		d.KeywordsWhy = r.KeywordsWhy
	case len(d.Keywords) > own:
		d.KeywordsWhy.Rule += " " + r.KeywordsWhy.Rule
		d.KeywordsWhy.Quote = clip(d.KeywordsWhy.Quote + "; " + r.KeywordsWhy.Quote)
	}
}
