package describe

import (
	"slices"
	"strconv"
	"strings"

	"smaabornsviden/index/danish"
)

// halved writes the numbers of a text that have a half in words or in a sign of its own as one token: "to et halvt" is "2,5", "2 ½-årige"
// is "2,5-årige", "et halvt år" is "0,5 år". at are the first and the last token of the text that each token stands for; nil where
// the text has no halves, as nearly all have none.
func halved(tokens []danish.Token) (all []danish.Token, at [][2]int) {
	if !anyHalf(tokens) {
		return tokens, nil
	}
	all, at = make([]danish.Token, 0, len(tokens)), make([][2]int, 0, len(tokens))
	for i := 0; i < len(tokens); {
		t, n := tokens[i], 1
		if text, used := withHalf(tokens[i:]); used > 0 {
			t.Text, t.End, t.Lemmas, t.Parts = text, tokens[i+used-1].End, nil, nil
			n = used
		}
		all, at = append(all, t), append(at, [2]int{i, i + n - 1})
		i += n
	}
	return all, at
}

// anyHalf reports whether a text may have a half, so that the tokens of others need not be copied.
func anyHalf(tokens []danish.Token) bool {
	for i := range tokens {
		switch t := &tokens[i]; {
		case halfWord(t.Text), strings.HasPrefix(t.Surface, "½"), strings.HasSuffix(t.Text, "-halvt"):
			return true
		case i >= 2 && (t.Text == "2" || strings.HasPrefix(t.Text, "2-")) && tokens[i-1].Text == "1": // "1 1/2"
			return true
		}
	}
	return false
}

// withHalf is the number that tokens begin with, with its half, and how many tokens it takes; 0 for a number without one.
func withHalf(tokens []danish.Token) (text string, used int) {
	first := &tokens[0]
	if whole, ok := strings.CutSuffix(first.Text, "-et-halvt"); ok && plainNumber(whole) != "" {
		return plainNumber(whole) + ",5", 1
	}
	whole := plainNumber(first.Text)
	if whole == "" {
		return "", 0
	}
	rest := tokens[1:]
	if len(rest) > 0 && strings.HasPrefix(rest[0].Surface, "½") {
		return whole + ",5" + strings.TrimPrefix(strings.ToLower(rest[0].Surface), "½"), 2
	}
	if len(rest) > 1 && rest[0].Text == "1" && rest[1].Start == rest[0].End+1 && (rest[1].Text == "2" || strings.HasPrefix(rest[1].Text, "2-")) {
		return whole + ",5" + strings.TrimPrefix(rest[1].Text, "2"), 3 // "1 1/2"
	}
	used = 1
	if len(rest) > 2 && rest[0].Text == "og" {
		rest, used = rest[1:], 2
	}
	if len(rest) > 1 && (rest[0].Text == "et" || rest[0].Text == "en") && halfWord(rest[1].Text) {
		return whole + ",5" + strings.TrimPrefix(strings.TrimPrefix(rest[1].Text, "halvt"), "halv"), used + 2
	}
	if used == 1 && (first.Text == "et" || first.Text == "en") && len(rest) > 0 && halfWord(rest[0].Text) {
		return "0,5" + strings.TrimPrefix(strings.TrimPrefix(rest[0].Text, "halvt"), "halv"), 2
	}
	return "", 0
}

// halfWord recognises "halvt", "halv" and "halvt-årige".
func halfWord(text string) bool {
	return text == "halvt" || text == "halv" || strings.HasPrefix(text, "halvt-")
}

// plainNumber is a whole number in digits or letters, in digits; "" for all else.
func plainNumber(text string) string {
	n, rest, ok := leadingNumber(text)
	if !ok || rest != "" || n.ranged || n.from != float64(int(n.from)) || n.from > oldestSingle {
		return ""
	}
	return string(rune('0' + int(n.from)))
}

// spread puts a mention back on the tokens of the text.
func (m *ageMention) spread(at [][2]int) {
	if at != nil {
		m.start, m.end = at[m.start][0], at[m.end][1]
	}
}

// cutHalf cuts the half off a number in one word: "toogethalvtårige" is "to", "ogethalvt" and "årige".
func cutHalf(rest string) (after string, ok bool) {
	for _, half := range []string{"ogethalvt", "oget-halvt", "ethalvt", "ogenhalv", "-og-et-halvt", "-et-halvt"} {
		if after, ok := strings.CutPrefix(rest, half); ok {
			return after, true
		}
	}
	return rest, false
}

// monthsBehind reads the months of "2,9 år", which is how places for children are told: two years and nine months, not nine tenths.
func monthsBehind(rest string) (months float64, after string, ok bool) {
	if len(rest) < 2 || rest[0] != ',' && rest[0] != '.' || !startsWithDigit(rest[1:]) {
		return 0, "", false
	}
	end := 2
	for end < len(rest) && startsWithDigit(rest[end:]) {
		end++
	}
	n, err := strconv.Atoi(rest[1:end])
	return float64(n), rest[end:], err == nil && n >= 1 && n < 12
}

// monthsMore reads what follows years: "2 år og 10 måneder"; end is 0 for nothing.
func (p *ageParser) monthsMore(last int, u unit) (more float64, end int) {
	at := last + 1
	if u != years || at >= len(p.tokens) {
		return 0, 0
	}
	if p.tokens[at].Text == "og" {
		at++
	}
	if at+1 >= len(p.tokens) || p.parted(at) || p.parted(last) {
		return 0, 0
	}
	n, rest, ok := leadingNumber(p.tokens[at].Text)
	if !ok || rest != "" {
		return 0, 0
	}
	n, ok = p.number(at, n, rest) // "to år og ti-elleve måneder"
	if !ok || n.from < 1 || n.to > 11 || n.last+1 >= len(p.tokens) || unitOf(p.tokens[n.last+1].Text) != months {
		return 0, 0
	}
	return n.to, n.last + 1
}

// dashedUnits reports whether a dash joins an age with its unit to the next one: "9 mdr.-3 år".
func (p *ageParser) dashedUnits(last int) bool {
	between := strings.Trim(p.between(last), ". ")
	return between == "-" || between == "–" || between == "—"
}

// unitlessSpan reads "børn fra nul til seks" and "de små mellem tre og seks" where nothing follows that the numbers could be of.
func (p *ageParser) unitlessSpan(i int, n numberSpan) (ageMention, bool) {
	before, at := p.exactly(i)
	if n.to > oldestSingle || !slices.Contains([]string{"fra", "på", "mellem", "alderen", "i"}, before) || before == "i" && !p.childAt(at-1, at) {
		return ageMention{}, false
	}
	if next := p.next(n.last); next != nil && !slices.Contains(goOn, next.Text) || !p.childAt(at-2, at+1) {
		return ageMention{}, false
	}
	return mention(i, n.last, "alder/spand", n.from, n.to, years, weightRange)
}

// unitless reads years that nobody names: "en dreng på fire og et halvt", "indtil de fylder 4".
func (p *ageParser) unitless(i int, n numberSpan) (ageMention, bool) {
	if n.ranged {
		return p.unitlessSpan(i, n)
	}
	if n.from > oldestSchool+1 || n.from < 1 {
		return ageMention{}, false
	}
	if next := p.next(n.last); next != nil && !slices.Contains([]string{"der", "som", "og", "er", "var", "har", "havde", "siger", "kan", "når", "men", "leger", "går"}, next.Text) {
		return ageMention{}, false
	}
	before, at := p.exactly(i)
	switch {
	case before == "under" && at >= 1 && childish(&p.tokens[at-1]): // "a child under three"
		return mention(i, n.last, "alder/under", 0, n.from-1, years, weightUpTo)
	case before == "på" && at >= 1 && (childish(&p.tokens[at-1]) || p.tokens[at-1].Text == "en" && p.next(n.last) == nil):
		return mention(i, n.last, "alder/tal", n.from, n.from, years, weightSingle)
	case (before == "fylder" || before == "fyldt") && p.untilThen(at) && p.child(i):
		return mention(i, n.last, "alder/under", 0, n.from-1, years, weightUpTo)
	case at >= 1 && slices.Contains(beings, before) && (n.from != float64(int(n.from)) || before == "fylder") && childish(&p.tokens[at-1]):
		return mention(i, n.last, "alder/tal", n.from, n.from, years, weightSingle) // "når barnet er to et halvt"
	}
	return ageMention{}, false
}
