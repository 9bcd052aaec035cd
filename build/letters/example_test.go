package letters_test

import (
	"fmt"
	"slices"

	"fieldguide/build/letters"
	"fieldguide/build/site"

	"golang.org/x/text/language"
)

func ExampleFold() {
	fmt.Println(letters.Fold("Élève, طَائِرَتُنَا ٩岁"))
	// Output: eleve  طايرتنا 9岁
}

func ExampleOrder() {
	order := letters.NewOrder(&site.Language{Tag: language.French, Articles: []string{"l’", "la "}})
	titles := []string{"La zone", "Être", "L’école", "« Moi »", "9 ans"}
	slices.SortFunc(titles, order.Compare)
	for _, title := range titles {
		fmt.Println(order.Letter(title), title)
	}
	// Output:
	// # 9 ans
	// E L’école
	// E Être
	// M « Moi »
	// Z La zone
}

func ExampleFacts_Stem() {
	spanish := new(site.Language)
	spanish.Lookup.Endings = []string{"ar", "cion", "en", "er", "s"}
	for _, spanish.Lookup.Again = range []int{3, 5} {
		facts := letters.Of(spanish)
		chat, _ := facts.Stem("conversar")
		treaty, _ := facts.Stem("convencion")
		fmt.Println(chat, treaty)
	}
	// Output:
	// conv conv
	// conver conven
}

// A beginning can be a word's own: "mother" in Arabic begins as "and the" does.
func ExampleFacts_Stem_whole() {
	arabic := new(site.Language)
	arabic.Joined = []string{"وال", "و"}
	arabic.Lookup.Endings = []string{"ه", "تك"}
	for _, arabic.Lookup.Whole = range [][]string{nil, {"والد"}} {
		facts := letters.Of(arabic)
		mother, _ := facts.Stem(letters.Fold("والدة"))
		andYours, _ := facts.Stem(letters.Fold("ووالدتك"))
		fmt.Println(mother == andYours)
	}
	// Output:
	// false
	// true
}
