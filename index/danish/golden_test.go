package danish

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// shown writes the tokens of a text as "exact=lemma,lemma" with "(part:lemma ...)" and "+expansion" behind.
func shown(tokens []Token) []string {
	var lines []string
	for _, t := range tokens {
		line := t.Text + "=" + strings.Join(t.Lemmas, ",")
		if len(t.Parts) > 0 {
			var parts []string
			for _, p := range t.Parts {
				parts = append(parts, p.Text+":"+strings.Join(append([]string{p.Lemma}, p.Alt...), ","))
			}
			line += " (" + strings.Join(parts, " ") + ")"
		}
		for _, x := range t.Expansions {
			line += " +" + x.Lemmas[0]
		}
		lines = append(lines, line)
	}
	return lines
}

func TestWordsAreReadAsDanesWriteThem(t *testing.T) {
	a := analyzer(t)
	for _, c := range []struct{ name, text, want string }{
		{"thousands", "1.000 dage", "1000=1000 | dage=dag"},
		{"thousands without dot", "1000", "1000=1000"},
		{"thousand as a word", "tusind", "tusind=1000,tusind"},
		{"decimals", "3,5 og 3.5", "3,5=3,5 | og=og | 3,5=3,5"},
		{"large number with decimals", "1.250.000,50", "1250000,50=1250000,50"},
		{"date", "1.12.2020", "1=1 | 12=12 | 2020=2020"},
		{"ages with hyphens", "0-6-årige", "0-6-årige=0-6-årig (0-6:0-6 årige:årig,år)"},
		{"ages with a dash", "0–6-årige", "0-6-årige=0-6-årig (0-6:0-6 årige:årig,år)"},
		{"span of years", "0-6 år", "0-6=0-6 +0-6-årig | år=år"},
		{"thousand days in letters", "tusind dage", "tusind=1000,tusind | dage=dag"},
		{"thousand days with a hyphen", "1.000-dages", "1000-dages=1000-dag (1000:1000 dages:dag)"},
		{"thousand days as one word", "tusinddages", "tusinddages=1000-dag (tusind:1000 dages:dag)"},
		{"thousand days and more", "1000-dages-programmet", "1000-dages-programmet=1000-dagesprogram (1000-dages:1000-dag 1000:1000 dages:dag programmet:program)"},
		{"what is counted need not be time", "1000 børn", "1000=1000 | børn=barn"},
		{"span of years with spaces", "0 - 6 år", "0=0 +0-6-årig +0-6 | 6=6 | år=år"},
		{"span of years with a dash and spaces", "0 – 6 år", "0=0 +0-6-årig +0-6 | 6=6 | år=år"},
		{"span of years with a word", "fra to til tre år", "fra=fra | to=to,to·v,2 +2-3-årig +2-3 | til=til | tre=tre,3 | år=år"},
		{"span of ages without a hyphen", "2-3 årige", "2-3=2-3 +2-3-årig | årige=årig"},
		{"age without its hyphen", "3 årige", "3=3 +3-årig | årige=årig"},
		{"age in letters without its hyphen", "to årige", "to=to,to·v,2 +2-årig | årige=årig"},
		{"the number that is an article", "et årige, ét-årige", "et=et,en +1-årig | årige=årig | ét-årige=1-årig (ét:ét,1 årige:årig,år)"},
		{"an article", "en årlig fest", "en=en | årlig=årlig | fest=fest,feste"},
		{"span of ages apart", "3 til 5 årige", "3=3 +3-5-årig +3-5 | til=til | 5=5 +5-årig | årige=årig"},
		{"span of ages from nought", "nul-seks-årige", "nul-seks-årige=0-6-årig (nul-seks:nul-seks,0-6 årige:årig,år)"},
		{"span of ages from nought apart", "nul til seks årige", "nul=nul,0 +0-6-årig +0-6 | til=til | seks=seks,6 +6-årig | årige=årig"},
		{"span of ages from one", "et til to år", "et=et,en +1-2-årig +1-2 | til=til | to=to,to·v,2 | år=år"},
		{"span with pieces", "tre- til seksårige", "tre=tre,3 +treårig +3-6-årig | til=til | seksårige=seksårig,6-årig (seks:seks,6 årige:årig,år)"},
		{"span with pieces of digits", "3- til 5-årige", "3=3 +3-årig +3-5-årig | til=til | 5-årige=5-årig (5:5 årige:årig,år)"},
		{"no span of ages", "3- og 5-årige", "3=3 +3-årig | og=og | 5-årige=5-årig (5:5 årige:årig,år)"},
		{"span with mellem", "mellem 3 og 5 år", "mellem=mellem | 3=3 +3-5-årig +3-5 | og=og | 5=5 | år=år"},
		{"two numbers", "3 og 5 år", "3=3 | og=og | 5=5 | år=år"},
		{"span of letters", "to-tre børn", "to-tre=2-3 | børn=barn"},
		{"a half behind a number", "1 1/2 år", "1=1 +1,5-årig | 1=1 | 2=2 | år=år"},
		{"tens and units", "femogtyve, enogtredive, nioghalvfems", "femogtyve=femogtyve,25 | enogtredive=enogtredive,31 | nioghalvfems=nioghalvfems,99"},
		{"numbers below a hundred", "femten fyrre treds firs nul", "femten=femten,15 | fyrre=fyrre,40 | treds=tred,60 | firs=firs,80 | nul=nul,0"},
		{"an age of tens and units", "femogtyveårige", "femogtyveårige=femogtyveårig,25-årig (femogtyve:femogtyve,25 årige:årig,år)"},
		{"a time and not an age", "i 3 år", "i=i | 3=3 | år=år"},
		{"half a year", "2½-årige", "2,5-årige=2,5-årig (2,5:2,5 årige:årig,år)"},
		{"half a year apart", "2½ år", "2,5=2,5 +2,5-årig | år=år"},
		{"half a year with a comma", "2,5 år", "2,5=2,5 +2,5-årig | år=år"},
		{"a half", "½ time", "0,5=0,5 | time=time,time·v"},
		{"one and a half", "halvandetårig", "halvandetårig=halvandetårig,1,5-årig (halvandet:halvandet,1,5 årig:årig,år)"},
		{"capitals with an ending", "SFOen, PPRer", "sfo'en=sfo | ppr'er=ppr"},
		{"the noun and not the verb", "haven havens haver", "haven=have | havens=have | haver=have"},
		{"the verb and not the noun", "har havde haft", "har=have·v | havde=have·v | haft=have·v"},
		{"either of both", "taler", "taler=taler,tale,tale·v"},
		{"a compound is no verb", "børnehave", "børnehave=børnehave (børne:barn have:have,hav)"},
		{"an abbreviation that is another word in small letters", "KL's, KL, kl. 9, AKT, akten", "kl's=kl·f | kl=kl·f | kl=kl | 9=9 | akt=akt·f | akten=akt"},
		{"an abbreviation that is the same word in small letters", "SFO, sfo", "sfo=sfo | sfo=sfo"},
		{"a modifier that stands alone", "børne have", "børne=barn | have=have,have·v,hav"},
		{"a modifier with a stem of its own", "billedbog", "billedbog=billedbog (billed:billede bog:bog)"},
		{"a linking s that is an adverb, too", "tidspunkt", "tidspunkt=tidspunkt (tids:tid punkt:punkt,punkte)"},
		{"a particle before a known word", "fortidlige", "fortidlige=fortidlig"},
		{"an unknown compound", "søvnrytmerne", "søvnrytmerne=søvnrytme (søvn:søvn rytmerne:rytme)"},
		{"a verb that says nothing", "navngive", "navngive=navngive (navn:navn)"},
		{"age without hyphen", "6årigt", "6årigt=6-årig (6:6 årigt:årig,år)"},
		{"age spelt out", "treårige", "treårige=treårig,3-årig (tre:tre,3 årige:årig,år)"},
		{"span of ages spelt out", "to-treårige", "to-treårige=2-3-årig (to-tre:to-tre,2-3 årige:årig,år)"},
		{"word with an age inside", "3-års-alderen", "3-års-alderen=3-årsalder (års:år alderen:alder)"},
		{"decade", "1980'erne og 1980erne", "1980'erne=1980'er | og=og | 1980erne=1980'er"},
		{"apostrophes of all kinds", "KL's KL’s KL´s", "kl's=kl·f | kl's=kl·f | kl's=kl·f"},
		{"abbreviation with ending", "SFO'en, PPR’er", "sfo'en=sfo | ppr'er=ppr"},
		{"capitals with s", "SFOs TVs", "sfo's=sfo | tv's=tv"},
		{"genitive apostrophe at the end", "Lars' børn", "lars=lars | børn=barn"},
		{"accent written", "idéer", "idéer=ide"},
		{"accent left out", "ideer", "ideer=ide"},
		{"accent inside a compound", "cafébesøgene", "cafébesøgene=cafebesøg (café:cafe besøgene:besøg)"},
		{"soft hyphen", "børne\u00adhaven", "børnehaven=børnehave (børne:barn haven:have)"},
		{"a slash beside a hyphen", "mor/barn-relationen", "mor=mor +morbarnrelation | barn-relationen=barnrelation (barn:barn relationen:relation)"},
		{"a digit for a number word", "2-sprogede", "2-sprogede=2-sproged,tosproget (sprogede:sproged)"},
		{"hyphen between words", "forældre-barn-relationer", "forældre-barn-relationer=forældrebarnrelation (forældre:forælder barn:barn relationer:relation)"},
		{"hyphen and number", "covid-19", "covid-19=covid-19 (covid:covid 19:19)"},
		{"abbreviation with dots", "f.eks. bl.a. m.m.", "f.eks=f.eks | bl.a=bl.a | m.m=m.m"},
		{"sentence without a space after it", "slut.Det", "slut=slut,slutte | det=det"},
		{"e-mail address", "Skriv til post@kommune.dk.", "skriv=skrive | til=til | post@kommune.dk=post@kommune.dk"},
		{"web address", "se https://www.emu.dk/dagtilbud/?a=1.", "se=se | emu.dk/dagtilbud/?a=1=emu.dk/dagtilbud/?a=1"},
		{"bare host", "www.sst.dk, sst.dk", "sst.dk=sst.dk | sst.dk=sst.dk"},
		{"aa of a town", "Aarhus", "aarhus=aarhus,århus"},
		{"å of a town", "Århus", "århus=aarhus,århus"},
		{"aa that no lexicon has as å", "Aalborg", "aalborg=aalborg,ålborg"},
		{"a town without Danish letters", "Kobenhavns Kommune", "kobenhavns=københavn | kommune=kommune"},
		{"a town that is a verb, too", "koge suppe i Koge", "koge=koge,kog | suppe=suppe,suppe·v | i=i | koge=koge,kog,køge"},
		{"a town before its municipality", "koge kommunes", "koge=koge,kog,køge | kommunes=kommune"},
		{"towns joined", "Hoje-Taastrup", "hoje-taastrup=højetaastrup,højetåstrup (hoje:hoj taastrup:taastrup,tåstrup)"},
		{"no town", "moens mon", "moens=mo | mon=mon"},
		{"oe and ae from another keyboard", "boernehavepaedagoger", "boernehavepaedagoger=børnehavepædagog (boernehave:børnehave boerne:barn have:have,hav paedagoger:pædagog)"},
		{"oe that could be a word", "boerneperspektiv", "boerneperspektiv=børneperspektiv (boerne:barn perspektiv:perspektiv)"},
		{"oe of its own", "poesi doer", "poesi=poesi | doer=do"},
	} {
		if diff := cmp.Diff(strings.Split(c.want, " | "), shown(a.Tokens(c.text))); diff != "" {
			t.Errorf("%s: %q\n%s", c.name, c.text, diff)
		}
	}
}

func TestEllipticalPiecesStandForWholeWords(t *testing.T) {
	a := analyzer(t)
	for _, c := range []struct{ name, text, want string }{
		{"beginning", "lærings- og udviklingsmuligheder", "lærings>læringsmulighed"},
		{"beginning of a two-part word", "børne- og ungeområdet", "børne>børneområde"},
		{"two words and a comma", "børne-, unge- og familieudvalget", "børne>børneudvalg unge>ungeudvalg"},
		{"og/eller", "trivsels- og/eller udviklingsmiljøer", "trivsels>trivselsmiljø"},
		{"slash", "børne-/ungeområdet", "børne>børneområde"},
		{"long last part", "dagpleje-, vuggestue- og børnehavebørn", "dagpleje>dagplejebarn vuggestue>vuggestuebarn"},
		{"particles", "ind- og udland", "ind>indland"},
		{"numbers", "3- og 4-årige", "3>3-årig"},
		{"spans of numbers", "0-2- og 3-6-årige", "0-2>0-2-årig"},
		{"numbers spelt out", "to- og treårige", "to>toårig"},
		{"hyphen in the whole word", "mor-barn- og far-barn-relationer", "mor-barn>morbarnrelation"},
		{"no-break hyphen", "børne‑ og ungeområdet", "børne>børneområde"},
		{"ending", "forældresamarbejde og -inddragelse", "inddragelse>forældreinddragelse"},
		{"endings in a list", "sprogudvikling, -forståelse og -stimulering", "forståelse>sprogforståelse stimulering>sprogstimulering"},
		{"a part before the last", "social- og sundhedsassistentuddannelsen", "social>socialassistentuddannelse"},
		{"a word that the lexicon has", "skole- og børnehavebørn", "skole>skolebarn"},
		{"both at once", "sprog- og motorikvejleder, -konsulent og -leder", "sprog>sprogvejleder konsulent>motorikkonsulent konsulent>sprogkonsulent leder>motorikleder leder>sprogleder"},
		{"the gap on the wrong side", "børne -og ungepædagog", "børne>børnepædagog"},
		{"a hyphen in the lender", "børne- og unge-pædagog", "børne>børnepædagog"},
		{"a soft hyphen beside the hyphen", "børne\u00ad- og ungepædagog, børne-\u00ad og ungepædagog", "børne>børnepædagog børne>børnepædagog"},
		{"hyphens of all kinds", "børne‐ og ungepædagog, børne‑ og ungepædagog, børne– og ungepædagog", "børne>børnepædagog børne>børnepædagog børne>børnepædagog"},
		{"samt", "børne- samt ungepædagoger", "børne>børnepædagog"},
		{"såvel som", "børne- såvel som ungepædagoger", "børne>børnepædagog"},
		{"hyphen at the end of a clause", "børne- på den ene side", ""},
		{"no compound to borrow from", "børne- og unge", ""},
		{"a dash", "børn – og unge", ""},
		{"a negative number", "børn og -5 grader", ""},
		{"a letter", "brug +n , -n og *n", ""},
		{"an option", "programmet -børn", ""},
		{"a negation", "for- og ulemper", ""},
	} {
		var got []string
		for _, tok := range a.Tokens(c.text) {
			for _, x := range tok.Expansions {
				got = append(got, tok.Text+">"+x.Lemmas[0])
			}
		}
		if want := strings.Fields(c.want); !cmp.Equal(want, append([]string{}, got...)) {
			t.Errorf("%s: %q gives %v, want %v", c.name, c.text, got, want)
		}
	}
}

func TestAbbreviationsKeepTheirCase(t *testing.T) {
	a := analyzer(t)
	for text, want := range map[string]string{
		"KL": "KL", "KL's": "KL", "PPR’s": "PPR", "SFO'en": "SFO", "SFOen": "SFO", "FN´s": "FN", "TVs": "TV",
		"kl": "", "Kl": "", "KLub": "", "A": "", "3D": "", "børn": "", "OECD-tal": "", "LSet": "", "ADHDen": "ADHD", "ÆØÅ": "ÆØÅ",
	} {
		if got := a.Tokens(text)[0].Abbreviation; got != want {
			t.Errorf("%s is %q, want %q", text, got, want)
		}
	}
}

func TestExpansionsStandAtThePositionOfTheirPiece(t *testing.T) {
	f := analyzer(t).Fields("", "lærings- og udviklingsmuligheder", "da")
	want := []Term{{"læring", 0}, {"læringsmulighed", 0}, {"og", 1}, {"udviklingsmulighed", 2}}
	if diff := cmp.Diff(want, f.Lemma.Terms); diff != "" {
		t.Error(diff)
	}
	if f.Lemma.Length != 3 {
		t.Errorf("length %d, want 3", f.Lemma.Length)
	}
}

func TestPartsKnowTheirPlaceInTheText(t *testing.T) {
	const text = "Små\u00adbørnsklubbernes café-område"
	var got []string
	for _, tok := range analyzer(t).Tokens(text) {
		for _, p := range tok.Parts {
			got = append(got, fmt.Sprintf("%d %s=%s", p.Level, text[p.Start:p.End], p.Lemma))
		}
	}
	want := []string{"1 Små\u00adbørns=småbarn", "2 Små\u00ad=små", "2 børns=barn", "1 klubbernes=klub", "1 café=cafe", "1 område=område"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Who looks for "mor" is not after the first language; the mother of milk is meant.
func TestTheLongFormsOfKinStandAloneInCompounds(t *testing.T) {
	a := analyzer(t)
	for text, want := range map[string]string{
		"modersmål":       "modersmål=modersmål (moders:moder mål:mål,måle)",
		"mødregruppe":     "mødregruppe=mødregruppe (mødre:mor,moder gruppe:gruppe)",
		"broderkærlighed": "broderkærlighed=broderkærlighed (broder:broder,brodere kærlighed:kærlighed)",
		"bedstemoderen":   "bedstemoderen=bedstemor (bedste:bedste,god,bedst moderen:mor,moder)",
	} {
		if diff := cmp.Diff([]string{want}, shown(a.Tokens(text))); diff != "" {
			t.Errorf("%s:\n%s", text, diff)
		}
	}
}

func TestFormsMeetAndOtherWordsDoNot(t *testing.T) {
	a := analyzer(t)
	for _, c := range []struct {
		one, other string
		want       bool
	}{
		{"barn", "børnene", true},
		{"mor", "mødrene", true},
		{"bog", "bøgernes", true},
		{"plejebarn", "plejebørn", true},
		{"indsats", "indsatserne", true},
		{"gå", "gik", true},
		{"god", "bedre", true},
		{"museum", "museet", true},
		{"trivsel", "trivslen", true},
		{"1.000", "tusind", true},
		{"kortlægge", "lægger", false},
		{"mode", "moders", false},
		{"år", "årer", false},
		{"børne", "barn", true},
		{"fortid", "fortidligt", false},
		{"tidlig", "tidligt", true},
		{"2½-årig", "2,5-årige", true},
		{"treårige", "3-årig", true},
		{"femten", "15", true},
		{"syvogtyve", "27", true},
		{"femtenårig", "15-årige", true},
		{"tyve", "tyven", true},
		{"e-mail", "emails", true},
		{"sprog-vurdering", "sprogvurderingerne", true},
		{"tidlig", "tid", false},
		{"tidlige", "tiden", false},
		{"udsatte", "udsættelse", false},
		{"doer", "dør", false},
		{"ko", "kø", false},
		{"mor", "moderen", true},
		{"mødrene", "moderens", true},
		{"far", "faderen", true},
		{"fars", "fædre", true},
		{"bror", "broderens", true},
		{"bedstemor", "bedstemoderen", true},
		{"stedfar", "stedfaderen", true},
		{"fakta", "faktum", true},
		{"antibiotika", "antibiotikummet", true},
		{"mor", "mode", false},
		{"mor", "moderne", false},
		{"mor", "modersmål", false},
		{"indsats", "indsætte", false},
		{"indsatsen", "indsatte", false},
		{"indsatser", "indsat", false},
		{"sprogindsats", "sprogindsatte", false},
		{"indsat", "indsætter", true},
		{"opsats", "opsætte", false},
		{"sats", "sætte", false},
		{"kost", "koster", false},
		{"kosten", "koste", false},
		{"kostede", "koster", true},
		{"børs", "bør", false},
		{"sans", "san", false},
		{"hals", "hal", false},
	} {
		one, other := a.Lemmas(c.one, "da"), a.Lemmas(c.other, "da")
		if meet(one, other) != c.want {
			t.Errorf("%s %v and %s %v: meet is %v", c.one, one, c.other, other, !c.want)
		}
	}
}

// The pieces were judged before the rules for particles and whole words were written; the first score was 37 of 60.
func TestPiecesStandForWhatAReaderReads(t *testing.T) {
	a := analyzer(t)
	all, right := 0, 0
	for _, row := range openTable(t, "elliptical.tsv") {
		all++
		got := "-"
		var pieces []string
		for _, tok := range a.Tokens(row[0]) {
			var words []string
			for _, x := range tok.Expansions {
				words = append(words, x.Lemmas[0])
			}
			if len(words) > 0 {
				pieces = append(pieces, strings.Join(words, ","))
			}
		}
		if len(pieces) > 0 {
			got = strings.Join(pieces, " ")
		}
		if got == row[1] {
			right++
		} else {
			t.Logf("%s gives %s, want %s", row[0], got, row[1])
		}
	}
	t.Logf("elliptical pieces: %d of %d right: %.1f %%", right, all, percent(right, all))
	if percent(right, all) < 90 {
		t.Error("the pieces have become worse")
	}
}
