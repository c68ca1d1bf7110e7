package server

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/go-chi/chi/v5"

	"smaabornsviden/index"
	"smaabornsviden/index/query"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/api"
	"smaabornsviden/server/cite"
	"smaabornsviden/server/tongue"
)

// programs are the routes under /api/v1, open to pages of other sites.
func (s *Server) programs(r chi.Router) {
	r.Use(openToOthers)
	get := getter(r)
	get("/problems/{kind}", s.apiProblem)
	get("/openapi.json", s.apiSpec)
	r.Group(func(r chi.Router) {
		r.Use(s.limitAskers)
		get := getter(r)
		get("/search", s.apiSearch)
		get("/suggest", s.apiSuggest)
		get("/analyze", s.apiAnalyze)
		get("/documents/{id}", s.apiDocument)
		get("/topics", s.apiTopics)
		get("/sources", s.apiSources)
		get("/stats", s.apiStats)
		get("/export", s.apiExport)
		s.protocolPrograms(r)
	})
}

// getter registers a handler for GET and HEAD.
func getter(r chi.Router) func(pattern string, h http.HandlerFunc) {
	return func(pattern string, h http.HandlerFunc) {
		r.Get(pattern, h)
		r.Head(pattern, h)
	}
}

// parameters reads the parameters of a program, and answers with a problem when they cannot be read or are not among
// those allowed.
func (s *Server) parameters(w http.ResponseWriter, r *http.Request, allowed ...string) (url.Values, bool) {
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		s.writeProblem(w, r, api.BadParameter, nil)
		return nil, false
	}
	faults, err := answer.Only(values, allowed...)
	switch {
	case err != nil:
		s.writeProblem(w, r, failureOf(err, answer.Question{}).problem, nil)
		return nil, false
	case len(faults) > 0:
		s.writeProblem(w, r, api.BadParameter, api.ParameterErrors(faults, prefersEnglish(r)))
		return nil, false
	}
	return values, true
}

// question reads the question of a program, and answers with a problem when it cannot be read.
func (s *Server) question(w http.ResponseWriter, r *http.Request, params answer.Params, names *answer.Names) (answer.Question, url.Values, bool) {
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		s.writeProblem(w, r, api.BadParameter, nil)
		return answer.Question{}, nil, false
	}
	q, faults, err := answer.Parse(values, params, names)
	switch {
	case err != nil:
		s.failProgram(w, r, err, q)
		return q, nil, false
	case len(faults) > 0:
		s.writeProblem(w, r, api.BadParameter, api.ParameterErrors(faults, prefersEnglish(r)))
		return q, nil, false
	}
	return q, values, true
}

func (s *Server) failProgram(w http.ResponseWriter, r *http.Request, err error, q answer.Question) {
	f := failureOf(err, q)
	s.noteFailure(r, f, err, q)
	s.writeProblem(w, r, f.problem, nil)
}

func (s *Server) apiSearch(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	names := s.namesFor(ctx, r.URL.Query())
	q, _, ok := s.question(w, r, answer.APIParams, names)
	if !ok || s.unchanged(w, r) {
		return
	}
	ans, err := s.finder.Find(ctx, q, names)
	if err != nil {
		s.failProgram(w, r, err, q)
		return
	}
	s.zeroHits.note(r, ans)
	s.tag(w, r, state{ans.Generation, ans.Seq})
	for _, link := range api.Links(ans) {
		w.Header().Add("Link", link)
	}
	s.writeJSON(w, r, http.StatusOK, "application/json", api.NewResult(ans))
}

func (s *Server) apiSuggest(w http.ResponseWriter, r *http.Request) {
	values, ok := s.parameters(w, r, "q", "lang")
	if !ok {
		return
	}
	in := tongue.Danish
	if values.Has("lang") {
		in = tongue.Tongue(values.Get("lang"))
	}
	if in != tongue.Danish && in != tongue.English {
		fault := answer.Fault{Kind: answer.NotAChoice, Param: "lang", Value: values.Get("lang")}
		s.writeProblem(w, r, api.BadParameter, api.ParameterErrors([]answer.Fault{fault}, prefersEnglish(r)))
		return
	}
	if s.unchanged(w, r) {
		return
	}
	s.tagBefore(w, r)
	suggestions, err := s.suggest(r.Context(), values.Get("q"), in)
	if err != nil {
		s.failProgram(w, r, err, answer.Question{Text: values.Get("q")})
		return
	}
	out := api.Suggestions{Q: values.Get("q"), Suggestions: []api.Suggestion{}}
	for _, g := range suggestions {
		out.Suggestions = append(out.Suggestions, api.Suggestion{Text: g.Text, Kind: string(g.Kind), Label: in.Say(g.Kind.Label()), URL: g.Path, Lang: api.Known(g.Lang)})
	}
	s.writeJSON(w, r, http.StatusOK, "application/json", out)
}

// apiAnalyze tells how a text is read, as the page of help and the command analyze do.
func (s *Server) apiAnalyze(w http.ResponseWriter, r *http.Request) {
	values, ok := s.parameters(w, r, "text")
	if !ok {
		return
	}
	text := values.Get("text")
	switch {
	case query.LooksLikeCPR(text):
		s.writeProblem(w, r, api.CPR, nil)
	case len(text) > query.MaxBytes:
		s.writeProblem(w, r, api.TooLong, nil)
	default:
		s.writeHashed(w, r, s.analysis(text))
	}
}

// suggest names topics in a language; their Danish names lead to them in any.
func (s *Server) suggest(ctx context.Context, typed string, in tongue.Tongue) ([]answer.Suggestion, error) {
	topics := make([]answer.Topic, 0, len(s.topics))
	for _, t := range s.topics {
		topics = append(topics, answer.Topic{Slug: t.Slug, Label: in.Say(t.Label), Words: append([]string{t.Label}, t.Words...)})
	}
	return s.finder.Suggest(ctx, typed, topics)
}

func (s *Server) apiDocument(w http.ResponseWriter, r *http.Request) {
	if _, ok := s.parameters(w, r); !ok || s.unchanged(w, r) {
		return
	}
	s.tagBefore(w, r)
	d, err := s.engine.Document(r.Context(), chi.URLParam(r, "id"))
	if err != nil {
		s.failProgram(w, r, err, answer.Question{})
		return
	}
	s.writeJSON(w, r, http.StatusOK, "application/json", s.record(d, s.names(s.readStatus(r.Context()))))
}

// record is what programs get to know about a document.
func (s *Server) record(d index.Document, names *answer.Names) api.Document {
	return api.NewDocument(d.Quotable(), names, cite.APA(d, s.now()))
}

func (s *Server) apiTopics(w http.ResponseWriter, r *http.Request) {
	if _, ok := s.parameters(w, r); !ok || s.unchanged(w, r) {
		return
	}
	s.tagBefore(w, r)
	facets, err := s.finder.Overview(r.Context(), nil)
	if err != nil {
		s.failProgram(w, r, err, answer.Question{})
		return
	}
	counts := countsOf(facets, index.FacetTopic)
	out := api.Topics{Topics: []api.Topic{}}
	for _, t := range s.topics {
		words := append([]string{}, t.Words...)
		out.Topics = append(out.Topics, api.Topic{Slug: t.Slug, Label: t.Label, Definition: t.Definition, DefinitionEN: t.English, Words: words, Documents: counts[t.Slug]})
	}
	s.writeJSON(w, r, http.StatusOK, "application/json", out)
}

func countsOf(facets []answer.Facet, name string) map[string]int {
	counts := map[string]int{}
	for _, f := range facets {
		if f.Name != name {
			continue
		}
		for _, v := range f.Values {
			counts[v.Value] = v.Count
		}
	}
	return counts
}

func (s *Server) apiSources(w http.ResponseWriter, r *http.Request) {
	if _, ok := s.parameters(w, r); !ok {
		return
	}
	sources, err := s.sources(r.Context())
	if err != nil {
		s.failProgram(w, r, err, answer.Question{})
		return
	}
	out := api.Sources{Sources: []api.Source{}}
	for _, c := range sources {
		out.Sources = append(out.Sources, sourceRecord(c))
	}
	s.writeHashed(w, r, out)
}

func (s *Server) apiStats(w http.ResponseWriter, r *http.Request) {
	if _, ok := s.parameters(w, r); !ok {
		return
	}
	ctx := r.Context()
	st := s.readStatus(ctx)
	stats, err := s.engine.Stats(ctx)
	if err != nil {
		s.failProgram(w, r, err, answer.Question{})
		return
	}
	facets, err := s.finder.Overview(ctx, s.names(st))
	if err != nil {
		s.failProgram(w, r, err, answer.Question{})
		return
	}
	s.writeHashed(w, r, api.Stats{
		Documents: stats.Documents, Sources: len(countsOf(facets, index.FacetSource)), Generation: stats.Generation, Seq: stats.Seq,
		Schema: stats.Schema, Version: s.version.Version, Analyzer: s.version.Analyzer,
		LastCrawl: api.Moment(st.LastCrawl), Crawling: st.Crawling, Facets: api.Facets(facets),
	})
}

// choices are the topics and sources as the API names them. The register of sources may change while we serve.
func (s *Server) choices(ctx context.Context) map[string][]index.Choice {
	out := map[string][]index.Choice{}
	for _, t := range s.topics {
		out[index.FacetTopic] = append(out[index.FacetTopic], index.Choice{Slug: t.Slug, Label: t.Label})
	}
	for _, src := range s.readStatus(ctx).Sources {
		out[index.FacetSource] = append(out[index.FacetSource], index.Choice{Slug: src.ID, Label: src.Name})
	}
	return out
}

func (s *Server) apiProblem(w http.ResponseWriter, r *http.Request) {
	if _, ok := s.parameters(w, r); !ok {
		return
	}
	p, ok := api.NewProblem(api.Kind(chi.URLParam(r, "kind")), prefersEnglish(r))
	if !ok {
		s.notFound(w, r)
		return
	}
	w.Header().Add("Vary", "Accept-Language")
	s.writeHashed(w, r, p)
}

func (s *Server) apiSpec(w http.ResponseWriter, r *http.Request) {
	if _, ok := s.parameters(w, r); !ok {
		return
	}
	s.writeHashed(w, r, api.Spec(s.version.Version, s.choices(r.Context())))
}

// prefersEnglish reports whether English stands before Danish among the languages of a request. Weights are not
// weighed: browsers list what they prefer first.
func prefersEnglish(r *http.Request) bool {
	for piece := range strings.SplitSeq(r.Header.Get("Accept-Language"), ",") {
		lang, _, _ := strings.Cut(strings.TrimSpace(strings.ToLower(piece)), ";")
		switch lang, _, _ = strings.Cut(lang, "-"); lang {
		case "da":
			return false
		case "en":
			return true
		}
	}
	return false
}
