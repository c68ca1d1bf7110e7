package demosite

import (
	"bytes"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

func TestEveryArticleIsWrittenAndOfFairLength(t *testing.T) {
	short := map[string]string{
		"B06": "stands behind a paywall: only lead and teaser are served",
	}
	s := newServer(t, Options{})
	pages := 0
	for _, l := range s.Labels() {
		if !l.HasPage() {
			continue
		}
		pages++
		a, err := loadArticle(l.ID)
		if err != nil {
			t.Error(err)
			continue
		}
		if a.Title != l.Title {
			t.Errorf("%s: title %q, label %q", l.ID, a.Title, l.Title)
		}
		body := a
		body.Lead, body.Abstract, body.AbstractDa = "", "", ""
		words := len(strings.Fields(body.text()))
		if _, ok := short[l.ID]; !ok && (words < 250 || words > 900) {
			t.Errorf("%s: %d words of body, want 250 to 900", l.ID, words)
		}
	}
	if pages != 59 {
		t.Errorf("%d pages in sites.yaml, want 59", pages)
	}
}

func TestFrontMatterHasNoFieldThatNobodyReads(t *testing.T) {
	for _, l := range newServer(t, Options{}).Labels() {
		if !l.HasPage() {
			continue
		}
		data, err := files.ReadFile("content/" + l.ID + ".html")
		if err != nil {
			t.Error(err)
			continue
		}
		front, _, _ := bytes.Cut(bytes.TrimPrefix(data, []byte("---\n")), []byte("\n---\n"))
		var a article
		if err := yaml.UnmarshalWithOptions(front, &a, yaml.Strict()); err != nil {
			t.Errorf("%s: %v", l.ID, err)
		}
	}
}

func TestSixtyDocumentsAreIndexed(t *testing.T) {
	languages := map[string]int{}
	written, indexed := 0, 0
	for _, l := range newServer(t, Options{}).Labels() {
		written++
		if l.Indexed() {
			indexed++
			languages[l.Lang]++
		}
	}
	if written != 62 || indexed != 60 {
		t.Errorf("%d written and %d indexed, want 62 and 60", written, indexed)
	}
	if languages["da"] != 54 || languages["en"] != 3 || languages["nb"] != 1 || languages["sv"] != 1 || languages["none"] != 1 {
		t.Errorf("languages %v", languages)
	}
}

func TestArticleTextKeepsBlocksApart(t *testing.T) {
	a := article{
		Lead: "Manchet.",
		Body: "<p>Et <em>langt</em>\n afsnit&nbsp;her.</p><table><tr><th>Alder</th><td>2 uger</td></tr></table>" +
			"<ul><li>en</li><li>to</li></ul><p>a<br>b</p><details><summary>Mere</summary><p>skjult</p></details>",
	}
	want := "Manchet.\nEt langt afsnit\u00a0her.\nAlder\n2 uger\nen\nto\na\nb\nMere\nskjult"
	if got := a.text(); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestParseArticleRefusesWhatIsNoArticle(t *testing.T) {
	for name, data := range map[string]string{
		"no front matter":     "<p>x</p>",
		"no end":              "---\ntitle: x\n",
		"not YAML":            "---\ntitle: [\n---\n<p>x</p>",
		"a list for the lead": "---\nlead: [a, b]\n---\n<p>x</p>",
	} {
		if _, err := parseArticle([]byte(data)); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestGoldTextIsOnThePage(t *testing.T) {
	s := newServer(t, Options{})
	c := newClient(t, s)
	for _, l := range s.Labels() {
		if !l.HasPage() {
			continue
		}
		title, text := s.Article(l.ID)
		if title == "" || text == "" {
			t.Errorf("%s: no gold text", l.ID)
			continue
		}
		resp, body := c.get(l.URL())
		var page textWriter
		page.node(parse(t, resp, body))
		for line := range strings.Lines(text) {
			if !strings.Contains(page.String(), strings.TrimSpace(line)) {
				t.Errorf("%s: the page does not say %q", l.ID, line)
			}
		}
	}
	if title, text := s.Article("T10"); title+text != "" {
		t.Error("T10 has no page and yet an article")
	}
}
