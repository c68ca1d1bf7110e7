package extract

import (
	"net/http"
	"testing"
)

func TestABylineThatLeavesSomeOutSaysSo(t *testing.T) {
	for line, want := range map[string]bool{
		"Af Anna Holm, Bo Lund med flere":                                    true,
		"Af Anna Holm, Bo Lund m.fl.":                                        true,
		"By Anna Holm, Bo Lund et al.":                                       true,
		"Af Anna Holm og Bo Lund":                                            false,
		"Af Anna Holm og Bo Lund. Kommuner, fonde med flere skriver under.":  false,
		"Af Anna Holm og Bo Lund, medlemmer af styregruppen for børneløftet": false,
	} {
		body := "<html><head><title>Leg i hallen</title></head><body><main><h1>Leg i hallen</h1><p>" + line + "</p><p>Børnene leger i hallen hver dag, og de voksne ser på.</p></main></body></html>"
		res, err := HTML(Input{URL: "https://x.example/leg", ContentType: "text/html; charset=utf-8", Header: http.Header{}, Body: []byte(body)})
		if err != nil {
			t.Fatal(err)
		}
		if len(res.Authors) != 2 || res.AuthorsMore != want {
			t.Errorf("%q: authors %q, more: %v, want two and %v", line, res.Authors, res.AuthorsMore, want)
		}
	}
}
