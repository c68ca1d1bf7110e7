package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"smaabornsviden/crawler"
	"smaabornsviden/crawler/demosite"
	"smaabornsviden/crawler/describe"
	"smaabornsviden/crawler/partners"
	"smaabornsviden/crawler/state"
	"smaabornsviden/index"
	"smaabornsviden/index/programmes"
)

// correctionsFile is where an operator corrects what the rules say, in the data folder.
const correctionsFile = "corrections.yaml"

// readRecords reads the programmes that readers may look up: those of the field or, in a folder of the demonstration, the
// invented ones.
func (n *node) readRecords(ctx context.Context) (programmes.List, error) {
	purpose, err := n.state.Value(ctx, purposeKey)
	if err != nil {
		return nil, err
	}
	var list programmes.List
	if purpose == purposeDemo {
		list, err = programmes.Load(demosite.Programmes(), "programmes of the demonstration")
	} else {
		list, err = programmes.Default()
	}
	if err != nil {
		return nil, fmt.Errorf("read programmes: %w", err)
	}
	return list, nil
}

// readRules takes the rules and corrections as they are now.
func (n *node) readRules(ctx context.Context) error {
	d, err := n.newDescriber(ctx)
	if err == nil {
		n.describe.Store(d)
	}
	return err
}

// newDescriber reads the rules and the operator's corrections; a data folder without a file of them has none.
func (n *node) newDescriber(ctx context.Context) (*describe.Describer, error) {
	o := describe.Options{Programmes: n.records}
	register := n.register
	if register == nil { // rules are read before a command names its register
		var err error
		if register, err = n.registerOf(ctx, ""); err != nil {
			return nil, err
		}
	}
	o.Sources = register.Sources
	path := n.folder.path(correctionsFile)
	data, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("read corrections: %w", err)
	}
	if err == nil {
		o.Corrections, err = describe.LoadCorrections(data, path)
		if err != nil && !o.Corrections.Decoded() { // else what else is wrong is told along with it
			return nil, err
		}
	}
	d, err := describe.NewWith(n.analyzer, o)
	if errors.Is(err, describe.ErrCorrections) {
		return nil, err // it names the file and the line; our own rules are not at fault
	}
	if err != nil {
		return nil, fmt.Errorf("load the rules that describe documents: %w", err)
	}
	return d, nil
}

// rulesNow are the rules with the corrections as they stand in the file now. Where those cannot be used it returns ErrCorrections, and
// the rules with the corrections that were read before.
func (n *node) rulesNow(ctx context.Context) (*describe.Describer, error) {
	kept := n.describe.Load()
	data, err := os.ReadFile(n.folder.path(correctionsFile))
	switch {
	case err != nil && !errors.Is(err, os.ErrNotExist):
		return kept, fmt.Errorf("%w: %w", describe.ErrCorrections, err)
	case kept.CorrectedBy(data):
		return kept, nil
	}
	fresh, err := n.newDescriber(ctx)
	if err != nil {
		return kept, err
	}
	return fresh, nil
}

// explanation is why an address stands where it does and why its document is described so.
type explanation struct {
	Story   state.Story      `json:"story"`
	ID      string           `json:"id,omitempty"`
	Title   string           `json:"title,omitempty"`
	Group   grouped          `json:"group,omitzero"`
	Related []index.Relation `json:"related,omitempty"`
	Rules   []describe.Fired `json:"rules,omitempty"`
	// Pending are the values that the rules and corrections as they are now give otherwise than readers see them.
	Pending []string `json:"pending,omitempty"`
	// Unread is why corrections.yaml as it is now cannot be used; what is told rests on those read before.
	Unread string       `json:"unread,omitempty"`
	Index  findable     `json:"index"`
	Paused string       `json:"paused,omitempty"` // why the source is left alone now
	Text   index.Reason `json:"text,omitzero"`    // by which rule the page's text was told from its frame
}

// grouped is whose card a document is on.
type grouped struct {
	Face   string `json:"face,omitempty"` // title of the document that stands for it, "" for itself
	MoreOf int    `json:"more_of,omitempty"`
	Merged bool   `json:"merged,omitempty"`
	// Pinned says what a correction asks for, and Unmet that no document of ours is at the address it names.
	Pinned string `json:"pinned,omitempty"`
	Unmet  bool   `json:"unmet,omitempty"`
}

// findable is whether readers can find the document.
type findable struct {
	Found bool   `json:"found"`
	Why   string `json:"why"`
}

func runExplain(ctx context.Context, env *environment, f *flags, args []string) error {
	var data place
	dataFlag(f, &data)
	asJSON := f.Bool("json", false, "Prints the story as JSON instead of text.")
	rest, err := f.parse(args)
	if err != nil {
		return err
	}
	if len(rest) != 1 {
		return usagef("takes one address")
	}
	return withControl(ctx, env, data, "explain", func(c control) error {
		var e explanation
		if err := c.do(ctx, http.MethodGet, "/control/explain", url.Values{"url": rest}, &e); err != nil {
			return err
		}
		if *asJSON {
			enc := json.NewEncoder(env.stdout)
			enc.SetIndent("", "  ")
			return enc.Encode(e)
		}
		printExplanation(env.stdout, e)
		return nil
	})
}

// explain looks an address up and lets the rules speak again on its document.
func (n *node) explain(ctx context.Context, address string) (explanation, error) {
	story, err := n.state.Explain(ctx, address)
	if errors.Is(err, state.ErrNotFound) {
		story, err = n.explainOtherForm(ctx, address, err)
	}
	if err != nil {
		return explanation{}, fmt.Errorf("explain %s: %w", address, err)
	}
	e := explanation{Story: story}
	if p, ok := n.state.PauseOf(story.URL.Source); ok {
		e.Paused = fmt.Sprintf("%s (%s)", p.Note, p.At.Local().Format(time.DateOnly))
	}
	d, err := n.state.DocumentAt(ctx, story.URL.ID)
	if errors.Is(err, state.ErrNotFound) {
		e.Index.Why = "there is no document at this address"
		return e, nil
	}
	if err != nil {
		return e, err
	}
	e.ID, e.Title, e.Related = d.ID, d.Title, d.Related
	e.Group, err = n.groupOf(ctx, d)
	if err == nil {
		e.Index, err = n.findable(ctx, d.ID, story.Version)
	}
	if err != nil {
		return e, fmt.Errorf("explain %s: %w", address, err)
	}
	e.Text, err = crawler.Reading(ctx, n.state, story.URL, n.sourceOf(d).Selector)
	if err != nil && !errors.Is(err, state.ErrNotFound) {
		return e, fmt.Errorf("explain %s: %w", address, err)
	}
	now := d
	by, err := n.rulesNow(ctx)
	if errors.Is(err, describe.ErrCorrections) {
		e.Unread, err = err.Error(), nil
	}
	if err != nil {
		return e, err
	}
	e.Rules = by.Trace(&now, n.sourceOf(d))
	e.Pending, err = differing(d, now)
	return e, err
}

// explainOtherForm looks for the address in the one form that the sources of the register give it: people copy addresses with what
// campaigns added, and type them without http. None found, it returns the error that asking for the address as it stands had.
func (n *node) explainOtherForm(ctx context.Context, address string, asTyped error) (state.Story, error) {
	register := n.register
	if register == nil {
		var err error
		if register, err = n.registerOf(ctx, ""); err != nil {
			return state.Story{}, err
		}
	}
	forms := []string{address}
	if !strings.Contains(address, "://") {
		forms = []string{"https://" + address, "http://" + address}
	}
	for _, form := range forms {
		for _, src := range register.Sources {
			rules, err := crawler.PageRules(src)
			if err != nil {
				continue // listed and not visited
			}
			href, refusal := rules.Canonical(form, "")
			if refusal != "" {
				continue
			}
			story, err := n.state.Explain(ctx, href)
			if !errors.Is(err, state.ErrNotFound) {
				return story, err
			}
		}
	}
	return state.Story{}, asTyped
}

// differing names the values in which two states of a document differ, as they are stored.
func differing(stored, now index.Document) ([]string, error) {
	var before, after map[string]json.RawMessage
	for _, one := range []struct {
		d    index.Document
		into *map[string]json.RawMessage
	}{{stored, &before}, {now, &after}} {
		data, err := json.Marshal(one.d)
		if err == nil {
			err = json.Unmarshal(data, one.into)
		}
		if err != nil {
			return nil, fmt.Errorf("compare with what is stored: %w", err)
		}
	}
	var names []string
	for name := range after {
		if string(before[name]) != string(after[name]) {
			names = append(names, name)
		}
	}
	for name := range before {
		if _, kept := after[name]; !kept {
			names = append(names, name)
		}
	}
	// Remembering what a correction replaced is no value of its own.
	names = slices.DeleteFunc(names, func(name string) bool { return name == "replaced" })
	slices.Sort(names)
	return names, nil
}

// groupOf tells on whose card a document is shown.
func (n *node) groupOf(ctx context.Context, d index.Document) (grouped, error) {
	g := grouped{MoreOf: d.MoreOf, Merged: d.Merged, Pinned: strings.TrimSpace(d.Pinned.As + " " + d.Pinned.With)}
	g.Unmet = d.Pinned.With != "" && !slices.ContainsFunc(d.Related, func(r index.Relation) bool { return r.Rule == index.Corrected })
	if !d.Merged || d.Face {
		return g, nil
	}
	for _, r := range d.Related {
		o, err := n.state.Document(ctx, r.ID)
		if err != nil && !errors.Is(err, state.ErrNotFound) {
			return g, err
		}
		if o.Face && o.Group == d.Group {
			g.Face = fmt.Sprintf("%s: %s", o.ID, o.Title)
		}
	}
	return g, nil
}

// findable asks the index itself. version is the change that wrote the document as it is now.
func (n *node) findable(ctx context.Context, id string, version uint64) (findable, error) {
	_, err := n.index.Document(ctx, id)
	if err != nil && !errors.Is(err, index.ErrNotFound) {
		return findable{}, err
	}
	at, failed := n.index.Checkpoint(ctx)
	switch {
	case failed != nil:
		return findable{}, failed
	case err != nil && at < version:
		return findable{Why: fmt.Sprintf("not yet: the index has taken in changes up to %d, and this is change %d", at, version)}, nil
	case err != nil:
		return findable{Why: fmt.Sprintf("missing, though change %d has been taken in: smaabornsviden rebuild makes the index anew", version)}, nil
	case at < version:
		return findable{true, fmt.Sprintf("found as it was before: the index has taken in changes up to %d, and this is change %d", at, version)}, nil
	}
	return findable{true, fmt.Sprintf("found as it is now (change %d)", version)}, nil
}

// sourceOf is the source of a document in the register, or what the document remembers of it.
func (n *node) sourceOf(d index.Document) partners.Source {
	if n.register != nil {
		if src, ok := n.register.Source(d.Source); ok {
			return *src
		}
	}
	return partners.Source{ID: d.Source, Name: d.SourceName, Sector: d.Sector}
}

// hostTrouble tells why nothing of a host can be fetched now, "" when it can.
func hostTrouble(h state.Host) string {
	switch {
	case h.LastError == "":
		return ""
	case !h.Robots.Failing.IsZero():
		return fmt.Sprintf("%s; its robots.txt has not been read since %s: what it said holds for a day, and then nothing is fetched until it is read again", h.LastError, h.Robots.Failing.Local().Format(time.DateTime))
	}
	return fmt.Sprintf("%s at %s; it is left alone until %s", h.LastError, h.LastErrorAt.Local().Format(time.DateTime), later(h.NextOK, h.OpenUntil).Local().Format(time.DateTime))
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
