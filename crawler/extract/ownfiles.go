package extract

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// maxOwnFiles: a page that offers more files than a work and its appendices is a list of works.
const maxOwnFiles = 3

// offersFile matches the words of a link that hands over the work that its page is about.
var offersFile = regexp.MustCompile(`(?i)^(?:hent|download|last ned|ladda ner)(?:$|\P{L})|^(?:fuld ?tekst|full text)?\W*pdf$|\(pdf[,)\s]`)

// ownFiles are the files in which the page's own work can be read in full: those that its metadata name, else those
// that its links offer for download. The first is the work, others are its appendices. A link that names another
// work, such as an older edition, is none.
func (p *page) ownFiles() []string {
	var out []string
	add := func(address string) {
		if u := p.absolute(address); u != "" && u != p.in.URL && !slices.Contains(out, u) {
			out = append(out, u)
		}
	}
	for _, v := range p.meta.every("citation_pdf_url") {
		add(v)
	}
	for _, key := range []string{"encoding", "associatedMedia"} {
		for _, media := range p.ld.objects(p.ld.main, key) {
			if strings.EqualFold(media.str("encodingFormat"), "application/pdf") {
				add(media.str("contentUrl"))
			}
		}
	}
	for _, l := range p.found.Links {
		if isPDFPath(l.URL) && offersFile.MatchString(clean(l.Text)) {
			add(l.URL)
		}
	}
	if len(out) > maxOwnFiles {
		return nil
	}
	return out
}

func isPDFPath(address string) bool {
	u, err := url.Parse(address)
	return err == nil && strings.HasSuffix(strings.ToLower(u.Path), ".pdf")
}
