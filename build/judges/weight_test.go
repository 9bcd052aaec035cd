package judges

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"

	"github.com/andybalholm/brotli"
	"golang.org/x/net/html"
)

// gzipped returns data as gzip -6 makes it, with Go's own compressor: a second
// opinion on what the build measures.
func gzipped(data []byte) []byte {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, 6)
	if err != nil {
		panic(err) // 6 is a level
	}
	w.Write(data)
	w.Close()
	return b.Bytes()
}

// brotlied returns data as a server keeps it that compresses once.
func brotlied(data []byte) []byte {
	var b bytes.Buffer
	w := brotli.NewWriterLevel(&b, brotli.BestCompression)
	w.Write(data)
	w.Close()
	return b.Bytes()
}

// tenPages is a visit: a child's, then a teenager's who needs help.
var tenPages = strings.Fields("index children/index children/under-9/index children/under-9/our-kite " +
	"children/under-9/one-more-clip help/under-9 children/13-18/index children/13-18/lock-it-down help/13-18 downloads")

// Every page is within the site's limit as it is sent, and the median page is
// far below; so are, in each language, the median page and a visit of ten pages
// from a server that compresses once and for all. With -v the table of all pages is shown.
func TestWeight(t *testing.T) {
	const median, visit = 5000, 55_000
	g, c := the(t), collect(t)
	var table bytes.Buffer
	w := tabwriter.NewWriter(&table, 0, 0, 2, ' ', tabwriter.AlignRight)
	var sizes []int
	pages, visits := map[string][]*page{}, map[string]int{}
	for _, p := range g.pages {
		size := len(gzipped(p.data))
		style := len(gzipped([]byte(words(styleOf(p)))))
		fmt.Fprintf(w, "%d\t%d\t%d\t  %s\n", size, style, len(p.data), p.name)
		if p.family != nil {
			sizes = append(sizes, size)
			pages[p.lang.Code] = append(pages[p.lang.Code], p)
			if slices.Contains(tenPages, p.family.Path) {
				visits[p.lang.Code] += len(brotlied(p.data))
			}
		}
		if size > g.Limits.Page {
			c.add(p.name, "page over its limit", fmt.Sprintf("%d bytes compressed, %d more than %d", size, size-g.Limits.Page, g.Limits.Page))
		}
		if style > g.Limits.Style {
			c.add(p.name, "style over its limit", fmt.Sprintf("%d bytes compressed, %d more than %d", style, style-g.Limits.Style, g.Limits.Style))
		}
	}
	w.Flush()
	t.Logf("compressed, style, plain bytes\n%s", &table)
	slices.Sort(sizes)
	middle := sizes[len(sizes)/2]
	t.Logf("median %d, heaviest %d", middle, sizes[len(sizes)-1])
	if middle >= median {
		t.Errorf("the median page has %d bytes compressed; the design wants less than %d", middle, median)
	}
	for _, lang := range g.Languages {
		all := pages[lang.Code]
		slices.SortFunc(all, func(a, b *page) int { return len(a.data) - len(b.data) })
		middle, visited := len(brotlied(all[len(all)/2].data)), visits[lang.Code]
		t.Logf("%s: median %d, a visit of ten pages %d", lang.Code, middle, visited)
		if middle >= median {
			t.Errorf("%s: the median page has %d bytes compressed; the design wants less than %d", lang.Code, middle, median)
		}
		if visited >= visit || visited < visit/10 {
			t.Errorf("%s: a visit of ten pages has %d bytes compressed; want less than %d, and all ten pages", lang.Code, visited, visit)
		}
	}
}

// The policy of each page names the hash of the one style that the page holds,
// behind 'unsafe-inline', which only engines that know no hashes heed: see
// TestStrayStyle.
func TestPolicy(t *testing.T) {
	g, c := the(t), collect(t)
	for _, p := range g.pages {
		styles, policy := elements(p.root, "style"), ""
		for _, meta := range elements(p.root, "meta") {
			if strings.EqualFold(attr(meta, "http-equiv"), "Content-Security-Policy") {
				policy = attr(meta, "content")
			}
		}
		if len(styles) != 1 {
			c.add(p.name, "one style a page", plural(len(styles), "style"))
			continue
		}
		sum := sha256.Sum256([]byte(words(styles[0])))
		own := "style-src 'unsafe-inline' 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "';"
		others := strings.Replace(policy, own, "", 1)
		if others == policy {
			c.add(p.name, "the policy names another style, or engines without hashes refuse it", policy)
		}
		if !strings.HasPrefix(policy, "default-src 'none';") || strings.Contains(others, "unsafe") ||
			strings.Contains(others, "style-src") || strings.Contains(policy, "script-src") && !p.searches() {
			c.add(p.name, "a policy that allows too much", policy)
		}
		for _, n := range elements(p.root) {
			if _, there := lookup(n, "style"); there {
				c.add(p.name, "a style attribute, which the policy forbids", place(n))
			}
		}
	}
}

func styleOf(p *page) *html.Node {
	if n := find(p.root, "style"); n != nil {
		return n
	}
	return &html.Node{}
}
