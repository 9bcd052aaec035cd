package desk_test

import (
	"regexp"
	"testing"

	"fieldguide/build"
	"fieldguide/build/content"
	"fieldguide/build/desk"
	"fieldguide/build/site"
	"fieldguide/build/sitetest"
	"fieldguide/build/translate"
)

// pages is a source page that was changed since it was translated into Arabic, at a
// place, and has more and less now.
const pages = `
-- content/en/change.md --
---
title: A change
summary: One line & <no> more.
---
## Call {#call}

Old words are **new** & <b>bold</b>.

Added here.

1. Call [us](tel:+1-800-555-0100).
2. Wait.

:::tip
Go to [the other](help.md#now).
:::
-- content/ar/ui.yaml + --
  proof-behind: "تغيّر الأصل. العلامة: {sign}"
  proof-original: الأصل
-- content/en/ui.yaml + --
  proof-original: Original
  proof-task: "Tick “right”."
-- content/ar/change.md --
---
title: تغيير
summary: سطر واحد & <لا> أكثر.
---
## اتصل

كلمات **قديمة** & <b>غامقة</b>.

1. اتصل [بنا](tel:+1-800-555-0100).
2. انتظر.

:::tip
اذهب إلى [الصفحة الأخرى](help.md#now).
:::
`

const was = `---
title: A change
summary: One line & <no> more.
---
## Call {#call}

Old words.

1. Call [us](tel:+1-800-555-0100).
2. Wait.

:::tip
Go to [the other](help.md#now).
:::
`

// dress is what a change of design alone changes.
var dress = regexp.MustCompile(`(?s)<style>.*?</style>|<script>.*?</script>|<meta http-equiv[^>]*>`)

// Pages stand in testdata without their style and script; -update writes them. What is written in a page is shown, and
// is never markup.
func TestPages(t *testing.T) {
	fsys := sitetest.Over(pages)
	s, _, err := content.Load(fsys, nil)
	if err != nil || s == nil {
		t.Fatal(err)
	}
	f, ar := s.Family("change"), s.Languages[2]
	_, doc := content.ParsePage("content/en/change.md", []byte(was), s.Limits)
	old := *f.Pages[s.Source.Index]
	f.Pages[ar.Index].Record = (&translate.Record{Blob: translate.Blob([]byte(was)),
		Stage: "translated", By: "Amina <K.>", On: "2026-11-28",
		Passages: translate.PassagesOf(&old, doc)}).Line()
	tr := build.NewTranslators(t.TempDir(), fsys, s)
	texts, err := tr.Read(f)
	if err != nil {
		t.Fatal(err)
	}
	golden := func(name string, page []byte, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		sitetest.Golden(t, "testdata/"+name, string(dress.ReplaceAll(page, nil)))
	}
	diff := tr.Diff(texts, ar)
	diff.Changes[0].Old, diff.Changes[0].OldKnown = "Old words.", true // as git would have it
	diff.Changes[0].Own += " [هنا](index.md)"
	page, err := desk.Diff(s, diff)
	golden("diff.html", page, err)

	beside := tr.Beside(texts, ar)
	for i := range beside.Rows {
		if r := &beside.Rows[i]; r.What == "changed" {
			r.Old, r.OldKnown = "Old words.", true
		}
	}
	around := desk.Around{Page: "/ar/change.html", Status: "../status/ar/",
		WayOut: `fieldguide sync change --lang ar --translated-by "Your Name"`,
		Twins: []desk.Twin{{Language: s.Source, What: "source", Href: "../en/change.html"},
			{Language: ar, What: "stale 2 of 7", Href: "change.html", Here: true}},
		Findings: []site.Finding{{File: "content/ar/change.md", Line: 8, Col: 9, Level: site.Error, Check: "html",
			Message: "<b> is HTML", Hint: "write it as Markdown"},
			{File: "content/ar/change.md", Level: site.Warning, Check: "size", Message: "of the whole page"},
			{File: "content/en/help.md", Line: 6, Level: site.Error, Check: "links", Message: "of another page"}}}
	page, err = desk.Beside(s, beside, around)
	golden("beside.html", page, err)

	page, err = desk.Proof(s, ar, []desk.ProofPage{desk.ProofOf(s, texts, beside),
		{Path: "none", Title: "Not there", Missing: true}})
	golden("proof.html", page, err)
}
