// Package partners is the register of sites that may be visited, with their scope and terms.
package partners

import (
	_ "embed"
	"net/url"
	"strings"
	"time"

	"golang.org/x/net/idna"
)

//go:embed partners.yaml
var defaultRegister []byte

// Policy says what may be done with a source.
type Policy string

// The policies.
const (
	Index    Policy = "index"    // fetched and searchable in full
	Metadata Policy = "metadata" // title, metadata, licensed abstract and link; no body is kept
	Ask      Policy = "ask"      // listed, not fetched: the partner is asked first
	Never    Policy = "never"    // not fetched
)

// Source is one partner site.
type Source struct {
	ID     string `yaml:"id"`     // short, a-z 0-9 and -, used in addresses and facets
	Name   string `yaml:"name"`   // as readers see it
	Sector string `yaml:"sector"` // slug of index.FacetSector
	Policy Policy `yaml:"policy"`
	Why    string `yaml:"why"` // for ask and never: the reason, in Danish
	// Agreement is the day of a written agreement, as yyyy-mm-dd; empty: there is none. Contact is where the source can be
	// reached, an e-mail or web address for readers to see.
	Agreement string `yaml:"agreement"`
	Contact   string `yaml:"contact"`

	Home    string   `yaml:"home"`    // absolute URL of the main host
	Aliases []string `yaml:"aliases"` // other hosts that mean the same site
	Start   []string `yaml:"start"`   // where a crawl begins: paths on Home or absolute URLs; empty: Home itself
	Include []string `yaml:"include"` // path prefixes in scope; empty: everything on the host
	Exclude []string `yaml:"exclude"` // path prefixes out of scope, stronger than Include
	List    []string `yaml:"list"`    // paths (or prefixes ending in *) that are followed but are no documents
	// DropParams are query parameters that say nothing about the content, beside the general ones.
	DropParams []string `yaml:"drop_params"`
	Sitemaps   []string `yaml:"sitemaps"` // beside those that robots.txt names
	Feeds      []string `yaml:"feeds"`
	OAI        string   `yaml:"oai"`      // base URL of an OAI-PMH provider
	OAISets    []string `yaml:"oai_sets"` // only these of its sets; empty: everything
	// OAIPrefix is the metadata prefix of the records; empty: the format that says most of those that are read (JATS, MODS,
	// Dublin Core).
	OAIPrefix string `yaml:"oai_prefix"`

	Type       string        `yaml:"type"`        // document type that holds for everything, or empty
	Lang       []string      `yaml:"lang"`        // languages the source publishes in
	Status     string        `yaml:"status"`      // aktiv, arkiv or lukket; empty means aktiv
	SnippetMax int           `yaml:"snippet_max"` // longest snippet in characters; 0: no limit of ours
	Delay      time.Duration `yaml:"delay"`       // least time between two requests; 0: the crawler's default
	Hours      string        `yaml:"hours"`       // "22-06": visited between these full hours on a Danish clock alone; empty: at any time
	MaxPages   int           `yaml:"max_pages"`   // pages fetched in one crawl; 0: the crawler's default
	Selector   string        `yaml:"selector"`    // CSS selector of the main text, where it is known
}

// Fetched reports whether the crawler visits the source.
func (s *Source) Fetched() bool { return s.Policy == Index || s.Policy == Metadata }

// Hosts returns the main host and the aliases in ASCII form, main host first.
func (s *Source) Hosts() []string {
	var out []string
	if u, err := url.Parse(s.Home); err == nil && u.Host != "" {
		out = append(out, asciiHost(u.Host))
	}
	for _, alias := range s.Aliases {
		out = append(out, asciiHost(alias))
	}
	return out
}

// Starts returns the absolute addresses at which a crawl begins.
func (s *Source) Starts() []string {
	base, err := url.Parse(s.Home)
	if err != nil || s.Home == "" {
		return nil
	}
	if len(s.Start) == 0 {
		return []string{s.Home}
	}
	var out []string
	for _, start := range s.Start {
		if u, err := base.Parse(start); err == nil {
			out = append(out, u.String())
		}
	}
	return out
}

// IsList reports whether the page at a path (with query) only lists documents.
func (s *Source) IsList(pathAndQuery string) bool {
	for _, pattern := range s.List {
		if prefix, ok := strings.CutSuffix(pattern, "*"); ok && strings.HasPrefix(pathAndQuery, prefix) {
			return true
		}
		if pattern == pathAndQuery {
			return true
		}
	}
	return false
}

// Register is a checked list of sources.
type Register struct {
	Sources []Source `yaml:"sources"`
	// BlockedHosts are never visited, whoever links to them. "*.x" means any subdomain of x, "x.*" any ending.
	BlockedHosts []string `yaml:"blocked_hosts"`
}

// Source returns the source with an id.
func (r *Register) Source(id string) (*Source, bool) {
	for i := range r.Sources {
		if r.Sources[i].ID == id {
			return &r.Sources[i], true
		}
	}
	return nil, false
}

// Blocked reports whether a host is on the block list, and by which entry.
func (r *Register) Blocked(host string) (entry string, blocked bool) {
	host = asciiHost(host)
	for _, entry := range r.BlockedHosts {
		if matchHost(entry, host) {
			return entry, true
		}
	}
	return "", false
}

func matchHost(entry, host string) bool {
	if suffix, ok := strings.CutPrefix(entry, "*"); ok {
		return strings.HasSuffix(host, suffix)
	}
	if stem, ok := strings.CutSuffix(entry, ".*"); ok {
		return host == stem || strings.HasPrefix(host, stem+".") || strings.HasPrefix(host, "www."+stem+".")
	}
	return host == entry || host == "www."+entry
}

// asciiHost writes an international host name the way the network does, in lower case.
func asciiHost(host string) string {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if ascii, err := idna.Lookup.ToASCII(host); err == nil {
		return ascii
	}
	return host
}

// Default returns the register that the program carries.
func Default() (*Register, error) {
	return Load(defaultRegister, "partners.yaml")
}
