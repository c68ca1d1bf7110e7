package describe

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"smaabornsviden/index"
	"smaabornsviden/index/programmes"
)

// leastNamed is what it takes to attach a document to a programme: its name in the title or the lead, or twice.
const leastNamed = 2.0

// learnProgrammes makes the names of programmes known: one word in any inflection and in compounds, several as they stand.
func learnProgrammes(p *phrases, all programmes.List) error {
	for i, programme := range all {
		for _, alias := range programme.Aliases {
			if err := learnAll(p, []string{namePhrase(alias)}, owner{table: "programme", row: i, weight: 1}); err != nil {
				return err
			}
		}
	}
	return nil
}

func namePhrase(alias string) string {
	all := strings.Fields(strings.ReplaceAll(alias, ",", " "))
	if len(all) == 1 {
		return "*" + all[0]
	}
	for i := range all {
		all[i] = "=" + all[i]
	}
	return strings.Join(all, " ")
}

// attached are the programmes that the document belongs to: by its address, by what its text links to, by name.
func (d *Describer) attached(r *reading) ([]index.Topic, []Fired) {
	meant := d.meant(r)
	named := r.tally("programme", func(_ *zone, m match) (float64, string) {
		if meant[m.row] {
			return 1, "indsats/navn"
		}
		return 0, ""
	})
	leads := r.doc.Type.Rule == frontPage || r.doc.Listing()
	var out []index.Topic
	var trace []Fired
	for i, programme := range d.programmes {
		score, why := 0.0, index.Reason{}
		if t := slices.IndexFunc(named, func(t tally) bool { return t.row == i }); t >= 0 {
			score, why = named[t].score, index.Reason{Rule: named[t].rule, Quote: named[t].quote}
		}
		if page := belongs(r.doc, programme.Pages, leads); page != "" {
			score, why = fullTopic, index.Reason{Rule: "indsats/side", Quote: page}
		}
		if score == 0 {
			continue
		}
		// Where a page only leads to others, the name stands in a link and is another's, unless the whole page is called so.
		won := score >= leastNamed && (!leads || why.Rule == "indsats/side" || r.titled("programme", i))
		if won {
			out = append(out, index.Topic{Slug: programme.Slug, Weight: round(min(1, score/fullTopic)), Reason: why})
		}
		trace = append(trace, Fired{Field: "programme", Value: programme.Slug, Weight: round(score), Reason: why, Won: won})
	}
	return out, trace
}

// meant are the programmes of whose names at least one is written as a name or stands with a partner or place of theirs:
// "ikke kun familier, der lykkes" and "et småbørnsløfte" are ordinary Danish.
func (d *Describer) meant(r *reading) map[int]bool {
	meant := map[int]bool{}
	for i := range r.zones {
		z := &r.zones[i]
		for _, m := range z.matches {
			if m.table == "programme" && !meant[m.row] {
				meant[m.row] = z.asName(m, d.programmes[m.row].Aliases) || r.hasPartOf(d.programmes[m.row])
			}
		}
	}
	return meant
}

// asName reports whether a match is written as a name: one word in the definite form or with a capital letter, where a sentence begins only
// in the very form of an alias, several with a capital letter where no sentence begins or as a title by themselves; both in quotes.
func (z *zone) asName(m match, aliases []string) bool {
	start, end := z.tokens[m.from].Start, z.tokens[m.to].End
	span := z.text[start:end]
	before, _ := utf8.DecodeLastRuneInString(z.text[:start])
	after, _ := utf8.DecodeRuneInString(z.text[end:])
	first, width := utf8.DecodeRuneInString(span)
	if strings.ContainsRune(quotes, before) || strings.ContainsRune(quotes, after) || strings.Contains(span, ".") {
		return true
	}
	if m.from == m.to {
		return definite(z.tokens[m.from].Text) ||
			unicode.IsUpper(first) && (z.name == inTitle || !opens(z.text[:start]) || slices.Contains(aliases, span))
	}
	return strings.ContainsFunc(span[width:], unicode.IsUpper) || unicode.IsUpper(first) && (!opens(z.text[:start]) || z.name == inTitle && endsTitle(z.text[end:]))
}

// endsTitle reports whether a title, or its first part, ends before a text: "Familier der lykkes" and "Familier der lykkes: en
// evaluering" are called so, "Familier, der lykkes med måltidet" goes on with its sentence.
func endsTitle(after string) bool {
	after = strings.TrimLeft(after, " \u00a0")
	return after == "" || startsWithOne(after, []string{":", "–", "—", "- ", "|", "("})
}

const quotes = `"»«“”„‘’`

// definite: "klubben", "løftets", "klubberne".
func definite(word string) bool {
	word = strings.TrimSuffix(word, "s")
	return strings.HasSuffix(word, "en") || strings.HasSuffix(word, "et") || strings.HasSuffix(word, "ne")
}

// opens reports whether a sentence begins after a text.
func opens(before string) bool {
	trimmed := strings.TrimRight(before, " \t\u00a0–-•")
	return trimmed == "" || strings.ContainsRune(".!?:\n\r\f", rune(trimmed[len(trimmed)-1]))
}

// hasPartOf reports whether a partner or a place of a programme is named in the document.
func (r *reading) hasPartOf(p programmes.Programme) bool {
	parts := slices.Clone(p.Places)
	for _, partner := range p.Partners {
		parts = append(parts, partner.Name)
	}
	return slices.ContainsFunc(parts, func(part string) bool {
		return strings.Contains(r.doc.SourceName, part) ||
			slices.ContainsFunc(r.zones, func(z zone) bool { return strings.Contains(z.text, part) })
	})
}

// titled reports whether a name of a table's row stands in the title.
func (r *reading) titled(table string, row int) bool {
	return slices.ContainsFunc(r.zones, func(z zone) bool {
		return z.name == inTitle && slices.ContainsFunc(z.matches, func(m match) bool { return m.table == table && m.row == row })
	})
}

// belongs quotes the page of a programme that the document lies at or under, or links to; what only leads to others has to lie there.
func belongs(doc *index.Document, pages []string, leads bool) string {
	addresses := append([]string{doc.URL}, doc.Refs...)
	if leads {
		addresses = addresses[:1]
	}
	for _, page := range pages {
		for _, address := range addresses {
			if under(bare(address), bare(page)) {
				return address
			}
		}
	}
	return ""
}

func under(address, page string) bool {
	rest, ok := strings.CutPrefix(address, page)
	return ok && (rest == "" || rest[0] == '/' || rest[0] == '#' || rest[0] == '?')
}

func bare(address string) string {
	if _, rest, ok := strings.Cut(address, "://"); ok {
		address = rest
	}
	return strings.TrimSuffix(strings.TrimPrefix(address, "www."), "/")
}
