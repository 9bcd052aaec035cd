package markdown_test

import (
	"fmt"
	"strings"

	"fieldguide/build/markdown"
	"fieldguide/build/site"

	"golang.org/x/text/language"
)

func Example() {
	english := &site.Language{Code: "en", Dir: "ltr", Tag: language.English, Quotes: [4]string{"“", "”", "‘", "’"}}
	doc := markdown.Parse("kite.md", []byte("## Let's play {#play}\n\nRead \"[Our kite](kite.md)\".\n"), 0)

	var w markdown.Writer // one for many pages
	text := w.Page(doc, markdown.Options{
		Language: english,
		IDs:      doc.PlaceIDs(nil),
		Link:     func(dest string) string { return strings.TrimSuffix(dest, ".md") + ".html" },
	})
	fmt.Printf("%s", text.HTML)
	fmt.Println(text.Headings)
	for _, m := range text.Marks { // what bundles and checks want to know, without reading HTML
		if m.Kind == markdown.Link {
			fmt.Printf("a link to %s: %s\n", m.Text, text.HTML[m.At:m.End])
		}
	}
	// Output:
	// <h2 id="play">Let’s play</h2>
	// <p>Read “<a href="kite.html">Our kite</a>”.</p>
	// [Let’s play]
	// a link to kite.md: <a href="kite.html">
}
