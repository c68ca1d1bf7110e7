package server

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"time"

	"smaabornsviden/index"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/page"
	"smaabornsviden/server/protocol"
	"smaabornsviden/server/shelf"
)

// protocolKind is the kind of the records in which protocols lie.
const protocolKind = "protokol"

// Bounds of protocols. Each one reads all its hits with their texts, and stays for good.
const (
	protocolsEach  = 60
	protocolsAll   = 2000
	protocolsSpan  = time.Hour
	protocolsAtOne = 2 // at the same time
	protocolBytes  = 16 << 10
)

// Errors of protocols that are told to the asker.
var (
	errBusy    = errors.New("too many protocols are being made")
	errTooMany = errors.New("too many protocols from one asker")
)

// protocols run searches, record them and keep the records.
type protocols struct {
	cat     *catalogue
	engine  index.Engine
	finder  *answer.Finder
	shelf   Shelf // nil where none are kept
	site    siteURL
	version Version
	now     func() time.Time
	quota   *quota        // of those made and compared
	atOnce  chan struct{} // has room for as many as may be made at the same time
}

// takes reports whether protocols are kept here.
func (ps *protocols) takes() bool { return ps.shelf != nil }

// keep runs a question, records it and stores the record.
func (ps *protocols) keep(r *http.Request, q answer.Question, names *answer.Names) (id string, text []byte, err error) {
	rec, err := ps.record(r, q, names)
	if err != nil {
		return "", nil, err
	}
	if id, text, err = protocol.Encode(rec); err != nil {
		return "", nil, err
	}
	packed, err := protocol.Pack(text)
	if err != nil {
		return "", nil, err
	}
	return id, text, ps.shelf.Put(r.Context(), shelf.Record{Kind: protocolKind, ID: id, Time: rec.Made, Body: packed})
}

// record runs a question within the bounds and records it.
func (ps *protocols) record(r *http.Request, q answer.Question, names *answer.Names) (protocol.Record, error) {
	if !ps.quota.take(r) {
		return protocol.Record{}, errTooMany
	}
	select {
	case ps.atOnce <- struct{}{}:
		defer func() { <-ps.atOnce }()
	default:
		return protocol.Record{}, errBusy
	}
	return ps.run(r.Context(), q, names, ps.site.base(r))
}

func (ps *protocols) run(ctx context.Context, q answer.Question, names *answer.Names, base string) (protocol.Record, error) {
	sources, err := ps.cat.sources(ctx)
	if err != nil {
		return protocol.Record{}, err
	}
	stats, err := ps.engine.Stats(ctx)
	if err != nil {
		return protocol.Record{}, err
	}
	var c protocol.Collector
	found, err := ps.finder.Whole(ctx, q, protocol.MaxRecords, c.Reset, c.Add)
	if err != nil {
		return protocol.Record{}, err
	}
	rec := protocol.Record{
		Format: protocol.Format, Made: ps.now().UTC().Truncate(time.Second),
		Site:       protocol.Site{Name: "Småbørnsviden", URL: base},
		Software:   protocol.Software{Name: "smaabornsviden", Version: ps.version.Version, Revision: ps.version.Revision, Analyzer: ps.version.Analyzer, Schema: stats.Schema},
		Query:      asked(q, names),
		Understood: found.Understood,
		Index:      protocol.Index{Generation: found.Generation, Seq: found.Seq, Documents: stats.Documents},
		Total:      found.Total,
		Sources:    []protocol.Source{},
	}
	if rec.PlanSHA256, err = protocol.PlanHash(found.Plan); err != nil {
		return rec, err
	}
	if rec.ReadingHash, err = protocol.ReadingHash(found.Plan); err != nil {
		return rec, err
	}
	if words := ps.finder.Searcher.Vocabulary; words != nil {
		rec.Software.Vocabulary = words.Fingerprint()
	}
	for _, src := range sources {
		rec.Sources = append(rec.Sources, protocol.Source{ID: src.ID, Name: src.Name, Policy: src.Policy, LastOK: src.LastOK.UTC(), Documents: src.Documents})
	}
	c.Fill(&rec)
	return rec, nil
}

// asked is the question as a protocol states it.
func asked(q answer.Question, names *answer.Names) protocol.Query {
	q = q.OnPage(1)
	out := protocol.Query{
		Typed: q.AsTyped(), From: q.From, To: q.To, Params: q.Values(answer.PageParams).Encode(),
		Filters: []protocol.Filter{}, Off: append([]string{}, q.Off...),
	}
	for _, choice := range answer.Sorts {
		if choice.Slug == q.Order() {
			out.Sort = choice.Label
		}
	}
	for _, facet := range answer.Facets {
		for _, value := range slices.Sorted(slices.Values(q.Chosen[facet])) {
			label := names.LabelOf(facet, value)
			out.Filters = append(out.Filters, protocol.Filter{Facet: facet, Value: value, Label: label})
		}
	}
	for _, name := range slices.Sorted(slices.Values(q.Chosen[index.ByAuthor])) {
		out.Filters = append(out.Filters, protocol.Filter{Facet: index.ByAuthor, Value: name, Label: names.LabelOf(index.ByAuthor, name)})
	}
	return out
}

// text reads a stored protocol; index.ErrNotFound for what is no id of ours.
func (ps *protocols) text(ctx context.Context, id string) ([]byte, error) {
	if ps.shelf == nil || !protocol.IsID(id) {
		return nil, index.ErrNotFound
	}
	rec, err := ps.shelf.Get(ctx, protocolKind, id)
	if err != nil {
		return nil, err
	}
	return protocol.Unpack(id, rec.Body)
}

func (ps *protocols) read(ctx context.Context, id string) (protocol.Record, error) {
	text, err := ps.text(ctx, id)
	if err != nil {
		return protocol.Record{}, err
	}
	return protocol.Decode(text)
}

// nowAt is a document of a protocol as it is now; without a title when it is gone.
func (ps *protocols) nowAt(ctx context.Context, at protocol.Place) page.ProtocolLine {
	line := page.ProtocolLine{Place: at}
	if d, err := ps.engine.Document(ctx, at.ID); err == nil {
		line.Title, line.Source, line.Lang = d.Title, d.SourceName, d.Lang.Value
	}
	return line
}

// again runs the search of a protocol again.
func (ps *protocols) again(r *http.Request, id string) (protocol.Record, protocol.Comparison, error) {
	before, err := ps.read(r.Context(), id)
	if err != nil {
		return before, protocol.Comparison{}, err
	}
	values, err := url.ParseQuery(before.Query.Params)
	if err != nil {
		return before, protocol.Comparison{}, fmt.Errorf("protocol %s: %w: %w", id, protocol.ErrDamaged, err)
	}
	names := ps.cat.names(ps.cat.readStatus(r.Context()))
	// Kept values are ids. One whose source or topic has gone since still filters: without it the search would be another.
	q, _, err := answer.Parse(values, answer.PageParams, nil)
	if err != nil {
		return before, protocol.Comparison{}, err
	}
	now, err := ps.record(r, q, names)
	if err != nil {
		return before, protocol.Comparison{}, err
	}
	return before, protocol.Compare(id, before, now), nil
}
