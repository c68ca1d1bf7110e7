package index

import (
	"reflect"
	"unicode/utf8"
)

// Quotable returns the document with its reasons quoting no more than its source allows: nothing where it forbids snippets, at the
// most SnippetMax characters where it names a limit. A quotation is a snippet, whatever it is shown for. What a
// person wrote about a correction is ours and stays.
func (d Document) Quotable() Document {
	if d.SnippetMax == 0 {
		return d
	}
	clipQuotes(reflect.ValueOf(&d).Elem(), max(d.SnippetMax, 0))
	return d
}

// clipQuotes shortens every Reason below v to n characters. Slices are copied first: the caller's document keeps its own.
func clipQuotes(v reflect.Value, n int) {
	if v.Type() == reflect.TypeFor[Reason]() {
		r := v.Addr().Interface().(*Reason)
		if r.Rule != Corrected && utf8.RuneCountInString(r.Quote) > n {
			r.Quote = string([]rune(r.Quote)[:n])
		}
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				clipQuotes(v.Field(i), n)
			}
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() != reflect.Struct || v.Len() == 0 {
			return
		}
		own := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(own, v)
		for i := range own.Len() {
			clipQuotes(own.Index(i), n)
		}
		v.Set(own)
	}
}
