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

	"smaabornsviden/index"
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
		Words  []readWord `json:"words"`
		LetGo  []string   `json:"let_go"`
		Near   bool       `json:"near"`
		Pieces bool       `json:"pieces"`
		Offers []struct {
			Word  string `json:"word"`
			Meant string `json:"meant"`
		} `json:"offers"`
	} `json:"understood"`
}

// readWord is a word of the query as the search read it.
type readWord struct {
	Text  string     `json:"text"`
	Typed string     `json:"typed"`
	Kind  index.Kind `json:"kind"`
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
	out := readings(ans.Understood.Words)
	for _, o := range ans.Understood.Offers {
		out = append(out, fmt.Sprintf("Mente du %s i stedet for %s?", o.Meant, o.Word))
	}
	switch {
	case ans.Total == 0:
	case len(ans.Understood.LetGo) > 0:
		out = append(out, "Ingen af disse tekster har "+strings.Join(ans.Understood.LetGo, ", ")+".")
	case ans.Understood.Pieces:
		out = append(out, "Få tekster har hele ordet. Her er også tekster, der kun har en del af det.")
	case ans.Understood.Near:
		out = append(out, "Få tekster har hele ordet. Her er også tekster, der har dets dele tæt på hinanden.")
	case ans.Loosened:
		out = append(out, "Nogle af teksterne har ikke alle ordene.")
	}
	return out
}

// readings tell which words were read as others. The parts of a compound stand one after another.
func readings(words []readWord) []string {
	var out []string
	for i := 0; i < len(words); i++ {
		w := words[i]
		parts := []string{w.Text} // of what stands for one typed word
		for w.Typed != "" && i+1 < len(words) && words[i+1].Kind == w.Kind && words[i+1].Typed == w.Typed {
			i++
			parts = append(parts, words[i].Text)
		}
		switch {
		case w.Typed == "" || w.Typed == w.Text:
		case w.Kind == index.Split:
			out = append(out, fmt.Sprintf("Ingen tekster har ordet %s. Her er tekster med dets dele: %s.", w.Typed, strings.Join(parts, " og ")))
		case w.Kind == index.Joined:
			out = append(out, fmt.Sprintf("%s er læst som ét ord: %s.", w.Typed, w.Text))
		default:
			out = append(out, fmt.Sprintf("Viser resultater for %s i stedet for %s.", strings.Join(parts, " "), w.Typed))
		}
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
