package extract

import "testing"

func TestWhatIsMadeForMachinesIsNoPage(t *testing.T) {
	for _, tc := range []struct{ name, kind, body, want string }{
		{"a feed", "application/rss+xml", `<?xml version="1.0"?><rss version="2.0"><channel><title>Nyt</title></channel></rss>`, "xml"},
		{"a feed called HTML", "text/html", "\ufeff\n<?xml version=\"1.0\"?>\n<?xml-stylesheet href=\"a.xsl\"?><!-- generator -->\n<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Nyt</title></feed>", "xml"},
		{"a feed in RDF", "text/xml", `<rdf:RDF xmlns:rdf="x"><channel><title>Nyt</title></channel></rdf:RDF>`, "xml"},
		{"a sitemap", "text/html", `<urlset xmlns="x"><url><loc>https://x.example/</loc></url></urlset>`, "xml"},
		{"an appointment", "text/plain", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "data"},
		{"an answer for a script", "application/json; charset=utf-8", `{"title":"Leg"}`, "data"},
		{"a style", "text/css", "main{color:red}", "data"},
		{"a page called JSON", "application/json", `<!doctype html><title>Leg</title><p>Børn leger.`, "html"},
		{"a page in XHTML", "application/xhtml+xml", `<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html><head><title>Leg</title></head></html>`, "html"},
		{"a page with a drawing", "text/html", `<p>Børn leger.</p><svg viewBox="0 0 1 1"></svg>`, "html"},
		{"a page about feeds", "text/html", `<h1>Om rss</h1><pre>&lt;rss&gt;</pre>`, "html"},
		{"words alone", "text/plain", "Børn leger.", "html"},
	} {
		if got := sniff(Input{ContentType: tc.kind, Body: []byte(tc.body)}); got != tc.want {
			t.Errorf("%s is %q, want %q", tc.name, got, tc.want)
		}
	}
}
