package dedup

import (
	"slices"
	"strconv"
	"strings"

	"smaabornsviden/index"
)

// editionWords stand in titles beside the number of an edition.
var editionWords = map[string]bool{
	"udgave": true, "udgaven": true, "udg": true, "edition": true, "reviderede": true, "revideret": true, "rev": true, "opdateret": true, "opdaterede": true,
	"ny": true, "version": true,
}

// numberedWords are those that a year may stand before: in "2022-udgaven" it is of the edition, in "Børnetal 2022, revideret" of the work.
var numberedWords = []string{"udgave", "udgaven", "edition", "version"}

var ordinals = map[string]bool{"anden": true, "tredje": true, "fjerde": true, "femte": true, "second": true, "third": true, "2nd": true, "3rd": true, "4th": true}

var months = map[string]bool{
	"januar": true, "februar": true, "marts": true, "april": true, "maj": true, "juni": true, "juli": true, "august": true, "september": true,
	"oktober": true, "november": true, "december": true,
}

// heading is a title taken apart into the words of the work and those that tell which edition of it this is.
type heading struct {
	stem string // "" when nothing is left that tells works apart
	mark []string
}

// leastAlone is how long in bytes a title of one word is that tells works apart when it names its edition: "Sprogpakken, 2. udgave".
const leastAlone = 8

// entitled takes a title apart. "Ny i dagplejen" tells of no edition: "ny" does only before another such word.
func entitled(title string) heading {
	all := words(title)
	var h heading
	var kept []string
	marked := false // the word before tells of the edition
	for i, w := range all {
		before := i+1 < len(all) && editionWords[all[i+1]]
		switch {
		case editionWords[w] && (w != "ny" || before):
			marked = true
		case ordinals[w], number(w):
			marked = before && (!year(w) || slices.Contains(numberedWords, all[i+1])) || marked && goesOn(all, i)
		case !months[w]:
			marked = false
		}
		if marked {
			h.mark = append(h.mark, w)
		} else {
			kept = append(kept, w)
		}
	}
	if stem := strings.Join(kept, " "); len(kept) > 1 || len(h.mark) > 0 && len(stem) >= leastAlone {
		h.stem = stem
	}
	return h
}

// goesOn reports whether a number behind words of an edition is of it too: "udgave 2022", "version 1.2", "revideret 3. maj 2024". In
// "2. udgave: 0-3 år" the ages are of the work.
func goesOn(all []string, i int) bool {
	last, before := all[i-1], ""
	if i > 1 {
		before = all[i-2]
	}
	switch {
	case year(all[i]), i+1 < len(all) && months[all[i+1]]:
		return true
	case editionWords[last]:
		return !number(before) && !ordinals[before]
	}
	return before == "version" && number(last)
}

// announces reports whether a title says that there is a new edition without saying which: so does news of it.
func (h heading) announces() bool {
	return slices.Contains(h.mark, "ny") && !slices.ContainsFunc(h.mark, func(w string) bool { return number(w) || ordinals[w] })
}

// version puts what titles say of editions in order: "version 1.2" before "version 2.0", "udgave 2019" before "udgave 2022", and a
// work before its revision of no number. It is 0 for a title that says nothing.
func (h heading) version() int {
	const most = 1000 // of the part behind the point, and of one without a number
	var parts []int
	for _, w := range h.mark {
		if n, err := strconv.Atoi(w); err == nil && n > 0 && n < 10*most {
			parts = append(parts, n)
		}
	}
	switch {
	case len(h.mark) == 0:
		return 0
	case len(parts) == 0:
		return 1
	case len(parts) > 1 && slices.Contains(h.mark, "version"):
		return parts[0]*most + min(parts[1], most-1)
	}
	return slices.Max(parts) * most // a date ends with its year
}

func number(w string) bool { return w != "" && strings.Trim(w, "0123456789") == "" }

func year(w string) bool { return number(w) && len(w) == 4 && (w[0] == '1' || w[0] == '2') }

// editions relates works of one source whose titles differ only in the edition. News and debate of a new one are none.
func (g *grouping) editions() {
	byStem := map[string][]*paper{}
	for _, p := range g.papers {
		if p.stem != 0 && !passing(p) {
			key := p.source + " " + strconv.FormatUint(p.stem, 36)
			byStem[key] = append(byStem[key], p)
		}
	}
	each(byStem, func(a, b *paper) {
		if anotherEdition(a, b) {
			g.relate(a, b, Edition, Edition, index.Reason{Rule: "gruppe/udgave", Quote: b.title})
		}
	})
}

// passing reports whether a document comes and goes: it speaks of works, and is none.
func passing(p *paper) bool { return p.kind == "nyhed" || p.kind == "debat" }

func anotherEdition(a, b *paper) bool { return a.edition != b.edition || a.mark != b.mark }

// edited: two editions of a work may be near-duplicates too, and are editions.
func edited(a, b *paper) bool {
	return a.source == b.source && a.stem != 0 && a.stem == b.stem && anotherEdition(a, b)
}

// newer orders editions: by number, else by day.
func newer(a, b *paper) int {
	switch {
	case a.edition != b.edition && a.edition != 0 && b.edition != 0:
		return b.edition - a.edition
	case a.version != b.version && a.version > 1 && b.version > 1:
		return b.version - a.version
	case a.day != b.day:
		return b.day - a.day
	case a.edition != b.edition:
		return b.edition - a.edition
	}
	return b.version - a.version
}
