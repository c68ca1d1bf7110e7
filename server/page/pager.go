package page

import (
	"smaabornsviden/server/answer"
	"smaabornsviden/server/tongue"
)

type pager struct {
	Prev, Next string
	Pages      []pageLink
}

type pageLink struct {
	Number  int
	Href    string
	Current bool
	Gap     bool
}

// newPager links the first and last page and those around the current one; nil when there is one page only.
func newPager(t tongue.Tongue, ans answer.Answer) *pager {
	q := ans.Question
	if ans.Pages < 2 || q.Page > ans.Pages {
		return nil
	}
	p := &pager{}
	if q.Page > 1 {
		p.Prev = address(t, q.OnPage(q.Page-1))
	}
	if q.Page < ans.Pages {
		p.Next = address(t, q.OnPage(q.Page+1))
	}
	for _, n := range shownPages(q.Page, ans.Pages) {
		p.Pages = append(p.Pages, pageLink{
			Number: n, Gap: n == 0, Current: n == q.Page, Href: address(t, q.OnPage(n)),
		})
	}
	return p
}

// shownPages chooses page numbers, 0 standing for a gap. A gap never hides just one page.
func shownPages(current, last int) []int {
	var out []int
	before := 0
	for n := 1; n <= last; n++ {
		near := n >= current-1 && n <= current+1
		lone := (n == 2 && current <= 4) || (n == last-1 && current >= last-3)
		if n != 1 && n != last && !near && !lone {
			continue
		}
		if n > before+1 {
			out = append(out, 0)
		}
		out = append(out, n)
		before = n
	}
	return out
}
