package pdftext

import (
	"bytes"
	"encoding/xml"
	"strings"
	"time"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// info is what a file says about itself.
type info struct {
	Title    string    `json:"title,omitempty"`
	Author   string    `json:"author,omitempty"`
	Subject  string    `json:"subject,omitempty"`
	Keywords string    `json:"keywords,omitempty"`
	Producer string    `json:"producer,omitempty"`
	Language string    `json:"language,omitempty"`
	Created  time.Time `json:"created,omitzero"`
	Modified time.Time `json:"modified,omitzero"`
	NoCopy   bool      `json:"no_copy,omitempty"`
}

// info reads the catalog, the /Info dictionary and the XMP packet. Where they differ, XMP is the newer form, but
// an empty field of one is filled from the other.
func (f *file) info() info {
	catalog := f.catalog()
	in := parseXMP(f.stream(catalog["Metadata"]))
	if lang := oneLine(f.text(catalog["Lang"])); lang != "" {
		in.Language = lang
	}
	if f.ctx.Info != nil {
		in.fill(f.infoDict(f.dict(*f.ctx.Info)))
	}
	in.NoCopy = f.ctx.E != nil && f.ctx.E.P&copyPermission == 0
	return in
}

// copyPermission is bit 5 of the permissions: text may be copied.
const copyPermission = 1 << 4

func (f *file) infoDict(d types.Dict) info {
	return info{
		Title:    oneLine(f.text(d["Title"])),
		Author:   oneLine(f.text(d["Author"])),
		Subject:  oneLine(f.text(d["Subject"])),
		Keywords: oneLine(f.text(d["Keywords"])),
		Producer: oneLine(f.text(d["Producer"])),
		Created:  parseDate(f.text(d["CreationDate"])),
		Modified: parseDate(f.text(d["ModDate"])),
	}
}

func (in *info) fill(from info) {
	for _, pair := range []struct {
		to   *string
		from string
	}{
		{&in.Title, from.Title},
		{&in.Author, from.Author},
		{&in.Subject, from.Subject},
		{&in.Keywords, from.Keywords},
		{&in.Producer, from.Producer},
	} {
		if *pair.to == "" {
			*pair.to = pair.from
		}
	}
	if in.Created.IsZero() {
		in.Created = from.Created
	}
	if in.Modified.IsZero() {
		in.Modified = from.Modified
	}
}

// maxLine bounds a title or a list of authors in bytes.
const maxLine = 2000

// oneLine is a value on one line, without controls.
func oneLine(s string) string {
	s = strings.ToValidUTF8(strings.Join(strings.Fields(clean(s)), " "), "")
	if len(s) > maxLine {
		s = strings.ToValidUTF8(s[:maxLine], "")
	}
	return s
}

// parseDate reads D:20230530123456+02'00' with everything after the year optional; zero when it is no date.
func parseDate(s string) time.Time {
	s = strings.TrimPrefix(strings.TrimSpace(s), "D:")
	digits := 0
	for digits < len(s) && digits < 14 && s[digits] >= '0' && s[digits] <= '9' {
		digits++
	}
	layout := "20060102150405"[:digits/2*2]
	if len(layout) < 4 {
		return time.Time{}
	}
	zone := strings.NewReplacer("'", "", ":", "").Replace(s[digits:])
	if t, err := time.Parse(layout+"-0700", s[:len(layout)]+zone); err == nil {
		return plausible(t)
	}
	t, err := time.Parse(layout, s[:len(layout)])
	if err != nil {
		return time.Time{}
	}
	return plausible(t)
}

// plausible keeps dates at which a PDF can have been made; 1904 and 1970 come from clocks that were not set.
func plausible(t time.Time) time.Time {
	if t.Year() < 1985 || t.Year() > 2100 {
		return time.Time{}
	}
	return t.UTC()
}

// parseXMP reads the few Dublin Core and XMP basic fields of a metadata packet; a broken packet gives what came
// before the damage.
func parseXMP(src []byte) info {
	x := xmp{}
	d := xml.NewDecoder(bytes.NewReader(src))
	d.Strict = false
	d.CharsetReader = nil
	for range maxXMPTokens {
		t, err := d.RawToken()
		if err != nil {
			break
		}
		x.token(t)
	}
	return info{
		Title: oneLine(x.first("title")), Author: oneLine(strings.Join(x.values["creator"], "; ")),
		Subject: oneLine(x.first("description")), Keywords: oneLine(strings.Join(x.values["subject"], ", ")),
		Language: oneLine(x.first("language")),
		Created:  parseISO(x.first("CreateDate")), Modified: parseISO(x.first("ModifyDate")),
	}
}

// maxXMPTokens bounds the work for a packet; real ones have some hundreds, with edit histories some thousands.
const maxXMPTokens = 100_000

// xmp collects the text of the properties of interest, in elements or in attributes.
type xmp struct {
	field  string // property around the reader, "" outside
	values map[string][]string
}

var xmpFields = map[string]string{
	"title": "dc", "creator": "dc", "description": "dc", "subject": "dc", "language": "dc",
	"CreateDate": "xmp", "ModifyDate": "xmp",
}

func (x *xmp) token(t xml.Token) {
	switch t := t.(type) {
	case xml.StartElement:
		if xmpFields[t.Name.Local] == t.Name.Space && t.Name.Space != "" {
			x.field = t.Name.Local
		}
		for _, a := range t.Attr {
			if xmpFields[a.Name.Local] == a.Name.Space && a.Name.Space != "" {
				x.add(a.Name.Local, a.Value)
			}
		}
	case xml.EndElement:
		if t.Name.Local == x.field {
			x.field = ""
		}
	case xml.CharData:
		x.add(x.field, string(t))
	}
}

func (x *xmp) add(field, value string) {
	value = strings.TrimSpace(value)
	if field == "" || value == "" {
		return
	}
	if x.values == nil {
		x.values = map[string][]string{}
	}
	x.values[field] = append(x.values[field], value)
}

func (x *xmp) first(field string) string {
	if v := x.values[field]; len(v) > 0 {
		return v[0]
	}
	return ""
}

func parseISO(s string) time.Time {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04Z07:00", "2006-01-02", "2006-01", "2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return plausible(t)
		}
	}
	return time.Time{}
}
