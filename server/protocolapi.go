package server

import (
	"net/http"
	"strings"

	"github.com/go-chi/chi/v5"

	"smaabornsviden/server/answer"
	"smaabornsviden/server/api"
	"smaabornsviden/server/page"
	"smaabornsviden/server/protocol"
	"smaabornsviden/server/tongue"
)

// protocolAPI is where programs keep a search, read it and run it again.
type protocolAPI struct {
	reply    *replies
	cat      *catalogue
	kept     *protocols
	sameSite *http.CrossOriginProtection
	site     siteURL
}

// routes are those of protocols for programs.
func (h *protocolAPI) routes(r chi.Router) {
	get := getter(r)
	r.Post("/protocol", h.apiSaveProtocol)
	get("/protocol/{id}", h.apiProtocol)
	get("/protocol/{id}/compare", h.apiCompare)
}

// apiSaveProtocol keeps a search whose parameters stand in the address.
func (h *protocolAPI) apiSaveProtocol(w http.ResponseWriter, r *http.Request) {
	if !h.kept.takes() {
		h.reply.writeProblem(w, r, api.NotFound, nil)
		return
	}
	if err := h.sameSite.Check(r); err != nil {
		h.reply.writeProblem(w, r, api.Foreign, nil)
		return
	}
	names := h.cat.namesFor(r.Context(), r.URL.Query())
	q, _, ok := h.reply.question(w, r, answer.Params{}, names)
	if !ok {
		return
	}
	id, text, err := h.kept.keep(r, q, names)
	if err != nil {
		h.reply.failProgram(w, r, err, q)
		return
	}
	head := w.Header()
	head.Set("Location", api.ProtocolPath+"/"+id)
	head.Add("Link", "<"+page.ProtocolPath+"/"+id+`>; rel="alternate"; type="text/html"`)
	head.Set("Content-Type", "application/json")
	head.Set("Cache-Control", "no-store")
	send(w, r, http.StatusCreated, text)
}

// apiProtocol gives a protocol byte for byte as its id was made of it, or as text or CSV for an appendix.
func (h *protocolAPI) apiProtocol(w http.ResponseWriter, r *http.Request) {
	values, ok := h.reply.parameters(w, r, "format")
	if !ok {
		return
	}
	id := chi.URLParam(r, "id")
	text, err := h.kept.text(r.Context(), id)
	var rec protocol.Record
	if err == nil {
		rec, err = protocol.Decode(text)
	}
	if err != nil {
		h.reply.failProgram(w, r, err, answer.Question{})
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
		err = protocol.WriteText(&b, rec, h.site.base(r)+page.ProtocolPath+"/"+id, t)
	case "csv":
		contentType = "text/csv; charset=utf-8"
		err = protocol.WriteCSV(&b, rec, h.site.base(r))
	default:
		fault := answer.Fault{Kind: answer.NotAChoice, Param: "format", Value: format}
		h.reply.writeProblem(w, r, api.BadParameter, api.ParameterErrors([]answer.Fault{fault}, prefersEnglish(r)))
		return
	}
	if err != nil {
		h.reply.failProgram(w, r, err, answer.Question{})
		return
	}
	if contentType != "application/json" {
		w.Header().Set("Content-Disposition", `attachment; filename="soegeprotokol-`+id+`.`+values.Get("format")+`"`)
	}
	w.Header().Set("Content-Type", contentType)
	sendTagged(w, r, []byte(b.String()))
}

func (h *protocolAPI) apiCompare(w http.ResponseWriter, r *http.Request) {
	if _, ok := h.reply.parameters(w, r); !ok {
		return
	}
	_, c, err := h.kept.again(r, chi.URLParam(r, "id"))
	if err != nil {
		h.reply.failProgram(w, r, err, answer.Question{})
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	h.reply.writeJSON(w, r, http.StatusOK, "application/json", c)
}
