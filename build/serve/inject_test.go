package serve

import (
	"regexp"
	"strings"
	"testing"
)

// pageVersion finds the version in a page that was served.
func pageVersion(t *testing.T, page string) string {
	t.Helper()
	m := regexp.MustCompile(`<script data-version="(\w+)">`).FindStringSubmatch(page)
	if m == nil {
		t.Fatalf("no reload script in\n%s", page)
	}
	return m[1]
}

// plainly gives the page as injected, with short names for the long parts.
func plainly(st *state, page string) string {
	return strings.NewReplacer(
		`<script data-version="`+st.version+`">`+reloadScript+`</script>`, "[script]",
		"<style>"+overlayCSS+"</style>", "[style]",
		hash(reloadScript), "#script", hash(overlayCSS), "#style",
	).Replace(string(st.inject([]byte(page), st.overlay(""))))
}

func TestInjectPlace(t *testing.T) {
	st := newState()
	for page, want := range map[string]string{
		"<body>a</body></html>":             "<body>a[script]</body></html>",
		"<BODY>a</BODY >\n":                 "<BODY>a[script]</BODY >\n",
		"<p>a":                              "<p>a[script]",
		"":                                  "[script]",
		"<body>a</body><!-- </body> -->":    "<body>a[script]</body><!-- </body> -->",
		"<script>'</body>'</script></body>": "<script>'</body>'</script>[script]</body>",
		"<title></body></title>a</body>":    "<title></body></title>a[script]</body>",
		"<p title='</body>'>a</body>":       "<p title='</body>'>a[script]</body>",
		"<body>\r\n\x00é\xff&amp; <P CLASS=a >a</p></body>": "<body>\r\n\x00é\xff&amp; <P CLASS=a >a</p>[script]</body>",
	} {
		if got := plainly(st, page); got != want {
			t.Errorf("%q:\n got %q\nwant %q", page, got, want)
		}
	}
}

func TestOverlay(t *testing.T) {
	st := newState()
	st.problems = []Problem{{Text: "a.md:1: </pre><script>alert(1)</script>\n\thint: \"x\" & y", Pages: []string{""}}}
	got := plainly(st, "<body>a</body>")
	want := `<body>a[style]<div id="fieldguide-preview" role="alert" lang="en" dir="ltr"><p>1 warning</p><button type="button">Hide</button>` +
		`<div role="group" aria-label="Findings" tabindex="0"><pre dir="auto">a.md:1: &lt;/pre&gt;&lt;script&gt;alert(1)&lt;/script&gt;` +
		"\n\thint: &#34;x&#34; &amp; y</pre></div></div>[script]</body>"
	if got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}

	st.problems = make([]Problem, overlayMax+3)
	st.broken = true
	if got := st.overlay(""); strings.Count(got, "<pre") != overlayMax+1 || !strings.Contains(got, "and 3 more") || !strings.Contains(got, "last good") {
		t.Errorf("many findings:\n%s", got)
	}
}

func TestInjectPolicy(t *testing.T) {
	meta := func(policy string) string {
		return `<meta http-equiv="Content-Security-Policy" content="` + policy + `"><body>`
	}
	for _, c := range []struct{ policy, want string }{
		{"default-src 'none'", "default-src 'none'; script-src #script; connect-src 'self'; style-src #style"},
		{"default-src 'none'; style-src 'sha256-a='", "default-src 'none'; style-src 'sha256-a=' #style; script-src #script; connect-src 'self'"},
		{"default-src 'none' ; ", "default-src 'none'; script-src #script; connect-src 'self'; style-src #style"},
		{"Default-Src 'NONE'; Script-Src 'none'", "Default-Src 'NONE'; script-src #script; connect-src 'self'; style-src #style"},
		{"default-src 'self'", "default-src 'self'; script-src 'self' #script; style-src 'self' #style"},
		{"default-src 'self' 'unsafe-inline'", "default-src 'self' 'unsafe-inline'"},
		{"script-src 'unsafe-inline'; style-src a", "script-src 'unsafe-inline'; style-src a #style"},
		{"script-src 'unsafe-inline' 'nonce-x'; style-src 'unsafe-inline'", "script-src 'unsafe-inline' 'nonce-x' #script; style-src 'unsafe-inline'"},
		{"default-src 'none'; script-src-elem a; script-src b", "default-src 'none'; script-src-elem a #script; script-src b; connect-src 'self'; style-src #style"},
		{"default-src 'none'; connect-src 'self'; script-src; script-src c", "default-src 'none'; connect-src 'self'; script-src #script; script-src c; style-src #style"},
		{"img-src data:", "img-src data:"},
		{"", ""},
	} {
		st := newState()
		st.problems = []Problem{{Text: "x", Pages: []string{""}}}
		got, _, _ := strings.Cut(plainly(st, meta(c.policy)), "[style]")
		if got != meta(c.want) {
			t.Errorf("%s\n got %s\nwant %s", c.policy, got, meta(c.want))
		}
	}
}

func TestInjectPolicyTag(t *testing.T) {
	const added = "; script-src #script; connect-src 'self'"
	for page, want := range map[string]string{
		`<META a content='default-src &#39;none&#39;' HTTP-EQUIV=content-security-policy b />`:                 `<META a content="default-src 'none'` + added + `" HTTP-EQUIV=content-security-policy b />[script]`,
		"<meta http-equiv = Content-Security-Policy\ncontent\n=\ndefault-src>":                                 "<meta http-equiv = Content-Security-Policy\ncontent\n=\n\"default-src; script-src #script; connect-src 'self'\">[script]",
		`<meta title=" content='x'" http-equiv="Content-Security-Policy" content="default-src a&amp;b&quot;">`: `<meta title=" content='x'" http-equiv="Content-Security-Policy" content="default-src a&amp;b&#34;; script-src a&amp;b&#34; #script; connect-src a&amp;b&#34; 'self'">[script]`,
		`<meta http-equiv="Content-Security-Policy">`:                                                          `<meta http-equiv="Content-Security-Policy">[script]`,
		`<meta name="x" content="default-src 'none'">`:                                                         `<meta name="x" content="default-src 'none'">[script]`,
		`<!--<meta http-equiv="Content-Security-Policy" content="default-src 'none'">-->`:                      `<!--<meta http-equiv="Content-Security-Policy" content="default-src 'none'">-->[script]`,
		`<body><meta http-equiv="Content-Security-Policy" content="default-src 'none'">`:                       `<body><meta http-equiv="Content-Security-Policy" content="default-src 'none'">[script]`,
		`<title><meta http-equiv="Content-Security-Policy" content="default-src 'none'"></title>`:              `<title><meta http-equiv="Content-Security-Policy" content="default-src 'none'"></title>[script]`,
	} {
		if got := plainly(newState(), page); got != want {
			t.Errorf("%s\n got %s\nwant %s", page, got, want)
		}
	}
}

func TestStoredBytesStay(t *testing.T) {
	page := []byte(`<meta http-equiv="Content-Security-Policy" content="default-src 'none'"><body>a</body>`)
	before := string(page)
	h, _ := shown(t, Preview{ReadFile: func(string) ([]byte, error) { return page, nil }, Problems: []Problem{{Text: "x"}}})
	ask(h, "GET", "/", nil)
	if string(page) != before {
		t.Errorf("the page was altered: %s", page)
	}
}

// Outside the policies, what is injected can be taken out again, and the page is left.
func FuzzInject(f *testing.F) {
	f.Add("<html><head><title>a</title></head><body>\r\n<p>a</body></html>")
	f.Add(`<meta http-equiv=Content-Security-Policy content='default-src "none"'><p>`)
	f.Add("<!doctype html><meta content http-equiv = =x/ '\"<body></body")
	f.Add("<svg><![CDATA[</body>]]></svg><plaintext></body>")
	f.Fuzz(func(t *testing.T, page string) {
		st := newState()
		st.problems = []Problem{{Text: "problem", Pages: []string{""}}}
		got := string(st.inject([]byte(page), st.overlay("")))
		part := st.overlay("") + `<script data-version="` + st.version + `">` + reloadScript + `</script>`
		rest := strings.Replace(got, part, "", 1)
		if len(rest) != len(got)-len(part) {
			t.Fatalf("not injected once: %q", got)
		}
		if !strings.Contains(strings.ToLower(page), "http-equiv") && rest != page {
			t.Errorf("altered:\n got %q\nwant %q", rest, page)
		}
	})
}
