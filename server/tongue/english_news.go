package tongue

// englishNews is what the page of news says of the span it shows.
var englishNews = map[string]string{
	"Skriv en dag som 2026-11-01.":                                 "Write a day such as 2026-11-01.",
	"Vis, hvad der er sket siden":                                  "Show what happened since",
	"Her er de %s seneste. Vælg en senere dag, eller følg feedet.": "Here are the latest %s. Choose a later day, or follow the feed.",
}
