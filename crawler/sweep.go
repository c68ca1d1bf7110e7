package crawler

import (
	"context"
	"slices"
	"strings"

	"smaabornsviden/crawler/fetch"
	"smaabornsviden/crawler/state"
)

// readRobots fetches and applies the robots.txt of a site.
func (r *run) readRobots(ctx context.Context, t task) {
	keep := context.WithoutCancel(ctx)
	e := event{task: t, freed: true, done: true}
	before, _ := t.site.snapshot()
	page, err := r.c.o.Fetch.Fetch(ctx, fetch.Request{
		URL: t.site.origin + "/robots.txt", ETag: before.Robots.ETag, LastModified: before.Robots.LastModified,
		MaxBytes: robotsBytes, Prefix: true,
		// A redirect is one more request, mostly to the same host.
		Allow: func(string) error { return sleep(ctx, r.c.o.Clock, r.manners(t.site).delay(0)) },
	})
	if err != nil && ctx.Err() != nil {
		r.events <- e
		return
	}
	now := r.c.o.Clock.Now()
	r.count.fetchedAside(r.sourcesOf(t.site), page.Bytes)
	file := readRobots(before.Robots, page, err, now)
	acc := robotsAccess(file, now)
	t.site.mu.Lock()
	t.site.access = acc
	t.site.host.Robots = file
	t.site.mu.Unlock()
	host := r.answered(t.site, page, err)
	if acc.held {
		host = r.robotsLater(t.site, host, robotsTrouble(page, err))
	}
	e.robotsOK = !acc.held
	e.err = r.applyRobots(keep, &e, t.site, before.Robots, host, acc)
	r.events <- e
}

// robotsTrouble is why robots.txt could not be read, for a person who asks why nothing of the host is fetched.
func robotsTrouble(page fetch.Page, err error) state.Reason {
	if err != nil {
		return failure(err)
	}
	return statusReason(page.Status)
}

// robotsLater puts the next try off.
func (r *run) robotsLater(s *site, h state.Host, why state.Reason) state.Host {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.host.LastError, s.host.LastErrorAt = string(why), h.Robots.At
	s.host.NextOK = later(h.NextOK, h.Robots.At.Add(r.c.scaled(retryAfter(max(1, h.Fails), state.RobotsUnavailable, r.c.o.Random()))))
	return s.host
}

// applyRobots takes pages out of the index that the site forbids now, takes back refusals that no longer hold, and adds
// the sitemaps named. The file is stored last: after a crash all of this is done again.
func (r *run) applyRobots(ctx context.Context, e *event, s *site, before state.RobotsFile, host state.Host, acc access) error {
	if acc.note != "" {
		r.count.note(r.sourcesOf(s), s.origin, acc.note)
	}
	if !acc.held && !slices.Equal(before.Body, host.Robots.Body) {
		if err := r.sweep(ctx, host, acc); err != nil {
			return err
		}
	}
	if !acc.held {
		added, err := r.st.Add(ctx, r.run.ID, host.Robots.At, r.sitemaps(s, acc))
		if err != nil {
			return err
		}
		e.added = added
	}
	return r.st.SaveHost(ctx, host)
}

// sweepPage is how many rows a sweep looks at in one go.
const sweepPage = 500

// sweep applies a changed robots.txt to everything that is known of a host.
func (r *run) sweep(ctx context.Context, host state.Host, acc access) error {
	for after := int64(0); ; {
		rows, err := r.st.Documented(ctx, host.ID, after, sweepPage)
		if err != nil || len(rows) == 0 {
			return r.reopen(ctx, host, acc, err)
		}
		for _, u := range rows {
			after = u.ID
			ok, why := acc.allowed(r.c.o.Agent, u.URL)
			if ok {
				continue
			}
			o := state.Outcome{
				URL: u.ID, Run: r.run.ID, Epoch: r.run.Started, At: r.c.o.Clock.Now(),
				State: state.Refused, Reason: state.Robots, Detail: why, Removal: state.AtOnce,
			}
			if err := r.saveSwept(ctx, u, o); err != nil {
				return err
			}
		}
	}
}

func (r *run) saveSwept(ctx context.Context, u state.URL, o state.Outcome) error {
	r.record.Lock()
	defer r.record.Unlock()
	done, err := r.st.Record(ctx, o)
	if err == nil {
		r.count.recorded(u, o, done, false)
	}
	return err
}

// reopen makes addresses due that robots.txt no longer forbids.
func (r *run) reopen(ctx context.Context, host state.Host, acc access, err error) error {
	if err != nil {
		return err
	}
	for _, sc := range r.c.atlas.byHost[hostKey(hostOf(host.Origin))] {
		for after := int64(0); ; {
			rows, err := r.st.Standing(ctx, sc.ID, state.Refused, state.Robots, after, sweepPage)
			if err != nil {
				return err
			}
			if len(rows) == 0 {
				break
			}
			after = rows[len(rows)-1].ID
			rows = slices.DeleteFunc(rows, func(u state.URL) bool {
				ok, _ := acc.allowed(r.c.o.Agent, u.URL)
				return u.Host != host.ID || !ok
			})
			if err := r.st.Recall(ctx, r.c.o.Clock.Now(), true, ids(rows)...); err != nil {
				return err
			}
		}
	}
	return nil
}

func ids(rows []state.URL) []int64 {
	out := make([]int64, len(rows))
	for i, u := range rows {
		out[i] = u.ID
	}
	return out
}

// sitemaps lists those that robots.txt names or, when neither it nor the register names any, the usual place.
func (r *run) sitemaps(s *site, acc access) []state.Found {
	sc := r.scopeOf(s)
	if sc == nil {
		return nil
	}
	var found []state.Found
	if acc.rules != nil {
		for _, raw := range acc.rules.Sitemaps() {
			if strings.HasPrefix(raw, "http") {
				found = r.c.atlas.appendListing(found, sc, raw, state.Sitemap, state.ViaRobots)
			}
		}
	}
	if len(found) == 0 && len(sc.Sitemaps) == 0 {
		found = r.c.atlas.appendListing(found, sc, s.origin+"/sitemap.xml", state.Sitemap, state.ViaUsual)
	}
	return found
}
