package zim

import (
	"strings"
	"testing"

	"fieldguide/build/letters"
	"fieldguide/build/site"
)

// facts are those of several languages.
var facts = letters.Of(&site.Language{
	Articles: []string{"ال"}, Joined: []string{"وال", "بال", "كال", "فال", "ولل", "لل", "و"}, Letters: "й",
})

// A title, and below it how it is typed.
const typed = `
Our kite
	our kite
	kite · our

Why? How to be safe online: 9–12
	why? how to be safe online: 9–12
	how to be safe online: 9–12 · why?
	safe online: 9–12 · why? how to be
	online: 9–12 · why? how to be safe

L’école à la maison
	l'école à la maison
	l'ecole a la maison
	école à la maison · l'
	ecole a la maison · l'
	maison · l'école à la

Contacts : qui
	contacts : qui
	qui · contacts :

Ещё наш змей
	ещё наш змей
	еще наш змей
	наш змей · ещё
	змей · ещё наш

جَائِزَةُ الْبَبَّغَاءِ
	جائزة الببغاء
	جايزه الببغاء
	الببغاء · جائزة
	ببغاء · جائزة ال

الآباء والأمهات
	الاباء والامهات
	آباء والأمهات · ال
	اباء والامهات · ال
	والأمهات · الآباء
	والامهات · الآباء
	أمهات · الآباء وال
	امهات · الآباء وال

دليل للأطفال ووسائل
	دليل للاطفال ووسايل
	للأطفال ووسائل · دليل
	للاطفال ووسايل · دليل
	أطفال ووسائل · دليل لل
	اطفال ووسايل · دليل لل
	ووسائل · دليل للأطفال
	ووسايل · دليل للأطفال

我们的风筝

风险，一览表
	一览表 · 风险，

plain`

func TestTypings(t *testing.T) {
	for block := range strings.SplitSeq(strings.Trim(typed, "\n"), "\n\n") {
		title, want, _ := strings.Cut(block, "\n")
		if got := strings.Join(typings(title, &facts), "\n\t"); got != strings.TrimSpace(want) {
			t.Errorf("%s is typed\n\t%s\nwant\n\t%s", title, got, want)
		}
	}
}
