package server

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"time"

	"smaabornsviden/index"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/api"
	"smaabornsviden/server/cite"
)

const (
	// exportLimit bounds an export: at the 10,000 documents a second that an index reads, it is enough for any.
	exportLimit = 2 * time.Minute
	// exportStep is how many documents are sent at once. Each step renews the time that a slow reader has.
	exportStep = 100
)

// exportParams are those of a search without paging, and the format.
var exportParams = answer.Params{Others: []string{"format"}}

// exports are lists of all hits.
type exports struct {
	reply  *replies
	cat    *catalogue
	refs   *references
	finder *answer.Finder
	now    func() time.Time
}

// apiExport writes all hits of a question, however many, one after the other.
func (h *exports) apiExport(w http.ResponseWriter, r *http.Request) {
	names := h.cat.namesFor(r.Context(), r.URL.Query())
	q, values, ok := h.reply.question(w, r, exportParams, names)
	if !ok {
		return
	}
	format, known := cite.Find(values.Get("format"))
	if !known || len(values["format"]) > 1 {
		fault := answer.Fault{Kind: answer.NotAChoice, Param: "format", Value: values.Get("format")}
		h.reply.writeProblem(w, r, api.BadParameter, api.ParameterErrors([]answer.Fault{fault}, prefersEnglish(r)))
		return
	}
	e := export{from: h, w: w, r: r, format: format, names: names}
	if err := e.run(q); err != nil {
		e.end(err, q)
	}
}

// export is one list on its way out.
type export struct {
	from   *exports
	w      http.ResponseWriter
	r      *http.Request
	format cite.Format
	names  *answer.Names
	out    *cite.Writer
	begun  bool
	n      int
}

// errHeadOnly ends a walk whose asker wants the header alone.
var errHeadOnly = errors.New("only the header was asked for")

func (e *export) run(q answer.Question) error {
	// How many stay out is told before the first of them, as headers are; the trailer tells what really happened.
	reserved, err := e.from.reserved(e.r.Context(), q)
	if err != nil {
		return err
	}
	e.w.Header().Set("X-Reserved", strconv.Itoa(reserved))
	walked, err := e.from.finder.All(e.r.Context(), q, e.begin, e.write)
	if err != nil {
		return err
	}
	if err := e.out.Close(); err != nil {
		return err
	}
	e.w.Header().Set("X-Left-Out", strconv.Itoa(walked.Left))
	e.w.Header().Set("X-Index-Changed", strconv.FormatBool(walked.Changed))
	return nil
}

// reserved counts the hits whose source reserves them from text and data mining: they are found, and stay out of every
// file. No index knows the number without reading the hits.
func (h *exports) reserved(ctx context.Context, q answer.Question) (int, error) {
	walked, err := h.finder.All(ctx, q, func(answer.Walked) error { return nil }, func(index.Document) error { return nil })
	return walked.Left, err
}

// begin sends the header. What is only known at the end follows as trailers.
func (e *export) begin(walked answer.Walked) error {
	h := e.w.Header()
	h.Set("Content-Type", e.format.ContentType)
	h.Set("Content-Disposition", `attachment; filename="smaabornsviden.`+e.format.Ext+`"`)
	h.Set("X-Total-Count", strconv.Itoa(walked.Total))
	h.Set("X-Index-State", walked.Generation+"/"+strconv.FormatUint(walked.Seq, 10))
	h.Set("Cache-Control", "no-store")
	h.Add("Trailer", "X-Left-Out")
	h.Add("Trailer", "X-Index-Changed")
	e.begun = true
	if e.r.Method == http.MethodHead {
		return errHeadOnly
	}
	var err error
	e.out, err = cite.NewWriter(e.w, e.format.Name, cite.Options{Accessed: e.from.now(), Record: e.record})
	return err
}

func (e *export) record(d index.Document) any { return e.from.refs.record(d, e.names) }

func (e *export) write(d index.Document) error {
	if e.n%exportStep == 0 {
		if err := e.out.Flush(); err != nil {
			return err
		}
		// Not every writer knows deadlines; the server's own holds then.
		_ = http.NewResponseController(e.w).SetWriteDeadline(time.Now().Add(writeTimeout))
	}
	e.n++
	return e.out.Write(d)
}

// end tells what went wrong. A list that has begun is cut off, so that nobody takes it for a whole one.
func (e *export) end(err error, q answer.Question) {
	switch {
	case errors.Is(err, errHeadOnly):
		e.w.WriteHeader(http.StatusOK)
	case !e.begun:
		e.from.reply.failProgram(e.w, e.r, err, q)
	case errors.Is(err, context.Canceled):
	default:
		e.from.reply.logError(e.r, "export", err, q.Text)
		panic(http.ErrAbortHandler)
	}
}
