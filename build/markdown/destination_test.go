package markdown_test

import (
	"testing"

	"fieldguide/build/markdown"
)

// Wherever a destination stands, the text there is the destination.
func TestDestinations(t *testing.T) {
	src := []byte("---\ntitle: x\n---\n" +
		"[a](a.md) and [`](not.md)`](b.md#x \"b\"), ![c](</c d.png>).\n\n" +
		"> - [e][ref], [ref] and [f [g](g.md)](f.md)\n>   [h](h.md)\n\n" +
		":::tip\n| [i](i.md) | x |\n|---|---|\n| y | [j](j.md) |\n:::\n\n`[no](no.md)` <!-- [no](no.md) -->\n\n" +
		"A note[^1].\n\n[^1]: See [k](k.md).\n\n[ref]: ref.md#here 'words'\n")
	start := len("---\ntitle: x\n---\n")
	doc := markdown.Parse("x", src, start)
	var got string
	for _, p := range doc.Destinations() {
		if p.At < 0 {
			t.Errorf("%q is nowhere", p.Dest)
		} else if found := string(doc.Text()[p.At : p.At+len(p.Dest)]); found != p.Dest {
			t.Errorf("%q is at %d: %q", p.Dest, p.At, found)
		}
		got += p.Dest + " "
	}
	const want = "a.md b.md#x /c d.png ref.md#here ref.md#here g.md h.md i.md j.md k.md "
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
