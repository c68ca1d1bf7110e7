package servertest

import (
	"fmt"
	"time"

	"smaabornsviden/index"
)

func on(year int, month time.Month, d int) index.Date {
	return index.Date{Time: time.Date(year, month, d, 0, 0, 0, 0, time.UTC), Precision: index.Day}
}

func known(value string) index.Derived { return index.Derived{Value: value} }

func topics(slugs ...string) []index.Topic {
	var out []index.Topic
	for _, slug := range slugs {
		out = append(out, index.Topic{Slug: slug, Weight: 1, Reason: index.Reason{Rule: "ord", Quote: slug}})
	}
	return out
}

func months(from, to int) index.AgeSpan {
	return index.AgeSpan{From: from, To: to, Known: true, Certain: true}
}

type canned struct {
	source, name, sector, path string
	doc                        index.Document
}

// Documents are invented documents that show every feature of a result card. All of them hold the word "leg",
// and the words "blid" and "indkøring" stand in the same three only: what finds them stays the same however
// words are analysed and however many of them a search insists on.
func Documents() []index.Document {
	var out []index.Document
	for _, c := range append(written(), briefings()...) {
		d := c.doc
		d.Source, d.SourceName, d.Sector = c.source, c.name, c.sector
		if d.URL == "" {
			d.URL = "https://" + c.source + ".example/" + c.path
		}
		d.ID = index.NewID(d.URL)
		d.Face = true
		if d.Lang.Value == "" {
			d.Lang = known("da")
		}
		out = append(out, d)
	}
	return out
}

func written() []canned {
	return []canned{
		{"videncenter", "Videncenter for Tidlig Barndom", "viden", "udgivelser/vuggestuestart", index.Document{
			Title: "Indkøring i vuggestuen: hvad siger forskningen om de første uger?", Type: known("forskning"),
			Authors: []string{"Karoline Vestermark", "Jonas Thybo Lindskov"}, Published: on(2023, 5, 30), Updated: on(2024, 1, 12),
			Format: "pdf", Bytes: 2_130_000, Pages: 64, PageOffsets: []int{0, 120, 400},
			Topics: topics("overgange", "vuggestue"), Age: months(9, 35), ISBN: "9788712345670",
			Abstract: "Rapporten samler ti års forskning i overgangen fra hjem til vuggestue og dagpleje.", Licence: known("CC BY 4.0"),
			Related: []index.Relation{{Kind: "oversaettelse", ID: index.NewID("https://tidsskrift.example/artikler/t02"), Title: "Attachment and the first weeks in nursery: a field study", Lang: "en"}},
			Body:    "Overgange i småbørnslivet. Rapporten samler ti års forskning i overgangen fra hjem til vuggestue og dagpleje, og hvad den betyder.\nNår indkøring er blid og følger barnets tempo, tager børnene selv initiativ til leg på dag 8 mod dag 14. Det viser den største undersøgelse af en blid start i danske vuggestuer til dato, som fulgte 18 børn mellem 9 og 16 måneder gennem de første uger.\nForfatterne anbefaler, at den samme voksen er gennemgående i de første to uger. Anbefalingen gælder også i dagplejen.",
		}},
		{"lindeby", "Lindeby Kommune", "kommune", "dagtilbud/indkoering", index.Document{
			Title: "Sådan foregår indkøring i vuggestue og dagpleje", Type: known("praksis"), Updated: on(2025, 8, 4),
			Topics: topics("overgange", "foraeldresamarbejde"), Age: months(6, 35),
			Related: []index.Relation{{Kind: "omtale", ID: index.NewID("https://videncenter.example/udgivelser/vuggestuestart"), Title: "Indkøring i vuggestuen: hvad siger forskningen om de første uger?"}},
			Body:    "En blid indkøring varer som regel to uger. Den første dag kommer du og dit barn på besøg en time og ser børnenes leg. Herefter aftaler I med kontaktpædagogen, hvordan det skal forløbe, så det passer til jeres barn.",
		}},
		{"stuen", "Stuen – fagblad for pædagogisk personale", "medie", "2023/minimumsnormering", index.Document{
			Title: "DEBAT: Minimumsnormeringer løser det ikke alene", Kicker: "DEBAT", Type: known("debat"),
			Authors: []string{"Bodil Skovgaard Hein"}, Published: on(2023, 9, 6), Access: known("abonnement"), SnippetMax: 120,
			Body: "Flere hænder er nødvendige, men ikke nok. Blid indkøring kræver tid, ro, leg og kendte voksne, og den tid findes ikke på mødeplanen, før vi taler om faglighed og ledelse i hver eneste vuggestue i landet.",
		}},
		{"tidsskrift", "Eksempeltidsskrift for Småbørnsforskning", "viden", "artikler/t02", index.Document{
			Title: "Attachment and the first weeks in nursery: a field study", Type: known("forskning"), Lang: known("en"),
			Authors:   []string{"Ida Marie Holm", "Per Aagaard", "Søren Lykke", "Anna Gade", "Mads Bruun", "Eva Kjær", "Line Toft"},
			Published: index.Date{Time: time.Date(2021, 6, 1, 0, 0, 0, 0, time.UTC), Precision: index.Month}, DOI: "10.5555/etsf.2021.31",
			AuthorsWhy: index.Reason{Rule: "authors-citation", Quote: "Holm, Ida Marie; Aagaard, Per"},
			Publisher:  index.Derived{Value: "Eksempelforlaget", Reason: index.Reason{Rule: "publisher-citation", Quote: "citation_publisher: Eksempelforlaget"}},
			Journal: index.Journal{
				Title: "Eksempeltidsskrift for Småbørnsforskning", Volume: "9", Issue: "1", First: "31", Last: "48",
				Reason: index.Reason{Rule: "journal-citation", Quote: "citation_journal_title: Eksempeltidsskrift for Småbørnsforskning; citation_volume: 9"},
			},
			Topics: topics("tilknytning"), Age: months(0, 35), ISSN: "2596-0000", Keywords: []string{"attachment", "nursery"},
			DOIWhy:      index.Reason{Rule: "doi-meta", Quote: "https://doi.org/10.5555/etsf.2021.31"},
			ISSNWhy:     index.Reason{Rule: "issn-text", Quote: "ISSN 2596-0000"},
			KeywordsWhy: index.Reason{Rule: "keywords-meta", Quote: "attachment; nursery"},
			Body:        "We followed 24 children through the first weeks in a Danish nursery (vuggestue). Secure attachment to one professional predicted exploration and play, called leg in Danish.",
		}},
		{"tidsskrift", "Eksempeltidsskrift for Småbørnsforskning", "viden", "artikler/t06", index.Document{
			Title: "Lek og læring i barnehagen: en oversikt", Type: known("forskning"), Lang: known("nb"), Authors: []string{"Kari Nordmann"},
			Published: index.Date{Time: time.Date(2019, 1, 1, 0, 0, 0, 0, time.UTC), Precision: index.Year},
			Body:      "Oversikten samler studier av lek i barnehagen. Leg er mer enn læring.",
		}},
		{"foraeldre", "Forældrestemmen", "foraeldre", "spoergsmaal/minimumsnormeringer", index.Document{
			Title: "Spørgsmål og svar om minimumsnormeringer", Type: known("vejledning"), Published: on(2019, 12, 6),
			Body: "Hvad er en minimumsnormering? I vuggestuen skal der højst være tre børn for hver voksen, så der er tid til leg. Loven gælder fra 2024.",
		}},
		{"lindeby", "Lindeby Kommune", "kommune", "politik/tilsyn.docx", index.Document{
			Title: "Tilsyn med daginstitutioner og vuggestuer", Type: known("vejledning"), Decided: on(2024, 3, 20), Format: "docx", Bytes: 84_000,
			Body: "Tilsynet besøger hver vuggestue mindst én gang om året uden varsel og ser på læring og leg. Rapporten offentliggøres.",
		}},
		{"boernehaanden", "Foreningen Børnehånden", "civilsamfund", "projekter/smaaboernscafe", index.Document{
			Title: "Småbørnscaféer samler familier med børn i vuggestue", Type: known("program"), MoreOf: 2, Programmes: topics("smaaboernscafeer"), Deadline: on(2026, 2, 1),
			Body: "Foreningen åbner tre caféer, hvor forældre kan mødes om børnenes leg. Caféen er åben for alle med børn i vuggestue eller dagpleje.",
		}},
		{"fonden", "Fonden Morgenfrø", "fond", "indsatsomraader/smaaborn", index.Document{
			Title: "Småbørn: vores indsatsområde", Type: known("program"), Programmes: topics("andet"), Edition: known("3. udgave"),
			Body: "Fonden støtter tidlig indsats for de mindste børn gennem leg i hjemmet, i vuggestuen og i fritiden.",
		}},
		{"videncenter", "Videncenter for Tidlig Barndom", "viden", "skannet", index.Document{
			Title: "Leg i gamle dage: vuggestuens historie", Type: known("forskning"), Published: index.Date{Time: time.Date(1978, 1, 1, 0, 0, 0, 0, time.UTC), Precision: index.Year},
			Format: "pdf", Bytes: 9_420_000, Pages: 1, Notice: "Teksten i filen kan ikke søges.",
		}},
		{"stuen", "Stuen – fagblad for pædagogisk personale", "medie", "uden-uddrag", index.Document{
			Title: "Ude hver dag: vuggestuen flytter ud i skoven", Type: known("praksis"), Published: on(2024, 5, 22), SnippetMax: -1,
			Body: "Denne tekst må ikke vises, for kilden tillader ikke uddrag. Leg.",
		}},
		{"skum", `Sjov & "Skæv" <Forening>`, "civilsamfund", "x", index.Document{
			Title: `<script>alert("titel")</script> & leg ` + "\u202egnidærf", URL: "javascript:alert(1)",
			Authors: []string{`<img src=x onerror=alert(2)>`},
			Body:    `En vuggestue skriver <b onmouseover="alert(3)">fed</b> & <!-- kommentar --> i sin tekst.`,
		}},
	}
}

// briefings are enough similar documents to page through and to fill a filter with years.
func briefings() []canned {
	kinds := []string{"nyhed", "nyhed", "praksis", "forskning", "vejledning"}
	var out []canned
	for i := range 45 {
		year := 2026 - i%14
		out = append(out, canned{"smaaborn-nyt", "Småbørn Nyt", "taenketank", fmt.Sprintf("nyt/%d", i+1), index.Document{
			Title: fmt.Sprintf("Småbørn Nyt %d: sprog og leg i vuggestuen", i+1), Type: known(kinds[i%len(kinds)]),
			Published: on(year, time.Month(i%12+1), i%28+1),
			Body:      "Nyhedsbrevet samler ny viden om sprog og leg i vuggestue og dagpleje. Denne gang handler det om sprogvurdering, dialogisk læsning og sproglige fællesskaber på stuen. Læs også om rim, remser og sange i garderoben.",
		}})
	}
	return out
}
