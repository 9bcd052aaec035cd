package search_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"mime"
	"net/http"
	"net/http/httptest"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"fieldguide/build/site"

	devtools "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// Slow 2G is a phone at the edge of the network: 50 kbit/s and two seconds there
// and back. Somebody who types four letters a second, as soon as there is a box,
// has an answer there in time, for three requests.
const (
	latency    = 2 * time.Second
	throughput = 50_000 / 8 // bytes a second
	chunk      = 250        // bytes that come together
	typing     = 250        // milliseconds a letter

	usable   = 5_000 // milliseconds until there is a box to type in …
	answered = 4_000 // … and from the last letter to an answer
	requests = 3
)

// slow2G serves files of the guide over one slow line.
type slow2G struct {
	g    *guide
	mu   sync.Mutex
	free time.Time // when the line is
}

// pass waits until so many bytes went over the line.
func (s *slow2G) pass(bytes int) {
	s.mu.Lock()
	if now := time.Now(); s.free.Before(now) {
		s.free = now
	}
	s.free = s.free.Add(time.Duration(bytes) * time.Second / throughput)
	there := s.free
	s.mu.Unlock()
	time.Sleep(time.Until(there))
}

func (s *slow2G) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	time.Sleep(latency)
	data, err := s.g.tree.ReadFile(strings.TrimPrefix(r.URL.Path, "/"))
	if err != nil {
		http.NotFound(w, r)
		return
	}
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	z.Write(data)
	z.Close()
	w.Header().Set("Content-Type", mime.TypeByExtension(path.Ext(r.URL.Path)))
	w.Header().Set("Content-Encoding", "gzip")
	w.Header().Set("Cache-Control", "max-age=3600")
	for packed.Len() > 0 {
		next := packed.Next(chunk)
		s.pass(len(next))
		w.Write(next)
		w.(http.Flusher).Flush()
	}
}

// typist types queries one after the other as soon as there is a box, and notes
// when things are seen, in milliseconds. It runs inside the page.
const typist = `window.typist = (function () {
	const until = what => new Promise(done => { (function look() { what() ? done(performance.now()) : setTimeout(look, 20); })(); });
	const box = () => document.getElementById('q'), said = () => document.querySelector('[role=status]').textContent;
	const loaded = () => performance.getEntriesByType('resource').filter(e => e.name.includes('/search/'));
	const usable = until(box);
	return async function (query, every) {
		const seen = {usable: await usable}, before = loaded().length;
		box().focus();
		box().value = '';
		box().dispatchEvent(new Event('input'));
		for (const sign of query) {
			const keys = /\p{Script=Han}/u.test(sign) ? 3 : 1;
			await new Promise(done => setTimeout(done, every * keys));
			box().value += sign;
			box().dispatchEvent(new Event('input'));
		}
		const end = performance.now();
		await new Promise(done => setTimeout(done, 260)); // the page waits for more letters as long
		const waits = () => !said() || said() === document.getElementById('search').dataset.wait;
		seen.answered = await until(() => document.querySelector('.results a') || !waits()) - end;
		seen.requests = loaded().length - before;
		seen.whole = await until(() => !waits() && Array.from(document.querySelectorAll('.results li')).every(li => li.querySelector('p'))) - end;
		seen.bytes = loaded().slice(before).reduce((n, e) => n + e.encodedBodySize, 0);
		seen.results = document.querySelectorAll('.results a').length;
		return seen;
	};
}())`

// seen is what somebody saw of one query.
type seen struct{ Usable, Answered, Whole, Requests, Bytes, Results float64 }

// inTime reports whether it was soon enough.
func (s seen) inTime() bool {
	return s.Usable <= usable && s.Answered <= answered && s.Requests <= requests
}

func (s seen) String() string {
	return fmt.Sprintf("the box after %.1f s, an answer %.1f s and %.0f requests after the last letter, with summaries after %.1f s, "+
		"%.0f bytes, %.0f results", s.Usable/1000, s.Answered/1000, s.Requests, s.Whole/1000, s.Bytes, s.Results)
}

// On slow 2G the box is there soon, and an answer soon after the last letter,
// for few requests: the first query of a visit, one word of those that pages are
// found by, and after it a sentence that people ask. The best of three visits
// counts: this computer may do other things too.
func TestSlow2G(t *testing.T) {
	if testing.Short() {
		t.Skip("waits for a slow network")
	}
	t.Parallel()
	g := the(t)
	for _, lang := range g.Languages {
		t.Run(lang.Code, func(t *testing.T) {
			t.Parallel()
			queries := typed(t, g, lang)
			visits := slowly(t, g, lang)
			var visit []seen
			for range 3 {
				if visit = visits(queries); !slices.ContainsFunc(visit, func(s seen) bool { return !s.inTime() }) {
					break
				}
			}
			for i, s := range visit {
				t.Logf("%q: %v", queries[i], s)
				if !s.inTime() {
					t.Errorf("%q: %v; want %d and %d s, and %d requests", queries[i], s, usable/1000, answered/1000, requests)
				}
			}
		})
	}
}

// slowly opens a tab and returns what visits a language's search in it, with
// nothing kept from visit to visit.
func slowly(t testing.TB, g *guide, lang *site.Language) func(queries []string) []seen {
	ctx := tab(t)
	inside := devtools.AddScriptToEvaluateOnNewDocumentParams{Source: typist}
	if _, err := chromedp.Call(ctx, devtools.AddScriptToEvaluateOnNewDocument, inside); err != nil {
		t.Fatal(err)
	}
	return func(queries []string) (visit []seen) {
		server := httptest.NewServer(&slow2G{g: g}) // at an address of which nothing is cached
		defer server.Close()
		page := devtools.NavigateParams{URL: server.URL + "/" + g.Search().File(lang)}
		if _, err := chromedp.Call(ctx, devtools.Navigate, page); err != nil {
			t.Fatal(err)
		}
		for _, query := range queries {
			visit = append(visit, ask[seen](t, ctx, fmt.Sprintf("typist(%s, %d)", literal(query), typing)))
		}
		return visit
	}
}

// typed are a word that a page is found by, and the longest of the shorter
// sentences that people ask.
func typed(t testing.TB, g *guide, lang *site.Language) []string {
	word, sentence := "", ""
	for _, f := range g.Families {
		if p := f.Pages[lang.Index]; p != nil && word == "" && len(p.Find) > 0 {
			word = p.Find[0]
		}
	}
	for _, q := range readAsked(t) {
		n := utf8.RuneCountInString(q.query)
		if q.lang == lang.Code && q.line%2 == 1 && n <= 30 && n > utf8.RuneCountInString(sentence) {
			sentence = q.query
		}
	}
	return []string{word, sentence}
}
