package desk_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"fieldguide/build"
	"fieldguide/build/desk"
	"fieldguide/build/site"

	"github.com/chromedp/chromedp"
)

// In a browser, under the page's own policy, Alt with ↓ and ↑ goes from one place to look at to the next, and the other
// languages open at the passage that is being read. On a telephone one passage stands under the other.
func TestBrowserGoesToWhatHasChanged(t *testing.T) {
	if _, err := exec.LookPath("chromium"); err != nil {
		t.Skip("chromium is not installed")
	}
	en := &site.Language{Code: "en", Name: "English", Dir: "ltr"}
	ar := &site.Language{Index: 1, Code: "ar", Name: "العربية", Dir: "rtl"}
	s := &site.Site{Source: en, Languages: []*site.Language{en, ar}}
	b := &build.Beside{Path: "page", Language: ar}
	for i, what := range []string{"", "changed", "", "", "changed", ""} {
		source := build.Side{Text: "Some words that are long enough for a line or two of a telephone."}
		b.Rows = append(b.Rows, build.BesideRow{ID: string(rune('a' + i)), What: what, Kind: "p", Old: "Was.", OldKnown: true,
			Source: source, Own: build.Side{Text: "كلمات"}})
	}
	twins := []desk.Twin{{Language: en, Href: "#en"}, {Language: ar, Here: true, Href: "#"}}
	page, err := desk.Beside(s, b, desk.Around{Twins: twins})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(file, page, 0o666); err != nil {
		t.Fatal(err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.DisableGPU)
	ctx, stop := chromedp.NewExecAllocator(t.Context(), options...)
	defer stop()
	ctx, shut := chromedp.NewContext(ctx)
	defer shut()
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(320, 400), chromedp.Navigate("file://"+file)); err != nil {
		t.Fatal(err)
	}
	got, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](`(function () {
		var seen = []
		function press(key) {
			document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: key, altKey: true, bubbles: true}))
			seen.push(document.activeElement.id)
		}
		press('ArrowDown'); press('ArrowDown'); press('ArrowDown'); press('ArrowUp')
		document.querySelector('.switch a').click()
		seen.push(document.querySelector('.switch a').hash)
		var sides = document.querySelectorAll('#b .side')
		seen.push(sides[0].getBoundingClientRect().bottom <= sides[1].getBoundingClientRect().top ? 'under' : 'beside')
		return seen
	})()`))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"b", "e", "e", "b", "#b", "under"}
	for i := range want {
		if i >= len(got) || got[i] != want[i] {
			t.Fatalf("got %v, want %v", got, want)
		}
	}
}
