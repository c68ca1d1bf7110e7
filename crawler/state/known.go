package state

import "sync"

// knownMost bounds the remembered addresses: some 15 MB.
const knownMost = 100_000

// knownURLs remembers addresses whose rows a find by a plain link would leave as they are, with the depth that they have
// at most. What it says of a row stays true until the row is recorded or found again in a way that changes it, and
// both drop it here.
type knownURLs struct {
	mu    sync.Mutex
	depth map[string]int // shut for a row that was refused when it was found: a find that may be followed opens it
}

// shut marks rows that only finds with a reason leave as they are.
const shut = -1

// settles reports whether a find would change nothing.
func (k *knownURLs) settles(f Found) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	depth, ok := k.depth[f.URL]
	if !ok || f.Reason != "" {
		return ok
	}
	return depth != shut && f.Depth >= depth && f.Kind == Page && f.Priority <= Links && f.Claimed.IsZero()
}

// keep remembers a row as it stands in the table.
func (k *knownURLs) keep(u URL) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.depth == nil || len(k.depth) >= knownMost {
		k.depth = map[string]int{}
	}
	depth := u.Depth
	if u.State == Refused && linkReasons[u.Reason] {
		depth = shut
	}
	if u.Kind == Page || depth == shut {
		k.depth[u.URL] = depth
	}
}

// drop forgets a row that is about to change.
func (k *knownURLs) drop(address string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.depth, address)
}

// forget forgets all.
func (k *knownURLs) forget() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.depth = nil
}
