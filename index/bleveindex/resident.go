package bleveindex

import (
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// leanPause is how often a lean generation lets go of what it has read: a merge reads up to 50 MB of segments a second.
const leanPause = 100 * time.Millisecond

// mapped is a segment whose file is mapped into memory.
type mapped interface {
	segment.PersistedSegment
	Data() []byte
}

// stayLean lets go of the segments' pages until the generation closes. Bleve has no word in between while it merges, which is when all
// pages of several segments come in.
func (g *generation) stayLean() {
	tick := time.NewTicker(leanPause)
	defer tick.Stop()
	for {
		select {
		case <-g.failure.hastened:
			return
		case <-tick.C:
			g.letGo()
		}
	}
}

// letGo takes the pages of the segments in use out of this process's memory. They stay in the system's cache, whence they come
// back as soon as somebody reads them, also while this happens.
func (g *generation) letGo() {
	done, err := g.use()
	if err != nil {
		return
	}
	defer done()
	reader, err := g.bleve.Reader()
	if err != nil {
		return
	}
	defer reader.Close() // until then no file is unmapped
	for _, s := range reader.(*scorch.IndexSnapshot).Segments() {
		if m, ok := s.Segment().(mapped); ok && len(m.Data()) > 0 {
			dropPages(m.Data())
		}
	}
}
