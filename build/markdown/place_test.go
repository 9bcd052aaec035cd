package markdown_test

import (
	"strings"
	"testing"

	"fieldguide/build/markdown"
)

func TestPlaceIDs(t *testing.T) {
	for _, test := range []struct{ name, src, want string }{
		{"made of the words", "## Your privacy, always!", "your-privacy-always"},
		{"apostrophes vanish", "## What's it\n\n## What’s it not", "whats-it whats-it-not"},
		{"markup vanishes", "## *All* `code` [a link](x.md)", "all-code-a-link"},
		{"an entity stands for its sign", "## Q&amp;A &#8239;&eacute;", "q-a-e"},
		{"Latin letters lose their accents", "## Niño y niña\n\n## Été : où aller\n\n## Œuvre, Straße", "nino-y-nina ete-ou-aller oeuvre-strasse"},
		{"Russian", "## Где искать помощь?\n\n## Ёлка и йод", "где-искать-помощь ёлка-и-йод"},
		{"Chinese", "## 写自述文件（README）", "写自述文件-readme"},
		{"Arabic without vowel marks", "## السُّؤَالُ الأوّل", "السؤال-الأول"},
		{"Hindi keeps its vowel signs", "## हिन्दी में", "हिन्दी-में"},
		{"decomposed is the same", "## Cafe\u0301 \u0438\u0306", "cafe-й"},
		{"a digit first", "## 3 steps\n\n## ٣ خطوات", "n-3-steps n-٣-خطوات"},
		{"written", "## Words {#now}", "now"},
		{"written in capitals", "## Words {#Now-2}", "now-2"},
		{"written in Russian", "## Слова {#сейчас}", "сейчас"},
		{"written before made", "## A\n\n## B {#a}", "a-2 a"},
		{"the same twice", "## A\n\n## A\n\n## A", "a a-2 a-3"},
		{"the same as a numbered one", "## A\n\n## A 2\n\n## A", "a a-2 a-3"},
		{"numbered before", "## A 2\n\n## A\n\n## A", "a-2 a a-3"},
		{"no letter", "##\n\n## !", "part part-2"},
		{"in quotes and blocks", "> ## A\n\n:::tip\n## B\n:::", "a - b"},
		{"a block with a label", ":::question\nB\n:::\n\n:::question {#why}\nB\n:::\n\n## Question", "question why question-2"},
		{"a note", "## Note 1\n\n## Note mark 1\n\n## Note.1", "note-1 note-mark-1 note-1-2"},
		{"taken by the layout", "## Text\n\n## Text", "text-2 text-3"},
	} {
		t.Run(test.name, func(t *testing.T) {
			ids := markdown.Parse("", []byte(test.src), 0).PlaceIDs(blocks, "text")
			if got := list(ids); got != test.want {
				t.Errorf("got %s; want %s", got, test.want)
			}
		})
	}
}

func TestCarryIDs(t *testing.T) {
	for _, test := range []struct{ name, source, src, want string }{
		{"by position", "## A\n\n### B", "## 甲\n\n### 乙", "a b"},
		{"written wins over position", "## A {#a}\n\n## B {#b}\n\n## C {#c}", "## 甲 {#a}\n\n## 丙 {#c}", "a c"},
		{"written in another order", "## A\n\n## B", "## 乙 {#b}\n\n## 甲 {#a}", "b a"},
		{"between written ones", "## A\n\n## B\n\n## C", "## 乙\n\n## 丙 {#c}\n\n## 丁", "a c 丁"},
		{"a level too few", "## A\n\n### B\n\n## C", "## 甲\n\n## 丙", "a c"},
		{"a level too many", "## A\n\n## C\n\n### D", "## 甲\n\n### 乙\n\n## 丙\n\n### 丁", "a 乙 c d"},
		{"one too many", "## A", "## 甲\n\n## 乙\n\n## A", "a 乙 a-2"},
		{"unknown", "## A\n\n## B", "## 甲 {#x}\n\n## 乙", "a b"},
		{"blocks", ":::tip {#x}\nA\n:::\n\n:::question\nB\n:::", ":::tip\n甲\n:::\n\n:::question\n乙\n:::", "x question"},
		{"a block too many", "## A\n\n:::tip {#x}\nA\n:::", ":::tip\n甲\n:::\n\n## 甲\n\n:::tip\n甲\n:::", "- a x"},
	} {
		t.Run(test.name, func(t *testing.T) {
			source := markdown.Parse("", []byte(test.source), 0)
			ids := markdown.Parse("", []byte(test.src), 0).CarryIDs(source, source.PlaceIDs(blocks), nil, blocks)
			if got := list(ids); got != test.want {
				t.Errorf("got %s; want %s", got, test.want)
			}
		})
	}
}

// list joins ids, "-" for a block without one.
func list(ids []string) string {
	for i, id := range ids {
		if id == "" {
			ids[i] = "-"
		}
	}
	return strings.Join(ids, " ")
}
