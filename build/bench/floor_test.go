package bench

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"fieldguide/build/content"
	"fieldguide/build/parallel"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// runFloor does for each page what no generator can leave out, as fast as the
// same libraries do it: it reads front matter, parses and renders the Markdown
// with the same constructs but our own, finds in a map where links lead, and
// writes as many bytes as the engine did, into folders that it makes once. No
// layout, no check, no index, no sums, no staging.
func runFloor(dir string) error {
	pages, err := floorPages(filepath.Join(dir, "content"))
	if err != nil {
		return err
	}
	for _, page := range pages.list {
		if path.Base(page) == "index" {
			if err := os.MkdirAll(filepath.Join(dir, "floor", path.Dir(page)), 0o777); err != nil {
				return err
			}
		}
	}
	return parallel.Each(context.Background(), 0, len(pages.list), func() func(int) error {
		f := newFloor(dir, pages.known)
		return func(i int) error { return f.write(pages.list[i]) }
	})
}

type floorSite struct {
	list  []string        // pages by name, such as en/parents/index
	known map[string]bool // those of list
}

func floorPages(root string) (s floorSite, err error) {
	s.known = map[string]bool{}
	err = filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
		if below, isPage := strings.CutSuffix(name[len(root):], ".md"); isPage {
			page := filepath.ToSlash(below[1:])
			s.list = append(s.list, page)
			s.known[page] = true
		}
		return err
	})
	return s, err
}

// floor writes pages. It belongs to one goroutine.
type floor struct {
	dir   string
	known map[string]bool
	page  string // that is being written
	md    goldmark.Markdown
	html  bytes.Buffer
}

func newFloor(dir string, known map[string]bool) *floor {
	f := &floor{dir: dir, known: known}
	f.md = goldmark.New(
		goldmark.WithExtensions(extension.GFM, extension.DefinitionList, extension.Footnote),
		goldmark.WithParserOptions(parser.WithHeadingAttribute()),
		goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(f, 100))))
	return f
}

// RegisterFuncs lets links be written here.
func (f *floor) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindLink, f.link)
}

func (f *floor) link(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		_, _ = w.WriteString("</a>")
		return ast.WalkContinue, nil
	}
	dest := string(n.(*ast.Link).Destination)
	to, place, _ := strings.Cut(dest, "#")
	if to, isPage := strings.CutSuffix(to, ".md"); isPage && f.known[path.Join(path.Dir(f.page), to)] {
		if dest = to + ".html"; place != "" {
			dest += "#" + place
		}
	}
	_, _ = w.WriteString(`<a href="`)
	_, _ = w.Write(util.EscapeHTML(util.URLEscape([]byte(dest), true)))
	_, _ = w.WriteString(`">`)
	return ast.WalkContinue, nil
}

func (f *floor) write(page string) error {
	src, err := os.ReadFile(filepath.Join(f.dir, "content", page+".md"))
	if err != nil {
		return err
	}
	_, body, _ := content.ParseFront(page, src)
	f.page = page
	f.html.Reset()
	if err := f.md.Renderer().Render(&f.html, src[body:], f.md.Parser().Parse(text.NewReader(src[body:]))); err != nil {
		return err
	}
	info, err := os.Stat(filepath.Join(f.dir, "public", page+".html"))
	if err != nil {
		return err
	}
	for f.html.Len() < int(info.Size()) { // the frame of the page, as long as the engine's
		f.html.Write(frameOfFloor[:min(len(frameOfFloor), int(info.Size())-f.html.Len())])
	}
	f.html.Truncate(int(info.Size()))
	return os.WriteFile(filepath.Join(f.dir, "floor", page+".html"), f.html.Bytes(), 0o666)
}

var frameOfFloor = bytes.Repeat([]byte("frame "), 4096)

// The floor resolves links, or it would be no floor.
func TestFloor(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"content/en/index.md":      "---\ntitle: A\nsummary: B\n---\n[b](deep/page.md#c) [d](none.md) *e*\n",
		"content/en/deep/index.md": "", "content/en/deep/page.md": "",
		"public/en/deep/index.html": "", "public/en/deep/page.html": "", "public/en/index.html": strings.Repeat(".", 100),
	} {
		writeFile(t, filepath.Join(dir, name), text)
	}
	if err := runFloor(dir); err != nil {
		t.Fatal(err)
	}
	got, _ := os.ReadFile(filepath.Join(dir, "floor/en/index.html"))
	want := `<p><a href="deep/page.html#c">b</a> <a href="none.md">d</a> <em>e</em></p>` + "\n"
	if len(got) != 100 || !strings.HasPrefix(string(got), want) {
		t.Errorf("the floor writes %d bytes: %s", len(got), got)
	}
}
