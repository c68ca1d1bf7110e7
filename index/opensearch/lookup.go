package opensearch

import (
	"context"
	"errors"
	"sync"
	"time"

	"smaabornsviden/index"
)

// Bounds of keeping the dictionary fresh.
const (
	loadLimit = time.Minute
	// A word that the dictionary lacks may have come since it was made. So few words are asked after: those that a reader
	// typed, not all that a mended spelling is looked for among.
	asksAfter = 16
	// For so long after an answer of the cluster it is taken to stand at the same batch still: a search asks after its words one
	// by one, and the first answer tells whether the others can have come since.
	standsFor = time.Second
)

// lookup holds the dictionary that a process looks words up in.
type lookup struct {
	mu       sync.Mutex // guards what follows
	answered state      // by what answered last
	at       time.Time  // when that was
	held     *dictionary
	looked   time.Time // when the shelf was looked at last
	loading  bool
	ended    bool
}

// end tells whoever loads to stop; it may be called again.
func (l *lookup) end(closing chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.ended {
		close(closing)
	}
	l.ended = true
}

// saw notes what answers.
func (l *lookup) saw(st state) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.answered, l.at = st, time.Now()
}

// holdsAll reports whether a dictionary was made of the very batch at which the cluster stands.
func (l *lookup) holdsAll(d *dictionary) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	same := d.head.Generation == l.answered.generation && d.head.Seq == l.answered.first && l.answered.whole()
	return same && time.Since(l.at) < standsFor
}

// dictionary is that of the generation in use, nil when there is none. It never waits: a newer one is loaded in the background
// while the one at hand, or the cluster, answers.
func (s *Store) dictionary() *dictionary {
	if s.options.TermsAge <= 0 {
		return nil
	}
	l := &s.words
	l.mu.Lock()
	defer l.mu.Unlock()
	fits := l.held != nil && l.held.head.Generation == l.answered.generation
	wait := s.options.TermsAge / 4
	if !fits {
		wait = min(wait, 5*time.Second)
	}
	if !l.loading && !l.ended && time.Since(l.looked) >= wait {
		l.loading = true
		go s.reload(l.held)
	}
	if !fits {
		return nil
	}
	return l.held
}

// reload looks for a newer dictionary. That there is none, or that it was being replaced, is settled by the next look.
func (s *Store) reload(held *dictionary) {
	ctx, cancel := context.WithTimeout(context.Background(), loadLimit)
	defer cancel()
	ended := make(chan struct{})
	defer close(ended)
	go func() {
		select {
		case <-s.closing: // Close waits for us
			cancel()
		case <-ended:
		}
	}()
	d, err := held, errors.New("store is closed")
	if done, useErr := s.use(ctx); useErr == nil {
		d, err = s.readDictionary(ctx, held)
		done()
	}
	s.words.mu.Lock()
	defer s.words.mu.Unlock()
	s.words.loading, s.words.looked = false, time.Now()
	if err == nil {
		s.words.held = d
	}
}

// lookUp is DocFreq by the dictionary.
func (s *Store) lookUp(ctx context.Context, d *dictionary, f index.Field, terms []string) ([]int, error) {
	freqs := make([]int, len(terms))
	var missing []int
	for i, t := range terms {
		n, known := d.docs(f, t)
		if !known {
			return s.docFreqs(ctx, f, terms)
		}
		if freqs[i] = n; n == 0 {
			missing = append(missing, i)
		}
	}
	if len(missing) == 0 || len(missing) > asksAfter || s.words.holdsAll(d) {
		return freqs, nil
	}
	asked := make([]string, len(missing))
	for k, i := range missing {
		asked[k] = terms[i]
	}
	counts, err := s.docFreqs(ctx, f, asked)
	if err != nil {
		return nil, err
	}
	for k, i := range missing {
		freqs[i] = counts[k]
	}
	return freqs, nil
}
