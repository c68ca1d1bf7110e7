package tongue

// englishNews is what the page of news says of the span it shows, and the results of forms that can be switched off.
var englishNews = map[string]string{
	"Vi søger også på andre former af":  "We also search for other forms of",
	"%s som del af et længere ord (%s)": "%s as part of a longer word (%s)",
	"Et ord, der begynder som %s (%s)":  "A word that begins like %s (%s)",
	"Ordet %s, også som %s":             "The word %s, also as %s",
	"Lignende":                          "Similar",
	"Lignende dokumenter":               "Similar documents",
	"Lukket kilde: opdateres ikke":      "Closed source: not updated",
	"Anden udgave":                      "Other edition",
	"Ældre udgave":                      "Older edition",
	"Nyere udgave":                      "Newer edition",
	"i andre former":                    "in other forms",
	"Søg også på andre former af:":      "Also search for other forms of:",
	"Søg ikke på andre former af:":      "Do not search for other forms of:",
	"Søg også inde i længere ord på:":   "Also search inside longer words for:",
	"Søg ikke inde i længere ord på:":   "Do not search inside longer words for:",

	"Skriv en dag som 2026-11-01.":                                 "Write a day such as 2026-11-01.",
	"Vis, hvad der er sket siden":                                  "Show what happened since",
	"Her er de %s seneste. Vælg en senere dag, eller følg feedet.": "Here are the latest %s. Choose a later day, or follow the feed.",
}
