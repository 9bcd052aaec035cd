package judges

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
	"golang.org/x/net/html"
)

// A unit in one file needs nothing else: each of its links leads to a place in
// it or to an address, and nothing is a script or comes from elsewhere.
func TestOneFile(t *testing.T) {
	for _, k := range singles(t) {
		t.Run(name(k.Made), func(t *testing.T) {
			c := collect(t)
			k.guide.links(c)
			k.guide.nothingForeign(c)
			k.guide.wantNoScript(c)
		})
	}
	open(t, singles(t))
}

// whole is what a reader sees of a page without scrolling: the words at points
// all over the screen.
const whole = `(() => {
	const seen = new Set()
	for (let x = 4; x < innerWidth; x += 8) for (let y = 4; y < innerHeight; y += 8) {
		const el = document.elementFromPoint(x, y)
		seen.add(el.closest("article.left") ? "the dull page" : "the guide: " + el.tagName + "." + el.className)
	}
	return [...seen]
})()`

// Whoever leaves the help pages in one file, from the first screen or from deep
// within, sees the dull page at its end and nothing else, in both schemes.
func TestLeaveOneFile(t *testing.T) {
	for _, k := range few(singles(t)) {
		if !k.unit.Holds(k.guide.Family(k.guide.Help)) {
			continue // it leaves in the same way
		}
		first := k.first()
		t.Run(name(k.Made), func(t *testing.T) {
			ctx, cancel := context.WithTimeout(tab(t), patience)
			defer cancel()
			for _, dark := range []bool{false, true} {
				for _, scroll := range []string{"0", "5000"} {
					err := look{width: 320, dark: dark}.wear(ctx)
					if err == nil {
						there := chromedp.Evaluate[chromedp.Void]("scrollTo(0, " + scroll + ")")
						err = chromedp.Do(ctx, chromedp.Navigate(k.guide.file(first)), there)
					}
					if err != nil {
						t.Fatal(err)
					}
					over, err := ask[bool](ctx, `document.elementFromPoint(innerWidth / 2, 20).closest("nav.exit") !== null`)
					if err != nil || !over {
						t.Errorf("scrolled by %s, the link to leave is not at the top of the screen: %v", scroll, err)
					}
					if err := chromedp.Do(ctx, chromedp.Click(chromedp.CSS("nav.exit a"))); err != nil {
						t.Fatal(err)
					}
					seen, err := ask[[]string](ctx, whole)
					if err != nil || !slices.Equal(seen, []string{"the dull page"}) {
						t.Errorf("scrolled by %s, whoever leaves sees %q: %v", scroll, seen, err)
					}
				}
			}
		})
	}
}

// frame shows a page as Kolibri does: in a sandbox, as of no origin at all.
const frame = `<!DOCTYPE html><title>a frame</title><link rel="icon" href="data:,"><iframe sandbox="allow-scripts" src="page" style="width:600px;height:600px"></iframe>`

// In the sandbox that Kolibri opens it in, a bundle shows its words and asks
// for nothing: one file, or the first page of a ZIP.
func TestSandbox(t *testing.T) {
	for _, k := range few(slices.Concat(singles(t), zips(t))) {
		t.Run(path.Base(k.File), func(t *testing.T) {
			first := k.first()
			text, asked := sandboxed(t, first.data)
			if missing := lacking(lines(first.root), text); len(missing) > 0 {
				t.Errorf("in a sandbox there is no %q", missing)
			}
			if len(asked) > 0 {
				t.Errorf("it asks for %q", asked)
			}
		})
	}
}

// first returns the page that a bundle begins with.
func (k *taken) first() *page {
	if p := k.guide.page("index.html"); p != nil {
		return p
	}
	return k.guide.pages[0]
}

// The judge sees words that a script writes, and whatever is asked for.
func TestSandboxSees(t *testing.T) {
	const faulty = `<!DOCTYPE html><title>a</title><img src="a.png" alt=""><p id="p"></p><script>
		try { localStorage.a = document.cookie; p.append("kept") } catch { p.append("refused") }</script>`
	text, asked := sandboxed(t, []byte(faulty))
	if strings.TrimSpace(text) != "refused" || !slices.Equal(asked, []string{"/a.png"}) {
		t.Errorf("it shows %q and asks for %q", text, asked)
	}
}

// sandboxed opens a page in a frame, and returns the text that is shown there
// and what else was asked for.
func sandboxed(t *testing.T, page []byte) (text string, asked []string) {
	t.Helper()
	var further sync.Map
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		switch r.URL.Path {
		case "/frame":
			io.WriteString(w, frame)
		case "/page":
			w.Write(page)
		default:
			further.Store(r.URL.Path, true)
		}
	}))
	defer server.Close()
	text, err := framed(tab(t), server.URL)
	if err != nil {
		t.Fatal(err)
	}
	for path := range further.Range {
		asked = append(asked, path.(string))
	}
	return text, asked
}

// framed opens a page with a frame and returns the text shown in the frame.
func framed(ctx context.Context, server string) (string, error) {
	soon, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if err := chromedp.Do(soon, chromedp.Navigate(server+"/frame")); err != nil {
		return "", err
	}
	targets, err := chromedp.Targets(soon)
	if err != nil {
		return "", err
	}
	i := slices.IndexFunc(targets, func(i *target.Info) bool { return i.Type == "iframe" && i.URL == server+"/page" })
	if i < 0 {
		return "", errors.New("there is no frame that stands alone")
	}
	there, leave := chromedp.NewContext(soon, chromedp.WithTargetID(targets[i].TargetID))
	defer leave()
	said, err := ask[[]string](there, `[self.origin, `+shown+`]`)
	if err != nil {
		return "", err
	}
	if said[0] != "null" {
		return "", fmt.Errorf("the frame has the origin %s: it is in no sandbox", said[0])
	}
	return said[1], nil
}

// lines returns the texts of the main part of a page, those that are long
// enough to be known again.
func lines(root *html.Node) []string {
	var list []string
	if main := find(root, "main"); main != nil {
		for n := range main.Descendants() {
			if text := strings.TrimSpace(n.Data); n.Type == html.TextNode && len(text) > 3 {
				list = append(list, text)
			}
		}
	}
	return list
}
