package extract

import (
	"regexp"
	"strings"
	"time"

	"smaabornsviden/index"
)

// action are beginnings of what readers may do until a deadline.
const action = `(?:ansøg|søg|tilmeld|frameld|indsend|aflever|svar|afgiv|bestil|indskriv|registrer|høringssvar|nominer|indstil)`

// deadlineLabel names a date by a word for deadlines: "Ansøgningsfristen lukker", "Deadline for tilmelding er", "Sidste dag for at søge".
var deadlineLabel = dateLabel(`(?:(?:\p{L}{2,20})?frist(?:en|er)?|deadlinen?|sidste\sfrist|sidste\sdag\s(?:for|til)\s(?:at\s)?` + action + `\p{L}*|sidste\s` + action + `\p{L}*dag|sista ansökningsdag)` +
	`(?:\s(?:for|til)\s[\p{L}, -]{3,40})?(?:\s(?:er|var|bliver|blev|udløber|udløb|slutter|lukker|lukkede|forlænges|udskydes|is)(?:\s(?:sat|fastsat|forlænget|udskudt|rykket|flyttet))?)?`)

// A deadline without that word is a last day and, before it in the sentence, what the reader is asked to do by then.
var (
	lastDay  = dateLabel(`senest|inden|no\slater\sthan|not\slater\sthan|before`)
	asked    = regexp.MustCompile(`(?i)(?:^|[^\p{L}])(?:til- og framelding|(?:til|fra)meld\p{L}*|ansøg\p{L}*|søg|søges|send|sendes|indsend\p{L}*|fremsend\p{L}*|afleveres|modtage[ts]|bestil\p{L}*|giv besked|udfyld\p{L}*|upload\p{L}*|høringssvar|tilbud|bud|i hænde|s\.?\s?u\.?|svar|apply|applications?|submit\p{L}*|submissions?|register|registration)(?:$|[^\p{L}])`)
	answered = regexp.MustCompile(`(?i)(?:^|[^\p{L}])(?:får|modtager|giver|gives|udsendes|sendes)\s(?:\p{L}+\s){0,2}(?:svar|besked|afslag|tilsagn)(?:$|[^\p{L}])`)
	// openUntil ends a time in which something may be done; it takes a plainer word for that, since much else lasts until a day.
	openUntil = dateLabel(`frem\stil(?:\sog\smed)?|indtil|til\sog\smed|until`)
	mayBeDone = regexp.MustCompile(`(?i)(?:^|[^\p{L}])(?:(?:ansøg|tilmeld|indsend|indskriv)\p{L}*|søges?|søg|høringssvar|apply|submit)(?:$|[^\p{L}])`)
	// What closes is a call and no house: "Puljen lukker", "Vi lukker for tilmelding".
	callCloses   = dateLabel(`\p{L}*(?:pulje|ansøgning|tilmelding|opslag|runde|indkaldelse|høring|udbud|indskrivning|registrering)\p{L}*(?:(?:\s[^!?]{0,60})?\slukke[rs]|\s(?:slutter|udløber|afsluttes))(?:\sfor\s[\p{L} ]{3,30})?`)
	closesFor    = dateLabel(`lukke[rst]{1,2}\sfor\s(?:\p{L}+\s){0,2}` + action + `\p{L}*`)
	closingLabel = regexp.MustCompile(`(?i)^(?:lukker|lukkedato|(?:(?:the\s)?(?:call|applications?)\s)?closes?|closing\sdate)` + untilDate)
	// periodEnd is the first day of a time for applications, and what leads to its last.
	periodEnd = regexp.MustCompile(`(?i)(?:^|[^\p{L}])` + action + `\p{L}*period\p{L}*[^!?]{0,60}\d{4}\s?(?:[–—-]|til(?:\sog\smed)?)\s?(?:den\s|d\.\s?)?$` +
		`|(?:^|[^\p{L}])(?:ansøg|søg|tilmeld)\p{L}*\s(?:[^!?]{0,30}\s)?fra\s(?:den\s|d\.\s)?\d[^!?]{0,20}\stil(?:\sog\smed)?\s(?:den\s|d\.\s?)?$`)
	// deadlineAfter is said behind the date: "1. oktober 2024: Ansøgningsfrist", "… er sidste frist".
	deadlineAfter = regexp.MustCompile(`(?i)^(?:\s?[:–-]\s?|\ser\s(?:sidste\s)?)(?:\p{L}{2,20})?(?:frist(?:en)?|deadline)(?:\sfor\s[\p{L} ]{3,40})?\.?$`)
)

// isDeadline reports whether what stands before and behind a date makes it the last day for something the reader may do.
func isDeadline(before, after string) bool {
	sentence := lastSentence(before)
	switch {
	case deadlineLabel.MatchString(before), closingLabel.MatchString(before), closesFor.MatchString(before), callCloses.MatchString(sentence):
		return true
	case lastDay.MatchString(before):
		if strings.Count(strings.TrimSpace(sentence), " ") < 2 { // "Senest den 1. oktober skal ansøgningen være hos os."
			sentence += sentenceEnd.Split(after, 2)[0]
		}
		return asked.MatchString(sentence) && !answered.MatchString(sentence)
	case openUntil.MatchString(before):
		return mayBeDone.MatchString(sentence)
	}
	return periodEnd.MatchString(sentence) || deadlineAfter.MatchString(after)
}

// deadlineWords are pieces of what deadlines are told by; looking for them first spares most prose the expressions.
var deadlineWords = []string{"frist", "deadline", "sista ans", "senest", "inden", "later than", "lukke", "frem til", "indtil", "til og med", "sidste", "periode", "until", "udløber", "slutter", "close"}

func hasDeadlineWord(text string) bool {
	return containsOne(strings.ToLower(text), deadlineWords)
}

// dayOnly is a day without a year; what follows says whether there is one after all.
var (
	dayOnly   = regexp.MustCompile(`(?i)\b(\d{1,2})(?:\.?\s?` + monthPattern + `\b\.?|/(\d{1,2})\b)`)
	yearComes = regexp.MustCompile(`^[.,]?\s{0,2}\d{4}|^[-/.]\d`)
)

// longestWait is how long after a page came out, or was changed, a deadline without a year may lie. What is further away was over
// when the page was written, or belongs to another year.
const longestWait = 300 * 24 * time.Hour

// withoutYear finds a deadline that goes without its year, as most do: it is the first such day after the page came out or was
// changed. Where the page says neither, it is not known which year is meant, and the day of the crawl must not say it.
func (f *dateFinder) withoutYear() {
	since := f.published
	if f.updated.Precision != index.Year && f.updated.Time.After(since.Time) {
		since = f.updated
	}
	if !f.deadline.IsZero() || since.IsZero() || since.Precision == index.Year {
		return
	}
	bs := f.lines()
	for i := range bs {
		if len(bs[i].text) <= 20_000 && hasDeadlineWord(bs[i].text+" "+bs[max(0, i-1)].text) {
			f.dayIn(bs, i, since)
		}
	}
}

// dayIn notes the first deadline without a year in a line.
func (f *dateFinder) dayIn(bs []block, i int, since index.Date) {
	text := bs[i].text
	for _, m := range dayOnly.FindAllStringSubmatchIndex(text, 20) {
		at := spotted{start: m[0], end: m[1]}
		if yearComes.MatchString(text[m[1]:]) || partOfNumber(text, m[0], m[1]) || !isDeadline(labelOf(bs, i, at), text[m[1]:]) {
			continue
		}
		g := groups(text, m)
		month := atoi(g[3])
		if g[2] != "" {
			month = monthNumber(g[2])
		}
		if d, ok := nextDay(since.Time, month, atoi(g[1])); ok {
			note(&f.deadline, d, "date-label-year", tail(text[:m[1]], 80)+" (efter "+since.Time.Format("2.1.2006")+")")
			return
		}
	}
}

// nextDay is the first such day from a time on.
func nextDay(since time.Time, month, day int) (index.Date, bool) {
	for year := since.Year(); year <= since.Year()+1; year++ {
		d, ok := makeDate(year, month, day, index.Day)
		if ok && !d.Time.Before(since) {
			return d, d.Time.Sub(since) <= longestWait
		}
	}
	return index.Date{}, false
}
