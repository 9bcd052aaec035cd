package judges

import (
	"bufio"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// firefox is Firefox ESR: today's other engine, and the youngest of the line that
// the phones with KaiOS have. It is asked by Marionette, its own protocol.
const firefox = "firefox-esr"

// TestFirefox shows it pages on two screens, and those that fold on paper.
func TestFirefox(t *testing.T) {
	need(t, firefox)
	need(t, "pdftotext")
	g := the(t)
	pages := g.oldPages(t, g.Source.Code, "zh", "ar")
	judged(t, len(pages), "page")
	g.inFirefox(t)(collect(t), g.asIs(pages))
}

func TestFirefoxSees(t *testing.T) {
	need(t, firefox)
	need(t, "pdftotext")
	refuses(t, "Firefox", the(t).inFirefox(t))
}

// seenInFirefox is what Firefox sees of a page on a screen.
type seenInFirefox struct {
	Page, Width, Wide int
	Help, Words       float64  // where the link to help and the first line below the title end
	Lost              []string // texts whose first letter stands outside the screen
	Wider             []string // pictures wider than what holds them
	Shut, Open        []float64
}

// frames shows pages in frames of small phones, each on two, and writes what it
// sees in place of itself.
const frames = `<!DOCTYPE html><meta charset="utf-8"><title>a</title><script>
var pages = %s, seen = []
function look(i, frame) {
	var d = frame.contentDocument, s = {
		page: i, width: +frame.width, lost: [], wider: [], shut: [], open: [], help: 0, words: 0}
	var all = function (selector) { return Array.prototype.slice.call(d.querySelectorAll(selector)) }
	all("details").forEach(function (el) {
		var answer = el.nextElementSibling
		if (!answer) return
		s.shut.push(answer.getBoundingClientRect().height)
		el.querySelector("summary").click()
		s.open.push(answer.getBoundingClientRect().height)
	})
	s.wide = d.documentElement.scrollWidth
	var help = d.querySelector("a.help"), title = d.querySelector(".title")
	s.help = help ? help.getBoundingClientRect().bottom : 0
	var texts = d.createTreeWalker(d.querySelector("main"), NodeFilter.SHOW_TEXT)
	while (texts.nextNode()) {
		var node = texts.currentNode, at = node.data.search(/\S/), range = d.createRange()
		if (at < 0) continue
		range.setStart(node, at)
		range.setEnd(node, at + 1)
		var letter = range.getBoundingClientRect()
		if (!letter.width) continue
		if (!node.parentNode.closest(".scroll") && (letter.left < 0 || letter.right > d.documentElement.clientWidth))
			s.lost.push(node.data.substr(at, 30))
		if (!s.words && title && !title.contains(node)) s.words = letter.bottom
	}
	all("main svg, main img").forEach(function (el) {
		var holder = el.parentNode.closest("div, p, section, main, li, a")
		if (el.getBoundingClientRect().width > holder.getBoundingClientRect().width + 1)
			s.wider.push(el.getAttribute("class") || el.src)
	})
	seen.push(s)
}
pages.forEach(function (page, i) {
	[[320, 480], [240, 320]].forEach(function (screen) {
		document.write('<iframe width="' + screen[0] + '" height="' + screen[1] +
			'" src="file://' + page + '" onload="look(' + i + ', this)"></iframe>')
	})
})
onload = function () { document.body.textContent = JSON.stringify(seen) }
</script>`

// inFirefox returns a judge of what Firefox shows and prints.
func (g *guide) inFirefox(t *testing.T) func(c *complaints, list []variant) {
	return func(c *complaints, list []variant) {
		t.Helper()
		f := startFirefox(t)
		var files []string
		for _, v := range list {
			files = append(files, v.file)
		}
		names, err := json.Marshal(files)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "frames.html")
		if err := os.WriteFile(file, fmt.Appendf(nil, frames, names), 0o666); err != nil {
			t.Fatal(err)
		}
		f.open(file)
		var told string
		f.ask("WebDriver:ExecuteScript", map[string]any{"script": "return document.body.textContent", "args": []any{}}, &told)
		var seen []seenInFirefox
		if err := json.Unmarshal([]byte(told), &seen); err != nil || len(seen) != 2*len(list) {
			t.Fatalf("it told of %s on %s:\n%s", plural(len(seen), "screen"), plural(len(list), "page"), told)
		}
		for _, s := range seen {
			v := list[s.Page]
			s.judge(v, func(rule, place string) { c.add(fmt.Sprintf("%s (%d px)", v.name, s.Width), rule, place) })
		}
		for _, v := range list {
			if find(v.root, "details") == nil || v.lang != g.Source || v.family == nil { // of others pdftotext reads other signs
				continue
			}
			f.open(v.file)
			var pdf string
			f.ask("WebDriver:Print", map[string]any{}, &pdf)
			data, err := base64.StdEncoding.DecodeString(pdf)
			if err != nil {
				t.Fatal(err)
			}
			_, missing, err := printed(g.written(t, v.page), v.lang, data)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range missing {
				c.add(v.name, "text that is not printed", m)
			}
		}
	}
}

func (s *seenInFirefox) judge(v variant, complain func(rule, place string)) {
	if s.Wide > s.Width {
		complain("the page scrolls sideways", fmt.Sprintf("%d px", s.Wide))
	}
	if len(s.Lost) > 0 {
		complain("the first letters are lost", strings.Join(s.Lost, " | "))
	}
	if len(s.Wider) > 0 {
		complain("a picture wider than its column", strings.Join(s.Wider, " | "))
	}
	for i, open := range s.Open {
		if open == 0 {
			complain("an answer that does not open", fmt.Sprint(i+1))
		}
		if s.Shut[i] > 0 {
			complain("an answer that is not folded away", fmt.Sprint(i+1))
		}
	}
	if s.Width == screenWidth && helpLink(v.root) != nil && s.Help > screenHeight {
		complain("no way to help on the first screen", fmt.Sprintf("it ends at %.0f px", s.Help))
	}
	if s.Width == tinyWidth && v.kind() == "help" && s.Words > tinyHeight {
		complain("no word of help on the first screen", fmt.Sprintf("the first line ends at %.0f px", s.Words))
	}
}

// marionette is a Firefox that does what it is asked.
type marionette struct {
	t    *testing.T
	conn net.Conn
	in   *bufio.Reader
	sent int
}

// startFirefox starts one that ends with the test.
func startFirefox(t *testing.T) *marionette {
	t.Helper()
	profile := t.TempDir()
	prefs := `user_pref("security.fileuri.strict_origin_policy", false);
user_pref("marionette.port", 0);
user_pref("browser.startup.page", 0);
`
	if err := os.WriteFile(filepath.Join(profile, "user.js"), []byte(prefs), 0o666); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(firefox, "--headless", "--marionette", "--no-remote", "--profile", profile)
	cmd.Env = append(os.Environ(), "HOME="+profile, "MOZ_CRASHREPORTER_DISABLE=1")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill() // it is not asked for its leave
		_ = cmd.Wait()
	})
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for ctx.Err() == nil {
		port, err := os.ReadFile(filepath.Join(profile, "MarionetteActivePort"))
		if err == nil && len(port) > 0 {
			f := &marionette{t: t}
			if f.conn, err = net.Dial("tcp", "127.0.0.1:"+strings.TrimSpace(string(port))); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { f.conn.Close() })
			f.in = bufio.NewReader(f.conn)
			f.read() // who it is
			f.ask("WebDriver:NewSession", map[string]any{}, nil)
			return f
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("Firefox names no port")
	return nil
}

// open shows a file.
func (f *marionette) open(file string) {
	f.t.Helper()
	f.ask("WebDriver:Navigate", map[string]any{"url": "file://" + file}, nil)
}

// ask sends a command and reads the value of its answer.
func (f *marionette) ask(command string, args map[string]any, value any) {
	f.t.Helper()
	f.sent++
	data, err := json.Marshal([]any{0, f.sent, command, args})
	if err != nil {
		f.t.Fatal(err)
	}
	f.conn.SetDeadline(time.Now().Add(patience))
	if _, err := fmt.Fprintf(f.conn, "%d:%s", len(data), data); err != nil {
		f.t.Fatal(err)
	}
	var answer [4]json.RawMessage // 1, the number of the command, an error, a result
	if err := json.Unmarshal(f.read(), &answer); err != nil || string(answer[2]) != "null" {
		f.t.Fatalf("%s: %s (%v)", command, answer[2], err)
	}
	if value != nil {
		if err := json.Unmarshal(answer[3], &struct{ Value any }{value}); err != nil {
			f.t.Fatalf("%s: %v", command, err)
		}
	}
}

// read reads a message: its length, a colon, JSON.
func (f *marionette) read() []byte {
	f.t.Helper()
	length, err := f.in.ReadString(':')
	if err != nil {
		f.t.Fatal(err)
	}
	n, err := strconv.Atoi(strings.TrimSuffix(length, ":"))
	if err != nil {
		f.t.Fatal(err)
	}
	data := make([]byte, n)
	if _, err := io.ReadFull(f.in, data); err != nil {
		f.t.Fatal(err)
	}
	return data
}
