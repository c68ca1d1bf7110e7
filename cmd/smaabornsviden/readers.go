package main

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"smaabornsviden/crawler/partners"
	"smaabornsviden/crawler/state"
	"smaabornsviden/index/topics"
	"smaabornsviden/index/vocab"
	"smaabornsviden/server"
)

// server makes the readers' side over this node.
func (n *node) server(set serverSettings) (*server.Server, error) {
	b := readBuild()
	subjects, themes, err := readersTopics()
	if err != nil {
		return nil, err
	}
	words, err := vocab.Default(n.analyzer)
	if err != nil {
		return nil, fmt.Errorf("read the vocabulary: %w", err)
	}
	told := n.told(set.crawling)
	return server.New(server.Options{
		Engine:     n.index,
		Analyzer:   n.analyzer,
		Vocabulary: words,
		Topics:     subjects,
		Themes:     themes,
		Programmes: n.records,
		Coverage:   told.coverage,
		Link:       set.link,
		Log:        set.log,
		Version:    server.Version{Version: b.version, Revision: b.revision, Time: b.time, Go: b.goVersion},
		Changes:    told.changes,
		Altered:    told.altered,
		Gone:       told.gone,
		Base:       set.site.base,
		Limit:      set.site.limit,
		Asker:      set.site.asker(),
		Trouble:    n.index.Err,
		Shelf:      n.shelf,
		Desk:       set.desk,
		Token:      set.site.token,
		Pins:       n.folder.path("pins.yaml"),
		About: server.About{
			Operator: set.site.operator, Contact: set.contact, UserAgent: set.userAgent, Accessibility: set.site.accessibility,
		},
		Status: told.status,
	})
}

// readersStatus is what readers may know about sources and crawls.
func (n *node) readersStatus(ctx context.Context, crawling bool) (server.Status, error) {
	st := server.Status{Crawling: crawling}
	if n.register != nil {
		for _, s := range n.register.Sources {
			st.Sources = append(st.Sources, server.Source{ID: s.ID, Name: s.Name, Closed: s.Status == "arkiv" || s.Status == "lukket"})
		}
	}
	runs, err := n.state.Runs(ctx, 5)
	if err != nil {
		return st, err
	}
	for _, r := range runs {
		if !r.Ended.IsZero() {
			st.LastCrawl = r.Ended
			break
		}
	}
	return st, nil
}

// readersTopics are the topics of the field and the themes of the curriculum as readers see them.
func readersTopics() (subjects, themes []server.Topic, err error) {
	list, err := topics.Default()
	if err != nil {
		return nil, nil, fmt.Errorf("read topics: %w", err)
	}
	return forReaders(list.Topics), forReaders(list.Themes), nil
}

func forReaders(scheme []topics.Topic) []server.Topic {
	all := make([]server.Topic, 0, len(scheme))
	for _, t := range scheme {
		words := make([]string, 0, len(t.Terms))
		for _, term := range t.Terms {
			words = append(words, strings.TrimLeft(term, "*=")) // signs for the describer alone
		}
		all = append(all, server.Topic{Slug: t.Slug, Label: t.Label, Definition: t.About, English: t.AboutEnglish, Words: words})
	}
	return all
}

// coverageAge is how old what readers see of the crawl may be: counting reads every address.
const coverageAge = 10 * time.Second

// coverage tells readers about the sources, and remembers for a while what it told.
type coverage struct {
	node *node

	mu   sync.Mutex // guards what follows, and lets one reader count for all
	at   time.Time
	told []server.Coverage
}

func (c *coverage) read(ctx context.Context) ([]server.Coverage, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if time.Since(c.at) < coverageAge {
		return c.told, nil
	}
	told, err := c.count(ctx)
	if err != nil {
		return nil, err
	}
	c.told, c.at = told, time.Now()
	return told, nil
}

func (c *coverage) count(ctx context.Context) ([]server.Coverage, error) {
	counts, err := c.node.sources(ctx)
	if err != nil {
		return nil, err
	}
	visits, err := c.node.state.Visits(ctx)
	if err != nil {
		return nil, err
	}
	all := make([]server.Coverage, 0, len(counts))
	for _, s := range counts {
		v := visits[s.ID]
		one := server.Coverage{
			ID: s.ID, Name: s.Name, Policy: s.Policy, Why: s.Why, Known: s.Known, Held: s.Held, Refused: s.Refused,
			LastVisit: v.Last.Local(), LastOK: v.LastOK.Local(), LastFailed: v.LastFailed.Local(), NextVisit: v.Next.Local(), Failed: failures(v.Failed),
		}
		clearZero(&one.LastVisit, &one.LastOK, &one.LastFailed, &one.NextVisit)
		if c.node.register != nil {
			if p, ok := c.node.register.Source(s.ID); ok {
				ofRegister(&one, p)
			}
		}
		all = append(all, one)
	}
	return all, nil
}

// clearZero makes the zero time zero again: Local gives it a place, and then it is not told by IsZero alone.
func clearZero(times ...*time.Time) {
	for _, t := range times {
		if t.IsZero() {
			*t = time.Time{}
		}
	}
}

func ofRegister(c *server.Coverage, p *partners.Source) {
	c.Sector, c.Home, c.Standing, c.SnippetMax, c.Delay = p.Sector, p.Home, p.Status, p.SnippetMax, p.Delay
	c.Agreement, c.Contact = p.Agreement, p.Contact
}

func failures(counts map[state.Reason]int) map[string]int {
	out := make(map[string]int, len(counts))
	for reason, n := range counts {
		out[string(reason)] = n
	}
	return out
}
