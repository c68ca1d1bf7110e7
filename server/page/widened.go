package page

import (
	"sort"
	"strings"

	"smaabornsviden/index"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/tongue"
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
	Lang       string // where it differs from that of the page
	Off        bool
	Does       string // what the link does, for those who do not see the line that it stands in
}

// shownWidened is how many alternatives of a kind are in sight at once.
const shownWidened = 5

// widened lists the alternatives by what they are. Mended spellings have a sentence of their own.
func widened(t tongue.Tongue, ans answer.Answer) []widenedView {
	var out []widenedView
	seen := map[string]int{}
	on := 0
	for _, a := range ans.Understood.Added {
		label := t.Say(widenedLabel(a.Kind, a.Lang))
		if label == "" {
			continue
		}
		does := chipDoes(a.Kind, a.Off)
		if a.Not {
			label, does = t.Say(excludedLabel(a.Kind)), chipSpares(a.Off)
		}
		if a.Kind == index.Described {
			a.Text = t.Say(a.Text)
		}
		chip := widenedChip{Text: a.Text, Lang: foreign(t, a.Lang), Off: a.Off, Does: t.Say(does)}
		if a.Off {
			chip.Href = address(t, ans.Question.TakingIn(a.ID, a.Kind))
		} else {
			if a.Kind != index.Inflected {
				on++ // all others go together
			}
			chip.Href = address(t, ans.Question.LeavingOut(a.ID))
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
	if on > 0 {
		out[len(out)-1].All = address(t, ans.Question.LeavingOut(answer.Everything))
	}
	return out
}

func widenedLabel(k index.Kind, lang string) string {
	switch k {
	case index.Synonym, index.Abbreviated:
		return "Vi søger også på"
	case index.Near:
		return "Vi søger også på beslægtede ord"
	case index.Translated:
		if lang == "en" {
			return "Vi søger også på engelsk"
		}
		return "Vi søger også på dansk"
	case index.Split:
		return "Vi søger også på delene af ordet"
	case index.Described:
		return "Vi lægger vægt på"
	case index.PartOf:
		return "Vi søger også inde i længere ord"
	case index.Inflected:
		return "Vi søger også på andre former af"
	}
	return ""
}

// excludedLabel is widenedLabel for what an excluded word takes along: the word in others is another thing than the word.
func excludedLabel(k index.Kind) string {
	if k == index.PartOf {
		return "Vi udelukker også tekster med længere ord af"
	}
	return "Vi udelukker også tekster med"
}

// chipDoes says what following the link of an alternative does.
func chipDoes(k index.Kind, off bool) string {
	switch {
	case k == index.Inflected && off:
		return "Søg også på andre former af:"
	case k == index.Inflected:
		return "Søg ikke på andre former af:"
	case k == index.PartOf && off:
		return "Søg også inde i længere ord på:"
	case k == index.PartOf:
		return "Søg ikke inde i længere ord på:"
	case off:
		return "Søg også på:"
	}
	return "Søg ikke på:"
}

// chipSpares is chipDoes for what belongs to an excluded word.
func chipSpares(off bool) string {
	if off {
		return "Udeluk også tekster med:"
	}
	return "Udeluk ikke tekster med:"
}

// mended says that something else was searched for than what was typed, and leads to what was typed.
func mended(t tongue.Tongue, ans answer.Answer) []sentence {
	var out []sentence
	instead := ans.Question
	var typed []string
	for _, a := range ans.Understood.Added {
		switch {
		case a.Kind != index.Repaired && a.Kind != index.Joined:
		case a.Off:
			out = append(out, say(t, "Vi søger efter %s, som du skrev det. %s.", em(a.For),
				link(t.Say("Søg også efter %s", a.Text), address(t, ans.Question.TakingIn(a.ID, a.Kind)))))
		default:
			instead = instead.LeavingOut(a.ID)
			typed = append(typed, a.For)
		}
	}
	if len(typed) > 0 {
		out = append(out, say(t, "Viser resultater for %s. %s.", em(ans.Understood.String()),
			link(t.Say("Søg i stedet efter %s", strings.Join(typed, ", ")), address(t, instead))))
	}
	return out
}

// offers are spellings that the reader may have meant; nothing was done about them.
func offers(t tongue.Tongue, ans answer.Answer) []sentence {
	var out []sentence
	if q := ans.Understood.Operators; q != "" {
		out = append(out, say(t, "Mente du %s? Kun med store bogstaver styrer de søgningen.", link(q, address(t, ans.Question.Asking(q)))))
	}
	for _, o := range ans.Understood.Offers {
		meant := link(o.Meant, address(t, ans.Question.Asking(o.Query)))
		if o.Docs == 0 {
			out = append(out, say(t, "Mente du %s? Det står intetsteds.", meant))
			continue
		}
		out = append(out, say(t, "Mente du %s? Det står i %s.", meant, t.Counted(o.Docs, "dokument", "dokumenter")))
	}
	return out
}
