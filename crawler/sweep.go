package crawler

import (
	"context"
	"slices"
	"strings"

	"smaabornsviden/crawler/fetch"
	"smaabornsviden/crawler/state"
)

// readRobots fetches and applies the robots.txt of a site.
func (v *visitor) readRobots(ctx context.Context, t task) {
	keep := context.WithoutCancel(ctx)
	e := event{task: t, freed: true, done: true}
	before, _ := t.site.snapshot()
	page, err := v.c.o.Fetch.Fetch(ctx, fetch.Request{
		URL: t.site.origin + "/robots.txt", ETag: before.Robots.ETag, LastModified: before.Robots.LastModified,
		MaxBytes: robotsBytes, Prefix: true,
		// A redirect is one more request, mostly to the same host.
		Allow: func(string) error { return sleep(ctx, v.c.o.Clock, v.c.manners(t.site).delay(0)) },
	})
	if err != nil && ctx.Err() != nil {
		v.events <- e
		return
	}
	now := v.c.o.Clock.Now()
	v.count.fetchedAside(v.c.sourcesOf(t.site), page.Bytes)
	file := readRobots(before.Robots, page, err, now)
	acc := robotsAccess(file, now)
	t.site.mu.Lock()
	t.site.access = acc
	t.site.host.Robots = file
	t.site.mu.Unlock()
	host := v.answered(t.site, page, err)
	if acc.held {
		host = v.robotsLater(t.site, host, robotsTrouble(page, err))
	}
	e.robotsOK = !acc.held
	e.err = v.applyRobots(keep, &e, t.site, before.Robots, host, acc)
	v.events <- e
}

// robotsTrouble is why robots.txt could not be read, for a person who asks why nothing of the host is fetched.
func robotsTrouble(page fetch.Page, err error) state.Reason {
	if err != nil {
		return failure(err)
	}
	return statusReason(page.Status)
}

// robotsLater puts the next try off.
func (v *visitor) robotsLater(s *site, h state.Host, why state.Reason) state.Host {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.host.LastError, s.host.LastErrorAt = string(why), h.Robots.At
	s.host.NextOK = later(h.NextOK, h.Robots.At.Add(v.c.scaled(retryAfter(max(1, h.Fails), state.RobotsUnavailable, v.c.o.Random()))))
	return s.host
}

// applyRobots takes pages out of the index that the site forbids now, takes back refusals that no longer hold, and adds
// the sitemaps named. The file is stored last: after a crash all of this is done again.
func (v *visitor) applyRobots(ctx context.Context, e *event, s *site, before state.RobotsFile, host state.Host, acc access) error {
	if acc.note != "" {
		v.count.note(v.c.sourcesOf(s), s.origin, acc.note)
	}
	if !acc.held && !slices.Equal(before.Body, host.Robots.Body) {
		if err := v.sweep(ctx, host, acc); err != nil {
			return err
		}
	}
	if !acc.held {
		added, err := v.st.Add(ctx, v.run.ID, host.Robots.At, v.sitemaps(s, acc))
		if err != nil {
			return err
		}
		e.added = added
	}
	return v.st.SaveHost(ctx, host)
}

// sweepPage is how many rows a sweep looks at in one go.
const sweepPage = 500

// sweep applies a changed robots.txt to everything that is known of a host.
func (v *visitor) sweep(ctx context.Context, host state.Host, acc access) error {
	for after := int64(0); ; {
		rows, err := v.st.Documented(ctx, host.ID, after, sweepPage)
		if err != nil || len(rows) == 0 {
			return v.reopen(ctx, host, acc, err)
		}
		for _, u := range rows {
			after = u.ID
			ok, why := acc.allowed(v.c.o.Agent, u.URL)
			if ok {
				continue
			}
			o := state.Outcome{
				URL: u.ID, Run: v.run.ID, Epoch: v.run.Started, At: v.c.o.Clock.Now(),
				State: state.Refused, Reason: state.Robots, Detail: why, Removal: state.AtOnce,
			}
			if err := v.recorder.saveSwept(ctx, u, o); err != nil {
				return err
			}
		}
	}
}

// reopen makes addresses due that robots.txt no longer forbids.
func (v *visitor) reopen(ctx context.Context, host state.Host, acc access, err error) error {
	if err != nil {
		return err
	}
	for _, sc := range v.c.atlas.byHost[hostKey(hostOf(host.Origin))] {
		for after := int64(0); ; {
			rows, err := v.st.Standing(ctx, sc.ID, state.Refused, state.Robots, after, sweepPage)
			if err != nil {
				return err
			}
			if len(rows) == 0 {
				break
			}
			after = rows[len(rows)-1].ID
			rows = slices.DeleteFunc(rows, func(u state.URL) bool {
				ok, _ := acc.allowed(v.c.o.Agent, u.URL)
				return u.Host != host.ID || !ok
			})
			if err := v.st.Recall(ctx, v.c.o.Clock.Now(), true, ids(rows)...); err != nil {
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
func (v *visitor) sitemaps(s *site, acc access) []state.Found {
	sc := v.c.scopeOf(s)
	if sc == nil {
		return nil
	}
	var found []state.Found
	if acc.rules != nil {
		for _, raw := range acc.rules.Sitemaps() {
			if strings.HasPrefix(raw, "http") {
				found = v.c.atlas.appendListing(found, sc, raw, state.Sitemap, state.ViaRobots)
			}
		}
	}
	if len(found) == 0 && len(sc.Sitemaps) == 0 {
		found = v.c.atlas.appendListing(found, sc, s.origin+"/sitemap.xml", state.Sitemap, state.ViaUsual)
	}
	return found
}
