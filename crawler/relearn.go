package crawler

import (
	"context"
	"encoding/json"
	"fmt"

	"smaabornsviden/crawler/extract"
	"smaabornsviden/crawler/state"
)

// relearn settles the models of all sites and reads again what was read otherwise. It reports whether that brought
// something to fetch. When ctx ends, the next run does the rest.
func (k *keeper) relearn(ctx context.Context) (again bool, err error) {
	stop := ctx.Done()
	ctx = context.WithoutCancel(ctx)
	stand, err := k.learntStand(ctx)
	if err != nil {
		return false, err
	}
	before, err := k.st.Value(ctx, learntKey)
	if err != nil || before == stand {
		return false, err
	}
	sites, err := k.st.Sites(ctx, nil)
	if err != nil {
		return false, err
	}
	changed := 0
	for _, site := range sites {
		n, err := k.settle(ctx, stop, site)
		if err != nil {
			return false, fmt.Errorf("learn the template of %s: %w", site.Origin, err)
		}
		changed += n
	}
	return changed > 0, nil
}

// learntStand names the documents as they are and the reader.
func (k *keeper) learntStand(ctx context.Context) (string, error) {
	seq, err := k.st.LastSeq(ctx)
	return fmt.Sprint(k.c.o.Pipeline, " ", seq), err
}

// noteLearnt remembers that models are what the documents as they are now make them.
func (k *keeper) noteLearnt(ctx context.Context) error {
	stand, err := k.learntStand(ctx)
	if err != nil {
		return err
	}
	return k.st.Set(ctx, learntKey, stand)
}

// settle gives a site the model of its sample and reads again what was read by another.
func (k *keeper) settle(ctx context.Context, stop <-chan struct{}, site state.Site) (changed int, err error) {
	if k.c.atlas.byID[site.Source] == nil {
		return 0, nil // the register no longer has it
	}
	key := siteKey{site.Source, site.Origin}
	before := k.reader.lesson(ctx, key)
	was := before.learnt
	if !before.settled {
		was = learnt{}
	}
	sample, m, err := k.reader.learnSite(ctx, site, was)
	if err != nil {
		return 0, err
	}
	if sample != was.Sample {
		out, err := json.Marshal(learnt{Sample: sample, Model: m})
		if err != nil {
			return 0, err
		}
		if err := k.st.Set(ctx, key.String(), string(out)); err != nil {
			return 0, err
		}
		k.c.o.Log.Debug("learnt a template", "source", site.Source, "site", site.Origin, "model", m.Version())
	}
	k.reader.setModel(key, learnt{Sample: sample, Model: m}, true)
	return k.readAgain(ctx, stop, site, m)
}

// readAgain reads the pages of a site that were read by another model. Most say the same by both, and only that is noted.
func (k *keeper) readAgain(ctx context.Context, stop <-chan struct{}, site state.Site, m *extract.Model) (changed int, err error) {
	way := stamp(k.c.o.Pipeline, m)
	aside := newReviser(k.c, k.reader, k.run.Started)
	for after := int64(0); !ended(stop); {
		bodies, err := k.st.ReadOtherwise(ctx, site, way, after, rereadPage)
		if err != nil || len(bodies) == 0 {
			return changed, err
		}
		var alike []int64
		for _, b := range bodies {
			after = b.URL
			same, err := k.reader.readsAlike(ctx, b)
			if err != nil {
				return changed, err
			}
			if same {
				alike = append(alike, b.URL)
				continue
			}
			n, err := aside.reread(ctx, b)
			if err != nil {
				return changed, err
			}
			changed += n
		}
		if err := k.st.ReadAlike(ctx, way, alike...); err != nil {
			return changed, err
		}
	}
	return changed, nil
}

func ended(stop <-chan struct{}) bool {
	select {
	case <-stop:
		return true
	default:
		return false
	}
}
