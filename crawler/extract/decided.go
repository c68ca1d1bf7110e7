package extract

import (
	"regexp"
	"slices"
)

// Dates of laws and of meetings: the day on which what the page holds was decided. The order has to begin the line,
// since "jf. lov nr. 680 af ..." is another text.
var (
	orderLabel   = regexp.MustCompile(`(?i)^(?:[\p{L}, -]{3,60}(?:ministeriet|styrelsen)[\s,]+)?(?:(?:bek|lbkg?|lov|vej|skr|cir\w{0,3}|bl|adi)|(?:lov)?bekendtgørelse|vejledning|cirkulære|anordning)\s(?:nr\.?\s?)\d+\s(?:af|fra)\s(?:den\s|d\.\s?)?$|^(?:aftale|forlig|forslag)\s(?:af|fra)\s(?:den\s|d\.\s?)?$`)
	meetingLabel = regexp.MustCompile(`(?i)(?:^|[\s,-])(?:\p{L}*(?:møde|møte)(?:t|s)?(?:\si\s[\p{L}., -]{2,50})?|\p{L}*(?:udvalg|byråd|kommunalbestyrelse|regionsråd)(?:et|en|n)?)` + untilDate)
	minutes      = regexp.MustCompile(`(?i)referat|dagsorden|protokol|udskrift|udvalg|byråd|kommunalbestyrelse|regionsråd|bestyrelsesmøde|ordinært`)
	comingUp     = regexp.MustCompile(`(?i)(?:^|[^\p{L}])(?:næste|kommende|indkald\p{L}*|invit\p{L}*|forældre|temadag|velkommen)`)
)

// Further ways to tell when something was decided: fields of minutes, whoever decided as the subject, and a place in the agenda.
var (
	decidedField = dateLabel(`mødedato(?:\sog\s-?(?:tid|tidspunkt))?|dato\sfor\s(?:mødet?|vedtagelsen?|godkendelsen?|beslutningen?)|(?:vedtagelses|beslutnings|godkendelses|behandlings)dato`)
	decidedBy    = regexp.MustCompile(`(?i)(?:byråd|kommunalbestyrelse|regionsråd|udvalg|bestyrelse|generalforsamling|magistrat)\p{L}*\s(?:vedtog|godkendte|besluttede|tiltrådte)\s(?:enstemmigt\s)?(?:\p{L}*(?:politik|strategi|plan|vedtægt|ramme|retningslinje|aftale|principp?|regler|standard)\p{L}*|den|denne|det)(?:\s(?:på|ved|i)\s[\p{L} ]{2,40})?` + untilDate)
	decidedPoint = regexp.MustCompile(`(?i)(?:^|[^\p{L}])(?:vedtaget|godkendt|besluttet|tiltrådt)(?:\s(?:af|i|på)\s[\p{L}.\d() -]{2,70})?[\s,]*(?:\((?:punkt|pkt\.?|sag)[^()]{1,20}\))` + untilDate)
)

// decidedSince and decidedThen stand before and behind a date: "Byrådet har den 12. marts 2024 vedtaget politikken".
var (
	decidedSince = regexp.MustCompile(`(?i)(?:byråd|kommunalbestyrelse|regionsråd|udvalg|bestyrelse|generalforsamling|magistrat)\p{L}*\s(?:har|blev)(?:\sden|\sd\.|\spå\s(?:sit\s)?møde(?:t)?(?:\sden)?)?\s*$`)
	decidedThen  = regexp.MustCompile(`(?i)^\s(?:enstemmigt\s)?(?:vedtaget|godkendt|besluttet|tiltrådt)(?:[^\pL]|$)`)
)

var (
	minutesTitle = regexp.MustCompile(`(?i)^(?:åbent?\s|udskrift\saf\s)?(?:\pL*referat|\pL*protokol)(?:[^\pL]|$)|[,:–-]\s(?:\pL*referat|\pL*protokol)(?:[^\pL]|$)`)
	// gathering is where people listen and talk: minutes of it hold no decision.
	gathering   = regexp.MustCompile(`(?i)(?:temadag|temamøde|temaaften|konference|seminar|webinar|workshop|kursus|kurset|foredrag|oplæg|studietur|inspirationsdag|dialogmøde|borgermøde|netværksmøde|erfaringsmøde)\pL*`)
	agendaTitle = regexp.MustCompile(`(?i)^(?:åben\s)?dagsorden|[,:–-]\sdagsorden(?:[^\pL]|$)`)
	// concluded begins the line by which an agenda that was filled in says what came of it.
	concluded  = regexp.MustCompile(`(?i)^(?:\pL+s\s)?beslutning(?:er)?(?:[^\pL]|$)|^(?:godkendt|tiltrådt|vedtaget|taget\stil\sefterretning)\b|taget\stil\sefterretning\.?$`)
	meetingDay = regexp.MustCompile(`(?i)^(?:dato|mødedato|møde|tid|tidspunkt|tid\sog\ssted|den|d\.|(?:` + weekdays + `)|[\s,:.])*$`)
)

// ofMeeting reports whether the page is the minutes of a meeting: the day by its title is the one on which was decided what it holds.
// An agenda is only once its points have been filled in.
func (f *dateFinder) ofMeeting() bool {
	if f.meeting == nil {
		is := minutesTitle.MatchString(f.title) && !gathering.MatchString(f.title)
		if !is && agendaTitle.MatchString(f.title) {
			is = slices.ContainsFunc(f.lines(), func(b block) bool { return len(b.text) <= 120 && concluded.MatchString(b.text) })
		}
		f.meeting = &is
	}
	return *f.meeting
}

// notYet are days to come: the next meeting, and when rules begin to hold.
var notYet = regexp.MustCompile(`(?i)(?:^|[^\p{L}])(?:(?:næste|kommende)\smøde\p{L}*|ikrafttræde(?:n|lse)\p{L}*)` + untilDate)

var (
	orderTitle = regexp.MustCompile(`(?i)^(?:(?:lov)?bekendtgørelse|lov|vejledning|cirkulære|anordning|skrivelse)\s(?:om|for|til|af|vedrørende)\s`)
	bareOrder  = regexp.MustCompile(`(?i)^nr\.?\s?\d+\s(?:af|fra)\s(?:den\s|d\.\s?)?$`)
	inForce    = regexp.MustCompile(`(?i)^[\s,.()]*(?:gældende|historisk|ophævet)?[\s.()]*$`)
)

// decides reports whether a line names a law or a meeting by its date. Far from the title a law is the page's own only where the
// title is that of a law and the line holds nothing else; all others are laws that the page tells of.
func (f *dateFinder) decides(before, line string, s spotted, nearTitle bool) bool {
	if decidedSince.MatchString(before) && decidedThen.MatchString(line[s.end:]) {
		return true
	}
	if decidedField.MatchString(before) || decidedBy.MatchString(before) || decidedPoint.MatchString(before) {
		return true
	}
	if own := orderTitle.MatchString(f.title); own && inForce.MatchString(line[s.end:]) && (orderLabel.MatchString(before) || bareOrder.MatchString(before)) {
		return true
	}
	if !nearTitle {
		return false
	}
	return orderLabel.MatchString(before) || meetingLabel.MatchString(before) && minutes.MatchString(line) && !comingUp.MatchString(line) && (!agendaTitle.MatchString(f.title) || f.ofMeeting())
}
