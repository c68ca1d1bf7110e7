package main

import (
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"smaabornsviden/crawler/demosite"
)

func TestHelpShowsEveryFlagWithASentenceAndItsVariable(t *testing.T) {
	flagLine := regexp.MustCompile(`(?m)^  -(\S+).*\n      (.*)\n      \(default .*; (SMAABORNSVIDEN_[A-Z_]+)\)$`)
	for _, cmd := range commands() {
		res := invoke(t, nil, cmd.name, "-h")
		if res.code != exitOK {
			t.Errorf("%s -h: exit %d, want 0", cmd.name, res.code)
		}
		if !strings.HasPrefix(res.stdout, cmd.short) {
			t.Errorf("%s -h does not begin with its sentence:\n%s", cmd.name, res.stdout)
		}
		shown := flagLine.FindAllStringSubmatch(res.stdout, -1)
		if flags := strings.Count(res.stdout, "\n  -"); flags != len(shown) {
			t.Errorf("%s -h: %d flags, but %d with sentence, default and variable:\n%s", cmd.name, flags, len(shown), res.stdout)
		}
		for _, m := range shown {
			if sentence := m[2]; !strings.HasSuffix(sentence, ".") || len(strings.Fields(sentence)) < 5 || strings.ToUpper(sentence[:1]) != sentence[:1] {
				t.Errorf("%s -%s: %q is no full sentence", cmd.name, m[1], sentence)
			}
			if m[3] != envName(m[1]) {
				t.Errorf("%s -%s: variable %s, want %s", cmd.name, m[1], m[3], envName(m[1]))
			}
		}
		if overview := invoke(t, nil, "help"); !strings.Contains(overview.stdout, cmd.short) {
			t.Errorf("help does not list %s", cmd.name)
		}
	}
}

func TestWrongUsageIsToldBeforeAnythingIsTried(t *testing.T) {
	dir := t.TempDir()
	badRegister := filepath.Join(dir, "bad.yaml")
	goodRegister := filepath.Join(dir, "good.yaml")
	write(t, badRegister, "sources:\n  - id: x\n    name: X\n    sector: kommune\n    policy: always\n    home: \"https://x.example/\"\n")
	write(t, goodRegister, "sources:\n  - id: x\n    name: X\n    sector: kommune\n    policy: index\n    home: \"https://x.example/\"\n")
	data := filepath.Join(dir, "data")
	tests := []struct {
		name string
		args []string
		code int
		want string // in what is printed to standard error
	}{
		{"nothing", nil, exitUsage, "usage: smaabornsviden COMMAND"},
		{"unknown command", []string{"find"}, exitUsage, `no command "find"`},
		{"unknown flag", []string{"serve", "-port", "80"}, exitUsage, "flag provided but not defined: -port"},
		{"argument too many", []string{"serve", "now"}, exitUsage, `got "now"`},
		{"query without words", []string{"query", "-data", data}, exitUsage, "words to search for"},
		{"query without data", []string{"query", "-data", data, "leg"}, exitFail, "holds nothing yet"},
		{"extract without page", []string{"extract"}, exitUsage, "one file, one address"},
		{"extract of no file", []string{"extract", filepath.Join(dir, "none.html")}, exitFail, "no such file"},
		{"extract elsewhere without contact", []string{"extract", "https://x.example/"}, exitUsage, "-contact is needed"},
		{"crawl without contact", []string{"crawl", "-data", data}, exitUsage, "-contact is needed"},
		{"run without contact", []string{"run", "-data", data}, exitUsage, "-contact is needed"},
		{"contact is none", []string{"run", "-data", data, "-contact", "me"}, exitUsage, "neither an e-mail address nor a URL"},
		{"contact breaks the header", []string{"run", "-data", data, "-contact", "a@b.dk)\r\nX: y"}, exitUsage, "may hold no spaces"},
		{"impolite delay", []string{"crawl", "-data", data, "-contact", "a@b.dk", "-delay", "10ms"}, exitUsage, "less than 1s"},
		{"unknown source", []string{"crawl", "-data", data, "-contact", "a@b.dk", "nobody"}, exitUsage, `no source "nobody"`},
		{"source that is asked first", []string{"crawl", "-data", data, "-contact", "a@b.dk", "dea"}, exitUsage, "policy ask"},
		{"register with a mistake", []string{"crawl", "-data", data, "-partners", badRegister, "-contact", "a@b.dk"}, exitFail, "bad.yaml:5: x: policy"},
		{"register that is not there", []string{"run", "-data", data, "-partners", "none.yaml", "-contact", "a@b.dk"}, exitFail, "none.yaml"},
		{"own register without contact", []string{"run", "-data", data, "-partners", goodRegister}, exitUsage, "https://x.example/"},
		{"engine of no kind", []string{"query", "-data", data, "-engine", "lucene", "leg"}, exitUsage, "neither bleve nor opensearch"},
		{"cluster without address", []string{"serve", "-data", data, "-engine", "opensearch"}, exitUsage, "needs -opensearch-url"},
		{"index without shards", []string{"rebuild", "-data", data, "-opensearch-shards", "0"}, exitUsage, "at least one shard"},
		{"evaluation in no engine", []string{"eval", "-engine", "lucene"}, exitUsage, "neither bleve nor opensearch"},
		{"log level", []string{"serve", "-data", data, "-log", "loud"}, exitUsage, "none of debug, info"},
		{"fault of no kind", []string{"demo", "-data", data, "-fault", "V=tired"}, exitUsage, "-fault V=tired"},
		{"story before the first", []string{"demo", "-data", data, "-story", "-1"}, exitUsage, "story"},
		{"story of no crawl", []string{"demo", "-data", data, "-story", "0", "-exit"}, exitUsage, "-story 0"},
		{"eval without files", []string{"eval"}, exitUsage, "-corpus, -queries and -qrels"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			res := invoke(t, nil, tt.args...)
			if res.code != tt.code || !strings.Contains(res.stderr, tt.want) {
				t.Errorf("exit %d, want %d; printed %q, want %q in it", res.code, tt.code, res.stderr, tt.want)
			}
			if _, err := os.Stat(data); err == nil {
				t.Errorf("a data folder was made")
			}
		})
	}
}

func write(t testing.TB, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestTakenPortIsAnErrorAtOnce(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	data := filepath.Join(t.TempDir(), "data")
	res := invoke(t, nil, "demo", "-data", data, "-addr", l.Addr().String())
	if res.code != exitFail || !strings.Contains(res.stderr, "address already in use") || !strings.Contains(res.stderr, "-addr") {
		t.Errorf("exit %d, printed %q", res.code, res.stderr)
	}
	if _, err := os.Stat(data); err == nil {
		t.Error("a data folder was made although the port was taken")
	}
}

func TestEnvironmentMirrorsFlagsAndTheCommandLineWins(t *testing.T) {
	vars := map[string]string{"SMAABORNSVIDEN_DATA": "/nowhere/a", "SMAABORNSVIDEN_SIZE": "many"}
	if res := invoke(t, vars, "query", "leg"); res.code != exitUsage || !strings.Contains(res.stderr, `SMAABORNSVIDEN_SIZE="many"`) {
		t.Errorf("bad variable: exit %d, printed %q", res.code, res.stderr)
	}
	delete(vars, "SMAABORNSVIDEN_SIZE")
	if res := invoke(t, vars, "query", "leg"); !strings.Contains(res.stderr, "/nowhere/a") {
		t.Errorf("variable not read: %q", res.stderr)
	}
	if res := invoke(t, vars, "query", "leg", "-data", "/nowhere/b"); !strings.Contains(res.stderr, "/nowhere/b") {
		t.Errorf("flag behind the argument does not win: %q", res.stderr)
	}
}

const samplePage = `<!doctype html><html lang="da"><head><title>Fri leg i skoven</title>
<meta property="article:published_time" content="2024-05-30T08:00:00+02:00"><meta name="author" content="Ida Eksempel"></head>
<body><main><h1>Fri leg i skoven</h1><p>Børnene går i skoven hver tirsdag, og de voksne går med. De bygger huler og lytter til fugle.</p>
<p>Læs mere <a href="/om">om os</a>.</p></main></body></html>`

func TestExtractReadsAPageFromStandardInputAndFromAFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "side.html")
	write(t, file, samplePage)
	for _, args := range [][]string{
		{"extract", "-url", "https://x.example/leg", "-"},
		{"extract", "-", "-url", "https://x.example/leg"},
		{"extract", file, "-url", "https://x.example/leg"},
	} {
		res := invokeIn(t, strings.NewReader(samplePage), nil, args...)
		if res.code != exitOK {
			t.Errorf("%v: exit %d: %s", args, res.code, res.stderr)
		}
		for _, want := range []string{`"title": "Fri leg i skoven"`, `"https://x.example/om"`, `"Ida Eksempel"`, `"lang": "da"`, "hver tirsdag"} {
			if !strings.Contains(res.stdout, want) {
				t.Errorf("%v: no %s in\n%s", args, want, res.stdout)
			}
		}
		if !regexp.MustCompile(`"published": "2024-05-30T[0-9:]+(Z|[+-]\d\d:\d\d)"`).MatchString(res.stdout) {
			t.Errorf("%v: published is not RFC 3339 in\n%s", args, res.stdout)
		}
	}
}

func TestExtractTakesTheCharsetOfAHeader(t *testing.T) {
	latin := "<title>R\xf8dgr\xf8d</title><p>Sm\xe5 b\xf8rn spiser r\xf8dgr\xf8d med fl\xf8de i b\xf8rnehaven hver sommer."
	res := invokeIn(t, strings.NewReader(latin), nil, "extract", "-charset", "iso-8859-1", "-")
	if !strings.Contains(res.stdout, `"title": "Rødgrød"`) {
		t.Errorf("title not read:\n%s%s", res.stdout, res.stderr)
	}
}

func TestExtractReadsAPDFWithItsPages(t *testing.T) {
	sites, err := demosite.New(demosite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	rec := httptest.NewRecorder()
	sites.Handler().ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "http://morgenfroe-fonden.example/media/1108/tema-livsduelighed.pdf", nil))
	res := invokeIn(t, rec.Body, nil, "extract", "-")
	for _, want := range []string{`"format": "pdf"`, `"title": "Tema: Livsduelighed hos de mindste"`, `"pages": `, `"published": "2021-11-30T`, `"page_offsets"`} {
		if !strings.Contains(res.stdout, want) {
			t.Errorf("no %s in\n%s%s", want, res.stdout, res.stderr)
		}
	}
}
