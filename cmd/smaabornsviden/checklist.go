package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"html"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
	xhtml "golang.org/x/net/html"

	"smaabornsviden/cmd/smaabornsviden/checklist"
	"smaabornsviden/crawler/dedup"
	"smaabornsviden/crawler/demosite"
	"smaabornsviden/crawler/describe"
	"smaabornsviden/crawler/extract"
	"smaabornsviden/crawler/partners"
	"smaabornsviden/index"
	"smaabornsviden/index/programmes"
	"smaabornsviden/index/query"
	"smaabornsviden/index/topics"
	"smaabornsviden/index/vocab"
)

func runChecklist(ctx context.Context, env *environment, f *flags, args []string) error {
	seeds := f.String("seeds", "", "Reads the five texts of the checklist from the .txt files of this `DIRECTORY`.")
	if err := noArguments(f, args); err != nil {
		return err
	}
	if *seeds == "" {
		return usagef("needs -seeds")
	}
	pages, err := readSeeds(*seeds)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "smaabornsviden-checklist-")
	if err != nil {
		return fmt.Errorf("make a folder for the demonstration: %w", err)
	}
	results, err := checkSeeds(ctx, dir, pages)
	if err := errors.Join(err, os.RemoveAll(dir)); err != nil {
		return err
	}
	return printChecklist(env.stdout, results)
}

// seedSources are where the five texts were published; what the register does not have is written out.
var seedSources = []partners.Source{
	{ID: "gladsaxe"}, {ID: "yesbjerg", Name: "Yesbjerg", Sector: "medie"}, {ID: "smaabornsloeftet"}, {ID: "altinget"}, {ID: "redbarnet"},
}

// readSeeds reads the .txt files of a folder in the order of their names. A row that forbids something holds of a text that is empty, so
// an empty one is an error.
func readSeeds(dir string) ([]string, error) {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil, errors.Join(fmt.Errorf("%s is no folder", dir), err)
	}
	names, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil || len(names) != len(seedSources) {
		return nil, fmt.Errorf("%s has %d .txt files, want %d", dir, len(names), len(seedSources))
	}
	var texts []string
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read seed: %w", err)
		}
		if !utf8.Valid(data) || len(bytes.TrimSpace(data)) == 0 {
			return nil, fmt.Errorf("%s is no text in UTF-8", name)
		}
		texts = append(texts, string(data))
	}
	return texts, nil
}

// checkSeeds crawls the demonstration into dir, adds the texts to its index and holds every row against that.
func checkSeeds(ctx context.Context, dir string, texts []string) ([]checklist.Result, error) {
	d, err := newDemo(demoFlags{addr: "127.0.0.1:0", sites: "127.0.0.1:0", story: 1})
	if err != nil {
		return nil, err
	}
	defer d.close()
	n, err := openNode(ctx, inFolder(dir), "checklist", purposeDemo, discardLog())
	if err != nil {
		return nil, err
	}
	if n.register, err = partners.Load(d.server.Register(), "demo register"); err == nil {
		err = d.run(ctx, &environment{stdout: io.Discard, stderr: io.Discard}, n, demoFlags{exit: true})
	}
	var results []checklist.Result
	if err == nil {
		results, err = n.judge(ctx, texts, d.server.Labels())
	}
	return results, errors.Join(err, n.Close())
}

// judge indexes the texts beside the demonstration and runs the rows.
func (n *node) judge(ctx context.Context, texts []string, labels []demosite.Label) ([]checklist.Result, error) {
	register, err := partners.Default()
	if err != nil {
		return nil, err
	}
	describer, err := describe.New(n.analyzer) // the texts are of the real programmes
	if err != nil {
		return nil, err
	}
	seeds, err := seedDocuments(describer, register, texts)
	if err != nil {
		return nil, err
	}
	made, named, err := madeDocuments(describer)
	if err != nil {
		return nil, err
	}
	seq, err := n.index.Checkpoint(ctx)
	if err != nil {
		return nil, err
	}
	// They are no changes of the crawl state, whose next one has the next number.
	if err := n.index.Apply(ctx, index.Batch{Puts: slices.Concat(seeds, made), Seq: seq}); err != nil {
		return nil, err
	}
	words, err := vocab.Default(n.analyzer)
	if err != nil {
		return nil, fmt.Errorf("read the vocabulary: %w", err)
	}
	w := checklist.World{Describer: describer, Register: register, Seeds: seeds, IDs: map[string]string{}, Docs: named}
	names := map[string]string{} // by address
	for i := range seeds {
		named[fmt.Sprintf("seed %d", i)] = seeds[i]
	}
	for name, d := range named {
		w.IDs[name], names[d.URL] = d.ID, name
	}
	for _, l := range labels {
		w.IDs[l.ID], names[l.URL()] = index.NewID(l.URL()), l.ID
	}
	if w.Topics, err = topics.Default(); err != nil {
		return nil, err
	}
	if w.Programmes, err = programmes.Default(); err != nil {
		return nil, err
	}
	searcher := query.Searcher{Engine: n.index, Analyzer: n.analyzer, Vocabulary: words}
	w.Search = searchNamed(searcher, names)
	w.Remove = func(ctx context.Context, name string) error {
		for address, known := range names {
			if known == name {
				_, err := n.block(ctx, address, "asked to")
				return err
			}
		}
		return fmt.Errorf("no document %q", name)
	}
	// Readers see the real register and the real programmes, over the texts and the invented pages.
	n.register, n.records = register, w.Programmes
	readers, err := n.server(serverSettings{log: discardLog()})
	if err != nil {
		return nil, err
	}
	w.Open = opener(readers.Handler())
	return checklist.Run(ctx, w)
}

// searchNamed searches and names documents as the rows do, by their addresses.
func searchNamed(s query.Searcher, names map[string]string) func(context.Context, string) (checklist.Found, error) {
	return func(ctx context.Context, q string) (checklist.Found, error) {
		ans, err := s.Search(ctx, query.Request{Text: q, Size: 10})
		if err != nil {
			return checklist.Found{}, err
		}
		var f checklist.Found
		for _, h := range ans.Page.Hits {
			f.Names = append(f.Names, names[h.Doc.URL])
			f.Texts = append(f.Texts, h.Doc.Title+"\n"+h.Doc.Abstract+"\n"+h.Doc.Body)
		}
		for _, a := range ans.Understood.Added {
			f.Added = append(f.Added, a.Text)
		}
		return f, nil
	}
}

// opener asks the readers' side as a browser would, without a network between.
func opener(site http.Handler) func(context.Context, string) (checklist.Opened, error) {
	return func(ctx context.Context, path string) (checklist.Opened, error) {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://localhost"+path, http.NoBody)
		if err != nil {
			return checklist.Opened{}, fmt.Errorf("open %s: %w", path, err)
		}
		r.RemoteAddr = "127.0.0.1:1"
		w := &answerKept{header: http.Header{}, status: http.StatusOK}
		site.ServeHTTP(w, r)
		got := checklist.Opened{Status: w.status, Text: strings.Join(strings.Fields(w.body.String()), " ")}
		if !strings.HasPrefix(w.header.Get("Content-Type"), "text/html") {
			return got, nil
		}
		doc, err := goquery.NewDocumentFromReader(&w.body)
		if err != nil {
			return checklist.Opened{}, fmt.Errorf("read %s: %w", path, err)
		}
		got.Title = strings.Join(strings.Fields(doc.Find("h1").First().Text()), " ")
		got.Text = strings.Join(strings.Fields(spaced(doc.Find("main"))), " ")
		doc.Find("a[href]").Each(func(_ int, a *goquery.Selection) {
			if to := checklist.Local(a.AttrOr("href", "")); to != "" {
				got.Links = append(got.Links, to)
			}
		})
		return got, nil
	}
}

// spaced is the text of a page with a space between elements, so that a label and its value stay two words.
func spaced(s *goquery.Selection) string {
	var b strings.Builder
	for _, root := range s.Nodes {
		for n := range root.Descendants() {
			if n.Type == xhtml.TextNode {
				b.WriteString(n.Data + " ")
			}
		}
	}
	return strings.ReplaceAll(b.String(), " ,", ",") // what stands behind a link goes on with its mark
}

// answerKept keeps an answer instead of sending it.
type answerKept struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (a *answerKept) Header() http.Header         { return a.header }
func (a *answerKept) WriteHeader(status int)      { a.status = status }
func (a *answerKept) Write(p []byte) (int, error) { return a.body.Write(p) }

func seedURL(i int) string { return fmt.Sprintf("https://seed-%d.example/tekst", i) }

// seedDocuments makes pages of the texts and reads, describes and groups them as a crawl does.
func seedDocuments(describer *describe.Describer, register *partners.Register, texts []string) ([]index.Document, error) {
	var docs []index.Document
	for i, text := range texts {
		src := seedSources[i]
		if known, ok := register.Source(src.ID); ok {
			src = *known
		}
		d, err := madeDocument(describer, seedURL(i), src, text)
		if err != nil {
			return nil, err
		}
		docs = append(docs, d)
	}
	changes, err := dedup.Group(func(yield func(index.Document, error) bool) {
		for _, d := range docs {
			if !yield(d, nil) {
				return
			}
		}
	})
	for _, c := range changes {
		for i := range docs {
			if docs[i].ID == c.ID {
				c.Apply(&docs[i])
			}
		}
	}
	return docs, err
}

// madeDocuments reads and describes the pages that were written for the checklist; it returns them by name too.
func madeDocuments(describer *describe.Describer) ([]index.Document, map[string]index.Document, error) {
	texts, err := checklist.Texts()
	if err != nil {
		return nil, nil, err
	}
	var docs []index.Document
	named := map[string]index.Document{}
	for _, text := range texts {
		src := partners.Source{ID: "eksempel-" + text.Sector, Name: "Eksempel", Sector: text.Sector}
		d, err := madeDocument(describer, "https://eksempel-"+text.Sector+".example"+text.Path, src, text.Text)
		if err != nil {
			return nil, nil, err
		}
		docs, named[text.Name] = append(docs, d), d
	}
	return docs, named, nil
}

// madeDocument reads and describes a text as a crawl does a page.
func madeDocument(describer *describe.Describer, address string, src partners.Source, text string) (index.Document, error) {
	ext, err := extract.HTML(extract.Input{URL: address, ContentType: "text/html; charset=utf-8", Header: http.Header{}, Body: []byte(seedPage(text)), Agent: agentToken, Now: time.Now()})
	if err != nil {
		return index.Document{}, err
	}
	d := index.Document{ID: index.NewID(address), URL: address, Source: src.ID}
	ext.Fill(&d)
	describer.Describe(&d, src)
	return d, nil
}

// seedPage writes a text as a plain page: its first line of several words is the title, a word above it the kicker.
func seedPage(text string) string {
	var b strings.Builder
	b.WriteString("<!doctype html><html><body><main><article>")
	titled := false
	for line := range strings.Lines(text) {
		line = html.EscapeString(strings.TrimSpace(line))
		switch {
		case line == "":
		case !titled && !strings.Contains(line, " ") && !strings.EqualFold(line, "småbørnsløftet"):
			fmt.Fprintf(&b, "<p class=\"kicker\">%s</p>", line)
		case !titled:
			fmt.Fprintf(&b, "<h1>%s</h1>", line)
			titled = true
		default:
			fmt.Fprintf(&b, "<p>%s</p>\n", line)
		}
	}
	b.WriteString("</article></main></body></html>")
	return b.String()
}

// printChecklist prints every row and the sums. Rows that fail are no error of the command: they are its answer.
func printChecklist(w io.Writer, results []checklist.Result) error {
	count := map[checklist.Verdict]int{}
	for _, r := range results {
		count[r.Verdict]++
		fmt.Fprintf(w, "%2d %-7s %s\n", r.N, r.Verdict, r.Name)
		for _, why := range r.Why {
			fmt.Fprintf(w, "           %s\n", why)
		}
	}
	_, err := fmt.Fprintf(w, "%d rows: %d pass, %d fail, %d by hand\n", len(results), count[checklist.Pass], count[checklist.Fail], count[checklist.ByHand])
	return err
}
