package server

import (
	"net/http"
	"time"

	"smaabornsviden/index"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/api"
	"smaabornsviden/server/cite"
)

// references write documents as files for reference managers.
type references struct {
	reply *replies
	cat   *catalogue
	now   func() time.Time
}

// record is what programs get to know about a document.
func (rf *references) record(d index.Document, names *answer.Names) api.Document {
	return api.NewDocument(d.Quotable(), names, cite.APA(d, rf.now()))
}

// writeReferences sends documents as a file of references. A list leaves out what its source reserves; a single document
// that a reader asks for by name is a citation, and no list.
func (rf *references) writeReferences(w http.ResponseWriter, r *http.Request, format cite.Format, name string, docs []index.Document) {
	h := w.Header()
	h.Set("Content-Type", format.ContentType)
	h.Set("Content-Disposition", `attachment; filename="`+name+`.`+format.Ext+`"`)
	h.Set("Cache-Control", cachePage)
	if r.Method == http.MethodHead {
		return
	}
	names := rf.cat.names(rf.cat.readStatus(r.Context()))
	record := func(d index.Document) any { return rf.record(d, names) }
	out, err := cite.NewWriter(w, format.Name, cite.Options{Accessed: rf.now(), Record: record})
	for _, d := range docs {
		if err == nil && (len(docs) == 1 || !d.TDMReserved) {
			err = out.Write(d)
		}
	}
	if err == nil {
		err = out.Close()
	}
	if err != nil {
		rf.reply.logError(r, "write reference", err, "")
	}
}
