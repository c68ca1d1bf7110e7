package protocol

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"io"
	"net/url"
	"strconv"
	"strings"
	"time"

	"smaabornsviden/index"
	"smaabornsviden/index/query"
	"smaabornsviden/server/tongue"
)

// Section is one item of PRISMA-S (doi 10.1186/s13643-020-01542-z) as a protocol answers it.
type Section struct {
	Item    int // number in the checklist
	Heading string
	Lines   []Line
}

// Line is one line of a section: a name that is Danish in every language, where there is one, and what is said.
type Line struct {
	Danish string
	Text   string
}

// String is the line as plain text.
func (l Line) String() string {
	if l.Danish == "" || l.Text == "" {
		return l.Danish + l.Text
	}
	return l.Danish + ": " + l.Text
}

func plain(texts ...string) []Line {
	var lines []Line
	for _, text := range texts {
		lines = append(lines, Line{Text: text})
	}
	return lines
}

// Unanswered are the items of PRISMA-S that only the researcher can write about.
const Unanswered = "3, 4, 5, 6, 7, 11, 14"

// Report says in words what a record holds, by the items of PRISMA-S.
func Report(r Record, t tongue.Tongue) []Section {
	return []Section{
		{1, t.Say("Database"), database(r, t)},
		{2, t.Say("Kilder, der blev søgt i på én gang"), sourceLines(r, t)},
		{8, t.Say("Søgningen, som den blev skrevet og læst"), strategy(r, t)},
		{9, t.Say("Afgrænsninger"), limits(r, t)},
		{10, t.Say("Søgefiltre"), plain(t.Say("Ingen offentliggjorte søgefiltre. Hvad ordlisten føjede til, står under søgningen."))},
		{12, t.Say("Opdatering"), plain(t.Say("Søgningen kan gentages fra protokollens side, som viser, hvad der er nyt, væk og ændret siden."))},
		{13, t.Say("Tidspunkt"), plain(t.Moment(r.Made) + " (UTC)")},
		{15, t.Say("Antal resultater"), totals(r, t)},
		{16, t.Say("Dubletter"), plain(t.Say("Kopier og udgaver af samme tekst er samlet under ét resultat og tæller som ét."))},
	}
}

func database(r Record, t tongue.Tongue) []Line {
	program := r.Software.Name + " " + r.Software.Version
	if r.Software.Revision != "" {
		program += " (" + r.Software.Revision + ")"
	}
	return plain(
		r.Site.Name+", "+r.Site.URL,
		t.Say("Program: %s", program),
		t.Say("Indeks: generation %s, ændring %s, %s", r.Index.Generation, strconv.FormatUint(r.Index.Seq, 10), t.Counted(r.Index.Documents, "dokument", "dokumenter")),
	)
}

func sourceLines(r Record, t tongue.Tongue) []Line {
	var lines []Line
	for _, s := range r.Sources {
		if s.Documents == 0 && s.Hits == 0 {
			continue
		}
		visited := t.Say("aldrig hentet")
		if !s.LastOK.IsZero() {
			visited = t.Say("senest hentet %s", t.Day(s.LastOK))
		}
		counts := t.Counted(s.Hits, "resultat", "resultater") + ", " + t.Counted(s.Documents, "dokument", "dokumenter")
		lines = append(lines, Line{s.Name, counts + ", " + visited})
	}
	return lines
}

// strategy gives the query word for word, then what it was read as, with everything that was added.
func strategy(r Record, t tongue.Tongue) []Line {
	var lines []string
	if r.Query.Typed == "" {
		lines = append(lines, t.Say("Skrevet: ingen ord"))
	} else {
		lines = append(lines, t.Say("Skrevet: %s", t.Quoted(r.Query.Typed)))
	}
	for _, w := range r.Understood.Words {
		lines = append(lines, wordLine(w, t))
	}
	if len(r.Understood.Ignored) > 0 {
		lines = append(lines, t.Say("Småord, der ikke søges på: %s", quotedList(r.Understood.Ignored, t)))
	}
	for _, a := range r.Understood.Added {
		lines = append(lines, t.Say(addedWords(a), t.Quoted(a.For), t.Quoted(a.Text), t.Say(kindWords(a.Kind))))
	}
	if u := r.Understood; u.Needed < u.Asked || u.Pieces {
		lines = append(lines, t.Say("Et resultat skulle have mindst %s af %s ord.", t.Number(u.Needed), t.Number(u.Asked)))
	}
	return plain(append(lines, t.Say("Fingeraftryk af hele planen (SHA-256): %s", r.PlanSHA256))...)
}

// addedWords says what an alternative did in the search: with an excluded word it is excluded, not looked for.
func addedWords(a query.Added) string {
	switch {
	case a.Off:
		return "Slået fra for %s: %s (%s)"
	case a.Not:
		return "Udelukket sammen med %s: %s (%s)"
	case a.Kind == index.Described:
		return "Lagt vægt på for %s: %s (%s)"
	}
	return "Føjet til for %s: %s (%s)"
}

func quotedList(words []string, t tongue.Tongue) string {
	var out []string
	for _, w := range words {
		out = append(out, t.Quoted(w))
	}
	return strings.Join(out, ", ")
}

func wordLine(w query.Word, t tongue.Tongue) string {
	text := t.Quoted(w.Text)
	switch {
	case w.Exact && w.Not:
		return t.Say("Må ikke stå der, ord for ord: %s", text)
	case w.Not:
		return t.Say("Må ikke stå der: %s", text)
	case w.Exact:
		return t.Say("Læst ord for ord: %s", text)
	case len(w.Forms) > 0:
		return t.Say("Læst som %s i alle bøjninger af: %s", text, quotedList(w.Forms, t))
	}
	return t.Say("Læst som %s", text)
}

// kindWords says how an alternative came into a search.
func kindWords(k index.Kind) string {
	switch k {
	case index.Inflected:
		return "i andre former"
	case index.Synonym:
		return "samme betydning"
	case index.Near:
		return "næsten samme betydning"
	case index.Abbreviated:
		return "forkortelse"
	case index.Translated:
		return "oversat"
	case index.Split:
		return "dele af ordet"
	case index.PartOf:
		return "inde i længere ord"
	case index.Repaired:
		return "rettet stavning"
	case index.Joined:
		return "skrevet sammen"
	case index.PrefixOf:
		return "begynder sådan"
	case index.Described:
		return "det, som dokumentet er beskrevet som"
	}
	return string(k)
}

func limits(r Record, t tongue.Tongue) []Line {
	var lines []string
	for _, f := range r.Query.Filters {
		lines = append(lines, t.Say(index.FacetLabel(f.Facet))+": "+t.Quoted(f.Label)+" ("+t.Quoted(f.Value)+")")
	}
	if r.Query.From != "" {
		lines = append(lines, t.Say("Fra %s", r.Query.From))
	}
	if r.Query.To != "" {
		lines = append(lines, t.Say("Til %s", r.Query.To))
	}
	if len(r.Understood.Filters) > 0 {
		lines = append(lines, t.Say("Skrevet i søgningen: %s", quotedList(typedFilters(r.Understood.Filters), t)))
	}
	if len(lines) == 0 {
		lines = append(lines, t.Say("Ingen."))
	}
	return plain(lines...)
}

// typedFilters spells the fields as readers do: only addresses and stored protocols call the year "aar".
func typedFilters(filters []string) []string {
	var out []string
	for _, f := range filters {
		bare, excluded := strings.CutPrefix(f, "-")
		if value, ok := strings.CutPrefix(bare, index.FacetYear+":"); ok {
			bare = "år:" + value
		}
		if excluded {
			bare = "-" + bare
		}
		out = append(out, bare)
	}
	return out
}

func totals(r Record, t tongue.Tongue) []Line {
	lines := []string{t.Counted(r.Total, "resultat", "resultater"), t.Say("Rækkefølge: %s", t.Say(r.Query.Sort))}
	if !r.Whole {
		lines = append(lines, t.Say("Protokollen nævner de første %s.", t.Number(len(r.Records))))
	}
	if r.Reserved > 0 {
		lines = append(lines, t.Say("%s af dem har kilden taget forbehold mod tekst- og datamining for. De er nævnt, men uden fingeraftryk af indholdet.", t.Number(r.Reserved)))
	}
	return plain(append(lines, t.Say("Fingeraftryk af id'erne i rækkefølge (SHA-256): %s", r.IDsSHA256))...)
}

// WriteText writes a record as plain text for an appendix. Address is the protocol's link.
func WriteText(w io.Writer, r Record, address string, t tongue.Tongue) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "%s\n%s\n\n", t.Say("Søgeprotokol"), address)
	for _, s := range Report(r, t) {
		fmt.Fprintf(b, "PRISMA-S %d. %s\n", s.Item, s.Heading)
		for _, line := range s.Lines {
			fmt.Fprintf(b, "  %s\n", line)
		}
		b.WriteByte('\n')
	}
	fmt.Fprintf(b, "%s\n\n", t.Say("Punkterne %s i PRISMA-S skriver du selv.", Unanswered))
	for i, h := range r.Records {
		fmt.Fprintf(b, "%6d  %s  %s\n", i+1, h.ID, h.SHA256)
	}
	return b.Flush() // keeps the first error of all that was written
}

// WriteCSV writes the hits of a record in their order. Base is scheme and host of the pages about documents.
func WriteCSV(w io.Writer, r Record, base string) error {
	c := csv.NewWriter(w)
	if err := c.Write([]string{"rank", "id", "sha256", "url", "searched"}); err != nil {
		return err
	}
	made := r.Made.UTC().Format(time.RFC3339)
	for i, h := range r.Records {
		if err := c.Write([]string{strconv.Itoa(i + 1), h.ID, h.SHA256, base + "/dokument/" + url.PathEscape(h.ID), made}); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}
