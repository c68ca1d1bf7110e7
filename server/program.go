package server

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"smaabornsviden/index"
	"smaabornsviden/index/query"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/api"
	"smaabornsviden/server/tongue"
)

// programs are the routes under /api/v1, open to pages of other sites.
func (s *Server) programs(r chi.Router) {
	r.Use(openToOthers)
	get := getter(r)
	get("/problems/{kind}", s.apiProblem)
	get("/openapi.json", s.apiSpec)
	r.Group(func(r chi.Router) {
		r.Use(s.gate.limitAskers)
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

func (s *Server) apiSearch(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	names := s.cat.namesFor(ctx, r.URL.Query())
	q, _, ok := s.reply.question(w, r, answer.APIParams, names)
	if !ok || s.tags.unchanged(w, r) {
		return
	}
	ans, err := s.finder.Find(ctx, q, names)
	if err != nil {
		s.reply.failProgram(w, r, err, q)
		return
	}
	s.zeroHits.note(r, ans)
	s.tags.tag(w, r, state{ans.Generation, ans.Seq})
	for _, link := range api.Links(ans) {
		w.Header().Add("Link", link)
	}
	s.reply.writeJSON(w, r, http.StatusOK, "application/json", api.NewResult(ans))
}

func (s *Server) apiSuggest(w http.ResponseWriter, r *http.Request) {
	values, ok := s.reply.parameters(w, r, "q", "lang")
	if !ok {
		return
	}
	in := tongue.Danish
	if values.Has("lang") {
		in = tongue.Tongue(values.Get("lang"))
	}
	if in != tongue.Danish && in != tongue.English {
		fault := answer.Fault{Kind: answer.NotAChoice, Param: "lang", Value: values.Get("lang")}
		s.reply.writeProblem(w, r, api.BadParameter, api.ParameterErrors([]answer.Fault{fault}, prefersEnglish(r)))
		return
	}
	if s.tags.unchanged(w, r) {
		return
	}
	s.tags.tagBefore(w, r)
	suggestions, err := s.cat.suggest(r.Context(), values.Get("q"), in)
	if err != nil {
		s.reply.failProgram(w, r, err, answer.Question{Text: values.Get("q")})
		return
	}
	out := api.Suggestions{Q: values.Get("q"), Suggestions: []api.Suggestion{}}
	for _, g := range suggestions {
		out.Suggestions = append(out.Suggestions, api.Suggestion{Text: g.Text, Kind: string(g.Kind), Label: in.Say(g.Kind.Label()), URL: g.Path, Lang: api.Known(g.Lang)})
	}
	s.reply.writeJSON(w, r, http.StatusOK, "application/json", out)
}

// apiAnalyze tells how a text is read, as the page of help and the command analyze do.
func (s *Server) apiAnalyze(w http.ResponseWriter, r *http.Request) {
	values, ok := s.reply.parameters(w, r, "text")
	if !ok {
		return
	}
	text := values.Get("text")
	switch {
	case query.LooksLikeCPR(text):
		s.reply.writeProblem(w, r, api.CPR, nil)
	case len(text) > query.MaxBytes:
		s.reply.writeProblem(w, r, api.TooLong, nil)
	default:
		s.reply.writeHashed(w, r, s.cat.analysis(text))
	}
}

func (s *Server) apiDocument(w http.ResponseWriter, r *http.Request) {
	if _, ok := s.reply.parameters(w, r); !ok || s.tags.unchanged(w, r) {
		return
	}
	s.tags.tagBefore(w, r)
	d, err := s.engine.Document(r.Context(), chi.URLParam(r, "id"))
	if err != nil {
		s.reply.failProgram(w, r, err, answer.Question{})
		return
	}
	s.reply.writeJSON(w, r, http.StatusOK, "application/json", s.refs.record(d, s.cat.names(s.cat.readStatus(r.Context()))))
}

func (s *Server) apiTopics(w http.ResponseWriter, r *http.Request) {
	if _, ok := s.reply.parameters(w, r); !ok || s.tags.unchanged(w, r) {
		return
	}
	s.tags.tagBefore(w, r)
	facets, err := s.finder.Overview(r.Context(), nil)
	if err != nil {
		s.reply.failProgram(w, r, err, answer.Question{})
		return
	}
	counts := countsOf(facets, index.FacetTopic)
	out := api.Topics{Topics: []api.Topic{}}
	for _, t := range s.cat.topics {
		words := append([]string{}, t.Words...)
		out.Topics = append(out.Topics, api.Topic{Slug: t.Slug, Label: t.Label, Definition: t.Definition, DefinitionEN: t.English, Words: words, Documents: counts[t.Slug]})
	}
	s.reply.writeJSON(w, r, http.StatusOK, "application/json", out)
}

func (s *Server) apiSources(w http.ResponseWriter, r *http.Request) {
	if _, ok := s.reply.parameters(w, r); !ok {
		return
	}
	sources, err := s.cat.sources(r.Context())
	if err != nil {
		s.reply.failProgram(w, r, err, answer.Question{})
		return
	}
	out := api.Sources{Sources: []api.Source{}}
	for _, c := range sources {
		out.Sources = append(out.Sources, sourceRecord(c))
	}
	s.reply.writeHashed(w, r, out)
}

func (s *Server) apiStats(w http.ResponseWriter, r *http.Request) {
	if _, ok := s.reply.parameters(w, r); !ok {
		return
	}
	ctx := r.Context()
	st := s.cat.readStatus(ctx)
	stats, err := s.engine.Stats(ctx)
	if err != nil {
		s.reply.failProgram(w, r, err, answer.Question{})
		return
	}
	facets, err := s.finder.Overview(ctx, s.cat.names(st))
	if err != nil {
		s.reply.failProgram(w, r, err, answer.Question{})
		return
	}
	s.reply.writeHashed(w, r, api.Stats{
		Documents: stats.Documents, Sources: len(countsOf(facets, index.FacetSource)), Generation: stats.Generation, Seq: stats.Seq,
		Schema: stats.Schema, Version: s.version.Version, Analyzer: s.version.Analyzer,
		LastCrawl: api.Moment(st.LastCrawl), Crawling: st.Crawling, Facets: api.Facets(facets),
	})
}

func (s *Server) apiProblem(w http.ResponseWriter, r *http.Request) {
	if _, ok := s.reply.parameters(w, r); !ok {
		return
	}
	p, ok := api.NewProblem(api.Kind(chi.URLParam(r, "kind")), prefersEnglish(r))
	if !ok {
		s.reply.notFound(w, r)
		return
	}
	w.Header().Add("Vary", "Accept-Language")
	s.reply.writeHashed(w, r, p)
}

func (s *Server) apiSpec(w http.ResponseWriter, r *http.Request) {
	if _, ok := s.reply.parameters(w, r); !ok {
		return
	}
	s.reply.writeHashed(w, r, api.Spec(s.version.Version, s.cat.choices(r.Context())))
}
