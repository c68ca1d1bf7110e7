package page

import (
	"strings"

	"smaabornsviden/server/answer"
	"smaabornsviden/server/inbox"
	"smaabornsviden/server/tongue"
)

// help is what to try when there is nothing to show.
func help(t tongue.Tongue, ans answer.Answer) []sentence {
	switch {
	case ans.Total > 0 && len(ans.Hits) == 0:
		return beyond(t, ans)
	case ans.Total > 0:
		return nil
	}
	var out []sentence
	for _, w := range ans.Without {
		out = append(out, withoutWords(t, ans, w))
	}
	if ans.OnlyCommon {
		return append(out, say(t, "Søgeordene er for almindelige. Tilføj et ord mere."))
	}
	switch words := strings.Fields(ans.Question.Text); {
	case len(out) > 0 || len(words) == 0:
	case len(words) == 1:
		out = append(out, say(t, "Tjek stavningen, eller prøv et andet ord for det samme."))
	default:
		out = append(out, say(t, "Tjek stavningen, brug færre ord, eller prøv et andet ord for det samme."))
	}
	out = append(out, say(t, "Søgemaskinen dækker viden om 0-6-årige fra de kilder, du kan se under %s.", linkTo(t, "Kilder", "/kilder")))
	out = append(out, say(t, "Mangler der en kilde? %s.", linkTo(t, "Foreslå den", LetterPath(inbox.Suggestion))))
	if ans.Question.Filtered() {
		return out
	}
	return append(out, say(t, "Drejer det sig om sygdom eller medicin, så prøv %s.", link("sundhed.dk", "https://www.sundhed.dk/")))
}

// beyond leads back from a page that is not there.
func beyond(t tongue.Tongue, ans answer.Answer) []sentence {
	count := t.Counted(ans.Pages, "side", "sider")
	first := address(t, ans.Question.OnPage(1))
	if ans.Pages == 1 {
		return []sentence{say(t, "Der er kun %s. %s.", count, link(t.Say("Gå til første side"), first))}
	}
	last := link(t.Say("Gå til sidste side"), address(t, ans.Question.OnPage(ans.Pages)))
	return []sentence{say(t, "Der er kun %s. %s eller %s.", count, last, link(t.Say("første side"), first))}
}

func withoutWords(t tongue.Tongue, ans answer.Answer, w answer.Without) sentence {
	count := t.Counted(w.Total, "resultat", "resultater")
	if w.Chip.Facet == "" {
		return say(t, "%s.", link(t.Say("Uden filtre er der %s", count), address(t, w.Question)))
	}
	chip := ""
	for i, c := range ans.Question.Chips() {
		if c == w.Chip {
			chip = chips(t, ans)[i].Text
		}
	}
	if w.Unquoted {
		return say(t, "Uden citationstegn om navnet %s.", link(t.Say("er der %s", count), address(t, w.Question)))
	}
	return say(t, "Uden filteret %s %s.", em(chip), link(t.Say("er der %s", count), address(t, w.Question)))
}
