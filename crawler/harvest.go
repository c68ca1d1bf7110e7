package crawler

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"smaabornsviden/crawler/canonical"
	"smaabornsviden/crawler/discover"
	"smaabornsviden/crawler/fetch"
	"smaabornsviden/crawler/partners"
	"smaabornsviden/crawler/state"
	"smaabornsviden/index"
)

// provider is one list of an OAI-PMH provider that the register names: all of it, or a set.
type provider struct {
	scope  *scope
	base   string
	set    string
	prefix string // of the format that the register names, "" when the best of those that are offered is to be taken
}

// providersOf returns the lists of a source by the address that stands for each in the store.
func providersOf(sc *scope) (map[string]provider, error) {
	if sc.OAI == "" {
		return nil, nil
	}
	base, err := canonical.Parse(sc.OAI, "")
	if err != nil {
		return nil, fmt.Errorf("source %s: oai %s: %w", sc.ID, sc.OAI, err)
	}
	sets := sc.OAISets
	if len(sets) == 0 {
		sets = []string{""}
	}
	out := map[string]provider{}
	for _, set := range sets {
		// The list's own address in the store is that of its Dublin Core, in whatever format it is read: what is known
		// of its records outlives a change of the format.
		address := discover.OAIQuery{Verb: "ListRecords", Prefix: dublinCore, Set: set}.URL(base)
		out[address] = provider{scope: sc, base: base, set: set, prefix: sc.OAIPrefix}
	}
	return out, nil
}

// dublinCore is the prefix of the format that every provider has.
const dublinCore = "oai_dc"

// Bounds of a harvest.
const (
	harvestRestarts = 3                   // lost tokens after which it is put off
	harvestWhole    = 30 * 24 * time.Hour // between harvests of everything from providers that do not tell for ever what they delete
	harvestTrials   = 3                   // formats that may say too little until Dublin Core is taken
)

// harvestQuery is the next question of a harvest: first who the provider is, then, when that is open, in which formats it
// tells its records, then its list part by part. Where the last harvest ended the next one begins, by the provider's own
// clock and granularity.
func harvestQuery(h state.Harvest, set string) discover.OAIQuery {
	switch {
	case h.Begun.IsZero():
		return discover.OAIQuery{Verb: "Identify"}
	case h.Prefix == "":
		return discover.OAIQuery{Verb: "ListMetadataFormats"}
	}
	q := discover.OAIQuery{Verb: "ListRecords", Prefix: h.Prefix, Set: set, Token: h.Token, Seconds: h.Seconds}
	if h.FullAt.Equal(h.Started) {
		return q
	}
	if q.From = h.Since; !q.From.After(h.Begun) {
		q.Until = h.Begun
	}
	return q
}

// harvest asks a provider one question and records what came of it. The next question follows as the host's next
// request, so that a token does not grow old behind the host's pages.
func (v *visitor) harvest(ctx context.Context, t task) {
	keep := context.WithoutCancel(ctx)
	e := event{task: t, freed: true, done: true}
	defer func() { v.events <- e }()
	o, ok := v.unvisited(keep, t)
	p, registered := v.c.atlas.providers[t.url.URL]
	if !ok && !registered {
		o.Reason, o.Removal, ok = state.Unregistered, state.Hold, true
	}
	progress, err := v.st.Harvest(keep, t.url.ID)
	if err != nil {
		e.err = err
		return
	}
	query := harvestQuery(progress, p.set)
	address := query.URL(p.base)
	if _, acc := t.site.snapshot(); !ok {
		var allowed bool
		if allowed, o.Detail = acc.allowed(v.c.o.Agent, address); !allowed {
			o.Reason, ok = state.Robots, true
		}
	}
	if ok {
		v.recorder.settle(keep, &e, t.url, o)
		return
	}
	page, err := v.c.o.Fetch.Fetch(ctx, fetch.Request{URL: address, MaxBytes: discover.MaxBytes, Allow: v.hop(ctx, t)})
	if err != nil && ctx.Err() != nil {
		e.err = v.st.Release(keep, t.url.ID)
		return
	}
	host := v.answered(t.site, page, err)
	v.count.fetched(t.url.Source)
	s := answered{sight: sight{
		row: t.url, scope: p.scope, run: v.run, now: v.c.o.Clock.Now(), page: page, err: err,
		pipeline: v.c.o.Pipeline, random: v.c.o.Random(), scaled: v.c.scaled,
	}, query: query, progress: progress, named: p.prefix}
	if err == nil && page.Status == http.StatusOK {
		s.answer, s.answerErr = discover.OAI(page.Body)
	}
	s.poor = v.c.atlas.poor(s)
	v.recorder.tell(keep, &e, t, s, host)
}

// tell records an answer, and has the harvest gone on with when it is not over.
func (r *recorder) tell(ctx context.Context, e *event, t task, s answered, host state.Host) {
	o, more := decideHarvest(s)
	o.Host = &host
	if !s.poor {
		r.c.atlas.take(&o, s)
	}
	o.Harvested.Describe = r.describeRecord
	if o.State != state.Failed && s.answer.Malformed > 0 {
		r.c.o.Log.Info("records of a provider could not be read", "url", redact(t.url.URL), "records", s.answer.Malformed)
	}
	r.turn.Lock()
	defer r.turn.Unlock()
	done, err := r.st.Record(ctx, o)
	if err != nil {
		e.err = err
		return
	}
	e.added = done.Added
	e.goOn = more && !r.count.exhausted()[t.url.Source]
	if o.State == state.Failed && o.Due.Sub(o.At) <= r.c.scaled(r.c.o.MaxWait) {
		e.retryAt = o.Due
	}
	if e.goOn {
		e.task.url, e.err = r.st.URLByID(ctx, t.url.ID)
	}
	r.count.recorded(t.url, o, done, e.goOn || !e.retryAt.IsZero())
}

// describeRecord completes a document that is known by its record alone.
func (r *recorder) describeRecord(d *index.Document) {
	sc := r.c.atlas.byID[d.Source]
	if sc == nil {
		return
	}
	d.SnippetMax = sc.SnippetMax
	r.c.o.Describe(d, sc.Source)
	if sc.Policy == partners.Metadata {
		*d = onlyMetadata(*d)
	}
}

// answered is an answer of a provider and what was known before, so that decideHarvest needs to ask nobody.
type answered struct {
	sight
	query     discover.OAIQuery
	progress  state.Harvest
	answer    discover.OAIAnswer
	answerErr error
	named     string // prefix that the register names
	poor      bool   // the format says less than is needed; these records are not taken
}

// decideHarvest says what an answer came to, and whether the harvest goes on at once.
func decideHarvest(s answered) (o state.Outcome, more bool) {
	o = state.Outcome{
		URL: s.row.ID, Run: s.run.ID, Epoch: s.run.Started, At: s.now, Fetched: true, Pipeline: s.pipeline,
		Status: s.page.Status, Bytes: s.page.Bytes, Took: s.page.Duration, Interval: s.row.Interval,
		Harvested: &state.Harvested{Progress: s.progress},
	}
	switch {
	case s.err != nil:
		return failed(o, s.sight, failure(s.err), s.err.Error()), false
	case s.query.Verb == "ListMetadataFormats" && answersNothing(s):
		return formatsTold(o, s), true
	case s.page.Status != http.StatusOK:
		return failed(o, s.sight, statusReason(s.page.Status), fmt.Sprintf("HTTP %d", s.page.Status)), false
	}
	var reported *discover.OAIError
	switch {
	case s.poor:
		return poorer(o, s), true
	case errors.As(s.answerErr, &reported):
		return refusedQuery(o, s, reported)
	case s.query.Verb == "Identify" && s.answerErr == nil:
		return identified(o, s), true
	case s.query.Verb == "ListMetadataFormats" && s.answerErr == nil:
		return formatsTold(o, s), true
	case s.answerErr != nil && s.answer.Token == "":
		// Without the next token the list cannot be gone on with; what was read of this part counts.
		return failed(o, s.sight, state.Unreadable, s.answerErr.Error()), false
	}
	return partRead(o, s)
}

// refusedQuery deals with the errors that the protocol knows.
func refusedQuery(o state.Outcome, s answered, e *discover.OAIError) (state.Outcome, bool) {
	h := &o.Harvested.Progress
	if e.Code == "cannotDisseminateFormat" && s.named == "" && h.Prefix != dublinCore {
		return poorer(o, s), true
	}
	again := e.Code == "badResumptionToken" && h.Token != "" || e.Code == "badArgument" && !s.query.From.IsZero()
	if !again || h.Restarts >= harvestRestarts {
		return giveUp(o, s, e.Error()), false
	}
	h.Restarts++
	if h.Token == "" {
		h.FullAt = h.Started // the provider does not take its own dates: all of it, then
	}
	h.Token, h.Records, h.Unread = "", 0, 0
	return goOn(o, s), true
}

// giveUp puts a harvest off that does not come to its end; the next one begins where this one did.
func giveUp(o state.Outcome, s answered, why string) state.Outcome {
	h := state.Harvest{Since: s.progress.Since, FullAt: s.progress.FullAt, Prefix: s.progress.Prefix}
	if h.FullAt.Equal(s.progress.Started) {
		h.FullAt = time.Time{}
	}
	o.Harvested.Progress = h
	o.State, o.Reason, o.Detail = state.Unsupported, state.Unreadable, why
	o.Due = s.now.Add(listingMost)
	return o
}

// goOn has the next question asked at once.
func goOn(o state.Outcome, s answered) state.Outcome {
	o.State, o.Due, o.Priority = state.OK, s.now, state.Listings
	o.Fails = s.row.Fails // they end with the harvest, lest one that breaks at the same part each time is tried for ever
	h := o.Harvested.Progress
	o.Detail = fmt.Sprintf("%d records so far", h.Records)
	return o
}

// identified begins a harvest.
func identified(o state.Outcome, s answered) state.Outcome {
	last := s.progress
	h := state.Harvest{
		Since: last.Since, FullAt: last.FullAt, Started: s.now,
		Begun: s.answer.Date, Seconds: s.answer.Seconds, Deleted: s.answer.Deleted,
	}
	if h.Begun.IsZero() {
		h.Begun = s.now.Add(-24 * time.Hour) // it keeps its clock to itself, and ours may be ahead of it
	}
	forgetful := h.Deleted != "persistent" && s.now.Sub(h.FullAt) >= harvestWhole
	renamed := s.named != "" && s.named != last.Prefix
	if h.Since.IsZero() || forgetful || renamed {
		h.FullAt = h.Started
	}
	// Which format is best is asked anew with everything else; a part of the list alone would be no fair sample.
	if h.Prefix = last.Prefix; s.named != "" || h.FullAt.Equal(h.Started) {
		h.Prefix = s.named
	}
	o.Harvested.Progress = h
	return goOn(o, s)
}

// answersNothing reports whether a provider does not know the question for its formats: old ones and home-made ones answer
// with an error, or with the status of a page that is not there. Trouble that may pass is not meant.
func answersNothing(s answered) bool {
	var reported *discover.OAIError
	status := s.page.Status
	return errors.As(s.answerErr, &reported) || errors.Is(s.answerErr, discover.ErrFormat) ||
		status == http.StatusNotFound || status == http.StatusBadRequest || status == http.StatusNotImplemented
}

// formatsTold chooses the format of the records: JATS tells most of those that are read, then MODS.
func formatsTold(o state.Outcome, s answered) state.Outcome {
	h := &o.Harvested.Progress
	h.Prefix = dublinCore
	for _, want := range []string{"mods", "jats"} {
		for _, f := range slices.Backward(s.answer.Formats) { // so that of two the one named first stays
			if f.Kind() == want && len(h.Poorer) < harvestTrials && !slices.Contains(h.Poorer, f.Prefix) {
				h.Prefix = f.Prefix
			}
		}
	}
	return goOn(o, s)
}

// poorer has another format tried than one that says too little or is not to be had after all.
func poorer(o state.Outcome, s answered) state.Outcome {
	h := &o.Harvested.Progress
	h.Poorer = append(slices.Clone(h.Poorer), h.Prefix)
	h.Prefix, h.Token, h.Records, h.Unread = "", "", 0, 0
	return goOn(o, s)
}

// poor reports whether the first part of a whole list shows that a format that we chose ourselves is not worth it: fewer
// than half of its records have what a finding aid needs. A journal may well offer JATS without a word of abstract.
func (a *atlas) poor(s answered) bool {
	whole := s.progress.FullAt.Equal(s.progress.Started) && s.query.Verb == "ListRecords" && s.query.Token == ""
	if !whole || s.named != "" || s.query.Prefix == dublinCore {
		return false
	}
	all, good := s.answer.Malformed, 0
	for _, r := range s.answer.Records {
		if r.Deleted {
			continue
		}
		all++
		if _, ok := a.landing(s.scope, &r); ok && len(r.DC["title"]) > 0 && len(r.DC["description"]) > 0 {
			good++
		}
	}
	return 2*good < all
}

// partRead is a part of the list.
func partRead(o state.Outcome, s answered) (state.Outcome, bool) {
	h := &o.Harvested.Progress
	h.Records += len(s.answer.Records)
	h.Unread += s.answer.Malformed
	if s.answer.Token != "" && s.answer.Token == s.query.Token {
		return giveUp(o, s, "the provider repeats its resumption token"), false
	}
	if h.Token = s.answer.Token; h.Token != "" {
		return goOn(o, s), true
	}
	whole := h.FullAt.Equal(h.Started)
	if whole && h.Deleted != "persistent" && h.Unread == 0 {
		o.Harvested.Unseen = h.Started
	}
	o.State, o.Detail = state.OK, fmt.Sprintf("%d records, %d unreadable", h.Records, h.Unread)
	if h.Prefix != dublinCore {
		o.Detail += ", as " + h.Prefix
	}
	changed := h.Records > 0 && !whole
	o.Harvested.Progress = state.Harvest{Since: h.Begun, FullAt: h.FullAt, Records: h.Records, Unread: h.Unread, Prefix: h.Prefix}
	return again(o, s.sight, changed), false
}

// take sorts the records of an answer into those that become documents, those that take one away, and mere addresses.
func (a *atlas) take(o *state.Outcome, s answered) {
	for _, r := range s.answer.Records {
		if r.Deleted {
			o.Harvested.Withdrawn = append(o.Harvested.Withdrawn, r.ID)
			continue
		}
		record, whole, ok := a.recordOf(s.scope, r)
		switch {
		case !ok:
			o.Harvested.Progress.Unread++
		case whole:
			o.Harvested.Records = append(o.Harvested.Records, record)
		default:
			o.Links = append(o.Links, record.Found)
		}
	}
}

// told joins what providers say of a page with what was read of it.
func (r *recorder) told(ctx context.Context, s *sight) error {
	told, err := r.st.Told(ctx, s.row.ID)
	if err != nil {
		return err
	}
	s.withdrawn = told.Withdrawn
	if !s.read || s.extErr != nil {
		return nil
	}
	for _, d := range told.Documents {
		join(&s.document, d)
		s.described = true
	}
	if !s.described {
		return nil
	}
	r.c.o.Describe(&s.document, s.scope.Source)
	if s.scope.Policy == partners.Metadata {
		s.document = onlyMetadata(s.document)
	}
	return nil
}
