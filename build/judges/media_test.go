package judges

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"fieldguide/build"
	"fieldguide/build/bundle"
	"fieldguide/build/output"
	"fieldguide/build/sitetest"

	"github.com/chromedp/chromedp"
)

// pictured is a small site with pictures, a sound and videos, in three languages; one of them has a picture of its own.
var pictured = map[string]string{
	"site.yaml": `edition: "2026-11"
source: en
languages:
  - {code: ar, name: العربية, dir: rtl}
  - {code: zh, name: 中文, dir: ltr, characters: true}
  - {code: en, name: English, dir: ltr}
licence: {name: CC BY 4.0}
limits: {file: 300000, file-zipped: 200000}
bundles:
  name: shown
  units:
    - {id: guide, cover: pictures/hill.jpg, formats: [zip, html, epub, zim]}
    - {id: words, text-only: true, formats: [zip, html, epub]}
    - {id: films, videos: true, formats: [zip, zim]}
`,
	"data/credits.yaml": "pictures/hill.jpg: Ana Ruiz, CC BY 4.0\n",
	"en/ui.yaml":        "title: Guide\ntagline: A guide\nbundles: {guide: Guide, words: Words, films: Films}\n",
	"zh/ui.yaml":        "title: 指南\ntagline: 一本指南\nbundles: {guide: 指南, words: 文字, films: 视频}\n",
	"ar/ui.yaml":        "title: دليل\ntagline: دليل صغير\nbundles: {guide: دليل, words: كلمات, films: فيديو}\n",
	"en/index.md":       front("Home", "kind: home\n"), "zh/index.md": front("首页", ""), "ar/index.md": front("البداية", ""),
	"en/hill.md": front("The hill", "kind: guide\n") + `Look at the hill.

![A hill with a red sky](/pictures/hill.jpg "In the evening, from the east")

![A phone held upright](phone.jpg) ![A line](line.svg)

:::tip
![The hill again](/pictures/hill.jpg)
:::

:::audio [The hill, read aloud](hill.mp3)
The hill is high.
:::

:::video [The way up the hill](way.mp4)
![A path of stones](phone.jpg "Where the way begins")

A girl walks up the path. Wind is heard.
:::

:::video [The same as a WebM](way.webm)
![A path of stones](phone.jpg)

A girl walks up the path.
:::

:::video [The whole walk](https://example.org/walk.mp4) (12:30, 48 MB)
![A path of stones](phone.jpg)

A girl walks up the path, rests, and looks back.
:::
`,
	"zh/hill.md": front("山", "") + `看这座山。

![红色天空下的山](/pictures/hill.jpg "傍晚，从东边看")

![竖着的手机](phone.jpg) ![一条线](line.svg)

:::tip
![又是那座山](/pictures/hill.jpg)
:::

:::audio [朗读：山](hill.mp3)
山很高。
:::

:::video [上山的路](way.mp4)
![石头小路](phone.jpg "路从这里开始")

一个女孩沿着小路往上走。听得见风声。
:::

:::video [同一段视频，WebM 格式](way.webm)
![石头小路](phone.jpg)

一个女孩沿着小路往上走。
:::

:::video [全程](https://example.org/walk.mp4)（12:30，48 MB）
![石头小路](phone.jpg)

一个女孩沿着小路往上走，歇一会儿，再回头看。
:::
`,
	"ar/hill.md": front("التل", "") + `انظر إلى التل.

![تل تحت سماء حمراء](/pictures/hill.jpg "في المساء من الشرق")

![هاتف مرفوع](phone.jpg) ![خط](line.svg)

:::tip
![التل مرة أخرى](/pictures/hill.jpg)
:::

:::audio [التل بصوت عال](hill.mp3)
التل عال.
:::

:::video [الطريق إلى أعلى التل](way.mp4)
![ممر من حجارة](phone.jpg "من هنا يبدأ الطريق")

فتاة تصعد في الممر، ويُسمع صوت الريح.
:::

:::video [الفيديو نفسه بصيغة WebM](way.webm)
![ممر من حجارة](phone.jpg)

فتاة تصعد في الممر.
:::

:::video [المسير كله](https://example.org/walk.mp4) (12:30، 48 MB)
![ممر من حجارة](phone.jpg)

فتاة تصعد في الممر، ثم تستريح، ثم تنظر خلفها.
:::
`,
	"en/line.svg": `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 9"><path d="M0 4h40v1H0z"/></svg>`,
}

// plays asks of each sound of a page for its length, which the page's policy must let it fetch.
const plays = `Promise.all([...document.querySelectorAll("audio")].map(a => new Promise(done => {
	a.onloadedmetadata = () => done(a.preload + " " + Math.round(a.duration))
	a.onerror = () => done("does not play")
	setTimeout(() => done("says nothing"), 5000)
	const first = a.preload
	a.preload = "metadata"
	a.load()
	a.onloadedmetadata = () => done(first + " " + Math.round(a.duration))
})))`

// seen asks of each picture whether it is there, not cut off, and in its place before it has come.
const seen = `(async () => {
	const pictures = [...document.querySelectorAll("main img")]
	for (const p of pictures) { p.loading = "eager"; await p.decode().catch(() => 0) }
	return pictures.map(p => {
		const box = p.getBoundingClientRect()
		return p.naturalWidth > 0 && box.left >= 0 && box.right <= innerWidth && p.getAttribute("width") > 0 && p.alt !== "" &&
			Math.abs(box.width / box.height - p.getAttribute("width") / p.getAttribute("height")) < .05 ? "" : p.outerHTML
	}).filter(Boolean).concat(pictures.length === 7 ? [] : [pictures.length + " pictures"])
})()`

// lasts asks of each video that a page leads to, and that lies beside it, how long it is: whole files play.
const lasts = `Promise.all([...document.querySelectorAll("div.video a")].filter(a => a.protocol === "file:").map(a => new Promise(done => {
	const v = document.createElement("video")
	v.onloadedmetadata = () => done(String(Math.round(v.duration)))
	v.onerror = () => done("does not play")
	setTimeout(() => done("says nothing"), 5000)
	v.src = a.href
})))`

// TestMedia has all judges look at a small site with pictures, a sound and videos: pages, e-books, one file, Kiwix.
func TestMedia(t *testing.T) {
	axe := axeCore(t)
	need(t, "zimcheck")
	sources := fstest.MapFS{
		"static/pictures/hill.jpg": {Data: sitetest.Photo(1600, 1000, 80, 1)},
		"content/en/phone.jpg":     {Data: sitetest.Photo(600, 900, 80, 2)},
		"content/zh/phone.jpg":     {Data: sitetest.Photo(300, 450, 50, 3)},
		"content/en/hill.mp3":      {Data: sitetest.MP3(125)},
	}
	for _, ext := range []string{"mp4", "webm"} {
		data, err := os.ReadFile("../media/testdata/film." + ext)
		if err != nil {
			t.Fatal(err)
		}
		sources["content/en/way."+ext] = &fstest.MapFile{Data: data}
	}
	for name, text := range pictured {
		sources["content/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	dir, c := filepath.Join(t.TempDir(), "public"), collect(t)
	tree, err := output.Stage(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Discard()
	res, err := build.Build(context.Background(), build.Over(sources), tree, build.Options{Bundles: bundle.Steady()})
	if err != nil || len(res.Findings) > 0 {
		t.Fatalf("%v %v", err, res.Findings)
	}
	if err := tree.Publish(); err != nil {
		t.Fatal(err)
	}
	var books []string
	for _, m := range res.Bundles {
		switch file := filepath.Join(dir, m.File); m.Format {
		case "epub":
			books = append(books, file)
		case "zim":
			if said := zimcheck(file); said != "" {
				t.Errorf("%s: %s", m.File, said)
			}
		}
	}
	for _, v := range append(epubCheck(t, books), ace(t, books)...) {
		c.add(v.book, v.rule, v.place)
	}
	out, err := checker(t)("--skip-non-html", "--format", "json", dir).Output()
	if err != nil {
		t.Fatal(err)
	}
	var said struct {
		Messages []struct{ Type, Message, URL, Extract string }
	}
	if err := json.Unmarshal(out, &said); err != nil {
		t.Fatal(err)
	}
	for _, m := range said.Messages {
		if m.Type != "info" || !isAllowed(m.Message) {
			c.add(filepath.Base(m.URL), m.Message, m.Extract)
		}
	}
	ctx, cancel := context.WithTimeout(tab(t), patience)
	defer cancel()
	if err := hold(ctx, axe); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"ar/hill.html", "zh/hill.html", "en/hill.html", "downloads/shown-ar-guide.html"} {
		address := "file://" + filepath.Join(dir, name)
		for _, width := range []int{320, 1280} {
			if err := (look{width: int64(width)}).wear(ctx); err != nil {
				t.Fatal(err)
			}
			if err := chromedp.Do(ctx, chromedp.Navigate(address)); err != nil {
				t.Fatal(err)
			}
			bad, err := ask[[]string](ctx, seen)
			if err != nil {
				t.Fatal(err)
			}
			for _, b := range bad {
				c.add(name, "a picture that is not seen", b)
			}
		}
		if err := c.overflows(ctx, name, address); err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(name, "downloads/") {
			continue
		}
		if got, err := ask[[]string](ctx, plays); err != nil || len(got) != 1 || got[0] != "none 3" {
			t.Errorf("%s: the sound says %q (%v)", name, got, err)
		}
		if got, err := ask[[]string](ctx, lasts); err != nil || strings.Join(got, " ") != "2 2" {
			t.Errorf("%s: the videos say %q (%v)", name, got, err)
		}
		if err := c.axe(ctx, name, address); err != nil {
			t.Fatal(err)
		}
	}
}
