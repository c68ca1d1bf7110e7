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

// searchAPI is what programs ask for: the same answers as JSON.
type searchAPI struct {
	reply     *replies
	cat       *catalogue
	tags      *tags
	gate      *gate
	refs      *references
	exports   *exports
	protocols *protocolAPI
	engine    index.Engine
	finder    *answer.Finder
	zeroHits  *zeroHits
	gone      *goneDocuments
	version   Version
}

// routes are those under /api/v1, open to pages of other sites.
func (h *searchAPI) routes(r chi.Router) {
	r.Use(openToOthers)
	get := getter(r)
	get("/problems/{kind}", h.apiProblem)
	get("/openapi.json", h.apiSpec)
	r.Group(func(r chi.Router) {
		r.Use(h.gate.limitAskers)
		get := getter(r)
		get("/search", h.apiSearch)
		get("/suggest", h.apiSuggest)
		get("/analyze", h.apiAnalyze)
		get("/documents/{id}", h.apiDocument)
		get("/topics", h.apiTopics)
		get("/sources", h.apiSources)
		get("/stats", h.apiStats)
		get("/export", h.exports.apiExport)
		h.protocols.routes(r)
	})
}

func (h *searchAPI) apiSearch(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	names := h.cat.namesFor(ctx, r.URL.Query())
	q, _, ok := h.reply.question(w, r, answer.APIParams, names)
	if !ok || h.tags.unchanged(w, r) {
		return
	}
	ans, err := h.finder.Find(ctx, q, names)
	if err != nil {
		h.reply.failProgram(w, r, err, q)
		return
	}
	h.zeroHits.note(r, ans)
	h.reply.countReserved(r, h.finder, &ans)
	h.tags.tag(w, r, state{ans.Generation, ans.Seq})
	for _, link := range api.Links(ans) {
		w.Header().Add("Link", link)
	}
	h.reply.writeJSON(w, r, http.StatusOK, "application/json", api.NewResult(ans))
}

func (h *searchAPI) apiSuggest(w http.ResponseWriter, r *http.Request) {
	values, ok := h.reply.parameters(w, r, "q", "lang")
	if !ok {
		return
	}
	in := tongue.Danish
	if values.Has("lang") {
		in = tongue.Tongue(values.Get("lang"))
	}
	if in != tongue.Danish && in != tongue.English {
		fault := answer.Fault{Kind: answer.NotAChoice, Param: "lang", Value: values.Get("lang")}
		h.reply.writeProblem(w, r, api.BadParameter, api.ParameterErrors([]answer.Fault{fault}, prefersEnglish(r)))
		return
	}
	if h.tags.unchanged(w, r) {
		return
	}
	h.tags.tagBefore(w, r)
	suggestions, err := h.cat.suggest(r.Context(), values.Get("q"), in)
	if err != nil {
		h.reply.failProgram(w, r, err, answer.Question{Text: values.Get("q")})
		return
	}
	out := api.Suggestions{Q: values.Get("q"), Suggestions: []api.Suggestion{}}
	for _, g := range suggestions {
		out.Suggestions = append(out.Suggestions, api.Suggestion{Text: g.Text, Kind: string(g.Kind), Label: in.Say(g.Kind.Label()), URL: g.Path, Lang: api.Known(g.Lang)})
	}
	h.reply.writeJSON(w, r, http.StatusOK, "application/json", out)
}

// apiAnalyze tells how a text is read, as the page of help and the command analyze do.
func (h *searchAPI) apiAnalyze(w http.ResponseWriter, r *http.Request) {
	values, ok := h.reply.parameters(w, r, "text")
	if !ok {
		return
	}
	text := values.Get("text")
	switch {
	case query.LooksLikeCPR(text):
		h.reply.writeProblem(w, r, api.CPR, nil)
	case len(text) > query.MaxBytes:
		h.reply.writeProblem(w, r, api.TooLong, nil)
	default:
		h.reply.writeHashed(w, r, h.cat.analysis(text))
	}
}

func (h *searchAPI) apiDocument(w http.ResponseWriter, r *http.Request) {
	if _, ok := h.reply.parameters(w, r); !ok || h.tags.unchanged(w, r) {
		return
	}
	h.tags.tagBefore(w, r)
	id := chi.URLParam(r, "id")
	d, err := h.engine.Document(r.Context(), id)
	if err != nil {
		h.gone.problem(w, r, id, err)
		return
	}
	h.reply.writeJSON(w, r, http.StatusOK, "application/json", h.refs.record(d, h.cat.names(h.cat.readStatus(r.Context()))))
}

func (h *searchAPI) apiTopics(w http.ResponseWriter, r *http.Request) {
	if _, ok := h.reply.parameters(w, r); !ok || h.tags.unchanged(w, r) {
		return
	}
	h.tags.tagBefore(w, r)
	facets, err := h.finder.Overview(r.Context(), nil)
	if err != nil {
		h.reply.failProgram(w, r, err, answer.Question{})
		return
	}
	counts := countsOf(facets, index.FacetTopic)
	out := api.Topics{Topics: []api.Topic{}}
	for _, t := range h.cat.topics {
		words := append([]string{}, t.Words...)
		out.Topics = append(out.Topics, api.Topic{Slug: t.Slug, Label: t.Label, Definition: t.Definition, DefinitionEN: t.English, Words: words, Documents: counts[t.Slug]})
	}
	h.reply.writeJSON(w, r, http.StatusOK, "application/json", out)
}

func (h *searchAPI) apiSources(w http.ResponseWriter, r *http.Request) {
	if _, ok := h.reply.parameters(w, r); !ok {
		return
	}
	sources, err := h.cat.sources(r.Context())
	if err != nil {
		h.reply.failProgram(w, r, err, answer.Question{})
		return
	}
	out := api.Sources{Sources: []api.Source{}}
	for _, c := range sources {
		out.Sources = append(out.Sources, sourceRecord(c))
	}
	h.reply.writeHashed(w, r, out)
}

func (h *searchAPI) apiStats(w http.ResponseWriter, r *http.Request) {
	if _, ok := h.reply.parameters(w, r); !ok {
		return
	}
	ctx := r.Context()
	st := h.cat.readStatus(ctx)
	stats, err := h.engine.Stats(ctx)
	if err != nil {
		h.reply.failProgram(w, r, err, answer.Question{})
		return
	}
	facets, err := h.finder.Overview(ctx, h.cat.names(st))
	if err != nil {
		h.reply.failProgram(w, r, err, answer.Question{})
		return
	}
	h.reply.writeHashed(w, r, api.Stats{
		Documents: stats.Documents, Sources: len(countsOf(facets, index.FacetSource)), Generation: stats.Generation, Seq: stats.Seq,
		Schema: stats.Schema, Version: h.version.Version, Analyzer: h.version.Analyzer,
		LastCrawl: api.Moment(st.LastCrawl), Crawling: st.Crawling, Facets: api.Facets(facets),
	})
}

func (h *searchAPI) apiProblem(w http.ResponseWriter, r *http.Request) {
	if _, ok := h.reply.parameters(w, r); !ok {
		return
	}
	p, ok := api.NewProblem(api.Kind(chi.URLParam(r, "kind")), prefersEnglish(r))
	if !ok {
		h.reply.notFound(w, r)
		return
	}
	w.Header().Add("Vary", "Accept-Language")
	h.reply.writeHashed(w, r, p)
}

func (h *searchAPI) apiSpec(w http.ResponseWriter, r *http.Request) {
	if _, ok := h.reply.parameters(w, r); !ok {
		return
	}
	h.reply.writeHashed(w, r, api.Spec(h.version.Version, h.cat.choices(r.Context())))
}
