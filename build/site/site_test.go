package site

import (
	"flag"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/language"
)

var _ = flag.Bool("update", false, "accepted as in other packages; there are no expected files here")

func TestFindingIsWrittenAsFarAsItsPlaceIsKnown(t *testing.T) {
	f := Finding{File: "content/ar/help.md", Level: Error, Check: "links", Message: "the link leads nowhere"}
	for _, test := range []struct {
		line, col int
		hint      string
		want      string
	}{
		{0, 0, "", "content/ar/help.md: error: the link leads nowhere (links)"},
		{12, 0, "", "content/ar/help.md:12: error: the link leads nowhere (links)"},
		{12, 3, "", "content/ar/help.md:12:3: error: the link leads nowhere (links)"},
		{12, 3, "write a.md", "content/ar/help.md:12:3: error: the link leads nowhere (links)\n    hint: write a.md"},
	} {
		f.Line, f.Col, f.Hint = test.line, test.col, test.hint
		if got := f.String(); got != test.want {
			t.Errorf("got  %s\nwant %s", got, test.want)
		}
	}
}

func TestSortOrdersByPlaceAndDropsRepetitions(t *testing.T) {
	a1 := Finding{File: "a", Line: 1}
	a2 := Finding{File: "a", Line: 2, Col: 9}
	a10 := Finding{File: "a", Line: 10}
	b := Finding{File: "b", Level: Warning}
	if got, want := fmt.Sprint(Sort([]Finding{b, a10, a2, a1, a2})), fmt.Sprint([]Finding{a1, a2, a10, b}); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if HasErrors([]Finding{b}) {
		t.Error("a warning forbids no build")
	}
}

func TestNearest(t *testing.T) {
	for _, test := range []struct{ word, among, want string }{
		{"sumary", "title summary kind", "summary"},
		{"hlep/index", "help/index children/index", "help/index"},
		{"privicy", "privacy health", "privacy"},
		{"hlep", "deep help", "help"},
		{"warning", "wrong", ""},
		{"answer", "never", ""},
		{"stories", "checklist story", "story"},
		{"xylophone", "answer question tip", ""},
		{"a", "b", ""}, // they share nothing
		{"word", "", ""},
		{"", "a", ""},
		{"مساعده", "مساعدة", "مساعدة"},
	} {
		if got := Nearest(test.word, strings.Fields(test.among)); got != test.want {
			t.Errorf("Nearest(%q, %q) = %q; want %q", test.word, test.among, got, test.want)
		}
	}
}

func TestPluralForms(t *testing.T) {
	for _, test := range []struct{ tag, want string }{
		{"ar", "zero one two few many other"},
		{"ru", "one few many"}, // of its four: other is for fractions
		{"fr", "one other"},
		{"es", "one other"},
		{"en", "one other"},
		{"zh-Hans", "other"},
		{"sw", "one other"},
	} {
		lang := &Language{Tag: language.MustParse(test.tag)}
		var got []string
		for _, f := range lang.PluralForms() {
			got = append(got, PluralNames[f])
		}
		if got := strings.Join(got, " "); got != test.want {
			t.Errorf("%s has %s; want %s", test.tag, got, test.want)
		}
	}
}

func TestCountTakesTheFormOfItsLanguage(t *testing.T) {
	forms := Forms{Zero: "zero {n}", One: "one {n}", Two: "two {n}", Few: "few {n}", Many: "many {n}", Other: "other {n}"}
	count := func(tag string, numbers ...int) string {
		lang := &Language{Tag: language.MustParse(tag), Words: Words{Counts: map[string]Forms{"pages": forms}}}
		var got []string
		for _, n := range numbers {
			got = append(got, lang.Count("pages", n))
		}
		return strings.Join(got, ", ")
	}
	for _, test := range []struct{ got, want string }{
		{count("ar-u-nu-latn", 0, 1, 2, 3, 10, 11, 99, 100, 103), "zero 0, one 1, two 2, few 3, few 10, many 11, many 99, other 100, few 103"},
		{count("ru", 1, 2, 5, 11, 21, 22, 25, 111), "one 1, few 2, many 5, many 11, one 21, few 22, many 25, many 111"},
		{count("fr", 0, 1, 2), "one 0, one 1, other 2"},
		{count("en", 0, 1, 2, 1234), "other 0, one 1, other 2, other 1,234"},
		{count("zh", 0, 1, 2), "other 0, other 1, other 2"},
	} {
		if test.got != test.want {
			t.Errorf("got  %s\nwant %s", test.got, test.want)
		}
	}
	lang := &Language{Tag: language.English}
	if got := lang.Count("pages", 1); got != "[pages]" {
		t.Errorf("a missing word shows as its key in brackets; got %s", got)
	}
}

func TestAges(t *testing.T) {
	lang := &Language{Tag: language.English, Words: Words{Text: map[string]string{"ages-under": "under {n}", "ages-range": "{from}–{to}"}}}
	for _, test := range []struct {
		from, to int
		want     string
	}{{0, 8, "under 9"}, {9, 12, "9–12"}, {13, 18, "13–18"}} {
		if got := lang.Ages(&Band{From: test.from, To: test.to}); got != test.want {
			t.Errorf("from %d to %d: got %q, want %q", test.from, test.to, got, test.want)
		}
	}
}

func TestNumberHasTheDigitsOfItsTag(t *testing.T) {
	for tag, want := range map[string]string{"ar-u-nu-latn": "12", "ar-u-nu-arab": "١٢", "fr": "12"} {
		if got := (&Language{Tag: language.MustParse(tag)}).Number(12); got != want {
			t.Errorf("%s: got %s, want %s", tag, got, want)
		}
	}
}

func TestClockHasTheDigitsOfItsTag(t *testing.T) {
	for tag, want := range map[string]string{"en": "62:05", "ar": "٦٢:٠٥", "ar-u-nu-latn": "62:05", "fr": "62:05"} {
		if got := (&Language{Tag: language.MustParse(tag)}).Clock(62*60 + 5); got != want {
			t.Errorf("%s: %q; want %q", tag, got, want)
		}
	}
}
