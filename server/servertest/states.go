package servertest

import (
	"context"
	"errors"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"smaabornsviden/index"
	"smaabornsviden/index/danish"
	"smaabornsviden/index/programmes"
	"smaabornsviden/server"
	"smaabornsviden/server/inbox"
	"smaabornsviden/server/page"
	"smaabornsviden/server/shelf"
	"smaabornsviden/server/tongue"
)

// State is one state of the pages.
type State struct {
	Name string // fit for a host name and a file name
	Path string // where the handler shows it
	HTTP int    // the status expected
	// Form is what a reader has filled in: opening Path sends it.
	Form url.Values
	// Operator says that the state is one of the operator's, at this machine and in Danish alone.
	Operator bool
	// Handler serves a site in which Path shows the state; the states of one kind of site share it.
	Handler http.Handler
}

// Now is the clock of the canned sites.
func Now() time.Time { return time.Date(2026, 11, 22, 14, 0, 0, 0, time.UTC) }

// analyzer is read once: its lexicon is large and does not change.
var analyzer = sync.OnceValues(danish.New)

// Options are those of the canned site that works. Change what a test is about.
func Options(docs []index.Document) (server.Options, error) {
	a, err := analyzer()
	if err != nil {
		return server.Options{}, fmt.Errorf("make analyzer: %w", err)
	}
	return server.Options{
		Engine:     NewEngine(a, docs),
		Analyzer:   a,
		Now:        Now,
		Status:     func(context.Context) (server.Status, error) { return status(docs), nil },
		Topics:     Topics(),
		Programmes: Programmes(),
		Coverage:   func(context.Context) ([]server.Coverage, error) { return coverage(docs), nil },
		Changes:    func(context.Context, time.Time, int) ([]server.Change, error) { return changes(docs), nil },
		Gone:       func(_ context.Context, id string) (server.Gone, error) { return gone(docs)[id], nil },
		About: server.About{
			Operator: "Foreningen Eksempel", Contact: "redaktion@eksempel.example", UserAgent: "smaabornsviden/1.0 (+https://smaabornsviden.example/om/robot)",
		},
		Version: server.Version{Version: "v0.0.0-canned", Go: "go"},
		Shelf:   NewShelf(append(letters(), protocols(docs)...)...),
	}, nil
}

// The numbers of two letters.
const (
	waitingLetter = "abcde-23456"
	refusedLetter = "abcde-34567"
)

func protocols(docs []index.Document) []shelf.Record {
	if len(docs) < 2 {
		return nil
	}
	_, kept, err := Protocol(docs)
	if err != nil {
		return nil // what is missing shows in the states
	}
	return []shelf.Record{kept}
}

func letters() []shelf.Record {
	waiting := inbox.Letter{
		ID: waitingLetter, Kind: inbox.Removal, At: Now(), Address: "https://boernehaanden.example/portraet/mia", Role: "person",
		Text: "Mit barn er nævnt ved navn.", Contact: "mor@eksempel.example",
	}
	refused := inbox.Letter{ID: refusedLetter, Kind: inbox.Removal, At: Now().AddDate(0, 0, -3), Address: "https://lindeby.example/tilsyn", Role: "andet"}
	refused = refused.Settle(Now().AddDate(0, 0, -1), inbox.Refused, "Teksten er en offentlig rapport uden personoplysninger.")
	suggested := inbox.Letter{ID: "abcde-45677", Kind: inbox.Suggestion, At: Now(), Address: "https://www.legeteket.example/", Name: "Legeteket", Role: "laeser"}
	var all []shelf.Record
	for _, l := range []inbox.Letter{waiting, refused, suggested} {
		if rec, err := inbox.Pack(l); err == nil {
			all = append(all, rec)
		}
	}
	return all
}

// atThisMachine makes a handler that takes every request for one of a browser on this machine.
func atThisMachine(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		here := r.Clone(r.Context())
		here.Host, here.RemoteAddr = "127.0.0.1", "127.0.0.1:1"
		h.ServeHTTP(w, here)
	})
}

// filled makes a handler that sends a form when its page is opened.
func filled(h http.Handler, form url.Values) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, page.StaticPrefix) {
			h.ServeHTTP(w, r)
			return
		}
		post := r.Clone(r.Context())
		post.Method, post.Body = http.MethodPost, io.NopCloser(strings.NewReader(form.Encode()))
		post.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		h.ServeHTTP(w, post)
	})
}

// Programmes is one programme, of which two documents speak.
func Programmes() programmes.List {
	return programmes.List{{
		Slug: "smaaboernscafeer", Name: "Småbørnscaféer", About: "Familier med små børn mødes i caféer.", Aliases: []string{"Småbørnscafé"},
		Audience: "Familier med børn i vuggestue", Age: []int{0, 35}, Partners: []programmes.Partner{{Name: "Fonden Morgenfrø", Role: "støtter"}},
		Topics: []string{"overgange"}, Goals: []string{"At ingen er alene."}, Source: programmes.Source{Name: "Fonden Morgenfrø", URL: "https://fonden.example/"},
		Figures: []programmes.Figure{
			{Kind: programmes.Plan, What: "Caféer", Value: "20", Source: "Fonden Morgenfrø", Date: "2022-09-01"},
			{Kind: programmes.Result, What: "Familier", Value: "164", Source: "Foreningen Børnehånden"},
		},
	}}
}

// Topics are some topics; the last one has no documents.
func Topics() []server.Topic {
	return []server.Topic{
		{Slug: "overgange", Label: "Overgange og opstart", Definition: "Når et barn begynder et nyt sted: i dagpleje, vuggestue, børnehave eller skole.", Words: []string{"overgang", "indkøring", "tilvænning"}},
		{Slug: "tilknytning", Label: "Tryghed og tilknytning", Definition: "Om barnets bånd til de nærmeste voksne.", Words: []string{"tilknytning", "attachment"}},
		{Slug: "foraeldresamarbejde", Label: "Forældresamarbejde", Words: []string{"forældresamarbejde"}},
		{Slug: "vuggestue", Label: "Vuggestue (0-2 år)", Words: []string{"vuggestue"}},
		{Slug: "anbringelse", Label: "Anbringelse og plejefamilier", Definition: "Om børn, der ikke bor hos deres forældre.", Words: []string{"plejefamilie"}},
	}
}

// coverage is what a crawl knows: one source that went well, one that fails, one that is not fetched.
func coverage(docs []index.Document) []server.Coverage {
	if len(docs) == 0 {
		return nil
	}
	return []server.Coverage{
		{
			ID: "videncenter", Name: "Videncenter for Tidlig Barndom", Sector: "viden", Home: "https://videncenter.example/", Policy: "index", Known: 148,
			Refused: map[string]int{"robots": 12, "noindex": 3, "duplicate": 9, "opdigtet": 1}, Failed: map[string]int{"timeout": 2}, Delay: 1500 * time.Millisecond,
			LastVisit: Now(), LastOK: Now().AddDate(0, 0, -2), LastFailed: Now(), Trouble: "serveren svarede ikke", NextVisit: Now().AddDate(0, 0, 1), Held: 4,
		},
		{ID: "stuen", Name: "Stuen – fagblad for pædagogisk personale", Sector: "medie", Home: "https://stuen.example/", Policy: "metadata", SnippetMax: 120, Standing: "arkiv", LastVisit: Now(), LastOK: Now()},
		{ID: "spoerges", Name: "Et sted, vi ikke har spurgt", Sector: "fond", Policy: "ask", Why: "ingen bekræftet startadresse"},
	}
}

// gone are documents that were there once, by their ids.
func gone(docs []index.Document) map[string]server.Gone {
	day := Now().AddDate(0, 0, -3)
	return map[string]server.Gone{
		"vaek":       {At: day, Why: server.AtSource, Source: docs[0].Source, SourceName: docs[0].SourceName, Address: "https://lindeby.example/vaek", Title: "Indkøring og leg i vuggestuen"},
		wentSince:    {At: day, Why: server.AtSource, Source: docs[0].Source, SourceName: docs[0].SourceName, Address: "https://lindeby.example/vaek-siden", Title: "Et dokument, der er væk"},
		"gone":       {At: day, Why: server.AtSource, Source: docs[0].Source, SourceName: docs[0].SourceName, Address: "https://lindeby.example/gone", Title: "A report that is gone", Lang: "en"},
		"taget-ud":   {At: day, Why: server.OnRequest},
		"uoensket":   {At: day, Why: server.NotWanted, Source: docs[0].Source, SourceName: docs[0].SourceName},
		"samlet-nu":  {At: day, Why: server.AtSource, Now: docs[1].ID},
		"uden-grund": {At: day, Why: server.LeftOut},
	}
}

func changes(docs []index.Document) []server.Change {
	if len(docs) == 0 {
		return nil
	}
	return []server.Change{
		{Kind: server.Came, ID: docs[0].ID, Title: docs[0].Title, Source: docs[0].SourceName, At: Now()},
		{Kind: server.Changed, ID: docs[1].ID, Title: docs[1].Title, Source: docs[1].SourceName, At: Now().AddDate(0, 0, -1), Before: "Indkøringen varer en uge.", After: "En blid indkøring varer som regel to uger.", Lang: "da"},
		{Kind: server.Changed, ID: docs[4].ID, Title: docs[4].Title, Source: docs[4].SourceName, At: Now().AddDate(0, 0, -2), Before: "Leken er viktig.", After: "Leken er viktigere enn læring.", Lang: "nb"},
		{Kind: server.Went, ID: "gone", Title: "A report that is gone", Source: "Lindeby Kommune", At: Now().AddDate(0, 0, -2), Lang: "en"},
		{Kind: server.Went, ID: "vaek", Title: "Et dokument, der er væk", Source: "Lindeby Kommune", At: Now().AddDate(0, 0, -3)},
	}
}

func status(docs []index.Document) server.Status {
	st := server.Status{LastCrawl: Now()}
	seen := map[string]bool{}
	for _, d := range docs {
		if !seen[d.Source] {
			seen[d.Source] = true
			st.Sources = append(st.Sources, server.Source{ID: d.Source, Name: d.SourceName})
		}
	}
	return st
}

type site struct {
	docs   []index.Document
	change func(*server.Options)
	states []State
}

// States are all states that a reader can meet, each in Danish and, under a name that begins with "en-", in English.
func States() ([]State, error) {
	var out []State
	for _, s := range sites() {
		o, err := Options(s.docs)
		if err != nil {
			return nil, err
		}
		if s.change != nil {
			s.change(&o)
		}
		srv, err := server.New(o)
		if err != nil {
			return nil, fmt.Errorf("make canned site: %w", err)
		}
		for _, st := range s.states {
			st.Handler = srv.Handler()
			if st.Form != nil {
				st.Handler = filled(st.Handler, st.Form)
			}
			if st.HTTP == 0 {
				st.HTTP = http.StatusOK
			}
			if st.Operator {
				st.Handler = atThisMachine(st.Handler)
				out = append(out, st)
				continue
			}
			out = append(out, st)
			st.Name, st.Path = "en-"+st.Name, tongue.English.Path(st.Path)
			out = append(out, st)
		}
	}
	return out, nil
}

func search(pairs ...string) string {
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return "/soeg?" + v.Encode()
}

func sites() []site {
	docs := Documents()
	protocolID, _, _ := Protocol(docs)
	return []site{
		{docs: docs, states: []State{
			{Name: "forside", Path: "/"},
			{Name: "resultater", Path: search("q", "blid indkøring")},
			{Name: "mange", Path: search("q", "leg")},
			{Name: "side-3", Path: search("q", "leg", "side", "3")},
			{Name: "filtre", Path: search("q", "leg", "type", "forskning", "type", "praksis", "kilde", "tidsskrift", "kilde", "videncenter", "fra", "2019", "til", "2024-06")},
			{Name: "indsatsboks", Path: search("q", "evaluering af småbørnscafeer")},
			{Name: "med-liste", Path: search("q", "leg", "liste", docs[0].ID, "liste", docs[1].ID)},
			{Name: "laeseliste", Path: "/laeseliste?id=" + docs[0].ID + "&id=" + docs[1].ID + "&id=vaek"},
			{Name: "laeseliste-tom", Path: "/laeseliste"},
			{Name: "uden-ord", Path: search("type", "forskning")},
			{Name: "forstaaet", Path: search("q", `hvornår er "tryg tilknytning" i vuggestuer -skov type:forskning år:20x0`)},
			{Name: "losnet", Path: search("q", "indkøring zebra")},
			{Name: "nul", Path: search("q", "ADHD medicin dosering")},
			{Name: "nul-med-filtre", Path: search("q", "varsel", "type", "forskning", "sektor", "fond")},
			{Name: "uden-for-side", Path: search("q", "leg", "side", "99")},
			{Name: "ulaeseligt", Path: search("q", "leg", "fra", "20x0", "type", "roman", "side", "nul")},
			{Name: "stopord", Path: search("q", "og i det")},
			{Name: "kun-tegn", Path: search("q", "???")},
			{Name: "fjendtlig", Path: search("q", `<script>alert(1)</script> "vuggestue`)},
			{Name: "tomt-felt", Path: "/soeg?q="},
			{Name: "for-lang", Path: search("q", strings.Repeat("småbørn ", 80)), HTTP: http.StatusBadRequest},
			{Name: "cpr", Path: search("q", "010203-1234 underretning"), HTTP: http.StatusBadRequest},
			{Name: "dokument", Path: "/dokument/" + docs[0].ID},
			{Name: "dokument-praksis", Path: "/dokument/" + docs[1].ID},
			{Name: "dokument-fjendtligt", Path: "/dokument/" + docs[11].ID},
			{Name: "emner", Path: "/emner"},
			{Name: "emne", Path: "/emne/overgange"},
			{Name: "emne-tomt", Path: "/emne/anbringelse"},
			{Name: "indsatser", Path: "/indsatser"},
			{Name: "indsats", Path: "/indsats/smaaboernscafeer"},
			{Name: "kilder", Path: "/kilder"},
			{Name: "kilde", Path: "/kilde/Videncenter"},
			{Name: "kilde-spoerges", Path: "/kilde/spoerges"},
			{Name: "nyt", Path: "/nyt?siden=2026-11-01"},
			{Name: "om", Path: "/om"},
			{Name: "om-metode", Path: "/om/metode"},
			{Name: "om-robot", Path: "/om/robot"},
			{Name: "om-privatliv", Path: "/om/privatliv"},
			{Name: "was", Path: "/was"},
			{Name: "indlejr", Path: "/indlejr"},
			{Name: "hjaelp", Path: "/hjaelp?ord=sm%C3%A5b%C3%B8rnsp%C3%A6dagoger+i+vuggestuen"},
			{Name: "hjaelp-cpr", Path: "/hjaelp?ord=010203-1234"},
			{Name: "findes-ikke", Path: "/dokument/findes-ikke", HTTP: http.StatusNotFound},
			{Name: "vaek", Path: "/dokument/vaek", HTTP: http.StatusGone},
			{Name: "vaek-engelsk", Path: "/dokument/gone", HTTP: http.StatusGone},
			{Name: "taget-ud", Path: "/dokument/taget-ud", HTTP: http.StatusGone},
			{Name: "fjern", Path: "/fjern?adresse=https%3A%2F%2Fkilde.example%2Fportraet"},
			{Name: "fjern-modtaget", Path: "/fjern?nummer=" + waitingLetter},
			{Name: "fjern-afvist", Path: "/fjern?nummer=" + refusedLetter},
			{Name: "fjern-fejl", Path: "/fjern", HTTP: http.StatusUnprocessableEntity, Form: url.Values{"adresse": {"siden om Mia"}, "tekst": {"Mia, 010203-1234"}, "mail": {"ring 12345678"}}},
			{Name: "protokol", Path: "/protokol/" + protocolID},
			{Name: "sammenlign", Path: "/protokol/" + protocolID + "/sammenlign"},
			{Name: "foreslaa-kilde", Path: "/foreslaa-kilde"},
			{Name: "foreslaa-kilde-fejl", Path: "/foreslaa-kilde", HTTP: http.StatusUnprocessableEntity, Form: url.Values{"navn": {strings.Repeat("Stedet ", 40)}}},
		}},
		{docs: docs, change: deciding, states: []State{{Name: "drift", Path: "/drift", Operator: true}, {Name: "drift-gjort", Path: "/drift?gjort=1", Operator: true}}},
		{docs: docs, change: failing, states: []State{{Name: "drift-tom", Path: "/drift", Operator: true}}},
		{docs: docs, change: crawling, states: []State{
			{Name: "opdaterer-forside", Path: "/"},
			{Name: "opdaterer", Path: search("q", "sprog og leg")},
		}},
		{change: crawling, states: []State{{Name: "foerste-hentning", Path: "/"}}},
		{states: []State{{Name: "tom", Path: "/"}}},
		{docs: docs, change: broken, states: []State{
			{Name: "fejl-forside", Path: "/"},
			{Name: "fejl", Path: search("q", "leg"), HTTP: http.StatusInternalServerError},
		}},
		{docs: docs, change: down, states: []State{
			{Name: "nede", Path: search("q", "leg"), HTTP: http.StatusServiceUnavailable},
		}},
		{docs: docs, change: slow, states: []State{
			{Name: "langsom", Path: search("q", "leg"), HTTP: http.StatusServiceUnavailable},
		}},
	}
}

func deciding(o *server.Options) { o.Desk = decided{} }

// failing is a site of a process that does not crawl, with an index that has stopped.
func failing(o *server.Options) {
	o.Desk, o.Shelf = nil, nil
	o.Trouble = func() error { return errors.New("disk is full") }
}

// decided is a desk on which a source is paused and an address blocked.
type decided struct{ server.Desk }

func (decided) Pauses(context.Context) ([]server.Decision, error) {
	return []server.Decision{{What: "stuen", Why: "flytter til et nyt system", At: Now()}}, nil
}

func (decided) Blocks(context.Context) ([]server.Decision, error) {
	return []server.Decision{{What: "https://boernehaanden.example/portraet", Why: "ønske fra en forælder", At: Now()}}, nil
}

func crawling(o *server.Options) {
	st, _ := o.Status(context.Background())
	st.Crawling = true
	o.Status = func(context.Context) (server.Status, error) { return st, nil }
}

func broken(o *server.Options) {
	o.Engine.(*Engine).Fail = func(context.Context) error { return errors.New("disk on fire") }
}

func down(o *server.Options) {
	o.Engine.(*Engine).Fail = func(context.Context) error { return fmt.Errorf("no node answers: %w", index.ErrUnavailable) }
}

// slow never answers by itself: it waits for the deadline.
func slow(o *server.Options) {
	o.Timeout = 10 * time.Millisecond
	o.Engine.(*Engine).Fail = func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }
}

// Handler serves each state's site under its name as the first label of the host, as in
// http://nul.localhost:8090, and a list of all states anywhere else.
func Handler(states []State) http.Handler {
	sites := map[string]State{}
	for _, s := range states {
		sites[s.Name] = s
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, _, _ := strings.Cut(r.Host, ".")
		if s, ok := sites[name]; ok {
			s.Handler.ServeHTTP(w, r)
			return
		}
		_, port, _ := strings.Cut(r.Host, ":")
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, "<!doctype html><meta charset=utf-8><title>States</title><ul>")
		for _, s := range states {
			href := "http://" + s.Name + ".localhost:" + port + s.Path
			fmt.Fprintf(w, "<li><a href=%q>%s</a>", html.EscapeString(href), html.EscapeString(s.Name))
		}
	})
}
