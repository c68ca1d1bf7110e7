package state

import (
	"time"

	"smaabornsviden/index"
)

// State is where an address stands. Every address ever seen has one.
type State string

// The states. What an address is refused, missing or unsupported for stands in its Reason.
const (
	New         State = "new"         // known, not visited yet
	OK          State = "ok"          // read; a document, or a listing such as a sitemap
	Alias       State = "alias"       // another address of the document at Target
	Redirect    State = "redirect"    // the site sends visitors to Target
	Refused     State = "refused"     // not ours to read or to show
	Missing     State = "missing"     // not found once; a second look decides
	Gone        State = "gone"        // taken out of the index, or never in it
	Failed      State = "failed"      // no answer that counts; tried again later
	Unsupported State = "unsupported" // answered with something that we cannot read
)

// Reason says in one word why an address stands where it does; the words are stable and counted in reports.
type Reason string

// The reasons. Those from LinkReasons are given when an address is found, the others when it is visited.
const (
	OutOfScope   Reason = "out-of-scope"
	Excluded     Reason = "excluded"
	NoFollow     Reason = "nofollow"
	TooDeep      Reason = "too-deep"
	PersonalData Reason = "personal-data" // the address itself carries a CPR number or an e-mail address
	PolicyAsk    Reason = "policy-ask"
	PolicyNever  Reason = "policy-never"
	Unregistered Reason = "source-removed"
	MaxPages     Reason = "max-pages"
	Trap         Reason = "trap"

	Robots            Reason = "robots"
	NoIndex           Reason = "noindex"
	Expired           Reason = "unavailable-after"
	NotFound          Reason = "http-404"
	GoneForGood       Reason = "http-410"
	SoftNotFound      Reason = "soft-404"
	Duplicate         Reason = "duplicate"
	CanonicalElse     Reason = "canonical"
	FileOf            Reason = "file" // the text of a page's document
	ListPage          Reason = "list" // read and followed, but the register says that it only lists documents
	Moved             Reason = "moved"
	RedirectLoop      Reason = "redirect-loop"
	RedirectChain     Reason = "redirect-chain"
	RedirectElsewhere Reason = "redirect-out-of-scope"
	Forbidden         Reason = "forbidden"
	Blocked           Reason = "challenge"
	Throttled         Reason = "throttled"
	ServerError       Reason = "server-error"
	HTTPError         Reason = "http-error"
	Timeout           Reason = "timeout"
	DNS               Reason = "dns"
	TLS               Reason = "tls"
	Connection        Reason = "connection"
	PrivateAddress    Reason = "private-address"
	TooLarge          Reason = "too-large"
	ContentType       Reason = "content-type"
	NoText            Reason = "no-text"
	NeedsScript       Reason = "needs-javascript"
	Unreadable        Reason = "unreadable"
	BadNotModified    Reason = "304-without-cause"
	RobotsUnavailable Reason = "robots-unavailable"
	TakenDown         Reason = "taken-down"  // on request: see Block
	Withdrawn         Reason = "oai-deleted" // the provider's record of it is deleted
)

// Kind is what an address serves.
type Kind string

// The kinds. Pages and records become documents; the others are listings that bring addresses.
const (
	Page    Kind = "page"
	Sitemap Kind = "sitemap"
	Feed    Kind = "feed"
	OAI     Kind = "oai"    // a list of an OAI-PMH provider
	Record  Kind = "record" // a landing page outside our scope, never fetched, that an OAI-PMH provider describes
)

// Via is how an address was found.
type Via string

// The ways to find an address.
const (
	ViaStart     Via = "start"
	ViaLink      Via = "link"
	ViaSitemap   Via = "sitemap"
	ViaFeed      Via = "feed"
	ViaRedirect  Via = "redirect"
	ViaCanonical Via = "canonical"
	ViaRobots    Via = "robots"
	ViaRegister  Via = "register"
	ViaUsual     Via = "usual-place"
	ViaAlternate Via = "alternate"
	ViaOAI       Via = "oai"
)

// Priority orders what is due on one host; a higher class goes first, within a class the longer due.
type Priority int

// The priorities.
const (
	Revisits Priority = iota // known pages
	Links                    // new pages found by links
	Listed                   // new pages named by a sitemap or feed, pages whose lastmod is newer than our visit
	Starts                   // start pages, redirect targets and canonical addresses
	Listings                 // sitemaps, feeds and OAI-PMH providers
)

// URL is everything that is known about one address. Zero times mean never.
type URL struct {
	ID       int64
	URL      string
	Host     int64 // 0 where the address is never fetched
	Source   string
	Kind     Kind
	Via      Via
	Referrer int64 // row of the page that named it first, 0 when none did
	Depth    int   // links from a start page, the fewest known
	Hops     int   // redirects on the way here

	State   State
	Reason  Reason
	Detail  string // the reason in words, for a person
	Trouble Reason // why the last visit failed, "" when it did not; State stays what it was before

	Priority Priority
	Due      time.Time // zero: never
	Lease    time.Time // until then somebody is at it

	ETag, LastModified string
	Status             int    // HTTP status of the last visit, 0 when none came
	Hash               string // of the text that was read, 32 bytes; "" when none was
	BodyHash           string // of the bytes as they came, 32 bytes
	Target             int64  // row that an alias or a redirect leads to
	Canonical          int64  // row of the address that the page names as its canonical one, when not its own
	Doc                string // id of the live document at this address
	Held               bool   // its document is due to go, held by the brake until Settle

	Checks, Changes, Misses, Fails int
	FirstMiss, FirstSeen           time.Time
	LastVisit, LastOK, LastChange  time.Time
	Interval                       time.Duration // between visits, as last decided
	Claimed                        time.Time     // newest lastmod that a sitemap named
	Sketch                         uint64        // of the folded words, for near copies within a pattern
	Pipeline                       string        // version of the reading that made Hash
}

// Found is an address that a page, a listing or the register names.
type Found struct {
	URL      string
	Origin   string // scheme://host[:port] to fetch it from; "" for an address that is refused
	Source   string
	Kind     Kind
	Via      Via
	Depth    int
	Hops     int
	Priority Priority
	Reason   Reason    // "" to have it visited; else it is kept as Refused for this reason
	Claimed  time.Time // lastmod of a sitemap or date of a feed item
}

// Removal says what happens to the live document of an address.
type Removal int

// The removals.
const (
	Keep   Removal = iota
	Hold           // goes when Settle lets it
	AtOnce         // goes in the same transaction: the site's own clear word
)

// Outcome is what one visit came to, decided before it is written.
type Outcome struct {
	URL     int64 // row visited
	Run     int64
	Epoch   time.Time // start of the run: documents older than this are established and keep their ids
	At      time.Time
	State   State // Failed: the visit does not count, and the row keeps its state unless it has none yet
	Reason  Reason
	Detail  string
	Status  int
	Fetched bool // a request was made
	Bytes   int64
	Took    time.Duration

	NotModified bool // 304, or the same bytes again: validators and text stay as they are
	// ETag to Pipeline replace what is stored when a body was read (Read).
	Read               bool
	ETag, LastModified string
	Hash, BodyHash     string
	Sketch             uint64
	Pipeline           string

	Due       time.Time // next visit; zero never
	Priority  Priority  // of that visit
	Interval  time.Duration
	Misses    int
	FirstMiss time.Time
	Fails     int

	Target    *Found // where an alias or a redirect leads; added when unknown
	Canonical *Found // the canonical address the page names, when not its own
	Links     []Found
	Document  *index.Document // what was read, for State OK of a page; id, URL and AltURLs are the store's
	Absorb    []Absorbed      // rows that become aliases of this one and give it their documents
	Files     []Found         // that the page offers as its own text
	File      *index.Document // what was read, when the row is a file that a page may offer
	Removal   Removal
	Body      *Body // kept for reading again; nil keeps what is there, unless the document goes
	Host      *Host // saved along
	Patterns  []Pattern
	Harvested *Harvested // of a visit to an OAI-PMH provider
}

// Absorbed is a row that becomes an alias of the row visited.
type Absorbed struct {
	URL    int64
	Reason Reason
}

// Recorded is what an Outcome changed.
type Recorded struct {
	Doc     string // id of the live document, if any
	Changed bool   // a document version was written or a document removed
	Removed bool
	Added   []Added
}

// Added counts addresses that became due by an Outcome, by host and source.
type Added struct {
	Host   int64
	Origin string
	Source string
	N      int
}

// Pattern is the yield of one family of addresses, those that differ only in digits and parameter values.
type Pattern struct {
	Source   string
	Key      string
	Fetched  int
	Useful   int
	Sketches []uint64 // of pages seen, newest last, bounded by the caller
	Barren   int      // pages in a row that had neither a text of their own nor a way out of the family that the last one had not
	Exits    uint64   // hash of the links of the last page that lead out of the family
}
