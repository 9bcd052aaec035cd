package cldr_test

import (
	"testing"

	"fieldguide/build/cldr"

	"golang.org/x/text/language"
)

func TestFind(t *testing.T) {
	for code, want := range map[string]cldr.Language{
		"sw":      {Name: "Kiswahili", Dir: "ltr", Script: "latn", Quotes: "“”‘’"},
		"fa":      {Name: "فارسی", Dir: "rtl", Script: "arab", Quotes: "«»‹›", Joiners: true},
		"pt-br":   {Name: "Português (Brasil)", Dir: "ltr", Script: "latn", Quotes: "“”‘’"},
		"zu":      {Name: "isiZulu", Dir: "ltr", Script: "latn", Quotes: "“”‘’"},
		"th":      {Name: "ไทย", Dir: "ltr", Script: "thai", Quotes: "“”‘’", Characters: true},
		"zh-hant": {Name: "繁體中文", Dir: "ltr", Script: "hant", Quotes: "「」『』", Characters: true},
		"uz-cyrl": {Name: "Ўзбекча", Dir: "ltr", Script: "cyrl", Quotes: "“”‘’"},
	} {
		if got, known := cldr.Find(language.MustParse(code)); !known || got != want {
			t.Errorf("%s: %+v, want %+v", code, got, want)
		}
	}
	for _, code := range []string{"tlh", "sw-arab"} { // the first is not in CLDR, the second not so written there
		if got, known := cldr.Find(language.MustParse(code)); known {
			t.Errorf("%s: %+v, want none", code, got)
		}
	}
}

func TestNames(t *testing.T) {
	for name, want := range map[string]string{"swahili": "sw", "kiswahili": "sw", "persian": "fa", "pt": "pt"} {
		if got := cldr.Names()[name]; got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}
