package lang

import "strings"

// functionWords says for each common small word in which of our languages it is used.
var functionWords = readWords(map[string]string{
	"da": `og i at det er en til af på de der som for med den ikke et har om jeg var kan vi du han hun skal vil så fra eller men ved
		blev bliver være været efter når også noget nogle mange meget hvad hvor hvordan hvis hvem over under mod mellem uden gennem selv
		sig sin sit sine deres dem denne dette disse blive havde kunne skulle ville må måtte alle andre mere end kun nu her os jer mig dig
		hans hendes vores jeres hver hvert enten både derfor fordi mens samt særlig igen aldrig altid lidt ind ud op ned børn barn kvinder
		går gør siger får fik lige god gode`,
	"nb": `og i at det er en til av på de der som for med den ikke et har om jeg var kan vi du han hun skal vil så fra eller men ved
		ble blir være vært etter når også noe noen mange mye hva hvor hvordan hvis hvem over under mot mellom uten gjennom selv
		seg sin sitt sine deres dem denne dette disse bli hadde kunne skulle ville må måtte alle andre mer enn bare nå her oss dere meg deg
		hans hennes vår våre hver hvert enten både derfor fordi mens samt særlig igjen aldri alltid litt inn ut opp ned barn kvinner
		går gjør sier får fikk god gode`,
	"nn": `og i at det er ein til av på dei der som for med den ikkje eit har om eg var kan vi du han ho skal vil så frå eller men ved
		vart blir vert vere vore etter når også noko nokon nokre mange mykje kva kvar korleis viss kven over under mot mellom utan gjennom sjølv
		seg sin sitt sine deira denne dette desse bli hadde kunne skulle ville må måtte alle andre meir enn berre no her oss dykk meg deg
		hans hennar vår våre kvar kvart anten både difor fordi medan samt særleg igjen aldri alltid litt inn ut opp ned barn kvinner
		går gjer seier får fekk god gode`,
	"sv": `och i att det är en till av på de där som för med den inte ett har om jag var kan vi du han hon ska skall vill så från eller men vid
		blev blir vara varit efter när också något några många mycket vad hur om vem över under mot mellan utan genom själv
		sig sin sitt sina deras dem denna detta dessa bli hade kunde skulle ville måste alla andra mer än bara nu här oss er mig dig
		hans hennes vår våra varje antingen både därför eftersom medan samt särskilt igen aldrig alltid lite in ut upp ner barn kvinnor
		går gör säger får fick bra`,
	"en": `the of and to a in is that for it as was with be by on not he his but at are this have from or had an they which one you were her all she
		there would their we him been has when who will more no if out so said what up its about than into them can only other new some could time
		these two may then do first any my now such like our over me even most made after also did many before must through between children child`,
	"de": `der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um
		am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde sei kann wenn unter ihre ihr wir ich
		diese dieser keine zwischen sehr schon mir mich uns was kinder kind`,
})

func readWords(lists map[string]string) map[string][]string {
	out := map[string][]string{}
	for _, code := range codes {
		seen := map[string]bool{}
		for w := range strings.FieldsSeq(lists[code]) {
			if !seen[w] {
				seen[w] = true
				out[w] = append(out[w], code)
			}
		}
	}
	return out
}
