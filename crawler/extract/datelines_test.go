package extract

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"smaabornsviden/index"
)

// dateLine is a line of testdata/datelines.txt: where on a page it stands, and which dates a reader takes from it.
type dateLine struct {
	where string
	text  []string
	want  string // "published=2024-03-12 updated=2024-05", in this order
}

func dateLines(t *testing.T) []dateLine {
	t.Helper()
	data, err := os.ReadFile("testdata/datelines.txt")
	if err != nil {
		t.Fatal(err)
	}
	var all []dateLine
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		where, rest, found := strings.Cut(line, "|")
		last := strings.LastIndex(rest, "|") // a line of a page may have the sign too
		if !found || last < 0 {
			t.Fatalf("no two bars: %s", line)
		}
		d := dateLine{where: strings.TrimSpace(where), want: strings.TrimSpace(rest[last+1:])}
		for part := range strings.SplitSeq(rest[:last], "¶") {
			d.text = append(d.text, strings.TrimSpace(part))
		}
		all = append(all, d)
	}
	return all
}

// html is a page with the line in its place and with nothing else that has a date.
func (d dateLine) html(t *testing.T) string {
	t.Helper()
	own := "<p>" + strings.Join(d.text, "</p>\n<p>") + "</p>\n"
	head := "<h1>Små børn og deres hverdag</h1>\n"
	text := "<p>Teksten handler om hverdagen blandt små børn og om de voksne, der er sammen med dem.</p>\n"
	long := text + strings.Repeat("<p>Børnene leger ude det meste af formiddagen.</p>\n", 40)
	switch d.where {
	case "above":
		return own + head + long
	case "head":
		return head + own + long
	case "foot":
		return head + long + own
	case "panel":
		return head + text + "<dl><dt>" + d.text[0] + "</dt><dd>" + d.text[1] + "</dd></dl>\n" + long
	}
	t.Fatalf("no place %q on a page", d.where)
	return ""
}

// taken are the dates of a result in the words of the list.
func taken(res Result) string {
	var out []string
	for _, f := range []struct {
		name string
		date index.Date
	}{{"published", res.Published}, {"updated", res.Updated}, {"decided", res.Decided}, {"deadline", res.Deadline}} {
		if !f.date.IsZero() {
			out = append(out, f.name+"="+say(f.date))
		}
	}
	return strings.Join(out, " ")
}

// TestDateLines counts the lines that are read as a reader reads them, prints the others, and guards against falling back.
func TestDateLines(t *testing.T) {
	const floor = 229
	all, right := dateLines(t), 0
	var missed strings.Builder
	for _, d := range all {
		res, err := HTML(Input{URL: "https://a.example/om/hverdag", Body: []byte("<main>\n" + d.html(t) + "</main>"), Now: november})
		if err != nil {
			t.Fatal(err)
		}
		if got := taken(res); got == d.want {
			right++
		} else {
			fmt.Fprintf(&missed, "%-5s %s: %q, want %q\n", d.where, strings.Join(d.text, " ¶ "), got, d.want)
		}
	}
	t.Logf("%d of %d lines\n%s", right, len(all), missed.String())
	if right < floor {
		t.Errorf("%d of %d lines are read right; it was %d", right, len(all), floor)
	}
}

func TestKickerAndDateShareALine(t *testing.T) {
	for _, tc := range []struct{ line, kicker, published string }{
		{"Kronik 21/06/2021", "Kronik", "2021-06-21"},
		{"DEBAT | 21. juni 2021 kl. 06:00", "DEBAT", "2021-06-21"},
		{"Forskning og viden · d. 3. maj 2022", "Forskning og viden", "2022-05-03"},
		{"EVALUERINGER 16 MAJ 2022", "EVALUERINGER", "2022-05-16"},
		{"16. maj 2022", "", "2022-05-16"},
		{"BEK nr 1234 af 12/05/2021", "", ""},
	} {
		res, err := HTML(Input{URL: "https://a.example/om", Body: []byte("<main><p>" + tc.line + "</p><h1>Små børn</h1><p>Tekst om leg.</p></main>"), Now: november})
		if err != nil {
			t.Fatal(err)
		}
		if res.Kicker != tc.kicker || say(res.Published) != tc.published {
			t.Errorf("%q: kicker %q, published %q; want %q and %q", tc.line, res.Kicker, say(res.Published), tc.kicker, tc.published)
		}
	}
}
