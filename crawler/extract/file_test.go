package extract_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"smaabornsviden/crawler/demosite"
	"smaabornsviden/crawler/extract"
	"smaabornsviden/index"
	"smaabornsviden/index/danish"
)

// demoFile fetches a file of the demonstration.
func demoFile(t *testing.T, path string, address string) extract.Input {
	t.Helper()
	sites, err := demosite.New(demosite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	req := httptest.NewRequest(http.MethodGet, address+path, nil)
	rec := httptest.NewRecorder()
	sites.Handler().ServeHTTP(rec, req)
	if rec.Code != http.StatusOK {
		t.Fatalf("%s: HTTP %d", address, rec.Code)
	}
	return extract.Input{URL: address + path, ContentType: rec.Header().Get("Content-Type"), Body: rec.Body.Bytes(), Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}
}

func readFile(t *testing.T, path, address string) (extract.Result, error) {
	t.Helper()
	a, err := danish.New()
	if err != nil {
		t.Fatal(err)
	}
	return extract.Reader{Joiner: extract.Joiner(a)}.Page(t.Context(), demoFile(t, path, address))
}

func TestAFileOfTwoColumnsIsReadAsItsAuthorWroteIt(t *testing.T) {
	res, err := readFile(t, "/media/1108/tema-livsduelighed.pdf", "http://morgenfroe-fonden.example")
	if err != nil {
		t.Fatal(err)
	}
	if res.Title != "Tema: Livsduelighed hos de mindste" || res.Format != "pdf" || res.Lang != "da" {
		t.Errorf("title %q, format %q, lang %q", res.Title, res.Format, res.Lang)
	}
	if got := res.Published; got.Time.Format(time.DateOnly) != "2021-11-30" || got.Precision != index.Day || got.Rule != "date-line" {
		t.Errorf("published %+v", got)
	}
	if strings.Join(res.Authors, ", ") != "Karla Vindinge, Jeppe Ørbæk" {
		t.Errorf("authors %q", res.Authors)
	}
	if res.Pages < 4 || len(res.PageOffsets) != res.Pages || res.PageOffsets[0] != 0 {
		t.Errorf("%d pages at %v", res.Pages, res.PageOffsets)
	}
	flat := strings.Join(strings.Fields(res.Text), " ")
	for _, want := range []string{
		"Ordet lyder voksent, og det er det også.", "Undersøgelsen kan ikke fastslå, hvad der er årsag, og hvad der er virkning.",
		"En voksen, der er presset, kan ikke låne et barn sin ro.", "LIVSDUELIGHED",
	} {
		if !strings.Contains(flat, want) {
			t.Errorf("the text lacks %q", want)
		}
	}
	if strings.Contains(res.Text, "· Side") || strings.Contains(res.Text, "\u00ad") {
		t.Error("footers or soft hyphens are left")
	}
	if t.Failed() {
		t.Log(res.Text)
	}
}

func TestTheNumbersOfAGuideStandInItsColophon(t *testing.T) {
	res, err := readFile(t, "/media/2017/vejledning-i-sprogvurdering-2-udgave.pdf", "http://vtb.example")
	if err != nil {
		t.Fatal(err)
	}
	if res.ISBN != "9788700017023" || res.Published.Time.Format(time.DateOnly) != "2017-08-25" || res.Published.Rule != "date-label" {
		t.Errorf("isbn %q, published %+v", res.ISBN, res.Published)
	}
	if !strings.Contains(res.Text, "Fokuseret indsats") || t.Failed() {
		t.Error(res.Text)
	}
}

func TestAScanSaysThatItsTextCannotBeSearched(t *testing.T) {
	res, err := readFile(t, "/media/2004/tosprogede-smaaboerns-foerste-aar-i-dagtilbud.pdf", "http://vtb.example")
	if !errors.Is(err, extract.ErrNoText) || errors.Is(err, extract.ErrUnsupported) {
		t.Fatalf("error %v", err)
	}
	if res.Notice != "Teksten i filen kan ikke søges" || res.Text != "" || res.Pages != 4 || !strings.HasPrefix(res.Title, "Tosprogede") {
		t.Errorf("%+v", res)
	}
}

func TestABrokenFileIsUnsupportedForGood(t *testing.T) {
	for name, body := range map[string]string{"pdf": "%PDF-1.7\nnothing", "docx": "PK\x03\x04 [Content_Types].xml"} {
		res, err := extract.Page(t.Context(), extract.Input{URL: "http://a.example/x", Body: []byte(body)})
		if !errors.Is(err, extract.ErrUnsupported) || res.Format != name {
			t.Errorf("%s: format %q, error %v", name, res.Format, err)
		}
	}
}

func TestAPageOffersItsOwnFileAndNotAnother(t *testing.T) {
	for name, c := range map[string]struct {
		body string
		want string
	}{
		"download link":          {`<p><a href="/m/rapport.pdf">Hent rapporten (PDF, 12 sider)</a>`, "http://a.example/m/rapport.pdf"},
		"galley of a journal":    {`<a class="galley-link" href="/m/7.pdf">PDF</a>`, "http://a.example/m/7.pdf"},
		"named by the metadata":  {`<meta name="citation_pdf_url" content="http://a.example/download/7/1007">`, "http://a.example/download/7/1007"},
		"other edition":          {`<p>Se <a href="/m/2-udgave.pdf">2. udgave</a>`, ""},
		"list of several works":  {`<a href="/1.pdf">Hent 1</a><a href="/2.pdf">Hent 2</a><a href="/3.pdf">Hent 3</a><a href="/4.pdf">Hent 4</a>`, ""},
		"download of other kind": {`<a href="/app.zip">Hent programmet</a>`, ""},
	} {
		res, err := extract.HTML(extract.Input{URL: "http://a.example/", Body: []byte("<!doctype html><title>T</title>" + c.body)})
		if err != nil || strings.Join(res.Files, " ") != c.want {
			t.Errorf("%s: %q, %v, want %q", name, res.Files, err, c.want)
		}
	}
}
