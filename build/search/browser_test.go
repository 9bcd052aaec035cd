package search_test

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fieldguide/build/letters"
	"fieldguide/build/site"

	"github.com/chromedp/chromedp"
)

// tab starts Chromium with one tab. Without it the test skips, or fails where
// tools are required.
func tab(t *testing.T) context.Context {
	t.Helper()
	if _, err := exec.LookPath("chromium"); err != nil {
		const missing = "chromium is missing (make test installs it)"
		if os.Getenv("FIELDGUIDE_TOOLS") == "required" {
			t.Fatal(missing)
		}
		t.Skip(missing)
	}
	ctx, stop := context.WithTimeout(context.Background(), 3*time.Minute)
	t.Cleanup(stop)
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-component-update", true),
	)
	ctx, stop = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("starting chromium: %v", err)
	}
	return ctx
}

func ask[T any](t *testing.T, ctx context.Context, expression string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%v, of %.200s", err, expression)
	}
	return v
}

func literal(v any) string {
	text, _ := json.Marshal(v)
	return string(text)
}

// The script's own folding and finding, called from inside, give what Go's
// give: for all characters of the content, for every sixth of its words and
// for all golden queries.
func TestScriptIsMirrored(t *testing.T) {
	g, ctx := the(t), tab(t)
	source, err := g.tree.ReadFile("search.js")
	if err != nil {
		t.Fatal(err)
	}
	const end = "}(window, document));"
	inside := strings.Replace(string(source), end, `window.inside = {
		fold: function (list) { return list.map(function (s) { return s.split('').length > 2 ? s : folded(s); }); },
		find: function (list) { return list.map(function (q) { return find(parse(q)); }); },
		count: function (list) { return list.map(count); }
	};`+end, 1)
	for _, lang := range g.Languages {
		folder := lang.Code + "/search/"
		x := openIndex(t, g.tree, folder)
		if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
			t.Fatal(err)
		}
		ask[any](t, ctx, `document.body.innerHTML = '<div id="search"></div>'; 1`)
		for _, script := range append([]string{inside}, scripts(t, g, folder)...) {
			ask[any](t, ctx, script+"\n;1")
		}

		var signs []string
		for _, r := range characters(t, g, lang) {
			signs = append(signs, string(r))
		}
		for i, got := range ask[[]string](t, ctx, "inside.fold("+literal(signs)+")") {
			if want := letters.Fold(signs[i]); got != want {
				t.Errorf("%s: %q (%+q) becomes %q in the browser, %q in Go", lang.Code, signs[i], signs[i], got, want)
			}
		}

		numbers := []int{0, 1, 2, 3, 5, 11, 21, 99, 100, 102, 111, 199, 200, 201, 302, 1000, 2011, 18000}
		for i, got := range ask[[]string](t, ctx, "inside.count("+literal(numbers)+")") {
			if want := x.count(numbers[i]); got != want {
				t.Errorf("%s: %d is %q in the browser, %q in Go", lang.Code, numbers[i], got, want)
			}
		}

		var queries []string
		for i, q := range queriesOf(t, g, lang) {
			if i%6 == 0 {
				queries = append(queries, q)
			}
		}
		for _, q := range goldens(t, lang) {
			queries = append(queries, q.query)
		}
		for i, got := range ask[[][]int](t, ctx, "inside.find("+literal(queries)+")") {
			var paths []string
			for _, doc := range got {
				paths = append(paths, x.docs[doc][0])
			}
			if want := x.find(queries[i]); !slices.Equal(paths, want) {
				t.Errorf("%s: %q finds in the browser\n%q, in Go\n%q", lang.Code, queries[i], paths, want)
			}
		}
		t.Logf("%s: %d characters, %d queries", lang.Code, len(signs), len(queries))
	}
}

// scripts are the shards, index.js first.
func scripts(t *testing.T, g *guide, folder string) []string {
	var list []string
	for _, f := range g.tree.Files() {
		if !strings.HasPrefix(f.Name, folder) {
			continue
		}
		data, err := g.tree.ReadFile(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name == folder+"index.js" {
			list = append([]string{string(data)}, list...)
		} else {
			list = append(list, string(data))
		}
	}
	return list
}

// queriesOf returns every word of a language's pages, each also cut short,
// pairs of neighbours, and words that are nowhere.
func queriesOf(t *testing.T, g *guide, lang *site.Language) []string {
	t.Helper()
	seen := map[string]bool{}
	last := ""
	for _, f := range g.Families {
		if f.Pages[lang.Index] == nil {
			continue
		}
		for _, w := range pageWords(t, g, f, lang) {
			letters := []rune(w)
			seen[w+" "], seen[w], seen[string(letters[:(len(letters)+1)/2])], seen[last+" "+w], seen[w+"xq"] = true, true, true, true, true
			last = w
		}
	}
	var list []string
	for q := range seen {
		list = append(list, q)
	}
	slices.Sort(list)
	return list
}

// above is the link that stands between what the page says of a query and the
// first result, with its words, "" when it cannot be seen.
const above = `function above() {
	const p = document.querySelector('[role=status]').nextElementSibling, link = p.querySelector('a');
	const seen = p.nextElementSibling.className === 'results' && link && link.checkVisibility();
	return seen ? link.getAttribute('href') + ' ' + link.textContent : '';
}`

// shownResults types a query into the page, waits for the results to be
// filled in, and returns where they lead, with what the page says of their
// number and with the first snippet's marked words.
const shownResults = `(function (query) {
	` + above + `
	const input = document.querySelector('#q'), before = Date.now();
	input.value = query;
	document.querySelector('#search form').onsubmit();
	return new Promise(function (done) {
		(function look() {
			const lis = Array.from(document.querySelectorAll('.results li'));
			const said = document.querySelector('[role=status]').textContent;
			const waits = said === document.getElementById('search').dataset.wait || lis.some(li => li.textContent === '…');
			if (waits && Date.now() - before < 10000) return setTimeout(look, 5);
			done({said, hrefs: lis.map(li => li.querySelector('a') ? li.querySelector('a').getAttribute('href') : ''),
				marks: lis.length ? Array.from(lis[0].querySelectorAll('mark')).map(m => m.textContent) : [],
				bare: lis.filter(li => !li.querySelector('mark')).length, above: above()});
		})();
	});
})`

type shown struct {
	Said  string
	Hrefs []string
	Marks []string
	Bare  int
	Above string
}

// From the disk, in a real page under its own policy, queries find what Go
// says they find. Above every answer, the empty one too, stands the way to help.
func TestPageFindsFromDisk(t *testing.T) {
	g, ctx := the(t), tab(t)
	dir := t.TempDir()
	dump(t, g.tree, dir)
	for _, lang := range g.Languages {
		x := openIndex(t, g.tree, lang.Code+"/search/")
		page := "file://" + filepath.Join(dir, lang.Code, "search.html")
		if err := chromedp.Do(ctx, chromedp.Navigate(page)); err != nil {
			t.Fatal(err)
		}
		queries := queriesOf(t, g, lang)
		var sample []string
		for i := range 40 {
			sample = append(sample, queries[i*len(queries)/40])
		}
		for _, q := range goldens(t, lang) {
			sample = append(sample, q.query)
		}
		for _, q := range sample {
			if strings.TrimSpace(letters.Fold(q)) == "" {
				continue
			}
			got := ask[shown](t, ctx, shownResults+"("+literal(q)+")")
			want := x.find(q)
			said := x.count(len(want))
			if len(want) == 0 {
				said = lang.Word("search-none")
			}
			if got.Said != said || !slices.Equal(got.Hrefs, want[:min(len(want), 10)]) {
				t.Errorf("%s: %q: the page says %q and leads to\n%q, want %q and\n%q", lang.Code, q, got.Said, got.Hrefs, said, want)
			}
			if help := g.Help + ".html " + lang.Word("search-help"); got.Above != help {
				t.Errorf("%s: %q: above the answer stands %q, want %q", lang.Code, q, got.Above, help)
			}
			if got.Bare > 0 {
				t.Errorf("%s: %q: %d results have nothing marked", lang.Code, q, got.Bare)
			}
		}
	}
}

// The page takes a query from its address, keeps nothing, and has no box
// without the script.
func TestPageByAddress(t *testing.T) {
	g, ctx := the(t), tab(t)
	dir := t.TempDir()
	dump(t, g.tree, dir)
	page := "file://" + filepath.Join(dir, "en", "search.html")
	if err := chromedp.Do(ctx, chromedp.Navigate(page+"#q=priv%C3%A1cy+photo")); err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Second)
	if got := ask[string](t, ctx, "document.querySelector('#q').value"); got != "privácy photo" {
		t.Errorf("the box holds %q", got)
	}
	if n := ask[int](t, ctx, "document.querySelectorAll('.results a').length"); n == 0 {
		t.Error("a query in the address finds nothing")
	}
	asked := `document.querySelector('#q').value = ' '; document.querySelector('#search form').onsubmit(); (` + above + `)()`
	if got := ask[string](t, ctx, asked); got != "" {
		t.Errorf("nobody asked, and %q is shown", got)
	}
	if got := ask[string](t, ctx, "document.cookie + localStorage.length + sessionStorage.length"); got != "00" {
		t.Errorf("something is stored: %s", got)
	}
	data, err := g.tree.ReadFile("en/search.html")
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(data), "<form") || strings.Contains(string(data), "<input") {
		t.Error("the box is there without the script")
	}
	// A script that somebody slips in from elsewhere does not run.
	blocked := ask[string](t, ctx, `new Promise(function (done) {
		document.addEventListener('securitypolicyviolation', e => done(e.violatedDirective));
		const s = document.createElement('script'); s.textContent = 'window.bad = 1'; document.head.appendChild(s);
		setTimeout(() => done('nothing'), 1000);
	})`)
	if !strings.HasPrefix(blocked, "script-src") {
		t.Errorf("an inline script is stopped by %s", blocked)
	}
}
