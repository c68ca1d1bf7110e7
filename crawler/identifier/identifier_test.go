package identifier

import "testing"

func TestNumbersAreReadIntoOneForm(t *testing.T) {
	for _, tc := range []struct {
		read     func(string) string
		in, want string
	}{
		{DOI, "10.7146/fppu.v6i1.135313", "10.7146/fppu.v6i1.135313"},
		{DOI, "https://doi.org/10.5555/EKS.2021.107", "10.5555/eks.2021.107"},
		{DOI, "http://dx.doi.org/10.5555/a%2Fb", "10.5555/a/b"},
		{DOI, "doi: 10.5555/abc.", "10.5555/abc"},
		{DOI, "10.123/abc", ""},
		{DOI, "https://x.example/10.5555/abc", ""},
		{DOI, "10.5555/", ""},
		{DOI, "", ""},
		{DOI, "10.5555/ABC", "10.5555/abc"},
		{DOI, " doi: 10.5555/abc.", "10.5555/abc"},
		{DOI, "https://doi.org/10.5555%2Fabc", "10.5555/abc"},
		{DOI, "http://dx.doi.org/10.5555.1/a(b)c", "10.5555.1/a(b)c"},
		{DOI, "info:doi/10.5555/lang\u00ade\u200badresse", "10.5555/langeadresse"},
		{DOI, "se 10.5555/abc", ""},
		{DOI, "11.5555/abc", ""},
		{ISBN, "978-87-7984-100-1", ""},
		{ISBN, "ISBN 0-306-40615-2", "0306406152"},
		{ISBN, "0-8044-2957-X", "080442957X"},
		{ISBN, "0-8044-2957-x", "080442957X"},
		{ISBN, "X-8044-2957-0", ""},
		{ISBN, "977-0-306-40615-7", ""},
		{ISBN, "1234567890123", ""},
		{ISBN, "", ""},
		{ISBN, "978-0-306-40615-7", "9780306406157"},
		{ISBN, "urn:isbn:9780306406157", "9780306406157"},
		{ISBN, "ISBN: 0-8044-2957-x", "080442957X"},
		{ISBN, "0\u20118044\u00a02957\u2013X", "080442957X"},
		{ISBN, "978-0-306-40615-8", ""}, // another check digit
		{ISBN, "977-0-306-40615-4", ""}, // that of a newspaper
		{ISBN, "97803064061X7", ""},
		{ISBN, "isbn", ""},
		{ISSN, "2596-9528", "2596-9528"},
		{ISSN, "ISSN: 2434-561X", "2434-561X"},
		{ISSN, "2596-952", ""},
		{ISSN, "25969528", "2596-9528"},
		{ISSN, "ISSN 2596-9528", "2596-9528"},
		{ISSN, "2434-561x", "2434-561X"},
		{ISSN, "2596-9529", ""},
		{ISSN, "2596-9528 (online)", ""},
		{ISSN, "", ""},
	} {
		if got := tc.read(tc.in); got != tc.want {
			t.Errorf("%q: %q, want %q", tc.in, got, tc.want)
		}
	}
}

// FuzzNumbers: what was read once reads the same again.
func FuzzNumbers(f *testing.F) {
	for _, seed := range []string{"doi:10.5555/A\u00adb%2F.", "ISBN 978-0-306-40615-7", "issn: 2434-561X", "urn:isbn:080442957X", "10.5555/é%25\u0301"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for name, read := range map[string]func(string) string{"ISBN": ISBN, "ISSN": ISSN} {
			if got := read(s); read(got) != got {
				t.Errorf("%s of %q is %q, and of that %q", name, s, got, read(got))
			}
		}
		if got := DOI(s); got != "" && (len(got) < len("10.1234/x") || got[:3] != "10.") {
			t.Errorf("DOI of %q is %q", s, got)
		}
	})
}
