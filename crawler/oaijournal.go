package crawler

import (
	"regexp"
	"strings"

	"smaabornsviden/crawler/discover"
	"smaabornsviden/crawler/extract"
	"smaabornsviden/index"
)

// oaiPublisher is the Danish name of the publisher, else the first.
func oaiPublisher(field []discover.OAIText) index.Derived {
	name := extract.Imprint(inDanish(field, ""))
	if name == "" {
		return index.Derived{}
	}
	return index.Derived{Value: name, Reason: index.Reason{Rule: "oai-publisher", Quote: "publisher: " + name}}
}

// oaiJournal is where in a journal the work stands: in the names of JATS and MODS, else in the one line that journal systems
// write into Dublin Core's source.
func oaiJournal(dc map[string][]discover.OAIText) index.Journal {
	j := index.Journal{
		Title:  extract.Imprint(inDanish(dc["journal"], "")),
		Volume: number(dc["volume"]), Issue: number(dc["issue"]), First: number(dc["firstpage"]), Last: number(dc["lastpage"]),
	}
	if j.Title == "" {
		return sourceLine(dc["source"])
	}
	if pages := values(dc["pages"]); j.First == "" && len(pages) > 0 {
		j.First, j.Last = extract.Span(pages[0])
	}
	j.Reason = index.Reason{Rule: "oai-journal", Quote: clip(strings.Join([]string{j.Title, j.Volume, j.Issue, j.First, j.Last}, "; "))}
	return j
}

func number(field []discover.OAIText) string {
	for _, v := range values(field) {
		if n := extract.Number(v); n != "" {
			return n
		}
	}
	return ""
}

var (
	volumeWord = regexp.MustCompile(`(?i)(?:^|[^\pL])(?:vol(?:ume)?|årg(?:ang)?|bind|bd)\b\.?\s*([0-9]{1,5}|[IVXLC]{1,8})\b`)
	issueWord  = regexp.MustCompile(`(?i)(?:^|[^\pL])(?:nr|no|num(?:mer|ber)?|issue|hefte)\b\.?\s*([0-9]{1,5}(?:[-–/][0-9]{1,5})?)\b`)
)

// sourceLine reads "Title; Årg. 10 Nr. 2 (2022): Tema; 5-24", as journal systems write it in every language of theirs. A
// line without a volume or issue may be the name of anything.
func sourceLine(field []discover.OAIText) index.Journal {
	for _, line := range values(field) {
		title, rest, ok := strings.Cut(line, ";")
		if !ok {
			continue
		}
		j := index.Journal{Title: extract.Imprint(strings.TrimSpace(title))}
		for part := range strings.SplitSeq(rest, ";") {
			part = strings.TrimSpace(part)
			if first, last := extract.Span(part); first != "" && last != "" {
				j.First, j.Last = first, last
				continue
			}
			if m := volumeWord.FindStringSubmatch(part); m != nil && j.Volume == "" {
				j.Volume = m[1]
			}
			if m := issueWord.FindStringSubmatch(part); m != nil && j.Issue == "" {
				j.Issue = m[1]
			}
		}
		if j.Title != "" && j.Volume+j.Issue != "" {
			j.Reason = index.Reason{Rule: "oai-source", Quote: clip(line)}
			return j
		}
	}
	return index.Journal{}
}

// joinJournal fills in what a page leaves out, where the record speaks of the same journal or the page of none.
func joinJournal(page *index.Journal, record index.Journal) {
	switch {
	case page.IsZero():
		*page = record
	case strings.EqualFold(page.Title, record.Title):
		setDefault(&page.Volume, record.Volume)
		setDefault(&page.Issue, record.Issue)
		if page.First == "" {
			page.First, page.Last = record.First, record.Last
		}
	}
}

// clip keeps a quotation short.
func clip(quote string) string {
	const most = 200
	if len(quote) <= most {
		return quote
	}
	return strings.ToValidUTF8(quote[:most], "") + "…"
}
