package server

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"smaabornsviden/index"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/api"
	"smaabornsviden/server/page"
	"smaabornsviden/server/protocol"
	"smaabornsviden/server/shelf"
	"smaabornsviden/server/tongue"
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

// protocolPages are the routes of protocols for readers, in both languages.
func (s *Server) protocolPages(r chi.Router) {
	get := getter(r)
	r.Post(page.ProtocolPath, s.saveProtocol)
	get(page.ProtocolPath+"/{id}", s.protocolPage)
	get(page.ProtocolPath+"/{id}/sammenlign", s.comparisonPage)
}

// saveProtocol keeps the search that a reader sees and leads to its page.
func (s *Server) saveProtocol(w http.ResponseWriter, r *http.Request) {
	if err := s.sameSite.Check(r); err != nil || s.shelf == nil {
		s.reply.notFound(w, r)
		return
	}
	values, err := readForm(w, r, protocolBytes)
	if err != nil {
		s.reply.fail(w, r, failTooLong)
		return
	}
	names := s.cat.namesFor(r.Context(), values)
	q, _, err := answer.Parse(values, answer.PageParams, names)
	var id string
	if err == nil {
		id, _, err = s.keepProtocol(r, q, names)
	}
	if err != nil {
		s.failed.failSearch(w, r, err, answer.Answer{}, q)
		return
	}
	t, _ := tongue.Of(r.URL.Path)
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, t.Path(page.ProtocolPath+"/"+id), http.StatusSeeOther)
}

// keepProtocol runs a question, records it and stores the record.
func (s *Server) keepProtocol(r *http.Request, q answer.Question, names *answer.Names) (id string, text []byte, err error) {
	rec, err := s.recordSearch(r, q, names)
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
	return id, text, s.shelf.Put(r.Context(), shelf.Record{Kind: protocolKind, ID: id, Time: rec.Made, Body: packed})
}

// recordSearch runs a question within the bounds and records it.
func (s *Server) recordSearch(r *http.Request, q answer.Question, names *answer.Names) (protocol.Record, error) {
	if !s.protocolQuota.take(r) {
		return protocol.Record{}, errTooMany
	}
	select {
	case s.protocolsAtOnce <- struct{}{}:
		defer func() { <-s.protocolsAtOnce }()
	default:
		return protocol.Record{}, errBusy
	}
	return s.runProtocol(r.Context(), q, names, s.site.base(r))
}

func (s *Server) runProtocol(ctx context.Context, q answer.Question, names *answer.Names, base string) (protocol.Record, error) {
	sources, err := s.cat.sources(ctx)
	if err != nil {
		return protocol.Record{}, err
	}
	stats, err := s.engine.Stats(ctx)
	if err != nil {
		return protocol.Record{}, err
	}
	var c protocol.Collector
	found, err := s.finder.Whole(ctx, q, protocol.MaxRecords, c.Reset, c.Add)
	if err != nil {
		return protocol.Record{}, err
	}
	rec := protocol.Record{
		Format: protocol.Format, Made: s.now().UTC().Truncate(time.Second),
		Site:       protocol.Site{Name: "Småbørnsviden", URL: base},
		Software:   protocol.Software{Name: "smaabornsviden", Version: s.version.Version, Revision: s.version.Revision, Analyzer: s.version.Analyzer, Schema: stats.Schema},
		Query:      asked(q, names),
		Understood: found.Understood,
		Index:      protocol.Index{Generation: found.Generation, Seq: found.Seq, Documents: stats.Documents},
		Total:      found.Total,
		Sources:    []protocol.Source{},
	}
	if rec.PlanSHA256, err = protocol.PlanHash(found.Plan); err != nil {
		return rec, err
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

// protocolText reads a stored protocol; index.ErrNotFound for what is no id of ours.
func (s *Server) protocolText(ctx context.Context, id string) ([]byte, error) {
	if s.shelf == nil || !protocol.IsID(id) {
		return nil, index.ErrNotFound
	}
	rec, err := s.shelf.Get(ctx, protocolKind, id)
	if err != nil {
		return nil, err
	}
	return protocol.Unpack(id, rec.Body)
}

func (s *Server) protocol(ctx context.Context, id string) (protocol.Record, error) {
	text, err := s.protocolText(ctx, id)
	if err != nil {
		return protocol.Record{}, err
	}
	return protocol.Decode(text)
}

// protocolTitles is how many of a protocol's documents are shown by title, as they are now.
const protocolTitles = 20

func (s *Server) protocolPage(w http.ResponseWriter, r *http.Request) {
	id := chi.URLParam(r, "id")
	rec, err := s.protocol(r.Context(), id)
	if err != nil {
		s.reply.failPage(w, r, err)
		return
	}
	view := page.Protocol{ID: id, Address: s.site.base(r) + page.ProtocolPath + "/" + id, Record: rec}
	for _, h := range rec.Records[:min(protocolTitles, len(rec.Records))] {
		view.First = append(view.First, s.nowAt(r.Context(), protocol.Place{ID: h.ID, Now: len(view.First) + 1}))
	}
	s.reply.writePage(w, r, func(b *strings.Builder) error { return s.reply.pagesFor(r).Protocol(b, view) })
}

// nowAt is a document of a protocol as it is now; without a title when it is gone.
func (s *Server) nowAt(ctx context.Context, at protocol.Place) page.ProtocolLine {
	line := page.ProtocolLine{Place: at}
	if d, err := s.engine.Document(ctx, at.ID); err == nil {
		line.Title, line.Source, line.Lang = d.Title, d.SourceName, d.Lang.Value
	}
	return line
}

// compared runs the search of a protocol again.
func (s *Server) compared(r *http.Request, id string) (protocol.Record, protocol.Comparison, error) {
	before, err := s.protocol(r.Context(), id)
	if err != nil {
		return before, protocol.Comparison{}, err
	}
	values, err := url.ParseQuery(before.Query.Params)
	if err != nil {
		return before, protocol.Comparison{}, fmt.Errorf("protocol %s: %w: %w", id, protocol.ErrDamaged, err)
	}
	names := s.cat.names(s.cat.readStatus(r.Context()))
	// Kept values are ids. One whose source or topic has gone since still filters: without it the search would be another.
	q, _, err := answer.Parse(values, answer.PageParams, nil)
	if err != nil {
		return before, protocol.Comparison{}, err
	}
	now, err := s.recordSearch(r, q, names)
	if err != nil {
		return before, protocol.Comparison{}, err
	}
	return before, protocol.Compare(id, before, now), nil
}

// comparisonLines is how many documents of each kind the page of a comparison shows; the data has them all.
const comparisonLines = 100

func (s *Server) comparisonPage(w http.ResponseWriter, r *http.Request) {
	id := chi.URLParam(r, "id")
	before, c, err := s.compared(r, id)
	if err != nil {
		s.failed.failSearch(w, r, err, answer.Answer{}, answer.Question{})
		return
	}
	view := page.Comparison{ID: id, Record: before, Comparison: c}
	shown := func(places []protocol.Place) []page.ProtocolLine {
		var lines []page.ProtocolLine
		for _, p := range places[:min(comparisonLines, len(places))] {
			lines = append(lines, s.nowAt(r.Context(), p))
		}
		return lines
	}
	view.New, view.Gone, view.Changed, view.Redescribed = shown(c.New), shown(c.Gone), shown(c.Changed), shown(c.Redescribed)
	s.reply.writePage(w, r, func(b *strings.Builder) error { return s.reply.pagesFor(r).Comparison(b, view) })
}

// protocolPrograms are the routes of protocols for programs.
func (s *Server) protocolPrograms(r chi.Router) {
	get := getter(r)
	r.Post("/protocol", s.apiSaveProtocol)
	get("/protocol/{id}", s.apiProtocol)
	get("/protocol/{id}/compare", s.apiCompare)
}

// apiSaveProtocol keeps a search whose parameters stand in the address.
func (s *Server) apiSaveProtocol(w http.ResponseWriter, r *http.Request) {
	if s.shelf == nil {
		s.reply.writeProblem(w, r, api.NotFound, nil)
		return
	}
	if err := s.sameSite.Check(r); err != nil {
		s.reply.writeProblem(w, r, api.Foreign, nil)
		return
	}
	names := s.cat.namesFor(r.Context(), r.URL.Query())
	q, _, ok := s.reply.question(w, r, answer.Params{}, names)
	if !ok {
		return
	}
	id, text, err := s.keepProtocol(r, q, names)
	if err != nil {
		s.reply.failProgram(w, r, err, q)
		return
	}
	h := w.Header()
	h.Set("Location", api.ProtocolPath+"/"+id)
	h.Add("Link", "<"+page.ProtocolPath+"/"+id+`>; rel="alternate"; type="text/html"`)
	h.Set("Content-Type", "application/json")
	h.Set("Cache-Control", "no-store")
	send(w, r, http.StatusCreated, text)
}

// apiProtocol gives a protocol byte for byte as its id was made of it, or as text or CSV for an appendix.
func (s *Server) apiProtocol(w http.ResponseWriter, r *http.Request) {
	values, ok := s.reply.parameters(w, r, "format")
	if !ok {
		return
	}
	id := chi.URLParam(r, "id")
	text, err := s.protocolText(r.Context(), id)
	var rec protocol.Record
	if err == nil {
		rec, err = protocol.Decode(text)
	}
	if err != nil {
		s.reply.failProgram(w, r, err, answer.Question{})
		return
	}
	var b strings.Builder
	contentType := "application/json"
	switch format := values.Get("format"); format {
	case "", "json":
		b.Write(text)
	case "txt":
		contentType = "text/plain; charset=utf-8"
		t := tongue.Danish
		if prefersEnglish(r) {
			t = tongue.English
		}
		w.Header().Add("Vary", "Accept-Language")
		err = protocol.WriteText(&b, rec, s.site.base(r)+page.ProtocolPath+"/"+id, t)
	case "csv":
		contentType = "text/csv; charset=utf-8"
		err = protocol.WriteCSV(&b, rec, s.site.base(r))
	default:
		fault := answer.Fault{Kind: answer.NotAChoice, Param: "format", Value: format}
		s.reply.writeProblem(w, r, api.BadParameter, api.ParameterErrors([]answer.Fault{fault}, prefersEnglish(r)))
		return
	}
	if err != nil {
		s.reply.failProgram(w, r, err, answer.Question{})
		return
	}
	if contentType != "application/json" {
		w.Header().Set("Content-Disposition", `attachment; filename="soegeprotokol-`+id+`.`+values.Get("format")+`"`)
	}
	w.Header().Set("Content-Type", contentType)
	sendTagged(w, r, []byte(b.String()))
}

func (s *Server) apiCompare(w http.ResponseWriter, r *http.Request) {
	if _, ok := s.reply.parameters(w, r); !ok {
		return
	}
	_, c, err := s.compared(r, chi.URLParam(r, "id"))
	if err != nil {
		s.reply.failProgram(w, r, err, answer.Question{})
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	s.reply.writeJSON(w, r, http.StatusOK, "application/json", c)
}
