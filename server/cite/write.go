package cite

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"smaabornsviden/index"
)

// Format is a way to write references.
type Format struct {
	Name        string // in addresses
	Label       string
	ContentType string
	Ext         string // of the file, without dot
}

// Formats are the formats in the order in which readers are offered them.
func Formats() []Format {
	return []Format{
		{"ris", "RIS (Zotero, EndNote)", "application/x-research-info-systems; charset=utf-8", "ris"},
		{"bibtex", "BibTeX", "application/x-bibtex; charset=utf-8", "bib"},
		{"csl", "CSL-JSON", "application/vnd.citationstyles.csl+json", "json"},
		{"csv", "CSV (regneark)", "text/csv; charset=utf-8; header=present", "csv"},
		{"csv-da", "CSV til dansk Excel", "text/csv; charset=utf-8; header=present", "csv"},
		{"jsonl", "JSON lines", "application/jsonl; charset=utf-8", "jsonl"},
	}
}

// Find returns the format of a name.
func Find(name string) (Format, bool) {
	for _, f := range Formats() {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}

// Options are what a Writer needs beside the documents.
type Options struct {
	Accessed time.Time // day of reading
	// Record is what JSON lines hold for a document; nil means its CSL-JSON.
	Record func(index.Document) any
}

// ErrFormat means that there is no such format.
var ErrFormat = errors.New("unknown format of references")

// Writer writes references one by one. It keeps none of them.
type Writer struct {
	out     *bufio.Writer
	options Options
	write   func(index.Document) error
	comma   rune // between the columns of CSV
	begin   string
	end     string
	n       int
}

// NewWriter makes a Writer of a format, by its name. ErrFormat means that there is none of that name.
func NewWriter(out io.Writer, format string, o Options) (*Writer, error) {
	w := &Writer{out: bufio.NewWriter(out), options: o}
	switch format {
	case "ris":
		w.write = w.ris
	case "bibtex":
		w.write = w.bibtex
	case "csl":
		w.write, w.begin, w.end = w.csl, "[\n", "\n]\n"
	case "csv":
		w.comma, w.write, w.begin = ',', w.csv, strings.Join(columns, ",")+"\r\n"
	case "csv-da":
		// A Danish Excel parts columns by semicolons, since commas stand in numbers, and takes a file without the mark for Latin-1.
		w.comma, w.write, w.begin = ';', w.csv, "\ufeff"+strings.Join(columns, ";")+"\r\n"
	case "jsonl":
		w.write = w.jsonl
	default:
		return nil, fmt.Errorf("%w: %q", ErrFormat, format)
	}
	return w, nil
}

// Write writes one document.
func (w *Writer) Write(d index.Document) error {
	if w.n == 0 {
		w.out.WriteString(w.begin)
	}
	if err := w.write(d); err != nil {
		return fmt.Errorf("write reference of %s: %w", d.ID, err)
	}
	w.n++
	return nil
}

// Flush hands on what was written.
func (w *Writer) Flush() error { return w.out.Flush() }

// Close ends the list; it does not close what it writes to.
func (w *Writer) Close() error {
	if w.n == 0 {
		w.out.WriteString(w.begin)
	}
	w.out.WriteString(w.end)
	return w.out.Flush()
}

func (w *Writer) ris(d index.Document) error {
	k := kindOf(d)
	field := func(tag, value string) {
		if value = plain(value); value != "" {
			fmt.Fprintf(w.out, "%s  - %s\r\n", tag, value)
		}
	}
	field("TY", k.ris)
	field("ID", d.ID)
	field("TI", title(d))
	authors, more := authorsOf(d)
	for _, a := range authors {
		field("AU", nameOf(a).inverted())
	}
	date := d.ShownDate()
	if !date.IsZero() {
		field("PY", date.Time.Format("2006"))
		field("DA", risDate(date))
	}
	if k.ris == "JOUR" {
		field("T2", container(d))
		field("JO", container(d)) // where older programs look for it
		field("VL", d.Journal.Volume)
		field("IS", d.Journal.Issue)
		field("SP", d.Journal.First)
		field("EP", d.Journal.Last)
		field("PB", named(d))
	} else {
		if k.ris != "RPRT" && container(d) != publisher(d) { // of a report it would be the name of a series
			field("T2", container(d))
		}
		field("PB", publisher(d))
	}
	field("ET", d.Edition.Value)
	field("DO", d.DOI)
	if d.ISBN != "" {
		field("SN", d.ISBN)
	} else {
		field("SN", d.ISSN)
	}
	for _, keyword := range d.Keywords {
		field("KW", keyword)
	}
	field("AB", resume(d))
	if more {
		field("N1", "m.fl. / et al.: Kilden nævner ikke alle forfattere.")
	}
	field("LA", d.Lang.Value)
	field("UR", d.URL)
	field("Y2", w.options.Accessed.Format("2006/01/02"))
	w.out.WriteString("ER  - \r\n\r\n")
	return nil
}

// risDate is YYYY/MM/DD/ with empty places for what is not known.
func risDate(d index.Date) string {
	switch d.Precision {
	case index.Year:
		return d.Time.Format("2006") + "///"
	case index.Month:
		return d.Time.Format("2006/01") + "//"
	}
	return d.Time.Format("2006/01/02") + "/"
}

// bibSpecials are the signs that mean something to TeX. Letters such as æ stay as they are: biber and bibtex8 read UTF-8. Braces
// go by their names, since BibTeX counts those with a backslash before them as well, and a lone one would swallow the file.
var bibSpecials = strings.NewReplacer(
	`\`, `\textbackslash{}`, `{`, `\textbraceleft{}`, `}`, `\textbraceright{}`, `%`, `\%`, `&`, `\&`, `#`, `\#`, `$`, `\$`, `_`, `\_`,
	`~`, `\textasciitilde{}`, `^`, `\textasciicircum{}`,
)

func (w *Writer) bibtex(d index.Document) error {
	k := kindOf(d)
	fmt.Fprintf(w.out, "@%s{%s,\n", k.bibtex, bibKey(d))
	field := func(name, value string) {
		if value = plain(value); value != "" {
			fmt.Fprintf(w.out, "  %s = {%s},\n", name, bibSpecials.Replace(value))
		}
	}
	// A second pair of braces keeps capitals as they are.
	fmt.Fprintf(w.out, "  title = {{%s}},\n", bibSpecials.Replace(title(d)))
	if authors := bibAuthors(d); authors != "" {
		fmt.Fprintf(w.out, "  author = {%s},\n", authors)
	}
	date := d.ShownDate()
	if !date.IsZero() {
		field("year", date.Time.Format("2006"))
		if date.Precision != index.Year {
			fmt.Fprintf(w.out, "  month = %s,\n", strings.ToLower(date.Time.Format("Jan")))
		}
		field("date", isoDate(date))
	}
	switch k.bibtex {
	case "article":
		field("journal", container(d))
		field("volume", d.Journal.Volume)
		field("number", d.Journal.Issue)
		field("pages", pages(d, "--"))
		field("publisher", named(d))
	case "techreport":
		field("institution", publisher(d))
	default:
		field("howpublished", container(d))
		field("publisher", named(d))
	}
	field("edition", d.Edition.Value)
	field("doi", d.DOI)
	field("isbn", d.ISBN)
	field("issn", d.ISSN)
	field("language", d.Lang.Value)
	field("keywords", strings.Join(d.Keywords, ", "))
	field("abstract", resume(d))
	// url is read verbatim by TeX, so only what would end the field is taken out.
	if url := strings.NewReplacer("{", "%7B", "}", "%7D", `\`, "%5C").Replace(plain(d.URL)); url != "" {
		fmt.Fprintf(w.out, "  url = {%s},\n", url)
	}
	field("urldate", w.options.Accessed.Format(time.DateOnly))
	w.out.WriteString("}\n\n")
	return nil
}

// bibKey is made of ASCII letters and digits: family name, year, and enough of the id to be unique.
func bibKey(d index.Document) string {
	key := "smaaborn"
	if len(d.Authors) > 0 {
		n := nameOf(plain(d.Authors[0]))
		if k := asciiLetters(n.family + n.literal); k != "" {
			key = k[:min(len(k), 24)]
		}
	}
	if date := d.ShownDate(); !date.IsZero() {
		key += strconv.Itoa(date.Time.Year())
	}
	return key + "-" + asciiLetters(d.ID[:min(len(d.ID), 8)])
}

func asciiLetters(text string) string {
	text = strings.NewReplacer("æ", "ae", "ø", "oe", "å", "aa", "ä", "ae", "ö", "oe", "ü", "ue", "é", "e").Replace(strings.ToLower(text))
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, text)
}

// others is the name that stands for those whom a source leaves out.
const others = "others"

func bibAuthors(d index.Document) string {
	authors, more := authorsOf(d)
	names := make([]string, 0, len(authors)+1)
	for _, a := range authors {
		n := nameOf(a)
		if n.literal != "" || parted(a) {
			names = append(names, "{"+bibSpecials.Replace(a)+"}")
			continue
		}
		names = append(names, bibSpecials.Replace(n.inverted()))
	}
	if more {
		names = append(names, others) // styles write "et al." for it
	}
	return strings.Join(names, " and ")
}

// parted reports whether BibTeX would take a name for several, or for one with more parts than it has.
func parted(name string) bool {
	return strings.Count(name, ",") > 1 || slices.ContainsFunc(strings.Fields(name), func(w string) bool { return strings.EqualFold(w, "and") })
}

// columns are the columns of CSV. New ones go to the end, so that sheets made from older exports stay true.
var columns = []string{
	"id", "title", "authors", "source", "source_id", "sector", "type", "topics", "age_from_months", "age_to_months",
	"published", "updated", "decided", "deadline", "language", "format", "licence", "access", "doi", "isbn", "issn", "url",
	"first_seen", "last_checked", "publisher", "journal", "volume", "issue", "first_page", "last_page", "authors_more",
}

func (w *Writer) csv(d index.Document) error {
	var topics []string
	for _, t := range d.Topics {
		topics = append(topics, t.Slug)
	}
	from, to := "", ""
	if d.Age.Known {
		from, to = strconv.Itoa(d.Age.From), strconv.Itoa(d.Age.To)
	}
	authors, more := authorsOf(d)
	row := []string{
		d.ID, title(d), strings.Join(authors, "; "), source(d), d.Source, d.Sector, d.Type.Value, strings.Join(topics, "; "), from, to,
		isoDate(d.Published), isoDate(d.Updated), isoDate(d.Decided), isoDate(d.Deadline), d.Lang.Value, d.Format, d.Licence.Value,
		d.Access.Value, d.DOI, d.ISBN, d.ISSN, d.URL, dayOf(d.FirstSeen), dayOf(d.LastChecked),
		d.Publisher.Value, d.Journal.Title, d.Journal.Volume, d.Journal.Issue, d.Journal.First, d.Journal.Last, strconv.FormatBool(more),
	}
	for i, cell := range row {
		if i != 8 && i != 9 { // the age before birth begins with a minus
			row[i] = harmless(plain(cell))
		}
	}
	c := csv.NewWriter(w.out)
	c.Comma, c.UseCRLF = w.comma, true
	if err := c.Write(row); err != nil {
		return err
	}
	c.Flush()
	return c.Error()
}

func dayOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// harmless keeps a spreadsheet from reading the text of a foreign page as a formula.
func harmless(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}

func (w *Writer) jsonl(d index.Document) error {
	var record any = CSL(d, w.options.Accessed)
	if w.options.Record != nil {
		record = w.options.Record(d)
	}
	return w.json(record, "\n")
}

func (w *Writer) csl(d index.Document) error {
	if w.n > 0 {
		w.out.WriteString(",\n")
	}
	return w.json(CSL(d, w.options.Accessed), "")
}

func (w *Writer) json(value any, end string) error {
	text, err := json.Marshal(value)
	if err != nil {
		return err
	}
	w.out.Write(text)
	_, err = w.out.WriteString(end)
	return err
}
