package api

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"smaabornsviden/index"
	"smaabornsviden/index/query"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/protocol"
)

// Operation is one thing that programs can ask for.
type Operation struct {
	Path       string
	Name       string // operationId
	Summary    string
	Text       string
	Parameters []Parameter
	// Result is a value of the type that is answered with; nil for what is no JSON of ours.
	Result   any
	Contents []string // content types, where Result is nil
	Problems []Kind   // beside those that every operation has
	Limited  bool     // counts against the limit of an asker
	Moves    bool     // may be answered with 301
	Creates  bool     // is asked for with POST and answered with 201
	Whole    bool     // is sent anew each time, without a tag to ask again by
	Headers  []string // of the answer, names in headers, beside those that follow from what is said above
	Example  string   // a path with parameters that gives an answer
}

// header is a header of an answer.
type header struct {
	name, text string
	schema     map[string]any
}

// headers are those that answers have of their own, beside those of HTTP itself.
func headers() []header {
	count := schema("integer", "minimum", 0)
	return []header{
		{"ETag", "Mærke for svaret, til If-None-Match: det samme, så længe samlingen og programmet er det.", schema("string")},
		{"Link", "Adresser, der hører til svaret (RFC 8288): de andre sider af en søgning, eller det samme som side.", schema("string")},
		{"Location", "Hvor det gemte ligger, eller det, der står på pladsen.", schema("string")},
		{"Retry-After", "Sekunder, der skal gå før næste forsøg.", count},
		{"RateLimit-Limit", "Forespørgsler, der kan komme på én gang. Mangler, hvor der ingen grænse er.", count},
		{"RateLimit-Remaining", "Forespørgsler, der er tilbage nu. Mangler, hvor der ingen grænse er.", count},
		{"RateLimit-Reset", "Sekunder, til alle er der igen. Mangler, hvor der ingen grænse er.", count},
		{"RateLimit-Policy", "Grænsen: antal;w=sekunder;burst=antal på én gang. Mangler, hvor der ingen grænse er.", schema("string")},
		{"X-Total-Count", "Antal resultater i søgningen, også dem, der ikke er med i filen.", count},
		{"X-Reserved", "Antal resultater, der ikke er med i filen, fordi kilden har taget forbehold mod tekst- og datamining.", count},
		{"X-Index-State", "Indeksets generation og seneste ændring.", schema("string")},
	}
}

// limitHeaders tell an asker what is left.
var limitHeaders = []string{"RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "RateLimit-Policy"}

// Parameter is a parameter of an Operation.
type Parameter struct {
	Name     string
	In       string // query or path
	Text     string
	Schema   map[string]any
	Repeated bool
	Required bool
}

func schema(kind string, pairs ...any) map[string]any {
	s := map[string]any{"type": kind}
	for i := 0; i+1 < len(pairs); i += 2 {
		s[pairs[i].(string)] = pairs[i+1]
	}
	return s
}

// chosen is a parameter whose value is a slug; the Danish label in any case is taken as well.
func chosen(facet, text string) Parameter {
	s := schema("string")
	if choices := index.Choices(facet); choices != nil {
		var slugs []string
		for _, c := range choices {
			slugs = append(slugs, c.Slug)
		}
		text += " En af: " + strings.Join(slugs, ", ") + "; den danske betegnelse kan også bruges, uanset store og små bogstaver. Minus foran udelader værdien."
		s["enum"] = withExcluded(named(choices))
		if facet == index.FacetAge {
			s = schema("string", "anyOf", []any{map[string]any{"enum": s["enum"]}, map[string]any{"pattern": agePattern}})
		}
	}
	return Parameter{Name: facet, In: "query", Text: text, Schema: s, Repeated: true}
}

// withExcluded adds the values with the sign that leaves them out.
func withExcluded(values []string) []string {
	for _, v := range slices.Clip(values) {
		if v != "" {
			values = append(values, "-"+v)
		}
	}
	return values
}

// named lists slugs, then labels. Labels are taken in any case, which an enum cannot say.
func named(choices []index.Choice) []string {
	var out, labels []string
	for _, c := range choices {
		out = append(out, c.Slug)
		if !strings.EqualFold(c.Label, c.Slug) {
			labels = append(labels, c.Label)
		}
	}
	return append(append(out, labels...), "") // a field of a form that was left empty
}

// agePattern is an age in years, or a span of such ages.
const agePattern = `^-?([0-6]|0-[0-6]|1-[1-6]|2-[2-6]|3-[3-6]|4-[4-6]|5-[56]|6-6)( år)?$`

// The patterns of years and dates take no day that the calendar does not have: whoever checks a value by them before
// asking is never refused.
const (
	yearPattern = `[1-9]\d{3}`
	dayPattern  = `(0[1-9]|1\d|2[0-8])`
	leapYears   = `([1-9]\d(0[48]|[2468][048]|[13579][26])|([2468][048]|[13579][26])00)`
	datePattern = `^(` + yearPattern + `(-(0[1-9]|1[0-2])(-` + dayPattern + `)?)?` +
		`|` + yearPattern + `-(0[13-9]|1[0-2])-(29|30)` +
		`|` + yearPattern + `-(0[13578]|1[02])-31` +
		`|` + leapYears + `-02-29)?$` // empty means open
)

// filters are the parameters that say what to find.
func filters() []Parameter {
	return []Parameter{
		{Name: "q", In: "query", Text: "Søgeordene, højst 512 bytes i UTF-8. Se /hjaelp om anførselstegn, minus, stjerne, AND/OG og felter. Felter bliver til filtre som parametrene; et felt, der ikke kan læses, giver bad-parameter med stykket i errors. Andet, der ikke kunne læses, står i understood.notes med plads.", Schema: schema("string", "examples", []string{"leg", "tidlig indsats"})},
		chosen(index.FacetTopic, "Emne: en slug fra /api/v1/topics eller emnets navn; minus foran udelader det."),
		chosen(index.FacetAge, "Børnenes alder. År som 0-2 eller 4 kan også bruges."),
		chosen(index.FacetType, "Type."),
		chosen(index.FacetSector, "Afsenderens sektor."),
		chosen(index.FacetSource, "Kilde: et id fra /api/v1/sources eller kildens navn; minus foran udelader den."),
		{Name: index.FacetYear, In: "query", Text: "Årstal; minus foran udelader året.", Schema: schema("string", "pattern", "^(-?"+yearPattern+")?$"), Repeated: true},
		chosen(index.FacetLang, "Sprog."),
		chosen(index.ByAuthor, "Forfatter: hele ord af et navn, som Jensen eller Anne Jensen; store bogstaver og accenter er ligegyldige; minus foran udelader navnet."),
		{Name: "fra", In: "query", Text: "Første dato: yyyy, yyyy-mm eller yyyy-mm-dd.", Schema: schema("string", "pattern", datePattern)},
		{Name: "til", In: "query", Text: "Sidste dato: yyyy, yyyy-mm eller yyyy-mm-dd.", Schema: schema("string", "pattern", datePattern)},
		{Name: answer.Widening, In: "query", Text: "Hvad søgningen selv føjer til: ja (standard) eller nej til det hele, eller minus foran en id eller en art fra understood.added, fx -synonym:opstart eller -synonym.", Schema: schema("string", "pattern", answer.WideningPattern()), Repeated: true},
		{Name: "sort", In: "query", Text: "Rækkefølge; uden q er standarden nyeste.", Schema: schema("string", "enum", append(sortSlugs(), ""))},
	}
}

func sortSlugs() []string {
	var out []string
	for _, s := range answer.Sorts {
		out = append(out, s.Slug)
	}
	return out
}

// DocumentsPath is where documents are, each under its id.
const DocumentsPath = "/api/v1/documents/"

// ProtocolPath is where searches are kept as protocols.
const ProtocolPath = "/api/v1/protocol"

// ExportPath is where all hits of a question are written as references.
const ExportPath = "/api/v1/export"

func formats() []string { return []string{"ris", "bibtex", "csl", "csv", "csv-da", "jsonl"} }

// Operations lists everything that programs can ask for. The paths of problems are described by the problems themselves.
func Operations() []Operation {
	paging := []Parameter{
		{Name: "page", In: "query", Text: "Side fra 1; page gange size er højst 10.000. Derefter med cursor.", Schema: schema("integer", "minimum", 1, "maximum", index.MaxReach, "default", 1)},
		{Name: "size", In: "query", Text: "Resultater pr. side.", Schema: schema("integer", "minimum", 1, "maximum", index.MaxSize, "default", answer.PageSize)},
		{Name: "cursor", In: "query", Text: "next_cursor fra et tidligere svar på den samme søgning. Bruges i stedet for page og gælder, til indekset ændres.", Schema: schema("string")},
	}
	id := Parameter{Name: "id", In: "path", Text: "Dokumentets id.", Schema: schema("string"), Required: true}
	protocolID := Parameter{Name: "id", In: "path", Text: "Protokollens id.", Schema: schema("string", "pattern", "^[a-z2-7]{26}$"), Required: true}
	searching := []Kind{EmptyQuery, TooLong, TooLarge}
	return []Operation{
		{
			Path: Path, Name: "search", Summary: "Søg", Result: Result{}, Limited: true, Example: Path + "?q=leg&type=forskning&size=2",
			Text:       "Det samme svar som siden /soeg, med de samme parametre (side hedder page).",
			Parameters: append(filters(), paging...), Problems: append(searching, Expired), Headers: []string{"Link"},
		},
		{
			Path: "/api/v1/suggest", Name: "suggest", Summary: "Forslag til en søgning", Result: Suggestions{}, Limited: true, Example: "/api/v1/suggest?q=vugg",
			Text:       "Emner, titler og ord, der begynder som q. Intet kommer fra andres søgninger.",
			Parameters: []Parameter{{Name: "q", In: "query", Text: "Det, der er skrevet indtil nu.", Schema: schema("string")}, {Name: "lang", In: "query", Text: "Sproget, som emner nævnes på; da er standarden.", Schema: schema("string", "enum", []string{"da", "en"})}},
		},
		{
			Path: "/api/v1/analyze", Name: "analyze", Summary: "Sådan læses en tekst", Result: query.Analysis{}, Limited: true, Example: "/api/v1/analyze?text=sprogvurderingen",
			Text:       "Ord for ord: grundformer, dele, den valgte deling, ord som et led står for, og hvad ordlisten føjer til. Det samme som kommandoen analyze og siden /hjaelp. start og end tæller bytes i UTF-8.",
			Parameters: []Parameter{{Name: "text", In: "query", Text: "Teksten, højst 512 bytes i UTF-8.", Schema: schema("string")}},
			Problems:   []Kind{TooLong},
		},
		{
			Path: DocumentsPath + "{id}", Name: "document", Summary: "Et dokument med metadata og begrundelser", Result: Document{}, Limited: true,
			Text:       "Et dokument, der er væk, svares med 410 og med, hvornår og hvorfor det forsvandt. Står et andet dokument på dets plads, fordi de to er den samme tekst, svares med 301 til det.",
			Parameters: []Parameter{id}, Problems: []Kind{NotFound, Removed}, Moves: true,
		},
		{Path: "/api/v1/topics", Name: "topics", Summary: "Emnerne", Result: Topics{}, Limited: true, Example: "/api/v1/topics"},
		{Path: "/api/v1/sources", Name: "sources", Summary: "Kilderne og hvad vi har hentet hos dem", Result: Sources{}, Limited: true, Example: "/api/v1/sources"},
		{Path: "/api/v1/stats", Name: "stats", Summary: "Hvad samlingen rummer nu", Result: Stats{}, Limited: true, Example: "/api/v1/stats"},
		{
			Path: ExportPath, Name: "export", Summary: "Hent alle resultater som referencer", Limited: true, Example: ExportPath + "?q=leg&format=ris",
			Text:       "Sender resultaterne efter hinanden. Dokumenter, hvis kilde har taget forbehold mod tekst- og datamining, findes i søgningen, men er ikke med i filen: den rummer X-Total-Count minus X-Reserved dokumenter. Traileren X-Left-Out siger til sidst, hvor mange der blev udeladt, og X-Index-Changed, om samlingen ændrede sig imens. Udgaver, der er samlet under ét resultat, tæller som ét.",
			Parameters: append(filters(), Parameter{Name: "format", In: "query", Text: "Format. csv er RFC 4180 med komma; csv-da har semikolon og byterækkefølgemærke, som en dansk Excel åbner rigtigt.", Schema: schema("string", "enum", formats()), Required: true}),
			Whole:      true,
			Headers:    []string{"X-Total-Count", "X-Reserved", "X-Index-State"},
			Contents:   []string{"application/x-research-info-systems", "application/x-bibtex", "application/vnd.citationstyles.csl+json", "text/csv", "application/jsonl"},
			Problems:   searching,
		},
		{
			Path: ProtocolPath, Name: "saveProtocol", Summary: "Gem en søgning som søgeprotokol", Result: protocol.Record{}, Limited: true, Creates: true, Example: ProtocolPath + "?q=leg&type=forskning",
			Text:       "Kører søgningen, gemmer hvad der blev spurgt om, hvordan det blev læst, hvor der blev søgt, og id'erne på alle resultater i rækkefølge, og svarer med protokollen. Dens id, som står i Location, er de første 130 bit af protokollens SHA-256 i base32: den kan ikke ændres, uden at det kan ses. Protokollen nævner dokumenter ved id alene.",
			Parameters: filters(), Problems: append(searching, Busy, Foreign), Headers: []string{"Link"},
		},
		{
			Path: ProtocolPath + "/{id}", Name: "protocol", Summary: "En søgeprotokol", Result: protocol.Record{}, Contents: []string{"text/plain", "text/csv"}, Limited: true,
			Text:       "Som JSON byte for byte, som den blev gemt; som tekst efter punkterne i PRISMA-S eller som CSV til et bilag.",
			Parameters: []Parameter{protocolID, {Name: "format", In: "query", Text: "Format.", Schema: schema("string", "enum", []string{"json", "txt", "csv"})}},
			Problems:   []Kind{NotFound},
		},
		{
			Path: ProtocolPath + "/{id}/compare", Name: "compareProtocol", Summary: "Kør en søgeprotokols søgning igen og sammenlign", Result: protocol.Comparison{}, Limited: true, Whole: true,
			Text:       "Siger, hvilke dokumenter der er nye, væk og ændrede siden. Ændret betyder, at indholdets SHA-256 er en anden.",
			Parameters: []Parameter{protocolID}, Problems: append(searching, NotFound, Busy),
		},
		{Path: SpecPath, Name: "openapi", Summary: "Denne beskrivelse", Contents: []string{"application/json"}, Example: SpecPath},
		{
			Path: ProblemsPath + "{kind}", Name: "problem", Summary: "Hvad en slags fejl betyder", Result: Problem{}, Example: ProblemsPath + string(CPR),
			Parameters: []Parameter{{Name: "kind", In: "path", Text: "Fejlens slags, den sidste del af type.", Schema: schema("string", "enum", kinds()), Required: true}},
			Problems:   []Kind{NotFound},
		},
	}
}

func kinds() []string {
	var out []string
	for kind := range problems {
		out = append(out, string(kind))
	}
	slices.Sort(out)
	return out
}

// Spec makes the description of the API in OpenAPI 3.1 from Operations and from the types of the answers. Data are the values of
// facets that are data and not of the program, by facet: none means that any value is taken.
func Spec(version string, data map[string][]index.Choice) map[string]any {
	d := describer{schemas: map[string]any{}}
	paths := map[string]any{}
	for _, o := range Operations() {
		for i, p := range o.Parameters {
			if choices := data[p.Name]; len(choices) > 0 {
				o.Parameters[i].Schema = schema("string", "enum", named(choices))
			}
		}
		paths[o.Path] = map[string]any{o.Method(): d.operation(o)}
	}
	return map[string]any{
		"openapi":           "3.1.0",
		"jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
		"info": map[string]any{
			"title": "Småbørnsviden", "version": version,
			"summary":     "Find viden om børn fra 0 til 6 år hos danske kilder.",
			"description": "Alt kan læses uden nøgle. Ukendte parametre er en fejl. Fejl er application/problem+json (RFC 9457), på dansk eller efter Accept-Language på engelsk. Tekst, der ligner et CPR-nummer, afvises.",
		},
		"paths":      paths,
		"components": map[string]any{"schemas": d.schemas, "headers": describeHeaders()},
	}
}

// Method is the method of an operation as OpenAPI writes it.
func (o Operation) Method() string {
	if o.Creates {
		return "post"
	}
	return "get"
}

type describer struct {
	schemas map[string]any
}

func (d *describer) operation(o Operation) map[string]any {
	params := []any{}
	for _, p := range o.Parameters {
		s := p.Schema
		if p.Repeated {
			s = map[string]any{"type": "array", "items": p.Schema}
		}
		param := map[string]any{"name": p.Name, "in": p.In, "description": p.Text, "schema": s, "required": p.Required}
		if p.Repeated {
			param["explode"] = true
			param["style"] = "form"
		}
		params = append(params, param)
	}
	op := map[string]any{"operationId": o.Name, "summary": o.Summary, "parameters": params, "responses": d.responses(o)}
	if o.Text != "" {
		op["description"] = o.Text
	}
	return op
}

func (d *describer) responses(o Operation) map[string]any {
	content := map[string]any{}
	if o.Result != nil {
		content["application/json"] = map[string]any{"schema": d.schema(reflect.TypeOf(o.Result))}
	}
	for _, c := range o.Contents {
		content[c] = map[string]any{}
	}
	own := slices.Clone(o.Headers)
	if o.Limited {
		own = append(own, limitHeaders...)
	}
	out := map[string]any{"200": withHeaders(map[string]any{"description": "Svaret", "content": content}, append(own, o.tags()...))}
	if !o.Whole {
		out["304"] = withHeaders(map[string]any{"description": "Uændret siden If-None-Match"}, o.tags())
	}
	if o.Moves {
		out["301"] = withHeaders(map[string]any{"description": "Et andet dokument står på dets plads"}, []string{"Location"})
	}
	if o.Creates {
		out = map[string]any{"201": withHeaders(map[string]any{"description": "Gemt", "content": content}, append(own, "Location"))}
	}
	kinds := append([]Kind{BadParameter, CPR, Slow, Down, Broken}, o.Problems...)
	if o.Limited {
		kinds = append(kinds, TooMany)
	}
	problem := map[string]any{"application/problem+json": map[string]any{"schema": d.schema(reflect.TypeFor[Problem]())}}
	byStatus, later := map[string][]string{}, map[string]bool{}
	for _, kind := range kinds {
		status := fmt.Sprint(problems[kind].status)
		later[status] = later[status] || slices.Contains([]Kind{Slow, Down, Busy, TooMany}, kind)
		byStatus[status] = append(byStatus[status], problems[kind].da.title)
	}
	for status, titles := range byStatus {
		answered := map[string]any{"description": strings.Join(titles, "; "), "content": problem}
		var own []string
		if later[status] {
			own = append(own, "Retry-After")
		}
		if o.Limited {
			own = append(own, limitHeaders...)
		}
		withHeaders(answered, own)
		out[status] = answered
	}
	return out
}

// tags are the headers by which an answer can be asked for again; none where it is sent anew each time.
func (o Operation) tags() []string {
	if o.Whole || o.Creates {
		return nil
	}
	return []string{"ETag"}
}

// withHeaders lets a response refer to the headers of those names.
func withHeaders(response map[string]any, names []string) map[string]any {
	if len(names) == 0 {
		return response
	}
	refs := map[string]any{}
	for _, name := range names {
		refs[name] = map[string]any{"$ref": "#/components/headers/" + name}
	}
	response["headers"] = refs
	return response
}

func describeHeaders() map[string]any {
	out := map[string]any{}
	for _, h := range headers() {
		out[h.name] = map[string]any{"description": h.text, "schema": h.schema}
	}
	return out
}

// schema describes a type as JSON Schema. Structs become components under their names.
func (d *describer) schema(t reflect.Type) map[string]any {
	if t == reflect.TypeFor[time.Time]() {
		return schema("string", "format", "date-time")
	}
	switch t.Kind() {
	case reflect.Pointer:
		return nullable(d.schema(t.Elem()))
	case reflect.String:
		return schema("string")
	case reflect.Bool:
		return schema("boolean")
	case reflect.Int, reflect.Int64, reflect.Uint64:
		return schema("integer")
	case reflect.Float64:
		return schema("number")
	case reflect.Slice:
		return schema("array", "items", d.schema(t.Elem()))
	case reflect.Map:
		return schema("object", "additionalProperties", d.schema(t.Elem()))
	case reflect.Struct:
		return d.component(t)
	}
	return map[string]any{}
}

func nullable(s map[string]any) map[string]any {
	if kind, ok := s["type"].(string); ok {
		s["type"] = []string{kind, "null"}
		return s
	}
	return map[string]any{"anyOf": []any{s, schema("null")}}
}

// component puts a struct among the components and refers to it there. Two structs of the same name in different
// packages are told apart by the name of the package.
func (d *describer) component(t reflect.Type) map[string]any {
	name := t.Name()
	if pkg := t.PkgPath()[strings.LastIndexByte(t.PkgPath(), '/')+1:]; pkg != "api" {
		name = strings.ToUpper(pkg[:1]) + pkg[1:] + name
	}
	ref := map[string]any{"$ref": "#/components/schemas/" + name}
	if d.schemas[name] != nil {
		return ref
	}
	properties, required := map[string]any{}, []string{}
	d.schemas[name] = properties // stands for the type while it is described, should it hold itself
	for i := range t.NumField() {
		key, options, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		if key == "" || key == "-" {
			continue
		}
		s := d.schema(t.Field(i).Type)
		if choices := t.Field(i).Tag.Get("enum"); choices != "" {
			s["enum"] = strings.Split(choices, ",")
		}
		properties[key] = s
		if !strings.Contains(options, "omit") {
			required = append(required, key)
		}
	}
	d.schemas[name] = schema("object", "properties", properties, "required", required)
	return ref
}
