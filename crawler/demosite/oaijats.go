package demosite

import (
	"strconv"
	"strings"
)

const jatsNamespace = "http://jats.nlm.nih.gov"

// jatsArticle is the head of an article as the journal system's JATS has it.
type jatsArticle struct {
	Namespace string    `xml:"xmlns,attr"`
	XLink     string    `xml:"xmlns:xlink,attr"`
	Lang      string    `xml:"xml:lang,attr"`
	Kind      string    `xml:"article-type,attr"`
	Front     jatsFront `xml:"front"`
}

type jatsFront struct {
	Journal string `xml:"journal-meta>journal-title-group>journal-title"`
	ISSN    string `xml:"journal-meta>issn"`
	Meta    struct {
		IDs           []jatsID        `xml:"article-id"`
		Section       string          `xml:"article-categories>subj-group>subject"`
		Title         string          `xml:"title-group>article-title"`
		Contributors  []jatsContrib   `xml:"contrib-group>contrib"`
		Published     jatsDate        `xml:"pub-date"`
		Volume        int             `xml:"volume"`
		Issue         int             `xml:"issue"`
		Permissions   jatsPermissions `xml:"permissions"`
		Addresses     []jatsAddress   `xml:"self-uri"`
		Abstract      jatsAbstract    `xml:"abstract"`
		TransAbstract *jatsAbstract   `xml:"trans-abstract"`
		Keywords      []string        `xml:"kwd-group>kwd"`
	} `xml:"article-meta"`
}

type jatsID struct {
	Kind  string `xml:"pub-id-type,attr"`
	Value string `xml:",chardata"`
}

type jatsContrib struct {
	Kind    string `xml:"contrib-type,attr"`
	Surname string `xml:"name>surname"`
	Given   string `xml:"name>given-names"`
}

type jatsDate struct {
	Kind  string `xml:"date-type,attr"`
	Day   string `xml:"day"`
	Month string `xml:"month"`
	Year  string `xml:"year"`
}

type jatsPermissions struct {
	Copyright string       `xml:"copyright-statement,omitempty"`
	License   *jatsAddress `xml:"license"`
}

type jatsAddress struct {
	Kind string `xml:"content-type,attr,omitempty"`
	Href string `xml:"xlink:href,attr"`
}

type jatsAbstract struct {
	Lang string   `xml:"xml:lang,attr,omitempty"`
	P    []string `xml:"p"`
}

// jats tells an article in JATS: what the Dublin Core says, with each thing in a place of its own.
func jats(s *site, d *doc) *jatsArticle {
	a := &jatsArticle{Namespace: jatsNamespace, XLink: "http://www.w3.org/1999/xlink", Lang: d.Lang, Kind: "research-article"}
	a.Front.Journal, a.Front.ISSN = s.Name, "0000-0019"
	m := &a.Front.Meta
	m.IDs = []jatsID{{"publisher-id", strconv.Itoa(d.ArticleNumber())}, {"doi", d.Art.DOI}}
	m.Section, m.Title, m.Volume, m.Issue, m.Keywords = d.Art.Section, d.Art.Title, d.Art.Volume, d.Art.Issue, d.Art.Keywords
	for _, name := range d.Art.Authors {
		last := strings.LastIndexByte(name, ' ') + 1
		m.Contributors = append(m.Contributors, jatsContrib{"author", name[last:], strings.TrimSpace(name[:last])})
	}
	m.Published = jatsDate{"pub", d.Date.Format("2"), d.Date.Format("1"), d.Date.Format("2006")}
	m.Abstract.P = []string{damaged(d, d.Art.Abstract)}
	if d.Art.AbstractDa != "" {
		m.TransAbstract = &jatsAbstract{"da", []string{d.Art.AbstractDa}}
	}
	// The file first, as the journal system writes it: which of the two is the page stands in its type.
	m.Addresses = []jatsAddress{{"application/pdf", d.PDFURL()}, {"text/html", d.URL()}}
	if rights := d.Rights(); rights != "" {
		m.Permissions = jatsPermissions{"Copyright (c) " + d.Date.Format("2006") + " " + s.Name, &jatsAddress{Href: rights}}
	}
	return a
}
