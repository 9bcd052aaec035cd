package search_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// From a server, at any path: nothing but the page, its scripts and the first
// part of its index is asked for until somebody searches; an old copy of a shard, as a cache keeps it, is
// noticed and fetched anew; a shard that is missing is told of.
func TestPageFromServer(t *testing.T) {
	t.Parallel()
	g, ctx := the(t), tab(t)
	var mu sync.Mutex
	var asked []string
	spoil := ""
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(r.URL.Path, "/any/path/")
		mu.Lock()
		asked = append(asked, name)
		spoilt := spoil
		mu.Unlock()
		data, err := g.tree.ReadFile(name)
		switch {
		case err != nil || spoilt == "missing" && strings.Contains(name, "/w"):
			http.NotFound(w, r)
			return
		case strings.HasPrefix(spoilt, "stale") && r.URL.RawQuery == "" && strings.Contains(name, "/search/"+spoilt[5:]):
			_, rest, _ := bytes.Cut(data, []byte(`",`))
			_, rest, _ = bytes.Cut(rest, []byte(`",`))
			data = append([]byte(fmt.Sprintf(`fieldguide("%s","old",`, strings.TrimSuffix(filepath.Base(name), ".js"))), rest...)
			data = bytes.Replace(data, []byte(`"v":"`), []byte(`"v":"00000000`), 1) // of other shards
		}
		w.Header().Set("Cache-Control", "no-store")
		http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(data))
	}))
	defer server.Close()
	page := server.URL + "/any/path/en/search.html"
	x := openIndex(t, g.tree, g.Source)
	want := x.find("parrot")

	open := func(how string) {
		t.Helper()
		mu.Lock()
		spoil, asked = how, nil
		mu.Unlock()
		if err := chromedp.Do(ctx, chromedp.Navigate(page)); err != nil {
			t.Fatal(err)
		}
	}
	open("")
	mu.Lock()
	if slices.Sort(asked); !slices.Equal(asked, []string{"en/search.html", "en/search/index.js", "search-box.js", "search.js"}) {
		t.Errorf("the page asks for %q", asked)
	}
	mu.Unlock()
	for _, how := range []string{"", "stalew", "staled", "staleindex"} {
		open(how)
		if got := ask[shown](t, ctx, shownResults+`("parrot")`); !slices.Equal(got.Hrefs, want[:min(len(want), 10)]) {
			t.Errorf("%q: the page says %q and leads to %q, want %q", how, got.Said, got.Hrefs, want)
		}
	}
	open("missing")
	ask[any](t, ctx, `document.querySelector('#q').value = 'parrot'; document.querySelector('#search form').onsubmit(); 1`)
	until(t, ctx, `document.querySelector('[role=status]').textContent !== document.getElementById('search').dataset.wait`)
	if said, want := ask[string](t, ctx, `document.querySelector('[role=status]').textContent`), g.Source.Word("search-failed"); said != want {
		t.Errorf("without a shard the page says %q, want %q", said, want)
	}
	if ask[bool](t, ctx, `document.getElementById('az').hidden`) {
		t.Error("without a shard the list from A to Z is hidden")
	}
}

// A script that lies elsewhere does not run, from a server or from the disk.
func TestForeignScriptIsStopped(t *testing.T) {
	t.Parallel()
	ctx, dir := tab(t), onDisk(t)
	foreign := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/javascript")
		fmt.Fprint(w, "window.foreign = true")
	}))
	defer foreign.Close()
	own := httptest.NewServer(http.FileServer(http.Dir(dir)))
	defer own.Close()
	for _, page := range []string{own.URL, "file://" + dir} {
		if err := chromedp.Do(ctx, chromedp.Navigate(page+"/en/search.html")); err != nil {
			t.Fatal(err)
		}
		if !ask[bool](t, ctx, "!!document.getElementById('q')") {
			t.Errorf("%s: the box does not appear", page)
		}
		if got := ask[string](t, ctx, `new Promise(function (done) {
			const s = document.createElement('script');
			s.onload = () => done('loaded'); s.onerror = () => done(window.foreign ? 'ran' : 'stopped');
			s.src = `+literal(foreign.URL+"/x.js")+`; document.head.appendChild(s);
		})`); got != "stopped" {
			t.Errorf("%s: a foreign script is %s", page, got)
		}
	}
}
