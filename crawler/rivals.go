package crawler

import (
	"context"
	"errors"
	"fmt"

	"smaabornsviden/crawler/state"
)

// rivals finds the other rows that may stand for the same document.
func (r *recorder) rivals(ctx context.Context, s *sight) error {
	var err error
	if s.scope.OAI != "" {
		if err = r.told(ctx, s); err != nil {
			return err
		}
	}
	if s.err == nil && s.target != nil && s.target.reason == "" {
		if s.loops, err = r.loops(ctx, s.row.ID, s.target.url); err != nil {
			return err
		}
	}
	if !s.read || s.extErr != nil {
		// There is no text to hold against others; what is left to settle is who named this address before it led elsewhere.
		return r.redirectClaims(ctx, s)
	}
	if s.row.Doc != "" {
		d, err := r.st.DocumentAt(ctx, s.row.ID)
		if err != nil && !errors.Is(err, state.ErrNotFound) {
			return err
		}
		s.mine = d.FirstSeen
	}
	// Short texts are alike by chance: "Siden er flyttet" is no copy of the next page that says so.
	if len(s.ext.Text) >= minTwinText {
		if s.twin, err = r.twin(ctx, s); err != nil {
			return err
		}
	}
	if s.elder, err = r.elder(ctx, s); err != nil {
		return err
	}
	if s.claimants, err = r.claimants(ctx, s); err != nil {
		return err
	}
	return r.files(ctx, s)
}

// redirectClaims finds the documents that name this address as their canonical one, now that it leads elsewhere.
func (r *recorder) redirectClaims(ctx context.Context, s *sight) error {
	if s.target == nil || s.target.reason != "" || s.loops {
		return nil
	}
	u, err := r.st.URL(ctx, s.target.url)
	if err == nil {
		u, err = r.st.Resolve(ctx, u.ID)
	}
	if errors.Is(err, state.ErrNotFound) || err == nil && u.Doc == "" {
		return nil
	}
	if err != nil {
		return err
	}
	there, err := r.rival(ctx, u)
	if err != nil {
		return err
	}
	// They are compared with what stands at the end of the redirect: this answer has no text of its own.
	as := *s
	as.hash, as.document, as.canonical = u.Hash, there.doc, nil
	s.claimants, err = r.claimants(ctx, &as)
	return err
}

// loops reports whether the address that a redirect leads to leads back to the row. Each hop was stored by a visit of its own, maybe
// of another day, so that a ring shows nowhere but in the rows.
func (r *recorder) loops(ctx context.Context, row int64, to string) (bool, error) {
	u, err := r.st.URL(ctx, to)
	for range maxHops {
		if errors.Is(err, state.ErrNotFound) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		if u.ID == row {
			return true, nil
		}
		if u.State != state.Redirect || u.Target == 0 {
			return false, nil
		}
		u, err = r.st.URLByID(ctx, u.Target)
	}
	return true, nil // no visit follows that many hops, so that it leads nowhere either way
}

func (r *recorder) twin(ctx context.Context, s *sight) (*rival, error) {
	u, ok, err := r.st.Twin(ctx, s.row, s.hash)
	if err != nil || !ok {
		return nil, err
	}
	return r.rival(ctx, u)
}

func (r *recorder) rival(ctx context.Context, u state.URL) (*rival, error) {
	d, err := r.st.DocumentAt(ctx, u.ID)
	if err != nil {
		return nil, fmt.Errorf("document of %s: %w", u.URL, err)
	}
	return &rival{row: u, created: d.FirstSeen, doc: d}, nil
}

// elder returns the document at the canonical address that the page names, when the two are much alike. Two pages that
// name each other, or a page that all others name, settle nothing.
func (r *recorder) elder(ctx context.Context, s *sight) (*rival, error) {
	if s.canonical == nil || s.canonical.reason != "" || s.canonical.url == s.row.URL {
		return nil, nil
	}
	u, err := r.st.URL(ctx, s.canonical.url)
	if err == nil {
		u, err = r.st.Resolve(ctx, u.ID)
	}
	if errors.Is(err, state.ErrNotFound) {
		return nil, nil
	}
	if err != nil || u.ID == s.row.ID || u.State != state.OK || u.Doc == "" || u.Source != s.row.Source || u.Canonical == s.row.ID {
		return nil, err
	}
	other, err := r.rival(ctx, u)
	if err != nil || !alike(*s, other) {
		return nil, err
	}
	return other, nil
}

// alike reports whether the page and a document are one text in two dresses.
func alike(s sight, other *rival) bool {
	if other.row.Hash == s.hash {
		return true
	}
	return likeness(s.document.Title+"\n"+s.document.Body, other.doc.Title+"\n"+ownText(other.doc)) >= nearText
}

// claimants returns the documents much like this page that name it as their canonical address.
func (r *recorder) claimants(ctx context.Context, s *sight) ([]state.URL, error) {
	all, err := r.st.Claimants(ctx, s.row.ID)
	if err != nil {
		return nil, err
	}
	var out []state.URL
	for _, u := range all {
		if u.Source != s.row.Source || s.canonical != nil && s.canonical.url == u.URL {
			continue
		}
		other, err := r.rival(ctx, u)
		if err != nil {
			return nil, err
		}
		if alike(*s, other) {
			out = append(out, u)
		}
	}
	return out, nil
}
