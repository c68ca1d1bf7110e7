package index

import "strings"

// Choice is a value of a facet and what readers see for it.
type Choice struct {
	Slug  string
	Label string
}

// Choices lists the fixed values of a facet in the order in which they are shown; nil for facets
// whose values come from data (kilde, aar, emne).
func Choices(facet string) []Choice {
	switch facet {
	case FacetType:
		return []Choice{
			{"forskning", "Forskning"},
			{"praksis", "Praksis"},
			{"debat", "Debat"},
			{"nyhed", "Nyhed"},
			{"program", "Program/indsats"},
			{"vejledning", "Lov/vejledning/strategi"},
			{"ukendt", "Ukendt type"},
		}
	case FacetSector:
		return []Choice{
			{"kommune", "Kommune"},
			{"myndighed", "Myndighed"},
			{"viden", "Videns- og uddannelsesinstitution"},
			{"fond", "Fond"},
			{"civilsamfund", "Civilsamfund"},
			{"foraeldre", "Forældreorganisation"},
			{"fagforening", "Fagforening"},
			{"kultur", "Kunst- og kulturinstitution"},
			{"virksomhed", "Virksomhed"},
			{"taenketank", "Tænketank"},
			{"medie", "Medie"},
		}
	case FacetLang:
		return []Choice{
			{"da", "Dansk"},
			{"nb", "Norsk (bokmål)"},
			{"nn", "Norsk (nynorsk)"},
			{"sv", "Svensk"},
			{"en", "Engelsk"},
			{"de", "Tysk"},
			{"und", "Ukendt sprog"},
		}
	case FacetAge:
		return []Choice{
			{"foer-foedslen", "Før fødslen"},
			{"0-11-mdr", "0-11 måneder"},
			{"1-2-aar", "1-2 år"},
			{"3-5-aar", "3-5 år"},
			{"6-aar", "6 år og skolestart"},
			{"hele-0-6", "Hele 0-6 år"},
			{"ikke-angivet", "Ikke angivet"},
		}
	}
	return nil
}

// Label returns what readers see for a facet's value, the value itself when the facet has no fixed values.
func Label(facet, value string) string {
	for _, c := range Choices(facet) {
		if c.Slug == value {
			return c.Label
		}
	}
	return value
}

// Value is the way back: the slug for a slug or a Danish label in any case. ok is false when the facet has
// fixed values and this is none of them.
func Value(facet, labelOrSlug string) (slug string, ok bool) {
	typed := strings.TrimSpace(labelOrSlug)
	choices := Choices(facet)
	for _, c := range choices {
		if strings.EqualFold(typed, c.Slug) || strings.EqualFold(typed, c.Label) {
			return c.Slug, true
		}
	}
	return typed, choices == nil && typed != ""
}

// FacetLabel is the heading of a facet or of ByAuthor in Danish, the name itself for one that does not exist.
func FacetLabel(name string) string {
	switch name {
	case FacetSource:
		return "Kilde"
	case FacetType:
		return "Type"
	case FacetYear:
		return "År"
	case FacetSector:
		return "Sektor"
	case FacetLang:
		return "Sprog"
	case FacetTopic:
		return "Emne"
	case FacetAge:
		return "Alder"
	case ByAuthor:
		return "Forfatter"
	}
	return name
}
