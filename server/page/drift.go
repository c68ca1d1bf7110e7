package page

import (
	"cmp"
	"io"
	"slices"
	"strings"
	"time"

	"smaabornsviden/server/answer"
	"smaabornsviden/server/inbox"
	"smaabornsviden/server/tongue"
)

// DriftPath is the operator's page. It is in Danish alone.
const DriftPath = "/drift"

// Drift is the operator's page.
type Drift struct {
	Documents  int
	Generation string
	Seq        uint64
	LastCrawl  time.Time
	Crawling   bool
	Trouble    string // what has ended in the background
	Crawls     bool   // this process takes decisions about the crawl
	Fetches    bool   // and fetches when it is told to
	Instead    string // which command does, where this process does not
	Takes      bool   // this site takes letters and protocols
	Letters    []inbox.Letter
	Sources    []DriftSource
	Blocks     []DriftBlock
	ZeroHits   []ZeroHit
	Pins       PinState
	Done       bool   // the last decision was carried out
	Failed     string // why the last decision was not
}

// DriftSource is a source as the operator sees it.
type DriftSource struct {
	Source
	Paused string // why it is left alone
	Since  time.Time
}

// DriftBlock is an address or a host that was taken down.
type DriftBlock struct {
	What, Why string
	At        time.Time
}

// ZeroHit is a search that found nothing, asked for by so many different askers on a day.
type ZeroHit struct {
	Text   string
	Askers int
	Day    time.Time
}

// PinState tells about the file of pins.
type PinState struct {
	File    string // empty when there is none
	Count   int
	Trouble string // why what the file says does not hold
}

type driftView struct {
	frame
	D         Drift
	Documents string
	LastVisit string
	Waiting   []driftLetter
	Lines     []driftLine
	Blocked   []driftBlock
	Nothing   []driftZero
}

type driftLetter struct {
	Number, Kind, Came, Due string
	Late                    bool
	Address, Href           string
	Name, Role, Text, Mail  string
	Removal                 bool
}

type driftLine struct {
	ID, Name, Href                string
	Documents, Last, Next         string
	Trouble, Paused, Since, Holds string
	IsPaused, Fetched             bool
}

type driftBlock struct{ What, Why, Since string }

type driftZero struct{ Text, Href, Askers, Day string }

// Drift writes the operator's page.
func (p *Pages) Drift(w io.Writer, d Drift) error {
	t := tongue.Danish
	v := driftView{frame: p.frame(titled("Drift")), D: d, Documents: t.Number(d.Documents)}
	v.NoIndex, v.Alone, v.Crawling = true, true, d.Crawling
	if !d.LastCrawl.IsZero() {
		v.LastVisit = t.Moment(d.LastCrawl)
	}
	now := p.now()
	for _, l := range d.Letters {
		v.Waiting = append(v.Waiting, newDriftLetter(t, l, now))
	}
	for _, s := range d.Sources {
		v.Lines = append(v.Lines, newDriftLine(t, s))
	}
	// What fails or waits for a person comes first.
	slices.SortStableFunc(v.Lines, func(a, b driftLine) int { return cmp.Compare(urgency(b), urgency(a)) })
	for _, b := range d.Blocks {
		v.Blocked = append(v.Blocked, driftBlock{b.What, b.Why, t.Day(b.At)})
	}
	for _, z := range d.ZeroHits {
		v.Nothing = append(v.Nothing, driftZero{z.Text, address(t, answer.Question{Text: z.Text, Page: 1, Size: answer.PageSize}), t.Number(z.Askers), t.Day(z.Day)})
	}
	return p.write(w, "drift", v)
}

func urgency(l driftLine) int {
	switch {
	case l.Holds != "":
		return 2
	case l.Trouble != "" || l.IsPaused:
		return 1
	}
	return 0
}

func newDriftLetter(t tongue.Tongue, l inbox.Letter, now time.Time) driftLetter {
	v := driftLetter{
		Number: l.ID, Kind: "Forslag til kilde", Came: t.Day(l.At), Due: t.Day(l.Due()), Late: now.After(l.Due()),
		Address: l.Address, Href: l.Address, Name: l.Name, Text: l.Text, Mail: l.Contact, Removal: l.Kind == inbox.Removal,
	}
	if v.Removal {
		v.Kind = "Ønske om fjernelse"
	}
	if contactHref(l.Address) == "" {
		v.Href = ""
	}
	for _, r := range inbox.Roles[l.Kind] {
		if r.Slug == l.Role {
			v.Role = r.Label
		}
	}
	return v
}

func newDriftLine(t tongue.Tongue, s DriftSource) driftLine {
	l := driftLine{
		ID: s.ID, Name: s.Name, Href: sourcePath(s.ID), Documents: t.Number(s.Documents),
		Last: dayOr(t, s.LastOK, "aldrig"), Next: dayOr(t, s.NextVisit, ""), Fetched: s.Policy == "index" || s.Policy == "metadata",
		Paused: s.Paused, IsPaused: !s.Since.IsZero(),
	}
	if l.IsPaused {
		l.Since = t.Day(s.Since)
	}
	if s.LastFailed.After(s.LastOK) {
		l.Trouble = strings.TrimSpace("Fejlede " + t.Moment(s.LastFailed) + " " + s.Trouble)
	}
	if s.Held > 0 {
		l.Holds = t.Counted(s.Held, "dokument", "dokumenter") + " venter på et menneske"
	}
	return l
}
