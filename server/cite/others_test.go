package cite

import (
	"encoding/csv"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"smaabornsviden/index"
	"smaabornsviden/server/tongue"
)

// byTwo is a report of two authors, behind whom the source says "med flere", or does not.
func byTwo(more bool) index.Document {
	return index.Document{
		ID: "abcdefghijklmnop", URL: "https://lindeby.example/r", Source: "lindeby", SourceName: "Lindeby Kommune", Title: "Leg",
		Authors: []string{"Anna Holm", "Bo Lund"}, AuthorsMore: more, Type: index.Derived{Value: "forskning"},
	}
}

func TestEveryFormatSaysWhetherThereAreOtherAuthors(t *testing.T) {
	for more, want := range map[bool]struct {
		danish, english, bibtex, csv string
		csl                          []CSLName
		notes                        int
	}{
		false: {"Holm, A. & Lund, B. (u.å.).", "Holm, A. & Lund, B. (n.d.).", "author = {Holm, Anna and Lund, Bo},", "false", nil, 0},
		true:  {"Holm, A., Lund, B. m.fl. (u.å.).", "Holm, A., Lund, B., et al. (n.d.).", "author = {Holm, Anna and Lund, Bo and others},", "true", []CSLName{{Literal: "others"}}, 1},
	} {
		d := byTwo(more)
		if got := APA(d, accessed); !strings.HasPrefix(got, want.danish) {
			t.Errorf("more %v: %s", more, got)
		}
		if got := APAIn(tongue.English, d, accessed); !strings.HasPrefix(got, want.english) {
			t.Errorf("more %v: %s", more, got)
		}
		if got := write(t, "bibtex", d); !strings.Contains(got, want.bibtex) {
			t.Errorf("more %v: %s", more, got)
		}
		var items []Item
		if err := json.Unmarshal([]byte(write(t, "csl", d)), &items); err != nil {
			t.Fatal(err)
		}
		if names := append([]CSLName{{Family: "Holm", Given: "Anna"}, {Family: "Lund", Given: "Bo"}}, want.csl...); !slices.Equal(items[0].Author, names) {
			t.Errorf("more %v: %+v", more, items[0].Author)
		}
		ris := write(t, "ris", d)
		if strings.Count(ris, "AU  - ") != 2 || strings.Count(ris, "N1  - m.fl. / et al.") != want.notes {
			t.Errorf("more %v: %s", more, ris)
		}
		rows, err := csv.NewReader(strings.NewReader(write(t, "csv", d))).ReadAll()
		if err != nil || rows[1][slices.Index(rows[0], "authors_more")] != want.csv {
			t.Errorf("more %v: %q, %v", more, rows, err)
		}
		if tags := Highwire(d); len(slices.DeleteFunc(tags, func(tag Tag) bool { return tag.Name != "citation_author" })) != 2 {
			t.Errorf("more %v: the page names %+v", more, tags)
		}
	}
}

func TestOthersOfNobodyAreNobody(t *testing.T) {
	d := byTwo(true)
	d.Authors = []string{" "}
	if got := APA(d, accessed); !strings.HasPrefix(got, "Lindeby Kommune. (") {
		t.Error(got)
	}
	for _, format := range []string{"ris", "bibtex", "csl"} {
		if got := write(t, format, d); strings.Contains(got, "others") || strings.Contains(got, "m.fl.") {
			t.Errorf("%s: %s", format, got)
		}
	}
}

// Of more than 20 authors APA names the last, which a source that leaves some out does not tell.
func TestAnUnfinishedListOfManyAuthorsHasNoLastOne(t *testing.T) {
	d := byTwo(true)
	d.Authors = slices.Repeat([]string{"Anna Gade"}, 25)
	if got := APA(d, accessed); strings.Count(got, "Gade") != 19 || !strings.Contains(got, "Gade, A. m.fl. (") || strings.Contains(got, "…") {
		t.Error(got)
	}
}
