package page

import (
	"smaabornsviden/index/query"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/tongue"
)

// syntax says where a query could not be read as it is written, and what was done instead.
func syntax(t tongue.Tongue, notes []query.Note) []sentence {
	var out []sentence
	for _, n := range notes {
		piece, at := em(n.Piece), t.Number(n.At)
		switch n.Kind {
		case query.NoteQuote:
			out = append(out, say(t, "Citationstegnet %s ved tegn %s mangler sin makker. Vi søger på ordene hver for sig.", piece, at))
		case query.NoteParenthesis:
			out = append(out, say(t, "Parentesen %s ved tegn %s mangler sin makker. Vi ser bort fra den.", piece, at))
		case query.NoteDangling:
			out = append(out, say(t, "%s ved tegn %s mangler et ord på den ene side. Vi ser bort fra det.", piece, at))
		case query.NoteOrField:
			out = append(out, say(t, "%s ved tegn %s står ved et felt. Felter gælder altid for hele søgningen, så vi ser bort fra det.", piece, at))
		case query.NoteMixed:
			out = append(out, say(t, "%s ved tegn %s står ved siden af OG. Vi læser ELLER først, som i %s. Sæt parenteser, hvis du mente noget andet.", piece, at, em("leg OG (sprog ELLER tale)")))
		case query.NoteUnknownField:
			out = append(out, say(t, "Feltet i %s ved tegn %s findes ikke. Vi søger på det som ord. Felterne er %s.", piece, at, t.Say(fieldList)))
		case query.NoteEmptyField:
			out = append(out, say(t, "%s ved tegn %s mangler sin værdi, som står lige efter kolon. Vi søger på det som ord.", piece, at))
		case query.NoteShortPrefix:
			out = append(out, say(t, "%s ved tegn %s er for kort: skriv mindst tre bogstaver før stjernen. Vi søger på det som et helt ord.", piece, at))
		case query.NoteStarInQuotes:
			out = append(out, say(t, "Stjernen i %s ved tegn %s står i citationstegn og virker ikke der. Vi søger på ordet uden den.", piece, at))
		}
	}
	return out
}

const fieldList = "titel, forfatter, kilde, type, emne, alder, sektor, sprog, år"

// unreadPieces are the pieces of the query that nothing else has told of yet.
func unreadPieces(t tongue.Tongue, pieces []string, faults []answer.Fault) []sentence {
	told := map[string]bool{}
	for _, f := range faults {
		told[f.Value] = told[f.Value] || f.Field != ""
	}
	var out []sentence
	for _, piece := range pieces {
		if !told[piece] {
			out = append(out, unread(t, piece))
		}
	}
	return out
}

// unread says that a piece of the query stands for nothing that can be searched for.
func unread(t tongue.Tongue, piece string) sentence {
	return say(t, "Vi kunne ikke læse %s. Skriv fx %s eller %s.", em(piece), em("år:2020-2024"), em("type:forskning"))
}

// unused says that a parameter or a condition of the query could not be used.
func unused(t tongue.Tongue, f answer.Fault) sentence {
	piece := em(f.Param + ": " + f.Value)
	switch {
	case f.Field != "":
		return say(t, "Vi har ikke brugt %s ved tegn %s. %s", em(f.Value), t.Number(f.At), f.Hint(t))
	case f.Value == "":
		piece = em(f.Param)
	}
	return say(t, "Vi har ikke brugt %s. %s", piece, f.Hint(t))
}
