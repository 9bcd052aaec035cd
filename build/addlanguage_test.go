package build

import "testing"

func TestAddLanguage(t *testing.T) {
	item := []string{"code: sw", "name: Kiswahili"}
	for name, test := range map[string][2]string{
		"in the form of the last": {
			"source: en\nlanguages:\n  - code: ar\n    name: العربية\n  - {code: en, name: English} # the first\n\n# Sets.\nsets: []\n",
			"source: en\nlanguages:\n  - code: ar\n    name: العربية\n  - {code: en, name: English} # the first\n  - {code: sw, name: Kiswahili}\n\n# Sets.\nsets: []\n"},
		"key by key, at the end of a file without a last newline": {
			"languages:\n- code: ar\n  name: العربية\n  # its own note\n# another",
			"languages:\n- code: ar\n  name: العربية\n  # its own note\n- code: sw\n  name: Kiswahili\n# another"},
		"at the very end": {
			"languages:\n- code: ar\n  name: العربية",
			"languages:\n- code: ar\n  name: العربية\n- code: sw\n  name: Kiswahili\n"},
		"with the line ends of the file": {
			"languages:\r\n  - {code: en}\r\nsource: en\r\n",
			"languages:\r\n  - {code: en}\r\n  - {code: sw, name: Kiswahili}\r\nsource: en\r\n"},
		"in brackets": {
			`languages: [{code: en, quotes: "]}"}] # ]` + "\nsource: en\n",
			`languages: [{code: en, quotes: "]}"}, {code: sw, name: Kiswahili}] # ]` + "\nsource: en\n"},
		"in brackets over lines": {
			"languages: [\n  {code: en}, # it's the first ]\n  {code: fr}, # the second\n]\n",
			"languages: [\n  {code: en}, # it's the first ]\n  {code: fr},\n  {code: sw, name: Kiswahili} # the second\n]\n"},
		"in braces": {
			"{source: en, languages: [{code: en}]}\n",
			"{source: en, languages: [{code: en}, {code: sw, name: Kiswahili}]}\n"},
	} {
		got, ok := addLanguage([]byte(test[0]), item)
		if !ok || string(got) != test[1] {
			t.Errorf("%s: %v\n%s\nwant\n%s", name, ok, got, test[1])
		}
	}
	for _, text := range []string{"source: en\n", "languages: []\n", "languages: {en: English}\n", "languages: [\n", "- languages\n"} {
		if got, ok := addLanguage([]byte(text), item); ok {
			t.Errorf("%q became %q", text, got)
		}
	}
}
