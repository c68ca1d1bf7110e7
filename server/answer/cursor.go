package answer

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strings"

	"smaabornsviden/index"
)

// ErrExpired means that the index has changed since a cursor was given out: what would follow might skip hits or show
// them twice.
var ErrExpired = errors.New("cursor belongs to an earlier state of the index")

// Cursor is a place in the hits of one question, bound to the state of the index that gave it.
type Cursor struct {
	Generation string       `json:"g"`
	Seq        uint64       `json:"s"`
	Key        index.Cursor `json:"k"`
	Asked      string       `json:"q"` // fingerprint of the question
}

// cursorText has neither 0, 1 nor -, so that no cursor can look like a CPR number.
var cursorText = base32.StdEncoding.WithPadding(base32.NoPadding)

// String writes the cursor for an address.
func (c Cursor) String() string {
	text, _ := json.Marshal(c) // nothing in it can fail
	return strings.ToLower(cursorText.EncodeToString(text))
}

func parseCursor(text string) (Cursor, bool) {
	var c Cursor
	raw, err := cursorText.DecodeString(strings.ToUpper(text))
	if err != nil || json.Unmarshal(raw, &c) != nil {
		return Cursor{}, false
	}
	return c, c.Generation != "" && !c.Key.IsZero()
}

// fingerprint is the same for all pages of a question.
func (q Question) fingerprint() string {
	q.Page, q.After, q.List = 1, nil, nil
	sum := sha256.Sum256([]byte(q.Values(PageParams).Encode()))
	return hex.EncodeToString(sum[:6])
}

// next is the cursor after a page of hits; nil after the last one.
func (q Question) next(page index.Page) *Cursor {
	if page.Next.IsZero() {
		return nil
	}
	return &Cursor{Generation: page.Generation, Seq: page.Seq, Key: page.Next, Asked: q.fingerprint()}
}

// fits reports whether a page is of the state that the question's cursor belongs to.
func (q Question) fits(page index.Page) bool {
	return q.After == nil || q.After.Generation == page.Generation && q.After.Seq == page.Seq
}
