package crawler

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"smaabornsviden/crawler/extract"
	"smaabornsviden/crawler/fetch"
	"smaabornsviden/crawler/state"
	"smaabornsviden/index"
)

// A site's template is learnt from its pages, and its pages are read by that template. So that the documents do not
// depend on the order in which pages came, or on where a crawl was cut off, what counts is learnt when a run has nothing
// more to fetch, from a sample of the kept pages that depends on nothing but which pages there are; what was read
// otherwise is read again from its kept body. During a first crawl a model of the pages so far stands in, so that most
// pages come out right at once and the index does not take them in twice.

// firstLessons are the documents of a site after which it gets a model for the time being.
var firstLessons = map[int]bool{24: true, 96: true, 384: true}

// maxRelearn is how often a run may go on fetching because what it read again brought addresses back.
const maxRelearn = 3

// learntKey is under what the store remembers up to which change models have been learnt, and by which reader.
const learntKey = "learnt"

type siteKey struct{ source, origin string }

func (k siteKey) String() string { return "model " + k.source + " " + k.origin }

// learnt is a model as the store keeps it, with the pages that it was made of.
type learnt struct {
	Sample string         `json:"sample"`
	Model  *extract.Model `json:"model,omitempty"`
}

// models are what is known of the sites' templates during a run.
type models struct {
	mu    sync.Mutex // guards sites and its lessons
	sites map[siteKey]*lesson
}

type lesson struct {
	learnt
	settled bool // it comes from the end of a run
	read    int  // documents of this run
}

// lesson returns what is known of a site; the store is asked once.
func (r *reader) lesson(ctx context.Context, key siteKey) *lesson {
	r.models.mu.Lock()
	defer r.models.mu.Unlock()
	if l := r.models.sites[key]; l != nil {
		return l
	}
	l := &lesson{}
	stored, err := storedModel(ctx, r.st, key)
	if err == nil && stored.Sample != "" {
		l.learnt, l.settled = stored, true
	}
	if r.models.sites == nil {
		r.models.sites = map[siteKey]*lesson{}
	}
	r.models.sites[key] = l
	return l
}

// model returns the model by which a page of a site is read now, nil while there is none.
func (r *reader) model(ctx context.Context, key siteKey) *extract.Model {
	l := r.lesson(ctx, key)
	r.models.mu.Lock()
	defer r.models.mu.Unlock()
	return l.Model
}

func (r *reader) setModel(key siteKey, m learnt, settled bool) {
	r.models.mu.Lock()
	defer r.models.mu.Unlock()
	l := r.models.sites[key]
	l.learnt, l.settled = m, settled
}

// storedModel returns the model that the last run ended with. What cannot be read is learnt anew.
func storedModel(ctx context.Context, st *state.Store, key siteKey) (learnt, error) {
	var l learnt
	text, err := st.Value(ctx, key.String())
	if err != nil || text == "" {
		return l, err
	}
	if json.Unmarshal([]byte(text), &l) != nil {
		return learnt{}, nil
	}
	return l, nil
}

// LearntModel returns what crawls have learnt of the template of the site on which an address lies: of the one with the most
// pages where several sources share a host. Nil tells that nothing was learnt.
func LearntModel(ctx context.Context, st *state.Store, address string) (*extract.Model, error) {
	sites, err := st.Sites(ctx, nil)
	if err != nil {
		return nil, fmt.Errorf("find what was learnt of %s: %w", address, err)
	}
	var best *extract.Model
	for _, site := range sites {
		if site.Origin != originOf(address) {
			continue
		}
		l, err := storedModel(ctx, st, siteKey{site.Source, site.Origin})
		if err != nil {
			return nil, fmt.Errorf("find what was learnt of %s: %w", address, err)
		}
		if l.Model != nil && (best == nil || l.Model.Pages > best.Pages) {
			best = l.Model
		}
	}
	return best, nil
}

// stamp names the way in which pages of a site are read: the pipeline and the model. A site without a model has none
// in it, so that its rows look like those of files and listings.
func stamp(pipeline string, m *extract.Model) string {
	if m == nil {
		return pipeline
	}
	return pipeline + "#" + m.Version()
}

// sameReading reports whether a row was read by a pipeline, whatever the model was: that is set right at the end of a run.
func sameReading(u state.URL, pipeline string) bool {
	base, _, _ := strings.Cut(u.Pipeline, "#")
	return base == pipeline
}

// practise lets a site without a model have one for the time being when enough of it has been read.
func (r *reader) practise(ctx context.Context, u state.URL) error {
	key := siteKey{u.Source, originOf(u.URL)}
	l := r.lesson(ctx, key)
	r.models.mu.Lock()
	l.read++
	now := !l.settled && firstLessons[l.read]
	r.models.mu.Unlock()
	if !now {
		return nil
	}
	_, m, err := r.learnSite(ctx, state.Site{Source: u.Source, Host: u.Host, Origin: key.origin}, learnt{})
	if err == nil {
		r.setModel(key, learnt{Model: m}, false)
	}
	return err
}

// learnSite makes a model of a site's sample, unless the sample is the one that before was made of.
func (r *reader) learnSite(ctx context.Context, site state.Site, before learnt) (sample string, m *extract.Model, err error) {
	pages, err := r.st.Sample(ctx, site, extract.LearnMost)
	if err != nil {
		return "", nil, err
	}
	if sample = r.sampleName(pages); sample == before.Sample {
		return sample, before.Model, nil
	}
	var l extract.Learner
	for _, p := range pages {
		b, err := r.st.Body(ctx, p.Row)
		if errors.Is(err, state.ErrNotFound) {
			continue
		}
		if err != nil {
			return "", nil, err
		}
		l.Add(extract.Input{URL: p.URL, ContentType: b.Header.Get("Content-Type"), Header: b.Header, Body: b.Bytes})
	}
	return sample, l.Learn(), nil
}

// sampleName is a hash of the pages of a sample as they are now, and of the reader.
func (r *reader) sampleName(pages []state.Sampled) string {
	sum := sha256.New()
	base, _, _ := strings.Cut(r.c.o.Pipeline, "+") // the rules that describe documents have no part in it
	fmt.Fprintln(sum, base)
	for _, p := range pages {
		fmt.Fprintf(sum, "%s %x\n", p.URL, p.BodyHash)
	}
	return base64.RawStdEncoding.EncodeToString(sum.Sum(nil))
}

// readsAlike reports whether a kept page reads now as it did. The pipeline is the same, so that its other values follow
// from its bytes.
func (r *reader) readsAlike(ctx context.Context, b state.Body) (same bool, err error) {
	u, err := r.st.URLByID(ctx, b.URL)
	if err != nil {
		return false, err
	}
	sc := r.c.atlas.byID[u.Source]
	if sc == nil || !sameReading(u, r.c.o.Pipeline) {
		return false, nil
	}
	r.c.parses <- struct{}{}
	defer func() {
		<-r.c.parses
		if recover() != nil {
			same = false // reread tells of it
		}
	}()
	ext, err := r.c.o.Extract(ctx, extract.Input{
		URL: u.URL, ContentType: b.Header.Get("Content-Type"), Header: b.Header, Body: b.Bytes, Selector: sc.Selector,
		Model: r.model(ctx, siteKey{u.Source, originOf(u.URL)}), OnlyText: true, Agent: r.c.o.Agent, Now: r.c.o.Clock.Now(),
	})
	return err == nil && textHash(ext.Title, ext.Text) == u.Hash, nil
}

// keptPage is a kept body as if it had just been fetched.
func keptPage(u state.URL, b state.Body) fetch.Page {
	return fetch.Page{
		Requested: u.URL, URL: u.URL, Status: http.StatusOK, Header: b.Header, Body: b.Bytes,
		ContentType: b.Header.Get("Content-Type"), ETag: u.ETag, LastModified: u.LastModified,
	}
}

// Reading says by which rule the text of a kept page is read, and from which of its elements. A page that is not kept
// is state.ErrNotFound.
func Reading(ctx context.Context, st *state.Store, u state.URL, selector string) (index.Reason, error) {
	b, err := st.Body(ctx, u.ID)
	if err != nil {
		return index.Reason{}, err
	}
	known, err := storedModel(ctx, st, siteKey{u.Source, originOf(u.URL)})
	if err != nil {
		return index.Reason{}, err
	}
	res, err := extract.HTML(extract.Input{
		URL: u.URL, ContentType: b.Header.Get("Content-Type"), Header: b.Header, Body: b.Bytes, Selector: selector, Model: known.Model, OnlyText: true,
	})
	if err != nil {
		return index.Reason{}, err
	}
	why := res.Why["text"]
	if why.Rule == extract.ByModel {
		why.Quote = fmt.Sprintf("%s, learnt from %d pages of %s", why.Quote, known.Model.Pages, originOf(u.URL))
	}
	return why, nil
}
