package demosite

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Fault is something that goes wrong on one site for as long as it is switched on.
type Fault struct {
	Site string // the site's letter, as in sites.yaml
	Kind string // a key of FaultKinds
}

// String writes a fault as ParseFault reads it.
func (f Fault) String() string { return f.Site + "=" + f.Kind }

// The kinds of faults.
const (
	faultSlow    = "slow"
	fault404     = "404"
	fault500     = "500"
	fault503     = "503"
	faultRobots  = "robots"
	faultCharset = "charset"
	faultLoop    = "loop"
	faultDown    = "down"
	faultCut     = "cut"
)

// FaultKinds says of every kind of fault in a sentence what it does.
func FaultKinds() map[string]string {
	return map[string]string{
		faultSlow:    "Every answer of the site waits before its first byte (Options.SlowFor, 5 seconds by default).",
		fault404:     "Every page but robots.txt answers 404.",
		fault500:     "Every page but robots.txt answers 500.",
		fault503:     "Everything, robots.txt too, answers 503 with Retry-After: 120.",
		faultRobots:  "robots.txt now disallows the whole site; the pages themselves still answer.",
		faultCharset: "The Content-Type header names a wrong charset: iso-8859-1 for UTF-8 pages, utf-8 for the Latin-1 site.",
		faultLoop:    "Documents redirect in a circle, and list pages lead into ever longer relative paths.",
		faultDown:    "The connection is closed without an answer.",
		faultCut:     "Pages end in the middle: the connection is closed before the promised length has been sent.",
	}
}

// ParseFault reads "SITE=KIND". SITE is a site's letter, its host, or the host's first label or a
// beginning of it that no other site shares ("V", "vtb.example", "vtb", "lindeby").
func ParseFault(s string) (Fault, error) {
	name, kind, ok := strings.Cut(s, "=")
	if !ok {
		return Fault{}, fmt.Errorf("fault %q: want SITE=KIND", s)
	}
	if _, known := FaultKinds()[kind]; !known {
		kinds := slices.Sorted(maps.Keys(FaultKinds()))
		return Fault{}, fmt.Errorf("fault %q: no kind %q (there are %s)", s, kind, strings.Join(kinds, ", "))
	}
	labels, err := loadLabels()
	if err != nil {
		return Fault{}, err
	}
	id, err := siteNamed(name, labels)
	if err != nil {
		return Fault{}, fmt.Errorf("fault %q: %w", s, err)
	}
	return Fault{Site: id, Kind: kind}, nil
}

func siteNamed(name string, sites []siteLabels) (string, error) {
	lower := strings.ToLower(name)
	var found, all []string
	for _, s := range sites {
		if strings.EqualFold(name, s.ID) || lower == s.Host {
			return s.ID, nil
		}
		if lower != "" && strings.HasPrefix(s.Host, lower) {
			found = append(found, s.ID)
		}
		all = append(all, s.ID+" ("+s.Host+")")
	}
	if len(found) != 1 {
		return "", fmt.Errorf("no site %q (there are %s)", name, strings.Join(all, ", "))
	}
	return found[0], nil
}
