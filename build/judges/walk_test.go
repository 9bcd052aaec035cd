package judges

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	cdp "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"golang.org/x/net/html"
)

// Every link within the site is relative, ends in a file that exists and in a
// place that the file has. So the tree opens from a memory card, below any path.
func TestLinks(t *testing.T) { the(t).links(collect(t)) }

func (g *guide) links(c *complaints) {
	ids := map[string]map[string]bool{}
	for _, p := range g.pages {
		ids[p.name] = map[string]bool{}
		for _, n := range elements(p.root) {
			if id, there := lookup(n, "id"); there {
				if ids[p.name][id] || id == "" {
					c.add(p.name, "an id twice, or empty", place(n))
				}
				ids[p.name][id] = true
			}
		}
		if isCover(p.root) { // whatever place in it a link wants, it says that the page is not here
			ids[p.name] = nil
		}
	}
	for _, p := range g.pages {
		for _, n := range elements(p.root, "a", "area") {
			if href, there := lookup(n, "href"); there {
				if wrong := g.wrong(p, href, ids); wrong != "" {
					c.add(p.name, wrong, place(n)+"  "+href)
				}
			}
		}
	}
}

// wrong says what is wrong with a link, "" when nothing is.
func (g *guide) wrong(p *page, href string, ids map[string]map[string]bool) string {
	u, err := url.Parse(href)
	switch {
	case err != nil:
		return "a link that is no address"
	case slices.Contains([]string{"https", "http", "tel", "mailto", "sms"}, u.Scheme):
		return ""
	case u.Scheme != "":
		return "a link of a strange scheme"
	case u.Host != "" || strings.HasPrefix(u.Path, "/"):
		return "an absolute link within the site"
	case u.RawQuery != "" || u.ForceQuery:
		return "a link with a query"
	}
	target := p.target(u)
	info, err := os.Stat(filepath.Join(g.dir, target))
	switch {
	case err != nil || strings.HasPrefix(target, ".."):
		return "a link that leads nowhere"
	case info.IsDir():
		return "a link to a folder: it opens no page from the disk"
	case u.Fragment != "" && ids[target] != nil && !ids[target][u.Fragment]:
		return "a link to a place that the page lacks"
	}
	return ""
}

// target returns the file that a relative link leads to.
func (p *page) target(u *url.URL) string {
	if u.Path == "" {
		return p.name
	}
	return path.Join(path.Dir(p.name), u.Path)
}

// leads reports whether a link of a page leads to a file.
func (g *guide) leads(p *page, href, file string) bool {
	u, err := url.Parse(href)
	return err == nil && u.Scheme == "" && p.target(u) == file
}

var (
	remote  = regexp.MustCompile(`(?i)@import|url\(\s*["']?(?:https?:|//|/|file:)`)
	loading = []string{"src", "srcset", "poster", "data", "background", "action", "formaction", "ping", "manifest"}
)

// No page holds a script, or fetches anything from elsewhere. The search page
// has one script, a file of the site that works from the disk too.
func TestNothingForeign(t *testing.T) { the(t).nothingForeign(collect(t)) }

func (g *guide) nothingForeign(c *complaints) {
	for _, p := range g.pages {
		for _, n := range elements(p.root) {
			switch {
			case n.Data == "script" && p.searches():
				if src := attr(n, "src"); g.wrong(p, src, nil) != "" || attr(n, "type") != "" || words(n) != "" {
					c.add(p.name, "a script that is not a classic file of the site", place(n)+"  "+src)
				}
			case slices.Contains([]string{"script", "iframe", "object", "embed", "base", "foreignobject"}, strings.ToLower(n.Data)):
				c.add(p.name, "a forbidden element", place(n))
			case n.Data == "style" && remote.MatchString(words(n)):
				c.add(p.name, "a style that fetches", place(n))
			case n.Data == "link" && fetches(n):
				c.add(p.name, "a link element that fetches", attr(n, "href"))
			case n.Data == "meta" && strings.EqualFold(attr(n, "http-equiv"), "refresh"):
				c.add(p.name, "a page that moves on by itself", place(n))
			}
			for _, a := range n.Attr {
				if foreign(n, a) {
					c.add(p.name, "an attribute that runs or fetches", place(n)+"  "+a.Key+"="+a.Val)
				}
			}
		}
	}
}

// fetches reports whether a browser asks for what a link element names.
func fetches(n *html.Node) bool {
	rel := attr(n, "rel")
	return rel != "canonical" && rel != "alternate" && !strings.HasPrefix(attr(n, "href"), "data:,")
}

func foreign(n *html.Node, a html.Attribute) bool {
	value := strings.TrimSpace(strings.ToLower(a.Val))
	switch {
	case strings.HasPrefix(a.Key, "on"), strings.HasPrefix(value, "javascript:"):
		return true
	case a.Key == "style":
		return remote.MatchString(value)
	case slices.Contains(loading, a.Key):
		return strings.Contains(value, ":") && !strings.HasPrefix(value, "data:") || strings.HasPrefix(value, "/")
	case a.Key == "href" && n.Data != "a" && n.Data != "link": // SVG
		return !strings.HasPrefix(value, "#")
	}
	return false
}

// A reader clicks from the chooser through every language: home, the first
// door, a page behind it, help, and the same page in the next language.
func TestWalk(t *testing.T) {
	g := the(t)
	for name, address := range map[string]func(*page) string{"disk": g.file, "server": g.at} {
		t.Run(name, func(t *testing.T) {
			ctx := tab(t)
			if err := (look{width: 1280}).wear(ctx); err != nil {
				t.Fatal(err)
			}
			for i, lang := range g.Languages {
				next := g.Languages[(i+1)%len(g.Languages)]
				door := g.Family(g.Doors[0])
				child := door.Children[0]
				help := g.HelpFor(child)
				way := []string{
					"index.html",
					lang.Code + "/index.html",
					door.File(lang),
					child.File(lang),
					g.Family(help).File(lang),
					g.Family(help).File(next),
				}
				if err := chromedp.Do(ctx, chromedp.Navigate(address(g.page(way[0])))); err != nil {
					t.Fatal(err)
				}
				for i := range way[1:] {
					from, to := g.page(way[i]), g.page(way[i+1])
					if to == nil {
						t.Fatalf("there is no page %s", way[i+1])
					}
					soon, cancel := context.WithTimeout(ctx, patience)
					if err := follow(soon, address(to)); err != nil {
						t.Errorf("%s: clicking the link to %s: %v", from.name, to.name, err)
						cancel()
						break
					}
					cancel()
				}
			}
		})
	}
}

// follow clicks the link to an address with the mouse and waits until the page
// is there.
func follow(ctx context.Context, address string) error {
	found, err := ask[bool](ctx, fmt.Sprintf(`(() => {
		const a = [...document.links].find(a => a.href === %q)
		if (a) a.dataset.judge = ""
		return !!a
	})()`, address))
	if err != nil {
		return err
	}
	if !found {
		return fmt.Errorf("there is no such link")
	}
	if _, err := chromedp.Run(ctx, chromedp.WaitEvent(cdp.LoadEventFired, nil, chromedp.Click(chromedp.CSS("[data-judge]")))); err != nil {
		return err
	}
	where, err := ask[[]string](ctx, `[location.href, document.querySelector("h1")?.innerText ?? ""]`)
	if err != nil {
		return err
	}
	if where[0] != address {
		return fmt.Errorf("it led to %s", where[0])
	}
	if where[1] == "" {
		return fmt.Errorf("no heading can be seen there")
	}
	return nil
}
