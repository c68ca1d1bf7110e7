package extract

import (
	"strings"
	"testing"
)

// TestWhatWasDecidedHasItsDay: orders, minutes and plans as their sites write them; a law that a page only tells of, and a day to come,
// decide nothing.
func TestWhatWasDecidedHasItsDay(t *testing.T) {
	for _, tc := range []struct {
		order bool // the title is that of an order
		where string
		text  []string
		want  string
	}{
		{false, "head", []string{"BEK nr 968 af 28/06/2018"}, "decided=2018-06-28"},
		{false, "head", []string{"BEK nr 968 af 28/06/2018 (Gældende)"}, "decided=2018-06-28"},
		{false, "head", []string{"BEK nr 968 af 28/06/2018 Historisk"}, "decided=2018-06-28"},
		{false, "head", []string{"BEK nr 968 af 28/06/2018, Børne- og Socialministeriet"}, "decided=2018-06-28"},
		{false, "head", []string{"Børne- og Socialministeriet BEK nr 968 af 28/06/2018"}, "decided=2018-06-28"},
		{true, "head", []string{"Nr. 968 af 28. juni 2018"}, "decided=2018-06-28"},
		{true, "foot", []string{"BEK nr 968 af 28/06/2018"}, "decided=2018-06-28"},
		{true, "foot", []string{"BEK nr 968 af 28. juni 2018 Gældende"}, "decided=2018-06-28"},
		{false, "panel", []string{"Bekendtgørelse", "BEK nr 968 af 28/06/2018"}, "decided=2018-06-28"},
		{false, "head", []string{"Lovbekendtgørelse nr. 985 af 27. juni 2022"}, "decided=2022-06-27"},
		{false, "head", []string{"LBKG nr 985 af 27/06/2022"}, "decided=2022-06-27"},
		{false, "head", []string{"Lov nr. 680 af 6. juni 2023 om dagtilbud"}, "decided=2023-06-06"},
		{false, "head", []string{"Vedtaget enstemmigt af Byrådet den 3. februar 2022"}, "decided=2022-02-03"},
		{false, "head", []string{"Vedtaget af Lindeby Byråd på mødet den 3. februar 2022"}, "decided=2022-02-03"},
		{false, "head", []string{"Vedtaget på byrådets møde den 3. februar 2022"}, "decided=2022-02-03"},
		{false, "head", []string{"Vedtaget af Børne- og Ungeudvalget, den 3. februar 2022"}, "decided=2022-02-03"},
		{false, "foot", []string{"Vedtaget i Kommunalbestyrelsen (punkt 7) den 3. februar 2022"}, "decided=2022-02-03"},
		{false, "foot", []string{"Politikken blev vedtaget af Lindeby Byråd den 3. februar 2022."}, "decided=2022-02-03"},
		{false, "foot", []string{"Strategien er godkendt af udvalget den 3. februar 2022 og gælder til 2026."}, "decided=2022-02-03"},
		{false, "foot", []string{"Endeligt vedtaget af Byrådet torsdag den 3. februar 2022"}, "decided=2022-02-03"},
		{false, "foot", []string{"Byrådet vedtog politikken den 3. februar 2022"}, "decided=2022-02-03"},
		{false, "foot", []string{"Kommunalbestyrelsen godkendte planen på sit møde den 3. februar 2022."}, "decided=2022-02-03"},
		{false, "foot", []string{"Byrådet har den 3. februar 2022 vedtaget denne politik."}, "decided=2022-02-03"},
		{false, "foot", []string{"Udvalget har på mødet den 3. februar 2022 enstemmigt godkendt planen."}, "decided=2022-02-03"},
		{false, "foot", []string{"Byrådet har den 3. februar 2022 besøgt børnehaven."}, ""},
		{false, "head", []string{"Mødedato: 3. februar 2022"}, "decided=2022-02-03"},
		{false, "head", []string{"Mødedato: 03-02-2022 17:00"}, "decided=2022-02-03"},
		{false, "head", []string{"Mødedato: torsdag den 3. februar 2022 kl. 17.00"}, "decided=2022-02-03"},
		{false, "head", []string{"Mødedato: 03.02.2022 Mødested: Rådhuset"}, "decided=2022-02-03"},
		{false, "head", []string{"Mødedato og -tid: 3. februar 2022 kl. 17"}, "decided=2022-02-03"},
		{false, "head", []string{"Dato for møde: 3. februar 2022"}, "decided=2022-02-03"},
		{false, "head", []string{"Dato for vedtagelse: 3. februar 2022"}, "decided=2022-02-03"},
		{false, "head", []string{"Vedtagelsesdato: 3. februar 2022"}, "decided=2022-02-03"},
		{false, "head", []string{"Ikrafttrædelse: 1. marts 2022"}, ""},
		{false, "foot", []string{"I 2019 vedtog Folketinget den 3. februar en ny lov."}, ""},
		{false, "foot", []string{"Næste mødedato: 3. februar 2022"}, ""},
		{false, "foot", []string{"Loven ændrer BEK nr 968 af 28/06/2018."}, ""},
		{false, "head", []string{"Ophævet ved BEK nr 968 af 28/06/2018"}, ""},
		{false, "foot", []string{"BEK nr 968 af 28/06/2018"}, ""},
		{false, "foot", []string{"BEK nr 968 af 28/06/2018 om leg"}, ""},
		{false, "head", []string{"Bo Lund er nr. 968 af 1.200 deltagere 28. juni 2018 i løbet"}, ""},
	} {
		page := dateLine{where: tc.where, text: tc.text}.html(t)
		if tc.order {
			page = strings.Replace(page, "<h1>Små", "<h1>Bekendtgørelse om små", 1)
		}
		res, err := HTML(Input{URL: "https://a.example/om/hverdag", Body: []byte("<main>\n" + page + "</main>"), Now: november})
		if err != nil {
			t.Fatal(err)
		}
		if got := taken(res); got != tc.want {
			t.Errorf("%s %s: %q, want %q", tc.where, strings.Join(tc.text, " ¶ "), got, tc.want)
		}
	}
}

// TestFurtherLabelsOfDates: words that tell when a text came out or was changed, and some that tell of neither.
func TestFurtherLabelsOfDates(t *testing.T) {
	for _, tc := range []struct{ where, line, want string }{
		{"head", "Issued 24 April 2019. Next review: 2027.", "published=2019-04-24"},
		{"head", "Vedtaget på bestyrelsens møde den 23. maj 2024. Lagt på hjemmesiden 27. maj 2024.", "published=2024-05-27 decided=2024-05-23"},
		{"head", "BEK nr 2093 af 19/11/2021. Offentliggørelsesdato: 23-11-2021. Udskriftsdato: mandag den 3. marts 2025.", "published=2021-11-23 decided=2021-11-19"},
		{"head", "Anna Holm og Bo Lund. December 2021. 74 sider.", "published=2021-12"},
		{"head", "Anna Holm og Bo Lund. Arbejdspapir 7, juli 2023. Foreløbig udgave.", "published=2023-07"},
		{"head", "Anmeldt af Anna Holm, lektor. Bragt i nr. 4, august 2020.", "published=2020-08"},
		{"foot", "Sist endra 3. oktober 2022", "updated=2022-10-03"},
		{"panel", "Forventet svar|Januar 2025", ""},
		{"head", "Børnene leger. December 2021. Så er det jul.", ""},
		{"head", "Rapport. 2. december 2024. Forfattere: Anders Lykke og Maja Storm", "published=2024-12-02"},
		{"head", "28. oktober 2022. Gunnar Toft Ibsen, pensioneret smed, Lemvig", "published=2022-10-28"},
		{"head", "Sofie Agger, 19. august 2023", "published=2023-08-19"},
		{"head", "Bevilling, 11. juni 2024. Periode: 2024-2027. Modtager: Foreningen På Hjul.", "published=2024-06-11"},
		{"head", "Besøget, 11. juni 2024. Børnene så på køer og spiste is bagefter.", ""},
		{"head", "Bidrag til tidsskrift, fagfællebedømt. Udgivet 2019.", "published=2019"},
		{"head", "Bogen, der blev udgivet 2019, er om leg.", ""},
	} {
		page := dateLine{where: tc.where, text: strings.Split(tc.line, "|")}.html(t)
		res, err := HTML(Input{URL: "https://a.example/om/hverdag", Body: []byte("<main>\n" + page + "</main>"), Now: november})
		if err != nil {
			t.Fatal(err)
		}
		if got := taken(res); got != tc.want {
			t.Errorf("%s %s: %q, want %q", tc.where, tc.line, got, tc.want)
		}
	}
}

// TestTheYearOfACallIsNoDay: archives of calls and tenders are ordered by the year of the call.
func TestTheYearOfACallIsNoDay(t *testing.T) {
	for body, want := range map[string]string{
		"<h1>Udbud</h1><p>Tilbudsfrist: 19. august 2024 kl. 10.00.</p>": "deadline=2024-08-19",
		"<h1>Leg</h1><p>Børnene leger.</p>":                             "published=2024",
	} {
		res, err := HTML(Input{URL: "https://a.example/2024/s-118", Body: []byte("<main>" + body + "</main>"), Now: november})
		if err != nil {
			t.Fatal(err)
		}
		if got := taken(res); got != want {
			t.Errorf("%s: %q, want %q", body, got, want)
		}
	}
}

// TestMinutesAreOfTheDayOfTheMeeting: by the title that says that they are minutes. An agenda decides nothing before it is filled in.
func TestMinutesAreOfTheDayOfTheMeeting(t *testing.T) {
	text := "<p>Formanden bød velkommen, og der var kaffe til alle.</p>"
	for _, tc := range []struct{ html, want string }{
		{"<h1>Beslutningsreferat fra forældrerådsmøde mandag d. 12. august 2019</h1>" + text, "decided=2019-08-12"},
		{"<h1>Referat fra opstartsmøde</h1><p>Dato: 20. august 2020<br>Tid: Kl. 19.00</p>" + text, "decided=2020-08-20"},
		{"<h1>Referat</h1><p>Børne- og Skoleudvalget<br>06-11-2018 kl. 13:00<br>Mødelokale A</p>" + text, "decided=2018-11-06"},
		{"<h1>Børne- og Ungeudvalget – Referat – 11. november 2019</h1>" + text, "decided=2019-11-11"},
		{"<h1>Dagsorden</h1><p>Onsdag 11. dec 2019 kl. 07:45</p><p>Børneudvalget</p><h3>Beslutning Børneudvalget den 11-12-2019</h3><p>Taget til efterretning.</p>" + text, "decided=2019-12-11"},
		{"<h1>Dagsorden</h1><p>Børneudvalget. Møde onsdag den 11. december 2019</p>" + text, ""},
		{"<h1>Dagsorden, punkt 4: Leg</h1><p>Børneudvalget. Møde onsdag den 11. december 2019</p><p>Indstilling. Direktøren indstiller, at udvalget tager orienteringen til efterretning.</p>" + text, ""},
		{"<h1>Referat fra temadag om tilsyn</h1><p>Den 5. november 2024 mødtes 120 konsulenter i Vejle til temadag.</p>" + text, ""},
		{"<h1>Referat fra bestyrelsesmøde</h1><p>Den 5. november 2024</p>" + text, "decided=2024-11-05"},
		{"<h1>Referat</h1><p>Publiceret 3. maj 2020</p>" + text, "published=2020-05-03"},
		{"<h1>Refereret godt</h1><p>3. maj 2020</p>" + text, "published=2020-05-03"},
	} {
		res, err := HTML(Input{URL: "https://a.example/om", Body: []byte("<main>" + tc.html + "</main>"), Now: november})
		if err != nil {
			t.Fatal(err)
		}
		if got := taken(res); got != tc.want {
			t.Errorf("%.80s: %q, want %q", tc.html, got, tc.want)
		}
	}
}
