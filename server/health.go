package server

import (
	"context"
	"net/http"
	"time"

	"smaabornsviden/index"
)

// vitals tell who watches this process that it is well, and which one it is.
type vitals struct {
	reply   *replies
	engine  index.Engine
	trouble func() error // nil when nothing can be
	version Version
}

// healthLimit is how long the engine may take to say that it is there.
const healthLimit = 2 * time.Second

type healthReport struct {
	Status     string `json:"status"` // ok or unavailable
	Documents  int    `json:"documents"`
	Generation string `json:"generation,omitempty"`
	Seq        uint64 `json:"seq"`
}

func (h *vitals) health(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), healthLimit)
	defer cancel()
	w.Header().Set("Cache-Control", "no-store")
	stats, err := h.engine.Stats(ctx)
	if err == nil && h.trouble != nil {
		err = h.trouble() // it still answers, but learns nothing new: whoever watches has to know
	}
	if err != nil {
		h.reply.logError(r, "ask engine", err, "")
		h.reply.writeJSON(w, r, http.StatusServiceUnavailable, "application/json", healthReport{Status: "unavailable"})
		return
	}
	report := healthReport{Status: "ok", Documents: stats.Documents, Generation: stats.Generation, Seq: stats.Seq}
	h.reply.writeJSON(w, r, http.StatusOK, "application/json", report)
}

func (h *vitals) tellVersion(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-cache")
	h.reply.writeJSON(w, r, http.StatusOK, "application/json", h.version)
}
