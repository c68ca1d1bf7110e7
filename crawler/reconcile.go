package crawler

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"smaabornsviden/crawler/extract"
	"smaabornsviden/crawler/partners"
	"smaabornsviden/crawler/state"
)

// registerKey is under what the store remembers the register that its addresses were judged by.
const registerKey = "register"

// reconcile judges all known addresses again when the register has changed: what is out leaves the index, what is in
// again is visited. A source that says never or ask goes at once; what merely lies outside new bounds waits for the brake.
func (k *keeper) reconcile(ctx context.Context) error {
	now, err := fingerprint(k.c.o.Register)
	if err != nil {
		return err
	}
	before, err := k.st.Value(ctx, registerKey)
	if err != nil || before == now {
		return err
	}
	if before != "" {
		if err := k.rejudge(ctx); err != nil {
			return err
		}
	}
	return k.st.Set(ctx, registerKey, now)
}

func fingerprint(r *partners.Register) (string, error) {
	text, err := json.Marshal(r)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), nil
}

func (k *keeper) rejudge(ctx context.Context) error {
	for after := int64(0); ; {
		rows, err := k.st.URLs(ctx, "", after, sweepPage)
		if err != nil || len(rows) == 0 {
			return err
		}
		for _, u := range rows {
			after = u.ID
			if err := k.rejudgeOne(ctx, u); err != nil {
				return err
			}
		}
	}
}

func (k *keeper) rejudgeOne(ctx context.Context, u state.URL) error {
	p := k.c.place(u.Kind, u.URL)
	if u.Kind == state.Record {
		p = k.c.atlas.findRecord(u)
	}
	if u.Kind == state.OAI && p.reason == "" {
		// What its records are to us may have changed.
		if err := k.st.Reharvest(ctx, k.c.o.Clock.Now(), u.ID); err != nil {
			return err
		}
	}
	if u.Via == state.ViaStart && p.scope != nil && p.scope.ID == u.Source {
		p.reason, p.detail = policyReason(p.scope)
		p.url = u.URL
	}
	switch {
	case p.url != u.URL && p.reason == "":
		return k.rename(ctx, u, p)
	case p.reason == "" && u.State == state.Refused && u.Kind != state.Record:
		return k.offer(ctx, u, p)
	case p.reason != "" && (u.State != state.Refused || u.Doc != ""):
		return k.expel(ctx, u, p)
	case p.reason == "" && u.Doc != "":
		return k.applyTerms(ctx, u, p.scope)
	}
	return nil
}

// findRecord places an address that is known by its record alone: it stays as long as its source is harvested.
func (a *atlas) findRecord(u state.URL) place {
	sc := a.byID[u.Source]
	if sc == nil || sc.OAI == "" {
		return place{url: u.URL, reason: state.Unregistered}
	}
	reason, detail := policyReason(sc)
	return place{url: u.URL, scope: sc, reason: reason, detail: detail}
}

// applyTerms brings a document in line with what the register says of its source now.
func (k *keeper) applyTerms(ctx context.Context, u state.URL, sc *scope) error {
	d, err := k.st.DocumentAt(ctx, u.ID)
	if err != nil {
		return err
	}
	if d.MetadataOnly && sc.Policy == partners.Index {
		return k.st.Recall(ctx, k.c.o.Clock.Now(), true, u.ID) // its text has to be fetched
	}
	k.c.o.Describe(&d, sc.Source)
	// What the page itself allows is no longer known apart; a limit that was lifted shows at the next reading.
	d.SnippetMax = snippetMax(sc.SnippetMax, extract.MetaRobots{MaxSnippet: d.SnippetMax})
	if sc.Policy == partners.Metadata {
		d = onlyMetadata(d)
	}
	_, err = k.st.Revise(ctx, k.c.o.Clock.Now(), d)
	return err
}

// offer gives an address that was refused by the old register another chance.
func (k *keeper) offer(ctx context.Context, u state.URL, p place) error {
	_, err := k.st.Add(ctx, k.run.ID, k.c.o.Clock.Now(), []state.Found{{
		URL: u.URL, Origin: originOf(u.URL), Source: p.scope.ID, Kind: u.Kind, Via: u.Via, Depth: u.Depth, Priority: state.Links,
	}})
	return err
}

// expel refuses an address that the register no longer covers.
func (k *keeper) expel(ctx context.Context, u state.URL, p place) error {
	o := state.Outcome{
		URL: u.ID, Run: k.run.ID, Epoch: k.run.Started, At: k.c.o.Clock.Now(),
		State: state.Refused, Reason: p.reason, Detail: p.detail, Removal: state.Hold,
	}
	switch {
	case p.reason == state.PolicyAsk || p.reason == state.PolicyNever:
		o.Removal = state.AtOnce
	case k.c.atlas.byID[u.Source] == nil:
		o.Reason = state.Unregistered
	}
	return k.recorder.saveSwept(ctx, u, o)
}

// rename leads an address that has another canonical form now to that form.
func (k *keeper) rename(ctx context.Context, u state.URL, p place) error {
	if u.State == state.Refused || u.State == state.Redirect {
		return k.offer(ctx, state.URL{URL: p.url, Kind: u.Kind, Via: u.Via, Depth: u.Depth}, p)
	}
	return k.recorder.saveSwept(ctx, u, state.Outcome{
		URL: u.ID, Run: k.run.ID, Epoch: k.run.Started, At: k.c.o.Clock.Now(),
		State: state.Redirect, Reason: state.Moved, Detail: "new canonical form",
		Target: &state.Found{URL: p.url, Origin: originOf(p.url), Source: p.scope.ID, Kind: u.Kind, Via: u.Via, Depth: u.Depth, Priority: state.Starts},
	})
}
