package judges

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
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
			k.opens(t)
		})
	}
}

// frame shows a page as Kolibri does: in a sandbox, as of no origin at all.
const frame = `<!DOCTYPE html><title>a frame</title><iframe sandbox="allow-scripts" src="%s" style="width:600px;height:600px"></iframe>`

// In the sandbox that Kolibri opens it in, a bundle shows its words and asks
// for nothing: one file, or the first page of a ZIP. Bundles in Arabic and in
// the source language stand for all.
func TestSandbox(t *testing.T) {
	c := collect(t)
	var mu sync.Mutex
	var asked []string
	for _, k := range slices.Concat(singles(t), zips(t)) {
		if k.Language != nil && k.Language.Code != "ar" && k.Language != k.guide.Source {
			continue
		}
		first := k.guide.page("index.html")
		if first == nil {
			first = k.guide.pages[0]
		}
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			mu.Lock()
			asked = append(asked, r.URL.Path)
			mu.Unlock()
			if r.URL.Path == "/frame" {
				w.Header().Set("Content-Type", "text/html")
				fmt.Fprintf(w, frame, first.name)
				return
			}
			w.Write(first.data)
		}))
		text, err := framed(tab(t), server.URL+"/frame", server.URL+"/"+first.name)
		server.Close()
		if err != nil {
			c.add(name(k.Made), "the browser failed", err.Error())
		}
		for _, missing := range lacking(lines(first.root), text) {
			c.add(name(k.Made), "text that is not shown in a sandbox", missing)
		}
		mu.Lock()
		for _, path := range asked {
			if path != "/frame" && path != "/"+first.name && path != "/favicon.ico" { // the frame's own icon
				c.add(name(k.Made), "asked for", path)
			}
		}
		asked = nil
		mu.Unlock()
	}
}

// framed opens a page with a frame and returns the text shown in the frame.
func framed(ctx context.Context, page, inside string) (string, error) {
	soon, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if err := chromedp.Do(soon, chromedp.Navigate(page)); err != nil {
		return "", err
	}
	targets, err := chromedp.Targets(soon)
	if err != nil {
		return "", err
	}
	i := slices.IndexFunc(targets, func(i *target.Info) bool { return i.Type == "iframe" && i.URL == inside })
	if i < 0 {
		return "", fmt.Errorf("there is no frame of its own for %s", inside)
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
