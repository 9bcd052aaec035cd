package search_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fieldguide/build/letters"
	"fieldguide/build/site"

	"github.com/chromedp/chromedp"
)

// browser is one Chromium for all tests, with a profile of its own.
var browser = sync.OnceValues(func() (context.Context, error) {
	profile, err := os.MkdirTemp("", "search-chromium")
	if err != nil {
		return nil, err
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(profile),
		chromedp.Flag("disable-component-update", true),
	)
	ctx, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, _ = chromedp.NewContext(ctx)
	atEnd(func() {
		soon, cancel := context.WithTimeout(ctx, 10*time.Second)
		defer cancel()
		chromedp.Cancel(soon)
		stop()
		os.RemoveAll(profile)
	})
	return ctx, chromedp.Do(ctx)
})

// tab opens a tab. Without Chromium the test skips, or fails where tools are
// required.
func tab(t testing.TB) context.Context {
	t.Helper()
	if _, err := exec.LookPath("chromium"); err != nil {
		const missing = "chromium is missing (make test installs it)"
		if os.Getenv("FIELDGUIDE_TOOLS") == "required" {
			t.Fatal(missing)
		}
		t.Skip(missing)
	}
	ctx, err := browser()
	if err != nil {
		t.Fatalf("starting chromium: %v", err)
	}
	ctx, stop := context.WithTimeout(ctx, hang)
	t.Cleanup(stop)
	ctx, shut := chromedp.NewContext(ctx)
	t.Cleanup(shut)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("opening a tab: %v", err)
	}
	return ctx
}

// hang is how long a test may take before it is held to hang.
const hang = 15 * time.Minute

func ask[T any](t testing.TB, ctx context.Context, expression string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%v, of %.200s", err, expression)
	}
	return v
}

// until waits until an expression is true.
func until(t *testing.T, ctx context.Context, expression string) {
	t.Helper()
	ask[bool](t, ctx, `new Promise(function (done) { (function look() {
		if (`+expression+`) done(true); else setTimeout(look, 5);
	})(); })`)
}

func literal(v any) string {
	text, _ := json.Marshal(v)
	return string(text)
}

// The script's own folding and finding, called from inside, give what Go's
// give: for all characters of the content, for some thousand queries made of
// its words and for all golden ones.
func TestScriptIsMirrored(t *testing.T) {
	t.Parallel()
	g, ctx := the(t), tab(t)
	step := 31 // queries come in fives, so that each kind has its turn
	if testing.Short() {
		step = 301
	}
	source, err := os.ReadFile("../defaults/static/search.js") // with its names
	if err != nil {
		t.Fatal(err)
	}
	box, err := g.tree.ReadFile("search-box.js")
	if err != nil {
		t.Fatal(err)
	}
	const end = "}(window, document));"
	inside := strings.Replace(string(source), end, `window.inside = {
		fold: function (list) { return list.map(function (s) { return s.split('').length > 2 ? s : folded(s); }); },
		find: function (list, deep) { return list.map(function (q) { return answer(understood(q), deep).docs; }); },
		count: function (list) { return list.map(count); }
	};`+end, 1)
	for _, lang := range g.Languages {
		folder := lang.Code + "/search/"
		x := openIndex(t, g.tree, lang)
		if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
			t.Fatal(err)
		}
		ask[any](t, ctx, `document.body.innerHTML = '<div id="search"></div>'; 1`)
		for _, script := range append([]string{string(box), inside}, scripts(t, g, folder)...) {
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
			if i%step == 0 {
				queries = append(queries, q)
			}
		}
		for _, q := range goldens(t, lang) {
			queries = append(queries, q.query)
		}
		for _, q := range readAsked(t) {
			if q.lang == lang.Code {
				queries = append(queries, q.query)
			}
		}
		for _, deep := range []bool{false, true} {
			for i, got := range ask[[][]int](t, ctx, fmt.Sprintf("inside.find(%s, %v)", literal(queries), deep)) {
				want, err := x.Find(queries[i], deep)
				if err != nil {
					t.Fatal(err)
				}
				if !slices.Equal(got, want) {
					t.Errorf("%s: %q finds in the browser\n%v, in Go\n%v", lang.Code, queries[i], got, want)
				}
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
// number.
const shownResults = `(function (query) {
	` + above + `
	const input = document.querySelector('#q'), before = Date.now(), word = query.trim();
	// The way to a page is not marked, nor are words too short to decide something.
	const shows = li => word.length > 2 && Array.from(li.children).some(e => e.className !== 'way' &&
		new RegExp('(^|[^\\p{L}\\p{N}])' + word.replace(/[^\p{L}\p{N} ]/gu, '.'), 'iu').test(e.textContent));
	input.value = query;
	document.querySelector('#search form').onsubmit();
	return new Promise(function (done) {
		(function look() {
			const lis = Array.from(document.querySelectorAll('.results li'));
			const said = document.querySelector('[role=status]').textContent;
			const waits = said === document.getElementById('search').dataset.wait || lis.some(li => li.textContent === '…');
			if (waits && Date.now() - before < 120000) return setTimeout(look, 5);
			done({said, hrefs: lis.map(li => li.querySelector('a') ? li.querySelector('a').getAttribute('href') : ''),
				unmarked: lis.filter(li => shows(li) && !li.querySelector('mark')).length, above: above()});
		})();
	});
})`

type shown struct {
	Said     string
	Hrefs    []string
	Unmarked int // results that show the query, and not as what was looked for
	Above    string
}

// From the disk, in a real page under its own policy, queries find what Go
// says they find. Above every answer, the empty one too, stands the way to help.
func TestPageFindsFromDisk(t *testing.T) {
	t.Parallel()
	g, ctx := the(t), tab(t)
	dir := onDisk(t)
	many, step := 15, 4
	if testing.Short() {
		many, step = 3, 20
	}
	for _, lang := range g.Languages {
		x := openIndex(t, g.tree, lang)
		page := "file://" + filepath.Join(dir, lang.Code, "search.html")
		if err := chromedp.Do(ctx, chromedp.Navigate(page)); err != nil {
			t.Fatal(err)
		}
		queries := queriesOf(t, g, lang)
		var sample []string
		for i := range many {
			sample = append(sample, queries[i*len(queries)/many])
		}
		for i, q := range goldens(t, lang) {
			if i%step == 0 {
				sample = append(sample, q.query)
			}
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
			if got.Unmarked > 0 {
				t.Errorf("%s: %q: %d results that show it have nothing marked", lang.Code, q, got.Unmarked)
			}
		}
	}
}

// The page takes a query from its address, keeps nothing, and has no box
// without the script.
func TestPageByAddress(t *testing.T) {
	g, ctx := the(t), tab(t)
	page := "file://" + filepath.Join(onDisk(t), "en", "search.html")
	if err := chromedp.Do(ctx, chromedp.Navigate(page+"#q=priv%C3%A1cy+photo")); err != nil {
		t.Fatal(err)
	}
	until(t, ctx, "document.querySelector('.results a')")
	if got := ask[string](t, ctx, "document.querySelector('#q').value"); got != "privácy photo" {
		t.Errorf("the box holds %q", got)
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
		setTimeout(() => done('nothing'), 10000);
	})`)
	if !strings.HasPrefix(blocked, "script-src") {
		t.Errorf("an inline script is stopped by %s", blocked)
	}
}
