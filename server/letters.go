package server

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"smaabornsviden/index"
	"smaabornsviden/server/inbox"
	"smaabornsviden/server/page"
	"smaabornsviden/server/shelf"
)

// Shelf keeps what readers leave. *shelf.Shelf is one in a file; a cluster has another that all processes share.
type Shelf interface {
	// Put stores a record in the place of one of the same kind and id, Add only where there is none (shelf.ErrExists).
	// shelf.ErrFull tells that there is no room.
	Put(ctx context.Context, r shelf.Record) error
	Add(ctx context.Context, r shelf.Record) error
	// Get returns a record, or index.ErrNotFound.
	Get(ctx context.Context, kind, id string) (shelf.Record, error)
	// List returns up to n records of a kind that are of since or later, newest first.
	List(ctx context.Context, kind string, since time.Time, n int) ([]shelf.Record, error)
	// Remove takes a record away; that there is none is no error.
	Remove(ctx context.Context, kind, id string) error
}

// Bounds of letters. A municipality may sit behind one address, so an asker has more than one.
const (
	lettersEach  = 6
	lettersAll   = 500
	lettersSpan  = time.Hour
	letterBytes  = 32 << 10 // a form of the longest fields, encoded
	letterNumber = "nummer" // parameter with the number of a letter
)

// letterPages are the forms by which readers write to the operator.
type letterPages struct {
	reply    *replies
	shelf    Shelf // nil where none are taken
	sameSite *http.CrossOriginProtection
	quota    *quota // of letters
	contact  string // of the operator
	now      func() time.Time
	log      *slog.Logger
}

// routes are those on which readers write to the operator, in both languages.
func (h *letterPages) routes(r chi.Router) {
	for _, kind := range inbox.Kinds {
		getter(r)(page.LetterPath(kind), func(w http.ResponseWriter, r *http.Request) { h.letterForm(w, r, kind) })
		r.Post(page.LetterPath(kind), func(w http.ResponseWriter, r *http.Request) { h.receiveLetter(w, r, kind) })
	}
}

// letterForm is the empty form, or what became of the letter whose number the address has.
func (h *letterPages) letterForm(w http.ResponseWriter, r *http.Request, kind inbox.Kind) {
	values := mendedQuery(r.URL.RawQuery)
	form := page.LetterForm{Letter: inbox.Letter{Kind: kind}}
	if address, faults := inbox.Check(inbox.Letter{Kind: kind, Address: values.Get("adresse")}); faults["adresse"] == "" {
		form.Letter.Address = address.Address
	}
	if number := values.Get(letterNumber); number != "" {
		l, err := h.letter(r.Context(), kind, number)
		switch {
		case err == nil:
			form.Receipt = &l
		case errors.Is(err, index.ErrNotFound):
			form.Unknown = true
		default:
			h.reply.failPage(w, r, err)
			return
		}
	}
	w.Header().Set("Cache-Control", cachePage)
	h.writeLetter(w, r, http.StatusOK, form)
}

func (h *letterPages) writeLetter(w http.ResponseWriter, r *http.Request, status int, form page.LetterForm) {
	form.Closed, form.Contact = h.shelf == nil, h.contact
	if status != http.StatusOK {
		w.Header().Set("Cache-Control", "no-store")
	}
	h.reply.writeHTML(w, r, status, func(b *strings.Builder) error { return h.reply.pagesFor(r).Letter(b, form) })
}

// letter reads one letter; index.ErrNotFound for what is no number of ours.
func (h *letterPages) letter(ctx context.Context, kind inbox.Kind, number string) (inbox.Letter, error) {
	if h.shelf == nil || !inbox.IsID(number) {
		return inbox.Letter{}, index.ErrNotFound
	}
	rec, err := h.shelf.Get(ctx, string(kind), number)
	if err != nil {
		return inbox.Letter{}, err
	}
	return inbox.Unpack(rec)
}

// receiveLetter takes a form. What a stranger's page or a machine that fills in every field sends is not kept.
func (h *letterPages) receiveLetter(w http.ResponseWriter, r *http.Request, kind inbox.Kind) {
	form := page.LetterForm{Letter: inbox.Letter{Kind: kind}}
	if h.shelf == nil {
		h.reply.notFound(w, r)
		return
	}
	if err := h.sameSite.Check(r); err != nil {
		form.Problem = page.FromElsewhere
		h.writeLetter(w, r, http.StatusForbidden, form)
		return
	}
	values, err := readForm(w, r, letterBytes)
	if err != nil {
		form.Problem = page.FormTooLarge
		h.writeLetter(w, r, http.StatusRequestEntityTooLarge, form)
		return
	}
	if values.Get("hjemmeside") != "" {
		http.Redirect(w, r, r.URL.Path, http.StatusSeeOther) // no reader sees that field
		return
	}
	form.Letter, form.Faults = inbox.Check(inbox.Letter{
		Kind: kind, Address: values.Get("adresse"), Name: values.Get("navn"), Role: values.Get("rolle"),
		Text: values.Get("tekst"), Contact: values.Get("mail"),
	})
	if len(form.Faults) > 0 {
		h.writeLetter(w, r, http.StatusUnprocessableEntity, form)
		return
	}
	h.keepLetter(w, r, form)
}

// keepLetter stores a letter that is right and leads to its receipt, so that loading the page again sends nothing.
func (h *letterPages) keepLetter(w http.ResponseWriter, r *http.Request, form page.LetterForm) {
	if !h.quota.take(r) {
		form.Problem = page.TooManyForms
		w.Header().Set("Retry-After", "3600")
		h.writeLetter(w, r, http.StatusTooManyRequests, form)
		return
	}
	l := form.Letter
	l.ID, l.At = inbox.NewID(), h.now()
	rec, err := inbox.Pack(l)
	if err == nil {
		err = h.shelf.Add(r.Context(), rec)
	}
	if err != nil {
		h.reply.logError(r, "keep letter", err, "")
		form.Problem = page.NotStored
		h.writeLetter(w, r, http.StatusServiceUnavailable, form)
		return
	}
	h.log.Info("letter received", "kind", string(l.Kind), "number", l.ID)
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, r.URL.Path+"?"+letterNumber+"="+l.ID, http.StatusSeeOther)
}
