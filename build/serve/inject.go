package serve

import (
	"bytes"
	"fmt"
	"slices"

	"golang.org/x/net/html"
)

// A splice puts text in the place of page[from:to].
type splice struct {
	from, to int
	text     string
}

// inject gives a copy of an HTML page with the overlay, which may be empty, and the reload script at the end of its body,
// and with leave for both in its Content-Security-Policy. All else stays as it is, byte for byte.
func (st *state) inject(page []byte, overlay string) []byte {
	script := fmt.Sprintf(`<script data-version="%s">%s</script>`, st.version, reloadScript)
	var splices []splice
	end := len(page)
	eachTag(page, func(kind html.TokenType, name string, from, to int, inHead bool) {
		switch {
		case kind == html.EndTagToken && name == "body":
			end = from
		case kind != html.EndTagToken && name == "meta" && inHead:
			if s, ok := splicePolicy(page[from:to], overlay != ""); ok {
				splices = append(splices, splice{from + s.from, from + s.to, s.text})
			}
		}
	})
	splices = append(splices, splice{end, end, overlay + script})
	return apply(page, splices)
}

// eachTag calls visit for every tag of the page with its place. A tag in a comment, a script or a title is none.
func eachTag(page []byte, visit func(kind html.TokenType, name string, from, to int, inHead bool)) {
	inHead := true
	z := html.NewTokenizer(bytes.NewReader(page))
	for at := 0; ; {
		kind := z.Next()
		if kind == html.ErrorToken {
			return
		}
		from := at
		at += len(z.Raw())
		if kind != html.StartTagToken && kind != html.EndTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		tag, _ := z.TagName()
		name := string(tag)
		inHead = inHead && name != "body"
		visit(kind, name, from, at, inHead)
	}
}

// apply makes the splices, which do not overlap.
func apply(page []byte, splices []splice) []byte {
	slices.SortStableFunc(splices, func(a, b splice) int { return a.from - b.from })
	var out bytes.Buffer
	at := 0
	for _, s := range splices {
		out.Write(page[at:s.from])
		out.WriteString(s.text)
		at = s.to
	}
	out.Write(page[at:])
	return out.Bytes()
}
