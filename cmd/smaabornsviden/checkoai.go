package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"smaabornsviden/crawler/discover"
)

// checkSets is how many sets of a provider are shown; large ones have thousands.
const checkSets = 20

// provider asks a source's OAI-PMH provider who it is, in which formats it tells its records, and into which sets they are
// sorted: what the register needs to know before anything of it is harvested.
func (c *siteCheck) provider(ctx context.Context) error {
	if c.source.OAI == "" {
		return nil
	}
	for _, part := range []struct {
		verb string
		tell func(discover.OAIAnswer)
	}{{"Identify", c.tellProvider}, {"ListMetadataFormats", c.tellFormats}, {"ListSets", c.tellSets}} {
		address := discover.OAIQuery{Verb: part.verb}.URL(c.source.OAI)
		page, err := c.get(ctx, address)
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		answer := discover.OAIAnswer{}
		if err == nil {
			answer, err = discover.OAI(page.Body)
		}
		if err != nil {
			fmt.Fprintf(c.out, "oai       %s: %v\n", address, err)
			continue
		}
		part.tell(answer)
	}
	return nil
}

func (c *siteCheck) tellProvider(a discover.OAIAnswer) {
	granularity := "day"
	if a.Seconds {
		granularity = "second"
	}
	fmt.Fprintf(c.out, "oai       %s: %s, dated to the %s, deleted records: %s\n", c.source.OAI, a.Name, granularity, a.Deleted)
}

func (c *siteCheck) tellFormats(a discover.OAIAnswer) {
	var names []string
	for _, f := range a.Formats {
		name := f.Prefix
		if kind := f.Kind(); kind != "" {
			name += " (read)"
		}
		names = append(names, name)
	}
	fmt.Fprintf(c.out, "oai       formats: %s\n", strings.Join(names, ", "))
}

func (c *siteCheck) tellSets(a discover.OAIAnswer) {
	more := ""
	if a.Token != "" {
		more = ", and more"
	}
	fmt.Fprintf(c.out, "oai       %d sets%s\n", len(a.Sets), more)
	for _, set := range a.Sets[:min(len(a.Sets), checkSets)] {
		fmt.Fprintf(c.out, "oai         %s  %s\n", set.Spec, set.Name)
	}
	for _, want := range c.source.OAISets {
		known := slices.ContainsFunc(a.Sets, func(s discover.OAISet) bool { return s.Spec == want })
		if !known && more == "" {
			fmt.Fprintf(c.out, "oai       the set %s of the register is not among them\n", want)
		}
	}
}
