package page

import (
	"slices"
	"strings"

	"smaabornsviden/index"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/tongue"
)

// because says in a few words why two documents are related, as the page of the one tells it; nothing where no reason is known. The rules are
// those of the crawl, which does not meet the server; what it counted is in Danish.
func because(t tongue.Tongue, d index.Document, r index.Relation, names *answer.Names) sentence {
	here := r.Kind == "forskning" // the text of this page speaks of the other
	switch r.Rule {
	case "":
		return nil
	case index.Corrected:
		return say(t, "rettet af os: %s", quotedIn(t, d, r.Quote))
	case "omtale/indsats", "indsats/navn":
		return sharedProgramme(t, d, r.Quote, names)
	case "omtale/doi", "omtale/henvisning":
		doi := strings.TrimPrefix(r.Quote, "doi:")
		if here {
			return say(t, "teksten her nævner dens DOI: %s", doi)
		}
		return say(t, "den nævner DOI’en for denne: %s", doi)
	case "omtale/titel":
		if here {
			return say(t, "teksten her citerer titlen")
		}
		return say(t, "den citerer titlen på denne")
	case "gruppe/kopi":
		return say(t, "%s af ordfølgerne er ens", share(r.Quote))
	case "gruppe/kort-kopi":
		return say(t, "%s af ordene står i samme rækkefølge i begge", share(r.Quote))
	case "gruppe/forkortet":
		return say(t, "%s af den korte tekst står i den lange", share(r.Quote))
	case "gruppe/samme-tal":
		return say(t, "samme dag og samme tal: %s", r.Quote)
	case "gruppe/doi":
		return say(t, "de har samme DOI: %s", r.Quote)
	}
	if text := becauseOf[r.Rule]; text != "" {
		return say(t, text)
	}
	return say(t, "fundet ved: %s", r.Rule)
}

// becauseOf are the reasons that are the same for all documents, by rule.
var becauseOf = map[string]string{
	"gruppe/udgave":      "titlerne er ens, når man ser bort fra udgaven",
	"gruppe/hreflang":    "den ene side peger på den anden som samme side på et andet sprog (hreflang)",
	"gruppe/fil":         "siden linker til filen, og titlen er den samme",
	"indsats/henvisning": "den ene linker til den anden, og titlerne har et navn til fælles",
}

// share is the figure that a count begins with: "93 %".
func share(counted string) string {
	figure, _, found := strings.Cut(counted, " % ")
	if !found {
		return counted
	}
	return figure + " %"
}

// sharedProgramme names the programme that both speak of, with the words in which this one does. A programme's own page speaks of nothing else.
func sharedProgramme(t tongue.Tongue, d index.Document, slug string, names *answer.Names) sentence {
	name := names.Label(answer.Programmes, slug)
	if name == "" {
		name = slug
	}
	called := part{Text: name, Lang: t.Lang(name)}
	i := slices.IndexFunc(d.Programmes, func(p index.Topic) bool { return p.Slug == slug })
	if i < 0 || d.Programmes[i].Quote == "" || strings.HasPrefix(d.Programmes[i].Quote, "http") { // the address of its own page, or a link to that
		return say(t, "begge handler om %s", called)
	}
	return say(t, "begge handler om %s (her: %s)", called, quotedIn(t, d, d.Programmes[i].Quote))
}

// quotedIn is a quotation from a document in its language.
func quotedIn(t tongue.Tongue, d index.Document, text string) part {
	return part{Text: "»" + text + "«", Lang: foreign(t, d.Lang.Value)}
}
