package serve

import (
	"strings"
	"testing"
)

// mixed is a site with a page that has errors, one that has none, and one that could not be made.
var mixed = Preview{
	ReadFile: files{"index.html": "<p>home", "en/good.html": "<p>good", "en/bad.html": "<p>bad", "404.html": "<p>nowhere"}.ReadFile,
	Problems: []Problem{
		{Text: "a.md:1: a warning", Pages: []string{"en/bad.html"}},
		{Text: "a.md:6:1: an <error>\n    hint: mend it", Error: true, Pages: []string{"en/bad.html", "fr/bad.html"}},
		{Text: "layouts/x.html:1: broken", Error: true},
	},
}

// A page is shown with its own findings over it and the number of all others; a page that could not be made lists all.
func TestEachPageHasItsOwnFindings(t *testing.T) {
	h, _ := shown(t, mixed)
	const all = `<a href="/-/findings">All findings</a>`
	for _, c := range []struct {
		path      string
		status    int
		has, lack []string
	}{
		{"/en/bad.html", 200, []string{"<p>bad", "1 error and 1 warning here, 1 error elsewhere", "a.md:1: a warning",
			"a.md:6:1: an &lt;error&gt;\n    hint: mend it", all}, []string{"layouts"}},
		{"/en/good.html", 200, []string{"<p>good", "2 errors and 1 warning elsewhere", all}, []string{"a.md", "layouts", "<pre"}},
		{"/", 200, []string{"<p>home", "2 errors and 1 warning elsewhere"}, []string{"a.md"}},
		{"/en/lost.html", 404, []string{"could not be made", "layouts/x.html:1: broken", "an &lt;error&gt;"}, []string{"nowhere", all}},
		{"/-/findings", 200, []string{"All findings", "layouts/x.html:1: broken", "a.md:1: a warning"}, []string{"fieldguide-preview\""}},
	} {
		status, _, body := ask(h, "GET", c.path, nil)
		if status != c.status {
			t.Errorf("%s: %d, want %d", c.path, status, c.status)
		}
		for _, want := range c.has {
			if !strings.Contains(body, want) {
				t.Errorf("%s lacks %q:\n%s", c.path, want, body)
			}
		}
		for _, bad := range c.lack {
			if strings.Contains(body, bad) {
				t.Errorf("%s has %q:\n%s", c.path, bad, body)
			}
		}
	}

	warned := mixed
	warned.Problems = mixed.Problems[:1]
	h, _ = shown(t, warned)
	if _, _, body := ask(h, "GET", "/none", nil); !strings.Contains(body, "nowhere") {
		t.Errorf("a warning does not keep the site's own page for what is not there:\n%s", body)
	}
	h, _ = shown(t, Preview{ReadFile: mixed.ReadFile})
	if _, _, body := ask(h, "GET", "/-/findings", nil); !strings.Contains(body, "No findings") {
		t.Errorf("no findings:\n%s", body)
	}
}
