package judges

import (
	"context"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/storage"
	"github.com/chromedp/chromedp"
)

// stored lists what the page's origin keeps in the browser.
const stored = `(async () => {
	const kept = []
	if (document.cookie) kept.push("a cookie")
	if (localStorage.length) kept.push("localStorage")
	if (sessionStorage.length) kept.push("sessionStorage")
	if ((await indexedDB.databases()).length) kept.push("IndexedDB")
	if ((await caches.keys()).length) kept.push("a cache")
	if ((await navigator.serviceWorker.getRegistrations()).length) kept.push("a service worker")
	return kept
})()`

// A page is one request, nothing complains, nothing is stored. The search page
// also asks for its script and index. What a page asks for stands in its
// markup.
func TestRequests(t *testing.T) {
	g, c := the(t), collect(t)
	pages := distinct(t, g.all())
	g.asked()
	eachTab(t, pages, func(ctx context.Context) (visit, error) {
		quiet, err := quietly(ctx, c, g.at)
		return func(ctx context.Context, p *page) error {
			if err := quiet(ctx, p); err != nil {
				return err
			}
			kept, err := ask[[]string](ctx, stored)
			for _, k := range kept {
				c.add(p.name, "stored", k)
			}
			return err
		}, err
	})
	time.Sleep(time.Second) // an icon is asked for late
	asked := g.asked()
	for _, p := range pages {
		if n := asked[mount+p.name]; n != 1 {
			c.add(p.name, "one request a page", plural(n, "request"))
		}
		delete(asked, mount+p.name)
	}
	for _, name := range slices.Sorted(maps.Keys(asked)) {
		if path.Ext(name) == ".js" {
			continue // quietly has seen that a search page wanted it
		}
		c.add(name, "asked for, and no page", name)
	}
	cookies, err := chromedp.CallBrowser(tab(t), storage.GetCookies, storage.GetCookiesParams{})
	if err != nil {
		t.Fatal(err)
	}
	for _, cookie := range cookies.Cookies {
		c.add(cookie.Domain, "stored", "cookie "+cookie.Name)
	}
}

// From the disk, too, a page asks for nothing else and nothing complains.
func TestRequestsFromDisk(t *testing.T) {
	g, c := the(t), collect(t)
	eachTab(t, distinct(t, g.sample()), func(ctx context.Context) (visit, error) { return quietly(ctx, c, g.file) })
}

// quietly returns a visit that opens a page where address says, and complains
// of further requests and of all that the browser has to say about it.
func quietly(ctx context.Context, c *complaints, address func(*page) string) (visit, error) {
	var mu sync.Mutex
	var requests, said []string
	err := chromedp.Listen(ctx, func(ev any) {
		mu.Lock()
		defer mu.Unlock()
		switch ev := ev.(type) {
		case *network.EventRequestWillBeSent:
			requests = append(requests, ev.Request.URL)
		case *log.EventEntryAdded:
			said = append(said, string(ev.Entry.Source)+": "+ev.Entry.Text)
		case *runtime.EventConsoleAPICalled:
			said = append(said, "console."+string(ev.Type))
		case *runtime.EventExceptionThrown:
			said = append(said, "exception: "+ev.ExceptionDetails.Text)
		}
	})
	if err != nil {
		return nil, err
	}
	if _, err := chromedp.Call(ctx, network.Enable, network.EnableParams{}); err != nil {
		return nil, err
	}
	return func(ctx context.Context, p *page) error {
		if err := chromedp.Do(ctx, chromedp.Navigate(address(p))); err != nil {
			return err
		}
		mu.Lock()
		defer mu.Unlock()
		top := strings.TrimSuffix(address(p), p.name)
		for i, url := range requests {
			if p.searches() && strings.HasPrefix(url, top) && path.Ext(url) == ".js" {
				continue
			}
			if i > 0 || url != address(p) {
				c.add(address(p), "further request", url)
			}
		}
		if len(requests) == 0 {
			c.add(address(p), "further request", "the browser told of no request: this test is blind")
		}
		for _, s := range said {
			c.add(address(p), "the browser complains", s)
		}
		requests, said = nil, nil
		return nil
	}, nil
}
