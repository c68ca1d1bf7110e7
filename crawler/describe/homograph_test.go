package describe_test

import (
	"strings"
	"testing"

	"smaabornsviden/crawler/partners"
	"smaabornsviden/index"
)

// ofAnyText are words that stand in texts about anything, in the forms that they have there: function words, the verbs and nouns that
// are used most, and such of Norwegian, Swedish and English. They tell no subject, alone or side by side.
var ofAnyText = map[string]string{
	"da": `af alle alt altid anden andet andre at bare blev blive bliver bort både da de del deler delt dem den denne der deres derfor det dette
		dig din disse dog du efter egen eller en end er et faren farer fik finde finder flere for fordi forskel forsøg forsøger fra fremad får få først
		gange ganske gav give giver godt gør gøre ham han hans har have haft havde hende hendes her hvad hver hvilke hvis hvor hvordan hvorfor
		i ifølge ikke ind inden ingen især ja jeg jo kan kom kommer komme kunne kun lade lige ligge løb løbet lå læs lærer lægger man mange med meget mellem men mens
		mere mest mig min mod måde måske mål må ned nej noget nogle nok nu ny når nå ofte og også om op os over på pludselig regner rigtig ret sagde samme
		se selv senere ser ses set side siden siger sin sit skal skift skulle som sted stor står store større så sådan synes tage tager tal tegn tid til
		tre tog træde to trods ud uden under undersøger være var ved vi via videre ville vore vores ved ved vil år ønsker artikel artiklen
		dag dage sag sager land lande problem spørgsmål gang livet mand måned uge penge politiet verden vej firma hus bil byen millioner procent`,
	"no": `alle at av ble bli blitt da de den denne der det dette du eller en er et etter for fordi fra få ha hadde han har hun hva hvor hvis i ikke inn jeg kan
		kunne man mange med meg men mer mot mye må nå når og også om opp oss over på se seg selv si sin skal som så til under ut var ved vi vil ville være år`,
	"sv": `alla att av bli blir blev de den denna det detta du där efter ej eller en ett från få för ha hade han har här i in inte jag kan kom kunde man med men mer mot
		många måste mycket när nu och också om på sedan sig sin ska skulle som så till under upp ut utan var vara vad vi vid vill är år över`,
	"en": `a about after all also an and any are as at be because been but by can could did do for from get go good had has have he her him his how i if in into
		is it its just know like made make many may me more most my new no not now of on one only or other our out over people said see she should so some
		such than that the their them then there these they this time to two up use used very was way we well were what when which who will with would year you your`,
}

// TestNoTermIsReachedByWordsOfAnyText: a word may share a form with a term, as "har" does with "have", the garden; then the term must be
// written so that only the form that is meant is met.
func TestNoTermIsReachedByWordsOfAnyText(t *testing.T) {
	d := describer(t)
	for lang, list := range ofAnyText {
		words := strings.Fields(list)
		for _, first := range words {
			var text strings.Builder
			for _, second := range words {
				text.WriteString(first + " " + second + ".\n")
			}
			doc := index.Document{Body: text.String(), Lang: index.Derived{Value: lang}}
			for _, f := range d.Trace(&doc, partners.Source{ID: "x"}) {
				if f.Field == "topic" || f.Field == "theme" {
					t.Errorf("%s, %q before any word: %s %s by %q", lang, first, f.Field, f.Value, f.Quote)
				}
			}
		}
	}
}
