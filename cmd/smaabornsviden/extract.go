package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"smaabornsviden/crawler"
	"smaabornsviden/crawler/extract"
	"smaabornsviden/crawler/fetch"
	"smaabornsviden/crawler/state"
	"smaabornsviden/index"
	"smaabornsviden/index/danish"
)

// extractFlags are the settings of the extract command.
type extractFlags struct {
	network networkFlags
	url     string
	charset string
	learnt  string
}

func runExtract(ctx context.Context, env *environment, f *flags, args []string) error {
	var o extractFlags
	f.StringVar(&o.url, "url", "", "Reads the page as if it lay at this `URL`, which resolves its links.")
	f.StringVar(&o.charset, "charset", "", "Takes this `NAME` as the character set that the server named in its header.")
	f.StringVar(&o.learnt, "learnt", "", "Reads the page by what crawls into the data `FOLDER` have learnt of the template of its site, as the next crawl will.")
	o.network.register(f)
	rest, err := f.parse(args)
	if err != nil {
		return err
	}
	if len(rest) != 1 {
		return usagef("takes one file, one address, or - for standard input")
	}
	in, err := extractInput(ctx, env, o, rest[0])
	if err != nil {
		return err
	}
	if o.learnt != "" {
		if in.Model, err = learntModel(ctx, o.learnt, in.URL); err != nil {
			return err
		}
	}
	analyzer, err := danish.New()
	if err != nil {
		return err
	}
	res, err := extract.Reader{Joiner: extract.Joiner(analyzer)}.Page(ctx, in)
	if err != nil && !errors.Is(err, extract.ErrNoText) {
		return err
	}
	enc := json.NewEncoder(env.stdout)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(toExtracted(res))
}

// learntModel looks into a data folder for the model of the site on which an address lies. Without one the page would be read
// by itself, which is not what was asked for.
func learntModel(ctx context.Context, dir, address string) (*extract.Model, error) {
	if _, err := os.Stat(filepath.Join(dir, "state.db")); err != nil {
		return nil, fmt.Errorf("no crawl has been made into %s: %w", dir, err)
	}
	held, err := openFolder(dir, "extract", nil)
	if err != nil {
		return nil, err
	}
	defer held.Close()
	st, err := state.Open(ctx, held.path("state.db"), state.Options{})
	if err != nil {
		return nil, err
	}
	defer st.Close()
	m, err := crawler.LearntModel(ctx, st, address)
	if err == nil && m == nil {
		err = fmt.Errorf("nothing has been learnt of the site of %s (-url says where a file belongs)", address)
	}
	return m, err
}

// extracted is what the extract command prints. Dates are RFC 3339 or empty, links absolute.
type extracted struct {
	URL         string                  `json:"url"`
	Title       string                  `json:"title"`
	Kicker      string                  `json:"kicker,omitempty"`
	Authors     []string                `json:"authors"`
	Publisher   string                  `json:"publisher,omitempty"`
	Journal     index.Journal           `json:"journal,omitzero"`
	Published   string                  `json:"published"`
	Updated     string                  `json:"updated"`
	Decided     string                  `json:"decided,omitempty"` // when a law or a plan was adopted
	Deadline    string                  `json:"deadline,omitempty"`
	Lang        string                  `json:"lang"`
	Description string                  `json:"description,omitempty"`
	Abstract    string                  `json:"abstract,omitempty"`
	Text        string                  `json:"text"`
	Pages       int                     `json:"pages,omitempty"`        // of a file
	PageOffsets []int                   `json:"page_offsets,omitempty"` // bytes in text at which they begin
	Notice      string                  `json:"notice,omitempty"`
	Links       []string                `json:"links"`
	Files       []string                `json:"files,omitempty"` // those that the page offers as its own text
	Canonical   string                  `json:"canonical,omitempty"`
	Alternates  []extract.Alternate     `json:"alternates,omitempty"`
	Keywords    []string                `json:"keywords,omitempty"`
	DOI         string                  `json:"doi,omitempty"`
	ISBN        string                  `json:"isbn,omitempty"`
	ISSN        string                  `json:"issn,omitempty"`
	Licence     string                  `json:"licence,omitempty"`
	Access      string                  `json:"access,omitempty"`
	NoIndex     bool                    `json:"noindex,omitempty"`
	NoFollow    bool                    `json:"nofollow,omitempty"`
	MaxSnippet  int                     `json:"max_snippet,omitempty"` // characters; -1 none may be shown
	TDMReserved bool                    `json:"tdm_reserved,omitempty"`
	Format      string                  `json:"format"`
	Charset     string                  `json:"charset"`
	Limits      []extract.Limit         `json:"limits,omitempty"` // bounds that cut the page short
	Why         map[string]index.Reason `json:"why"`              // for each value, the rule and the words it rests on
}

func toExtracted(r extract.Result) extracted {
	e := extracted{
		URL: r.URL, Title: r.Title, Kicker: r.Kicker, Authors: r.Authors, Lang: r.Lang,
		Publisher: r.Publisher, Journal: r.Journal,
		Published: rfc3339(r.Published), Updated: rfc3339(r.Updated), Decided: rfc3339(r.Decided), Deadline: rfc3339(r.Deadline),
		Description: r.Description, Abstract: r.Abstract, Text: r.Text, Links: []string{},
		Pages: r.Pages, PageOffsets: r.PageOffsets, Notice: r.Notice, Files: r.Files,
		Canonical: r.Canonical, Alternates: r.Alternates, Keywords: r.Keywords,
		DOI: r.DOI, ISBN: r.ISBN, ISSN: r.ISSN, Licence: r.Licence, Access: r.Access,
		NoIndex: r.Robots.NoIndex, NoFollow: r.Robots.NoFollow, MaxSnippet: r.Robots.MaxSnippet, TDMReserved: r.TDM,
		Format: r.Format, Charset: r.Charset, Limits: r.Limits, Why: r.Why,
	}
	for _, l := range r.Links {
		e.Links = append(e.Links, l.URL)
	}
	if e.Authors == nil {
		e.Authors = []string{}
	}
	e.Why = withDates(r)
	return e
}

// withDates adds where the dates came from, which they carry themselves.
func withDates(r extract.Result) map[string]index.Reason {
	why := maps.Clone(r.Why)
	if why == nil {
		why = map[string]index.Reason{}
	}
	for name, d := range map[string]index.Date{"published": r.Published, "updated": r.Updated, "decided": r.Decided, "deadline": r.Deadline} {
		if !d.IsZero() && d.Reason.Rule != "" {
			why[name] = d.Reason
		}
	}
	return why
}

func rfc3339(d index.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.Time.Format(time.RFC3339)
}

// maxInput bounds what is read from a file or from standard input. It is what a fetched file may have; the reader of
// pages cuts them shorter by itself.
const maxInput = 50 << 20

func extractInput(ctx context.Context, env *environment, o extractFlags, arg string) (extract.Input, error) {
	in := extract.Input{URL: o.url, Agent: agentToken, Now: time.Now()}
	if o.charset != "" {
		in.ContentType = "text/html; charset=" + o.charset
	}
	if strings.HasPrefix(arg, "http://") || strings.HasPrefix(arg, "https://") {
		return fetchInput(ctx, o, in, arg)
	}
	r := env.stdin
	if arg != "-" {
		file, err := os.Open(arg)
		if err != nil {
			return in, err
		}
		defer file.Close()
		r = file
	}
	body, err := io.ReadAll(io.LimitReader(r, maxInput))
	if err != nil {
		return in, fmt.Errorf("read %s: %w", arg, err)
	}
	in.Body = body
	if in.URL == "" {
		in.URL, err = fileURL(arg)
	}
	return in, err
}

// fileURL gives a page from a file an address of its own, so that relative links can be told apart.
func fileURL(arg string) (string, error) {
	if arg == "-" {
		return "http://localhost/", nil
	}
	abs, err := filepath.Abs(arg)
	if err != nil {
		return "", err
	}
	return (&url.URL{Scheme: "http", Host: "localhost", Path: filepath.ToSlash(abs)}).String(), nil
}

func fetchInput(ctx context.Context, o extractFlags, in extract.Input, address string) (extract.Input, error) {
	if err := o.network.needContact([]string{address}); err != nil {
		return in, err
	}
	client := o.network.client()
	defer client.Close()
	page, err := client.Fetch(ctx, fetch.Request{URL: address})
	if err != nil {
		return in, err
	}
	if page.Status != http.StatusOK {
		return in, errors.New("fetch " + address + ": the server answered " + http.StatusText(page.Status))
	}
	if in.URL == "" {
		in.URL = page.URL
	}
	if in.ContentType == "" {
		in.ContentType = page.ContentType
	}
	in.Header, in.Body = page.Header, page.Body
	return in, nil
}
