package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// found is the part of the API's answer that the terminal shows.
type found struct {
	Total int `json:"total"`
	Hits  []struct {
		URL        string `json:"url"`
		Title      string `json:"title"`
		SourceName string `json:"source_name"`
		Type       string `json:"type"`
		Published  string `json:"published"`
		Updated    string `json:"updated"`
		Snippet    string `json:"snippet"`
	} `json:"hits"`
	Loosened   bool `json:"loosened"`
	Understood struct {
		Words []struct {
			Text  string `json:"text"`
			Typed string `json:"typed"`
		} `json:"words"`
		LetGo  []string `json:"let_go"`
		Pieces bool     `json:"pieces"`
	} `json:"understood"`
}

func runQuery(ctx context.Context, env *environment, f *flags, args []string) error {
	var data place
	dataFlag(f, &data)
	asJSON := f.Bool("json", false, "Prints the answer of the API as JSON instead of text.")
	size := f.Int("size", 10, "Prints at most this `NUMBER` of results, 1 to 100.")
	page := f.Int("page", 1, "Prints this `NUMBER` of page of the results.")
	rest, err := f.parse(args)
	if err != nil {
		return err
	}
	if len(rest) == 0 {
		return usagef("takes the words to search for")
	}
	ask := url.Values{"q": {strings.Join(rest, " ")}, "size": {strconv.Itoa(*size)}, "page": {strconv.Itoa(*page)}}
	return withControl(ctx, env, data, "query", func(c control) error {
		if *asJSON {
			var raw rawJSON
			if err := c.do(ctx, http.MethodGet, "/api/v1/search", ask, &raw); err != nil {
				return err
			}
			_, err := fmt.Fprintf(env.stdout, "%s\n", strings.TrimSpace(string(raw)))
			return err
		}
		var ans found
		if err := c.do(ctx, http.MethodGet, "/api/v1/search", ask, &ans); err != nil {
			return err
		}
		printFound(env.stdout, ask.Get("q"), ans)
		return nil
	})
}

// rawJSON takes a JSON value as it came.
type rawJSON []byte

// UnmarshalJSON keeps the bytes.
func (r *rawJSON) UnmarshalJSON(b []byte) error {
	*r = append((*r)[:0], b...)
	return nil
}

// notes tell what was looked for beside or instead of what was typed.
func notes(ans found) []string {
	var out []string
	for _, word := range ans.Understood.Words {
		if word.Typed != "" && word.Typed != word.Text {
			out = append(out, fmt.Sprintf("Viser resultater for %s i stedet for %s.", word.Text, word.Typed))
		}
	}
	switch {
	case ans.Total == 0:
	case len(ans.Understood.LetGo) > 0:
		out = append(out, "Ingen af disse tekster har "+strings.Join(ans.Understood.LetGo, ", ")+".")
	case ans.Understood.Pieces:
		out = append(out, "Få tekster har hele ordet. Her er også tekster, der kun har en del af det.")
	case ans.Loosened:
		out = append(out, "Nogle af teksterne har ikke alle ordene.")
	}
	return out
}

func printFound(w io.Writer, q string, ans found) {
	fmt.Fprintf(w, "%d resultater for %s\n", ans.Total, q)
	for _, note := range notes(ans) {
		fmt.Fprintln(w, note)
	}
	for i, h := range ans.Hits {
		date := cmp.Or(h.Published, h.Updated, "Dato ukendt")
		fmt.Fprintf(w, "\n%2d. %s\n    %s\n    %s · %s · %s\n", i+1, h.Title, h.URL, h.SourceName, h.Type, date)
		if h.Snippet != "" {
			fmt.Fprintf(w, "    %s\n", strings.Join(strings.Fields(h.Snippet), " "))
		}
	}
}
