package extract

import (
	"cmp"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// TestMeasureArticles scores the main text against the gold texts of article-extraction-benchmark
// (scrapinghub, MIT): mean over pages of precision and recall of 4-word shingles, as its evaluate.py does.
func TestMeasureArticles(t *testing.T) {
	dir := os.Getenv("SMAABORNSVIDEN_AEB")
	if dir == "" {
		t.Skip("SMAABORNSVIDEN_AEB does not name a folder with ground-truth.json and html/*.html.gz")
	}
	var gold map[string]struct{ ArticleBody, URL string }
	raw, err := os.ReadFile(filepath.Join(dir, "ground-truth.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &gold); err != nil {
		t.Fatal(err)
	}
	var total score
	var worst []string
	for key, want := range gold {
		res, err := HTML(Input{URL: want.URL, Body: readGzip(t, filepath.Join(dir, "html", key+".html.gz"))})
		if err != nil {
			t.Errorf("%s: %v", key, err)
			continue
		}
		text := res.Text
		s := compare(text, want.ArticleBody)
		total.add(s)
		worst = append(worst, fmt.Sprintf("%.3f p %.2f r %.2f %-20s %s %s", s.f1(), s.precision, s.recall, res.Why["text"].Rule+" "+res.Why["text"].Quote, key[:8], want.URL))
	}
	sort.Strings(worst)
	t.Logf("pages %d: F1 %.4f (precision %.4f, recall %.4f)", total.n, total.mean().f1(), total.mean().precision, total.mean().recall)
	t.Log("lowest:\n" + strings.Join(worst[:min(25, len(worst))], "\n"))
	if f1 := total.mean().f1(); f1 < 0.96 {
		t.Errorf("F1 fell to %.4f", f1)
	}
}

// TestMeasureHelp scores two whole Danish sites that Debian packages (libreoffice-help-da, gimp-help-da) against
// the container in which their authors keep the content.
func TestMeasureHelp(t *testing.T) {
	for _, env := range []string{"SMAABORNSVIDEN_LIBREOFFICE_HELP", "SMAABORNSVIDEN_GIMP_HELP"} {
		t.Run(env, func(t *testing.T) {
			dir := os.Getenv(env)
			if dir == "" {
				t.Skip(env + " does not name a folder of help pages")
			}
			known, alone := measureSite(t, dir, learnSite(t, dir)), measureSite(t, dir, nil)
			if known < 0.985 || alone < 0.965 {
				t.Errorf("F1 fell to %.4f with a model and %.4f without", known, alone)
			}
		})
	}
}

func measureSite(t *testing.T, dir string, learnt *Model) (f1 float64) {
	t.Helper()
	var total score
	var worst []string
	noTitle, noText, i := 0, 0, 0
	rules := map[string]int{}
	langs := map[string]int{}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".html") {
			return err
		}
		if i++; i%sampleEvery() != 0 {
			return nil
		}
		body, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		res, err := HTML(Input{URL: "https://hjaelp.example/" + strings.TrimPrefix(path, dir), Body: body, Model: learnt})
		if err != nil {
			return err
		}
		noTitle += btoi(res.Title == "")
		noText += btoi(res.Text == "")
		if res.Title == "" || res.Text == "" {
			t.Logf("title %q, %d bytes of text: %s", res.Title, len(res.Text), path)
		}
		rules[res.Why["text"].Rule]++
		langs[res.Lang]++
		s := compare(res.Title+"\n"+res.Text, goldOf(string(body)))
		total.add(s)
		worst = append(worst, fmt.Sprintf("%.3f p %.2f r %.2f %s %s", s.f1(), s.precision, s.recall, res.Why["text"].Rule, path))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	sort.Strings(worst)
	t.Logf("pages %d: F1 %.4f (precision %.4f, recall %.4f); without title %d, without text %d; rules %v; languages %v",
		total.n, total.mean().f1(), total.mean().precision, total.mean().recall, noTitle, noText, rules, langs)
	t.Log("lowest:\n" + strings.Join(worst[:min(5, len(worst))], "\n"))
	return total.mean().f1()
}

func sampleEvery() int {
	if os.Getenv("SMAABORNSVIDEN_ALL") != "" {
		return 1
	}
	return 5
}

// goldOf is the text of the authors' content container without hidden parts: all of LibreOffice's DisplayArea,
// all of a DocBook page but its navheader and navfooter.
func goldOf(page string) string {
	root, _, err := parse(page)
	if err != nil {
		return ""
	}
	box := first(root, func(n *html.Node) bool { return attr(n, "id") == "DisplayArea" })
	if box == nil {
		box = root
	}
	bs := blocks(box, func(n *html.Node) bool {
		return classWords(n).any([]string{"navheader", "navfooter"})
	})
	return joinBlocks(bs)
}

// score is precision and recall of shingles, of one page or summed over n.
type score struct {
	precision, recall float64
	n                 int
}

func (s *score) add(o score) {
	s.precision += o.precision
	s.recall += o.recall
	s.n++
}

func (s score) mean() score {
	n := float64(max(1, s.n))
	return score{s.precision / n, s.recall / n, 1}
}

func (s score) f1() float64 {
	if s.precision+s.recall == 0 {
		return 0
	}
	return 2 * s.precision * s.recall / (s.precision + s.recall)
}

var scoreToken = regexp.MustCompile(`[\p{L}\p{N}_]+`)

func shingles(text string) map[string]int {
	words := scoreToken.FindAllString(text, -1)
	out := map[string]int{}
	for i := range max(1, len(words)-3) {
		if len(words) > 0 {
			out[strings.Join(words[i:min(len(words), i+4)], " ")]++
		}
	}
	return out
}

func compare(got, want string) score {
	a, b := shingles(got), shingles(want)
	tp, fp, fn := 0, 0, 0
	for s, n := range a {
		tp += min(n, b[s])
		fp += max(0, n-b[s])
	}
	for s, n := range b {
		fn += max(0, n-a[s])
	}
	precision, recall := 0.0, 0.0
	if tp+fp > 0 {
		precision = float64(tp) / float64(tp+fp)
	}
	if tp+fn > 0 {
		recall = float64(tp) / float64(tp+fn)
	}
	if fp == 0 && fn == 0 {
		precision, recall = 1, 1
	}
	return score{precision, recall, 1}
}

func readGzip(t *testing.T, path string) []byte {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// learnSite learns of the pages with the smallest hashes, as a crawl does.
func learnSite(t *testing.T, dir string) *Model {
	t.Helper()
	var files []string
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.HasSuffix(path, ".html") {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(files, func(a, b string) int {
		return cmp.Compare(lineHash(strings.TrimPrefix(a, dir), ""), lineHash(strings.TrimPrefix(b, dir), ""))
	})
	var l Learner
	for _, file := range files[:min(len(files), LearnMost)] {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		l.Add(Input{URL: "https://hjaelp.example/", Body: body})
	}
	return l.Learn()
}
