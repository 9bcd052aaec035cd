package letters

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"fieldguide/build/site"

	"golang.org/x/text/language"
)

var (
	arabic = &site.Language{Tag: language.Arabic, Folded: true,
		Articles: []string{"ال"}, Joined: []string{"وال", "بال", "كال", "فال", "ولل", "لل", "و"}}
	french = &site.Language{Tag: language.French, Articles: []string{"l’", "la ", ""}}
	plain  = &site.Language{Tag: language.English}
)

// A text is folded character by character.
func TestAppendFolded(t *testing.T) {
	for r := rune(0); r < 0x20000; r++ {
		if text := "a" + string(r) + "b"; utf8.ValidRune(r) && Fold(text) != "a"+FoldRune(r)+"b" {
			t.Errorf("Fold(%q) = %q, and %U becomes %q", text, Fold(text), r, FoldRune(r))
		}
	}
}

func TestFold(t *testing.T) {
	for text, want := range map[string]string{
		"Privacy":                       "privacy",
		"Élève, ÇA":                     "eleve  ca",
		"E\u0301le\u0300ve":             "eleve",
		"œuf Æsop straße ẞ":             "oeuf aesop strasse ss",
		"ещё ЁЖ":                        "еще еж",
		"contraseña":                    "contrasena",
		"طَائِرَتُنَا":                  "طايرتنا",
		"تـــنمر":                       "تنمر",
		"أإآٱا ى ة ؤ ئ ء":               "ااااا ي ه ي ي ء",
		"٩ ۹ ９ ９岁":                      "9 9 9 9岁",
		"\u206618\u2069 a\u00ADb\u200B": "18 ab",
		"l’école – d'un":                "l ecole   d un",
		"がか":                            "か\u3099か",
		"😀ok":                           " ok",
	} {
		if got := Fold(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

func TestTyped(t *testing.T) {
	for text, want := range map[string]string{
		"L’École\u00A0: qui": "l'école : qui", "جَائِزَةُ تـــنمر": "جائزة تنمر", "E\u0301te\u0301": "été", "": "",
	} {
		if got := Typed(text); got != want {
			t.Errorf("%q is typed %q, want %q", text, got, want)
		}
	}
}

func TestBare(t *testing.T) {
	ar, none := Of(arabic), Of(plain)
	for word, want := range map[string]string{
		"الخصوصيه": "خصوصيه", "والخصوصيه": "خصوصيه", "للاطفال": "اطفال", "ورقيه": "رقيه",
		"ال": "ال", "ولد": "ولد", "بالغ": "بالغ", "privacy": "privacy", "": "",
	} {
		if got := string(ar.Bare([]byte(word))); got != want {
			t.Errorf("%q becomes %q, want %q", word, got, want)
		}
		if got := string(none.Bare([]byte(word))); got != word {
			t.Errorf("in a language that says nothing, %q becomes %q", word, got)
		}
	}
}

func TestKey(t *testing.T) {
	for _, test := range []struct {
		lang        *site.Language
		title, want string
	}{
		{plain, "¿Qué?", "Qué?"}, {plain, "«La chèvre»", "La chèvre»"}, {plain, "9–12", "9–12"},
		{plain, "", ""}, {plain, "—", ""},
		{plain, "الأطفال", "الأطفال"},
		{french, "« L'Élève »", "Élève »"}, {french, "LA CHÈVRE", "CHÈVRE"}, {french, "La", "La"}, {french, "La !", "La !"},
		{french, "Lac", "Lac"},
		{arabic, "الْعَنْزَةُ", "عنزه"}, {arabic, "الأطفال", "اطفال"}, {arabic, "إفصاح", "افصاح"}, {arabic, "ال", "ال"},
		{arabic, "ألعاب", "العاب"}, // no article begins with this alef
		{arabic, "ورقة", "ورقه"},
	} {
		if got := NewOrder(test.lang).key(test.title); got != test.want {
			t.Errorf("%q is filed as %q, want %q", test.title, got, test.want)
		}
	}
}

// Titles stand under the letters that their language's readers look for.
func TestLetters(t *testing.T) {
	for _, test := range []struct{ tag, titles, want string }{
		{"en", "zoo Élan apple 3D", "#:3D A:apple E:Élan Z:zoo"},
		{"es", "ñandú nube ola ámbar", "A:ámbar N:nube Ñ:ñandú O:ola"},
		{"ru", "йод имя ёлка ель", "Е:ёлка,ель И:имя Й:йод"},
		{"sv", "ö å ä a z", "A:a Z:z Å:å Ä:ä Ö:ö"},
		{"zh-Hans", "中文 阿姨 Zebra beta 风筝", "A:阿姨 B:beta F:风筝 Z:Zebra,中文"},
		{"ja", "風 空", "一:空,風"},
	} {
		order := NewOrder(&site.Language{Tag: language.MustParse(test.tag)})
		titles := strings.Fields(test.titles)
		slices.SortStableFunc(titles, order.Compare)
		var got []string
		for _, title := range titles {
			letter := order.Letter(title) + ":"
			if n := len(got); n > 0 && strings.HasPrefix(got[n-1], letter) {
				got[n-1] += "," + title
			} else {
				got = append(got, letter+title)
			}
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%s: %s, want %s", test.tag, strings.Join(got, " "), test.want)
		}
	}
}

func TestTableFoldsWhatWasSeen(t *testing.T) {
	var s, more Seen
	s.See("ё")
	more.See("𝒳 ع")
	s.Add(&more)
	table := map[rune]string{}
	used := map[rune]bool{}
	for _, r := range "aeсеxاω" {
		used[r] = true
	}
	pairs := s.Table(used)
	for i := 0; i < len(pairs); i += 2 {
		for _, r := range pairs[i+1] {
			table[r] = pairs[i]
		}
	}
	for r, want := range map[rune]string{'É': "e", '\u0301': "", 'Ё': "е", '’': " ", 'إ': "ا", '\u064B': "", '𝒳': "x"} {
		if got, ok := table[r]; !ok || got != want {
			t.Errorf("%q becomes %q, want %q", r, got, want)
		}
	}
	if _, ok := table['Ω']; !ok {
		t.Error("Greek shares its block with accents, and is not there")
	}
	if to, ok := table['Б']; ok {
		t.Errorf("no word has %q", to)
	}
	if to, ok := table['ﷺ']; ok {
		t.Errorf("nobody wrote %q, and it becomes %q", 'ﷺ', to)
	}
}
