package docx

import (
	"encoding/xml"
	"errors"
	"fmt"
	"time"
)

// coreProperties is docProps/core.xml.
type coreProperties struct {
	Title    string `xml:"title"`
	Creator  string `xml:"creator"`
	Subject  string `xml:"subject"`
	Keywords string `xml:"keywords"`
	Language string `xml:"language"`
	Created  string `xml:"created"`
	Modified string `xml:"modified"`
}

// properties fills in what the file says about itself; a document without is fine.
func (p *parts) properties(doc *Document) error {
	var core coreProperties
	if err := p.optional("docProps/core.xml", &core); err != nil {
		return err
	}
	doc.Title, doc.Author, doc.Subject = tidy(core.Title), tidy(core.Creator), tidy(core.Subject)
	doc.Keywords = tidy(core.Keywords)
	if lang := tidy(core.Language); lang != "" {
		doc.Language = lang
	}
	doc.Created, doc.Modified = date(core.Created), date(core.Modified)
	var app struct {
		Pages int `xml:"Pages"`
	}
	if err := p.optional("docProps/app.xml", &app); err != nil {
		return err
	}
	doc.Pages = max(app.Pages, 0)
	return nil
}

// optional reads a part into v if there is one. Properties that are no XML are as good as none: the text counts.
func (p *parts) optional(name string, v any) error {
	src, err := p.read(name)
	switch {
	case errors.Is(err, errMissing):
		return nil
	case err != nil:
		return fmt.Errorf("properties: %w", err)
	}
	_ = xml.Unmarshal(src, v)
	return nil
}

// date reads the forms that writers use; dates before there were such files come from clocks that were not set.
func date(s string) time.Time {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02"} {
		if t, err := time.Parse(layout, tidy(s)); err == nil && t.Year() >= 1985 && t.Year() <= 2100 {
			return t.UTC()
		}
	}
	return time.Time{}
}
