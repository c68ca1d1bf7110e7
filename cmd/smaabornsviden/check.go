package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"time"

	"smaabornsviden/crawler"
	"smaabornsviden/crawler/canonical"
	"smaabornsviden/crawler/discover"
	"smaabornsviden/crawler/extract"
	"smaabornsviden/crawler/fetch"
	"smaabornsviden/crawler/partners"
	"smaabornsviden/crawler/robots"
)

func runCheck(ctx context.Context, env *environment, f *flags, args []string) error {
	var o crawlFlags
	registerFlag(f, &o.register)
	o.network.register(f)
	f.DurationVar(&o.delay, "delay", crawler.DefaultDelay, "Waits at least this `DURATION` between two requests; less than 1s is only for hosts on this machine.")
	o.workers = 1
	rest, err := f.parse(args)
	if err != nil {
		return err
	}
	if len(rest) != 1 {
		return usagef("takes the id of one source")
	}
	register, err := loadRegister(o.register)
	if err != nil {
		return err
	}
	if err := o.check(register, rest); err != nil {
		return err
	}
	source, _ := register.Source(rest[0])
	rules, err := crawler.PageRules(*source)
	if err != nil {
		return err
	}
	client := o.network.client()
	defer client.Close()
	c := &siteCheck{source: source, rules: &rules, client: client, delay: max(o.delay, source.Delay), out: env.stdout, robots: map[string]*robots.Rules{}}
	return c.run(ctx)
}

// siteCheck looks at a source as a crawl would, a handful of requests long.
type siteCheck struct {
	source *partners.Source
	rules  *canonical.Rules
	client *fetch.Client
	delay  time.Duration
	out    io.Writer
	robots map[string]*robots.Rules // by origin
	last   time.Time                // end of the last request
	trials []string                 // addresses that may be documents, the best first
}

// Bounds of a check: it shows what there is, it does not crawl.
const (
	checkListings = 5
	checkTrials   = 3
)

// errForbidden: robots.txt forbids the address.
var errForbidden = errors.New("robots.txt forbids it")

// run prints what it finds, and ends with an error when no page can be indexed.
func (c *siteCheck) run(ctx context.Context) error {
	fmt.Fprintf(c.out, "source    %s, %s, policy %s\n", c.source.ID, c.source.Name, c.source.Policy)
	rules, err := c.robotsOf(ctx, c.source.Home)
	if err != nil {
		return fmt.Errorf("read robots.txt: %w", err)
	}
	sitemaps := append(rules.Sitemaps(), c.absolute(c.source.Sitemaps)...)
	if len(sitemaps) == 0 {
		sitemaps = c.absolute([]string{"/sitemap.xml"})
	}
	if err := c.sitemaps(ctx, sitemaps); err != nil {
		return err
	}
	if err := c.feeds(ctx); err != nil {
		return err
	}
	if err := c.provider(ctx); err != nil {
		return err
	}
	return c.sample(ctx)
}

// absolute resolves addresses of the register against the source's home.
func (c *siteCheck) absolute(raw []string) []string {
	var out []string
	for _, r := range raw {
		if abs, err := canonical.Parse(r, c.source.Home); err == nil {
			out = append(out, abs)
		}
	}
	return out
}

// get fetches an address when its turn has come and robots.txt allows it.
func (c *siteCheck) get(ctx context.Context, address string) (fetch.Page, error) {
	rules, err := c.robotsOf(ctx, address)
	if err != nil {
		return fetch.Page{}, err
	}
	if ok, why := rules.Allowed(agentToken, address); !ok {
		return fetch.Page{}, fmt.Errorf("%w: %s", errForbidden, why)
	}
	return c.request(ctx, fetch.Request{URL: address, Allow: func(to string) error { return c.wait(ctx, rules) }}, rules)
}

func (c *siteCheck) request(ctx context.Context, req fetch.Request, rules *robots.Rules) (fetch.Page, error) {
	if err := c.wait(ctx, rules); err != nil {
		return fetch.Page{}, err
	}
	page, err := c.client.Fetch(ctx, req)
	c.last = time.Now()
	if err == nil && page.Status != http.StatusOK {
		err = fmt.Errorf("the server answered %d %s", page.Status, http.StatusText(page.Status))
	}
	return page, err
}

// wait lets the time between two requests pass.
func (c *siteCheck) wait(ctx context.Context, rules *robots.Rules) error {
	pause := max(c.delay, rules.CrawlDelay(agentToken)) - time.Since(c.last)
	if c.last.IsZero() || pause <= 0 {
		return ctx.Err()
	}
	select {
	case <-time.After(pause):
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// robotsOf returns the rules of an address's origin, asking for them once.
func (c *siteCheck) robotsOf(ctx context.Context, address string) (*robots.Rules, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	origin := u.Scheme + "://" + u.Host
	if rules, ok := c.robots[origin]; ok {
		return rules, nil
	}
	page, err := c.request(ctx, fetch.Request{URL: origin + "/robots.txt", MaxBytes: robots.MaxBytes, Prefix: true}, nil)
	if err != nil && page.Status == 0 {
		return nil, err
	}
	rules := robots.Answer(page.Status, page.Body)
	c.robots[origin] = rules
	_, why := rules.Allowed(agentToken, c.source.Home)
	fmt.Fprintf(c.out, "robots    %s/robots.txt: HTTP %d; home: %s", origin, page.Status, verdict(rules, c.source.Home))
	if why != "" {
		fmt.Fprintf(c.out, " (%s)", why)
	}
	if d := rules.CrawlDelay(agentToken); d > 0 {
		fmt.Fprintf(c.out, "; Crawl-delay %s", d)
	}
	fmt.Fprintln(c.out)
	return rules, nil
}

func verdict(rules *robots.Rules, address string) string {
	if ok, _ := rules.Allowed(agentToken, address); ok {
		return "allow"
	}
	return "disallow"
}

// sitemaps reads the first few, children of an index included.
func (c *siteCheck) sitemaps(ctx context.Context, todo []string) error {
	seen := map[string]bool{}
	for n := 0; len(todo) > 0 && n < checkListings; n++ {
		address := todo[0]
		todo = todo[1:]
		if seen[address] {
			continue
		}
		seen[address] = true
		page, err := c.get(ctx, address)
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if err != nil {
			fmt.Fprintf(c.out, "sitemap   %s: %v\n", address, err)
			continue
		}
		m, err := discover.Sitemap(page.Body, page.URL)
		var addresses []string
		for _, u := range m.URLs {
			addresses = append(addresses, u.Loc)
		}
		fmt.Fprintf(c.out, "sitemap   %s: %d addresses, %d of them in scope; %d further sitemaps%s\n", address, len(addresses), c.take(addresses), len(m.Children), damage(err))
		todo = append(todo, m.Children...)
	}
	if len(todo) > 0 {
		fmt.Fprintf(c.out, "sitemap   %d more are not read by a check\n", len(todo))
	}
	return nil
}

func damage(err error) string {
	if err == nil {
		return ""
	}
	return "; " + err.Error()
}

// feeds reads those of the register and those that the first start page names in its head.
func (c *siteCheck) feeds(ctx context.Context) error {
	known := c.absolute(c.source.Feeds)
	if starts := c.source.Starts(); len(starts) > 0 {
		named, err := c.namedFeeds(ctx, starts[0])
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if err != nil {
			fmt.Fprintf(c.out, "home      %s: %v\n", starts[0], err)
		} else {
			fmt.Fprintf(c.out, "home      %s: names %d feeds\n", starts[0], len(named))
		}
		known = append(known, named...)
	}
	slices.Sort(known)
	known = slices.Compact(known)
	for _, address := range known[:min(len(known), checkListings)] {
		if err := c.feed(ctx, address); err != nil {
			return err
		}
	}
	if more := len(known) - checkListings; more > 0 {
		fmt.Fprintf(c.out, "feed      %d more are not read by a check\n", more)
	}
	return nil
}

// namedFeeds returns the feeds that a page names in its head.
func (c *siteCheck) namedFeeds(ctx context.Context, address string) ([]string, error) {
	page, err := c.get(ctx, address)
	if err != nil {
		return nil, err
	}
	res, err := c.read(ctx, page)
	return res.Feeds, err
}

func (c *siteCheck) feed(ctx context.Context, address string) error {
	page, err := c.get(ctx, address)
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if err != nil {
		fmt.Fprintf(c.out, "feed      %s: %v\n", address, err)
		return nil
	}
	items, err := discover.Feed(page.Body, page.URL)
	var addresses []string
	for _, item := range items {
		addresses = append(addresses, item.URL)
	}
	fmt.Fprintf(c.out, "feed      %s: %d items, %d of them in scope%s\n", address, len(items), c.take(addresses), damage(err))
	return nil
}

// take counts what is in scope and keeps candidates for the sample.
func (c *siteCheck) take(addresses []string) int {
	n := 0
	for _, address := range addresses {
		d := c.rules.Decide(address, "")
		if d.Refusal != "" {
			continue
		}
		n++
		if u, err := url.Parse(d.URL); err == nil && !c.source.IsList(u.RequestURI()) && len(c.trials) < checkTrials {
			c.trials = append(c.trials, d.URL)
		}
	}
	return n
}

// sample prints one page as it is read. Without a listing the start pages' links are tried.
func (c *siteCheck) sample(ctx context.Context) error {
	starts := c.source.Starts()
	for n := 0; len(c.trials) == 0 && n < min(len(starts), checkTrials); n++ {
		page, err := c.get(ctx, starts[n])
		if err != nil {
			fmt.Fprintf(c.out, "start     %s: %v\n", starts[n], err)
			continue
		}
		res, err := c.read(ctx, page)
		if err != nil {
			fmt.Fprintf(c.out, "start     %s: %v\n", starts[n], err)
			continue
		}
		var addresses []string
		for _, l := range res.Links {
			addresses = append(addresses, l.URL)
		}
		fmt.Fprintf(c.out, "start     %s: %d links, %d of them in scope\n", starts[n], len(addresses), c.take(addresses))
	}
	for _, address := range c.trials {
		page, err := c.get(ctx, address)
		if err != nil {
			fmt.Fprintf(c.out, "sample    %s: %v\n", address, err)
			continue
		}
		res, err := c.read(ctx, page)
		if err != nil {
			fmt.Fprintf(c.out, "sample    %s: %v\n", address, err)
			continue
		}
		fmt.Fprintf(c.out, "sample    %s:\n", address)
		enc := json.NewEncoder(c.out)
		enc.SetIndent("", "  ")
		enc.SetEscapeHTML(false)
		return enc.Encode(toExtracted(res))
	}
	return fmt.Errorf("no page of %s could be read as a document", c.source.ID)
}

func (c *siteCheck) read(ctx context.Context, page fetch.Page) (extract.Result, error) {
	res, err := extract.Page(ctx, extract.Input{
		URL: page.URL, ContentType: page.ContentType, Header: page.Header, Body: page.Body,
		Selector: c.source.Selector, Agent: agentToken, Now: time.Now(),
	})
	if errors.Is(err, extract.ErrNoText) {
		err = nil
	}
	return res, err
}
