package page

import (
	"sort"
	"strings"

	"smaabornsviden/index"
	"smaabornsviden/server/answer"
)

// widenedView is what the search looks for beside the words typed, each with a link that leaves it out or takes it in.
type widenedView struct {
	Label string
	Chips []widenedChip
	More  []widenedChip // that wait behind a fold
	All   string        // address of the search for nothing but the words typed
}

type widenedChip struct {
	Text, Href string
	Off        bool
}

// shownWidened is how many alternatives of a kind are in sight at once.
const shownWidened = 5

// widened lists the alternatives by what they are. Mended spellings have a sentence of their own.
func widened(ans answer.Answer) []widenedView {
	var out []widenedView
	seen := map[string]int{}
	on := 0
	for _, a := range ans.Understood.Added {
		label := widenedLabel(a.Kind, a.Lang)
		if label == "" {
			continue
		}
		chip := widenedChip{Text: a.Text, Off: a.Off}
		if a.Off {
			chip.Href = address(ans.Question.TakingIn(a.ID, a.Kind))
		} else {
			on++
			chip.Href = address(ans.Question.LeavingOut(a.ID))
		}
		i, known := seen[label]
		if !known {
			i = len(out)
			seen[label] = i
			out = append(out, widenedView{Label: label})
		}
		out[i].Chips = append(out[i].Chips, chip)
	}
	for i := range out {
		// Those that are off stay in sight: they are the reader's own choice.
		sort.SliceStable(out[i].Chips, func(a, b int) bool { return out[i].Chips[a].Off && !out[i].Chips[b].Off })
		if len(out[i].Chips) > shownWidened+1 {
			out[i].Chips, out[i].More = out[i].Chips[:shownWidened], out[i].Chips[shownWidened:]
		}
	}
	if on > 1 {
		out[len(out)-1].All = address(ans.Question.LeavingOut(answer.Everything))
	}
	return out
}

func widenedLabel(k index.Kind, lang string) string {
	switch k {
	case index.Synonym, index.Near, index.Abbreviated:
		return "Vi søger også på"
	case index.Translated:
		if lang == "en" {
			return "Vi søger også på engelsk"
		}
		return "Vi søger også på dansk"
	case index.Split:
		return "Vi søger også på delene af ordet"
	case index.PartOf:
		return "Vi søger også inde i længere ord"
	}
	return ""
}

// mended says that something else was searched for than what was typed, and leads to what was typed.
func mended(ans answer.Answer) []sentence {
	var out []sentence
	instead := ans.Question
	var typed []string
	for _, a := range ans.Understood.Added {
		switch {
		case a.Kind != index.Repaired && a.Kind != index.Joined:
		case a.Off:
			out = append(out, say("Vi søger efter ", em(a.For), ", som du skrev det. ",
				link("Søg også efter "+a.Text, address(ans.Question.TakingIn(a.ID, a.Kind))), "."))
		default:
			instead = instead.LeavingOut(a.ID)
			typed = append(typed, a.For)
		}
	}
	if len(typed) > 0 {
		out = append(out, say("Viser resultater for ", em(ans.Understood.String()), ". ",
			link("Søg i stedet efter "+strings.Join(typed, ", "), address(instead)), "."))
	}
	return out
}

// offers are spellings that the reader may have meant; nothing was done about them.
func offers(ans answer.Answer) []sentence {
	var out []sentence
	for _, o := range ans.Understood.Offers {
		out = append(out, say("Mente du ", link(o.Meant, address(ans.Question.Asking(o.Query))), "? Det står i ", counted(o.Docs, "dokument", "dokumenter"), "."))
	}
	return out
}
