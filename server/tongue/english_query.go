package tongue

// englishQuery is what the page of results says of the writing of a query.
var englishQuery = map[string]string{
	"Vi har ikke brugt %s ved tegn %s. %s":                                                                            "We did not use %s at character %s. %s",
	"Citationstegnet %s ved tegn %s mangler sin makker. Vi søger på ordene hver for sig.":                             "The quotation mark %s at character %s has no partner. We search for the words one by one.",
	"Parentesen %s ved tegn %s mangler sin makker. Vi ser bort fra den.":                                              "The parenthesis %s at character %s has no partner. We pass over it.",
	"%s ved tegn %s mangler et ord på den ene side. Vi ser bort fra det.":                                             "%s at character %s lacks a word on one side. We pass over it.",
	"%s ved tegn %s står ved et felt. Felter gælder altid for hele søgningen, så vi ser bort fra det.":                "%s at character %s stands beside a field. Fields always hold for the whole search, so we pass over it.",
	"%s ved tegn %s står ved siden af OG. Vi læser ELLER først, som i %s. Sæt parenteser, hvis du mente noget andet.": "%s at character %s stands beside AND. We read OR first, as in %s. Use parentheses if you meant something else.",
	"Vi læser søgningen sådan: %s. Det skal passe helt.":                                                              "We read the search like this: %s. It has to fit exactly.",
	"Feltet i %s ved tegn %s findes ikke. Vi søger på det som ord. Felterne er %s.":                                   "There is no such field as in %s at character %s. We search for it as words. The fields are %s.",
	"%s ved tegn %s mangler sin værdi, som står lige efter kolon. Vi søger på det som ord.":                           "%s at character %s lacks its value, which follows the colon at once. We search for it as a word.",
	"%s ved tegn %s er for kort: skriv mindst tre bogstaver før stjernen. Vi søger på det som et helt ord.":           "%s at character %s is too short: write at least three letters before the asterisk. We search for it as a whole word.",
	"Stjernen i %s ved tegn %s står i citationstegn og virker ikke der. Vi søger på ordet uden den.":                  "The asterisk in %s at character %s stands in quotation marks and has no effect there. We search for the word without it.",
	"Skriv fx år:2020 eller år:2020-2024.":                                                                            "Write for example year:2020 or year:2020-2024.",
	"Årene ligger uden for de andre datoer i søgningen.":                                                              "The years lie outside the other dates of the search.",
	`Skriv hele ord af navnet, fx forfatter:Jensen eller forfatter:"Anne Jensen".`:                                    `Write whole words of the name, for example author:Jensen or author:"Anne Jensen".`,
	"Forfatter":                         "Author",
	"Forfatter: %s":                     "Author: %s",
	"de kilder, der står under /kilder": "the sources listed at /kilder",
	"titel, forfatter, kilde, type, emne, alder, sektor, sprog, år": "title, author, source, type, topic, age, sector, lang, year",
	"i titlen":     "in the title",
	"skal stå der": "has to be there",

	// Who brought a document out, and where in a journal it stands.
	"Udgiver":    "Publisher",
	"Tidsskrift": "Journal",
	"årg. %s":    "vol. %s",
	"nr. %s":     "no. %s",
	"s. %s":      "pp. %s",
	"kilden selv, for vi har ikke fundet nogen anden nævnt": "the source itself, since we found nobody else named",
}
