package partners

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"smaabornsviden/index"
)

// FieldError is one mistake in a register file.
type FieldError struct {
	File   string
	Line   int    // from 1
	Source string // id of the source, or its place in the list
	Field  string
	Reason string
}

func (e *FieldError) Error() string {
	return fmt.Sprintf("%s:%d: %s: %s: %s", e.File, e.Line, e.Source, e.Field, e.Reason)
}

// Load reads a register. All mistakes are reported at once, each as a *FieldError with file, line and field;
// errors.As and errors.Join's Unwrap reach them. A register without sources is a mistake.
func Load(data []byte, file string) (*Register, error) {
	r, tree, err := decode(data)
	if err != nil {
		return nil, decodeError(file, err)
	}
	c := checker{file: file, tree: tree, ids: map[string]bool{}, hosts: map[string]string{}}
	if len(r.Sources) == 0 {
		c.fail("$.sources", "register", "sources", "has no source")
	}
	for i := range r.Sources {
		c.source(i, &r.Sources[i])
	}
	if len(c.errs) > 0 {
		return nil, errors.Join(c.errs...)
	}
	return &r, nil
}

// decode reads YAML. The library panics at some malformed tags, and a slip of the keyboard is no reason to end with a stack trace.
func decode(data []byte) (r Register, tree *ast.File, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("no YAML that can be read: %v", p)
		}
	}()
	if err := yaml.NewDecoder(bytes.NewReader(data), yaml.Strict()).Decode(&r); err != nil {
		return r, nil, err
	}
	tree, err = parser.ParseBytes(data, 0)
	return r, tree, err
}

// decodeError keeps what the YAML library knows of place and cause, on one line.
func decodeError(file string, err error) error {
	var at yaml.Error
	if !errors.As(err, &at) || at.GetToken() == nil {
		return fmt.Errorf("read register %s: %w", file, err)
	}
	field := strings.Trim(at.GetToken().Value, " \n")
	return &FieldError{File: file, Line: at.GetToken().Position.Line, Source: "register", Field: field, Reason: at.GetMessage()}
}

type checker struct {
	file  string
	tree  *ast.File
	errs  []error
	ids   map[string]bool
	hosts map[string]string
}

func (c *checker) fail(path, source, field, reason string) {
	c.errs = append(c.errs, &FieldError{File: c.file, Line: c.line(path), Source: source, Field: field, Reason: reason})
}

// line finds where a value stands; a value that is not there is looked for at its parent.
func (c *checker) line(path string) int {
	for path != "" && path != "$" {
		if p, err := yaml.PathString(path); err == nil {
			if node, err := p.FilterFile(c.tree); err == nil && node != nil {
				return firstLine(node)
			}
		}
		path = path[:max(0, strings.LastIndexAny(path, ".["))]
	}
	return 1
}

// firstLine is the line on which a node begins. A mapping's own token is a colon further down its first line.
func firstLine(node ast.Node) int {
	if m, ok := node.(*ast.MappingNode); ok && len(m.Values) > 0 {
		return m.Values[0].Key.GetToken().Position.Line
	}
	return node.GetToken().Position.Line
}

var idShape = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,39}$`)

func (c *checker) source(i int, s *Source) {
	name := s.ID
	if name == "" {
		name = fmt.Sprintf("sources[%d]", i)
	}
	fail := func(field, format string, args ...any) {
		c.fail(fmt.Sprintf("$.sources[%d].%s", i, field), name, field, fmt.Sprintf(format, args...))
	}
	if !idShape.MatchString(s.ID) {
		fail("id", "%q is not 1-40 of a-z, 0-9 and -", s.ID)
	}
	if c.ids[s.ID] {
		fail("id", "%q stands twice", s.ID)
	}
	c.ids[s.ID] = true
	if s.Name == "" {
		fail("name", "is missing")
	}
	checkChoices(s, fail)
	checkPlaces(s, fail)
	checkProvider(s, fail)
	checkNumbers(s, fail)
}

func checkChoices(s *Source, fail func(field, format string, args ...any)) {
	if !slices.Contains([]Policy{Index, Metadata, Ask, Never}, s.Policy) {
		fail("policy", "%q is none of index, metadata, ask, never", s.Policy)
	}
	if (s.Policy == Ask || s.Policy == Never) && s.Why == "" {
		fail("why", "is missing: say why nothing is fetched")
	}
	if !hasSlug(index.FacetSector, s.Sector) {
		fail("sector", "%q is none of %s", s.Sector, slugs(index.FacetSector))
	}
	if s.Type != "" && !slices.Contains(index.Types, s.Type) {
		fail("type", "%q is none of %s", s.Type, strings.Join(index.Types, ", "))
	}
	if s.Status != "" && !slices.Contains([]string{"aktiv", "arkiv", "lukket"}, s.Status) {
		fail("status", "%q is none of aktiv, arkiv, lukket", s.Status)
	}
	if _, err := time.Parse(time.DateOnly, s.Agreement); s.Agreement != "" && err != nil {
		fail("agreement", "%q is no day like 2026-03-12", s.Agreement)
	}
	if s.Contact != "" && !strings.Contains(s.Contact, "@") && badURL(s.Contact) != "" {
		fail("contact", "%q is no e-mail or web address", s.Contact)
	}
	for _, lang := range s.Lang {
		if !slices.Contains(index.Languages, lang) {
			fail("lang", "%q is none of %s", lang, strings.Join(index.Languages, ", "))
		}
	}
}

// prefixShape is what the protocol's schema allows.
var prefixShape = regexp.MustCompile(`^[A-Za-z0-9\-_.!~*'()]+$`)

type fieldValues struct {
	field  string
	values []string
}

func checkPlaces(s *Source, fail func(field, format string, args ...any)) {
	if s.Home == "" && s.Fetched() {
		fail("home", "is missing")
	}
	if s.Home != "" {
		if reason := badURL(s.Home); reason != "" {
			fail("home", "%q %s", s.Home, reason)
		}
	}
	for _, list := range []fieldValues{{"start", s.Start}, {"sitemaps", s.Sitemaps}, {"feeds", s.Feeds}} {
		for _, u := range list.values {
			if badURL(u) != "" && !strings.HasPrefix(u, "/") {
				fail(list.field, "%q is neither a path that begins with / nor an http address", u)
			}
		}
	}
	for _, list := range []fieldValues{{"include", s.Include}, {"exclude", s.Exclude}, {"list", s.List}} {
		for _, prefix := range list.values {
			if !strings.HasPrefix(prefix, "/") {
				fail(list.field, "%q does not begin with /", prefix)
			}
		}
	}
	for _, alias := range s.Aliases {
		if strings.ContainsAny(alias, "/: ") || alias == "" {
			fail("aliases", "%q is not a bare host name", alias)
		}
	}
}

func checkProvider(s *Source, fail func(field, format string, args ...any)) {
	if s.OAI != "" && badURL(s.OAI) != "" {
		fail("oai", "%q %s", s.OAI, badURL(s.OAI))
	}
	if len(s.OAISets) > 0 && s.OAI == "" {
		fail("oai_sets", "names sets of no provider: oai is missing")
	}
	for _, set := range s.OAISets {
		if set == "" || strings.ContainsAny(set, " \t\n&?#") {
			fail("oai_sets", "%q is not the name of a set", set)
		}
	}
	if s.OAIPrefix != "" && s.OAI == "" {
		fail("oai_prefix", "names a format of no provider: oai is missing")
	}
	if s.OAIPrefix != "" && !prefixShape.MatchString(s.OAIPrefix) {
		fail("oai_prefix", "%q is not a metadata prefix such as oai_dc or mods", s.OAIPrefix)
	}
}

func checkNumbers(s *Source, fail func(field, format string, args ...any)) {
	if s.Hours != "" && (!hoursShape.MatchString(s.Hours) || s.Hours[:2] == s.Hours[3:]) {
		fail("hours", "%q is not two different full hours as in 22-06", s.Hours)
	}
	if s.SnippetMax < 0 {
		fail("snippet_max", "%d is negative", s.SnippetMax)
	}
	if s.Delay < 0 {
		fail("delay", "%s is negative", s.Delay)
	}
	if s.MaxPages < 0 {
		fail("max_pages", "%d is negative", s.MaxPages)
	}
}

// badURL says what is wrong with an address, "" for nothing.
func badURL(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return "is not an address"
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return "is not an http or https address"
	}
	if u.User != nil {
		return "holds a user name"
	}
	return ""
}

func hasSlug(facet, slug string) bool {
	for _, c := range index.Choices(facet) {
		if c.Slug == slug {
			return true
		}
	}
	return false
}

func slugs(facet string) string {
	var out []string
	for _, c := range index.Choices(facet) {
		out = append(out, c.Slug)
	}
	return strings.Join(out, ", ")
}
