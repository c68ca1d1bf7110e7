package canonical

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"github.com/nlnwa/whatwg-url/url"
)

// wptCases reads the address cases of web-platform-tests that the parser's module carries in its testdata. They are
// BSD-3-Clause and stay there; a binary built without its sources' paths does not find them.
func wptCases(t *testing.T) []json.RawMessage {
	t.Helper()
	source, _ := runtime.FuncForPC(reflect.ValueOf(url.Parse).Pointer()).FileLine(0)
	data, err := os.ReadFile(filepath.Join(filepath.Dir(source), "..", "testdata", "urltestdata.json"))
	if err != nil {
		t.Skipf("the parser's sources are not here: %v", err)
	}
	var all []json.RawMessage
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

// wptCase is one of them.
type wptCase struct {
	Input   string
	Base    *string
	Href    string
	Failure bool
}

// isHTTP reports whether a case is about an http or https address: one that comes out, or one that is refused.
func (c wptCase) isHTTP() bool {
	for _, text := range []string{c.Href, c.Input} {
		lower := strings.ToLower(strings.TrimLeft(text, " \t\r\n\x00"))
		if strings.HasPrefix(lower, "http:") || strings.HasPrefix(lower, "https:") {
			return c.Failure || text == c.Href
		}
	}
	return c.Failure && c.Base != nil && strings.HasPrefix(*c.Base, "http")
}

func TestEveryAddressOfTheWebPlatformTests(t *testing.T) {
	tried := 0
	for _, raw := range wptCases(t) {
		var c wptCase
		if json.Unmarshal(raw, &c) != nil || !c.isHTTP() {
			continue // comments stand between the cases
		}
		tried++
		base := ""
		if c.Base != nil {
			base = *c.Base
		}
		got, err := Href(c.Input, base)
		switch {
		case c.Failure && err == nil:
			t.Errorf("Href(%q, %q) = %q, want a refusal", c.Input, base, got)
		case !c.Failure && (err != nil || got != c.Href):
			t.Errorf("Href(%q, %q) = %q, %v; want %q", c.Input, base, got, err, c.Href)
		}
		without, err := Parse(c.Input, base)
		if want, _, _ := strings.Cut(c.Href, "#"); !c.Failure && (err != nil || without != want) {
			t.Errorf("Parse(%q, %q) = %q, %v; want %q", c.Input, base, without, err, want)
		}
	}
	t.Logf("%d cases", tried)
	if tried < 400 {
		t.Errorf("only %d cases", tried)
	}
}

// TestTheFormOfAnyScheme holds Form against the cases of all schemes: the 424 above, the one of httpa:, which only begins
// like theirs, and the others.
func TestTheFormOfAnyScheme(t *testing.T) {
	tried := 0
	for _, raw := range wptCases(t) {
		var c wptCase
		if json.Unmarshal(raw, &c) != nil || c.Href == "" && !c.Failure {
			continue
		}
		tried++
		base := ""
		if c.Base != nil {
			base = *c.Base
		}
		if got, err := Form(c.Input, base); c.Failure != (err != nil) || got != c.Href {
			t.Errorf("Form(%q, %q) = %q, %v; want %q", c.Input, base, got, err, c.Href)
		}
	}
	t.Logf("%d cases", tried)
	if tried < 800 {
		t.Errorf("only %d cases", tried)
	}
}
