package opensearch

import (
	"smaabornsviden/index"
	"smaabornsviden/index/danish"
)

// layout changes whenever the same document would be stored in another form.
const layout = "opensearch-4"

// Names of the fields that are not text. The text fields are named as in the contract.
const (
	idField     = "id"       // the document's id, to sort by
	facetPrefix = "facet."   // + the facet's name
	authorField = "author"   // the keys of the authors' names
	termsPrefix = "terms."   // + the field's name: its distinct terms, from which Terms counts
	dayField    = "day"      // yyyymmdd of the shown date, 0 when it is unknown
	oldField    = "day_last" // the same, but so large when unknown that it sorts last
	kindField   = "kind"     // what is no hit of its own accord, see below
	seqField    = "seq"      // in markers: the last batch applied
	docField    = "doc"      // the document as JSON, without its body
	bodyField   = "body"     // the body alone, so that it is sent only when it is asked for
)

// Kinds of documents that a search leaves out.
const (
	markerKind = "marker" // one in every shard: says how far the shard has come
	behindKind = "behind" // stands behind the face of a merged group
)

const unknownDayLast = 99999999

// object is JSON in the making.
type object = map[string]any

// schema names the shape of the index and of the analysis behind it.
func schema(a *danish.Analyzer) string { return layout + " " + a.Fingerprint() }

// settings are those of one generation. Nothing becomes visible on its own: Apply refreshes when a batch
// is whole. The similarity is spelled out, so that no version's default decides the ranking.
func settings(shards, replicas int) object {
	return object{
		"number_of_shards":   shards,
		"number_of_replicas": replicas,
		"refresh_interval":   "-1",
		"similarity":         object{"default": object{"type": "BM25", "k1": 1.2, "b": 0.75, "discount_overlaps": true}},
		"analysis": object{
			// Only the space parts words: what the cluster knows as white space is none of its business here.
			"tokenizer": object{"spaces": object{"type": "char_group", "tokenize_on_chars": []string{" "}, "max_token_length": maxStack}},
			// "a|b" becomes a and b at one position, of which the second does not count in the field's length.
			"filter": object{"stack": object{"type": "pattern_capture", "preserve_original": false, "patterns": []string{"([^|]+)"}}},
			"analyzer": object{
				"stacked": object{"type": "custom", "tokenizer": "spaces", "filter": []string{"stack"}},
				// "a|3" becomes a, three times.
				"tallied": object{"type": "custom", "tokenizer": "spaces", "filter": []string{"delimited_term_freq"}},
				"plain":   object{"type": "custom", "tokenizer": "spaces"},
			},
		},
	}
}

// maxStack is the longest a stack of alternatives can be, in characters.
const maxStack = 1 << 16

// mapping is the shape of documents. What is only searched is left out of the stored source.
func mapping(a *danish.Analyzer, markers []string) object {
	properties := object{
		idField:   object{"type": "keyword"},
		kindField: object{"type": "keyword", "doc_values": false},
		dayField:  object{"type": "integer"},
		oldField:  object{"type": "integer", "index": false},
		seqField:  object{"type": "long", "index": false},
		docField:  object{"type": "object", "enabled": false},
		bodyField: object{"type": "keyword", "index": false, "doc_values": false},
		// Only asked, never counted or shown: the names themselves are in the document.
		authorField: object{"type": "keyword", "doc_values": false},
	}
	unstored := []string{"terms", authorField}
	facets, terms := object{}, object{}
	for _, name := range index.Facets {
		facets[name] = object{"type": "keyword"}
	}
	for _, f := range index.Fields {
		unstored = append(unstored, string(f))
		properties[string(f)] = textField(f)
		if f.Matches() {
			terms[string(f)] = object{"type": "keyword", "index": false}
		}
	}
	properties["facet"] = object{"properties": facets}
	properties["terms"] = object{"properties": terms}
	return object{
		"dynamic":    "strict",
		"_meta":      object{"schema": schema(a), "markers": markers},
		"_source":    object{"excludes": unstored},
		"properties": properties,
	}
}

// textField is a text whose words are worked out already. The position gap between values is that between the
// copies of the title and the body.
func textField(f index.Field) object {
	field := object{"type": "text", "analyzer": analyzerOf(f), "search_analyzer": "plain", "index_options": "freqs"}
	if f.HasPositions() {
		field["index_options"] = "positions"
		field["position_increment_gap"] = positionGap
	}
	if !f.Matches() {
		// Nobody lists grams and pairs but a plan with a prefix that lifts: the cluster works their lists out when asked.
		field["fielddata"] = true
	}
	return field
}

// analyzerOf reads what writing wrote. Words as they are written have no alternatives, and taking stacks apart is dear.
func analyzerOf(f index.Field) string {
	switch {
	case f == index.Exact || f == index.TitleExact:
		return "plain"
	case f.Matches():
		return "stacked"
	}
	return "tallied"
}

// listedFrom is the field from which the terms of a text field are listed.
func listedFrom(f index.Field) string {
	if f.Matches() {
		return termsPrefix + string(f)
	}
	return string(f)
}
