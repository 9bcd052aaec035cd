package judges

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fieldguide/build/site"

	"github.com/chromedp/chromedp"
)

// On paper stands all that the writers wrote, the answers of stories open, and
// nothing that only leads elsewhere.
func TestPrint(t *testing.T) {
	need(t, "pdftotext")
	need(t, "pdfinfo")
	const most = 8 // sheets a page of the guide
	g, c := the(t), collect(t)
	eachPage(t, g.sample("ar", "en", "zh"), func(ctx context.Context, p *page) error {
		if err := chromedp.Do(ctx, chromedp.Navigate(g.file(p))); err != nil {
			return err
		}
		pdf, err := chromedp.Run(ctx, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4), chromedp.PDFPreferCSSPageSize()))
		if err != nil {
			return err
		}
		sheets, err := sheets(pdf)
		if err != nil {
			return err
		}
		if sheets < 1 || sheets > most {
			c.add(p.name, "a strange number of sheets", strconv.Itoa(sheets))
		}
		text, missing, err := printed(g.written(t, p), p.lang, pdf)
		if err != nil {
			return err
		}
		for _, m := range missing {
			c.add(p.name, "text that is not printed", m)
		}
		for _, word := range navigation(p) {
			if strings.Contains(fold(text), fold(word)) {
				c.add(p.name, "navigation that is printed", word)
			}
		}
		return nil
	})
}

// printed returns the words of a PDF and those of some texts that it lacks. In
// reading order lines of table cells are mixed, in the order of the file Arabic
// words stand backwards: a text must be in one of them.
func printed(texts []string, lang *site.Language, pdf []byte) (text string, missing []string, err error) {
	text, err = pipe(pdf, "pdftotext", "-enc", "UTF-8", "-nopgbrk", "-", "-")
	if err != nil {
		return "", nil, err
	}
	raw, err := pipe(pdf, "pdftotext", "-raw", "-enc", "UTF-8", "-nopgbrk", "-", "-")
	missing = slices.DeleteFunc(lacking(lacking(texts, text), raw), func(m string) bool {
		return lang != nil && lang.Dir == "rtl" && (jumbled(m, text) || jumbled(m, raw))
	})
	return text, missing, err
}

// navigation returns the words that lead elsewhere and do not stand in the
// text or the footer.
func navigation(p *page) []string {
	if p.family == nil {
		return nil
	}
	text := ""
	for _, n := range elements(p.root, "main", "footer") {
		text += fold(words(n))
	}
	var list []string
	for _, n := range elements(p.root, "nav") {
		for _, a := range elements(n, "a") {
			list = append(list, words(a))
		}
	}
	for _, key := range []string{"skip", "menu-languages", "exit"} {
		list = append(list, p.lang.Word(key))
	}
	var out []string
	for _, word := range list {
		if w := fold(word); len(w) > 6 && !strings.Contains(text, w) {
			out = append(out, strings.Join(strings.Fields(word), " "))
		}
	}
	return out
}

// jumbled reports whether the letters of a text stand together, in any order:
// pdftotext gives back the halves of Arabic ligatures the wrong way round.
func jumbled(text, shown string) bool {
	want, all := []rune(fold(text)), []rune(fold(shown))
	missing := map[rune]int{}
	for _, r := range want {
		missing[r]++
	}
	for i, r := range all {
		if missing[r]--; missing[r] == 0 {
			delete(missing, r)
		}
		if i >= len(want) {
			if missing[all[i-len(want)]]++; missing[all[i-len(want)]] == 0 {
				delete(missing, all[i-len(want)])
			}
		}
		if len(missing) == 0 {
			return true
		}
	}
	return len(want) == 0
}

var sheetCount = regexp.MustCompile(`(?m)^Pages:\s*(\d+)`)

func sheets(pdf []byte) (int, error) {
	info, err := pipe(pdf, "pdfinfo", "-")
	if err != nil {
		return 0, err
	}
	m := sheetCount.FindStringSubmatch(info)
	if m == nil {
		return 0, fmt.Errorf("pdfinfo counts no pages:\n%s", info)
	}
	return strconv.Atoi(m[1])
}

func pipe(in []byte, name string, args ...string) (string, error) {
	cmd := exec.Command(name, args...)
	var out, stderr bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(in), &out, &stderr
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("%s: %w\n%s", name, err, &stderr)
	}
	return out.String(), nil
}
